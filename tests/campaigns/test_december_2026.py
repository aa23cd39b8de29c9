"""December 2026 played whole by the department of tests/campaigns/offices/so_nnmt_2026.py, from the very file of its clerk.

Under Nghị định 335/2025/NĐ-CP, Nghị định 233/2026/NĐ-CP and Quy định 366-QĐ/TW: the sheet of party cells comes by a second import; three
quarters are owed at once in October, then October and November; the year is opened on 1/12 with what only the office can answer; units go
before their heads, the civil rating before the party's; who is decided outside is recorded by the desk.

The tables of `so_nnmt_2026` say who owes which form, through whom, and what is suggested, each with its clause.
"""

import datetime as dt
import re

import pytest

from dialogs.core.events import Pressed
from rules.nouns.rulings import PetitionOutcome
from storage.tables import PETITION
from tests.campaigns.offices import so_nnmt_2026 as office
from tests.campaigns.offices.so_nnmt_2026 import LINES, MEANS, SUGGESTED, UNITS, sheet, year
from tests.campaigns.stage import Play
from tests.campaigns.test_year_of_months import said as spelled

DECREE = "decree-335-2025"
TITLES = ("Nghị định 335/2025/NĐ-CP", "Nghị định 233/2026/NĐ-CP", "Quy định 366-QĐ/TW")
#: What only the office can answer: 233 Điều 20 khoản 2 (no), 335 Điều 28 khoản 2 (yes), 233 Điều 20 khoản 1 (its own rules are out),
#: 335 Điều 9 khoản 2 (units here as well).
ANSWERS = {"review_unit_workers": "0", "review_workers": "1", "own_regulation": "1", "rate_units": "1"}
#: Who owes no sheet: not here yet, or on maternity leave all of it (Điều 11 khoản 2); of July there is one.
AWAY = {"q1": ("TL-006", "TL-020"), "q2": ("TL-006", "TL-020"), "q3": (), "m10": ("TL-012",), "m11": ("TL-012",)}
#: The department itself, whose sheet its director fills.
DEPARTMENT = "TL-O01"
SIGNER = "Phó Chủ tịch UBND tỉnh Lý Văn Cao"


@pytest.fixture
async def play(database_url):
    play = await Play.begin(database_url, office.cast(), "05/10/2026 08:00")
    yield play
    await play.ends()


@pytest.mark.long
async def test_the_year_from_the_roster_to_the_decision(play, tmp_path):
    await the_roster_comes_in_two_steps(play, tmp_path)
    await three_quarters_are_owed_at_once(play, tmp_path)
    await october_and_november_follow(play, tmp_path)
    await the_year_is_opened_in_chat(play)
    await every_form_goes_through_its_own_people(play)
    await december_is_provisional(play)
    await the_first_half_comes_on_paper(play)
    await units_go_before_their_heads(play)
    await two_forms_that_differ_are_seen_by_who_sends_and_who_agrees(play)
    await everybody_hands_in(play)
    await all_agree(play)
    await party_committees_are_heard(play)
    await what_is_decided_outside_is_recorded(play)
    await employees_are_decided_by_the_head_of_their_unit(play)
    await the_director_decides(play)
    await who_retired_is_decided_all_the_same(play)
    await who_failed_reads_why_what_follows_and_what_may_be_done(play)
    await all_take_notice(play)
    await a_petition_is_answered_within_seven_working_days(play)


# ── the roster and the sheets ──────────────────────────────────────────────────────────────────


async def the_roster_comes_in_two_steps(play, folder):
    """The file has no sheet of party bodies: it is taken in as it is, and the cells are known after a second import."""
    await play.imports(folder)
    await play.imports(folder, office.with_bodies(play.cast))


async def three_quarters_are_owed_at_once(play, folder):
    """Điều 17 khoản 2; of who was there (Điều 11): nobody owes a quarter before they came."""
    await (await play.phone("TL-004")).sets("review_workers", on=True)
    for quarter in ("q1", "q2", "q3"):
        await play.opens(folder, DECREE, year=2026, period=quarter)
        await _asked_of_who_was_there(play, quarter)
    phone = await play.phone("TL-011")
    await phone.commands("start")
    await phone.taps("welcome")  # the other forms are told behind “?”
    order = [phone.text.index(f"Mẫu số 01, quý {number}/2026") for number in ("I", "II", "III")]
    assert order == sorted(order)
    for who in office.OFFICIALS:
        for quarter in ("q1", "q2", "q3"):
            owed = 0 if who in AWAY[quarter] else 2 if who == "TL-003" else 1
            if owed:
                assert await (await play.phone(who)).hands_in_all(owed, **sheet(who, quarter)) == owed, (who, quarter)
    await play.all_look_through()


async def _asked_of_who_was_there(play, period):
    asked = {play.who(one.person.id) for one in await play.standings()}
    assert asked == set(office.OFFICIALS) - set(AWAY[period]), period


async def october_and_november_follow(play, folder):
    """The director's own are confirmed outside (Điều 10 khoản 1 điểm a): the desk records it, sheet by sheet."""
    for period, day in (("m10", "02/11/2026 08:00"), ("m11", "01/12/2026 08:00")):
        play.on(day)
        await play.opens(folder, DECREE, year=2026, period=period)
        await _asked_of_who_was_there(play, period)
        await play.everybody_hands_in(answers={who: sheet(who, period) for who in office.OFFICIALS})
        await play.all_look_through()
    desk = await play.phone("TL-004")
    for holding in ("quý I/", "quý II/", "quý III/", "tháng 10/", "tháng 11/"):
        await desk.lists("o")
        await desk.opens("decide_card", play.cast.name("TL-001"), holding)
        assert "cấp ủy" not in desk.text  # asked of the rating (Điều 21 khoản 1 điểm c), not of a month, which has none
        await desk.taps("decide_choose")
        await desk.says("2980/UBND-NC ngày 01/12/2026")
        await desk.says(SIGNER)
        await desk.taps("decide_confirm")


# ── the year ───────────────────────────────────────────────────────────────────────────────────


async def the_year_is_opened_in_chat(play):
    desk = await play.phone("TL-004")
    told = await desk.prepares_a_campaign(*TITLES, year=2026)
    assert "Bế Văn Khang giữ hai vị trí" in told
    assert "Chu Văn Hưu làm việc đến hết ngày 15/12/2026" in told
    assert "Chưa có dòng riêng trong danh sách nên chưa có báo cáo kiểm điểm: Chi bộ Chuyên môn." in told
    assert not desk.sees("desk_open")  # not before it is answered
    for question, answer in ANSWERS.items():
        if desk.sees("desk_answer", question, answer):  # contract workers were answered in October
            await desk.taps("desk_answer", question, answer)
    await desk.taps("desk_move")
    await desk.says("08/12/2026")
    await desk.taps("desk_preview")
    assert "26 người làm 51 bản:" in desk.text
    assert "• Đèo Thị Lọ, Trung tâm Quan trắc" in desk.text  # 233 Điều 20 khoản 2: the centre chose so
    await desk.taps("desk_open")
    await play.learn()


async def every_form_goes_through_its_own_people(play):
    found = {}
    for one in await play.standings():
        who = (play.who(one.person.id), one.person.post)
        agrees, decides = (play.who(id_) if id_ else "" for id_ in (one.approver_id, one.decider_id))
        found.setdefault(who, {})[one.form] = (agrees, decides)
    assert found == LINES


async def december_is_provisional(play):
    """Điều 17 khoản 3 against Điều 19 khoản 2: chosen once by the desk."""
    desk = await play.phone("TL-004")
    await desk.commands("dot")
    await desk.taps("desk_campaign", label="Năm 2026")
    await desk.taps("desk_last")
    await desk.taps("desk_last_ask")
    await desk.taps("desk_last_put")
    assert "✓ Cơ quan đã chọn: lấy điểm tạm tính" in desk.text


async def the_first_half_comes_on_paper(play):
    """Điều 19 khoản 1: the commune sends the months it followed."""
    desk = await play.phone("TL-004")
    await desk.commands("nhansu", play.cast.name("TL-006"))
    await desk.taps("crew_months")
    await desk.says("45/UBND-VP; t1 80; t2 80; t3 80; t4 80; t5 80; t6 80")
    assert "UBND xã Bản Vàng gửi theo văn bản số 45/UBND-VP" in desk.text


async def units_go_before_their_heads(play):
    """Điều 9 khoản 1, khoản 2; 233 Điều 9 khoản 2 điểm b: who heads them hands in, the director recognises; the department's own is
    recognised by the province. Of three good units a fifth is none, and a quarter as well (Điều 8 khoản 5).
    """
    play.on("03/12/2026 08:00")
    for who in UNITS:  # in two posts the forms of the first come first
        told = office.year(who) | office.unit(who)
        if who == DEPARTMENT:
            (line,) = await play.standings(who)
            await (await play.phone("TL-001")).hands_in_report(line.person.name, line.review, **told)
        else:
            await (await play.phone(who)).hands_in_all(*((3,) if who == "TL-003" else (1,)), **told)
    own = {who: await _of_unit(play, who) for who in UNITS}
    assert {who: one.suggested.value for who, one in own.items()} == {
        who: rating for who, (*_, rating) in UNITS.items()
    }
    director, name = await play.phone("TL-001"), play.cast.name
    for who, rating in office.UNIT_RATED.items():
        if who in {"TL-018", DEPARTMENT}:
            continue
        await director.decides(name(who), rating, holding="Phiếu")
    await director.lists()
    await director.opens("decide_card", name("TL-018"), "Phiếu")
    assert "tỷ lệ 20% của 2 đơn vị hoàn thành tốt (NĐ 335/2025, Điều 8 khoản 5)" in director.text  # as far as decided
    said = await director.chooses(name("TL-018"), "excellent", holding="Phiếu")
    assert "sẽ là 1, tối đa 0 (NĐ 335/2025, Điều 8 khoản 5)" in said
    await director.decides(name("TL-018"), "good", holding="Phiếu", texts=("Tỷ lệ xuất sắc của các phòng không còn.",))
    desk = await play.phone("TL-004")
    await desk.decides(name(DEPARTMENT), "good", texts=("3040/QĐ-UBND ngày 03/12/2026", SIGNER), which="o")
    assert {who: (await _of_unit(play, who)).ruled.value for who in UNITS} == office.UNIT_RATED


async def _of_unit(play, who):
    (own,) = [one for one in await play.standings(who) if one.form in {office.UNIT, office.CENTRE}]
    return own


async def two_forms_that_differ_are_seen_by_who_sends_and_who_agrees(play):
    """Disciplined in the one form, not so in the other: QĐ 366-QĐ/TW, Điều 3 khoản 4 takes the result of the official for the member's."""
    phone, secretary, told = await play.phone("TL-016"), await play.phone("TL-014"), year("TL-016")
    await phone.hands_in_all(1, **told)
    await phone.comes_to("disciplined", **told)
    assert "Anh/chị đã trả lời ở Mẫu số 02: Có." in phone.text
    await phone.taps("answer", "disciplined", "false")
    assert "⚠ Ở Mẫu số 02, năm 2026, anh/chị trả lời: có." in phone.text
    await phone.taps("illustrate", "disciplined")
    await phone.says("Bị khiển trách về chính quyền, không có kỷ luật đảng.")
    await phone.hands_in_all(**told | {"disciplined": "false"})
    await secretary.commands("choduyet")
    await secretary.opens("head_card", phone.name, "Mẫu 02")
    assert "⚠ Bị xử lý kỷ luật trong năm: phiếu này ghi không; Mẫu số 02, năm 2026 ghi có." in secretary.text
    await secretary.returns(phone.name, "Khiển trách vì công vụ cũng là kỷ luật.", holding="Mẫu 02")
    await phone.commands("tieptuc")
    await phone.taps("outline")
    await phone.taps("jump", "rulings1")
    await phone.taps("one", "disciplined")
    await phone.taps("answer", "disciplined", "true")
    await phone.hands_in_all(**told)
    assert [one.suggested.value for one in await play.standings("TL-016")] == ["not_completed"] * 2


async def everybody_hands_in(play):
    await play.everybody_hands_in(answers={who: year(who) for who in play.ids})
    assert set(await play.counted()) <= {"submitted", "decided"}
    suggested = {
        play.who(one.person.id): one.suggested.value if one.suggested else None
        for one in await play.standings()
        if one.form == office.YEAR
    }
    assert suggested == SUGGESTED
    assert {who: await _mean_told(play, who) for who in MEANS} == {who: spelled(mean) for who, mean in MEANS.items()}


async def _mean_told(play, who):
    """As whoever decides reads it; of the director's own the desk."""
    phone = await play.phone("TL-004" if who == "TL-001" else "TL-001")
    await phone.lists("o" if who == "TL-001" else "r")
    await phone.opens("decide_card", play.cast.name(who), "Mẫu số 02")
    return re.search(r"Tổng điểm trung bình cả năm: <b>([\d,…]+) điểm", phone.text)[1]


async def all_agree(play):
    """Heads, the director and the secretaries of both cells; who retires on the 15th waits for his head until the day before."""
    await play.all_look_through("TL-013")
    left = {play.who(one.person.id) for one in await play.standings() if not one.ready and not one.decided}
    assert left == {"TL-013"}


async def party_committees_are_heard(play):
    """Of heads and deputies, and of nobody else (Điều 21 khoản 1 điểm c, khoản 2 điểm c; 233 Điều 15 khoản 2 điểm c): the committee of where they
    work, for whoever leads it its deputy. The commune that a newcomer came from is asked as well (Điều 19 khoản 1): the desk writes it.
    """
    heard = {}
    for who in office.HEARD:
        phone = await play.phone(who)
        await phone.commands("ykien")
        for label, button in [(key.label, button) for key, button in phone.keys if button.verb == "opinion_card"]:
            heard.setdefault(who, []).append(label.partition(" – ")[0])
            await phone.does(Pressed(button))
            await phone.taps("opinion_write")
            await phone.says("Nhất trí với mức tự xếp loại.")
            await phone.taps("opinion_give")
    asked = {who: sorted(play.cast.name(one) for one in names) for who, names in office.HEARD.items()}
    assert {who: sorted(names) for who, names in heard.items()} == asked  # in the order in which they were agreed to


# ── deciding ───────────────────────────────────────────────────────────────────────────────────


async def what_is_decided_outside_is_recorded(play):
    """Điều 10 khoản 2 điểm a and HD 43-HD/BTCTW, mục 3: by the desk, with document and signer."""
    play.on("12/12/2026 08:00")
    desk, name = await play.phone("TL-004"), play.cast.name
    said = await desk.chooses(name("TL-001"), "excellent", which="o", holding="Mẫu số 02")
    assert "không cao hơn mức xếp loại của tổ chức (NĐ 335/2025, Điều 20 khoản 6)" in said
    written = ("3120/QĐ-UBND ngày 12/12/2026", SIGNER)
    await desk.decides(name("TL-001"), "good", texts=written, which="o", holding="Mẫu số 02")
    await desk.decides(name("TL-T01"), "good", texts=("88-QĐ/ĐU ngày 11/12/2026", SIGNER), which="o")


async def employees_are_decided_by_the_head_of_their_unit(play):
    """233 Điều 13 khoản 3 điểm b."""
    centre = await play.phone("TL-003")
    await centre.decides_the_list()
    assert [await play.ratings(who) for who in ("TL-021", "TL-022", "TL-023")] == [{office.EMPLOYEE: ["good"]}] * 3


async def the_director_decides(play):
    """Of three leaders, and of three deputy heads, two good ones leave no excellent one; of five good experts one may be (Điều 20 khoản 5)."""
    director, name = await play.phone("TL-001"), play.cast.name
    said = await director.chooses(name("TL-020"), "good", holding="Mẫu số 02")
    assert "chưa đủ 06 tháng (NĐ 335/2025, Điều 11 khoản 1)" in said
    await director.decides(name("TL-020"), "none", holding="Mẫu số 02")
    await director.decides_the_list()
    for who, group in (("TL-002", "Lãnh đạo Sở"), ("TL-011", "Phó trưởng phòng")):
        said = await director.chooses(name(who), "excellent", holding="Mẫu số 02")
        assert f"của nhóm “{group}”: sẽ là 1, tối đa 0 (NĐ 335/2025, Điều 20 khoản 5)" in said
        await director.decides(name(who), "good", holding="Mẫu số 02", texts=("Tỷ lệ của nhóm không còn.",))
    await director.decides_the_list()
    deputy = await play.phone("TL-002")  # nobody decides about themselves: for the committee its deputy secretary
    await deputy.decides(name("TL-001"), "good", holding="Mẫu 02A")
    assert await play.counted() == {"decided": 49, "submitted": 2}


async def who_retired_is_decided_all_the_same(play):
    """Nothing that was sent ends by a date alone: it waits for the authority, whoever is still here."""
    play.on("14/12/2026 16:00")
    name = play.cast.name("TL-013")
    for who, holding in (("TL-010", "Mẫu số 02"), ("TL-004", "Mẫu 02")):
        await (await play.phone(who)).approves(name, holding=holding)
    for day in ("15/12/2026", "16/12/2026", "17/12/2026"):
        await play.reminders(day)
    assert [one.ready for one in await play.standings("TL-013")] == [True, True]
    director = await play.phone("TL-001")
    for holding in ("Phiếu xếp loại", "Bản kiểm điểm"):
        await director.decides(name, "good", holding=holding)
    assert await play.counted() == {"decided": 51}
    rated = {play.who(one.person.id): one.ruled for one in await play.standings() if one.form == office.YEAR}
    assert rated == office.RATED
    assert len(await play.told("TL-013", "notice/ruled")) == 2


async def who_failed_reads_why_what_follows_and_what_may_be_done(play):
    """Điều 20 khoản 4 điểm c, Điều 23 khoản 3, Điều 22; the head as well."""
    assert await play.ratings("TL-016") == {office.YEAR: ["not_completed"], office.MEMBER: ["not_completed"]}
    own, *_ = await play.told("TL-016", "notice/ruled")
    (head,) = [one for one in await play.told("TL-014", "notice/head_ruled") if "Mẫu số 02" in one.text]
    for notice in (own, head):
        assert "(NĐ 335/2025, Điều 20 khoản 4 điểm c; Điều 11 khoản 3 điểm a)" in notice.text
        assert "vị trí việc làm thấp hơn hoặc cho thôi việc (NĐ 335/2025, Điều 23 khoản 3 điểm đ)" in notice.text
        assert "là căn cứ đánh giá, xếp loại chất lượng đảng viên (NĐ 335/2025, Điều 23 khoản 3 điểm a)" in notice.text
        assert "trong 7 ngày làm việc (NĐ 335/2025, Điều 22)" in notice.text


async def all_take_notice(play):
    for who in play.ids:
        if who != "TL-011":
            await play.takes_notice(who)
    assert {(await play.standings(who))[0].status.value for who in office.OFFICIALS if who != "TL-011"} == {"final"}


async def a_petition_is_answered_within_seven_working_days(play):
    """Điều 22: filed on Friday 18/12/2026: 21, 22, 23, 24, 25, 28 and 29/12."""
    play.on("18/12/2026 10:00")
    phone, director = await play.reads("TL-011"), await play.phone("TL-001")
    (review, _) = await play.standings("TL-011")
    await phone.presses_about("result_petition", review.review)
    await phone.says("Tôi đạt 91,25 điểm, đề nghị xếp loại xuất sắc.")
    await phone.presses("result_file")
    (petition,) = await play.rows(PETITION)
    assert petition["due"] == dt.date(2026, 12, 29)
    await director.commands("kiennghi")
    await director.opens("petition_card", phone.name)
    await director.taps("petition_keep")
    await director.says("Nhóm có 02 người hoàn thành tốt, 20% chưa được 01 người.")
    await director.taps("petition_send")
    (petition,) = await play.rows(PETITION)
    assert (petition["outcome"], petition["answered_by"]) == (PetitionOutcome.KEPT, play.ids["TL-001"])
    assert len(await play.told("TL-011", "notice/petition_kept")) == 1
