"""What other reviews say and what was decided there, as shown to a review's owner, head and authority."""

from collections.abc import Iterable

from dialogs.core.handlers import Books
from dialogs.core.knowledge.authority import Deciding
from dialogs.core.state import State
from dialogs.shown.person import form_of, which_values
from rules.campaign.deciding.truth import answers_sent, elsewhere, failed_before
from rules.judging.elsewhere import Contradiction, Elsewhere, RatedElsewhere, ReviewsAround
from rules.nouns.reviews import RULED, Json, Review
from rules.nouns.text import shorten

#: How many characters of a person's word on a contradiction are shown.
_WORD_CHARS = 600


def known_beside(books: Books, state: State, review: Review, *, for_others: bool = False) -> Elsewhere:
    """What stands beside a review. The owner sees it compared with their current answers, including what is not sent
    yet, unless it is drawn `for_others`.
    """
    own = state.person is not None and state.person.id == review.person.id and not for_others
    answers = review.answers if own and review.open else answers_sent(review)
    return elsewhere(lambda one: form_of(books, one), review, answers, around(state, review), own=own)


def around(state: State, review: Review) -> ReviewsAround:
    """The reviews around one, as far as they were loaded."""
    room = state.room.around if isinstance(state.room, Deciding) else {}
    return room.get(review.id) or state.around.get(review.id) or ReviewsAround()


def failed_last_year(books: Books, state: State, review: Review, earlier: Iterable[Review] = ()) -> bool:
    """Whether the person did not complete their duties in the year before, according to reviews stored here and to the
    roster.
    """
    known = (*around(state, review).last_year, *earlier)
    return failed_before(lambda one: form_of(books, one), review, known)


def truth_values(books: Books, known: Elsewhere) -> dict[str, Json]:
    """What stands beside a review, as values of a template (`review/_truth.j2`)."""
    return {
        "contradictions": [contradiction_values(books, one) for one in known.contradictions],
        "rated_beside": [rated_values(books, one) for one in known.ratings],
    }


def contradiction_values(books: Books, found: Contradiction) -> dict[str, Json]:
    """A contradiction as values of a template (`review/_truth.j2`): what is said here, what is said there and where,
    and the person's word.
    """
    return {
        "fact": found.fact,
        "said": _json(found.said),
        "known": _json(found.other),
        "source": source_values(books, found.source) if found.source else None,
        "word": shorten(found.word, _WORD_CHARS),
    }


def rated_values(books: Books, one: RatedElsewhere) -> dict[str, Json]:
    """A rating decided elsewhere or still to be decided: what it rates, in which review, by whom and when."""
    source = source_values(books, one.review) if one.review else None
    return {"fact": one.fact, "rating": one.rating, "declared": one.declared, "source": source}


def source_values(books: Books, review: Review) -> dict[str, Json]:
    """Another review as a source: which it is, and who decided it when (`by` "": nobody yet)."""
    ruling = review.ruling if review.status in RULED else None
    return {
        **which_values(books, review),
        "sent": review.draft is not None,
        "by": ruling.by_name if ruling else "",
        "position": ruling.by_position if ruling else "",
        "at": ruling.at.isoformat() if ruling else "",
        "document": ruling.document if ruling else "",
        "ruled": ruling.rating if ruling else None,
    }


def _json(value: object) -> Json:
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]  # a fact's value
