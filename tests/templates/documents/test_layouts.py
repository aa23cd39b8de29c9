"""How pages are laid out: within the margins, on few pages; and what was sent earlier as it was laid out then."""

import io
from dataclasses import replace

import docx as python_docx
import pytest
from pypdf import PdfReader

from rules.nouns.reviews import Answer
from templates.documents import docx, paper, pdf
from templates.documents.blocks import Paper
from templates.documents.sheets.kept import sheet_json, sheet_of
from templates.documents.sheets.sheet import drawn
from tests.templates.samples import PLAIN, answers, approval, filing

#: Points from the edge of the paper to the text: 30 mm (Nghị định 30/2020, Phụ lục I).
MARGIN = 30 / 25.4 * 72
LONG = replace(PLAIN, office="Văn phòng Ủy ban nhân dân tỉnh Sông Trà", office_parent="Ủy ban nhân dân tỉnh Sông Trà")
TOLD = "Chủ động tham mưu, phối hợp tốt với các phòng; còn chậm trong khâu lưu hồ sơ điện tử của cơ quan."


def of_six_tasks() -> Paper:
    """What most people write: six tasks, one piece of evidence, two sentences about themselves; agreed to."""
    tasks = tuple((f"Tham mưu ban hành kế hoạch số {number} của cơ quan", 100, False) for number in range(6))
    given = answers("mau-02", PLAIN, tasks=tasks)
    given["c1a"] = Answer("good", "Đã học đủ bốn chuyên đề do chi bộ tổ chức.")
    given |= {key: Answer(TOLD) for key in ("strengths", "shortcomings")}
    return paper(filing(given=given, person=PLAIN, approval=approval()))


def leftmost(one: Paper) -> float:
    """Where on the first page the letter furthest to the left begins, in points."""
    found: list[float] = []

    def seen(text, page, matrix, *__):
        if text.strip():
            found.append(page[4] + matrix[4])

    PdfReader(io.BytesIO(pdf(one))).pages[0].extract_text(visitor_text=seen)
    return min(found)


def test_a_form_of_six_tasks_takes_three_pages():
    assert len(PdfReader(io.BytesIO(pdf(of_six_tasks()))).pages) == 3


def test_the_name_of_the_office_stands_within_the_margins():
    assert leftmost(paper(filing(person=LONG))) >= MARGIN - 0.1


def test_what_was_sent_before_layouts_were_numbered_is_printed_as_it_was():
    kept = sheet_json(drawn(filing(person=LONG)))
    del kept["paper"]["layout"]
    earlier = replace(paper(filing(person=LONG)), layout=sheet_of(kept).paper.layout)
    assert earlier.layout == 1
    assert leftmost(earlier) < MARGIN - 1


@pytest.mark.parametrize(("layout", "indent"), [(1, -510), (2, 0)])
def test_the_word_file_has_the_heading_where_the_pages_have_it(layout, indent):
    heading = python_docx.Document(io.BytesIO(docx(replace(of_six_tasks(), layout=layout)))).tables[0]
    assert [int(one.get(one.keys()[0])) for one in heading._tbl.tblPr.iter() if one.tag.endswith("tblInd")] == [indent]


def test_the_values_leave_the_names_of_tasks_nearly_half_of_the_table():
    columns = next(one for one in of_six_tasks().blocks if one.kind == "table").columns
    assert columns[1].width == 70
    assert sum(one.width for one in columns) == 160
