"""The report of a collective, written by several: its head drafts it on their own phone, gives parts to two others, takes one back, and
sends it; who wrote any of it decides nothing of it.
"""

import asyncio

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed, Said
from rules.nouns.reviews import ReviewStatus
from rules.nouns.values import Subject
from storage.tables import ANSWER, AUDIT, INVITATION, REPORT_PART
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

OFFICE, ROOM = "Văn phòng UBND tỉnh Sông Trăng", "Phòng Tổng hợp"
BODY = "Tập thể Phòng Tổng hợp"
FIXED, CAUSES = "Đã khắc phục xong hai hạn chế năm trước.", "Nhân lực của phòng thiếu so với việc được giao."


def cast():
    hire = Hiring(OFFICE, above="UBND tỉnh Sông Trăng", seed=26)
    hire.unit(ROOM)
    hire.unit("Phòng Hành chính", desk=True)
    hire.one("chief", "Chánh Văn phòng", role="head")
    hire.one("vice", "Phó Chánh Văn phòng", role="deputy")
    hire.one("head", "Trưởng phòng", ROOM, role="head")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy")
    hire.one("desk", "Trưởng phòng", "Phòng Hành chính", role="head")
    hire.one("body", "Tập thể", ROOM, name=BODY, subject=Subject.COLLECTIVE)
    hire.staff("TH", 3, "Chuyên viên", ROOM)
    return hire.done()


@pytest.fixture
async def play(database_url, tmp_path):
    play = await Play.begin(database_url, cast(), "09/11/2020 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "quang-ngai-office-2020", year=2020)
    yield play
    await play.ends()


async def gives(play, phone, place: str, to: str) -> None:
    """The drafter gives a section to somebody, until the first day that is offered."""
    await phone.commands("tapthe")
    await phone.taps("report_give")
    await phone.taps("report_who", place)
    await phone.says(play.cast.name(to))
    await phone.taps("report_until", place)
    await phone.taps("report_given", place)
    assert play.cast.name(to) in phone.text


async def writes(play, who: str) -> object:
    """Their phone with the notice by which a part was given, opened."""
    phone = await play.reads(who)
    (line,) = await play.standings("body")
    await phone.presses_about("next", line.review)
    return phone


async def test_a_body_has_a_drafter_and_no_code(play):
    (line,) = await play.standings("body")
    assert (line.drafter, line.drafter_name) == (play.ids["head"], play.cast.name("head"))
    assert line.decider_id == play.ids["chief"]
    assert play.ids["body"] not in {row["person_id"] for row in await play.rows(INVITATION)}
    desk = await play.phone("desk")
    await desk.commands("nhansu", BODY)
    assert f"Báo cáo do <b>{play.cast.name('head')}</b> chủ trì soạn" in desk.text
    assert not desk.sees("crew_code")


async def test_several_write_it_and_one_sends_it(play):
    head, (line,) = await play.phone("head"), await play.standings("body")
    await gives(play, head, "iii", "TH1")
    await gives(play, head, "ii", "chief")
    one, chief = await writes(play, "TH1"), await writes(play, "chief")
    await one.says(FIXED)
    await one.taps("answer", "l_fixed") if one.sees("answer", "l_fixed") else await one.taps("all")
    while not one.sees("part_done"):
        await one.does(one._obliging({}))
    assert "Câu 1/" not in one.text
    assert one.text.count("III. Kết quả khắc phục") == 1  # named once: its first button is in sight on a small phone
    await one.taps("part_done")
    assert await play.told("head", "notice/part_done")
    # What is not done keeps the report back; taken back, what was written stays.
    await chief.says("Hạn chế: một số báo cáo gửi chậm một đến hai ngày so với yêu cầu của lãnh đạo.")
    await head.presses_about("report_show", line.review)
    assert f"do {play.cast.name('TH1')} viết" in head.text
    part = next(row["id"] for row in await play.rows(REPORT_PART) if row["place"] == "ii")
    await head.does(Pressed(Button("send", line.review, ("0",))))
    assert "chưa gửi được báo cáo" in head.text
    await head.presses_about("report_show", line.review)
    await head.taps("report_back", str(part))
    assert await play.told("chief", "notice/part_back")
    assert await head.hands_in_report(BODY, line.review) == 1
    # The chief wrote in it: a deputy decides in their place.
    (sent,) = await play.standings("body")
    assert (sent.status, sent.decider_id) == (ReviewStatus.SUBMITTED, play.ids["vice"])
    await chief.does(Pressed(Button("decide_card", line.review)))
    assert "không duyệt và không quyết định" in chief.text
    vice = await play.phone("vice")
    await vice.decides(BODY, "good")
    assert (await play.standings("body"))[0].status is ReviewStatus.DECIDED
    assert [one.who for one in await play.all_told() if one.template == "notice/ruled"] == ["head"]


async def test_nobody_writes_over_what_another_wrote_unseen(play):
    """Both had the same question before them; the second is shown both answers, and one press chooses."""
    head, (line,) = await play.phone("head"), await play.standings("body")
    await gives(play, head, "ii", "TH1")
    one = await writes(play, "TH1")
    await head.presses_about("next", line.review)
    await head.does(Pressed(Button("go", line.review, ("causes",))))
    await one.does(Pressed(Button("go", line.review, ("causes",))))
    await one.says(CAUSES)
    await head.says("Phối hợp giữa các phòng chưa chặt chẽ.")
    assert "Tôi giữ cả hai" in head.text
    assert CAUSES in head.text
    assert "Phối hợp giữa các phòng chưa chặt chẽ." in head.text
    assert [row["value"] for row in await play.rows(ANSWER, question="causes")] == [CAUSES]
    await head.taps("clash", "mine")
    kept = [row["value"] for row in await play.rows(ANSWER, question="causes")]
    assert kept == [CAUSES, "Phối hợp giữa các phòng chưa chặt chẽ."]
    # The other now answers what they saw before that: theirs is not lost either, and the drafter's stays.
    await one.says("Việc đột xuất nhiều.")
    assert one.sees("clash", "theirs") or "Việc đột xuất" in one.text


async def test_two_phones_at_once(play):
    """A race: whoever comes second is asked, whatever the order; exactly one answer is kept before."""
    head, (line,) = await play.phone("head"), await play.standings("body")
    await gives(play, head, "ii", "TH1")
    one = await writes(play, "TH1")
    for phone in (head, one):
        await phone.presses_about("next", line.review)
        await phone.does(Pressed(Button("go", line.review, ("causes",))))
    for turn in range(4):
        before = len(await play.rows(ANSWER, question="causes"))
        texts = [f"Nguyên nhân thứ {turn} của {name}, nêu trong cuộc họp." for name in ("trưởng phòng", "chuyên viên")]
        await asyncio.gather(*(phone.does(Said(text)) for phone, text in zip((head, one), texts, strict=True)))
        asked = [phone for phone in (head, one) if phone.sees("clash", "mine")]
        assert len(asked) == 1
        assert len(await play.rows(ANSWER, question="causes")) == before + 1
        await asked[0].taps("clash", "theirs")
        assert len(await play.rows(ANSWER, question="causes")) == before + 1
        for phone in (head, one):
            await phone.does(Pressed(Button("go", line.review, ("causes",))))


async def test_the_desk_names_another_drafter(play):
    desk, (line,) = await play.phone("desk"), await play.standings("body")
    await desk.names_a_drafter(BODY, line.review, play.cast.name("deputy"))
    assert (await play.standings("body"))[0].drafter == play.ids["deputy"]
    assert await play.told("deputy", "notice/drafter_named")
    assert await play.told("head", "notice/drafter_left")
    stranger = await play.phone("TH2")
    await stranger.does(Pressed(Button("report_named", line.review, (str(play.ids["TH2"]), str(play.ids["deputy"])))))
    assert (await play.standings("body"))[0].drafter == play.ids["deputy"]
    assert [row["detail"]["reason"] for row in await play.rows(AUDIT, what="refused")] == ["not_yours"]
