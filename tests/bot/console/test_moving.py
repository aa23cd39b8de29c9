"""A date moved on the console: what is odd is said before, and what somebody else did meanwhile."""

import re

from storage.tables import AUDIT
from tests.bot.console.test_choosing import form, rows
from tests.bot.console.test_pages import DESK, OTHER_HEAD


async def asked(screen, title: str) -> str:
    """The address where that date is moved."""
    page = await screen.opens("/bang/moc")
    links = re.findall(r'href="(/bang/moc/\d+/\d+/[0-9a-f]{10})">Đổi ngày <span class="who">([^<]+)', page)
    return next(link for link, named in links if title in named)


async def test_a_day_is_looked_at_then_moved_once_and_told(console):
    desk = await console.screen_of(DESK)
    at = await asked(desk, "")
    page = await desk.opens(at)
    odd = await desk.sends(f"{at}/xem", **form(page, f"{at}/xem"), ngay="2020-11-01")
    assert "đã qua" in odd
    assert not await rows(console, AUDIT, what="milestone moved")
    page = await desk.sends(f"{at}/xem", **form(odd, f"{at}/xem"), ngay="2020-12-03")
    nut = re.search(r'name="nut" value="([^"]+)"', page)[1]
    moving = {**form(page, at), "nut": nut}
    for _ in range(2):
        done = await desk.sends(at, **moving)
        assert "sang 03/12/2020" in done
    kept = await rows(console, AUDIT, what="milestone moved")
    assert {one["detail"]["day"] for one in kept} == {"2020-12-03"}
    again = await desk.sends(at, **{**moving, "once": "abcdefgh12345678"})
    assert "vẫn là ngày 03/12/2020" in again
    other = {**moving, "once": "hgfedcba12345678", "ngay": "2020-12-04", "nut": nut.replace("20201203", "20201204")}
    stale = await desk.sends(at, **other)
    assert desk.status == 409
    assert "vừa được đổi trong lúc anh/chị xem" in stale
    assert len(await rows(console, AUDIT, what="milestone moved")) == len(kept)


async def test_what_is_no_day_or_no_date_of_theirs(console):
    desk = await console.screen_of(DESK)
    at = await asked(desk, "")
    page = await desk.opens(at)
    for wrong in ("", "hôm nay", "2020-13-01", "20201203"):
        shown = await desk.sends(f"{at}/xem", **form(page, f"{at}/xem"), ngay=wrong)
        assert desk.status == 409
        assert "Chưa đọc được ngày" in shown
    token = form(page, f"{at}/xem")["token"]
    forged = {"token": token, "once": "abcdefgh12345678", "ngay": "2020-12-03", "nut": "desk_close_now:0:1:x"}
    await desk.sends(at, **forged)
    assert desk.status == 400
    for path in ("/bang/moc/999/0/0123456789", "/bang/moc/1/0/0123456789"):
        await desk.opens(path)
        assert desk.status == 404
    head = await console.screen_of(OTHER_HEAD, "choduyet")
    assert "Đổi ngày" not in await head.opens("/bang/moc")
    await head.opens(at)
    assert head.status == 404
