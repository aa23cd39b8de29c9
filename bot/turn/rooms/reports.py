"""Loads the room REPORT: the reports of bodies that concern somebody, and the people they may choose."""

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from dialogs.core.knowledge.reports import ReportView
from dialogs.core.state import State
from rules.campaign.permissions import Action, may, relations_to_unit
from rules.nouns.people import Person
from rules.nouns.reviews import Review
from storage.transaction import Transaction


async def reports_view(tx: Transaction, books: Books, state: State, person: Person) -> ReportView:
    """The reports that this person drafts or writes in. Whoever may name drafters also gets those of the bodies of
    their unit; the desk those of the whole office.
    """
    office = await tx.units.office_of(person.id)
    mine = [one for one in (state.own, *state.others) if one is not None and one.report is not None]
    found: dict[int, Review] = {one.id: one for one in mine}
    unit = relations_to_unit(person, person.office, person.unit_id)
    if may(unit, Action.NAME_DRAFTER):
        for one in await tx.reviews.some(await tx.reports.of_office(office)):
            if may(relations_to_unit(person, one.person.office, one.person.unit_id), Action.NAME_DRAFTER):
                found.setdefault(one.id, one)
    about = state.about
    if about is not None and about.report is not None and about.drafter == person.id:
        found.setdefault(about.id, about)
    people = await tx.people.of_office(office)
    usable_ones = [one for one in found.values() if usable(one.campaign, books)]
    return ReportView(tuple(sorted(usable_ones, key=lambda one: (one.campaign.id, one.id))), tuple(people))
