"""What stands against the decision in the making, for the conversation: found, counted, as templates take it."""

from collections.abc import Iterable

from dialogs.authority.context import context
from dialogs.authority.guard import OpenReview
from dialogs.authority.pending import Pending
from dialogs.core.handlers import Books
from dialogs.core.state import State
from rules.campaign.deciding import Objection, objections
from rules.forms.form import Form
from rules.judging.rated import rating_questions
from rules.nouns.reviews import Json


def against(books: Books, state: State, one: OpenReview, made: Pending) -> tuple[Objection, ...]:
    """Every objection to what is chosen so far."""
    book = books[one.review.campaign.edition]
    return objections(book, one.review, made.ratings, context(books, state, one.review))


def hard(found: Iterable[Objection]) -> tuple[Objection, ...]:
    """Those that no reason overcomes."""
    return tuple(one for one in found if one.hard)


def cite_of(found: Iterable[Objection]) -> str:
    """The clauses that a decision with a reason rests on: what leaves the room, and what it stands beside."""
    cites = dict.fromkeys(cite for one in found for cite in (one.cite, one.room) if cite)
    return "; ".join(one for one in cites if not any(one != other and one in other for other in cites))


def objection_values(form: Form, found: Iterable[Objection]) -> list[Json]:
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
        for one in found
    ]
