"""Plan S001 (16-KH/HU of 12/11/2020) played by a fictional district: tests/campaigns/son_thach_2020.py.

Opened on 16/11, the day the plan came in; cells and agencies from 25/11 until 5/12 (III.1.2), reports before 10/12, the
district decides before 30/12 (III.2). Cadres fill three forms (the decree's, the sheet of points, the party's), officials
and employees the decree's and, as party members, the party's. The year after it is the decree and the party's guidance,
two rulebooks at once.

Occurs here: party cells and members below a commune's own authority, lower before upper; collective before its people;
civil before party, within one rulebook and between two; nobody decided who was not reviewed; a cap by the unit, one
without and one with room (a head who came this year); a quota of collectives; party member under six months; long leave;
maternity; barred from the party's review; temporary activity; transferred with the old unit's opinion; two posts; absent
when the office meets and decided later; a second year not completed; a decision from outside recorded by the desk; what
was said in one form taken over in the other, and what fell short shown a year later; the plan of improvement from one's own
form.
"""

import pytest

from rules.reviews import ReviewStatus
from rules.service import LeaveKind
from storage.tables import AUDIT, IMPROVEMENT, OPINION, REVIEW, RULING, TURN
from tests.campaigns import son_thach_2020 as office
from tests.campaigns.colleague import OUTSTANDING
from tests.campaigns.stage import Play

CIVIL, CADRE, POINTS, PARTY, BODY = "mau-02", "mau-01", "mau-06-qd11", "mau-02-hd-2019", "mau-01-hd-2019"
PARTY_CARD, CADRE_CARD = "Mẫu 02-HD KĐ.ĐG 2019", "Mẫu số 01"

SHORT_OF = "Còn chậm trả lời văn bản của hai xã"
TO_MEND = "Trả lời văn bản của xã trong ba ngày làm việc"
POINTS_TOLD = {"Tổng điểm anh/chị tự chấm": "85"}


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, office.cast(), "16/11/2020 08:00")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    yield play
    await play.ends()


async def test_the_plan_of_a_district(play, tmp_path):
    await everybody_has_the_forms_of_the_plan(play)
    await other_bodies_are_asked(play)
    await told_on_the_days_of_the_plan(play)
    await handed_in_and_looked_through(play)
    await the_order_of_the_plan_is_kept(play)
    await the_commune_decides_its_cells(play)
    await who_was_absent_comes_later(play)
    await bodies_are_decided(play)
    await who_was_ill_is_held_down(play)
    await a_second_year_is_told_to_the_desk(play)
    await cards_tell_what_is_special(play)
    await most_are_decided_at_once(play)
    await no_cadre_is_above_the_unit(play)
    await a_head_who_came_this_year_is_no_worse_for_the_unit(play)
    await who_has_two_posts_is_rated_in_each_place(play)
    await a_new_member_is_not_rated_as_one(play)
    await the_district_decides(play)
    await the_province_decides_about_the_secretary(play)
    await closed_with_nothing_open(play)
    await mended_by_the_day_that_was_named(play)
    await the_year_after_remembers(play, tmp_path)


# ── November: opening, reminders, handing in ───────────────────────────────────────────────────


async def everybody_has_the_forms_of_the_plan(play):
    """II.3.3.1, II.3.1, II.2, II.1; in each place whoever has two posts (II.2)."""
    wanted = {
        "secretary": [CADRE, POINTS, PARTY],
        "dep:TG": [CADRE, POINTS, PARTY] * 2,
        "TC1": [CIVIL, PARTY],
        "TC2": [CIVIL],
        "arrived": ["mau-03", PARTY],
        "CT2": ["mau-03"],
        "barred": [CIVIL],
        "TH1": [PARTY],
        "cell:TH": [BODY],
        "body:VP": [BODY],
    }
    assert {who: await play.forms(who) for who in wanted} == wanted
    assert play.cast.person("barred").service.leaves[0].kind is LeaveKind.PARTY_SUSPENDED
    deciders = {who: (await play.standings(who))[0].decider_id for who in ("secretary", "TH1", "cell:TT", "head:X")}
    ids = {who: play.ids[who] for who in ("head:X", "secretary")}
    assert deciders == {"secretary": None, "TH1": ids["head:X"], "cell:TT": ids["head:X"], "head:X": ids["secretary"]}


async def other_bodies_are_asked(play):
    """II.2: the cell of a temporary activity; the old unit of who came after six months or more."""
    asked = {(one["kind"], one["of"], one["cite"]) for one in await play.rows(OPINION)}
    assert asked == {
        ("temporary_cell", office.CELL_OUTSIDE, "II.2"),
        ("old_unit", office.EDUCATION, "II.2"),
        ("old_unit", office.EDUCATION, "NĐ 90/2020, Điều 20 khoản 1"),
    }
    old = await play.phone("head:GD")
    for _ in range(2):
        await old.commands("ykien")
        button = next(key for key, one in old.keys if one.verb == "opinion_card")
        await old.taps("opinion_card", label=button.label)
        await old.taps("opinion_write")
        await old.says("Bảy tháng ở Phòng: hoàn thành tốt nhiệm vụ, chấp hành nghiêm nội quy.")
        await old.taps("opinion_give")
    desk = await play.phone("head:TC")
    await desk.commands("ykien")
    await desk.taps("opinion_card")
    await desk.taps("opinion_write")
    await desk.says("Chi bộ 3: tham gia sinh hoạt đầy đủ.")
    await desk.taps("opinion_give")
    assert all(one["given_at"] for one in await play.rows(OPINION))


async def told_on_the_days_of_the_plan(play):
    """People owe theirs by 5/12; a week before is a Saturday, so everybody is told on Friday 27/11, nobody on Thursday."""
    for when, everybody in (("26/11/2020", ()), ("27/11/2020", play.ids)):
        told = await play.reminders(when)
        own = {who: {(one["due"], one["days"]) for one in things if one["what"] == "own"} for who, things in told.items()}
        assert {who: found for who, found in own.items() if found} == {who: {("2020-12-05", 8)} for who in everybody}


async def handed_in_and_looked_through(play):
    """Everybody but who is absent; what a cadre says in the decree's form is taken over in the party's."""
    play.on("03/12/2020 09:00")
    assert await play.everybody_hands_in("absent", answers=_answers(play)) == 115
    civil, party = await play.rows(REVIEW, person_id=play.ids["VP1"])
    assert party["answers"]["tasks"]["value"]["items"] == civil["answers"]["tasks"]["value"]["items"]
    assert party["answers"]["shortcomings"]["value"] == civil["answers"]["shortcomings"]["value"] == SHORT_OF
    await play.all_look_through()
    left = {play.who(one.person.id): one.status for one in await play.standings() if one.status is not ReviewStatus.APPROVED}
    assert left == {"secretary": ReviewStatus.SUBMITTED, "absent": ReviewStatus.DRAFTING}


def _answers(play):
    plain = {who: {"civil_servant": "false"} for who in play.ids if who[:2] in {"TH", "TT"} or who in {"head:TH", "head:TT"}}
    best = {**OUTSTANDING, "unit_rating": "excellent"}
    weak = {"levels": "average"}
    own = {
        **plain,
        "body:TC": OUTSTANDING,
        "body:VP": OUTSTANDING,
        "head:TC": best,
        "body:KT": weak,
        "body:CT": weak,
        "arrived": {"arrived": "true"},
        "failed": {"disciplined": "true"},
        "mother": {"maternity_leave": "true"},
        "VP1": {"hạn chế, khuyết điểm của mình": SHORT_OF, "khắc phục những hạn chế": TO_MEND},
    }
    usual = {"unit_rating": "good", "arrived": "false", **POINTS_TOLD}
    return {who: {**usual, **own.get(who, {})} for who in play.ids}


# ── December: deciding ─────────────────────────────────────────────────────────────────────────


async def the_order_of_the_plan_is_kept(play):
    """II.2: lower bodies first, the collective before its people, civil before party, nobody who was not reviewed."""
    play.on("07/12/2020 09:00")
    secretary, name = await play.phone("secretary"), play.cast.name
    assert "14 bản chưa quyết định; cấp dưới xếp loại trước (II.2)" in await secretary.chooses(name("body:X"), "good")
    assert "tập thể trước, cá nhân sau (II.2)" in await secretary.chooses(name("VP2"), "good")
    said = await secretary.chooses(name("TG1"), "good", "good", holding=PARTY_CARD)
    assert "mức đó có trước, mức đảng viên sau (II.2)" in said
    assert "coi như chưa kiểm điểm (II.2)" in await secretary.chooses(name("absent"), "good", holding="Mẫu số 02", which="r")


async def the_commune_decides_its_cells(play):
    """III.1.2.b: the commune's committee decides cells and members; one press for fourteen."""
    commune = await play.phone("head:X")
    assert await commune.decides_the_list() == 1
    villages = {who for who in play.ids if play.cast.person(who).unit in office.VILLAGES.values()}
    assert {who for who in villages if (await play.standings(who))[0].decided} == villages


async def who_was_absent_comes_later(play):
    """Whoever was away on 5/12 (II.2: as soon as may be, and reported later): the head, the leader in charge and the desk
    hear of it on the way.
    """
    for when, who in (("07/12/2020", "head:TG"), ("09/12/2020", "vice"), ("11/12/2020", "head:TC")):
        late = [one for one in (await play.reminders(when))[who] if one["what"] == "late"]
        assert [one["names"] for one in late if one["stage"] == "not_handed_in"] == [[play.cast.name("absent")]], when
    play.on("14/12/2020 09:00")
    assert await (await play.phone("absent")).hands_in_all() == 2
    await (await play.phone("head:TG")).looks_through()
    assert {one.status for one in await play.standings("absent")} == {ReviewStatus.APPROVED}


async def bodies_are_decided(play):
    """II.2: of the collectives a fifth of those that are good, and one where these are under five."""
    play.on("28/12/2020 09:00")
    secretary, name = await play.phone("secretary"), play.cast.name
    for short in ("TG", "GD", "X"):
        await secretary.decides(name(f"body:{short}"), "good")
    for short in ("KT", "CT"):
        await secretary.decides(name(f"body:{short}"), "completed")
    await secretary.decides(name("body:TC"), "excellent")
    assert "sẽ là 2, nhiều nhất được 1 (II.2)" in await secretary.chooses(name("body:VP"), "excellent")
    await secretary.decides(name("body:VP"), "good", texts=("Ban Thường vụ chọn một tập thể tiêu biểu hơn.",))


async def who_was_ill_is_held_down(play):
    """Four months: as an official by the decree, as a party member by the plan (II.2)."""
    secretary, name = await play.phone("secretary"), play.cast.name("sick")
    assert "(NĐ 90/2020, Điều 2 khoản 3)" in await secretary.chooses(name, "good", holding="Mẫu số 02")
    await secretary.decides(name, "completed", holding="Mẫu số 02")
    said = await secretary.chooses(name, "completed", "good", holding=PARTY_CARD)
    assert "Cao hơn mức khống chế “Hoàn thành nhiệm vụ” vì thời gian nghỉ trong năm (II.2)" in said


async def cards_tell_what_is_special(play):
    """II.2: on leave, active elsewhere for a time, away when the cell met."""
    secretary, name = await play.phone("secretary"), play.cast.name
    for who, words in (("mother", "nghỉ thai sản"), ("temporary", "tham gia sinh hoạt đầy đủ"), ("absent", "báo cáo bổ sung")):
        await secretary.lists()
        await secretary.opens("decide_card", name(who), PARTY_CARD)
        assert words in secretary.text, secretary.text


async def most_are_decided_at_once(play):
    """III.2: whose rating of themselves is the suggestion, and against whom nothing stands."""
    await (await play.phone("secretary")).decides_the_list()
    left = {play.who(one.person.id) for one in await play.standings() if not one.decided}
    assert left == {"secretary", "vice", "chair", "body", "head:KT", "dep:KT", "arrived", "dep:TG", "joined"}


async def no_cadre_is_above_the_unit(play):
    """II.3.3.2.3: no cadre above the collective and the unit; II.2: nor its head."""
    secretary, name = await play.phone("secretary"), play.cast.name
    assert "(II.3.3.2.3)" in await secretary.chooses(name("dep:KT"), "good", holding=CADRE_CARD)
    assert "(II.2; II.3.3.2.3)" in await secretary.chooses(name("head:KT"), "good", holding=CADRE_CARD)
    for who in ("head:KT", "dep:KT"):
        await secretary.decides(name(who), "completed", holding=CADRE_CARD)
        await secretary.decides(name(who), "completed", "completed", holding=PARTY_CARD)


async def a_head_who_came_this_year_is_no_worse_for_the_unit(play):
    """II.2: the authority need not hold such a head to the new unit's rating; it says why."""
    secretary, name = await play.phone("secretary"), play.cast.name("arrived")
    assert "Được quyết định khác khi có lý do (II.2)" in await secretary.chooses(name, "good", holding="Mẫu số 03")
    why = "Nhận nhiệm vụ từ 01/8/2020, không liên quan kết quả của Trung tâm."
    await secretary.decides(name, "good", texts=(why,), holding="Mẫu số 03")
    await secretary.decides(name, "good", "good", holding=PARTY_CARD)
    rulings = [row for one in await play.standings("arrived") for row in await play.rows(RULING, review_id=one.review)]
    assert [(one["rating"], one["cite"], one["reason"]) for one in rulings] == [("good", "II.2", why), ("good", "", "")]


async def who_has_two_posts_is_rated_in_each_place(play):
    """II.2: each place has its own; where they differ the authority decides."""
    secretary, name = await play.phone("secretary"), play.cast.name("dep:TG")
    there = f"{office.CENTRE}\nPhiếu đánh giá"
    assert "(II.3.3.2.3)" in await secretary.chooses(name, "good", holding=there)
    await secretary.decides(name, "completed", holding=there)
    await secretary.decides(name, "completed", "completed", holding=f"{office.CENTRE}\nBản kiểm điểm")
    both = [(one.person.unit, one.ruled) for one in await play.standings("dep:TG") if one.form == CADRE]
    assert both == [(office.PROPAGANDA, "good"), (office.CENTRE, "completed")]


async def a_new_member_is_not_rated_as_one(play):
    """II.2: of less than six months; reviewed all the same."""
    secretary, name = await play.phone("secretary"), play.cast.name("joined")
    said = await secretary.chooses(name, "good", "good", holding=PARTY_CARD)
    assert "Xếp loại đảng viên: Người này thuộc trường hợp không xếp loại (II.2)" in said
    await secretary.decides(name, "good", "none", holding=PARTY_CARD)


async def a_second_year_is_told_to_the_desk(play):
    """II.3.6.3: disciplined, so not completed, as the year before; the desk hears of it with the clause."""
    secretary, name = await play.phone("secretary"), play.cast.name("failed")
    assert "Đã có căn cứ xếp loại không hoàn thành nhiệm vụ" in await secretary.chooses(name, "completed")
    await secretary.decides(name, "not_completed")
    (told,) = await play.told("head:TC", "notice/two_years")
    assert play.cast.name("failed") in told.text
    assert "II.3.6.3" in told.text


async def the_district_decides(play):
    """III.2: before 30/12; with everything below decided, the standing committee's own collective, then its deputies."""
    await (await play.phone("secretary")).decides_the_list()
    left = {play.who(one.person.id) for one in await play.standings() if not one.decided}
    assert left == {"secretary"}


async def the_province_decides_about_the_secretary(play):
    """II.3.7: above the district; the desk records the written decision, each form with it."""
    play.on("30/12/2020 09:00")
    desk, name = await play.phone("head:TC"), play.cast.name("secretary")
    written = ("Thông báo số 212-TB/TU ngày 29/12/2020", "Phó Bí thư Tỉnh ủy Hà Quang Dự")
    await desk.decides(name, "good", texts=written, holding=CADRE_CARD, which="o")
    await desk.decides(name, texts=written, holding="Mẫu số 06", which="o")
    await desk.decides(name, "good", "good", texts=written, holding=PARTY_CARD, which="o")
    assert await play.ratings("secretary") == {CADRE: ["good"], POINTS: [], PARTY: ["good", "good"]}
    told = await play.told("secretary", "notice/ruled")
    assert len(told) == 3
    assert all(written[0] in one.text for one in told)


async def closed_with_nothing_open(play):
    """Everybody heard of theirs."""
    decided = {one.person.id for one in await play.standings()}
    told = {one.who for one in await play.all_told() if one.template == "notice/ruled"}
    assert {play.who(person) for person in decided} == told
    desk = await play.phone("head:TC")
    await desk.commands("dot")
    await desk.taps("desk_close")
    assert "Mọi bản đã xong" in desk.text
    await desk.taps("desk_close_now")
    (closed,) = await play.rows(AUDIT, what="campaign closed")
    assert closed["detail"]["open"] == []


# ── the year after ─────────────────────────────────────────────────────────────────────────────


async def mended_by_the_day_that_was_named(play):
    """I: after the review, what is put right and by when; taken over from one's own form, told a week before."""
    play.on("05/01/2021 09:00")
    phone = await play.phone("VP1")
    await phone.commands("khacphuc")
    await phone.taps("plan_offers")
    await phone.taps("plan_take", label="2")
    await phone.says("30/06/2021")
    told = await play.reminders("23/06/2021")
    assert {who: [(one["what"], one["text"], one["days"]) for one in things] for who, things in told.items()} == {
        "VP1": [("plan", TO_MEND, 7)]
    }
    await phone.commands("khacphuc")
    await phone.taps("plan_done")
    (line,) = await play.rows(IMPROVEMENT)
    assert (line["what"], line["year"], line["done_on"] is not None) == (TO_MEND, 2020, True)


async def the_year_after_remembers(play, folder):
    """2021, under the decree and the party's guidance: what fell short last year is shown, and the civil form comes first."""
    play.on("15/11/2021 08:00")
    await play.opens(folder, "decree-90-2020", "party-2019", year=2021)
    assert await play.forms("VP1") == [CIVIL, PARTY]
    assert await play.forms("head:VP") == [CADRE, PARTY]
    phone = await play.phone("VP1")
    assert await phone.hands_in_all() == 2
    offers = [offer for row in await play.rows(TURN, person_id=play.ids["VP1"]) for offer in _offers(row["replies"])]
    assert {(one["text"], one["year"]) for one in offers if one.get("recalled")} == {(SHORT_OF, 2020)}
    await (await play.phone("head:VP")).looks_through()
    said = await (await play.phone("secretary")).chooses(phone.name, "good", "good", holding=PARTY_CARD)
    for words in ("tập thể trước, cá nhân sau", "mức đó có trước, mức đảng viên sau"):
        assert f"{words} (KH 16-KH/HU ngày 12/11/2020, II.2) (chưa đối chiếu được với văn bản gốc)" in said


def _offers(replies):
    """What was said before, as it was shown beside a question."""
    return [reply["values"]["offer"] for reply in replies or () if reply["values"].get("offer")]
