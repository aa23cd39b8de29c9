"""The course of a campaign: sums by day, and where they stand in a picture. Expected values by hand."""

import datetime as dt

from rules.campaign.course import CoursePoint, by_then, course

DAY = dt.date(2026, 11, 1)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def test_a_sum_is_a_step_on_its_day_and_holds_until_today():
    drawn = course({"sent": [(day(3), 2), (day(1), 1)]}, [day(8)], 4, day(5))
    assert drawn is not None
    assert (drawn.first, drawn.last) == (day(0), day(9))
    assert drawn.marks == ((day(8), 8 / 9),)
    ninth = 1 / 9
    assert drawn.lines["sent"] == (
        CoursePoint(0.0, 0.0),
        *(CoursePoint(1 * ninth, 0.0), CoursePoint(1 * ninth, 0.25)),
        *(CoursePoint(3 * ninth, 0.25), CoursePoint(3 * ninth, 0.75)),
        CoursePoint(5 * ninth, 0.75),
    )


def test_there_is_nothing_to_show_without_reviews_or_dates():
    assert course({"sent": []}, [day(1)], 0, day(0)) is None
    assert course({"sent": []}, [], 5, day(0)) is None
    assert course({"sent": []}, [day(0)], 5, day(0)) is not None


def test_what_had_come_by_the_end_of_a_day():
    some = [(day(1), 1), (day(3), 2)]
    assert [by_then(some, day(at)) for at in range(5)] == [0, 1, 1, 3, 3]
