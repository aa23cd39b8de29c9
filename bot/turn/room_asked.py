"""What the rooms of stand-ins and opinions know: also what is somebody else's, so that reaching for it can be told apart
from an old button.
"""

from bot.campaign.usable import usable
from bot.turn.room_context import RoomContext
from dialogs.core.rooms import Cover, Opinions
from dialogs.stand_ins.ending import cover_named
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.rulings import Opinion


async def cover(on: RoomContext) -> Cover:
    """The stand-ins this person has a say in or is one of, and who may be named."""
    office = await on.tx.units.office_of(on.person.id)
    people = await on.tx.people.of_office(office)
    of_all = may(relations_to_office(on.person, on.person.office), Action.SET_STAND_IN)
    stand_ins = await (on.tx.covers.of_office(office) if of_all else on.tx.covers.about(on.person.id))
    named = cover_named(on.event)
    known = not named or named in {one.id for one in stand_ins}
    other = None if known else await on.tx.covers.get(named)
    return Cover(tuple(stand_ins), tuple(people), {one.id: one for one in people}, other)


async def asked(on: RoomContext) -> Opinions:
    """What this person (of the desk: and bodies outside) is asked about others."""
    opinions = await on.tx.opinions.asked_of(on.acting)
    if may(relations_to_office(on.person, on.person.office), Action.RECORD_OUTSIDE):
        opinions += await on.tx.opinions.asked_outside(await on.tx.units.office_of(on.person.id))
    known = await on.tx.reviews.some(sorted({one.review for one in opinions}))
    reviews = [one for one in known if usable(one.campaign, on.books)]
    return Opinions(tuple(opinions), {one.id: one for one in reviews}, await _asked_of_others(on))


async def _asked_of_others(on: RoomContext) -> tuple[Opinion, ...]:
    """About the review a button names; what this person was asked in a campaign that is closed by now is theirs."""
    review = on.state.about or on.state.own
    if review is None:
        return ()
    here = may(relations_to_office(on.person, review.campaign.office), Action.RECORD_OUTSIDE)
    found = await on.tx.opinions.about((review.id,))
    return tuple(one for one in found if one.asked not in on.acting and not (here and one.asked is None))
