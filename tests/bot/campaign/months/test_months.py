"""From months and quarters to the year (Nghị định 335/2025/NĐ-CP, Điều 17 khoản 3, Điều 19), through the real house and with every figure
worked by hand: an office of seven, whose months are on record and whose year is filled in, followed, decided.

General points 30 of 30 and a result of n percent make 30 + 0,7 n: of 90 percent 93, of 80 percent 86, of 60 percent 72.
"""

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import pytest
import sqlalchemy as sa

from bot.campaign.campaigns import open_campaign
from bot.campaign.months.sent import json_of, months_of, record_file, workbook_of
from bot.campaign.months.tracked import tracked, with_scores
from bot.clock import ZONE
from bot.ledgers.sent_months import read_months
from bot.turn.house import House
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.campaign.deciding.judgement import judgements
from rules.forms.answers_stamp import answers_stamp
from rules.nouns.periods import MONTHS, period
from rules.nouns.reviews import Answer, Decision, Outcome, Review, ReviewStatus
from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.tracking import LastMonth, LastMonthChoice, Standing
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit
from storage.store import Store
from templates.wording import message
from tests.bot.playing import Clock, Phone, house_over, shelf, together

BOOK = "decree-335-2025"
GENERAL = ("p11", "p12", "p21", "p22", "p23", "p24", "p31", "p32", "p33", "p34")
MOST = dict.fromkeys(GENERAL, 2.5) | {"p11": 5, "p12": 5}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def one(key: str, name: str, *, role: str = "", desk: bool = False, service: Service = Service()) -> RosterPerson:  # noqa: B008 - frozen
    leads = role == "head"
    position = "Trưởng phòng" if leads else "Chuyên viên"
    return RosterPerson(
        key,
        name,
        position,
        "Phòng Một",
        Subject.OFFICIAL,
        leads,
        role,
        party_member=False,
        serves_public=False,
        desk=desk,
        service=service,
    )


PEOPLE = (
    one("H", "Hà Văn Hùng", role="head"),
    one("D", "Đỗ Thị Dung", desk=True),
    one("A", "Lê Thị An"),
    one("M", "Mai Thị Mơ", service=Service(leaves=(Leave(LeaveKind.MATERNITY, day("2026-08-01"), day("2026-12-31")),))),
    one("C", "Cao Văn Cả", service=Service(joined=day("2026-07-01"), moved_on=day("2026-07-01"), moved_from="Chi cục Khác", there_since=day("2018-01-01"))),
    one("R", "Rơ Châm Rin", service=Service(joined=day("2026-08-10"))),
    one("Q", "Quách Thị Quý"),
)  # fmt: skip
ROSTER = Roster((RosterUnit("Chi cục Thử", ""), RosterUnit("Phòng Một", "Chi cục Thử", desk=True)), PEOPLE)


@dataclass
class Year:
    """The office, its house, and the phones in its hands."""

    store: Store
    clock: Clock
    house: House
    ids: dict[str, int] = field(default_factory=dict)
    updates: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def closes(self, campaign: int) -> None:
        async with self.store.transaction() as tx:
            await tx.campaigns.close(campaign, self.clock())
            await tx.commit()

    async def opens(self, name: str) -> int:
        done = await open_campaign(self.store, shelf(), [BOOK], 2026, ROSTER, self.clock(), period=name)
        async with self.store.reading() as tx:
            office = await tx.units.office("Chi cục Thử")
            assert office is not None
            self.ids = dict(await tx.rosters.ids(office))
        return done.campaign

    async def review(self, who: str, name: str) -> Review:
        async with self.store.reading() as tx:
            ever = await tx.reviews.ever(self.ids[who])
            return (await with_scores(tx, shelf(), [next(r for r in ever if r.campaign.period == name)]))[0]

    async def sends(self, who: str, name: str, percent: float) -> None:
        """A sheet of that result, handed in as the interview keeps it."""
        review = await self.review(who, name)
        given = MOST | {"quantity": percent, "quality": percent, "progress": percent}
        if review.person.leader:
            given |= {"unit_result": 100, "organising": 100, "uniting": 100}
        answers = {key: Answer(value) for key, value in given.items()}
        form = shelf()[review.campaign.edition].forms[review.form]
        async with self.store.transaction() as tx:
            await tx.reviews.locked(review.id)
            for key, answer in answers.items():
                await tx.reviews.keep_answer(review.id, key, answer, review.person.id, self.clock())
            await tx.reviews.submit(review.id, answers_stamp(form, answers), None, None, self.clock())
            await tx.commit()

    async def confirms(self, who: str, name: str) -> None:
        review = await self.review(who, name)
        assert review.draft is not None
        decision = Decision(
            review.draft.version, Outcome.APPROVED, self.ids["H"], "Hà Văn Hùng", "Trưởng phòng", self.clock()
        )
        async with self.store.transaction() as tx:
            await tx.reviews.decide(review.id, decision)
            await tx.reviews.finish(review.id)
            await tx.commit()

    async def chooses(self, campaign: int, choice: LastMonthChoice) -> None:
        async with self.store.transaction() as tx:
            await tx.campaigns.set_last_month(campaign, LastMonth(choice))
            await tx.commit()

    async def phone(self, who: str) -> Phone:
        async with self.store.transaction() as tx:
            await tx.accounts.tie("web", who, self.ids[who], self.clock())
            await tx.commit()
        return Phone(self.house, who, self.updates)

    async def score(self, who: str) -> float | None:
        """The year's points by what is known now, as the authority sees them."""
        (judged,) = judgements(shelf()[BOOK, day("2026-12-15")], await self.review(who, "year")).values()
        return judged.suggestion.score if judged.suggestion else None

    async def told(self, who: str) -> list[dict]:
        async with self.store.reading() as tx:
            rows = await tx.connection.execute(_DELIVERIES)
        return [
            json.loads(row.reply) if isinstance(row.reply, str) else row.reply
            for row in rows
            if row.person_id == self.ids[who]
        ]


_DELIVERIES = sa.text("select person_id, reply from delivery order by id")


@pytest.fixture
async def year(store) -> Year:
    clock = Clock(dt.datetime(2026, 12, 2, 9, 0, tzinfo=ZONE))
    return Year(store, clock, house_over(store, clock))


async def eleven_months(year: Year, *who: str, percent: float = 90) -> None:
    for name in MONTHS[:11]:
        await year.opens(name)
        for each in who:
            await year.sends(each, name, percent)
            await year.confirms(each, name)


async def test_without_a_choice_of_december_nothing_is_rated_and_the_clauses_are_named(year):
    """Điều 17 khoản 3 asks twelve months, Điều 19 khoản 2 the rating before 15/12."""
    await eleven_months(year, "A")
    campaign = await year.opens("year")
    review = await year.review("A", "year")
    assert review.held["m12"].standing is Standing.UNSETTLED
    assert [one.standing for one in list(review.held.values())[:11]] == [Standing.CONFIRMED] * 11
    desk = await year.phone("D")
    await desk.commands("dot")
    assert desk.text.count("Nghị định 335/2025/NĐ-CP") == 0  # a line for each of twelve campaigns, no title
    assert "• Tháng 11/2026: đã gửi 1/" in desk.text
    assert "Chưa chọn cách tính điểm tháng 12/2026: chưa ai được xếp loại năm." in desk.text
    await desk.presses("desk_last", str(campaign))
    assert "Điểm tháng 12/2026 trong điểm năm" in desk.text
    await desk.presses("desk_campaign", str(campaign))
    assert "Chưa chọn cách tính điểm tháng 12/2026: chưa ai được xếp loại năm." in desk.text
    await desk.presses("desk_last")
    assert "NĐ 335/2025, Điều 17 khoản 3" in desk.text
    assert "NĐ 335/2025, Điều 19 khoản 2" in desk.text
    await desk.presses("desk_last_ask", str(campaign), "later")
    await desk.says("Sở Nội vụ")
    assert "cách nhau bằng dấu chấm phẩy" in desk.text
    await desk.says("Sở Nội vụ; 123/SNV-CCVC")
    assert "hoàn thành trước ngày 15/01/2027; Sở Nội vụ cho phép tại văn bản số 123/SNV-CCVC." in desk.text
    assert (await year.review("A", "year")).campaign.last_month == LastMonth(
        LastMonthChoice.LATER, "Sở Nội vụ", "123/SNV-CCVC"
    )
    await desk.presses("desk_last_ask", str(campaign), "provisional")  # an old button: it is chosen once
    assert "đã chọn: hoàn thành" in desk.text


async def test_the_desk_reads_which_months_are_missing_and_who_has_them(year):
    """Of A two months are in, the second with the head; C's first half is with the body before (Điều 19 khoản 1); M is away from August."""
    for name in MONTHS[:2]:
        await year.opens(name)
        await year.sends("A", name, 90)
    await year.confirms("A", "m01")
    campaign = await year.opens("year")
    desk, other = await year.phone("D"), await year.phone("A")
    await desk.does(Pressed(Button("desk_campaign", 0, (str(campaign),))))
    await desk.presses("desk_months")
    said = desk.text.splitlines()
    december = "tháng 12 chờ bộ phận tổ chức chọn cách tính."
    assert f"• <b>Lê Thị An</b>: tháng 2 chờ Hà Văn Hùng xác nhận; tháng 3–11 chưa gửi; {december}" in said
    assert f"• <b>Cao Văn Cả</b>: tháng 1–6 chờ Chi cục Khác gửi sang; tháng 7–11 chưa gửi; {december}" in said
    assert "• <b>Mai Thị Mơ</b>: tháng 1–7 chưa gửi." in said
    await other.does(Pressed(Button("desk_months", 0, (str(campaign),))))
    assert "Mai Thị Mơ" not in other.text


async def test_a_provisional_december_is_marked_and_compared_when_it_is_confirmed(year):
    """Eleven months of 93 and a December of 81: (11 × 93 + 81) / 12 = 92; confirmed at 72 it is (1023 + 72) / 12 = 91,25."""
    await eleven_months(year, "A")
    campaign = await year.opens("year")
    await year.chooses(campaign, LastMonthChoice.PROVISIONAL)
    phone = await year.phone("A")
    await fills_in_the_year(year, phone, m12="81")
    assert "tháng 12/2026: 81, tạm tính" in phone.text
    assert "Tổng điểm trung bình cả năm: <b>92 điểm</b>" in phone.text
    await phone.presses("send")
    sent = await year.review("A", "year")
    assert sent.draft is not None
    assert sent.draft.answers["m12"].held.standing is Standing.PROVISIONAL
    assert await year.score("A") == 92
    await year.opens("m12")
    await year.sends("A", "m12", 60)
    assert await year.score("A") == 92  # what was foreseen counts until the sheet is confirmed
    assert not [one for one in await year.told("A") if one["template"] == "notice/scores"]
    head = await year.phone("H")
    sheet = await year.review("A", "m12")
    await head.does(Pressed(Button("head_card", sheet.id)))
    await head.presses("head_agree")
    assert await year.score("A") == float(Fraction(1095, 12))
    (told,) = [one for one in await year.told("A") if one["template"] == "notice/scores"]
    (change,) = told["values"]["changed"]
    assert (change["before"]["standing"], change["before"]["score"]) == ("provisional", 81)
    assert (change["now"]["standing"], change["now"]["score"]) == ("confirmed", 72)
    assert (await year.review("A", "year")).draft == sent.draft


async def test_a_year_decided_on_a_provisional_december_says_so_and_is_compared_when_it_is_confirmed(year):
    """The same: 92 as it was decided; 91,25 by the December that was confirmed afterwards. The decision stays as it is."""
    await eleven_months(year, "A")
    await year.chooses(await year.opens("year"), LastMonthChoice.PROVISIONAL)
    phone, head, desk = [await year.phone(who) for who in "AHD"]
    await fills_in_the_year(year, phone, m12="81")
    await phone.presses("send")
    of_year = await year.review("A", "year")
    await head.does(Pressed(Button("head_card", of_year.id)))
    await head.presses("head_agree")
    await desk.commands("quyetdinh")
    listed = "Điểm tháng 12/2026 trong các phiếu năm được lấy tạm tính, đến khi tháng này được xác nhận."
    assert listed in desk.text
    await desk.does(Pressed(Button("decide_card", of_year.id)))
    await desk.presses("decide_choose")
    await desk.presses("decide_rate")
    await desk.says("Theo kết luận của tập thể lãnh đạo.")
    await desk.says("12/QĐ-CCT ngày 02/12/2026")
    await desk.says("Lò Văn Lãnh, Cục trưởng")
    marked = "Điểm tháng 12/2026 (81) là tạm tính, nên điểm cả năm cũng là tạm tính"
    assert marked in desk.text
    await desk.presses("decide_confirm")
    (notice,) = [one for one in await year.told("A") if one["template"] == "notice/ruled"]
    assert marked in message("notice/ruled", notice["values"], "vi")
    await phone.commands("ketqua")
    await phone.does(Pressed(Button("result_show", of_year.id)))
    assert marked in phone.text

    await year.opens("m12")
    await year.sends("A", "m12", 60)
    sheet = await year.review("A", "m12")
    await head.does(Pressed(Button("head_card", sheet.id)))
    await head.presses("head_agree")
    await phone.does(Pressed(Button("result_show", of_year.id)))
    assert "Điểm tháng 12/2026 lúc gửi phiếu là 81, tạm tính; nay đã xác nhận 72." in phone.text
    assert "92 điểm → <b>91,25 điểm</b>" in phone.text


async def test_a_confirmed_month_is_done_anew_and_the_year_follows(year):
    """Điều 4 khoản 4. March of 93 done anew at 72: (11 × 93 + 72) / 12 = 91,25, from 93."""
    await eleven_months(year, "A")
    campaign = await year.opens("year")
    await year.chooses(campaign, LastMonthChoice.PROVISIONAL)
    phone, head = await year.phone("A"), await year.phone("H")
    await fills_in_the_year(year, phone, m12="93")
    await phone.presses("anew_list")
    march = await year.review("A", "m03")
    await phone.does(Pressed(Button("anew_ask", march.id, ("1",))))
    await phone.says("Tháng 3 tính nhầm một sản phẩm")
    assert "Đã gửi đề nghị làm lại." in phone.text
    await phone.does(Pressed(Button("anew_ask", march.id, ("1",))))
    assert "đang chờ trả lời" in phone.text
    await phone.does(Pressed(Button("anew_agree", march.id, ("1",))))
    assert "không phải của anh/chị" in phone.text  # nobody answers their own
    await phone.commands("tieptuc")
    await phone.presses("send")
    assert await year.score("A") == 93
    await head.does(Pressed(Button("anew_agree", march.id, ("1",))))
    assert "Đã đồng ý để Lê Thị An làm lại phiếu." in head.text
    await head.does(Pressed(Button("anew_agree", march.id, ("1",))))
    assert "đã được trả lời" in head.text
    again = await year.review("A", "m03")
    assert (again.status, len(again.drafts)) == (ReviewStatus.DRAFTING, 1)
    assert await year.score("A") is None
    await year.sends("A", "m03", 60)
    await head.does(Pressed(Button("head_card", march.id)))
    await head.presses("head_agree")
    assert await year.score("A") == float(Fraction(11 * 93 + 72, 12))
    both = await year.review("A", "m03")
    assert [one.version for one in both.drafts] == [1, 2]
    assert not both.redone
    changes = [one["values"]["changed"][0] for one in await year.told("A") if one["template"] == "notice/scores"]
    assert [(one["before"]["score"], one["now"] and one["now"]["score"]) for one in changes] == [(93, None), (93, 72)]


async def test_months_before_a_move_come_from_the_body_before(year):
    """Điều 19 khoản 1: six months of 80 sent, five of 93 and a December of 93: (6 × 80 + 6 × 93) / 12 = 86,5; questions-rate n=50."""
    for name in MONTHS[6:11]:
        await year.opens(name)
        await year.sends("C", name, 90)
        await year.confirms("C", name)
    campaign = await year.opens("year")
    await year.chooses(campaign, LastMonthChoice.PROVISIONAL)
    phone, desk = await year.phone("C"), await year.phone("D")
    await fills_in_the_year(year, phone, m12="93")
    assert "• tháng 1–6/2026: chờ Chi cục Khác gửi kết quả\n" in phone.text
    await phone.presses("send")
    assert await year.score("C") is None
    await desk.does(Pressed(Button("crew_months", 0, (str(year.ids["C"]),))))
    assert "do Chi cục Khác gửi" in desk.text
    await desk.says("45/CV; t1 80; t2 180")
    assert "Tôi chưa hiểu “t2 180”: cần một tháng hoặc quý và điểm từ 0 đến 100.\n" in desk.text
    await desk.says("45/CV; t1 80; t2 80; t3 80; q2 80")
    assert "theo văn bản số 45/CV" in desk.text
    assert await year.score("C") == 86.5
    assert [one["template"] for one in await year.told("C")].count("notice/scores") == 1
    held = (await year.review("C", "year")).held
    assert [(held[name].standing, held[name].paper, held[name].of) for name in ("m03", "m04")] == [
        (Standing.OUTSIDE, "45/CV", ""),
        (Standing.OUTSIDE, "45/CV", "q2"),
    ]


async def test_what_one_office_writes_another_reads(year):
    await eleven_months(year, "A")
    async with year.store.reading() as tx:
        value = await months_of(tx, shelf(), year.ids["A"], 2026)
    assert [(row["period"], row["score"]) for row in value["periods"]] == [(name, 93) for name in MONTHS[:11]]
    for content in (json_of(value), workbook_of(value)):
        rows = read_months(content)["periods"]
        assert [(row["period"], row["score"]) for row in rows] == [(name, 93) for name in MONTHS[:11]]
    async with year.store.transaction() as tx:
        await record_file(tx, shelf(), year.ids["R"], read_months(workbook_of(value)), "7/CV", year.clock())
        await tx.commit()
    async with year.store.reading() as tx:
        assert len(await tx.tracking.outside([year.ids["R"]], [2026])) == 11


async def test_leave_a_recruit_and_quarters_only(year):
    """Maternity from 1 August: seven months of 93. A recruit of 10 August owes neither July nor the second quarter. An office that keeps
    only quarters: 93, 86, 72 and a December of 93 in place of a fourth quarter: (3 × 93 + 3 × 86 + 3 × 72 + …) waits for October and November.
    """
    opened = [await year.opens(name) for name in MONTHS[:11]]
    async with year.store.reading() as tx:
        asked = {who: {r.campaign.period for r in await tx.reviews.ever(year.ids[who])} for who in ("M", "R", "A", "C")}
    assert asked["M"] == set(MONTHS[:7])
    assert asked["R"] == set(MONTHS[7:11])
    assert asked["A"] == set(MONTHS[:11])
    assert asked["C"] == set(MONTHS[6:11])
    for name in MONTHS[:7]:
        await year.sends("M", name, 90)
        await year.confirms("M", name)
    for name, percent in (("q1", 90), ("q2", 80), ("q3", 60), ("q4", 90)):
        await year.opens(name)
        await year.sends("Q", name, percent)
        await year.confirms("Q", name)
    for campaign in opened:
        await year.closes(campaign)
    await year.opens("year")
    async with year.store.reading() as tx:
        people = [await tx.people.get(year.ids[who]) for who in ("M", "R", "Q")]
        known = await tracked(tx, shelf(), people, period(2026))
    mother, recruit, quarterly = (known[year.ids[who], 0].months for who in ("M", "R", "Q"))
    assert [one.standing for one in mother] == [Standing.CONFIRMED] * 7 + [Standing.NOT_OWED] * 5
    assert [one.standing for one in recruit] == [Standing.NOT_OWED] * 7 + [Standing.OWED] * 5
    assert sum(Fraction(str(one.score)) for one in quarterly) / 12 == Fraction(93 + 86 + 72 + 93, 4)
    phone = await year.phone("Q")
    await fills_in_the_year(year, phone)
    assert "Tổng điểm trung bình cả năm: <b>86 điểm</b>" in phone.text
    other = await year.phone("M")
    await fills_in_the_year(year, other, maternity_leave="true")
    assert "nghỉ thai sản: tháng 8/2026" in other.text
    assert "Tổng điểm trung bình cả năm: <b>93 điểm</b>" in other.text


async def test_a_month_never_sent_is_declared_and_one_sent_is_waited_for(year):
    """Ten months of 93, one typed (70), one sent and not confirmed: nothing until it is; then (10 × 93 + 70 + 86) / 12 = 90,5."""
    for name in MONTHS[:11]:
        campaign = await year.opens(name)
        if name == "m05":
            await year.closes(campaign)
            continue
        await year.sends("A", name, 80 if name == "m11" else 90)
        if name != "m11":
            await year.confirms("A", name)
    campaign = await year.opens("year")
    await year.chooses(campaign, LastMonthChoice.PROVISIONAL)
    phone = await year.phone("A")
    await fills_in_the_year(year, phone, m05="70", m12="93")
    assert "tháng 5/2026: 70, tự khai" in phone.text
    assert "tháng 11/2026: 86, chưa xác nhận" in phone.text
    await phone.presses("send")
    assert await year.score("A") is None
    await year.confirms("A", "m11")
    assert await year.score("A") == float(Fraction(10 * 93 + 70 + 86, 12))


async def begins_the_year(year: Year, phone: Phone) -> None:
    """With what the roster says of who was away."""
    await phone.does(Pressed(Button("next", (await year.review(phone.account, "year")).id)))
    while "Dùng lại cả" in str(phone.answered.replies):
        await phone.presses("known_all")


async def fills_in_the_year(year: Year, phone: Phone, **given: str) -> None:
    """Every question of the year's form, to the page before sending."""
    plain = {
        "months_worked": "12",
        "maternity_leave": "false",
        "sick_leave": "false",
        "degradation": "false",
        "disciplined": "false",
    }
    wanted = plain | given
    await begins_the_year(year, phone)
    for _ in range(120):
        buttons = [Button.decode(key.data) for reply in phone.answered.replies for row in reply.keyboard for key in row]
        verbs = {one.verb for one in buttons if one}
        if "send" in verbs:
            return
        if "Xin viết lý do" in phone.text:
            await phone.says("Có lý do")
            continue
        options = [one for one in buttons if one and one.verb in {"answer", "rate"}]
        options = together([one for one in buttons if one])[:1] or options
        named = next(
            (one.about[0] for one in buttons if one and one.verb in {"answer", "skip", "rate"} and one.about), ""
        )
        if named in wanted and not options:
            await phone.says(wanted[named])
        elif options and options[0].verb == "answer":
            choice = next((one for one in options if one.about[1] == wanted.get(named)), options[-1])
            await phone.does(Pressed(choice))
        elif options:
            await phone.does(Pressed(options[0]))
        elif "skip" in verbs:
            await phone.presses("skip")
        else:
            await phone.says("12")
    raise AssertionError(phone.text)
