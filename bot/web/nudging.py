"""Nudges the browser of a session while its page is closed, by a push message through the service of the browser's
vendor.

The text is always the same and says only that there is something, so that onlookers at a locked phone learn nothing.
"""

import json
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from aiohttp import ClientConnectorDNSError, ClientError, ClientSession, ClientTimeout, TCPConnector

from bot import clock
from bot.door.channel import Later
from bot.door.front import Called, Front
from bot.web.outside import NotOutside, Outside, outside
from bot.web.pages import Pages
from bot.web.settings import NAME

#: Seconds for one call, with looking up the name; and after which one that failed is tried again.
PATIENCE = 10.0
AGAIN = 60.0

#: Seconds for which a service keeps it for a browser that is off: tomorrow there is another reminder.
KEPT = 24 * 3600

#: Nobody is there any more: the browser was told to be quiet, or was thrown away.
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Nudging:
    """`bot.door.shape.Nudge` of the page. `root`: the path of the site; `whom`: where who runs it can be found."""

    front: Front
    pages: Pages
    root: str
    whom: str

    async def nudge(self, account: str, person: int) -> bool:
        """Nudge this session's browser; returns whether it was done. An address that is invalid or not allowed is
        deleted. Raises Later when it may work another time.
        """
        called = await self.front.called(NAME, account, person)
        if called is None:
            return False
        try:
            status = await self._post(called, person)
        except (ValueError, NotOutside) as error:
            _log.warning("a browser is to be called where we do not go", reason=str(error)[:200])
            await self.front.call_at(NAME, account, None)
            return False
        except (ClientError, OSError, TimeoutError) as error:
            _log.info("a push service was not reached", error=type(error).__name__)
            raise Later(AGAIN) from None
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return True
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Later(AGAIN)
        if status not in _GONE:  # a redirect, a key that is not believed: it is so the next time, too
            _log.warning("a push service refused", status=status)
        await self.front.call_at(NAME, account, None)
        return False

    async def _post(self, called: Called, person: int) -> int:
        """What the service answers; of its answer nothing is read. Raises ValueError, NotOutside for where we do not go."""
        from bot.web.sealing import sealed, signed  # noqa: PLC0415 - 40 ms and 10 MB: only who calls somebody

        told = {
            "title": "Tự Soi",
            "body": self.pages.draw("push.txt", called.language).strip(),
            "url": f"{self.root}/p/{person}/" + (f"#x{called.exchange}" if called.exchange else ""),
        }
        endpoint = outside(called.address.endpoint)
        headers = {
            "Authorization": signed(endpoint, called.key, self.whom, clock.now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT),
            "Topic": "tin-moi",
        }
        body = sealed(json.dumps(told, ensure_ascii=False).encode(), called.address)
        connector = TCPConnector(resolver=Outside(), use_dns_cache=False, force_close=True)
        try:
            async with (
                ClientSession(connector=connector, timeout=ClientTimeout(total=PATIENCE), trust_env=False) as session,
                session.post(endpoint, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                return answer.status
        except ClientConnectorDNSError as error:
            raise error.os_error from None
