"""Who puts a file of the office in the place of a summary table, takes it out, and has it: every attempt by everybody, from a table written by hand."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.door.channel import Incoming
from bot.door.files import handed
from bot.turn.uploads import Enclosing
from dialogs.core.buttons import Button
from dialogs.core.events import Handed, Pressed
from dialogs.core.turn import DeskFile
from storage.kept_files import KeptFiles
from storage.tables import AUDIT, OWN_TABLE
from tests.bot.authorisation.test_upward import neighbours
from tests.bot.campaign.results.test_own_tables import asks, sends, sheet
from tests.bot.campaign.rounds.told import copied
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.stage import Play

#: The attempt, then a mark a person: `x` it takes effect or is read, `.` refused, and the audit keeps who tried (a file is just not there).
#: head:TC is of the desk, secretary heads the office, head:TG heads a unit in which TG1 works; b_desk is the desk of another office.
TABLE = """
    #     head:TC head:TG TG1 secretary b_desk
    list  x       .       .   .         .
    ask   x       .       .   .         .
    hand  x       .       .   .         .
    take  x       .       .   .         .
    file  x       .       .   .         .
"""
WHO = ("head:TC", "head:TG", "TG1", "secretary", "b_desk")
MARKS = {name: dict(zip(WHO, marks, strict=True)) for name, *marks in map(str.split, TABLE.strip().splitlines()[1:])}


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[Play, Play]]:
    """A file stands for Mẫu số 07."""
    a = await Play.begin(sqlite_url, office.cast(), "16/11/2020 08:00")
    await a.opens(tmp_path, "son-duong-2020", year=2020)
    a.house = replace(a.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures")))
    b = Play(neighbours().done(), a.store, a.clock, a.house, a.updates, sqlite_url)
    await b.opens(tmp_path, "son-duong-2020", year=2020)
    desk = await a.phone("head:TC")
    await asks(desk)
    await sends(desk, "cua huyen.xlsx", sheet("CỦA HUYỆN"))
    for play in (a, b):
        for name in WHO:
            if name in play.ids:
                await play.phone(name)
    yield a, b
    await a.ends()


async def attempt(play: Play, name: str, who: str, ways: dict[str, Button]) -> str:
    """What came of it: the phone's text; of the file whether it is theirs to have."""
    phone = await play.phone(who)
    if name == "file":
        return "files" if await play.house.documents(play.ids[who], DeskFile("owntable_1", "xlsx")) else ""
    await phone.does(Pressed(ways["ask" if name == "hand" else name]))
    if name == "hand":
        incoming = Incoming(phone.channel, phone.account, str(next(phone.updates)), Handed("khac.xlsx"))
        phone.answered = await phone.house.take(handed(incoming, "khac.xlsx", sheet("KHÁC"), takes="any"))
    return phone.text


async def ways_of(play: Play) -> dict[str, Button]:
    """The buttons that the desk is shown."""
    desk = await play.phone("head:TC")
    await asks(desk)
    take = desk.sees("desk_table_off")
    assert take is not None
    return {
        "list": Button("desk_table_list"),
        "ask": Button("desk_table", 0, take.about[:2]),
        "take": take,
    }


@pytest.mark.parametrize("name", MARKS)
async def test_everybody_gets_what_the_table_says(world: tuple[Play, Play], name: str, tmp_path: Path) -> None:
    a, b = world
    ways = await ways_of(a)
    for who, number in zip(WHO, itertools.count(), strict=False):
        own = a if who in a.ids else b
        play = await copied(own, tmp_path / str(number))
        play.house = replace(play.house, enclosing=own.house.enclosing)
        before, tries = await play.rows(OWN_TABLE), len(await play.rows(AUDIT, what="refused"))
        text = await attempt(play, name, who, ways)
        changed = await play.rows(OWN_TABLE) != before
        done = {"file": text == "files", "hand": changed, "take": changed}.get(name, "cua huyen" in text)
        assert ("x" if done else ".") == MARKS[name][who], (who, text)
        if MARKS[name][who] == ".":
            assert not changed, who
            assert "cua huyen" not in text, who
            tried = len(await play.rows(AUDIT, what="refused")) > tries
            assert tried or name == "file" or who == "b_desk", (
                who,
                text,
            )  # a desk is shown its own, whatever is pressed
        await play.ends()
