"""Work as it is typed: what can mean one thing is taken, all else is asked back."""

import pytest

from rules.ledger.catalogue import Catalogue, Product
from rules.ledger.typed import Done, Slipped, Why, read
from rules.ledger.work import SlipKind

MONTHLY = Product("BC-01", "Báo cáo tháng", "1", 1, "báo cáo")
SPECIAL = Product("BC-02", "Báo cáo chuyên đề", "2", 2.5, "báo cáo")
DRAFT = Product("TT", "Tờ trình", "2", 2, "văn bản")
LETTER = Product("CV", "Công văn trả lời", "1", 0.5, "văn bản")
CATALOGUE = Catalogue(1, (MONTHLY, SPECIAL, DRAFT, LETTER))


@pytest.mark.parametrize(
    ("typed", "product", "count"),
    [
        ("3 báo cáo nhóm 2", SPECIAL, 3),
        ("03 tờ trình", DRAFT, 3),
        ("Báo cáo tháng: 3", MONTHLY, 3),
        ("- Tờ trình x2", DRAFT, 2),
        ("2. 5 cong van tra loi", LETTER, 5),
        ("CV: 4", LETTER, 4),
        ("4 x cv", LETTER, 4),
        ("BC-02 1", SPECIAL, 1),
        ("4 tờ trình (đề án sáp nhập)", DRAFT, 4),
    ],
)
def test_what_means_one_thing(typed, product, count):
    (found,) = read(typed, CATALOGUE).given
    assert (found.product, found.count, found.extra) == (product, count, False)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3 báo cáo", Why.SEVERAL),
        ("Tờ trình", Why.NO_COUNT),
        ("0 tờ trình", Why.COUNTS),
        ("5000 tờ trình", Why.COUNTS),
        ("3 tờ trình 2", Why.COUNTS),
        ("2 đề án", Why.UNKNOWN),
        ("chưa làm 3 tờ trình", Why.UNKNOWN),
        ("1,5 tờ trình", Why.UNKNOWN),
        ("3 báo cáo nhóm 5", Why.UNKNOWN),
        ("2 sai", Why.TIMES),
        ("2 xong mai", Why.TIMES),
        ("x" * 301, Why.LONG),
    ],
)
def test_what_does_not_is_asked_back(typed, why):
    found = read(typed, CATALOGUE)
    assert not found.given
    assert not found.results
    assert [one.why for one in found.unclear] == [why]


def test_it_is_asked_between_those_that_may_be_meant():
    (unclear,) = read("2 báo cáo", CATALOGUE).unclear
    assert (unclear.products, unclear.count) == ((MONTHLY, SPECIAL), 2)


def test_what_is_beyond_the_plan_and_what_is_in_brackets():
    (found,) = read("2 công văn trả lời (phát sinh) (của xã An Phú)", CATALOGUE).given
    assert (found.product, found.count, found.extra, found.what) == (LETTER, 2, True, "của xã An Phú")


def test_several_lines_at_once():
    found = read("3 báo cáo nhóm 2\n2 báo cáo\n\n4 tờ trình; 1 công văn trả lời", CATALOGUE)
    assert [(one.product.code, one.count) for one in found.given] == [("BC-02", 3), ("TT", 4), ("CV", 1)]
    assert [one.text for one in found.unclear] == ["2 báo cáo"]


def test_results():
    found = read("1 xong\n2 xong 3\n2: sai 1 lần do số liệu của xã gửi sai\nviệc 3 chậm 2", CATALOGUE)
    assert found.results == (
        Done(1, None),
        Done(2, 3),
        Slipped(2, SlipKind.FAULT, 1, "số liệu của xã gửi sai"),
        Slipped(3, SlipKind.DELAY, 2),
    )


def test_without_a_catalogue_nothing_is_made_up():
    assert read("3 báo cáo", Catalogue(0, ())).given == ()
