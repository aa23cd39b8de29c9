"""Who asks a body outside about whom, who reads what came, who confirms it: cell by cell of the table, through the front door."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from storage.tables import INQUIRY, INQUIRY_ANSWER, INQUIRY_RECEIPT
from tests.bot.enclosures.test_looking import PDF
from tests.bot.inquiries.world import SAID, served
from tests.campaigns.offices import son_thach_2020


@pytest.fixture
async def world(sqlite_url, tmp_path):
    async with served(sqlite_url, tmp_path, son_thach_2020, "son-duong-2020", 2020, "16/11/2020 08:00") as world:
        yield world


def without(monkeypatch, relation: Relation, action: Action) -> None:
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(relation, action)})


async def _card(world, who: str) -> Button:
    """The button of the opinion about somebody, as they have it themselves."""
    phone = await world.play.phone(who)
    await phone.commands("noicutru")
    return phone.button("inquiry_card")


async def _asks(world, who: str, about: str) -> int:
    """Somebody presses what another would; how many links there are more."""
    stamp, phone = (await _card(world, about)).about[0], await world.play.phone(who)
    before = await world.play.rows(INQUIRY)
    mark = str(len([one for one in before if one["person_id"] == world.play.ids[about]]))
    await phone.does(Pressed(Button("inquiry_ask", 0, (stamp, mark, "2020-11-25"))))
    return len(await world.play.rows(INQUIRY)) - len(before)


async def test_asking_is_the_table_s(world, monkeypatch) -> None:
    assert await _asks(world, "head:TG", "head:TG") == 1
    assert await _asks(world, "head:TC", "dep:TG") == 1
    for stranger in ("head:TG", "dep:TG", "secretary", "TG1"):
        assert await _asks(world, stranger, "dep:TC") == 0, stranger
    without(monkeypatch, Relation.SELF, Action.ASK_OUTSIDE)
    assert await _asks(world, "dep:TC", "dep:TC") == 0
    without(monkeypatch, Relation.DESK, Action.ASK_OUTSIDE)
    assert await _asks(world, "head:TC", "dep:TC") == 0


async def test_the_link_is_shown_to_who_may_ask_alone(world) -> None:
    link = await world.link("dep:TG")
    stamp = (await _card(world, "dep:TG")).about[0]
    (asked,) = await world.play.rows(INQUIRY)
    for who, shown in (("head:TC", True), ("dep:TG", True), ("head:TG", False), ("secretary", False), ("TG1", False)):
        phone = await world.play.phone(who)
        await phone.does(Pressed(Button("inquiry_link", 0, (stamp, str(asked["id"])))))
        assert (link in phone.text) is shown, who
        slip = await world.play.house.documents(world.play.ids[who], DeskFile(f"inquiryslip_{asked['id']}", "pdf"))
        assert bool(slip) is shown, who
        every = await world.play.house.documents(world.play.ids[who], DeskFile("inquiryslips_1", "pdf"))
        assert bool(every) is (who == "head:TC"), who


@pytest.mark.parametrize(
    ("relation", "who"),
    [
        (Relation.SELF, "dep:TG"),
        (Relation.UNIT_HEAD, "head:TG"),
        (Relation.AUTHORITY, "secretary"),
        (Relation.DESK, "head:TC"),
    ],
)
async def test_reading_is_the_table_s(world, monkeypatch, relation, who) -> None:
    link = await world.link("dep:TG")
    await world.posts(link, SAID)
    await world.scans(link, PDF)
    typed, scan = await world.play.rows(INQUIRY_ANSWER)
    names = (f"inquirypdf_{typed['id']}", f"inquiry_{typed['id']}", f"inquiryscan_{scan['id']}")

    async def reads(one: str) -> list[bool]:
        return [bool(await world.play.house.documents(world.play.ids[one], DeskFile(name))) for name in names]

    assert await reads(who) == [True, True, True]
    assert await reads("TG1") == [False, False, False]
    assert await reads("head:VP") == [False, False, False]
    without(monkeypatch, relation, Action.READ_PART)
    assert await reads(who) == [False, False, False]


async def test_the_desk_alone_confirms_and_never_about_itself(world, monkeypatch) -> None:
    await world.scans(await world.link("head:TC"), PDF)
    await world.scans(await world.link("dep:TG"), PDF)
    own, other = await world.play.rows(INQUIRY_ANSWER)

    async def confirms(who: str, about: str, answer: int) -> bool:
        stamp, phone = (await _card(world, about)).about[0], await world.play.phone(who)
        await phone.does(Pressed(Button("inquiry_got", 0, (stamp, "1", str(answer)))))
        return answer in {one["answer_id"] for one in await world.play.rows(INQUIRY_RECEIPT)}

    assert not await confirms("head:TC", "head:TC", own["id"])
    for stranger in ("dep:TG", "head:TG", "secretary"):
        assert not await confirms(stranger, "dep:TG", other["id"]), stranger
    with monkeypatch.context() as less:
        without(less, Relation.DESK, Action.RECEIVE_OUTSIDE)
        assert not await confirms("head:TC", "dep:TG", other["id"])
    assert await confirms("head:TC", "dep:TG", other["id"])
