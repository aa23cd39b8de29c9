"""The line: the live connection of an open page. An idle page costs a few bytes every few seconds: it sleeps until
something new is stored for its person, and then receives only what it does not show yet.
"""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import WSMessage, WSMsgType, web
from aiolimiter import AsyncLimiter

from bot.door.channel import Incoming
from bot.door.front import Exchange
from bot.web.frames import Hello, MessagePlace, Spoken, Unread, read_frame
from bot.web.house import WebHouse
from bot.web.paces import at_their_pace, pace, would_wait
from bot.web.sessions import Browser
from bot.web.settings import NAME, SIGN_OUT
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Said
from templates.wording import language_of

log = logging.getLogger(__name__)

#: Close codes: the page was signed out and must be reloaded, which shows the sign-in; or a failure of ours.
SIGNED_OUT, SERVER_TROUBLE = 4401, 1011

#: Maximum number of exchanges sent to a page that reconnects; one that missed more is reloaded.
CATCH_UP = 60
#: Maximum number of lines without a valid session that are told so at the same time; further ones get an error at once.
MOST_STRANGERS = 50
#: Seconds after which an idle line is checked for whether its session still belongs to the person.
STILL_WHOSE = 300.0
#: Cost of a hello in steps of a pace: exchanges are read and worded for it.
HELLO_STEPS = 3
#: Maximum number of frames that no page of ours would send; after that the line is closed.
MOST_UNREADABLE = 10
#: Maximum number of frames read after our close frame, before the connection is cut.
MOST_AFTERWARDS = 100
#: Seconds for a page to answer our close frame.
GOODBYE = 2.0


#: Pings and pongs. With `autoping=False` the socket passes all of them on to us.
SIGNS = frozenset({WSMsgType.PING, WSMsgType.PONG})


def cut(transport: asyncio.BaseTransport | None) -> None:
    """Drops the connection at once: nothing more is read or written."""
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


class Line:
    """The connection of one page of a signed-in person."""

    def __init__(self, house: WebHouse, browser: Browser, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.browser = browser
        self._house = house
        self._base = house.settings.root + browser.path
        self._socket = socket
        self._transport = request.transport
        self._after: int | None = None  # the id of the last exchange that the page shows; None before its hello
        self._last: Exchange | None = None  # that exchange, once it was read
        self._language = ""  # the language of the page, from its hello
        self._spoke_at = self._asked_at = asyncio.get_running_loop().time()
        self._order = asyncio.Lock()
        self._signs = pace(burst=20, per_second=1)
        self._paces: tuple[AsyncLimiter, ...] = (pace(burst=20, per_second=3), house.speech(browser.person))
        self._slowed = False
        self._unreadable = 0

    @property
    def person(self) -> int:
        """The id of the person whose page it is."""
        return self.browser.person

    async def run(self) -> None:
        """Runs until the page disconnects. Our own failures close the line; the page then reconnects and sends again."""
        watching = asyncio.create_task(self._watch())
        try:
            async for message in self._socket:
                if message.type in SIGNS:
                    await self._take_sign(message)
                else:
                    await self._hear(message.data if message.type is WSMsgType.TEXT else "")
        except ConnectionError:
            pass
        except Exception:
            log.exception("web line of person %s", self.browser.person)
            await self.close(SERVER_TROUBLE)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def close(self, code: int) -> None:
        """Send a close frame, and wait for the answer no longer than the socket's timeout."""
        await self._socket.close(code=code)

    async def give_sign(self, now: float, pulse: float) -> None:
        """Send an empty frame if nothing was sent for half a pulse, because a page that hears nothing takes its line
        for dead. A page that has not yet received what was sent before is left out, so that it holds up nobody.
        """
        unheard = self._transport is None or self._transport.get_write_buffer_size() > 0
        if now - self._spoke_at < pulse / 2 or unheard:
            return
        await self._send("{}")
        if now - self._asked_at > STILL_WHOSE:
            self._asked_at = now
            self._house.lines.meanwhile(self._ask_whose())

    async def _ask_whose(self) -> None:
        if await self._house.front.who(NAME, self.browser.account) != self.browser.person:
            await self.close(SIGNED_OUT)

    async def _watch(self) -> None:
        try:
            async for _ in self._house.front.changes(self.browser.person):
                await self._bring_news()
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception:
            log.exception("watching for person %s", self.browser.person)
            await self.close(SERVER_TROUBLE)

    async def _take_sign(self, message: WSMessage) -> None:
        """Answer a ping. Browsers never send any; answering a client that sends thousands would make others wait, so it
        is disconnected. Raises ConnectionAbortedError.
        """
        if would_wait(1, self._signs):
            cut(self._transport)
            raise ConnectionAbortedError
        await self._signs.acquire()
        if message.type is WSMsgType.PING:
            await self._socket.pong(message.data)

    async def _hear(self, data: str) -> None:
        frame = read_frame(data)
        await self._slow_down(HELLO_STEPS if isinstance(frame, Hello) else 1)
        match frame:
            case Hello(after, language):
                self._after, self._last, self._language = after, None, language
                await self._bring_news()
            case Unread(ident, why):
                self._unreadable += 1
                if self._unreadable > MOST_UNREADABLE:
                    await self.close(1008)
                    return
                await self._note(why)
                await self._done(ident)
            case Spoken() as spoken:
                await self._take(spoken)

    async def _slow_down(self, steps: float) -> None:
        """Wait as the paces of the person and of the line require. The page is told once; nothing is lost."""
        if not would_wait(steps, *self._paces):
            self._slowed = False
        elif not self._slowed:
            self._slowed = True
            await self._note("hurry")
        await at_their_pace(steps, *self._paces)

    async def _take(self, spoken: Spoken) -> None:
        """Handle one event: it is stored first, then its bubbles are sent, then the confirmation."""
        update = f"{self.browser.account[:24]}:{spoken.id}"
        event = await self._placed(spoken.event, spoken.under)
        if event is None:
            await self._note("not_there")
            await self._send(json.dumps({"done": spoken.id, "not_taken": True}))
            return
        answered = await self._house.front.take(Incoming(NAME, self.browser.account, update, event))
        if event == Commanded(SIGN_OUT):  # makes the browser forget what it stored about the person
            await self._send(json.dumps({"out": True}))
        if answered.person != self.browser.person:  # no longer signed in, so the event is not confirmed
            await self.close(SIGNED_OUT)
            return
        await self._bring_news()
        await self._done(spoken.id, acted=answered.acted)

    async def _placed(self, event: Event, under: MessagePlace | None) -> Event | None:
        """The event with the buttons of the message that it answers. None: this person has no such message."""
        if under is None or not isinstance(event, Said):
            return event
        at = under.exchange
        found = await self._house.front.history(self.browser.person, after=at - 1, before=at + 1, limit=1)
        replies = found[0].replies if found else ()
        if under.reply >= len(replies):
            return None
        keys = (key for row in replies[under.reply].keyboard for key in row)
        return replace(event, under=tuple(button for key in keys if (button := Button.decode(key.data))))

    async def _bring_news(self) -> None:
        async with self._order:
            news = await self._read_news()
            if await self._house.front.who(NAME, self.browser.account) != self.browser.person:
                await self.close(SIGNED_OUT)
                return
            if not news:
                return
            if len(news) > CATCH_UP:
                await self._send(json.dumps({"anew": True}))
                return
            tongue = await self._house.front.tongue(self.browser.person)
            await self._send(await self._house.pages.talk(self._base, tongue, news, self._last))
            self._after, self._last = news[-1].id, news[-1]
            language = language_of(tongue)
            if self._language not in {"", language}:  # the person chose another language: the page reloads
                await self._send(json.dumps({"language": language}))

    async def _read_news(self) -> Sequence[Exchange]:
        """The exchanges that the page does not show yet. After a hello, the last one it shows is read too, because new
        ones may change how it is drawn.
        """
        if self._after is None:
            return ()
        after = self._after if self._last else self._after - 1
        news = await self._house.front.history(self.browser.person, after=after, limit=CATCH_UP + 2)
        if news and news[0].id == self._after:
            self._last, news = news[0], news[1:]
        return news

    async def _note(self, why: str) -> None:
        tongue = await self._house.front.tongue(self.browser.person)
        await self._send(self._house.pages.draw("note.html", tongue, why=why))

    async def _done(self, ident: str, *, acted: bool = False) -> None:
        if ident:
            await self._send(json.dumps({"done": ident, "acted": True} if acted else {"done": ident}))

    async def _send(self, data: str) -> None:
        self._spoke_at = asyncio.get_running_loop().time()
        if not self._socket.closed:
            await self._socket.send_str(data)
