"""Sessions end here and not in the browser: unused, old, signed out everywhere else, taken back, of who left."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession, CookieJar, WSMsgType

from bot.campaign.roster.importing import import_roster, preview
from bot.door.lifetimes import KEPT_EVERY, Lifetimes
from bot.web.app import site, web_app
from bot.web.house import WebSettings
from bot.web.sessions import account_of
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from storage import Store
from tests.answers import status_of
from tests.bot.playing import CHIEF, EMPLOYEE, HEAD, Phone, Stage, staged
from tests.bot.roster.rosters import without
from tests.bot.web.doors import walk_in
from tests.waiting import PATIENCE

LIFETIMES = Lifetimes(idle=dt.timedelta(days=10), whole=dt.timedelta(days=30))


@dataclass
class Seat:
    """A browser with its page."""

    browser: ClientSession
    address: str
    url: str

    @property
    def session(self) -> str:
        (session,) = {cookie.value for cookie in self.browser.cookie_jar if cookie.key == "tusoi"}
        return session

    @property
    def account(self) -> str:
        return account_of(self.session)

    async def status(self, path: str = "") -> int:
        async with self.browser.get(self.url + path) as answer:
            return answer.status


@pytest.fixture
async def stage(sqlite_store: Store) -> Stage:
    stage = await staged(sqlite_store)
    return replace(stage, house=replace(stage.house, lifetimes=LIFETIMES))


@pytest.fixture
async def address(stage: Stage) -> AsyncIterator[str]:
    async with site(web_app(stage.house), "127.0.0.1", 0) as where:
        yield where


@pytest.fixture
async def seats(stage: Stage, address: str) -> AsyncIterator[list[Seat]]:
    """Three browsers of the employee: two of their own, and one of somebody who found a way in."""
    found = []
    for _ in range(3):
        browser = ClientSession(cookie_jar=CookieJar(unsafe=True))
        page = await walk_in(browser, address, await stage.invitation(EMPLOYEE))
        found.append(Seat(browser, address, str(page.url)))
    yield found
    for seat in found:
        await seat.browser.close()


async def test_a_session_that_is_not_used_ends_and_what_is_said_under_it_is_not_taken(stage, seats):
    mine, other, _ = seats
    stage.clock.forward(days=9)
    assert await mine.status() == 200
    stage.clock.forward(days=9)
    assert await mine.status() == 200, "to look at it is a use as well"
    assert await other.status() == 401
    async with other.browser.get(other.url) as page:
        assert "Cần đăng nhập lại" in await page.text()
    said = await stage.phone(other.account).commands("thietbi")
    assert (said.person, said.replies) == (None, ())


async def test_a_session_ends_however_much_it_is_used(stage, seats):
    mine, *_ = seats
    for _ in range(6):
        stage.clock.forward(days=5)
        assert await mine.status() == 200
    stage.clock.forward(days=1)
    assert await mine.status() == 401


async def test_what_is_over_is_shown_so_to_the_desk(stage, seats):
    stage.clock.forward(days=11)
    await stage.house.lifetimes.end_all(stage.store, stage.clock())
    assert await stage.count("account", untied_at=None) == 0
    ended = [line for line in await stage.rows("audit") if line["what"] == "session ended"]
    assert [line["by"] for line in ended] == ["system"] * 3


async def test_telegram_watches_over_its_own_accounts(stage):
    phone = await stage.phone_of(EMPLOYEE, "77", "telegram")
    stage.clock.forward(days=400)
    assert (await phone.commands("tieptuc")).person == await stage.person(EMPLOYEE)


async def test_a_use_is_kept_now_and_then_not_at_each_step(stage):
    phone = await stage.phone_of(EMPLOYEE)
    began = (await stage.rows("account"))[0]["seen_at"]
    stage.clock.forward(minutes=1)
    await phone.commands("tieptuc")
    assert (await stage.rows("account"))[0]["seen_at"] == began
    stage.clock.forward(seconds=KEPT_EVERY.total_seconds())
    await phone.commands("tieptuc")
    assert (await stage.rows("account"))[0]["seen_at"] != began


async def test_signed_out_everywhere_else_a_stolen_cookie_is_worth_nothing(stage, seats, address):
    mine, other, thief = seats
    stolen = {"tusoi": thief.session}
    unused = await stage.phone_of(EMPLOYEE, "77", "telegram")
    await unused.commands("thietbi")
    async with thief.browser.ws_connect(thief.url + "ws", headers={"Origin": address}) as line:
        await line.send_json({"hello": 0})
        me = stage.phone(mine.account)
        await me.commands("thietbi")
        assert me.text.count("Trang web") >= 3
        assert "Telegram" in me.text
        await me.presses("others_out")
        await me.presses("others_out_now")
        assert "Đã đăng xuất khỏi 3 nơi khác" in me.text
        while (message := await line.receive()).type is WSMsgType.TEXT:
            assert "Đã đăng xuất khỏi" not in message.data
        assert line.close_code == 4401, "an open page ends as well"
    assert [await seat.status() for seat in (mine, other, thief)] == [200, 401, 401]
    for path in ("manifest.webmanifest", "papers/1/0/1/pages", "desk/1/roster"):
        async with ClientSession(cookies=stolen, cookie_jar=CookieJar(unsafe=True)) as browser:
            assert await status_of(browser.get(f"{mine.url}{path}")) == 401
    assert await stage.count("invitation", kind="device", used_at=None, revoked_at=None) == 0


async def test_a_newer_code_for_a_device_makes_the_older_one_worthless(stage, address):
    phone = await stage.phone_of(EMPLOYEE)
    first = (await phone.commands("thietbi")).replies[0].html
    second = (await phone.commands("thietbi")).replies[0].html
    older, newer = (text.partition("<code>")[2].partition("</code>")[0] for text in (first, second))
    assert "không còn giá trị" in (await stage.phone("b").says(older)).replies[0].html
    assert (await stage.phone("c").says(newer)).person == await stage.person(EMPLOYEE)


async def the_desk_takes_back(stage: Stage) -> None:
    async with stage.store.transaction() as tx:
        await tx.accounts.untie_person(await stage.person(EMPLOYEE), stage.clock())
        await tx.commit()


async def they_leave(stage: Stage) -> None:
    left = without(EMPLOYEE)
    seen = await preview(stage.store, left, stage.clock())
    await import_roster(stage.store, stage.house.books, left, seen, stage.clock())


@pytest.mark.parametrize("what", [the_desk_takes_back, they_leave])
async def test_who_may_come_in_no_more_is_shut_out_of_open_pages_too(stage, seats, address, what):
    mine, *_ = seats
    async with mine.browser.ws_connect(mine.url + "ws", headers={"Origin": address}) as line:
        await line.send_json({"hello": 0})
        await what(stage)
        async with asyncio.timeout(PATIENCE):
            while (await line.receive()).type is WSMsgType.TEXT:
                pass
        assert line.close_code == 4401
    assert await mine.status() == 401
    assert (await stage.phone(mine.account).commands("tieptuc")).person is None


async def test_nobody_signs_others_out_by_a_button_of_their_own_making(stage, seats):
    head, chief = await stage.phone_of(HEAD), await stage.phone_of(CHIEF)
    await head.commands("thietbi")
    await chief.commands("thietbi")
    shown = head.text + chief.text
    for phone in (head, chief):
        assert "không có nơi nào khác" in await pressed(phone, "others_out")
        await pressed(phone, "others_out_now")
        await pressed(phone, "others_out_now", str(await stage.person(EMPLOYEE)))
    assert [await seat.status() for seat in seats] == [200, 200, 200]
    assert shown.count("Trang web (đang dùng ở đây)") == 2, "each sees their own alone"


async def pressed(phone: Phone, verb: str, *about: str) -> str:
    await phone.does(Pressed(Button(verb, 0, about)))
    return phone.text


# ── cookies of before ──────────────────────────────────────────────────────────────────────────

PUBLIC = {"Host": "tusoi.example"}


@pytest.fixture
async def public(stage: Stage) -> AsyncIterator[str]:
    async with site(web_app(stage.house, WebSettings(public_url="https://tusoi.example")), "127.0.0.1", 0) as where:
        yield where


async def tied_before(stage: Stage, session: str, key: str = EMPLOYEE) -> int:
    """A session as the program before kept it."""
    person = await stage.person(key)
    async with stage.store.transaction() as tx:
        await tx.accounts.tie("web", account_of(session), person, stage.clock())
        await tx.connection.execute(sa.text("UPDATE account SET seen_at = NULL"))
        await tx.commit()
    return person


async def test_a_cookie_of_before_becomes_a_new_one_once(stage, public):
    person = await tied_before(stage, "x" * 43)
    old = {**PUBLIC, "Cookie": f"tusoi={'x' * 43}"}
    async with ClientSession() as browser:
        page = await browser.get(f"{public}/p/{person}/", headers=old)
        assert page.status == 200
        kept = {line.partition("=")[0]: line for line in page.headers.getall("Set-Cookie")}
        assert "Max-Age=0" in kept["tusoi"]
        fresh = kept[f"__Host-tusoi-{person}"].partition(";")[0]
        assert await status_of(browser.get(f"{public}/p/{person}/", headers={**PUBLIC, "Cookie": fresh})) == 200
        assert await status_of(browser.get(f"{public}/p/{person}/", headers=old)) == 401, (
            "the old one is worth nothing now"
        )


async def test_a_session_of_now_is_not_let_in_under_the_old_name(stage, public, seats):
    """What a neighbour under the same domain could plant."""
    mine, *_ = seats
    person = await stage.person(EMPLOYEE)
    async with ClientSession() as browser:
        planted = {**PUBLIC, "Cookie": f"tusoi={mine.session}"}
        assert await status_of(browser.get(f"{public}/p/{person}/", headers=planted)) == 401


async def test_an_old_cookie_opens_nobody_else_s_page(stage, public):
    await tied_before(stage, "x" * 43)
    async with ClientSession() as browser:
        planted = {**PUBLIC, "Cookie": f"tusoi={'x' * 43}"}
        assert await status_of(browser.get(f"{public}/p/{await stage.person(HEAD)}/", headers=planted)) == 401
        assert await status_of(browser.get(f"{public}/p/{await stage.person(EMPLOYEE)}/", headers=planted)) == 200


async def test_who_opens_their_used_link_again_is_led_to_their_page(stage, public):
    code, person = await stage.invitation(EMPLOYEE), await stage.person(EMPLOYEE)
    await stage.phone(account_of("s" * 43)).commands("start", code)
    async with ClientSession() as browser:
        again = {**PUBLIC, "Cookie": f"__Host-tusoi-{person}={'s' * 43}"}
        answer = await browser.get(f"{public}/i/{code}", headers=again, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, f"/p/{person}/")
        assert await status_of(browser.get(f"{public}/i/{code}", headers=PUBLIC)) == 403
