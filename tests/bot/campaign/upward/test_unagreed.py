"""Drafts that lie with the head of a unit while its papers go up: the page says so before they are sent."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.bot.campaign.upward.office import BEGINS, BOOK, YEAR, office
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Of three who handed in two wait for their head; somebody has handed in nothing."""
    played = await Play.begin(sqlite_url, office(), BEGINS)
    await played.opens(tmp_path, BOOK, year=YEAR)
    for who in ("deputy", "an", "binh"):
        await (await played.phone(who)).hands_in_all()
    await (await played.phone("head")).looks_through(played.cast.name("deputy"), played.cast.name("an"))
    yield played
    await played.ends()


async def test_whose_drafts_wait_for_the_head_is_said_before_sending(play: Play) -> None:
    """Sending agrees to nothing: the authority could not decide on them."""
    head, waiting = await play.phone("head"), {"deputy", "an"}
    await head.commands("guilen")
    await head.presses("upward_look")
    said = next(line for line in head.text.splitlines() if "chưa được đồng ý" in line)
    assert "2 bản chưa được đồng ý: " in said
    assert {one for one in play.ids if play.cast.name(one) in said} == waiting
    assert "Gửi hồ sơ không thay bước này: chưa đồng ý thì chưa quyết định được." in said
    assert "/choduyet" in said
    await head.taps("head_list")
    assert "Có 2 bản đang chờ xem" in head.text


async def test_nothing_is_said_once_the_head_agreed_nor_to_who_does_not_send(play: Play) -> None:
    desk, head = await play.phone("desk"), await play.phone("head")
    await desk.does(Pressed(Button("upward_look", 0, ("1", "2"))))
    assert "chưa được đồng ý" not in desk.text
    await play.all_look_through()
    await head.commands("guilen")
    await head.presses("upward_look")
    assert "chưa được đồng ý" not in head.text
    assert not head.sees("head_list")
