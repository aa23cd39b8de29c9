"""What all who were asked by a sheet propose together (Mẫu số 03 of Sơn Dương) is what stands for the proposal: in the lists that the text asks
for, where quotas are counted, and before who decides.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.campaign.concluded import concluded_in
from bot.campaign.results.kept import results_of
from rules.book.summaries import Shows
from rules.campaign.summarising import of_table
from rules.nouns.values import Rating
from tests.bot.campaign.rounds.test_sheets import district, sends
from tests.bot.campaign.rounds.told import Told
from tests.bot.playing import shelf
from tests.campaigns.stage import Play

PEERS, SUPERIOR = "Tập thể lãnh đạo cùng cấp", "Cấp trên trực tiếp"
POINTS = {"Tổng điểm anh/chị tự chấm": "85"}


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """The cadre has handed in what they write of themself, and everybody of the chain agreed."""
    played = await Play.begin(sqlite_url, district(below=1, deputies=1), "07/12/2020 08:30")
    await played.opens(tmp_path, "son-duong-2020", year=2020)
    await (await played.phone("head")).hands_in_all(**POINTS)
    await played.all_look_through()
    yield played
    await played.ends()


async def proposes(play: Play, step: str, rating: str) -> None:
    """The desk writes down what they propose who are asked in this step."""
    talk = Told(play)
    await sends(talk, "head", step, f"{step} (")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", f"– {step}")
    await writes(talk, rating)


async def writes(talk: Told, rating: str) -> None:
    await talk.presses("desk", "nhận xét, đề nghị chung")
    await talk.says("desk", "Ưu điểm: sát việc. Nhược điểm: họp dài.")
    await talk.presses("desk", rating)


async def listed(play: Play, key: str, *shows: Shows) -> tuple[object, ...]:
    """What stands of the cadre in these columns of a list."""
    async with play.store.reading() as tx:
        (part,) = await tx.campaigns.parts(1)
        book = shelf()[part.edition]
        results = await results_of(tx, shelf(), 1, "son-duong-2020", play.clock().date())
    (made,) = of_table(book, next(one for one in book.summary_tables if one.key == key), results)
    at = [column.shows for column in made.columns]
    line = next(one for one in made.lines if one.cells[at.index(Shows.NAME)] == play.cast.name("head"))
    return tuple(line.cells[at.index(one)] for one in shows)


async def test_lists_take_what_the_last_step_proposes(play: Play) -> None:
    assert await listed(play, "mau_10", Shows.OWN, Shows.PROPOSED) == (Rating.GOOD, Rating.GOOD)
    await proposes(play, PEERS, "Hoàn thành nhiệm vụ")
    assert await listed(play, "mau_10", Shows.OWN, Shows.PROPOSED) == (Rating.GOOD, Rating.COMPLETED)
    assert await listed(play, "mau_09", Shows.PROPOSED) == (Rating.COMPLETED,)
    await proposes(play, SUPERIOR, "Hoàn thành xuất sắc nhiệm vụ")
    assert await listed(play, "mau_09", Shows.PROPOSED) == (Rating.EXCELLENT,)
    # Those beside write theirs anew: the level above, which comes after them, still stands.
    talk = Told(play)
    await talk.says("desk", "/gopy")
    await talk.presses("desk", f"– {PEERS}")
    await writes(talk, "Hoàn thành nhiệm vụ")
    assert await listed(play, "mau_09", Shows.PROPOSED) == (Rating.EXCELLENT,)


async def test_quotas_count_it_and_no_rating_as_a_member_of_the_party_follows(play: Play) -> None:
    await proposes(play, PEERS, "Hoàn thành xuất sắc nhiệm vụ")
    async with play.store.reading() as tx:
        said = await concluded_in(tx, shelf(), {1})
    rated = {line.form: said[line.review] for line in await play.standings("head") if line.review in said}
    assert {form: {*ratings.values()} for form, ratings in rated.items()} == {"mau-01": {Rating.EXCELLENT}}


async def test_who_decides_is_shown_it(play: Play) -> None:
    await proposes(play, PEERS, "Hoàn thành nhiệm vụ")
    talk = Told(play, about=())
    said = await talk.says("chief", "/quyetdinh")
    assert "◆ 1 bản phiếu đề xuất chung khác mức tự xếp loại" in said
    assert "cuộc họp" not in said
    shown = await talk.presses("chief", f"◆ {play.cast.name('head')}")
    line = next(one for one in shown.splitlines() if "chấm điểm, 07/12/2020" in one)
    assert "Tập thể lãnh đạo cùng cấp chấm điểm" in line
    assert "Hoàn thành nhiệm vụ" in line
