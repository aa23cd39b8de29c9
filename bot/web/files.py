"""Files in both directions: an upload on the chat page is accepted where a file is awaited, up to its maximum size;
files of a reply are shown as page images or downloaded.
"""

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

from aiohttp import BodyPartReader, hdrs, web

from bot.door.channel import Document, Incoming
from bot.door.files import handed
from bot.roster.package import MAX_BYTES
from bot.web.frames import clean
from bot.web.house import HOUSE, Wish, house_of
from bot.web.line import cut
from bot.web.paces import at_once
from bot.web.parcels import Broken, ParcelWish, Spool
from bot.web.sessions import Browser, as_sent, page, require_browser, require_own_page
from bot.web.settings import NAME
from dialogs.core.events import Sent
from dialogs.core.turn import AllPapers, DeskFile, InPieces, Papers, SentPapers, WholeDossier

#: Seconds in which a file is to be here: whoever drips keeps nobody else waiting.
PATIENCE = 180.0
#: What a form adds to the file it carries, at most.
_AROUND = 64 * 1024
#: Fields before a file, and bytes of one of them.
_FIELDS, _FIELD = 8, 256
_ID = r"[0-9A-Za-z-]{8,64}"

routes = web.RouteTableDef()


@routes.post(rf"/p/{{person:\d{{1,18}}}}/file/{{id:{_ID}}}")
async def take_file(request: web.Request) -> web.Response:
    """Pass the file on as an event of the conversation; the reply comes by the page's connection. `id` as in `frames`.

    Forms of other sites, or of people not signed in, are refused as everywhere.
    """
    require_own_page(request)
    browser, house = await require_browser(request), house_of(request)
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    await at_once(1, house.speech(browser.person))
    update = f"{browser.account[:24]}:{request.match_info['id']}"
    incoming = Incoming(NAME, browser.account, update, Sent("document"))
    takes = await house.front.awaits_file(NAME, browser.account)
    if not takes:
        await house.front.take(incoming)
        return web.Response(status=204)
    async with house.handing:
        try:
            async with asyncio.timeout(PATIENCE):
                name, content, lost = await file_of(request, MAX_BYTES)
        except TimeoutError:
            name, content, lost = "", b"", "lost"
        await house.front.take(handed(incoming, name, content, lost, takes=takes))
    return web.Response(status=204)


async def file_of(request: web.Request, most: int) -> tuple[str, bytes, str]:
    """Name and content of the file in a form, up to `most` bytes; or why there is none: `too_big`, `lost`."""
    if (request.content_length or 0) > most + _AROUND:
        return "", b"", "too_big"
    try:
        with as_sent():
            return await _carried(request, most)
    except web.HTTPBadRequest:
        return "", b"", "lost"


async def form_with_file(request: web.Request, most: int) -> tuple[dict[str, str], tuple[str, bytes, str]]:
    """The short fields of a form that stand before its file, and the file as `file_of` has it. Raises 400, 415."""
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    fields: dict[str, str] = {}
    if (request.content_length or 0) > most + _AROUND:
        return fields, ("", b"", "too_big")
    with as_sent():
        parts = await request.multipart()
        while isinstance(part := await parts.next(), BodyPartReader) and part.name != "file" and len(fields) < _FIELDS:
            fields[part.name or ""] = (await part.read_chunk(_FIELD)).decode(errors="replace")
        return fields, await _content(part, most)


async def _carried(request: web.Request, most: int) -> tuple[str, bytes, str]:
    return await _content(await (await request.multipart()).next(), most)


async def _content(part: object, most: int) -> tuple[str, bytes, str]:
    if not isinstance(part, BodyPartReader) or part.name != "file":
        return "", b"", "lost"
    name, content = clean(part.filename or ""), bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        content += chunk
        if len(content) > most:
            return name, b"", "too_big"
    return name, bytes(content), ""


TYPES = {
    "page": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",  # handed out as a file only, never shown in the page's own place
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
}

_SEAT = r"/p/{person:\d{1,18}}"
_AT = r"{at:\d{1,9}}"
#: Whose dossier: `a` of the authority, `u12` of a unit, `p34` of a person.
WHOSE = r"{whose:(?:a|[up]\d{1,9})}"
#: `2-1` is version 2 with the first decision on it, `2` with the newest, if any.
_PAPERS = _SEAT + r"/papers/{review:\d{1,9}}/{version:\d{1,9}}{ruling:(-\d{1,9})?}/" + _AT


@routes.get(_PAPERS + "/pages")
async def show_pages(request: web.Request) -> web.Response:
    """A strip of pictures, fetched when its bubble comes into view."""
    browser = await require_browser(request)
    pictures = await _fetch(request, browser, "pages")
    return page(
        request,
        "sheets.html",
        folder=house_of(request).settings.root + request.path.removesuffix("/pages"),
        count=len(pictures),
    )


@routes.get(_PAPERS + r"/page-{number:\d{1,4}}.png")
async def show_page(request: web.Request) -> web.Response:
    """The picture of one page; they count from 1."""
    pictures = await _fetch(request, await require_browser(request), "pages")
    number = int(request.match_info["number"])
    if not 1 <= number <= len(pictures):
        raise web.HTTPNotFound
    return web.Response(body=pictures[number - 1].content, content_type=TYPES["page"])


@routes.get(_PAPERS + "/{kind:docx|pdf}")
async def download(request: web.Request) -> web.Response:
    """The Word or PDF file under its own name."""
    return _as_file(await _fetch(request, await require_browser(request), request.match_info["kind"]))


@routes.get(_SEAT + r"/all/{campaign:\d{1,9}}/{unit:\d{1,9}}/" + _AT)
async def download_all(request: web.Request) -> web.StreamResponse:
    """The papers of a campaign or unit as one ZIP, sent while it is made; an interrupted download can be resumed (RFC
    9110, 14).
    """
    browser, place = await require_browser(request), request.match_info
    wanted = AllPapers(int(place["campaign"]), int(place["unit"]))
    return await sent_in_pieces(request, await spool_of(request, browser.person, wanted, int(place["at"])))


@routes.get(_SEAT + r"/dossier/{campaign:\d{1,9}}/" + WHOSE + "/" + _AT)
@routes.get(_SEAT + "/desk/" + _AT + r"/dossier_{campaign:\d{1,9}}_" + WHOSE)  # of a page of an earlier program
async def download_dossier(request: web.Request) -> web.StreamResponse:
    """A dossier as one ZIP, in the same way."""
    browser, place = await require_browser(request), request.match_info
    wanted = WholeDossier(int(place["campaign"]), place["whose"])
    return await sent_in_pieces(request, await spool_of(request, browser.person, wanted, int(place["at"])))


@routes.get(_SEAT + r"/sentup/{campaign:\d{1,9}}/{sent_up:\d{1,9}}/" + _AT)
async def download_sent_papers(request: web.Request) -> web.StreamResponse:
    """What a unit sent up as one ZIP, in the same way."""
    browser, place = await require_browser(request), request.match_info
    wanted = SentPapers(int(place["campaign"]), int(place["sent_up"]))
    return await sent_in_pieces(request, await spool_of(request, browser.person, wanted, int(place["at"])))


@routes.get(_SEAT + "/desk/" + _AT + "/{name:[a-z0-9_]{1,32}}")
@routes.get(_SEAT + "/papers/0/0/" + _AT + "/{name:roster}")  # as a page has it that is open since an earlier program
async def download_desk_file(request: web.Request) -> web.Response:
    """A file about the office under its own name."""
    browser, place = await require_browser(request), request.match_info
    wish = Wish(browser.person, DeskFile(place["name"]), int(place["at"]))
    return _as_file(await house_of(request).shelf.fetch(wish))


async def spool_of(request: web.Request, person: int, wanted: InPieces, at: int) -> Spool:
    """What is made of it. Raises 404 where it is not theirs, 429 when too many are under way."""
    try:
        spool = await house_of(request).parcels.fetch(ParcelWish(person, wanted, at))
    except BlockingIOError:
        raise web.HTTPTooManyRequests(headers={"Retry-After": "60"}) from None
    if spool is None:
        raise web.HTTPNotFound
    return spool


async def close_parcels(app: web.Application) -> None:
    """When the house closes."""
    await app[HOUSE].parcels.close()


async def sent_in_pieces(request: web.Request, spool: Spool) -> web.StreamResponse:
    """The whole file as it is made, or the requested range once its length is known."""
    mark = f'"{spool.mark}"'
    answer = web.StreamResponse(headers={"ETag": mark, "Accept-Ranges": "bytes", "Content-Type": TYPES["zip"]})
    answer.headers["Content-Disposition"] = disposition(spool.name)
    start, end = 0, spool.whole
    try:
        asked = _part_of(request, mark)
        if asked:
            total = await spool.size()
            start, end, _ = asked.indices(total)
            if start >= end:
                raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{total}", "ETag": mark})
            answer.set_status(206)
            answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{total}"
        if end is not None:
            answer.content_length = end - start
        await answer.prepare(request)
        if request.method != "HEAD":
            async for piece in spool.read(start, end):
                await answer.write(piece)
        await answer.write_eof()
    except Broken:
        if not answer.prepared:
            raise
        cut(request.transport)  # half of a file must not pass for the whole
    return answer


def _part_of(request: web.Request, mark: str) -> slice | None:
    """The requested range; None means all of it, also for a range of another file or an invalid one."""
    if hdrs.RANGE not in request.headers or request.headers.get(hdrs.IF_RANGE, mark) != mark:
        return None
    try:
        return request.http_range
    except ValueError:
        return None


def _as_file(files: Sequence[Document]) -> web.Response:
    if not files:
        raise web.HTTPNotFound
    return web.Response(
        body=files[0].content,
        content_type=TYPES[files[0].kind],
        headers={"Content-Disposition": disposition(files[0].name)},
    )


async def _fetch(request: web.Request, browser: Browser, kind: str) -> Sequence[Document]:
    """The documents of one kind (`pages`, `docx`, `pdf`) that the address names."""
    place = request.match_info
    ruling = int(place["ruling"].removeprefix("-") or 0)
    papers = Papers(int(place["review"]), int(place["version"]), (kind,), ruling)
    documents = await house_of(request).shelf.fetch(Wish(browser.person, papers, int(place["at"])))
    return [document for document in documents if document.kind == kind.removesuffix("s")]


def disposition(name: str) -> str:
    """Content-Disposition with a Vietnamese file name (RFC 6266, RFC 5987) and a plain one for old programs."""
    ending = name.rpartition(".")[2]
    plain = f"tu-soi.{ending}" if ending.isascii() and ending.isalnum() else "tu-soi"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
