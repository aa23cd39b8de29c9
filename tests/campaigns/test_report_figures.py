"""Figures that others' forms give a body's report: of a cell's members how they are rated, of a unit's people what they did in the year and its
months; counts alone, of five people or more, each with its source, taken by one press.
"""

import asyncio
from contextlib import suppress

import pytest

from bot.campaign.reports.figures import figures, keep_told
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.nouns.values import Subject
from rules.reports.figures import Figure, Source
from storage.tables import ANSWER, FIGURE
from storage.tables import OFFICE as OFFICES
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

OFFICE, ROOM, CELL = "Ban Dân tộc tỉnh Sông Trăng", "Phòng Chính sách", "Chi bộ Ban Dân tộc"


def of_a_cell():
    hire = Hiring(OFFICE, above="UBND tỉnh Sông Trăng", seed=31)
    hire.unit(ROOM)
    hire.unit("Phòng Hành chính", desk=True)
    hire.one("chief", "Trưởng ban", role="head")
    hire.one("head", "Trưởng phòng", ROOM, role="head", member=True)
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy", member=True)
    hire.one("desk", "Trưởng phòng", "Phòng Hành chính", role="head")
    hire.staff("TH", 4, "Chuyên viên", ROOM, members=4)
    hire.one("cell", "Chi bộ", name=CELL, subject=Subject.PARTY_CELL)
    hire.cell(CELL, OFFICE, ROOM, secretary="head", deputy="deputy")
    return hire.done()


@pytest.fixture
async def cell(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, of_a_cell(), "09/11/2020 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "party-2019", year=2020)
    yield play
    await play.ends()


async def asks(play, phone, question: str) -> str:
    """The question of the cell's report, on the phone of who drafts it."""
    (line,) = await play.standings("cell")
    await phone.does(Pressed(Button("next", line.review)))
    await phone.does(Pressed(Button("go", line.review, (question,))))
    return phone.text


async def _hands_in(play, who: str, **chosen: str) -> None:
    """The review of their own as a member, whatever else they are to write."""
    phone = await play.phone(who)
    (mine,) = [line.review for line in await play.standings(who) if line.form.startswith("mau-02")][:1]
    await phone.does(Pressed(Button("next", mine)))
    assert await phone.hands_in_all(1, **chosen) == 1


async def kept(play, question: str) -> list[object]:
    return [row["value"] for row in await play.rows(ANSWER, question=question)]


async def test_ratings_of_the_members_are_counted_from_five_on(cell):
    head = await cell.phone("head")
    for who in ("head", "TH1", "TH2", "TH3"):
        await _hands_in(cell, who)
    text = await asks(cell, head, "members_good")
    assert "Bản đã gửi của 4/6 người: từ 5 người trở lên tôi mới gộp" in text
    assert not head.sees("figure")
    await _hands_in(cell, "TH4")
    text = await asks(cell, head, "members_good")
    assert "Đã có của 5/6 người" in text  # the sixth still has time: told now and once more, it would tell theirs
    assert not head.sees("figure")
    await _hands_in(cell, "deputy")
    text = await asks(cell, head, "members_good")
    assert "chưa ghi vào báo cáo" in text
    assert "trong bản đã gửi của 6/6 người: 6 người → 100%" in text
    assert not await kept(cell, "members_good")
    await head.taps("figure")
    assert await kept(cell, "members_good") == [100]
    assert "Đã ghi vào câu" in head.text
    assert "trong bản đã gửi của 6/6 người" in head.text


async def test_two_looks_around_one_persons_answer_show_the_same(cell):
    """Somebody takes theirs back, and sends it with another rating: the drafter looks before, between and after."""
    head = await cell.phone("head")
    for who in ("TH1", "TH2", "TH3", "TH4", "deputy", "head"):
        await _hands_in(cell, who)
    shown = [await asks(cell, head, "members_good")]
    one = await cell.phone("TH1")
    await one.taps("withdraw")
    await one.taps("withdrawn")
    shown.append(await asks(cell, head, "members_good"))
    (mine,) = [line.review for line in await cell.standings("TH1") if line.form.startswith("mau-02")][:1]
    await one.does(Pressed(Button("go", mine, ("self_rating",))))
    await one.taps("rate", "self_rating", "completed")
    await _hands_in(cell, "TH1")
    shown.append(await asks(cell, head, "members_good"))
    assert [text.count("6/6 người: 6 người → 100%") for text in shown] == [1, 1, 1]
    assert ["từ đó có 1 người gửi hoặc sửa" in text for text in shown] == [False, True, True]


async def test_what_another_report_was_told_of_nearly_the_same_people_holds_it_back(cell):
    """Five of the six went into a figure of another report: beside it this one would tell the sixth's."""
    head = await cell.phone("head")
    everybody = ("TH1", "TH2", "TH3", "TH4", "deputy", "head")
    for who in everybody:
        await _hands_in(cell, who)
    (another,) = [line.review for line in await cell.standings("TH1") if line.form.startswith("mau-02")][:1]
    by = {cell.ids[who]: "good" for who in everybody[:5]}
    async with cell.store.transaction() as tx:
        told = Figure("members_good", Source.SENT, 100, 5, 5, 5, 5, by=by)
        await tx.reports.tell(another, told, cell.house.clock())
        await tx.commit()
    assert "một báo cáo khác đã gộp gần đúng những người này" in await asks(cell, head, "members_good")
    assert not head.sees("figure")


async def test_two_who_look_in_one_instant_come_one_after_the_other(database_url, tmp_path):
    """The second waits for what the first was told, and is told the same: nothing is kept twice, nothing told apart."""
    play = await Play.begin(database_url, of_a_cell(), "09/11/2020 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "party-2019", year=2020)
    for who in ("TH1", "TH2", "TH3", "TH4", "deputy", "head"):
        await _hands_in(play, who)
    (line,) = await play.standings("cell")
    now, read = play.house.clock(), [asyncio.Event(), asyncio.Event()]

    async def looks(which: int) -> None:
        if which == 1:
            await read[0].wait()
        async with play.store.transaction() as tx:
            review = await tx.reviews.get(line.review)
            found = await figures(tx, play.house.books, review, now)
            assert any(one.value is not None for one in found)
            read[which].set()
            if which == 0:  # the other may read meanwhile, if it can
                with suppress(TimeoutError):
                    await asyncio.wait_for(read[1].wait(), 1)
            await keep_told(tx, {review.id: found}, now)
            await tx.commit()

    await asyncio.gather(looks(0), looks(1))
    told = [(row["question"], row["source"]) for row in await play.rows(FIGURE)]
    assert told
    assert len(told) == len({*told})
    await play.ends()


UNIT = "Phòng Quản lý"


def of_a_unit():
    hire = Hiring("Sở Xây dựng tỉnh Sông Trăng", above="UBND tỉnh Sông Trăng", seed=33)
    hire.unit(UNIT)
    hire.unit("Văn phòng", desk=True)
    hire.one("director", "Giám đốc", role="head")
    hire.one("head", "Trưởng phòng", UNIT, role="head")
    hire.one("deputy", "Phó Trưởng phòng", UNIT, role="deputy")
    hire.one("desk", "Chánh Văn phòng", "Văn phòng", role="head")
    hire.staff("QL", 4, "Chuyên viên", UNIT)
    return hire.done()


@pytest.fixture
async def unit(sqlite_url, tmp_path):
    """A month of everybody's, then the year, in which heads rate their units."""
    play = await Play.begin(sqlite_url, of_a_unit(), "02/12/2026 08:00")
    await play.imports(tmp_path)
    async with play.store.transaction() as tx:
        settings = {"rate_units": True, "own_regulation": True}
        await tx.connection.execute(OFFICES.update().values(settings=settings))
        await tx.commit()
    yield play
    await play.ends()


async def test_months_of_a_unit_and_another_drafter_of_its_form(unit, tmp_path):
    await unit.opens(tmp_path, "decree-335-2025", year=2026, period="m11")
    shares = {"quantity": "90", "quality": "90", "progress": "75", "unit_result": "100", "organising": "100"}
    await unit.everybody_hands_in("director", answers=dict.fromkeys(unit.ids, shares))
    await unit.opens(tmp_path, "decree-335-2025", year=2026)
    (line,) = [one for one in await unit.standings("head") if one.form == "to-chuc-335"]
    head, deputy = await unit.phone("head"), await unit.phone("deputy")
    await head.does(Pressed(Button("next", line.review)))
    await head.does(Pressed(Button("go", line.review, ("tasks_done",))))
    assert "phiếu tháng, quý của 6/6 người" in head.text
    await head.taps("figure")
    assert await kept(unit, "tasks_done") == [90]
    # The head names the deputy: from now on it is theirs to write and send; the head reads it, and decides nothing of it.
    await head.names_a_drafter(UNIT, line.review, unit.cast.name("deputy"))
    assert f"Người chủ trì soạn là {unit.cast.name('deputy')}" in head.text
    before = await kept(unit, "tasks_late")
    await head.does(Pressed(Button("next", line.review)))
    await head.does(Pressed(Button("figure", line.review, ("tasks_late", "months", "0"))))
    assert await kept(unit, "tasks_late") == before
    assert "to-chuc-335" not in {one.form for one in await unit.standings("deputy")}
    points = {"các tiêu chí chung": "27", "kết quả thực hiện nhiệm vụ": "63", "bảo đảm tiến độ": "0", "vượt mức": "10"}
    assert await deputy.hands_in_report(UNIT, line.review, **points) == 1
    (sent,) = [one for one in await unit.standings("head") if one.form == "to-chuc-335"]
    assert (sent.drafter, sent.owed) == (unit.ids["deputy"], False)
    assert unit.ids["deputy"] not in {sent.approver_id, sent.decider_id}
    assert unit.ids["head"] not in {sent.approver_id, sent.decider_id}
    await head.commands("tapthe")
    assert unit.cast.name("deputy") in head.text
