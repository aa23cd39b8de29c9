"""The printed form: what was typed stands there as typed, in the order of the official form, with its fingerprint."""

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from rules.judging.filing import Filing
from rules.nouns.people import Person
from rules.nouns.reviews import Answer
from rules.nouns.values import Subject
from templates.documents import docx, pages, paper, pdf
from tests.templates.samples import HEAD, PLAIN, answers, approval, filing

EMPLOYEE = replace(PLAIN, subject=Subject.EMPLOYEE, position="Công nghệ thông tin hạng III")
HOSTILE = '{{ 7*7 }} {% for x in y %} #eval("1") *đậm* $x$ <script>alert(1)</script> <w:p> & \\u{41} @ref //x'


def text_of_pdf(filing: Filing) -> str:
    reader = PdfReader(io.BytesIO(pdf(paper(filing))))
    return one_line(" ".join(page.extract_text() for page in reader.pages))


def text_of_docx(filing: Filing) -> str:
    """Paragraphs and tables of the body, in order."""
    document = python_docx.Document(io.BytesIO(docx(paper(filing))))
    paragraphs = document.element.body.iter(qn("w:p"))
    return one_line(" ".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in paragraphs))


def one_line(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u2060", "")))


def without_blanks(text: str) -> str:
    """Typesetting breaks lines and hyphenates nothing: letters stay, blanks may not."""
    return re.sub(r"\s+", "", text)


def in_order(text: str, parts: list[str]) -> None:
    """Each part stands after the one before."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} is missing after {text[max(0, place - 80) : place]!r}"
        place = found + len(part)


#: To the letter of the plan's Mẫu số 02.
MAU_02 = [
    "Mẫu số 02",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC",
    "Năm 2020",
    "Họ và tên: Lê Thị Thử",
    "Chức vụ, chức danh: Chuyên viên",
    "Đơn vị công tác: Phòng Tổng hợp",
    "I. KẾT QUẢ TỰ ĐÁNH GIÁ",
    "1. Chính trị tư tưởng",
    "2. Đạo đức, lối sống",
    "3. Tác phong, lề lối làm việc",
    "4. Ý thức tổ chức kỷ luật",
    "5. Kết quả thực hiện chức trách, nhiệm vụ được giao",
    "6. Thái độ phục vụ nhân dân, doanh nghiệp",
    "PHẦN DÀNH RIÊNG CHO CÔNG CHỨC LÃNH ĐẠO, QUẢN LÝ",
    "7. Kết quả hoạt động của cơ quan, tổ chức, đơn vị được giao lãnh đạo, quản lý, phụ trách",
    "8. Năng lực lãnh đạo, quản lý",
    "9. Năng lực tập hợp, đoàn kết",
    "II. TỰ NHẬN XÉT, XẾP LOẠI CHẤT LƯỢNG",
    "1. Tự nhận xét ưu, khuyết điểm",
    "2. Tự xếp loại chất lượng",
    "NGƯỜI TỰ NHẬN XÉT",
    "III. Ý KIẾN NHẬN XÉT, ĐÁNH GIÁ",
    "(Phần dành cho người đứng đầu đơn vị cấu thành (nếu có))",
    "NGƯỜI NHẬN XÉT, ĐÁNH GIÁ",
    "IV. KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC",
    "1. Nhận xét ưu, khuyết điểm",
    "2. Kết quả đánh giá, xếp loại chất lượng",
    "3. Nhận định chiều hướng, triển vọng phát triển của cán bộ",
    "NGƯỜI CÓ THẨM QUYỀN ĐÁNH GIÁ",
]


@pytest.mark.parametrize("text_of", [text_of_pdf, text_of_docx])
def test_the_form_of_officials_stands_there_in_the_order_of_the_plan(text_of):
    text = text_of(filing())
    in_order(text, MAU_02)


@pytest.mark.parametrize("text_of", [text_of_pdf, text_of_docx])
def test_the_form_of_employees_has_no_item_iv_3(text_of):
    text = text_of(filing("mau-03", EMPLOYEE))
    in_order(
        text,
        [
            "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC",
            "Chức danh nghề nghiệp: Công nghệ thông tin hạng III",
            "PHẦN DÀNH RIÊNG CHO VIÊN CHỨC QUẢN LÝ",
            "III. Ý KIẾN NHẬN XÉT, ĐÁNH GIÁ ĐỐI VỚI CẤP PHÓ CỦA NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ SỰ NGHIỆP CÔNG LẬP",
            "IV. KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC",
        ],
    )
    assert "Nhận định chiều hướng" not in text


@pytest.mark.parametrize("text_of", [text_of_pdf, text_of_docx])
@pytest.mark.parametrize("where", ["strengths", "tasks"])
def test_markup_of_any_kind_stands_there_as_typed(text_of, where):
    given = answers("mau-02", PLAIN)
    if where == "tasks":
        given = answers("mau-02", PLAIN, tasks=((HOSTILE, 100, True),))
    else:
        given["strengths"] = Answer(HOSTILE)
    assert without_blanks(HOSTILE) in without_blanks(text_of(filing(given=given)))


@pytest.mark.parametrize("text_of", [text_of_pdf, text_of_docx])
def test_line_breaks_and_long_words_keep_every_letter(text_of):
    typed = "Dòng một\nDòng hai\n" + "dài" * 100
    given = {**answers("mau-02", PLAIN), "strengths": Answer(typed)}
    assert without_blanks(typed) in without_blanks(text_of(filing(given=given)))


def test_characters_a_word_file_cannot_hold_do_not_break_it():
    given = {**answers("mau-02", PLAIN), "strengths": Answer("trước\x00\x0b\x1fsau \ufffe hết")}
    assert "trước" in text_of_docx(filing(given=given))


@pytest.mark.parametrize("printed", [docx, pdf])
def test_the_same_data_give_the_same_bytes(printed):
    assert printed(paper(filing())) == printed(paper(filing()))


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_another_process_prints_the_same_bytes(name):
    code = (
        "import hashlib; from templates.documents import paper, docx, pdf; from tests.templates.samples import filing; "
        f"print(hashlib.sha256({name}(paper(filing()))).hexdigest())"
    )
    sums = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "ab"
    }
    assert len(sums) == 1


def short(filed):
    """The fingerprint as people read it out: its first sixteen digits by fours."""
    return " ".join(filed.fingerprint[at : at + 4] for at in range(0, 16, 4))


def test_a_changed_answer_changes_the_fingerprint_in_the_footer():
    one = filing()
    other = filing(given={**answers("mau-02", PLAIN), "strengths": Answer("Khác hẳn.")})
    assert one.fingerprint != other.fingerprint
    assert short(one) in text_of_pdf(one)
    assert short(other) in text_of_pdf(other)
    assert short(one) != short(other)


def test_the_fingerprint_stands_in_the_footer_of_the_word_file():
    content = docx(paper(filing()))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        footers = "".join(package.read(name).decode() for name in package.namelist() if "footer" in name)
    assert short(filing()) in footers
    assert footers.count(filing().fingerprint) == footers.count("descr="), "the whole one is the code to scan"


@pytest.mark.parametrize(
    ("form", "person", "role", "before", "after"),
    [
        ("mau-02", PLAIN, "unit_head", "III. Ý KIẾN NHẬN XÉT", "IV. KẾT QUẢ ĐÁNH GIÁ"),
        ("mau-02", HEAD, "authority", "1. Nhận xét ưu, khuyết điểm", "2. Kết quả đánh giá, xếp loại"),
        (
            "mau-03",
            replace(EMPLOYEE, deputy=True, leader=True),
            "unit_head",
            "III. Ý KIẾN NHẬN XÉT",
            "IV. KẾT QUẢ ĐÁNH GIÁ",
        ),
        ("mau-03", EMPLOYEE, "unit_head", "1. Nhận xét ưu, khuyết điểm", "2. Kết quả đánh giá, xếp loại"),
    ],
)
@pytest.mark.parametrize("text_of", [text_of_pdf, text_of_docx])
def test_the_comment_stands_where_the_form_gives_it_place_with_name_and_time(
    text_of, form, person: Person, role, before, after
):
    text = text_of(filing(form, person, approval=approval(), approver_role=role))
    in_order(text, [before, "Đồng chí làm việc tận tụy.", after])
    assert "Trần Văn Mẫu" in text
    assert "08:05" in text
    assert "02/12/2020" in text or "2/12/2020" in text


def test_what_is_only_asked_for_the_rules_is_not_printed():
    text = text_of_pdf(filing())
    assert "Thời gian công tác trong năm" not in text
    assert "bị xử lý kỷ luật không" not in text


def test_a_draft_says_that_it_is_one_and_a_sent_version_does_not():
    assert "BẢN NHÁP" in text_of_pdf(filing(version=0, submitted_on=""))
    assert "BẢN NHÁP" not in text_of_pdf(filing())


def test_every_page_is_a_picture():
    sheet = paper(filing())
    pictures = pages(sheet)
    assert len(pictures) == len(PdfReader(io.BytesIO(pdf(sheet))).pages)
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_the_paper_is_a4_with_the_margins_of_the_decree():
    page = PdfReader(io.BytesIO(pdf(paper(filing())))).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    section = python_docx.Document(io.BytesIO(docx(paper(filing())))).sections[0]
    margins = [
        round(side.mm)
        for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]
    assert 20 <= margins[0] <= 25
    assert 20 <= margins[1] <= 25
    assert 30 <= margins[2] <= 35
    assert 15 <= margins[3] <= 20


@pytest.mark.parametrize("sign", ["👨‍👩‍👧", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇻🇳", "🏃🏽‍♂️"])
def test_joined_signs_stay_joined_in_word_and_are_named_as_one_in_the_pdf(sign):
    given = filing(given={**answers("mau-02", PLAIN), "strengths": Answer(f"Vui {sign} lắm")})
    assert f"Vui {sign} lắm" in text_of_docx(given)
    codes = " ".join(f"U+{ord(char):04X}" for char in sign if char not in "\u200d\ufe0f" and ord(char) > 0xFFFF)
    assert f"Vui[{codes.replace(' ', '')}" in without_blanks(text_of_pdf(given))
