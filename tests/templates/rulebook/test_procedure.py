"""A jurist reads how a review goes on, as text and as a page."""

import pytest

from rules.book.procedure import ApprovalRule, Effect, Order, PetitionRule, Role
from rules.nouns.conditions import When
from rules.nouns.rulings import OpinionKind
from rules.reading.load import load
from templates.rulebook.page import page_of
from templates.rulebook.procedure import EFFECTS, OPINIONS, ORDERS, ROLES, approval, petition
from templates.rulebook.text import text_of


def test_every_word_of_a_procedure_has_its_vietnamese() -> None:
    assert [set(words) for words in (ROLES, EFFECTS, OPINIONS, ORDERS)] == [
        set(Role),
        set(Effect),
        set(OpinionKind),
        set(Order),
    ]


def test_the_way_of_a_head_is_read_step_by_step() -> None:
    told = text_of(load("quang-ngai-office-2023"))
    assert (
        "  - là người đứng đầu: cấp phó được phân công chủ trì → lãnh đạo phụ trách → cấp có thẩm quyền quyết định "
        "(Kế hoạch, II.2.a và II.2.c) — "
    ) in told


def test_the_authority_is_said_once() -> None:
    rule = ApprovalRule("a", When(()), (Role.UNIT_HEAD, Role.AUTHORITY), "Điều 5")
    assert approval(rule) == "mọi người: người đứng đầu đơn vị → cấp có thẩm quyền quyết định"


def test_a_special_case_is_read_with_what_it_does_and_its_clause() -> None:
    assert (
        "  - Đảng viên bị đình chỉ sinh hoạt đảng; không kiểm điểm [không kiểm điểm]; khi đảng viên; "
        "Đang bị đình chỉ sinh hoạt đảng: có (QĐ 366-QĐ/TW, Điều 5 khoản 2)\n"
    ) in text_of(load("party-2025"))


@pytest.mark.parametrize(
    ("days", "told"),
    [(7, "Thời hạn trả lời kiến nghị: 7 ngày làm việc"), (None, "Thời hạn trả lời kiến nghị: không thấy nêu")],
)
def test_the_time_for_a_petition(days: int | None, told: str) -> None:
    assert petition(PetitionRule(days, "Điều 22")) == told


def test_what_was_not_seen_is_marked() -> None:
    assert "không thấy nêu (NĐ 90/2020, Điều 22 khoản 5) [chưa đối chiếu nguyên văn]" in text_of(load("decree-90-2020"))


def test_room_above_a_limit_is_read_where_the_limit_stands() -> None:
    told = next(line for line in text_of(load("son-duong-2020")).splitlines() if "theo II.2 (II.2)" in line)
    assert "cấp có thẩm quyền được quyết định cao hơn, có nêu lý do, theo II.2" in told
    assert "có thể tới 25% theo quyết định của cấp có thẩm quyền (NĐ 335" in text_of(load("decree-335-2025"))


@pytest.mark.parametrize("title", ["TRÌNH TỰ NHẬN XÉT, QUYẾT ĐỊNH", "TRƯỜNG HỢP RIÊNG", "THỨ TỰ XẾP LOẠI", "KIẾN NGHỊ"])
def test_the_page_has_every_part(title: str) -> None:
    page = page_of(load("son-la-rehab-2021"))
    assert title in page
    assert title not in page_of(load("party-2023"))
