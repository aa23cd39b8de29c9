"""The page where anybody can check a paper they hold. Its code leads there, and a file can be uploaded.

A stranger learns only the standing: no name, unit or rating. A signed-in person who may read the paper sees whose it
is. Unknown codes and files that differ count as guesses, of which each paper allows a few a day in total, so that
nobody can find out its content by trying. Reading files is expensive, so each address may send a few, and then one
every quarter of a minute.
"""

import asyncio
import re
from collections.abc import Sequence

from aiohttp import web

from bot.documents.extracting import MOST_OF_STRANGERS
from bot.door.verdicts import Standing, Verdict
from bot.reading.parent import InLine
from bot.web.callers import caller, tell_of_proxy
from bot.web.cookies import of_checking, of_checking_begins
from bot.web.files import file_of
from bot.web.guesses import keys
from bot.web.house import WebHouse, house_of
from bot.web.paces import at_once, would_wait
from bot.web.sessions import account_of, find_browser, page, require_own_page
from bot.web.settings import NAME
from rules.nouns.errors import CaseError, RosterErrors
from templates.errors import worded

#: The id of the person in the name of a cookie (`bot.web.cookies.of_checking_begins`).
_PERSON = re.compile(r"\d{1,18}")
#: Maximum number of people signed in on one browser that are considered.
_MOST_SIGNED_IN = 5
#: Seconds allowed for an upload. Its content is held in memory meanwhile, and strangers can start many.
PATIENCE = 180.0
_SEAT = r"/p/{person:\d{1,18}}"
_CODE = r"/{v:[vV]}/{code:[0-9A-Fa-f]{64}}"

routes = web.RouteTableDef()


@routes.get("/v")
@routes.get(_SEAT + "/v")
async def show_place(request: web.Request) -> web.Response:
    """The page with the place for a file."""
    await signed_in(request)
    return _page(request)


@routes.get(_CODE)
@routes.get(_SEAT + _CODE)
async def check_code(request: web.Request) -> web.Response:
    """The standing of the paper whose code is in the path."""
    tell_of_proxy(request)
    if request.match_info["v"] == "V" and "person" not in request.match_info and of_checking(request, 0):
        # Codes are lower case, and the paths of cookies distinguish upper and lower case.
        raise web.HTTPSeeOther(f"{house_of(request).settings.root}/v/{request.match_info['code'].lower()}")
    persons = await signed_in(request)
    async with house_of(request).guesses.one_more(caller(request)) as this:
        verdict = await house_of(request).front.checked(request.match_info["code"].lower(), persons)
        this.good = verdict.standing is not Standing.UNKNOWN
    if this.left is None and not this.good:
        raise web.HTTPTooManyRequests(headers={"Retry-After": "10"})
    return _page(request, verdict, by="code")


@routes.post("/v")
@routes.post(_SEAT + "/v")
async def check_file(request: web.Request) -> web.Response:
    """The standing of an uploaded file."""
    require_own_page(request)
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    tell_of_proxy(request)
    house, address = house_of(request), caller(request)
    await at_once(1, house.papers(keys(address)[0]))
    persons = await signed_in(request)
    try:
        async with asyncio.timeout(PATIENCE):
            _, content, lost = await file_of(request, MOST_OF_STRANGERS)
    except TimeoutError:
        return _page(request, mistake="lost", status=408)
    if lost:
        return _page(request, mistake=lost, status=413 if lost == "too_big" else 400)
    try:
        async with house.guesses.one_more(address) as this:
            verdict = await house.front.checked(content, persons)
            this.good = verdict.told is not None or verdict.standing in {Standing.GENUINE, Standing.REPLACED}
            tried_out = await _tried_out(house, verdict)
    except RosterErrors as errors:
        return _page(request, mistake=worded(errors), status=400)
    except CaseError:
        return _page(request, Verdict(Standing.ALTERED), by="file")
    except InLine:
        raise web.HTTPTooManyRequests(headers={"Retry-After": "10"}) from None
    if tried_out:
        return _page(request, mistake="tried_out", status=429)
    return _page(request, verdict, by="file")


async def _tried_out(house: WebHouse, verdict: Verdict) -> bool:
    """Whether so many altered files of this paper were uploaded today that no further one is judged, except for people
    who may read the paper. Counts this one if it is altered.
    """
    if not verdict.paper or verdict.told is not None:
        return False
    forgeries = house.forgeries(verdict.paper)
    if would_wait(1, forgeries):
        return True
    if verdict.standing is Standing.ALTERED:
        await forgeries.acquire(1)
    return False


async def signed_in(request: web.Request) -> Sequence[int]:
    """The people signed in: the one in the path, otherwise those of the cookies sent to this page. Raises 401 if the
    one in the path is not signed in.
    """
    if "person" in request.match_info:
        browser = await find_browser(request)
        if browser is None:
            raise web.HTTPUnauthorized
        return [browser.person]
    found: list[int] = []
    begins = of_checking_begins(request)
    for name, session in list(request.cookies.items())[:50]:
        ours = _PERSON.fullmatch(name.removeprefix(begins)) if name.startswith(begins) else None
        if ours and len(found) < _MOST_SIGNED_IN:
            person = int(ours[0])
            if await house_of(request).front.who(NAME, account_of(session)) == person:
                found.append(person)
    return found


def _page(
    request: web.Request, verdict: Verdict | None = None, by: str = "", mistake: str = "", status: int = 200
) -> web.Response:
    seat = f"/p/{request.match_info['person']}" if "person" in request.match_info else ""
    return page(
        request,
        "checked.html",
        status,
        verdict=verdict,
        by=by,
        mistake=mistake,
        action=f"{house_of(request).settings.root}{seat}/v",
        seat=f"{house_of(request).settings.root}{seat}" if seat else "",
        most=MOST_OF_STRANGERS // 1_000_000,
    )
