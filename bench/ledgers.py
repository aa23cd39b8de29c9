"""A month of an office of 400: work is assigned by one spreadsheet, results are entered, sheets are filled from the
ledgers and sent, and heads confirm them. Everything a person does is an event handled by the house, on SQLite; the
other answers of the sheets are already given.

The yardstick in the same run is an event that only shows the help.
"""

import asyncio
import datetime as dt
import hashlib
import itertools
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.delivery.seam import NoJobs
from bot.door.channel import Incoming, WordedKey
from bot.door.links import Links
from bot.ledgers.template import work_workbook
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Handed, Pressed
from rules.forms.form import QuestionKind
from rules.judging.interview import asked
from rules.ledger.catalogue import Product
from rules.ledger.filling import asked_for
from rules.nouns.reviews import Answer
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit
from storage import Store, upgrade
from storage.tables import ACCOUNT

PEOPLE, UNITS, LINES = 400, 20, 5
NOW = dt.datetime(2026, 10, 1, 8, 0, tzinfo=ZONE)
OFFICE, YEAR, MONTH, BOOK = "Sở Mẫu", 2026, "m09", "decree-335-2025"
CATALOGUE = tuple(Product(f"SP-{n}", f"Sản phẩm thứ {n}", str(n), n / 2, "sản phẩm") for n in range(1, LINES + 1))
#: How many events the yardstick has.
HELPS = 200


def measure() -> str:
    """One line for `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        spent, busy, events, each = asyncio.run(_month(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))
    return (
        f"ledgers: a month of {PEOPLE} closed in {spent:.1f} s ({busy:.1f} s of one core, {events:,} events), "
        f"{busy / (events * each):.2f} of what as many events that show the help take"
    )


@dataclass
class _Door:
    """The house, and the buttons that everybody was shown last."""

    house: House
    updates: Iterator[int] = field(default_factory=itertools.count)
    events: int = 0
    shown: dict[str, list[WordedKey]] = field(default_factory=dict)

    async def does(self, who: str, event: Event, content: bytes = b"") -> None:
        self.events += 1
        answered = await self.house.take(Incoming("web", who, str(next(self.updates)), event, content))
        self.shown[who] = [key for reply in answered.replies for row in reply.keyboard for key in row]

    async def presses(self, who: str, verb: str) -> None:
        found = (Button.decode(key.data) for key in self.shown[who])
        await self.does(who, Pressed(next(button for button in found if button and button.verb == verb)))


async def _month(url: str) -> tuple[float, float, int, float]:
    """Seconds, processor seconds, number of events, and the processor seconds of one event of the yardstick."""
    await upgrade(url)
    store, books = await Store.open(url), Library()
    people, heads = await _settled(store, books)
    door = _Door(House(store, books, NoJobs(), Loader(Links(), "vi"), lambda: NOW))
    rows = [[key, "", "tháng 9/2026", one.code, 4, "", ""] for key in people for one in CATALOGUE]
    file = work_workbook(None, (), rows)
    began = time.process_time()
    for who in itertools.islice(itertools.cycle(people), HELPS):
        await door.does(who, Commanded("trogiup"))
    each, door.events = (time.process_time() - began) / HELPS, 0
    began, busy = time.perf_counter(), time.process_time()
    await door.does("desk", Commanded("viec"))
    await door.presses("desk", "work_home")
    await door.presses("desk", "work_import")
    await door.does("desk", Handed("viec.xlsx", hashlib.sha256(file).hexdigest()), file)
    await door.presses("desk", "work_import_put")
    for who in people:
        await door.does(who, Commanded("viec"))
        await door.presses(who, "work_all_done")
        await door.presses(who, "work_sheet")
        await door.presses(who, "send")
    for head in heads:
        await door.does(head, Commanded("choduyet"))
        await door.presses(head, "head_sheets")
        await door.presses(head, "head_sheets_ask")
        await door.presses(head, "head_sheets_agree")
    spent, busy = time.perf_counter() - began, time.process_time() - busy
    async with store.reading() as tx:
        (campaign,) = await tx.campaigns.of_office(1, is_open=True)
        standings = await tx.standings.of_campaign(campaign.id, NOW.date())
    closed = sum(one.status.value == "final" for one in standings)
    assert closed == PEOPLE, f"{closed} of {PEOPLE} are confirmed"
    await store.close()
    return spent, busy, door.events, each


async def _settled(store: Store, books: Library) -> tuple[list[str], list[str]]:
    """Makes the office, with its month open, its catalogue stored, and all answers except those from the ledger.
    Returns the keys of the people and of the heads.
    """
    units = [f"Phòng {number}" for number in range(UNITS)]
    heads = [f"H{number}" for number in range(UNITS)]
    people = [f"P{number}" for number in range(PEOPLE)]
    rows = [_person(key, unit, "head") for key, unit in zip(heads, units, strict=True)]
    rows += [_person(key, units[number % UNITS]) for number, key in enumerate(people)]
    roster = Roster(
        (RosterUnit(OFFICE, ""), *(RosterUnit(unit, OFFICE) for unit in units)),
        (_person("chief", OFFICE, "head"), _person("desk", OFFICE, desk=True), *rows),
    )
    await open_campaign(store, books, [BOOK], YEAR, roster, NOW, period=MONTH)
    async with store.transaction() as tx:
        office = await tx.units.office(OFFICE) or 0
        await tx.ledgers.keep_catalogue(office, CATALOGUE, 1, NOW)
        keys = await tx.people.keys(office)
        tied = [
            {"channel": "web", "external_id": key, "person_id": person, "tied_at": NOW} for person, key in keys.items()
        ]
        await tx.connection.run_sync(lambda connection: connection.execute(ACCOUNT.insert(), tied))
        for person, key in keys.items():
            if not key.startswith("P"):
                continue
            for review in await tx.reviews.mine(person):
                book = books[review.campaign.edition]
                form = book.forms[review.form]
                for place in asked(form, review.person, {}):
                    if place.key not in asked_for(book, form).values():
                        value = (
                            "Không có việc nào phải nêu."
                            if place.question.kind is QuestionKind.TEXT
                            else place.question.maximum
                        )
                        await tx.reviews.keep_answer(review.id, place.key, Answer(value), person, NOW)
        await tx.commit()
    return people, heads


def _person(key: str, unit: str, role: str = "", *, desk: bool = False) -> RosterPerson:
    return RosterPerson(
        key=key,
        name=f"Người {key}",
        position="Chuyên viên",
        unit=unit,
        subject=Subject.OFFICIAL,
        leader=bool(role),
        role=role,
        party_member=False,
        serves_public=False,
        desk=desk,
    )


if __name__ == "__main__":
    print(measure())
