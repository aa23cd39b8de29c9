"""The page: the questions, a preview of the answer, earlier answers, the papers, and an upload for the signed scan."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.campaign.inquiries.handing_out import named
from bot.campaign.inquiries.papers import blank_of, paper_of
from bot.inquiries.answering import Over, TooMany, keep_scan, keep_written
from bot.inquiries.house import CODE, HOME, InquiryHouse, InquiryRequest, opened, over
from bot.reading.parent import InLine
from bot.turn.uploads import Enclosing, enclosed
from bot.web.files import PATIENCE, TYPES, disposition, file_of
from bot.web.house import house_of
from bot.web.sessions import fields_of, page, tongue_of
from rules.nouns.inquiries import MAX_CHARS, MAX_NAME, SCAN_KINDS, Came, InquiryAnswer
from rules.nouns.letters import letters
from storage.values import Upload
from templates.documents.inquiries.files import files_of
from templates.documents.inquiries.page import InquiryPage
from templates.errors import word

#: How the authors identify themselves.
WHO = ("name", "post", "body")


def inquiry_routes(house: InquiryHouse) -> list[web.RouteDef]:
    """The routes on the site of the chat."""
    below = f"{HOME}/{CODE}"
    return [
        web.get(below, opened(house, show)),
        web.post(below, opened(house, answer, costs=True)),
        web.post(f"{below}/tep", opened(house, take_scan, costs=True)),
        web.get(below + r"/trang.{kind:docx|pdf}", opened(house, hand_blank, costs=True)),
        web.get(below + r"/{number:\d{1,4}}.{kind:docx|pdf}", opened(house, hand_answer, costs=True)),
    ]


async def show(house: InquiryHouse, asked: InquiryRequest) -> web.StreamResponse:
    """The questions with the form, and the answers by this link, to be printed and signed."""
    return await _form(house, asked, {})


async def answer(house: InquiryHouse, asked: InquiryRequest) -> web.StreamResponse:
    """An answer: previewed, then stored exactly as previewed."""
    try:
        fields = await fields_of(asked.request)
    except web.HTTPRequestEntityTooLarge:
        return await _form(house, asked, {}, amiss={"": "size"}, status=413)
    said, amiss = _read(asked, fields)
    step = fields.get("step", "")
    if amiss:
        return await _form(house, asked, said, amiss=amiss, status=400)
    if step == "edit":
        return await _form(house, asked, said)
    if step != "send":
        return page(asked.request, "inquiry/preview.html", **_about(asked), said=said)
    try:
        await keep_written(house, asked, {one: said[one] for one in WHO}, said)
    except Over:
        return over(asked)
    except TooMany:
        return await _form(house, asked, said, amiss={"": "many"}, status=409)
    return web.Response(status=303, headers={"Location": f"{asked.home}#da-gui"})


def _read(asked: InquiryRequest, fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answer in storable form, and what is wrong with it: field → reason."""
    said, amiss = dict[str, str](), dict[str, str]()
    for one in WHO:
        said[one], wrong = _words(fields.get(one, ""), MAX_NAME)
        said[one] = " ".join(said[one].split())
        amiss |= {one: wrong} if wrong else {}
    for question in asked.inquiry.content["questions"]:
        key, options = question["key"], question["options"]
        text, wrong = _words(fields.get(f"q_{key}", ""), MAX_CHARS)
        if options and text not in options:
            wrong = "choose"
        said[key] = text
        amiss |= {key: wrong} if wrong else {}
    return said, amiss


def _words(typed: str, most: int) -> tuple[str, str]:
    """A text in storable form, and what is wrong with it."""
    read = letters(typed.replace("\r\n", "\n")[: most * 4])
    text = read.text.strip()
    if read.coding:
        return typed, "coding"
    if read.unreadable:
        return typed, "unreadable"
    if not text:
        return "", "empty"
    return text, "long" if len(text) > most else ""


async def take_scan(house: InquiryHouse, asked: InquiryRequest) -> web.StreamResponse:
    """The signed paper, scanned or photographed: its type is checked, and it is stored unchanged."""
    request, most = asked.request, house.enclosing.most_mb
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    async with house_of(request).handing:
        try:
            async with asyncio.timeout(PATIENCE):
                name, content, lost = await file_of(request, most * 1_000_000)
        except TimeoutError:
            name, content, lost = "", b"", "lost"
        if lost or not content:
            return await _form(house, asked, {}, file=lost or "lost", status=413 if lost == "too_big" else 400)
        try:
            file = await enclosed(house.reading, Upload("", name, content), _nobody(asked), _taken(house))
        except InLine:
            raise web.HTTPTooManyRequests(headers={"Retry-After": "10"}) from None
    if file.mistakes:
        return await _form(house, asked, {}, told=word(file.mistakes[0], tongue_of(request)), status=400)
    mark = house.enclosing.files.mark(content)
    try:
        await keep_scan(house, asked, (mark, len(content), file.kind, name[:MAX_NAME]))
    except Over:
        return over(asked)
    except TooMany:
        return await _form(house, asked, {}, file="many", status=409)
    return web.Response(status=303, headers={"Location": f"{asked.home}#da-gui"})


def _taken(house: InquiryHouse) -> Enclosing:
    """The types allowed for a signed paper."""
    return replace(house.enclosing, kinds=tuple(one for one in SCAN_KINDS if one in house.enclosing.kinds))


def _nobody(asked: InquiryRequest) -> int:
    """The queue of the reader: files of one link wait for each other, but do not delay those of an office."""
    return -asked.inquiry.id


async def hand_blank(_: InquiryHouse, asked: InquiryRequest) -> web.StreamResponse:
    """The blank paper."""
    return await _file(asked, blank_of(asked.inquiry.content), 0)


async def hand_answer(house: InquiryHouse, asked: InquiryRequest) -> web.StreamResponse:
    """An answer that came by this link, to be printed and signed."""
    number = int(asked.request.match_info["number"])
    found = next((one for one in await _mine(house, asked) if one.number == number and one.came is Came.TYPED), None)
    if found is None:
        raise web.HTTPNotFound
    return await _file(asked, paper_of(found), number)


async def _file(asked: InquiryRequest, paper: InquiryPage, number: int) -> web.Response:
    kind = asked.request.match_info["kind"]
    made = await asyncio.to_thread(files_of, paper, (kind,))
    headers = {"Content-Disposition": disposition(named(asked.inquiry, number, kind))}
    return web.Response(body=made[kind], content_type=TYPES[kind], headers=headers)


async def _mine(house: InquiryHouse, asked: InquiryRequest) -> Sequence[InquiryAnswer]:
    async with house.store.reading() as tx:
        return await tx.inquiries.answers([asked.inquiry.id])


async def _form(
    house: InquiryHouse,
    asked: InquiryRequest,
    said: Mapping[str, str],
    *,
    amiss: Mapping[str, str] | None = None,
    file: str = "",
    told: str = "",
    status: int = 200,
) -> web.Response:
    came = await _mine(house, asked)
    typed = next((one for one in reversed(came) if one.came is Came.TYPED), None)
    return page(
        asked.request,
        "inquiry/form.html",
        status,
        **_about(asked),
        said=said,
        amiss=amiss or {},
        came=[{"number": one.number, "scan": one.came is Came.SCAN, "at": one.at.isoformat()} for one in came],
        typed=typed.number if typed else 0,
        scanned=any(one.came is Came.SCAN for one in came),
        file=file,
        told=told,
        most_mb=house.enclosing.most_mb,
        kinds=_taken(house).kinds,
    )


def _about(asked: InquiryRequest) -> dict[str, Any]:
    """What every page tells about the inquiry."""
    inquiry = asked.inquiry
    return {
        "home": asked.home,
        "content": inquiry.content,
        "by": inquiry.by_name,
        "last_day": inquiry.last_day.isoformat(),
        "most": MAX_CHARS,
        "most_name": MAX_NAME,
    }
