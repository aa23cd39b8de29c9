"""What the rooms of stand-ins and opinions know: also what is somebody else's, so that reaching for it can be told apart
from an old button.
"""

from bot.campaign.usable import usable
from bot.turn.entering import Entering
from dialogs.core.rooms import Asked, Cover
from dialogs.stand_ins.ending import cover_named
from rules.nouns.rulings import Opinion


async def cover(on: Entering) -> Cover:
    """The stand-ins this person has a say in or is one of, and who may be named."""
    office = await on.unit.units.office_of(on.person.id)
    people = await on.unit.people.of_office(office)
    stand_ins = await (on.unit.covers.of_office(office) if on.person.desk else on.unit.covers.about(on.person.id))
    named = cover_named(on.event)
    known = not named or named in {one.id for one in stand_ins}
    other = None if known else await on.unit.covers.get(named)
    return Cover(tuple(stand_ins), tuple(people), {one.id: one for one in people}, other)


async def asked(on: Entering) -> Asked:
    """What this person (of the desk: and bodies outside) is asked about others."""
    opinions = await on.unit.opinions.asked_of(on.acting)
    if on.person.desk:
        opinions += await on.unit.opinions.asked_outside(await on.unit.units.office_of(on.person.id))
    known = await on.unit.reviews.some(sorted({one.review for one in opinions}))
    reviews = [one for one in known if usable(one.campaign, on.books)]
    return Asked(tuple(opinions), {one.id: one for one in reviews}, await _asked_of_others(on))


async def _asked_of_others(on: Entering) -> tuple[Opinion, ...]:
    """About the review a button names; what this person was asked in a campaign that is closed by now is theirs."""
    review = on.state.about or on.state.own
    if review is None:
        return ()
    here = on.person.desk and review.campaign.office == on.person.office
    found = await on.unit.opinions.about((review.id,))
    return tuple(one for one in found if one.asked not in on.acting and not (here and one.asked is None))
