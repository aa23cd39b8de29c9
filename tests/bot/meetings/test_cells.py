"""Who calls the meeting of a party cell: its secretary and deputy secretary by the roster, whatever their post; nobody else because of theirs."""

from pathlib import Path

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.campaigns.meetings.son_la_2021 import CELL, GROUP, PLAN, TEAM
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path):
    play = await Play.begin(sqlite_url, PLAN.cast(), PLAN.begins)
    await play.opens(tmp_path, PLAN.book, year=PLAN.year)
    yield play
    await play.ends()


async def offered(play: Play, who: str) -> str:
    phone = await play.phone(who)
    await phone.commands("hop")
    return phone.labels


async def test_secretary_and_deputy_secretary_may_call_it_and_heads_of_other_units_not(play: Play) -> None:
    for who in ("secretary", "vice"):
        shown = await offered(play, who)
        assert f"Lập cuộc họp: {CELL}" in shown
        assert f"Lập cuộc họp: {TEAM}" not in shown
        assert GROUP not in shown  # nobody is named to lead the group
    head = await offered(play, "head")
    assert f"Lập cuộc họp: {TEAM}" in head
    assert CELL not in head
    assert "Lập cuộc họp" not in await offered(play, "p1")


async def test_the_cell_is_led_by_its_secretary_there_and_read_by_who_leads_it(play: Play) -> None:
    secretary = await play.phone("secretary")
    await secretary.commands("hop")
    await secretary.taps("meeting_new", label=CELL)
    new = secretary.button("meeting_new")
    await secretary.says("14h00 04/12/2021, phòng họp")
    async with play.store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(1)
    leads = {(play.who(one.id), one.head, one.deputy) for one in meeting.members if one.head or one.deputy}
    assert leads == {("secretary", True, False), ("vice", False, True)}
    assert [play.who(one) for one in meeting.leaders] == ["secretary", "vice"]
    vice = await play.phone("vice")
    await vice.commands("hop")
    assert vice.sees("meeting_take")  # in an emergency
    head = await play.phone("head")
    await head.does(Pressed(Button("meeting_new", 0, new.about)))
    await head.says("15h00 04/12/2021, phòng họp")
    async with play.store.reading() as tx:
        assert len(await tx.meetings.of_office(1)) == 1
