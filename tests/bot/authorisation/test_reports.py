"""Who may do what with a body's report: every attempt by everybody, from a table written by hand."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from storage.tables import ANSWER, AUDIT, REPORT_PART, REVIEW
from tests.campaigns.stage import Play
from tests.campaigns.test_report_by_several import cast, gives

#: The attempt, then a mark a person: `x` it takes effect, `.` it does not. `head` drafts it, `TH1` writes a part; `deputy` is of its unit,
#: `chief` decides it, `desk` runs the campaign.
TABLE = """
    #        head TH1  TH2  deputy desk chief
    answer   x    x    .    .      .    .
    give     x    .    .    .      .    .
    back     x    .    .    .      .    .
    name     x    .    .    .      x    .
"""
WHO = ("head", "TH1", "TH2", "deputy", "desk", "chief")
CELLS = [
    (name, who, mark)
    for name, *marks in map(str.split, TABLE.strip().splitlines()[1:])
    for who, mark in zip(WHO, marks, strict=True)
]


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, cast(), "09/11/2020 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "quang-ngai-office-2020", year=2020)
    await gives(play, await play.phone("head"), "iii", "TH1")
    yield play
    await play.ends()


async def kept(play) -> list[object]:
    tables = [await play.rows(table) for table in (ANSWER, REPORT_PART)]
    return [*tables, [row["drafter_id"] for row in await play.rows(REVIEW)]]


@pytest.mark.parametrize(("name", "who", "mark"), CELLS)
async def test_every_attempt_by_everybody(play, name, who, mark):
    (line,) = await play.standings("body")
    (part,) = await play.rows(REPORT_PART)
    person = str(play.ids["TH2"])
    attempts = {
        "answer": Button("answer", line.review, ("l_fixed", "good")),
        "give": Button("report_given", line.review, ("ii", person, "20201116")),
        "back": Button("report_back", line.review, (str(part["id"]),)),
        "name": Button("report_named", line.review, (person, str(line.drafter))),
    }
    before, refused = await kept(play), len(await play.rows(AUDIT, what="refused"))
    phone = await play.phone(who)
    await phone.does(Pressed(attempts[name]))
    assert (await kept(play) != before) is (mark == "x")
    assert (len(await play.rows(AUDIT, what="refused")) > refused) is (mark == ".")
