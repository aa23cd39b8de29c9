"""What the pages show to whom: the desk, a head, the authority, in their own office and in another's."""

import asyncio
import html
import re

import pytest

from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD

DESK = HEAD
#: Heads a unit that does not run the campaigns.
OTHER_HEAD = "AP-008"


def names(text: str) -> list[str]:
    """The names of the table, in its order."""
    return [
        html.unescape(one)
        for one in re.findall(r'<th scope="row" data-label="[^"]*"><a [^>]+>(.+?)</a> <span class="key">', text)
    ]


async def test_the_desk_sees_its_office_and_a_head_their_unit(console):
    desk, head = await console.screen_of(DESK), await console.screen_of(OTHER_HEAD, "choduyet")
    assert len(names(await desk.opens("/bang/nguoi"))) == 20
    seen = names(await head.opens("/bang/nguoi"))
    assert set(seen) == {"Mai Trường An", "Đặng Ngọc Lan Chi", "Tạ Minh Hạ", "Bùi Hải Đăng Quang", "Ngô Việt Thư"}
    assert "Trần Thị Hoa Mai" not in head.text
    assert names(await head.opens("/bang/nguoi", q="hoa mai")) == []


async def test_people_stand_the_vietnamese_way_and_are_found_without_marks(console):
    desk = await console.screen_of(DESK)
    listed = names(await desk.opens("/bang/nguoi", theo="name"))
    assert list(dict.fromkeys(one.rpartition(" ")[2] for one in listed)) == [
        *("An", "Anh", "Chi", "Hạ", "Lâm", "Mai", "Minh", "Nguyên", "Quang", "Thư", "Trúc", "Vy")
    ]
    backwards = names(await desk.opens("/bang/nguoi", theo="name", nguoc="1"))
    assert backwards[0] == "Phan Thảo Vy"
    for typed in ("hoa mai", "HOA MAI", "trần mai", "ap-005", "AP-005"):
        assert set(names(await desk.opens("/bang/nguoi", q=typed))) == {"Trần Thị Hoa Mai"}, typed
    for typed in ("oa mai", "%", "_", "' OR 1=1 --", "<xyz>"):
        assert names(await desk.opens("/bang/nguoi", q=typed)) == [], typed
    assert "<xyz>" not in desk.text


async def test_a_self_rating_is_told_the_desk_once_the_chain_agreed(console):
    mai = await console.phone(EMPLOYEE)
    await mai.hands_in()
    chief = await console.screen_of(CHIEF, "choduyet")
    head = await console.screen_of(DESK)
    mine = await head.opens("/bang/nguoi", q="hoa mai", buoc="sent")
    assert '<td data-label="Tự xếp">Tốt</td>' in mine  # it waits for them
    theirs = await chief.opens("/bang/nguoi", q="hoa mai")
    assert names(theirs)  # theirs to decide
    assert names(await head.opens("/bang/nguoi", tu="good")) == ["Trần Thị Hoa Mai"]
    assert names(await head.opens("/bang/nguoi", denghi="good")) == []
    assert names(await head.opens("/bang/nguoi", tu="excellent")) == []


async def test_nonsense_in_an_address_is_told_and_never_fails(console):
    desk = await console.screen_of(DESK)
    for query in ({"trang": "-3"}, {"trang": "x"}, {"donvi": "'"}, {"buoc": "<script>"}, {"theo": "name; drop"}):
        text = await desk.opens("/bang/nguoi", **query)
        assert desk.status == 200, query
        assert "không đọc được" in text, query
    await desk.opens("/bang/nguoi", trang="9999")
    assert desk.status == 200
    assert len(names(desk.text)) == 20
    for query in ({"donvi": "999999"}, {"mau": "khong|co"}, {"o": "99999"}, {"q": "x" * 5000}):
        await desk.opens("/bang/nguoi", **query)
        assert (desk.status, names(desk.text)) == (200, []), query


@pytest.mark.parametrize("path", ["/bang/dot/999", "/bang/nguoi?dot=999"])
async def test_a_campaign_that_is_not_theirs_is_not_there_and_reaching_for_it_is_kept(console, path):
    desk = await console.screen_of(DESK)
    await desk.opens(path)
    assert desk.status == 404
    (kept,) = await console.stage.rows("audit", what="console refused")
    assert kept["by_person"] == await console.stage.person(DESK)


async def test_every_number_of_the_campaign_is_the_names_behind_it(console):
    for key in (EMPLOYEE, COLLEAGUE):
        await (await console.phone(key)).hands_in()
    console.stage.clock.forward(days=20)
    desk = await console.screen_of(DESK)
    shown = await desk.opens("/bang/dot")
    links = re.findall(r'href="(/bang/nguoi\?[^"]+)">(?:<strong>)?(\d+)<', shown)
    assert len(links) > 15
    for link, count in dict.fromkeys(links):
        assert len(names(await desk.opens(html.unescape(link)))) == int(count), link
    assert "Quá hạn chưa gửi" in shown


async def test_no_page_without_a_session(console):
    stranger = await console.screen()
    for path in ("/bang", "/bang/dot", "/bang/dot/1", "/bang/nguoi"):
        await stranger.opens(path)
        assert stranger.status == 401, path


async def test_many_at_once_wait_for_each_other_and_nobody_for_ever(console):
    screen = await console.screen_of(HEAD)

    async def status(number: int) -> int:
        async with screen.browser.get(f"{console.address}/bang/nguoi/AP-{number}") as answer:
            return answer.status

    found = await asyncio.gather(*(status(number) for number in range(900, 950)))
    assert set(found) == {404}
    assert set(await asyncio.gather(*(status(number) for number in range(900, 950)))) >= {429}


async def test_a_search_no_database_knows_is_told_and_left_out(console):
    screen = await console.screen_of(HEAD)
    await screen.opens("/bang/nguoi", q="a\0b", mau="\0")
    assert screen.status == 200


async def test_an_audit_of_nobody_a_database_knows_is_told_and_left_out(console):
    screen = await console.screen_of(HEAD)
    await screen.opens("/bang/nhatky", ai="a\0b")
    assert (screen.status, "chỗ không đọc được" in screen.text) == (200, True)


async def test_a_small_office_sees_at_once_what_was_done_however_slow_the_machine_is(console):
    desk = await console.screen_of(DESK)
    console.house.counts.patience = 0.0
    console.house.counts.at_first = 60.0

    async def handed_in() -> str:
        found = re.search(r'buoc=sent[^"]*"><strong>(\d+)<', await desk.opens("/bang/dot/1"))
        return found[1] if found else "0"

    before = await handed_in()
    mai = await console.phone(EMPLOYEE)
    await mai.hands_in()
    assert (before, await handed_in()) == ("0", "1")
