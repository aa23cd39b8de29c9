"""The report of a collective told as a talk: who drafts it and who writes which part, what each sees, who is reminded, who decides."""

import datetime as dt
from pathlib import Path

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed, Said
from rules.nouns.reviews import ReviewStatus
from storage.tables import ANSWER, REPORT_PART
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.colleague import Colleague
from tests.campaigns.stage import Play
from tests.campaigns.test_report_by_several import BODY, CAUSES, FIXED, cast
from tests.campaigns.test_report_by_several import gives as gives_part

HERE = Path(__file__).parent


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, cast(), "09/11/2020 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "quang-ngai-office-2020", year=2020)
    yield play
    await play.ends()


async def gives(talk: Told, who: str, part: str, to: str, day: str) -> None:
    await talk.presses(who, "Giao phần")
    await talk.presses(who, part)
    await talk.says(who, talk.play.cast.name(to).split()[-1], silently=True)
    await talk.presses(who, talk.play.cast.name(to))
    await talk.says(who, day)


async def they_write_the_same(talk: Told, review: int) -> None:
    play, name = talk.play, talk.play.cast.name
    talk.note("Hai người cùng viết một chỗ: không ai đè lên ai, một lần bấm chọn.")
    for who in ("deputy", "chief"):
        await (await play.phone(who)).does(Pressed(Button("next", review)))
        await (await play.phone(who)).does(Pressed(Button("go", review, ("causes",))))
    await talk.says("chief", CAUSES)
    await talk.says("deputy", "Phối hợp giữa các phòng chưa chặt chẽ.")

    await talk.presses("deputy", f"Giữ câu của {name('chief')}")


async def it_is_sent(talk: Told, review: int) -> None:
    play = talk.play
    talk.note("Mỗi người thấy ai viết gì; phần chưa báo xong thì chưa gửi được, thu lại thì chữ vẫn còn.")
    await talk.says("deputy", "/tapthe")
    await talk.presses("deputy", "Thu lại: II. ")
    deputy = await play.phone("deputy")
    assert await deputy.hands_in_report(BODY, review) == 1
    (sent,) = await play.standings("body")
    assert sent.status is ReviewStatus.SUBMITTED


async def test_several_write_it_and_no_author_decides_it(play):
    talk = Told(play, about=("drafter", "part", "ruled", "submitted", "sent", "reminder"))
    (line,) = await play.standings("body")
    name = play.cast.name
    talk.note("Bộ phận tổ chức cử Phó Trưởng phòng chủ trì soạn.")
    await talk.says("desk", "/tapthe")
    await talk.presses("desk", "Đổi người chủ trì soạn")
    await talk.presses("desk", name("deputy"))
    await talk.hears("deputy")
    await talk.hears("head")
    talk.note(
        "Người chủ trì giao mục III cho chuyên viên, mục II cho Chánh Văn phòng; hạn sau hạn báo cáo thì không nhận."
    )
    await talk.presses("deputy", "Ai viết phần nào")
    await gives(talk, "deputy", "III. Kết quả", "TH1", "31/12")
    await talk.says("deputy", "13/11")
    await gives(talk, "deputy", "II. Hạn chế", "chief", "16/11")
    await talk.hears("TH1")
    await talk.hears("chief")
    talk.note("Đến gần hạn, ai chưa xong phần của mình được nhắc trong tin của ngày.")
    told = await play.reminders("12/11/2020 08:30")
    assert "part" in {one["what"] for one in told["TH1"]}
    assert "part" not in {one["what"] for one in told.get("chief", ())}
    await talk.hears("TH1")
    talk.note("Chuyên viên viết xong phần của mình và báo.")
    await talk.presses("TH1", "Viết phần này")
    await talk.says("TH1", FIXED)
    one = await play.phone("TH1")
    await one.taps("answer", "l_fixed") if one.sees("answer", "l_fixed") else await one.taps("all")
    await talk.presses("TH1", "Báo đã xong")
    await talk.hears("deputy")
    await they_write_the_same(talk, line.review)
    await it_is_sent(talk, line.review)
    talk.note("Chánh Văn phòng đã viết một chỗ nên không quyết định; Phó Chánh Văn phòng quyết định.")
    await talk.hears("chief")
    chief = await play.phone("chief")
    await chief.does(Pressed(Button("decide_card", line.review)))
    talk.lines += [f"{chief.name} » [mở báo cáo để quyết định]", f"« {chief.text}", ""]
    assert "không duyệt và không quyết định" in chief.text
    vice = await play.phone("vice")
    await vice.decides(BODY, "good")
    await talk.hears("deputy")
    assert (await play.standings("body"))[0].status is ReviewStatus.DECIDED
    assert talk.is_as(HERE / "cung-viet.txt")


async def test_an_account_that_the_body_had_leads_to_who_drafts_it(play):
    """Whatever is said or pressed there: nothing is kept, and it says who drafts the report now."""
    (line,) = await play.standings("body")
    async with play.store.transaction() as tx:
        await tx.accounts.tie("web", "body@web", play.ids["body"], play.clock())
        await tx.commit()
    old = Colleague(play.house, "body@web", play.updates, who="body", name=BODY)
    before = await play.rows(ANSWER)
    for event in (
        Commanded("tieptuc"),
        Commanded("tapthe"),
        Said("Nhân lực thiếu."),
        Pressed(Button("answer", line.review, ("since_founded", "12"))),
        Pressed(Button("report_show", line.review)),
    ):
        await old.does(event)
        assert f"Báo cáo của {BODY} nay do {play.cast.name('head')} chủ trì soạn" in old.text
        assert not old.keys
    assert await play.rows(ANSWER) == before
    # Another is named: the account says so; what it had answered before stays the report's.
    await (await play.phone("desk")).names_a_drafter(BODY, line.review, play.cast.name("deputy"))
    await old.does(Commanded("tieptuc"))
    assert f"nay do {play.cast.name('deputy')} chủ trì soạn" in old.text


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("11/11/2020 08:30", False),
        ("12/11/2020 08:30", True),  # the workday before
        ("14/11/2020 08:30", False),  # Saturday
        ("16/11/2020 08:30", True),  # late: each workday
        ("17/11/2020 08:30", True),
    ],
)
async def test_who_owes_a_part_is_reminded_by_its_own_day(play, day, told):
    head = await play.phone("head")
    await gives_part(play, head, "iii", "TH1")
    async with play.store.transaction() as tx:
        await tx.connection.execute(REPORT_PART.update().values(due=dt.date(2020, 11, 13)))
        await tx.commit()
    reminded = await play.reminders(day)
    assert ("part" in {one["what"] for one in reminded.get("TH1", ())}) is told
    assert "part" not in {one["what"] for one in reminded.get("TH2", ())}


async def test_who_has_done_their_part_or_was_let_go_is_not_reminded(play):
    head, (line,) = await play.phone("head"), await play.standings("body")
    await gives_part(play, head, "iii", "TH1")
    await gives_part(play, head, "ii", "TH2")
    done, back = await play.rows(REPORT_PART)
    async with play.store.transaction() as tx:
        await tx.connection.execute(REPORT_PART.update().values(due=dt.date(2020, 11, 13)))
        await tx.reports.done(done["id"], play.clock())
        await tx.commit()
    await head.does(Pressed(Button("report_back", line.review, (str(back["id"]),))))
    reminded = await play.reminders("12/11/2020 08:30")
    assert not [one for who in ("TH1", "TH2") for one in reminded.get(who, ()) if one["what"] == "part"]
