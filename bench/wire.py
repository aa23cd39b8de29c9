"""A step end to end: the house as `tusoi serve` opens it, in a process of its own, over real HTTP, every answer
durable.

On the other side are a stand-in for the Bot API and people who answer as soon as they are asked. In the same run the
bare aiogram bot that keeps its state in memory (bench/telegram_bare.py) asks the same questions in the same way; if
there is a redis-server, so does the same bot with its state in Redis. Only Telegram's limits are lifted. The processor
time of the serving process is measured; that of PostgreSQL or Redis is reported separately.

Then, on each engine, MANY people make one step each in ten seconds, with the house on one core, and the people and the
stand-in on another. This measures how long they wait, what the house costs while nobody does anything, and how soon it
is ready.

What a process does only once (compiling templates and statements) is done before anything is counted, for all of them.

python -m bench.wire [PEOPLE] [ENGINE…] ENGINE: SQLite, PostgreSQL; all in some five minutes
"""

import asyncio
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aiohttp import web

from bench import postgres
from bench.feed import Step, content
from bench.steps import begun

PEOPLE, ROUNDS = 50, 3

#: People, steps a second of all of them together, seconds for which they answer, and seconds for which nobody does.
MANY, RATE, ANSWERING, IDLE = 1000, 100, 20.0, 8.0

#: Seconds after which the bench gives up, because the machine is too busy.
PATIENCE = 300.0

#: Clock ticks a second, the unit in /proc/PID/stat.
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
    waiting: list[dict[str, Any]] = field(default_factory=list)  # updates that are not confirmed yet
    came: asyncio.Event = field(default_factory=asyncio.Event)
    listens: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    latencies: list[float] = field(default_factory=list)
    requests: int = 0
    busy: int = 0
    next_id: int = 1
    paced: bool = False  # steps are made at fixed times instead of after the reply to the previous one
    late: int = 0  # steps whose time came before that reply

    @classmethod
    @asynccontextmanager
    async def open(cls, script: Sequence[Step], reviews: Mapping[int, int]) -> AsyncIterator["Wire"]:
        """Opens the stand-in on a free port of this machine."""
        wire = cls(script, {person: Answering(person, review) for person, review in reviews.items()})
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/bot{token}/{method}", wire.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        wire.base = "http://{}:{}".format(*runner.addresses[0][:2])
        yield wire
        await runner.cleanup()

    async def answered_by(self, people: Sequence[Answering]) -> None:
        """These people play the whole script, each as fast as they are asked, from the first step to the last reply."""
        self.busy, self.requests = len(people), 0
        self.done.clear()
        self.latencies.clear()
        for person in people:
            self.step(person)
        async with asyncio.timeout(PATIENCE):
            await self.done.wait()

    async def answer_for(self, seconds: float, rate: float) -> None:
        """People make steps by turns, `rate` a second, and wait until all are answered."""
        self.paced, turns, began = True, itertools.cycle(self.people.values()), time.perf_counter()
        for number in range(int(seconds * rate)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            person = next(turns)
            if person.since:
                self.late += 1
            elif person.at + 1 < len(self.script):
                self.step(person)
        for _ in range(int(PATIENCE / 0.1)):
            if not any(person.since for person in self.people.values()):
                return
            await asyncio.sleep(0.1)
        raise TimeoutError

    def step(self, person: Answering) -> None:
        """This person makes their next step, if there is one."""
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
        if method == "sendmediagroup":
            sent = {"date": 1_800_000_000, "chat": {"id": int(str(said["chat_id"])), "type": "private"}}
            result = [{"message_id": self.requests, **sent} for _ in json.loads(str(said["media"]))]
            return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), headers=_JSON)
        if method not in {"sendmessage", "editmessagetext"}:
            return web.Response(body=_DONE, headers=_JSON)
        chat = int(str(said["chat_id"]))
        person = self.people[chat]
        if person.since:  # otherwise the reply belongs to a step before the measurement
            self.latencies.append(time.perf_counter() - person.since)
            person.since = 0.0
            if not self.paced:
                self.step(person)
        shown = {"message_id": self.requests, "date": 1_800_000_000, "chat": {"id": chat, "type": "private"}}
        return web.Response(body=json.dumps({"ok": True, "result": shown}).encode(), headers=_JSON)

    async def poll(self, offset: int, seconds: float) -> web.Response:
        """getUpdates: the updates that are not confirmed, or those that come within the time."""
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
    """The figures of one round."""

    #: Milliseconds of processor for one step: of the server, and of the processes of its database.
    cost: float
    database: float
    #: Steps a second.
    rate: float
    #: Milliseconds from an update to its reply: the median and the 99th percentile.
    middle: float
    slowest: float
    #: Requests for one step.
    requests: float
    #: Megabytes of resident memory.
    memory: float

    def __str__(self) -> str:
        database = f" (+ {self.database:.2f} ms of the database's)" if self.database else ""
        return (
            f"{self.cost:.2f} ms of processor a step{database}, {self.rate:.0f} steps/s, {self.middle:.0f} ms to the "
            f"reply (p99 {self.slowest:.0f}), {self.requests:.2f} requests a step, {self.memory:.0f} MB"
        )


@dataclass(frozen=True, slots=True)
class Busy:
    """The figures with MANY people."""

    #: Milliseconds from an update to its reply: the median and the 99th percentile.
    middle: float
    slowest: float
    #: Milliseconds of processor for one step: of the server, and of its database.
    cost: float
    database: float
    #: Megabytes of resident memory.
    memory: float
    #: Percent of a core while nobody does anything.
    idle: float
    #: Seconds from the start of the process to its first request for updates.
    ready: float
    #: How many steps came due before the previous one was answered.
    late: int

    def __str__(self) -> str:
        database = f" (+ {self.database:.2f} ms of the database's)" if self.database else ""
        late = f", {self.late} steps not made: the last was not answered" if self.late else ""
        return (
            f"{MANY} people, {RATE} steps/s: {self.middle:.0f} ms to the reply (p99 {self.slowest:.0f}), {self.cost:.2f} ms of "
            f"processor a step{database}{late}; idle {self.idle:.1f} % of a core, {self.memory:.0f} MB, ready in {self.ready:.1f} s"
        )


@asynccontextmanager
async def served(
    command: Sequence[str], environment: Mapping[str, str], wire: Wire, cores: set[int] | None = None
) -> AsyncIterator[int]:
    """Runs the command on these cores. Gives its process id once it asks for updates."""
    pin = partial(os.sched_setaffinity, 0, cores) if cores else None
    serving = await asyncio.create_subprocess_exec(
        *(sys.executable, *command), env={**os.environ, **environment, "BENCH_API": wire.base}, preexec_fn=pin
    )
    try:
        ended, listens = asyncio.ensure_future(serving.wait()), asyncio.ensure_future(wire.listens.wait())
        await asyncio.wait([ended, listens], return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            raise RuntimeError(f"{command} ended before it asked for updates")
        yield serving.pid
    finally:
        if serving.returncode is None:
            serving.terminate()
            await serving.wait()


async def play(command: Sequence[str], environment: Mapping[str, str], wire: Wire, database: int = 0) -> Round:
    """The whole script, served by this command: first by one person, who warms it up; then, counted, by all others.
    `database`: the main process of the database's server.
    """
    first, *others = wire.people.values()
    async with served(command, environment, wire) as process:
        await asyncio.sleep(1)
        await wire.answered_by([first])
        before, aside, began = busy(process), busy(database), time.perf_counter()
        await wire.answered_by(others)
        seconds, steps = time.perf_counter() - began, len(others) * len(wire.script)
        cuts = statistics.quantiles(wire.latencies, n=100)
        return Round(
            (busy(process) - before) / steps * 1000,
            (busy(database) - aside) / steps * 1000,
            steps / seconds,
            cuts[49] * 1000,
            cuts[98] * 1000,
            wire.requests / steps,
            resident(process),
        )


async def crowd(url: str, server: int = 0) -> Busy:
    """The house on this database with MANY people. `server`: the process of the database's server."""
    async with begun(url, MANY) as office:
        script, reviews = office.script, office.reviews
    all_cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        environment = {"BENCH_DATABASE": url, "BENCH_FOLDER": folder}
        async with Wire.open(script, reviews) as wire:
            if len(all_cores) > 1:
                os.sched_setaffinity(0, set(all_cores[1:]))
            started = time.perf_counter()
            async with served(["-m", "bench.wire_served"], environment, wire, set(all_cores[:1])) as process:
                ready = time.perf_counter() - started
                await asyncio.sleep(2)
                before = busy(process)
                await asyncio.sleep(IDLE)
                idle = (busy(process) - before) / IDLE * 100
                before, aside = busy(process), busy(server)
                await wire.answer_for(ANSWERING, RATE)
                steps, cuts = len(wire.latencies), statistics.quantiles(wire.latencies, n=100)
                cost, database = (busy(process) - before) / steps, (busy(server) - aside) / steps
                memory = resident(process)
            os.sched_setaffinity(0, set(all_cores))
    return Busy(cuts[49] * 1000, cuts[98] * 1000, cost * 1000, database * 1000, memory, idle, ready, wire.late)


def busy(pid: int) -> float:
    """Processor seconds used by a process and its children; 0: it has just ended, and its parent has them now."""
    if not pid:
        return 0.0
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK + sum(busy(int(child)) for child in children)


def resident(pid: int, what: str = "VmRSS") -> float:
    """Megabytes of memory of a process; with `VmHWM`, the most it has had."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) / 1024


async def durable(url: str, people: int, server: int = 0) -> Round:
    """The house on this database. `server`: the process of the database's server."""
    async with begun(url, people + 1) as office:
        script, reviews = office.script, office.reviews
    with tempfile.TemporaryDirectory() as folder:
        environment = {"BENCH_DATABASE": url, "BENCH_FOLDER": folder}
        async with Wire.open(script, reviews) as wire:
            return await play(["-m", "bench.wire_served"], environment, wire, server)


async def bare(people: int, redis: "Redis | None" = None) -> Round:
    """The bare bot, with its state in memory or in Redis."""
    with tempfile.TemporaryDirectory() as folder:
        async with begun(f"sqlite:///{folder}/script.db", people + 1) as office:
            script, reviews = office.script, office.reviews
        asked = [
            [step.asked.html, [[[key.label, key.data] for key in row] for row in step.asked.keyboard]]
            for step in script
        ]
        file = Path(folder) / "asked.json"
        file.write_text(json.dumps({"asked": asked, "people": list(reviews)}))
        async with Wire.open(script, reviews) as wire:
            return await play(
                ["-m", "bench.wire_bare"],
                {"BENCH_ASKED": str(file), "BENCH_REDIS": redis.url if redis else ""},
                wire,
                redis.pid if redis else 0,
            )


@dataclass(frozen=True, slots=True)
class Redis:
    """A Redis server of this run with default settings, by which it does not flush each write to the disk."""

    url: str
    pid: int


@contextmanager
def running_redis(folder: Path) -> Iterator[Redis | None]:
    """Runs a server on a socket in the folder. Gives None if none is installed."""
    program = shutil.which("redis-server")
    if program is None or not find_spec("redis"):
        yield None
        return
    socket = folder / "redis.sock"
    process = subprocess.Popen(
        [program, "--port", "0", "--unixsocket", str(socket), "--dir", str(folder)], stdout=subprocess.DEVNULL
    )
    try:
        while not socket.exists():
            time.sleep(0.05)
        yield Redis(f"unix://{socket}", process.pid)
    finally:
        process.terminate()
        process.wait()


def measure(people: int = PEOPLE, rounds: int = ROUNDS, engines: Sequence[str] = ("SQLite", "PostgreSQL")) -> str:
    """The lines for `make bench`: for each bot the median round by processor time."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.running(Path(folder)) as server,
        running_redis(Path(folder)) as redis,
    ):
        found: dict[str, list[Round]] = {}
        for number in range(rounds):
            found.setdefault("bare", []).append(asyncio.run(bare(people)))
            if redis:
                found.setdefault("aiogram with Redis", []).append(asyncio.run(bare(people, redis)))
            if "SQLite" in engines:
                found.setdefault("SQLite", []).append(asyncio.run(durable(f"sqlite:///{folder}/{number}.db", people)))
            if "PostgreSQL" in engines:
                found.setdefault("PostgreSQL", []).append(asyncio.run(durable(server.fresh(), people, server.pid)))
        crowds = {
            name: asyncio.run(
                crowd(*(server.fresh(), server.pid) if name == "PostgreSQL" else (f"sqlite:///{folder}/many.db",))
            )
            for name in engines
        }
    middle = {name: sorted(ones, key=lambda one: one.cost)[len(ones) // 2] for name, ones in found.items()}
    yardstick = middle["bare"]
    lines = [f"end to end, bare aiogram bot in memory, the machine at load {os.getloadavg()[2]:.0f}: {yardstick}"]
    lines += [
        f"end to end, {name}: {one}; {one.cost / yardstick.cost:.2f} times the bare bot's processor time,"
        f" {one.rate / yardstick.rate:.2f} of its rate"
        for name, one in middle.items()
        if name != "bare"
    ]
    if not redis:
        lines.append("end to end, aiogram with Redis: not measured, redis-server or its Python library is missing")
    return "\n".join([*lines, *(f"end to end, {name}, {one}" for name, one in crowds.items())])


if __name__ == "__main__":
    print(measure(int(sys.argv[1]) if sys.argv[1:] else PEOPLE, ROUNDS, sys.argv[2:] or ("SQLite", "PostgreSQL")))
