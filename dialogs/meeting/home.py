"""The meetings of this person, and calling one for a unit, day and place. Members and agenda are filled in
automatically.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from dialogs.core.awaited import awaiting, let_go, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.meetings import CallMeeting
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.meetings import MayCall
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.meeting.guard import HOME, button_of, known, to_meeting
from dialogs.meeting.happening import happens, who
from dialogs.meeting.page import shown
from dialogs.meeting.when import MOST, read_when
from rules.book.meeting import tags_of
from rules.judging.interview import rated
from rules.meeting.agenda import in_order
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import OVER, Meeting, Status
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES

#: The purposes of the focus while day and place are awaited: of a new meeting, and of one already called.
NEW, WHEN = "meeting_new_when", "meeting_when"


def home(_: Books, state: State, __: str) -> Turn:
    """The command /hop: the current meeting, or else the list."""
    meeting = known(state).meeting
    return shown(state, meeting) if meeting else _home(state)


def at_hand(meetings: Iterable[Meeting], person: int) -> Meeting | None:
    """The meeting meant by somebody who does not name one: among those they chair or were called to, the only one that
    is running, otherwise the only one that is not over.
    """
    theirs = [one for one in meetings if one.status not in OVER and (one.member(person) or one.chair == person)]
    running = [one for one in theirs if one.status is Status.RUNNING]
    return next((several[0] for several in (running, theirs) if len(several) == 1), None)


def on_home(_: Books, state: State, button: Button) -> Turn:
    """The list of meetings: `meeting_home:0:<first>`."""
    return _home(state, number(button, 0))


def _home(state: State, first: int = 0) -> Turn:
    view = known(state)
    on = [one for one in view.meetings if one.status not in OVER]
    done = [one for one in reversed(view.meetings) if one.status in OVER]
    busy = {(one.campaign, one.unit, one.unit_name) for one in on}
    listed = page([*on, *done], first)
    meetings = [
        (
            Key(
                "meeting/open_one",
                button_of("meeting_look", one),
                {
                    "unit": one.unit_name,
                    "starts": one.starts,
                    "status": one.status.value,
                    "consults": one.consults,
                    "title": one.title,
                },
            ),
        )
        for one in listed.shown
    ]
    callable_ = [one for one in view.may_call if (one.campaign, one.unit, one.unit_name) not in busy]
    new = [
        (
            Key(
                "meeting/new",
                Button("meeting_new", 0, (str(one.campaign), str(one.unit), *([str(one.body)] if one.body else []))),
                {"unit": one.unit_name, "year": one.year, "period": one.period, "count": one.count},
            ),
        )
        for one in callable_
    ]
    values: dict[str, Json] = {"count": len(on), "done": len(done), "may_call": len(callable_)}
    turning = listed.keys("meeting_home", room="meeting")
    return Turn((Reply("meeting/home", values, rows(*meetings, turning, *new)),), let_go(state, Room.MEETING))


def ask_new(_: Books, state: State, unit: MayCall, __: Button) -> Turn:
    """Ask for the day and place of a new meeting: `meeting_new:0:<campaign>:<unit>[:<body>]`."""
    values: dict[str, Json] = {"unit": unit.unit_name, "count": unit.count, "again": "", "today": _today(state)}
    focus = awaiting(NEW, campaign=unit.campaign, unit=unit.unit, body=unit.body)
    return Turn((Reply("meeting/ask_when", values, ((HOME,),)),), (focus,))


def _today(state: State) -> str:
    return state.now.date().isoformat()


def called(books: Books, state: State, unit: MayCall, text: str) -> Turn:
    """Call the meeting for the day and place given."""
    view, person = known(state), who(state)
    when = read_when(text, state.now)
    wrong = "unread" if when is None else "past" if when[0].date() < state.now.date() else ""
    if when is None or wrong or len(when[1]) > MOST:
        values: dict[str, Json] = {"unit": unit.unit_name, "count": unit.count, "again": wrong or "place"}
        return Turn((Reply("meeting/ask_when", {**values, "today": _today(state)}, ((HOME,),)),))
    starts, place = when
    items = in_order((item_of(books, view.versions, one) for one in view.agenda), view.rules)
    people: list[Json] = [person_kept(one) for one in view.people]
    data: dict[str, Json] = {
        "unit": unit.unit_name,
        "office": person.office,
        "starts": starts.isoformat(),
        "place": place,
        "chair": person.name,
        "people": people,
        "items": [item_kept(one) for one in items],
        **_of_body(unit),
    }
    first = NewHappening(Kind.CALLED, person=person.id, data=data)
    done: dict[str, Json] = {
        "unit": unit.unit_name,
        "starts": starts.isoformat(),
        "place": place,
        "count": len(items),
        "people": len(people),
        "unsent": [*dict.fromkeys(one.name for one in items if not one.version)],
    }
    at = str(second_of(state.now))
    open_it = Key("meeting/look", Button("meeting_called", 0, (str(unit.campaign), at)))
    reply = Reply("meeting/called", done, ((open_it,), (HOME,)))
    return Turn((reply,), (CallMeeting(unit.campaign, unit.unit, first), *let_go(state, Room.MEETING)))


def second_of(at: dt.datetime) -> int:
    """Nine digits of the time, by which a button names the meeting that was just called."""
    return int(at.timestamp()) % 10**9


def _of_body(unit: MayCall) -> dict[str, Json]:
    leaders: list[Json] = [*unit.leaders]
    return {"body": unit.body, "leaders": leaders} if unit.body else {}


def item_of(books: Books, versions: Mapping[int, int], line: ReviewLine, *, with_unit: bool = False) -> Item:
    """The review as an item of a meeting. `with_unit`: its position includes the unit, for an agenda of several units."""
    form = books[line.campaign.edition].forms[line.form]
    subject, _ = rated(form, line.person)
    person = line.person
    position = ", ".join(filter(None, (person.position, person.unit if with_unit else "")))
    return Item(
        *(line.review, person.id, person.called, position, line.form, form.code),
        *(tags_of(person, subject), subject in BODIES, versions.get(line.review, 0)),
    )


def item_kept(one: Item) -> Json:
    """The item as JSON."""
    tags: list[Json] = [tag.value for tag in sorted(one.tags)]
    return {
        "review": one.review,
        "person": one.person,
        "name": one.name,
        "position": one.position,
        "form": one.form,
        "code": one.code,
        "tags": tags,
        "body": one.body,
        "version": one.version,
    }


def person_kept(one: Person) -> dict[str, Json]:
    """The person as a meeting stores them."""
    return {"id": one.id, "name": one.called, "position": one.position, "head": one.head, "deputy": one.deputy}


def ask_when(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """Ask for another day or place: `meeting_when:0:<meeting>`."""
    values: dict[str, Json] = {"unit": meeting.unit_name, "count": len(meeting.items), "again": ""}
    reply = Reply("meeting/ask_when", {**values, "today": _today(state)}, ((to_meeting(meeting),),))
    return Turn((reply,), (awaiting(WHEN, meeting=meeting.id),))


def planned(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Move the meeting to the day and place given."""
    if wrong := unusable(text, 2 * MOST):
        return Turn((wrong,))
    when = read_when(text, state.now)
    trouble = "unread" if when is None else "past" if when[0].date() < state.now.date() else ""
    if when is None or trouble or len(when[1]) > MOST:
        values: dict[str, Json] = {"unit": meeting.unit_name, "count": len(meeting.items), "again": trouble or "place"}
        return Turn((Reply("meeting/ask_when", {**values, "today": _today(state)}, ((to_meeting(meeting),),)),))
    data: dict[str, Json] = {"starts": when[0].isoformat(), "place": when[1] or meeting.place}
    after, keep = happens(state, meeting, NewHappening(Kind.PLANNED, data=data))
    return shown(state, after, keep, said="planned")
