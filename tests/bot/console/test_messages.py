"""Messages on the console: whom to write to, what became of each; the desk's alone."""

import re

from storage.tables import DELIVERY
from tests.bot.console.test_choosing import form
from tests.bot.console.test_pages import DESK, OTHER_HEAD
from tests.bot.playing import EMPLOYEE


async def sent(screen, text: str, **filter_: str) -> str:
    page = await screen.opens("/bang/chon", viec="nhan", tatca="1", **filter_)
    shown = await screen.sends("/bang/chon/xem", **form(page, "/bang/chon/xem"), text=text)
    return await screen.sends("/bang/chon", **form(shown, "/bang/chon"))


async def test_what_became_of_each_message_is_told_apart(console):
    desk = await console.screen_of(DESK)
    assert "Chưa có tin nhắn nào" in await desk.opens("/bang/tin")
    await console.phone(EMPLOYEE)
    await sent(desk, "Lần <i>một</i>")
    console.stage.clock.forward(minutes=1)
    await sent(desk, "Lần hai", q="hoa mai")
    async with console.house.store.transaction() as tx:
        await tx.connection.execute(DELIVERY.update().where(DELIVERY.c.id == 1).values(status="failed"))
        await tx.commit()
    page = await desk.opens("/bang/tin")
    assert re.findall(r"đã đến \d+, đang chờ (\d+), không gửi được (\d+)", page)[:2] == [("1", "0"), ("10", "1")]
    older, newer = sorted(map(int, re.findall(r'href="/bang/tin/(\d+)"', page)))
    one = await desk.opens(f"/bang/tin/{older}")
    assert "Lần &lt;i&gt;một&lt;/i&gt;" in one
    assert one.count("đang chờ</li>") == 10
    assert one.count("không gửi được</li>") == 1
    assert "Lần hai" in await desk.opens(f"/bang/tin/{newer}")
    for wrong in (newer + 1, 0, 999999999):
        await desk.opens(f"/bang/tin/{wrong}")
        assert desk.status == 404


async def test_a_message_of_chat_is_among_them(console):
    phone = await console.phone(DESK)
    await phone.commands("nhantin")
    await phone.presses("cast_to", "1", "all")
    await phone.says("Mời họp")
    await phone.presses("cast_send")
    desk = await console.screen_of(DESK)
    page = await desk.opens("/bang/tin")
    assert "Mời họp" in await desk.opens(re.search(r'href="(/bang/tin/\d+)"', page)[1])


async def test_groups_units_and_states_choose_whom(console):
    desk = await console.screen_of(DESK)
    page = await desk.opens("/bang/tin")
    assert 'name="donvi"' in page
    assert 'name="buoc"' in page
    for group in re.findall(r'<option value="([^"]+)">', page.partition('name="nhom"')[2].partition("</select>")[0]):
        await desk.opens("/bang/chon", viec="nhan", tatca="1", nhom=group)
        assert "Gửi cho" in desk.text


async def test_nobody_else_comes_to_it(console):
    head = await console.screen_of(OTHER_HEAD, "choduyet")
    assert "/bang/tin" not in await head.opens("/bang/nguoi")
    for path in ("/bang/tin", "/bang/tin/1"):
        await head.opens(path)
        assert head.status == 404
