"""The second half of the play of a district: deciding, and the year after. See test_son_duong_2020."""

from rules.nouns.reviews import ReviewStatus
from storage.tables import AUDIT, IMPROVEMENT, RULING, TURN
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.offices.son_thach_2020 import (
    CADRE,
    CADRE_CARD,
    CIVIL,
    PARTY,
    PARTY_CARD,
    POINTS,
    SHORT_OF,
    TO_MEND,
)

# ── December: deciding ─────────────────────────────────────────────────────────────────────────


async def the_order_of_the_plan_is_kept(play):
    """II.2: lower bodies first, the collective before its people, civil before party, nobody who was not reviewed."""
    play.on("07/12/2020 09:00")
    secretary, name = await play.phone("secretary"), play.cast.name
    said = await secretary.chooses(name("body:X"), "good")
    assert "2 bản chưa quyết định; cấp dưới xếp loại trước (II.2)" in said, said
    assert "tập thể trước, cá nhân sau (II.2)" in await secretary.chooses(name("VP2"), "good")
    said = await secretary.chooses(name("TG1"), "good", "good", holding=PARTY_CARD)
    assert "mức đó có trước, mức đảng viên sau (II.2)" in said
    assert "coi như chưa kiểm điểm (II.2)" in await secretary.chooses(
        name("absent"), "good", holding="Mẫu số 02", which="r"
    )


async def the_commune_decides_its_cells(play):
    """III.1.2.b: the commune's committee decides cells and members; one press a form."""
    commune = await play.phone("head:X")
    assert await commune.decides_the_list() == 2
    villages = {who for who in play.ids if play.cast.person(who).unit in office.VILLAGES.values()}
    decided = {who for who in villages if (await play.standings(who))[0].decided}
    assert decided == villages, villages - decided


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
    assert "sẽ là 2, tối đa 1 (II.2)" in await secretary.chooses(name("body:VP"), "excellent")
    await secretary.decides(name("body:VP"), "good", texts=("Ban Thường vụ chọn một tập thể tiêu biểu hơn.",))


async def who_was_ill_is_held_down(play):
    """Four months: as an official by the decree, as a party member by the plan (II.2)."""
    secretary, name = await play.phone("secretary"), play.cast.name("sick")
    assert "(NĐ 90/2020, Điều 2 khoản 3)" in await secretary.chooses(name, "good", holding="Mẫu số 02")
    await secretary.decides(name, "completed", holding="Mẫu số 02")
    said = await secretary.chooses(name, "completed", "good", holding=PARTY_CARD)
    assert (
        "Cao hơn mức khống chế “Hoàn thành nhiệm vụ” vì tổng thời gian nghỉ ốm trong năm từ 03 tháng trở lên (II.2)"
        in said
    )


async def cards_tell_what_is_special(play):
    """II.2: on leave, active elsewhere for a time, away when the cell met."""
    secretary, name = await play.phone("secretary"), play.cast.name
    for who, words in (
        ("mother", "nghỉ thai sản"),
        ("temporary", "tham gia sinh hoạt đầy đủ"),
        ("absent", "báo cáo bổ sung"),
    ):
        await secretary.lists()
        await secretary.opens("decide_card", name(who), PARTY_CARD)
        assert words in secretary.text, secretary.text


async def most_are_decided_at_once(play):
    """III.2: whose rating of themselves is the suggestion, and against whom nothing stands."""
    await (await play.phone("secretary")).decides_the_list()
    left = {play.who(one.person.id) for one in await play.standings() if not one.decided}
    assert left == {"secretary", "vice", "chair", "body", "head:KT", "dep:KT", "dep:TG", "joined"}


async def no_cadre_is_above_the_unit(play):
    """II.3.3.2.3: no cadre above the collective and the unit; II.2: nor its head."""
    secretary, name = await play.phone("secretary"), play.cast.name
    assert "(II.3.3.2.3)" in await secretary.chooses(name("dep:KT"), "good", holding=CADRE_CARD)
    assert "(II.2; II.3.3.2.3)" in await secretary.chooses(name("head:KT"), "good", holding=CADRE_CARD)
    for who in ("head:KT", "dep:KT"):
        await secretary.decides(name(who), "completed", holding=CADRE_CARD)
        await secretary.decides(name(who), "completed", "completed", holding=PARTY_CARD)


async def a_head_who_came_this_year_is_no_worse_for_the_unit(play):
    """II.2: such a head is not held to the new unit's rating, and was decided with the rest of the list."""
    rulings = [row for one in await play.standings("arrived") for row in await play.rows(RULING, review_id=one.review)]
    assert [(one["rating"], one["cite"], one["reason"]) for one in rulings] == [("good", "", ""), ("good", "", "")]


async def who_has_two_posts_is_rated_in_each_place(play):
    """II.2: each place has its own; where they differ the authority decides."""
    secretary, name = await play.phone("secretary"), play.cast.name("dep:TG")
    there = f"{office.CENTRE}\nPhiếu đánh giá"
    assert "(II.3.3.2.3)" in await secretary.chooses(name, "good", holding=there)
    differs = ("Ở Trung tâm mức của đơn vị thấp hơn.",)
    await secretary.decides(name, "completed", holding=there, texts=differs)
    await secretary.decides(name, "completed", "completed", holding=f"{office.CENTRE}\nBản kiểm điểm")
    both = [(one.person.unit, one.ruled) for one in await play.standings("dep:TG") if one.form == CADRE]
    assert both == [(office.PROPAGANDA, "good"), (office.CENTRE, "completed")]


async def a_new_member_is_not_rated_as_one(play):
    """II.2: of less than six months; reviewed all the same."""
    secretary, name = await play.phone("secretary"), play.cast.name("joined")
    said = await secretary.chooses(name, "good", "good", holding=PARTY_CARD)
    assert (
        "Xếp loại đảng viên: Người này thuộc trường hợp không xếp loại vì mới được kết nạp vào Đảng, chưa đủ 06 tháng (II.2)"
        in said
    )
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
    """III.2: before 30/12; with everything below decided, the standing committee's own collective, then its deputies. What
    differs from the other post has a look of its own.
    """
    where = f"{office.PROPAGANDA}\nBản kiểm điểm"
    differs = ("Ở Ban Tuyên giáo mức cao hơn.",)
    name = play.cast.name("dep:TG")
    await (await play.phone("secretary")).decides(name, "good", "good", holding=where, texts=differs)
    await (await play.phone("secretary")).decides_the_list()
    written = ("Thông báo số 209-TB/TU ngày 28/12/2020", "Phó Bí thư Tỉnh ủy Hà Quang Dự")
    desk = await play.phone("head:TC")  # the secretary leads the standing committee's collective
    await desk.decides(play.cast.name("body"), "good", texts=written, which="o")
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
    told = [
        one for one in await play.told("secretary", "notice/ruled") if one.values["name"] == name
    ]  # not of the bodies
    assert len(told) == 3
    assert all(written[0] in one.text for one in told)


async def closed_with_nothing_open(play):
    """Everybody heard of theirs."""
    assert await play.results_told() == await play.results_due()
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
        assert f"{words} (KH 16-KH/HU ngày 12/11/2020, II.2)" in said, said


def _offers(replies):
    """What was said before, as it was shown beside a question."""
    return [reply["values"]["offer"] for reply in replies or () if reply["values"].get("offer")]
