"""A decision in preparation, with objections to it: what was chosen and written so far.

It is kept in the focus and belongs to one version and one number of a ruling. For any other it does not apply.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dialogs.authority.context import context
from dialogs.authority.guard import OpenReview
from dialogs.core.handlers import Books
from dialogs.core.stamps import DECISION, text_stamp
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from rules.campaign.deciding.objections import Objection, objections
from rules.forms.form import Form, Question
from rules.judging.interview import rating_questions
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


def pending(state: State, opened: OpenReview) -> Pending:
    """The decision in the making for this review as it stands; an empty one, when the focus is of another."""
    focus = state.focus or {}
    wanted = (opened.review.id, opened.version, opened.number)
    if (focus.get("review"), focus.get("version"), focus.get("number")) != wanted:
        return Pending()
    ratings, texts, petition = focus.get("ratings"), focus.get("texts"), focus.get("petition")
    return Pending(
        {key: _rating(value) for key, value in ratings.items()} if isinstance(ratings, dict) else {},
        {key: str(value) for key, value in texts.items() if key in WRITTEN} if isinstance(texts, dict) else {},
        petition if isinstance(petition, int) else 0,
    )


def keeping(opened: OpenReview, made: Pending, purpose: str = READY) -> SetFocus:
    """Keep it; the next text is for `purpose` (`decide_<what>`)."""
    kept: dict[str, Json] = {
        "for": purpose,
        "review": opened.review.id,
        "version": opened.version,
        "number": opened.number,
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


def against(books: Books, state: State, opened: OpenReview, made: Pending) -> tuple[Objection, ...]:
    """Every objection to what is chosen so far."""
    book = books[opened.review.campaign.edition]
    return objections(book, opened.review, made.ratings, context(books, state, opened.review))


def hard(objected: Iterable[Objection]) -> tuple[Objection, ...]:
    """Those that no reason overcomes."""
    return tuple(one for one in objected if one.hard)


def cite_of(objected: Iterable[Objection]) -> str:
    """The clauses that a decision with a reason rests on: what leaves the room, and what it stands beside."""
    cites = dict.fromkeys(cite for one in objected for cite in (one.cite, one.room) if cite)
    return "; ".join(one for one in cites if not any(one != other and one in other for other in cites))


def objection_values(form: Form, objected: Iterable[Objection]) -> list[Json]:
    """As templates take them."""
    several = len(rating_questions(form)) > 1
    return [
        {
            **one.values,
            "kind": one.kind.value,
            "cite": one.cite,
            "hard": one.hard,
            "room": one.room,
            "unverified": one.unverified,
            "about": form.questions[one.question].about if several and one.question else "",
        }
        for one in objected
    ]
