"""Signing in and out: a one-time link from chat shows a page with one button, and the button uses the link up, so that
link previews of messengers do not. The console has a cookie of its own.
"""

import datetime as dt
import hashlib
import hmac

import structlog
from aiohttp import web

from bot.codes import clean
from bot.console.house import HOME, WHOLE, ConsoleHouse, form_token
from bot.delivery.notices import notify
from bot.web.callers import caller, is_https
from bot.web.cookies import DOOR_SECONDS, MOST_CHARS, PLAIN, Cookie
from bot.web.house import house_of
from bot.web.sessions import TONGUE, account_of, fields_of, page, random_id, require_own_page, session_of
from dialogs.core.turn import Reply
from storage.repositories.access.consoles import CHANNEL, ConsoleLink
from storage.values import Tie

_log = structlog.get_logger()

#: Minimum interval between recorded uses of a session.
KEPT_EVERY = dt.timedelta(minutes=1)


def of_console(request: web.Request) -> Cookie:
    """The console session in this browser."""
    return _cookie(request, "console", int(WHOLE.total_seconds()))


def of_console_door(request: web.Request) -> Cookie:
    """The cookie that ties the page with the button to the browser in which it was shown."""
    return _cookie(request, "console-door", DOOR_SECONDS)


def _cookie(request: web.Request, name: str, seconds: int) -> Cookie:
    prefix = "__Secure-" if is_https(request) else ""
    return Cookie(f"{prefix}{PLAIN}-{name}", house_of(request).settings.root + HOME, seconds, strict=True)


async def session_here(request: web.Request, house: ConsoleHouse) -> tuple[str, Tie] | None:
    """The console account in this browser and its owner; None when nobody is signed in any more."""
    session = of_console(request).of(request)
    if not session:
        return None
    account, now = account_of(session), house.now()
    async with house.store.reading() as tx:
        tie = await tx.consoles.session(account)
        if tie is None or house.lifetimes.over(CHANNEL, tie, now):
            return None
        request[TONGUE] = await tx.people.tongue(tie.person_id)
    if tie.seen_at is None or now - tie.seen_at > KEPT_EVERY:
        async with house.store.transaction() as tx:
            await tx.accounts.seen(CHANNEL, account, now)
            await tx.commit()
    return account, tie


class Door:
    """The pages for people not signed in."""

    def __init__(self, house: ConsoleHouse) -> None:
        self._house = house

    def routes(self) -> list[web.RouteDef]:
        """Their routes."""
        return [
            web.get(f"{HOME}/vao/{{code}}", self.show),
            web.post(f"{HOME}/vao", self.walk_in),
            web.post(f"{HOME}/ra", self.walk_out),
        ]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The page of a link, with its button. It does not use the link up."""
        code, link, refused = await self._looked_up(request, request.match_info["code"])
        if refused is not None:
            return refused
        assert link is not None, "else it was refused"
        door = of_console_door(request)
        async with self._house.store.reading() as tx:
            person = await tx.people.get(link.person_id)
            request[TONGUE] = await tx.people.tongue(link.person_id)
        shown = page(request, "console/door.html", code=code, once=random_id(), name=person.name, home=HOME)
        door.keep(request, shown, door.of(request) or random_id())
        return shown

    async def walk_in(self, request: web.Request) -> web.StreamResponse:
        """Sign this browser in."""
        require_own_page(request)
        form = await fields_of(request)
        door, once = of_console_door(request).of(request), form.get("once", "")
        typed = clean(form.get("code", ""))
        if not door or not 0 < len(once) <= MOST_CHARS:
            return page(request, "console/refused.html", 403, why="cookie", home=HOME)
        session = session_of(door, once, f"console {typed}")
        async with self._house.store.reading() as tx:
            if await tx.consoles.session(account_of(session)):  # pressed twice
                return self._home(request, session)
        _, link, refused = await self._looked_up(request, typed)
        if refused is not None:
            return refused
        assert link is not None, "else it was refused"
        now = self._house.now()
        async with self._house.store.transaction() as tx:
            if not await tx.consoles.begin(link, account_of(session), now):
                return await self._refused(request, link, "used")
            person = link.person_id
            address = {"address": caller(request)}
            await tx.audit.record(person, "console opened", now, person_id=person, detail=address)
            await tx.commit()
        return self._home(request, session)

    async def walk_out(self, request: web.Request) -> web.StreamResponse:
        """Sign this browser out of the console but not of the chat. Raises 403 for a form not sent from a page of this
        session.
        """
        require_own_page(request)
        token, now = (await fields_of(request)).get("token", ""), self._house.now()
        found = await session_here(request, self._house)
        if found and not hmac.compare_digest(token.encode(), form_token(found[0]).encode()):
            raise web.HTTPForbidden
        response = page(request, "console/refused.html", why="out", home=HOME)
        if found:
            await self.end(found[0], found[1].person_id, now)
        of_console(request).forget(request, response)
        return response

    async def end(self, account: str, person: int, now: dt.datetime) -> None:
        """End the session."""
        async with self._house.store.transaction() as tx:
            await tx.accounts.untie(CHANNEL, account, now)
            await tx.audit.record(person, "console closed", now, person_id=person)
            await tx.commit()

    def _home(self, request: web.Request, session: str) -> web.Response:
        response = web.Response(status=303, headers={"Location": house_of(request).settings.root + HOME})
        of_console(request).keep(request, response, session)
        of_console_door(request).forget(request, response)
        return response

    async def _looked_up(
        self, request: web.Request, typed: str
    ) -> tuple[str, ConsoleLink | None, web.StreamResponse | None]:
        """The link with that code, or the response when it cannot be used."""
        code, address, now = clean(typed), caller(request), self._house.now()
        async with house_of(request).guesses.one_more(address) as this:
            async with self._house.store.reading() as tx:
                link = await tx.consoles.look_up(code) if code else None
            this.good = link is not None and link.opens(now)
        if link is None:
            _log.info("wrong console code", address=address, left=this.left)
            return code, None, page(request, "console/refused.html", 403, why="unknown", home=HOME)
        if link.used_at is not None:
            here = await session_here(request, self._house)
            if here and here[1].person_id == link.person_id:
                home = house_of(request).settings.root + HOME
                return code, link, web.Response(status=303, headers={"Location": home})
        if not link.opens(now):
            why = "used" if link.used_at is not None else "over"
            if this.left is None:  # told and kept already; who asks on and on fills no audit
                return code, None, page(request, "console/refused.html", 403, why=why, home=HOME)
            return code, link, await self._refused(request, link, why)
        return code, link, None

    async def _refused(self, request: web.Request, link: ConsoleLink, why: str) -> web.Response:
        """The response for a used or wrong link. For a used one, the desk and its owner are told."""
        now, mark = self._house.now(), hashlib.sha256(caller(request).encode()).hexdigest()[:8]
        async with self._house.store.transaction() as tx:
            person = await tx.people.get(link.person_id)
            detail = {"why": why, "address": caller(request)}
            by = f"{CHANNEL}:{mark}"
            await tx.audit.record(by, "console link refused", now, person_id=person.id, detail=detail)
            if why == "used":
                reply = Reply("notice/console_link", {"name": person.name, "unit": person.unit, "at": now.isoformat()})
                for one in {*await tx.units.desk_of(person.office), person.id}:
                    delivery = await notify(tx, one, f"console-link:{link.id}:{one}", reply, now)
                    if delivery is not None:
                        await self._house.jobs.enqueue(tx.connection, delivery)
            await tx.commit()
        return page(request, "console/refused.html", 403, why=why, home=HOME)
