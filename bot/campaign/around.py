"""What surrounds reviews: the person's other forms of the same time, and the bodies of their units and of the units
below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.campaign.tree import Tree, tree_of
from rules.judging.elsewhere import ReviewsAround
from rules.nouns.reviews import Campaign, Review
from rules.nouns.values import BODIES
from storage.transaction import Transaction


async def around_of(
    tx: Transaction, books: Books, reviews: Sequence[Review], *, deciding: bool = False, as_loaded: bool = False
) -> Mapping[int, ReviewsAround]:
    """Review id → its surroundings. Bodies are read for heads of units and for bodies themselves.

    - `deciding`: include what only a decision needs: reviews of the head of a body's unit, and those of the year
      before.
    - `as_loaded`: this transaction has not changed anything yet.
    """
    found: dict[int, ReviewsAround] = {}
    times = {(one.campaign.office, one.campaign.year, one.campaign.period): one.campaign for one in reviews}
    for when, campaign in times.items():
        these = [one for one in reviews if (one.campaign.office, one.campaign.year, one.campaign.period) == when]
        found |= await _of_one_time(tx, books, campaign, these, deciding=deciding, as_loaded=as_loaded)
    return found


async def _of_one_time(
    tx: Transaction, books: Books, campaign: Campaign, reviews: Sequence[Review], *, deciding: bool, as_loaded: bool
) -> Mapping[int, ReviewsAround]:
    people = sorted({one.person.id for one in reviews})
    beside = _readable(books, await tx.reviews.of_people(people, campaign, as_loaded=as_loaded))
    bodied = [one for one in reviews if one.person.head or one.person.subject in BODIES]
    bodies = _by_unit(_readable(books, await tx.reviews.of_bodies(campaign)) if bodied else [])
    tree = await _tree(tx, bodied[0]) if bodies else None
    led = {one.person.unit_id for one in reviews if one.person.subject in BODIES} if deciding else set()
    heads = [tree.heads[unit] for unit in sorted(led) if tree and unit in tree.heads]
    of_heads = _by_unit(_readable(books, await tx.reviews.of_people(heads, campaign)) if heads else [])
    before = replace(campaign, year=campaign.year - 1)
    last_year = _readable(books, await tx.reviews.of_people(people, before)) if deciding else []
    return {
        one.id: ReviewsAround(
            mine=tuple(each for each in beside if each.person.id == one.person.id and each.id != one.id),
            bodies=tuple(each for each in bodies.get(one.person.unit_id, ()) if each.id != one.id),
            under=tuple(tuple(bodies.get(unit, ())) for unit in (tree.below(one.person.unit_id) if tree else ())),
            heads=tuple(of_heads.get(one.person.unit_id, ())) if one.person.subject in BODIES else (),
            last_year=tuple(each for each in last_year if each.person.id == one.person.id),
        )
        for one in reviews
    }


def _readable(books: Books, reviews: Sequence[Review]) -> list[Review]:
    return [one for one in reviews if usable(one.campaign, books)]


def _by_unit(reviews: Sequence[Review]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    for one in reviews:
        found.setdefault(one.person.unit_id, []).append(one)
    return found


async def _tree(tx: Transaction, review: Review) -> Tree:
    office = await tx.units.office_of(review.person.id)
    people = [*await tx.people.of_office(office), *await tx.people.at_posts(office)]
    return tree_of(await tx.units.seats(office), people)
