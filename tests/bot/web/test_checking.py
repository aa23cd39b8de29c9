"""The page where anybody checks a paper: a stranger learns how it stands and nothing else."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest
from aiohttp import ClientSession, CookieJar, FormData

from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import fresh_invitation, person_called
from bot.documents.printing import files, kept_paper
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web import checking
from bot.web.app import site, web_app
from bot.web.guesses import OF_ADDRESS
from bot.web.house import FORGERIES_A_DAY, WebSettings
from rules.nouns.text import folded
from templates.documents import docx
from tests.answers import status_of
from tests.bot.documents.office import played, review_of
from tests.bot.playing import COLLEAGUE
from tests.bot.web.doors import walk_in

GENUINE, RIGHT, REPLACED, ALTERED, WRONG = (
    "<h1>Đúng bản gốc</h1>",
    "<h1>Mã đúng, đang có hiệu lực</h1>",
    "<h1>Đã được thay bằng bản mới</h1>",
    "<h1>Không đúng bản gốc</h1>",
    "<h1>Không đúng</h1>",
)


@pytest.fixture
async def stage(sqlite_store):
    return await played(sqlite_store)


@pytest.fixture
async def address(stage) -> AsyncIterator[str]:
    house = House(stage.store, Library(), NoJobs(), Loader(Links(), "vi"), stage.clock)
    async with site(web_app(house), "127.0.0.1", 0) as where:
        yield where


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


async def paper_of(stage, key: str, version: int = 1):
    async with stage.store.reading() as tx:
        return await kept_paper(tx, await review_of(stage, key), version, 0)


async def hand(browser: ClientSession, address: str, content: bytes, seat: str = "", origin: str = ""):
    form = FormData()
    form.add_field("file", io.BytesIO(content), filename="giay.docx")
    return await browser.post(f"{address}{seat}/v", data=form, headers={"Origin": origin or address})


async def test_a_stranger_learns_of_a_code_how_it_stands_and_no_more(stage, address, browser) -> None:
    mine, old, new = [
        (await paper_of(stage, key, version)).paper.fingerprint
        for key, version in ((EMPLOYEE, 1), (COLLEAGUE, 1), (COLLEAGUE, 2))
    ]
    names = [str(row["name"]) for row in await stage.rows("person")] + ["Hoàn thành", "Mẫu số", "Phòng Hành chính"]
    for code, told in ((mine, RIGHT), (mine.upper(), RIGHT), (old, REPLACED), (new, RIGHT), ("0" * 64, WRONG)):
        for letter in "vV":
            answer = await browser.get(f"{address}/{letter}/{code}")
            page = await answer.text()
            assert answer.status == 200
            assert told in page
            assert not [name for name in names if folded(name) in folded(page)]
    assert await status_of(browser.get(f"{address}/v/{mine[:16]}")) == 404, "the short form is no address"


async def test_a_stranger_learns_of_a_file_how_it_stands_and_no_more(stage, address, browser) -> None:
    printable = await paper_of(stage, EMPLOYEE)
    (genuine,) = files(printable, ("docx",))
    (older,) = files(await paper_of(stage, COLLEAGUE), ("docx",))
    forged = docx(replace(printable.paper, title="PHIẾU KHÁC"))
    for content, told in ((genuine.content, GENUINE), (older.content, REPLACED), (forged, ALTERED)):
        answer = await hand(browser, address, content)
        page = await answer.text()
        assert (answer.status, told in page) == (200, True), page
        assert "Trần Thị" not in page
        assert "PHIẾU" not in page


async def test_who_may_read_it_sees_whose_it_is_and_what_differs(stage, address) -> None:
    printable = await paper_of(stage, EMPLOYEE)
    (genuine,) = files(printable, ("docx",))
    forged = docx(replace(printable.paper, title="PHIẾU KHÁC"))
    for key, named, rating in (
        (EMPLOYEE, True, True),
        (HEAD, True, True),
        (COLLEAGUE, False, False),
    ):  # the head is of the desk, too
        person = await person_called(stage.store, key)
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
            await walk_in(browser, address, await fresh_invitation(stage.store, person, stage.clock()))
            page = await (await hand(browser, address, genuine.content, f"/p/{person}")).text()
            assert GENUINE in page
            assert ("Trần Thị Hoa Mai" in page) is named, key
            assert ("Kết quả xếp loại lần 1" in page) is rating, key
            page = await (await browser.get(f"{address}/p/{person}/v/{printable.paper.fingerprint}")).text()
            assert ("Trần Thị Hoa Mai" in page) is named, key
            if key == EMPLOYEE:
                page = await (await hand(browser, address, forged, f"/p/{person}")).text()
                assert "thành “KHÁC”" in page
        async with ClientSession() as stranger:
            assert await status_of(stranger.get(f"{address}/p/{person}/v")) == 401


async def test_who_is_signed_in_need_not_say_who_also_over_plain_http(stage, address) -> None:
    printable, person = await paper_of(stage, EMPLOYEE), await person_called(stage.store, EMPLOYEE)
    (genuine,) = files(printable, ("docx",))
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        await walk_in(browser, address, await fresh_invitation(stage.store, person, stage.clock()))
        assert "Trần Thị Hoa Mai" in await (await hand(browser, address, genuine.content)).text()
        for v in ("v", "V"):
            code = printable.paper.fingerprint.upper() if v == "V" else printable.paper.fingerprint
            assert "Trần Thị Hoa Mai" in await (await browser.get(f"{address}/{v}/{code}")).text(), v
        shown = {one.key: one["path"] for one in browser.cookie_jar}
        assert shown[f"tusoi-{person}"] == "/v", "its own place, and no other"
        (session,) = [one.value for one in browser.cookie_jar if one.key == f"tusoi-{person}"]
    async with ClientSession() as other:
        forged = {
            "Cookie": f"tusoi-{person + 1}={session}; tusoi-x=1; tusoi-{'9' * 30}=1; __Host-tusoi-{person}={session}"
        }
        page = await (await other.get(f"{address}/v/{printable.paper.fingerprint}", headers=forged)).text()
        assert "Trần Thị Hoa Mai" not in page, "a session is of one person alone"


async def test_a_page_of_another_site_no_file_and_rubbish_are_refused(address, browser) -> None:
    page = await browser.get(f"{address}/v")
    assert 'enctype="multipart/form-data"' in await page.text()
    assert (await hand(browser, address, b"x", origin="https://other.example")).status == 403
    assert await status_of(browser.post(f"{address}/v", data={"a": "b"}, headers={"Origin": address})) == 415
    for content, status, told in ((b"", 400, "tệp rỗng"), (b"x" * 6_000_000, 413, "Tệp quá lớn: tối đa 5 MB")):
        answer = await hand(browser, address, content)
        assert (answer.status, told in await answer.text()) == (status, True)


async def test_files_and_guessed_codes_have_a_pace(address, browser) -> None:
    statuses = [(await hand(browser, address, b"x")).status for _ in range(8)]
    assert statuses == [400] * 6 + [429] * 2
    for guess in range(OF_ADDRESS.burst):
        answer = await browser.get(f"{address}/v/{guess:064x}")
        if answer.status == 429:
            break
    else:
        assert await status_of(browser.get(f"{address}/v/{'f' * 64}")) == 429


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=X", b"x" * 100_000),
        ("multipart/form-data; boundary=X", b""),
        ("multipart/form-data; boundary=X", b"--X\r\nA: " + b"y" * 100_000 + b"\r\n\r\na\r\n--X--"),
        ("multipart/form-data; boundary=X", b"--X\r\n\xff\x00bad\r\n\r\na\r\n--X--"),
        (
            "multipart/form-data; boundary=X",
            b"--X\r\nContent-Type: multipart/mixed\r\n\r\n--Y\r\n\r\na\r\n--Y--\r\n--X--",
        ),
        ("application/x-www-form-urlencoded", b"code=\xff"),
        ("application/x-www-form-urlencoded; charset=none-such", b"code=a"),
    ],
)
async def test_what_is_no_form_wakes_nobody(address, browser, caplog, kind, body) -> None:
    for path in ("/v", "/i"):
        answer = await browser.post(f"{address}{path}", data=body, headers={"Origin": address, "Content-Type": kind})
        assert answer.status in {400, 415}, (path, await answer.text())
    packed = {"Origin": address, "Content-Type": kind, "Content-Encoding": "gzip"}
    assert await status_of(browser.post(f"{address}/v", data=b"no gzip", headers=packed)) in {400, 415}
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


async def test_the_neighbours_of_one_ipv6_network_share_the_pace_of_files(stage, browser) -> None:
    house = House(stage.store, Library(), NoJobs(), Loader(Links(), "vi"), stage.clock)
    trusting = WebSettings(trusted_proxies=(ip_network("127.0.0.1/32"),))
    async with site(web_app(house, trusting), "127.0.0.1", 0) as where:

        async def status(address: str) -> int:
            headers = {"Origin": where, "X-Forwarded-For": address, "Content-Type": "multipart/form-data; boundary=X"}
            return await status_of(browser.post(f"{where}/v", data=b"", headers=headers))

        found = [await status(f"2001:db8::{number}") for number in range(7)]
        assert found == [400] * 6 + [429]
        assert await status("2001:db8:1::1") == 400


async def test_what_a_paper_says_is_not_found_out_by_trying(stage, browser) -> None:
    """Whoever has its code, from wherever: after ten files that are not as it was kept the right one is told nothing either."""
    house = House(stage.store, Library(), NoJobs(), Loader(Links(), "vi"), stage.clock)
    trusting = WebSettings(trusted_proxies=(ip_network("127.0.0.1/32"),))
    printable, other = await paper_of(stage, EMPLOYEE), await paper_of(stage, COLLEAGUE, 2)
    (genuine,), (beside,) = files(printable, ("docx",)), files(other, ("docx",))
    async with site(web_app(house, trusting), "127.0.0.1", 0) as where:

        async def told(content: bytes, number: int) -> tuple[int, str]:
            form = FormData()
            form.add_field("file", io.BytesIO(content), filename="giay.docx")
            headers = {"Origin": where, "X-Forwarded-For": f"10.1.{number}.1"}
            answer = await browser.post(f"{where}/v", data=form, headers=headers)
            return answer.status, await answer.text()

        for number in range(FORGERIES_A_DAY):
            status, page = await told(docx(replace(printable.paper, title=f"PHIẾU {number}")), number)
            assert (status, ALTERED in page) == (200, True)
        status, page = await told(genuine.content, 100)
        assert (status, GENUINE in page, "thử lại ngày mai" in page) == (429, False, True)
        assert GENUINE in (await told(beside.content, 101))[1], "another paper is told of"
        answer = await browser.get(f"{where}/v/{printable.paper.fingerprint}")
        assert RIGHT in await answer.text(), "its code still says how it stands"
        person = await person_called(stage.store, EMPLOYEE)
        await walk_in(browser, where, await fresh_invitation(stage.store, person, stage.clock()))
        assert GENUINE in await (await hand(browser, where, genuine.content, f"/p/{person}")).text(), (
            "who may read it is"
        )


async def test_a_file_that_drips_in_is_not_waited_for_without_end(address, browser, monkeypatch) -> None:
    monkeypatch.setattr(checking, "PATIENCE", 0.2)
    gone = asyncio.Event()

    async def dripping() -> AsyncIterator[bytes]:
        yield b"--X\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nabc"
        await gone.wait()

    headers = {"Origin": address, "Content-Type": "multipart/form-data; boundary=X"}
    async with browser.post(f"{address}/v", data=dripping(), headers=headers) as answer:
        assert answer.status == 408
        gone.set()
