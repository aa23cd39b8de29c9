"""Files of months that another office sent: what is wrong with one is told, whoever made it and however; what is written stays text."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from bot.campaign.months.sent import workbook_of
from bot.ledgers.sent_months import read_months
from bot.ledgers.template import catalogue_workbook
from rules.campaign.months.sent import KIND, SCHEMA, WrongMonths, filed
from rules.ledger.catalogue import Product
from rules.nouns.errors import RosterErrors

TITLES = ("Họ và tên", "Cơ quan gửi", "Năm", "Kỳ", "Tổng điểm", "Cơ quan theo dõi", "Văn bản số")
SENT = {
    "kind": KIND,
    "schema": SCHEMA,
    "office": "Chi cục Khác",
    "year": 2026,
    "periods": [{"period": "m01", "score": 90}],
}


def workbook(*rows: object) -> bytes:
    made, book = io.BytesIO(), Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(made)
    return made.getvalue()


def damaged(content: bytes, part: str) -> bytes:
    made, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(made, "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, b"<x" if name == part else whole.read(name))
    return made.getvalue()


GOOD = workbook(TITLES, ("Cao Văn Cả", "Chi cục Khác", 2026, "tháng 1 năm 2026", 90))


def test_a_row_may_end_early():
    found = filed(read_months(GOOD), 1, "45/CV")
    assert not isinstance(found, WrongMonths)
    assert [(one.period, one.score, one.paper) for one in found] == [("m01", 90, "45/CV")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{" + b'"a":{' * 100_000,
        b"[" * 100_000,
        workbook(("Mã", "Tên")),
        *(damaged(GOOD, part) for part in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")),
    ],
)
def test_what_is_no_file_of_months_is_none(content):
    with pytest.raises(RosterErrors):
        read_months(content)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"periods": [{"period": ["m01"], "score": 90}]}, "score"),
        ({"periods": [{"period": {}, "score": 90}]}, "score"),
        ({"periods": [{"period": "m13", "score": 90}]}, "score"),
        ({"periods": [{"period": "m01", "score": True}]}, "score"),
        ({"periods": [{"period": "m01", "score": float("nan")}]}, "score"),
        ({"year": True}, "file"),
        ({"year": 10**30}, "file"),
        ({"office": "\u200b"}, "file"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(changed, expected):
    found = filed(read_months(json.dumps({**SENT, **changed}).encode()), 1, "45/CV")
    assert isinstance(found, WrongMonths)
    assert found.expected == expected


def test_what_nobody_sees_is_not_kept():
    found = filed({**SENT, "office": "Chi cục\x00 Khác"}, 1, "\x00 45/CV")
    assert not isinstance(found, WrongMonths)
    assert {(one.body, one.paper) for one in found} == {("Chi cục Khác", "45/CV")}


def test_words_in_a_workbook_are_never_reckoned():
    """Who opens the file sees what was written; a name, a paper's number, a product that begins with “=” is text."""
    row = {"period": "m01", "score": 90, "from": '=HYPERLINK("http://x")', "paper": "=1+1"}
    months = workbook_of({"name": "=A1", "office": "=1+1", "year": 2026, "periods": [row]})
    catalogue = catalogue_workbook([Product("=1+1", "=cmd|' /C calc'!A0", "1", 1)])
    for content in (months, catalogue):
        cells = [cell for sheet in load_workbook(io.BytesIO(content)).worksheets for one in sheet for cell in one]
        assert [cell.value for cell in cells if str(cell.value).startswith("=")]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
