"""People who use the real house in tests: the demo's fictional office, and everybody's phone."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.clock import ZONE
from bot.delivery.seam import Jobs, NoJobs
from bot.demo.setting import fresh_invitation, furnish, person_called
from bot.door.channel import Incoming, Worded, WordedKey
from bot.door.front import Answered
from bot.door.links import Links, WayIn
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from storage.store import Store
from tests.beginnings import once

#: The address in links.
SITE = "https://tusoi.example"
#: Paths of the console, the screen of a meeting and the booth.
BELOW = ("bang/vao", "tuong/vao", "phieu")

#: The most steps that an obliging person needs for any form.
LONGEST = 80

#: A working Monday before the last day of the demo's campaign.
BEGINS = dt.datetime(2020, 11, 23, 8, 30, tzinfo=ZONE)

#: Roster keys of the demo's office: an employee, a colleague, the head of both, the head above.
EMPLOYEE, COLLEAGUE, HEAD, CHIEF = "AP-005", "AP-006", "AP-003", "AP-001"


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: dt.datetime = BEGINS

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@cache
def shelf() -> Library:
    """The rulebooks, loaded once for all tests."""
    return Library()


def house_over(store: Store, clock: Callable[[], dt.datetime], jobs: Jobs | None = None) -> House:
    """The real house on a store, without channels."""
    return House(
        store,
        shelf(),
        jobs or NoJobs(),
        Loader(Links({"web": WayIn(f"{SITE}/i/", SITE, *(f"{SITE}/{one}/" for one in BELOW))}), "vi"),
        clock,
    )


@dataclass
class Phone:
    """One account. It remembers every button it was ever shown."""

    house: House
    account: str
    updates: Iterator[int]
    channel: str = "web"
    shown: list[WordedKey] = field(default_factory=list)
    answered: Answered = field(default_factory=lambda: Answered(None, ()))

    async def does(self, event: Event, update: str = "") -> Answered:
        """Send an event. Returns the answer, also if `update` was sent before."""
        incoming = Incoming(self.channel, self.account, update or str(next(self.updates)), event)
        self.answered = await self.house.take(incoming)
        self.shown += [key for reply in self.answered.replies for row in reply.keyboard for key in row]
        return self.answered

    async def says(self, text: str) -> Answered:
        return await self.does(Said(text))

    async def commands(self, name: str, argument: str = "") -> Answered:
        return await self.does(Commanded(name, argument))

    async def presses(self, verb: str, *about: str) -> Answered:
        """Press the newest button with this verb (and these words, if given)."""
        return await self.does(Pressed(self.button(verb, *about)))

    def button(self, verb: str, *about: str) -> Button:
        decoded = (Button.decode(key.data) for key in reversed(self.shown))
        return next(b for b in decoded if b and b.verb == verb and b.about[: len(about)] == about)

    @property
    def text(self) -> str:
        """The text that the phone shows after the last event."""
        return "\n".join(reply.html for reply in self.answered.replies)

    async def fills_in(self, **chosen: str) -> None:
        """From the first question to the page before sending, obligingly; `chosen`: question → value."""
        await self.commands("tieptuc")
        for _ in range(LONGEST):
            event = obliging(self.answered.replies, lambda options: preferred(options, chosen))
            assert event is not None, f"nothing is asked any more: {self.text}"
            if isinstance(event, Pressed) and event.button and event.button.verb == "send":
                return
            await self.does(event)
        raise AssertionError(f"it does not come to an end: {self.text}")

    async def hands_in(self, **chosen: str) -> None:
        """Fill in the whole review and send it to the approver."""
        await self.fills_in(**chosen)
        await self.presses("send")


@dataclass
class Stage:
    """The demo's office on a store."""

    store: Store
    clock: Clock
    house: House
    updates: Iterator[int]

    async def invitation(self, roster_key: str) -> str:
        return await fresh_invitation(self.store, await person_called(self.store, roster_key), self.clock())

    async def person(self, roster_key: str) -> int:
        return await person_called(self.store, roster_key)

    def phone(self, account: str, channel: str = "web") -> Phone:
        """A phone that is not tied to anybody yet."""
        return Phone(self.house, account, self.updates, channel)

    async def phone_of(self, roster_key: str, account: str = "", channel: str = "web") -> Phone:
        """A phone, tied to that person by an invitation."""
        phone = self.phone(account or roster_key, channel)
        await phone.commands("start", await self.invitation(roster_key))
        return phone

    async def count(self, table: str, **where: Any) -> int:
        """The number of rows in a table."""
        return len(await self.rows(table, **where))

    async def rows(self, table: str, **where: Any) -> Sequence[Mapping[str, Any]]:
        """The rows of a table, oldest first."""
        kept = sa.table(table, sa.column("id"), *(sa.column(name) for name in where))
        query = sa.select(sa.text(f"{table}.*")).select_from(kept).order_by(kept.c.id)
        async with self.store.reading() as tx:
            found = await tx.connection.execute(query.where(*(kept.c[name] == value for name, value in where.items())))
            return [dict(row) for row in found.mappings()]


async def furnished(store: Store) -> None:
    """Puts the demo's office into an empty database."""
    await once(store, "demo", lambda: furnish(store, BEGINS))


async def staged(store: Store, jobs: Jobs | None = None) -> Stage:
    """The demo's office with its campaign just opened."""
    clock = Clock()
    await furnished(store)
    return Stage(store, clock, house_over(store, clock, jobs), itertools.count(1))


# ── an obliging person ─────────────────────────────────────────────────────────────────────────

#: The verbs that an obliging person presses first, if they are there.
EAGERLY = ("known_none", "send", "rate", "put", "answer", "enough", "next", "list")

TEXTS = (
    "Đã tham mưu ban hành 12 văn bản, đúng hạn, không phải sửa lại.",
    "Số hóa hồ sơ lưu trữ giai đoạn 2015 - 2019",
    "Tiếp công dân {{ 7 * 7 }} <b>đúng lịch</b> & #eval(1)",
)


def obliging(
    replies: Sequence[Worded], pick: Callable[[Sequence[Button]], Button], text: Callable[[], str] = lambda: TEXTS[0]
) -> Event | None:
    """The next event of somebody who does what they are asked; None: nothing is asked any more."""
    buttons = [Button.decode(key.data) for reply in replies for row in reply.keyboard for key in row]
    for verb in EAGERLY:
        options = [button for button in buttons if button and button.verb == verb]
        if verb == "answer":
            options = options or together([button for button in buttons if button])
        if options:
            return Pressed(pick(options))
    return Said(text()) if any(button and button.verb == "outline" for button in buttons) else None


def together(buttons: Sequence[Button]) -> list[Button]:
    """The buttons to press on a screen with several questions, some still unanswered: those that answer all questions,
    or one of the unanswered ones.
    """
    waiting = [button for button in buttons if button.verb == "one" and "said" not in button.about]
    return [*waiting, *(button for button in buttons if button.verb in {"usual", "all", "rest"})] if waiting else []


def told_together(options: Sequence[Button], wanted: Mapping[str, str], *, unusual: bool) -> Button:
    """The button that somebody presses there who wants certain values: one for all questions if they want the same
    value everywhere, otherwise one for a single question.
    """
    waiting = [button for button in options if button.verb == "one"]
    usual = next((button for button in options if button.verb == "usual"), None)
    if usual and not unusual:
        return usual
    values = {wanted.get(button.about[0], "") for button in waiting}
    of_all = [button for button in options if button.verb in {"all", "rest"}]
    same = [button for button in of_all if values == {button.about[1]} or values == {""}]
    return same[0] if same else waiting[0]


#: Question → the value pressed unless a test says otherwise: a year without anything special.
ORDINARY = {
    "months_worked": "12",
    "leave_months": "0",
    "maternity_leave": "false",
    "disciplined": "false",
    "degradation": "false",
    "corruption": "false",
}


def preferred(options: Sequence[Button], chosen: Mapping[str, str]) -> Button:
    """The chosen or ordinary answer, otherwise the first. Of ratings it is the second, because the conditions of the
    highest are seldom met.
    """
    wanted = {**ORDINARY, **chosen}
    if any(button.verb == "one" for button in options):
        return told_together(
            options, wanted, unusual=any(one.about[0] in chosen for one in options if one.verb == "one")
        )
    for button in options:
        if button.verb == "answer" and wanted.get(button.about[0]) == button.about[1]:
            return button
    fallback = 1 if options[0].verb == "rate" else 0
    return options[fallback]
