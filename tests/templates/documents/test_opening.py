"""The words with which a printed form begins, before its first section."""

from dataclasses import replace
from typing import Any

import pytest

from rules.campaign.tree import PartyBody, body_above
from rules.judging.filing import Filing
from rules.nouns.people import Person
from rules.nouns.reviews import Answer
from rules.nouns.service import Service
from rules.nouns.values import Subject
from rules.reading.load import load
from templates.documents import composed, pdf
from templates.documents.blocks import Paragraph, SignatureBlock
from templates.documents.sheets.kept import sheet_json, sheet_of
from templates.documents.sheets.sheet import drawn, paper

PARTY = load("party-2019")
DIVISION = Person(1, "Tập thể Phòng <Thử>", "", 1, "Phòng Thử", "Văn phòng Thử", Subject.COLLECTIVE)


def first_line(form: str) -> str:
    line = paper(Filing(PARTY.forms[form], DIVISION, 2020, {}, "0" * 64)).blocks[0]
    assert isinstance(line, Paragraph)
    return "".join(run.text for run in line.runs)


def test_the_report_of_a_collective_begins_with_the_words_of_the_form_and_its_name() -> None:
    assert first_line("mau-01-hd-2019") == (
        "Căn cứ kết quả lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị tại địa phương (cơ quan, đơn vị); Tập thể Phòng <Thử> "
        "kiểm điểm với các nội dung chủ yếu sau:"
    )


def test_a_form_without_such_words_begins_with_its_first_section() -> None:
    assert first_line("mau-02-hd-2019") == "I. Ưu điểm, kết quả đạt được"


@pytest.mark.parametrize(
    ("period", "said"),
    [("year", "Năm 2023"), ("school", "Năm học 2022–2023"), ("h1", "6 tháng đầu năm 2023"), ("q2", "Quý II năm 2023")],
)
def test_a_paper_says_the_period_it_is_about(period: str, said: str) -> None:
    form = load("decree-90-2020").forms["mau-03"]
    assert paper(Filing(form, DIVISION, 2023, {}, "0" * 64, period=period)).year == said


MEMBER = Person(
    2,
    "Lê Thị Thử",
    "Chuyên viên",
    1,
    "Phòng Thử",
    "Sở Thử",
    Subject.OFFICIAL,
    service=Service(party_cell="Chi bộ Văn phòng"),
)


@pytest.mark.parametrize(
    ("answer", "above", "superior", "office"),
    [
        ("", "", "ĐẢNG BỘ ........................", "CHI BỘ VĂN PHÒNG"),  # the roster names the cell
        ("", "Đảng ủy Sở Thử", "ĐẢNG BỘ SỞ THỬ", "CHI BỘ VĂN PHÒNG"),
        ("Chi bộ 3", "Đảng bộ Sở Thử", "ĐẢNG BỘ SỞ THỬ", "CHI BỘ 3"),  # what the member wrote comes first
    ],
)
def test_a_party_paper_is_headed_by_the_party_bodies_of_the_roster(
    answer: str, above: str, superior: str, office: str
) -> None:
    """The forms have “ĐẢNG BỘ …” over “Chi bộ:” on the left, “ĐẢNG CỘNG SẢN VIỆT NAM” on the right."""
    form = load("party-2025").forms["mau-02b-hd-2025"]
    given = {"cell": Answer(answer)} if answer else {}
    heading = paper(Filing(form, MEMBER, 2026, given, "0" * 64, party_above=above)).heading
    assert (heading.superior, heading.office) == (superior, office)
    assert (heading.first, heading.second) == ("ĐẢNG CỘNG SẢN VIỆT NAM", "")


@pytest.mark.parametrize(
    ("subject", "name", "unit", "office"),
    [
        (Subject.PARTY_CELL, "Chi bộ Văn phòng - Kế hoạch", "Sở Thử", "CHI BỘ VĂN PHÒNG - KẾ HOẠCH"),
        (Subject.COLLECTIVE, "Tập thể lãnh đạo Sở", "Sở Thử", "SỞ THỬ"),
    ],
)
def test_the_report_of_a_cell_is_headed_by_the_cell_and_no_body_signs_by_a_name(
    subject: Subject, name: str, unit: str, office: str
) -> None:
    """“ĐẢNG BỘ …” over “Chi bộ …”; “T/M TẬP THỂ … (Ký, ghi rõ họ tên)” is for the name of a human being."""
    form = load("party-2025").forms["mau-01-hd-2025"]
    body = Person(3, name, "", 1, unit, "Sở Thử", subject)
    made = paper(Filing(form, body, 2026, {}, "0" * 64, version=1, submitted_on="2026-12-03"))
    assert made.heading.office == office
    (signed,) = [one for one in made.blocks if isinstance(one, SignatureBlock)]
    assert (signed.title, signed.name) == ("T/M TẬP THỂ LÃNH ĐẠO, QUẢN LÝ", "")


def test_who_stands_above_a_cell_is_what_the_roster_says() -> None:
    committee = PartyBody("Đảng ủy Sở Thử", "", 1, None, None)
    cells = [PartyBody(f"Chi bộ {name}", committee.name, 2, None, None) for name in ("Văn phòng", "Thanh tra")]
    assert body_above([committee, *cells], MEMBER) == committee.name
    elsewhere = replace(MEMBER, service=Service(party_cell="Chi bộ Khác"))
    assert body_above([committee, *cells], elsewhere) == committee.name  # the only one on top
    assert body_above([committee, replace(committee, name="Đảng ủy B"), *cells], elsewhere) == ""
    assert body_above([replace(cells[0], above="")], MEMBER) == ""


def test_a_sheet_kept_before_there_were_footnotes_reads_as_it_was_kept() -> None:
    form = load("decree-90-2020").forms["mau-03"]
    sheet = drawn(Filing(form, DIVISION, 2023, {}, "0" * 64))
    kept = _without(sheet_json(sheet), {"note", "notes", "year_note", "dotted", "numbers", "strong", "total"})
    assert sheet_of(kept) == sheet
    assert pdf(composed(sheet_of(kept), "0" * 64)) == pdf(composed(sheet, "0" * 64))


def _without(kept: Any, names: set[str]) -> Any:
    """As it was kept when there were no such fields; a signature's `note` is older."""
    if isinstance(kept, dict):
        older = names - {"note"} if kept.get("kind") in {"signature", "signature_slot"} else names
        return {key: _without(value, names) for key, value in kept.items() if key not in older}
    return [_without(one, names) for one in kept] if isinstance(kept, list | tuple) else kept
