"""The arithmetic of deadlines, with times written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pacing import Lane, Limit, Pacer, PacingLimits, Sending, Window

REPLY = Sending(Lane.REPLY, "an")
NOTICE = Sending(Lane.NOTICE, "an")


def of(lane: Lane, chat: int, cost: int = 1) -> Sending:
    return Sending(lane, str(chat), cost)


def pacer_after(lane: Lane, count: int, at: float) -> Pacer:
    """`count` messages to different chats, all begun and ended at one moment."""
    pacer = Pacer(PacingLimits())
    for chat in range(count):
        pacer.begin(of(lane, chat), at)
        pacer.end(of(lane, chat), at)
    return pacer


def test_thirty_go_at_once_and_the_next_a_second_later():
    assert pacer_after(Lane.REPLY, 29, 5.0).bot_opens(REPLY, 5.0) == 5.0
    assert pacer_after(Lane.REPLY, 30, 5.0).bot_opens(REPLY, 5.25) == 6.0


def test_notices_flow_evenly_and_leave_the_moment_to_replies():
    pacer = Pacer(PacingLimits())
    for chat in range(4):  # so many at once after a lull
        assert pacer.bot_opens(NOTICE, 5.0) == 5.0
        pacer.begin(of(Lane.NOTICE, chat), 5.0)
        pacer.end(of(Lane.NOTICE, chat), 5.0)
    assert pacer.bot_opens(NOTICE, 5.0) == pytest.approx(5.0 + 1 / 30)
    assert pacer.bot_opens(REPLY, 5.0) == 5.0


def test_a_broadcast_uses_all_thirty_places_of_a_second():
    pacer, now, begun = Pacer(PacingLimits()), 5.0, []
    while len(begun) < 90:
        now = pacer.bot_opens(NOTICE, now)
        begun.append(now)
        sending = of(Lane.NOTICE, len(begun))
        pacer.begin(sending, now)
        pacer.end(sending, now)
    assert 90 / (begun[-1] - begun[0]) > 29.5
    assert max(sum(first <= at < first + 1 for at in begun) for first in begun) <= 30


def test_a_message_counts_until_a_second_after_its_request_has_ended():
    window = Window(Limit(1, 1.0))
    window.begin(1)
    assert window.opens(9.0, 1) == float("inf")
    window.end(9.0, 1)
    assert window.opens(9.5, 1) == 10.0
    assert window.opens(10.0, 1) == 10.0


def test_ten_pictures_need_ten_places():
    pacer = pacer_after(Lane.REPLY, 21, 5.0)
    assert pacer.bot_opens(of(Lane.REPLY, 99, cost=9), 5.0) == 5.0
    assert pacer.bot_opens(of(Lane.REPLY, 99, cost=10), 5.0) == 6.0


def test_one_chat_gets_a_notice_a_second_after_anything_else():
    pacer = pacer_after(Lane.REPLY, 0, 5.0)
    pacer.begin(REPLY, 5.0)
    pacer.end(REPLY, 5.25)
    assert pacer.chat_opens(NOTICE, 5.5) == 6.25


def test_one_chat_gets_eight_replies_at_once_and_then_one_a_second():
    pacer = Pacer(PacingLimits())
    for _ in range(8):
        assert pacer.chat_opens(REPLY, 5.0) == 5.0
        pacer.begin(REPLY, 5.0)
        pacer.end(REPLY, 5.0)
    assert pacer.chat_opens(REPLY, 5.0) == 6.0
    assert pacer.chat_opens(of(Lane.REPLY, 2), 5.0) == 5.0


def test_a_pause_holds_everybody_until_its_deadline():
    pacer = Pacer(PacingLimits())
    pacer.pause(10.0, 3)
    assert pacer.bot_opens(REPLY, 10.0) == 13.2
    assert pacer.bot_opens(of(Lane.REPLY, 2, cost=0), 13.0) == 13.2


def test_a_shorter_pause_that_comes_later_releases_nothing():
    pacer = Pacer(PacingLimits())
    pacer.pause(10.0, 30)
    pacer.pause(11.0, 1)
    assert pacer.bot_opens(REPLY, 12.5) == 40.2


def test_an_end_of_another_request_releases_no_pause():
    pacer = Pacer(PacingLimits())
    pacer.begin(REPLY, 9.0)
    pacer.pause(10.0, 5)
    pacer.end(REPLY, 10.5)
    assert pacer.bot_opens(of(Lane.REPLY, 2), 11.0) == 15.2


def arrivals_of(window: Window, journeys: list[tuple[float, float]]) -> list[float]:
    """Send as soon as the window opens; each journey takes some time and arrives after a share of it."""
    now, arrivals, underway = 0.0, [], []
    for takes, share in journeys:
        while (opens := window.opens(now, 1)) > now:
            now = min([opens, *(end for end in underway if end > now)])
            for end in [end for end in underway if end <= now]:
                underway.remove(end)
                window.end(end, 1)
        window.begin(1)
        underway = sorted([*underway, now + takes])
        arrivals.append(now + share * takes)
    return arrivals


@given(st.lists(st.tuples(st.floats(0.001, 2), st.floats(0, 1)), min_size=6, max_size=60))
def test_however_long_requests_travel_no_rolling_second_sees_more_than_the_limit(journeys):
    arrivals = arrivals_of(Window(Limit(5, 1.0)), journeys)
    assert len(arrivals) == len(journeys)
    assert max(sum(first <= at < first + 1 for at in arrivals) for first in arrivals) <= 5
