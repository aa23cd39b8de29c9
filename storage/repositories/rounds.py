"""Rounds: drafts sent to people for comment. Stored are what was sent, who was asked, their answers, and what became of
these.

What is said without names lies in a locked box of constant size until the round ends (docs/rounds.md).
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple, Protocol, TypeVar, cast

import sqlalchemy as sa

from rules.nouns.reviews import Json
from rules.nouns.rounds import (
    BOXED_BYTES,
    ENOUGH,
    Answer,
    Asked,
    Asks,
    Ended,
    Piece,
    Round,
    Settled,
    Slips,
    Talk,
    Voice,
)
from storage.columns import read
from storage.queries import Prepared, among, columns
from storage.repositories.base import Repository
from storage.repositories.enclosures import Content
from storage.tables import (
    OFFICE,
    PERSON,
    ROUND,
    ROUND_ANSWER,
    ROUND_ASKED,
    ROUND_BOX,
    ROUND_SETTLED,
    ROUND_SLIPS,
    ROUND_VOICE,
)


def _pieces(kept: Sequence[Mapping[str, Any]]) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            one["title"],
            one["text"],
            one.get("changed", False),
            Asks(one.get("asks", "")),
            one.get("least", 0),
            one.get("most", 100),
        )
        for one in kept
    )


def _by_section(kept: Mapping[str, Any]) -> dict[int, str]:
    return {int(section): str(text) for section, text in kept.items()}


class BoxRow(NamedTuple):
    """A box as stored."""

    content: str


_ROUND = columns(Round, ROUND, office=OFFICE.c.name, pieces=read(ROUND.c.pieces, _pieces))
_ROUNDS = sa.select(*_ROUND).select_from(ROUND.join(OFFICE, OFFICE.c.id == ROUND.c.office_id)).order_by(ROUND.c.id)
_ONE = Prepared(_ROUND, _ROUNDS.where(ROUND.c.id == sa.bindparam("round")))
_LOCKED = Prepared(_ROUND, _ROUNDS.where(ROUND.c.id == sa.bindparam("round")).with_for_update(of=ROUND))
_CONTENT = columns(Content, ROUND, size=ROUND.c.file_size)
_CONTENTS = Prepared(_CONTENT, sa.select(*_CONTENT).where(ROUND.c.file_name != "").order_by(ROUND.c.id))
_OF_OFFICE = Prepared(_ROUND, _ROUNDS.where(ROUND.c.office_id == sa.bindparam("office")))
_OPEN = Prepared(_ROUND, _ROUNDS.where(ROUND.c.ended.is_(None)))
_SHEETS = Prepared(
    _ROUND,
    _ROUNDS.where(
        ROUND.c.campaign == sa.bindparam("campaign"),
        ROUND.c.rulebook == sa.bindparam("rulebook"),
        ROUND.c.person.is_not(None),
        ROUND.c.ended.is_not(None),
        ROUND.c.ended != Ended.NEWER,
    ),
)
_NEXT_SHEET = Prepared(
    _ROUND,
    _ROUNDS.where(
        ROUND.c.ended.is_(None),
        ROUND.c.person.is_not(None),
        ROUND.c.campaign == sa.bindparam("campaign"),
        ROUND.c.key == sa.bindparam("key"),
        ROUND.c.id != sa.bindparam("round"),
        ROUND.c.id.in_(
            sa.select(ROUND_ASKED.c.round_id).where(
                ROUND_ASKED.c.person_id == sa.bindparam("person"), ROUND_ASKED.c.answered.is_(False)
            )
        ),
    ).limit(1),
)
_ABOUT = Prepared(
    _ROUND, _ROUNDS.where(ROUND.c.office_id == sa.bindparam("office"), ROUND.c.token == sa.bindparam("token"))
)
_ASKED = columns(
    Asked,
    ROUND_ASKED,
    round=ROUND_ASKED.c.round_id,
    person=ROUND_ASKED.c.person_id,
    left=PERSON.c.left_on.is_not(None),
)
_ASKED_IN = Prepared(
    _ASKED,
    sa.select(*_ASKED)
    .select_from(ROUND_ASKED.join(PERSON, PERSON.c.id == ROUND_ASKED.c.person_id))
    .where(among(ROUND_ASKED.c.round_id, "rounds"))
    .order_by(ROUND_ASKED.c.round_id, ROUND_ASKED.c.place),
)
_ANSWER = columns(
    Answer,
    ROUND_ANSWER,
    round=ROUND_ANSWER.c.round_id,
    person=ROUND_ANSWER.c.person_id,
    comments=read(ROUND_ANSWER.c.comments, _by_section),
)
_ANSWERS = Prepared(
    _ANSWER, sa.select(*_ANSWER).where(among(ROUND_ANSWER.c.round_id, "rounds")).order_by(ROUND_ANSWER.c.id)
)
_VOICE = columns(Voice, ROUND_VOICE, round=ROUND_VOICE.c.round_id)
_VOICES = Prepared(
    _VOICE,
    sa.select(*_VOICE)
    .where(among(ROUND_VOICE.c.round_id, "rounds"))
    .order_by(ROUND_VOICE.c.round_id, ROUND_VOICE.c.place),
)
_SETTLED = columns(Settled, ROUND_SETTLED, round=ROUND_SETTLED.c.round_id, person=ROUND_SETTLED.c.person_id)
_SETTLINGS = Prepared(
    _SETTLED, sa.select(*_SETTLED).where(among(ROUND_SETTLED.c.round_id, "rounds")).order_by(ROUND_SETTLED.c.id)
)
_SLIP = columns(Slips, ROUND_SLIPS, round=ROUND_SLIPS.c.round_id, texts=read(ROUND_SLIPS.c.texts, tuple))
_SLIPS = Prepared(_SLIP, sa.select(*_SLIP).where(among(ROUND_SLIPS.c.round_id, "rounds")).order_by(ROUND_SLIPS.c.id))
_BOX = Prepared(BoxRow, sa.select(ROUND_BOX.c.content).where(ROUND_BOX.c.round_id == sa.bindparam("round")))


class BoxLost(Exception):
    """The box was locked with a different key than the installation has now: it can be neither read nor added to."""


class Rounds(Repository):
    """The rounds."""

    async def begin(self, office_id: int, begun: Round, asked: Sequence[Asked]) -> int:
        """Store a round and the people asked; returns its id. `begun.id` is ignored."""
        kept = {name: value for name, value in asdict(begun).items() if name not in {"id", "office", "pieces"}}
        pieces = [asdict(piece) for piece in begun.pieces]
        id_ = await self._add(ROUND, office_id=office_id, pieces=pieces, **kept)
        rows = [
            {
                "round_id": id_,
                "person_id": one.person,
                "place": place,
                "name": one.name,
                "position": one.position,
                "unit": one.unit,
                "answered": False,
                "agreed": None,
                "body": one.body,
            }
            for place, one in enumerate(asked)
        ]
        await self._many(ROUND_ASKED.insert(), rows)
        if not begun.named and not begun.on_paper:
            await self._run(ROUND_BOX.insert(), {"round_id": id_, "content": self._locked([], len(rows))})
        return id_

    async def one(self, round_id: int) -> Round | None:
        """A round by its id."""
        return await self._row(_ONE, round=round_id)

    async def locked(self, round_id: int) -> Round | None:
        """A round, locked: others who write to it wait."""
        return await self._row(_LOCKED, round=round_id)

    async def of_office(self, office_id: int) -> list[Round]:
        """All rounds of an office, the oldest first."""
        return await self._rows(_OF_OFFICE, office=office_id)

    async def sheets_of(self, campaign: int, rulebook: str) -> list[Round]:
        """The rounds about somebody in a part of a campaign that are over and were not sent anew, the oldest first."""
        return await self._rows(_SHEETS, campaign=campaign, rulebook=rulebook)

    async def next_sheet(self, person: int, after: Round) -> Round | None:
        """The oldest other open round of the same sheet that the person has not answered."""
        return await self._row(_NEXT_SHEET, campaign=after.campaign, key=after.key, round=after.id, person=person)

    async def about(self, office_id: int, token: str) -> list[Round]:
        """The rounds about the same thing."""
        return await self._rows(_ABOUT, office=office_id, token=token)

    async def contents(self) -> list[Content]:
        """The contents that must be in the folder of kept files for all rounds."""
        return await self._rows(_CONTENTS)

    async def running(self) -> list[Round]:
        """The rounds of all offices that have not ended."""
        return await self._rows(_OPEN)

    async def talks(self, rounds: Sequence[Round]) -> list[Talk]:
        """These rounds with their answers, as far as these may be shown."""
        ids = tuple(one.id for one in rounds)
        if not ids:
            return []
        asked = _grouped(await self._rows(_ASKED_IN, rounds=ids))
        answers = _grouped(await self._rows(_ANSWERS, rounds=ids))
        voices = _grouped(await self._rows(_VOICES, rounds=ids))
        settled = _grouped(await self._rows(_SETTLINGS, rounds=ids))
        papers = tuple(one.id for one in rounds if one.on_paper)
        slips = {one.round: one for one in (await self._rows(_SLIPS, rounds=papers) if papers else ())}
        return [
            Talk(
                one,
                tuple(asked.get(one.id, ())),
                {answer.person: answer for answer in answers.get(one.id, ())},
                slips[one.id].voices if one.id in slips else tuple(voices.get(one.id, ())),
                {(done.person, done.section): done for done in settled.get(one.id, ())},
                slips.get(one.id),
            )
            for one in rounds
        ]

    async def talk(self, round_id: int) -> Talk | None:
        """A round with its answers."""
        found = await self.one(round_id)
        return (await self.talks([found]))[0] if found else None

    async def history(self, round_id: int) -> list[Answer]:
        """All answers with names, including those changed since, in order."""
        return await self._rows(_ANSWERS, rounds=(round_id,))

    async def answer(self, answer: Answer, *, whole: bool = True) -> None:
        """Store an answer with a name. `whole`: nothing more is expected of that person. `answer.id` is ignored."""
        comments: dict[str, Json] = {str(section): text for section, text in sorted(answer.comments.items())}
        await self._add(
            ROUND_ANSWER,
            round_id=answer.round,
            person_id=answer.person,
            at=answer.at,
            agrees=answer.agrees,
            comments=comments,
        )
        await self._run(ROUND_ASKED.update().where(*_who(answer.round, answer.person)).values(answered=whole))

    async def put_in(self, round_id: int, person: int, text: str) -> bool:
        """Put an answer without a name into the box, and mark that the person has answered. False when they had
        answered before. Raises BoxLost.
        """
        waiting = (*_who(round_id, person), ROUND_ASKED.c.answered.is_(False))
        if not await self._run(ROUND_ASKED.update().where(*waiting).values(answered=True)):
            return False
        box = await self._row(_BOX, round=round_id)
        asked = await self._rows(_ASKED_IN, rounds=(round_id,))
        said = self._unlocked(box.content if box else "")
        content = self._locked([*said, text], len(asked))
        await self._run(ROUND_BOX.update().where(ROUND_BOX.c.round_id == round_id).values(content=content))
        return True

    async def box_opens(self, round_id: int) -> bool:
        """Whether the round's box can be opened with the installation's present key."""
        box = await self._row(_BOX, round=round_id)
        return box is not None and self._held.key.unlock_box(box.content) is not None

    async def consent(self, round_id: int, person: int, *, agreed: bool) -> None:
        """Record whether somebody agrees to be named."""
        await self._run(ROUND_ASKED.update().where(*_who(round_id, person)).values(agreed=agreed))

    async def settle(self, settled: Settled) -> None:
        """Store what became of a comment."""
        kept = {name: value for name, value in asdict(settled).items() if name not in {"round", "person"}}
        await self._add(ROUND_SETTLED, round_id=settled.round, person_id=settled.person, **kept)

    async def enter_slips(self, slips: Slips) -> None:
        """Store what the slips of a round on paper said, replacing what was entered before."""
        kept = {name: value for name, value in asdict(slips).items() if name not in {"round", "texts"}}
        await self._add(ROUND_SLIPS, round_id=slips.round, texts=sorted(slips.texts), **kept)

    async def prolong(self, round_id: int, last_day: dt.date) -> bool:
        """Set another last day. False when the round has ended."""
        this = sa.and_(ROUND.c.id == round_id, ROUND.c.ended.is_(None))
        return await self._run(ROUND.update().where(this).values(last_day=last_day)) > 0

    async def end(self, round_id: int, why: Ended, by: str, at: dt.datetime) -> bool:
        """End the round; its box is opened and removed. If too few people answered, the content is discarded unread.
        False when it has ended already.
        """
        this = sa.and_(ROUND.c.id == round_id, ROUND.c.ended.is_(None))
        if not await self._run(ROUND.update().where(this).values(ended=why, ended_at=at, ended_by=by)):
            return False
        box = await self._row(_BOX, round=round_id)
        if box is not None:
            try:
                said = self._unlocked(box.content)
            except BoxLost:
                said = []
            if len(said) >= ENOUGH:
                rows = [{"round_id": round_id, "place": place, "text": text} for place, text in enumerate(sorted(said))]
                await self._many(ROUND_VOICE.insert(), rows)
            await self._run(ROUND_BOX.delete().where(ROUND_BOX.c.round_id == round_id))
        return True

    def _locked(self, said: Iterable[str], asked: int) -> str:
        """The texts, sorted, padded to the maximum that everybody asked could say, and locked."""
        content = json.dumps(sorted(said), ensure_ascii=False).encode()
        return self._held.key.lock_box(content.ljust(BOXED_BYTES * max(asked, 1)))

    def _unlocked(self, kept: str) -> list[str]:
        content = self._held.key.unlock_box(kept)
        if content is None:
            raise BoxLost
        return cast("list[str]", json.loads(content))


def _who(round_id: int, person: int) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return ROUND_ASKED.c.round_id == round_id, ROUND_ASKED.c.person_id == person


class _OfRound(Protocol):
    @property
    def round(self) -> int: ...


_Of = TypeVar("_Of", bound=_OfRound)


def _grouped(rows: Iterable[_Of]) -> dict[int, list[_Of]]:
    found: dict[int, list[_Of]] = {}
    for one in rows:
        found.setdefault(one.round, []).append(one)
    return found
