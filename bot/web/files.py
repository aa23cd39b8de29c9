"""A file chosen on the chat page: taken where one is awaited, read no further than it may be large."""

from aiohttp import BodyPartReader, web

from bot.door.channel import Incoming
from bot.door.files import handed
from bot.roster.worksheet import MAX_BYTES
from bot.web.channel import NAME
from bot.web.frames import clean
from bot.web.house import house_of
from bot.web.security import require_own_page
from bot.web.sessions import require_seat
from dialogs.core.events import Sent

#: What a form adds to the file it carries, at most.
_AROUND = 64 * 1024
_ID = r"[0-9A-Za-z-]{8,64}"

routes = web.RouteTableDef()


@routes.post(rf"/p/{{person:\d{{1,18}}}}/file/{{id:{_ID}}}")
async def take_file(request: web.Request) -> web.Response:
    """The file as one event of the conversation; what is answered comes through the page's line. `id` as in `frames`.

    A form of another site, or of somebody who is not signed in here, is refused like everywhere.
    """
    require_own_page(request)
    seat, house = await require_seat(request), house_of(request)
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    pace = house.speech(seat.account)
    if not pace.has_capacity():
        raise web.HTTPTooManyRequests
    await pace.acquire()
    update = f"{seat.account[:24]}:{request.match_info['id']}"
    incoming = Incoming(NAME, seat.account, update, Sent("document"))
    if await house.front.awaits_file(NAME, seat.account):
        incoming = await _with_file(request, incoming)
    await house.front.take(incoming)
    return web.Response(status=204)


async def _with_file(request: web.Request, incoming: Incoming) -> Incoming:
    if (request.content_length or 0) > MAX_BYTES + _AROUND:
        return handed(incoming, "", b"", "too_big")
    part = await (await request.multipart()).next()
    if not isinstance(part, BodyPartReader) or part.name != "file":
        return handed(incoming, "", b"", "lost")
    name, content = clean(part.filename or ""), bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        content += chunk
        if len(content) > MAX_BYTES:
            return handed(incoming, name, b"", "too_big")
    return handed(incoming, name, bytes(content))
