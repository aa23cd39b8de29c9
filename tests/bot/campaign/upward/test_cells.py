"""A unit that nobody heads, where a party cell stands: what it sends up is sent by the secretary of the cell."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.turn.uploads import Enclosing
from dialogs.core.turn import DeskFile
from rules.book.dossier import Of
from rules.campaign.assembling import AtHand, From, Scope, assembled
from rules.campaign.permissions import Relation
from rules.nouns.values import Subject
from rules.upward.places import Seating, relations_to_sent
from storage.kept_files import KeptFiles
from storage.tables import ENCLOSURE, SENT_UP
from tests.bot.campaign.dossiers.test_handing_in import sends as hands_in
from tests.bot.enclosures.test_looking import PDF
from tests.campaigns.meetings.son_la_2021 import COMMITTEE, PLAN, TEAM
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    played = await Play.begin(sqlite_url, PLAN.cast(), PLAN.begins)
    await played.opens(tmp_path, PLAN.book, year=PLAN.year)
    yield played
    await played.ends()


async def test_the_secretary_of_the_cell_sends_and_nobody_else_of_it(play: Play) -> None:
    for who, seen in (("vice", ""), ("head", TEAM), ("secretary", COMMITTEE)):
        phone = await play.phone(who)
        await phone.commands("guilen")
        assert [name for name in (TEAM, COMMITTEE) if f"{name}, năm 2021" in phone.text] == ([seen] if seen else [])
    await phone.taps("upward_look")
    await phone.taps("upward_send")
    assert f"Đã gửi hồ sơ của {COMMITTEE}" in phone.text
    (sent,) = await play.rows(SENT_UP)
    assert sent["by"] == play.ids["secretary"]


async def test_the_cell_comes_before_its_group_whichever_row_stands_first(sqlite_url: str, tmp_path: Path) -> None:
    hire = Hiring("Cơ quan Mây", seed=3, prefix="CM")
    for who in ("chief", "an", "binh"):
        hire.one(who, "Chuyên viên", role="head" if who == "chief" else "", member=True)
    hire.unit(COMMITTEE)
    hire.one("group", "Tổ đảng", COMMITTEE, name="Tổ đảng Một", subject=Subject.PARTY_GROUP)
    hire.one("cell", "Chi bộ", COMMITTEE, name="Chi bộ Mây", subject=Subject.PARTY_CELL)
    hire.cell("Tổ đảng Một", secretary="an")
    hire.cell("Chi bộ Mây", secretary="binh")
    play = await Play.begin(sqlite_url, hire.done(), PLAN.begins)
    await play.opens(tmp_path, PLAN.book, year=PLAN.year)
    async with play.store.reading() as tx:
        units = await tx.units.of_office(1)
        assert await tx.units.led_by_cells(1) == {units[COMMITTEE]: play.ids["binh"]}
    await play.ends()


async def test_who_heads_the_unit_comes_first_and_a_cell_never_makes_the_authority(play: Play) -> None:
    await play.phone("secretary")
    async with play.store.reading() as tx:
        person = await tx.people.get(play.ids["secretary"])
    office, head = person.office, person.id + 1
    for seating, unit in (
        (Seating(office, heads={7: head}, cells={7: person.id}), 7),
        (Seating(office, top=frozenset({7}), cells={7: person.id}), 7),
        (Seating(office, cells={8: person.id}), 7),
    ):
        held = relations_to_sent(person, seating, unit)
        assert not held & {Relation.UNIT_HEAD, Relation.AUTHORITY}
    assert Relation.UNIT_HEAD in relations_to_sent(person, Seating(office, cells={7: person.id}), 7)


async def test_who_answers_for_a_unit_that_nobody_heads_owes_its_papers_by_name(play: Play, tmp_path: Path) -> None:
    """The sending page, the dossier of the desk and the secretary's own list say the same, and the file is taken."""
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures")))
    secretary, desk = await play.phone("secretary"), await play.phone("desk")
    name = play.cast.name("secretary")
    await secretary.commands("guilen")
    await secretary.taps("upward_look")
    assert f"Biên bản họp của các phòng, tổ đảng – <i>{name}</i>" in secretary.text
    await desk.commands("dot")
    await desk.taps("dossier_of")
    await desk.taps("dossier_look", label=COMMITTEE)
    assert f"{name} (bí thư, {COMMITTEE})" in desk.text
    assert "người đứng đầu" not in desk.text
    await secretary.commands("hoso")
    await secretary.taps("dossier_at", label="Biên bản họp")
    assert "Đã nhận tệp" in await hands_in(secretary, "biên bản.pdf", PDF)
    (kept,) = await play.rows(ENCLOSURE)
    assert kept["place"] == "minutes"
    (file,) = await play.house.documents(play.ids["secretary"], DeskFile(f"enclosure_{kept['id']}", "pdf"))
    assert file.content == PDF
    assert not await play.house.documents(play.ids["vice"], DeskFile(f"enclosure_{kept['id']}", "pdf"))
    vice = await play.phone("vice")
    await vice.commands("hoso")
    assert not vice.sees("dossier_at", label="Biên bản họp"), "a deputy of the cell answers for no unit"


async def test_the_minutes_of_a_cell_are_those_of_its_unit_and_lie_in_no_list_twice(play: Play) -> None:
    (line,) = await play.standings("cell")
    dossier, unit = play.house.books[line.campaign.edition].dossier, line.person.unit_id
    kept = AtHand(
        [line],
        units={unit: COMMITTEE},
        heads={unit: play.ids["secretary"]},
        led_by_cells=frozenset({unit}),
        minutes=[(unit, 5)],
        cells=[5],
    )
    for of, place, elsewhere in ((Of.UNIT, "minutes", None), (Of.AUTHORITY, "cell_minutes", "minutes")):
        there = {one.part.key: one for each in assembled(dossier[of], Scope(of, unit), kept) for one in each.parts}
        assert [(one.source, one.id) for one in there[place].files] == [(From.MINUTES, 5)]
        assert not there[place].debts
        assert elsewhere is None or (there[elsewhere].files, there[elsewhere].debts) == ((), ())
