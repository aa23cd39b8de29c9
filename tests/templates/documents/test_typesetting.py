"""What Typst draws: nothing leaves the page, nothing is lost, whoever prints at the same time."""

import io
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pypdf import PdfReader

from rules.book.suggestion import NotRated
from rules.nouns.letters import unprinted
from rules.nouns.reviews import Answer
from templates.documents import paper, pdf
from templates.documents.blocks import Block, Paragraph, Run, SignatureBlock, Table, TableColumn
from templates.documents.glyphs import drawable
from tests.templates.samples import HEAD, PLAIN, answers, approval, filing

#: Change how the character before them is drawn; are not drawn themselves.
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))


def printed(strengths: str) -> PdfReader:
    given = {**answers("mau-02", PLAIN), "strengths": Answer(strengths)}
    return PdfReader(io.BytesIO(pdf(paper(filing(given=given)))))


@pytest.mark.parametrize("word", ["W" * 300, "ă" * 300, "https://thu.vi.du/" + "mot-duong-dan/" * 20])
def test_a_word_longer_than_a_line_is_broken_and_keeps_its_letters(word):
    reader = printed(word)
    text = "".join(page.extract_text() for page in reader.pages)
    assert word in "".join(text.split())
    assert max(len(piece) for piece in text.split() if piece.strip(".")) < 100
    assert "\u200b" not in text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Đạt ≥ 98% → tốt ☑", "Đạt ≥ 98% → tốt ☑"),
        ("Cảm ơn \U0001f600", "Cảm ơn \U0001f600"),
        ("Tốt \U0001f44d", "Tốt [U+1F44D]"),
        ("\U0001f44d\U0001f3fd rồi", "[U+1F44D U+1F3FD] rồi"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 nhà", "[U+1F468 U+1F469 U+1F467] nhà"),
        ("中 và 한", "[U+4E2D] và [U+D55C]"),
    ],
)
def test_what_no_font_draws_is_named_by_its_code_and_all_else_stays(typed, shown):
    assert drawable(typed) == shown


def test_what_the_fonts_draw_is_what_a_chat_says_of_them():
    everything = "".join(
        chr(code)
        for code in range(0x20000)
        if not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) not in {"Zs", "Zl", "Zp", "Cc", "Cf"}
    )
    lone = [one for one in everything if unicodedata.combining(one) == 0 and one not in "\ufe0e\ufe0f\u20e3"]
    assert [one for one in lone if bool(unprinted(one)) is (drawable(one) == one) and one not in _SELECTORS] == []


def test_the_code_of_what_no_font_draws_is_printed():
    assert "Tốt [U+1F44D] rồi" in "".join(page.extract_text() for page in printed("Tốt \U0001f44d rồi").pages)


def test_all_fonts_are_inside():
    fonts = [font.get_object() for page in printed("Đạt ☑ và ≥").pages for font in page["/Resources"]["/Font"].values()]
    inside = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    names = {str(one["/FontName"]).split("+")[-1].split("-")[0] for one in inside}
    assert names == {"LiberationSerif", "DejaVuSans"}
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in inside)


def test_threads_print_at_the_same_time_what_each_would_print_alone():
    sheets = [paper(filing(approval=approval(f"Ý kiến thứ {number}."))) for number in range(8)]
    alone = [pdf(sheet) for sheet in sheets]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pdf, sheets)) == alone


@pytest.mark.parametrize("version", [0, 1])
def test_whoever_is_not_rated_reads_the_clause_in_place_of_a_rating(version):
    given = {key: answer for key, answer in answers("mau-02", PLAIN).items() if key != "self_rating"}
    sheet = paper(
        filing(
            given=given, version=version, not_rated=NotRated("công tác chưa đủ 06 tháng", "NĐ 90/2020, Điều 2 khoản 3")
        )
    )
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(sheet))).pages).split())
    assert "Không xếp loại chất lượng (vì công tác chưa đủ 06 tháng; căn cứ: NĐ 90/2020, Điều 2 khoản 3)." in text
    assert "☑" not in text


def test_the_part_for_leaders_shows_their_targets_and_says_so_where_there_is_no_subunit():
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(paper(filing(person=HEAD))))).pages)
    lines = " ".join(text.replace("\u00a0", " ").split())
    assert "Chỉ tiêu một" in lines
    assert (
        "Cộng 2 chỉ tiêu, nhiệm vụ: hoàn thành 2/2 (100%); đúng tiến độ, chất lượng 2/2 (100%); vượt mức 0/2 (0%)."
        in lines
    )
    assert "- Đơn vị trực thuộc: không có." in lines


def laid(*blocks: Block) -> list[str]:
    """The text of every page of a paper with these blocks."""
    sheet = replace(paper(filing()), blocks=blocks, fingerprint="")
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf(sheet))).pages]


FILLED = tuple(Paragraph("body", (Run("Một dòng."),)) for _ in range(60))


def test_a_row_of_a_table_stands_on_one_page_and_one_taller_than_a_page_goes_on():
    columns = (TableColumn("TT", 10, "center"), TableColumn("Nhiệm vụ", 150, "left"))
    short = laid(Table(columns, tuple((str(one), "MỞ " + "việc dài " * 40 + "KẾT") for one in range(1, 21))))
    assert len(short) > 2
    assert all(page.count("MỞ") == page.count("KẾT") for page in short)
    tall = "".join(laid(Table(columns, (("1", "MỞ " + "việc dài " * 3000 + "KẾT"),))))
    assert (tall.count("việc"), tall.count("KẾT")) == (3000, 1)


@pytest.mark.parametrize("lines", range(20, 46))
def test_who_decided_stands_on_the_page_of_the_signature_that_follows(lines):
    mark = Paragraph("mark", (Run("ĐÃ QUYẾT"),), keep=True)
    for page in laid(*FILLED[:lines], mark, SignatureBlock("", "THỦ TRƯỞNG", "(Ký)")):
        assert ("ĐÃ QUYẾT" in page) == ("THỦ TRƯỞNG" in page)
