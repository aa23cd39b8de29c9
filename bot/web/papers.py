"""Documents inside the chat: pictures of pages, and the Word and PDF files."""

from collections.abc import Sequence
from urllib.parse import quote

from aiohttp import web

from bot.door.channel import Document
from bot.web.document_cache import Wish
from bot.web.house import house_of
from bot.web.sessions import Session, require_seat
from dialogs.core.turn import Papers

TYPES = {
    "page": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "roster": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: `2-1` is version 2 with the first decision on it, `2` with the newest, if any.
_PLACE = r"/p/{person:\d{1,18}}/papers/{review:\d{1,18}}/{version:\d{1,9}}{ruling:(-\d{1,9})?}/{at:\d{1,18}}"

routes = web.RouteTableDef()


@routes.get(_PLACE + "/pages")
async def show_pages(request: web.Request) -> web.Response:
    """A strip of pictures, fetched when its bubble comes into view."""
    seat = await require_seat(request)
    pictures = await _fetch(request, seat, "pages")
    html = house_of(request).pages.draw("sheets.html", folder=request.path.removesuffix("/pages"), count=len(pictures))
    return web.Response(text=html, content_type="text/html")


@routes.get(_PLACE + r"/page-{number:\d{1,4}}.png")
async def show_page(request: web.Request) -> web.Response:
    """The picture of one page; they count from 1."""
    pictures = await _fetch(request, await require_seat(request), "pages")
    number = int(request.match_info["number"])
    if not 1 <= number <= len(pictures):
        raise web.HTTPNotFound
    return web.Response(body=pictures[number - 1].content, content_type=TYPES["page"])


@routes.get(_PLACE + "/{kind:docx|pdf|roster}")
async def download(request: web.Request) -> web.Response:
    """The Word, PDF or Excel file under its own name."""
    kind = request.match_info["kind"]
    files = await _fetch(request, await require_seat(request), kind)
    if not files:
        raise web.HTTPNotFound
    return web.Response(
        body=files[0].content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": disposition(files[0].name)},
    )


async def _fetch(request: web.Request, seat: Session, kind: str) -> Sequence[Document]:
    """The documents of one kind (`pages`, `docx`, `pdf`, `roster`) that the address names."""
    place = request.match_info
    ruling = int(place["ruling"].removeprefix("-") or 0)
    papers = Papers(int(place["review"]), int(place["version"]), (kind,), ruling)
    documents = await house_of(request).shelf.fetch(Wish(seat.person, papers, int(place["at"])))
    return [document for document in documents if document.kind == kind.removesuffix("s")]


def disposition(name: str) -> str:
    """Content-Disposition with a Vietnamese file name (RFC 6266, RFC 5987) and a plain one for old programs."""
    return f"attachment; filename=\"tu-soi.{name.rpartition('.')[2]}\"; filename*=UTF-8''{quote(name, safe='')}"
