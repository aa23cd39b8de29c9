"""Doing what was previewed for chosen people. One press is one event of the conversation, so the same rules apply, and
pressing again has no further effect. The outcome has an address of its own.
"""

import asyncio
from typing import Any

from aiohttp import web

from bot.campaign.invitations.slips import on_paper, slips_of
from bot.clock import ZONE
from bot.console.choosing import choice_of, drawn
from bot.console.deeds import DEEDS
from bot.console.house import HOME, Page, Visit, once_of, sent_form
from bot.door.channel import Incoming
from bot.door.kept import reply_from_json
from bot.door.words import word
from bot.web.files import TYPES, disposition
from bot.web.house import house_of
from bot.web.sessions import tongue_of
from dialogs.core.events import Chosen
from dialogs.desk.guard import CHANGED
from rules.campaign.permissions import Action, may
from storage.repositories.access.chosen import HandedOut
from storage.repositories.access.consoles import CHANNEL
from storage.values import KeptTurn

DONE = "/viec"
_ONE = DONE + "/{once:[0-9A-Za-z_-]{8,64}}"


async def do(visit: Visit) -> web.StreamResponse:
    """Do it; a second press leads to the outcome of the first."""
    fields = await sent_form(visit)
    once, text, day = once_of(fields), fields.get("text", ""), fields.get("ngay", "")
    if await _kept(visit, once) is None:
        choice = await choice_of(visit, fields)
        deed = DEEDS[choice.deed]
        if not deed:
            raise web.HTTPBadRequest
        campaign = 0 if choice.campaign in visit.closed else choice.campaign
        event = Chosen(deed, choice.people, campaign, fields.get("stamp", ""), text, day)
        await house_of(visit.request).front.take(Incoming(CHANNEL, visit.account, once, event))
        async with visit.house.store.reading() as tx:
            turn = await tx.turns.of_update(CHANNEL, visit.account, once)
        if turn and _template(turn) == CHANGED:
            written = choice.deed in {"nhan", "giahan"}
            return await drawn(visit, choice, text=text if written else None, day=day, changed=True)
    return web.Response(status=303, headers={"Location": f"{_root(visit)}{DONE}/{once}"})


async def show_done(visit: Visit) -> web.StreamResponse:
    """Show the outcome."""
    once = visit.request.match_info["once"]
    turn = await _kept(visit, once)
    if turn is None:
        raise await visit.turn_away("done")
    given, codes = _given(turn), await _codes(visit, turn)
    return visit.draw(
        "done.html",
        at=turn.at.isoformat(),
        said=[word(reply_from_json(dict(one)), tongue_of(visit.request), kept=True).html for one in _replies(turn)],
        deed=_said(turn).get("chosen", ""),
        given=len(given),
        codes=[one for one, _ in codes],
        slips=f"{_root(visit)}{DONE}/{once}/phieu.pdf" if codes else "",
    )


async def hand_slips(visit: Visit) -> web.StreamResponse:
    """Hand out slips with the codes issued by that press that are still valid. Every download is a line of the audit."""
    turn = await _kept(visit, visit.request.match_info["once"])
    codes = await _codes(visit, turn) if turn else []
    if not codes:
        raise await visit.turn_away("slips")
    async with visit.house.store.transaction() as tx:
        await tx.audit.record(visit.oversight.person.id, "slips printed", visit.now, detail={"lines": len(codes)})
        await tx.commit()
    seats = await visit.tx.units.seats(visit.office)
    desk = next((seat.name for seat in seats if seat.desk), visit.oversight.person.unit)
    shown = [
        (one.person, code, one.expires_at.astimezone(ZONE), one.opens_at.astimezone(ZONE) if one.opens_at else None)
        for one, code in codes
    ]
    links = on_paper(visit.house.links)
    content = await asyncio.to_thread(slips_of, (visit.oversight.person.office, desk), shown, links)
    headers = {"Content-Disposition": disposition("Phiếu mời.pdf"), "Cache-Control": "no-store"}
    return web.Response(body=content, content_type=TYPES["pdf"], headers=headers)


async def _kept(visit: Visit, once: str) -> KeptTurn | None:
    """What this session did under that name."""
    return await visit.tx.turns.of_update(CHANNEL, visit.account, once)


async def _codes(visit: Visit, turn: KeptTurn) -> list[tuple[HandedOut, str]]:
    """The still valid codes of that press, for people this reader may still invite."""
    given = _given(turn)
    found = await visit.tx.chosen.codes(given, turn.at) if given else []
    to_unit = visit.oversight.to_unit
    return [one for one in found if may(to_unit(one[0].person.office, one[0].person.unit_id), Action.INVITE)]


def _said(turn: KeptTurn) -> dict[str, Any]:
    return turn.said if isinstance(turn.said, dict) else {}


def _given(turn: KeptTurn | None) -> list[int]:
    return [*_said(turn).get("given", ())] if turn else []


def _replies(turn: KeptTurn) -> list[Any]:
    return [*turn.replies]


def _template(turn: KeptTurn) -> str:
    return str(_replies(turn)[0]["template"]) if turn.replies else ""


def _root(visit: Visit) -> str:
    return f"{house_of(visit.request).settings.root}{HOME}"


PAGES = (
    Page("/chon", do, sends=True),
    Page(_ONE, show_done),
    Page(f"{_ONE}/phieu.pdf", hand_slips),
)
