"""The months of who moves, as a file to the new body and as one that came from the body before."""

import datetime as dt
import io
import json
from collections.abc import Mapping
from itertools import islice
from typing import Any

from openpyxl import Workbook

from bot.campaign.following import Changed, following
from bot.campaign.tracked import tracked
from bot.delivery.notices import notify
from bot.roster.package import MAX_BYTES
from bot.roster.package import workbook_of as workbook_read
from bot.roster.template import dress
from dialogs.core.handlers import Books
from rules.campaign.sent_months import KIND, SCHEMA, WrongMonths, file_of, filed
from rules.nouns.errors import RosterErrors
from rules.nouns.periods import MONTHS, QUARTERS
from rules.nouns.periods import period as the_period
from rules.nouns.reviews import Json
from rules.nouns.tracking import OutsideScore
from storage.transaction import Transaction
from templates.documents.words import period_words

#: The columns of the workbook; what else stands in it is the reader's own.
_COLUMNS = ("Họ và tên", "Cơ quan gửi", "Năm", "Kỳ", "Tổng điểm", "Cơ quan theo dõi", "Văn bản số")

#: More rows than a year has periods are not looked at.
_MOST_ROWS = 200


class NotAFile(Exception):
    """The file is none that this program writes."""


async def months_of(tx: Transaction, books: Books, person_id: int, year: int) -> dict[str, Json]:
    """What is sent of somebody: the months and quarters of the year that were confirmed."""
    person = await tx.people.get(person_id)
    known = await tracked(tx, books, [person], the_period(year))
    return file_of(person.office, person.name, year, known[person.id, person.post].months)


def workbook_of(value: Mapping[str, Any]) -> bytes:
    """The same as a workbook: a row a period."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = "Kết quả theo dõi"
    sheet.append(_COLUMNS)
    for row in value["periods"]:
        words = period_words(value["year"], row["period"])
        sheet.append([value["name"], value["office"], value["year"], words, row["score"], row["from"], row["paper"]])
    dress(sheet, (28, 36, 8, 22, 12, 36, 20))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def json_of(value: Mapping[str, Any]) -> bytes:
    """The same as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def read_months(content: bytes) -> object:
    """What a file says, JSON or workbook. Raises NotAFile."""
    if len(content) > MAX_BYTES:
        raise NotAFile
    if content[:1] in {b"{", b"\xef"}:
        try:
            return json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise NotAFile from None
    try:
        with workbook_read(content) as book:
            rows = [*islice(book.worksheets[0].iter_rows(max_col=len(_COLUMNS), values_only=True), _MOST_ROWS)]
    except RosterErrors:
        raise NotAFile from None
    if not rows or tuple(str(one or "").strip() for one in rows[0]) != _COLUMNS:
        raise NotAFile
    told = [row for row in rows[1:] if any(row)]
    if not told:
        raise NotAFile
    year = told[0][2]
    called = {period_words(year, name): name for name in (*MONTHS, *QUARTERS)} if isinstance(year, int) else {}
    periods = [{"period": called.get(str(row[3] or "").strip(), str(row[3] or "")), "score": row[4]} for row in told]
    return {"kind": KIND, "schema": SCHEMA, "office": str(told[0][1] or ""), "year": year, "periods": periods}


async def record_file(
    tx: Transaction, books: Books, person: int, content: bytes, paper: str, now: dt.datetime
) -> tuple[OutsideScore, ...] | WrongMonths:
    """Keep what a file says of somebody, and tell whom it concerns. Raises NotAFile."""
    found = filed(read_months(content), person, paper)
    if not isinstance(found, WrongMonths):
        await record(tx, books, found, None, now)
    return found


async def record(
    tx: Transaction, books: Books, scores: tuple[OutsideScore, ...], by: int | None, now: dt.datetime
) -> None:
    """Keep what the body before sent; the years that rest on it follow, and whom it concerns is told."""
    await tx.tracking.record(scores, by, now)
    changed = [Changed(one.person, one.year, one.period) for one in scores]
    for notice in await following(tx, books, changed):
        await notify(tx, notice.person, notice.key, notice.reply, now)
