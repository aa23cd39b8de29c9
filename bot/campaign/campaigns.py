"""Opening campaigns: the roster becomes an office, and everybody's reviews begin."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.campaign.enrol import Enrolled, as_of_campaign, enrol
from bot.campaign.roster.importing import match_campaigns
from bot.campaign.roster.keeping import apply_roster
from bot.clock import ZONE
from bot.clock import now as real_now
from dialogs.core.handlers import Books
from rules.book.milestones import SELF_REVIEW, leaves_open, timetable
from rules.book.rulebook import Rulebook
from rules.campaign.opening.around import around
from rules.campaign.opening.due_forms import kind_of
from rules.campaign.opening.points import OpeningPoint, opening_points
from rules.campaign.opening.shares import SharedOut, shared_out
from rules.campaign.tree import tree_of
from rules.nouns.periods import USUAL, Period, PeriodDays
from rules.nouns.periods import period as the_period
from rules.nouns.reviews import Campaign, Json
from rules.nouns.tracking import LastMonth
from rules.reading.selecting import scopes
from rules.roster.changes import RosterChanges
from rules.roster.people import Roster
from storage.store import Store
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class OpenedCampaign:
    """The outcome of opening a campaign, or of its rehearsal."""

    campaign: int
    enrolled: Enrolled
    shelf: Sequence[Rulebook]
    shared: SharedOut
    points: Sequence[OpeningPoint]
    change: RosterChanges
    kept: int
    revision: int
    running: bool
    place: str


async def open_campaign(
    store: Store,
    books: Books,
    rulebooks: Sequence[str],
    year: int,
    roster: Roster,
    now: dt.datetime | None = None,
    *,
    period: str = "year",
    span_days: PeriodDays = USUAL,
    dates: Mapping[str, dt.date] | None = None,
    answers: Mapping[str, bool] | None = None,
    seen: int | None = None,
    last_month: LastMonth | None = None,
    rehearsal: bool = False,
) -> OpenedCampaign:
    """Store the roster, open the campaign, begin everybody's reviews, and issue a code to whoever has none.

    - `span_days`: days of the period that differ from the usual ones.
    - `dates`: last days that differ from the rulebooks', by milestone, for every rulebook that has it.
    - `answers`: answers to what the opening asks, by setting of the office.
    - `last_month`: how the last month of the year counts, unless it was chosen before.
    - `seen`: the revision of the roster that somebody looked at.
    - `rehearsal`: do the same in a transaction that is not kept.

    Repeating it with a changed roster updates people and adds what is new; nothing stored is lost. Raises
    RosterChangedMeanwhile and RosterErrors.
    """
    moment = now or real_now()
    async with store.transaction() as tx:
        office = await tx.units.keep_office(roster.office.name, roster.office.above)
        kept, revision = len(await tx.people.of_office(office)), await tx.units.revision(office)
        for name, on in (answers or {}).items():
            await tx.units.set(office, name, on)
        change = await apply_roster(tx, office, roster, moment, seen)
        await match_campaigns(tx, books, office, change, moment)
        span = the_period(year, period, span_days)
        days = {name: {**_usual(books, name, span), **_those_of(books, name, span, dates)} for name in rulebooks}
        before = {part.id for part in await tx.campaigns.of_office(office, is_open=True)}
        campaign = await begin(tx, office, days, year, period, moment, span_days)
        if last_month and campaign.last_month is None:
            await tx.campaigns.set_last_month(campaign.id, last_month)
        await remember(tx, books, office, days, span)
        enrolled = await enrol(tx, books, office, campaign.id, moment)
        settings = await tx.units.settings(office)
        shelf = [books[part.edition] for part in await tx.campaigns.parts(campaign.id)]
        today = moment.astimezone(ZONE).date()
        seats = await tx.units.seats(office)
        everybody = await as_of_campaign(tx, office, campaign, today, seats)
        parted = scopes(shelf, span.as_of, lambda name: books[name, span.as_of])
        known = around(everybody, settings, parted, {seat.id: seat.name for seat in seats})
        shared = shared_out(shelf, everybody, span, gone=await tx.people.gone(office), around=known)
        tree = tree_of(seats, everybody, await tx.units.bodies(office))
        named = [book for book in shelf if book.id in days]
        points = opening_points(named, days, everybody, span, today, known, tree)
        detail: dict[str, Json] = {"campaign": campaign.id, "rulebooks": [*rulebooks], "year": year, "period": period}
        await tx.audit.record("system", "campaign opened", moment, detail=detail)
        if not rehearsal:
            await tx.commit()
    running = campaign.id in before
    return OpenedCampaign(campaign.id, enrolled, shelf, shared, points, change, kept, revision, running, settings.place)


async def begin(
    tx: Transaction,
    office: int,
    days: Mapping[str, Mapping[str, dt.date]],
    year: int,
    period: str,
    now: dt.datetime,
    span_days: PeriodDays = USUAL,
) -> Campaign:
    """Begin the campaign with a part for each rulebook in `days`; returns the first part."""
    parts = [await tx.campaigns.open(office, name, year, dates, now, period, span_days) for name, dates in days.items()]
    return parts[0]


async def remember(
    tx: Transaction, books: Books, office: int, days: Mapping[str, Mapping[str, dt.date]], span: Period
) -> None:
    """Remember the office's last day for people's own reviews, where the rulebooks leave it open, to offer it next
    time.
    """
    own = (
        kept[SELF_REVIEW] for name, kept in days.items() if SELF_REVIEW in kept and leaves_open(books[name, span.as_of])
    )
    day = next(own, None)
    if day is not None:
        settings = await tx.units.settings(office)
        offset, kind = (day - span.last).days, kind_of(span.name)
        if settings.own_days.get(kind) == offset:
            return
        await tx.units.set(office, "own_days", {**settings.own_days, kind: offset})


def _usual(books: Books, rulebook: str, span: Period) -> Mapping[str, dt.date]:
    """The rulebook's own last days. They apply to calendar years only; other periods have none."""
    return timetable(books[rulebook, span.as_of], span.year) if span.name == "year" else {}


def _those_of(books: Books, rulebook: str, span: Period, dates: Mapping[str, dt.date] | None) -> Mapping[str, dt.date]:
    known = {SELF_REVIEW, *(milestone.key for milestone in books[rulebook, span.as_of].milestones)}
    return {key: day for key, day in (dates or {}).items() if key in known}
