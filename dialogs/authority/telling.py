"""Who is told of a decision: the person, with what they may say to it; the desk, of a second year not completed."""

from dialogs.authority.card import about, clauses, rules_of
from dialogs.authority.context import judged
from dialogs.authority.guard import OpenReview
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Papers, Reply
from dialogs.shown.chain import for_values
from dialogs.shown.ruling import TWO_YEARS, rating_words
from rules.campaign.judgement import cases_of
from rules.nouns.reviews import Json
from rules.nouns.rulings import Ruling
from rules.nouns.service import failed_two_years


def tell(books: Books, state: State, one: OpenReview, ruling: Ruling, *, answers: bool = False) -> tuple[Command, ...]:
    """The notices of a decision, each once. `answers`: it answers the person's petition."""
    notice = ruled_notice(books, state, one, ruling, answers=answers)
    person = one.review.person.id
    told = Notify(person, f"ruled:{one.review.id}:{ruling.number}", notice)
    return (told, *_flagged(books, state, one, ruling))


def ruled_notice(books: Books, state: State, one: OpenReview, ruling: Ruling, *, answers: bool = False) -> Reply:
    """What the person reads: the rating, the clauses, the remarks, who decided, and what may be done now."""
    review = one.review
    _, form = rules_of(books, review)
    judgements = judged(books, state, review)
    values: dict[str, Json] = {
        **about(books, one),
        "number": ruling.number,
        "by": ruling.by_name,
        "by_position": ruling.by_position,
        "at": ruling.at.isoformat(),
        **for_values(one.for_whom, state.names),
        "ratings": [
            {**rating_words(form, key, rating), "cites": list(clauses(judgements.get(key), rating))}
            for key, rating in ruling.ratings.items()
        ],
        "remarks": ruling.remarks,
        "measures": ruling.measures,
        "prospects": ruling.prospects,
        "reason": ruling.reason,
        "cite": ruling.cite,
        "document": ruling.document,
        "signer": ruling.signer,
        "answers": answers,
    }
    about_it = str(ruling.number)
    keys = tuple(
        (Key(f"result/{what}", Button(f"result_{what}", review.id, (about_it,))),)
        for what in ("seen", "reserve", "petition")
    )
    papers = Papers(review.id, ruling.version, ("docx", "pdf")) if ruling.version else None
    return Reply("notice/ruled", values, keys, papers)


def _flagged(books: Books, state: State, one: OpenReview, ruling: Ruling) -> tuple[Command, ...]:
    """A second year in a row without completing one's duties is told to the desk, with the clause."""
    review = one.review
    cases = cases_of(books[review.campaign.edition], review)
    case = next((case for case in cases if case.key == TWO_YEARS), None)
    if case is None or not failed_two_years(review.person.service, review.campaign.year, ruling.rating):
        return ()
    values: dict[str, Json] = {
        **about(books, one),
        "title": case.title,
        "cite": case.cite,
        "unverified": case.unverified,
    }
    key = f"two_years:{review.id}:{ruling.number}"
    told = (desk for desk in state.desk if desk != review.person.id)
    return tuple(Notify(desk, f"{key}:{desk}", Reply("notice/two_years", values)) for desk in told)
