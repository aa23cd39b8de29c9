"""Loads stand-ins and opinions, including those of other people, so that attempts to reach them can be told from old
buttons.
"""

from bot.campaign.usable import usable
from bot.turn.rooms.context import RoomContext
from dialogs.core.knowledge.others import Cover, Opinions
from dialogs.stand_ins.ending import cover_named
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.rulings import Opinion


async def stand_ins(context: RoomContext) -> Cover:
    """The stand-ins that concern this person (for the desk: all), and the people who may be named as one."""
    office = await context.tx.units.office_of(context.person.id)
    people = await context.tx.people.of_office(office)
    of_all = may(relations_to_office(context.person, context.person.office), Action.SET_STAND_IN)
    stand_ins = await (context.tx.covers.of_office(office) if of_all else context.tx.covers.about(context.person.id))
    named = cover_named(context.event)
    known = not named or named in {one.id for one in stand_ins}
    other = None if known else await context.tx.covers.get(named)
    return Cover(tuple(stand_ins), tuple(people), {one.id: one for one in people}, other)


async def opinions(context: RoomContext) -> Opinions:
    """The opinions asked of this person; for the desk also those asked of bodies outside."""
    opinions = await context.tx.opinions.asked_of(context.acting)
    if may(relations_to_office(context.person, context.person.office), Action.RECORD_OUTSIDE):
        opinions += await context.tx.opinions.asked_outside(await context.tx.units.office_of(context.person.id))
    known = await context.tx.reviews.some(sorted({one.review for one in opinions}))
    reviews = [one for one in known if usable(one.campaign, context.books)]
    return Opinions(tuple(opinions), {one.id: one for one in reviews}, await _asked_of_others(context))


async def _asked_of_others(context: RoomContext) -> tuple[Opinion, ...]:
    """The opinions about the review that a button names that are asked of others."""
    review = context.state.about or context.state.own
    if review is None:
        return ()
    here = may(relations_to_office(context.person, review.campaign.office), Action.RECORD_OUTSIDE)
    found = await context.tx.opinions.about((review.id,))
    return tuple(one for one in found if one.asked not in context.acting and not (here and one.asked is None))
