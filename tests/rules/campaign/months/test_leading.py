"""d of a leader: Nghị định 335/2025/NĐ-CP, Điều 15 khoản 3 điểm a and khoản 4."""

import pytest

from bot.rulebooks.library import Library
from rules.campaign.months.leading import completed_from, under_management, unit_result
from rules.campaign.tree import Seat, tree_of
from rules.nouns.people import Person
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Subject

OFFICE = "Sở Thử nghiệm"


def person(id_, name, unit, **traits):
    return Person(
        id_, name, "Chuyên viên", unit, f"Phòng {unit}", OFFICE, traits.pop("subject", Subject.OFFICIAL), **traits
    )


DIRECTOR = person(1, "Lường Văn Tiến", 1, leader=True, head=True)
DEPUTY = person(2, "Đèo Thị Lả", 1, leader=True, deputy=True)
HEAD = person(3, "Quàng Văn Pâng", 2, leader=True, head=True)
STAFF = person(4, "Lò Thị Xuyến", 2)
OTHER = person(5, "Cầm Thị Én", 3)
DRIVER = person(6, "Vì Văn Tướng", 2, subject=Subject.WORKER)
PEOPLE = (DIRECTOR, DEPUTY, HEAD, STAFF, OTHER, DRIVER)
TREE = tree_of(
    (
        Seat(1, "Lãnh đạo Sở", None, desk=False, in_charge=None, authority=None),
        Seat(2, "Phòng 2", 1, desk=False, in_charge=DEPUTY.id, authority=None),
        Seat(3, "Phòng 3", 1, desk=False, in_charge=None, authority=None),
    ),
    PEOPLE,
)


def score(value, standing=Standing.CONFIRMED):
    return PeriodScore(2026, "m09", standing, value)


def result(*scores):
    return unit_result(50, [(STAFF, one) for one in scores])


def test_all_at_the_points_of_completed_or_more_make_a_hundred():
    """100% công chức … ở mức điểm tương ứng với mức hoàn thành nhiệm vụ trở lên (50: Điều 20 khoản 3)."""
    assert result(score(50), score(90)).value == 100


def test_one_below_makes_a_half_whoever_else_is_not_known():
    found = result(score(49.99), score(None, Standing.OWED))
    assert found.value == 50
    assert [one.score for one in found.below] == [49.99]


def test_as_long_as_somebody_is_not_known_nothing_is_said_for_certain():
    found = result(score(80), score(None, Standing.OWED))
    assert found.value is None
    assert [one.name for one in found.unknown] == [STAFF.name]


def test_what_is_sent_counts_and_is_told_as_not_confirmed():
    found = result(score(80, Standing.SENT))
    assert (found.value, found.scores[0].confirmed) == (100, False)


def test_who_was_not_there_is_not_counted():
    assert result(score(None, Standing.NOT_OWED)) is None
    assert result(score(None, Standing.NOT_OWED), score(70)).value == 100


@pytest.mark.parametrize(
    ("leader", "led"),
    [
        (DIRECTOR, {DEPUTY, HEAD, STAFF, OTHER}),
        (HEAD, {STAFF}),
        (DEPUTY, {HEAD, STAFF}),  # khoản 4: what they are in charge of
        (STAFF, set()),
    ],
)
def test_who_is_under_management(leader, led):
    """Công chức: the contract driver is none."""
    assert set(under_management(TREE, leader, PEOPLE)) == led


def test_the_limit_is_the_rulebook_s():
    book = Library()["decree-335-2025", 2026]
    assert completed_from(book.profiles[Subject.OFFICIAL, True]) == 50
    assert completed_from(None) is None
