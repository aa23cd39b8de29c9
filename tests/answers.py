"""Responses of servers of which a test needs only the status or headers. They are read to their end all the same.

A response that is dropped unread leaves its connection to the garbage collector, which may warn about it during any
other test.
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
    """The headers of `browser.get(…)`."""
    async with asked as answer:
        await answer.read()
        return answer.headers
