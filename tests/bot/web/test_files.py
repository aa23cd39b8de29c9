"""Files chosen on the page: where one is awaited, from our own page, never larger than may come."""

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar, FormData

from bot.campaign.roster.exporting import workbook
from bot.delivery.seam import NoJobs
from bot.demo.office import DEMO_ROSTER, EMPLOYEE, HEAD, OFFICE
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.roster.read import read_roster
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web import files
from bot.web.app import site, web_app
from bot.web.files import disposition
from storage import Store
from tests.bot.roster.rosters import promoted
from tests.bot.web.doors import walk_in

CHANGED = workbook(promoted(EMPLOYEE))


@pytest.fixture
async def address(sqlite_store: Store) -> AsyncIterator[str]:
    await furnish(sqlite_store, BEGINS)
    house = House(sqlite_store, Library(), NoJobs(), Loader(Links(), "vi"), clock_from(BEGINS))
    async with site(web_app(house), "127.0.0.1", 0) as where:
        yield where


class Page:
    """A signed-in page."""

    def __init__(self, session: ClientSession, address: str) -> None:
        self.session, self.address, self.url = session, address, ""

    async def enter(self, store: Store, key: str) -> None:
        code = await fresh_invitation(store, await person_called(store, key), BEGINS)
        self.url = str((await walk_in(self.session, self.address, code)).url)

    async def presses(self, data: str) -> None:
        async with self.session.ws_connect(self.url + "ws", headers={"Origin": self.address}) as socket:
            await socket.send_json({"id": f"id-{data.replace(':', '-').replace('_', '-')}", "press": data})
            async for message in socket:
                if '"done"' in message.data:
                    return

    async def hands(self, content: bytes, name: str = "moi.xlsx", ident: str = "id-file-1", **more: str) -> int:
        form = FormData()
        form.add_field("file", content, filename=name)
        headers = {"Origin": self.address, **more}
        async with self.session.post(f"{self.url}file/{ident}", data=form, headers=headers) as answer:
            return answer.status

    async def shows(self) -> str:
        return await (await self.session.get(self.url)).text()


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield Page(session, address)


async def test_a_roster_is_handed_in_and_sent_twice_it_acts_once(page, sqlite_store):
    await page.enter(sqlite_store, HEAD)
    await page.presses("desk_roster:0")
    assert "data-awaits-file" in await page.shows()
    assert [await page.hands(CHANGED), await page.hands(CHANGED)] == [204, 204]
    shown = await page.shows()
    assert shown.count(f"Tệp “moi.xlsx”: thay đổi so với danh sách đang lưu của {OFFICE}") == 1
    agree = re.search(r'data-press="(desk_roster_put:[^"]+)"', shown)
    await page.presses(agree[1])
    assert f"Đã ghi danh sách của {OFFICE}." in await page.shows()
    async with sqlite_store.reading() as tx:
        assert (await tx.people.get(await person_called(sqlite_store, EMPLOYEE))).position == "Chuyên viên chính"


async def test_the_kept_roster_is_downloaded(page, sqlite_store):
    await page.enter(sqlite_store, HEAD)
    await page.presses("desk_roster_file:0")
    link = re.search(r'href="([^"]+/roster)"', await page.shows())
    answer = await page.session.get(page.address + link[1])
    assert 'filename="tu-soi.xlsx"' in answer.headers["Content-Disposition"]
    assert len(read_roster(await answer.read()).people) == len(DEMO_ROSTER.people)


async def test_the_link_of_a_page_that_an_earlier_program_drew_still_leads_to_the_roster(page, sqlite_store):
    await page.enter(sqlite_store, HEAD)
    answer = await page.session.get(f"{page.url}papers/0/0/1/roster")
    assert len(read_roster(await answer.read()).people) == len(DEMO_ROSTER.people)


async def test_who_is_not_of_the_desk_neither_hands_in_nor_downloads(page, sqlite_store):
    await page.enter(sqlite_store, EMPLOYEE)
    await page.presses("desk_roster:0")
    assert await page.hands(CHANGED) == 204
    assert "Tôi không nhận tệp đính kèm" in await page.shows()
    for where in ("desk/1/roster", "papers/0/0/1/roster"):
        assert (await page.session.get(f"{page.url}{where}")).status == 404
    assert (await page.session.get(f"{page.url}desk/1/no_such_file")).status == 404


async def test_a_form_of_another_site_or_of_nobody_is_refused(page, sqlite_store):
    await page.enter(sqlite_store, HEAD)
    await page.presses("desk_roster:0")
    assert await page.hands(CHANGED, Origin="https://evil.example") == 403
    page.session.cookie_jar.clear()
    assert await page.hands(CHANGED) == 401


async def test_what_is_no_form_or_has_no_good_id_is_refused(page, sqlite_store):
    await page.enter(sqlite_store, HEAD)
    headers = {"Origin": page.address}
    assert (await page.session.post(f"{page.url}file/id-file-1", data=b"PK", headers=headers)).status == 415
    assert (await page.session.post(f"{page.url}file/x", data=b"PK", headers=headers)).status == 404


@pytest.mark.parametrize("around", [0, 10_000])
async def test_no_more_is_read_than_may_come(page, sqlite_store, monkeypatch, around):
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    monkeypatch.setattr(files, "_AROUND", around)
    await page.enter(sqlite_store, HEAD)
    await page.presses("desk_roster:0")
    assert await page.hands(CHANGED) == 204
    assert "lớn hơn 20 MB" in await page.shows()


def test_a_name_puts_nothing_else_into_the_heading() -> None:
    for name in ('a"\r\nX: y', 'a.b"; x="y', "không đuôi"):
        assert disposition(name).startswith('attachment; filename="tu-soi"; filename*=UTF-8')
        assert not set("\r\n") & set(disposition(name))
    assert 'filename="tu-soi.pdf"' in disposition("phiếu.pdf")
