"""The Word file: one generic template made by a script, or an office's own in its place."""

import io
import re
from importlib.resources import files

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from rules.nouns.reviews import Answer
from templates.documents import docx, paper
from templates.documents.blocks import Block, Heading, Paper, Paragraph, Run, SignatureBlock, Table, TableColumn
from templates.documents.word import paper as word
from templates.documents.word.paper import generic
from templates.documents.word.template import WordTemplateError
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


def office_template(*lines: str) -> bytes:
    document = python_docx.Document()
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


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


def test_an_office_may_put_its_own_word_file_in_place():
    template = office_template("Cơ quan: {{ paper.heading.office }}", "{{ paper.title }}")
    assert body_texts(docx(sheet(), template)) == ["Cơ quan: CƠ QUAN", "PHIẾU THỬ"]


#: What a template says → what is told of it.
REFUSED = {
    "{{ paper.nothing }}": "unknown paper.nothing",
    "{{ other }}": "unknown other",
    "{% if %}": "Expected an expression",
    "{{ paper.__class__.__mro__ }}": "unknown __mro__",
    "{{ paper['__class__'] }}": "not_allowed",
    "{{ paper|attr('title') }}": "not_allowed | attr",
    "{{ paper.title.format(paper) }}": "not_allowed call",
    "{{ 'a' * 1000000000 }}": "not_allowed",
    "{{ paper.title * 1000000000 }}": "not_allowed *",
    "{{ 9 ** 999999999 }}": "not_allowed pow",
    "{{ paper.title ~ paper.title }}": "not_allowed concat",
    "{{ paper.title|center(1000000000) }}": "not_allowed | center",
    "{{ '%999999999d'|format(1) }}": "not_allowed | format",
    "{% set a = paper.title %}{{ a }}": "not_allowed assign",
    "{% macro a() %}{{ a() }}{% endmacro %}": "not_allowed macro",
    "{% include 'form.docx' %}": "not_allowed include",
    "{% import 'x' as y %}": "not_allowed import",
    "{% for a in range(1000000000) %}x{% endfor %}": "not_allowed",
    "{% for a in 'xxxx' %}x{% endfor %}": "not_allowed for",
    "{% for a in paper.blocks %}{% for b in paper.blocks %}x{% endfor %}{% endfor %}": "not_allowed for",
    "{{ lipsum(999) }}": "not_allowed",
    "{{ cycler }}": "unknown cycler",
}


@pytest.mark.parametrize("line", REFUSED)
def test_a_template_that_says_what_none_may_is_refused(line):
    with pytest.raises(WordTemplateError, match=re.escape(REFUSED[line])):
        docx(sheet(), office_template(line))


def test_what_no_paper_could_hold_is_given_up(monkeypatch):
    monkeypatch.setattr(word, "MOST_WORDS", 1000)
    with pytest.raises(WordTemplateError, match="more than 1000"):
        docx(sheet(), office_template("{% for one in paper.footer %}" + "x" * 900 + "{% endfor %}"))


def test_the_generic_template_says_nothing_that_an_own_one_may_not():
    assert docx(sheet(), generic()) == docx(sheet())


def test_a_file_that_is_no_word_file_is_refused():
    with pytest.raises(WordTemplateError):
        docx(sheet(), b"%PDF-1.7")


@pytest.mark.parametrize("said", ["{{ paper.title * 0.5 }}", "{{ paper.title > 3 }}", "{{ paper.title | round }}"])
def test_what_only_fails_with_what_a_paper_says_is_a_failing_template_too(said):
    with pytest.raises(WordTemplateError, match=r"^word/document\.xml: [A-Za-z]+Error$"):
        docx(sheet(), office_template("{% if paper.year == 'Năm 2020' %}" + said + "{% endif %}"))
