"""A poll in a real store, and its people: each step is one transaction, as the page's are."""

from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.balloting import blind, protocol
from bot.balloting.protocol import BallotRefused, RefusedError
from rules.balloting.poll import Poll, Stage
from rules.balloting.slips import Slip
from storage import Store, Transaction
from storage.repositories.polls import Cast, Counted
from tests.bot.balloting.voters import Token, a_poll, seal, teller_key
from tests.storage.house import AT, Office, person, settle


@dataclass
class Hall:
    """A poll that is held, and everybody's phones. `keys`: an RSA key in place of a fresh one (they take their time)."""

    store: Store
    office: Office
    people: list[int]
    poll_id: int = 0
    secrets: dict[int, bytes] = field(default_factory=dict)  # teller's person → private key
    tokens: dict[int, Token] = field(default_factory=dict)
    ballots: dict[int, Cast] = field(default_factory=dict)
    keys: tuple[bytes, bytes] | None = None

    @asynccontextmanager
    async def step(self) -> Any:
        """A transaction with the poll locked; kept unless it is refused."""
        async with self.store.transaction() as tx:
            poll = await tx.polls.locked(self.poll_id)
            assert poll
            yield tx, poll
            await tx.commit()

    async def poll(self) -> Poll:
        """As it is now."""
        async with self.store.reading() as tx:
            poll = await tx.polls.get(self.poll_id)
        assert poll
        return poll

    async def prepare(self, lines: int = 1) -> None:
        """The poll is set, and its tellers' phones have made their keys."""
        async with self.store.transaction() as tx:
            poll = a_poll(self.office.id, self.office.head, self.people, lines)
            self.poll_id = await tx.polls.add(poll, AT)
            await tx.commit()
        for teller in (await self.poll()).tellers:
            private, public = teller_key()
            self.secrets[teller.person] = private
            async with self.step() as (tx, poll):
                await protocol.keep_key(tx, poll, teller.person, public)

    async def gather(self) -> None:
        """Tokens are given from now on."""
        async with self.step() as (tx, poll):
            if self.keys is None:
                await protocol.open_gathering(tx, poll, AT)
            else:
                await tx.polls.gather(poll.id, *self.keys)
                await tx.polls.walk(poll.id, Stage.GATHERING, AT)

    async def walk(self, to: Stage) -> None:
        """Another stage."""
        async with self.step() as (tx, poll):
            await tx.polls.walk(poll.id, to, AT)

    async def receive(self, who: int) -> None:
        """Somebody is present: their phone asks for a token."""
        public = (await self.poll()).public
        assert public
        token = self.tokens.setdefault(who, Token(public))
        async with self.step() as (tx, poll):
            token.finish(await protocol.give_token(tx, poll, who, token.blinded))

    async def cast(self, who: int, slip: Slip) -> str:
        """The phone of somebody casts; pressed again it sends the same."""
        poll = await self.poll()
        ballot = self.ballots.setdefault(who, self.tokens[who].ballot(seal(poll, slip)))
        return await self.put(ballot)

    async def put(self, ballot: Cast) -> str:
        """A ballot comes in."""
        async with self.step() as (tx, poll):
            return await protocol.cast(tx, poll, ballot)

    async def give_up(self, who: int) -> Stage:
        """A teller's phone gives its key up."""
        async with self.step() as (tx, poll):
            return await protocol.give_up_key(tx, poll, who, self.secrets[who], AT)

    async def result(self) -> Counted | None:
        """What came of it."""
        async with self.store.reading() as tx:
            return await tx.polls.result(self.poll_id)


async def hall(store: Store, voters: int, keys: tuple[bytes, bytes] | None = None) -> Hall:
    """An office with so many people who have a vote."""
    async with store.transaction() as tx:
        office = await settle(tx)
        people = [await tx.people.add(person(f"Người {n:03}", office.room), f"N{n:03}") for n in range(voters)]
        await tx.commit()
    return Hall(store, office, people, keys=keys)


async def refusal(doing: Callable[[], Any]) -> BallotRefused | None:
    """Why something is refused."""
    try:
        await doing()
    except RefusedError as error:
        return error.why
    return None


async def used(tx: Transaction, poll: int) -> tuple[Cast, ...]:
    """The box as it is."""
    return await tx.polls.box(poll)


SMALL = 1024


def small_keys(monkeypatch) -> tuple[bytes, bytes]:
    """A key of half the length, where very many tokens are given: the formats are the same."""
    monkeypatch.setattr(blind, "BITS", SMALL)
    monkeypatch.setattr(blind, "LENGTH", SMALL // 8)
    return blind.make_key()
