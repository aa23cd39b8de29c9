"""Codes that open no more, a code in the wrong hands, a new phone: through the real house, from code to audit."""

import asyncio
import logging
import re

import pytest
from aiohttp import ClientSession
from sqlalchemy.exc import DBAPIError

from bot.campaign.enrol import INVITATION_HOLDS
from bot.campaign.invitations.invited import invited
from bot.campaign.invitations.reissuing import CodesWanted, reissue, revoke
from bot.web import signin
from bot.web.app import site, web_app
from dialogs.core.buttons import Button
from dialogs.core.events import Edited, Pressed, Said
from storage.values import NewCode
from tests.answers import status_of
from tests.bot.playing import CHIEF, EMPLOYEE, HEAD, Phone, Stage, staged

#: Heads another unit than the employee's. The employee's own head is the desk's, too.
OTHER_HEAD = "AP-008"
#: Of the other head's unit.
OTHER_EMPLOYEE = "AP-009"


@pytest.fixture
async def stage(store) -> Stage:
    return await staged(store)


async def opens(phone: Phone, code: str) -> bool:
    return (await phone.commands("start", code)).person is not None


async def codes_of(stage: Stage, key: str) -> list[str]:
    """The unused code the desk's list has for somebody."""
    office = await invited(stage.store, stage.clock())
    return [one.code for one in office.people if one.key == key and one.code]


async def audit(stage: Stage, key: str) -> list[tuple[str, int | None, str]]:
    """(what, by whom, who acted as) of all that was done about somebody."""
    async with stage.store.reading() as tx:
        return [(line.what, line.by_person, line.by) for line in await tx.audit.of_person(await stage.person(key))]


async def gives_new_code(giver: Phone, stage: Stage, key: str) -> str:
    """In chat: find the person, ask for a code, confirm; the code that is shown."""
    person = str(await stage.person(key))
    await giver.commands("nhansu", key)
    await giver.presses("crew_code", person)
    await giver.presses("crew_issue", person)
    (code,) = re.findall(r"<code>(.+?)</code>", giver.text)
    return code


# ── codes that open no more ────────────────────────────────────────────────────────────────────


async def test_a_revoked_code_is_refused_with_what_to_do(stage):
    (code,) = await codes_of(stage, EMPLOYEE)
    ((person, taken_back),) = await revoke(stage.store, [EMPLOYEE], stage.clock())
    stranger = stage.phone("lạ")
    assert (person.key, taken_back) == (EMPLOYEE, 1)
    assert not await opens(stranger, code)
    assert "không còn giá trị" in stranger.text
    assert "sẽ cấp mã mới" in stranger.text
    assert await audit(stage, EMPLOYEE) == [("invitations revoked", None, "system")]


async def test_an_expired_code_is_refused_with_what_to_do(stage):
    (code,) = await codes_of(stage, EMPLOYEE)
    stage.clock.forward(seconds=INVITATION_HOLDS.total_seconds())
    stranger = stage.phone("lạ")
    assert not await opens(stranger, code)
    assert "đã hết hạn" in stranger.text
    assert "lấy mã mới ở bộ phận tổ chức" in stranger.text


async def test_a_code_holds_to_its_last_moment(stage):
    (code,) = await codes_of(stage, EMPLOYEE)
    stage.clock.forward(seconds=INVITATION_HOLDS.total_seconds() - 1)
    assert await opens(stage.phone("Mai"), code)


async def test_of_a_reissued_code_only_the_new_one_opens(stage):
    (old,) = await codes_of(stage, EMPLOYEE)
    (given,) = await reissue(stage.store, CodesWanted(keys=(EMPLOYEE,)), stage.clock())
    phone = stage.phone("Mai")
    assert not await opens(phone, old)
    assert "đã cấp mã khác thay vào" in phone.text
    assert await opens(phone, given.code)
    assert "Trần Thị Hoa Mai" in phone.text
    assert await audit(stage, EMPLOYEE) == [
        ("invitation issued", None, "system"),
        ("account tied", await stage.person(EMPLOYEE), "person"),
    ]


async def test_a_code_is_read_as_it_stands_on_the_slip(stage):
    (code,) = await codes_of(stage, EMPLOYEE)
    phone = stage.phone("Mai")
    await phone.says(f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
    assert phone.answered.person == await stage.person(EMPLOYEE)


async def test_no_code_stands_in_the_log(stage, caplog):
    caplog.set_level(logging.DEBUG)
    (old,) = await codes_of(stage, EMPLOYEE)
    (given,) = await reissue(stage.store, CodesWanted(keys=(EMPLOYEE,)), stage.clock())
    for code in (old, given.code, "AAAABBBBCCCC"):
        await opens(stage.phone("lạ"), code)
    assert not [code for code in (old, given.code, "AAAABBBBCCCC") if code in caplog.text]


async def test_a_door_that_fails_logs_no_code(stage, caplog, monkeypatch):
    monkeypatch.setattr(signin, "clean", lambda _: 1 / 0)
    (code,) = await codes_of(stage, EMPLOYEE)
    async with site(web_app(stage.house), "127.0.0.1", 0) as where, ClientSession() as browser:
        assert await status_of(browser.get(f"{where}/i/{code}")) == 500
    assert "GET /i/{code}" in caplog.text
    assert code not in caplog.text


async def test_an_error_of_the_database_tells_no_code(stage):
    async with stage.store.transaction() as tx:
        with pytest.raises(DBAPIError) as failed:
            await tx.invitations.issue(NewCode(10**6, "ABCDEFGHJKMN"), "roster", stage.clock(), stage.clock())
    assert "ABCDEFGHJKMN" not in str(failed.value)


# ── in the wrong hands ─────────────────────────────────────────────────────────────────────────


async def test_this_is_not_me_unties_and_tells_the_desk_which_gives_a_new_code(stage):
    desk = await stage.phone_of(HEAD)
    wrong = await stage.phone_of(EMPLOYEE, "người nhận nhầm")
    await wrong.presses("not_me")
    await wrong.presses("really_not_me")
    assert "đã được báo" in wrong.text
    assert (await wrong.commands("tieptuc")).person is None
    mai = await stage.person(EMPLOYEE)
    assert await stage.count("delivery", person_id=await stage.person(HEAD)) == 1
    told = (await stage.house.history(await stage.person(HEAD)))[-1]
    assert "Trần Thị Hoa Mai" in told.replies[0].html
    await desk.does(Pressed(Button("crew_person", 0, (str(mai),))))
    assert "Chưa vào hệ thống" in desk.text
    code = await gives_new_code(desk, stage, EMPLOYEE)
    assert await opens(stage.phone("Mai"), code)
    assert ("account untied", mai, "person") in await audit(stage, EMPLOYEE)


# ── a new phone ────────────────────────────────────────────────────────────────────────────────


async def test_the_old_phone_stops_when_the_new_code_is_used_and_the_audit_shows_who_confirmed(stage):
    old, desk = await stage.phone_of(EMPLOYEE, "cũ"), await stage.phone_of(HEAD)
    await old.presses("next")
    await old.presses("one", "months_worked")
    await old.presses("answer", "months_worked", "12")
    code = await gives_new_code(desk, stage, EMPLOYEE)
    stage.clock.forward(days=1)
    assert (await old.commands("tieptuc")).person is not None, "until the new code is used"
    new = stage.phone("mới", "telegram")
    assert await opens(new, code)
    assert (await old.commands("tieptuc")).person is None
    assert "đổi điện thoại" in old.text
    assert await stage.count("answer") == 1, "what was answered stays"
    mai, head = await stage.person(EMPLOYEE), await stage.person(HEAD)
    lines = await audit(stage, EMPLOYEE)
    assert lines[-2:] == [("invitation issued", head, "person"), ("account tied", mai, "person")]


async def test_the_head_of_the_unit_confirms_without_the_desk(stage):
    old, head = await stage.phone_of(OTHER_EMPLOYEE, "cũ"), await stage.phone_of(OTHER_HEAD)
    code = await gives_new_code(head, stage, OTHER_EMPLOYEE)
    stage.clock.forward(days=1)
    assert await opens(stage.phone("mới"), code)
    assert (await old.commands("tieptuc")).person is None
    assert ("invitation issued", await stage.person(OTHER_HEAD), "person") in await audit(stage, OTHER_EMPLOYEE)


async def test_who_is_in_already_is_told_of_the_new_code(stage):
    await stage.phone_of(OTHER_EMPLOYEE)
    await gives_new_code(await stage.phone_of(OTHER_HEAD), stage, OTHER_EMPLOYEE)
    told = (await stage.house.history(await stage.person(OTHER_EMPLOYEE)))[-1].replies[0].html
    assert "Bùi Hải Đăng Quang" in told
    assert "xin bấm “Không phải tôi”" in told


async def test_the_desk_that_gives_one_by_command_lets_them_know_too(stage):
    await stage.phone_of(OTHER_EMPLOYEE)
    await reissue(stage.store, CodesWanted(keys=(OTHER_EMPLOYEE,)), stage.clock())
    told = (await stage.house.history(await stage.person(OTHER_EMPLOYEE)))[-1].replies[0].html
    assert "đã cấp mã mới" in told
    assert await stage.count("delivery", person_id=await stage.person(OTHER_EMPLOYEE)) == 1


@pytest.mark.parametrize("verb", ["crew_code", "crew_issue", "crew_revoke", "crew_untie", "crew_untie_now"])
async def test_the_head_of_another_unit_is_refused_and_that_is_kept(stage, verb):
    before = await codes_of(stage, EMPLOYEE)
    head, mai = await stage.phone_of(OTHER_HEAD), await stage.person(EMPLOYEE)
    await head.does(Pressed(Button(verb, 0, (str(mai), "0"))))
    assert "bộ phận tổ chức" in head.text
    assert "<code>" not in head.text
    assert await codes_of(stage, EMPLOYEE) == before
    assert ("refused", await stage.person(OTHER_HEAD), "person") in await audit(stage, EMPLOYEE)


async def test_the_head_of_another_unit_does_not_find_them_by_name(stage):
    head = await stage.phone_of(OTHER_HEAD)
    await head.commands("nhansu", "Trần Thị Hoa Mai")
    assert not [key for key in head.shown if (button := Button.decode(key.data)) and button.verb == "crew_code"]


async def test_a_head_takes_no_codes_back_and_unties_nobody(stage):
    await stage.phone_of(OTHER_EMPLOYEE)
    head, chi = await stage.phone_of(OTHER_HEAD), await stage.person(OTHER_EMPLOYEE)
    for verb in ("crew_revoke", "crew_untie_now"):
        await head.does(Pressed(Button(verb, 0, (str(chi),))))
    assert await stage.count("account", person_id=chi, untied_at=None) == 1
    assert [line[0] for line in await audit(stage, OTHER_EMPLOYEE)].count("refused") == 2


async def test_nobody_gives_themselves_a_new_code(stage):
    head = await stage.phone_of(OTHER_HEAD)
    await head.does(Pressed(Button("crew_issue", 0, (str(await stage.person(OTHER_HEAD)), "0"))))
    assert "<code>" not in head.text
    assert ("refused", await stage.person(OTHER_HEAD), "person") in await audit(stage, OTHER_HEAD)


async def test_an_employee_gets_nowhere(stage):
    employee, chief = await stage.phone_of(EMPLOYEE), await stage.person(CHIEF)
    await employee.does(Pressed(Button("crew_issue", 0, (str(chief), "0"))))
    assert "<code>" not in employee.text
    assert await stage.count("audit", what="refused", by_person=await stage.person(EMPLOYEE)) == 1


# ── at once ────────────────────────────────────────────────────────────────────────────────────


async def test_a_new_code_pressed_twice_is_given_once(stage):
    desk, mai = await stage.phone_of(HEAD), str(await stage.person(EMPLOYEE))
    stage.clock.forward(minutes=1)
    await gives_new_code(desk, stage, EMPLOYEE)
    await desk.presses("crew_issue", mai)
    assert "đã thay đổi" in desk.text
    assert await stage.count("audit", what="invitation issued") == 1


async def test_of_two_codes_given_at_once_one_opens(stage):
    given = await asyncio.gather(
        *(reissue(stage.store, CodesWanted(keys=(EMPLOYEE,)), stage.clock()) for _ in range(4))
    )
    (open_one,) = await stage.rows("invitation", person_id=await stage.person(EMPLOYEE), revoked_at=None)
    assert open_one["code"] is None
    (code,) = await codes_of(stage, EMPLOYEE)
    assert code in {one.code for (one,) in given}


@pytest.mark.parametrize("under", [(), None], ids=["a reply", "an edit"])
async def test_after_signing_out_an_edit_and_a_reply_meet_a_stranger_and_change_nothing(stage, under):
    phone = await stage.phone_of(EMPLOYEE, "77", "telegram")
    await phone.commands("tieptuc")
    asked = next(button for key in phone.shown if (button := Button.decode(key.data)) and button.verb == "one")
    await phone.does(Said("12", message="77:1"))
    kept = await stage.rows("answer")
    assert kept
    await phone.commands("thoat")
    stranger = await stage.phone("78", "telegram").says("xin chào")
    assert stranger.replies
    event = Edited("11", "77:1") if under is None else Said("11", under=(asked,), message="77:2")
    answered = await phone.does(event)
    assert answered.person is None
    assert [reply.html for reply in answered.replies] == [reply.html for reply in stranger.replies]
    assert await stage.rows("answer") == kept
