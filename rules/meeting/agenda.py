"""The order of a meeting: what its rulebooks ask to be gone through before what, and what stands against another order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.book.meeting import BeforeRule, Chair, ChairRule, MeetingRules, Tag
from rules.meeting.nouns.items import Item, ItemStatus
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.alphabet import by_name


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Something that goes before something else by a line of the text, and does not here."""

    rule: BeforeRule
    first: Item
    then: Item


#: Where no text says anything: bodies, heads, deputies, the others; that is an offer and no rule.
_USUAL = (Tag.COLLECTIVE, Tag.HEAD, Tag.DEPUTY)


def in_order(items: Iterable[Item], rules: MeetingRules) -> tuple[Item, ...]:
    """The items as the rulebooks ask for, as far as they say something; else in the usual order, by name."""
    left = sorted(items, key=lambda one: (_usual(one), by_name(one.name), one.review))
    found: list[Item] = []
    while left:
        # Rules that go round in a circle leave nothing free: then the usual order decides.
        free = (one for one in left if not any(_before(rules, other, one) for other in left if other is not one))
        following = next(free, left[0])
        left.remove(following)
        found.append(following)
    return tuple(found)


def _usual(item: Item) -> int:
    return next((place for place, tag in enumerate(_USUAL) if tag in item.tags), len(_USUAL))


def _before(rules: MeetingRules, first: Item, then: Item) -> BeforeRule | None:
    """The line by which one goes before the other; of two that say the opposite of each other none."""
    if any(rule.orders(then.tags, first.tags) for rule in rules.orders):
        return None
    return next((rule for rule in rules.orders if rule.orders(first.tags, then.tags)), None)


def against(items: Sequence[Item], rules: MeetingRules) -> OutOfOrder | None:
    """The first thing that stands against this order."""
    for place, then in enumerate(items):
        for first in items[place + 1 :]:
            if rule := _before(rules, first, then):
                return OutOfOrder(rule, first, then)
    return None


def before_its_turn(meeting: Meeting, item: Item, rules: MeetingRules) -> OutOfOrder | None:
    """What is to be gone through before this item and is not concluded, where nobody gave a reason for another order."""
    if meeting.order_kept and _next_on(meeting) is item:
        return None
    for first in meeting.items:
        if first.status is not ItemStatus.CONCLUDED and first is not item and (rule := _before(rules, first, item)):
            return OutOfOrder(rule, first, item)
    return None


def _next_on(meeting: Meeting) -> Item | None:
    return next((one for one in meeting.items if one.status is not ItemStatus.CONCLUDED), None)


def own_chair(item: Item, rules: MeetingRules) -> ChairRule | None:
    """The line by which somebody else chairs while this is gone through, if there is one."""
    return next(
        (rule for rule in rules.chairs if rule.who is Chair.DEPUTY and rule.of in item.tags),
        None,
    )


def of_oneself(meeting: Meeting, item: Item) -> bool:
    """Whether who has the chair is reviewed by it: nobody concludes on themself."""
    return item.person == meeting.chair


def quorum(meeting: Meeting, rules: MeetingRules) -> tuple[int, int] | None:
    """How many must be there and how many of those are; None: no text says how many."""
    if rules.quorum is None:
        return None
    called = meeting.called
    return rules.quorum.needed(len(called)), sum(one.present for one in called)
