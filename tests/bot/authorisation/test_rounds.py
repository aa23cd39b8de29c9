"""Who may do what with a draft sent round: every attempt by everybody, from a table written by hand."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from bot.turn.uploads import Enclosing
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from storage.kept_files import KeptFiles
from storage.tables import AUDIT, ROUND, ROUND_ANSWER, ROUND_SETTLED
from tests.bot.campaign.rounds.told import copied
from tests.bot.enclosures.test_looking import PDF
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

#: The attempt, then a mark a person: `x` it takes effect or is read, `.` refused, and the audit keeps who tried.
#: `self` sent it and takes it up; `asked` was asked; `head` heads their unit; `colleague` works in it; `vice` is in charge of it.
TABLE = """
    #        self asked head desk colleague vice b_desk b_head
    read     x    x     x    x    .         .    .      .
    agree    .    x     .    .    .         .    .      .
    say      .    x     .    .    .         .    .      .
    card     x    .     x    x    .         .    .      .
    take     x    .     x    x    .         .    .      .
    table    x    .     x    x    .         .    .      .
    prolong  x    .     x    x    .         .    .      .
    end      x    .     x    x    .         .    .      .
    file     x    x     x    x    .         .    .      .
"""
WHO = ("self", "asked", "head", "desk", "colleague", "vice", "b_desk", "b_head")
MARKS = {name: dict(zip(WHO, marks, strict=True)) for name, *marks in map(str.split, TABLE.strip().splitlines()[1:])}
FILES = {
    "table": (DeskFile("round_1"), DeskFile("roundword_1", "docx")),
    "file": (DeskFile("roundfile_1", "pdf"),),
}
SECRET = "Góp ý kín số 7751"


def office(prefix: str, seed: int) -> Hiring:
    hire = Hiring(f"Ban Dân tộc tỉnh {prefix}", above="UBND tỉnh", seed=seed, prefix=prefix)
    who = (lambda name: name) if prefix == "A" else (lambda name: f"b_{name}")
    hire.one(who("chief"), "Trưởng ban", role="head")
    hire.one(who("vice"), "Phó Trưởng ban", role="deputy")
    hire.unit(f"Phòng Chính sách {prefix}", in_charge=who("vice"))
    hire.unit(f"Văn phòng {prefix}", desk=True)
    hire.one(who("head"), "Trưởng phòng", f"Phòng Chính sách {prefix}", role="head")
    hire.one(who("desk"), "Chuyên viên", f"Văn phòng {prefix}", desk=True)
    for name in ("self", "asked", "writer", "colleague") if prefix == "A" else ():
        hire.one(name, "Chuyên viên", f"Phòng Chính sách {prefix}")
    return hire


@pytest.fixture
async def world(sqlite_url, tmp_path):
    """A round that goes to two, one of whom has commented."""
    a = await Play.begin(sqlite_url, office("A", 3).done(), "13/11/2023 08:30")
    await a.opens(tmp_path, "quang-ngai-ethnic-2023", year=2023)
    b = Play(office("B", 4).done(), a.store, a.clock, a.house, a.updates, sqlite_url)
    await b.opens(tmp_path, "quang-ngai-ethnic-2023", year=2023)
    own = await a.phone("self")
    await own.hands_in_all(1)
    review = (await a.standings("self"))[0].review
    token = f"r{review}"
    for verb, *about in (("round_of",), ("round_pick", "0", a.ids["asked"]), ("round_pick", "0", a.ids["writer"])):
        await own.does(Pressed(Button(verb, 0, (token, *map(str, about)))))
    await own.taps("round_picked")
    await own.says("24/11")
    await own.taps("round_send")
    writer = await a.phone("writer")
    await writer.does(Pressed(Button("round_say", 0, ("1", "0"))))
    await writer.says(SECRET)
    for play in (a, b):
        for name in WHO:
            if name in play.ids:
                await play.phone(name)
    yield a, b
    await a.ends()


async def attempt(play: Play, name: str, who: str) -> str:
    """What came of it: the phone's text."""
    phone = await play.phone(who)
    match name:
        case "say":
            await phone.does(Pressed(Button("round_say", 0, ("1", "0"))))
            if "không gửi" in phone.text or "không tìm thấy" in phone.text:
                return ""
            await phone.says("Ý kiến của tôi")
        case "take":
            await phone.does(Pressed(Button("round_card", 0, ("1",))))
            if not phone.sees("round_take"):
                return ""
            await phone.taps("round_take")
        case "prolong":
            await phone.does(Pressed(Button("round_prolong", 0, ("1", "2023-11-24", "2023-11-28"))))
        case "end":
            await phone.does(Pressed(Button("round_end_now", 0, ("1",))))
        case _:
            await phone.does(Pressed(Button(f"round_{name}", 0, ("1",))))
    return phone.text


async def has(play: Play, name: str, who: str) -> bool:
    """Whether they are handed the files."""
    if name == "file":  # as if one had gone round instead
        await as_a_file(play)
    return any([await play.house.documents(play.ids[who], one) for one in FILES[name]])


async def as_a_file(play: Play) -> None:
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(Path(play.url.removeprefix("sqlite:///")).parent)))
    told = {"file_name": "a.pdf", "file_kind": "pdf", "file_size": len(PDF)}
    async with play.store.transaction() as tx:
        mark = play.house.enclosing.files.keep(PDF)
        await tx.connection.execute(ROUND.update().values(sha256=mark, **told))
        await tx.commit()


async def kept(play: Play) -> list[object]:
    return [await play.rows(table) for table in (ROUND, ROUND_ANSWER, ROUND_SETTLED)]


@pytest.mark.parametrize("name", MARKS)
async def test_everybody_gets_what_the_table_says(world, name, tmp_path):
    a, b = world
    for who, number in zip(WHO, itertools.count(), strict=False):
        play = await copied(a if who in a.ids else b, tmp_path / str(number))
        before, tries = await kept(play), len(await play.rows(AUDIT, what="refused"))
        if name in FILES:
            assert await has(play, name, who) == (MARKS[name][who] == "x"), who
            await play.ends()
            continue
        text = await attempt(play, name, who)
        refused = len(await play.rows(AUDIT, what="refused")) > tries
        changed = await kept(play) != before
        done = changed or (name in {"read", "card"} and not refused)
        assert ("x" if done else ".") == MARKS[name][who], (who, text)
        if MARKS[name][who] == ".":
            assert not changed
            assert SECRET not in text
            assert refused
        await play.ends()
