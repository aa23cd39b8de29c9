"""A text that names several things at once."""

import pytest

from rules.forms.listing import Listing, listing, single


@pytest.mark.parametrize(
    "text",
    [
        "1. Tham mưu báo cáo\n2. Lập kế hoạch\n3. Trả hồ sơ",
        "1) Tham mưu báo cáo; 2) Lập kế hoạch; 3) Trả hồ sơ",
        "Các việc của tôi: 1. Tham mưu báo cáo 2. Lập kế hoạch 3. Trả hồ sơ",
        "- Tham mưu báo cáo\n- Lập kế hoạch\n- Trả hồ sơ",
        "- Tham mưu báo cáo - Lập kế hoạch - Trả hồ sơ",
        "• Tham mưu báo cáo\n• Lập kế\n  hoạch\n\n• Trả hồ sơ;",
        "Nhiệm vụ năm 2020:\n+ Tham mưu báo cáo\n+ Lập kế hoạch\n+ Trả hồ sơ",
        "Tham mưu báo cáo\nLập kế hoạch\nTrả hồ sơ",
        "Tham mưu báo cáo; Lập kế hoạch; Trả hồ sơ;",
        "Tham mưu báo cáo;\na) Lập kế hoạch;\nb) Trả hồ sơ",
    ],
)
def test_three_things(text):
    assert listing(text) == Listing(("Tham mưu báo cáo", "Lập kế hoạch", "Trả hồ sơ"), sure=True)


@pytest.mark.parametrize("text", ["Làm báo cáo; phối hợp các phòng", "Làm báo cáo\nphối hợp các phòng"])
def test_one_sign_may_be_part_of_a_sentence(text):
    assert listing(text) == Listing(("Làm báo cáo", "phối hợp các phòng"), sure=False)


@pytest.mark.parametrize(
    "text",
    [
        "Số hóa hồ sơ giai đoạn 2015 – 2019",
        "Tiếp nhận 1.200 hồ sơ, trả đúng hạn",
        "Thực hiện mục 1. Phần II",
        "Tham mưu - tổng hợp",
        "Giải quyết 98,5% hồ sơ",
        "",
    ],
)
def test_a_line_without_signs_is_one_thing(text):
    assert len(listing(text).names) <= 1


def test_one_thing_goes_without_its_own_number():
    assert single("2. Lập kế hoạch", 2) == single("- Lập kế hoạch", 1) == "Lập kế hoạch"
    assert single("3. Lập kế hoạch", 2) == "3. Lập kế hoạch"
    assert single("12 báo cáo", 1) == "12 báo cáo"
