"""The second half of the play of 2020: deciding, results, closing. See test_quang_ngai_2020."""

from rules.nouns.values import Rating
from storage.tables import AUDIT
from tests.campaigns.offices.song_trang_2020 import CENTRE

CIVIL, PARTY = "mau-02", "mau-02-hd-2019"


# ── deciding ───────────────────────────────────────────────────────────────────────────────────


async def what_is_out_of_order_is_refused(play):
    """Each with its clause; nothing is decided by it."""
    play.on("11/12/2020 14:00")
    chief, name = await play.phone("chief"), play.cast.name
    assert "tập thể trước, cá nhân sau" in await chief.chooses(name("TH3"), "good")
    assert "mức đó có trước, mức đảng viên sau" in await chief.chooses(name("TH1"), "good", "good", holding="02-HD")
    desk = await play.phone("head:HC")  # the chief leads that body: it is decided above, and the desk records it
    assert "cấp dưới xếp loại trước" in await desk.chooses(name("body:VP"), "good", which="o")
    assert "KH 16-KH/HU ngày 12/11/2020, II.2" in await chief.chooses(name("TV5"), "good", which="r")
    assert (await play.counted())["decided"] == 0


async def the_authority_decides(play):
    """14 December, the last day: the director for the centre, the head of the office for all others, by lists."""
    late = await play.phone("TV5")
    await late.hands_in_all()
    await play.all_look_through()
    play.on("14/12/2020 08:00")
    chief, director, name = await play.phone("chief"), await play.phone("head:CB"), play.cast.name
    await what_the_cards_tell(play, chief)
    await chief.decides(name("body:TH"), "good")  # what else stands against a rating is said once it may be decided
    said = await chief.chooses(name("newcomer"), "good")
    assert "NĐ 90/2020, Điều 2 khoản 3" in said, said
    said = await chief.chooses(name("sick"), "good")
    assert "khống chế" in said, "!!" + said
    await chief.decides(name("body:CB"), "good")  # the director leads that body
    await director.decides_the_list()
    assert await play.rated(unit=CENTRE) == {
        "good": 10
    }  # the collective, six people, three of them also as party members
    assert await chief.decides_the_list() >= 4
    await chief.decides(name("newcomer"), "none", remarks="Đã kiểm điểm thời gian công tác trong năm.")
    await chief.decides(name("HC5"), "excellent", texts=["Có sáng kiến được công nhận cấp tỉnh."])
    await chief.decides(name("TH4"), "good")
    desk = await play.phone("head:HC")  # the chief leads that body, and its members wait for it
    document = ["1230/QĐ-UBND ngày 14/12/2020", "Chủ tịch UBND tỉnh"]
    await desk.decides(name("body:VP"), "good", texts=document, which="o")
    await director.decides_the_list()
    await chief.decides_the_list()
    assert await play.counted() == {"decided": 98, "submitted": 1, "approved": 1}  # what is left is the chief's own


async def what_the_cards_tell(play, chief):
    """The opinion of the old unit, the cause of an absence, both posts."""
    await chief.lists()
    await chief.opens("decide_card", play.cast.name("moved"))
    assert "Tám tháng ở phòng cũ" in chief.text
    await chief.lists()
    await chief.opens("decide_card", play.cast.name("absent"))
    assert "NĐ 90/2020, Điều 20" in chief.text


async def the_head_of_the_office_is_decided_outside(play):
    """The head of the office sends theirs to nobody here: the desk records what came from above."""
    play.on("25/12/2020 09:00")
    desk, name = await play.phone("head:HC"), play.cast.name("chief")
    document = ["1234/QĐ-UBND ngày 24/12/2020", "Chủ tịch UBND tỉnh"]
    await desk.decides(name, "good", texts=document, holding="Mẫu số 02", which="o")
    await desk.decides(name, "good", "good", texts=document, holding="02-HD", which="o")
    assert await play.ratings("chief") == {CIVIL: [Rating.GOOD], PARTY: [Rating.GOOD, Rating.GOOD]}
    own = [one for one in await play.told("chief", "notice/ruled") if one.values["name"] == name]  # not the body's
    assert [(one.values["document"], one.values["signer"]) for one in own] == [tuple(document)] * 2


# ── after the result ───────────────────────────────────────────────────────────────────────────


async def the_results_are_taken_notice_of(play):
    """Everybody was told of their own and of the body whose report they drafted, of nobody else's; one reserves an opinion; the second year is told."""
    play.on("28/12/2020 09:00")
    assert await play.rated() == {"good": 90, "excellent": 7, "completed": 1, "not_completed": 1, "none": 1}
    assert await play.results_told() == await play.results_due()
    (flag,) = await play.told("head:HC", "notice/two_years")
    assert (flag.values["name"], flag.values["cite"]) == (
        play.cast.name("failed"),
        "KH 16-KH/HU ngày 12/11/2020, II.3.6.3",
    )
    (review,) = await play.standings("TH5")
    await (await play.reads("TH5")).reserves(review.review, "Tôi đề nghị xem xét kết quả quý IV.")
    for listener in ("chief", "head:HC"):
        (told,) = await play.told(listener, "result/told_reserved")
        assert "Tôi đề nghị xem xét kết quả quý IV." in told.text
    for who in set(play.ids) - {"TH5", "CB5"}:
        assert await play.takes_notice(who) == len(await play.forms(who))
    assert await play.counted() == {"final": 99, "decided": 1}
    await (await play.phone("TH5")).presses_about("result_seen", review.review)
    assert "bảo lưu" in (await play.phone("TH5")).text.lower()


async def the_desk_closes(play):
    """Before 31 December the dossiers go upstairs, and the desk is told; then nothing is open and it closes."""
    told = await play.reminders("29/12/2020")
    heads = {"chief", "head:HC", "head:TH", "head:TD", "head:KS", "head:HCC", "head:TV", "head:CB"}
    lacking = ("files", "2020-12-04")  # the minutes of each unit's meeting (3.d): nobody handed them in
    assert {who: [(one["what"], one["due"]) for one in things] for who, things in told.items()} == {
        **{who: [lacking] for who in heads},
        "head:HC": [lacking, ("task", "2020-12-30"), ("dossier", "2020-12-04")],
    }
    play.on("31/12/2020 09:00")
    desk = await play.phone("head:HC")
    await desk.closes_the_campaign()
    await desk.taps("desk_close_now")
    (closed,) = await play.rows(AUDIT, what="campaign closed")
    assert closed["detail"]["open"] == []
    assert await play.reminders("04/01/2021") == {}
