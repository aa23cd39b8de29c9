"""The months of a person who moves, as a file for the new body, and as a file received from the body before."""

import datetime as dt
import io
import json
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook

from bot.campaign.months.following import ChangedPeriod, following
from bot.campaign.months.tracked import tracked
from bot.delivery.notices import notify
from bot.ledgers.sent_months import COLUMNS, SHEET
from bot.roster.template import dress
from dialogs.core.handlers import Books
from rules.campaign.months.sent import WrongMonths, file_of, filed
from rules.nouns.periods import period as the_period
from rules.nouns.reviews import Json
from rules.nouns.tracking import OutsideScore
from storage.transaction import Transaction
from templates.documents.words import period_words


async def months_of(tx: Transaction, books: Books, person_id: int, year: int) -> dict[str, Json]:
    """The confirmed months and quarters of the year, as they are sent."""
    person = await tx.people.get(person_id)
    known = await tracked(tx, books, [person], the_period(year))
    return file_of(person.office, person.name, year, known[person.id, person.post].months)


def workbook_of(value: Mapping[str, Any]) -> bytes:
    """They as a workbook: one row for each period."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = SHEET
    sheet.append(COLUMNS)
    for row in value["periods"]:
        words = period_words(value["year"], row["period"])
        sheet.append([value["name"], value["office"], value["year"], words, row["score"], row["from"], row["paper"]])
    dress(sheet, (28, 36, 8, 22, 12, 36, 20))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def json_of(value: Mapping[str, Any]) -> bytes:
    """They as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


async def record_file(
    tx: Transaction, books: Books, person: int, said: object, paper: str, now: dt.datetime
) -> tuple[OutsideScore, ...] | WrongMonths:
    """Store what a received file says about somebody (`bot.ledgers.sent_months`), and tell those concerned."""
    found = filed(said, person, paper)
    if not isinstance(found, WrongMonths):
        await record(tx, books, found, None, now)
    return found


async def record(
    tx: Transaction, books: Books, scores: tuple[OutsideScore, ...], by: int | None, now: dt.datetime
) -> None:
    """Store scores from the body before, update the years based on them, and tell those concerned."""
    await tx.tracking.record(scores, by, now)
    changed = [ChangedPeriod(one.person, one.year, one.period) for one in scores]
    for notice in await following(tx, books, changed):
        await notify(tx, notice.person, notice.key, notice.reply, now)
