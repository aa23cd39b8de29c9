"""The second half of the play of a treatment centre: deciding, results, closing. See test_son_la_2021."""

from rules.nouns.reviews import ReviewStatus
from storage.tables import AUDIT, IMPROVEMENT, RULING
from tests.campaigns.offices import nam_hoa_2021 as office
from tests.campaigns.offices.nam_hoa_2021 import day
from tests.campaigns.stage import Play

# ── deciding ───────────────────────────────────────────────────────────────────────────────────


async def the_collective_comes_first(play: Play) -> None:
    """B.II.2; C.IV: the collective before its people."""
    play.on("03/12/2021 09:00")
    director = await play.phone("director")
    assert "B.II.2; C.IV" in await director.chooses(play.cast.name("YT3"), "excellent")
    for short in office.ROOMS:
        rating = "completed" if short == "BV" else "good"
        await director.decides(play.cast.name(f"body:{short}"), rating)
    desk = await play.phone("head:HC")  # the director leads that body: it is decided above
    written = ("Quyết định số 118/QĐ-SLĐTBXH ngày 02/12/2021", "Phó Giám đốc Sở Lò Minh Thảo")
    await desk.decides(play.cast.name("body"), "good", texts=written, which="o")
    assert await play.ratings("body:BV") == {"bao-cao-tap-the": ["completed"]}


async def what_the_rules_do_not_allow_is_refused_with_the_clause(play: Play) -> None:
    director = await play.phone("director")
    name = play.cast.name
    assert "D.1 (Nguyên tắc)" in await director.chooses(name("head:BV"), "good", "good")
    await director.decides(name("head:BV"), "completed", "completed")
    assert "NĐ 90/2020, Điều 2 khoản 3" in await director.chooses(name("sick"), "good")
    assert "NĐ 90/2020, Điều 2 khoản 3" in await director.chooses(name("newcomer"), "good")
    await director.decides(name("newcomer"), "none")
    assert "D.2 (Lưu ý)" in await director.chooses(name("late"), "good", which="r")
    await director.decides(name("YT3"), "excellent")
    assert "D.2 (Lưu ý)" in await director.chooses(name("YT4"), "excellent")
    await director.decides(name("YT4"), "good", texts=("Theo tỷ lệ của chức danh; xét thành tích trong năm.",))
    for who, title in (
        ("mother", "thai sản"),
        ("absent", "không phải tổ chức cuộc họp"),
        ("committee", "đình chỉ sinh hoạt cấp ủy"),
    ):
        await director.lists()
        await director.opens("decide_card", name(who))
        assert title in director.text, director.text
    await director.lists()
    await director.opens("decide_card", name("temporary"))
    assert "đóng đảng phí đúng quy định" in director.text


async def everybody_is_decided(play: Play) -> None:
    """3 to 5/12: the list at once, one form at a time and thirty with a press, as far as nothing stands against it; the last of
    thirty-one stands alone, and is decided from their card. What the cell and its groups sent, the party decides in writing.
    """
    play.on("05/12/2021 09:00")
    director, name = await play.phone("director"), play.cast.name
    assert await director.decides_the_list() == 3  # 11 heads and deputies, 11 of the party, 31 who are not
    await director.decides(name("BV9"), "good")
    desk = await play.phone("head:HC")
    written = ("Quyết định số 27-QĐ/ĐU ngày 04/12/2021", "Phó Bí thư Đảng ủy Sở Lò Minh Thảo")
    for who in ("cell", "group1", "group2", "group3"):
        await desk.decides(name(who), "good", texts=written, which="o")
    assert await play.counted() == {"decided": 67, "approved": 1, "drafting": 1}
    wanted = {
        "HC1": {"mau-02b": ["good", "good"]},
        "mother": {"mau-02d": ["good"]},
        "mover": {"mau-02b": ["good", "good"]},
        "barred": {"mau-02d": ["good"]},
        "sick": {"mau-02d": ["completed"]},
        "newcomer": {"mau-02d": [None]},
        "head:BV": {"mau-02a": ["completed", "completed"]},
        "cell": {"mau-01-hd02": ["good"]},
        "group1": {"mau-01-hd02": ["good"]},
    }
    assert {who: await play.ratings(who) for who in wanted} == wanted


async def the_department_decides_about_the_director(play: Play) -> None:
    """Nobody decides their own: the department above did, in writing; the desk records number and signer."""
    play.on("06/12/2021 09:00")
    desk = await play.phone("head:HC")
    written = ("Quyết định số 4977/QĐ-SLĐTBXH ngày 05/12/2021", "Phó Giám đốc Sở Lò Thị Hạnh")
    await desk.decides(play.cast.name("director"), "good", "good", texts=written, which="o")
    (review,) = await play.standings("director")
    (ruling,) = await play.rows(RULING, review_id=review.review)
    assert (ruling["document"], ruling["signer"], ruling["by"]) == (*written, play.ids["head:HC"])
    name = play.cast.name("director")
    (told,) = [
        one for one in await play.told("director", "notice/ruled") if one.values["name"] == name
    ]  # not of bodies
    assert written[0] in told.text


# ── after the result ───────────────────────────────────────────────────────────────────────────


async def results_are_answered(play: Play) -> None:
    """D.3.1: everybody is told; D.4.1: an opinion may be reserved; D.4.2: a petition, without a time for its answer."""
    told = [one for one in await play.all_told() if one.template == "notice/ruled"]
    assert len(told) == len({(one.who, one.values["name"]) for one in told}) == 68
    assert [await play.takes_notice(who) for who in ("YT3", "head:BV", "cell")] == [1, 1, 1]
    await _reserves(play)
    await _petitions(play)


async def _reserves(play: Play) -> None:
    phone = await play.reads("QL1")
    await phone.presses("result_reserve")
    await phone.says("Tôi đề nghị ghi nhận thêm hai sáng kiến quản lý học viên.")
    (review,) = await play.standings("QL1")
    assert (review.status, review.ruled) == (ReviewStatus.FINAL, "good")
    assert [len(await play.told(who, "result/told_reserved")) for who in ("director", "head:HC")] == [1, 1]


async def _petitions(play: Play) -> None:
    """Answered, the result kept; another one still waits when the campaign is closed."""
    for who in ("QL2", "QL4"):
        phone = await play.reads(who)
        await phone.presses("result_petition")
        assert "D.4.2" in phone.text
        await phone.says("Tôi đề nghị xem xét lại: tôi đã làm thay phần việc của hai đồng chí.")
        await phone.presses("result_file")
    director = await play.phone("director")
    await director.commands("kiennghi")
    await director.opens("petition_card", play.cast.name("QL2"))
    await director.taps("petition_keep")
    await director.says("Phần việc làm thay đã được ghi nhận; chưa có nhiệm vụ hoàn thành vượt mức.")
    await director.taps("petition_send")
    (kept,) = await play.told("QL2", "notice/petition_kept")
    assert "chưa có nhiệm vụ hoàn thành vượt mức" in kept.text
    assert [(await play.standings(who))[0].status for who in ("QL2", "QL4")] == [
        ReviewStatus.FINAL,
        ReviewStatus.APPEALED,
    ]


async def rated_anew_with_both_documents(play: Play) -> None:
    """D.3.4: a fault that came to light later; what was decided is taken back, with the reason, and both are kept."""
    play.on("08/12/2021 09:00")
    director = await play.phone("director")
    await director.lists("d")
    await director.opens("decide_card", play.cast.name("BV1"))
    await director.taps("decide_again")
    await director.says("Kiểm tra đột xuất ngày 07/12/2021: bỏ vị trí gác hai lần trong tháng 11.")
    await director.taps("decide_rate", label="Hoàn thành nhiệm vụ")
    await director.taps("decide_confirm")
    (review,) = await play.standings("BV1")
    first, second = await play.rows(RULING, review_id=review.review)
    assert ([*first["ratings"].values()], [*second["ratings"].values()]) == (["good"], ["completed"])
    assert "bỏ vị trí gác hai lần" in (await play.told("BV1", "notice/ruled"))[-1].text
    phone = await play.reads("BV1")
    await phone.commands("ketqua")
    for number in (2, 1):
        await phone.presses("result_papers", str(number), "pdf")
        (papers,) = [reply.attached for reply in phone.answered.replies if reply.attached]
        assert (papers.version, papers.ruling, papers.kinds) == (1, number, ("pdf",))


async def closed_with_what_is_open_named(play: Play) -> None:
    """Not without naming them: one that never came, one whose petition waits."""
    play.on("10/12/2021 09:00")
    desk = await play.phone("head:HC")
    await desk.commands("dot")
    await desk.taps("desk_close")
    assert [name in desk.text for name in (play.cast.name("late"), play.cast.name("QL4"))] == [True, True]
    assert "2 bản chưa xong" in desk.text
    await desk.taps("desk_close_now")
    (closed,) = await play.rows(AUDIT, what="campaign closed")
    assert len(closed["detail"]["open"]) == 2
    assert await play.reminders("13/12/2021") == {}


async def the_plan_of_improvement_goes_on(play: Play) -> None:
    """D.3.1: what, by when; told a week before and on the day, also when the campaign is closed."""
    phone = await play.phone("YT5")
    await phone.commands("khacphuc")
    await phone.taps("plan_add")
    await phone.says("Hoàn thành lớp bồi dưỡng tư vấn cai nghiện")
    await phone.says("31/03/2022")
    told = await play.reminders("24/03/2022")
    assert {who: [(one["what"], one["text"]) for one in things] for who, things in told.items()} == {
        "YT5": [("plan", "Hoàn thành lớp bồi dưỡng tư vấn cai nghiện")]
    }
    assert set(await play.reminders("31/03/2022")) == {"YT5"}
    await phone.commands("khacphuc")
    await phone.taps("plan_done")
    (line,) = await play.rows(IMPROVEMENT)
    assert line["done_on"] == day("31/03/2022")
