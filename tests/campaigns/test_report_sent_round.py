"""Quảng Ngãi's Ethnic Affairs 2023, II.4.1: the draft report of a division's leaders goes to all its people before the meeting, through the chat;
the drafter takes up what they say, sends it again, and the decision ends what is still open.
"""

import pytest

from bot.daily.rounds import Rounds
from bot.delivery.seam import NoJobs
from dialogs.core.turn import DeskFile
from rules.nouns.rounds import Ended, Naming
from rules.nouns.values import Subject
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

ROOM, BODY = "Phòng Chính sách", "Tập thể lãnh đạo Phòng Chính sách"
CITE = "II.1.1; II.4.1"


def cast():
    hire = Hiring("Ban Dân tộc tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=31)
    hire.one("chief", "Trưởng ban", role="head")
    hire.one("vice", "Phó Trưởng ban", role="deputy")
    hire.unit(ROOM, in_charge="vice")
    hire.unit("Văn phòng", desk=True)
    hire.one("head", "Trưởng phòng", ROOM, role="head")
    hire.one("deputy", "Phó Trưởng phòng", ROOM, role="deputy")
    hire.one("desk", "Chánh Văn phòng", "Văn phòng", role="head")
    hire.one("body", "Tập thể", ROOM, name=BODY, subject=Subject.COLLECTIVE)
    hire.staff("CS", 4, "Chuyên viên", ROOM)
    return hire.done()


@pytest.fixture
async def play(database_url, tmp_path):
    play = await Play.begin(database_url, cast(), "13/11/2023 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "quang-ngai-ethnic-2023", year=2023)
    yield play
    await play.ends()


async def goes_round(play: Play, day: str) -> str:
    """The drafter sends the report to their division; what the preview said."""
    head = await play.phone("head")
    await head.commands("gopy")
    await head.taps("round_new")
    await head.taps("round_of", label=BODY)
    told = head.text
    await head.taps("round_to", label="Đơn vị tôi")
    await head.says(day)
    await head.taps("round_send")
    return told


async def test_a_report_goes_round_before_the_meeting(play):
    head = await play.phone("head")
    await head.hands_in_all()
    assert CITE in await goes_round(play, "20/11")
    for who in ("CS1", "CS2"):
        phone = await play.reads(who)
        await phone.presses("round_read", "1")
        assert f"Căn cứ: {CITE}" in phone.text
        await (phone.taps("round_agree") if who == "CS1" else phone.says("Đề nghị nêu rõ số thôn được hỗ trợ"))
    told = await play.reminders("14/11/2023 08:00")
    assert [one for one in told["CS3"] if one["what"] == "round"]
    assert not [one for one in told.get("CS1", []) if one["what"] == "round"]
    await head.commands("gopy")
    await head.taps("round_card")
    missing = head.text.partition("Chưa trả lời: ")[2].partition("\n")[0]
    assert set(missing.rstrip(".").split(", ")) == {play.cast.name(who) for who in ("CS3", "CS4", "deputy")}
    await head.taps("round_take")
    async with play.store.reading() as tx:
        talk = await tx.rounds.talk(1)
    assert talk is not None
    assert (talk.round.naming, talk.round.cite, talk.round.owner) == (Naming.NAMED, CITE, play.ids["head"])
    assert [one.settled and one.settled.taken for one in talk.comments] == [True]
    for who in ("head", "desk"):
        assert await play.house.documents(play.ids[who], DeskFile("round_1"))
    assert not await play.house.documents(play.ids["CS1"], DeskFile("round_1"))


async def test_a_newer_round_ends_the_one_before_and_a_decision_ends_it(play):
    await (await play.phone("head")).hands_in_all()
    await goes_round(play, "20/11")
    assert "nội dung chưa đổi" in await goes_round(play, "24/11")
    first = await play.reads("CS1")
    await first.presses("round_read", "1")
    assert "bản mới hơn" in first.text
    await play.all_look_through()
    await (await play.phone("chief")).decides(BODY, "good")
    await first.presses("round_read", "2")
    assert "đã có quyết định" in first.text
    assert await Rounds(play.store, NoJobs(), play.clock).close() == 1
    async with play.store.reading() as tx:
        ended = [one.ended for one in await tx.rounds.of_office(await tx.units.office_of(play.ids["head"]))]
    assert ended == [Ended.NEWER, Ended.DECIDED]
