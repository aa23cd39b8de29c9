"""A cable between a phone and the house that can be pulled out or stall: a TCP forwarder on this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    """Forwards to one address. While it is pulled out, connections break and new ones are refused. While it stalls,
    connections stay but nothing passes, as when a phone shows a signal but gets no data.
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
        """A cable to `target`, with a free port at this end."""
        cable = cls(target)
        server = await asyncio.start_server(cable._connect, "127.0.0.1", 0)
        cable.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield cable
        await cable.pull_out()
        server.close()

    async def pull_out(self) -> None:
        """Break every connection, even in the middle of a message."""
        self._out = True
        for pipe in tuple(self._pipes):
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    def plug_in(self) -> None:
        """Allow connections again."""
        self._out = False

    def stall(self) -> None:
        """Let nothing pass any more, without breaking connections."""
        self._flows.clear()

    def flow(self) -> None:
        """Let everything pass again, including what was held up."""
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
                await self._flows.wait()  # the end of a connection is held up, too
        finally:
            sink.transport.abort()
