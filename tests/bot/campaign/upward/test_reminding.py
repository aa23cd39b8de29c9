"""Who is told that their unit has sent nothing up: by the day of the plan, whether or not anybody has."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.bot.campaign.upward.office import OTHER, ROOM, begun
from tests.bot.campaign.upward.test_sending import sends
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    played = await begun(sqlite_url, tmp_path)
    yield played
    await played.ends()


async def unsent(play: Play, day: str) -> dict[str, list[str]]:
    told = await play.reminders(day)
    return {who: [one["units"] for one in some if one["what"] == "unsent"] for who, some in told.items()}


async def test_heads_and_desk_are_told_by_the_day_of_the_plan_though_nobody_sent(play: Play) -> None:
    told = await unsent(play, "23/11/2023")  # three days before the 26th, on which the plan has units send
    assert told["head"] == [ROOM]
    assert told["head2"] == [OTHER]
    (desk,) = told["desk"]
    assert ROOM in desk
    assert OTHER in desk
    assert not told.get("an")


async def test_who_has_sent_is_left_alone(play: Play) -> None:
    await sends(play)
    told = await unsent(play, "23/11/2023")
    assert not told.get("head")
    assert told["head2"] == [OTHER]


async def test_a_unit_of_which_all_is_decided_is_waited_for_no_longer(play: Play) -> None:
    play.on("22/11/2023 08:00")
    chief = await play.phone("chief")
    await chief.does(Pressed(Button("decide_all", 0, ("all",))))
    await chief.taps("decide_every")
    told = await unsent(play, "27/11/2023")
    assert not told.get("head")
