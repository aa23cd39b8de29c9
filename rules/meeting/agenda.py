"""The agenda of a meeting: the order that its rulebooks require, and what is wrong with a different order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.book.meeting import BeforeRule, Chair, ChairRule, MeetingRules, Tag
from rules.meeting.nouns.items import Item, ItemStatus
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.alphabet import by_name


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Two items in an order that a rule of the text forbids."""

    rule: BeforeRule
    first: Item
    then: Item


#: The order offered where no text says anything: bodies, heads, deputies, others. It is no rule.
_USUAL = (Tag.COLLECTIVE, Tag.HEAD, Tag.DEPUTY)


def in_order(items: Iterable[Item], rules: MeetingRules) -> tuple[Item, ...]:
    """The items in the order of the rulebooks; where these are silent, in the usual order, then by name."""
    left = sorted(items, key=lambda one: (_usual(one), by_name(one.name), one.review))
    found: list[Item] = []
    while left:
        # If the rules form a circle, nothing can come next, so the usual order decides.
        free = (one for one in left if not any(_before(rules, other, one) for other in left if other is not one))
        following = next(free, left[0])
        left.remove(following)
        found.append(following)
    return tuple(found)


def _usual(item: Item) -> int:
    return next((place for place, tag in enumerate(_USUAL) if tag in item.tags), len(_USUAL))


def _before(rules: MeetingRules, first: Item, then: Item) -> BeforeRule | None:
    """The rule by which one item precedes the other; none if two rules contradict each other."""
    if any(rule.orders(then.tags, first.tags) for rule in rules.orders):
        return None
    return next((rule for rule in rules.orders if rule.orders(first.tags, then.tags)), None)


def against(items: Sequence[Item], rules: MeetingRules) -> OutOfOrder | None:
    """The first violation in this order."""
    for place, then in enumerate(items):
        for first in items[place + 1 :]:
            if rule := _before(rules, first, then):
                return OutOfOrder(rule, first, then)
    return None


def before_its_turn(meeting: Meeting, item: Item, rules: MeetingRules) -> OutOfOrder | None:
    """The items that should be concluded before this one, unless somebody gave a reason for another order."""
    if meeting.order_kept and _next_on(meeting) is item:
        return None
    for first in meeting.items:
        if first.status is not ItemStatus.CONCLUDED and first is not item and (rule := _before(rules, first, item)):
            return OutOfOrder(rule, first, item)
    return None


def _next_on(meeting: Meeting) -> Item | None:
    return next((one for one in meeting.items if one.status is not ItemStatus.CONCLUDED), None)


def own_chair(item: Item, rules: MeetingRules) -> ChairRule | None:
    """The rule by which somebody else chairs while this item is reviewed, if there is one."""
    return next(
        (rule for rule in rules.chairs if rule.who is Chair.DEPUTY and rule.of in item.tags),
        None,
    )


def of_oneself(meeting: Meeting, item: Item) -> bool:
    """Whether the item reviews whoever is in the chair: nobody concludes on themself."""
    return item.person == meeting.chair


def quorum(meeting: Meeting, rules: MeetingRules) -> tuple[int, int] | None:
    """How many must be present, and how many of them are; None: no text sets a quorum."""
    if rules.quorum is None:
        return None
    called = meeting.called
    return rules.quorum.needed(len(called)), sum(one.present for one in called)
