"""Whether a kept answer answers its question, and what is still missing in a list.

Kept answers may be older than the form they are read with, so nothing is taken for granted of their shape.
"""

from collections.abc import Mapping, Sequence

from rules.forms.form import Field, Question, QuestionKind
from rules.nouns.reviews import Answer, Json

Item = Mapping[str, Json]


def answered(question: Question, answer: Answer | None) -> bool:
    """Whether nothing is open: a fitting value, a closed and complete list, or skipped where that is allowed."""
    if answer is None:
        return False
    if answer.skipped:
        return not question.required
    if question.kind is QuestionKind.ITEMS:
        return items_of(question, answer) is not None
    return fits(question, answer.value)


def fits(place: Question | Field, value: Json) -> bool:
    """Whether a kept value is one the question or field could have taken."""
    if place.kind is QuestionKind.TEXT:
        return isinstance(value, str) and bool(value.strip())
    if place.kind is QuestionKind.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool) and within(place, value)
    return any(option.value == value and type(option.value) is type(value) for option in place.options)


def within(place: Question | Field, number: float) -> bool:
    """Whether a number keeps to the limits."""
    low, high = place.minimum, place.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def items_so_far(answer: Answer | None) -> tuple[Item, ...]:
    """The items of a list, complete or not; none when there is no answer yet."""
    value = answer.value if answer else None
    items = value.get("items") if isinstance(value, dict) else None
    return tuple(item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def closed(answer: Answer | None) -> bool:
    """Whether the person said "that is all"."""
    return answer is not None and isinstance(answer.value, dict) and answer.value.get("closed") is True


def missing_field(question: Question, item: Item) -> Field | None:
    """The first field of a list item that is not answered yet; None when the item is complete."""
    return next((field for field in question.fields if not fits(field, item.get(field.key))), None)


def items_of(question: Question, answer: Answer | None) -> Sequence[Item] | None:
    """The items of a closed list; None while it is open, incomplete or too short."""
    items = items_so_far(answer)
    if not closed(answer) or len(items) < question.min_items:
        return None
    return None if any(missing_field(question, item) for item in items) else items
