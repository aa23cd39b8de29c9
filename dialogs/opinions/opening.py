"""An opinion that was asked, opened by a button or an awaited text: is it this person's to give?"""

from collections.abc import Callable

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.handlers import Books, OnPress
from dialogs.core.paging import number
from dialogs.core.rooms import Opinions, Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.shown.person import form_of, review_values
from rules.campaign.permissions import Action, may, relations
from rules.nouns.reviews import Json, Review
from rules.nouns.rulings import Opinion

Act = Callable[[Books, State, Opinion, Button], Turn]

TO_LIST = (Key("opinion/list", Button("opinion_list")),)


def on_it(verb: str, one: Opinion, *more: str) -> Button:
    """A button about an opinion."""
    return Button(verb, one.review, (str(one.id), *more))


def room(state: State) -> Opinions:
    """What the room knows; nothing when it was not loaded."""
    return state.room if isinstance(state.room, Opinions) else Opinions()


def find(state: State, opinion: int) -> Opinion | None:
    """The opinion of that number, when the room knows it and its review."""
    return next((one for one in room(state).opinions if one.id == opinion and one.review in room(state).reviews), None)


def review_of(state: State, one: Opinion) -> Review:
    """The review it is about."""
    return room(state).reviews[one.review]


def may_give(state: State, one: Opinion) -> bool:
    """Who was asked; for a body outside, the desk records what it wrote."""
    if state.person is None:
        return False
    asked = one.asked == state.person.id
    held = relations(state.person, review_of(state, one), asked=asked)
    return may(held, Action.RECORD_OUTSIDE if one.asked is None else Action.GIVE_OPINION)


def opened(act: Act, *, to_give: bool = False) -> OnPress:
    """A handler for a button about an opinion; `to_give`: only while it is not given."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        one = find(state, number(button, 0))
        if one is None or not may_give(state, one) or (to_give and one.given_at is not None):
            return refuse(books, state, one, number(button, 0))
        return act(books, state, one, button)

    return handler


def refuse(books: Books, state: State, one: Opinion | None, named: int = 0) -> Turn:
    """Why not: there is none (any more), it is not asked of this person (`named`: nor known to them), it was given."""
    others = one or next((each for each in room(state).others if each.id == named), None)
    if others is None:
        return _refused(state, {"reason": "missing"})
    if one is None or not may_give(state, one):
        turn = _refused(state, {"reason": "not_yours"})
        return Turn(turn.replies, (*turn.commands, Refuse(Action.GIVE_OPINION, "not_yours", review=others.review)))
    return _refused(state, {"reason": "given", **about_values(books, state, one)})


def about_values(books: Books, state: State, one: Opinion) -> dict[str, Json]:
    """Whom it is about, which period, who was asked and by which clause, what was said."""
    return about(books, review_of(state, one), one)


def asked_notice(books: Books, review: Review, one: Opinion) -> Reply:
    """What whoever is asked is told, when the opinion is asked."""
    return Reply(
        "notice/opinion_asked", about(books, review, one), ((Key("opinion/asked", on_it("opinion_card", one)),),)
    )


def about(books: Books, review: Review, one: Opinion) -> dict[str, Json]:
    """The same of a review that is at hand."""
    return {
        **review_values(form_of(books, review), review),
        "period": review.campaign.period,
        "kind": one.kind.value,
        "of": one.of,
        "outside": one.asked is None,
        "cite": one.cite,
        "due": one.due.isoformat() if one.due else "",
        "given": one.given_at is not None,
        "text": one.text,
        "by": one.by_name,
        "at": one.given_at.isoformat() if one.given_at else "",
    }


def _refused(state: State, values: dict[str, Json]) -> Turn:
    return Turn((Reply("opinion/refused", values, (TO_LIST,)),), let_go(state, Room.OPINION))
