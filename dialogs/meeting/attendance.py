"""Attendance: people report themselves or the secretary records them, who is absent and why, guests, and the choice of
the secretary.
"""

from collections.abc import Mapping

from dialogs.core.awaited import number as focused
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.meeting.asking import ask
from dialogs.meeting.guard import button_of, invited_keys, known, may_in, to_meeting
from dialogs.meeting.happening import happens, who
from dialogs.meeting.home import person_kept
from dialogs.meeting.page import begins, meeting_values, shown
from rules.campaign.permissions import Action
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.meeting import Meeting, Status
from rules.meeting.nouns.people import Member
from rules.meeting.presence import Seen
from rules.nouns.reviews import Json

#: How many names are on one page, and in one row.
_ON_A_PAGE, _BESIDE = 20, 2


def people(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Everybody who was called, with their attendance: `meeting_people:0:<meeting>:<first>`."""
    return Turn((_people(state, meeting, number(button, 1)),))


def _people(state: State, meeting: Meeting, first: int = 0) -> Reply:
    listed = page(meeting.members, first, _ON_A_PAGE)
    lines = [_line(meeting, one) for one in listed.shown]
    values: dict[str, Json] = {
        **meeting_values(state, meeting),
        "people": [one for one in lines if _told(one)],
        "invited": [
            {"cite": rule.cite, "quote": rule.quote}
            for rule in known(state).rules.attended
            if rule.who.value == "invited"
        ],
    }
    keys = [
        Key(
            "meeting/person",
            button_of("meeting_person", meeting, str(one.id)),
            {"name": one.name, "how": _how(one)},
        )
        for one in listed.shown
    ]
    pairs = [keys[place : place + _BESIDE] for place in range(0, len(keys), _BESIDE)]
    chairs = may_in(state, meeting, Action.CHAIR_MEETING)
    invite = (Key("meeting/invite", button_of("meeting_invite", meeting)),) if chairs and known(state).others else ()
    turning = listed.keys("meeting_people", str(meeting.id), room="meeting")
    return Reply("meeting/people", values, rows(*pairs, turning, invite, (to_meeting(meeting),)))


def _how(one: Member) -> str:
    if one.present:
        return "present"
    return "absent" if one.cause is not None else "left" if one.came else "not_yet"


def _told(line: Mapping[str, Json]) -> bool:
    """Whether there is more to say about somebody than the button with their name shows."""
    return bool(
        line["guest"]
        or line["own_word"]
        or line["how"] in {"absent", "left"}
        or (line["how"] == "present" and line["late"])
    )


def _line(meeting: Meeting, one: Member) -> dict[str, Json]:
    return {
        "name": one.name,
        "position": one.position,
        "how": _how(one),
        "cause": one.cause or "",
        "late": one.late,
        "guest": one.guest,
        "own_word": meeting.own_word(one),
        "since": one.stays[-1].since.isoformat() if one.stays else "",
        "until": (until.isoformat() if (until := one.stays[-1].until) else "") if one.stays else "",
    }


def person(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """What can be recorded about one member: `meeting_person:0:<meeting>:<person>`."""
    one = meeting.member(number(button, 1))
    if one is None:
        return Turn((_people(state, meeting),))
    about = str(one.id)
    chairs = may_in(state, meeting, Action.CHAIR_MEETING)
    there = meeting.status in {Status.RUNNING, Status.CALLED}

    def key(label: str) -> Key:
        return Key(f"meeting/{label}", button_of(f"meeting_{label.removesuffix('_of')}", meeting, about))

    back = Key("meeting/back_people", button_of("meeting_people", meeting))
    values = {**_line(meeting, one), "chair": meeting.chair == one.id, "secretary": meeting.secretary == one.id}
    keys = rows(
        (key("came_of"),) if there and (not one.present or meeting.own_word(one)) else (),
        (key("left_of"),) if there and one.present else (),
        (key("absent_of"),) if not one.present else (),
        (key("secretary_of"),) if chairs and meeting.secretary != one.id else (),
        (key("chair_of"),) if chairs and meeting.chair != one.id else (),
        (back,),
    )
    return Turn((Reply("meeting/person", values, keys),))


def came(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Record that somebody is present, by their own press or the secretary's:
    `meeting_came:0:<meeting>[:<person>[:<code on the wall>]]`.

    Somebody who is present by their own press alone may still scan the code, or be confirmed by the secretary.
    """
    one, own = _whom(state, meeting, button)
    if one is None or meeting.status not in {Status.RUNNING, Status.CALLED}:
        return _after(state, meeting, own=own)
    seen = known(state).seen if own else Seen.NONE
    if seen is Seen.OLD:
        return _after(state, meeting, own=own, said="old_code")
    if one.present and (one.stays[-1].seen or (own and seen is Seen.NONE)):
        return _after(state, meeting, own=own)
    if own and not begins(state, meeting):
        return _after(state, meeting, own=own, said="not_today")
    data: dict[str, Json] = {"code": True} if seen is Seen.GOOD else {}
    after, keep = happens(state, meeting, NewHappening(Kind.CAME, person=one.id, data=data))
    return _after(state, after, keep, own=own, said="came")


def left(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Record that somebody leaves: `meeting_left:0:<meeting>[:<person>]`."""
    one, own = _whom(state, meeting, button)
    if one is None or not one.present:
        return _after(state, meeting, own=own)
    after, keep = happens(state, meeting, NewHappening(Kind.LEFT, person=one.id))
    return _after(state, after, keep, own=own, said="left")


def ask_absent(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Ask why somebody does not come: `meeting_absent:0:<meeting>[:<person>]`."""
    one, own = _whom(state, meeting, button)
    if one is None or one.present:
        return _after(state, meeting, own=own)
    return ask("absent", meeting, name="" if own else one.name, about={"person": one.id})


def absent(_: Books, state: State, meeting: Meeting, text: str) -> Turn:
    """Record the absence with its reason."""
    one = meeting.member(focused(state, "person"))
    own = one is not None and one.id == who(state).id
    if one is None or one.present or not (own or may_in(state, meeting, Action.WRITE_MINUTES)):
        return _after(state, meeting, own=own)
    after, keep = happens(state, meeting, NewHappening(Kind.ABSENT, person=one.id, text=text))
    return _after(state, after, keep, own=own, said="absent")


def _whom(state: State, meeting: Meeting, button: Button) -> tuple[Member | None, bool]:
    """Whom the press is about, and whether that is the person who pressed. Only the chair and the secretary may press
    for somebody else.
    """
    me = who(state).id
    named = number(button, 1) or me
    if named != me and not may_in(state, meeting, Action.WRITE_MINUTES):
        return None, False
    return meeting.member(named), named == me


def _after(state: State, meeting: Meeting, *commands: Command, own: bool, said: str = "") -> Turn:
    if own:
        return shown(state, meeting, *commands, said=said)
    return Turn((_people(state, meeting),), commands)


def secretary(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Appoint who writes the minutes from now on: `meeting_secretary:0:<meeting>:<person>`."""
    one = meeting.member(number(button, 1))
    if one is None:
        return Turn((_people(state, meeting),))
    after, keep = happens(state, meeting, NewHappening(Kind.WRITING, person=one.id))
    reply = Reply(
        "meeting/writes",
        {"unit": meeting.unit_name, "chair": meeting.name(meeting.chair)},
        ((Key("meeting/look", button_of("meeting_look", meeting)),),),
    )
    told = () if one.id == who(state).id else (Notify(one.id, f"meeting-writes:{meeting.id}:{after.last}", reply),)
    return shown(state, after, keep, *told, said="writes", about=one.name)


def invite(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """The list of people who may be invited as well: `meeting_invite:0:<meeting>:<first>`."""
    here = {one.id for one in meeting.members} | {who(state).id}
    listed = page([one for one in known(state).others if one.id not in here], number(button, 1))
    keys = [
        (
            Key(
                "meeting/guest",
                button_of("meeting_guest", meeting, str(one.id)),
                {"name": one.called, "unit": one.unit, "own": one.unit_id == meeting.unit},
            ),
        )
        for one in listed.shown
    ]
    turning = listed.keys("meeting_invite", str(meeting.id), room="meeting")
    back = Key("meeting/back_people", button_of("meeting_people", meeting))
    return Turn((Reply("meeting/invite", {"count": listed.count}, rows(*keys, turning, (back,))),))


def guest(_: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Invite somebody: `meeting_guest:0:<meeting>:<person>`. A person who has joined the unit since the meeting was
    called is not a guest.

    Nobody may invite themselves: members read the papers of the agenda, so the desk, which may call any meeting, would
    read drafts that the chain has not agreed to yet.
    """
    one = next((one for one in known(state).others if one.id == number(button, 1)), None)
    if one is None or meeting.member(one.id) or one.id == who(state).id:
        return Turn((_people(state, meeting),))
    kept: dict[str, Json] = {**person_kept(one), "guest": one.unit_id != meeting.unit}
    after, keep = happens(state, meeting, NewHappening(Kind.INVITED, person=one.id, data={"people": [kept]}))
    values: dict[str, Json] = {
        "unit": meeting.unit_name,
        "consults": meeting.consults,
        "title": meeting.title,
        "starts": meeting.starts,
        "place": meeting.place,
        "chair": meeting.name(meeting.chair),
        "items": [{"name": each.name, "code": each.code} for each in meeting.items],
    }
    reply = Reply("meeting/invited", values, invited_keys(meeting))
    told = Notify(one.id, f"meeting-invited:{after.id}:{after.last}:{one.id}", reply)
    return Turn((_people(state, after),), (keep, told))
