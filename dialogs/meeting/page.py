"""The page of a meeting: its stage, agenda, attendance, and what this person may do in it."""

from collections.abc import Sequence
from math import ceil
from typing import Protocol

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, Turn
from dialogs.meeting.guard import HOME, button_of, known, may_in, to_meeting
from rules.campaign.permissions import Action
from rules.meeting.agenda import of_oneself, quorum
from rules.meeting.nouns.items import Item, ItemStatus
from rules.meeting.nouns.meeting import OVER, Handover, Meeting, Status
from rules.nouns.reviews import Json


class _KeyOf(Protocol):
    def __call__(self, label: str, *about: str, of: str = "") -> Key: ...


#: How many buttons of items stand in one row.
_BESIDE = 5
#: Up to `_MOST` items are all shown; of a longer agenda, `_SHOWN` around the current one.
_MOST, _SHOWN = 6, 4
#: The statuses in which the agenda may still be worked through.
TO_COME = frozenset({Status.CALLED, Status.RUNNING, Status.INTERRUPTED})


def look(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """The page of a meeting: `meeting_look:0:<meeting>`."""
    return shown(state, meeting)


def shown(state: State, meeting: Meeting, *commands: Command, said: str = "", about: str = "") -> Turn:
    """The page, together with these commands. `said` is a note on what was just done, and `about` is what it was done
    to.
    """
    return Turn((page(state, meeting, said, about),), (*commands, *let_go(state, Room.MEETING)))


def page(state: State, meeting: Meeting, said: str = "", about: str = "") -> Reply:
    """The page as a reply."""
    values: dict[str, Json] = {
        **meeting_values(state, meeting),
        "said": said,
        "about": about,
        "items": [item_line(state, number, one) for number, one in around(state, meeting)],
        "count": len(meeting.items),
        "concluded": concluded(meeting),
        "mine": _mine(state, meeting),
        "polls": [{"title": one.title, "stage": one.stage.value} for one, _ in known(state).polls],
    }
    return Reply("meeting/page", values, _keyboard(state, meeting))


def around(state: State, meeting: Meeting) -> list[tuple[int, Item]]:
    """The numbered items that the page shows: all of them, or of a long agenda those around the open or next item."""
    every = [*enumerate(meeting.items, start=1)]
    if len(every) <= _MOST:
        return every
    on = following(state, meeting)
    at = meeting.items.index(on) if on else 0
    first = max(0, min(at - 1, len(every) - _SHOWN))
    return every[first : first + _SHOWN]


def program(_: Books, state: State, meeting: Meeting, __: Button) -> Turn:
    """The whole agenda: `meeting_program:0:<meeting>`."""
    values: dict[str, Json] = {
        "unit": meeting.unit_name,
        "items": [item_line(state, number, one) for number, one in enumerate(meeting.items, start=1)],
        "concluded": concluded(meeting),
        "count": len(meeting.items),
    }
    own = may_in(state, meeting, Action.CHAIR_MEETING) and meeting.status in TO_COME
    order = (Key("meeting/agenda", button_of("meeting_agenda", meeting)),) if own else ()
    numbered = _numbered(meeting, [*enumerate(meeting.items, start=1)])
    keys = rows(*beside(numbered), order, (to_meeting(meeting),))
    return Turn((Reply("meeting/program", values, keys),), let_go(state, Room.MEETING))


def _numbered(meeting: Meeting, items: Sequence[tuple[int, Item]]) -> list[Key]:
    return [
        Key(
            "meeting/item",
            button_of("meeting_item", meeting, str(one.review)),
            {"number": number, "status": one.status.value},
        )
        for number, one in items
    ]


def meeting_values(state: State, meeting: Meeting) -> dict[str, Json]:
    """The values about the meeting that several of its pages use."""
    over = meeting.status not in TO_COME  # nobody is present any more, so those who came are counted
    needed = None if over else quorum(meeting, known(state).rules)
    rule = known(state).rules.quorum
    return {
        "unit": meeting.unit_name,
        "consults": meeting.consults,
        "title": meeting.title,
        "starts": meeting.starts,
        "place": meeting.place,
        "status": meeting.status.value,
        "chair": meeting.name(meeting.chair),
        "secretary": meeting.name(meeting.secretary),
        "present": sum(one.came for one in meeting.members) if over else len(meeting.present),
        "called": len(meeting.called),
        "absent": [
            {"name": one.name, "cause": one.cause}
            for one in meeting.called
            if not one.present and one.cause is not None
        ],
        "needed": needed[0] if needed else 0,
        "short": bool(needed and needed[1] < needed[0]),
        "cite": rule.cite if rule and needed else "",
    }


def item_line(state: State, number: int, one: Item) -> dict[str, Json]:
    """The values of an item in a list.

    `civil` is the rating as a civil servant if the party's rating differs. `left`: the review is no longer owed.
    """
    ratings = one.conclusion.ratings if one.conclusion else ()
    last = ratings[-1].rating.value if ratings else ""
    return {
        "number": number,
        "name": one.name,
        "code": one.code,
        "status": one.status.value,
        "rating": last,
        "civil": next(
            (each.rating.value for each in ratings if each.about == "civil" and each.rating.value != last), ""
        ),
        "left": one.review not in known(state).lines,
    }


def _mine(state: State, meeting: Meeting) -> str:
    """The reader's own attendance: present, absent, left or not yet there; "": they were not called."""
    me = meeting.member(state.person.id) if state.person else None
    if me is None:
        return ""
    if me.present:
        return "present"
    return "absent" if me.cause is not None else "left" if me.came else "not_yet"


def _keyboard(state: State, meeting: Meeting) -> tuple[tuple[Key, ...], ...]:
    chairs = may_in(state, meeting, Action.CHAIR_MEETING)
    writes = may_in(state, meeting, Action.WRITE_MINUTES)
    takes = may_in(state, meeting, Action.CALL_MEETING) and not chairs
    to_come = meeting.status in TO_COME

    def key(label: str, *about: str, of: str = "") -> Key:
        return Key(f"meeting/{label}", button_of(f"meeting_{of or label}", meeting, *about))

    numbered = _numbered(meeting, around(state, meeting))
    all_ = len(meeting.items) > _MOST
    on = following(state, meeting) if meeting.status is Status.RUNNING else None
    at_hand = (at_hand_key(meeting, on),) if on and (chairs or on.status is ItemStatus.OPEN) else ()
    giving_back = give_back_keys(state, meeting) if chairs and meeting.status is Status.RUNNING else ()
    mine = _presence(state, meeting, key)
    voting = _voting(state, meeting, chairs=chairs)
    # leaving pressed by mistake would put an untruth into the minutes, so its button stands last
    leaving = mine if _mine(state, meeting) == "present" else ()
    own = chairs and to_come
    begin = (key("resume", of="open"),) if meeting.status is Status.INTERRUPTED else (key("open"),)
    steering = begin if own and meeting.status is not Status.RUNNING else ()
    ending = (key("interrupt"), key("close")) if own and meeting.status is Status.RUNNING else ()
    before = (key("invitations"), key("when")) if own and meeting.status is not Status.RUNNING else ()
    arranging = (key("program"),) if all_ else (key("agenda"),) if own else ()
    people = (key("people"),) if (chairs or writes) and meeting.status not in OVER else ()
    proposing = (key("proposal"),) if writes and meeting.started and meeting.status not in OVER else ()
    minutes = (key("minutes"),) if meeting.started and (meeting.status is not Status.CANCELLED) else ()
    wall = (key("wall"),) if (chairs or writes) and to_come else ()
    take = (key("take"),) if takes and meeting.status not in OVER else ()
    cancel = (key("cancel"),) if own and not meeting.started else ()
    closed = meeting.status is Status.CLOSED
    return rows(
        minutes if closed else (),
        steering,
        () if leaving or steering else mine,  # opening the meeting records the opener as present
        giving_back,
        at_hand,
        (key("rest"),) if chairs and on and meeting.consults else (),
        *voting,
        *beside(numbered),
        before,
        (*people, *arranging),
        (*proposing, *(() if closed else minutes)),
        (*ending, *wall),
        (*take, *cancel),
        (HOME, *leaving),
    )


def _voting(state: State, meeting: Meeting, *, chairs: bool) -> list[tuple[Key, ...]]:
    """The buttons for opening a ballot, and for each ballot that this person takes part in or leads."""
    me = who_id(state)
    new = Key("meeting/vote", button_of("vote_at", meeting))
    shown_ = [
        (Key("meeting/poll", Button("vote_card", 0, (str(one.id),)), {"title": one.title, "stage": one.stage.value}),)
        for one, _ in known(state).polls
        if (chairs or one.part_of(me)) and (chairs or not one.stage.over)
    ]
    return [*([(new,)] if chairs and meeting.status is Status.RUNNING else []), *shown_]


def who_id(state: State) -> int:
    """The id of the reader; 0: a stranger."""
    return state.person.id if state.person else 0


def beside(keys: Sequence[Key]) -> list[Sequence[Key]]:
    """The keys in rows of nearly equal length, so that none stands alone in the last one."""
    if not keys:
        return []
    each = ceil(len(keys) / ceil(len(keys) / _BESIDE))
    return [keys[first : first + each] for first in range(0, len(keys), each)]


def at_hand_key(meeting: Meeting, on: Item) -> Key:
    """The button to the open item, or the one that turns to the next item."""
    open_ = on.status is ItemStatus.OPEN
    button = button_of("meeting_item" if open_ else "meeting_turn", meeting, str(on.review))
    return Key("meeting/at_hand", button, {"name": on.name, "open": open_, "own": of_oneself(meeting, on)})


def give_back_keys(state: State, meeting: Meeting) -> tuple[Key, ...]:
    """The button that returns the chair after it was handed over for one's own review, once no item about that person
    comes next.
    """
    last = meeting.chairs[-1]
    if last.why is not Handover.OWN or len(meeting.chairs) == 1:
        return ()
    before, on = meeting.chairs[-2].person, following(state, meeting)
    member = meeting.member(before)
    if member is None or not member.present or (on and on.person == before):
        return ()
    return (Key("meeting/give_back", button_of("meeting_chair_back", meeting), {"name": member.name}),)


def following(state: State, meeting: Meeting) -> Item | None:
    """The open item, otherwise the next one. Reviews that are no longer owed are skipped."""
    waiting = (one for one in meeting.items if one.status is ItemStatus.WAITING and one.review in known(state).lines)
    return meeting.open_item or next(waiting, None)


def begins(state: State, meeting: Meeting) -> bool:
    """Whether people may report themselves present: the meeting is running or takes place today."""
    today = meeting.starts[:10] == state.now.date().isoformat()
    return meeting.status is Status.RUNNING or (today and meeting.status is Status.CALLED)


def _presence(state: State, meeting: Meeting, key: "_KeyOf") -> tuple[Key, ...]:
    """The buttons with which a person reports their own attendance."""
    mine = _mine(state, meeting)
    if not mine or meeting.status in OVER:
        return ()
    if mine == "present":
        return (key("left"),)
    if begins(state, meeting):
        return (key("came"), *((key("absent"),) if mine == "not_yet" else ()))
    return (key("absent"),) if mine == "not_yet" and meeting.status is Status.CALLED else ()


def concluded(meeting: Meeting) -> int:
    """How many items are concluded."""
    return sum(one.status is ItemStatus.CONCLUDED for one in meeting.items)
