"""How many members and collectives may be rated excellent, by the rulebooks of the party and of the office."""

import pytest

from rules.book.quota import Rated, allowed, shares
from rules.nouns.values import Rating
from rules.reading.load import load

PARTY = load("party-2019").quotas[0]


def people(group: str, good: int, excellent: int) -> list[Rated]:
    ratings = [Rating.GOOD] * good + [Rating.EXCELLENT] * excellent
    return [Rated(f"{group} {n}", "Phòng Thử", group, leader=False, rating=r) for n, r in enumerate(ratings)]


# 20% of those rated good, rounded down; where fewer than five are good one may be excellent (KH 16-KH/HU, II.2)
@pytest.mark.parametrize(("good", "may"), [(0, 1), (1, 1), (4, 1), (5, 1), (9, 1), (10, 2), (14, 2), (15, 3)])
def test_a_fifth_of_the_good_members_may_be_excellent_and_one_where_few_are_good(good: int, may: int) -> None:
    assert allowed(PARTY, good) == may


def test_in_2023_each_group_of_like_posts_is_counted_by_itself_and_none_has_a_minimum() -> None:
    quota = load("party-2023").quotas
    found = shares(quota, people("Trưởng phòng", 4, 1) + people("Chuyên viên", 10, 2))
    assert [(share.key["group"], share.base, share.allowed, share.over) for share in found] == [
        ("Trưởng phòng", 4, 0, 1),
        ("Chuyên viên", 10, 2, 0),
    ]


def test_the_office_of_2023_limits_what_may_be_proposed() -> None:
    found = shares(load("quang-ngai-office-2023").quotas, people("Chuyên viên", 9, 2), "proposal")
    assert [(share.allowed, share.over, share.quota.cite) for share in found] == [(1, 1, "Kế hoạch, II.2.d")]
