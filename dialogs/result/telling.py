"""Who is told what a person said to a decision: the authority that took it, and the desk."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply
from dialogs.result.decided_review import DecidedReview
from dialogs.result.page import about
from rules.nouns.reviews import Json

#: What is told that is to be answered.
PETITION = "petition"


def tell(books: Books, state: State, one: DecidedReview, what: str, **said: Json) -> tuple[Command, ...]:
    """A notice `result/told_<what>` to the authority within this installation and to the desk, once each. Where the
    authority is outside, the desk is asked to pass it on.
    """
    return tuple(_notice(books, state, one, what, person, said) for person in listeners(state, one))


def listeners(state: State, one: DecidedReview) -> tuple[int, ...]:
    """The authority, then the desk; never the person themself."""
    decider = (one.review.decider_id,) if one.review.decider_id else ()
    found = dict.fromkeys((*decider, *state.desk))
    return tuple(person for person in found if person != one.review.person.id)


def _notice(books: Books, state: State, one: DecidedReview, what: str, person: int, said: dict[str, Json]) -> Command:
    decider = one.review.decider_id
    values: dict[str, Json] = {
        **about(books, one),
        "at": state.now.isoformat(),
        "decides": person == decider,
        "outside": decider is None,
        **said,
    }
    # Who acts for the authority is told as well, save the person themself.
    cover = one.review.person.id if person == decider else None
    key = f"{what}:{one.review.id}:{one.ruling.number}:{person}"
    to_answer = ((Key("petition/list", Button("petition_list")),),) if what == PETITION and person == decider else ()
    return Notify(person, key, Reply(f"result/told_{what}", values, to_answer), cover)
