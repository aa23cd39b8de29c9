"""The roster on the console: handed in, looked at with whose forms it touches, agreed to once; what is no roster, and two desks at once."""

import io
import re
from dataclasses import replace

import pytest
from aiohttp import FormData

from bot.demo.office import DEMO_ROSTER
from bot.roster.package import MAX_BYTES
from storage.tables import AUDIT, PERSON
from tests.bot.console.test_choosing import form, rows
from tests.bot.console.test_pages import DESK, OTHER_HEAD
from tests.bot.playing import CHIEF
from tests.bot.turn.test_roster_in_chat import CENTRE, CHANGED, LEAVER, MOVER, dt, workbook

PATH = "/bang/danhsach"
NAMES = {one.key: one.name for one in DEMO_ROSTER.people}


async def hands(screen, content: bytes, name: str = "danh-sach.xlsx", **changed: str) -> str:
    fields = {**form(await screen.opens(PATH), f"{PATH}/tep"), **changed}
    data = FormData()
    for one in ("token", "once"):
        data.add_field(one, fields[one])
    data.add_field("file", io.BytesIO(content), filename=name, content_type="application/octet-stream")
    async with screen.browser.post(
        f"{screen.address}{PATH}/tep", data=data, headers={"Origin": screen.address}
    ) as answer:
        screen.status, screen.text, screen.url = answer.status, await answer.text(), str(answer.url)
    return screen.text


def button(text: str, verb: str) -> dict[str, str]:
    """What the press of that button sends."""
    found = re.search(rf'name="nut" value="({verb}:[^"]*)"', text)
    assert found, text
    return {**form(text, f"{PATH}/bam"), "nut": found[1]}


def moved():
    people = (
        replace(one, unit=CENTRE, unit_since=dt.date(2020, 8, 1)) if one.key == MOVER else one for one in CHANGED.people
    )
    return replace(CHANGED, people=tuple(people))


async def test_a_file_is_looked_at_with_whose_forms_it_touches_then_kept_once(console):
    desk = await console.screen_of(DESK)
    page = await hands(desk, workbook(moved()))
    assert desk.url.endswith(PATH)
    assert "Phiếu sẽ bắt đầu (2)" in page
    assert f"<li>{MOVER} {NAMES[MOVER]}: Nguyễn Bình Nguyên → Bùi Hải Đăng Quang (2 phiếu)</li>" in page
    assert f"<li>{LEAVER} {NAMES[LEAVER]}</li>" in page
    assert "Chưa ghi gì" in page
    assert not await rows(console, AUDIT, what="roster imported")
    assert "Phiếu sẽ bắt đầu (2)" in await desk.opens(PATH)  # it stays
    agreeing = button(page, "desk_roster_put")
    assert "Đã ghi danh sách" in await desk.sends(f"{PATH}/bam", **agreeing)
    assert "Đã ghi danh sách" in await desk.sends(f"{PATH}/bam", **agreeing)
    assert len(await rows(console, AUDIT, what="roster imported")) == 1
    assert "vào 1, thay đổi" in await desk.opens(PATH)


async def test_of_two_desks_the_second_is_shown_how_it_is_now(console):
    first, second = await console.screen_of(DESK), await console.screen_of(CHIEF, "choduyet")
    async with console.house.store.transaction() as tx:
        await tx.connection.execute(PERSON.update().where(PERSON.c.roster_key == CHIEF).values(desk=True))
        await tx.commit()
    people = tuple(replace(one, desk=True) if one.key == CHIEF else one for one in moved().people)
    content = workbook(replace(moved(), people=people))
    one, other = await hands(first, content), await hands(second, content)
    assert "Đã ghi danh sách" in await first.sends(f"{PATH}/bam", **button(one, "desk_roster_put"))
    after = await second.sends(f"{PATH}/bam", **button(other, "desk_roster_put"))
    assert "danh sách không có gì thay đổi" in after
    assert second.status == 200
    assert len(await rows(console, AUDIT, what="roster imported")) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 lies", "danh-sach.xlsx"),
        (b"", "danh-sach.xlsx"),
        (b"PK\x03\x04 broken", "danh-sach.xlsx"),
        (b"a;b;c", "danh-sach.csv"),
        (b"MZ\x90", "../../<b>x</b>.exe"),
    ],
)
async def test_what_is_no_roster_is_told_in_words(console, content, name):
    desk = await console.screen_of(DESK)
    page = await hands(desk, content, name)
    assert desk.status == 200
    assert 'role="status"' in page
    assert "<b>x</b>" not in page
    assert 'value="desk_roster_put' not in page
    assert not await rows(console, AUDIT, what="roster imported")


async def test_one_that_is_too_large_and_none_at_all_are_told_in_one_line(console):
    desk = await console.screen_of(DESK)
    page = await hands(desk, b"x" * (MAX_BYTES + 100_000))
    assert desk.status == 409
    assert "nên chưa nhận. Chưa ghi gì" in page
    assert "Chưa chọn tệp nào" in await hands(desk, b"", "")


async def test_a_day_that_is_not_known_is_asked_for_here_too(console):
    desk = await console.screen_of(DESK)
    people = tuple(
        replace(one, unit=CENTRE, unit_since=None) if one.key == MOVER else one for one in DEMO_ROSTER.people
    )
    page = await hands(desk, workbook(replace(DEMO_ROSTER, people=people)))
    assert f'action="{PATH}/ngay"' in page
    answer = form(page, f"{PATH}/ngay")
    assert 'role="status"' in await desk.sends(f"{PATH}/ngay", **answer, ngay="hôm nào đó")
    page = await desk.sends(f"{PATH}/ngay", **form(desk.text, f"{PATH}/ngay"), ngay="01/08/2020")
    assert 'value="desk_roster_put' in page
    await (await console.phone(DESK)).commands("dot")
    late = await desk.sends(f"{PATH}/ngay", **{**answer, "once": "abcdefgh-late"}, ngay="02/08/2020")
    assert desk.status == 409
    assert "Không còn hỏi ngày cho tệp này nữa" in late


async def test_nobody_else_comes_to_it(console):
    head = await console.screen_of(OTHER_HEAD, "choduyet")
    page = await head.opens("/bang/nguoi")
    assert PATH not in page
    for path in (PATH, f"{PATH}/tep"):
        await head.opens(path)
        assert head.status == 404
    desk = await console.screen_of(DESK)
    fields = form(await desk.opens(PATH), f"{PATH}/tep")
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    await head.sends(f"{PATH}/bam", token=token, once=fields["once"], nut="desk_roster_drop:0")
    assert head.status == 404
    await desk.sends(f"{PATH}/bam", token=fields["token"], once=fields["once"], nut="desk_close_now:0:1:x")
    assert desk.status == 400
    await hands(desk, workbook(CHANGED), token="x")
    assert desk.status == 403
    async with desk.browser.get(f"{desk.address}{PATH}/tep") as answer:
        assert answer.status == 200
        assert (await answer.read()).startswith(b"PK")
