"""How people say an answer in a chat."""

import pytest

from rules.nouns.spoken import number, plainly, yes_or_no


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("dạ không ạ", False), ("ko", False), ("k", False), ("Không có ạ.", False), ("chưa", False), ("khong", False), ("da khong a", False),
        ("rồi", True), ("có ạ", True), ("dạ có", True), ("Vâng", True), ("dạ vâng ạ", True), ("dung roi", True), ("ok", True), ("dạ", True),
        ("có nhưng ít", None), ("không rõ", None), ("có thể", None), ("", None), ("ừm", None), ("có không", None),
    ],
)  # fmt: skip
def test_yes_and_no(said, meant):
    assert yes_or_no(said) is meant


@pytest.mark.parametrize(
    ("said", "unit", "meant"),
    [
        ("một trăm", "", 100), ("mot tram", "", 100), ("chín mươi lăm", "%", 95), ("chín lăm", "%", 95), ("được 95%", "%", 95), ("đạt 95 phần trăm", "%", 95),
        ("tám rưỡi", "tháng", 8.5), ("8 tháng rưỡi", "tháng", 8.5), ("8 rưỡi ạ", "tháng", 8.5), ("dạ 8,5 tháng", "tháng", 8.5), ("bảy phẩy năm", "", 7.5),
        ("mười hai", "", 12), ("muoi hai", "", 12), ("hai mươi mốt", "", 21), ("hai mốt", "", None), ("mười", "", 10), ("không", "", None), ("không phẩy năm", "", 0.5),
        ("nửa năm", "tháng", 6), ("nửa tháng", "tháng", 0.5), ("một năm", "tháng", 12), ("1 năm", "tháng", 12), ("hai quý", "tháng", 6),
        ("một trăm rưỡi", "", None), ("hai nghìn rưỡi", "", None), ("hai chục rưỡi", "", None), ("một năm rưỡi", "tháng", 18), ("một trăm linh năm", "", 105), ("ba trăm hai mươi", "", 320), ("một nghìn hai trăm", "", 1200), ("hai nghìn mốt", "", None), ("trăm hai", "", None),
        ("năm", "tháng", 5), ("năm", "", 5), ("năm năm", "tháng", 60), ("khoảng 8", "tháng", None), ("7 hay 8", "", None), ("8 tháng 15 ngày", "tháng", None),
        ("tốt", "", None), ("", "", None), ("rưỡi", "tháng", None), ("9 10", "", None), ("tất cả 100%", "%", 100),
    ],
)  # fmt: skip
def test_numbers(said, unit, meant):
    assert number(said, unit) == meant


@pytest.mark.parametrize(
    ("said", "plain"),
    [("dạ đáp ứng ạ", "đáp ứng"), ("Thực hiện tốt nhé!", "thực hiện tốt"), ("dạ", "dạ"), ("em thực hiện tốt", "thực hiện tốt"), ("đa dạng", "đa dạng")],
)  # fmt: skip
def test_courtesy_is_no_part_of_an_answer(said, plain):
    assert plainly(said) == plain
