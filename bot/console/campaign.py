"""The campaign page: the progress of each unit, the distribution of ratings, who is late, who has reviews to act on,
and the course of the campaign against the plan's dates. Every number links to the names behind it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from bot.campaign.usable import usable
from bot.console.house import HOME, Page, Visit, to_newest
from bot.console.people import address, lines_of, overdue, sight_of, with_conclusions
from bot.web.house import house_of
from rules.book.milestones import SELF_REVIEW
from rules.campaign.course import Course, by_then, course
from rules.campaign.looking.wanted import RATINGS, STATES, Wanted, number_of
from rules.nouns.alphabet import alphabetical
from storage.repositories.lists.overview import LineTally, OverviewLine
from storage.transaction import Transaction

PATH = "/dot"

#: Number of holders and of late people named on the page; all are behind the link.
NAMED = 12

#: Number of units on a page.
UNITS = 50

#: Counts of a campaign with fewer forms are never cached, so that every page is up to date.
LARGE = 1000

#: The states of a form; people without a form are not part of a campaign.
OF_FORMS = STATES[:-1]

#: What the course of a campaign shows.
COURSE = ("sent", "agreed", "decided")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit (0: all units together): number of forms by state, and of late ones."""

    unit: int
    name: str
    counts: Mapping[str, int]
    late: int

    @property
    def total(self) -> int:
        """The number of forms."""
        return sum(self.counts[state] for state in OF_FORMS)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who has reviews to agree to (`sent`) or to decide (`agreed`), and since when the oldest waits."""

    holder: int
    name: str
    state: str
    lines: int
    since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PlanDate:
    """A date of the plan: its title ("" for one of the office itself), and how many reviews had arrived by then."""

    day: dt.date
    title: str
    came: Mapping[str, int]
    past: bool


@dataclass(frozen=True, slots=True)
class SeenCampaign:
    """A campaign as one reader sees it. `tallies`: the counts that are not by unit."""

    units: Sequence[UnitLine]
    whole: UnitLine
    tallies: Sequence[LineTally]
    holders: Sequence[Holder]
    late: Sequence[OverviewLine]


async def newest(visit: Visit) -> web.StreamResponse:
    """Redirect to the newest campaign; to the people if there is none."""
    return to_newest(visit, PATH)


async def show_campaign(visit: Visit) -> web.StreamResponse:
    """The campaign page."""
    campaign = int(visit.request.match_info["campaign"])
    if campaign not in visit.campaigns:
        raise await visit.turn_away("campaign", campaign=campaign)
    parts, wanted, sight = visit.campaigns[campaign], Wanted(dot=campaign), sight_of(visit, campaign)
    seen = (visit.today, sight.eyes)
    counts = await visit.house.counts.of("campaign", seen, lambda: _counted(visit, campaign), _large)
    if counts is None:
        return visit.counting("campaign", campaign)
    found = counts.value
    pages = max(1, -(-len(found.units) // UNITS))
    page = min(max(1, number_of(visit.request.query.get("trang", ""))), pages)
    drawn, marks = _course(visit, campaign, found.tallies, found.whole.total)
    return visit.draw(
        "campaign.html",
        campaign=parts,
        campaigns=visit.campaigns,
        closed=campaign in visit.closed,
        units=found.units[(page - 1) * UNITS : page * UNITS],
        page=page,
        pages=pages,
        turned=lambda page: f"{_path(visit, campaign)}{f'?trang={page}' if page > 1 else ''}#don-vi",
        whole=found.whole,
        states=OF_FORMS,
        rated={what: _rated(found.tallies, what) for what in ("own", "proposed", "ruled")},
        holders=found.holders,
        late=await lines_of(visit, found.late),
        overdue=overdue(visit, parts),
        course=drawn,
        marks=marks,
        to=lambda **changed: address(visit, wanted, **changed),
        books=[_title(visit, part.edition) for part in parts],
        now=counts.at.isoformat(),
    )


def _large(found: SeenCampaign) -> bool:
    return found.whole.total >= LARGE


async def _counted(visit: Visit, campaign: int) -> SeenCampaign:
    async with visit.house.store.reading() as tx:  # a count may outlast the visit that asked for it
        sight, today = await with_conclusions(replace(visit, tx=tx), campaign), visit.today
        tallies = await tx.overview.tallies(sight)
        units, whole = _by_unit(tallies, await tx.units.of_office(sight.office))
        wanted = Wanted(dot=sight.campaign, late=True)
        late = await tx.overview.lines(sight, wanted, today, NAMED) if whole.late else ()
        rest = [one for one in tallies if one.what != "unit"]
        return SeenCampaign(units, whole, rest, await _holders(tx, rest), late)


def _path(visit: Visit, campaign: int) -> str:
    return f"{house_of(visit.request).settings.root}{HOME}{PATH}/{campaign}"


def _by_unit(tallies: Sequence[LineTally], named: Mapping[str, int]) -> tuple[list[UnitLine], UnitLine]:
    """The units, those with most late forms first, then by name; and all units together."""
    names = {id_: name for name, id_ in named.items()}
    units: dict[int, list[LineTally]] = {}
    for one in tallies:
        if one.what == "unit":
            units.setdefault(one.number, []).append(one)
    lines = [_unit(unit, names[unit], some) for unit, some in units.items()]
    whole = _unit(0, "", [one for some in units.values() for one in some])
    return sorted(lines, key=lambda one: (-one.late, alphabetical(one.name))), whole


def _unit(unit: int, name: str, some: Sequence[LineTally]) -> UnitLine:
    counts = Counter[str]()
    for one in some:
        counts[one.word] += one.lines
    return UnitLine(unit, name, counts, sum(one.lines for one in some if one.late))


def _rated(tallies: Sequence[LineTally], what: str) -> list[tuple[str, int, float]]:
    """(rating, number, share from 0 to 1)."""
    counted = {one.word: one.lines for one in tallies if one.what == what}
    total = sum(counted.values())
    return [(one, counted[one], counted[one] / total) for one in RATINGS if counted.get(one)]


async def _holders(tx: Transaction, tallies: Sequence[LineTally]) -> list[Holder]:
    """The holders of reviews that were handed in, those with most first."""
    found = sorted((one for one in tallies if one.what == "holder"), key=lambda one: (-one.lines, one.number, one.word))
    names = await tx.people.names({one.number for one in found[:NAMED]})
    return [Holder(one.number, names[one.number], one.word, one.lines, one.since) for one in found[:NAMED]]


def _course(
    visit: Visit, campaign: int, tallies: Sequence[LineTally], total: int
) -> tuple[Course | None, list[PlanDate]]:
    """The course as a picture, and as figures."""
    counts = {
        what: [(dt.date.fromisoformat(one.word), one.lines) for one in tallies if one.what == what] for what in COURSE
    }
    titles = _plan(visit, campaign)
    drawn = course(counts, [day for day, _ in titles], total, visit.today)
    marks = [
        PlanDate(day, title, {what: by_then(some, day) for what, some in counts.items()}, day < visit.today)
        for day, title in titles
    ]
    return drawn, marks


def _plan(visit: Visit, campaign: int) -> list[tuple[dt.date, str]]:
    """The plan's dates that apply to reviews, each once."""
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
