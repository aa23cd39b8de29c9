"""How many statements the step of an interview takes: a guard by count, whatever the machine is like.

A step is what one press or one typed answer does, from the event to the commit. Whoever needs one statement more says here why.
"""

import datetime as dt

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
from dialogs.core.events import Commanded, Pressed, Said
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
