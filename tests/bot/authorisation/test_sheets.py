"""Who may do what with a sheet about somebody: every attempt by everybody, from a table written by hand."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from storage.tables import AUDIT, POINTS_WEIGHT, ROUND_ANSWER, ROUND_PAPER
from tests.bot.campaign.rounds.test_sheets import district
from tests.campaigns.stage import Play

#: `about`: whom it is about (the head of their unit); `d1` was asked and has answered; `p1` works there; `vice` is in charge of it.
TABLE = """
    #          desk about d1 p1 vice
    mark       .    .     x  .  .
    together   x    .     .  .  .
    papers     x    .     .  .  .
    weights    x    .     .  .  .
    weigh      x    .     .  .  .
"""
WHO = ("desk", "head", "d1", "p1", "vice")
MARKS = {name: dict(zip(WHO, marks, strict=True)) for name, *marks in map(str.split, TABLE.strip().splitlines()[1:])}
SECRET = "77,25"


@pytest.fixture
async def play(sqlite_url, tmp_path):
    """The sheet of the peers of a head, one of whom has given points."""
    played = await Play.begin(sqlite_url, district(), "07/12/2020 08:30")
    await played.opens(tmp_path, "son-duong-2020", year=2020)
    desk = await played.phone("desk")
    token = f"s{(await played.standings('head'))[0].review}.peers"
    await desk.does(Pressed(Button("round_to", 0, (token, "peers"))))
    await desk.says("18/12")
    await desk.taps("round_send")
    first = await played.phone("d1")
    await first.does(Pressed(Button("round_read", 0, ("1",))))
    await first.says(SECRET)
    yield played
    await played.ends()


async def attempt(play: Play, name: str, who: str) -> str:
    """What came of it; of papers whether there are files."""
    phone = await play.phone(who)
    match name:
        case "mark":
            await phone.does(Pressed(Button("round_read", 0, ("1",))))
            if "không gửi" in phone.text or who == "desk":
                return ""
            await phone.says("88")
        case "together":
            await phone.does(Pressed(Button("round_together", 0, ("1",))))
            if "không gửi" in phone.text:
                return phone.text
            await phone.says("Gương mẫu.")
            await phone.taps("round_propose")
        case "papers":
            found = await play.house.documents(play.ids[who], DeskFile("roundpapers_1", "docx"))
            return "files" if found else ""
        case "weigh":
            await phone.does(Pressed(Button("round_weigh", 0, ("1",))))
            if "không gửi" in phone.text:
                return phone.text
            await phone.says("60 40")
            await phone.says("Điều 8 Quy chế")
        case _:
            await phone.does(Pressed(Button(f"round_{name}", 0, ("1",))))
    return phone.text


@pytest.mark.parametrize("name", MARKS)
async def test_everybody_gets_what_the_table_says(play, name):
    for who in reversed(WHO):
        before = [await play.rows(table) for table in (ROUND_ANSWER, ROUND_PAPER, POINTS_WEIGHT)]
        tries = len(await play.rows(AUDIT, what="refused"))
        text = await attempt(play, name, who)
        refused = len(await play.rows(AUDIT, what="refused")) > tries
        changed = [await play.rows(table) for table in (ROUND_ANSWER, ROUND_PAPER, POINTS_WEIGHT)] != before
        done = text == "files" if name == "papers" else changed or (name == "weights" and not refused)
        assert ("x" if done else ".") == MARKS[name][who], (who, text)
        if not done:
            assert not changed
            assert SECRET not in text
