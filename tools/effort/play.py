"""The play: one person hands in Mẫu số 02 and then the party's form, eight others hand in theirs, and the head agrees
to all nine.
"""

import asyncio
import datetime as dt
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from bot.channels import Settings, channels_of
from bot.demo.setting import clock_from
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.serving import RunningHouse, serving
from bot.wiring import database
from rules.nouns.reviews import ReviewStatus
from tests.browser.phones import chromium
from tests.standins.telegram import TOKEN, TelegramStandIn
from tools.effort import office
from tools.effort.counts import A_WORD, TAP, Counts, Deed, reading, seconds
from tools.effort.in_house import HousePhone
from tools.effort.on_page import PagePhone
from tools.effort.on_telegram import TelegramPhone
from tools.effort.person import WRITER
from tools.effort.player import Move, Press, Reader, Say, Unanswerable, Writer
from tools.effort.screen import Message, Screen, changed

#: The most deeds that a review may take.
LONGEST = 200
SENT = "Đã gửi"
#: Seconds that pass on the house's clock with every deed, in addition to reading and typing.
READING = 2


class AnyPhone(Protocol):
    """A phone on any channel."""

    async def opens(self, code: str) -> None:
        """Use the link of an invitation."""

    async def commands(self, name: str) -> None:
        """Give a command of the menu."""

    async def does(self, move: Move) -> None:
        """Press or type, and wait for the reply."""

    async def messages(self) -> tuple[Message, ...]:
        """The messages that it shows, oldest first."""


@dataclass
class Clock:
    """The house's clock. It runs, and also leaps over the time that people need to read and type: somebody who typed
    faster than anybody can would be asked whether a text belongs to the one before.
    """

    begins: Callable[[], dt.datetime] = field(default_factory=lambda: clock_from(office.BEGINS))
    leapt: dt.timedelta = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """The time now."""
        return self.begins() + self.leapt

    def leap(self, seconds: float) -> None:
        """Leap forward."""
        self.leapt += dt.timedelta(seconds=seconds)


@dataclass
class Playing:
    """A phone, what its owner last saw, and the counts of the part that is played."""

    phone: AnyPhone
    clock: Clock
    trace: bool = False
    slowly: bool = False  # wait as long as people take to read
    since: float = field(default_factory=time.monotonic)
    seen: tuple[Message, ...] = ()
    screen: Screen = field(default_factory=lambda: Screen((), ()))
    counts: Counts = field(default_factory=Counts)

    async def opens(self, code: str) -> None:
        """Use an invitation: one press."""
        await self.phone.opens(code)
        await self._sees("(thư mời)")

    async def commands(self, name: str) -> None:
        """Give a command of the menu: one press."""
        await self.phone.commands(name)
        await self._sees(f"/{name}")

    async def does(self, move: Move) -> None:
        """Do one deed, and count it."""
        await self.phone.does(move)
        match move:
            case Press(shown, question, taken_over):
                await self._sees(shown.label, question=question, taken_over=taken_over)
            case Say(text, question):
                await self._sees(text, typed=True, question=question)

    def begin(self) -> None:
        """Begin another part, with counts of its own."""
        self.counts = Counts()

    async def _sees(self, said: str, *, typed: bool = False, question: str = "", taken_over: bool = False) -> None:
        now = await self.phone.messages()
        came = changed(self.seen, now)
        self.seen, self.screen = now, Screen(now, came.messages)
        if self.slowly:
            await asyncio.sleep(reading(came))
        began, self.since = self.since, time.monotonic()
        deed = Deed(said, typed, came, question, taken_over, self.since - began)
        self.counts.add(deed)
        if not self.slowly:
            self.clock.leap(READING + seconds(deed))
        if self.trace:
            heights = "; ".join(f"{one.height} px, {one.below} below" for one in came.messages if one.height)
            print(f"\n» {'⌨ ' if typed else ''}{said}   ({came.words} words, {came.buttons} buttons; {heights})")
            for one in came.messages:
                print(f"{one.text}\n   {[(key.label, key.data) for key in one.buttons]}")


async def hands_in(playing: Playing, form: str) -> Counts:
    """Fills in the form and sends it, from the present screen to “Đã gửi”. Raises Unanswerable."""
    writer = Writer(WRITER, Library()[office.RULEBOOK, office.YEAR].forms[form])
    for _ in range(LONGEST):
        move = writer.move(playing.screen)
        await playing.does(move)
        if (
            isinstance(move, Press)
            and move.shown.button
            and move.shown.button.verb == "send"
            and SENT in playing.screen.text
        ):
            return playing.counts
    raise Unanswerable(f"no end after {LONGEST} deeds: {playing.screen.text}")


async def agrees_to_all(playing: Playing) -> Counts:
    """The head agrees to everything that waits for them."""
    reader = Reader()
    await playing.commands("choduyet")
    for _ in range(LONGEST):
        move = reader.move(playing.screen)
        if move is None:
            return playing.counts
        await playing.does(move)
    raise Unanswerable(f"no end after {LONGEST} deeds: {playing.screen.text}")


@dataclass(frozen=True, slots=True)
class Played:
    """The counts on one channel: the review, the party's form, and the head's agreements."""

    review: Counts
    member: Counts
    head: Counts


async def play_slowly(*, trace: bool = False) -> Counts:
    """Plays Mẫu số 02 on the page, by touch, waiting as long as people take to read, to type and between two taps."""
    clock = Clock()
    async with _served(clock) as (running, _), chromium() as browser:
        bought = await PagePhone.bought(browser, running.address)
        bought.apart, bought.a_word = TAP, A_WORD
        playing = Playing(bought, clock, trace=trace, slowly=True)
        await playing.opens(await office.invited(running.store, office.STAFF[0], office.BEGINS))
        return await hands_in(playing, office.FORM)


async def play(channel: str, *, trace: bool = False) -> Played:
    """Plays everything on `telegram` or `page`."""
    clock = Clock()
    async with _served(clock) as (running, telegram), chromium() if channel == "page" else _nothing() as browser:

        async def phone(key: str, on: str) -> Playing:
            bought: AnyPhone
            match on:
                case "page" if browser:
                    bought = await PagePhone.bought(browser, running.address)
                case "telegram":
                    bought = TelegramPhone.bought(telegram, key, clock)
                case _:
                    bought = HousePhone(running.house, key)
            playing = Playing(bought, clock, trace=trace and on == channel)
            await playing.opens(await office.invited(running.store, key, office.BEGINS))
            return playing

        one, *others = office.STAFF
        first = await phone(one, channel)
        review = await hands_in(first, office.FORM)
        for key in others:
            await hands_in(await phone(key, "house"), office.FORM)
        head = await phone(office.HEAD, channel)
        head.begin()
        agreed = await agrees_to_all(head)
        await _all_agreed(running)
        first.begin()
        await first.commands("tieptuc")
        member = await hands_in(first, office.MEMBER_FORM)
        return Played(review, member, agreed)


async def _all_agreed(running: RunningHouse) -> None:
    """Raises Unanswerable if a draft was forgotten."""
    async with running.store.reading() as tx:
        campaign = (await tx.campaigns.open_ones())[0].id
        standings = await tx.standings.of_campaign(campaign, office.BEGINS.date())
    waiting = [one.person.name for one in standings if one.form == office.FORM and one.status is ReviewStatus.SUBMITTED]
    if waiting:
        raise Unanswerable(f"nobody agreed to {waiting}")


@asynccontextmanager
async def _served(now: Clock) -> AsyncIterator[tuple[RunningHouse, TelegramStandIn]]:
    """Serves the office on SQLite with both channels."""
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramStandIn.running() as telegram:
            settings = Settings(
                database_url=f"sqlite:///{Path(folder) / 'effort.db'}",
                data_dir=Path(folder),
                web_listen="127.0.0.1:0",
                telegram_token=SecretStr(TOKEN),
                telegram_api=telegram.base,
            )
            async with database(settings) as store:
                await office.furnish(store, now())
            async with serving(settings, channels_of(settings), Links(), now=now) as running:
                yield running, telegram


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    """In place of a browser where none is needed."""
    yield None
