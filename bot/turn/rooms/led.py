"""Loads what a head, or the leader in charge of units, may read about their people besides the waiting reviews."""

from dataclasses import replace

from bot.campaign.usable import stuck
from bot.turn.rooms.context import RoomContext, campaign_lines
from dialogs.core.buttons import Button
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.paging import number
from rules.campaign.months.leading import units_in_charge
from rules.campaign.permissions import Action, Relation, may, relations, relations_to_person
from rules.campaign.tree import tree_of
from rules.nouns.alphabet import by_name
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from rules.nouns.rulings import Improvement


async def telling_parts(context: RoomContext) -> list[Campaign]:
    """The parts of the office's open campaigns and of the one closed last, if their rulebooks can be read."""
    office = await context.tx.units.office_of(context.person.id)
    closed = await context.tx.campaigns.of_office(office, is_open=False)
    last = max((one.id for one in closed), default=0)
    every = [*await context.tx.campaigns.of_office(office, is_open=True), *(one for one in closed if one.id == last)]
    lost = stuck(every, context.books)
    return [one for one in every if one.id not in lost]


async def results_told(context: RoomContext) -> Sheets:
    """The results of the people in units that this person heads or is in charge of, if the rulebook requires that they
    are told.
    """
    charge = await in_charge(context, None)
    units = {*charge.in_charge, *((context.person.unit_id,) if context.person.head else ())}
    telling = {one.id for one in await telling_parts(context) if context.books[one.edition].told} if units else set()
    lines = [
        one
        for id_ in sorted(telling, reverse=True)
        for one in await campaign_lines(context, id_)
        if one.decided and one.person.unit_id in units
    ]
    return replace(charge, results=tuple(lines), told=bool(telling))


async def plans_of_unit(context: RoomContext) -> tuple[tuple[Person, tuple[Improvement, ...]], ...]:
    """The plans of improvement in the unit that this person heads, sorted by name."""
    head = context.person
    if not head.head:
        return ()
    lines = await context.tx.improvements.of_unit(head.unit_id)
    people = {id_: await context.tx.people.get(id_) for id_ in {line.person for line in lines}}
    may_read = {id_ for id_, one in people.items() if may(_besides(head, one), Action.READ_PLAN)}
    planned = sorted(may_read, key=lambda id_: by_name(people[id_].name))
    return tuple((people[id_], tuple(line for line in lines if line.person == id_)) for id_ in planned)


async def in_charge(context: RoomContext, button: Button | None) -> Sheets:
    """The units this person is in charge of; if a button asks for them, also how far their reviews are."""
    tx = context.tx
    office = await tx.units.office_of(context.person.id)
    tree = tree_of(await tx.units.seats(office), ())
    units = units_in_charge(tree, context.person)
    known = Sheets(in_charge={unit: tree.seats[unit].name for unit in sorted(units)})
    if button and button.verb == "head_charge_unit":
        units |= {context.person.unit_id} if context.person.head else set()
    if button is None or not units:
        return known
    opened = await tx.campaigns.of_office(office, is_open=True)
    lost = stuck(opened, context.books)
    lines = [
        one
        for id_ in sorted({one.id for one in opened} - lost, reverse=True)
        for one in await campaign_lines(context, id_)
        if one.person.unit_id in units
    ]
    campaign, unit = number(button, 0), number(button, 1)
    if button.verb != "head_charge_unit":
        return replace(known, standings=tuple(lines))
    lines = [one for one in lines if (one.campaign.id, one.person.unit_id) == (campaign, unit)]
    sent = await tx.reviews.some([one.review for one in lines if not one.owed])
    readable = frozenset(
        one.id
        for one in sent
        if one.draft
        and may(relations(context.person, one, context.state.acts_for) - {Relation.SELF}, Action.READ_DRAFT)
    )
    names = await tx.people.names({one.approver_id for one in lines if one.approver_id})
    return replace(known, standings=tuple(lines), readable=readable, names=names)


def _besides(person: Person, other: Person) -> frozenset[Relation]:
    """What somebody is to another; nothing to themself."""
    return relations_to_person(person, other) - {Relation.SELF}
