"""The second half of the play of a board: deciding, a petition, closing. See test_quang_ngai_ethnic_2023."""

from rules.nouns.reviews import ReviewStatus
from rules.nouns.rulings import PetitionOutcome
from storage.tables import AUDIT, PETITION, RULING
from tests.campaigns.offices import truong_linh_2023 as office
from tests.campaigns.offices.truong_linh_2023 import MEMBER, OTHERS

# ── deciding ───────────────────────────────────────────────────────────────────────────────────


async def quotas_hold(play):
    """III: one collective, one head, one deputy of a room; the decree's fifth of a group leaves room for a reason, the party's
    fifth of its members (QĐ 124) none: of so small a group nobody.
    """
    play.on("27/11/2023 09:00")
    chief, name = await play.phone("chief"), play.cast.name
    await chief.decides(name("body:CS"), "excellent")
    assert "sẽ là 2, tối đa 1 (III)" in await chief.chooses(name("body:KH"), "excellent")
    await chief.decides(name("body:KH"), "good", texts=("Tập thể Ban chọn một phòng.",))
    why = ("Phòng có thành tích nổi trội, được UBND tỉnh khen.",)
    for who in ("head:CS", "dep:CS"):
        said = await chief.chooses(name(who), "excellent", "excellent")
        assert "Không quyết định được: Hoàn thành xuất sắc nhiệm vụ." in said
        assert "(QĐ 124-QĐ/TW, Điều 12; " in said
        said = await chief.chooses(name(who), "excellent", "good")
        assert "Được quyết định khác nếu nêu lý do (NĐ 90/2020, Điều 2 khoản 6 (NĐ 48/2023))." in said
        assert "(III)" not in said
        await chief.decides(name(who), "excellent", "good", texts=why)
    said = await chief.chooses(name("dep:KH"), "excellent", "excellent")
    assert f"nhóm “{office.DEPUTIES}”: sẽ là 2, tối đa 1 (III)" in said
    await chief.decides(name("dep:KH"), "good", "good", texts=("Mỗi nhóm một người.",))
    (review,) = await play.standings("dep:CS")
    (ruling,) = await play.rows(RULING, review_id=review.review)
    assert (ruling["reason"], "NĐ 90/2020, Điều 2 khoản 6 (NĐ 48/2023)" in ruling["cite"]) == (*why, True)


async def civil_comes_first_under_two_rulebooks(play):
    """NĐ 90/2020, Điều 20 khoản 2: as a worker under the plan, then as a party member under the party's guidance."""
    chief, name = await play.phone("chief"), play.cast.name("driver")
    said = await chief.chooses(name, "good", "good", holding="Mẫu 02A")
    assert "mức đó có trước, mức đảng viên sau (NĐ 90/2020, Điều 20 khoản 2)" in said
    await chief.decides(name, "good", holding="1269")
    await chief.decides(name, "good", "good", holding="Mẫu 02A")
    assert await play.ratings("driver") == {OTHERS: ["good"], MEMBER: ["good", "good"]}


async def the_rest_is_decided(play):
    """By the list; who is not rated and who is held down, one by one; the head of the board by the province."""
    chief, name = await play.phone("chief"), play.cast.name
    for who in ("newcomer", "sick"):
        assert "(NĐ 90/2020, Điều 2 khoản 3)" in await chief.chooses(name(who), "good")
    await chief.decides(name("newcomer"), "none")
    await chief.lists()
    await chief.opens("decide_card", name("mother"))
    assert "thai sản; xếp loại theo thời gian làm việc thực tế" in chief.text
    await chief.decides(name("KH3"), "completed", texts=("Ba việc chậm hạn trong quý IV.",))
    await chief.decides_the_list()
    await chief.decides(name("cook:TT"), "good")  # the last of thirty-one stands alone, and no list is offered
    desk = await play.phone("head:VP")  # the chief leads both: they are decided above, in writing
    for who, by in (("body", "Phó Chủ tịch UBND tỉnh Hà Quang Việt"), ("cell", "Phó Bí thư Đảng ủy khối Lê Thu Ngà")):
        await desk.decides(name(who), "good", texts=("Quyết định số 411-QĐ ngày 26/11/2023", by), which="o")
    assert await play.counted() == {"decided": 66, "submitted": 1, "drafting": 1}
    assert (await play.ratings("sick"), await play.ratings("TT3")) == ({OTHERS: ["completed"]}, {OTHERS: ["excellent"]})
    written = ("Quyết định số 1988/QĐ-UBND ngày 25/11/2023", "Phó Chủ tịch UBND tỉnh Lê Ngọc Hà")
    await desk.decides(name("chief"), "good", "good", texts=written, which="o")
    assert await play.results_told() == await play.results_due("late")


# ── after the result ───────────────────────────────────────────────────────────────────────────


async def a_petition_changes_the_result(play):
    """The decision made now answers it; both stand, and the person hears the reason."""
    play.on("29/11/2023 09:00")
    phone = await play.reads("KH3")
    await phone.presses("result_petition")
    await phone.says("Hai trong ba việc chậm là do chờ số liệu của đơn vị khác.")
    await phone.presses("result_file")
    assert [len(await play.told(who, "result/told_petition")) for who in ("chief", "head:VP")] == [1, 1]
    chief = await play.phone("chief")
    await chief.commands("kiennghi")
    await chief.opens("petition_card", phone.name)
    await chief.taps("petition_rate")
    await chief.taps("decide_rate", label="Hoàn thành tốt nhiệm vụ")
    await chief.says("Đã đối chiếu: chậm do nguyên nhân khách quan.")
    await chief.taps("decide_confirm")
    (review,) = await play.standings("KH3")
    first, second = await play.rows(RULING, review_id=review.review)
    assert ([first["rating"], second["rating"]], review.status) == (["completed", "good"], ReviewStatus.DECIDED)
    (petition,) = await play.rows(PETITION)
    assert (petition["outcome"], petition["answer"]) == (
        PetitionOutcome.CHANGED,
        "Đã đối chiếu: chậm do nguyên nhân khách quan.",
    )
    assert "nguyên nhân khách quan" in (await play.told("KH3", "notice/ruled"))[-1].text


async def closed_as_it_was_seen(play):
    """What is open is named; somebody hands in meanwhile, so the desk is shown how it stands now."""
    play.on("05/12/2023 09:00")
    desk, late = await play.phone("head:VP"), await play.phone("late")
    assert late.name in await desk.closes_the_campaign()
    await late.hands_in_all()
    await desk.taps("desk_close_now")
    assert "Danh sách đã thay đổi từ lúc anh/chị xem" in desk.text
    assert not await play.rows(AUDIT, what="campaign closed")
    await desk.taps("desk_close_now")
    (closed,) = await play.rows(AUDIT, what="campaign closed")
    assert closed["detail"]["open"] == [one.review for one in await play.standings("late")]
