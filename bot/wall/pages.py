"""The pages of the wall: a one-time link shows a button that ties this browser to the meeting; then the screen, which
is notified of every change.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.codes import clean
from bot.documents.minutes import counts_of
from bot.wall.board import board
from bot.web.callers import caller, is_https, is_ours
from bot.web.cookies import DOOR_SECONDS, MOST_CHARS, PLAIN, Cookie
from bot.web.house import house_of
from bot.web.sessions import fields_of, page, random_id, require_own_page, session_of
from rules.meeting.nouns.meeting import OVER, Meeting
from storage.store import Store
from storage.wake import Sleeper, of_meeting
from templates.documents.scanning import drawing

HOME = "/tuong"

#: How long a screen may show a meeting, including interruptions.
WHOLE = dt.timedelta(days=7)
#: Seconds after which the screen is refreshed without a notification, which also shows that it is alive.
LOOK_ANEW = 15.0
#: Maximum number of screens notified of changes, and of those opened by one link, that is, in one browser.
MOST, MOST_OF_ONE = 50, 3
#: Seconds after which a browser that lost its connection reconnects.
BACK = 3000


@dataclass(slots=True)
class WallHouse:
    """What the pages work with."""

    store: Store
    now: Callable[[], dt.datetime]
    #: Of each screen that is told, with the session of its browser.
    open: dict[Sleeper, str] = field(default_factory=dict)
    closing: bool = False

    def routes(self) -> list[web.RouteDef]:
        """Where they stand on the site of the chat."""
        return [
            web.get(f"{HOME}/vao/{{code}}", self._at_home(self.show)),
            web.post(f"{HOME}/vao", self._at_home(self.walk_in)),
            web.get(HOME, self._at_home(self.screen)),
            web.get(f"{HOME}/day", self._at_home(self.changes)),
        ]

    def _at_home(self, handler: Any) -> Any:
        async def at_home(request: web.Request) -> web.StreamResponse:
            if not is_ours(request):
                return page(request, "elsewhere.html", 421, address=house_of(request).settings.public_url)
            answered: web.StreamResponse = await handler(request)
            return answered

        return at_home

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The page of a link, with its one button. Uses nothing up."""
        code, address = clean(request.match_info["code"]), caller(request)
        async with house_of(request).guesses.one_more(address) as this:
            async with self.store.reading() as tx:
                link = await tx.meetings.wall_link(code) if code else None
            this.good = link is not None and link.opens(self.now())
        if link is None or not link.opens(self.now()):
            return page(request, "wall/refused.html", 403, why="used" if link and link.used_at else "unknown")
        async with self.store.reading() as tx:
            meeting = await tx.meetings.get(link.meeting_id)
        door = of_door(request)
        unit = meeting.unit_name if meeting else ""
        shown = page(request, "wall/door.html", code=code, once=random_id(), unit=unit, home=HOME)
        door.keep(request, shown, door.of(request) or random_id())
        return shown

    async def walk_in(self, request: web.Request) -> web.StreamResponse:
        """The button: from now on this browser shows the meeting."""
        require_own_page(request)
        form = await fields_of(request)
        door, once, code = of_door(request).of(request), form.get("once", ""), clean(form.get("code", ""))
        if not door or not 0 < len(once) <= MOST_CHARS:
            return page(request, "wall/refused.html", 403, why="cookie")
        session = session_of(door, once, f"wall {code}")
        async with house_of(request).guesses.one_more(caller(request)) as this, self.store.reading() as tx:
            known = await tx.meetings.wall(session) or (await tx.meetings.wall_link(code) if code else None)
            this.good = known is not None
        if known is None:  # before anything waits for its turn to write
            return page(request, "wall/refused.html", 403, why="unknown")
        async with self.store.transaction() as tx:
            if await tx.meetings.wall(session) is None:  # else it was pressed twice
                link = await tx.meetings.wall_link(code) if code else None
                opens = link is not None and link.opens(self.now())
                if link is None or not opens or not await tx.meetings.begin_wall(link, session, self.now()):
                    return page(request, "wall/refused.html", 403, why="used" if link else "unknown")
                await tx.audit.record(
                    "wall", "wall opened", self.now(), detail={"meeting": link.meeting_id, "address": caller(request)}
                )
                await tx.commit()
        response = web.Response(status=303, headers={"Location": house_of(request).settings.root + HOME})
        of_wall(request).keep(request, response, session)
        of_door(request).forget(request, response)
        return response

    async def screen(self, request: web.Request) -> web.StreamResponse:
        """The screen as the meeting stands."""
        meeting = await self._here(request)
        if meeting is None:
            return page(request, "wall/refused.html", 401, why="closed")
        return page(request, "wall/screen.html", home=HOME, **await self._values(request, meeting))

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """The screen anew at every change, as events; nothing is sent while nothing changes but that the line holds."""
        meeting = await self._here(request)
        if meeting is None:
            raise web.HTTPUnauthorized
        session = of_wall(request).of(request)
        if len(self.open) >= MOST or sum(one == session for one in self.open.values()) >= MOST_OF_ONE:
            raise web.HTTPServiceUnavailable
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with self.store.wake.sleeper(of_meeting(meeting.id)) as sleeper:
            self.open[sleeper] = session
            try:
                await self._tell(request, response, sleeper)
            except ConnectionError:
                pass  # the screen was turned off
            finally:
                self.open.pop(sleeper, None)
        return response

    async def _tell(self, request: web.Request, response: web.StreamResponse, sleeper: Sleeper) -> None:
        await response.write(f"retry: {BACK}\n\n".encode())
        told = ""
        while not self.closing:
            found = await self._here(request)
            if found is None:
                await response.write(b"event: over\ndata: \n\n")
                return
            html = house_of(request).pages.draw(
                "wall/board.html", house_of(request).settings.language, **await self._values(request, found)
            )
            if html == told:
                await response.write(b": here\n\n")
            else:
                told = html
                lines = "".join(f"data: {line}\n" for line in html.splitlines())
                await response.write(f"event: board\n{lines}\n".encode())
            await sleeper.sleep(LOOK_ANEW)

    async def close(self) -> None:
        """No screen holds the house up when it closes."""
        self.closing = True
        for one in self.open:
            one.wake()

    async def _values(self, request: web.Request, meeting: Meeting) -> dict[str, Any]:
        async with self.store.reading() as tx:
            counts, code = await counts_of(tx, meeting), tx.meetings.wall_code(meeting.id, self.now())
        settings = house_of(request).settings
        address = (settings.public_url or f"{request.scheme}://{request.host}").rstrip("/")
        address += "" if settings.public_url else settings.root
        address += f"/v/hop/{meeting.id}/{code}"
        return {"board": board(meeting, counts), "address": address, "scan": drawing(address)}

    async def _here(self, request: web.Request) -> Meeting | None:
        """The meeting that this browser shows; None: none, or it is over."""
        session = of_wall(request).of(request)
        if not session:
            return None
        async with self.store.reading() as tx:
            link = await tx.meetings.wall(session)
            if link is None or link.used_at is None or link.used_at + WHOLE < self.now():
                return None
            meeting = await tx.meetings.get(link.meeting_id)
        return meeting if meeting and meeting.status not in OVER else None


def of_wall(request: web.Request) -> Cookie:
    """The screen in this browser."""
    return _cookie(request, "wall", int(WHOLE.total_seconds()))


def of_door(request: web.Request) -> Cookie:
    """What ties the page with the button to the browser it was shown in."""
    return _cookie(request, "wall-door", DOOR_SECONDS)


def _cookie(request: web.Request, name: str, seconds: int) -> Cookie:
    prefix = "__Secure-" if is_https(request) else ""
    return Cookie(f"{prefix}{PLAIN}-{name}", house_of(request).settings.root + HOME, seconds, strict=True)
