"""What all requests to the booth have in common: a poll, an optional code, and an answer as JSON.

Requests are never logged, nor are refusals. A request that carries a ballot never carries a code, so the two cannot be
linked.
"""

import datetime as dt
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.balloting.protocol import BallotRefused, RefusedError
from bot.codes import clean
from bot.delivery.seam import Jobs
from bot.web.callers import caller, is_ours
from bot.web.house import house_of
from bot.web.sessions import as_sent
from dialogs.core.handlers import Books
from rules.balloting.poll import Poll
from storage.repositories.polls import LostKeyError
from storage.store import Store
from storage.transaction import Transaction

#: The path below which the booth is served.
HOME = "/phieu"

#: Reason of refusal → HTTP status.
_STATUS: Mapping[BallotRefused, int] = {
    BallotRefused.NOT_ENTITLED: 403,
    BallotRefused.NOT_THERE: 403,
    BallotRefused.NO_TOKEN: 403,
    BallotRefused.MALFORMED: 400,
    BallotRefused.LOST: 500,
}


@dataclass(frozen=True, slots=True)
class BoothHouse:
    """The services that the booth uses."""

    store: Store
    now: Callable[[], dt.datetime]
    books: Books
    jobs: Jobs


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a poll, with the poll locked and the request parsed. `person`: the owner of the request's code;
    `house`: for telling people the result.
    """

    tx: Transaction
    poll: Poll
    given: Mapping[str, Any]
    now: dt.datetime
    house: BoothHouse
    person: int = 0

    def data(self, name: str) -> bytes:
        """Bytes sent as base64. Raises RefusedError."""
        try:
            return b64decode(str(self.given.get(name, "")), validate=True)
        except (NotBase64, ValueError):
            raise RefusedError(BallotRefused.MALFORMED) from None


Answer = Mapping[str, Any]
Doing = Callable[[Step], Awaitable[Answer]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def at_home(handler: Handler) -> Handler:
    """Serve the handler at the public address only, like all our pages."""

    async def answered(request: web.Request) -> web.StreamResponse:
        if not is_ours(request):
            return web.json_response({"why": "elsewhere"}, status=421)
        return await handler(request)

    return answered


def nameless(house: BoothHouse, doing: Doing, before: Doing) -> Handler:
    """A handler for anonymous steps: no code is read, whatever was sent. `before`: a check made first, without waiting
    for the write lock.
    """

    async def handler(request: web.Request) -> web.StreamResponse:
        given = await _given(request)
        async with house.store.reading() as tx:
            id_ = await tx.polls.at(_address(request))
            poll = await tx.polls.get(id_) if id_ else None
            if poll is not None:
                try:
                    await before(Step(tx, poll, given, house.now(), house))
                except RefusedError as refused:
                    return _refusal(refused)
        return await _stepped(house, id_, given, doing, 0)

    return at_home(handler)


def named(house: BoothHouse, doing: Doing) -> Handler:
    """A handler for steps by the owner of a code."""

    async def handler(request: web.Request) -> web.StreamResponse:
        given = await _given(request)
        code = clean(str(given.get("code", "")))
        async with house_of(request).guesses.one_more(caller(request)) as this:
            async with house.store.reading() as tx:
                poll = await tx.polls.at(_address(request)) if code else None
                person = await tx.polls.by_code(poll, code) if poll else None
            this.good = person is not None
        if person is None:
            return web.json_response({"why": "code"}, status=403)
        return await _stepped(house, poll, given, doing, person)

    return at_home(handler)


async def _stepped(
    house: BoothHouse, id_: int | None, given: Mapping[str, Any], doing: Doing, person: int
) -> web.StreamResponse:
    try:
        async with house.store.transaction() as tx:
            poll = await tx.polls.locked(id_) if id_ else None
            if poll is None:
                return web.json_response({"why": "code"}, status=404)
            answer = await doing(Step(tx, poll, given, house.now(), house, person))
            await tx.commit()
    except RefusedError as refused:
        return _refusal(refused)
    except LostKeyError:
        return web.json_response({"why": BallotRefused.LOST.value}, status=500)
    return web.json_response(answer)


def _refusal(refused: RefusedError) -> web.Response:
    detail = [vars_of(one) for one in refused.detail]
    return web.json_response({"why": refused.why.value, "detail": detail}, status=_STATUS.get(refused.why, 409))


def vars_of(amiss: Any) -> Mapping[str, Any]:
    """What is wrong with a count: which figure, in which line."""
    return {"what": amiss.what, "line": amiss.line}


async def _given(request: web.Request) -> Mapping[str, Any]:
    """The content of a request. Raises 400, 413."""
    with as_sent():
        try:
            given = await request.json()
        except RecursionError:
            raise web.HTTPBadRequest from None
    if not isinstance(given, dict):
        raise web.HTTPBadRequest
    return given


def _address(request: web.Request) -> str:
    return request.match_info["poll"]
