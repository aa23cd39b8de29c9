"""A meeting of a room of 15 people with 100 comments, from its opening to the adopted minutes, with the house as it is
served and the stand-in for Telegram (bench/wire.py). People press and write by turns and at the same time, RATE steps a
second together. The time from an update to its reply is measured.

What a process does only once is done before anything is counted: one item is discussed first, and after a break
everybody comes back. Telegram shows files above the text they belong to, so a reply with a paper or the minutes waits
until these are made; such steps are reported separately.

python -m bench.meetings [ENGINE…] ENGINE: SQLite, PostgreSQL
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiohttp import web

from bench import postgres
from bench.feed import recorded
from bench.steps import NOW, RULEBOOK, hired
from bench.telegram_updates import message, press
from bench.wire import Answering, Wire, busy, served
from bot.campaign.campaigns import open_campaign
from bot.delivery.seam import NoJobs
from bot.door.channel import Incoming, Worded, WordedKey
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from rules.meeting.nouns.meeting import Status
from rules.roster.people import Roster, RosterUnit
from storage import Store, upgrade

MEMBERS, ITEMS, COMMENTS, RATE = 15, 10, 10, 10

#: Kinds of steps whose reply has files: looking at or beginning an item (its paper), and the page of the minutes
#: (Word).
WITH_FILES = ("looks", "turns", "minutes", "agrees")

#: Seconds without a reply after which the bench gives up, because the machine is too busy.
PATIENCE = 60.0


@dataclass(slots=True)
class Step:
    """One update: its kind, the account it is from, and its event."""

    kind: str
    account: int
    event: Event


@dataclass(slots=True)
class Room(Wire):
    """The stand-in and the members of the meeting. Each member waits for a reply before their next step."""

    told: dict[int, asyncio.Event] = field(default_factory=dict)
    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[int, str] = field(default_factory=dict)
    process: int = 0
    spent: float = 0.0  # seconds of processor of that process

    async def make(self, step: Step) -> None:
        """Makes one step and waits for its reply."""
        one, self.paced = self.people[step.account], True
        made = self.told[step.account] = asyncio.Event()
        one.at += 1
        self.kinds[step.account] = step.kind
        self.waiting.append({"update_id": self.next_id, **_content(step, one.at)})
        self.next_id += 1
        one.since = time.perf_counter()
        self.came.set()
        async with asyncio.timeout(PATIENCE):
            await made.wait()

    async def serve(self, request: web.Request) -> web.Response:
        """A request, as in any bench. Whoever gets a message, which may also be a file, can make their next step."""
        if request.match_info["method"].lower() in {"senddocument", "sendphoto"}:
            self.requests += 1
            chat = {"id": int(str((await request.post())["chat_id"])), "type": "private"}
            return web.json_response(
                {"ok": True, "result": {"message_id": self.requests, "date": 1_800_000_000, "chat": chat}}
            )
        before = {account for account, one in self.people.items() if one.since}
        known = len(self.latencies)
        answered = await Wire.serve(self, request)
        for account in before:
            if not self.people[account].since:
                self.took[self.kinds[account]].append(self.latencies[known])
                self.told[account].set()
        return answered

    async def at_once(self, steps: Sequence[Sequence[Step]]) -> None:
        """Makes several rows of steps at the same time. Each step begins when its time has come."""
        gate = asyncio.Lock()

        async def go(row: Sequence[Step]) -> None:
            for step in row:
                async with gate:
                    await asyncio.sleep(random.expovariate(RATE))
                await self.make(step)

        async with asyncio.TaskGroup() as group:
            for row in steps:
                group.create_task(go(row))


def _content(step: Step, number: int) -> dict[str, Any]:
    match step.event:
        case Pressed(Button() as button):
            on = Worded("…", ((WordedKey("…", button.encode()),),))
            return {"callback_query": press(step.account, number, button.encode(), on)}
        case Said(text):
            return {"message": message(step.account, number, text)}
        case _:
            raise AssertionError(step.event)


@dataclass(frozen=True, slots=True)
class Called:
    """A meeting that was called: its chair, the other members, and the items on its agenda."""

    meeting: int
    chair: int
    members: Sequence[int]
    items: Sequence[int]


async def _called(url: str) -> Called:
    """Makes the office, in which everybody has handed in their review and the meeting is called for today."""
    await upgrade(url)
    store = await Store.open(url)
    house = House(store, Library(), NoJobs(), Loader(Links(), "vi"), lambda: NOW)
    units = (RosterUnit("Văn phòng", ""), RosterUnit("Phòng Mẫu", "Văn phòng"))
    listed = (hired(0, "head"), *(hired(number) for number in range(1, MEMBERS)))
    await open_campaign(store, Library(), [RULEBOOK], NOW.year, Roster(units, listed), NOW)
    async with store.transaction() as tx:
        office = await tx.units.office("Văn phòng")
        assert office is not None
        found = [await tx.people.by_roster_key(office, one.key) for one in listed]
        ids = [one.id for one in found if one]
        for one in ids:
            await tx.accounts.tie("telegram", str(one), one, NOW)
        await tx.commit()

    async def does(account: int, number: int, event: Event) -> None:
        await house.take(Incoming("telegram", str(account), f"{account} {number}", event))

    script = await recorded(house, str(ids[1]))
    async with store.reading() as tx:
        lines = await tx.standings.of_campaign((await tx.campaigns.open_ones())[0].id, NOW.date())
    first = {one.person.id: one.review for one in reversed(lines)}
    for account in ids[1:]:
        if account != ids[1]:
            await does(account, 0, Commanded("tieptuc"))
            for number, step in enumerate(script, 1):
                event = step.event
                if isinstance(event, Pressed) and event.button:
                    event = Pressed(replace(event.button, review=first[account]))
                await does(account, number, event)
        await _sends(house, account)
    await does(ids[0], 1, Commanded("hop"))
    asked = await house.take(Incoming("telegram", str(ids[0]), "hop", Commanded("hop")))
    new = next(
        button
        for row in asked.replies[-1].keyboard
        for key in row
        if (button := Button.decode(key.data)) and button.verb == "meeting_new"
    )
    await does(ids[0], 2, Pressed(new))
    await does(ids[0], 3, Said("14h00 hôm nay, phòng họp"))
    async with store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(office)
    await house.owed.close(store)
    await store.close()
    items = [one.review for one in meeting.items if one.person != ids[0]][: ITEMS + 1]
    return Called(meeting.id, ids[0], ids[1:], items)


async def _sends(house: House, account: int) -> None:
    """Hands the review in, from the page before sending."""
    asked = await house.take(Incoming("telegram", str(account), f"{account} sends", Commanded("tieptuc")))
    for turn in range(3):
        decoded = [Button.decode(key.data) for one in asked.replies for row in one.keyboard for key in row]
        button = next((one for one in decoded if one and one.verb in {"send", "send_sure"}), None)
        if button is None:
            return
        asked = await house.take(Incoming("telegram", str(account), f"{account} sends {turn}", Pressed(button)))


def _pressed(kind: str, account: int, verb: str, *about: object) -> Step:
    return Step(kind, account, Pressed(Button(verb, 0, tuple(map(str, about)))))


async def _held(room: Room, called: Called) -> None:
    """Holds the whole meeting."""
    chair, members, meeting = called.chair, called.members, called.meeting
    await room.make(_pressed("opens", chair, "meeting_open", meeting))
    await room.at_once([[_pressed("came", one, "meeting_came", meeting)] for one in members])
    await _gone_through(room, called, called.items[0])
    await room.make(_pressed("opens", chair, "meeting_interrupt", meeting))
    await room.make(Step("opens", chair, Said("Giải lao")))
    room.took.clear()
    room.spent = -busy(room.process)
    await room.make(_pressed("opens", chair, "meeting_open", meeting))
    await room.at_once([[_pressed("came", one, "meeting_came", meeting)] for one in members])
    for item in called.items[1:]:
        await _gone_through(room, called, item)
    await room.make(_pressed("minutes", chair, "meeting_minutes", meeting))
    await room.make(_pressed("closes", chair, "meeting_close", meeting))
    await room.make(_pressed("closes", chair, "meeting_close_now", meeting))
    await room.make(_pressed("lays", chair, "meeting_lay", meeting, 0))
    await room.at_once([[_pressed("agrees", one, "meeting_agree", meeting, 1)] for one in (chair, *members)])
    await room.make(_pressed("adopts", chair, "meeting_adopt", meeting, 1))
    await room.make(_pressed("adopts", chair, "meeting_adopt_now", meeting, 1))


async def _gone_through(room: Room, called: Called, item: int) -> None:
    """Discusses one item: it is begun, read, commented on by ten people at the same time, and concluded."""
    chair, meeting = called.chair, called.meeting
    about = (meeting, item)
    await room.make(_pressed("turns", chair, "meeting_turn_why", *about))
    await room.make(Step("turns", chair, Said("Đi công tác chiều nay")))
    speakers = [one for one in called.members if one][:COMMENTS]
    await room.at_once(
        [
            [
                _pressed("looks", one, "meeting_item", *about),
                _pressed("comments", one, "meeting_comment", *about),
                Step("comments", one, Said(f"Ý kiến về phối hợp công tác: cần chủ động hơn, báo cáo sớm hơn ({one}).")),
                _pressed("page", one, "meeting_look", meeting),
            ]
            for one in speakers
        ]
    )
    await room.make(_pressed("concludes", chair, "meeting_conclude", *about))
    await room.make(Step("concludes", chair, Said("Hoàn thành tốt nhiệm vụ được giao, phối hợp tốt.")))
    await room.make(Step("concludes", chair, Said("Có lúc báo cáo còn chậm.")))
    for question in (0, 1):  # a form may ask for two: as an official, as a member of the party
        await room.make(_pressed("concludes", chair, "meeting_rate", *about, question, "good"))
    await room.make(_pressed("concludes", chair, "meeting_concluded", *about))


@asynccontextmanager
async def _room(called: Called) -> Any:
    people = {one: Answering(one, 0) for one in (called.chair, *called.members)}
    async with Room.open((), {}) as room:
        room.people = people
        yield room


async def measured(url: str) -> str:
    """The figures of one meeting on this database."""
    called = await _called(url)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            _room(called) as room,
            served(["-m", "bench.wire_served"], {"BENCH_DATABASE": url, "BENCH_FOLDER": folder}, room) as process,
        ):
            await asyncio.sleep(1)
            room.process = process
            await _held(room, called)
            room.spent += busy(process)
    store = await Store.open(url)
    async with store.reading() as tx:
        meeting = await tx.meetings.get(called.meeting)
    await store.close()
    assert meeting
    said = sum(len(one.comments) for one in meeting.items)
    concluded = sum(one.conclusion is not None for one in meeting.items)
    if (meeting.status, said, concluded) != (Status.ADOPTED, (ITEMS + 1) * COMMENTS, ITEMS + 1):
        raise RuntimeError(f"{meeting.status}, {said} comments, {concluded} concluded")
    return _told(room)


def _told(room: Room) -> str:
    words = sorted(one * 1000 for kind, took in room.took.items() if kind not in WITH_FILES for one in took)
    cuts = statistics.quantiles(words, n=100)
    slow = ", ".join(
        f"{kind} {statistics.median(took) * 1000:.0f} (most {max(took) * 1000:.0f})"
        for kind, took in sorted(room.took.items(), key=lambda one: -max(one[1]))
    )
    each = room.spent / sum(map(len, room.took.values())) * 1000
    return (
        f"{len(words)} steps, {cuts[49]:.0f} ms to the reply, p99 {cuts[98]:.0f}, most {words[-1]:.0f};"
        f" {each:.1f} ms of processor each, files of {', '.join(WITH_FILES)} included; {slow}"
    )


def measure(engines: Sequence[str] = ("SQLite", "PostgreSQL")) -> str:
    """One line for each engine, for `make bench`."""
    lines = []
    with tempfile.TemporaryDirectory() as folder, postgres.running(Path(folder)) as server:
        for name in engines:
            url = server.fresh() if name == "PostgreSQL" else f"sqlite:///{folder}/meeting.db"
            told = asyncio.run(measured(url))
            lines.append(
                f"meeting of {MEMBERS} with {ITEMS * COMMENTS} comments, {RATE} steps/s, {name}, the machine at load"
                f" {os.getloadavg()[0]:.0f}: {told}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    print(measure(sys.argv[1:] or ("SQLite", "PostgreSQL")))
