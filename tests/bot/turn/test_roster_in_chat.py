"""The desk hands in its roster in the conversation: checked, shown, agreed to, kept whole or not at all."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.campaign.roster.exporting import kept_roster, workbook
from bot.demo.office import CENTRE, DEMO_ROSTER, OFFICE
from bot.door.channel import Incoming
from bot.door.files import handed
from bot.roster.read import read_roster
from bot.turn.uploads import forget_old
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed, Sent
from dialogs.desk.roster import EACH, FILE, PUT
from dialogs.desk.roster_days import WRONG
from rules.roster.people import Roster
from tests.bot.playing import COLLEAGUE, EMPLOYEE, HEAD, Phone, Stage, staged
from tests.bot.roster.rosters import promoted, without

LEAVER = "AP-012"
#: Who goes to the centre.
MOVER = "AP-004"
#: Somebody has a new post, somebody has left, somebody has joined.
NEWCOMER = replace(DEMO_ROSTER.people[4], key="AP-013", name="Hà Bảo Ngân")
CHANGED = replace(
    DEMO_ROSTER,
    people=(
        *(one for one in promoted(EMPLOYEE).people if one.key != LEAVER),
        NEWCOMER,
    ),
)


@pytest.fixture
async def stage(store) -> Stage:
    return await staged(store)


async def desk_of(stage: Stage) -> Phone:
    return await stage.phone_of(HEAD)


async def sends(phone: Phone, content: bytes, name: str = "danh-sach.xlsx") -> None:
    """As a channel does: the file in place of what it took it for."""
    incoming = Incoming(phone.channel, phone.account, str(next(phone.updates)), Sent("document"))
    if await phone.house.awaits_file(phone.channel, phone.account):
        incoming = handed(incoming, name, content)
    phone.answered = await phone.house.take(incoming)
    phone.shown += [key for reply in phone.answered.replies for row in reply.keyboard for key in row]


async def asked(stage: Stage) -> Phone:
    """The desk's phone, where a file is awaited."""
    phone = await desk_of(stage)
    await phone.commands("dot")
    await phone.presses("desk_home")
    await phone.presses("desk_roster")
    return phone


def by_both(roster: Roster) -> bytes:
    """A roster that knows that the colleague is of the desk as well."""
    return workbook(replace(roster, people=tuple(replace(one, desk=one.key == COLLEAGUE) for one in roster.people)))


async def kept_keys(stage: Stage) -> set[str]:
    return {one.key for one in (await kept_roster(stage.store)).people}


async def test_a_roster_is_shown_agreed_to_and_kept_with_its_effect_on_the_open_campaign(stage):
    phone = await asked(stage)
    assert "Mời anh/chị gửi tệp Excel" in phone.text
    assert phone.answered.replies[0].awaits_file
    await sends(phone, workbook(CHANGED), "thang-11.xlsx")
    assert f"Tệp “thang-11.xlsx”: thay đổi so với danh sách đang lưu của {OFFICE}" in phone.text
    assert "Người mới vào: 1\nNgười rời cơ quan: 1\nĐổi thông tin khác: 1\n" in phone.text
    assert "• AP-013 Hà Bảo Ngân, " in phone.text
    assert "Chưa ghi gì." in phone.text
    assert "AP-013" not in await kept_keys(stage)
    await phone.presses(PUT)
    assert f"Đã ghi danh sách của {OFFICE}." in phone.text
    assert await kept_keys(stage) == {one.key for one in CHANGED.people}
    newcomer = await stage.person("AP-013")
    assert newcomer in {row["person_id"] for row in await stage.rows("review")}
    assert await stage.count("upload") == 0
    audited = [row for row in await stage.rows("audit") if row["what"] == "roster imported"]
    assert audited[-1]["by_person"] == await stage.person(HEAD)
    assert not await phone.house.awaits_file(phone.channel, phone.account)


async def test_one_bad_row_changes_nothing_and_the_next_file_is_awaited(stage):
    phone = await asked(stage)
    await sends(phone, workbook(replace(CHANGED, people=(*CHANGED.people, replace(NEWCOMER, key="X", unit="?")))))
    assert "Tệp “danh-sach.xlsx” có 1 chỗ cần sửa; chưa ghi gì." in phone.text
    assert "• Danh sách!D14: Đơn vị: không có đơn vị “?”" in phone.text
    assert await stage.count("upload") == 0
    await sends(phone, workbook(CHANGED))
    await phone.presses(PUT)
    assert "Đã ghi danh sách" in phone.text


async def test_of_many_mistakes_the_first_are_named_and_the_rest_counted(stage):
    phone = await asked(stage)
    people = tuple(replace(NEWCOMER, key=f"X{number}", unit="?") for number in range(30))
    await sends(phone, workbook(replace(DEMO_ROSTER, people=(*DEMO_ROSTER.people, *people))))
    assert (phone.text.count("• "), "có 30 chỗ cần sửa" in phone.text, "… và 10 chỗ nữa" in phone.text) == (
        20,
        True,
        True,
    )


async def test_a_roster_that_does_not_follow_from_what_is_kept_says_why(stage):
    phone = await asked(stage)
    await sends(phone, workbook(Roster(DEMO_ROSTER.units[:2], DEMO_ROSTER.people[:7])))
    assert "• Đơn vị “Trung tâm Công báo và Tin học” không còn trong tệp" in phone.text


async def test_the_kept_roster_comes_as_a_file_and_handed_in_again_changes_nothing(stage):
    phone = await asked(stage)
    await phone.presses("desk_roster_file")
    reply = phone.answered.replies[0]
    (file,) = await phone.house.documents(phone.answered.person, reply.attached)
    assert (file.kind, file.name, reply.awaits_file) == ("xlsx", "Danh sách.xlsx", True)
    kept = await kept_roster(stage.store)
    # no party body is kept: the file says nothing of any
    assert read_roster(file.content) == replace(kept, bodies=None)
    await sends(phone, file.content)
    assert f"{OFFICE}: danh sách không có gì thay đổi." in phone.text


async def test_nobody_else_gets_the_file(stage):
    phone = await desk_of(stage)
    await phone.does(Pressed(Button("desk_roster_file")))
    file = phone.answered.replies[0].attached
    assert await phone.house.documents(await stage.person(EMPLOYEE), file) == ()


async def test_a_roster_that_changed_meanwhile_is_shown_anew(stage):
    phone = await asked(stage)
    other = await another_of_the_desk(stage)
    await sends(phone, by_both(CHANGED))
    await other.does(Pressed(Button(FILE)))
    await sends(other, by_both(without(LEAVER)))
    await other.presses(PUT)
    assert "Đã ghi danh sách" in other.text
    await phone.presses(PUT)
    assert "Danh sách đang lưu vừa được người khác thay đổi." in phone.text
    assert "Người rời cơ quan" not in phone.text
    assert "AP-013" not in await kept_keys(stage)
    await phone.presses(PUT)
    assert "Đã ghi danh sách" in phone.text
    assert "AP-013" in await kept_keys(stage)


async def test_of_two_of_the_desk_who_agree_at_once_one_wins_and_the_other_sees_it(stage):
    phones = [await desk_of(stage), await another_of_the_desk(stage)]
    for phone, roster in zip(phones, (CHANGED, without("AP-011")), strict=True):
        await phone.does(Pressed(Button(FILE)))
        await sends(phone, by_both(roster))
    await asyncio.gather(*(phone.presses(PUT) for phone in phones))
    assert sorted("Đã ghi danh sách" in phone.text for phone in phones) == [False, True]
    assert sorted("vừa được người khác thay đổi" in phone.text for phone in phones) == [False, True]


async def test_pressed_twice_it_is_kept_once(stage):
    phone = await asked(stage)
    await sends(phone, workbook(CHANGED))
    button = phone.button(PUT)
    await phone.does(Pressed(button))
    await phone.does(Pressed(button))
    assert "Tôi không còn giữ tệp này" in phone.text
    assert len([row for row in await stage.rows("audit") if row["what"] == "roster imported"]) == 1


async def test_who_lets_it_be_keeps_nothing(stage):
    phone = await asked(stage)
    await sends(phone, workbook(CHANGED))
    assert await stage.count("upload") == 1
    await phone.presses("desk_roster_drop")
    assert (phone.text, await stage.count("upload")) == ("Đã bỏ. Danh sách đang lưu giữ nguyên.", 0)
    assert "AP-013" not in await kept_keys(stage)


async def test_a_file_nobody_agreed_to_is_gone_after_a_day(stage):
    phone = await asked(stage)
    await sends(phone, workbook(CHANGED))
    stage.clock.forward(hours=24)
    await phone.presses(PUT)
    assert "Tôi không còn giữ tệp này" in phone.text
    await forget_old(stage.store, stage.clock.now)
    assert await stage.count("upload") == 0


async def test_the_button_of_another_reaches_nobody_elses_file(stage):
    phone = await asked(stage)
    await sends(phone, workbook(CHANGED))
    other = await another_of_the_desk(stage)
    await other.does(Pressed(phone.button(PUT)))
    assert "Tôi không còn giữ tệp này" in other.text
    assert "AP-013" not in await kept_keys(stage)


async def test_a_file_of_who_is_not_of_the_desk_is_not_looked_at(stage):
    phone = await stage.phone_of(EMPLOYEE)
    await sends(phone, workbook(CHANGED))
    assert "Tôi không nhận tệp đính kèm" in phone.text
    await phone.does(Pressed(Button(FILE)))
    assert "Việc này thuộc bộ phận tổ chức" in phone.text
    assert not await phone.house.awaits_file(phone.channel, phone.account)
    refused = [row for row in await stage.rows("audit") if row["what"] == "refused"]
    assert "import_roster" in str(refused[-1]["detail"])


async def test_a_file_that_is_not_awaited_is_not_looked_at(stage):
    phone = await desk_of(stage)
    await sends(phone, workbook(CHANGED))
    assert "Tôi không nhận tệp đính kèm" in phone.text
    await phone.does(Pressed(Button(FILE)))
    await phone.commands("tieptuc")
    assert not await phone.house.awaits_file(phone.channel, phone.account)


async def test_who_left_the_desk_meanwhile_hands_in_nothing(stage):
    phone = await another_of_the_desk(stage)
    await phone.does(Pressed(Button(FILE)))
    async with stage.store.transaction() as tx:
        await tx.people.update(replace(await tx.people.get(await stage.person(COLLEAGUE)), desk=False))
        await tx.commit()
    assert not await phone.house.awaits_file(phone.channel, phone.account)
    content = workbook(CHANGED)
    await phone.house.take(handed(Incoming("web", phone.account, "9001", Sent("document")), "a.xlsx", content))
    assert await stage.count("upload") == 0


async def test_a_roster_of_another_office_is_refused(stage):
    phone = await asked(stage)
    units = tuple(
        replace(one, name="Sở Khác", parent="") if not one.parent else replace(one, parent="Sở Khác")
        for one in DEMO_ROSTER.units
    )
    people = tuple(replace(one, unit="Sở Khác") if one.unit == OFFICE else one for one in DEMO_ROSTER.people)
    await sends(phone, workbook(Roster(units, people)))
    assert f"là danh sách của “Sở Khác”, không phải của {OFFICE}" in phone.text
    assert not await stage.count("upload")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("anh.png", b"png", "“anh.png”: tệp ảnh; danh sách cần là tệp Excel .xlsx"),
        ("to.xlsx", b"x" * 20_000_001, "lớn hơn 20 MB"),
        ("rac.xlsx", b"<script>alert(1)</script>", "tệp văn bản hoặc .csv; hãy mở bằng Excel rồi lưu lại thành .xlsx"),
    ],
)
async def test_what_is_no_roster_is_said(stage, name, content, told):
    phone = await asked(stage)
    await sends(phone, content, name)
    assert told in phone.text
    assert phone.answered.replies[0].awaits_file
    assert not await stage.count("upload")


async def test_a_text_where_a_file_is_awaited(stage):
    phone = await asked(stage)
    await phone.says("sắp có rồi")
    assert "Tôi đang chờ tệp danh sách" in phone.text


async def test_names_are_data(stage):
    phone = await asked(stage)
    nasty = "<b>đậm</b> {{ 7*7 }} <script>"
    await sends(
        phone,
        workbook(replace(DEMO_ROSTER, people=(*DEMO_ROSTER.people, replace(NEWCOMER, name=nasty)))),
        "<i>x</i>.xlsx",
    )
    assert "&lt;b&gt;đậm&lt;/b&gt; {{ 7*7 }} &lt;script&gt;" in phone.text
    assert "&lt;i&gt;x&lt;/i&gt;.xlsx" in phone.text


async def test_the_history_shows_what_was_handed_in(stage):
    phone = await asked(stage)
    await sends(phone, workbook(CHANGED), "thang-11.xlsx")
    await phone.does(Sent("photo"))
    said = [one.said for one in await phone.house.history(await stage.person(HEAD))]
    assert said[-2:] == ["📎 thang-11.xlsx", "[ảnh]"]


async def another_of_the_desk(stage: Stage) -> Phone:
    async with stage.store.transaction() as tx:
        await tx.people.update(replace(await tx.people.get(await stage.person(COLLEAGUE)), desk=True))
        await tx.commit()
    return await stage.phone_of(COLLEAGUE)


#: Three people whose unit or position is another, and no day says since when.
MOVED = replace(
    DEMO_ROSTER,
    people=tuple(
        replace(one, position="Chuyên viên chính")
        if one.key in {EMPLOYEE, COLLEAGUE}
        else replace(one, unit=CENTRE)
        if one.key == MOVER
        else one
        for one in DEMO_ROSTER.people
    ),
)


async def postings(stage: Stage, key: str) -> list[tuple[str, str, dt.date | None]]:
    """Unit, position and first day of what is kept of that person, oldest first."""
    async with stage.store.reading() as tx:
        return [(one.unit, one.position, one.since) for one in await tx.postings.of_person(await stage.person(key))]


async def asked_for_days(stage: Stage) -> Phone:
    phone = await asked(stage)
    await sends(phone, workbook(MOVED))
    return phone


async def test_changes_without_a_day_are_asked_for_one_and_not_kept_before(stage):
    phone = await asked_for_days(stage)
    assert "Tệp “danh-sach.xlsx”: 3 người đổi đơn vị, chức vụ hoặc vai trò mà chưa rõ từ ngày nào" in phone.text
    assert "• AP-005 Trần Thị Hoa Mai: Chức vụ, chức danh: “Chuyên viên” → “Chuyên viên chính”" in phone.text
    assert [key.label for row in phone.answered.replies[0].keyboard for key in row] == [
        "Từng người",
        "Ghi sai từ trước",
        "Hủy",
    ]
    assert "Chưa ghi gì." in phone.text
    assert not [key for key in phone.shown if PUT in key.data]
    await phone.says("tháng trước")
    assert "Tôi chưa đọc được ngày này." in phone.text
    assert not [row for row in await stage.rows("audit") if row["what"] == "roster imported"][1:]


async def test_one_day_for_all_is_shown_agreed_to_and_kept(stage):
    phone = await asked_for_days(stage)
    await phone.says("ngày 1 tháng 11 năm 2020")
    assert "thay đổi so với danh sách đang lưu" in phone.text
    assert "Giữ chức vụ từ ngày: (trống) → 01/11/2020" in phone.text
    await phone.presses(PUT)
    assert "Đã ghi danh sách" in phone.text
    assert (await postings(stage, EMPLOYEE))[-1][1:] == ("Chuyên viên chính", dt.date(2020, 11, 1))
    assert (await postings(stage, MOVER))[-1][::2] == (CENTRE, dt.date(2020, 11, 1))


async def test_one_after_another_each_has_a_day_of_their_own_or_was_written_wrongly(stage):
    phone = await asked_for_days(stage)
    await phone.presses(EACH)
    assert "còn 3 người chưa rõ từ ngày nào" in phone.text
    first = await order(stage)
    assert f"• {first[0]} " in phone.text
    await phone.says("1/9/2020")
    assert (f"• {first[1]} " in phone.text, "còn 2 người" in phone.text) == (True, True)
    await phone.says("2020-10-05")
    assert (f"• {first[2]} " in phone.text, "còn 1 người" in phone.text) == (True, True)
    await phone.presses(WRONG)
    await phone.presses(PUT)
    assert "Đã ghi danh sách" in phone.text
    days = {key: [day for *_, day in await postings(stage, key)] for key in first}
    assert days == {
        first[0]: [None, dt.date(2020, 9, 1)],
        first[1]: [None, dt.date(2020, 10, 5)],
        first[2]: [None],  # the row is replaced: it is no change
    }


async def test_what_was_written_wrongly_of_all_replaces_what_was_kept(stage):
    phone = await asked_for_days(stage)
    await phone.presses(WRONG)
    await phone.presses(PUT)
    assert [one[1:] for one in await postings(stage, EMPLOYEE)] == [("Chuyên viên chính", None)]


async def test_a_day_to_come_is_said_and_asked_again(stage):
    phone = await asked_for_days(stage)
    await phone.says("24/11/2020")
    assert "ngày 24/11/2020 chưa đến" in phone.text
    assert "3 người đổi đơn vị" in phone.text
    await phone.says("23/11/2020")
    assert [key for key in phone.shown if PUT in key.data]


async def test_days_said_of_a_roster_that_changed_meanwhile_are_asked_anew(stage):
    phone = await asked(stage)
    other = await another_of_the_desk(stage)
    await sends(phone, by_both(MOVED))
    await other.does(Pressed(Button(FILE)))
    await sends(other, by_both(promoted(EMPLOYEE)))
    await other.presses(PUT)
    await phone.says("01/11/2020")
    assert "Danh sách đang lưu vừa được người khác thay đổi. Xin anh/chị xem lại." in phone.text
    assert "2 người đổi đơn vị" in phone.text
    await phone.says("01/11/2020")
    await phone.presses(PUT)
    assert "Đã ghi danh sách" in phone.text


async def test_who_went_elsewhere_is_asked_for_the_days_again_and_nothing_is_kept_without(stage):
    phone = await asked_for_days(stage)
    await phone.says("01/11/2020")
    await phone.commands("tieptuc")
    await phone.presses(PUT)
    assert "3 người đổi đơn vị" in phone.text
    assert "vừa được người khác thay đổi" not in phone.text


async def test_the_button_of_other_days_shows_anew(stage):
    phone, content = await asked(stage), workbook(MOVED)
    await sends(phone, content)
    await phone.says("01/11/2020")
    old = phone.button(PUT)
    await sends(phone, content)
    await phone.says("01/10/2020")
    await phone.does(Pressed(old))
    assert "Giữ chức vụ từ ngày: (trống) → 01/10/2020" in phone.text
    assert [one[1:] for one in await postings(stage, EMPLOYEE)] == [("Chuyên viên", None)]


async def test_an_old_answer_of_another_answers_nobody_elses_question(stage):
    phone = await asked_for_days(stage)
    await phone.presses(EACH)
    button = phone.button(WRONG)
    await phone.does(Pressed(button))
    await phone.does(Pressed(button))
    assert "còn 2 người chưa rõ từ ngày nào" in phone.text


async def test_a_file_is_still_taken_where_a_day_is_asked(stage):
    phone = await asked_for_days(stage)
    await sends(phone, workbook(CHANGED))
    await phone.presses(PUT)
    assert "Đã ghi danh sách" in phone.text


async def test_the_preview_names_the_reviews_that_begin_are_handed_over_and_end(stage):
    phone = await asked(stage)
    people = tuple(
        replace(one, unit=CENTRE, unit_since=dt.date(2020, 8, 1)) if one.key == MOVER else one for one in CHANGED.people
    )
    before = await stage.rows("review")
    await sends(phone, workbook(replace(CHANGED, people=people)))
    names = {one.key: one.name for one in DEMO_ROSTER.people}
    # Who is a member of the party has two: Mẫu 02 and Mẫu 02-HD KĐ.ĐG 2019.
    assert "<b>Phiếu sẽ bắt đầu (2)</b>\n• AP-013 Hà Bảo Ngân (2 phiếu)" in phone.text
    hands = "Nguyễn Bình Nguyên → Bùi Hải Đăng Quang"
    assert f"cho ý kiến, quyết định (2)</b>\n• {MOVER} {names[MOVER]}: {hands} (2 phiếu)" in phone.text
    assert f"<b>Phiếu đang mở sẽ kết thúc (1)</b>\n• {LEAVER} {names[LEAVER]}" in phone.text
    assert await stage.rows("review") == before


async def order(stage: Stage) -> list[str]:
    """In which order the three are asked: that of the roster that is kept."""
    async with stage.store.reading() as tx:
        kept = await tx.rosters.kept(await tx.units.office(OFFICE))
    return [one.person.key for one in kept.entries if one.person.key in {EMPLOYEE, COLLEAGUE, MOVER}]
