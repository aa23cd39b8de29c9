"""Durable steps a second of one worker: the whole way of a Telegram update, without the network.

As for the bare bot (bench/telegram_bare.py), a step is one update, from Telegram's JSON to the calls it causes. Here it
takes the same way as in production: it is read into aiogram's types and put in order; the state is loaded and locked;
the answer, its history and the turn are stored and committed to disk; the reply is worded, paced, and given to
python-telegram-bot. Only the rate limits are lifted, and nothing is sent.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bench.feed import Step, recorded, updates
from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.delivery.seam import NoJobs
from bot.door.channel import Incoming
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.telegram.handling import ChannelLines, Handler
from bot.telegram.pacing import Gate, Lane, Limit, Limiter, PacingLimits
from bot.telegram.receiving import Receiver
from bot.telegram.sending import SayingBot, Sender
from bot.turn.house import House
from bot.turn.loading import Loader
from dialogs.core.events import Commanded
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit
from storage import Store, upgrade
from storage.tables import ANSWER

NOW = dt.datetime(2020, 11, 24, 8, 30, tzinfo=ZONE)
RULEBOOK = "quang-ngai-office-2020"

_HIGH = Limit(10**9, 1e-9)

#: Limits so high that they never matter.
LIFTED = PacingLimits(overall=_HIGH, notices=_HIGH, chat_gap=0.0, burst=10**9)


class NoWire(Limiter):
    """A limiter that sends nothing and answers every request at once as Telegram would."""

    def __init__(self) -> None:
        super().__init__(Gate(asyncio.get_running_loop().time, LIFTED))
        self.asked = 0

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],  # noqa: ARG002
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Returns a sent message, or True. `callback`, which would build and send the request, is not called."""

        async def at_once(*_: Any, **__: Any) -> bool | dict[str, Any]:
            if "chat_id" not in data:
                return True
            self.asked += 1
            return {"message_id": self.asked, "date": 1_800_000_000, "chat": {"id": data["chat_id"], "type": "private"}}

        return await super().process_request(at_once, args, kwargs, endpoint, data, rate_limit_args)


@dataclass(frozen=True, slots=True)
class Channel:
    """An open channel, and the updates that will come in through it."""

    store: Store
    receiver: Receiver
    wire: NoWire
    script: tuple[Step, ...]
    people: Sequence[int]
    updates: Sequence[dict[str, Any]]

    async def take(self, update: dict[str, Any]) -> None:
        """Handles an update until its effect is committed and its replies are sent."""
        passage = self.receiver.accept_raw(update)
        if passage is None:
            raise RuntimeError(f"not understood: {update}")
        await passage.sent

    async def check(self) -> None:
        """Raises RuntimeError unless every step was answered and left its answer in the history."""
        kept = await _answers(self.store) - len(self.script)
        if not self.wire.asked == kept == len(self.updates):
            raise RuntimeError(f"{len(self.updates)} steps, {kept} answers kept, {self.wire.asked} replies")

    async def take_all(self, at_once: int) -> None:
        """Handles all updates in order, so many at the same time."""
        room = asyncio.Semaphore(at_once)

        async def take(update: dict[str, Any]) -> None:
            await self.take(update)
            room.release()

        async with asyncio.TaskGroup() as group:
            for update in self.updates:
                await room.acquire()
                group.create_task(take(update))


@dataclass(frozen=True, slots=True)
class Begun:
    """An office whose people have all begun: the script of a whole review as one of them played it, and the others'
    reviews.
    """

    store: Store
    house: House
    script: tuple[Step, ...]
    reviews: Mapping[int, int]  # person → their review


@asynccontextmanager
async def begun(url: str, people: int) -> AsyncIterator[Begun]:
    """Makes an office with so many people in a new database, each before their first question."""
    await upgrade(url)
    store = await Store.open(url)
    try:
        house = House(store, Library(), NoJobs(), Loader(Links(), "vi"), lambda: NOW)
        one, *others = await _office(store, people)
        script = await recorded(house, str(one))
        for person in others:
            await house.take(Incoming("telegram", str(person), f"begin {person}", Commanded("tieptuc")))
        yield Begun(store, house, script, await _reviews(store, others))
        await house.owed.close(store)  # writes down that the last replies were sent
    finally:
        await store.close()


@asynccontextmanager
async def opened(url: str, people: int) -> AsyncIterator[Channel]:
    """Opens the channel for such an office, with the updates that its people will send."""
    wire = NoWire()
    bot = SayingBot("7000001:bench", rate_limiter=wire)
    async with begun(url, people) as office:
        house, coming = office.house, list(updates(office.script, office.reviews))
        receiver = Receiver(Handler(house, Sender(bot, house.documents), ChannelLines("", "", "", ""), _nobody), "1")
        yield Channel(office.store, receiver, wire, office.script, list(office.reviews), coming)
        await receiver.drain(1)
    await bot.shutdown()


async def _nobody(account: str, *, reachable: bool) -> None:
    """Ignores whether somebody blocked the bot, which nobody does here."""
    raise AssertionError(f"{account} {reachable}")


async def _office(store: Store, people: int) -> list[int]:
    """Makes `people` officials and one more. Returns their ids; each id is also the name of their account."""
    units = (RosterUnit("Văn phòng", ""), RosterUnit("Phòng Mẫu", "Văn phòng"))
    officials = tuple(hired(number) for number in range(1, people + 2))
    await open_campaign(store, Library(), [RULEBOOK], NOW.year, Roster(units, (hired(0, "head"), *officials)), NOW)
    async with store.transaction() as tx:
        office = await tx.units.office("Văn phòng")
        assert office is not None
        found = [await tx.people.by_roster_key(office, one.key) for one in officials]
        ids = [one.id for one in found if one]
        for person in ids:
            await tx.accounts.tie("telegram", str(person), person, NOW)
        await tx.commit()
    return ids


def hired(number: int, role: str = "") -> RosterPerson:
    """A person for the roster."""
    return RosterPerson(
        f"{number}",
        f"Người Thứ {number}",
        "Chuyên viên",
        "Phòng Mẫu",
        Subject.OFFICIAL,
        leader=bool(role),
        role=role,
        party_member=True,
        serves_public=False,
    )


async def _reviews(store: Store, people: Sequence[int]) -> dict[int, int]:
    """Person → their first review."""
    async with store.reading() as tx:
        standings = await tx.standings.of_campaign((await tx.campaigns.open_ones())[0].id, NOW.date())
    first = {one.person.id: one.review for one in reversed(standings)}
    return {person: first[person] for person in people}


async def _answers(store: Store) -> int:
    """The number of answers in the history."""
    async with store.reading() as tx:
        counted = await tx.connection.execute(sa.select(sa.func.count()).select_from(ANSWER))
        return int(counted.scalar_one())
