"""The forms of 2026 as printed, beside their annexes: every line of the annex and no other, in Word and in the PDF."""

import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

from rules.judging.filing import Filing
from rules.judging.interview import worked_out
from rules.nouns.people import Person
from rules.nouns.reviews import Answer
from rules.nouns.rulings import Endorsement, Ruling
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from templates.documents import docx, paper, pdf
from tests.templates.documents import annexes
from tests.templates.samples import MORNING, PLAIN

NOBODY = Person(1, "", "", 1, "", "Tên cơ quan, tổ chức, đơn vị", Subject.OFFICIAL)
SOMEBODY = replace(PLAIN, office="Tên cơ quan, tổ chức, đơn vị", office_parent="")
DECEMBER = MORNING.replace(year=2026)

POINTS = {"p11": 5, "p12": 4.5, **dict.fromkeys(("p21", "p22", "p23", "p24", "p31", "p32", "p33", "p34"), 2.5)}
WORDS = {"strengths": "Xong 03 báo cáo trước hạn.", "shortcomings": "Một tờ trình phải sửa."}
PERCENT = {"quantity": 100, "quality": 95, "progress": 90}
BOXES = {f"{whose}_{rating}": "☐" for whose in ("own", "decided") for rating in Rating}
SAID = Endorsement(1, 0, "unit_head", 5, "Trần Văn Mẫu", "Trưởng phòng", DECEMBER, "Đồng ý với điểm tự chấm.")
FAILED = Ruling(
    1,
    1,
    {"self_rating": Rating.NOT_COMPLETED},
    3,
    "Đỗ Thị Lệnh",
    "Giám đốc",
    DECEMBER,
    remarks="Còn chậm.",
    measures="Bố trí việc thấp hơn.",
)
DECIDED_BY = "Đỗ Thị Lệnh Giám đốc (Đã quyết định trên hệ thống lúc 08:05 ngày 02/12/2026)"
SIGNED_ON = {
    "....., ngày....tháng.....năm..... CÔNG CHỨC": "....., ngày 01 tháng 12 năm 2026 CÔNG CHỨC",
    "....., ngày....tháng.....năm..... VIÊN CHỨC": "....., ngày 01 tháng 12 năm 2026 VIÊN CHỨC",
}
DECIDED_ON = {"....., ngày....tháng.....năm..... CẤP": "....., ngày 02 tháng 12 năm 2026 CẤP"}
ROUND = re.compile(r"[\s.…_*]+")


@dataclass(frozen=True)
class Printed:
    """A filing, the lines of its annex with the values in them, and its footnotes."""

    filing: Filing
    lines: str
    notes: tuple[str, ...]


def filed(book_id: str, form_id: str, given: Mapping[str, Any], person: Person = SOMEBODY, **more: Any) -> Filing:
    book = load(book_id)
    form = book.forms[form_id]
    answers = {key: one if isinstance(one, Answer) else Answer(one) for key, one in given.items()}
    shown = {item.shows: value for item, value in worked_out(book, form, person, answers) if value is not None}
    sent = {"version": 1, "submitted_on": "2026-12-01"} if given else {}
    return Filing(form, person, 2026, answers, "0" * 64, worked_out=shown, **{**sent, **more})


def filled_in(annex: str, values: Mapping[str, object], *dated: Mapping[str, str]) -> str:
    text = annex
    for days in dated:
        for open_, day in days.items():
            text = text.replace(open_, day)
    return text.format_map(defaultdict(str, {key: str(value) for key, value in values.items()}))


def about(person: Person) -> dict[str, str]:
    return {"name": person.name, "position": person.position, "unit": person.unit, "signed": person.name}


def printed() -> Iterator[Any]:
    month, year, employee = (
        ("decree-335-2025", "mau-01-335"),
        ("decree-335-2025", "mau-02-335"),
        ("decree-233-2026", "phu-luc-ii-233"),
    )
    yield pytest.param(
        Printed(
            filed(*month, {}, NOBODY, period="m09"),
            filled_in(annexes.MAU_01, {"period": "tháng 9 năm 2026"}),
            annexes.MAU_01_NOTES,
        ),
        id="01, empty",
    )
    # 5 + 4,5; 4 × 2,5; 4 × 2,5: 29,5. (100 + 95 + 90) / 3 = 95 % of 70: 66,5 (Điều 16 khoản 1, Điều 17 khoản 1)
    points = {key: str(value).replace(".", ",") for key, value in POINTS.items()}
    sums = {"c1": "9,5", "c2": "10", "c3": "10", "total": "29,5", "general": "29,5", "result": "66,5", "score": "96"}
    said = {**about(SOMEBODY), **points, **sums, **WORDS, "period": "quý III năm 2026"}
    sheet = filed(*month, {**POINTS, **PERCENT, **WORDS}, period="q3")
    yield pytest.param(Printed(sheet, filled_in(annexes.MAU_01, said, SIGNED_ON), annexes.MAU_01_NOTES), id="01, sent")
    confirmed = {
        "comment": SAID.comment,
        "confirmed": "Trần Văn Mẫu Trưởng phòng (Đã đồng ý trên hệ thống lúc 08:05 ngày 02/12/2026)",
    }
    yield pytest.param(
        Printed(
            replace(sheet, endorsements=(SAID,)),
            filled_in(annexes.MAU_01, {**said, **confirmed}, SIGNED_ON, DECIDED_ON),
            annexes.MAU_01_NOTES,
        ),
        id="01, confirmed with words",
    )
    yield pytest.param(
        Printed(
            replace(sheet, endorsements=(replace(SAID, comment=""),)),
            filled_in(annexes.MAU_01, {**said, **confirmed, "comment": ""}, SIGNED_ON, DECIDED_ON),
            annexes.MAU_01_NOTES,
        ),
        id="01, confirmed without a word",
    )
    yield pytest.param(
        Printed(filed(*year, {}, NOBODY), filled_in(annexes.MAU_02, {**BOXES, "year": 2026}), annexes.MAU_02_NOTES),
        id="02, empty",
    )
    scores: dict[str, Any] = {f"m{month:02}": 90 for month in range(2, 11)}
    scores["m01"] = Answer(84, held=PeriodScore(2026, "m01", Standing.OUTSIDE, 84, body="Sở Cũ", paper="CV 12"))
    scores["m11"] = Answer(
        None, skipped=True, held=PeriodScore(2026, "m11", Standing.NOT_OWED, because="sick", needed=False)
    )
    scores["m12"] = Answer(96, held=PeriodScore(2026, "m12", Standing.PROVISIONAL, 96))
    rated = {
        "months_worked": 11,
        "maternity_leave": False,
        "sick_leave": True,
        "self_rating": Answer("excellent", "Vì tôi đã cố gắng."),
    }
    year_said = {
        **about(SOMEBODY), **BOXES, "year": 2026, "own_excellent": "☑",
        **{f"m{month:02}": 90 for month in range(2, 11)},
        "m01": 84, "n01": "Nơi theo dõi: Sở Cũ, CV 12", "n11": "Nghỉ ốm", "m12": 96, "n12": "Tạm tính",
        "mean": 90,  # (84 + 9 × 90 + 96) / 11: sick leave all of November is not counted (Điều 11 khoản 2, Điều 17 khoản 3)
    }  # fmt: skip
    year_sheet = filed(*year, {**scores, **rated})
    # The unit head agreed with words: Mẫu số 02 has no part of theirs, and part IV is the authority's.
    agreed = replace(year_sheet, endorsements=(replace(SAID, comment="Đồng ý."),))
    yield pytest.param(
        Printed(agreed, filled_in(annexes.MAU_02, year_said, SIGNED_ON), annexes.MAU_02_NOTES), id="02, agreed to"
    )
    decided = {"decided_not_completed": "☑", "measures": FAILED.measures, "confirmed": DECIDED_BY}
    yield pytest.param(
        Printed(
            replace(agreed, ruling=FAILED),
            filled_in(annexes.MAU_02, {**year_said, **decided}, SIGNED_ON, DECIDED_ON),
            annexes.MAU_02_NOTES,
        ),
        id="02, failed with measures",
    )
    yield pytest.param(
        Printed(
            filed(*employee, {}, NOBODY),
            filled_in(annexes.PHU_LUC_II, {**BOXES, "year": 2026}),
            annexes.PHU_LUC_II_NOTES,
        ),
        id="233, empty",
    )
    given = {"general_points": 27.5, "result_points": 62, "self_rating": "good"}
    employee_said = {**about(SOMEBODY), **BOXES, "year": 2026, "general": "27,5", "result": 62, "own_good": "☑"}
    yield pytest.param(
        Printed(
            replace(filed(*employee, given), endorsements=(replace(SAID, comment="Đồng ý."),), ruling=FAILED),
            filled_in(
                annexes.PHU_LUC_II, {**employee_said, **decided, "remarks": FAILED.remarks}, SIGNED_ON, DECIDED_ON
            ),
            annexes.PHU_LUC_II_NOTES,
        ),
        id="233, decided",
    )


PRINTED = pytest.mark.parametrize("one", list(printed()))


def squeezed(text: str) -> str:
    """What can be read of it: dots wait for the hand, blanks depend on the width of the page."""
    return ROUND.sub("", unicodedata.normalize("NFC", text.replace("\u200b", "")))


def annex_lines(text: str) -> list[list[str]]:
    """The lines as rows of cells, without those that only dots fill."""
    rows = [[squeezed(cell) for cell in line.split("|")] for line in text.split("\n")]
    return [row for row in rows if any(row)]


def word_lines(package: bytes) -> list[list[str]]:
    """Every paragraph, and every row of every table, of a Word file; the mark of a footnote is its number."""
    document = python_docx.Document(io.BytesIO(package))
    for number, mark in enumerate(list(document.element.body.iter(qn("w:footnoteReference"))), start=1):
        text = etree.SubElement(mark.getparent(), qn("w:t"))
        text.text = str(number)
    rows = []
    for block in document.element.body:
        if block.tag == qn("w:p"):
            rows.append([squeezed(_text(block))])
        elif block.tag == qn("w:tbl"):
            rows += [[squeezed(_text(cell)) for cell in row.iter(qn("w:tc"))] for row in block.iter(qn("w:tr"))]
    return [row for row in rows if any(row)]


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


@PRINTED
def test_the_word_file_has_the_lines_of_the_annex_and_no_other(one: Printed) -> None:
    assert word_lines(docx(paper(one.filing))) == annex_lines(one.lines)


@PRINTED
def test_its_footnotes_are_those_of_the_annex(one: Printed) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(paper(one.filing)))) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    said = [_text(note).strip() for note in notes if not note.get(qn("w:type"))]
    assert tuple(said) == one.notes


@PRINTED
def test_the_pdf_has_the_lines_of_the_annex_and_no_other(one: Printed) -> None:
    made = paper(one.filing)
    reader = PdfReader(io.BytesIO(pdf(made)))
    pages = [squeezed(page.extract_text()) for page in reader.pages]
    assert len(pages) <= 2, "one sheet"
    # What stands on every page is not the form: the mark of a draft, the number of the page, the footer.
    furniture = [squeezed(one) for one in (made.draft, *made.footer)]
    for number, page in enumerate(pages):
        left = page
        for piece in furniture:
            left = left.replace(piece, "", 1)
        pages[number] = left.removeprefix(str(number + 1)) if number else left
    text = "".join(pages)
    for number, note in enumerate(one.notes, start=1):
        assert text.count(squeezed(f"{number}{note}")) == 1, note
        text = text.replace(squeezed(f"{number}{note}"), "")
    wanted = "".join("".join(row) for row in annex_lines(one.lines))
    assert _once(text, one) == wanted


@PRINTED
def test_a_footnote_stands_on_the_page_of_its_mark(one: Printed) -> None:
    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf(paper(one.filing)))).pages]
    headings = [squeezed(line) for line in one.lines.split("\n") if line[-1:].isdecimal() and line.isupper()]
    assert len(headings) in {0, len(one.notes)}  # of Mẫu 01 the line under the title
    for number, heading in enumerate(headings):
        note = squeezed(one.notes[number])
        assert [heading in page for page in pages] == [note in page for page in pages], note


def _once(text: str, one: Printed) -> str:
    """A table that goes on to the next page repeats its heading there."""
    heading = next(
        (squeezed(line) for line in one.lines.split("\n") if line.startswith(("TT |", "Tháng |"))), ""
    ).replace("|", "")
    numbers = "(1)(2)(3)(4)" if heading.startswith("TT") else ""
    first, *again = text.split(heading + numbers) if heading else [text]
    return first + heading + numbers + "".join(again) if again else first
