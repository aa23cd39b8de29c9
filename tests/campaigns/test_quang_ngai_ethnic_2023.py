"""Plan S003 (Ban Dân tộc, tháng 11/2023) played by a fictional board: tests/campaigns/offices/truong_linh_2023.py.

The desk opens in chat on 20/11 with two rulebooks: the board's plan, and the party's guidance for whom the plan has no
form (the party cell, a contract worker who is a party member). Own reviews before 26/11, which the desk moves a day
forward; the leaders meet before 26/11, the province gets the files before 30/11, the party before 5/12 (V.2).

Occurs here: opening in chat under two rulebooks; a last day moved and its reminders; a message to whoever has not begun,
looked at and counted, and what became of it (delivered, blocked, failed); a code for a new phone, an account that was not
that person's; moving with the draft in hand; the opinion of the office before, recorded by the desk; maternity; under six
months; long leave; contract workers; civil before party between two rulebooks; quotas of collectives, of deputies, and of
the decree where the law leaves room; a petition after which the result is another; closing what has changed meanwhile.
"""

import re
from dataclasses import replace

import pytest

from bot.delivery.deliver import Deliverer
from bot.delivery.seam import NoJobs
from bot.door.channel import Blocked, Rejected
from dialogs.core.events import Pressed
from dialogs.shown.new_code import yes_or_no
from rules.nouns.reviews import ReviewStatus
from storage.tables import DELIVERY, OPINION
from tests.campaigns import handed_on
from tests.campaigns.colleague import OUTSTANDING, Colleague
from tests.campaigns.decided_ban_dan_toc import (
    a_petition_changes_the_result,
    civil_comes_first_under_two_rulebooks,
    closed_as_it_was_seen,
    quotas_hold,
    the_rest_is_decided,
)
from tests.campaigns.looking import whats
from tests.campaigns.offices import truong_linh_2023 as office
from tests.campaigns.offices.truong_linh_2023 import BODY, LEADER, MEMBER, OTHERS
from tests.campaigns.stage import Play

PLAN, PARTY = "quang-ngai-ethnic-2023", "party-2023"
#: Who uses Telegram, and what becomes of what is sent there.
ON_TELEGRAM = {"CS1": None, "CS2": Blocked(""), "CS3": Rejected("")}


@pytest.fixture
async def play(sqlite_url):
    play = await Play.begin(sqlite_url, office.cast(), "20/11/2023 08:00")
    yield play
    await play.ends()


@pytest.mark.long
async def test_the_plan_of_a_board(play, tmp_path):
    await opened_in_chat_under_two_rulebooks(play, tmp_path)
    await everybody_has_the_forms_of_the_plan(play)
    await a_day_is_moved_and_people_are_told_by_it(play)
    await whoever_has_not_begun_is_written_to(play)
    await a_phone_is_lost(play)
    await a_code_went_to_somebody_else(play)
    await handed_in(play)
    await one_moves_with_the_draft(play, tmp_path)
    await the_office_before_is_heard(play)
    await looked_through(play)
    await quotas_hold(play)
    await civil_comes_first_under_two_rulebooks(play)
    await the_rest_is_decided(play)
    await a_petition_changes_the_result(play)
    await closed_as_it_was_seen(play)
    await handed_on.ban_dan_toc_2023(play)


# ── opening ────────────────────────────────────────────────────────────────────────────────────


async def opened_in_chat_under_two_rulebooks(play, folder):
    await play.imports(folder)
    desk = await play.phone("head:VP")
    said = await desk.prepares_a_campaign("Ban Dân tộc tỉnh Quảng Ngãi", "QĐ 124-QĐ/TW", year=2023)
    assert "67 người làm 68 bản:" in said
    await desk.taps("desk_open")
    await play.learn()
    assert await play.counted() == {"drafting": 68}


async def everybody_has_the_forms_of_the_plan(play):
    """II.1.1, II.3.1, II.4.1; what the plan does not say is the party's: the cell, a worker as a party member."""
    wanted = {
        "chief": [(PLAN, LEADER)],
        "dep:CS": [(PLAN, LEADER)],
        "CS1": [(PLAN, MEMBER)],
        "CS3": [(PLAN, OTHERS)],
        "cook:TT": [(PLAN, OTHERS)],
        "driver": [(PLAN, OTHERS), (PARTY, MEMBER)],
        "body:KH": [(PLAN, BODY)],
        "cell": [(PARTY, BODY)],
    }
    found = {who: [(one.campaign.rulebook, one.form) for one in await play.standings(who)] for who in wanted}
    assert found == wanted
    (asked,) = await play.rows(OPINION)
    assert (asked["of"], asked["asked"], asked["cite"]) == (office.BEFORE, None, "NĐ 90/2020, Điều 20 khoản 1")


async def a_day_is_moved_and_people_are_told_by_it(play):
    """Before 26/11 means 25/11, told on 22 and 24/11; moved to 24/11 it is told on 21 and 23/11."""
    desk = await play.phone("head:VP")
    await desk.moves("Cá nhân, tập thể phòng tự kiểm điểm", "24/11/2023")
    await desk.moves("Hạn gửi bản tự đánh giá", "24/11/2023")
    told = await play.reminders("21/11/2023")
    assert {
        who: {one["due"] for one in things if one["what"] == "own"}
        for who, things in told.items()
        if who in play.people
    } == {who: {"2023-11-24"} for who in play.people}
    assert "own" not in {what for things in (await play.reminders("22/11/2023")).values() for what in whats(things)}


# ── messages, phones ───────────────────────────────────────────────────────────────────────────


async def whoever_has_not_begun_is_written_to(play):
    """Three have handed in; the message goes to the others, word for word as it was shown, and the desk sees what became of
    it: one blocked the bot, one could not be reached, the web shows it to the rest.
    """
    for who in ON_TELEGRAM:
        await _on_telegram(play, who)
    for who in ("TD1", "TD2", "TD3"):
        await (await play.phone(who)).hands_in_all()
    desk = await play.phone("head:VP")
    await desk.commands("nhantin")
    await desk.taps("cast_to", str(play.campaign), "not_started")
    await desk.says("Đề nghị các đồng chí gửi bản tự kiểm điểm trước 17 giờ thứ Sáu.")
    assert "người chưa bắt đầu, 56 người" in desk.text  # of sixty, without the three and the one who writes
    assert "<blockquote><b>Văn phòng Ban</b>\nĐề nghị các đồng chí" in desk.text
    await desk.taps("cast_send")
    sent = await play.rows(DELIVERY, milestone="broadcast")
    assert {play.who(row["person_id"]) for row in sent} == play.people - {"TD1", "TD2", "TD3", "head:VP"}
    await _delivered(play, [row["id"] for row in sent])
    await desk.commands("nhantin")
    await desk.taps("cast_report")
    assert "đã đến 54, đang chờ 0, không gửi được 1, bị chặn 1" in desk.text
    assert f"{play.cast.name('CS2')}, {office.POLICIES}: đã chặn" in desk.text
    assert f"{play.cast.name('CS3')}, {office.POLICIES}: không gửi được" in desk.text


async def _on_telegram(play: Play, who: str) -> None:
    name = play.cast.name(who)
    phone = Colleague(play.house, f"{who}@telegram", play.updates, channel="telegram", who=who, name=name)
    await phone.commands("start", await play._code(play.cast.key[who]))
    play.phones[who] = phone


async def _delivered(play: Play, deliveries: list[int]) -> None:
    async def send(account: str, _worded, _person: int) -> list[int]:
        failure = ON_TELEGRAM[account.removesuffix("@telegram")]
        if failure:
            raise failure
        return [1]

    deliverer = Deliverer(play.store, {"telegram": send}, play.clock)
    for delivery in deliveries:
        await deliverer.deliver(delivery, NoJobs())


async def a_phone_is_lost(play):
    """The desk gives a new code after it was asked whose; it is agreed to on the old phone, which then knows nobody any more."""
    old = await play.phone("CS4")
    code = await _new_code(play, "CS4")
    assert len(await play.told("CS4", "crew/told_code")) == 1
    await old.does(Pressed(yes_or_no(play.clock())[0][0].button))
    play.phones["CS4"] = await _tied(play, "CS4", code)
    await old.commands("tieptuc")
    assert not old.keys, old.text
    assert await play.phones["CS4"].hands_in_all() == 1


async def a_code_went_to_somebody_else(play):
    """ "Đây không phải tôi" unties the account and tells the desk, which gives a new code."""
    stranger = await play.phone("TT1")
    await stranger.commands("start")
    await stranger.taps("not_me")
    await stranger.taps("really_not_me")
    assert [play.cast.name("TT1") in one.text for one in await play.told("head:VP", "crew/told_not_me")] == [True]
    play.phones["TT1"] = await _tied(play, "TT1", await _new_code(play, "TT1"))
    assert play.cast.name("TT1") in play.phones["TT1"].text


async def _new_code(play: Play, who: str) -> str:
    desk = await play.phone("head:VP")
    await desk.commands("nhansu", play.cast.name(who))
    await desk.taps("crew_code")
    await desk.taps("crew_issue")
    return re.search(r"<code>(\w+)</code>", desk.text)[1]


async def _tied(play: Play, who: str, code: str) -> Colleague:
    phone = Colleague(play.house, f"{who}@new", play.updates, who=who, name=play.cast.name(who))
    await phone.commands("start", code)
    return phone


# ── handing in ─────────────────────────────────────────────────────────────────────────────────


async def handed_in(play):
    play.on("23/11/2023 09:00")
    best = {**OUTSTANDING, "unit_rating": "excellent"}
    years = dict.fromkeys(("body:CS", "body:KH", "head:CS", "dep:CS", "dep:KH", "TT3"), best)
    years["mother"] = {"maternity_leave": "true"}
    answers = {who: {"unit_rating": "good", **years.get(who, {})} for who in play.ids}
    assert await play.everybody_hands_in("late", answers=answers) == 63
    assert await play.counted() == {"submitted": 67, "drafting": 1}


async def one_moves_with_the_draft(play, folder):
    """From one room to another: the draft goes along, the head there and the leader in charge of it are next."""
    (before,) = await play.standings("mover")
    served = replace(
        play.cast.person("mover").service,
        moved_on=office.day("23/11/2023"),
        moved_from=office.POLICIES,
        there_since=office.day("01/03/2014"),
    )
    await play.imports(folder, play.cast.changed("mover", unit=office.PLANNING, service=served))
    (after,) = await play.standings("mover")
    assert (before.review, before.approver_id) == (after.review, play.ids["head:CS"])
    assert (after.status, after.approver_id, after.person.unit) == (
        ReviewStatus.SUBMITTED,
        play.ids["head:KH"],
        office.PLANNING,
    )
    old = await play.phone("head:CS")
    await old.commands("ykien")
    await old.taps("opinion_card")
    await old.taps("opinion_write")
    await old.says("Chín năm ở Phòng: hoàn thành tốt, được đồng nghiệp tin cậy.")
    await old.taps("opinion_give")
    assert ["được đồng nghiệp tin cậy" in one.text for one in await play.told("head:KH", "notice/opinion")] == [True]


async def the_office_before_is_heard(play):
    """NĐ 90/2020, Điều 20 khoản 1: five years there; it uses no system of ours, so the desk records what it wrote."""
    desk = await play.phone("head:VP")
    await desk.commands("ykien")
    await desk.taps("opinion_card")
    assert "NĐ 90/2020, Điều 20 khoản 1" in desk.text
    await desk.taps("opinion_write")
    await desk.says("Sở Nội vụ: từ tháng 01 đến tháng 6 năm 2023 hoàn thành tốt nhiệm vụ.")
    await desk.taps("opinion_give")
    assert all(row["given_at"] for row in await play.rows(OPINION))


async def looked_through(play):
    """II.4.2: the room's head, then the leader in charge."""
    play.on("24/11/2023 09:00")
    await play.all_look_through()
    # nobody agrees with what the six bodies and the cell send, nor here with what the chief does
    assert await play.counted() == {"approved": 66 - 7, "submitted": 1 + 7, "drafting": 1}
    assert [one.approver_id for one in await play.standings("chief")] == [None]
