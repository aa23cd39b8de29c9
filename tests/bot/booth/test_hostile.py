"""Requests that no page of ours makes, at the booth as it is served: each is refused in a word, none is a trouble of ours."""

import asyncio
import datetime as dt
import json
import logging
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.balloting import protocol
from bot.balloting.sealing import sealed_length
from bot.booth.house import BoothHouse
from bot.booth.pages import booth_routes
from bot.codes import fresh_code
from bot.delivery.seam import NoJobs
from bot.web.app import site, web_app
from rules.balloting.poll import Line, Mode, Poll, Stage, Taking
from rules.book.ballots import Choices
from storage import Store
from tests.bot.balloting.voters import Token, seal, teller_key
from tests.bot.playing import staged
from tests.waiting import PATIENCE

AT = dt.datetime(2020, 11, 23, 8, tzinfo=dt.UTC)
JSON = {"Content-Type": "application/json"}
#: Points of small order on Curve25519 (RFC 7748, section 6.1): what is agreed with them is known to everybody, or to nobody.
SMALL_ORDER = (
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)


@dataclass
class Booth:
    """The booth, served; a secret poll that is being prepared, with the codes of its three tellers."""

    address: str
    browser: ClientSession
    poll: int
    at: str
    codes: list[str]

    async def posts(self, step: str, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """A request made by hand; its status, and what it says as JSON (None: nothing of that kind)."""
        address = f"{self.address}/phieu/{self.at}/{step}"
        async with self.browser.post(address, data=body, headers=headers or JSON) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if answer.content_type == "application/json" else None

    async def asks(self, step: str, **given: object) -> tuple[int, Any]:
        """A request as the page makes it."""
        return await self.posts(step, json.dumps(given).encode())


@pytest.fixture
async def booth(sqlite_store: Store) -> AsyncIterator[Booth]:
    async with _served(sqlite_store) as booth:
        yield booth


@pytest.fixture
async def booth_of_each(store: Store) -> AsyncIterator[Booth]:
    """The same, once on each engine."""
    async with _served(store) as booth:
        yield booth


@asynccontextmanager
async def _served(store: Store) -> AsyncIterator[Booth]:
    stage = await staged(store)
    poll, codes = await _prepared(store, stage.clock.now)
    app = web_app(stage.house)
    app.add_routes(booth_routes(BoothHouse(store, stage.clock, stage.house.books, NoJobs())))
    async with AsyncExitStack() as stack, site(app, "127.0.0.1", 0) as address:
        async with store.reading() as tx:
            at = await tx.polls.address(poll)
        assert at
        yield Booth(address, await stack.enter_async_context(ClientSession()), poll, at, codes)


async def _prepared(store: Store, at: Any) -> tuple[int, list[str]]:
    async with store.transaction() as tx:
        (office,) = (await tx.units.offices()).values()
        people = [*await tx.people.of_office(office)][:3]
        taking = tuple(Taking(one.id, one.name, teller=place) for place, one in enumerate(people, 1))
        poll = Poll(
            *(0, office, people[0].id, "Bỏ phiếu", Mode.SECRET, Choices.AGREE),
            (Line("Nguyễn Thị Thử"),),
            taking=taking,
        )
        poll_id, codes = await tx.polls.add(poll, at), [fresh_code() for _ in people]
        for one, code in zip(people, codes, strict=True):
            await tx.polls.admit(poll_id, one.id, code)
        await tx.commit()
    return poll_id, codes


@pytest.mark.parametrize("step", ["toi", "khoa", "giay", "mo", "ghi", "dem", "thung"])
@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"[" * 50_000, JSON),
        (b'{"code":' * 9_000, JSON),
        (b"{}", {"Content-Type": "application/json; charset=none-such"}),
        (b"{}", {**JSON, "Content-Encoding": "gzip"}),
        (b"\xff\xfe", JSON),
        (b'{"code": "\\ud800", "message": "\\ud800"}', JSON),
        (b"[]", JSON),
        (b"1" * 5_000, JSON),
        (b"", JSON),
        (b'{"sealed": "' + b"A" * 1_000_000 + b'"}', JSON),
    ],
    ids=["deep", "deep_named", "charset", "gzip", "bytes", "surrogate", "list", "number", "nothing", "large"],
)
async def test_what_no_page_sends_is_refused_and_is_no_trouble(
    booth: Booth, step: str, body: bytes, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        status, _ = await booth.posts(step, body, headers)
    assert status in {400, 403, 413}
    assert not caplog.records


async def test_a_ballot_without_a_token_waits_for_nobody_who_writes(booth: Booth, sqlite_store: Store) -> None:
    """Anybody may send one, as often as they like: it takes no turn to write from the others."""
    async with sqlite_store.transaction() as tx:
        poll = await tx.polls.locked(booth.poll)
        assert poll
        await protocol.open_gathering(tx, poll, AT)
        await tx.polls.walk(booth.poll, Stage.CASTING, AT)
        await tx.commit()
    sealed = b64encode(bytes(sealed_length(1, 3))).decode()
    forged = {"message": b64encode(bytes(64)).decode(), "signature": b64encode(bytes(256)).decode(), "sealed": sealed}
    async with sqlite_store.transaction() as tx:
        await tx.polls.walk(booth.poll, Stage.CASTING, AT)  # somebody writes, and is not done
        answer = await asyncio.wait_for(booth.asks("thung", **forged), PATIENCE)
    assert answer == (403, {"why": "no_token", "detail": []})


async def test_many_requests_at_once_get_one_token_and_one_ballot(booth_of_each: Booth, store: Store) -> None:
    """By one code, each for a token of its own; and by one token, each for another ballot."""
    booth = booth_of_each
    async with store.transaction() as tx:
        poll = await tx.polls.locked(booth.poll)
        assert poll
        for teller in poll.tellers:
            await protocol.keep_key(tx, poll, teller.person, teller_key()[1])
        await protocol.open_gathering(tx, poll, AT)
        await tx.commit()
    async with store.reading() as tx:
        poll = await tx.polls.get(booth.poll)
    assert poll
    assert poll.public
    tokens = [Token(poll.public) for _ in range(12)]
    asked = (booth.asks("giay", code=booth.codes[0], blinded=_b64(one.blinded)) for one in tokens)
    answers = await asyncio.gather(*asked)
    assert sorted(status for status, _ in answers) == [200, *[409] * 11]
    mine, signed = next(
        (token, said["signed"]) for token, (status, said) in zip(tokens, answers, strict=True) if status == 200
    )
    mine.finish(b64decode(signed))
    async with store.transaction() as tx:
        await tx.polls.walk(booth.poll, Stage.CASTING, AT)
        await tx.commit()
    ballots = [mine.ballot(seal(poll, (mark,))) for mark in ("yes", "no") * 6]
    sent = ({"message": one.message, "signature": one.signature, "sealed": one.sealed} for one in ballots)
    cast = await asyncio.gather(
        *(booth.asks("thung", **{name: _b64(part) for name, part in one.items()}) for one in sent)
    )
    assert sorted(status for status, _ in cast) == [200, *[409] * 11]
    async with store.reading() as tx:
        assert len(await tx.polls.box(booth.poll)) == 1
    async with booth.browser.get(f"{booth.address}/phieu/{booth.at}/thung") as stage:
        assert await stage.json() == {"stage": "casting", "few": True, "trackers": []}


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


@pytest.mark.parametrize("point", SMALL_ORDER)
async def test_a_key_that_nobody_can_seal_to_is_no_tellers_key(booth: Booth, point: str) -> None:
    key = b64encode(bytes.fromhex(point)).decode()
    assert await booth.asks("khoa", code=booth.codes[0], open=key) == (400, {"why": "malformed", "detail": []})
