"""A cable between a phone and the house, to be pulled out or to stall: a TCP forwarder on this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    """Forwards to one address. While it is out, connections break and new ones are refused; while it stalls, they are
    there and nothing passes, as where a phone has bars and no network.
    """

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target)
        self._out = False
        self._flows = asyncio.Event()
        self._flows.set()
        self._pipes: set[asyncio.Task[None]] = set()
        self.address = ""

    @classmethod
    @asynccontextmanager
    async def plugged_into(cls, target: str) -> AsyncIterator["Cable"]:
        """A cable with a free port of its own at this end."""
        cable = cls(target)
        server = await asyncio.start_server(cable._connect, "127.0.0.1", 0)
        cable.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield cable
        await cable.pull_out()
        server.close()

    async def pull_out(self) -> None:
        """Every connection breaks in the middle of what it was saying."""
        self._out = True
        for pipe in tuple(self._pipes):
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    def plug_in(self) -> None:
        """Connections are possible again."""
        self._out = False

    def stall(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._flows.clear()

    def flow(self) -> None:
        """What was held up passes, and everything after it."""
        self._flows.set()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._out:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(self._target.hostname, self._target.port)
        except OSError:
            writer.transport.abort()
            return
        for source, sink in ((reader, back), (there, writer)):
            pipe = asyncio.create_task(self._pour(source, sink))
            self._pipes.add(pipe)
            pipe.add_done_callback(self._pipes.discard)

    async def _pour(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError):
                while data := await source.read(65536):
                    await self._flows.wait()
                    sink.write(data)
                    await sink.drain()
                await self._flows.wait()  # nor does a goodbye pass
        finally:
            sink.transport.abort()
