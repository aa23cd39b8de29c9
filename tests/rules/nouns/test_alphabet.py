"""The Vietnamese alphabet: lists in the order of the schools, and what a search forgives. Expected values by hand."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.nouns.alphabet import alphabetical, by_name, closeness, fits, order_of, sought, wanted_words

#: The names of `48-order.xlsx` as a clerk would list them: by given name; a before â, d before đ, u before ư.
BY_GIVEN_NAME = (
    "Lò Văn An",
    "Lò Văn Anh",
    "Lò Văn Ân",
    "Lò Văn Danh",
    "Lò Văn Dũng",
    "Lò Văn Đạt",
    "Lò Văn Đức",
    "H'Hen Niê",
    "Lò Văn Uyên",
    "Lò Văn Ước",
)
#: The alphabet of 29 letters, and one syllable in the six tones (ngang, huyền, hỏi, ngã, sắc, nặng).
LETTERS = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "ê",
    "g",
    "h",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "ô",
    "ơ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "ư",
    "v",
    "x",
    "y",
]
TONES = [
    "la",
    "là",
    "lả",
    "lã",
    "lá",
    "lạ",
    "lan",
    "làn",
    "lản",
    "lãn",
    "lán",
    "lạn",
    "lăn",
    "lằn",
    "lẳn",
    "lẵn",
    "lắn",
    "lặn",
    "lân",
    "lần",
    "lẩn",
    "lẫn",
    "lấn",
    "lận",
]
UNITS = ("Ban Dân tộc", "Đảng ủy", "Phòng 2", "Phòng 10", "Phòng Ấn chỉ", "Phòng Hòa giải", "Văn phòng")


@pytest.mark.parametrize("right", [LETTERS, TONES, UNITS, [word.upper() for word in TONES]])
def test_words_stand_in_the_order_of_the_schools(right: list) -> None:
    mixed = random.Random(1).sample(right, len(right))
    assert sorted(mixed, key=alphabetical) == list(right)


def test_people_stand_by_their_given_name() -> None:
    mixed = random.Random(2).sample(BY_GIVEN_NAME, len(BY_GIVEN_NAME))
    assert tuple(sorted(mixed, key=by_name)) == BY_GIVEN_NAME


def test_people_of_one_given_name_stand_by_family_then_middle_name() -> None:
    right = ["Bùi Thị Lan", "Đinh Thị Lan", "Đinh Văn Lan", "Hoàng Lan", "Hoàng An Lan", "Hoàng Thị Lan"]
    assert sorted(random.Random(3).sample(right, len(right)), key=by_name) == right


def test_the_tone_is_the_same_wherever_it_is_written() -> None:
    assert alphabetical("hòa")[0] == alphabetical("hoà")[0]
    assert alphabetical("thúy")[0] == alphabetical("thuý")[0]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("dak lak", "Đắk Lắk"),
        ("Đăk Lăk", "Đắk Lắk"),
        ("Đắc", "Đắc"),
        ("kontum", "Kon Tum"),
        ("Kon  Tum", "KonTum"),
        ("h'hen", "H'Hen Niê"),
        ("H’Hen", "H'Hen Niê"),
        ("hhen", "HʼHen Niê"),
        ("h hen", "H'Hen Niê"),
        ("hen nie", "H'Hen Niê"),
        ("Y Thi", "Y'Thi Kbuôr"),
        ("ythi", "Y Thi Kbuôr"),
        ("y'thi", "Y Thi Kbuôr"),
        ("hoà", "Lê Thị Hòa"),
        ("thuý", "Phạm Thúy Nga"),
        ("NGUYEN AN", "Nguyễn Văn An"),
        ("an nguyễn", "Nguyễn Văn An"),
        ("duc", "Lò Văn Đức"),
    ],
)
def test_a_search_forgives(wanted: str, name: str) -> None:
    assert fits(wanted, name)


@pytest.mark.parametrize(
    ("wanted", "name"), [("", "An"), ("?!", "An"), ("'", "An"), ("ang", "Lò Văn An"), ("n a", "An")]
)
def test_a_search_finds_no_others(wanted: str, name: str) -> None:
    assert not fits(wanted, name)


def test_who_is_written_as_wanted_is_closer() -> None:
    assert closeness("hoà", "Lê Thị Hòa") < closeness("hoà", "Lê Thị Hoa")
    assert closeness("lê", "Lê Thị Hoa") < closeness("lê", "Lể Thị Hoa")


NAMES = st.one_of(st.sampled_from(BY_GIVEN_NAME), st.text("aăâdđeuưoô1 29'́̀ỳ", max_size=12), st.text(max_size=8))


@given(st.lists(NAMES, min_size=2, max_size=6))
def test_names_stand_as_text_in_the_order_they_stand_in_lists(names):
    places = [order_of(name) for name in names]
    assert all(set(place) <= set("0123456789abcdef") for place in places)
    by_place = sorted(range(len(names)), key=lambda at: places[at])
    known = [by_name(names[at])[0:1] + by_name(names[at])[1][0:1] for at in by_place]
    assert known == sorted(known)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("hoa", True), ("HÒA ma", True), ("mai hoa", True), ("oa", False), ("đ", False), ("tran thi hoa mai", True)],
)
def test_what_is_sought_begins_words_of_the_name(typed, found):
    kept = sought("Trần Thị Hoa Mai")
    assert all(f" {word}" in kept for word in wanted_words(typed)) is found


def test_an_apostrophe_is_there_or_not():
    kept = sought("H'Hen Niê")
    assert all(f" {word}" in kept for word in ("hhen", "h", "hen", "nie"))
    assert sought("...") == ""
