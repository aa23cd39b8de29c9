"""A secret ballot of 200 voters: closed with two tellers' keys, every token checked once more, opened and counted. It
uses the same functions as the page, on SQLite.
"""

import asyncio
import datetime as dt
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_private_key

from bot.balloting import blind, protocol, sealing
from rules.balloting.poll import Line, Mode, Poll, Stage, Taking
from rules.balloting.slips import packed
from rules.book.ballots import Choices
from rules.nouns.people import Person
from rules.nouns.values import Subject
from storage import Store, Transaction, upgrade
from storage.repositories.polls import Cast

VOTERS, LINES = 200, 20
AT = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)


def measure() -> str:
    """One line for `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        one, whole = asyncio.run(_measured(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))
    return (
        f"ballot of {VOTERS} voters, {LINES} lines: opened and counted in {whole:.2f} s; "
        f"the last ballot cast in {one * 1000:.0f} ms"
    )


async def _measured(url: str) -> tuple[float, float]:
    await upgrade(url)
    store = await Store.open(url)
    keys = {number: X25519PrivateKey.generate() for number in (1, 2, 3)}
    poll = await _gathered(store, keys)
    async with store.reading() as tx:
        private = await tx.polls.private(poll.id)
    assert private, "tokens are being given"
    ballots = [_ballot(poll, private, number) for number in range(VOTERS)]
    async with store.transaction() as tx:
        for one in poll.voters:
            await tx.polls.receive(poll.id, one.person, str(one.person))
        await tx.polls.keep_box(poll.id, ballots[:-1])
        await tx.polls.walk(poll.id, Stage.CASTING, AT)
        await tx.commit()
    start = time.perf_counter()
    await _step(store, poll.id, partial(_cast, ballots[-1]))
    cast = time.perf_counter() - start
    async with store.transaction() as tx:
        await tx.polls.walk(poll.id, Stage.CLOSED, AT)
        await tx.commit()
    start = time.perf_counter()
    for number, one in list(enumerate(poll.tellers, 1))[:2]:
        key = keys[number].private_bytes_raw()
        await _step(store, poll.id, partial(_give_up, one.person, key))
    whole = time.perf_counter() - start
    async with store.reading() as tx:
        result = await tx.polls.result(poll.id)
    assert result
    assert result.tally.valid == VOTERS
    await store.close()
    return cast, whole


async def _cast(ballot: Cast, tx: Transaction, poll: Poll) -> None:
    await protocol.cast(tx, poll, ballot)


async def _give_up(person: int, key: bytes, tx: Transaction, poll: Poll) -> None:
    await protocol.give_up_key(tx, poll, person, key, AT)


async def _step(store: Store, poll: int, doing: Callable[[Transaction, Poll], Awaitable[object]]) -> None:
    async with store.transaction() as tx:
        locked = await tx.polls.locked(poll)
        assert locked
        await doing(tx, locked)
        await tx.commit()


async def _gathered(store: Store, keys: dict[int, X25519PrivateKey]) -> Poll:
    async with store.transaction() as tx:
        office = await tx.units.keep_office("Văn phòng Mẫu")
        unit = await tx.units.keep_unit(office, "Phòng Mẫu")
        people = [
            await tx.people.add(Person(0, f"Người {n}", "Chuyên viên", unit, "", "", Subject.OFFICIAL), f"N{n}")
            for n in range(VOTERS)
        ]
        taking = tuple(
            Taking(one, f"Người {n}", teller=n + 1 if n < len(keys) else None) for n, one in enumerate(people)
        )
        lines = tuple(Line(f"Đồng chí {n}") for n in range(LINES))
        poll = Poll(0, office, people[0], "Bỏ phiếu", Mode.SECRET, Choices.RATINGS, lines, taking=taking)
        poll_id = await tx.polls.add(poll, AT)
        for number, key in keys.items():
            await tx.polls.keep_public(poll_id, people[number - 1], key.public_key().public_bytes_raw())
        kept = await tx.polls.get(poll_id)
        assert kept
        await protocol.open_gathering(tx, kept, AT)
        kept = await tx.polls.get(poll_id)
        await tx.commit()
    assert kept
    return kept


def _ballot(poll: Poll, private: bytes, number: int) -> Cast:
    """A ballot as the page makes one. Its token is signed without blinding, because that makes no difference to the
    count.
    """
    message = secrets.token_bytes(blind.PREFIX + blind.NUMBER)
    key = secrets.token_bytes(sealing.KEY)
    slip = packed(
        tuple(poll.options[(number + place) % len(poll.options)] for place in range(len(poll.lines))), poll.options
    )
    sealed = AESGCM(key).encrypt(sealing.NONCE, slip, sealing.about(poll.id))
    # Shares of a line with slope 0: each of them is the secret itself.
    for teller in poll.tellers:
        assert teller.public
        public = X25519PublicKey.from_public_bytes(teller.public)
        share = key + bytes([teller.teller or 0])
        sealed += sealing.SUITE.encrypt(share, public, info=sealing.about(poll.id, teller.teller or 0))
    signer = load_der_private_key(private, None)
    assert isinstance(signer, RSAPrivateKey)
    how = PSS(MGF1(SHA384()), salt_length=SHA384.digest_size)
    return Cast(message, signer.sign(message, how, SHA384()), sealed)


if __name__ == "__main__":
    print(measure())
