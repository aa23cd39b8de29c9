"""Importing a roster: it is previewed, confirmed, and then stored completely or not at all, with its effects on open
campaigns.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from bot.campaign.enrol import enrol
from bot.campaign.roster.keeping import RosterChangedMeanwhile, apply_roster, compared
from bot.campaign.usable import stuck
from dialogs.core.handlers import Books
from rules.nouns.errors import NamedError
from rules.nouns.reviews import Json, ReviewStatus
from rules.roster.changes import RosterChanges
from rules.roster.people import KeptRoster, Roster
from storage.store import Store
from storage.transaction import Transaction
from storage.values import EnrolledReview

#: The settings of an office that decide who fills in what.
CHOICES = frozenset({"review_workers", "review_unit_workers", "own_regulation", "rate_units"})


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """A preview of an import. `office` None: it is new; `revision`: of the roster the preview was based on."""

    office: int | None
    revision: int
    kept: KeptRoster
    change: RosterChanges


async def preview(store: Store, roster: Roster, now: dt.datetime, called: str = "") -> RosterPreview:
    """The changes that storing the roster would make. `called`: the present name of the office, when the roster renames
    it.

    Raises TusoiError when there is no such office, or another already has the new name.
    """
    async with store.reading() as tx:
        office = await tx.units.office(called or roster.office.name)
        if called and office is None:
            raise NamedError("office_to_rename", office=called)
        if called and await tx.units.office(roster.office.name) not in {None, office}:
            raise NamedError("office_name_taken", office=roster.office.name)
        if office is None:
            return RosterPreview(None, 0, KeptRoster(), compared(KeptRoster(), roster, now))
        kept = await tx.rosters.kept(office)
        return RosterPreview(office, await tx.units.revision(office), kept, compared(kept, roster, now))


async def import_roster(
    store: Store, books: Books, roster: Roster, seen: RosterPreview, now: dt.datetime
) -> RosterChanges:
    """Store the previewed roster and update the office's open campaigns, in one transaction.

    Raises RosterChangedMeanwhile when the stored roster is no longer the one `seen`, and RosterErrors.
    """
    async with store.transaction() as tx:
        office = seen.office
        if office is None:
            if await tx.units.office(roster.office.name) is not None:
                raise RosterChangedMeanwhile("office_made_meanwhile")
            office = await tx.units.keep_office(roster.office.name, roster.office.above)
        change = await keep_roster(tx, books, office, roster, now, seen.revision)
        await tx.commit()
    return change


async def keep_roster(
    tx: Transaction, books: Books, office: int, roster: Roster, now: dt.datetime, seen: int, by: int | str = "system"
) -> RosterChanges:
    """`import_roster` within an open transaction. `seen`: the confirmed revision; `by`: a person's id, for the audit.

    Raises RosterChangedMeanwhile and RosterErrors.
    """
    change = await apply_roster(tx, office, roster, now, seen)
    await match_campaigns(tx, books, office, change, now)
    left: list[Json] = [leaver.id for leaver in change.left]
    detail: dict[str, Json] = {
        "office": office,
        "joined": len(change.joined),
        "changed": len(change.changed),
        "left": left,
    }
    await tx.audit.record(by, "roster imported", now, detail=detail)
    return change


async def match_campaigns(tx: Transaction, books: Books, office: int, change: RosterChanges, now: dt.datetime) -> None:
    """Open, end and redirect reviews of the office's open campaigns to match the changed roster. A campaign with an
    unusable rulebook stays as it is; `serve` has warned of it.
    """
    if change.nothing:
        return
    parts = await tx.campaigns.of_office(office, is_open=True)
    for campaign in sorted({part.id for part in parts} - stuck(parts, books)):
        await enrol(tx, books, office, campaign, now, change.concerned)


async def match_choice(tx: Transaction, books: Books, office: int, now: dt.datetime) -> None:
    """Update the open campaigns after the office chose what a rulebook leaves to it (CHOICES)."""
    parts = await tx.campaigns.of_office(office, is_open=True)
    for campaign in sorted({part.id for part in parts} - stuck(parts, books)):
        await enrol(tx, books, office, campaign, now)


class HandedOn(NamedTuple):
    """An open review that passes to somebody else: whose, from whom and to whom ("": nobody of this office). If several
    people change, the first.
    """

    whose: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TouchedReviews:
    """The people whose open reviews an import would begin, hand on or end: key and name, once for each review."""

    begun: tuple[str, ...] = ()
    led_on: tuple[HandedOn, ...] = ()
    ended: tuple[str, ...] = ()


async def touched(store: Store, books: Books, roster: Roster, seen: RosterPreview, now: dt.datetime) -> TouchedReviews:
    """The effect of the import on reviews. Raises the same errors."""
    if seen.office is None:
        return TouchedReviews()
    async with store.transaction() as tx:
        return await rehearsed(tx, books, seen.office, roster, now, seen.revision)


async def rehearsed(
    tx: Transaction, books: Books, office: int, roster: Roster, now: dt.datetime, seen: int
) -> TouchedReviews:
    """`touched` within an open transaction: `keep_roster` is run and rolled back. Raises the same errors."""
    parts = await tx.campaigns.of_office(office, is_open=True)
    campaigns = sorted({part.id for part in parts} - stuck(parts, books))
    if not campaigns:
        return TouchedReviews()
    before = [await tx.reviews.opened(campaign) for campaign in campaigns]
    keys = await tx.people.keys(office)  # including people who leave
    async with tx.rehearsal() as trial:
        await keep_roster(trial, books, office, roster, now, seen)
        after = [await trial.reviews.opened(campaign) for campaign in campaigns]
        pairs = [(key, was.get(key), one) for was, now_ in zip(before, after, strict=True) for key, one in now_.items()]
        named = {key[0] for key, was, one in pairs if was != one}
        hands = {hand for _, was, one in pairs if was for hand in _handed_on(was, one) if hand}
        names = await trial.people.names(named | hands)
        keys |= await trial.people.keys(office)
    who = {id_: f"{keys.get(id_, '')} {name}".strip() for id_, name in names.items()}
    ended = ReviewStatus.ENDED
    begun, led_on, over = list[str](), list[HandedOn](), list[str]()
    for key, was, one in pairs:
        if was is None or (was.status is ended and one.status is not ended):
            begun.append(who[key[0]])
        elif one.status is ended and was.status is not ended:
            over.append(who[key[0]])
        elif (was.steps, was.decider_id) != (one.steps, one.decider_id):
            hands_of = (names.get(hand or 0, "") for hand in _handed_on(was, one))
            led_on.append(HandedOn(who[key[0]], *hands_of))
    return TouchedReviews(tuple(begun), tuple(led_on), tuple(over))


def _handed_on(was: EnrolledReview, one: EnrolledReview) -> tuple[int | None, int | None]:
    """The first person in the new chain who was not in the old one, and the person they replace."""
    hands = zip_longest(*([*(step.person for step in at.steps[at.step :]), at.decider_id] for at in (was, one)))
    return next(((before, after) for before, after in hands if before != after), (None, None))


async def changed_since(store: Store, seen: RosterPreview, roster: Roster, now: dt.datetime) -> RosterChanges:
    """The changes somebody else made since the preview."""
    async with store.reading() as tx:
        office = seen.office or await tx.units.office(roster.office.name)
        kept = await tx.rosters.kept(office) if office is not None else KeptRoster()
    return compared(seen.kept, kept.present, now) if kept.units else RosterChanges()
