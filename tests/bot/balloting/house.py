"""A poll in a real store, with its people. Each step is one transaction, as on the page."""

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
    """A poll, and everybody's phones. `keys`: an RSA key to use instead of a new one, which takes long to make."""

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
        """A transaction with the poll locked, which is committed unless it raises."""
        async with self.store.transaction() as tx:
            poll = await tx.polls.locked(self.poll_id)
            assert poll
            yield tx, poll
            await tx.commit()

    async def poll(self) -> Poll:
        """The poll as it is now."""
        async with self.store.reading() as tx:
            poll = await tx.polls.get(self.poll_id)
        assert poll
        return poll

    async def prepare(self, lines: int = 1) -> None:
        """Sets the poll up, and makes the tellers' keys."""
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
        """Opens the giving of tokens."""
        async with self.step() as (tx, poll):
            if self.keys is None:
                await protocol.open_gathering(tx, poll, AT)
            else:
                await tx.polls.gather(poll.id, *self.keys)
                await tx.polls.walk(poll.id, Stage.GATHERING, AT)

    async def walk(self, to: Stage) -> None:
        """Moves the poll to another stage."""
        async with self.step() as (tx, poll):
            await tx.polls.walk(poll.id, to, AT)

    async def receive(self, who: int) -> None:
        """A voter's phone asks for a token."""
        public = (await self.poll()).public
        assert public
        token = self.tokens.setdefault(who, Token(public))
        async with self.step() as (tx, poll):
            token.finish(await protocol.give_token(tx, poll, who, token.blinded))

    async def cast(self, who: int, slip: Slip) -> str:
        """A voter's phone casts a ballot; when it is pressed again, it sends the same one."""
        poll = await self.poll()
        ballot = self.ballots.setdefault(who, self.tokens[who].ballot(seal(poll, slip)))
        return await self.put(ballot)

    async def put(self, ballot: Cast) -> str:
        """Puts a ballot into the box."""
        async with self.step() as (tx, poll):
            return await protocol.cast(tx, poll, ballot)

    async def give_up(self, who: int) -> Stage:
        """A teller's phone gives its key up."""
        async with self.step() as (tx, poll):
            return await protocol.give_up_key(tx, poll, who, self.secrets[who], AT)

    async def result(self) -> Counted | None:
        """The counted result; None: it is not counted yet."""
        async with self.store.reading() as tx:
            return await tx.polls.result(self.poll_id)


async def hall(store: Store, voters: int, keys: tuple[bytes, bytes] | None = None) -> Hall:
    """Makes an office with so many voters."""
    async with store.transaction() as tx:
        office = await settle(tx)
        people = [await tx.people.add(person(f"Người {n:03}", office.room), f"N{n:03}") for n in range(voters)]
        await tx.commit()
    return Hall(store, office, people, keys=keys)


async def refusal(doing: Callable[[], Any]) -> BallotRefused | None:
    """The refusal of something; None: it was not refused."""
    try:
        await doing()
    except RefusedError as error:
        return error.why
    return None


async def used(tx: Transaction, poll: int) -> tuple[Cast, ...]:
    """The content of the box."""
    return await tx.polls.box(poll)


SMALL = 1024


def small_keys(monkeypatch) -> tuple[bytes, bytes]:
    """A key of half the length, for tests that need very many tokens. The formats are the same."""
    monkeypatch.setattr(blind, "BITS", SMALL)
    monkeypatch.setattr(blind, "LENGTH", SMALL // 8)
    return blind.make_key()
