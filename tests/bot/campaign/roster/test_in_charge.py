"""A leader in charge of units sees who in them has handed in what and with whom it is; nobody else does."""

import datetime as dt
import itertools
from dataclasses import replace

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.demo.office import DEMO_ROSTER, HEAD, STAFF
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.roster.people import Roster
from tests.bot.playing import Clock, Stage, house_over, shelf

DEPUTY, COLLEAGUE = "AP-002", "AP-005"
ROSTER = Roster(
    units=tuple(replace(one, in_charge=DEPUTY) if one.name == STAFF else one for one in DEMO_ROSTER.units),
    people=DEMO_ROSTER.people,
)


#: The plan of an office whose leader in charge has a step of the chain, for those who are in no party.
OUTSIDE_THE_PARTY = replace(ROSTER, people=tuple(replace(one, party_member=False) for one in ROSTER.people))


async def staged(store, book, year, now, roster=ROSTER, **more):
    clock = Clock(now)
    await open_campaign(store, shelf(), [book], year, roster, clock(), **more)
    return Stage(store, clock, house_over(store, clock), itertools.count(1))


async def test_a_deputy_sees_who_of_their_units_has_handed_in_a_month_and_who_has_it(store):
    stage = await staged(store, "decree-335-2025", 2026, dt.datetime(2026, 10, 1, 8, 30, tzinfo=ZONE), period="m09")
    await (await stage.phone_of("AP-004")).hands_in()
    deputy = await stage.phone_of(DEPUTY)
    await deputy.commands("choduyet")
    await deputy.presses("head_charge")
    assert "Các đơn vị anh/chị được phân công phụ trách" in deputy.text
    # AP-003 … AP-007 are of the unit
    assert f"• {STAFF}: đã gửi 1/5, chờ duyệt 1, đã xác nhận hoặc quyết định 0" in deputy.text
    assert "Trung tâm" not in deputy.text
    await deputy.presses("head_charge_unit")
    assert "Đợt đánh giá tháng 9/2026" in deputy.text
    assert (
        "Phan Thảo Vy (Mẫu số 01, tháng 9/2026): chờ duyệt: người đứng đầu đơn vị (Nguyễn Bình Nguyên)" in deputy.text
    )
    assert "Trần Thị Hoa Mai (Mẫu số 01, tháng 9/2026): chưa bắt đầu" in deputy.text

    head = await stage.phone_of(HEAD)
    await head.commands("choduyet")
    await head.presses("head_card")
    await head.presses("head_agree")
    await deputy.presses("head_charge_unit")
    assert "Phan Thảo Vy (Mẫu số 01, tháng 9/2026): đã xác nhận" in deputy.text


async def test_who_is_in_charge_reads_the_drafts_that_come_to_them_and_decides_nothing_before(store):
    begins = dt.datetime(2023, 11, 20, 8, 30, tzinfo=ZONE)
    stage = await staged(store, "quang-ngai-ethnic-2023", 2023, begins, OUTSIDE_THE_PARTY)
    vy = await stage.phone_of("AP-004")
    await vy.hands_in()
    deputy = await stage.phone_of(DEPUTY)
    await deputy.commands("choduyet")
    await deputy.presses("head_charge")
    await deputy.presses("head_charge_unit")
    await deputy.presses("head_card")
    assert "Phan Thảo Vy" in deputy.text
    assert "bản này đang ở người đứng đầu đơn vị (Nguyễn Bình Nguyên)" in deputy.text
    verbs = {Button.decode(key.data).verb for one in deputy.answered.replies for row in one.keyboard for key in row}
    assert not verbs & {"head_agree", "head_return", "head_comment"}


async def test_a_button_of_somebody_in_charge_shows_nothing_to_anybody_else(store):
    stage = await staged(store, "decree-335-2025", 2026, dt.datetime(2026, 10, 1, 8, 30, tzinfo=ZONE), period="m09")
    deputy = await stage.phone_of(DEPUTY)
    await deputy.commands("choduyet")
    await deputy.presses("head_charge")
    opened = deputy.button("head_charge_unit")
    for key in (COLLEAGUE, "AP-008"):
        other = await stage.phone_of(key)
        await other.does(Pressed(opened))
        assert "Phan Thảo Vy" not in other.text
        assert "chưa có bản nào" in other.text
    head = await stage.phone_of(HEAD)
    await head.does(Pressed(opened))
    assert "Phan Thảo Vy" in head.text  # of the unit they head
    for one in (other, head):
        await one.commands("choduyet")
        assert "phụ trách" not in one.text
