"""A house in a process of its own that may be killed at any moment, and the post that delivers updates to it.

The post behaves as Telegram does: whatever was not confirmed before the house died is delivered again.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from random import Random

from bot.door.channel import Incoming
from bot.door.front import Answered
from dialogs.core.events import Event
from storage.code_key import CodeKey
from storage.store import Store
from templates.wording import environment
from tests.bot.playing import Clock, house_over, shelf

#: The same in every process.
KEY = CodeKey(b"mot khoa 32 byte cho moi tien tr")

#: Children are forked from a process that has already imported everything, so they start within milliseconds.
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])

# Loaded once, before any process is forked.
shelf()["quang-ngai-office-2020", 2020]
for _template in environment("vi").list_templates():
    environment("vi").get_template(_template)


def live(url: str, post: Connection) -> None:
    """The life of a house: it handles every update, and confirms it only after `take` has returned."""
    asyncio.run(_live(url, post))


async def _live(url: str, post: Connection) -> None:
    store = await Store.open(url, key=KEY)
    house = house_over(store, Clock())
    tasks: set[asyncio.Task[None]] = set()

    async def take(incoming: Incoming) -> None:
        try:
            post.send((incoming.update_id, await house.take(incoming)))
        except Exception as error:  # noqa: BLE001 - the post tells the test
            post.send((incoming.update_id, error))

    def arrived() -> None:
        tasks.add(asyncio.ensure_future(take(post.recv())))

    asyncio.get_running_loop().add_reader(post.fileno(), arrived)
    post.send(None)  # ready
    await asyncio.Event().wait()


#: Decides from the last answer what an account does next. None: it waits until it is woken.
Next = Callable[[Answered], Event | None]


#: Seconds after which a house that answers nothing is considered stopped, and the test fails.
LONGEST_PATIENCE = 60.0


@dataclass
class Account:
    """Somebody with a phone, as the post sees them: one update is delivered at a time."""

    name: str
    next: Next
    confirmed: list[tuple[Incoming, Answered]] = field(default_factory=list)


class Post:
    """Delivers letters to a house that is killed again and again."""

    def __init__(self, url: str, seed: int, longest_life: float) -> None:
        self._url = url
        self._random = Random(seed)
        self._longest_life = self._patience = longest_life
        self._under_way: dict[str, tuple[Account, Incoming]] = {}
        self._number = 0
        self._to: Connection | None = None
        self.deaths = 0
        self.order: list[Incoming] = []  # in the order of confirmation
        self.on_confirmed: Callable[[Incoming], None] = lambda _: None

    def send(self, account: Account, event: Event) -> None:
        """Sends a new update. It has no effect while the account's last one is being delivered."""
        if any(account is busy for busy, _ in self._under_way.values()):
            return
        self._number += 1
        incoming = Incoming("telegram", account.name, str(self._number), event)
        self._under_way[incoming.update_id] = (account, incoming)
        self._hand_over(incoming)

    def run(self) -> None:
        """Runs until everything is delivered."""
        while self._under_way:
            before = len(self.order)
            self._one_life()
            # On a slow machine a life may be too short to confirm anything; the next one is then longer.
            self._patience = self._longest_life if len(self.order) > before else self._patience * 2
            assert self._patience < LONGEST_PATIENCE, f"no progress; under way: {list(self._under_way)}"

    def _one_life(self) -> None:
        child, house = self._born()
        try:
            house.recv()
            dies_at = time.monotonic() + self._random.uniform(0, self._patience)
            self._to = house
            for _, incoming in list(self._under_way.values()):
                self._hand_over(incoming)
            while self._under_way and house.poll(max(0.0, dies_at - time.monotonic())):
                self._confirmed(*house.recv())
        finally:
            self._to = None
            child.kill()
            child.join()
            child.close()
            self.deaths += 1
        self._last_words(house)

    def _last_words(self, house: Connection) -> None:
        """Reads what it confirmed in its last moment, because people have seen these answers, too."""
        with house:
            try:
                while house.poll():
                    self._confirmed(*house.recv())
            except (EOFError, ConnectionResetError):
                return

    def _born(self) -> tuple[BaseProcess, Connection]:
        ours, theirs = _FORKING.Pipe()
        child = _FORKING.Process(target=live, args=(self._url, theirs), daemon=True)
        child.start()
        theirs.close()
        return child, ours

    def _confirmed(self, update: str, answered: Answered | Exception) -> None:
        if isinstance(answered, Exception):
            raise answered
        account, incoming = self._under_way.pop(update)
        account.confirmed.append((incoming, answered))
        self.order.append(incoming)
        self.on_confirmed(incoming)
        event = account.next(answered)
        if event is not None:
            self.send(account, event)

    def _hand_over(self, incoming: Incoming) -> None:
        if self._to is not None:
            self._to.send(incoming)
