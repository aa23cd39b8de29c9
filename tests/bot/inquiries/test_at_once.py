"""Two who ask about one person at once, on a database that lets both write: one link opens, and no other."""

import asyncio

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from storage.tables import INQUIRY
from tests.bot.inquiries.world import served
from tests.campaigns.offices import son_thach_2020


@pytest.fixture
async def world(database_url, tmp_path):
    async with served(database_url, tmp_path, son_thach_2020, "son-duong-2020", 2020, "16/11/2020 08:00") as world:
        yield world


async def test_who_asks_at_the_same_time_as_somebody_else_leaves_no_second_link_open(world) -> None:
    own, desk = await world.play.phone("dep:TG"), await world.play.phone("head:TC")
    await own.commands("noicutru")
    stamp = own.button("inquiry_card").about[0]
    press = Pressed(Button("inquiry_ask", 0, (stamp, "0", "2020-11-25")))
    await asyncio.gather(own.does(press), desk.does(press))
    assert len([one for one in await world.play.rows(INQUIRY) if one["ended"] is None]) == 1
