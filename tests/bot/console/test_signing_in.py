"""The way into the console: a link once, a cookie of its own, and what ends it."""

import datetime as dt
import re

import pytest

from bot.console.house import WHOLE
from bot.web.guesses import OF_ADDRESS
from dialogs.core.events import Pressed
from tests.bot.playing import CHIEF, EMPLOYEE, HEAD
from tests.bot.web.doors import once_of

#: Who heads the unit that runs the campaigns.
DESK = HEAD


def is_in(screen) -> bool:
    return screen.status == 200 and screen.url.rpartition("/bang")[2].startswith(("/nguoi", "/dot/"))


async def test_a_link_opens_once_and_a_look_at_it_burns_nothing(console):
    code = await console.code(DESK)
    messenger, mine, other = [await console.screen() for _ in range(3)]
    assert "Mở bảng điều hành" in await messenger.opens(f"/bang/vao/{code}")
    await mine.walks_in(code)
    assert is_in(mine)
    (cookie,) = [one for one in mine.browser.cookie_jar if one.key == "tusoi-console"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/bang", "Strict", True)
    await other.walks_in(code)
    assert other.status == 403
    assert "đã được dùng" in other.text
    await mine.opens(f"/bang/vao/{code}")  # who is in goes on
    assert is_in(mine)


async def test_a_link_opened_again_is_told_to_the_desk_and_whose_it_is_once(console):
    code = await console.code(CHIEF, "choduyet")
    await (await console.screen()).walks_in(code)
    for _ in range(3):
        await (await console.screen()).walks_in(code)
    told = await console.stage.rows("delivery", kind="notice")
    mine = [one["person_id"] for one in told if one["key"].startswith("console-link:")]
    assert sorted(mine) == sorted([await console.stage.person(DESK), await console.stage.person(CHIEF)])
    assert len(await console.stage.rows("audit", what="console link refused")) == 3


async def test_the_button_pressed_twice_opens_once(console):
    code, screen = await console.code(DESK), await console.screen()
    once = once_of(await screen.opens(f"/bang/vao/{code}"))
    for _ in range(2):
        await screen.sends("/bang/vao", code=code, once=once)
    assert len(await console.stage.rows("account", channel="console")) == 1


async def test_a_newer_link_makes_the_older_worthless_and_each_ends_by_itself(console):
    older, newer = await console.code(DESK), await console.code(DESK)
    screen = await console.screen()
    console.stage.clock.forward(seconds=1)
    await screen.walks_in(older)
    assert screen.status == 403
    console.stage.clock.forward(minutes=10)
    assert "hết hạn" in await screen.walks_in(newer)


async def test_what_is_no_link_says_so(console):
    screen = await console.screen()
    for code in ("ABCDEFGHJKMN", "x", "%3Cb%3E", "0" * 400):
        assert "Không có đường dẫn này" in await screen.walks_in(code)


async def test_no_other_site_presses_the_button(console):
    code, screen = await console.code(DESK), await console.screen()
    once = once_of(await screen.opens(f"/bang/vao/{code}"))
    await screen.sends("/bang/vao", "https://other.example", code=code, once=once)
    assert screen.status == 403
    await screen.sends("/bang/vao", code=code, once="planted")
    assert is_in(screen)  # by its own cookie of the door
    stranger = await console.screen()
    await stranger.sends("/bang/vao", code=code, once="planted")
    assert stranger.status == 403


async def test_a_plain_person_is_told_that_it_is_not_theirs(console):
    phone = await console.phone(EMPLOYEE)
    desk = await console.phone(DESK)
    await desk.commands("dot")
    await phone.does(Pressed(desk.button("console")))
    assert "dành cho bộ phận tổ chức" in phone.text
    assert "/bang/vao/" not in phone.text


async def test_the_code_is_kept_by_its_mark_alone(console):
    code = await console.code(DESK)
    kept = str(await console.stage.rows("turn")) + str(await console.stage.rows("console_link"))
    assert code not in kept
    phone = await console.phone(DESK)
    (newest, *_) = reversed(await console.stage.house.history(phone.answered.person))
    assert code in newest.replies[0].html
    await (await console.screen()).walks_in(code)
    (newest, *_) = reversed(await console.stage.house.history(phone.answered.person))
    assert "không còn giá trị" in newest.replies[0].html


@pytest.mark.parametrize("rests", [dt.timedelta(minutes=31), WHOLE + dt.timedelta(minutes=1)])
async def test_it_closes_by_itself(console, rests):
    screen = await console.screen_of(DESK)
    if rests < WHOLE:
        console.stage.clock.forward(minutes=29)
        await screen.opens("/bang/nguoi")
        assert is_in(screen)
        console.stage.clock.forward(seconds=rests.total_seconds())
    else:
        for _ in range(30):
            console.stage.clock.forward(minutes=25)
            await screen.opens("/bang/nguoi")
    assert screen.status == 401 or "chưa mở" in await screen.opens("/bang/nguoi")
    await console.house.lifetimes.end_all(console.stage.store, console.stage.clock())
    assert all(one["untied_at"] for one in await console.stage.rows("account", channel="console"))


async def test_the_button_signs_out(console):
    screen = await console.screen_of(DESK)
    (token,) = set(re.findall(r'name="token" value="(\w+)"', screen.text))
    await screen.sends("/bang/ra", "https://other.example", token=token)
    await screen.opens("/bang/nguoi")
    assert is_in(screen)
    for forged in ({}, {"token": ""}, {"token": token[::-1]}):
        await screen.sends("/bang/ra", **forged)
        assert screen.status == 403
    await screen.opens("/bang/nguoi")
    assert is_in(screen)
    assert "đã đóng" in await screen.sends("/bang/ra", token=token)
    await screen.opens("/bang/nguoi")
    assert screen.status == 401


async def test_it_ends_with_the_device_it_was_asked_from(console):
    screen, phone = await console.screen_of(DESK), await console.phone(DESK)
    await phone.commands("thietbi")
    assert "Bảng điều hành" in phone.text
    await phone.commands("thoat")
    await screen.opens("/bang/nguoi")
    assert screen.status == 401


async def test_signing_out_everywhere_else_closes_it(console):
    screen, phone = await console.screen_of(DESK), await console.phone(DESK)
    await phone.commands("thietbi")
    await phone.presses("others_out")
    await phone.presses("others_out_now")
    await screen.opens("/bang/nguoi")
    assert screen.status == 401


async def test_a_session_of_the_console_is_none_of_the_chat(console):
    screen = await console.screen_of(DESK)
    (session,) = [one.value for one in screen.browser.cookie_jar if one.key == "tusoi-console"]
    person = await console.stage.person(DESK)
    headers = {"Cookie": f"tusoi={session}"}
    async with screen.browser.get(f"{console.address}/p/{person}/", headers=headers) as answer:
        assert answer.status == 401


async def test_nothing_is_cached_and_no_script_of_others_runs(console):
    screen = await console.screen_of(DESK)
    async with screen.browser.get(f"{console.address}/bang/nguoi") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_who_knocks_with_a_used_link_again_and_again_fills_no_audit(console):
    code = await console.code(DESK)
    await (await console.screen()).walks_in(code)
    other = await console.screen()
    for _ in range(OF_ADDRESS.burst + 2):
        await other.opens(f"/bang/vao/{code}")
        assert (other.status, "đã được dùng" in other.text) == (403, True)
    assert len(await console.stage.rows("audit", what="console link refused")) <= OF_ADDRESS.burst
