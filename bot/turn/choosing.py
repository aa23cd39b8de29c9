"""People chosen in a list of the console, for the rooms of the desk; no other people of the office are read."""

import asyncio
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from dialogs.core.knowledge.office import OfficeView
from rules.campaign.permissions import OF_OFFICE, OF_PEOPLE, may, relations_to_office, relations_to_unit
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from storage.repositories.access.chosen import ChosenPerson
from storage.transaction import Transaction


def may_choose(person: Person) -> bool:
    """Whether this person may do anything with several people at once."""
    of_office = relations_to_office(person, person.office)
    of_unit = relations_to_unit(person, person.office, person.unit_id)
    return may(of_office, *OF_OFFICE) or may(of_unit, *OF_PEOPLE)


async def view_of(tx: Transaction, person: Person, people: Collection[int], now: dt.datetime) -> OfficeView:
    """Those of these who are of the person's office and here."""
    office = await tx.units.office_of(person.id)
    found = await tx.chosen.people(office, people, now)
    settings, campaigns = await tx.units.settings(office), await tx.campaigns.of_office(office, is_open=True)
    # It may be a whole province: in a thread, so that others have their turn.
    return await asyncio.to_thread(_view, office, settings, campaigns, found)


def _view(
    office: int, settings: OfficeSettings, campaigns: Sequence[Campaign], found: Sequence[ChosenPerson]
) -> OfficeView:
    return OfficeView(
        office,
        settings,
        campaigns=tuple(campaigns),
        people=tuple(one.person for one in found),
        accounts={one.person.id: (one.tied, one.blocked) for one in found if one.tied},
        invited={one.person.id: one.invited for one in found if one.invited},
        been_in=frozenset(one.person.id for one in found if one.been_in),
        keys={one.person.id: one.key for one in found},
    )


async def with_forms(tx: Transaction, books: Books, view: OfficeView, campaign: int, today: dt.date) -> OfficeView:
    """The same with what these people still owe in an open campaign of theirs."""
    if not any(one.id == campaign for one in view.campaigns):
        return view
    owed = await tx.choosing.owed(campaign, [one.id for one in view.people])
    lines = await tx.standings.some(owed, today)
    return replace(view, standings=tuple(one for one in lines if usable(one.campaign, books)))
