"""Đã nhận thông báo, bảo lưu ý kiến: the person takes notice of a decision, with or without an opinion of their own."""

from dialogs.core.awaited import awaiting, let_go, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands import Respond
from dialogs.core.handlers import Books
from dialogs.core.refused import Refused
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.result.decided_review import DecidedReview
from dialogs.result.guard import RESULTS
from dialogs.result.page import about, numbered
from dialogs.result.telling import tell
from rules.campaign.permissions import Action
from rules.nouns.rulings import Response

#: What the focus is for while the reserved opinion is awaited.
OPINION = "result_opinion"

#: Characters of a reserved opinion.
MAX_CHARS = 2000


def acknowledge(books: Books, state: State, one: DecidedReview, _: Button) -> Turn:
    """Notice is taken; nothing else changes."""
    if one.said:
        return _refuse(books, state, one, _said(one))
    done = Reply("result/seen", about(books, one), _after(one), replaces=True)
    respond = Respond(one.review.id, one.ruling.number, Response.ACKNOWLEDGED)
    return Turn((done,), (respond, *let_go(state, Room.RESULT)))


def ask(books: Books, state: State, one: DecidedReview, _: Button) -> Turn:
    """The next text is the opinion; notice may have been taken before."""
    if one.reserved:
        return _refuse(books, state, one, _said(one))
    cancel = ((numbered("result/cancel", one, "result_show"),),)
    asked = Reply("result/ask_opinion", {**about(books, one), "max": MAX_CHARS}, cancel)
    return Turn((asked,), (awaiting(OPINION, review=one.review.id, number=one.ruling.number),))


def keep(books: Books, state: State, one: DecidedReview, text: str) -> Turn:
    """The opinion came: it is kept beside the result, and the authority and the desk are told."""
    if one.reserved:
        return _refuse(books, state, one, _said(one))
    opinion = text.strip()
    if wrong := unusable(opinion, MAX_CHARS):
        return Turn((wrong,))
    respond = Respond(one.review.id, one.ruling.number, Response.RESERVED, opinion)
    done = Reply("result/reserved", {**about(books, one), "text": opinion}, _after(one))
    told = tell(books, state, one, "reserved", text=opinion)
    return Turn((done,), (respond, *told, *let_go(state, Room.RESULT)))


def _refuse(books: Books, state: State, one: DecidedReview, refused: Refused) -> Turn:
    return RESULTS.refuse(books, state, refused, Action.ACKNOWLEDGE, Button("result_show", one.review.id))


def _said(one: DecidedReview) -> Refused:
    """The person has answered this decision already."""
    assert one.said is not None, "it was answered"
    return Refused("answered", {"response": one.said.response.value, "at": one.said.at.isoformat()})


def _after(one: DecidedReview) -> tuple[tuple[Key, ...], ...]:
    """What may follow: a plan, and the result again."""
    return ((Key("result/plan", Button("plan_list")),), (numbered("result/back", one, "result_show"),))
