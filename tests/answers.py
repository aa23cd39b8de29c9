"""Answers of servers of which a test wants a line only: read to their end all the same.

One that is dropped unread leaves its connection to the collector of cycles, and that may say so in the middle of any other test.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager

from aiohttp import ClientResponse

Asked = AbstractAsyncContextManager[ClientResponse]


async def status_of(asked: Asked) -> int:
    """The status of `browser.get(…)`."""
    async with asked as answer:
        await answer.read()
        return answer.status


async def headers_of(asked: Asked) -> Mapping[str, str]:
    """Its headers."""
    async with asked as answer:
        await answer.read()
        return answer.headers
