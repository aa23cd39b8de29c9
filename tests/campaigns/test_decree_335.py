"""Nghị định 335/2025/NĐ-CP played by a department of twenty: tests/campaigns/offices/binh_khe_2026.py.

October and November have a sheet each (Điều 14): opened on the second of the next month, by the desk in chat and with
`tusoi campaign open`. The year follows on 1/12 with the decree and the party's guidance; ratings before 15/12 (Điều 19).

Occurs here: campaigns of a month; the months' points in the year's form (Điều 17 khoản 3); under six months, and eight
months ill and rated all the same (Điều 11); unpaid leave; the office before heard (Điều 19); a new party member who is not
reviewed as one (QĐ 366-QĐ/TW, Điều 5 khoản 2); civil before party between two rulebooks; a contract worker to whom the office does not apply the decree (Điều 28 khoản 2);
the fifth and the quarter that may be granted (Điều 20 khoản 5); a petition with its seven working days over New Year
(Điều 22), and who is told on which of them; an old press and a double press.

Points, by hand: general 30 of 30; results at 90 %: 63, together 93; at 75 %: 52.5, together 82.5. Who leads has six
parts, of which unity at one half: (75 × 3 + 100 × 2 + 50) / 6 = 79.17 %, of 70 that is 55.42, together 85.42.
"""

import datetime as dt

import pytest

from bot.campaign.months.tracked import with_scores
from rules.nouns.reviews import ReviewStatus
from rules.nouns.rulings import PetitionOutcome
from rules.nouns.tracking import LastMonth, LastMonthChoice, Standing
from storage.tables import OPINION, PETITION, REVIEW, RULING
from tests.bot.playing import shelf
from tests.campaigns.looking import whats
from tests.campaigns.offices import binh_khe_2026 as office
from tests.campaigns.stage import Play

DECREE, PARTY = "decree-335-2025", "party-2025"
SHEET, YEAR = "mau-01-335", "mau-02-335"
TITLE = "Nghị định 335/2025/NĐ-CP"
BEST = ("CC2", "CC3", "CC4")
#: Shares of the parts of a month's result.
FULL = {"quantity": "90", "quality": "90", "progress": "90"}
PART = {"quantity": "75", "quality": "75", "progress": "75", "uniting": "50"}


@pytest.fixture
async def play(database_url):
    play = await Play.begin(database_url, office.cast(), "02/11/2026 08:00")
    yield play
    await play.ends()


@pytest.mark.long
async def test_two_months_and_the_year(play, tmp_path):
    await october_is_opened_in_chat(play, tmp_path)
    await sheets_are_told_of_and_handed_in(play)
    await november_follows(play, tmp_path)
    await the_year_takes_the_points_over(play, tmp_path)
    await the_office_before_is_heard(play)
    await who_is_not_rated_and_who_is(play)
    await the_fifth_and_what_may_be_granted(play)
    await civil_comes_first(play)
    await the_rest_is_decided(play)
    await seven_working_days_over_new_year(play)


# ── months ─────────────────────────────────────────────────────────────────────────────────────


async def october_is_opened_in_chat(play, folder):
    """Điều 28 khoản 2: the office does not apply the decree to its contract worker, who is named before it is opened."""
    await play.imports(folder)
    desk = await play.phone("head:VP")
    await desk.sets("review_workers", on=False)
    await desk.prepares_a_campaign(TITLE, year=2026)
    await desk.taps("desk_choose")
    await desk.taps("desk_period", "month")
    await desk.taps("desk_period", "m10")
    await desk.taps("desk_preview")
    assert "19 người làm 19 bản:" in desk.text
    assert f"• {play.cast.name('guard')}, {office.ROOMS['VP']}" in desk.text
    await desk.taps("desk_open")
    await play.learn()
    await desk.moves("Hạn gửi bản tự đánh giá", "05/11/2026")


async def sheets_are_told_of_and_handed_in(play):
    told = await play.reminders("02/11/2026 10:00")
    own = {who: {(one["due"], one["days"]) for one in things if one["what"] == "own"} for who, things in told.items()}
    assert own == {who: {("2026-11-05", 3)} for who in play.ids if who != "guard"}
    await _month(play, {**dict.fromkeys(play.ids, PART), **dict.fromkeys(BEST, FULL)})
    assert {tuple(await play.forms(who)) for who in play.ids} == {(SHEET,), ()}


async def november_follows(play, folder):
    play.on("01/12/2026 08:00")
    await play.opens(folder, DECREE, year=2026, period="m11")
    assert [part.timetable for part in await play.parts()] == [{}]
    await _month(play, {**dict.fromkeys(play.ids, PART), **dict.fromkeys(("CC1", *BEST), FULL)})


async def _month(play: Play, answers) -> None:
    """Handed in and agreed to by the heads: a sheet has points and no rating, so that nothing is left to decide."""
    assert await play.everybody_hands_in(answers=answers) == 19
    assert await play.all_look_through() == 18
    assert await play.counted() == {"final": 18, "submitted": 1}


# ── the year ───────────────────────────────────────────────────────────────────────────────────


async def the_year_takes_the_points_over(play, folder):
    """Điều 17 khoản 3: the mean of the months. CC1 had 82.5 and 93, the others twice 82.5, who leads twice 85.42."""
    await play.opens(folder, DECREE, PARTY, year=2026)
    async with play.store.transaction() as tx:  # Điều 17.3 against 19.2: the desk chose to finish in January
        allowed = LastMonth(LastMonthChoice.LATER, "Sở Nội vụ", "123/SNV-CCVC")
        await tx.campaigns.set_last_month(play.campaign, allowed)
        await tx.commit()
    wanted = {"CC1": [YEAR, "mau-02b-hd-2025"], "head:CC": [YEAR, "mau-02a-hd-2025"], "fresh": [YEAR], "guard": []}
    assert {who: await play.forms(who) for who in wanted} == wanted
    # exact: no clause of the decree rounds the points of a month
    twice = pytest.approx(30 + 70 * (75 * 3 + 100 * 2 + 50) / 600)
    points = {who: await _held(play, who) for who in ("CC1", "CC2", "VP1", "head:CC")}
    assert points == {"CC1": [82.5, 93.0], "CC2": [93.0, 93.0], "VP1": [82.5, 82.5], "head:CC": [twice, twice]}
    party = {"Nhóm tiêu chí chung": "25", "Nhóm tiêu chí về kết quả": "55"}
    usual = {
        "unit_rating": "good",
        "sick_leave": "false",
        "basic_targets": "false",
        "subunit_corruption": "false",
        **party,
    }
    # December has no points on 1/12, so the year's mean is open (Điều 17 khoản 3); who was at 93 all along says excellent
    best = {**usual, **{f"m{month:02}": "93" for month in range(1, 10)}, "self_rating": "excellent"}
    answers = {
        who: {**usual, "sick_leave": "true"} if who == "ill" else best if who in BEST else usual for who in play.ids
    }
    assert await play.everybody_hands_in(answers=answers) == 25
    said = {who: (await play.standings(who))[0].self_rating for who in ("CC1", "CC2", "head:CC", "ill", "short")}
    assert said == {"CC1": "good", "CC2": "excellent", "head:CC": "good", "ill": "good", "short": None}
    await play.all_look_through()
    assert await play.counted() == {"approved": 23, "submitted": 2}


async def _held(play: Play, who: str) -> list[float | None]:
    """The points of the months, as the year's form has them: confirmed, and nobody types them."""
    (row, *_) = await play.rows(REVIEW, person_id=play.ids[who], campaign_id=play.campaign, form=YEAR)
    async with play.store.reading() as tx:
        (review,) = await with_scores(tx, shelf(), await tx.reviews.some([row["id"]]))
    assert {review.held[month].standing for month in ("m10", "m11")} == {Standing.CONFIRMED}
    return [review.held[month].score for month in ("m10", "m11")]


async def the_office_before_is_heard(play):
    """Điều 19: whatever the time there; it sends the points of its months, which the desk records."""
    (asked,) = await play.rows(OPINION, kind="old_unit")
    assert (asked["of"], asked["cite"]) == (office.BEFORE, "NĐ 335/2025, Điều 19 khoản 1")
    desk = await play.phone("head:VP")
    await desk.commands("ykien")
    await desk.opens("opinion_card", play.cast.name("came"))
    await desk.taps("opinion_write")
    await desk.says("Sở Tài chính: tháng 8 được 84 điểm, tháng 9 được 86 điểm.")
    await desk.taps("opinion_give")
    assert [play.cast.name("came") in one.text for one in await play.told("director", "notice/opinion")] == [True]


# ── deciding ───────────────────────────────────────────────────────────────────────────────────


async def who_is_not_rated_and_who_is(play):
    """Điều 11: four months here, not rated; four months worked and the rest ill, rated by the time worked."""
    play.on("14/12/2026 09:00")
    director, name = await play.phone("director"), play.cast.name
    assert (
        "Người này thuộc trường hợp không xếp loại vì thời gian công tác trong năm chưa đủ 06 tháng (NĐ 335/2025, Điều 11 khoản 1)"
        in await director.chooses(name("short"), "good")
    )
    await director.decides(name("short"), "none")
    for who, words in (
        ("ill", "Nghỉ ốm; xếp loại"),
        ("unpaid", "Nghỉ việc riêng không hưởng lương, vẫn làm việc từ 06 tháng"),
    ):
        await director.lists()
        await director.opens("decide_card", name(who))
        assert words in director.text, director.text
    for who in ("ill", "unpaid", "VP1", "CC1", "CQ1", "fresh"):
        await director.decides(name(who), "good", holding="Mẫu số 02")
    said = await director.chooses(name("came"), "good", holding="Mẫu số 02")
    assert f"chờ {office.BEFORE} gửi kết quả" in said  # Điều 19 khoản 1: its months are still to come
    reason = "Cơ quan cũ đã báo điểm tháng 8, tháng 9 bằng văn bản."
    await director.decides(name("came"), "good", holding="Mẫu số 02", texts=(reason,))


async def the_fifth_and_what_may_be_granted(play):
    """Điều 20 khoản 5. Of ten experts: with seven or eight good the fifth is one, the quarter of eight is two, of seven one."""
    director, name = await play.phone("director"), play.cast.name
    await director.decides(name("CC2"), "excellent")
    await director.presses("decide_confirm")
    assert "không cần làm gì thêm" in director.text
    said = await director.chooses(name("CC3"), "excellent")
    assert "sẽ là 2, tối đa 1 (NĐ 335/2025, Điều 20 khoản 5)" in said
    assert "Được quyết định khác nếu nêu lý do." in said
    await director.decides(name("CC3"), "excellent", texts=("Sở được UBND tỉnh xếp loại xuất sắc, nổi trội.",))
    said = await director.chooses(name("CC4"), "excellent")
    assert "Không quyết định được: Hoàn thành xuất sắc nhiệm vụ." in said
    assert "sẽ là 3, tối đa 1 (NĐ 335/2025, Điều 20 khoản 5)" in said
    await director.decides(name("CC4"), "good")  # December is open, so that nothing suggests otherwise
    rulings = [await play.rows(RULING, review_id=one.review) for who in BEST for one in await play.standings(who)]
    assert [(row["rating"], row["cite"]) for (row,) in rulings] == [
        ("excellent", ""),
        ("excellent", "NĐ 335/2025, Điều 20 khoản 5"),
        ("good", ""),
    ]


async def civil_comes_first(play):
    director, name = await play.phone("director"), play.cast.name("head:CC")
    said = await director.chooses(name, "good", holding="Mẫu 02A")
    assert "mức đó có trước, mức đảng viên sau (QĐ 366-QĐ/TW, Điều 3 khoản 4)" in said


async def the_rest_is_decided(play):
    """One by one while December is open (Điều 17 khoản 3: nothing is suggested), then by the list; the director's by the
    province, in writing.
    """
    director = await play.phone("director")
    for who in play.ids:
        if [one for one in await play.standings(who) if (one.form, one.status) == (YEAR, ReviewStatus.APPROVED)]:
            await director.decides(play.cast.name(who), "good", holding="Mẫu số 02")
    await director.decides_the_list()
    # the only expert in the party stands alone in the last list; the director heads the cell, so that a body above decides
    await director.decides(play.cast.name("CC1"), "good", holding="Mẫu 02B")
    assert await play.counted() == {"decided": 23, "approved": 1, "submitted": 1}
    desk, name = await play.phone("head:VP"), play.cast.name("director")
    written = ("Quyết định số 3120/QĐ-UBND ngày 12/12/2026", "Phó Chủ tịch UBND tỉnh Đào Minh Khang")
    # her two months wait for the province's word: what is decided before says why (Điều 17 khoản 3)
    reason = "UBND tỉnh quyết định khi đã xem phiếu tháng 10, tháng 11."
    await desk.decides(name, "good", texts=(reason, *written), holding="Mẫu số 02", which="o")
    await desk.decides(name, "good", texts=written, holding="Mẫu 02A", which="o")
    told = {
        one.who for one in await play.all_told() if one.template == "notice/ruled" and one.values["code"] == "Mẫu số 02"
    }
    assert told == set(play.ids) - {"guard"}


# ── a petition ─────────────────────────────────────────────────────────────────────────────────


async def seven_working_days_over_new_year(play):
    """Điều 22: filed on Thursday 24/12/2026; 25, 28, 29, 30, 31/12, then 4 and 5/1, for 1/1 is a holiday. The authority is
    told three days and one day before, on the day, and afterwards on every working day.
    """
    play.on("24/12/2026 15:00")
    phone = await play.reads("CC4")
    await phone.presses("result_petition")
    assert "NĐ 335/2025, Điều 22" in phone.text
    await phone.says("Tôi đề nghị xem xét theo điểm 93 của cả hai tháng.")
    await phone.presses("result_file")
    (petition,) = await play.rows(PETITION)
    assert petition["due"] == dt.date(2027, 1, 5)
    days = ("29/12/2026", "30/12/2026", "31/12/2026", "04/01/2027", "05/01/2027", "06/01/2027")
    told = {day: await play.reminders(day) for day in days}
    assert {day: "petition" in whats(things.get("director", ())) for day, things in told.items()} == {
        "29/12/2026": False, "30/12/2026": True, "31/12/2026": False, "04/01/2027": True, "05/01/2027": True, "06/01/2027": True,
    }  # fmt: skip
    director = await play.phone("director")
    await director.commands("kiennghi")
    await director.opens("petition_card", phone.name)
    assert "Đã quá hạn 1 ngày làm việc, hạn 05/01/2027 (NĐ 335/2025, Điều 22)" in director.text
    await director.taps("petition_keep")
    await director.says("Điểm 93 đã được ghi nhận; tỷ lệ 25% đã đủ.")
    await director.taps("petition_send")
    (petition,) = await play.rows(PETITION)
    assert (petition["outcome"], petition["answered_by"]) == (PetitionOutcome.KEPT, play.ids["director"])
    assert [one.status for one in await play.standings("CC4")] == [ReviewStatus.FINAL]
    assert len(await play.told("CC4", "notice/petition_kept")) == 1
