"""A cable between a phone and the house, to be pulled out: a TCP forwarder on this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    """Forwards to one address. While it is out, connections break and new ones are refused."""

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target)
        self._out = False
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
        server.close()
        await cable.pull_out()

    async def pull_out(self) -> None:
        """Every connection breaks in the middle of what it was saying."""
        self._out = True
        for pipe in tuple(self._pipes):
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    def plug_in(self) -> None:
        """Connections are possible again."""
        self._out = False

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._out:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(self._target.hostname, self._target.port)
        for source, sink in ((reader, back), (there, writer)):
            pipe = asyncio.create_task(_pour(source, sink))
            self._pipes.add(pipe)
            pipe.add_done_callback(self._pipes.discard)


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        with suppress(ConnectionError):
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
    finally:
        sink.transport.abort()
