"""A stand-in for the Bot API, with people who keep answering whatever happens. It counts the messages they get."""

import asyncio
import itertools
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bench.feed import Step, content

TOKEN, SECRET = "7000001:chaos", "only-the-town-knows"

#: How a notice begins, by which it is told apart from replies; its number follows.
NOTICE = "Việc số "

#: How an apology begins: nothing was stored, and the person repeats what they did.
SORRY = "Xin lỗi"

#: How the message begins that nothing can be stored at present: the person waits, and is answered later.
WAIT = "Hệ thống đang tạm ngừng"

_JSON = {"Content-Type": "application/json"}


@dataclass(slots=True)
class Resident:
    """A person who answers some time after they are asked."""

    account: int
    review: int
    at: int = -1  # the number of the step that waits for its reply
    update: int = 0  # the update of this step
    told: dict[str, int] = field(default_factory=dict)  # text of a reply → the update that it answers
    since: float = 0.0


@dataclass(slots=True)
class Told:
    """Counts of the messages of one kind, each identified by its person and number.

    A process that dies before it has marked a message as sent leaves nobody who knows, so the message may be sent once
    more. Messages that were being sent at a death are therefore counted separately; no other may come twice.
    """

    once: dict[tuple[int, int], float] = field(default_factory=dict)  # message → when it came last
    on_way: int = 0  # being sent at a death
    doubled: int = 0  # those of them that came twice
    beyond: int = 0  # others that came twice
    longest: float = 0.0  # the most seconds between sending a message and a death before it was marked
    _may: Counter[tuple[int, int]] = field(default_factory=Counter)

    def hear(self, person: int, number: int) -> None:
        """A message arrived."""
        this = (person, number)
        if this in self.once:
            self.doubled += self._may[this] > 0
            self.beyond += self._may[this] <= 0
            self._may[this] -= 1
        self.once[this] = time.monotonic()

    def interrupted(self, unmarked: Iterable[tuple[int, int]], when: float, *, comes_back: bool) -> None:
        """A process died at `when` that still had to mark these. If it `comes_back`, it continues with what it was
        sending.
        """
        for this in unmarked:
            if self._may[this] <= 0 and (this in self.once or comes_back):  # not counted at an earlier death
                self.on_way += 1
                self._may[this] += 1
                self.longest = max(self.longest, when - self.once.get(this, when))


@dataclass(slots=True)
class Town:
    """The stand-in and its people. `hosts`: the webhooks, of which any that answers gets an update, one at a time for
    each chat; empty: the house polls.
    """

    script: Sequence[Step]
    people: Mapping[int, Resident]
    base: str = ""
    hosts: Sequence[str] = ()
    refusing: str = ""  # `429`, `502`, `cut`: how every call except a poll is refused
    confirmed: int = 0
    sorry: int = 0
    asked_to_wait: int = 0
    slowest: float = 0.0
    replies: Told = field(default_factory=Told)
    notices: Told = field(default_factory=Told)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _came: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: Any = field(default_factory=lambda: itertools.count(1))
    _left: int = 0
    _mail: dict[int, asyncio.Lock] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _chance: random.Random = field(default_factory=lambda: random.Random(11))
    _session: ClientSession | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls, script: Sequence[Step], reviews: Mapping[int, int], address: str = "127.0.0.1"
    ) -> AsyncIterator["Town"]:
        """Opens it on a free port of this address."""
        town = cls(script, {person: Resident(person, review) for person, review in reviews.items()})
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/bot{token}/{method}", town._serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, address, 0).start()
        town.base = "http://{}:{}".format(*runner.addresses[0][:2])
        async with ClientSession(timeout=ClientTimeout(total=60, sock_connect=1)) as town._session:
            yield town
            for task in town._tasks:
                task.cancel()
            await asyncio.gather(*town._tasks, return_exceptions=True)
        await runner.cleanup()

    def begin(self) -> None:
        """Everybody makes their first step."""
        self._left = len(self.people)
        for person in self.people.values():
            self._later(self._step(person))

    @property
    def stuck(self) -> int:
        """The number of people whose step was never answered."""
        return self._left

    def _later(self, doing: Any) -> None:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _step(self, person: Resident, *, again: bool = False) -> None:
        await asyncio.sleep(self._chance.uniform(0.3, 1.5))
        person.at += not again
        if person.at >= len(self.script):
            self._left -= 1
            if not self._left:
                self.done.set()
            return
        made = content(person.account, person.review, person.at, self.script[person.at])
        person.update = next(self._ids)
        update = {"update_id": person.update, **made}
        person.since = time.monotonic()
        if self.hosts:
            self._later(self._post(person.account, update))
            return
        self._waiting.append(update)
        self._came.set()

    async def _post(self, chat: int, update: dict[str, Any]) -> None:
        """Delivers an update again and again until a host has taken it, as Telegram and a load balancer do."""
        assert self._session
        async with self._mail.setdefault(chat, asyncio.Lock()):
            for number in itertools.count(chat):
                headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
                with suppress(ClientError, TimeoutError):
                    host = self.hosts[number % len(self.hosts)]
                    async with self._session.post(f"{host}/telegram", json=update, headers=headers) as answer:
                        if answer.ok:
                            return
                await asyncio.sleep(0.5)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        said: dict[str, Any] = dict(request.query)
        said |= await (request.json() if request.content_type == "application/json" else request.post())
        if self.refusing == "cut" and request.transport:
            request.transport.abort()
            return web.Response()
        if method == "getupdates":
            return await self._poll(int(str(said.get("offset") or 0)), float(str(said.get("timeout") or 0)))
        if self.refusing == "502":
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        if self.refusing == "429":
            told = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 2},
            }
            return web.Response(status=429, body=json.dumps(told).encode(), headers=_JSON)
        if method == "getme":
            return _ok({"id": 7000001, "is_bot": True, "first_name": "Tự Soi", "username": "tusoi_thu_bot"})
        if method not in {"sendmessage", "editmessagetext"}:
            return _ok(result=True)
        chat = int(str(said["chat_id"]))
        self._hear(self.people[chat], str(said["text"]))
        shown = {"message_id": next(self._ids), "date": 1_800_000_000, "chat": {"id": chat, "type": "private"}}
        return _ok(shown)

    def _hear(self, person: Resident, text: str) -> None:
        if NOTICE in text:
            self.notices.hear(person.account, int(text.partition(NOTICE)[2].split()[0]))
            return
        if text.startswith(WAIT):
            self.asked_to_wait += 1
            return
        if text.startswith(SORRY):
            self.sorry += 1
            self._later(self._step(person, again=True))
            return
        again = text in person.told
        self.replies.hear(person.account, person.told.setdefault(text, person.update))
        if again:
            return
        self.confirmed += 1
        self.slowest = max(self.slowest, time.monotonic() - person.since)
        self._later(self._step(person))

    async def _poll(self, offset: int, seconds: float) -> web.Response:
        self._waiting = [one for one in self._waiting if one["update_id"] >= offset]
        if not self._waiting and seconds:
            self._came.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._came.wait(), seconds)
        return _ok(self._waiting[:100])


def _ok(result: object) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), headers=_JSON)
