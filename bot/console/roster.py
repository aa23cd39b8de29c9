"""The roster of the office: shown, downloaded, and updated by a file. The file is treated like one sent in chat: it is
read in the separate process, previewed and confirmed in the same room. The preview here has space for every name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import web

from bot.console.house import HOME, Page, Visit, once_of, require_token, sent_form
from bot.console.people import sight_of
from bot.door.channel import Incoming, WordedKey
from bot.door.files import handed
from bot.door.kept import reply_from_json
from bot.door.words import word
from bot.roster.package import MAX_BYTES
from bot.web.files import TYPES, disposition, form_with_file
from bot.web.house import house_of
from bot.web.sessions import random_id, require_own_page, tongue_of
from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.events import Event, Pressed, Said
from dialogs.core.turn import DeskFile
from dialogs.desk.roster import DROP, EACH, FILE, PUT
from dialogs.desk.roster_days import DAY, WRONG
from rules.campaign.looking.audit import Inspected
from rules.campaign.looking.wanted import Wanted
from storage.repositories.access.consoles import CHANNEL
from storage.values import KeptTurn

PATH = "/danhsach"

#: The room's buttons that can be pressed here; the others navigate in chat.
PRESSED = frozenset({PUT, EACH, WRONG, DROP})

#: Number of imports shown, and how far back this session's actions are searched.
TOLD, LOOKED_BACK = 10, 10

#: The prefix of the room's replies about a file.
_OF_ROOM = "desk/roster"
_PREVIEW, _ASKS_DAY = "desk/roster_preview", "desk/roster_day"


@dataclass(frozen=True, slots=True)
class RosterStanding:
    """The state of a file handed in here: the room's last reply and its buttons. `preview`: its values, if it lists all
    changes; `asks_day`: a day is expected.
    """

    html: str
    keys: Sequence[WordedKey]
    preview: Mapping[str, Any] | None
    asks_day: bool


async def show_roster(visit: Visit) -> web.StreamResponse:
    """The stored roster, earlier imports, and the file being previewed."""
    return await _drawn(visit)


async def hand_out(visit: Visit) -> web.StreamResponse:
    """The stored roster, as handed out by /dot."""
    await _require(visit)
    files = await house_of(visit.request).front.documents(visit.oversight.person.id, DeskFile("roster"))
    if not files:
        raise await visit.turn_away("roster")
    headers = {"Content-Disposition": disposition(files[0].name)}
    return web.Response(body=files[0].content, content_type=TYPES[files[0].kind], headers=headers)


async def take_file(visit: Visit) -> web.StreamResponse:
    """Take a file: the room is told to expect it, then it is passed on."""
    require_own_page(visit.request)
    await _require(visit)
    fields, (name, content, trouble) = await form_with_file(visit.request, MAX_BYTES)
    if not fields and trouble:
        return await _drawn(visit, wrong="too_big" if trouble == "too_big" else "lost")
    require_token(visit, fields.get("token", ""))
    once = once_of(fields)
    if not name and not content:
        return await _drawn(visit, wrong="none")
    await _happens(visit, f"{once}-0", Pressed(Button(FILE)))
    coming = Incoming(CHANNEL, visit.account, once, Pressed(None))
    await house_of(visit.request).front.take(handed(coming, name, content, trouble))
    return _back(visit)


async def press(visit: Visit) -> web.StreamResponse:
    """Press a button of the room's reply."""
    fields = await sent_form(visit)
    await _require(visit)
    button = Button.decode(fields.get("nut", ""))
    if button is None or button.verb not in PRESSED:
        raise web.HTTPBadRequest
    await _happens(visit, once_of(fields), Pressed(button))
    return _back(visit)


async def say_day(visit: Visit) -> web.StreamResponse:
    """Answer since when a change holds, if this is still asked."""
    fields = await sent_form(visit)
    await _require(visit)
    if text_of(await visit.tx.conversations.focus(visit.oversight.person.id) or {}, "for") != DAY:
        return await _drawn(visit, wrong="not_asked")
    await _happens(visit, once_of(fields), Said(fields.get("ngay", "")[:40]))
    return _back(visit)


async def _drawn(visit: Visit, wrong: str = "") -> web.Response:
    await _require(visit)
    kept = await visit.tx.audit.of_office(visit.office, Inspected(), (None, None), TOLD, deeds=("roster imported",))
    return visit.draw(
        "roster.html",
        409 if wrong else 200,
        people=await visit.tx.overview.count(sight_of(visit, 0), Wanted()),
        units=len(await visit.tx.units.of_office(visit.office)),
        revision=await visit.tx.units.revision(visit.office),
        imports=[(one.at.isoformat(), one.name, dict(one.detail)) for one in kept],
        standing=await _standing(visit),
        wrong=wrong,
        most=MAX_BYTES // 1_000_000,
        once=random_id(),
        base=f"{house_of(visit.request).settings.root}{HOME}{PATH}",
        now=visit.now.isoformat(),
    )


async def _standing(visit: Visit) -> RosterStanding | None:
    """The room's last reply to this session."""
    account = (CHANNEL, visit.account)
    turns: Sequence[KeptTurn] = await visit.tx.turns.newest(visit.oversight.person.id, account, LOOKED_BACK)
    for turn in turns:
        kept = cast("Mapping[str, Any] | None", turn.replies[-1] if turn.replies else None)
        if kept is None or not str(kept["template"]).startswith(_OF_ROOM):
            continue
        if kept["template"] in {"desk/roster_ask", "desk/roster_dropped"}:
            return None
        said = word(reply_from_json(kept), tongue_of(visit.request), kept=True)
        keys = [key for row in said.keyboard for key in row if _verb(key) in PRESSED]
        preview = kept["values"] if kept["template"] == _PREVIEW else None
        return RosterStanding(said.html, keys, preview, kept["template"] == _ASKS_DAY)
    return None


def _verb(key: WordedKey) -> str:
    button = Button.decode(key.data)
    return button.verb if button else ""


async def _happens(visit: Visit, once: str, event: Event) -> None:
    await house_of(visit.request).front.take(Incoming(CHANNEL, visit.account, once, event))


def _back(visit: Visit) -> web.Response:
    """Redirect to the page with the result, so that reloading does nothing."""
    return web.Response(status=303, headers={"Location": f"{house_of(visit.request).settings.root}{HOME}{PATH}"})


async def _require(visit: Visit) -> None:
    if not visit.oversight.keeps_roster:
        raise await visit.turn_away("roster")


PAGES = (
    Page(PATH, show_roster),
    Page(f"{PATH}/tep", hand_out),
    Page(f"{PATH}/tep", take_file, sends=True),
    Page(f"{PATH}/bam", press, sends=True),
    Page(f"{PATH}/ngay", say_day, sends=True),
)
