"""The decided review on paper: what the chain and the authority said stands where each form gives it a place."""

import datetime as dt
from dataclasses import replace

import pytest

from rules.forms.answers_stamp import answers_stamp
from rules.judging.filing import Filing
from rules.nouns.people import Person
from rules.nouns.reviews import Answer
from rules.nouns.rulings import Endorsement, Opinion, OpinionKind, Ruling
from rules.nouns.values import Rating, Subject
from rules.reading.folders import shipped
from rules.reading.load import load
from templates.documents import docx, paper, pdf
from templates.documents.blocks import Paragraph, SignatureBlock, Signatures
from tests.templates.documents.test_documents import HOSTILE, in_order, text_of_docx, text_of_pdf, without_blanks
from tests.templates.samples import MORNING, PLAIN, approval, filing

NOON = dt.datetime(2020, 12, 10, 11, 30, tzinfo=MORNING.tzinfo)
RULING = Ruling(
    1,
    1,
    {"self_rating": Rating.GOOD},
    3,
    "Đỗ Thị Lệnh",
    "Chánh Văn phòng",
    NOON,
    remarks="Nắm chắc chuyên môn; còn chậm ở hai báo cáo.",
    measures="Bố trí tập huấn trong quý I.",
    prospects="Có thể đảm nhiệm việc khó hơn.",
)
TEXTS = pytest.mark.parametrize("text_of", [text_of_pdf, text_of_docx])


def ruled(book: str, form_id: str, given: dict[str, Answer], ruling: Ruling | None, person: Person = PLAIN) -> Filing:
    form = load(book).forms[form_id]
    return Filing(form, person, 2026, given, answers_stamp(form, given), 1, "2026-12-01", ruling=ruling)


def step(role: str, name: str, comment: str, by: int = 5) -> Endorsement:
    return Endorsement(1, 0, role, by, name, "Phó Giám đốc", MORNING, comment)


def lines(made: Filing) -> list[str]:
    said = ("".join(run.text for run in one.runs) for one in paper(made).blocks if isinstance(one, Paragraph))
    return [line.replace("\u00a0", " ") for line in said]


def signatures(made: Filing) -> dict[str, SignatureBlock]:
    return {one.title: one for one in paper(made).blocks if isinstance(one, SignatureBlock)}


@TEXTS
def test_section_iv_of_the_decree_s_form_says_what_was_decided_by_whom_and_when(text_of) -> None:
    text = text_of(filing(ruling=RULING))
    in_order(
        text,
        [
            "IV. KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC",
            "1. Nhận xét ưu, khuyết điểm",
            "Nắm chắc chuyên môn; còn chậm ở hai báo cáo.",
            "2. Kết quả đánh giá, xếp loại chất lượng",
            "Hoàn thành tốt nhiệm vụ.",
            "☐ Hoàn thành xuất sắc nhiệm vụ",
            "☑ hoàn thành tốt nhiệm vụ",
            "3. Nhận định chiều hướng, triển vọng phát triển của cán bộ",
            "Có thể đảm nhiệm việc khó hơn.",
            "ngày 10 tháng 12 năm 2020",
            "NGƯỜI CÓ THẨM QUYỀN ĐÁNH GIÁ",
            "Đỗ Thị Lệnh",
            "Chánh Văn phòng",
            "11:30",
        ],
    )


@TEXTS
def test_before_the_decision_the_section_waits_for_the_hand(text_of) -> None:
    text = text_of(filing())
    assert "Đỗ Thị Lệnh" not in text
    assert "Kết quả xếp loại lần" not in text


def test_the_year_s_sheet_of_2025_ticks_one_of_four_boxes_and_says_the_measures() -> None:
    made = ruled("decree-335-2025", "mau-02-335", {"self_rating": Answer("excellent")}, RULING)
    said = lines(made)
    assert [line for line in said if line.startswith("☑")] == [
        "☑ Hoàn thành xuất sắc nhiệm vụ",
        "☑ Hoàn thành tốt nhiệm vụ",
    ]
    assert "Bố trí tập huấn trong quý I." in said
    assert not any("Đỗ Thị Lệnh" in line for line in said)  # signed once, below
    (pair,) = [one for one in paper(made).blocks if isinstance(one, Signatures)]
    assert [one.name for one in pair.signers] == ["Lê Thị Thử", "Đỗ Thị Lệnh"]


def test_the_party_form_keeps_both_ratings_apart_and_the_committee_signs() -> None:
    ruling = replace(RULING, ratings={"civil_rating": Rating.COMPLETED, "self_rating": Rating.GOOD})
    made = ruled("party-2019", "mau-02-hd-2019", {"civil_servant": Answer(value=True)}, ruling)
    text = " ".join(lines(made))
    in_order(
        text,
        [
            "Mức xếp loại chất lượng công chức, viên chức",
            "☑ Hoàn thành nhiệm vụ",
            "Đỗ Thị Lệnh, Chánh Văn phòng (Đã quyết định",
            "Nhận xét, đánh giá của chi ủy",
            "Nắm chắc chuyên môn",
            "Đảng ủy, chi ủy cơ sở xếp loại mức chất lượng",
            "☑ Hoàn thành tốt nhiệm vụ",
        ],
    )
    blocks = signatures(made)
    assert blocks["T/M ĐẢNG ỦY (CHI ỦY)"].name == "Đỗ Thị Lệnh"
    assert blocks["THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"].name == blocks["T/M CHI ỦY (CHI BỘ)"].name == ""


@TEXTS
def test_who_is_not_rated_is_told_by_which_clause(text_of) -> None:
    ruling = replace(RULING, ratings={"self_rating": None}, cite="NĐ 90/2020, Điều 2 khoản 3")
    text = text_of(filing(ruling=ruling))
    place = text.index("2. Kết quả đánh giá, xếp loại chất lượng")
    assert "Không xếp loại chất lượng (căn cứ: NĐ 90/2020, Điều 2 khoản 3)." in text[place:]
    assert "☑" not in text[place:]


def test_a_decision_written_elsewhere_is_named_and_its_date_left_open() -> None:
    ruling = replace(RULING, document="Quyết định 12/QĐ-UBND", signer="Vũ Văn Ký", by_name="Lê Văn Ghi")
    block = signatures(filing(ruling=ruling))["NGƯỜI CÓ THẨM QUYỀN ĐÁNH GIÁ"]
    assert (block.name, block.date) == ("Vũ Văn Ký", "....., ngày ..... tháng ..... năm .....")
    assert block.marks[0].replace("\u00a0", " ") == (
        "(Theo Quyết định 12/QĐ-UBND; Lê Văn Ghi ghi vào hệ thống lúc 11:30 ngày 10/12/2020)"
    )


@TEXTS
def test_every_comment_of_the_chain_stands_in_the_place_of_its_role_with_name_and_post(text_of) -> None:
    chain = (step("in_charge", "Phạm Văn Phụ", "Đồng ý với đơn vị."), step("deputy", "Ngô Thị Phó", "Đã chủ trì.", 6))
    text = text_of(filing(approval=approval(), endorsements=chain, ruling=RULING))
    in_order(
        text,
        [
            "III. Ý KIẾN NHẬN XÉT, ĐÁNH GIÁ",
            "Đồng chí làm việc tận tụy.",
            "NGƯỜI NHẬN XÉT, ĐÁNH GIÁ",
            "Trần Văn Mẫu",
            "1. Nhận xét ưu, khuyết điểm",
            "Đồng ý với đơn vị.",
            "Phạm Văn Phụ, Phó Giám đốc",
            "Đã chủ trì.",
            "Ngô Thị Phó, Phó Giám đốc",
            "Nắm chắc chuyên môn",
        ],
    )


def test_several_of_one_role_under_a_section_are_signed_one_by_one_the_last_below() -> None:
    chain = (step("unit_head", "Phạm Văn Phụ", "Ý kiến một."), step("unit_head", "Ngô Thị Phó", "Ý kiến hai.", 6))
    made = filing(endorsements=chain)
    said = [line for line in lines(made) if "Ý kiến" in line or "(Đã đồng ý" in line]
    assert [line.split(" (")[0] for line in said] == ["Ý kiến một.", "Phạm Văn Phụ, Phó Giám đốc", "Ý kiến hai."]
    assert signatures(made)["NGƯỜI NHẬN XÉT, ĐÁNH GIÁ"].name == "Ngô Thị Phó"


def test_the_last_step_is_not_said_twice_when_it_is_kept_among_the_steps_too() -> None:
    kept = Endorsement(1, 0, "unit_head", 2, "Trần Văn Mẫu", "Trưởng phòng Tổng hợp", MORNING, approval().comment)
    said = lines(filing(endorsements=(kept,), approval=approval()))
    assert said.count("Đồng chí làm việc tận tụy.") == 1


def test_an_opinion_stands_only_where_a_form_names_its_kind() -> None:
    asked = Opinion(1, 1, OpinionKind.OLD_UNIT, "Phòng Cũ", 9, MORNING, text="Làm tốt.", by=9, given_at=MORNING)
    made = filing(opinions=(asked,))
    assert "Làm tốt." not in lines(made)
    place = replace(made.form.comment[-1], role="old_unit")
    named = replace(made, form=replace(made.form, comment=(place,)))
    assert "Làm tốt." in lines(named)


@TEXTS
@pytest.mark.parametrize("field", ["remarks", "prospects", "by_name", "by_position"])
def test_nothing_in_a_decision_is_run_or_read_as_markup(text_of, field) -> None:
    made = filing(ruling=replace(RULING, **{field: HOSTILE}))
    assert without_blanks(HOSTILE) in without_blanks(text_of(made))


@TEXTS
def test_nothing_in_a_comment_is_run_or_read_as_markup(text_of) -> None:
    made = filing(endorsements=(step("unit_head", HOSTILE, HOSTILE),))
    assert without_blanks(text_of(made)).count(without_blanks(HOSTILE)) == 2


@pytest.mark.parametrize("printed", [docx, pdf])
def test_the_same_decision_gives_the_same_bytes_and_another_one_others(printed) -> None:
    one = printed(paper(filing(ruling=RULING)))
    assert one == printed(paper(filing(ruling=RULING)))
    assert one != printed(paper(filing(ruling=replace(RULING, number=2, ratings={"self_rating": Rating.COMPLETED}))))


def test_the_footer_names_the_decision_and_keeps_the_fingerprint_of_the_person_s_words() -> None:
    before, after = paper(filing()).footer, paper(filing(ruling=RULING)).footer
    assert after == (f"{before[0]} - Kết quả xếp loại lần 1, ngày 10/12/2020", before[1])


def test_a_form_without_a_place_for_the_rating_prints_none() -> None:
    made = ruled("party-2025", "mau-02b-hd-2025", {}, RULING, replace(PLAIN, subject=Subject.PARTY_MEMBER))
    assert not any("☑" in line for line in lines(made))
    assert "Nắm chắc chuyên môn" not in " ".join(lines(made))


def test_wherever_a_form_has_a_rating_of_the_authority_its_writer_is_named() -> None:
    for book in map(load, shipped()):
        for form in book.forms.values():
            taken = {item.takes for section in form.sections for item in section.items if item.takes}
            signed = [one.key for one in form.sections if one.signature and one.signature.ruling]
            assert len(signed) <= 1, (book.id, form.id)
            if signed:
                assert "rating" in taken, (book.id, form.id)
