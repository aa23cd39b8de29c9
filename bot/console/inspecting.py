"""The audit in readable form, and the doors: where people are signed in, and who was refused. For the desk only;
reading the audit is itself recorded in it.
"""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from aiohttp import web

from bot.clock import ZONE
from bot.console.house import HOME, Page, Visit
from bot.console.people import form_code
from bot.console.tables_out import Row, as_csv, as_xlsx
from bot.web.house import house_of
from bot.web.sessions import tongue_of
from rules.campaign.looking.audit import LINES, Inspected, inspected
from rules.campaign.looking.wanted import number_of
from rules.nouns.deeds import DEEDS, REFUSED
from rules.nouns.reviews import Campaign, Json
from storage.columns import dumps
from storage.repositories.audit import Inspection
from templates.deeds import deed
from templates.wording import label

AUDIT, DOORS = "/nhatky", "/cua"

#: Rows read at once for a file, and the maximum number of rows in a file.
_AT_ONCE, MOST = 500, 1_000_000

#: Devices on a page, refusals on a page, and how far back refusals are shown.
DEVICES, REFUSALS, BACK = 50, 30, dt.timedelta(days=30)

_COLUMNS = ("at", "who", "who_key", "what", "about", "about_key", "form", "detail")

#: The details of a line that are shown beside it.
_TOLD = ("version", "day", "name", "value", "address", "channel", "page", "lines")


@dataclass(frozen=True, slots=True)
class InspectedLine:
    """A line of the audit in words. `who` "": the system (`by` names it, or a stranger's account)."""

    at: str
    who: str
    key: str
    by: str
    did: str
    refused: bool
    about: str
    about_key: str
    form: str
    told: tuple[tuple[str, str], ...]


async def show_audit(visit: Visit) -> web.StreamResponse:
    """A page of the audit."""
    await _require(visit, "audit")
    wanted = inspected(visit.request.query)
    kept = await visit.tx.audit.of_office(visit.office, wanted, _moments(wanted), LINES + 1)
    await _that_it_was_read(visit)
    codes, tongue = _codes(visit), tongue_of(visit.request)
    deeds = {kind: sorted((deed(one, tongue), one) for one in some) for kind, some in DEEDS.items()}
    return visit.draw(
        "audit.html",
        wanted=wanted,
        lost=wanted.lost,
        lines=[_line(one, codes, visit) for one in kept[:LINES]],
        older=kept[LINES - 1].id if len(kept) > LINES else 0,
        deeds=deeds,
        to=lambda ending="", before=0: _address(visit, wanted, ending, before),
        now=visit.now.isoformat(),
    )


async def hand_out(visit: Visit) -> web.StreamResponse:
    """The audit as a file, as far back as it goes."""
    await _require(visit, "audit")
    wanted, kind = inspected(visit.request.query), visit.request.match_info["kind"]
    async with visit.house.store.transaction() as tx:
        detail: dict[str, Json] = {"kind": kind, **wanted.query()}
        await tx.audit.record(visit.oversight.person.id, "audit exported", visit.now, detail=detail)
        await tx.commit()
    write = as_csv if kind == "csv" else as_xlsx
    heads = [label(f"audit/column_{one}", {}, tongue_of(visit.request)) for one in _COLUMNS]
    return await write(f"nhat-ky-{visit.today:%Y%m%d}.{kind}", heads, _rows(visit, wanted))


async def show_doors(visit: Visit) -> web.StreamResponse:
    """Where people are signed in, and who was refused."""
    await _require(visit, "doors")
    count = await visit.tx.consoles.devices_counted(visit.office)
    pages = max(1, -(-count // DEVICES))
    page = min(max(1, number_of(visit.request.query.get("trang", ""))), pages)
    refused = await visit.tx.audit.of_office(
        visit.office, Inspected(), (visit.now - BACK, None), REFUSALS, deeds=REFUSED
    )
    await _that_it_was_read(visit)
    codes = _codes(visit)
    return visit.draw(
        "doors.html",
        devices=await visit.tx.consoles.devices(visit.office, (page - 1) * DEVICES, DEVICES),
        count=count,
        pages=pages,
        page=page,
        refused=[_line(one, codes, visit) for one in refused],
        wrong=await visit.tx.consoles.wrong_codes(visit.now - BACK),
        now=visit.now.isoformat(),
    )


async def _require(visit: Visit, what: str) -> None:
    if not visit.oversight.inspects:
        raise await visit.turn_away(what)


async def _that_it_was_read(visit: Visit) -> None:
    """Record the reading of the audit, once for each day and person."""
    person = visit.oversight.person.id
    midnight = dt.datetime.combine(visit.now.astimezone(ZONE).date(), dt.time(), ZONE)
    if await visit.tx.audit.did(person, "audit read", midnight):
        return
    async with visit.house.store.transaction() as tx:
        await tx.audit.record(person, "audit read", visit.now, person_id=person)
        await tx.commit()


def _moments(wanted: Inspected) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The moments from the beginning of the first day to the end of the last."""

    def begins(day: dt.date | None) -> dt.datetime | None:
        return dt.datetime.combine(day, dt.time(), ZONE) if day else None

    over = wanted.until + dt.timedelta(days=1) if wanted.until and wanted.until < dt.date.max else None
    return begins(wanted.since), begins(over)


def _address(visit: Visit, wanted: Inspected, ending: str = "", before: int = 0) -> str:
    query = urlencode(wanted.query(before=before))
    root = house_of(visit.request).settings.root
    return f"{root}{HOME}{AUDIT}{ending}{'?' if query else ''}{query}"


def _codes(visit: Visit) -> dict[str, Campaign]:
    """Rulebook → the newest part of a campaign under it."""
    return {part.rulebook: part for parts in reversed([*visit.campaigns.values()]) for part in parts}


def _line(one: Inspection, codes: dict[str, Campaign], visit: Visit) -> InspectedLine:
    part, tongue = codes.get(one.rulebook), tongue_of(visit.request)
    told = ((name, one.detail.get(name)) for name in _TOLD)
    return InspectedLine(
        at=one.at.isoformat(),
        who=one.name,
        key=one.key,
        by=one.by.partition(":")[0],
        did=deed(one.what, tongue),
        refused=one.what in REFUSED,
        about=one.about if one.about_key != one.key else "",
        about_key=one.about_key,
        form=form_code(visit.house.books, part, one.form) if one.form else "",
        told=tuple((name, str(value)) for name, value in told if isinstance(value, str | int) and str(value)),
    )


async def _rows(visit: Visit, wanted: Inspected) -> AsyncIterator[Row]:
    codes, moments, at = _codes(visit), _moments(wanted), wanted
    for _ in range(MOST // _AT_ONCE):
        kept = await visit.tx.audit.of_office(visit.office, at, moments, _AT_ONCE)
        for one in kept:
            line = _line(one, codes, visit)
            when = one.at.astimezone(ZONE).strftime("%d/%m/%Y %H:%M:%S")
            detail = dumps(dict(one.detail)) if one.detail else ""
            yield (when, line.who or one.by, line.key, line.did, one.about, one.about_key, line.form, detail)
        if len(kept) < _AT_ONCE:
            return
        at = replace(wanted, before=kept[-1].id)


PAGES = (
    Page(AUDIT, show_audit),
    Page(AUDIT + r".{kind:csv|xlsx}", hand_out),
    Page(DOORS, show_doors),
)
