"""Where people stop: counts alone, of five people at least; and the dates of a campaign."""

import datetime as dt
import html
import re

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.nouns.reviews import Answer
from tests.bot.playing import EMPLOYEE, HEAD

DESK = HEAD


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2])).split())


async def written(console, people: int) -> None:
    """So many of one form answer three questions one after another: the second after 10 seconds and more, the third after 20 and more;
    the first of them stops before the third.
    """
    reviews = [one for one in await console.stage.rows("review") if one["form"] == "mau-02"][:people]
    assert len(reviews) == people
    async with console.stage.store.transaction() as tx:
        for number, review in enumerate(reviews):
            at = console.stage.clock()
            for question, took in (("alpha", 0), ("beta", 10), ("gamma", 20))[: 2 if number == 0 else 3]:
                at += dt.timedelta(seconds=took + 2 * number)
                answer = Answer("x", skipped=question == "beta" and number == 5)
                await tx.reviews.keep_answer(review["id"], question, answer, review["person_id"], at)
        await tx.commit()


def rows(text: str) -> dict[str, list[str]]:
    """Question → what stands behind it."""
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', text, re.DOTALL)
    return {" ".join(one.split()): re.findall(r"<td[^>]*>([^<]*)</td>", cells) for one, cells in found}


async def test_each_question_has_how_many_answered_stopped_and_the_median_time(console):
    await written(console, 6)
    desk = await console.screen_of(DESK)
    shown = await desk.opens("/bang/cauhoi/1")
    assert "6 người đã bắt đầu." in plain(shown)
    assert rows(shown) == {
        "alpha": ["6", "0", "0", ""],
        "beta": ["5", "dưới 5", "dưới 5", "15 giây"],  # 10, 12, … 20
        "gamma": ["5", "0", "5", "26 giây"],  # 22, 24, … 30
    }
    assert next(iter(rows(await desk.opens("/bang/cauhoi/1", theo="dung")))) == "gamma"


async def test_fewer_than_five_are_not_counted(console):
    await (await console.phone(EMPLOYEE)).hands_in()
    desk = await console.screen_of(DESK)
    assert "Chưa mẫu nào có từ 5 người bắt đầu" in plain(await desk.opens("/bang/cauhoi"))
    assert desk.url.endswith("/bang/cauhoi/1")


@pytest.mark.parametrize(("theo", "told"), [("dung", False), ("x", True)])
async def test_it_is_sorted_by_the_address(console, theo, told):
    desk = await console.screen_of(DESK)
    text = await desk.opens("/bang/cauhoi/1", theo=theo)
    assert (desk.status, "Không có cách sắp xếp đó" in text) == (200, told)


async def test_it_is_the_desk_s_alone(console):
    head = await console.screen_of("AP-008", "choduyet")
    for path in ("/bang/cauhoi", "/bang/cauhoi/1"):
        await head.opens(path)
        assert head.status == 404
    assert "/bang/cauhoi" not in await head.opens("/bang/nguoi")


async def test_the_dates_say_what_is_due_moved_and_done(console):
    await (await console.phone(EMPLOYEE)).hands_in()
    desk = await console.screen_of(DESK)
    shown = plain(await desk.opens("/bang/moc"))
    assert "1/20" in shown
    assert "sắp đến" not in shown
    assert "14/11/2020 đã qua Ban hành tiêu chí" in shown
    assert "Đổi ngày" in shown
    phone = await console.phone(DESK)
    await phone.commands("dot")
    await phone.does(Pressed(Button("desk_dates", 0, ("1",))))
    await phone.presses("desk_move")
    await phone.says("28/11/2020")
    if "desk_put" in {one.verb for one in (Button.decode(key.data) for key in phone.shown[-6:]) if one}:
        await phone.presses("desk_put")
    moved = plain(await desk.opens("/bang/moc"))
    assert "28/11/2020 sắp đến" in moved
    assert "theo quy định là" in moved
    head = await console.screen_of("AP-008", "choduyet")
    theirs = plain(await head.opens("/bang/moc/1"))
    assert "0/5" in theirs
    assert "Đổi ngày" not in theirs
    await head.opens("/bang/moc/999")
    assert head.status == 404
