"""The troubles, and their outcomes."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

import sqlalchemy as sa

from bench.steps import NOW, begun
from bot.delivery.notices import Notice, notify_many
from bot.delivery.seam import NoJobs
from dialogs.core.turn import Reply
from storage import Store
from storage.tables import ANSWER, DELIVERY, OWED
from tests.chaos.hosts import NETWORK, Host, Postgres, cable, full, small_disk, spaces
from tests.chaos.town import NOTICE, Told, Town
from tests.waiting import until

PEOPLE, STEPS = 24, 14

#: The most seconds that a trouble takes on any machine. People not answered by then are stuck.
AT_MOST = 300.0


@dataclass(frozen=True, slots=True)
class Messages:
    """Counts of the messages of one kind. `lost`: never sent; the other fields are explained in `town.Told`."""

    lost: int = 0
    on_way: int = 0
    doubled: int = 0
    beyond: int = 0
    longest: float = 0.0

    @classmethod
    def of(cls, told: Told, lost: int = 0) -> "Messages":
        """The counts of the town."""
        return cls(lost, told.on_way, told.doubled, told.beyond, told.longest)

    def __add__(self, other: "Messages") -> "Messages":
        return Messages(
            self.lost + other.lost,
            self.on_way + other.on_way,
            self.doubled + other.doubled,
            self.beyond + other.beyond,
            max(self.longest, other.longest),
        )

    def __str__(self) -> str:
        since = f" (for {self.longest * 1000:.0f} ms at most)" if self.on_way else ""
        return f"lost {self.lost}, on their way at a death {self.on_way}{since}, of these doubled {self.doubled}, others {self.beyond}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one trouble, or the sum of several."""

    name: str
    engine: str
    #: Processes that were killed, cut off, or stalled.
    deaths: int = 0
    acts: int = 0
    lost: int = 0
    twice: int = 0
    stuck: int = 0
    apologies: int = 0
    asked_to_wait: int = 0
    replies: Messages = Messages()
    notices: Messages = Messages()
    slowest: float = 0.0
    #: Why nothing could be counted.
    broke: str = ""

    def __add__(self, other: "Outcome") -> "Outcome":
        summed = {
            one.name: getattr(self, one.name) + getattr(other, one.name)
            for one in fields(self)
            if one.type in {int, Messages}
        }
        return Outcome("", "", **summed, slowest=max(self.slowest, other.slowest))

    @property
    def good(self) -> bool:
        """Whether nothing was lost, nothing took effect twice, nobody is stuck, and nothing came twice except messages
        that were being sent at a death.
        """
        bad = (self.lost, self.twice, self.stuck, self.replies.beyond, self.notices.lost, self.notices.beyond)
        return not any(bad) and not self.broke

    @property
    def counts(self) -> str:
        """The counts in one line."""
        return (
            f"{self.deaths} deaths: {self.acts} acts confirmed, lost {self.lost}, acted twice {self.twice}, stuck {self.stuck}, "
            f"apologies {self.apologies}, asked to wait {self.asked_to_wait}; replies: {self.replies}; notices: {self.notices}; the longest wait {self.slowest:.0f} s"
        )

    def __str__(self) -> str:
        return f"{self.name:14} {self.engine:10} {self.broke or self.counts}{'' if self.good else '   ← NOT GOOD'}"


@dataclass(slots=True)
class Night:
    """Everything that a trouble can disturb."""

    town: Town
    hosts: Sequence[Host]
    folder: Path
    url: str
    server: Postgres | None = None
    deaths: int = 0

    async def people_answer(self, part: float = 1 / 8) -> None:
        """Waits until this part of all acts was confirmed, counted from now; or until all are, or nobody is answered
        any more.
        """
        acts = self.town.confirmed + part * len(self.town.people) * len(self.town.script)
        with suppress(TimeoutError):
            await until(lambda: self.town.confirmed >= acts or self.town.done.is_set())

    async def a_reply_is_owed(self) -> None:
        """Waits until a reply is waiting to be sent, or nobody is left who could get one."""

        async def owed() -> bool:
            return self.town.done.is_set() or bool((await _unmarked(self.url))[0])

        with suppress(TimeoutError):
            await until(owed)

    async def kill(self) -> None:
        """Kills the process, whatever it is doing, and counts the messages that it still had to mark as sent."""
        await self.hosts[0].kill()
        await self.interrupted()

    async def interrupted(self, *, comes_back: bool = False) -> None:
        """Counts a death: a process is dead, or cannot go on."""
        self.deaths += 1
        when = time.monotonic()
        replies, notices = await _unmarked(self.url)
        self.town.replies.interrupted(replies, when, comes_back=comes_back)
        self.town.notices.interrupted(notices, when, comes_back=comes_back)


async def kills(night: Night) -> None:
    """The process is killed at any moment and started again."""
    for moment in (0.2, 0.8, 0.1, 0.5, 0.3):
        await night.people_answer()
        await asyncio.sleep(moment)  # in the middle of whatever comes after what was waited for
        await night.kill()
        await night.hosts[0].start()


async def stalls(night: Night) -> None:
    """The process stalls for longer than its lease lasts."""
    for seconds in (6, 25):
        await night.people_answer()
        async with night.hosts[0].stalled():
            await night.interrupted(comes_back=True)
            await asyncio.sleep(seconds)


async def clocks(night: Night) -> None:
    """The clock jumps ahead and back, and the process is killed in between."""
    for off in (3600, -7200, 86400, -30, 0):
        await night.people_answer()
        night.hosts[0].clock(off)
    night.hosts[0].clock(-600)
    await night.kill()
    await night.hosts[0].start()


async def telegram(night: Night) -> None:
    """Telegram asks to wait, answers like a broken proxy, and is unreachable."""
    for refusing in ("429", "502", "cut", "429"):
        await night.people_answer()
        night.town.refusing = refusing
        await asyncio.sleep(6)
        night.town.refusing = ""
    night.town.refusing = "502"
    await night.a_reply_is_owed()
    await night.kill()  # while replies cannot be sent
    night.town.refusing = ""
    await night.hosts[0].start()


async def disk(night: Night) -> None:
    """The disk is full for a while, twice."""
    for seconds in (5, 10):
        await night.people_answer()
        async with full(night.folder):
            await asyncio.sleep(seconds)


async def stopped(night: Night) -> None:
    """PostgreSQL crashes and is started again."""
    assert night.server
    for seconds in (1, 12):
        await night.people_answer()
        await asyncio.to_thread(night.server.stop)
        try:
            await asyncio.sleep(seconds)
        finally:
            await asyncio.to_thread(night.server.start)


async def cut_off(night: Night) -> None:
    """Of two hosts, the one on duty loses its network while it is sending; later it comes back."""
    await night.people_answer()
    cable(1, plugged=False)
    await night.interrupted(comes_back=True)
    await asyncio.sleep(45)
    cable(1, plugged=True)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble. `hosts`: how many run the house; two of them live in network namespaces, behind a load balancer."""

    name: str
    happens: Callable[[Night], Awaitable[None]]
    engines: Sequence[str] = ("sqlite", "postgresql")
    hosts: int = 1
    small_disk: int = 0  # megabytes

    def on(self, engine: str) -> "Trouble":
        """The same on one engine."""
        return replace(self, engines=(engine,))


TROUBLES = (
    Trouble("kills", kills),
    Trouble("stalls", stalls),
    Trouble("clocks", clocks),
    Trouble("telegram", telegram),
    Trouble("disk", disk, ("sqlite",), small_disk=64),
    Trouble("stopped", stopped, ("postgresql",)),
    Trouble("cut-off", cut_off, ("postgresql",), hosts=2),
)


def suffered(folder: Path, troubles: Sequence[Trouble], people: int = PEOPLE, steps: int = STEPS) -> Iterator[Outcome]:
    """The outcome of each trouble on each engine, one after the other."""
    with ExitStack() as stack:
        server = None
        for trouble in troubles:
            for engine in trouble.engines:
                own = folder / f"{trouble.name}-{engine}"
                if trouble.small_disk:
                    stack.enter_context(small_disk(own, trouble.small_disk))
                else:
                    own.mkdir()
                if engine == "postgresql" and server is None:
                    server = stack.enter_context(Postgres.running(folder / "postgres"))
                try:
                    outcome = asyncio.run(_suffer(trouble, engine, own, server, people, steps))
                except Exception as error:  # noqa: BLE001 - told, and the rest of the night is still to come
                    outcome = Outcome(trouble.name, engine, broke=f"{type(error).__name__}: {error}")
                yield outcome


async def _suffer(
    trouble: Trouble, engine: str, folder: Path, server: Postgres | None, people: int, steps: int
) -> Outcome:
    database = trouble.name.replace("-", "_")
    url = server.fresh(database) if engine == "postgresql" and server else f"sqlite:///{folder}/tusoi.db"
    async with begun(url, people) as office:
        script, reviews = office.script[:steps], office.reviews
    before = await _answers(url)
    async with AsyncExitStack() as stack:
        if trouble.hosts > 1:
            assert server
            names = stack.enter_context(spaces(*range(1, trouble.hosts + 1)))
            town = await stack.enter_async_context(Town.open(script, reviews, "0.0.0.0"))
            port = town.base.rpartition(":")[2]
            hosts = [
                Host(
                    str(number), server.url(database, NETWORK.format(number, 1)),
                    f"http://{NETWORK.format(number, 1)}:{port}", folder, name, NETWORK.format(number, 2), webhook=True,
                )
                for number, name in enumerate(names, 1)
            ]  # fmt: skip
            town.hosts = [host.web for host in hosts]
        else:
            town = await stack.enter_async_context(Town.open(script, reviews))
            hosts = [Host("1", url, town.base, folder)]
        for host in hosts:
            stack.push_async_callback(host.end)
            await host.start()
        night = Night(town, hosts, folder, url, server)
        town.begin()
        await _notice(url, list(reviews))
        with suppress(TimeoutError):
            async with asyncio.timeout(AT_MOST):
                await trouble.happens(night)
                await town.done.wait()
                await until(lambda: len(town.notices.once) >= people)
                await until(lambda: _is_settled(url))  # whatever is sent twice has arrived
        after = await _answers(url)
    kept = {review: after[review] - before[review] for review in reviews.values()}
    done = {person.review: person.at for person in town.people.values()}
    return Outcome(
        trouble.name,
        engine,
        night.deaths,
        town.confirmed,
        sum(max(done[one] - kept[one], 0) for one in done),
        sum(max(kept[one] - done[one] - (done[one] < steps), 0) for one in done),
        town.stuck,
        town.sorry,
        town.asked_to_wait,
        Messages.of(town.replies),
        Messages.of(town.notices, people - len(town.notices.once)),
        town.slowest,
    )


async def _notice(url: str, people: Sequence[int]) -> None:
    """Writes notices for everybody from another process, as a command does."""
    async with _store(url) as store, store.transaction() as tx:
        told = [Notice(person, f"chaos:{person}", _told(person)) for person in people]
        await notify_many(tx, told, NOW, NoJobs())
        await tx.commit()


def _told(person: int) -> Reply:
    item = {"what": "plan", "due": "2020-12-04", "days": 10, "text": f"{NOTICE}{person} ."}
    return Reply("notice/today", {"items": [item], "more": 0})


async def _answers(url: str) -> Counter[int]:
    """Review → the number of acts that gave answers. A press may answer several questions, all at the same moment."""
    async with _store(url) as store, store.reading() as tx:
        counted = sa.select(ANSWER.c.review_id, sa.func.count(ANSWER.c.at.distinct())).group_by(ANSWER.c.review_id)
        return Counter(dict(iter(await tx.connection.execute(counted))))


async def _is_settled(url: str) -> bool:
    """Whether no reply is owed and no notice is to be sent: nothing goes out any more, and a message is marked only after
    it has arrived.
    """
    async with _store(url) as store, store.reading() as tx:
        owed = sa.select(sa.func.count()).where(OWED.c.unread.is_(None))
        unsent = sa.select(sa.func.count()).where(DELIVERY.c.status.in_(["waiting", "sending"]))
        return not any([(await tx.connection.execute(left)).scalar() for left in (owed, unsent)])


async def _unmarked(url: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The replies that are owed, by person and update, and the notices being sent, by person and number."""
    async with _store(url) as store, store.reading() as tx:
        owed = await tx.connection.execute(sa.select(OWED.c.account, OWED.c.update_id).where(OWED.c.unread.is_(None)))
        replies = [(int(account), int(update.partition(":")[2])) for account, update in owed]
        sent = await tx.connection.execute(sa.select(DELIVERY.c.person_id).where(DELIVERY.c.status == "sending"))
        return replies, [(person, person) for person in sent.scalars()]


@asynccontextmanager
async def _store(url: str) -> AsyncIterator[Store]:
    store = await Store.open(url)
    try:
        yield store
    finally:
        await store.close()
