"""Who was where, as what, in a period."""

import datetime as dt
from dataclasses import replace

from rules.nouns.people import Person
from rules.nouns.values import Subject
from rules.roster.postings import Posting, as_of, on, with_move

FIRST = Posting(1, "Phòng Tổng hợp", "Chuyên viên")
SECOND = Posting(2, "Phòng Nghiệp vụ", "Phó Trưởng phòng", leader=True, deputy=True, since=dt.date(2026, 10, 5))
BOTH = (FIRST, SECOND)
TODAY = Person(7, "Lò Thị Mây", "Phó Trưởng phòng", 2, "Phòng Nghiệp vụ", "Sở", Subject.OFFICIAL, True, deputy=True)  # noqa: FBT003


def test_a_day_belongs_to_the_post_that_had_begun():
    assert on(BOTH, dt.date(2026, 10, 4)) is FIRST
    assert on(BOTH, dt.date(2026, 10, 5)) is SECOND
    assert on((SECOND,), dt.date(2026, 10, 4)) is None


def test_the_third_quarter_knows_the_unit_of_september():
    """A move on 5 October changes nothing of a quarter that was over by then."""
    then = as_of(TODAY, BOTH, dt.date(2026, 9, 30))
    assert (then.unit, then.position, then.leader, then.deputy) == ("Phòng Tổng hợp", "Chuyên viên", False, False)
    assert as_of(TODAY, BOTH, dt.date(2026, 12, 15)) == TODAY
    at_second_post = replace(TODAY, post=3)
    assert as_of(at_second_post, BOTH, dt.date(2026, 9, 30)) is at_second_post


def test_a_move_is_known_from_the_postings():
    """Decree 335/2025, Điều 19 khoản 1: the old unit of who was transferred is asked, so it must be known which, since when."""
    moved = with_move(TODAY, BOTH, dt.date(2026, 12, 15)).service
    assert (moved.moved_on, moved.moved_from, moved.there_since) == (dt.date(2026, 10, 5), "Phòng Tổng hợp", None)
    assert with_move(TODAY, BOTH, dt.date(2026, 9, 30)) is TODAY
    assert with_move(TODAY, (FIRST,), dt.date(2026, 12, 15)) is TODAY


def test_who_came_back_on_a_day_that_is_not_known_did_not_move_there_before():
    """The posting of the return has no day, so that it stands before the one that ended."""
    back = replace(TODAY, unit_id=1, unit="Phòng Tổng hợp")
    assert with_move(back, (FIRST, FIRST, SECOND), dt.date(2026, 12, 15)) is back
