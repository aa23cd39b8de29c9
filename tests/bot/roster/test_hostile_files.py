"""Rosters made to harm: too much in too little, other files drawn in, cells at the end of the world."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from bot.campaign.roster.exporting import workbook
from bot.demo.office import DEMO_ROSTER
from bot.roster import package as sheet
from bot.roster import worksheet
from bot.roster.read import read_roster
from rules.nouns.errors import RosterErrors
from rules.nouns.letters import letters
from templates.errors import lines

PEOPLE = "xl/worksheets/sheet2.xml"


def with_part(name: str, change) -> bytes:
    """The demo's roster with one part of the file made anew."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(DEMO_ROSTER))) as good,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.namelist():
            text = good.read(part)
            bad.writestr(part, change(text) if part == name else text)
    return made.getvalue()


def told(content: bytes) -> str:
    with pytest.raises(RosterErrors) as caught:
        read_roster(content)
    return "\n".join(lines(caught.value.mistakes))


def test_a_file_that_unpacks_to_too_much_is_not_unpacked():
    content = with_part(PEOPLE, lambda text: text + b" " * (sheet.MAX_UNPACKED + 1))
    assert len(content) < 1_000_000
    assert told(content) == "tệp quá lớn khi mở ra"


def test_a_file_that_lies_about_what_it_unpacks_to_is_not_believed():
    content = with_part(PEOPLE, lambda text: text + b" " * 5_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        said = packed.getinfo(PEOPLE).file_size
    lying = content.replace(said.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != content
    assert "không đọc được" in told(lying)


def test_nothing_of_another_file_is_drawn_in(tmp_path: Path):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("MAT-KHAU-CUA-MAY")
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'

    def change(text: bytes) -> bytes:
        body = re.sub(rb"^<\?xml[^>]*\?>", b"", text)
        return declared.encode() + re.sub(rb"<(t|v)>[^<]*<", rb"<\1>&e;<", body, count=3)

    assert "không đọc được" in told(with_part(PEOPLE, change))


def test_entities_that_grow_are_not_grown():
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY a0 "{"ha" * 50}">{grown}]>'.encode()

    def change(text: bytes) -> bytes:
        body = re.sub(rb"^<\?xml[^>]*\?>", b"", text)
        return declared + re.sub(rb"<t>[^<]*</t>", b"<t>&a9;</t>", body, count=1)

    assert "không đọc được" in told(with_part(PEOPLE, change))


def test_a_cell_in_the_last_row_is_too_far():
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>X</t></is></c></row></sheetData>'
    assert "quá nhiều dòng (tối đa 200000)" in told(with_part(PEOPLE, lambda text: text.replace(b"</sheetData>", far)))


def test_a_cell_in_the_last_column_is_not_looked_at():
    far = rb'<row r="3000"><c r="XFD3000" t="inlineStr"><is><t>X</t></is></c></row></sheetData>'
    assert read_roster(with_part(PEOPLE, lambda text: text.replace(b"</sheetData>", far))) == DEMO_ROSTER


def test_a_formula_is_refused():
    formula = rb'<row r="14"><c r="A14"><f>CONCATENATE("A","B")</f></c></row></sheetData>'
    assert "Danh sách!A14: Mã số: là công thức" in told(
        with_part(PEOPLE, lambda text: text.replace(b"</sheetData>", formula))
    )


def with_cell(text: str) -> bytes:
    cell = f'<row r="30"><c r="A30" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'.encode()
    return with_part(PEOPLE, lambda sheet: sheet.replace(b"</sheetData>", cell))


def test_what_is_told_of_a_cell_is_short_however_long_it_is():
    for text in ("\ue000 " * 10_000, "\ufb01 " * 10_000, "\ue000 " * 1_000_000):
        line = next(one for one in told(with_cell(text)).splitlines() if one.startswith("Danh sách!A30"))
        assert len(line) < 1000


def test_nothing_of_a_cell_is_looked_at_that_no_spreadsheet_holds(monkeypatch):
    looked: list[int] = []
    monkeypatch.setattr(worksheet, "letters", lambda text: looked.append(len(text)) or letters(text))
    assert "Danh sách!A30: Mã số: quá dài; tối đa 200 ký tự" in told(with_cell("ỳ" * 5_000_000))
    assert max(looked) < 32_768
