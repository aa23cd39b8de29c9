"""Đã nhận thông báo, bảo lưu ý kiến: acknowledging a decision, with or without reserving an opinion, and who is told."""

from dialogs.core.awaited import awaiting, let_go, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.rulings import Respond
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.result.decided_review import DecidedReview
from dialogs.result.guard import RESULTS
from dialogs.result.page import about, numbered
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import Response

#: The purpose of the focus while the reserved opinion is awaited.
OPINION = "result_opinion"

#: The longest reserved opinion, in characters.
MAX_CHARS = 2000

#: The kind of notice that must be answered.
PETITION = "petition"


def acknowledge(books: Books, state: State, result: DecidedReview, _: Button) -> Turn:
    """Record the acknowledgement; nothing else changes."""
    if result.acknowledgement:
        return _refuse(books, state, result, _said(result))
    done = Reply("result/seen", about(books, result), _after(result), replaces=True)
    respond = Respond(result.review.id, result.ruling.number, Response.ACKNOWLEDGED)
    return Turn((done,), (respond, *let_go(state, Room.RESULT)))


def ask(books: Books, state: State, result: DecidedReview, _: Button) -> Turn:
    """Await the opinion; the decision may have been acknowledged before."""
    if result.reserved:
        return _refuse(books, state, result, _said(result))
    cancel = ((numbered("result/cancel", result, "result_show"),),)
    asked = Reply("result/ask_opinion", {**about(books, result), "max": MAX_CHARS}, cancel)
    return Turn((asked,), (awaiting(OPINION, review=result.review.id, number=result.ruling.number),))


def keep(books: Books, state: State, result: DecidedReview, text: str) -> Turn:
    """Store the opinion with the result. The authority and the desk are told."""
    if result.reserved:
        return _refuse(books, state, result, _said(result))
    opinion = text.strip()
    if wrong := unusable(opinion, MAX_CHARS):
        return Turn((wrong,))
    respond = Respond(result.review.id, result.ruling.number, Response.RESERVED, opinion)
    done = Reply("result/reserved", {**about(books, result), "text": opinion}, _after(result))
    told = tell(books, state, result, "reserved", text=opinion)
    return Turn((done,), (respond, *told, *let_go(state, Room.RESULT)))


def _refuse(books: Books, state: State, result: DecidedReview, refused: Refused) -> Turn:
    return RESULTS.refuse(books, state, refused, Action.ACKNOWLEDGE, Button("result_show", result.review.id))


def _said(result: DecidedReview) -> Refused:
    """The refusal because the person has already answered this ruling."""
    assert result.acknowledgement is not None, "it was answered"
    return Refused(
        "answered", {"response": result.acknowledgement.response.value, "at": result.acknowledgement.at.isoformat()}
    )


def _after(result: DecidedReview) -> tuple[tuple[Key, ...], ...]:
    """The buttons for what may follow: a plan, and the result again."""
    return ((Key("result/plan", Button("plan_list")),), (numbered("result/back", result, "result_show"),))


def tell(books: Books, state: State, result: DecidedReview, what: str, **more: Json) -> tuple[Command, ...]:
    """The notice `result/told_<what>` to the authority and the desk, once each. If the authority is outside, the desk
    is asked to pass it on.
    """
    return tuple(_notice(books, state, result, what, person, more) for person in listeners(state, result))


def listeners(state: State, result: DecidedReview) -> tuple[int, ...]:
    """The authority, then the desk; never the person themselves."""
    decider = (result.review.decider_id,) if result.review.decider_id else ()
    found = dict.fromkeys((*decider, *state.desk))
    return tuple(person for person in found if person != result.review.person.id)


def _notice(
    books: Books, state: State, result: DecidedReview, what: str, person: int, more: dict[str, Json]
) -> Command:
    decider = result.review.decider_id
    values: dict[str, Json] = {
        **about(books, result),
        "at": state.now.isoformat(),
        "decides": person == decider,
        "outside": decider is None,
        **more,
    }
    # Stand-ins of the authority are told as well, unless that is the person themselves.
    cover = result.review.person.id if person == decider else None
    key = f"{what}:{result.review.id}:{result.ruling.number}:{person}"
    to_answer = ((Key("petition/list", Button("petition_list")),),) if what == PETITION and person == decider else ()
    return Notify(person, key, Reply(f"result/told_{what}", values, to_answer), cover)
