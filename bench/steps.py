"""Durable steps a second of one worker: the whole way of a Telegram update, without the network.

A step is what it is for the bare bot (bench/telegram_bare.py): one update, from the JSON Telegram sends to the
calls it causes. Here it passes through everything it passes through in earnest: read into aiogram's types, put
in order, loaded and locked, stepped, the answer, its history and the turn kept, committed, worded, paced, and
drawn up as requests of python-telegram-bot. Only the limits are high and the wire is missing.

The feed is a real one: an obliging person's review from the first question to the page before sending, recorded
once, then answered by many people by turns.
"""

import asyncio
import datetime as dt
import itertools
import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bench.telegram_updates import message, press
from bot.campaigns import open_campaign
from bot.channel import Incoming, Worded
from bot.clock import ZONE
from bot.jobs.seam import NoJobs
from bot.links import Links
from bot.loading import Loader
from bot.roster.values import Roster, RosterPerson, RosterUnit
from bot.shelf import Shelf
from bot.telegram.gate import Gate
from bot.telegram.handling import Handler
from bot.telegram.limiter import Limiter
from bot.telegram.lines import Lines
from bot.telegram.pacing import Lane, Limit, Limits
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Sender
from bot.turn import House
from dialogs.buttons import Button
from dialogs.events import Commanded, Event, Pressed, Said
from rules.load import load
from rules.values import Subject
from storage import Store, upgrade

NOW = dt.datetime(2020, 11, 24, 8, 30, tzinfo=ZONE)
RULEBOOK = "quang-ngai-office-2020"
PEOPLE = 60

#: What an obliging person presses first, and their ordinary year.
EAGERLY = ("put", "answer", "enough", "next", "rate")
ORDINARY = {
    "months_worked": "12",
    "leave_months": "0",
    "maternity_leave": "false",
    "disciplined": "false",
    "degradation": "false",
}

_HIGH = Limit(10**9, 1e-9)
_LIMITS = Limits(overall=_HIGH, notices=_HIGH, chat_gap=0.0, burst=10**9)


class NoWire(BaseRequest):
    """Answers every request as Telegram would, at once."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def read_timeout(self) -> float | None:
        """Nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the library's signature
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """A sent message, or True."""
        if url.endswith("answerCallbackQuery"):
            return 200, b'{"ok":true,"result":true}'
        self.asked += 1
        chat = request_data.parameters["chat_id"] if request_data else 0
        sent = {"message_id": self.asked, "date": 1_800_000_000, "chat": {"id": chat, "type": "private"}}
        return 200, json.dumps({"ok": True, "result": sent}).encode()


async def measure(url: str, people: int = PEOPLE) -> float:
    """Durable steps a second on the empty database at `url`."""
    async with opened(url, people) as (receiver, updates, wire):
        began = time.perf_counter()
        for update in updates:
            await taken(receiver, update)
        seconds = time.perf_counter() - began
        if wire.asked != len(updates):
            raise RuntimeError(f"{wire.asked} replies after {len(updates)} steps")
    return len(updates) / seconds


async def taken(receiver: Receiver, update: dict[str, Any]) -> None:
    """The update's effect committed and its replies out."""
    passage = receiver.accept_raw(update)
    if passage is None:
        raise RuntimeError(f"not understood: {update}")
    await passage.sent


@asynccontextmanager
async def opened(url: str, people: int) -> AsyncIterator[tuple[Receiver, Sequence[dict[str, Any]], NoWire]]:
    """An office whose people have all begun, and the updates they are about to send."""
    await upgrade(url)
    store = await Store.open(url)
    try:
        house = House(store, Shelf(), NoJobs(), Loader(Links(), "vi"), lambda: NOW)
        ids = await _office(store, people)
        script = await _recorded(house, ids[-1])
        for person in ids[:-1]:
            await house.take(Incoming("telegram", str(person), f"begin {person}", Commanded("tieptuc")))
        wire = NoWire()
        async with _bot(wire) as bot:
            receiver = Receiver(Handler(house, Sender(bot, house.documents), Lines("", "", ""), _never))
            yield receiver, list(_updates(script, await _reviews(store, ids[:-1]))), wire
            await receiver.drain(1)
    finally:
        await store.close()


@asynccontextmanager
async def _bot(wire: NoWire) -> AsyncIterator[ExtBot[Lane]]:
    limiter = Limiter(Gate(asyncio.get_running_loop().time, _LIMITS))
    bot = ExtBot[Lane]("7000001:bench", request=wire, get_updates_request=wire, rate_limiter=limiter)
    try:
        yield bot
    finally:
        await bot.shutdown()


async def _never(account: str, *, reachable: bool) -> None:
    raise AssertionError(f"{account} {reachable}")


async def _office(store: Store, people: int) -> list[int]:
    """The ids of so many officials and one more, each with an account of their id."""
    units = (RosterUnit("Văn phòng", ""), RosterUnit("Phòng Mẫu", "Văn phòng"))
    officials = tuple(_person(number) for number in range(1, people + 2))
    roster = Roster(units, (_person(0, "head"), *officials))
    await open_campaign(store, load(RULEBOOK), 2020, roster, NOW)
    async with store.unit() as unit:
        office = await unit.units.office("Văn phòng")
        assert office is not None
        found = [await unit.people.by_roster_key(office, one.key) for one in officials]
        ids = [one.id for one in found if one]
        for person in ids:
            await unit.accounts.tie("telegram", str(person), person, NOW)
        await unit.commit()
    return ids


def _person(number: int, role: str = "") -> RosterPerson:
    name, unit = f"Người Thứ {number}", "Phòng Mẫu"
    return RosterPerson(
        f"{number}",
        name,
        "Chuyên viên",
        unit,
        Subject.OFFICIAL,
        leader=bool(role),
        role=role,
        party_member=True,
        serves_public=False,
    )


async def _reviews(store: Store, people: Sequence[int]) -> dict[int, int]:
    """Person → their review."""
    async with store.reading() as unit:
        campaign = (await unit.campaigns.open_ones())[0]
        standing = {one.person_id: one.review_id for one in await unit.reviews.standings(campaign.id)}
    return {person: standing[person] for person in people}


# ── what people do ─────────────────────────────────────────────────────────────────────────────


async def _recorded(house: House, person: int) -> list[Event]:
    """What an obliging person does from the first question to the page before sending."""
    script: list[Event] = []
    event: Event | None = Commanded("tieptuc")
    while event is not None:
        number = len(script)
        answered = await house.take(Incoming("telegram", str(person), f"recorded {number}", event))
        event = _next(answered.replies, number)
        if event is not None:
            script.append(event)
    return script


def _next(replies: Sequence[Worded], number: int) -> Event | None:
    decoded = [Button.decode(key.data) for reply in replies for row in reply.keyboard for key in row]
    buttons = [button for button in decoded if button]
    if any(button.verb == "send" for button in buttons):
        return None
    for verb in EAGERLY:
        options = [button for button in buttons if button.verb == verb]
        if options:
            return Pressed(_pick(options))
    return Said(f"Đã hoàn thành {80 + number % 20} % nhiệm vụ được giao trong năm.")


def _pick(options: Sequence[Button]) -> Button:
    """The ordinary answer; of the ratings the second."""
    ordinary = [one for one in options if one.verb == "answer" and one.about[1] == ORDINARY.get(one.about[0])]
    return ordinary[0] if ordinary else options[1 if options[0].verb == "rate" else 0]


def _updates(script: Sequence[Event], reviews: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """The updates of all people, by turns."""
    ids = itertools.count(1)
    for step, event in enumerate(script):
        for person, review in reviews.items():
            yield {"update_id": next(ids), **_content(person, review, step, event)}


def _content(person: int, review: int, step: int, event: Event) -> dict[str, Any]:
    match event:
        case Pressed(Button() as button):
            return {"callback_query": press(person, step, replace(button, review=review).encode())}
        case Said(text):
            return {"message": message(person, step, text)}
        case _:
            raise AssertionError(event)
