"""d of a leader over a store: by the sheets that stand there, for the head and for whoever looks at the head's sheet."""

import datetime as dt
import itertools

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.demo.office import AUTHORITY, DEMO_ROSTER, HEAD
from tests.bot.playing import Clock, Stage, house_over, shelf

STAFF = ("AP-004", "AP-005", "AP-006", "AP-007")
#: By hand: general 30 - 5 - 5 - 4 × 2.5 = 10; results 50 % of 70 = 35; together 45, below 50 (Điều 20 khoản 4 điểm a).
FAILING = {
    **dict.fromkeys(("quantity", "quality", "progress"), "50"),
    **dict.fromkeys(("p11", "p12", "p21", "p22", "p23", "p24"), "0"),
}


async def begun(stage, key):
    """A phone of somebody whose sheet knows its period."""
    phone = await stage.phone_of(key)
    await phone.commands("tieptuc")
    if "tháng hay quý nào" in phone.text:
        await phone.presses("reuse")
    return phone


async def test_d_follows_the_sheets_of_the_unit_and_a_contradiction_is_told(store):
    clock = Clock(dt.datetime(2026, 10, 1, 8, 30, tzinfo=ZONE))
    await open_campaign(store, shelf(), ["decree-335-2025"], 2026, DEMO_ROSTER, clock(), period="m09")
    stage = Stage(store, clock, house_over(store, clock), itertools.count(1))
    for key in STAFF[:3]:
        await (await begun(stage, key)).hands_in()
    head = await begun(stage, HEAD)
    await head.fills_in(unit_result="100")
    await head.presses("go", "unit_result")
    assert "Đã có điểm của 3/4 người thuộc quyền quản lý, đều từ 50 điểm trở lên" in head.text
    assert "Chưa có điểm của Vũ Đăng Khoa Minh" in head.text

    await (await begun(stage, STAFF[3])).hands_in(**FAILING)
    await head.presses("go", "unit_result")
    assert "có người dưới 50 điểm (Vũ Đăng Khoa Minh 45) → 50%. 4 người mới gửi, chưa được xác nhận." in head.text
    await head.presses("answer", "unit_result", "100")
    assert "điểm đang có cho kết quả khác nên tôi chưa ghi" in head.text
    await head.presses("answer", "unit_result", "100", "sure")
    await head.commands("tieptuc")
    await head.presses("send")

    authority = await stage.phone_of(AUTHORITY)
    await authority.commands("choduyet")
    await authority.presses("head_card")
    assert "⚠ Điểm d trong phiếu khác với điểm của những người thuộc quyền quản lý." in authority.text
    assert "Vũ Đăng Khoa Minh 45" in authority.text


async def test_a_head_sees_the_year_of_their_people_and_nobody_else_s(store):
    clock = Clock(dt.datetime(2026, 10, 1, 8, 30, tzinfo=ZONE))
    await open_campaign(store, shelf(), ["decree-335-2025"], 2026, DEMO_ROSTER, clock(), period="m09")
    stage = Stage(store, clock, house_over(store, clock), itertools.count(1))
    mai = await begun(stage, STAFF[1])
    await mai.hands_in(progress="75")
    await mai.presses("result_year")
    # (100 + 100 + 75) / 3 % of 70 = 64.1667, and 30 (Điều 16 khoản 1, Điều 17 khoản 1)
    assert "<code>T09 ▰▰▰▰▰▰▰▰▰▱</code> <b>94,16…</b> chưa xác nhận" in mai.text
    head = await stage.phone_of(HEAD)
    await head.commands("choduyet")
    await head.presses("head_year")
    assert "<code>········▇···</code> <b>Trần Thị Hoa Mai</b>: chưa có tháng nào được xác nhận" in head.text.replace(
        "█", "▇"
    )
    assert "Hoàng Sơn Lâm" not in head.text
    await head.presses("head_year_of")
    assert "Điểm các tháng năm 2026 của" in head.text


async def test_a_head_agrees_with_the_sheets_of_a_month_by_two_presses(store):
    clock = Clock(dt.datetime(2026, 10, 1, 8, 30, tzinfo=ZONE))
    await open_campaign(store, shelf(), ["decree-335-2025"], 2026, DEMO_ROSTER, clock(), period="m09")
    stage = Stage(store, clock, house_over(store, clock), itertools.count(1))
    for key in STAFF[:2]:
        await (await begun(stage, key)).hands_in()
    head = await stage.phone_of(HEAD)
    await head.commands("choduyet")
    await head.presses("head_sheets")
    await (await begun(stage, STAFF[2])).hands_in()  # while the head reads
    await head.presses("head_sheets_ask")
    await head.presses("head_sheets_agree")
    assert "Đã xác nhận 2 phiếu: Trần Thị Hoa Mai, Phan Thảo Vy." in head.text
    people = [await stage.person(key) for key in STAFF[:3]]
    kept = {row["person_id"]: row["status"] for row in await stage.rows("review") if row["person_id"] in people}
    assert [kept[one] for one in people] == ["final", "final", "submitted"]
