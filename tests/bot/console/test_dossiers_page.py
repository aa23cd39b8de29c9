"""What dossiers lack and who owes it, on a page for the desk; each of them as one ZIP."""

import html
import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from tests.bot.console.test_stopping import plain
from tests.bot.playing import HEAD

DESK, OTHER_HEAD = HEAD, "AP-008"


def links(text: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="(/bang/hoso/[^"?]+/\d+)"', text)]


async def test_the_desk_sees_who_owes_which_files_by_which_day(console):
    desk = await console.screen_of(DESK)
    shown = plain(await desk.opens("/bang/hoso"))
    assert desk.url.endswith("/bang/hoso/1")
    assert "Thiếu " in shown
    assert "Hạn 04/12/2020 : Biên bản họp kiểm điểm" in shown, "mục 3 d; mục 5"


async def test_each_dossier_is_one_zip_and_so_are_all_papers(console):
    desk = await console.screen_of(DESK)
    found = links(await desk.opens("/bang/hoso/1"))
    assert len(found) > 2
    for path in (found[1], found[2]):
        async with desk.browser.get(desk.address + path) as answer:
            assert (answer.status, answer.headers["Accept-Ranges"]) == (200, "bytes")
            names = zipfile.ZipFile(io.BytesIO(await answer.read())).namelist()
        assert any(name.endswith("00 Mục lục hồ sơ.pdf") for name in names)
    async with desk.browser.get(desk.address + found[0]) as answer:
        assert zipfile.ZipFile(io.BytesIO(await answer.read())).namelist() == [], "nothing is agreed to yet"


@pytest.mark.parametrize("path", ["/bang/hoso", "/bang/hoso/1", "/bang/hoso/1/a/7", "/bang/hoso/1/vanban/7"])
async def test_it_is_for_the_desk_alone(console, path):
    other = await console.screen_of(OTHER_HEAD, "choduyet")
    await other.opens(path)
    assert other.status == 404
    stranger = await console.screen()
    await stranger.opens(path)
    assert stranger.status == 401


async def test_what_is_not_there_is_not_there(console):
    desk = await console.screen_of(DESK)
    for path in ("9", "9/a/7", "1/u9999/7", "1/p9999/7", "1/x1/7", "1/a1/7", "99999999999"):
        await desk.opens(f"/bang/hoso/{path}")
        assert desk.status == 404, path


async def test_who_is_of_the_desk_no_longer_gets_no_more_of_it(console):
    desk = await console.screen_of(DESK)
    found = links(await desk.opens("/bang/hoso/1"))
    async with console.stage.store.transaction() as tx:
        for table in ("unit", "person"):
            await tx.connection.execute(sa.text(f"UPDATE {table} SET desk = :none"), {"none": False})
        await tx.commit()
    for path in found[:3]:
        await desk.opens(path)
        assert desk.status == 404


async def test_what_people_are_called_is_text_and_no_more(console):
    hostile = "=cmd|'/c calc'!A1 <script>alert(1)</script>\u202e{{ 7*7 }}"
    async with console.stage.store.transaction() as tx:
        await tx.connection.execute(sa.text("UPDATE person SET name = :name WHERE head"), {"name": hostile})
        await tx.connection.execute(
            sa.text("UPDATE unit SET name = name || :name WHERE id = (SELECT max(id) FROM unit)"), {"name": hostile}
        )
        await tx.commit()
    desk = await console.screen_of(DESK)
    shown = await desk.opens("/bang/hoso/1")
    assert desk.status == 200
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{ 7*7 }}" in shown
