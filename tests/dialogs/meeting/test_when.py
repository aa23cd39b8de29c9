"""When and where a meeting is, out of one text."""

import datetime as dt

import pytest

from dialogs.meeting.when import read_when


@pytest.mark.parametrize(
    ("text", "day", "time", "place"),
    [
        ("14h00 05/12/2026, phòng họp tầng 2", "2026-12-05", "14:00", "phòng họp tầng 2"),
        ("8 giờ 30 ngày 5/12, hội trường", "2026-12-05", "08:30", "hội trường"),
        ("Phòng họp A, lúc 7:45 ngày 06-12-2026", "2026-12-06", "07:45", "Phòng họp A"),
        ("9h hôm nay tại phòng 3", "2026-12-01", "09:00", "phòng 3"),
        ("14h00 05/12/2026", "2026-12-05", "14:00", ""),
    ],
)
def test_day_hour_and_place_are_read_from_one_line(text, day, time, place):
    now = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
    found = read_when(text, now)
    assert found is not None
    assert (found[0].date().isoformat(), f"{found[0]:%H:%M}", found[1]) == (day, time, place)


@pytest.mark.parametrize(
    "text", ["chiều mai", "14h00", "05/12/2026", "25h 05/12/2026", "14h 32/13/2026", "", "x" * 5000]
)
def test_what_says_no_day_or_hour_is_not_guessed(text):
    assert read_when(text, dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)) is None
