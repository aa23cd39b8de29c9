"""The audit and the doors: for the desk alone, of its own office, and as files that no spreadsheet runs."""

import asyncio
import csv
import html
import io
import re

import pytest
from openpyxl import load_workbook

from bot.console import inspecting
from rules.nouns.deeds import DEEDS
from tests.bot.playing import CHIEF, EMPLOYEE, HEAD

DESK = HEAD


def said(text: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<th scope="row">([^<]+)</th>', text)]


async def test_the_desk_reads_who_did_what_and_that_is_a_line_once_a_day(console):
    await (await console.phone(EMPLOYEE)).hands_in()
    desk = await console.screen_of(DESK)
    shown = await desk.opens("/bang/nhatky")
    assert {"gửi bản tự đánh giá", "vào bằng thiết bị mới", "mở bảng điều hành", "mở đợt đánh giá"} <= set(said(shown))
    assert "Trần Thị Hoa Mai" in shown
    for _ in range(2):
        await desk.opens("/bang/nhatky")
        await desk.opens("/bang/cua")
    assert len(await console.stage.rows("audit", what="audit read")) == 1
    console.stage.clock.forward(days=1)
    desk = await console.screen_of(DESK)
    await desk.opens("/bang/nhatky")
    assert len(await console.stage.rows("audit", what="audit read")) == 2


async def test_it_is_filtered_by_the_address(console):
    await (await console.phone(EMPLOYEE)).hands_in()
    desk = await console.screen_of(DESK)
    assert set(said(await desk.opens("/bang/nhatky", viec="submitted"))) == {"gửi bản tự đánh giá"}
    assert "gửi bản tự đánh giá" in said(await desk.opens("/bang/nhatky", ai=EMPLOYEE))
    assert "gửi bản tự đánh giá" not in said(await desk.opens("/bang/nhatky", ai=CHIEF))
    assert "gửi bản tự đánh giá" in said(await desk.opens("/bang/nhatky", tu="2020-11-23", den="2020-11-23"))
    assert said(await desk.opens("/bang/nhatky", den="2020-11-22")) == []
    assert set(said(await desk.opens("/bang/nhatky", viec="review"))) == {"gửi bản tự đánh giá"}


async def test_it_goes_back_page_by_page(console):
    desk = await console.screen_of(DESK)
    async with console.stage.store.transaction() as tx:
        for number in range(120):
            await tx.audit.record(
                await console.stage.person(EMPLOYEE), "snoozed", console.stage.clock(), detail={"lines": number}
            )
        await tx.commit()
    found, shown = [], await desk.opens("/bang/nhatky", viec="snoozed")
    while True:
        found += [int(one) for one in re.findall(r">(\d+) dòng<", shown)]
        older = re.search(r'rel="next" href="([^"]+)"', shown)
        if not older:
            break
        shown = await desk.opens(html.unescape(older[1]))
    assert found == list(range(119, -1, -1))


async def test_a_file_has_every_line_and_no_formula(console):
    desk = await console.screen_of(DESK)
    async with console.stage.store.transaction() as tx:
        person = await console.stage.person(EMPLOYEE)
        await tx.audit.record("=cmd|' /C calc'!A0", "snoozed", console.stage.clock(), person_id=person)
        await tx.audit.record("@SUM(1)", "snoozed", console.stage.clock(), person_id=person)
        for _ in range(1500):
            await tx.audit.record(person, "snoozed", console.stage.clock())
        await tx.commit()
    async with desk.browser.get(f"{console.address}/bang/nhatky.csv", params={"viec": "snoozed"}) as answer:
        content = await answer.read()
        assert 'filename="nhat-ky-20201123.csv"' in answer.headers["Content-Disposition"]
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert (heads[0], heads[3], len(rows)) == ("Lúc", "Việc đã làm", 1502)
    assert [one[1] for one in rows[-2:]] == ["'@SUM(1)", "'=cmd|' /C calc'!A0"]
    async with desk.browser.get(f"{console.address}/bang/nhatky.xlsx", params={"viec": "snoozed"}) as answer:
        sheet = load_workbook(io.BytesIO(await answer.read())).worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert len(cells) == 1502
    assert [(one.value, one.data_type) for one in cells[-2:]] == [("@SUM(1)", "s"), ("=cmd|' /C calc'!A0", "s")]
    assert len(await console.stage.rows("audit", what="audit exported")) == 2


async def test_the_doors_show_devices_wrong_codes_and_what_was_refused(console):
    desk = await console.screen_of(DESK)
    await console.phone(EMPLOYEE)
    code = await console.code(CHIEF, "choduyet")
    for _ in range(2):
        await (await console.screen()).walks_in(code)
    stranger = console.stage.phone("nobody")
    await stranger.commands("start", "ABCDEFGH")
    shown = html.unescape(await desk.opens("/bang/cua"))
    assert "mở đường dẫn bảng điều hành không còn dùng được" in shown
    assert "Thiết bị đang dùng: 5" in shown
    assert "Trang web: 1 lần, từ 1 máy hoặc tài khoản" in shown


@pytest.mark.parametrize("path", ["/bang/nhatky", "/bang/cua", "/bang/nhatky.csv", "/bang/nhatky.xlsx"])
async def test_it_is_the_desk_s_alone(console, path):
    head = await console.screen_of("AP-008", "choduyet")
    await head.opens(path)
    assert head.status == 404
    assert "Nhật ký" not in head.text
    assert len(await console.stage.rows("audit", what="console refused")) == 1


async def test_nonsense_in_its_address_is_told_and_never_fails(console):
    desk = await console.screen_of(DESK)
    for query in (
        {"viec": "x"},
        {"tu": "hôm qua"},
        {"den": "2020-13-40"},
        {"truoc": "-1"},
        {"truoc": "9" * 40},
        {"tu": "0001-01-01"},
    ):
        text = await desk.opens("/bang/nhatky", **query)
        assert (desk.status, "không đọc được" in text) == (200, True), query
    for query in ({"ai": "' OR 1=1 --"}, {"tu": "9999-12-31"}, {"den": "9999-12-31"}):
        await desk.opens("/bang/nhatky", **query)
        assert desk.status == 200, query
    await desk.opens("/bang/cua", trang="abc")
    assert desk.status == 200


async def test_every_kind_can_be_filtered_for(console):
    desk = await console.screen_of(DESK)
    shown = html.unescape(await desk.opens("/bang/nhatky"))
    for what in (*DEEDS, *(one for some in DEEDS.values() for one in some)):
        assert f'<option value="{what}"' in shown


async def test_who_takes_a_file_slowly_keeps_nobody_else_from_the_console(console, monkeypatch):
    async def long(*_):
        for _ in range(150_000):
            yield ("x" * 50,) * 4

    monkeypatch.setattr(inspecting, "_rows", long)
    desk = await console.screen_of(DESK)
    object.__setattr__(console.house, "turns", asyncio.Semaphore(1))
    async with desk.browser.get(f"{console.address}/bang/nhatky.csv") as taken:
        assert taken.status == 200  # the lines are not looked at: the way to them fills up
        async with asyncio.timeout(60):
            assert await desk.opens("/bang/cua")
        assert desk.status == 200
        assert len(await taken.read()) > 150_000 * 200
