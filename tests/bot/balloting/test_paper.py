"""Paper: two tellers enter their counts apart; nobody finds out by trying what the other has entered."""

from dataclasses import replace

import pytest_asyncio

from bot.balloting import protocol
from bot.balloting.protocol import BallotRefused, RefusedError
from rules.balloting.poll import MOST_COUNTS, Mode, Stage
from rules.balloting.slips import Tally
from storage import Store
from tests.bot.balloting.house import Hall, hall
from tests.bot.balloting.voters import a_poll
from tests.storage.house import AT


def counted(yes: int, no: int = 1, given: int = 6) -> Tally:
    """What a teller enters of five slips that came back."""
    return Tally(given, 5, 0, {"0": {"yes": yes, "no": no}})


@pytest_asyncio.fixture
async def room(store: Store) -> Hall:
    """Six voters; the first three are tellers; the slips are being counted."""
    room = await hall(store, 6)
    async with store.transaction() as tx:
        poll = replace(a_poll(room.office.id, room.office.head, room.people, 1), mode=Mode.PAPER)
        room.poll_id = await tx.polls.add(poll, AT)
        await tx.polls.walk(room.poll_id, Stage.CLOSED, AT)
        await tx.commit()
    return room


async def enters(room: Hall, teller: int, count: Tally, attempt: int = 0) -> Stage | BallotRefused:
    """A teller (by place) enters a count, with so many that differed before on their page."""
    try:
        async with room.step() as (tx, poll):
            return await protocol.enter_count(tx, poll, room.people[teller], count, AT, attempt)
    except RefusedError as refused:
        return refused.why


async def test_two_counts_that_are_alike_are_the_result(room: Hall) -> None:
    assert await enters(room, 0, counted(3)) is Stage.CLOSED
    assert await enters(room, 1, counted(3)) is Stage.COUNTED
    assert await enters(room, 1, counted(3)) is Stage.COUNTED  # the answer was lost
    result = await room.result()
    assert result
    assert result.tally == counted(3)


async def test_nobody_tries_figures_until_they_fit(room: Hall) -> None:
    """What was entered stands until the other has entered theirs; where they differ both count anew, and each time is kept."""
    assert await enters(room, 0, counted(3)) is Stage.CLOSED
    assert await enters(room, 0, counted(4)) is BallotRefused.ENTERED
    assert await enters(room, 1, counted(4)) is Stage.CLOSED
    poll = await room.poll()
    assert [one.counts for one in poll.attempts] == [(("Người 000", counted(3)), ("Người 001", counted(4)))]
    async with room.store.reading() as tx:
        assert await tx.polls.counts(room.poll_id) == {}
    assert (
        await enters(room, 1, counted(3)) is Stage.CLOSED
    )  # pressed again on a page that knows of no difference: nothing is kept
    async with room.store.reading() as tx:
        assert await tx.polls.counts(room.poll_id) == {}
    assert await enters(room, 1, counted(4), attempt=1) is Stage.CLOSED
    assert await enters(room, 2, counted(4), attempt=1) is Stage.COUNTED  # any two of them


async def test_three_differences_stop_it_until_who_leads_says_go_on(room: Hall) -> None:
    for attempt in range(MOST_COUNTS):
        assert await enters(room, 0, counted(3), attempt) is Stage.CLOSED
        assert await enters(room, 1, counted(2), attempt) is Stage.CLOSED
    assert (await room.poll()).stuck
    assert await enters(room, 0, counted(3), MOST_COUNTS) is BallotRefused.STUCK
    async with room.step() as (tx, poll):
        await protocol.count_on(tx, poll)
    assert await enters(room, 0, counted(3), MOST_COUNTS) is Stage.CLOSED
    assert await enters(room, 1, counted(3), MOST_COUNTS) is Stage.COUNTED
    assert len((await room.poll()).attempts) == MOST_COUNTS


async def test_a_count_that_does_not_add_up_is_refused_and_costs_no_attempt(room: Hall) -> None:
    assert await enters(room, 0, counted(3, given=7)) is BallotRefused.NOT_ADDING_UP
    assert await enters(room, 0, counted(3, no=3)) is BallotRefused.NOT_ADDING_UP
    assert await enters(room, 5, counted(3)) is BallotRefused.NOT_ENTITLED
    assert await enters(room, 0, counted(3)) is Stage.CLOSED
    assert not (await room.poll()).attempts
