"""The desk's rooms over the real store: what is said in the chat is what is kept."""

import asyncio
from dataclasses import replace

import pytest

from bot.turn.apply import APPLIERS
from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import OpenCampaign
from dialogs.core.events import Pressed
from dialogs.core.stamps import seal
from storage import Store
from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD, Phone, Stage, staged

YEAR = 2020


@pytest.fixture
async def stage(store) -> Stage:
    return await staged(store)


async def desk_of(stage: Stage) -> Phone:
    return await stage.phone_of(HEAD)


async def another_of_the_desk(stage: Stage) -> Phone:
    async with stage.store.transaction() as tx:
        await tx.people.update(replace(await tx.people.get(await stage.person(COLLEAGUE)), desk=True))
        await tx.commit()
    return await stage.phone_of(COLLEAGUE)


async def press(phone: Phone, verb: str, *about: str) -> None:
    await phone.does(Pressed(Button(verb, 0, about)))


async def test_the_overview_counts_what_is_kept(stage):
    phone = await desk_of(stage)
    await phone.commands("dot")
    assert f"Đợt đánh giá năm {YEAR}" in phone.text
    assert f"Tổng số: {await stage.count('review')} bản" in phone.text


async def test_a_day_is_moved_and_kept(stage):
    phone = await desk_of(stage)
    await phone.commands("dot")
    await phone.presses("desk_dates")
    await phone.presses("desk_move", str((await stage.rows("campaign"))[0]["id"]), "0", seal("self_review"))
    await phone.says("24/11/2020")
    assert "sang 24/11/2020" in phone.text
    await phone.commands("dot")
    await phone.presses("desk_dates")
    assert "24/11/2020" in phone.text


async def test_a_campaign_is_opened_with_the_reviews_that_were_shown(stage):
    phone = await desk_of(stage)
    before = await stage.count("review")
    await press(phone, "desk_new")
    await phone.presses("desk_tick", seal("decree-90-2020"))
    await phone.presses("desk_year", str(YEAR + 1))
    await phone.presses("desk_preview")
    told = phone.text
    await phone.presses("desk_open")
    opened = await stage.count("review") - before
    assert opened > 0
    assert f"người làm {opened} bản" in told
    await phone.commands("dot")
    assert "Có 2 đợt đánh giá đang mở" in phone.text
    await press(phone, "desk_new")
    await phone.presses("desk_tick", seal("decree-90-2020"))
    await phone.presses("desk_year", str(YEAR + 1))
    await phone.presses("desk_preview")
    assert "đang mở, không mở lần thứ hai" in phone.text


async def test_two_of_the_desk_who_open_it_at_once_open_it_once(stage):
    before = await stage.count("review")
    phones = [await desk_of(stage), await another_of_the_desk(stage)]
    for phone in phones:
        await press(phone, "desk_new")
        await phone.presses("desk_tick", seal("decree-90-2020"))
        await phone.presses("desk_year", str(YEAR + 1))
        await phone.presses("desk_preview")
    await asyncio.gather(*(phone.presses("desk_open") for phone in phones))
    opened = await stage.count("review") - before
    assert len({(row["person_id"], row["form"]) for row in (await stage.rows("review"))[before:]}) == opened
    assert sorted("Đã mở đợt đánh giá" in phone.text for phone in phones) == [False, True]


async def test_who_opens_what_was_opened_while_they_looked_is_told(postgres_url, monkeypatch):
    """On PostgreSQL both look before either writes; on SQLite whoever writes waits before they look."""
    store = await Store.open(postgres_url)
    stage = await staged(store)
    phones = [await desk_of(stage), await another_of_the_desk(stage)]
    for phone in phones:
        await press(phone, "desk_new")
        await phone.presses("desk_tick", seal("decree-90-2020"))
        await phone.presses("desk_year", str(YEAR + 1))
        await phone.presses("desk_preview")
    looked, opened = asyncio.Event(), asyncio.Event()
    carry_out = APPLIERS[OpenCampaign]

    async def late(context, command):
        if not looked.is_set():
            looked.set()
            await opened.wait()
        await carry_out(context, command)

    monkeypatch.setitem(APPLIERS, OpenCampaign, late)
    second = asyncio.create_task(phones[1].presses("desk_open"))
    await looked.wait()
    await phones[0].presses("desk_open")
    opened.set()
    await second
    assert "Đã mở đợt đánh giá" in phones[0].text
    assert "đang mở, không mở lần thứ hai" in phones[1].text
    await store.close()


async def test_two_of_the_desk_who_close_it_at_once_close_it_once(stage):
    phones = [await desk_of(stage), await another_of_the_desk(stage)]
    for phone in phones:
        await phone.commands("dot")
        await phone.presses("desk_close")
    await asyncio.gather(*(phone.presses("desk_close_now") for phone in phones))
    assert sorted("Đã đóng" in phone.text for phone in phones) == [False, True]


async def test_a_campaign_is_closed_with_what_was_named(stage):
    phone = await desk_of(stage)
    await phone.commands("dot")
    await phone.presses("desk_close")
    await phone.presses("desk_close_now")
    assert "Đã đóng" in phone.text
    await phone.commands("dot")
    assert "không có đợt đánh giá nào đang mở" in phone.text


async def test_settings_are_kept(stage):
    phone = await desk_of(stage)
    await press(phone, "desk_settings")
    await phone.presses("desk_switch", "digest", "0")
    await phone.presses("desk_ask_quiet")
    await phone.says("11-14")
    await phone.presses("desk_ask_escalate")
    await phone.says("2 4 6")
    await phone.presses("desk_ask_place")
    await phone.says("Quảng Ngãi")
    await press(phone, "desk_settings")
    assert "thứ Hai cho người đứng đầu đơn vị: tắt" in phone.text
    assert "từ 11 giờ đến 14 giờ" in phone.text
    assert "Quá hạn 2 ngày làm việc" in phone.text
    assert "Nơi ký trên văn bản: Quảng Ngãi." in phone.text


async def test_a_code_for_a_new_phone_ties_it_and_lets_the_old_one_go(stage):
    old = await stage.phone_of(CHIEF, "cũ")
    phone = await desk_of(stage)
    chief = str(await stage.person(CHIEF))
    await press(phone, "crew_person", chief)
    await phone.presses("crew_code")
    await phone.presses("crew_issue")
    code = phone.text.partition("<code>")[2].partition("</code>")[0]
    assert len(code) == 12
    stage.clock.forward(days=1)
    new = stage.phone("mới")
    await new.commands("start", code)
    assert await stage.house.who("web", "mới") == int(chief)
    await old.commands("trogiup")
    assert await stage.house.who("web", "cũ") is None


async def test_codes_taken_back_open_nothing(stage):
    phone = await desk_of(stage)
    code = await stage.invitation(COLLEAGUE)
    await press(phone, "crew_person", str(await stage.person(COLLEAGUE)))
    await phone.presses("crew_revoke")
    stranger = stage.phone("lạ")
    await stranger.commands("start", code)
    assert await stage.house.who("web", "lạ") is None


async def test_accounts_are_untied(stage):
    await stage.phone_of(CHIEF, "của người khác")
    phone = await desk_of(stage)
    await press(phone, "crew_person", str(await stage.person(CHIEF)))
    await phone.presses("crew_untie")
    await phone.presses("crew_untie_now")
    assert await stage.house.who("web", "của người khác") is None


async def test_people_are_found_by_the_key_of_the_roster(stage):
    phone = await desk_of(stage)
    await phone.commands("nhansu", EMPLOYEE.lower())
    assert EMPLOYEE in phone.text


async def test_a_message_reaches_everybody_it_was_counted_for_once(stage):
    phone = await desk_of(stage)
    await phone.commands("nhantin")
    await phone.presses("cast_to", str((await stage.rows("campaign"))[0]["id"]), "not_started")
    await phone.says("Mời anh, chị nộp bản tự đánh giá.")
    sending = phone.button("cast_send")
    before = await stage.count("delivery")
    await phone.does(Pressed(sending))
    sent = await stage.count("delivery") - before
    assert sent > 0
    assert f"cho {sent} người" in phone.text
    await phone.does(Pressed(sending))
    assert await stage.count("delivery") == before + sent
    await phone.presses("cast_report")
    assert f"đang chờ {sent}" in phone.text


async def test_this_is_not_me_is_told_to_the_desk(stage):
    await desk_of(stage)
    chief = await stage.phone_of(CHIEF)
    before = await stage.count("delivery")
    await press(chief, "really_not_me")
    told = (await stage.rows("delivery"))[before:]
    assert await stage.person(HEAD) in {row["person_id"] for row in told}


async def test_who_is_not_of_the_desk_is_refused_and_it_is_kept(stage):
    chief = await stage.phone_of(CHIEF)
    await chief.commands("dot")
    assert "thuộc bộ phận tổ chức" in chief.text
    audit = await stage.rows("audit")
    assert "refused" in {row["what"] for row in audit}
