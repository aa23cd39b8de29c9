"""The house over the real store, on both engines: one event, one transaction, whatever happens at once."""

import asyncio
from typing import get_args

import pytest

from bot.door.front import Answered
from bot.turn.apply import APPLIERS
from bot.turn.command_context import Overtaken
from bot.turn.loading import WINDOW, WRONG_CODES
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed
from dialogs.core.turn import Command, Papers
from storage.errors import Away, Busy, LostRace
from storage.transaction import Transaction
from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD, Phone, Stage, house_over, staged
from tests.waiting import PATIENCE


@pytest.fixture
async def stage(store) -> Stage:
    return await staged(store)


async def pressed_at_once(*presses: tuple[Phone, Button]) -> list[Answered]:
    return await asyncio.gather(*(phone.does(Pressed(button)) for phone, button in presses))


def shown(answered: Answered) -> str:
    return "\n".join(reply.html for reply in answered.replies)


# ── the same update twice ──────────────────────────────────────────────────────────────────────


async def test_the_same_update_twice_acts_once_and_gets_the_same_replies(stage):
    phone = await stage.phone_of(EMPLOYEE)
    await phone.presses("next")
    await phone.presses("one", "months_worked")
    button = phone.button("answer", "months_worked", "12")
    first = await phone.does(Pressed(button), update="700")
    again = await phone.does(Pressed(button), update="700")
    assert again == first
    assert await stage.count("answer") == 1


async def test_an_update_delivered_twice_at_once_acts_once(stage):
    phone = await stage.phone_of(EMPLOYEE)
    await phone.presses("next")
    await phone.presses("one", "months_worked")
    event = Pressed(phone.button("answer", "months_worked", "12"))
    first, second = await asyncio.gather(phone.does(event, update="700"), phone.does(event, update="700"))
    assert first == second
    assert await stage.count("answer") == 1


async def test_an_update_is_still_known_after_the_house_was_built_anew(stage):
    phone = await stage.phone_of(EMPLOYEE)
    await phone.presses("next")
    await phone.presses("one", "months_worked")
    event = Pressed(phone.button("answer", "months_worked", "12"))
    first = await phone.does(event, update="700")
    phone.house = house_over(stage.store, stage.clock)
    assert await phone.does(event, update="700") == first


async def test_a_strangers_update_twice_counts_one_wrong_code(stage):
    stranger = stage.phone("lạ")
    for _ in range(2):
        answered = await stranger.does(Commanded("start", "AAAABBBBCCCC"), update="9")
    assert answered.person is None
    assert await stage.count("code_attempt") == 1


# ── at once ────────────────────────────────────────────────────────────────────────────────────


async def test_two_devices_of_one_person_at_once_keep_both_answers(stage):
    mobile, tablet = await stage.phone_of(EMPLOYEE, "a"), await stage.phone_of(EMPLOYEE, "b", "telegram")
    await mobile.presses("next")
    await mobile.presses("one", "months_worked")
    months = mobile.button("answer", "months_worked", "12")
    await mobile.presses("answer", "months_worked", "12")
    await mobile.presses("one", "leave_months")
    leave = mobile.button("answer", "leave_months", "0")
    await pressed_at_once((mobile, months), (tablet, leave))
    async with stage.store.reading() as tx:
        review = await tx.reviews.own(await stage.person(EMPLOYEE))
    assert {key: answer.value for key, answer in review.answers.items()} == {"months_worked": 12, "leave_months": 0}


async def test_two_presses_on_send_at_once_send_one_version_and_tell_the_head_once(stage):
    mobile, tablet = await stage.phone_of(EMPLOYEE, "a"), await stage.phone_of(EMPLOYEE, "b")
    await mobile.fills_in()
    send = mobile.button("send")
    await pressed_at_once((mobile, send), (tablet, send))
    assert [row["version"] for row in await stage.rows("draft")] == [1]
    assert await stage.count("delivery", person_id=await stage.person(HEAD)) == 1


async def test_a_head_who_agrees_on_two_devices_at_once_decides_once(stage):
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    desktop, mobile = await stage.phone_of(HEAD, "h1"), await stage.phone_of(HEAD, "h2")
    agree = await opened_to_agree(desktop)
    answers = await pressed_at_once((desktop, agree), (mobile, agree))
    assert [row["outcome"] for row in await stage.rows("decision")] == ["approved"]
    assert sum("đã đồng ý" in shown(one).lower() for one in answers) >= 1
    assert await stage.count("delivery", key=f"approved:{agree.review}:1") == 1


async def test_taking_back_and_agreeing_at_once_is_one_of_the_two(stage):
    employee, head = await stage.phone_of(EMPLOYEE), await stage.phone_of(HEAD)
    await employee.hands_in()
    agree = await opened_to_agree(head)
    await employee.presses("withdraw")
    await pressed_at_once((employee, employee.button("withdrawn")), (head, agree))
    (decision,) = await stage.rows("decision")
    (review,) = await stage.rows("review", id=agree.review)
    assert (decision["outcome"], review["status"]) in {("approved", "approved"), ("withdrawn", "drafting")}


async def test_two_people_who_press_each_others_buttons_at_once_are_both_answered(stage):
    one, other = await stage.phone_of(EMPLOYEE), await stage.phone_of(COLLEAGUE)
    mine, theirs = one.button("next"), other.button("next")
    for _ in range(5):
        answers = await pressed_at_once((one, theirs), (other, mine))
        assert all(answered.replies for answered in answers)


async def opened_to_agree(head: Phone) -> Button:
    """The head has the card before them and is asked once more; the button that agrees."""
    await head.commands("choduyet")
    await head.presses("head_card")
    await head.presses("head_agree")
    return head.button("head_approve")


# ── codes ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_code_that_two_strangers_give_at_once_lets_one_in(stage):
    code = await stage.invitation(EMPLOYEE)
    first, second = stage.phone("a"), stage.phone("b")
    answers = await asyncio.gather(first.commands("start", code), second.commands("start", code))
    assert sorted(answered.person is not None for answered in answers) == [False, True]
    assert await stage.count("account") == 1


async def test_a_used_code_lets_nobody_else_in(stage):
    code = await stage.invitation(EMPLOYEE)
    await stage.phone("a").commands("start", code)
    late = await stage.phone("b").commands("start", code)
    assert late.person is None
    assert "đã được dùng" in shown(late)


async def test_a_stranger_who_guesses_codes_is_counted_and_the_right_one_still_opens(stage):
    guesser = stage.phone("lạ", channel="telegram")
    told = [shown(await guesser.commands("start", "AAAA-BBBB-2222")) for _ in range(WRONG_CODES + 3)]
    assert [f"Còn thử được {left} lần" in one for left, one in zip((4, 3, 2, 1), told, strict=False)] == [True] * 4
    assert "Đã hết số lần thử" in told[4]
    assert {"Còn thử được" in one or "Đã hết" in one for one in told[5:]} == {False}
    assert await stage.count("code_attempt") == WRONG_CODES, "what is not counted is not kept"
    right = (await stage.invitation(EMPLOYEE)).lower()
    assert (await guesser.says(f"{right[:4]} {right[4:8]} {right[8:]}")).person == await stage.person(EMPLOYEE)


async def test_the_tries_of_an_account_come_back_after_a_while(stage):
    guesser = stage.phone("lạ", channel="telegram")
    for _ in range(WRONG_CODES):
        await guesser.commands("start", "AAAABBBB2222")
    stage.clock.forward(seconds=WINDOW.total_seconds() + 1)
    assert "Còn thử được 4 lần" in shown(await guesser.commands("start", "AAAABBBB2222"))


async def test_four_hundred_wrong_codes_at_once_of_many_accounts_keep_nobody_out(stage):
    async def guess(number: int) -> int | None:
        return (await stage.phone(f"lạ-{number % 7}", channel="telegram").says(f"AAAA2222{number + 2222:04}")).person

    right = await stage.invitation(EMPLOYEE)
    *wrong, entered = await asyncio.gather(*map(guess, range(400)), stage.phone("khác").commands("start", right))
    assert set(wrong) == {None}
    assert entered.person == await stage.person(EMPLOYEE)


# ── whose it is ────────────────────────────────────────────────────────────────────────────────


async def test_a_head_cannot_approve_the_review_of_somebody_elses_unit(stage):
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    head, stranger_head = await stage.phone_of(HEAD), await stage.phone_of("AP-008")
    agree = await opened_to_agree(head)
    await stranger_head.does(Pressed(agree))
    assert await stage.count("decision") == 0


async def test_nobody_approves_their_own_review(stage):
    head, chief = await stage.phone_of(HEAD), await stage.phone_of(CHIEF)
    await head.hands_in()
    agree = await opened_to_agree(chief)
    await head.does(Pressed(agree))
    assert await stage.count("decision") == 0


async def test_documents_are_for_the_person_and_the_one_who_approves(stage):
    employee = await stage.phone_of(EMPLOYEE)
    await employee.hands_in()
    sent = Papers(employee.button("send").review, 1, ("docx",))
    readers = {key: await stage.house.documents(await stage.person(key), sent) for key in (EMPLOYEE, HEAD)}
    others = {key: await stage.house.documents(await stage.person(key), sent) for key in (COLLEAGUE, CHIEF, "AP-008")}
    assert [[file.kind for file in files] for files in readers.values()] == [["docx"], ["docx"]]
    assert list(others.values()) == [(), (), ()]


async def test_an_unsent_draft_is_for_the_person_alone(stage):
    employee = await stage.phone_of(EMPLOYEE)
    await employee.hands_in()
    so_far = Papers(employee.button("next").review, 0, ("pdf",))
    assert len(await stage.house.documents(await stage.person(EMPLOYEE), so_far)) == 1
    assert await stage.house.documents(await stage.person(HEAD), so_far) == ()


@pytest.mark.parametrize(
    "data", ["next:999999999", "next:99999999999999999999999999", "go:-1:x", "::", "next:٣:🙂", ""]
)
async def test_a_button_that_was_never_drawn_is_answered_and_changes_nothing(stage, data):
    phone = await stage.phone_of(EMPLOYEE)
    assert (await phone.does(Pressed(Button.decode(data)))).replies
    assert await stage.count("answer") == 0


# ── all or nothing ─────────────────────────────────────────────────────────────────────────────


class BrokenJobs:
    """A job runner that fails when it is given something."""

    async def enqueue(self, connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        raise ConnectionError("the queue is out of reach")


async def test_a_failure_within_an_event_keeps_nothing_of_it_and_the_event_can_be_taken_again(stage):
    phone = await stage.phone_of(EMPLOYEE)
    await phone.fills_in()
    event = Pressed(phone.button("send"))
    turns = await stage.count("turn")
    phone.house = house_over(stage.store, stage.clock, BrokenJobs())
    with pytest.raises(ConnectionError):
        await phone.does(event, update="800")
    assert [await stage.count(table) for table in ("draft", "delivery", "turn")] == [0, 0, turns]
    assert await stage.count("audit", what="submitted") == 0
    phone.house = stage.house
    await phone.does(event, update="800")
    assert [await stage.count("draft"), await stage.count("delivery")] == [1, 1]


def test_every_kind_of_command_has_its_applier():
    assert set(APPLIERS) == set(get_args(Command))


# ── the conversation as it went ────────────────────────────────────────────────────────────────


async def test_the_history_shows_what_was_pressed_by_its_label(stage):
    phone = await stage.phone_of(EMPLOYEE)
    await phone.presses("next")
    await phone.presses("usual")
    await phone.says("không")
    history = await stage.house.history(await stage.person(EMPLOYEE))
    assert [one.said for one in history] == ["", "Bắt đầu ▶", "Cả năm, không nghỉ", "không"]


async def test_the_history_never_shows_the_code_of_an_invitation(stage):
    code = await stage.invitation(EMPLOYEE)
    await stage.phone("a").commands("start", code)
    assert all(code not in str(row) for row in await stage.rows("turn"))


async def test_the_other_device_sees_what_was_done_on_this_one(stage):
    phone = await stage.phone_of(EMPLOYEE, "a")
    person = await stage.person(EMPLOYEE)
    seen = (await stage.house.history(person))[-1].id
    await phone.presses("next")
    await phone.presses("usual")
    new = await stage.house.history(person, after=seen)
    assert [one.replies for one in new][-1] == phone.answered.replies
    assert len(new) == 2


async def test_a_notice_stands_in_the_history_of_the_head(stage):
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    (notice,) = await stage.house.history(await stage.person(HEAD))
    assert (notice.channel, notice.said) == ("notice", "")
    assert "Trần Thị Hoa Mai" in notice.replies[0].html


async def test_an_open_page_of_the_head_wakes_when_a_review_is_sent(stage):
    employee = await stage.phone_of(EMPLOYEE)
    await employee.fills_in()
    changes = stage.house.changes(await stage.person(HEAD))
    await anext(changes)
    waking = asyncio.ensure_future(anext(changes))
    await employee.presses("send")
    async with asyncio.timeout(PATIENCE):
        await waking
    await changes.aclose()


# ── a database that goes away ──────────────────────────────────────────────────────────────────


async def test_an_answer_whose_commit_nobody_heard_of_is_kept_once_and_answered(stage, monkeypatch):
    phone = await stage.phone_of(EMPLOYEE)
    await phone.presses("next")
    commit, heard = Transaction.commit, iter([Away("the line broke"), None, Busy("locked"), None])

    async def unheard(tx: Transaction) -> None:
        await commit(tx)
        if trouble := next(heard, None):
            raise trouble

    monkeypatch.setattr(Transaction, "commit", unheard)
    await phone.presses("one", "months_worked")
    await phone.presses("answer", "months_worked", "12")
    assert await stage.count("answer") == 1
    assert phone.answered.replies


async def test_a_database_that_stays_away_is_told_of(stage, monkeypatch):
    phone = await stage.phone_of(EMPLOYEE)
    monkeypatch.setattr("bot.turn.house.PATIENCE", 0.0)

    async def away(tx: Transaction) -> None:
        raise Away("the line broke")

    monkeypatch.setattr(Transaction, "commit", away)
    with pytest.raises(Away):
        await phone.presses("next")


async def test_an_event_that_loses_race_after_race_is_kept_once_and_answered(stage, monkeypatch):
    """Two that wait for each other on PostgreSQL may meet again and again; nobody is to say anything twice for it."""
    phone = await stage.phone_of(EMPLOYEE)
    await phone.presses("next")
    await phone.presses("one", "months_worked")
    monkeypatch.setattr("bot.turn.house.PAUSES", (0.0,))
    commit, lost = Transaction.commit, iter([*(LostRace("came first") for _ in range(7)), Overtaken()])

    async def last(tx: Transaction) -> None:
        if trouble := next(lost, None):
            raise trouble
        await commit(tx)

    monkeypatch.setattr(Transaction, "commit", last)
    await phone.presses("answer", "months_worked", "12")
    assert next(lost, None) is None
    assert await stage.count("answer") == 1
    assert phone.answered.replies


async def test_an_event_that_is_overtaken_for_too_long_is_told_of(stage, monkeypatch):
    phone = await stage.phone_of(EMPLOYEE)
    monkeypatch.setattr("bot.turn.house.PATIENCE", 0.0)

    async def lost(tx: Transaction) -> None:
        raise LostRace("came first")

    monkeypatch.setattr(Transaction, "commit", lost)
    with pytest.raises(LostRace):
        await phone.presses("next")
