"""A secret poll from beginning to end, and everything that may go wrong with it: each has its answer, on both engines."""

from functools import partial

import pytest
import pytest_asyncio

from bot.balloting import protocol, sealing
from bot.balloting.protocol import BallotRefused
from rules.balloting.poll import Stage, following, obstacles
from storage.repositories.seals import Break, Sealed
from storage.tables import PERSON, POLL
from tests.bot.balloting.house import Hall, hall, refusal
from tests.bot.balloting.voters import Token, seal, seal_bytes, teller_key
from tests.storage.house import AT


@pytest_asyncio.fixture
async def room(store) -> Hall:
    """Six voters, of whom the first three are tellers; the poll is prepared."""
    room = await hall(store, 6)
    await room.prepare()
    return room


@pytest_asyncio.fixture
async def casting(room: Hall) -> Hall:
    """Five of six have a token, and casting is open."""
    await room.gather()
    for who in room.people[:5]:
        await room.receive(who)
    await room.walk(Stage.CASTING)
    return room


async def count(room: Hall, *tellers: int) -> Stage:
    """Closed, and these tellers (by their places) give their keys up."""
    await room.walk(Stage.CLOSED)
    stage = Stage.CLOSED
    for teller in tellers:
        stage = await room.give_up(room.people[teller])
    return stage


async def test_a_poll_from_beginning_to_end(casting: Hall) -> None:
    trackers = [await casting.cast(who, ("yes",) if who % 2 else ("no",)) for who in casting.people[:4]]
    assert await count(casting, 0, 2) is Stage.COUNTED
    result = await casting.result()
    assert result
    assert (result.tally.given, result.tally.returned, result.tally.invalid) == (5, 4, 0)
    yes = sum(who % 2 for who in casting.people[:4])
    assert result.tally.lines == {"0": {"yes": yes, "no": 4 - yes}}
    assert list(result.trackers) == sorted(trackers)


async def test_what_is_over_keeps_no_key_no_box_and_no_way_in(casting: Hall, database_url: str) -> None:
    await casting.cast(casting.people[0], ("yes",))
    await count(casting, 0, 1)
    async with casting.store.reading() as tx:
        assert await tx.polls.box(casting.poll_id) == ()
        assert await tx.polls.private(casting.poll_id) is None
        assert await tx.polls.given_up(casting.poll_id) == {}


async def test_the_key_for_tokens_is_gone_as_soon_as_nobody_casts(casting: Hall) -> None:
    await casting.walk(Stage.CLOSED)
    async with casting.store.reading() as tx:
        assert await tx.polls.private(casting.poll_id) is None


async def test_the_same_request_gets_the_same_token_and_another_none(room: Hall) -> None:
    await room.gather()
    who = room.people[0]
    await room.receive(who)
    first = room.tokens[who].signature
    await room.receive(who)  # the answer was lost on its way
    assert room.tokens[who].signature == first
    del room.tokens[who]  # another phone, or its data was cleared
    assert await refusal(partial(room.receive, who)) is BallotRefused.ALREADY
    assert (await room.poll()).received == 1


async def test_a_token_whose_answer_was_lost_comes_again_while_it_is_cast_and_no_later(casting: Hall) -> None:
    """The line broke before the answer came, and casting was opened meanwhile: the same request gets the same signature; another one none."""
    who, late = casting.people[0], casting.people[5]
    first = casting.tokens[who].signature
    casting.tokens[who].signature = b""
    await casting.receive(who)
    assert casting.tokens[who].signature == first
    await casting.cast(who, ("yes",))
    del casting.tokens[who]
    assert await refusal(partial(casting.receive, who)) is BallotRefused.ALREADY
    assert (
        await refusal(partial(casting.receive, late)) is BallotRefused.STAGE
    )  # never asked before: that is a new token
    await casting.walk(Stage.CLOSED)
    assert await refusal(partial(casting.receive, casting.people[1])) is BallotRefused.STAGE
    assert (await casting.poll()).received == 5


async def test_the_same_ballot_again_is_the_same_ballot(casting: Hall) -> None:
    who = casting.people[0]
    first = await casting.cast(who, ("yes",))
    assert await casting.cast(who, ("yes",)) == first
    await casting.walk(Stage.CLOSED)
    assert await casting.cast(who, ("yes",)) == first  # the phone was without a line for ten minutes
    await casting.give_up(casting.people[0])
    await casting.give_up(casting.people[1])
    assert await casting.cast(who, ("yes",)) == first
    result = await casting.result()
    assert result
    assert result.tally.returned == 1


async def test_a_token_is_spent_once(casting: Hall) -> None:
    who = casting.people[0]
    await casting.cast(who, ("yes",))
    del casting.ballots[who]
    assert await refusal(partial(casting.cast, who, ("no",))) is BallotRefused.SPENT


async def test_nobody_casts_before_it_is_open_or_after_it_is_closed(room: Hall) -> None:
    await room.gather()
    first, late, *_ = room.people
    for who in (first, late):
        await room.receive(who)
    assert await refusal(partial(room.cast, first, ("yes",))) is BallotRefused.STAGE
    await room.walk(Stage.CASTING)
    await room.cast(first, ("yes",))
    await room.walk(Stage.CLOSED)
    assert await refusal(partial(room.cast, late, ("yes",))) is BallotRefused.STAGE


async def test_who_comes_late_gets_no_token(casting: Hall) -> None:
    assert await refusal(partial(casting.receive, casting.people[5])) is BallotRefused.STAGE


async def test_who_has_no_vote_gets_no_token(room: Hall) -> None:
    await room.gather()
    assert await refusal(partial(room.receive, room.office.director)) is BallotRefused.NOT_ENTITLED


async def test_who_left_after_receiving_a_token_may_still_spend_it(casting: Hall) -> None:
    """Nobody can take back what nobody can tell apart: a token is a ballot in the hand."""
    who = casting.people[4]
    async with casting.store.transaction() as tx:
        await tx.connection.execute(PERSON.update().where(PERSON.c.id == who).values(left_on=AT.date()))
        await tx.commit()
    await casting.cast(who, ("yes",))
    await count(casting, 0, 1)
    result = await casting.result()
    assert result
    assert result.tally.returned == 1


async def test_a_token_of_another_poll_or_of_nobody_is_none(casting: Hall) -> None:
    poll = await casting.poll()
    assert poll.public
    forged = Token(poll.public)
    forged.signature = bytes(256)
    assert await refusal(partial(casting.put, forged.ballot(seal(poll, ("yes",))))) is BallotRefused.NO_TOKEN


async def test_a_ballot_of_another_length_is_refused_and_spends_nothing(casting: Hall) -> None:
    who = casting.people[0]
    sealed = seal(await casting.poll(), ("yes",))
    for wrong in (sealed + b"x", sealed[:-1], b""):
        assert await refusal(partial(casting.put, casting.tokens[who].ballot(wrong))) is BallotRefused.MALFORMED
    await casting.cast(who, ("yes",))


async def test_what_opens_to_nothing_is_an_invalid_slip_and_costs_nobody_else(casting: Hall) -> None:
    poll = await casting.poll()
    broken, odd, good, *_ = casting.people
    length = len(seal(poll, ("yes",)))
    await casting.put(casting.tokens[broken].ballot(bytes(length)))
    await casting.put(casting.tokens[odd].ballot(seal_bytes(poll, bytes([1, 9]).ljust(64, b"\0"))))
    await casting.cast(good, ("yes",))
    assert await count(casting, 1, 2) is Stage.COUNTED
    result = await casting.result()
    assert result
    assert (result.tally.returned, result.tally.invalid, result.tally.lines["0"]["yes"]) == (3, 2, 1)
    assert len(result.trackers) == 3


async def test_one_teller_alone_opens_nothing_and_two_gone_end_it(casting: Hall) -> None:
    await casting.cast(casting.people[0], ("yes",))
    assert await count(casting, 1) is Stage.CLOSED
    assert await casting.give_up(casting.people[1]) is Stage.CLOSED  # pressed twice
    assert await casting.result() is None
    assert list(obstacles(await casting.poll(), Stage.ENDED)) == []
    await casting.walk(Stage.ENDED)
    assert await casting.result() is None


async def test_the_third_teller_comes_too_late_and_is_told_it_is_counted(casting: Hall) -> None:
    await casting.cast(casting.people[0], ("yes",))
    await count(casting, 0, 1)
    assert await casting.give_up(casting.people[2]) is Stage.COUNTED


async def test_a_key_that_is_not_the_tellers_is_refused(casting: Hall) -> None:
    await casting.walk(Stage.CLOSED)
    casting.secrets[casting.people[0]] = teller_key()[0]
    assert await refusal(partial(casting.give_up, casting.people[0])) is BallotRefused.WRONG_KEY
    casting.secrets[casting.people[5]] = teller_key()[0]
    assert await refusal(partial(casting.give_up, casting.people[5])) is BallotRefused.NOT_ENTITLED


async def test_no_teller_changes_their_key_once_tokens_are_given(casting: Hall) -> None:
    async def again() -> None:
        async with casting.step() as (tx, poll):
            await protocol.keep_key(tx, poll, casting.people[0], teller_key()[1])

    assert await refusal(again) is BallotRefused.STAGE


async def test_more_ballots_than_tokens_make_it_void(casting: Hall) -> None:
    """As if somebody had got at the key by which tokens are given."""
    poll = await casting.poll()
    for who in casting.people[:5]:
        await casting.cast(who, ("yes",))
    async with casting.store.reading() as tx:
        private = await tx.polls.private(poll.id)
    assert private
    assert poll.public
    extra = Token(poll.public)
    extra.finish(protocol.blind.sign(private, extra.blinded))
    await casting.put(extra.ballot(seal(poll, ("yes",))))
    assert await count(casting, 0, 1) is Stage.VOID
    assert await casting.result() is None


async def test_a_token_that_is_in_the_box_twice_makes_it_void(casting: Hall) -> None:
    await casting.cast(casting.people[0], ("yes",))
    async with casting.step() as (tx, poll):
        (ballot,) = await tx.polls.box(poll.id)
        again = ballot._replace(sealed=seal(poll, ("no",)))
        await tx.polls.keep_box(poll.id, (ballot, again))
    assert await count(casting, 0, 1) is Stage.VOID


async def test_somebody_elses_ballot_sent_once_more_under_another_token_is_no_ballot(casting: Hall) -> None:
    """Who holds a copy of the box and some tokens could put one ballot in again and again, and see by the count what it says."""
    first, other, *_ = casting.people
    await casting.cast(first, ("yes",))
    sealed = casting.ballots[first].sealed
    start = len(sealed) - sealing.SEALED_SHARE
    for copy in (
        sealed,
        sealed[:start] + seal(await casting.poll(), ("no",))[start:],
    ):  # also with one share of another
        assert await refusal(partial(casting.put, casting.tokens[other].ballot(copy))) is BallotRefused.SPENT
    await casting.cast(other, ("no",))
    async with casting.step() as (tx, poll):  # by the database itself
        box = await tx.polls.box(poll.id)
        await tx.polls.keep_box(poll.id, (*box, casting.tokens[casting.people[2]].ballot(sealed)))
    assert await count(casting, 0, 1) is Stage.VOID
    assert await casting.result() is None


@pytest.mark.parametrize(
    "changed",
    [
        {"tally": {"given": 5, "returned": 3, "invalid": 0, "lines": {"0": {"yes": 0, "no": 3}}}},
        {"lines": [{"text": "Đồng chí khác", "person": None}]},
        {"trackers": ["AAAAAAAAAA"] * 3},
        {"title": "Câu hỏi khác"},
    ],
    ids=lambda one: next(iter(one)),
)
async def test_figures_that_somebody_changes_after_the_count_are_found(
    casting: Hall, changed: dict[str, object]
) -> None:
    for who in casting.people[:3]:
        await casting.cast(who, ("yes",))
    await count(casting, 0, 1)
    async with casting.store.reading() as tx:
        assert isinstance(await tx.seals.verify(), Sealed)
    async with casting.store.transaction() as tx:  # by the database itself
        await tx.connection.execute(POLL.update().where(POLL.c.id == casting.poll_id).values(**changed))
        await tx.commit()
    async with casting.store.reading() as tx:
        assert await tx.seals.verify() == Break(0, "poll", casting.poll_id, "changed")


async def test_it_begins_only_when_all_tellers_have_made_their_keys(store) -> None:
    room = await hall(store, 5)
    await room.prepare()
    poll = await room.poll()
    assert following(poll) is Stage.GATHERING
    assert list(obstacles(poll, Stage.GATHERING)) == []
    assert list(obstacles(poll, Stage.CASTING)) == ["order"]
    async with room.step() as (tx, poll):
        await tx.polls.keep_public(poll.id, room.people[1], None)
    assert list(obstacles(await room.poll(), Stage.GATHERING)) == ["keys"]
