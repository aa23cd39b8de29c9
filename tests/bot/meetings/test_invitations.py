"""Invitations are sent once: pressed again they tell who has them and when, and go out anew only when they say another thing."""

from storage.tables import DELIVERY
from tests.bot.meetings.conftest import press
from tests.bot.meetings.talking import reply_words
from tests.campaigns.stage import Play


async def _called(play: Play) -> None:
    head = await play.phone("head")
    await head.commands("hop")
    await head.presses("meeting_new")
    await head.says("14h00 25/11/2023, phòng họp")


async def _invited(play: Play, who: str) -> int:
    """How often somebody was asked to come."""
    rows = await play.rows(DELIVERY, person_id=play.ids[who])
    return sum("Mời dự họp" in reply_words(row) for row in rows)


async def test_pressed_again_nobody_is_told_twice_and_it_says_when_they_were(play: Play) -> None:
    await _called(play)
    assert "Đã gửi lời mời" in await press(play, "head", "meeting_invitations")
    play.clock.forward(minutes=20)
    await press(
        play, "head", "meeting_absent", play.ids["chi"], says="Đi công tác"
    )  # what else happens asks nobody anew
    again = await press(play, "head", "meeting_invitations")
    assert "đã được mời lúc 24/11/2023, 14:00" in again
    assert "Đã gửi lời mời" not in again
    assert [await _invited(play, who) for who in ("head", "deputy", "an", "chi")] == [0, 1, 1, 1]


async def test_another_day_goes_out_to_everybody_and_who_came_to_it_later_is_told_alone(play: Play) -> None:
    await _called(play)
    await press(play, "head", "meeting_guest", play.ids["vice"])  # told at once, before anybody else
    assert [await _invited(play, who) for who in ("vice", "an")] == [1, 0]
    await press(play, "head", "meeting_invitations")
    assert [await _invited(play, who) for who in ("vice", "an")] == [1, 1]
    await press(play, "head", "meeting_when", says="15h00 26/11/2023, phòng họp")
    assert "Đã gửi lời mời" in await press(play, "head", "meeting_invitations")
    assert [await _invited(play, who) for who in ("vice", "an")] == [2, 2]
