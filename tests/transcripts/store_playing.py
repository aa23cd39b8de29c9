"""Plays a transcript through the real house over a store, while `tests.transcripts.playing` plays it in memory.

The memory is played in parallel. It provides the line for each command (`= kept c1a good`), and at the end the store
must have the same reviews as the memory.
"""

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.door.channel import Incoming
from bot.door.kept import reply_from_json
from bot.door.lifetimes import Lifetimes
from bot.turn import house as houses
from bot.turn import loading
from bot.turn.house import House
from dialogs.core.turn import Reply, Turn
from dialogs.step import step
from rules.nouns.reviews import Review
from storage.store import Store
from storage.tables import DELIVERY
from tests.bot.playing import house_over
from tests.transcripts.cast import PEOPLE
from tests.transcripts.playing import _ACT, Playing, _acts, _several, _short


@dataclass
class StorePlaying(Playing):
    """A conversation with the house."""

    store: Store = field(kw_only=True)
    turns: list[Turn] = field(default_factory=list)
    updates: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def whole_over_the_store(self, script: str, monkeypatch: pytest.MonkeyPatch) -> str:
        """All acts of a script, written anew with what the house did."""
        monkeypatch.setattr(houses, "step", self._step)
        monkeypatch.setattr(loading, "fresh_code", lambda: self.memory.door.fresh_code)
        for_ever = Lifetimes(*[dt.timedelta(days=20 * 365)] * 2)
        house = replace(house_over(self.store, lambda: self.memory.now), lifetimes=for_ever)
        written: list[str] = []
        for act in _acts(script):
            if not (found := _ACT.fullmatch(act)) or act.startswith("@ "):
                written += self.lines(act)
                continue
            self.memory.account = found["who"] or "An"
            written += ["", act.replace("\n", "\n  ")]
            for what in [found["what"]] if found["sign"] == "»" else _several(found["what"]):
                effect = await self._effect_in(house, what)
                written += effect if found["sign"] == "»" else []
        return "\n".join(written) + "\n"

    def _step(self, *given: Any) -> Turn:
        self.turns.append(step(*given))
        return self.turns[-1]

    async def _effect_in(self, house: House, what: str) -> list[str]:
        person = self.memory.here
        event = self._event(person, what)
        before = await self._told()
        await house.take(Incoming("web", self.memory.account, str(next(self.updates)), event))
        turn = self.turns[-1]
        self.memory.state(person, event)  # this call also counts wrong codes
        self.memory.done(person, event, turn)
        done = [self.memory.carry_out(command, person) for command in turn.commands]
        self.memory.told.clear()
        said = [line for reply in turn.replies for line in self._said(self.memory.here, reply, "«")]
        for to, reply in (await self._told())[len(before) :]:
            other = next(one for one in PEOPLE.values() if one.id == to)
            said += self._said(other, reply, f"« ({_short(other)})")
        return [*said, *(f"= {line}" for line in done)]

    async def _told(self) -> list[tuple[int, Reply]]:
        async with self.store.reading() as tx:
            rows = await tx.connection.execute(DELIVERY.select().order_by(DELIVERY.c.id))
            return [(row.person_id, reply_from_json(row.reply)) for row in rows]

    async def differences(self) -> list[str]:
        """The differences between the reviews in the store and in the memory."""
        async with self.store.reading() as tx:
            kept = [(review, await tx.reviews.get(id_)) for id_, review in self.memory.reviews.items()]
        return [
            f"{ours.person.name}, {name}: memory {a!r}, store {b!r}"
            for ours, theirs in kept
            for name in _COMPARED
            if (a := _plain(ours, name)) != (b := _plain(theirs, name))
        ]


_COMPARED = (
    "status",
    "answers",
    "comment",
    "approver_id",
    "approver_role",
    "step",
    "drafts",
    "decisions",
    "endorsements",
    "rulings",
    "acknowledged",
)


def _plain(review: Review, name: str) -> str:
    said = review.acknowledged
    if name == "acknowledged" and said and said.number != len(review.rulings):
        return "null"  # the store returns it only with the earlier ruling that it answers
    return json.dumps(getattr(review, name), default=_as_json, ensure_ascii=False, sort_keys=True)


def _as_json(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.timestamp() if hasattr(value, "timestamp") else value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return dict(value)
