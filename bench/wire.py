"""A step end to end: the house as `tusoi serve` opens it, in a process of its own, over real HTTP, every answer durable.

On the other side a stand-in for the Bot API and people who answer as soon as they are asked. Beside it, in the same
run, the bare aiogram bot that keeps its state in memory (bench/telegram_bare.py), asking the same over the same wire.
Only Telegram's limits are lifted. What counts is the processor time of the serving process; that of PostgreSQL, where
it is the engine, is told beside it.

python -m bench.wire [PEOPLE] [ENGINE…]       ENGINE: bare, SQLite, PostgreSQL
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from bench import postgres
from bench.feed import Step, content
from bench.steps import begun

PEOPLE, ROUNDS = 50, 3

#: As in /proc/PID/stat.
_TICK = os.sysconf("SC_CLK_TCK")

_JSON = {"Content-Type": "application/json"}
_DONE = b'{"ok":true,"result":true}'


@dataclass(slots=True)
class Answering:
    """A person who answers as soon as they are asked."""

    account: int
    review: int
    at: int = -1
    since: float = 0.0


@dataclass(slots=True)
class Wire:
    """A stand-in for the Bot API that costs little, and the people behind it."""

    script: Sequence[Step]
    people: Mapping[int, Answering]
    base: str = ""
    waiting: list[dict[str, Any]] = field(default_factory=list)  # updates not confirmed
    came: asyncio.Event = field(default_factory=asyncio.Event)
    listens: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    latencies: list[float] = field(default_factory=list)
    requests: int = 0
    busy: int = 0
    next_id: int = 1

    @classmethod
    @asynccontextmanager
    async def open(cls, script: Sequence[Step], reviews: Mapping[int, int]) -> AsyncIterator["Wire"]:
        """The stand-in on a free port of this machine."""
        wire = cls(script, {person: Answering(person, review) for person, review in reviews.items()})
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/bot{token}/{method}", wire.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        wire.base = "http://{}:{}".format(*runner.addresses[0][:2])
        yield wire
        await runner.cleanup()

    def begin(self) -> None:
        """Everybody makes their first step."""
        self.busy = len(self.people)
        for person in self.people.values():
            self.step(person)

    def step(self, person: Answering) -> None:
        """The next of this person's steps, if there is one."""
        person.at += 1
        if person.at >= len(self.script):
            self.busy -= 1
            if not self.busy:
                self.done.set()
            return
        made = content(person.account, person.review, person.at, self.script[person.at])
        self.waiting.append({"update_id": self.next_id, **made})
        self.next_id += 1
        person.since = time.perf_counter()
        self.came.set()

    async def serve(self, request: web.Request) -> web.Response:
        """One call of the Bot API."""
        method = request.match_info["method"].lower()
        said: dict[str, Any] = dict(request.query)
        said |= await (request.json() if request.content_type == "application/json" else request.post())
        if method == "getupdates":
            return await self.poll(int(str(said.get("offset") or 0)), float(str(said.get("timeout") or 0)))
        if method == "getme":
            me = {"id": 7000001, "is_bot": True, "first_name": "Tự Soi", "username": "tusoi_thu_bot"}
            return web.Response(body=json.dumps({"ok": True, "result": me}).encode(), headers=_JSON)
        self.requests += 1
        if method not in {"sendmessage", "editmessagetext"}:
            return web.Response(body=_DONE, headers=_JSON)
        chat = int(str(said["chat_id"]))
        person = self.people[chat]
        self.latencies.append(time.perf_counter() - person.since)
        self.step(person)
        shown = {"message_id": self.requests, "date": 1_800_000_000, "chat": {"id": chat, "type": "private"}}
        return web.Response(body=json.dumps({"ok": True, "result": shown}).encode(), headers=_JSON)

    async def poll(self, offset: int, seconds: float) -> web.Response:
        """getUpdates: what is not confirmed, or what comes within the time."""
        self.listens.set()
        self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        if not self.waiting and seconds:
            self.came.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.came.wait(), seconds)
        result = {"ok": True, "result": self.waiting[:100]}
        return web.Response(body=json.dumps(result).encode(), headers=_JSON)


@dataclass(frozen=True, slots=True)
class Round:
    """Milliseconds of processor a step (of the server; of its database's own processes), steps a second, milliseconds
    from an update to its reply in the middle and at the 99th percentile, requests a step, MB resident.
    """

    cost: float
    database: float
    rate: float
    middle: float
    slowest: float
    requests: float
    memory: float

    def __str__(self) -> str:
        database = f" (+ {self.database:.2f} ms of the database's)" if self.database else ""
        return (
            f"{self.cost:.2f} ms of processor a step{database}, {self.rate:.0f} steps/s, {self.middle:.0f} ms to the "
            f"reply (p99 {self.slowest:.0f}), {self.requests:.2f} requests a step, {self.memory:.0f} MB"
        )


async def play(command: Sequence[str], environment: Mapping[str, str], wire: Wire, database: int = 0) -> Round:
    """The whole script by everybody, from the first step to the last reply, served by this command. `database`: the first process of the database's server."""
    serving = await asyncio.create_subprocess_exec(
        *(sys.executable, *command), env={**os.environ, **environment, "BENCH_API": wire.base}
    )
    try:
        ended = asyncio.ensure_future(serving.wait())
        await asyncio.wait([ended, asyncio.ensure_future(wire.listens.wait())], return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            raise RuntimeError(f"{command} ended before it asked for updates")
        await asyncio.sleep(1)
        before, aside, began = _busy(serving.pid), _busy(database), time.perf_counter()
        wire.requests = 0
        wire.begin()
        await asyncio.wait_for(wire.done.wait(), 120)
        seconds, steps = time.perf_counter() - began, len(wire.people) * len(wire.script)
        cuts = statistics.quantiles(wire.latencies, n=100)
        return Round(
            (_busy(serving.pid) - before) / steps * 1000,
            (_busy(database) - aside) / steps * 1000,
            steps / seconds,
            cuts[49] * 1000,
            cuts[98] * 1000,
            wire.requests / steps,
            _resident(serving.pid),
        )
    finally:
        if serving.returncode is None:
            serving.terminate()
            await serving.wait()


def _busy(pid: int) -> float:
    """Seconds of processor this process and all it has started have used; 0: none."""
    if not pid:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(int, fields[11:15])) / _TICK + sum(_busy(int(child)) for child in children)


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def durable(url: str, people: int, server: int = 0) -> Round:
    """The house on this database. `server`: the process of the database's server."""
    async with begun(url, people) as office:
        script, reviews = office.script, office.reviews
    with tempfile.TemporaryDirectory() as folder:
        environment = {"BENCH_DATABASE": url, "BENCH_FOLDER": folder}
        async with Wire.open(script, reviews) as wire:
            return await play(["-m", "bench.wire_served"], environment, wire, server)


async def bare(people: int) -> Round:
    """The bare bot in memory."""
    with tempfile.TemporaryDirectory() as folder:
        async with begun(f"sqlite:///{folder}/script.db", people) as office:
            script, reviews = office.script, office.reviews
        asked = [
            [step.asked.html, [[[key.label, key.data] for key in row] for row in step.asked.keyboard]]
            for step in script
        ]
        file = Path(folder) / "asked.json"
        file.write_text(json.dumps({"asked": asked, "people": list(reviews)}))
        async with Wire.open(script, reviews) as wire:
            return await play(["-m", "bench.wire_bare"], {"BENCH_ASKED": str(file)}, wire)


def measure(people: int = PEOPLE, rounds: int = ROUNDS, engines: Sequence[str] = ("SQLite", "PostgreSQL")) -> str:
    """A line each for `make bench`: the middle of some rounds by processor time."""
    with tempfile.TemporaryDirectory() as folder, postgres.running(Path(folder)) as server:
        found: dict[str, list[Round]] = {}
        for number in range(rounds):
            found.setdefault("bare", []).append(asyncio.run(bare(people)))
            if "SQLite" in engines:
                found.setdefault("SQLite", []).append(asyncio.run(durable(f"sqlite:///{folder}/{number}.db", people)))
            if "PostgreSQL" in engines:
                found.setdefault("PostgreSQL", []).append(asyncio.run(durable(server.fresh(), people, server.pid)))
    middle = {name: sorted(ones, key=lambda one: one.cost)[len(ones) // 2] for name, ones in found.items()}
    yardstick = middle["bare"]
    lines = [f"end to end, bare aiogram bot in memory: {yardstick}"]
    lines += [
        f"end to end, {name}: {one}; {one.cost / yardstick.cost:.2f} times the bare bot's processor time,"
        f" {one.rate / yardstick.rate:.2f} of its rate"
        for name, one in middle.items()
        if name != "bare"
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(measure(int(sys.argv[1]) if sys.argv[1:] else PEOPLE, ROUNDS, sys.argv[2:] or ("SQLite", "PostgreSQL")))
