"""A decision in the making: what was chosen and written so far. It stands in the focus, and belongs to one version
and one number; of another it is not this decision.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogs.authority.guard import OpenReview
from dialogs.core.stamps import DECISION, text_stamp
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from rules.forms.form import Form, Question
from rules.judging.rated import rating_questions
from rules.nouns.reviews import Json
from rules.nouns.values import Rating

#: What the focus is for while a decision is in the making and no text is awaited.
READY = "decide_ready"

#: What may be written, as Decide names it.
WRITTEN = ("remarks", "measures", "prospects", "reason", "document", "signer")


@dataclass(frozen=True, slots=True)
class Pending:
    """The ratings by question (None: not rated; absent: not chosen yet), the texts by what they are, and the petition
    that it answers (0: none).
    """

    ratings: Mapping[str, Rating | None] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    petition: int = 0

    def text(self, what: str) -> str:
        """A text; "" while it is not written."""
        return self.texts.get(what, "")

    def rated(self, question: str, rating: Rating | None) -> "Pending":
        """With this rating chosen."""
        return replace(self, ratings={**self.ratings, question: rating})

    def with_text(self, what: str, text: str) -> "Pending":
        """With this text."""
        return replace(self, texts={**self.texts, what: text})

    @property
    def mark(self) -> str:
        """A few digits that tell one decision from another: a button confirms what was shown and nothing else."""
        whole = [self.ratings, self.texts, self.petition]
        return text_stamp(json.dumps(whole, sort_keys=True), DECISION)


def pending(state: State, one: OpenReview) -> Pending:
    """The decision in the making for this review as it stands; an empty one, when the focus is of another."""
    focus = state.focus or {}
    wanted = (one.review.id, one.version, one.number)
    if (focus.get("review"), focus.get("version"), focus.get("number")) != wanted:
        return Pending()
    ratings, texts, petition = focus.get("ratings"), focus.get("texts"), focus.get("petition")
    return Pending(
        {key: _rating(value) for key, value in ratings.items()} if isinstance(ratings, dict) else {},
        {key: str(value) for key, value in texts.items() if key in WRITTEN} if isinstance(texts, dict) else {},
        petition if isinstance(petition, int) else 0,
    )


def keeping(one: OpenReview, made: Pending, purpose: str = READY) -> SetFocus:
    """Keep it; the next text is for `purpose` (`decide_<what>`)."""
    kept: dict[str, Json] = {
        "for": purpose,
        "review": one.review.id,
        "version": one.version,
        "number": one.number,
        "ratings": {key: rating.value if rating else None for key, rating in made.ratings.items()},
        "texts": dict(made.texts),
        "petition": made.petition,
    }
    return SetFocus(kept)


def to_choose(form: Form, made: Pending) -> Question | None:
    """The next rating to choose; None: all are."""
    return next((question for question in rating_questions(form) if question.key not in made.ratings), None)


def _rating(value: Json) -> Rating | None:
    return Rating(str(value)) if value in tuple(Rating) else None
