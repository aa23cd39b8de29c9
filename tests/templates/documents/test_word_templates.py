"""The Word file: one generic template made by a script, or an office's own in its place."""

import io
from importlib.resources import files
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from rules.nouns.reviews import Answer
from templates.documents import docx, paper
from templates.documents.blocks import Block, Heading, Paper, Paragraph, Run, SignatureBlock, Table, TableColumn
from templates.documents.word_template import WordTemplateError
from tests.templates.samples import PLAIN, answers, filing
from tools.form_docx import made


def sheet(*blocks: Block, **changes: str) -> Paper:
    """A small paper with these blocks."""
    plain = {"style": "administrative", "code": "Mẫu số 0", "title": "PHIẾU THỬ", "year": "Năm 2020"}
    heading = Heading("CẤP TRÊN", "CƠ QUAN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    return Paper(**{**plain, **changes}, heading=heading, persons=(), blocks=blocks, footer=("Dòng một", "Dòng hai"))


def opened(content: bytes):
    return python_docx.Document(io.BytesIO(content))


def body_texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(content).paragraphs if paragraph.text]


def office_template(folder: Path, *lines: str) -> Path:
    document = python_docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "office.docx"
    document.save(path)
    return path


def test_the_generic_template_is_what_its_script_makes():
    assert made() == (files("templates.documents") / "form.docx").read_bytes()


def test_every_style_of_words_is_kept():
    line = Paragraph(
        "body",
        (Run("thường "), Run("đậm ", bold=True), Run("nghiêng ", italic=True), Run("cả hai", bold=True, italic=True)),
    )
    shown = next(one for one in opened(docx(sheet(line))).paragraphs if one.text.startswith("thường"))
    assert [(run.text, run.bold, run.italic) for run in shown.runs] == [
        ("thường ", None, None),
        ("đậm ", True, None),
        ("nghiêng ", None, True),
        ("cả hai", True, True),
    ]


def test_a_table_has_the_columns_and_widths_of_its_block():
    columns = (
        TableColumn("TT", 10, "center"),
        TableColumn("Nhiệm vụ", 100, "left"),
        TableColumn("Hoàn thành", 50, "center"),
    )
    table = opened(docx(sheet(Table(columns, (("1", "Việc một", "100%"), ("2", "Việc hai", "80%")))))).tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Nhiệm vụ", "Hoàn thành"],
        ["1", "Việc một", "100%"],
        ["2", "Việc hai", "80%"],
    ]
    assert [round(column.width.mm) for column in table.columns] == [10, 100, 50]
    assert [round(cell.width.mm) for cell in table.rows[2].cells] == [10, 100, 50]


def test_a_signature_is_not_parted_over_two_pages():
    signed = SignatureBlock(
        "....., ngày 01 tháng 12 năm 2020", "NGƯỜI TỰ NHẬN XÉT", "(Ký, ghi rõ họ tên)", "Lê Thị Thử"
    )
    row = opened(docx(sheet(signed))).tables[-1].rows[0]
    assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    assert [paragraph.text for paragraph in row.cells[1].paragraphs if paragraph.text] == [
        "....., ngày 01 tháng 12 năm 2020",
        "NGƯỜI TỰ NHẬN XÉT",
        "(Ký, ghi rõ họ tên)",
        "Lê Thị Thử",
    ]


def test_the_page_number_stands_on_top_from_the_second_page_on():
    section = opened(docx(sheet())).sections[0]
    assert section.different_first_page_header_footer
    assert section.header._element.find(f".//{qn('w:fldSimple')}").get(qn("w:instr")) == "PAGE"
    assert section.first_page_header._element.find(f".//{qn('w:fldSimple')}") is None


@pytest.mark.parametrize("place", ["header", "first_page_header"])
def test_the_mark_of_a_draft_stands_on_every_page_of_a_draft_only(place):
    assert getattr(opened(docx(sheet(draft="BẢN NHÁP"))).sections[0], place).paragraphs[0].text.strip() == "BẢN NHÁP"
    assert not getattr(opened(docx(sheet())).sections[0], place).paragraphs[0].text.strip()


@pytest.mark.parametrize("place", ["footer", "first_page_footer"])
def test_both_lines_of_the_footer_stand_on_every_page(place):
    footer = getattr(opened(docx(sheet())).sections[0], place)
    assert [paragraph.text for paragraph in footer.paragraphs] == ["Dòng một", "Dòng hai"]


def test_marks_of_the_template_language_in_an_answer_stay_letters():
    typed = "{{ paper.title }} {_{ a }_} {%p if x %} {# ghi #} \u201cnháy\u201d & <w:p>"
    given = {**answers("mau-02", PLAIN), "strengths": Answer(typed)}
    assert any(text.endswith(typed) for text in body_texts(docx(paper(filing(given=given)))))


def test_lines_of_an_answer_become_paragraphs():
    given = {**answers("mau-02", PLAIN), "strengths": Answer("Dòng một\n\nDòng\thai")}
    texts = body_texts(docx(paper(filing(given=given))))
    assert texts[texts.index("Dòng hai") - 1].endswith("Dòng một")


def test_an_office_may_put_its_own_word_file_in_place(tmp_path):
    template = office_template(tmp_path, "Cơ quan: {{ paper.heading.office }}", "{{ paper.title }}")
    assert body_texts(docx(sheet(), template)) == ["Cơ quan: CƠ QUAN", "PHIẾU THỬ"]


def test_a_changed_template_is_taken_at_once(tmp_path):
    docx(sheet(), office_template(tmp_path, "{{ paper.title }}"))
    changed = office_template(tmp_path, "Bản mới của cơ quan: {{ paper.title }}")
    assert body_texts(docx(sheet(), changed)) == ["Bản mới của cơ quan: PHIẾU THỬ"]


@pytest.mark.parametrize("line", ["{{ paper.nothing }}", "{% if %}", "{{ paper.__class__.__mro__ }}"])
def test_a_template_that_names_what_no_paper_has_is_refused_by_name(tmp_path, line):
    with pytest.raises(WordTemplateError, match=r"office\.docx"):
        docx(sheet(), office_template(tmp_path, line))


def test_a_file_that_is_no_word_file_is_refused_by_name(tmp_path):
    path = tmp_path / "office.docx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(WordTemplateError, match=r"office\.docx"):
        docx(sheet(), path)
