"""Another last day for people chosen in the list: shown, given once, told, reminded by it; late no longer; taken back."""

import datetime as dt

import pytest

from storage.tables import AUDIT, CAMPAIGN_PART, DELIVERY, EXTENSION
from tests.bot.console.test_choosing import form, ids, rows
from tests.bot.console.test_pages import DESK, OTHER_HEAD
from tests.bot.playing import EMPLOYEE


async def planned(console, **days: dt.date) -> None:
    """The plan of the campaign."""
    kept = {name: day.isoformat() for name, day in days.items()}
    async with console.house.store.transaction() as tx:
        await tx.connection.execute(CAMPAIGN_PART.update().values(timetable=kept))
        await tx.commit()


@pytest.fixture
async def today(console):
    """Past the last day of the plan."""
    today = console.stage.clock().date()
    day = dt.timedelta(days=1)
    await planned(console, self_review=today - day, rating_decided=today + 5 * day)
    return today


async def shown(desk, whom: str, day: dt.date, why: str) -> str:
    page = await desk.opens("/bang/chon", viec="giahan", p=whom)
    fields = form(page, "/bang/chon/xem")
    return await desk.sends("/bang/chon/xem", **fields, ngay=day.isoformat(), text=why)


async def late(desk) -> str:
    return await desk.opens("/bang/nguoi", cham="1")


async def test_who_is_given_a_later_day_is_late_no_longer_and_is_told_once(console, today):
    desk = await console.screen_of(DESK)
    whom, until = await ids(desk, EMPLOYEE), today + dt.timedelta(days=3)
    assert f">{EMPLOYEE}<" in await late(desk) or EMPLOYEE in desk.text
    page = await shown(desk, whom, until, " <i>Đang điều trị</i> ")
    assert "Hạn nộp mới" in page
    assert "&lt;i&gt;Đang điều trị&lt;/i&gt;" in page
    assert not await rows(console, EXTENSION)
    giving = form(page, "/bang/chon")
    done = await desk.sends("/bang/chon", **giving)
    assert "Đã gia hạn nộp cho 1 người" in done
    assert "Đã gia hạn nộp cho 1 người" in await desk.sends("/bang/chon", **giving)  # pressed twice
    kept = await rows(console, EXTENSION)  # one a form
    assert {(one["until"], one["reason"]) for one in kept} == {(until, "<i>Đang điều trị</i>")}
    assert EMPLOYEE not in await late(desk)
    lines = await rows(console, AUDIT, what="extended")
    assert {line["detail"]["reason"] for line in lines} == {"<i>Đang điều trị</i>"}
    assert [line["review_id"] for line in lines] == [one["review_id"] for one in kept]
    told = [row for row in await rows(console, DELIVERY) if row["key"].startswith("extended:")]
    assert [row["reply"]["template"] for row in told] == ["notice/extended"]
    stale = await desk.sends("/bang/chon", **{**giving, "once": "abcdefgh12345678"})
    assert desk.status == 409
    assert "chưa làm gì" in stale

    page = await desk.opens("/bang/chon", viec="giahan", p=whom)
    assert "đang được gia hạn" in page
    page = await desk.opens("/bang/chon", viec="bogiahan", p=whom)
    done = await desk.sends("/bang/chon", **form(page, "/bang/chon"))
    assert "Đã bỏ gia hạn của 1 người" in done
    assert not await rows(console, EXTENSION)
    assert EMPLOYEE in await late(desk)
    assert len(await rows(console, AUDIT, what="extension taken back")) == len(kept)


async def test_the_date_that_stands_against_a_day_is_said(console, today):
    desk = await console.screen_of(DESK)
    whom = await ids(desk, EMPLOYEE)
    day = dt.timedelta(days=1)
    assert "đã qua (hôm nay" in await shown(desk, whom, today - day, "Ốm")
    assert "Hạn mới muộn nhất là" in await shown(desk, whom, today + 6 * day, "Ốm")
    assert "Chưa có lý do" in await shown(desk, whom, today + day, "  ")
    page = await shown(desk, whom, today + 5 * day, "Ốm")
    giving = form(page, "/bang/chon")
    await planned(console, self_review=today - day, rating_decided=today + 2 * day)  # the plan moves meanwhile
    assert "Hạn mới muộn nhất là" in await desk.sends("/bang/chon", **giving)
    assert not await rows(console, EXTENSION)
    assert "Không ai tự gia hạn" in await desk.opens("/bang/chon", viec="giahan", p=await ids(desk, DESK))


async def test_of_two_desks_the_second_sees_what_the_first_gave(console, today):
    desk, other = await console.screen_of(DESK), await console.screen_of(DESK)
    whom = await ids(desk, EMPLOYEE)
    first = form(await shown(desk, whom, today + dt.timedelta(days=1), "Ốm"), "/bang/chon")
    second = form(await shown(other, whom, today + dt.timedelta(days=2), "Đi học"), "/bang/chon")
    await desk.sends("/bang/chon", **first)
    await other.sends("/bang/chon", **second)
    assert other.status == 409
    assert {row["reason"] for row in await rows(console, EXTENSION)} == {"Ốm"}


async def test_a_head_gives_nobody_another_day(console, today):
    head = await console.screen_of(OTHER_HEAD, "choduyet")
    page = await head.opens("/bang/nguoi")
    assert 'value="giahan"' not in page
    await head.opens("/bang/chon", viec="giahan", p="1")
    assert head.status == 404
