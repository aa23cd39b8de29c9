"""What strangers try at the page: guesses, old links, answers of others, floods, texts that would be more than text."""

import asyncio
import io
import zipfile

import pytest
from aiohttp import FormData

from bot.codes import fresh_code
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.nouns.inquiries import MOST_LINKS
from storage.tables import AUDIT, INQUIRY, INQUIRY_ANSWER
from tests.bot.enclosures.test_looking import PDF
from tests.bot.inquiries.world import SAID, link_in, served
from tests.campaigns.offices import son_thach_2020


@pytest.fixture
async def world(sqlite_url, tmp_path):
    async with served(sqlite_url, tmp_path, son_thach_2020, "son-duong-2020", 2020, "16/11/2020 08:00") as world:
        yield world


async def test_a_wrong_link_is_like_any_page_that_is_not_there(world) -> None:
    name = world.play.cast.name("head:TG")
    await world.link("head:TG")
    _, nothing = await world.gets(f"{world.address}/khong-co")
    for tail in (fresh_code(), "a", "%00", "..%2fv", "'; DROP TABLE inquiry; --", "1" * 60):
        status, page = await world.gets(f"{world.address}/nhanxet/{tail}")
        assert status == 404, tail
        assert page == nothing, tail
        assert name not in page.decode()


async def test_guesses_are_slowed_down_and_a_right_link_is_not(world) -> None:
    link = await world.link("head:TG")
    answers = [(await world.gets(f"{world.address}/nhanxet/{fresh_code()}"))[0] for _ in range(11)]
    assert answers[:10] == [404] * 10
    assert answers[10] == 429
    assert (await world.gets(link))[0] == 200


async def test_every_way_of_ending_ends_every_door_of_it(world) -> None:
    link = await world.link("head:TG")
    await world.posts(link, SAID)
    world.play.on("26/11/2020 00:01")
    name = world.play.cast.name("head:TG").encode()
    for ask in (
        world.gets(link),
        world.gets(f"{link}/1.pdf"),
        world.gets(f"{link}/trang.docx"),
        world.posts(link, SAID, "preview"),
        world.posts(link, {**SAID, "name": "Kẻ Khác"}),
        world.scans(link, PDF),
    ):
        status, page = await ask
        assert status == 410
        assert name not in (page if isinstance(page, bytes) else page.encode())
    assert len(await world.play.rows(INQUIRY_ANSWER)) == 1


async def test_a_link_opens_one_persons_answers_alone(world) -> None:
    mine, theirs = await world.link("head:TG"), await world.link("dep:TG")
    await world.posts(theirs, SAID)
    assert (await world.gets(f"{mine}/1.pdf"))[0] == 404
    assert (await world.gets(f"{theirs}/1.pdf"))[0] == 200
    _, page = await world.gets(mine)
    assert world.play.cast.name("dep:TG") not in page.decode()


async def test_nothing_of_the_review_and_no_cookie(world) -> None:
    async with world.browser.get(await world.link("head:TG")) as answer:
        page = await answer.text()
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script" not in page
    key = world.play.cast.key["head:TG"]
    assert key not in page, "not even what the roster calls them"


async def test_pressed_twenty_times_at_once_it_is_one_version(world) -> None:
    link = await world.link("head:TG")
    answers = await asyncio.gather(*(world.posts(link, SAID) for _ in range(20)))
    assert {status for status, _ in answers} == {200}
    assert [one["number"] for one in await world.play.rows(INQUIRY_ANSWER)] == [1]


async def test_twenty_different_ones_at_once_are_ten_versions_with_ten_numbers(world) -> None:
    link = await world.link("head:TG")
    texts = [{**SAID, "q_opinion": f"Ý kiến {number}."} for number in range(20)]
    answers = await asyncio.gather(*(world.posts(link, one) for one in texts))
    assert sorted({status for status, _ in answers}) == [200, 409]
    assert sorted(one["number"] for one in await world.play.rows(INQUIRY_ANSWER)) == [*range(1, 11)]


async def test_a_flood_by_a_right_link_is_told_to_wait(world) -> None:
    link = await world.link("head:TG")
    statuses = [(await world.posts(link, SAID, "preview"))[0] for _ in range(32)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


async def test_what_is_typed_is_text_everywhere(world) -> None:
    link = await world.link("head:TG")
    evil = "<script>alert(1)</script> {{ 7*7 }} #eval(1) =cmd|'/C calc'!A0 </textarea><b>"
    said = {"name": evil[:150], "post": "{{ x }}", "body": "#panic()", "q_opinion": f"\n{evil}\nhết"}
    for step in ("preview", "edit", "send"):
        status, page = await world.posts(link, said, step)
        assert status == 200
        assert "<script" not in page
        assert "</textarea><b>" not in page
    _, pdf = await world.gets(f"{link}/1.pdf")
    assert pdf[:5] == b"%PDF-"
    _, word = await world.gets(f"{link}/1.docx")
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        text = package.read("word/document.xml").decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "{{ 7*7 }}" in text
    for who in ("head:TG", "head:TC"):
        phone = await world.play.phone(who)
        await phone.commands("noicutru")
        if who == "head:TC":
            await phone.taps("inquiry_office")
        await phone.opens("inquiry_card", world.play.cast.name("head:TG") if who == "head:TC" else "Ý kiến")
        await phone.taps("inquiry_paper")
        assert "<script" not in phone.text


async def test_files_are_looked_at_and_forms_of_no_page_of_ours_refused(world) -> None:
    link = await world.link("head:TG")
    for content in (b"", b"MZ\x90\x00", b"<svg onload=alert(1)>", PDF.replace(b"%%EOF", b""), b"PK\x03\x04rubbish"):
        assert (await world.scans(link, content, "../../etc/passwd"))[0] == 400, content[:10]
    async with world.browser.post(f"{link}/tep", data={"file": "x"}) as answer:
        assert answer.status == 415
    form = FormData({"step": "send", "name": "a" * 70_000}, default_to_multipart=True)
    async with world.browser.post(link, data=form) as answer:
        assert answer.status == 413
    for step in ("", "x", "send"):
        assert (await world.posts(link, {}, step))[0] == 400
    assert await world.play.rows(INQUIRY_ANSWER) == []


@pytest.mark.parametrize(
    "field",
    [
        b'name="name"\r\nContent-Type: text/plain; charset=unicode_escape\r\n\r\n\\ud800',
        b'name="name"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA-',
        b'name="\xed\xa0\x80"\r\n\r\nx',
        b'name="name"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nLo Van Ban',
    ],
)
async def test_a_form_that_no_page_of_ours_makes_is_refused_and_wakes_nobody(world, field) -> None:
    """Halves of characters, by codings that whoever sends may name, and a file where a text belongs."""
    link = await world.link("head:TG")
    fields = [b'name="%s"\r\n\r\nx' % one.encode() for one in SAID if one != "name"]
    parts = [b"--X\r\nContent-Disposition: form-data; " + one + b"\r\n" for one in (field, *fields)]
    sent = b"".join(parts) + b"--X--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=X"}
    async with world.browser.post(link, data=sent, headers=headers) as answer:
        assert answer.status == 400
        assert "FileField" not in await answer.text()


async def test_a_file_keeps_a_safe_name(world) -> None:
    link = await world.link("head:TG")
    assert (await world.scans(link, PDF, "../..\\con<b>.pdf"))[0] == 200
    desk = await world.play.phone("head:TC")
    await desk.commands("noicutru")
    await desk.taps("inquiry_office")
    await desk.opens("inquiry_card", world.play.cast.name("head:TG"))
    await desk.taps("inquiry_paper")
    (file,) = await world.play.house.documents(world.play.ids["head:TC"], desk.answered.replies[0].attached)
    assert ".." not in file.name
    assert "<" not in file.name


async def test_the_audit_tells_what_came_and_not_what_it_says(world) -> None:
    await world.posts(await world.link("head:TG"), SAID)
    (line,) = [one for one in await world.play.rows(AUDIT) if one["what"] == "outside answered"]
    assert SAID["q_opinion"] not in str(line)
    assert (await world.play.rows(INQUIRY))[0]["mark"] not in str(line)


async def test_after_so_many_links_only_the_desk_gives_another(world) -> None:
    """Each link lets ten files in: whoever is asked about does not go on for ever. The last link stays."""
    for _ in range(MOST_LINKS):
        last = await world.link("head:TG")
    phone = await world.play.phone("head:TG")
    await phone.commands("noicutru")
    await phone.taps("inquiry_card")
    await phone.taps("inquiry_days")
    assert f"đã được cấp {MOST_LINKS} đường dẫn" in phone.text
    assert "báo bộ phận tổ chức" in phone.text
    assert not phone.sees("inquiry_ask")
    old = next(key for key in reversed(phone.shown) if key.data.startswith("inquiry_ask"))
    await phone.does(Pressed(Button.decode(old.data)))
    assert len(await world.play.rows(INQUIRY)) == MOST_LINKS
    assert (await world.gets(last))[0] == 200
    desk = await world.play.phone("head:TC")
    await desk.commands("noicutru")
    await desk.taps("inquiry_office")
    await desk.opens("inquiry_card", world.play.cast.name("head:TG"))
    await desk.taps("inquiry_days")
    await desk.taps("inquiry_ask")
    assert (await world.gets(link_in(desk.text)))[0] == 200
    assert (await world.gets(last))[0] == 410
