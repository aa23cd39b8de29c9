"""Loads the room of the authority, which decides and answers petitions."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.campaign.around import around_of
from bot.campaign.concluded import concluded
from bot.campaign.months.tracked import with_scores
from bot.campaign.together import together_in
from bot.campaign.usable import stuck
from bot.turn.rooms.context import RoomContext, campaign_lines, tree_of_office
from bot.turn.rooms.rated import is_body, rated_lists
from dialogs.authority.list import ALL
from dialogs.core.events import Pressed
from dialogs.core.handlers import Books
from dialogs.core.knowledge.authority import Consulted, Deciding
from rules.campaign.permissions import Action, may, relations_to_office
from rules.campaign.tree import Tree
from rules.nouns.reviews import Review
from rules.nouns.standings import ReviewLine
from rules.nouns.workdays import workdays_between

#: Buttons that decide a whole list of reviews.
WHOLE_LISTS = frozenset({"decide_all", "decide_every"})


async def deciding(context: RoomContext) -> Deciding:
    """The reviews that wait for the decision of this person or of somebody they stand in for. For the desk also those
    decided by an authority outside, whose decision the desk records.
    """
    mine = await context.tx.standings.decided_by(context.acting, context.today)
    office = await context.tx.units.office_of(context.person.id)
    if may(relations_to_office(context.person, context.person.office), Action.RECORD_OUTSIDE):
        mine += await context.tx.standings.decided_outside(office, context.today)
    whole = [one for id_ in sorted({one.campaign.id for one in mine}) for one in await campaign_lines(context, id_)]
    lost = stuck([one.campaign for one in whole], context.books)
    mine, whole = ([one for one in some if one.campaign.id not in lost] for some in (mine, whole))
    listed = await _listed(context, mine)
    named = {review.id for review in (context.state.about, *listed) if review}
    tree = await tree_of_office(context.tx, office)
    petitions = await context.tx.rulings.petitions_of(tuple(one.review for one in mine))
    return Deciding(
        mine=tuple(mine),
        rated=rated_lists(context.books, whole),
        undecided_units=Counter(one.person.unit_id for one in whole if not one.decided and is_body(context.books, one)),
        units_below={unit: _all_below(tree, unit) for unit in tree.seats},
        petitions=tuple(petitions),
        beside=_beside(context.books, whole, named, tree),
        listed=tuple(listed),
        days_left={one.id: workdays_between(context.today, one.due) for one in petitions if one.due},
        opinions=tuple(await context.tx.opinions.about(tuple(named))) if named else (),
        around=await around_of(
            context.tx, context.books, [one for one in (context.state.about, *listed) if one], deciding=True
        ),
        consulted=await _consulted(context, office, mine) if mine else {},
    )


async def _consulted(context: RoomContext, office: int, mine: Sequence[ReviewLine]) -> Mapping[int, Consulted]:
    """What meetings concluded, and what those who filled in sheets of a round proposed together."""
    together = await together_in(context.tx, context.books, {one.campaign.id for one in mine})
    return concluded(await context.tx.meetings.of_office(office), together)


async def _listed(context: RoomContext, mine: Sequence[ReviewLine]) -> list[Review]:
    """The full reviews in the list that a button decides."""
    button = context.event.button if isinstance(context.event, Pressed) else None
    if button is None or button.verb not in WHOLE_LISTS or not button.about:
        return []
    where = button.about[0]
    waiting = (one for one in mine if one.ready)
    listed = await context.tx.reviews.some([one.review for one in waiting if where in {ALL, str(one.person.unit_id)}])
    return await with_scores(context.tx, context.books, listed)


def _beside(books: Books, whole: Sequence[ReviewLine], named: set[int], tree: Tree) -> tuple[ReviewLine, ...]:
    """All reviews of the people whose reviews are named, and the reviews of the bodies of their units and of the units
    above.
    """
    people = {one.person.id for one in whole if one.review in named}
    units = {seat.id for one in whole if one.review in named for seat in tree.up_from(one.person.unit_id)}
    return tuple(
        one for one in whole if one.person.id in people or (one.person.unit_id in units and is_body(books, one))
    )


def _all_below(tree: Tree, unit: int) -> tuple[int, ...]:
    below = tree.below(unit)
    return (*below, *(one for child in below for one in _all_below(tree, child)))
