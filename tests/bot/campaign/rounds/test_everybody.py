"""A sheet about everybody who still has none: who is asked about whom is listed, sent by one press, and nobody is asked twice."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.nouns.rounds import Round
from storage.repositories.rounds import Rounds
from storage.tables import AUDIT, DELIVERY, ROUND
from tests.bot.campaign.rounds.test_sheets import HERE, district, sends
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url, tmp_path):
    played = await Play.begin(sqlite_url, district(), "07/12/2020 08:30")
    await played.opens(tmp_path, "son-duong-2020", year=2020)
    yield played
    await played.ends()


async def lists(talk: Told, what: str = "Tập thể lãnh đạo cùng cấp", day: str = "18/12") -> str:
    """The desk comes to the list."""
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Gửi phiếu về mọi người chưa có")
    await talk.presses("desk", what)
    return await talk.says("desk", day)


async def asked_about(play: Play) -> dict[str, set[str]]:
    """Whom it is about → who is asked, by what the cast calls them."""
    called = {id_: key for key, id_ in play.ids.items()}
    async with play.store.reading() as tx:
        talks = await tx.rounds.talks(await tx.rounds.of_office(await tx.units.office_of(play.ids["desk"])))
    assert len({talk.round.person for talk in talks}) == len(talks), "one each"
    return {called[talk.round.person]: {called[one.person] for one in talk.asked} for talk in talks}


async def test_one_press_asks_about_everybody_who_has_none(play):
    talk = Told(play)
    await sends(talk, "d1", "Tập thể lãnh đạo cùng cấp", "Tập thể lãnh đạo cùng cấp (")
    talk.lines.clear()
    talk.note("Một lần bấm: phiếu về mọi người chưa có, danh sách hỏi ai về ai hiện ra trước.")
    await lists(talk)
    await talk.presses("desk", "✓ Gửi")
    for who in ("d2", "vice", "clerk"):
        await talk.hears(who)
    await talk.presses("d2", "Xem các phiếu")
    await talk.presses("desk", "Gửi phiếu về mọi người chưa có")
    await talk.presses("desk", "Cấp trên trực tiếp")
    await talk.presses("desk", "21/12/2020")
    await talk.presses("desk", "Gửi phiếu về mọi người chưa có")
    await talk.presses("desk", "Cấp dưới trực tiếp")
    await talk.presses("desk", "Gửi phiếu về mọi người chưa có")
    await talk.presses("desk", "Các cơ quan cho ý kiến")
    assert talk.is_as(HERE / "gui-tat-ca.txt")


async def test_nobody_is_asked_about_themself_nor_twice(play):
    talk = Told(play)
    await lists(talk)
    send = next(key for key in (await play.phone("desk")).shown if key.label.startswith("✓ Gửi"))
    await talk.presses("desk", "✓ Gửi")
    expected = {
        "head": {"d1", "d2", "d3"},
        "d1": {"head", "d2", "d3"},
        "d2": {"head", "d1", "d3"},
        "d3": {"head", "d1", "d2"},
        "chief": {"vice"},
        "vice": {"chief"},
    }
    assert await asked_about(play) == expected
    kept = await play.rows(ROUND)
    # The same button once more, from a second phone of the same desk, and from the menu.
    for who in ("desk", "desk_head"):
        await (await play.phone(who)).does(Pressed(Button.decode(send.data)))
        assert "Không còn phiếu nào" in (await play.phone(who)).text
    assert await play.rows(ROUND) == kept
    # Who is asked about several hears of all of them at once.
    told = [row["key"] for row in await play.rows(DELIVERY, person_id=play.ids["d2"]) if "round" in row["key"]]
    assert len(told) == 1


async def test_after_one_sheet_the_next_is_a_press_away(play):
    talk = Told(play)
    await lists(talk)
    await talk.presses("desk", "✓ Gửi")
    await talk.hears("d2")
    await talk.presses("d2", "Xem các phiếu")
    filled = []
    await talk.presses("d2", f"● {play.cast.name('d1')}")
    for _ in range(3):
        said = await talk.says("d2", "85")
        filled.append(next(key for key in ("head", "d1", "d3") if play.cast.name(key) in said))
        labels = (await play.phone("d2")).labels
        if len(filled) < 3:
            assert "Phiếu tiếp theo: " in labels
            await talk.presses("d2", "Phiếu tiếp theo: ")
    assert "Phiếu tiếp theo" not in labels, "all three are filled in"
    assert {*filled} == {"head", "d1", "d3"}


async def test_who_left_between_list_and_press_is_not_asked(play, tmp_path):
    talk = Told(play)
    await lists(talk)
    gone = play.cast.name("d3")
    await play.imports(tmp_path, play.cast.without("d3"))
    said = await talk.presses("desk", "✓ Gửi")
    assert "vừa thay đổi" in said
    assert gone not in said
    assert await play.rows(ROUND) == []
    await talk.presses("desk", "✓ Gửi")
    assert (await asked_about(play))["head"] == {"d1", "d2"}
    assert "d3" not in await asked_about(play)


async def test_a_day_that_may_not_be_is_refused_and_nothing_is_sent(play):
    talk = Told(play)
    for day, told in (("hôm nào", "chưa đọc được ngày"), ("01/12/2020", "đã qua"), ("01/12/2021", "xa quá")):
        assert told in await lists(talk, day=day)
        assert not any("✓ Gửi" in key.label for key in (await play.phone("desk")).shown)
    assert await play.rows(ROUND) == []


async def test_which_sheet_comes_next_is_asked_only_when_one_is_filled_in(play, monkeypatch):
    talk, asked = Told(play), list[int]()
    await lists(talk)
    await talk.presses("desk", "✓ Gửi")
    real = Rounds.next_sheet

    async def noted(self: Rounds, person: int, after: Round) -> Round | None:
        asked.append(after.id)
        return await real(self, person, after)

    monkeypatch.setattr(Rounds, "next_sheet", noted)
    await talk.hears("d2")
    await talk.presses("d2", "Xem các phiếu")
    await talk.presses("d2", "● ")
    assert asked == [], "it is only read"
    await talk.says("d2", "85")
    assert len(asked) == 1


async def test_the_sender_is_not_asked_and_has_no_sheet_about_themself_sent(play):
    """The desk's head is a cadre: others of the desk send theirs."""
    talk = Told(play)
    await talk.says("desk_head", "/gopy")
    for label in ("Gửi lấy ý kiến", "Gửi phiếu về mọi người chưa có", "Cấp trên trực tiếp"):
        await talk.presses("desk_head", label)
    said = await talk.says("desk_head", "18/12")
    assert "Phiếu về chính anh/chị do người khác" in said
    await talk.presses("desk_head", "✓ Gửi")
    assert "desk_head" not in await asked_about(play)


@pytest.mark.parametrize("who", ["head", "d1", "p1", "vice", "chief"])
async def test_nobody_but_the_desk_sends_about_everybody(play, who):
    talk = Told(play)
    await lists(talk)
    send = next(key for key in (await play.phone("desk")).shown if key.label.startswith("✓ Gửi"))
    phone = await play.phone(who)
    for button in (Button("round_rest"), Button("round_restof", 0, tuple(Button.decode(send.data).about[:1]))):
        await phone.does(Pressed(button))
        assert not any("phiếu" in key.label and "✓" in key.label for key in phone.shown)
    before = len(await play.rows(AUDIT, what="refused"))
    await phone.does(Pressed(Button.decode(send.data)))
    assert await play.rows(ROUND) == []
    assert len(await play.rows(AUDIT, what="refused")) == before + 1
