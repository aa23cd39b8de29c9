"""Calling the authority's meeting. Its agenda has the reviews sent up, in the order of the text; otherwise it is like
any meeting.
"""

from dialogs.core.awaited import awaiting, let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.meetings import CallMeeting
from dialogs.core.handlers import Books
from dialogs.core.knowledge.upward import ToConsult
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.meeting.home import item_kept, item_of, person_kept, second_of
from dialogs.meeting.when import MOST, read_when
from dialogs.upward.guard import CONSULT, HOME
from rules.meeting.agenda import in_order
from rules.meeting.happenings import Kind, NewHappening
from rules.nouns.reviews import Json


def ask(_: Books, state: State, one: ToConsult, __: Button) -> Turn:
    """Ask for the time and place: `upward_consult:0:<campaign>:<key>`."""
    reply = Reply("upward/ask_when", {**_values(state, one), "again": ""}, ((HOME,),))
    return Turn((reply,), (awaiting(CONSULT, campaign=one.campaign, key=one.rule.key),))


def _values(state: State, one: ToConsult) -> dict[str, Json]:
    return {
        "title": one.rule.title,
        "count": len(one.agenda),
        "members": [each.called for each in one.people],
        "besides": one.rule.besides,
        "cite": one.rule.cite,
        "chair": one.chair.called,
        "due": one.due.isoformat() if one.due else "",
        "today": state.now.date().isoformat(),
    }


def called(books: Books, state: State, one: ToConsult, text: str) -> Turn:
    """Call the meeting for the time and place given, chaired by the head of the office."""
    when = read_when(text, state.now)
    wrong = "unread" if when is None else "past" if when[0].date() < state.now.date() else ""
    if not one.agenda:
        wrong = "empty"
    if when is None or wrong or len(when[1]) > MOST:
        return Turn((Reply("upward/ask_when", {**_values(state, one), "again": wrong or "place"}, ((HOME,),)),))
    starts, place = when
    items = in_order((item_of(books, one.versions, each, with_unit=True) for each in one.agenda), one.rules)
    people: list[Json] = [person_kept(each) for each in one.people]
    kept: list[Json] = [item_kept(each) for each in items]
    data: dict[str, Json] = {
        "unit": one.unit_name,
        "consults": True,
        "title": one.rule.title,
        "office": one.chair.office,
        "starts": starts.isoformat(),
        "place": place,
        "chair": one.chair.name,
        "people": people,
        "items": kept,
    }
    first = NewHappening(Kind.CALLED, person=one.chair.id, data=data)
    values = {**_values(state, one), "starts": starts.isoformat(), "place": place}
    at = str(second_of(state.now))
    open_it = Key("meeting/look", Button("meeting_called", 0, (str(one.campaign), at)))
    return Turn(
        (Reply("upward/called", values, ((open_it,), (HOME,))),),
        (CallMeeting(one.campaign, one.unit, first), *let_go(state, Room.UPWARD)),
    )
