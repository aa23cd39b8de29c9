"""A campaign on one page: how far each unit is, how people are rated, who is late and with whom things are, and its course
against the dates of the plan. Every number leads to the names behind it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from bot.campaign.usable import usable
from bot.console.house import HOME, Page, Visit
from bot.console.people import address, lines_of, overdue, sight_of
from bot.web.house import house_of
from rules.book.milestones import SELF_REVIEW
from rules.campaign.course import Course, by_then, course
from rules.campaign.looking import RATINGS, STATES, Wanted
from rules.nouns.alphabet import alphabetical
from storage.repositories.overview import StateCount
from storage.rows.sights import Sight

PATH = "/dot"

#: So many of those with whom something is, and of the late ones, are named; all stand behind the link.
NAMED = 12

#: The states a form can be in; who has none is no part of a campaign.
OF_FORMS = STATES[:-1]

#: What a campaign's course tells.
COURSE = ("sent", "agreed", "decided")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit (0: all): how many stand how far, how many are late."""

    unit: int
    name: str
    counts: Mapping[str, int]
    late: int

    @property
    def total(self) -> int:
        """How many forms there are."""
        return sum(self.counts[state] for state in OF_FORMS)


@dataclass(frozen=True, slots=True)
class Mark:
    """A date of the plan: its title (of the office itself: ""), and how many had come by then."""

    day: dt.date
    title: str
    came: Mapping[str, int]
    past: bool


async def newest(visit: Visit) -> web.StreamResponse:
    """The newest campaign; where there is none, its people."""
    root = house_of(visit.request).settings.root
    campaign = next(iter(visit.campaigns), 0)
    to = f"{root}{HOME}{PATH}/{campaign}" if campaign else f"{root}{HOME}/nguoi"
    return web.Response(status=303, headers={"Location": to})


async def show_campaign(visit: Visit) -> web.StreamResponse:
    """One campaign."""
    campaign = int(visit.request.match_info["campaign"])
    if campaign not in visit.campaigns:
        raise await visit.refuse("campaign", campaign=campaign)
    parts, wanted, sight = visit.campaigns[campaign], Wanted(dot=campaign), sight_of(visit, campaign)
    overview = visit.tx.overview
    units, whole = _by_unit(await overview.by_unit(sight, wanted))
    late = replace(wanted, late=True)
    drawn, marks = await _course(visit, sight, whole.total)
    return visit.draw(
        "campaign.html",
        campaign=parts,
        campaigns=visit.campaigns,
        closed=campaign in visit.closed,
        units=units,
        whole=whole,
        states=OF_FORMS,
        rated=await _rated(visit, sight),
        holders=await overview.holders(sight, NAMED),
        late=await lines_of(visit, await overview.lines(sight, late, visit.today, NAMED)) if whole.late else (),
        overdue=overdue(visit, parts),
        course=drawn,
        marks=marks,
        to=lambda **changed: address(visit, wanted, **changed),
        books=[_title(visit, part.edition) for part in parts],
        now=visit.now.isoformat(),
    )


def _by_unit(counts: Sequence[StateCount]) -> tuple[list[UnitLine], UnitLine]:
    """The units, those with most late ones first, then by name; and all of them together."""
    units: dict[int, list[StateCount]] = {}
    for one in counts:
        if one.state in OF_FORMS:
            units.setdefault(one.unit, []).append(one)
    lines = [_unit(unit, some[0].name, some) for unit, some in units.items()]
    whole = _unit(0, "", [one for some in units.values() for one in some])
    return sorted(lines, key=lambda one: (-one.late, alphabetical(one.name))), whole


def _unit(unit: int, name: str, some: Sequence[StateCount]) -> UnitLine:
    counts = Counter[str]()
    for one in some:
        counts[one.state] += one.lines
    return UnitLine(unit, name, counts, sum(one.lines for one in some if one.late))


async def _rated(visit: Visit, sight: Sight) -> dict[str, list[tuple[str, int, float]]]:
    """What is rated → rating, how many, which part of all (0 to 1)."""
    found = {}
    for what in ("own", "proposed", "ruled"):
        counted = {one.rating or "none": one.lines for one in await visit.tx.overview.ratings(sight, what)}
        total = sum(counted.values())
        found[what] = [(one, counted[one], counted[one] / total) for one in RATINGS if counted.get(one)]
    return found


async def _course(visit: Visit, sight: Sight, total: int) -> tuple[Course | None, list[Mark]]:
    """The picture, and what it says in figures."""
    counts = {}
    for what in COURSE:
        days = await visit.tx.overview.course(sight, what)
        counts[what] = [(dt.date.fromisoformat(one.day), one.lines) for one in days]
    titles = _plan(visit, sight.campaign)
    drawn = course(counts, [day for day, _ in titles], total, visit.today)
    marks = [
        Mark(day, title, {what: by_then(some, day) for what, some in counts.items()}, day < visit.today)
        for day, title in titles
    ]
    return drawn, marks


def _plan(visit: Visit, campaign: int) -> list[tuple[dt.date, str]]:
    """The dates of the plan that reviews are to keep, each once."""
    found: dict[tuple[dt.date, str], None] = {}
    for part in visit.campaigns[campaign]:
        known = visit.house.books[part.edition].milestones if usable(part, visit.house.books) else ()
        titles = {one.key: one.title for one in known if not one.beside}
        for key, day in part.timetable.items():
            if key in titles or key == SELF_REVIEW:
                found[day, titles.get(key, "")] = None
    return sorted(found)


def _title(visit: Visit, edition: tuple[str, dt.date]) -> str:
    try:
        return visit.house.books[edition].title
    except LookupError:
        return edition[0]


PAGES = (
    Page("", newest),
    Page(PATH, newest),
    Page(PATH + r"/{campaign:\d{1,9}}", show_campaign),
)
