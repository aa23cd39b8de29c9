"""A unit that nobody heads, where a party cell stands: what it sends up is sent by the secretary of the cell."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rules.campaign.permissions import Relation
from rules.upward.places import Seating, relations_to_sent
from storage.tables import SENT_UP
from tests.campaigns.meetings.son_la_2021 import COMMITTEE, PLAN, TEAM
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
