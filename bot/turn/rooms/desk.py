"""Loads the office for the desk, or the head's own people for a head of a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.campaign.months.tracked import tracked
from bot.campaign.results.own_tables import standing
from bot.campaign.usable import stuck, usable
from bot.rulebooks.library import Library
from bot.turn.choosing import may_choose, view_of, with_forms
from bot.turn.papers import readable_of
from bot.turn.rooms.context import RoomContext, tree_of_office
from bot.turn.uploads import beside_kept, read_file
from dialogs.core.awaited import text_of
from dialogs.core.events import Chosen, Pressed
from dialogs.core.knowledge.office import OfficeView, PaperInForce
from dialogs.core.paging import number
from dialogs.desk.guard import campaign_named
from dialogs.desk.own_tables import TABLE
from dialogs.people.extending import EXTEND, TAKE_BACK
from dialogs.people.papers import LIST, ONE
from rules.campaign.permissions import OF_OFFICE, OF_PEOPLE, may, relations_to_office, relations_to_unit
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import PeriodScore, Standing

Value = TypeVar("Value")


async def office_view(context: RoomContext) -> OfficeView | None:
    """The whole office, for whoever may do anything for it; None for others."""
    if not may(relations_to_office(context.person, context.person.office), *OF_OFFICE):
        return None
    tx, office = context.tx, await context.tx.units.office_of(context.person.id)
    opened = await tx.campaigns.of_office(office, is_open=True)
    campaigns = [one for one in opened if one.id not in stuck(opened, context.books)]
    named = campaign_named(context.event, context.state.focus)
    ids = {one.id for one in campaigns}
    shown = named if named in ids else max(ids, default=0)
    people = await tx.people.of_office(office)
    standings = await tx.standings.of_campaign(shown, context.today) if shown else []
    looked = context.event.button.verb if isinstance(context.event, Pressed) and context.event.button else ""
    of_year, holders = await _months_of(context, standings) if looked == "desk_months" else ({}, {})
    return OfficeView(
        office,
        await tx.units.settings(office),
        campaigns=tuple(campaigns),
        closed=tuple(await tx.campaigns.of_office(office, is_open=False)),
        people=tuple(people),
        posts=tuple(await tx.people.at_posts(office)),
        gone=tuple(await tx.people.gone(office)),
        units={seat.id: seat.name for seat in await tx.units.seats(office)},
        heads={one.unit_id: one.id for one in people if one.head},
        tree=await tree_of_office(tx, office),
        standings=tuple(standings),
        tallies=await tx.standings.tallied([*ids], context.today) if named not in ids else {},
        delivered=await tx.deliveries.report(shown) if shown else {},
        unreached=await tx.deliveries.unreached(office),
        accounts=await tx.accounts.of_office(office),
        invited=await tx.invitations.waiting(office, context.state.now),
        been_in=await tx.invitations.been_in(office),
        anew=await tx.invitations.anew(office, context.state.now),
        unconfirmed=await tx.invitations.unconfirmed(office),
        rulebooks=context.books.titles() if isinstance(context.books, Library) else {},
        in_force=context.books.in_force() if isinstance(context.books, Library) else {},
        keys=await tx.people.keys(office),
        handed=await beside_kept(tx, context.books, office, context.file, context.event, context.state)
        if context.file and context.file.purpose != TABLE
        else None,
        handed_table=read_file(context.file, context.state.language) if context.file else None,
        own_tables=await standing(tx, sorted(ids)) if _asks_for_tables(context) else {},
        own_templates={one.form: (one.name, one.at) for one in await tx.templates.in_use(office)},
        of_year=of_year,
        holders=holders,
    )


def _asks_for_tables(context: RoomContext) -> bool:
    """Whether the event is about summary tables, or about forms whose list is shown beside that of the tables."""
    event = context.event
    looked = event.button.verb if isinstance(event, Pressed) and event.button else ""
    return looked.startswith(TABLE) or text_of(context.state.focus or {}, "for") == TABLE


async def _months_of(
    context: RoomContext, standings: Sequence[ReviewLine]
) -> tuple[Mapping[tuple[int, int], tuple[PeriodScore, ...]], Mapping[int, str]]:
    """Person and post → scores of the months and quarters; review → the name of the person who has the sheet now, for
    sheets that are sent and not confirmed.
    """
    if not standings:
        return {}, {}
    people = [one.person for one in standings]
    known = await tracked(context.tx, context.books, people, standings[0].campaign.span)
    of_year = {at: (*one.months, *one.quarters) for at, one in known.items()}
    sent = {one.review for scores in of_year.values() for one in scores if one.standing is Standing.SENT}
    holders = await context.tx.tracking.holders(sorted(sent))
    names = await context.tx.people.names(set(holders.values()))
    return of_year, {review: names.get(person, "") for review, person in holders.items()}


async def chosen_view(context: RoomContext) -> OfficeView | None:
    """The part of the office that concerns the people chosen in a list of the console. None if this person may not
    choose anybody.
    """
    event, person = context.event, context.person
    if not isinstance(event, Chosen) or not may_choose(person):
        return None
    view = await view_of(context.tx, person, event.people, context.state.now)
    dated = event.deed in {EXTEND, TAKE_BACK}
    return await with_forms(context.tx, context.books, view, event.campaign, context.today) if dated else view


async def crew_view(context: RoomContext) -> OfficeView | None:
    """The whole office for the desk; for the head of a unit only the people of that unit."""
    person = context.person
    whole = may(relations_to_office(person, person.office), *OF_PEOPLE)
    if whole or not may(relations_to_unit(person, person.office, person.unit_id), *OF_PEOPLE):
        known = await office_view(context)
        return replace(known, papers=await _papers_of(context)) if known else None
    office = await context.tx.units.office_of(context.person.id)
    people = [one for one in await context.tx.people.of_office(office) if one.unit_id == context.person.unit_id]
    own = {one.id for one in people}
    return OfficeView(
        office,
        await context.tx.units.settings(office),
        people=tuple(people),
        accounts=_only(await context.tx.accounts.of_office(office), own),
        invited=_only(await context.tx.invitations.waiting(office, context.state.now), own),
        been_in=await context.tx.invitations.been_in(office) & own,
        anew=_only(await context.tx.invitations.anew(office, context.state.now), own),
        unconfirmed=_only(await context.tx.invitations.unconfirmed(office), own),
        keys=_only(await context.tx.people.keys(office), own),
        papers=await _papers_of(context),
    )


async def _papers_of(context: RoomContext) -> tuple[PaperInForce, ...]:
    """The papers of the person that a button names, as far as they may be read here."""
    button = context.event.button if isinstance(context.event, Pressed) else None
    if button is None or button.verb not in {LIST, ONE}:
        return ()
    found = await readable_of(context.tx, context.person, context.state.acts_for, number(button, 0))
    return tuple(one for one in found if usable(one.review.campaign, context.books))


def _only(known: Mapping[int, Value], people: set[int]) -> dict[int, Value]:
    return {person: value for person, value in known.items() if person in people}
