"""Who hands files in for a dossier and who reads them: cell by cell of the table, through the front door."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.turn.uploads import Enclosing
from dialogs.core.events import Pressed
from dialogs.core.turn import AllPapers, DeskFile, WholeDossier
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from rules.nouns.enclosures import Enclosure
from storage.kept_files import KeptFiles
from tests.bot.enclosures.test_looking import PDF
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.stage import Play

ASSETS = "Bản kê khai tài sản"


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, office.cast(), "16/11/2020 08:00")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures")))
    yield play
    await play.ends()


async def of_somebody(play, *, person: str | None = None, unit: str | None = None) -> int:
    """A file that is kept: of a person, of a unit, or of the office."""
    async with play.store.transaction() as tx:
        here = await tx.units.of_office(await tx.units.office(office.OFFICE))
        whose = (here[unit] if unit else None, play.ids[person] if person else None)
        mark = play.house.enclosing.files.keep(PDF)
        told = (mark, len(PDF), "pdf", "a.pdf", play.ids["head:TC"], "Ai đó", play.clock())
        kept = await tx.enclosures.add(Enclosure(0, 1, "son-duong-2020", "assets", *whose, *told))
        await tx.commit()
    return kept


async def reads(play, who: str, kept: int) -> bool:
    return bool(await play.house.documents(play.ids[who], DeskFile(f"enclosure_{kept}", "pdf")))


def without(monkeypatch, relation: Relation, action: Action) -> None:
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(relation, action)})


@pytest.mark.parametrize(
    ("relation", "who"),
    [
        (Relation.SELF, "dep:TG"),
        (Relation.UNIT_HEAD, "head:TG"),
        (Relation.AUTHORITY, "secretary"),
        (Relation.DESK, "head:TC"),
    ],
)
async def test_reading_is_the_table_s(play, monkeypatch, relation, who) -> None:
    kept = await of_somebody(play, person="dep:TG")
    assert await reads(play, who, kept)
    without(monkeypatch, relation, Action.READ_PART)
    assert not await reads(play, who, kept)


async def test_who_stands_in_for_the_authority_reads_one_for_these_days(play) -> None:
    kept = await of_somebody(play, person="dep:TG")
    assert not await reads(play, "head:VP", kept)
    today = play.clock().date()
    async with play.store.transaction() as tx:
        await tx.covers.set(play.ids["secretary"], play.ids["head:VP"], today, today, play.ids["head:TC"], play.clock())
        await tx.commit()
    assert await reads(play, "head:VP", kept)


async def test_nobody_else_reads_one(play) -> None:
    kept = await of_somebody(play, person="dep:TG")
    for who in ("TG1", "head:VP", "dep:VP"):
        assert not await reads(play, who, kept), who
    unit = await of_somebody(play, unit=office.PROPAGANDA)
    assert [await reads(play, who, unit) for who in ("head:TG", "head:TC", "dep:TG", "head:VP")] == [
        *(True, True, False, False)
    ]
    whole = await of_somebody(play)
    assert [await reads(play, who, whole) for who in ("head:TC", "head:TG", "secretary")] == [True, False, False]


async def test_handing_in_is_the_table_s(play, monkeypatch) -> None:
    phone = await play.phone("dep:TG")
    await phone.commands("hoso")
    button = phone.sees("dossier_at", label=ASSETS)
    assert button
    without(monkeypatch, Relation.SELF, Action.HAND_IN)
    await phone.taps("dossier_at", label=ASSETS)
    assert "không thuộc phần anh/chị nộp" in phone.text
    assert not await play.house.awaits_file(phone.channel, phone.account)


async def test_who_is_of_the_desk_no_longer_takes_nothing_more(play) -> None:
    desk = play.ids["head:TC"]
    parcel = await play.house.parcel(desk, WholeDossier(1, "a"))
    assert parcel.name.startswith("Hồ sơ 2020")
    assert await play.house.may_take(desk, WholeDossier(1, "a"))
    for whose in ("u9999", f"p{play.ids['chair'] + 1000}", "p", "u", "x1", "a1", "u-1", "p" + "9" * 9):
        assert await play.house.parcel(desk, WholeDossier(1, whose)) is None, whose
    assert await play.house.parcel(desk, WholeDossier(99, "a")) is None
    async with play.store.transaction() as tx:
        await tx.connection.execute(sa.text("UPDATE unit SET desk = false"))
        await tx.connection.execute(sa.text("UPDATE person SET desk = false"))
        await tx.commit()
    for wanted in (WholeDossier(1, "a"), AllPapers(1)):
        assert not await play.house.may_take(desk, wanted)
        assert await play.house.parcel(desk, wanted) is None
        assert not await play.house.documents(desk, wanted)


async def test_a_dossier_is_opened_by_the_desk_alone(play, monkeypatch) -> None:
    desk, other = await play.phone("head:TC"), await play.phone("head:TG")
    await desk.commands("dot")
    button = desk.sees("dossier_of")
    await other.does(Pressed(button))
    assert "do bộ phận tổ chức lập" in other.text
    assert not await play.house.documents(play.ids["head:TG"], WholeDossier(1, "a"))
    without(monkeypatch, Relation.DESK, Action.READ_PART)
    await desk.does(Pressed(button))
    assert "do bộ phận tổ chức lập" in desk.text
