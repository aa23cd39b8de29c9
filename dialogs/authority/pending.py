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

#: The purpose of the focus while a decision is in preparation and no text is awaited.
READY = "decide_ready"

#: The texts of a decision, named as in `Decide`.
WRITTEN = ("remarks", "measures", "prospects", "reason", "document", "signer")


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision in preparation."""

    #: Question → rating; None: not rated; absent: not chosen yet.
    ratings: Mapping[str, Rating | None] = field(default_factory=dict)
    #: Kind of text (`WRITTEN`) → text.
    texts: Mapping[str, str] = field(default_factory=dict)
    #: The id of the petition that the decision answers; 0: none.
    petition: int = 0

    def text(self, what: str) -> str:
        """The text of that kind; "": it is not written."""
        return self.texts.get(what, "")

    def rated(self, question: str, rating: Rating | None) -> "Pending":
        """The decision with this rating chosen."""
        return replace(self, ratings={**self.ratings, question: rating})

    def with_text(self, what: str, text: str) -> "Pending":
        """The decision with this text."""
        return replace(self, texts={**self.texts, what: text})

    @property
    def mark(self) -> str:
        """The stamp of the decision. A button with it confirms only what was shown."""
        whole = [self.ratings, self.texts, self.petition]
        return text_stamp(json.dumps(whole, sort_keys=True), DECISION)


def pending(state: State, opened: OpenReview) -> Pending:
    """The decision in preparation for this review as it stands. It is empty if the focus belongs to another."""
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
    """Keep it in the focus; the next text is for `purpose` (`decide_<what>`)."""
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
    """The next rating to choose; None: all are chosen."""
    return next((question for question in rating_questions(form) if question.key not in made.ratings), None)


def _rating(value: Json) -> Rating | None:
    return Rating(str(value)) if value in tuple(Rating) else None


def against(books: Books, state: State, opened: OpenReview, made: Pending) -> tuple[Objection, ...]:
    """Every objection to what is chosen so far."""
    book = books[opened.review.campaign.edition]
    return objections(book, opened.review, made.ratings, context(books, state, opened.review))


def hard(objected: Iterable[Objection]) -> tuple[Objection, ...]:
    """The objections that no reason overcomes."""
    return tuple(one for one in objected if one.hard)


def cite_of(objected: Iterable[Objection]) -> str:
    """The clauses cited for a decision with a reason: those that leave room for it, and those it departs from."""
    cites = dict.fromkeys(cite for one in objected for cite in (one.cite, one.room) if cite)
    return "; ".join(one for one in cites if not any(one != other and one in other for other in cites))


def objection_values(form: Form, objected: Iterable[Objection]) -> list[Json]:
    """The objections as values of a template."""
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
