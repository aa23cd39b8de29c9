"""Reads the file with a person's months sent by the body before."""

import json
from itertools import islice

from bot.roster.package import MAX_BYTES, workbook_of
from rules.campaign.months.sent import KIND, SCHEMA
from rules.nouns.errors import Mistake, RosterErrors
from rules.nouns.periods import MONTHS, QUARTERS
from templates.documents.words import period_words

#: The columns of the workbook; other columns are ignored.
COLUMNS = ("Họ và tên", "Cơ quan gửi", "Năm", "Kỳ", "Tổng điểm", "Cơ quan theo dõi", "Văn bản số")
#: The title of its sheet.
SHEET = "Kết quả theo dõi"

#: Maximum number of rows read; a year has no more periods.
_MOST_ROWS = 200


def read_months(content: bytes) -> object:
    """The content of the file, JSON or workbook. Raises RosterErrors."""
    if len(content) > MAX_BYTES:
        raise _none()
    if content[:1] in {b"{", b"\xef"}:
        try:
            return json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise _none() from None
    try:
        with workbook_of(content) as book:
            rows = [*islice(book.worksheets[0].iter_rows(max_col=len(COLUMNS), values_only=True), _MOST_ROWS)]
    except IndexError:
        raise _none() from None
    if not rows or tuple(str(one or "").strip() for one in rows[0]) != COLUMNS:
        raise _none()
    told = [row for row in rows[1:] if any(row)]
    if not told:
        raise _none()
    year = told[0][2]
    called = {period_words(year, name): name for name in (*MONTHS, *QUARTERS)} if isinstance(year, int) else {}
    periods = [{"period": called.get(str(row[3] or "").strip(), str(row[3] or "")), "score": row[4]} for row in told]
    return {"kind": KIND, "schema": SCHEMA, "office": str(told[0][1] or ""), "year": year, "periods": periods}


def _none() -> RosterErrors:
    """The error for a file not written by this program."""
    return RosterErrors((Mistake("", 0, "", "not_sent_months"),))
