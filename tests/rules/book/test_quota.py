"""Quotas: bases, groups, minimum, rounding down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.book.clauses import Quota
from rules.book.quota import Rated, allowed, once, several_times, shares
from rules.nouns.values import Rating, Subject
from rules.reading.quota_file import read_ratings

E, G, C, N = Rating


def quota(**said) -> Quota:
    return Quota(**{"rating": E, "at_most_pct": 20, "of": "good", "per": ("office",), "cite": "Điều 1", **said})


def people(*ratings: Rating | None, unit: str = "P1", group: str = "chuyên viên", leader: bool = False) -> list[Rated]:
    return [Rated(f"Người {n}", unit, group, leader, rating) for n, rating in enumerate(ratings)]


def told(rule: Quota, ratings: list[Rated], stage: str = "decision") -> list[tuple[dict, int, int, int, int]]:
    return [(dict(s.key), s.base, s.rated, s.allowed, s.over) for s in shares([rule], ratings, stage)]


def test_a_fifth_of_those_rated_good_rounded_down() -> None:
    assert told(quota(), people(*[E] * 2, *[G] * 9)) == [({}, 9, 2, 1, 1)]
    assert told(quota(), people(*[E] * 2, *[G] * 10)) == [({}, 10, 2, 2, 0)]


def test_the_base_may_hold_those_then_raised_to_excellent() -> None:
    assert told(quota(of="good_or_better"), people(*[E] * 2, *[G] * 8)) == [({}, 10, 2, 2, 0)]


def test_the_base_may_be_the_whole_staff_rated_or_not() -> None:
    assert told(quota(of="staff"), people(E, G, C, N, None)) == [({}, 5, 1, 1, 0)]
    assert told(quota(of="rated"), people(E, G, C, N, None)) == [({}, 4, 1, 0, 1)]


def test_every_division_is_checked_by_itself() -> None:
    ratings = [*people(E, *[G] * 5, unit="P1"), *people(E, *[G] * 4, unit="P2")]
    rule = quota(per=("office", "unit"))
    assert told(rule, ratings) == [({}, 9, 2, 1, 1), ({"unit": "P1"}, 5, 1, 1, 0), ({"unit": "P2"}, 4, 1, 0, 1)]


def test_groups_within_units() -> None:
    ratings = [*people(E, *[G] * 5), *people(G, group="văn thư")]
    keys = [key for key, *_ in told(quota(per=("unit+group",)), ratings)]
    assert keys == [{"unit": "P1", "group": "chuyên viên"}, {"unit": "P1", "group": "văn thư"}]


def test_where_fewer_than_five_are_good_one_may_be_excellent() -> None:
    rule = quota(when_below=5, allow=1)
    assert told(rule, people(E, *[G] * 4)) == [({}, 4, 1, 1, 0)]
    assert told(rule, people(E, E, *[G] * 4)) == [({}, 4, 2, 1, 1)]
    assert told(rule, people(E, *[G] * 5)) == [({}, 5, 1, 1, 0)]


def test_never_more_than_a_fixed_number() -> None:
    assert told(quota(at_most_count=1), people(*[E] * 2, *[G] * 20)) == [({}, 20, 2, 1, 1)]


def test_only_about_those_who_lead() -> None:
    ratings = [*people(E, *[G] * 5, leader=True), *people(E)]
    assert told(quota(leader=True), ratings) == [({"leader": True}, 5, 1, 1, 0)]


def test_proposals_have_quotas_of_their_own() -> None:
    rule = quota(stage="proposal")
    assert told(rule, people(E)) == []
    assert told(rule, people(E), "proposal") == [({}, 0, 1, 0, 1)]


def test_the_share_the_authority_may_grant_counts_only_when_it_did() -> None:
    rule = quota(by_decision_pct=25)
    assert allowed(rule, 8) == 1
    assert allowed(rule, 8, by_decision=True) == 2


@given(st.integers(0, 100_000), st.floats(0, 100, allow_nan=False))
def test_the_allowed_number_never_exceeds_its_share(base: int, pct: float) -> None:
    assert allowed(quota(at_most_pct=pct), base) <= base * pct / 100 + 1e-9


@pytest.mark.parametrize(("base", "number"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (14, 2), (15, 3)])
def test_twenty_percent(base: int, number: int) -> None:
    assert allowed(quota(), base) == number


# ── people, not posts ──────────────────────────────────────────────────────────────────────────


def _at(person: int, post: int, rating: Rating | None, unit: str = "Phòng") -> Rated:
    return Rated(
        f"Người {person}", unit, "", leader=False, rating=rating, subject=Subject.OFFICIAL, person=person, post=post
    )


def test_who_holds_two_posts_counts_once_at_the_first():
    """NĐ 335/2025, Điều 20 khoản 5 điểm a counts officials: 20 % of five good is one, and one person is one, at however many posts."""
    office = quota(cite="Điều 20 khoản 5 điểm a")
    good = [_at(n, 0, Rating.GOOD) for n in range(1, 6)]
    two_posts = [_at(9, 0, Rating.EXCELLENT), _at(9, 4, Rating.EXCELLENT, "Trung tâm")]
    (share,) = shares([office], [*good, *two_posts])
    assert (share.base, share.rated, share.allowed, share.over) == (5, 1, 1, 0)
    (share,) = shares([office], [*good, _at(5, 4, Rating.GOOD, "Trung tâm")])
    assert share.base == 5


def test_of_two_posts_the_unit_of_the_first_is_counted():
    of_unit = quota(per=("unit",))
    found = shares([of_unit], [_at(9, 4, Rating.EXCELLENT, "Trung tâm"), _at(9, 0, Rating.EXCELLENT)])
    assert [(share.key["unit"], share.rated) for share in found] == [("Phòng", 1)]


def test_whoever_a_list_names_twice_without_a_key_is_told_and_of_one_key_the_first_line_counts():
    header = "key,person,unit,group,leader,rating"
    twice = "TL-003,Bế Văn Khang,Sở,Lãnh đạo,true,excellent\nTL-003,Bế Văn Khang,Trung tâm,Quản lý,true,excellent"
    assert len(once(read_ratings(f"{header}\n{twice}", "x.csv"))) == 1
    unnamed = read_ratings(f"{header}\n{twice.replace('TL-003', '')}", "x.csv")
    assert [[one.unit for one in same] for same in several_times(unnamed)] == [["Sở", "Trung tâm"]]
