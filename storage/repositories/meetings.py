"""Meetings: their happenings in order, the versions of their minutes, and the links of their wall screens."""

import datetime as dt
import hashlib
import hmac
import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from rules.meeting.course.whole import going_on, meeting_of
from rules.meeting.happenings import Happening, Kind, NewHappening
from rules.meeting.nouns.meeting import Meeting, Status
from rules.meeting.presence import Seen, spans
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from storage.columns import dumps, read
from storage.connection import at_once
from storage.known_meetings import Known
from storage.queries import Prepared, among, any_word, columns
from storage.repositories.base import Repository
from storage.tables import CAMPAIGN, HAPPENING, MEETING, MINUTES, WALL_LINK
from storage.wake import of_meeting


class Called(NamedTuple):
    """A meeting that was called."""

    id: int
    campaign_id: int
    unit_id: int


class _Stood(NamedTuple):
    meeting_id: int
    unit_id: int
    kind: str


class Stood(NamedTuple):
    """The state of a meeting."""

    id: int
    unit_id: int
    status: Status


class Kept(NamedTuple):
    """A happening as stored."""

    meeting_id: int
    number: int
    kind: str
    item: int | None
    person_id: int | None
    text: str
    data: dict[str, Any]
    by: int
    by_name: str
    at: dt.datetime


class _News(NamedTuple):
    """A cached meeting, and its happenings from the last cached one on."""

    known: Known[Kept] | None
    kept: list[Kept]


class Concluding(NamedTuple):
    """A happening that called a meeting, changed its state, or concluded an agenda `item`."""

    meeting_id: int
    kind: str
    item: int | None
    data: dict[str, Any]


class _Said(NamedTuple):
    """A happening as stored, with the campaign and unit of its meeting."""

    meeting_id: int
    number: int
    kind: str
    item: int | None
    person_id: int | None
    text: str
    data: dict[str, Any]
    by: int
    by_name: str
    at: dt.datetime
    campaign_id: int
    unit_id: int


class KeptMinutes(NamedTuple):
    """A version of the minutes; `content` is built by rules.meeting.minutes."""

    id: int
    meeting_id: int
    number: int
    final: bool
    fingerprint: str
    content: dict[str, Any]
    kept_at: dt.datetime


class MinutesInForce(NamedTuple):
    """Adopted minutes of a unit's meeting."""

    id: int
    unit_id: int
    meeting_id: int
    number: int
    fingerprint: str
    #: The data of the happening that called the meeting.
    called: dict[str, Any]


class WallLink(NamedTuple):
    """A link to a meeting's wall screen: until when it can be opened, and whether it was used."""

    id: int
    meeting_id: int
    expires_at: dt.datetime
    used_at: dt.datetime | None

    def opens(self, at: dt.datetime) -> bool:
        """Whether the link can be used at that moment."""
        return self.used_at is None and at <= self.expires_at


_CALLED = columns(Called, MEETING)
_ONE = Prepared(_CALLED, sa.select(*_CALLED).where(MEETING.c.id == sa.bindparam("meeting")))
_OF_OFFICE = Prepared(
    _CALLED,
    sa.select(*_CALLED)
    .select_from(MEETING.join(CAMPAIGN, CAMPAIGN.c.id == MEETING.c.campaign_id))
    .where(CAMPAIGN.c.office_id == sa.bindparam("office"), CAMPAIGN.c.closed_at.is_(None))
    .order_by(MEETING.c.id),
)
#: The kinds of happenings that change the state of a meeting.
_STATUSES = {
    Kind.CALLED.value: Status.CALLED,
    Kind.OPENED.value: Status.RUNNING,
    Kind.INTERRUPTED.value: Status.INTERRUPTED,
    Kind.CLOSED.value: Status.CLOSED,
    Kind.ADOPTED.value: Status.ADOPTED,
    Kind.CANCELLED.value: Status.CANCELLED,
}
_SOME = Prepared(_CALLED, sa.select(*_CALLED).where(among(MEETING.c.id, "meetings")))
_STOOD = Prepared(
    _Stood,
    sa.select(HAPPENING.c.meeting_id, MEETING.c.unit_id, HAPPENING.c.kind)
    .select_from(HAPPENING.join(MEETING, MEETING.c.id == HAPPENING.c.meeting_id))
    .where(MEETING.c.campaign_id == sa.bindparam("campaign"), any_word(HAPPENING.c.kind, sorted(_STATUSES)))
    .order_by(HAPPENING.c.meeting_id, HAPPENING.c.number),
)
_TURN = Prepared(
    _CALLED, sa.select(*_CALLED).where(MEETING.c.id == sa.bindparam("meeting")).with_for_update(key_share=True)
)
_KEPT = sa.select(
    *(HAPPENING.c[name] for name in ("meeting_id", "number", "kind", "item", "person_id")),
    *(HAPPENING.c[name] for name in ("text", "data", "by", "by_name", "at")),
)
#: The kinds of happenings that tell the state of a meeting and its conclusions.
_STANDING = any_word(HAPPENING.c.kind, sorted(_STATUSES))
_CONCLUDED = HAPPENING.c.kind == Kind.CONCLUDED.value
_CONCLUDING_IN = Prepared(
    Concluding,
    sa.select(*(HAPPENING.c[name] for name in Concluding._fields))
    .select_from(HAPPENING.join(MEETING, MEETING.c.id == HAPPENING.c.meeting_id))
    .where(MEETING.c.campaign_id == sa.bindparam("campaign"), sa.or_(_STANDING, _CONCLUDED))
    .order_by(HAPPENING.c.meeting_id, HAPPENING.c.number),
)
_WITH_MEETING = columns(_Said, HAPPENING, campaign_id=MEETING.c.campaign_id, unit_id=MEETING.c.unit_id)
_THERE = HAPPENING.alias("there")
_SAID_OF = Prepared(
    _WITH_MEETING,
    sa.select(*_WITH_MEETING)
    .select_from(HAPPENING.join(MEETING, MEETING.c.id == HAPPENING.c.meeting_id))
    .where(
        HAPPENING.c.meeting_id.in_(sa.select(_THERE.c.meeting_id).where(among(_THERE.c.item, "reviews"))),
        sa.or_(_STANDING, sa.and_(_CONCLUDED, among(HAPPENING.c.item, "reviews"))),
    )
    .order_by(HAPPENING.c.meeting_id, HAPPENING.c.number),
)
_ALL = Prepared(
    Kept, _KEPT.where(among(HAPPENING.c.meeting_id, "meetings")).order_by(HAPPENING.c.meeting_id, HAPPENING.c.number)
)
#: The happenings of a meeting from this number on.
_SINCE = Prepared(
    Kept,
    _KEPT.where(
        HAPPENING.c.meeting_id == sa.bindparam("meeting"), HAPPENING.c.number >= sa.bindparam("since")
    ).order_by(HAPPENING.c.number),
)
_LATER = HAPPENING.alias("later")
#: The last happening of each of these meetings.
_LAST_ONES = Prepared(
    Kept,
    _KEPT.where(
        among(HAPPENING.c.meeting_id, "meetings"),
        HAPPENING.c.number
        == sa.select(sa.func.max(_LATER.c.number))
        .where(_LATER.c.meeting_id == HAPPENING.c.meeting_id)
        .scalar_subquery(),
    ),
)
_LAST = Prepared(
    int,
    sa.select(sa.func.coalesce(sa.func.max(HAPPENING.c.number), 0)).where(
        HAPPENING.c.meeting_id == sa.bindparam("meeting")
    ),
)


def _read(content: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(zlib.decompress(content)))


_MINUTES = columns(KeptMinutes, MINUTES, content=read(MINUTES.c.content, _read))
_VERSION = Prepared(
    _MINUTES,
    sa.select(*_MINUTES)
    .where(MINUTES.c.meeting_id == sa.bindparam("meeting"), MINUTES.c.number <= sa.bindparam("number_"))
    .order_by(MINUTES.c.number.desc())
    .limit(1),
)
_BY_ID = Prepared(_MINUTES, sa.select(*_MINUTES).where(MINUTES.c.id == sa.bindparam("minutes")))
_IN_FORCE = Prepared(
    MinutesInForce,
    sa.select(
        *(MINUTES.c.id, MEETING.c.unit_id, MEETING.c.id), *(MINUTES.c.number, MINUTES.c.fingerprint, HAPPENING.c.data)
    )
    .select_from(
        MINUTES.join(MEETING, MEETING.c.id == MINUTES.c.meeting_id).join(
            HAPPENING, sa.and_(HAPPENING.c.meeting_id == MEETING.c.id, HAPPENING.c.number == 1)
        )
    )
    .where(MEETING.c.campaign_id == sa.bindparam("campaign"), MINUTES.c.final)
    .order_by(MINUTES.c.id),
)
_LINK = columns(WallLink, WALL_LINK)
_FOUND = Prepared(_LINK, sa.select(*_LINK).where(WALL_LINK.c.mark == sa.bindparam("mark_")))
_SESSION = Prepared(_LINK, sa.select(*_LINK).where(WALL_LINK.c.session == sa.bindparam("session_")))

#: Stands for the number of the newest version of the minutes.
NEWEST = 2**31 - 1
#: Number of digits of the code on the wall.
_CODE = 8


def hashed(session: str) -> str:
    """The hash under which a session of the wall is stored."""
    return hashlib.sha256(f"wall\0{session}".encode()).hexdigest()


class Meetings(Repository):
    """The meetings. Happenings are never changed or removed."""

    async def call(self, campaign: int, unit: int, first: NewHappening, by: Person, at: dt.datetime) -> int:
        """Create a meeting with its first happening; returns its id."""
        id_ = await self._add(MEETING, campaign_id=campaign, unit_id=unit, called_at=at)
        await self.add(id_, (first,), by, at)
        return id_

    async def take_turns(self, meeting: int) -> None:
        """Lock the meeting: until this transaction ends nobody else can add to it. Its state is read in the same round
        trip, once the lock is held.
        """
        found, news = await at_once(self._connection, self._rows(_TURN, meeting=meeting), self._news(meeting))
        for called in found:
            self._held.turns[meeting] = called
            self._held.standing[meeting] = await self._as_it_stands(called, news)

    async def add(
        self, meeting: int, happenings: Sequence[NewHappening], by: Person, at: dt.datetime, after: int | None = None
    ) -> bool:
        """Store happenings. False, with nothing stored, when something happened since the number `after`."""
        stands = self._held.standing.pop(meeting, None)
        last = stands.last if stands else await self._row(_LAST, meeting=meeting) or 0
        if after is not None and last != after:
            return False
        # The cache must be filled before anything is added: what this transaction reads afterwards may still be rolled
        # back.
        self._held.told.add(of_meeting(meeting))
        for number, one in enumerate(happenings, start=last + 1):
            values: dict[str, object] = {"meeting_id": meeting, "number": number, "kind": one.kind.value}
            values |= {"item": one.item, "person_id": one.person, "text": one.text, "data": dict(one.data)}
            kept = await self._once(
                HAPPENING, ("meeting_id", "number"), {**values, "by": by.id, "by_name": by.name, "at": at}
            )
            if kept is None:
                return False
        return True

    async def get(self, meeting: int) -> Meeting | None:
        """A meeting as it stands. A transaction that has locked it reads it once and again only after adding to it."""
        if meeting in self._held.standing:
            return self._held.standing[meeting]
        if meeting in self._held.turns:
            called = self._held.turns[meeting]
            stands = self._held.standing[meeting] = await self._as_it_stands(called, await self._news(meeting))
            return stands
        found, news = await at_once(self._connection, self._rows(_ONE, meeting=meeting), self._news(meeting))
        return await self._as_it_stands(found[0], news) if found else None

    async def of_office(self, office_id: int) -> list[Meeting]:
        """The meetings in open campaigns of an office, oldest first."""
        return await self._whole(await self._rows(_OF_OFFICE, office=office_id))

    async def _whole(self, called: Sequence[Called]) -> list[Meeting]:
        """The meetings as values. For cached ones only the newer happenings are fetched. The others are all read at
        once and are not cached: a long list would displace the meetings that are going on.
        """
        known = {one.id: before for one in called if (before := self._held.meetings.of(one.id))}
        last = {one.meeting_id: one for one in await self._some_rows(_LAST_ONES, tuple(known))}
        kept: defaultdict[int, list[Happening]] = defaultdict(list)
        for row in await self._some_rows(_ALL, tuple(one.id for one in called if one.id not in known)):
            kept[row.meeting_id].append(_happening(row))
        found = []
        for one in called:
            if one.id not in known:
                found.append(meeting_of(one.id, one.campaign_id, one.unit_id, kept[one.id]))
            elif known[one.id].last == last.get(one.id):
                found.append(known[one.id].meeting)
            else:
                found.append(await self._as_it_stands(one, await self._news(one.id)))
        return found

    async def _some_rows(self, query: Prepared[Kept], meetings: tuple[int, ...]) -> list[Kept]:
        return await self._rows(query, meetings=meetings) if meetings else []

    async def _news(self, meeting: int) -> _News:
        known = self._held.meetings.of(meeting)
        return _News(known, await self._rows(_SINCE, meeting=meeting, since=known.last.number if known else 0))

    async def _as_it_stands(self, called: Called, news: _News) -> Meeting:
        """The cached meeting with its newer happenings. What this transaction added may still be rolled back, so it
        does not enter the shared cache.
        """
        known, kept = news
        if known is not None and kept[:1] == [known.last]:
            meeting = going_on(known.meeting, map(_happening, kept[1:]))
        else:
            if known is not None:
                kept = await self._rows(_SINCE, meeting=called.id, since=0)
            meeting = meeting_of(called.id, called.campaign_id, called.unit_id, map(_happening, kept))
        if kept and of_meeting(called.id) not in self._held.told:
            self._held.meetings.keep(meeting, kept[-1])
        return meeting

    async def some(self, meetings: Sequence[int]) -> list[Meeting]:
        """These meetings, in the given order."""
        called = {one.id: one for one in await self._rows(_SOME, meetings=tuple(meetings))} if meetings else {}
        return await self._whole([called[one] for one in meetings if one in called])

    async def about(self, reviews: Sequence[int]) -> list[Meeting]:
        """The meetings in which one of these reviews had its turn, oldest first, from a single statement. They contain
        only what tells their state and their conclusions on these reviews.
        """
        kept: dict[tuple[int, int, int], list[Happening]] = {}
        for one in await self._rows(_SAID_OF, reviews=tuple(reviews)) if reviews else ():
            kept.setdefault((one.meeting_id, one.campaign_id, one.unit_id), []).append(_happening(one))
        return [meeting_of(*place, happened) for place, happened in kept.items()]

    async def concluding(self, campaign: int) -> list[Concluding]:
        """The happenings that tell state and conclusions of all meetings of a campaign, meeting by meeting, in order. A
        province has thousands, so no Meeting values are built.
        """
        return await self._rows(_CONCLUDING_IN, campaign=campaign)

    async def statuses(self, campaign: int) -> list[Stood]:
        """Every meeting of a campaign with its state, without its happenings; oldest first."""
        kept = await self._rows(_STOOD, campaign=campaign)
        last = {one.meeting_id: one for one in kept}  # the last in order wins
        return [Stood(one.meeting_id, one.unit_id, _STATUSES[one.kind]) for one in last.values()]

    async def on_agenda(self, review: int, office_id: int) -> list[Meeting]:
        """The meetings of the office, in open campaigns, that have this review on their agenda."""
        return [one for one in await self.of_office(office_id) if one.item(review)]

    # ── minutes ──

    async def keep_minutes(
        self, meeting: int, content: Mapping[str, Json], fingerprint: str, by: int, at: dt.datetime, *, final: bool
    ) -> int:
        """Store a version of the minutes under the next number; returns that number."""
        newest = await self.minutes(meeting)
        number = newest.number + 1 if newest else 1
        packed = zlib.compress(dumps(dict(content)).encode(), 9)
        values = {"meeting_id": meeting, "number": number, "final": final, "fingerprint": fingerprint}
        await self._add(MINUTES, **values, content=packed, by=by, kept_at=at)
        return number

    async def minutes(self, meeting: int, number: int = NEWEST) -> KeptMinutes | None:
        """A version of the minutes; the newest unless `number` names one."""
        return await self._row(_VERSION, meeting=meeting, number_=number)

    async def minutes_by_id(self, minutes: int) -> KeptMinutes | None:
        """A version of the minutes by its id."""
        return await self._row(_BY_ID, minutes=minutes)

    async def adopted(self, campaign: int) -> list[MinutesInForce]:
        """The adopted minutes of a campaign, oldest first."""
        return await self._rows(_IN_FORCE, campaign=campaign)

    # ── the screen on the wall ──

    def wall_code(self, meeting: int, at: dt.datetime) -> str:
        """The code that the wall of a meeting shows beside its address at that moment."""
        return self._code_of(meeting, spans(at)[0])

    def seen(self, meeting: int, code: str, at: dt.datetime) -> Seen:
        """What a code that came with a press proves."""
        if not code:
            return Seen.NONE
        shown = (self._code_of(meeting, span) for span in spans(at))
        return Seen.GOOD if any(hmac.compare_digest(one, code) for one in shown) else Seen.OLD

    def _code_of(self, meeting: int, span: int) -> str:
        """The code of a span of time. It can never equal an invitation code, because those contain no blanks."""
        return self._held.key.mark(f"wall {meeting} {span}").rpartition(":")[2][:_CODE]

    async def issue_wall(self, code: str, meeting: int, person: int, expires_at: dt.datetime, at: dt.datetime) -> None:
        """Issue a link to the wall screen; earlier unused links of the meeting become invalid."""
        unused = sa.and_(WALL_LINK.c.meeting_id == meeting, WALL_LINK.c.used_at.is_(None))
        await self._run(WALL_LINK.update().where(unused, WALL_LINK.c.expires_at > at).values(expires_at=at))
        await self._run(WALL_LINK.update().where(unused).values(locked=None))
        key = self._held.key
        marked = {"mark": key.mark(code), "locked": key.lock(code)}
        await self._add(WALL_LINK, **marked, meeting_id=meeting, person_id=person, issued_at=at, expires_at=expires_at)

    async def wall_link(self, code: str) -> WallLink | None:
        """The link with this code; it is not used up."""
        return await self._row(_FOUND, mark_=self._held.key.mark(code))

    async def begin_wall(self, link: WallLink, session: str, at: dt.datetime) -> bool:
        """Use the link: from now on this browser shows the meeting. False when it was used meanwhile."""
        unused = sa.and_(WALL_LINK.c.id == link.id, WALL_LINK.c.used_at.is_(None))
        begun = {"used_at": at, "locked": None, "session": hashed(session)}
        return bool(await self._run(WALL_LINK.update().where(unused).values(**begun)))

    async def wall(self, session: str) -> WallLink | None:
        """The link by which this browser shows a meeting."""
        return await self._row(_SESSION, session_=hashed(session))


def _happening(one: Kept | _Said) -> Happening:
    return Happening(
        *(one.number, Kind(one.kind), one.by, one.by_name, one.at),
        *(one.item, one.person_id, one.text, one.data),
    )
