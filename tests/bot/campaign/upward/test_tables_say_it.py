"""Summary tables say what each column asks for: the rating of one's own, what the unit's meeting concluded, what was decided."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import openpyxl
import pytest

from bot.campaign.concluded import concluded_in
from bot.campaign.results.kept import results_of
from bot.campaign.results.tables import Tables, parts_of, tables_of, tables_workbook
from bot.turn.rooms.rated import rated_lists
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.book.summaries import Shows
from rules.campaign.deciding.quotas import all_states, is_proposed
from rules.campaign.summarising import Cell, Group
from rules.nouns.values import Rating
from tests.bot.campaign.upward.office import BOOK, ROOM, begun
from tests.bot.campaign.upward.test_consulting import called, press
from tests.bot.campaign.upward.test_sending import holds_a_meeting, sends
from tests.bot.playing import shelf
from tests.campaigns.stage import Play

E, G = Rating.EXCELLENT, Rating.GOOD
DEPUTIES = "Phó Trưởng phòng"


@pytest.fixture
async def play(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Everybody rates themselves good, and everybody of their chain agreed."""
    played = await begun(database_url, tmp_path)
    yield played
    await played.ends()


async def tables(play: Play) -> Tables:
    async with play.store.reading() as tx:
        (campaign,) = await tx.campaigns.of_office(1, is_open=True)
        return await tables_of(tx, shelf(), await parts_of(tx, shelf(), campaign), play.clock())


async def told(play: Play, table: str, unit: str, *shows: Shows) -> dict[Cell, tuple[Cell, ...]]:
    """Name → what stands in these columns."""
    one = next(one for one in (await tables(play)).summaries if (one.table.key, one.unit) == (table, unit))
    at = [column.shows for column in one.columns]
    return {line.cells[at.index(Shows.NAME)]: tuple(line.cells[at.index(each)] for each in shows) for line in one.lines}


async def shares(play: Play) -> dict[str, tuple[Cell, ...]]:
    """Group → base, allowed, have, over, as the table of the plan's proposals has them."""
    one = next(one for one in (await tables(play)).summaries if one.table.key == "groups")
    at = [column.shows for column in one.columns]
    found = {}
    for line in one.lines:
        group = line.cells[at.index(Shows.WHAT)]
        assert isinstance(group, Group)
        if group.group:
            counts = (Shows.BASE, Shows.ALLOWED, Shows.HAVE, Shows.OVER)
            found[group.group] = tuple(line.cells[at.index(each)] for each in counts)
    return found


async def counted_live(play: Play) -> dict[str, tuple[int, int]]:
    """The same groups where they are counted while people work: base, have."""
    async with play.store.reading() as tx:
        lines = await tx.standings.of_campaign(1, play.clock().date())
        (listed,) = rated_lists(shelf(), lines, is_proposed, await concluded_in(tx, shelf(), {1})).values()
    book = shelf()[lines[0].campaign.edition]
    states = (one.state.share for one in all_states(book, listed) if one.state.share.quota.stage == "proposal")
    return {str(one.key["group"]): (one.base, one.rated) for one in states if one.key.get("group")}


async def concludes_otherwise(play: Play, rating: Rating) -> None:
    """The authority's meeting is over, and concluded something else of the deputy than the unit's."""
    await sends(play)
    await sends(play, "head2", 3)
    play.on("28/11/2023 13:50")
    meeting = await called(play)
    play.on("28/11/2023 14:00")
    review = next(item.review for item in meeting.items if item.person == play.ids["deputy"])
    await press(play, "chief", "meeting_open")
    for who in ("vice", "head", "head2"):
        await press(play, who, "meeting_came")
    await press(play, "chief", "meeting_turn_why", review)
    chief = await play.phone("chief")
    await chief.says("Xem xét trước")
    await press(play, "chief", "meeting_conclude", review)
    await chief.says("Làm tốt việc được giao")
    await chief.says("Không")
    await press(play, "chief", "meeting_rate", review, 0, rating.value)
    await press(play, "chief", "meeting_concluded", review)
    await press(play, "chief", "meeting_close")
    await press(play, "chief", "meeting_close_now")


async def test_before_a_meeting_a_unit_proposes_what_everybody_agreed_to(play: Play) -> None:
    found = await told(play, "unit_proposals", ROOM, Shows.OWN, Shows.PROPOSED)
    assert set(found.values()) == {(G, G)}
    assert await shares(play) == {
        "Trưởng phòng": (2, 0, 0, 0),
        DEPUTIES: (1, 0, 0, 0),
        "Chuyên viên": (3, 0, 0, 0),
    }


async def test_each_column_takes_its_own_source_and_quotas_count_the_same(play: Play) -> None:
    before = await told(play, "unit_proposals", ROOM, Shows.OWN, Shows.PROPOSED)
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    deputy = play.cast.name("deputy")
    after = await told(play, "unit_proposals", ROOM, Shows.OWN, Shows.PROPOSED)
    assert after == {**before, deputy: (G, E)}
    office = await told(play, "office_results", "", Shows.PROPOSED, Shows.RATING)
    assert (office.pop(deputy), set(office.values())) == ((E, None), {(G, None), (None, None)}), (
        "the leaders and the desk sent nothing"
    )
    # None of the deputies is proposed good any more, and a fifth of none is none: the one is one too many.
    assert (await shares(play))[DEPUTIES] == (0, 0, 1, 1)
    live = await counted_live(play)
    assert {name: (base, have) for name, (base, _, have, _) in (await shares(play)).items()} == live
    made = openpyxl.load_workbook(io.BytesIO(tables_workbook(await tables(play))))
    line = next(row for row in made[ROOM].iter_rows(values_only=True) if deputy in row)
    assert [cell for cell in line if cell is not None][-2:] == [
        "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ",
    ]  # fmt: skip


async def test_what_the_authority_concludes_is_no_proposal_of_the_unit(play: Play) -> None:
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    await concludes_otherwise(play, Rating.COMPLETED)
    deputy = play.cast.name("deputy")
    assert (await told(play, "office_results", "", Shows.PROPOSED, Shows.RATING))[deputy] == (E, None)
    assert (await counted_live(play))[DEPUTIES] == (0, 1)


async def test_what_a_meeting_that_goes_on_says_stands_in_no_table(play: Play) -> None:
    play.on("22/11/2023 09:00")
    head = await play.phone("head")
    await head.commands("hop")
    await head.presses("meeting_new")
    await head.says("9h00 22/11/2023, phòng họp")
    async with play.store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(1)
    review = next(item.review for item in meeting.items if item.person == play.ids["deputy"])

    async def at(verb: str, *about: object) -> None:
        await head.does(Pressed(Button(verb, 0, (str(meeting.id), *map(str, about)))))

    await at("meeting_open")
    for who in ("deputy", "an", "binh"):
        await (await play.phone(who)).does(Pressed(Button("meeting_came", 0, (str(meeting.id),))))
    await at("meeting_turn_why", review)
    await head.says("Trưởng phòng sau")
    await at("meeting_conclude", review)
    await head.says("Làm tốt việc được giao")
    await head.says("Không")
    await at("meeting_rate", review, 0, "excellent")
    await at("meeting_concluded", review)
    async with play.store.reading() as tx:
        (running,) = await tx.meetings.of_office(1)
        found = await results_of(tx, shelf(), 1, BOOK, play.clock().date())
    item = running.item(review)
    assert item is not None
    assert item.conclusion is not None
    assert {one.concluded for one in found} == {None}
