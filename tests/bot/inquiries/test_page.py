"""An opinion of the residence cell from the link to the dossier, as everybody who takes part sees it."""

import html
import re
from io import BytesIO

import pytest
from aiohttp import ClientSession, CookieJar
from pypdf import PdfReader

from dialogs.core.turn import DeskFile
from storage.tables import DELIVERY, INQUIRY, INQUIRY_ANSWER, TURN
from tests.bot.console.conftest import Screen
from tests.bot.enclosures.test_looking import PDF
from tests.bot.inquiries.world import SAID, link_in, served
from tests.campaigns.offices import nam_hoa_2021, son_thach_2020


@pytest.fixture
async def world(database_url, tmp_path):
    async with served(database_url, tmp_path, son_thach_2020, "son-duong-2020", 2020, "16/11/2020 08:00") as world:
        yield world


async def test_it_is_asked_filled_printed_signed_and_lies_in_the_dossier(world) -> None:
    link = await world.link("head:TG")
    member, desk = await world.play.phone("head:TG"), await world.play.phone("head:TC")
    assert "25/11/2020" in member.text, "the plan's day comes first"
    status, page = await world.gets(link)
    assert status == 200
    name = world.play.cast.name("head:TG")
    assert name in page.decode()
    assert "25/11/2020" in page.decode()
    status, page = await world.posts(link, SAID, "preview")
    assert (status, "Xem lại, chưa gửi" in page) == (200, True)
    assert await world.play.rows(INQUIRY_ANSWER) == []
    status, page = await world.posts(link, SAID)
    assert status == 200
    assert "Bản 1: điền trên trang" in page
    assert (await world.posts(link, SAID))[0] == 200
    assert len(await world.play.rows(INQUIRY_ANSWER)) == 1, "pressed twice"
    status, paper = await world.gets(f"{link}/1.pdf")
    assert (status, paper[:5]) == (200, b"%PDF-")
    status, page = await world.scans(link, PDF)
    assert (status, "Bản 2: bản quét" in page) == (200, True)
    await desk.commands("noicutru")
    await desk.taps("inquiry_office")
    assert "có bản quét chờ xác nhận: 1" in desk.text
    await desk.opens("inquiry_card", name)
    assert "tự khai, chưa xác minh" in desk.text
    await desk.taps("inquiry_got")
    assert "đưa vào hồ sơ" in desk.text
    await member.commands("hoso")
    assert "✓ Ý kiến của cấp ủy nơi cư trú" in member.labels
    status, page = await world.gets(link)
    assert (status, "đã nhận bản có chữ ký" in page.decode()) == (410, True)
    assert name not in page.decode()


async def test_who_asked_and_whom_it_is_about_hear_of_it(world) -> None:
    await world.posts(await world.link("head:TG"), SAID)
    rows = [one for one in await world.play.rows(DELIVERY) if str(one["key"]).startswith("inquiry-came")]
    assert [one["person_id"] for one in rows] == [world.play.ids["head:TG"]], "one who is both, once"


async def test_a_second_answer_is_a_version_of_its_own(world) -> None:
    link = await world.link("head:TG")
    await world.posts(link, SAID)
    await world.posts(link, {**SAID, "q_opinion": "Ý kiến khác."})
    rows = await world.play.rows(INQUIRY_ANSWER)
    assert [one["number"] for one in rows] == [1, 2]
    member = await world.play.phone("head:TG")
    await member.commands("noicutru")
    await member.taps("inquiry_card")
    await member.taps("inquiry_days")
    await member.taps("inquiry_ask")
    again = link_in(member.text)
    assert again != link
    assert (await world.gets(link))[0] == 410
    await world.posts(again, SAID)
    assert [one["number"] for one in await world.play.rows(INQUIRY_ANSWER)] == [1, 2, 3]
    _, page = await world.gets(again)
    assert "Ý kiến khác" not in page.decode(), "a link shows what came by it alone"


async def test_what_is_amiss_is_said_at_its_place_and_nothing_typed_is_lost(world) -> None:
    link = await world.link("head:TG")
    status, page = await world.posts(link, {**SAID, "post": " "}, "preview")
    assert status == 400
    assert "Chỗ này chưa ghi gì." in page
    assert SAID["q_opinion"] in page
    status, page = await world.posts(link, {**SAID, "q_opinion": "á" * 9000})
    assert (status, "Chỗ này dài quá" in page) == (400, True)
    status, page = await world.scans(link, b"<html>", "phieu.pdf")
    assert (status, 'role="alert"' in page) == (400, True)
    assert await world.play.rows(INQUIRY_ANSWER) == []


async def test_the_desk_asks_for_all_at_once_and_prints_what_asks(world) -> None:
    desk = await world.play.phone("head:TC")
    await desk.commands("noicutru")
    await desk.taps("inquiry_office")
    assert world.play.cast.name("head:TC") in desk.labels, "whoever looks stands among the others by name"
    await desk.taps("inquiry_everybody")
    await desk.taps("inquiry_every")
    asked = await world.play.rows(INQUIRY)
    people = {one["person_id"] for one in asked}
    assert len(people) == len(asked) > 10
    assert world.play.ids["TG1"] not in people, "who is no cadre has no dossier"
    await desk.taps("inquiry_slips")
    (file,) = await world.play.house.documents(world.play.ids["head:TC"], desk.answered.replies[0].attached)
    assert file.content[:5] == b"%PDF-"


async def test_the_desk_prints_blank_papers_and_no_link_is_made(world) -> None:
    desk = await world.play.phone("head:TC")
    await desk.commands("noicutru")
    await desk.taps("inquiry_office")
    await desk.taps("inquiry_blanks")
    (all_,) = await world.play.house.documents(world.play.ids["head:TC"], desk.answered.replies[0].attached)
    words = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(all_.content)).pages]
    assert len(words) > 10
    for who in ("head:TG", "dep:TG"):
        assert sum(world.play.cast.name(who) in page for page in words) == 1, who
    await desk.commands("noicutru")
    await desk.taps("inquiry_office")
    await desk.taps("inquiry_card")
    await desk.taps("inquiry_blank")
    (one,) = await world.play.house.documents(world.play.ids["head:TC"], desk.answered.replies[0].attached)
    assert len(PdfReader(BytesIO(one.content)).pages) == 1
    assert await world.play.rows(INQUIRY) == []
    # Nobody else has them, nor sees the button: whoever it is about asks by a link of their own.
    for who in ("head:TG", "dep:TG", "secretary", "TG1"):
        for name in ("inquiryblanks_1", f"inquiryblanks_1_{world.play.ids['dep:TG']}"):
            assert not await world.play.house.documents(world.play.ids[who], DeskFile(name, "pdf")), who
        phone = await world.play.phone(who)
        await phone.commands("noicutru")
        assert "inquiry_blanks" not in str(phone.answered.replies), who
    assert not await world.play.house.documents(world.play.ids["head:TC"], DeskFile("inquiryblanks_77", "pdf"))


async def test_the_console_tells_how_far_they_are(world) -> None:
    await world.posts(await world.link("head:TG"), SAID)
    await world.link("dep:TG")
    desk = await world.play.phone("head:TC")
    await desk.commands("dot")
    await desk.presses("console")
    found = re.search(r"/bang/vao/([A-Z0-9]{12})", desk.text)
    assert found
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        screen = Screen(world.address, browser)
        await screen.walks_in(found[1])
        shown = html.unescape(await screen.opens("/bang/hoso/1"))
    for state, who in (("đã điền, chưa ký", "head:TG"), ("đang chờ trả lời", "dep:TG")):
        row = next(one for one in shown.split("<tr>") if state in one)
        assert world.play.cast.name(who) in row, state
        assert ">1</td>" in row, state


async def test_no_kept_row_tells_the_code(world) -> None:
    link = await world.link("head:TG")
    code = link.rpartition("/")[2]
    for table in (INQUIRY, TURN, DELIVERY):
        assert code not in str(await world.play.rows(table)), table.name


async def test_a_form_that_is_known_by_name_alone_says_so(database_url, tmp_path) -> None:
    async with served(database_url, tmp_path, nam_hoa_2021, "son-la-rehab-2021", 2021, "16/11/2021 08:00") as world:
        link = await world.link("deputy1")
        _, page = await world.gets(link)
        assert "Mẫu số 03" in page.decode()
        status, _ = await world.posts(link, SAID)
        assert status == 200
        phone = await world.play.phone("deputy1")
        await phone.commands("noicutru")
        await phone.taps("inquiry_card")
        assert "không nói khi không có nhận xét này" in phone.text
