"""How many statements the step of an interview takes: a guard by count, whatever the machine is like.

A step is what one press or one typed answer does, from the event to the commit. Whoever needs one statement more says here why.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.delivery.seam import NoJobs
from bot.door.channel import Incoming
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Edited, Event, Pressed, Said
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit
from storage import postgres, sqlite
from storage.connection import Connection

BOOK, YEAR, OFFICE = "decree-335-2025", 2026, "Sở Mẫu"
NOW = dt.datetime(2026, 12, 2, 8, 30, tzinfo=ZONE)
UNITS = (RosterUnit(OFFICE, ""), RosterUnit("Phòng Mẫu", OFFICE))
MONTHS = tuple(f"m{number:02}" for number in range(1, 12))

#: Who answers: the obliging person of `bench.feed`, as far as STEPS go.
STEPS = 15


def person(key: str, role: str = "") -> RosterPerson:
    traits = {"leader": bool(role), "role": role, "party_member": False, "serves_public": False}
    return RosterPerson(key, f"Người Số {key}", "Chuyên viên", "Phòng Mẫu", Subject.OFFICIAL, **traits)


@pytest.fixture
def executed(monkeypatch) -> list[str]:
    """What is executed."""
    found: list[str] = []

    def told(kind: type[Connection], name: str) -> None:
        before = getattr(kind, name)

        async def run(self, what, values=None):
            found.append(str(getattr(what, "statement", what).compile(dialect=self.dialect)))
            return await before(self, what, values)

        monkeypatch.setattr(kind, name, run)

    for kind in (sqlite.InLoop, postgres.Pooled):
        told(kind, "fetch")
        told(kind, "execute")
    return found


@dataclass
class Talk:
    """Somebody at work on a month's sheet, on Telegram."""

    house: House
    executed: list[str]
    review: int = 0
    question: str = ""  # that the first screen asks first
    updates: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def does(self, event: Event) -> tuple[str, int]:
        """What was replied, and how many statements it took."""
        self.executed.clear()
        answered = await self.house.take(Incoming("telegram", "2", str(next(self.updates)), event))
        keys = (Button.decode(key.data) for reply in answered.replies for row in reply.keyboard for key in row)
        asks = next((one for one in keys if one and one.verb == "one"), None)
        if asks and not self.question:
            self.review, self.question = asks.review, asks.about[0]
        return "".join(reply.html for reply in answered.replies), len(self.executed)


async def talk_of(store, executed) -> Talk:
    people = (person("1", "head"), person("2"))
    await open_campaign(store, Library(), [BOOK], YEAR, Roster(UNITS, people), NOW, period="m11")
    async with store.transaction() as tx:
        who = await tx.people.by_roster_key(await tx.units.office(OFFICE), "2")
        await tx.accounts.tie("telegram", "2", who.id, NOW)
        await tx.commit()
    return Talk(House(store, Library(), NoJobs(), Loader(Links(), "vi"), lambda: NOW), executed)


async def a_step(store, periods, executed) -> float:
    """Statements a kept answer of somebody takes, with campaigns of these periods open."""
    people = (person("1", "head"), person("2"))
    for period in periods:
        await open_campaign(store, Library(), [BOOK], YEAR, Roster(UNITS, people), NOW, period=period)
    house = House(store, Library(), NoJobs(), Loader(Links(), "vi"), lambda: NOW)
    async with store.transaction() as tx:
        office = await tx.units.office(OFFICE)
        who = await tx.people.by_roster_key(office, "2")
        await tx.accounts.tie("telegram", "2", who.id, NOW)
        await tx.commit()
    shown = (await house.take(Incoming("telegram", "2", "begin", Commanded("tieptuc")))).replies[0]
    counted = answers = 0
    for number in range(3 * STEPS):
        if answers == STEPS:
            break
        found = (Button.decode(key.data) for row in shown.keyboard for key in row)
        asked = [one for one in found if one and "said" not in one.about]
        buttons = [one for one in asked if one.verb in {"one", "answer", "put", "enough", "next"}]
        event = Pressed(buttons[0]) if buttons else Said("Đã hoàn thành nhiệm vụ được giao.")
        executed.clear()
        shown = (await house.take(Incoming("telegram", "2", str(number), event))).replies[-1]
        if not buttons or buttons[0].verb in {
            "answer",
            "put",
            "enough",
        }:  # opening a question of a screen keeps nothing
            counted, answers = counted + len(executed), answers + 1
    assert answers == STEPS
    return counted / STEPS


async def test_one_month(store, executed):
    """Who speaks, with their conversation; their reviews; the answer, as one of all and as the current one; the turn. Of a question that
    was opened on its screen also that it is opened no longer: thirteen of the fifteen.
    """
    assert await a_step(store, ["m11"], executed) == (13 * 6 + 2 * 5) / STEPS, executed[-6:]


async def test_eleven_months_and_the_year(store, executed):
    """Two more: what was sent of the months, and what bodies before sent. Now and then which form was shown last."""
    assert await a_step(store, [*MONTHS, "year"], executed) < 8.5, executed[-8:]


async def test_an_edited_text_costs_the_look_at_what_it_gave(store, executed):
    """One statement more than a text; of one that gave several answers also what stood there before. What a text came to stands in its
    turn, and costs none.
    """
    talk = await talk_of(store, executed)
    await talk.does(Commanded("tieptuc"))
    _, kept = await talk.does(Said("2,5", message="7:1"))
    _, not_kept = await talk.does(Said("vậy", message="7:2"))
    assert await talk.does(Edited("2,5", "7:1")) == ("", not_kept + 1)
    told, unknown = await talk.does(Edited("2", "7:99"))
    assert "không ghi câu trả lời nào" in told
    assert unknown == not_kept + 1
    told, edited = await talk.does(Edited("2", "7:1"))
    assert "Đã sửa câu 1: 2,5 điểm → 2 điểm" in told
    assert edited == kept + 1
    _, kept = await talk.does(Said("1: 1; 2: 1,5", message="7:3"))
    told, edited = await talk.does(Edited("1: 2,5; 2: 2", "7:3"))
    assert "trước" in told
    assert edited == kept + 2


async def test_a_text_under_an_older_question_costs_what_any_text_does(store, executed):
    talk = await talk_of(store, executed)
    await talk.does(Commanded("tieptuc"))
    _, kept = await talk.does(Said("2,5", message="7:1"))
    first = Button("one", talk.review, (talk.question,))
    told, under = await talk.does(Said("1: 2", under=(first,), message="7:2"))
    assert "trước: 2,5 điểm" in told
    assert under <= kept + 1  # the focus, which led there
