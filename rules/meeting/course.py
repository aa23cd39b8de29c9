"""A meeting as it stands: what all that happened in it comes to. Pure: the happenings in, the meeting out."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from rules.book.meeting import Tag
from rules.meeting.happenings import Happening, Kind
from rules.nouns.reviews import Json
from rules.nouns.values import Rating


class Status(StrEnum):
    """Where a meeting stands."""

    CALLED = "called"  # not begun
    RUNNING = "running"
    INTERRUPTED = "interrupted"  # goes on another day
    CLOSED = "closed"  # its minutes are read
    ADOPTED = "adopted"  # its minutes stand
    CANCELLED = "cancelled"


#: Nothing happens in it any more.
OVER = frozenset({Status.ADOPTED, Status.CANCELLED})


class ItemStatus(StrEnum):
    """Where a thing on the agenda stands."""

    WAITING = "waiting"
    OPEN = "open"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when somebody was there; None: still. `late`: something was gone through already when they came. `seen`: by the code on the wall, or
    by who leads or writes; else it is their own word. `by_code`: by that code.
    """

    since: dt.datetime
    until: dt.datetime | None = None
    late: bool = False
    seen: bool = False
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Who is called to the meeting, as they were then. `guest`: asked besides."""

    id: int
    name: str
    position: str
    head: bool = False
    deputy: bool = False
    guest: bool = False
    stays: tuple[Stay, ...] = ()
    cause: str | None = None  # said to be absent, and why; None: nobody said so

    @property
    def late(self) -> bool:
        """Whether they first came when something was gone through already."""
        return bool(self.stays) and self.stays[0].late

    @property
    def present(self) -> bool:
        """Whether they are there now."""
        return bool(self.stays) and self.stays[-1].until is None

    @property
    def came(self) -> bool:
        """Whether they ever were."""
        return bool(self.stays)


@dataclass(frozen=True, slots=True)
class Words:
    """Something said, by its number. `taken_by`: who took it down ("": who said it wrote it). `first`: how it was worded before somebody changed
    the wording ("": nobody did).
    """

    number: int
    person: int
    name: str
    text: str
    at: dt.datetime
    taken_by: str = ""
    withdrawn: bool = False
    first: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The rating that is proposed; `about`: which of two a form asks for (as a civil servant, as a member of the party)."""

    question: str
    about: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the chair concluded: strengths, shortcomings, the ratings that are proposed; how many were there. `votes`: the counted ballots on
    the person that lay before them then, each with its title, votes by option, slips returned and voters entitled.
    """

    number: int
    strengths: str
    shortcomings: str
    ratings: tuple[Proposed, ...]
    by: int
    by_name: str
    at: dt.datetime
    present: int
    votes: tuple[Mapping[str, Json], ...] = ()
    as_proposed: bool = False  # as the unit sent it up


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The person took the conclusion up; `version`: of the draft they do anew, 0: nothing was to be changed."""

    version: int
    at: dt.datetime


class Paper(StrEnum):
    """What lay before the meeting when something was gone through."""

    PRESENTED = "presented"  # whose it is was there (of meetings of before: as it was always said)
    READ = "read"  # they were not
    NONE = "none"  # none was sent


@dataclass(frozen=True, slots=True)
class Item:
    """A review on the agenda, as it was when the meeting was called. `version`: its draft then (0: none was sent)."""

    review: int
    person: int
    name: str
    position: str
    form: str
    code: str
    tags: frozenset[Tag]
    body: bool
    version: int
    status: ItemStatus = ItemStatus.WAITING
    comments: tuple[Words, ...] = ()
    answers: tuple[Words, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    reopened: tuple[Words, ...] = ()
    taken_up: TakenUp | None = None
    out_of_order: str = ""
    paper: Paper = Paper.PRESENTED

    @property
    def conclusion(self) -> Conclusion | None:
        """The one that counts."""
        return self.conclusions[-1] if self.conclusions and self.status is ItemStatus.CONCLUDED else None


@dataclass(frozen=True, slots=True)
class Session:
    """From the opening to the interruption or the end. `why`: of an interruption."""

    since: dt.datetime
    until: dt.datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Chairing:
    """Who had the chair from when, and with which line it came to them."""

    person: int
    name: str
    since: dt.datetime
    line: str = ""


@dataclass(frozen=True, slots=True)
class MinutesVersion:
    """A version of the minutes that was laid before those present; who agreed to it, who has a remark."""

    number: int
    fingerprint: str
    by_name: str
    at: dt.datetime
    agreed: Mapping[int, dt.datetime] = field(default_factory=dict)
    remarks: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a unit in a campaign. `items` are in the order of the agenda; `last`: the number of the last thing that happened."""

    id: int
    campaign: int
    unit: int
    unit_name: str
    office: str
    starts: str = ""
    place: str = ""
    status: Status = Status.CALLED
    members: tuple[Member, ...] = ()
    items: tuple[Item, ...] = ()
    chairs: tuple[Chairing, ...] = ()
    secretary: int | None = None
    leaders: tuple[int, ...] = ()  # of a party body's meeting: its secretary and deputy secretary when it was called
    sessions: tuple[Session, ...] = ()
    proposals: tuple[Words, ...] = ()
    minutes: tuple[MinutesVersion, ...] = ()
    order_kept: str = ""
    adopted_at: dt.datetime | None = None
    adopted_mark: str = ""  # the fingerprint of the minutes as they stand
    caller: int | None = None  # who called it
    last: int = 0
    under_way: bool = False  # something was gone through since it was opened: who comes now is late
    changed: bool = False  # since the newest version of the minutes
    consults: bool = False  # the authority looks in it at what units sent up
    title: str = ""  # of such a meeting, where the text names it

    @property
    def chair(self) -> int | None:
        """Who has the chair now."""
        return self.chairs[-1].person if self.chairs else None

    @property
    def present(self) -> tuple[Member, ...]:
        """Who is there now."""
        return tuple(one for one in self.members if one.present)

    def own_word(self, member: Member) -> bool:
        """Whether somebody is there by their own word alone, while others came by the code on the wall."""
        by_code = any(stay.by_code for one in self.members for stay in one.stays)
        return by_code and member.present and not member.stays[-1].seen and member.id != self.chair

    @property
    def called(self) -> tuple[Member, ...]:
        """Who counts for a quorum: everybody who was called, without guests."""
        return tuple(one for one in self.members if not one.guest)

    @property
    def open_item(self) -> Item | None:
        """What is gone through now."""
        return next((one for one in self.items if one.status is ItemStatus.OPEN), None)

    @property
    def newest(self) -> MinutesVersion | None:
        """The newest version of the minutes."""
        return self.minutes[-1] if self.minutes else None

    @property
    def started(self) -> bool:
        """Whether it ever began."""
        return bool(self.sessions)

    def member(self, person: int) -> Member | None:
        """Somebody who was called, or asked besides."""
        return next((one for one in self.members if one.id == person), None)

    def item(self, review: int) -> Item | None:
        """A thing on the agenda."""
        return next((one for one in self.items if one.review == review), None)

    def name(self, person: int | None) -> str:
        """How somebody of the meeting is called."""
        found = self.member(person) if person else None
        named = {one.person: one.name for one in self.chairs}
        return found.name if found else named.get(person or 0, "")


#: By these something is gone through.
_GOING_THROUGH = frozenset({Kind.TURNED, Kind.COMMENT, Kind.ANSWER, Kind.CONCLUDED, Kind.REOPENED})

#: What is said to the minutes changes nothing in them.
_ON_MINUTES = frozenset({Kind.MINUTES, Kind.AGREED, Kind.REMARK, Kind.ADOPTED})


def meeting_of(id_: int, campaign: int, unit: int, happenings: Iterable[Happening]) -> Meeting:
    """What all this comes to; in the order in which it happened."""
    return going_on(Meeting(id_, campaign, unit, "", ""), happenings)


def going_on(meeting: Meeting, happenings: Iterable[Happening]) -> Meeting:
    """The meeting once all this has happened as well."""
    for one in happenings:
        under_way = one.kind is not Kind.OPENED and (meeting.under_way or one.kind in _GOING_THROUGH)
        changed = one.kind is not Kind.MINUTES and (meeting.changed or one.kind not in _ON_MINUTES)
        meeting = replace(_AFTER[one.kind](meeting, one), last=one.number, under_way=under_way, changed=changed)
    return meeting


def _called(meeting: Meeting, one: Happening) -> Meeting:
    data = one.data
    meeting = replace(
        _planned(meeting, one),
        caller=one.by,
        unit_name=str(data.get("unit", "")),
        office=str(data.get("office", "")),
        consults=bool(data.get("consults")),
        title=str(data.get("title", "")),
        members=tuple(_member(person) for person in _several(data, "people")),
        items=tuple(_item(each) for each in _several(data, "items")),
        leaders=tuple(int(each) for each in _several(data, "leaders")),
    )
    return _chaired(meeting, one)


def _several(data: Mapping[str, Json], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _member(data: Mapping[str, Any], *, guest: bool = False) -> Member:
    head, deputy = bool(data.get("head")), bool(data.get("deputy"))
    return Member(int(data["id"]), str(data["name"]), str(data["position"]), head, deputy, guest)


def _item(data: Mapping[str, Any]) -> Item:
    return Item(
        *(int(data["review"]), int(data["person"]), str(data["name"]), str(data["position"])),
        *(str(data["form"]), str(data["code"]), frozenset(Tag(tag) for tag in data["tags"])),
        *(bool(data["body"]), int(data["version"])),
    )


def _planned(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, starts=str(one.data.get("starts", "")), place=str(one.data.get("place", "")))


def _invited(meeting: Meeting, one: Happening) -> Meeting:
    known = {member.id for member in meeting.members}
    added = tuple(_member(person, guest=bool(person.get("guest", True))) for person in _several(one.data, "people"))
    return replace(meeting, members=(*meeting.members, *(each for each in added if each.id not in known)))


def _ordered(meeting: Meeting, one: Happening) -> Meeting:
    place = {review: number for number, review in enumerate(_several(one.data, "order"))}
    items = sorted(meeting.items, key=lambda item: place.get(item.review, len(place)))
    return replace(meeting, items=tuple(items), order_kept=one.text or meeting.order_kept)


def _opened(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, status=Status.RUNNING, sessions=(*meeting.sessions, Session(one.at)))


def _ended(status: Status) -> Callable[[Meeting, Happening], Meeting]:
    def after(meeting: Meeting, one: Happening) -> Meeting:
        """Whoever is there goes with it."""
        gone = tuple(_out(member, one.at) for member in meeting.members)
        sessions = meeting.sessions
        if sessions and sessions[-1].until is None:
            sessions = (*sessions[:-1], replace(sessions[-1], until=one.at, why=one.text))
        return replace(meeting, status=status, sessions=sessions, members=gone)

    return after


def _out(member: Member, at: dt.datetime) -> Member:
    if not member.present:
        return member
    return replace(member, stays=(*member.stays[:-1], replace(member.stays[-1], until=at)))


def _of_member(meeting: Meeting, person: int | None, change: Callable[[Member], Member]) -> Meeting:
    changed = tuple(change(one) if one.id == person else one for one in meeting.members)
    return replace(meeting, members=changed)


def _came(meeting: Meeting, one: Happening) -> Meeting:
    by_code = bool(one.data.get("code"))
    seen = by_code or one.by != one.person

    def comes(member: Member) -> Member:
        if member.present:
            last = member.stays[-1]
            now = replace(last, seen=last.seen or seen, by_code=last.by_code or by_code)
            return replace(member, stays=(*member.stays[:-1], now))
        stay = Stay(one.at, late=meeting.under_way, seen=seen, by_code=by_code)
        return replace(member, stays=(*member.stays, stay), cause=None)

    return _of_member(meeting, one.person, comes)


def _left(meeting: Meeting, one: Happening) -> Meeting:
    return _of_member(meeting, one.person, lambda member: _out(member, one.at))


def _absent(meeting: Meeting, one: Happening) -> Meeting:
    return _of_member(meeting, one.person, lambda member: replace(_out(member, one.at), cause=one.text))


def _chaired(meeting: Meeting, one: Happening) -> Meeting:
    person = one.person or one.by
    named = meeting.name(person) or str(one.data.get("chair", one.by_name))
    return replace(meeting, chairs=(*meeting.chairs, Chairing(person, named, one.at, one.text)))


def _writing(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, secretary=one.person)


def _of_item(meeting: Meeting, one: Happening, change: Callable[[Item], Item]) -> Meeting:
    return replace(meeting, items=tuple(change(item) if item.review == one.item else item for item in meeting.items))


def _turned(meeting: Meeting, one: Happening) -> Meeting:
    """What was open and is not concluded waits again."""
    waiting = replace(
        meeting,
        items=tuple(
            replace(item, status=ItemStatus.WAITING) if item.status is ItemStatus.OPEN else item
            for item in meeting.items
        ),
    )

    def opens(item: Item) -> Item:
        return replace(item, status=ItemStatus.OPEN, out_of_order=one.text, paper=_paper(meeting, item, one))

    return _of_item(waiting, one, opens)


def _paper(meeting: Meeting, item: Item, one: Happening) -> Paper:
    version = one.data.get("version")
    if version == 0:
        return Paper.NONE
    member = meeting.member(item.person)
    away = isinstance(version, int) and not item.body and not (member and member.present)
    return Paper.READ if away else Paper.PRESENTED


def _said(meeting: Meeting, one: Happening) -> Words:
    person = one.person or one.by
    known = meeting.name(person) or str(one.data.get("name", ""))
    item = meeting.item(one.item) if one.item else None
    name = known or (item.name if item and item.person == person else one.by_name)
    taken = one.by_name if person != one.by else ""
    return Words(one.number, person, name, one.text, one.at, taken)


def _comment(meeting: Meeting, one: Happening) -> Meeting:
    words = _said(meeting, one)
    return _of_item(meeting, one, lambda item: replace(item, comments=(*item.comments, words)))


def _answer(meeting: Meeting, one: Happening) -> Meeting:
    words = _said(meeting, one)
    return _of_item(meeting, one, lambda item: replace(item, answers=(*item.answers, words)))


def _proposal(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, proposals=(*meeting.proposals, _said(meeting, one)))


def _number(one: Happening) -> int:
    found = one.data.get("number")
    return found if isinstance(found, int) else 0


def _withdrawn(meeting: Meeting, one: Happening) -> Meeting:
    return _of_words(meeting, _number(one), lambda words: replace(words, withdrawn=True))


def _worded(meeting: Meeting, one: Happening) -> Meeting:
    return _of_words(
        meeting, _number(one), lambda words: replace(words, text=one.text, first=words.first or words.text)
    )


def _of_words(meeting: Meeting, number: int, change: Callable[[Words], Words]) -> Meeting:
    def each(several: tuple[Words, ...]) -> tuple[Words, ...]:
        return tuple(change(words) if words.number == number else words for words in several)

    items = (replace(item, comments=each(item.comments), answers=each(item.answers)) for item in meeting.items)
    return replace(meeting, items=tuple(items), proposals=each(meeting.proposals))


def _concluded(meeting: Meeting, one: Happening) -> Meeting:
    conclusion = Conclusion(
        one.number,
        str(one.data.get("strengths", "")),
        str(one.data.get("shortcomings", "")),
        tuple(
            Proposed(str(each["question"]), str(each["about"]), Rating(each["rating"]))
            for each in _several(one.data, "ratings")
        ),
        one.by,
        one.by_name,
        one.at,
        len(meeting.present),
        tuple(_several(one.data, "votes")),
        bool(one.data.get("as_proposed")),
    )
    return _of_item(
        meeting,
        one,
        lambda item: replace(
            item, status=ItemStatus.CONCLUDED, conclusions=(*item.conclusions, conclusion), taken_up=None
        ),
    )


def _reopened(meeting: Meeting, one: Happening) -> Meeting:
    words = _said(meeting, one)
    return _of_item(
        meeting,
        one,
        lambda item: replace(item, status=ItemStatus.WAITING, reopened=(*item.reopened, words), taken_up=None),
    )


def _taken_up(meeting: Meeting, one: Happening) -> Meeting:
    version = one.data.get("version")
    up = TakenUp(version if isinstance(version, int) else 0, one.at)
    return _of_item(meeting, one, lambda item: replace(item, taken_up=up))


def _minutes(meeting: Meeting, one: Happening) -> Meeting:
    version = MinutesVersion(len(meeting.minutes) + 1, str(one.data.get("fingerprint", "")), one.by_name, one.at)
    return replace(meeting, minutes=(*meeting.minutes, version))


def _of_minutes(meeting: Meeting, one: Happening, change: Callable[[MinutesVersion], MinutesVersion]) -> Meeting:
    version = one.data.get("version")
    return replace(meeting, minutes=tuple(change(each) if each.number == version else each for each in meeting.minutes))


def _agreed(meeting: Meeting, one: Happening) -> Meeting:
    return _of_minutes(meeting, one, lambda each: replace(each, agreed={**each.agreed, one.by: one.at}))


def _remark(meeting: Meeting, one: Happening) -> Meeting:
    words = _said(meeting, one)
    return _of_minutes(meeting, one, lambda each: replace(each, remarks=(*each.remarks, words)))


def _adopted(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, status=Status.ADOPTED, adopted_at=one.at, adopted_mark=str(one.data.get("fingerprint", "")))


_AFTER: Mapping[Kind, Callable[[Meeting, Happening], Meeting]] = {
    Kind.CALLED: _called,
    Kind.PLANNED: _planned,
    Kind.INVITED: _invited,
    Kind.ORDERED: _ordered,
    Kind.OPENED: _opened,
    Kind.INTERRUPTED: _ended(Status.INTERRUPTED),
    Kind.CLOSED: _ended(Status.CLOSED),
    Kind.CANCELLED: _ended(Status.CANCELLED),
    Kind.CAME: _came,
    Kind.LEFT: _left,
    Kind.ABSENT: _absent,
    Kind.CHAIRED: _chaired,
    Kind.WRITING: _writing,
    Kind.TURNED: _turned,
    Kind.COMMENT: _comment,
    Kind.WITHDRAWN: _withdrawn,
    Kind.ANSWER: _answer,
    Kind.CONCLUDED: _concluded,
    Kind.REOPENED: _reopened,
    Kind.TAKEN_UP: _taken_up,
    Kind.WORDED: _worded,
    Kind.PROPOSAL: _proposal,
    Kind.MINUTES: _minutes,
    Kind.AGREED: _agreed,
    Kind.REMARK: _remark,
    Kind.ADOPTED: _adopted,
}
