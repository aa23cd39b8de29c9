"""Polls: participants, tokens, the box, and the count."""

import datetime as dt
import hashlib
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from rules.balloting.poll import Attempt, GroupPlaces, Line, Mode, Poll, Stage, Taking
from rules.balloting.slips import Slip, Tally
from rules.book.ballots import Choices
from rules.nouns.alphabet import by_name
from rules.nouns.reviews import Json
from storage.queries import Prepared, any_word, columns
from storage.repositories.base import Repository
from storage.tables import MEETING, POLL, POLL_BOX, POLL_PERSON
from storage.wake import of_meeting


class Cast(NamedTuple):
    """A ballot in the box: the token it spends (message and signature), and the sealed slip."""

    message: bytes
    signature: bytes
    sealed: bytes


class Counted(NamedTuple):
    """The result of a poll. It has trackers only when votes were cast secretly on the page."""

    tally: Tally
    trackers: tuple[str, ...]


class _Kept(NamedTuple):
    id: int
    office_id: int
    chair_id: int
    title: str
    mode: Mode
    choices: Choices
    lines: Json
    stage: Stage
    rulebook: str
    rule: str
    places: int | None
    campaign_id: int | None
    unit_id: int | None
    meeting_id: int | None
    public: bytes | None
    address: str
    disagreed: Json
    shares: Json


class _Person(NamedTuple):
    poll_id: int
    person_id: int
    name: str
    voter: bool
    teller: int | None
    received: bool
    public: bytes | None
    gave: bool


class _Result(NamedTuple):
    tally: Json
    trackers: Json


class _Count(NamedTuple):
    title: str
    lines: Json
    tally: Json
    trackers: Json


class CountedPoll(NamedTuple):
    """A counted poll: the ballot of the rulebook it followed, and its unit."""

    rule: str
    unit_id: int | None
    id: int


class _Vote(NamedTuple):
    person_id: int
    value: Json


class _Locked(NamedTuple):
    number: int
    locked: str


# The label makes the nullable column non-null for mypy: every poll has an address from the day it is set.
_POLL = columns(_Kept, POLL, address=POLL.c.address.label("there"))
_ONE = sa.select(*_POLL).where(POLL.c.id == sa.bindparam("poll"))
_GET = Prepared(_POLL, _ONE)
_LOCK = Prepared(_POLL, _ONE.with_for_update())
# The label makes the nullable column non-null for mypy; the statement selects only rows that have a value.
_MEETING_OF = Prepared(
    int,
    sa.select(POLL.c.meeting_id.label("there")).where(
        POLL.c.id == sa.bindparam("poll"), POLL.c.meeting_id.is_not(None)
    ),
)
_BY_ADDRESS = Prepared(int, sa.select(POLL.c.id).where(POLL.c.address == sa.bindparam("address_")))
_ADDRESS_OF = Prepared(
    str,
    sa.select(POLL.c.address.label("there")).where(POLL.c.id == sa.bindparam("poll"), POLL.c.address.is_not(None)),
)
_RUNNING = any_word(POLL.c.stage, [stage.value for stage in Stage if not stage.over])
_OF_OFFICE = Prepared(
    _POLL,
    sa.select(*_POLL)
    .where(POLL.c.office_id == sa.bindparam("office"))
    .order_by(_RUNNING.desc(), POLL.c.id.desc())
    .limit(sa.bindparam("most")),
)
_OF_MEETING = Prepared(_POLL, sa.select(*_POLL).where(POLL.c.meeting_id == sa.bindparam("meeting")).order_by(POLL.c.id))
_OF_PERSON = Prepared(
    _POLL,
    sa.select(*_POLL)
    .join(POLL_PERSON, POLL_PERSON.c.poll_id == POLL.c.id)
    .where(POLL_PERSON.c.person_id == sa.bindparam("person"))
    .order_by(_RUNNING.desc(), POLL.c.id.desc())
    .limit(sa.bindparam("most")),
)
_TAKES = columns(
    _Person,
    POLL_PERSON,
    received=sa.or_(POLL_PERSON.c.blinded.is_not(None), POLL_PERSON.c.slip.is_not(None)).label("received"),
    gave=sa.or_(POLL_PERSON.c.locked.is_not(None), POLL_PERSON.c.counted.is_not(None)).label("gave"),
)
# Sorted by person, and then by name in Vietnamese order (_takings), so that the physical order of the rows does not
# reveal who received a token first.
_TAKING = Prepared(
    _TAKES,
    sa.select(*_TAKES).where(POLL_PERSON.c.poll_id == sa.bindparam("poll")).order_by(POLL_PERSON.c.person_id),
)
_THEIRS = sa.and_(POLL_PERSON.c.poll_id == sa.bindparam("poll"), POLL_PERSON.c.person_id == sa.bindparam("person"))
# The label makes the nullable column non-null for mypy; the statement selects only rows that have a value.
_BLINDED = Prepared(
    str, sa.select(POLL_PERSON.c.blinded.label("there")).where(_THEIRS, POLL_PERSON.c.blinded.is_not(None))
)
_BY_MARK = Prepared(
    int,
    sa.select(POLL_PERSON.c.person_id).where(
        POLL_PERSON.c.poll_id == sa.bindparam("poll"), POLL_PERSON.c.mark == sa.bindparam("mark_")
    ),
)
_PRIVATE = Prepared(
    str,
    sa.select(POLL.c.locked.label("there")).where(POLL.c.id == sa.bindparam("poll"), POLL.c.locked.is_not(None)),
)
_BOX = Prepared(str, sa.select(POLL_BOX.c.content).where(POLL_BOX.c.poll_id == sa.bindparam("poll")))
_RESULT = Prepared(_Result, sa.select(POLL.c.tally, POLL.c.trackers).where(POLL.c.id == sa.bindparam("poll")))
_COUNT = Prepared(
    _Count,
    sa.select(POLL.c.title, POLL.c.lines, POLL.c.tally, POLL.c.trackers).where(POLL.c.id == sa.bindparam("poll")),
)
_SECRETS = Prepared(
    _Locked,
    sa.select(POLL_PERSON.c.teller.label("number"), POLL_PERSON.c.locked.label("there"))
    .where(POLL_PERSON.c.poll_id == sa.bindparam("poll"), POLL_PERSON.c.locked.is_not(None))
    .order_by(POLL_PERSON.c.teller),
)


_UNIT = sa.func.coalesce(POLL.c.unit_id, MEETING.c.unit_id)
_COUNTED_IN = Prepared(
    CountedPoll,
    sa.select(POLL.c.rule, _UNIT, POLL.c.id)
    .select_from(POLL.outerjoin(MEETING, MEETING.c.id == POLL.c.meeting_id))
    .where(
        POLL.c.campaign_id == sa.bindparam("campaign"),
        POLL.c.rulebook == sa.bindparam("rulebook_"),
        POLL.c.stage == Stage.COUNTED.value,
    )
    .order_by(POLL.c.id),
)


def _said(column: sa.ColumnElement[Json]) -> Prepared[_Vote]:
    return Prepared(
        _Vote,
        sa.select(POLL_PERSON.c.person_id, column)
        .where(POLL_PERSON.c.poll_id == sa.bindparam("poll"), column.is_not(None))
        .order_by(POLL_PERSON.c.name, POLL_PERSON.c.person_id),
    )


_COUNTS = _said(POLL_PERSON.c.counted)
_SLIPS = _said(POLL_PERSON.c.slip)


#: Length of an address in random bytes: it can be neither guessed nor found by counting.
_ADDRESS = 10


class LostKeyError(LookupError):
    """What was locked cannot be unlocked, because this installation now has another key."""


class Polls(Repository):
    """The polls. Of a secret poll it is stored who received a token, but not who cast a ballot."""

    async def add(self, poll: Poll, at: dt.datetime) -> int:
        """Store a poll in preparation with its participants; returns its id. The id and address of `poll` are ignored
        and assigned anew.
        """
        poll_id = await self._add(
            POLL,
            address=secrets.token_hex(_ADDRESS),
            office_id=poll.office,
            unit_id=poll.unit,
            campaign_id=poll.campaign,
            meeting_id=poll.meeting,
            chair_id=poll.chair,
            title=poll.title,
            mode=poll.mode.value,
            choices=poll.choices.value,
            stage=Stage.PREPARING.value,
            rulebook=poll.rulebook,
            rule=poll.rule,
            places=poll.places,
            lines=[asdict(line) for line in poll.lines],
            disagreed=[],
            shares=[asdict(one) for one in poll.shares],
            made_at=at,
        )
        await self._many(POLL_PERSON.insert(), [_row(poll_id, one) for one in poll.taking])
        return poll_id

    async def get(self, poll_id: int) -> Poll | None:
        """The poll as it is now."""
        kept = await self._row(_GET, poll=poll_id)
        return await self._whole(kept) if kept else None

    async def address(self, poll_id: int) -> str | None:
        """The address of the poll's page."""
        return await self._row(_ADDRESS_OF, poll=poll_id)

    async def at(self, address: str) -> int | None:
        """The poll whose page has that address."""
        return await self._row(_BY_ADDRESS, address_=address)

    async def locked(self, poll_id: int) -> Poll | None:
        """The poll, locked: nobody else changes it before this transaction ends."""
        kept = await self._row(_LOCK, poll=poll_id)
        return await self._whole(kept) if kept else None

    async def of_office(self, office: int, most: int = 20) -> tuple[Poll, ...]:
        """The polls of an office: those in progress first, then the newest first."""
        return await self._all(await self._rows(_OF_OFFICE, office=office, most=most))

    async def counted_in(self, campaign: int, rulebook: str) -> Sequence[CountedPoll]:
        """The counted polls of a part of a campaign, oldest first."""
        return await self._rows(_COUNTED_IN, campaign=campaign, rulebook_=rulebook)

    async def of_meeting(self, meeting: int) -> tuple[Poll, ...]:
        """The polls of a meeting, oldest first."""
        return await self._all(await self._rows(_OF_MEETING, meeting=meeting))

    async def of_person(self, person: int, most: int = 20) -> tuple[Poll, ...]:
        """The polls in which somebody takes part: those in progress first, then the newest first."""
        return await self._all(await self._rows(_OF_PERSON, person=person, most=most))

    async def amend(self, poll: Poll) -> None:
        """Store what the chair set during preparation: title, lines, places, and participants."""
        lines, shares = [asdict(line) for line in poll.lines], [asdict(one) for one in poll.shares]
        changed = {"title": poll.title, "places": poll.places, "lines": lines, "shares": shares}
        await self._run(POLL.update().where(POLL.c.id == poll.id).values(**changed, mode=poll.mode.value))
        kept = {one.person: one for one in (await self._takings(poll.id))}
        await self._run(
            POLL_PERSON.delete().where(
                POLL_PERSON.c.poll_id == poll.id, ~POLL_PERSON.c.person_id.in_([one.person for one in poll.taking])
            )
        )
        for one in poll.taking:
            if one.person not in kept:
                await self._many(POLL_PERSON.insert(), [_row(poll.id, one)])
            elif (kept[one.person].voter, kept[one.person].teller) != (one.voter, one.teller):
                await self._mine(poll.id, one.person, voter=one.voter, teller=one.teller, public=one.public)

    async def walk(self, poll_id: int, to: Stage, at: dt.datetime) -> None:
        """Move the poll to another stage. When it is over, its key and its box are removed. The wall of its meeting is
        woken.
        """
        over = {"over_at": at, "locked": None} if to.over else {}
        if to is Stage.CLOSED:
            over = {"locked": None}
        await self._run(POLL.update().where(POLL.c.id == poll_id).values(stage=to.value, **over))
        if to.over:
            await self._run(POLL_BOX.delete().where(POLL_BOX.c.poll_id == poll_id))
            ours = POLL_PERSON.c.poll_id == poll_id
            await self._run(POLL_PERSON.update().where(ours).values(locked=None, mark=None, code=None))
        if meeting := await self._row(_MEETING_OF, poll=poll_id):
            self._held.told.add(of_meeting(meeting))

    async def gather(self, poll_id: int, public: bytes, private: bytes) -> None:
        """Store the key pair that signs tokens, and an empty box."""
        locked = self._held.key.lock(b64encode(private).decode())
        await self._run(POLL.update().where(POLL.c.id == poll_id).values(public=public, locked=locked))
        await self.keep_box(poll_id, ())

    async def private(self, poll_id: int) -> bytes | None:
        """The private key that signs tokens; None when it was removed. Raises LostKeyError."""
        locked = await self._row(_PRIVATE, poll=poll_id)
        return b64decode(self._unlocked(locked)) if locked else None

    async def admit(self, poll_id: int, person: int, code: str) -> None:
        """Store the code that opens the page for somebody; any earlier code becomes invalid."""
        key = self._held.key
        await self._mine(poll_id, person, mark=key.mark(code), code=key.lock(code))

    async def by_code(self, poll_id: int, code: str) -> int | None:
        """The person whose code this is."""
        return await self._row(_BY_MARK, poll=poll_id, mark_=self._held.key.mark(code))

    async def blinded(self, poll_id: int, person: int) -> str | None:
        """The hash of the blinded message for which somebody received their token."""
        return await self._row(_BLINDED, poll=poll_id, person=person)

    async def receive(self, poll_id: int, person: int, digest: str) -> None:
        """Record that somebody received a token."""
        await self._mine(poll_id, person, blinded=digest)

    async def keep_public(self, poll_id: int, person: int, public: bytes) -> None:
        """Store a teller's public key of this poll."""
        await self._mine(poll_id, person, public=public)

    async def give_up(self, poll_id: int, person: int, private: bytes) -> None:
        """Store the private key a teller releases for the count."""
        await self._mine(poll_id, person, locked=self._held.key.lock(b64encode(private).decode()))

    async def given_up(self, poll_id: int) -> Mapping[int, bytes]:
        """Teller number → private key, for the keys released so far. Raises LostKeyError."""
        rows = await self._rows(_SECRETS, poll=poll_id)
        return {one.number: b64decode(self._unlocked(one.locked)) for one in rows}

    async def box(self, poll_id: int) -> tuple[Cast, ...]:
        """The ballots in the box. Raises LostKeyError."""
        content = await self._row(_BOX, poll=poll_id)
        casts = json.loads(self._unlocked(content)) if content else []
        return tuple(Cast(*map(b64decode, one)) for one in casts)

    async def keep_box(self, poll_id: int, casts: Sequence[Cast]) -> None:
        """Replace the whole box. The ballots are sorted by a random part, so that nothing shows which came last."""
        listed = sorted([[b64encode(part).decode() for part in one] for one in casts])
        content = self._held.key.lock_undated(json.dumps(listed))
        if not await self._run(POLL_BOX.update().where(POLL_BOX.c.poll_id == poll_id).values(content=content)):
            await self._run(POLL_BOX.insert().values(poll_id=poll_id, content=content))

    async def vote(self, poll_id: int, person: int, slip: Slip) -> None:
        """Store a vote by name."""
        await self._mine(poll_id, person, slip=list(slip))

    async def votes(self, poll_id: int) -> Mapping[int, Slip]:
        """Person → vote, for votes by name."""
        return {one.person_id: tuple(cast("list[str]", one.value)) for one in await self._rows(_SLIPS, poll=poll_id)}

    async def keep_count(self, poll_id: int, person: int, count: Tally) -> None:
        """Store what a teller counted of paper slips."""
        await self._mine(poll_id, person, counted=asdict(count))

    async def keep_disagreed(self, poll: Poll, disagreed: Sequence[Sequence[Attempt]]) -> None:
        """Store the counts on which the tellers disagreed; everybody must count again."""
        kept = [[[[name, asdict(count)] for name, count in one.counts] for one in some] for some in disagreed]
        await self._run(POLL.update().where(POLL.c.id == poll.id).values(disagreed=kept))
        await self._run(POLL_PERSON.update().where(POLL_PERSON.c.poll_id == poll.id).values(counted=None))

    async def counts(self, poll_id: int) -> Mapping[int, Tally]:
        """Person → what they counted of paper slips."""
        return {one.person_id: _tally(one.value) for one in await self._rows(_COUNTS, poll=poll_id)}

    async def keep_result(self, poll_id: int, result: Counted) -> None:
        """Store the result."""
        kept = {"tally": asdict(result.tally), "trackers": list(result.trackers)}
        await self._run(POLL.update().where(POLL.c.id == poll_id).values(**kept))

    async def result(self, poll_id: int) -> Counted | None:
        """The result, once the poll is counted."""
        kept = await self._row(_RESULT, poll=poll_id)
        if kept is None or kept.tally is None:
            return None
        return Counted(_tally(kept.tally), tuple(cast("list[str]", kept.trackers or ())))

    async def count_mark(self, poll_id: int) -> str:
        """The hash of the count, which the sealed audit contains."""
        kept = await self._row(_COUNT, poll=poll_id)
        assert kept is not None, "it was just counted"
        return mark_of_count(kept)

    async def _mine(self, poll_id: int, person: int, **changed: object) -> None:
        ours = sa.and_(POLL_PERSON.c.poll_id == poll_id, POLL_PERSON.c.person_id == person)
        await self._run(POLL_PERSON.update().where(ours).values(**changed))

    def _unlocked(self, kept: str) -> str:
        text = self._held.key.unlock(kept)
        if text is None:
            raise LostKeyError
        return text

    async def _takings(self, poll_id: int) -> tuple[Taking, ...]:
        rows = await self._rows(_TAKING, poll=poll_id)
        return tuple(
            Taking(one.person_id, one.name, one.voter, one.teller, one.received, one.public, one.gave)
            for one in sorted(rows, key=lambda one: (by_name(one.name), one.person_id))
        )

    async def _all(self, kept: Sequence[_Kept]) -> tuple[Poll, ...]:
        return tuple([await self._whole(one) for one in kept])

    async def _whole(self, kept: _Kept) -> Poll:
        poll = Poll(
            id=kept.id,
            office=kept.office_id,
            chair=kept.chair_id,
            title=kept.title,
            mode=kept.mode,
            choices=kept.choices,
            lines=tuple(Line(**line) for line in cast("list[dict[str, Any]]", kept.lines)),
            stage=kept.stage,
            rulebook=kept.rulebook,
            rule=kept.rule,
            places=kept.places,
            campaign=kept.campaign_id,
            unit=kept.unit_id,
            meeting=kept.meeting_id,
            public=kept.public,
            address=kept.address,
            disagreed=_disagreed(kept.disagreed),
            shares=tuple(
                GroupPlaces(one["name"], one["places"], tuple(one["lines"]))
                for one in cast("list[dict[str, Any]]", kept.shares)
            ),
        )
        return replace(poll, taking=await self._takings(kept.id))


def mark_of_count(kept: Sequence[Json]) -> str:
    """The SHA-256 of a count together with its question: title, lines, tally and trackers, as stored."""
    return hashlib.sha256(json.dumps([*kept], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _tally(kept: Json) -> Tally:
    return Tally(**cast("dict[str, Any]", kept))


def _disagreed(kept: Json) -> tuple[tuple[Attempt, ...], ...]:
    some = cast("list[list[list[tuple[str, Json]]]]", kept)
    return tuple(
        tuple(Attempt(tuple((name, _tally(count)) for name, count in one)) for one in several) for several in some
    )


def _row(poll_id: int, one: Taking) -> dict[str, object]:
    return {"poll_id": poll_id, "person_id": one.person, "name": one.name, "voter": one.voter, "teller": one.teller}
