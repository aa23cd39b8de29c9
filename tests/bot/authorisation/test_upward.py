"""Who may do what with what a unit sends up: every attempt by everybody, from a table written by hand."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile, SentPapers
from storage.tables import AUDIT, MEETING, SENT_UP
from tests.bot.campaign.rounds.told import copied
from tests.bot.campaign.upward.office import OTHER, ROOM, begun, office
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

#: The attempt, then a mark a person: `x` it takes effect or is read, `.` refused, and the audit keeps who tried.
#: `head` heads the room; `head2` another one; `vice` is in charge of it; `chief` heads the office; `an` works in the room.
TABLE = """
    #         head deputy an  head2 vice chief desk b_desk b_head
    read      x    x      .   .     x    x     x    .      .
    paper     x    x      .   .     x    x     x    .      .
    zip       x    x      .   .     x    x     x    .      .
    again     x    .      .   .     .    .     .    .      .
    withdraw  x    .      .   .     .    .     .    .      .
    return    .    .      .   .     .    x     x    .      .
    out       .    .      .   .     .    x     x    .      .
    consult   .    .      .   .     .    x     x    .      .
"""
WHO = ("head", "deputy", "an", "head2", "vice", "chief", "desk", "b_desk", "b_head")
MARKS = {name: dict(zip(WHO, marks, strict=True)) for name, *marks in map(str.split, TABLE.strip().splitlines()[1:])}


def neighbours() -> Hiring:
    hire = Hiring("Văn phòng UBND tỉnh Bình Mây", above="UBND tỉnh Bình Mây", seed=4, prefix="B")
    hire.one("b_chief", "Chánh Văn phòng", role="head")
    hire.unit(ROOM + " B")
    hire.unit("Phòng Hành chính B", desk=True)
    hire.one("b_head", "Trưởng phòng", ROOM + " B", role="head")
    hire.one("b_desk", "Chuyên viên", "Phòng Hành chính B", desk=True)
    return hire


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[Play, Play]]:
    """One room has sent, and changed one rating since."""
    a = await begun(sqlite_url, tmp_path)
    b = Play(neighbours().done(), a.store, a.clock, a.house, a.updates, sqlite_url)
    await b.opens(tmp_path, "quang-ngai-office-2023", year=2023)
    assert office().key.keys() >= {"head", "chief"}
    await sends(a, "head", unit_of(a, ROOM))
    for play in (a, b):
        for name in WHO:
            if name in play.ids:
                await play.phone(name)
    yield a, b
    await a.ends()


def unit_of(play: Play, name: str) -> int:
    """By the order in which the clerk's file names them: the office itself is the first."""
    return {"top": 1, ROOM: 2, OTHER: 3}[name]


async def sends(play: Play, who: str, unit: int) -> None:
    phone = await play.phone(who)
    await phone.does(Pressed(Button("upward_look", 0, ("1", str(unit)))))
    await phone.taps("upward_send")


async def attempt(play: Play, name: str, who: str) -> str:
    """What came of it: the phone's text; of the paper whether there is one."""
    phone, room = await play.phone(who), str(unit_of(play, ROOM))

    async def press(verb: str, *about: str) -> None:
        await phone.does(Pressed(Button(verb, 0, ("1", *about))))

    match name:
        case "read":
            await press("upward_look", room)
        case "paper" | "zip":
            return await taken(play, name, play.ids[who])
        case "again":
            await press("upward_send", room, "0" * 12, "1")
        case "withdraw" | "return":
            await press(f"upward_{name}", room)
            await phone.says("Cần bổ sung biên bản")
        case "out":
            await press("upward_look", str(unit_of(play, "top")))
            if phone.sees("upward_send"):
                await phone.taps("upward_send")
            else:
                await press("upward_send", str(unit_of(play, "top")), "0" * 12, "0")
        case _:
            await press("upward_consult", "consultation")
            await phone.says("14h00 28/11/2023, phòng họp")
    return phone.text


async def taken(play: Play, name: str, person: int) -> str:
    """Whether every file of it is theirs to have."""
    if name == "zip":
        files = [*await play.house.documents(person, SentPapers(1, 1))]
        assert await play.house.may_take(person, SentPapers(1, 1)) == bool(files)
        return "files" if files else ""
    kinds = (DeskFile("sentup_1", "pdf"), DeskFile("sentupword_1", "docx"))
    files = [one for kind in kinds for one in await play.house.documents(person, kind)]
    return "files" if len(files) == len(kinds) else ""


async def kept(play: Play) -> list[object]:
    return [await play.rows(table) for table in (SENT_UP, MEETING)]


@pytest.mark.parametrize("name", MARKS)
async def test_everybody_gets_what_the_table_says(world: tuple[Play, Play], name: str, tmp_path: Path) -> None:
    a, b = world
    for who, number in zip(WHO, itertools.count(), strict=False):
        play = await copied(a if who in a.ids else b, tmp_path / str(number))
        before, tries = await kept(play), len(await play.rows(AUDIT, what="refused"))
        text = await attempt(play, name, who)
        refused = len(await play.rows(AUDIT, what="refused")) > tries
        changed = await kept(play) != before
        shown = name in {"read", "again"} and not refused  # nothing new is to be sent: it is shown and said so
        done = text == "files" if name in {"paper", "zip"} else changed or shown
        assert ("x" if done else ".") == MARKS[name][who], (who, text)
        if MARKS[name][who] == ".":
            assert not changed
            assert "Biên bản cuộc họp" not in text
            assert refused or name in {"paper", "zip"}
        await play.ends()
