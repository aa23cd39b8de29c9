"""Nobody becomes somebody else by a code they gave: through the real house, from the code to who acts on what was sent."""

import datetime as dt
import json
import re

import pytest

from bot.campaign.invitations.invited import invited
from bot.campaign.invitations.reissuing import CodesWanted, reissue
from bot.documents.content import read
from bot.personal.keeping import Forgetting
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import Papers
from rules.nouns.devices import CodeGiven
from rules.nouns.reviews import Review, ReviewStatus
from rules.personal.keeping import Keeping
from storage.values import NewCode
from tests.bot.playing import CHIEF, EMPLOYEE, HEAD, Phone, Stage, staged

#: Heads the centre; of its people one. The desk is the head of the office's own room.
CENTRE_HEAD, OF_CENTRE, DESK = "AP-008", "AP-009", HEAD


@pytest.fixture
async def stage(store) -> Stage:
    return await staged(store)


async def gives(giver: Phone, stage: Stage, key: str) -> str:
    person = str(await stage.person(key))
    await giver.commands("nhansu", key)
    await giver.presses("crew_code", person)
    await giver.presses("crew_issue", person)
    (code,) = re.findall(r"<code>(.+?)</code>", giver.text)
    return code


async def opens(phone: Phone, code: str) -> bool:
    return (await phone.commands("start", code)).person is not None


async def told(stage: Stage, key: str) -> Phone:
    """The newest notice to somebody, with its buttons: on whatever device of theirs."""
    steps = await stage.house.history(await stage.person(key))
    phone = stage.phone(key)
    notice = next(step for step in reversed(steps) if step.channel == "notice")
    phone.shown = [button for reply in notice.replies for row in reply.keyboard for button in row]
    phone.answered = type(phone.answered)(None, notice.replies)
    return phone


async def audited(stage: Stage, key: str) -> list[str]:
    async with stage.store.reading() as tx:
        return [line.what for line in await tx.audit.of_person(await stage.person(key))]


async def review_of(stage: Stage, key: str) -> Review:
    async with stage.store.reading() as tx:
        return (await tx.reviews.ever(await stage.person(key)))[0]


async def taken_over(stage: Stage) -> tuple[Phone, Phone]:
    """The head of the centre, and the phone that came in by a code they gave; nobody said anything for a day."""
    await stage.phone_of(OF_CENTRE)
    head, new = await stage.phone_of(CENTRE_HEAD), stage.phone("máy mới")
    code = await gives(head, stage, OF_CENTRE)
    stage.clock.forward(days=1)
    assert await opens(new, code)
    return head, new


async def test_a_code_given_anew_waits_a_day(stage):
    await stage.phone_of(OF_CENTRE)
    code = await gives(await stage.phone_of(CENTRE_HEAD), stage, OF_CENTRE)
    new = stage.phone("máy mới")
    assert not await opens(new, code)
    assert "đúng nhưng chưa dùng được" in new.text
    stage.clock.forward(hours=23, minutes=59)
    assert not await opens(new, code)
    stage.clock.forward(minutes=1)
    assert await opens(new, code)


async def test_it_opens_at_once_when_agreed_to_on_the_old_device(stage):
    old = await stage.phone_of(OF_CENTRE)
    code = await gives(await stage.phone_of(CENTRE_HEAD), stage, OF_CENTRE)
    notice = await told(stage, OF_CENTRE)
    assert "đã cấp mã mới" in notice.text
    old.shown = notice.shown
    await old.presses("newcode_yes")
    assert await opens(stage.phone("máy mới"), code)
    assert "code agreed to" in await audited(stage, OF_CENTRE)


async def test_refused_on_the_old_device_it_opens_nothing_ever(stage):
    old = await stage.phone_of(OF_CENTRE)
    code = await gives(await stage.phone_of(CENTRE_HEAD), stage, OF_CENTRE)
    old.shown = (await told(stage, OF_CENTRE)).shown
    await old.presses("newcode_no")
    stage.clock.forward(days=2)
    new = stage.phone("máy mới")
    assert not await opens(new, code)
    assert "không còn giá trị" in new.text
    for who in (CENTRE_HEAD, DESK):
        assert "không đề nghị mã" in (await told(stage, who)).text
    assert (await old.commands("tieptuc")).person == await stage.person(OF_CENTRE)


async def test_nobody_else_answers_for_them(stage):
    await stage.phone_of(OF_CENTRE)
    head = await stage.phone_of(CENTRE_HEAD)
    code = await gives(head, stage, OF_CENTRE)
    shown = (await told(stage, OF_CENTRE)).shown
    for phone in (head, await stage.phone_of(DESK), stage.phone("lạ")):
        phone.shown = shown
        await phone.presses("newcode_yes")
        await phone.presses("newcode_no")
    assert not await opens(stage.phone("máy mới"), code)
    assert {"code agreed to", "code refused"}.isdisjoint(await audited(stage, OF_CENTRE))


async def test_the_first_code_of_a_newcomer_and_one_in_its_place_open_at_once(stage):
    head = await stage.phone_of(CENTRE_HEAD)
    await gives(head, stage, OF_CENTRE)
    assert await opens(stage.phone("máy"), await gives(head, stage, OF_CENTRE))


async def test_whose_code_went_to_somebody_else_is_a_newcomer_still(stage):
    head, wrong = await stage.phone_of(CENTRE_HEAD), stage.phone("nhầm")
    await opens(wrong, await gives(head, stage, OF_CENTRE))
    await wrong.does(Pressed(Button("really_not_me")))
    assert await opens(stage.phone("máy"), await gives(head, stage, OF_CENTRE))


@pytest.mark.parametrize("how", ["signed out", "untied by the desk"])
async def test_of_who_has_no_device_left_it_waits_as_well(stage, how):
    old, desk = await stage.phone_of(OF_CENTRE), await stage.phone_of(DESK)
    if how == "signed out":
        await old.commands("thoat")
    else:
        person = str(await stage.person(OF_CENTRE))
        await desk.commands("nhansu", OF_CENTRE)
        await desk.presses("crew_untie", person)
        await desk.presses("crew_untie_now", person)
    code = await gives(desk, stage, OF_CENTRE)
    assert not await opens(stage.phone("máy mới"), code)
    stage.clock.forward(days=1)
    assert await opens(stage.phone("máy mới"), code)


async def test_who_has_not_come_for_long_is_no_newcomer(stage):
    head, old = await stage.phone_of(CENTRE_HEAD), stage.phone("máy cũ")
    assert await opens(old, await gives(head, stage, OF_CENTRE))
    await old.commands("thoat")
    stage.clock.forward(days=91)
    assert (await Forgetting(stage.store, Keeping(), stage.clock).forget())["doors"], "the account they signed out of"
    code = await gives(await stage.phone_of(CENTRE_HEAD, "máy khác"), stage, OF_CENTRE)
    new = stage.phone("máy mới")
    assert not await opens(new, code)
    stage.clock.forward(days=1)
    assert await opens(new, code)
    await new.hands_in()
    assert (await review_of(stage, OF_CENTRE)).barred == {await stage.person(CENTRE_HEAD)}


async def test_of_several_the_newest_waits_its_own_day(stage):
    await stage.phone_of(OF_CENTRE)
    head, desk = await stage.phone_of(CENTRE_HEAD), await stage.phone_of(DESK)
    first = await gives(head, stage, OF_CENTRE)
    earlier = (await told(stage, OF_CENTRE)).shown
    stage.clock.forward(hours=12)
    second = await gives(desk, stage, OF_CENTRE)
    stage.clock.forward(hours=12)
    assert [await opens(stage.phone(code), code) for code in (first, second)] == [False, False]
    old = stage.phone(OF_CENTRE)
    old.shown = earlier
    await old.presses("newcode_yes")
    assert "không còn chờ anh/chị" in old.text
    stage.clock.forward(hours=12)
    assert await opens(stage.phone("máy mới"), second)


async def test_by_the_command_it_waits_as_well_and_the_list_says_until_when(stage):
    await stage.phone_of(EMPLOYEE)
    (given,) = await reissue(stage.store, CodesWanted(keys=(EMPLOYEE,)), stage.clock())
    assert given.opens == stage.clock() + dt.timedelta(days=1)
    listed = {one.key: one for one in (await invited(stage.store, stage.clock())).people}
    assert (listed[EMPLOYEE].code, listed[EMPLOYEE].opens) == (given.code, given.opens)
    assert not await opens(stage.phone("máy mới"), given.code)
    old = stage.phone(EMPLOYEE)
    old.shown = (await told(stage, EMPLOYEE)).shown
    await old.presses("newcode_yes")
    assert await opens(stage.phone("máy mới"), given.code)


async def test_who_gave_it_is_passed_over_and_told_why(stage):
    head, new = await taken_over(stage)
    await new.hands_in()
    assert "gửi sau khi đổi thiết bị do Bùi Hải Đăng Quang cấp mã" in new.text
    review = await review_of(stage, OF_CENTRE)
    assert (review.barred, review.approver_id) == ({await stage.person(CENTRE_HEAD)}, await stage.person(CHIEF))
    assert "vừa được gửi từ thiết bị vào bằng mã do anh/chị cấp" in (await told(stage, CENTRE_HEAD)).text
    notice = await told(stage, CHIEF)
    assert "Gửi sau khi đổi thiết bị do Bùi Hải Đăng Quang (Giám đốc) cấp mã" in notice.text
    for button in notice.shown:
        await head.does(Pressed(Button.decode(button.data)))
        assert "bằng mã do anh/chị cấp" in head.text or "Nhân sự" in head.text or "không có bản" in head.text, button
    assert await review_of(stage, OF_CENTRE) == review
    async with stage.store.reading() as tx:
        assert [line.what for line in await tx.audit.of_person(await stage.person(CENTRE_HEAD))].count("approved") == 0
    chief = await stage.phone_of(CHIEF)
    await chief.commands("choduyet")
    await chief.presses("head_card")
    await chief.presses("head_agree")
    await chief.presses("head_approve")
    assert (await review_of(stage, OF_CENTRE)).status is ReviewStatus.APPROVED


async def test_it_is_frozen_with_the_draft_and_stands_on_the_paper(stage):
    _, new = await taken_over(stage)
    await new.hands_in()
    review = await review_of(stage, OF_CENTRE)
    async with stage.store.reading() as tx:
        document = await tx.documents.of_version(review.id, 1)
    assert read(document.content)["device"]["by"] == "Bùi Hải Đăng Quang"
    assert "đổi thiết bị do Bùi Hải Đăng Quang (Giám đốc) cấp mã" in json.dumps(
        read(document.content)["sheet"], ensure_ascii=False
    )
    made = await stage.house.documents(await stage.person(OF_CENTRE), Papers(review.id, 1, ("pdf", "docx")))
    assert {one.kind for one in made} == {"pdf", "docx"}


async def test_a_device_that_such_a_device_let_in_is_as_it_is(stage):
    _, new = await taken_over(stage)
    await new.commands("thietbi")
    (code,) = re.findall(r"<code>(.+?)</code>", new.text)
    further = stage.phone("máy thứ ba")
    assert await opens(further, code)
    await further.hands_in()
    assert (await review_of(stage, OF_CENTRE)).barred == {await stage.person(CENTRE_HEAD)}


async def test_a_code_for_another_device_is_given_whatever_is_typed_after_the_word(stage):
    _, new = await taken_over(stage)
    codes = set()
    for typed in ("ABCDEFGHJK22", "máy mới"):
        await new.commands("thietbi", typed)
        codes.update(re.findall(r"<code>(.+?)</code>", new.text))
    assert len(codes) == 2


async def test_what_is_sent_again_from_another_device_goes_the_usual_way(stage):
    _, new = await taken_over(stage)
    await new.hands_in()
    await new.presses("withdraw")
    await new.presses("withdrawn")
    assert (await review_of(stage, OF_CENTRE)).approver_id == await stage.person(CENTRE_HEAD)
    (given,) = await reissue(stage.store, CodesWanted(keys=(OF_CENTRE,)), stage.clock())
    stage.clock.forward(days=1)
    clean = stage.phone("máy khác")
    assert await opens(clean, given.code)
    await clean.hands_in()
    review = await review_of(stage, OF_CENTRE)
    assert (review.draft.device.by, review.barred) == (None, frozenset())
    assert review.approver_id == await stage.person(CENTRE_HEAD)


async def test_desk_and_a_second_person_let_it_open_sooner(stage):
    await stage.phone_of(OF_CENTRE)
    desk, head = await stage.phone_of(DESK), await stage.phone_of(CENTRE_HEAD)
    code = await gives(desk, stage, OF_CENTRE)
    person = str(await stage.person(OF_CENTRE))
    await desk.commands("nhansu", OF_CENTRE)
    await desk.presses("crew_haste", person)
    await desk.says("Mất điện thoại, đã gặp trực tiếp tại phòng.")
    head.shown += (await told(stage, CENTRE_HEAD)).shown
    await head.presses("crew_person", person)
    assert "Mất điện thoại" in head.text
    await desk.does(Pressed(head.button("crew_haste_yes")))
    assert not await opens(stage.phone("máy mới"), code), "who asks is no second person"
    await head.presses("crew_haste_yes")
    assert await opens(stage.phone("máy mới"), code)
    assert {"haste asked", "wait ended early"} <= {*await audited(stage, OF_CENTRE)}
    (line,) = await stage.rows("audit", what="wait ended early")
    assert "Mất điện thoại" in str(line["detail"])


async def test_two_at_once_of_which_one_agrees_and_one_refuses_leave_one_outcome(stage):
    old = await stage.phone_of(OF_CENTRE)
    code = await gives(await stage.phone_of(CENTRE_HEAD), stage, OF_CENTRE)
    old.shown = (await told(stage, OF_CENTRE)).shown
    await old.presses("newcode_no")
    await old.presses("newcode_yes")
    assert "không còn chờ" in old.text
    assert not await opens(stage.phone("máy mới"), code)


async def let_in(stage: Stage) -> tuple[Phone, Phone]:
    """The head of the centre, and the phone that came in by the first code of one of their people."""
    head, new = await stage.phone_of(CENTRE_HEAD), stage.phone("máy đầu tiên")
    assert await opens(new, await gives(head, stage, OF_CENTRE))
    return head, new


async def confirms(phone: Phone, stage: Stage) -> None:
    await phone.commands("nhansu", OF_CENTRE)
    await phone.does(Pressed(Button("crew_known", 0, (str(await stage.person(OF_CENTRE)),))))


async def test_who_gave_a_first_code_as_head_is_passed_over_as_well(stage):
    _, new = await let_in(stage)
    await new.hands_in()
    assert "bằng mã lần đầu do Bùi Hải Đăng Quang cấp, chưa có người khác xác nhận" in new.text
    review = await review_of(stage, OF_CENTRE)
    assert (review.barred, review.approver_id) == ({await stage.person(CENTRE_HEAD)}, await stage.person(CHIEF))
    assert "chưa có người khác xác nhận" in (await told(stage, CHIEF)).text
    async with stage.store.reading() as tx:
        document = await tx.documents.of_version(review.id, 1)
    assert "mã lần đầu do Bùi Hải Đăng Quang (Giám đốc) cấp" in json.dumps(
        read(document.content)["sheet"], ensure_ascii=False
    )


async def test_what_a_newcomer_sends_whom_the_desk_confirmed_goes_the_usual_way(stage):
    head, new = await let_in(stage)
    desk = await stage.phone_of(DESK)
    notice = await told(stage, DESK)
    assert "vừa cấp mã lần đầu" in notice.text
    await confirms(head, stage)
    assert "newcomer confirmed" not in await audited(stage, OF_CENTRE), "not by who gave it"
    desk.shown += notice.shown
    await desk.presses("crew_person")
    assert "Vào bằng mã lần đầu do Bùi Hải Đăng Quang cấp" in desk.text
    await desk.presses("crew_known")
    assert "newcomer confirmed" in await audited(stage, OF_CENTRE)
    await new.hands_in()
    review = await review_of(stage, OF_CENTRE)
    assert (review.barred, review.approver_id) == (frozenset(), await stage.person(CENTRE_HEAD))


async def taken_by(stage: Stage, giver: str, key: str) -> Phone:
    """A phone that came in as somebody by a code that another one gave anew."""
    now = stage.clock()
    given = CodeGiven(await stage.person(giver), "Phạm Văn Cấp", "Chủ tịch", now)
    async with stage.store.transaction() as tx:
        code = NewCode(await stage.person(key), "TAKENOVER222", given)
        await tx.invitations.issue(code, "roster", now + dt.timedelta(days=9), now)
        await tx.commit()
    taken = stage.phone("máy chiếm")
    assert await opens(taken, "TAKENOVER222")
    return taken


async def test_a_head_confirms_nobody_from_a_device_of_the_desk_that_they_let_in(stage):
    await let_in(stage)
    await confirms(await taken_by(stage, CENTRE_HEAD, DESK), stage)
    assert "newcomer confirmed" not in await audited(stage, OF_CENTRE)


async def test_a_code_given_from_a_device_that_somebody_let_in_bars_them_both(stage):
    """Who became another by a code gives none in their name that would open the way past the rule."""
    await stage.phone_of(OF_CENTRE)
    head = await taken_by(stage, CHIEF, CENTRE_HEAD)
    code = await gives(head, stage, OF_CENTRE)
    stage.clock.forward(days=1)
    new = stage.phone("máy mới")
    assert await opens(new, code)
    await new.hands_in()
    review = await review_of(stage, OF_CENTRE)
    both = {await stage.person(CENTRE_HEAD), await stage.person(CHIEF)}
    assert review.barred == both
    assert review.approver_id not in both
    (line,) = [one for one in await stage.rows("audit", what="invitation issued") if "code_by" in str(one["detail"])]
    assert str(await stage.person(CHIEF)) in str(line["detail"])


async def test_what_is_done_from_a_device_whose_code_somebody_gave_says_so(stage):
    mai = await stage.phone_of(EMPLOYEE)
    await mai.hands_in()
    head = await taken_by(stage, CHIEF, HEAD)
    await head.commands("choduyet")
    await head.presses("head_card")
    await head.presses("head_agree")
    await head.presses("head_approve")
    review = await review_of(stage, EMPLOYEE)
    assert review.last_decision.device.by == await stage.person(CHIEF)
    (line,) = await stage.rows("audit", what="approved")
    assert "code_by" in str(line["detail"])
    chief = await stage.phone_of(CHIEF)
    await chief.commands("quyetdinh")
    await chief.presses("decide_card")
    assert "Làm trên thiết bị vào bằng mã do Phạm Văn Cấp cấp" in chief.text


async def test_who_asked_for_haste_first_stays(store):
    stage = await staged(store)
    await stage.phone_of(OF_CENTRE)
    await gives(await stage.phone_of(CENTRE_HEAD), stage, OF_CENTRE)
    async with store.transaction() as tx:
        code = await tx.invitations.anew_for(await stage.person(OF_CENTRE), stage.clock())
        assert code is not None
        first, second = await stage.person(DESK), await stage.person(EMPLOYEE)
        assert await tx.invitations.hasten(code.id, first, "mất máy", stage.clock())
        assert not await tx.invitations.hasten(code.id, second, "khác", stage.clock())
        now = await tx.invitations.anew_for(await stage.person(OF_CENTRE), stage.clock())
        assert (now.hastened_by, now.reason) == (first, "mất máy")
