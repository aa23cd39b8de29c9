"""What a text says to the figures of a list's items, in the words of Mẫu số 02."""

import datetime as dt

import pytest

from rules.forms.figures import Figures, figures_in, puzzling, wished
from rules.forms.form import Field, Option, QuestionKind

_YES_NO = (Option(value=True, label="Có"), Option(value=False, label="Không"))
_EFFICIENCY = (Option("high", "Hiệu quả cao"), Option("adequate", "Hiệu quả"), Option("low", "Hiệu quả thấp"))
FIELDS = (
    Field("done_pct", QuestionKind.NUMBER, "?", "Hoàn thành", minimum=0, maximum=100, unit="%"),
    Field(
        "on_time", QuestionKind.CHOICE, "?", "Đúng tiến độ", options=_YES_NO, said=(("đúng hạn", True), ("chậm", False))
    ),
    Field("quality", QuestionKind.CHOICE, "?", "Chất lượng", options=_YES_NO, said=(("bảo đảm chất lượng", True),)),
    Field("efficiency", QuestionKind.CHOICE, "?", "Hiệu quả", options=_EFFICIENCY),
    Field("exceeded", QuestionKind.CHOICE, "?", "Vượt mức", options=_YES_NO),
)
ALL = {"done_pct": 100, "on_time": True, "quality": True, "efficiency": "adequate", "exceeded": False}


def read(text: str) -> Figures | None:
    return figures_in(text, FIELDS, dt.date(2020, 11, 24))


@pytest.mark.parametrize(
    "text",
    [
        "Tất cả 100%, đúng hạn, bảo đảm chất lượng, hiệu quả, không vượt mức",
        "cả 6 nhiệm vụ đều hoàn thành 100 %, đúng tiến độ, chất lượng, hiệu quả và không vượt mức.",
        "tat ca 100%, dung han, bao dam chat luong, hieu qua, khong vuot muc",
    ],
)
def test_of_all(text):
    assert read(text) == Figures(every=ALL)


@pytest.mark.parametrize(
    "text", ["trừ 2: 80%, chậm", "2: 80%, chậm", "nhiệm vụ 2: 80%; 2: chậm", "riêng nhiệm vụ 2 80%, chậm"]
)
def test_an_exception(text):
    assert read(text) == Figures(by_number={2: {"done_pct": 80, "on_time": False}})


def test_of_all_but_some():
    of_all = {"done_pct": 100, "on_time": True}
    assert read("100%, đúng hạn, trừ 2: 80%; 3 và 5: chậm") == Figures(
        every=of_all, by_number={2: {"done_pct": 80}, 3: {"on_time": False}, 5: {"on_time": False}}
    )


def test_of_the_rest_and_of_nobody():
    assert read("còn lại 100%") == Figures(rest={"done_pct": 100})
    assert read("80%, chậm") == Figures(bare={"done_pct": 80, "on_time": False})


@pytest.mark.parametrize(
    "text",
    [
        "Lập kế hoạch năm 2021",
        "2: Lập kế hoạch",
        "2: 80%, hình như chậm",
        "2: 180%",
        "2: 80%, 2: 90%",
        "trừ chậm",
        "Nhiệm vụ đúng hạn của phòng",
        "2:",
        "",
    ],
)
def test_what_says_anything_else_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("2: 80%, hình như chậm", "hình như chậm"),
        ("Nhiệm vụ 2: chưa xong, 90%", "chưa xong"),
        ("1: 100%, đúng hạn; 2: 90%, còn sai sót", "còn sai sót"),
        ("2: 180%", "2: 180%"),
        ("2: 80%, 2: 90%", "2: 90%"),
        ("2: Lập kế hoạch", ""),
        ("2: Báo cáo quý, báo cáo năm", ""),
        ("Lập kế hoạch năm 2021", ""),
        ("2:", ""),
    ],
)
def test_what_is_not_understood_of_figures_is_told(text, piece):
    assert puzzling(text, FIELDS, dt.date(2020, 11, 24)) == piece


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("bỏ việc 4", ("drop", 4)),
        ("Xóa nhiệm vụ số 12.", ("drop", 12)),
        ("xoa 2", ("drop", 2)),
        ("sửa mục 1", ("change", 1)),
        ("bỏ", None),
        ("Xóa 2 nhà tạm", None),
        ("Sửa 3 tuyến đường", None),
        ("4", None),
    ],
)
def test_an_item_that_is_to_go_or_to_be_changed(text, wish):
    assert wished(text) == wish
