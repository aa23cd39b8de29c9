"""A year of months played sheet by sheet to Mẫu số 02: tests/campaigns/offices/phu_dong_2026.py, under Nghị định 335/2025/NĐ-CP.

Each month's sheets are opened on the second of the next month, handed in and confirmed. General points are 30 of 30 for everybody;
so with a share s of quantity, quality and progress alike, a month is 30 + 70 × s / 100 (Điều 16 khoản 1, Điều 17 khoản 1): 93 at
90 %, 82.5 at 75 %, 47.5 at 25 %. Who leads has three parts more, each in full: (75 × 3 + 300) / 6 = 87.5 %, together 91.25; and with
one below 50 among their people, d is one half (Điều 15 khoản 3 điểm a): (225 + 250) / 6 %, together 85.41666….

The year is the mean of the twelve months (Điều 17 khoản 3), but for who was away (Điều 11 khoản 2); it is rated before 15/12, so that
December is provisional, as the desk chooses (Điều 17 khoản 3, Điều 19 khoản 2).
"""

import re
from fractions import Fraction

import pytest

from rules.nouns.reviews import OWED
from storage.tables import DRAFT
from tests.campaigns.offices import phu_dong_2026 as office
from tests.campaigns.offices.phu_dong_2026 import same
from tests.campaigns.stage import Play

DECREE = "decree-335-2025"
SHEET, YEAR = "mau-01-335", "mau-02-335"
GENERAL = 30
#: Share of quantity, quality and progress by month, of whom it is not 75 all year.
SHARES = {
    "VP1": same(90, m12=75),
    "VP2": same(75, "1-6") | same(90, "7-12"),
    "QH1": same(90, "1-3") | same(75, "4-12"),
    "mother": same(75, "1-7"),
    "unpaid": same(75, m3=0, m4=0, m12=90),
    "ill": same(75, "1-1") | same(90, "10-12"),
    "came": same(90, "7-12"),
    "fresh": same(90, "8-12"),
    "mover": same(75, "1-6") | same(90, "7-12"),
    "weak": same(75, m5=25),
}
LEADERS = ("director", "deputy", "head:VP", "head:QH", "head:HT")
#: Whoever has `weak` among their people: d is one half in May.
OVER_WEAK = ("deputy", "head:QH")
NEVER_SENT = ("never", (9, 10, 11, 12))

#: What each says of the year besides.
ORDINARY = {
    "unit_rating": "excellent",
    "subunit_corruption": "false",
    "degradation": "false",
    "disciplined": "false",
    "maternity_leave": "false",
}
#: By hand: the months of the year that count, and their mean.
MEANS = {
    "HT1": Fraction(165, 2),  # 82.5 all year
    "VP1": Fraction(93),
    "VP2": Fraction(351, 4),  # (6 × 82.5 + 6 × 93) / 12 = 1053 / 12 = 87.75
    "QH1": Fraction(681, 8),  # (3 × 93 + 9 × 82.5) / 12 = 1021.5 / 12 = 85.125
    "mother": Fraction(165, 2),  # seven months of 82.5
    "unpaid": Fraction(1671, 20),  # (9 × 82.5 + 93) / 10 = 83.55
    "ill": Fraction(723, 8),  # (82.5 + 3 × 93) / 4 = 90.375
    "came": Fraction(173, 2),  # (6 × 80 + 6 × 93) / 12 = 86.5
    "mover": Fraction(351, 4),
    "weak": Fraction(955, 12),  # (47.5 + 11 × 82.5) / 12 = 79.5833…
    "twice": Fraction(667, 8),  # (93 + 11 × 82.5) / 12 = 83.375
    "head:VP": Fraction(365, 4),  # 91.25
    "head:QH": Fraction(13070, 144),  # (11 × 91.25 + 85.41666…) / 12 = 90.763888…
}
#: By those means (Điều 20): 90 and more, 70 to below 90.
RATINGS = {who: "excellent" if mean >= 90 else "good" for who, mean in MEANS.items()}


@pytest.fixture
async def play(database_url):
    play = await Play.begin(database_url, office.monthly(), "02/02/2026 08:00")
    yield play
    await play.ends()


@pytest.mark.long
async def test_twelve_months_to_the_year(play, tmp_path):
    await play.imports(tmp_path)
    for month in range(1, 12):
        await month_is_kept(play, tmp_path, month)
        if month == 7:
            await may_is_done_anew(play)
            await the_months_before_come_on_paper(play)
    await the_year_is_opened_before_december_is_over(play, tmp_path)
    await the_year_is_handed_in(play)
    await december_is_confirmed(play, tmp_path)


async def month_is_kept(play, folder, month):
    """Asked of who was there (Điều 11): and nobody else."""
    play.on(f"02/{month % 12 + 1:02}/{2026 + month // 12} 08:00")
    await play.opens(folder, DECREE, year=2026, period=f"m{month:02}")
    asked = {play.who(one.person.id) for one in await play.standings()}
    away = {who for who in play.ids if who in SHARES and SHARES[who].get(month, 0) == 0}
    assert asked == set(play.ids) - away, month
    late = [NEVER_SENT[0]] if month in NEVER_SENT[1] else []
    answers = {who: _told(who, month) for who in play.ids}
    assert await play.everybody_hands_in(*late, answers=answers) == len(asked) - len(late)
    await play.all_look_through()
    left = {play.who(one.person.id) for one in await play.standings() if one.status.value != "final"}
    assert left == {"director", *late}, month


def _told(who, month):
    share = str(SHARES.get(who, same(75)).get(month, 75))
    parts = dict.fromkeys(("quantity", "quality", "progress"), share)
    half = who in (*OVER_WEAK, "director") and month == 5
    return parts | {"unit_result": "50" if half else "100", "organising": "100", "uniting": "100"}


# ── May anew, and the months of another department ─────────────────────────────────────────────


async def may_is_done_anew(play):
    """Điều 4 khoản 4: the person asks with a reason, whoever confirmed it agrees; both versions stay."""
    phone = await play.phone("twice")
    (may,) = [one for one in await _sheets(play, "twice") if one.campaign.period == "m05"]
    await phone.commands("ketqua")
    await phone.opens("result_sheet", "tháng 5/2026")
    await phone.taps("anew_ask")
    await phone.says("Sổ công việc tháng 5 thiếu ba tờ trình, nay đã đối chiếu.")
    head = await play.reads("head:QH")
    await head.presses_about("anew_agree", may.id)
    await play.reads("twice")
    await phone.presses_about("next", may.id)
    await phone.taps("outline")
    await phone.taps("jump", "ii2")
    await phone.says("90; 90; 90")
    await phone.taps("send")
    await head.looks_through()
    drafts = await play.rows(DRAFT, review_id=may.id)
    assert [one["version"] for one in drafts] == [1, 2]
    assert [one["answers"]["quantity"]["value"] for one in drafts] == [75, 90]


async def the_months_before_come_on_paper(play):
    """Điều 19 khoản 1: the body before sends what it followed; the desk records it with the paper's number."""
    desk = await play.phone("head:VP")
    await desk.commands("nhansu", play.cast.name("came"))
    await desk.taps("crew_months")
    await desk.says("118/SGTVT-VP; t1 80; t2 80; t3 80; t4 80; t5 80; t6 80")
    assert office.BEFORE in desk.text
    assert "118/SGTVT-VP" in desk.text


# ── the year ───────────────────────────────────────────────────────────────────────────────────


async def the_year_is_opened_before_december_is_over(play, folder):
    """Điều 19 khoản 2 before 15/12, Điều 17 khoản 3 twelve months: the desk chooses once how December counts."""
    play.on("02/12/2026 09:00")
    await play.opens(folder, DECREE, year=2026)
    desk = await play.phone("head:VP")
    await desk.commands("dot")
    await desk.taps("desk_campaign", label="Năm 2026")
    await desk.taps("desk_last")
    assert "NĐ 335/2025, Điều 17 khoản 3" in desk.text
    assert "NĐ 335/2025, Điều 19 khoản 2" in desk.text
    await desk.taps("desk_last_ask", label="")
    await desk.taps("desk_last_put")


async def the_year_is_handed_in(play):
    """Nobody types a score but that of December; the suggestion is by the means worked by hand above."""
    answers = {who: {"m12": _december(who), **ORDINARY, "sick_leave": str(who == "ill").lower()} for who in play.ids}
    owing = {play.who(one.person.id) for one in await play.standings() if one.status in OWED}
    assert owing == set(play.ids)
    assert await play.everybody_hands_in("never", answers=answers) == len(owing) - 1
    got = {who: (await play.standings(who))[0] for who in MEANS}
    assert {who: one.self_rating.value for who, one in got.items()} == RATINGS
    assert {who: await _mean_told(play, who) for who in MEANS} == {who: said(mean) for who, mean in MEANS.items()}


async def december_is_confirmed(play, folder):
    """What December came to takes the place of what was provisional: 82.5 of VP1, who is told with whoever looks at their year;
    (11 × 93 + 82.5) / 12 = 92.125. What was sent stays as it was sent.
    """
    year = (await play.standings("VP1"))[0].review
    drafts = await play.rows(DRAFT, review_id=year)
    await month_is_kept(play, folder, 12)
    told = {one.who for one in await play.all_told() if one.template == "notice/scores"}
    assert "VP1" in told
    assert told <= {"VP1", "head:VP", "director"}  # of all others December came to what was said of it
    (notice,) = await play.told("VP1", "notice/scores")
    assert "93, tạm tính → <b>82,5" in notice.text
    assert "93 điểm → <b>92,125 điểm</b>" in notice.text
    assert await play.rows(DRAFT, review_id=year) == drafts


def _december(who):
    """What each says of December before it is over; VP1 hopes for what the other months came to."""
    if who in LEADERS:
        return "91,25"
    share = 90 if who == "VP1" else SHARES.get(who, same(75)).get(12, 75)
    return said(GENERAL + Fraction(70 * share, 100))


def said(number: Fraction) -> str:
    """As the chat says a score: exactly, or cut with three dots behind it where that cannot be."""
    exact = Fraction(f"{float(number):.3f}") == number
    cut = float(number) if exact else int(number * 100) / 100
    return f"{cut:.3f}".rstrip("0").rstrip(".").replace(".", ",") + ("" if exact else "…")


async def _mean_told(play, who):
    phone = await play.phone(who)
    await phone.commands("tieptuc")
    return re.search(r"Tổng điểm trung bình cả năm: <b>([\d,…]+) điểm", phone.text)[1]


async def _sheets(play, who):
    async with play.store.reading() as tx:
        return await tx.reviews.mine(play.ids[who])


# ── an office that keeps quarters ──────────────────────────────────────────────────────────────

QUARTERS = {"GD1": (90, 80, 60, 90), "GD2": (90, 90, 90, 90), "GD3": (75, 75, 75, 75), "GD4": (25, 25, 25, 25)}
#: By hand: (93 + 86 + 72 + 93) / 4 = 86; 93; 82.5; 47.5, which is below 50 (Điều 20 khoản 4 điểm a).
QUARTERLY = {
    "GD1": ("86", "good"),
    "GD2": ("93", "excellent"),
    "GD3": ("82,5", "good"),
    "GD4": ("47,5", "not_completed"),
}


@pytest.fixture
async def quarterly(database_url):
    play = await Play.begin(database_url, office.quarterly(), "02/04/2026 08:00")
    yield play
    await play.ends()


@pytest.mark.long
async def test_four_quarters_to_the_year(quarterly, tmp_path):
    """A quarter stands for its three months (Điều 17 khoản 3); the fourth is over only in January, so that the superior has it finished
    by 15/01 (Điều 19 khoản 2).
    """
    play = quarterly
    await play.imports(tmp_path)
    for place, day in enumerate(("02/04/2026", "02/07/2026", "02/10/2026", "04/01/2027")):
        play.on(f"{day} 08:00")
        await play.opens(tmp_path, DECREE, year=2026, period=f"q{place + 1}")
        shares = {who: str(QUARTERS[who][place]) for who in QUARTERS}
        answers = {who: dict.fromkeys(("quantity", "quality", "progress"), share) for who, share in shares.items()}
        half = {"unit_result": "50", "organising": "100", "uniting": "100"}  # one of them is below 50
        assert await play.everybody_hands_in(answers={**answers, "chief": half}) == 5
        assert await play.all_look_through() == 4
    await play.opens(tmp_path, DECREE, year=2026)
    chief = await play.phone("chief")
    await chief.commands("dot")
    await chief.taps("desk_campaign", label="Năm 2026")
    await chief.taps("desk_last")
    await chief.taps("desk_last_ask", label="15/01/2027")
    await chief.says("Sở Xây dựng tỉnh Phú Đông; 2210/SXD-VP")
    assert await play.everybody_hands_in(answers=dict.fromkeys(play.ids, ORDINARY)) == 5
    got = {who: (await play.standings(who))[0].self_rating.value for who in QUARTERS}
    assert {who: (await _mean_told(play, who), got[who]) for who in QUARTERS} == QUARTERLY
