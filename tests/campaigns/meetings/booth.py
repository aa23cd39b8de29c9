"""The booth as served to the phones of a play. Codes come from the chat; everything else is sent over HTTP as by the
page.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession

from bot.booth.house import BoothHouse
from bot.booth.pages import booth_routes
from bot.delivery.seam import NoJobs
from bot.web.app import site, web_app
from rules.balloting.poll import Poll
from tests.bot.balloting.voters import Token, seal, teller_key
from tests.campaigns.stage import Play

_LINK = re.compile(r"/phieu/([0-9a-f]+)[^#\s\"]*#([\w-]+)")


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


@dataclass
class Booth:
    """The page of the ballots of one play."""

    play: Play
    address: str
    browser: ClientSession
    at: dict[int, str] = field(default_factory=dict)  # poll → the address of its page, from the chat

    async def code(self, who: str, poll: int) -> str:
        """The code that the chat gives for a poll; "": it gives none."""
        phone = await self.play.reads(who)
        await phone.commands("bophieu")
        await phone.presses("vote_card", str(poll))
        await phone.presses("vote_in", str(poll))
        found = _LINK.search(phone.text)
        if found is None:
            return ""
        self.at[poll] = found[1]
        return found[2]

    async def asks(self, poll: int, step: str, **given: object) -> Mapping[str, Any]:
        """Make a request as the page does, and check that it is not refused."""
        async with self.browser.post(f"{self.address}/phieu/{self.at[poll]}/{step}", json=given) as answer:
            text = await answer.text()
            assert answer.status == 200, (step, answer.status, text)
            return json.loads(text)

    async def stage(self, poll: int) -> str:
        """The stage of the poll, as every phone asks for it."""
        async with self.browser.get(f"{self.address}/phieu/{self.at[poll]}/thung") as answer:
            return (await answer.json())["stage"]

    async def make_keys(self, poll: int, tellers: Sequence[str]) -> dict[str, bytes]:
        """Make the key of each teller's phone. Returns the private keys."""
        secrets = {}
        for who in tellers:
            secrets[who], public = teller_key()
            await self.asks(poll, "khoa", code=await self.code(who, poll), open=_b64(public))
        return secrets

    async def receive(self, poll: int, voters: Sequence[str]) -> list[Token]:
        """Get a token for each voter."""
        tokens = []
        for who in voters:
            code = await self.code(who, poll)
            told = await self.asks(poll, "toi", code=code)
            token = Token(b64decode(told["poll"]["key"]))
            given = await self.asks(poll, "giay", code=code, blinded=_b64(token.blinded))
            token.finish(b64decode(given["signed"]))
            tokens.append(token)
        return tokens

    async def cast(self, poll: Poll, tokens: Sequence[Token], slips: Sequence[Sequence[str]]) -> list[str]:
        """Cast a ballot for each token, in nobody's name. Returns the trackers."""
        trackers = []
        for token, slip in zip(tokens, slips, strict=True):
            ballot = token.ballot(seal(poll, tuple(slip)))
            sent = {"message": _b64(ballot.message), "signature": _b64(ballot.signature), "sealed": _b64(ballot.sealed)}
            trackers.append((await self.asks(poll.id, "thung", **sent))["tracker"])
        return trackers

    async def open_box(self, poll: int, secrets: Mapping[str, bytes]) -> None:
        """Open the box with the keys of two tellers."""
        for who, secret in list(secrets.items())[:2]:
            await self.asks(poll, "mo", code=await self.code(who, poll), secret=_b64(secret))

    async def vote(self, poll: int, who: str, slip: Sequence[str]) -> None:
        """Vote by name."""
        await self.asks(poll, "ghi", code=await self.code(who, poll), marks=list(slip))

    async def count(
        self, poll: int, tellers: Sequence[str], figures: Sequence[int], lines: Sequence[Sequence[int]]
    ) -> None:
        """Enter a count on paper, separately for each teller."""
        for who in tellers:
            code = await self.code(who, poll)
            attempt = (await self.asks(poll, "toi", code=code))["attempt"]
            rows = [[*one] for one in lines]
            await self.asks(poll, "dem", code=code, attempt=attempt, figures=list(figures), lines=rows)


@asynccontextmanager
async def served(play: Play) -> AsyncIterator[Booth]:
    """Serves the booth for the house of a play."""
    app = web_app(play.house)
    app.add_routes(booth_routes(BoothHouse(play.store, play.clock, play.house.books, NoJobs())))
    async with AsyncExitStack() as stack, site(app, "127.0.0.1", 0) as address:
        yield Booth(play, address, await stack.enter_async_context(ClientSession()))
