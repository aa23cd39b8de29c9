"""Moving a date of a campaign: warnings about the new day are shown first, and the press is that of /dot. If somebody
else moved the date meanwhile, this is told.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.campaign.usable import usable
from bot.console.dates import PATH, told_of_move
from bot.console.house import HOME, Page, Visit, once_of, sent_form
from bot.door.channel import Incoming
from bot.door.words import word
from bot.web.house import house_of
from bot.web.sessions import random_id, tongue_of
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import Reply
from dialogs.desk.dates import put_button
from dialogs.desk.lines import DateLine, lines_of, warnings_of
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.days import read_iso
from rules.nouns.reviews import Json
from storage.repositories.access.consoles import CHANNEL

_ONE = PATH + r"/{campaign:\d{1,9}}/{place:\d{1,3}}/{mark:[0-9a-f]{10}}"


async def show_move(visit: Visit) -> web.StreamResponse:
    """Show the present day, and ask for the new one."""
    _, line = await _found(visit)
    return _drawn(visit, line)


async def show_odd(visit: Visit) -> web.StreamResponse:
    """Show the new day with warnings; nothing is moved yet."""
    fields = await sent_form(visit)
    lines, line = await _found(visit)
    day = read_iso(fields.get("ngay", ""))
    if day is None:
        return _drawn(visit, line, wrong=True)
    return _drawn(visit, line, day, warnings_of(lines, line, day, visit.today))


async def move(visit: Visit) -> web.StreamResponse:
    """Move the date exactly as shown. If somebody else moved it meanwhile, show it again."""
    fields = await sent_form(visit)
    once, (lines, line) = once_of(fields), await _found(visit)
    button, day = Button.decode(fields.get("nut", "")), read_iso(fields.get("ngay", ""))
    if button is None or day is None or button != put_button(*_named(visit), day, button.about[-1]):
        raise web.HTTPBadRequest
    await house_of(visit.request).front.take(Incoming(CHANNEL, visit.account, once, Pressed(button)))
    async with visit.house.store.reading() as tx:
        turn = await tx.turns.of_update(CHANNEL, visit.account, once)
    kept: Any = turn.replies[0] if turn and turn.replies else None
    if told_of_move(kept) is None:
        again = kept["values"].get("warnings", []) if isinstance(kept, Mapping) else []
        return _drawn(visit, line, day, again or warnings_of(lines, line, day, visit.today), changed=True)
    root = house_of(visit.request).settings.root
    return web.Response(
        status=303, headers={"Location": f"{root}{HOME}{PATH}/{visit.request.match_info['campaign']}?da={once}"}
    )


def _drawn(
    visit: Visit,
    line: DateLine,
    day: dt.date | None = None,
    odd: Sequence[Json] = (),
    *,
    wrong: bool = False,
    changed: bool = False,
) -> web.Response:
    values: dict[str, Json] = {"line": line.values(), "day": day.isoformat() if day else "", "warnings": [*odd]}
    campaign, place, mark = _named(visit)
    root = f"{house_of(visit.request).settings.root}{HOME}{PATH}/{campaign}"
    was = f"{line.day:%Y%m%d}" if line.day else "0"
    return visit.draw(
        "moving.html",
        409 if wrong or changed else 200,
        campaign=visit.campaigns[campaign],
        line=line,
        day=day,
        sure=word(Reply("desk/sure_day", values), tongue_of(visit.request)).html if day else "",
        nut=put_button(campaign, place, mark, day, was).encode() if day else "",
        wrong=wrong,
        changed=changed,
        once=random_id(),
        back=root,
        base=f"{root}/{place}/{mark}",
    )


def _named(visit: Visit) -> tuple[int, int, str]:
    place = visit.request.match_info
    return int(place["campaign"]), int(place["place"]), place["mark"]


async def _found(visit: Visit) -> tuple[tuple[DateLine, ...], DateLine]:
    """The campaign's dates, and the one named. Raises 404 when it does not exist, is closed, or may not be moved by
    this reader.
    """
    campaign, place, mark = _named(visit)
    person, books = visit.oversight.person, visit.house.books
    parts = sorted(visit.campaigns.get(campaign, ()), key=lambda one: one.rulebook)
    moves = may(relations_to_office(person, person.office), Action.MOVE_DATES)
    if moves and parts and campaign not in visit.closed and all(usable(one, books) for one in parts):
        lines = lines_of(books, parts)
        for line in lines:
            if line.mark == mark and place in {part for part, _ in line.parts}:
                return lines, line
    raise await visit.turn_away("dates", campaign=campaign)


PAGES = (
    Page(_ONE, show_move),
    Page(f"{_ONE}/xem", show_odd, sends=True),
    Page(_ONE, move, sends=True),
)
