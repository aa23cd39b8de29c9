"""What a person has said once, offered where the same is asked again: in another form of theirs, or a year later.

Two questions ask the same when they are the same question of the same form, or share a `topic`, and are of one kind.
A date stays what it is. Facts of a time – months worked, decisions, numbers, how well something was done – are offered only from another form
about the same time; of another time a list gives its names, and the rest is asked anew. Ratings are never offered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from rules.forms.answers import items_so_far
from rules.forms.form import Field, Form, Question, QuestionKind
from rules.forms.kinds import fits
from rules.nouns.reviews import Answer, Answers, Json
from rules.nouns.rulings import Offer, Offers


@dataclass(frozen=True, slots=True)
class Told:
    """What a person answered in one review."""

    form: Form
    year: int
    rulebook: str
    answers: Answers


def offers(form: Form, year: int, earlier: Sequence[Told]) -> Offers:
    """For every question of the form that earlier reviews (newest first) answer: that answer, as this form takes it.
    For a question that `recalls` a topic: what was said to it in the newest earlier year, to be shown and not taken.
    """
    found = ((key, offer(form, question, year, earlier)) for key, question in form.questions.items())
    return {key: one for key, one in found if one is not None}


def offer(form: Form, question: Question, year: int, earlier: Sequence[Told]) -> Offer | None:
    """The same for one question; None where nobody said anything that fits."""
    return next(_offers(form, question, year, earlier), None)


def takes(question: Question, value: Json) -> bool:
    """Whether what was on offer once is still something this question takes: it may have been of another kind then."""
    return _taken(question, Answer(value), same_time=True) is not None


def _offers(form: Form, question: Question, year: int, earlier: Sequence[Told]) -> Iterator[Offer]:
    for told in earlier:
        found = _recalled(question, year, told) if question.recalls else _same(form, question, year, told)
        if found is not None:
            yield found


def _recalled(question: Question, year: int, told: Told) -> Offer | None:
    asked = next((one for one in told.form.questions.values() if one.topic == question.recalls), None)
    answer = told.answers.get(asked.key) if asked else None
    if answer is None or told.year >= year or not isinstance(answer.value, str):
        return None
    return _offer(told, answer.value)


def _same(form: Form, question: Question, year: int, told: Told) -> Offer | None:
    asked = counterpart(form, question, told.form)
    answer = told.answers.get(asked.key) if asked else None
    if answer is None or answer.skipped or answer.value is None:
        return None
    same_time = told.year == year and not is_same_form(form, told.form)
    value = _taken(question, answer, same_time=same_time)
    if value is None:
        return None
    return _offer(told, value, answer.note if question.illustrated else "")


def counterpart(form: Form, question: Question, other: Form) -> Question | None:
    """The question of the other form that asks the same."""
    if is_same_form(form, other):
        found = other.questions.get(question.key)
    else:
        found = next((one for one in other.questions.values() if question.topic and one.topic == question.topic), None)
    return found if found and found.kind is question.kind else None


def is_same_form(one: Form, other: Form) -> bool:
    """Codes and ids are unique only together with their instrument."""
    return (one.id, one.instrument) == (other.id, other.instrument)


def _taken(question: Question, answer: Answer, *, same_time: bool) -> Json:
    """The answer as this question takes it; None when it does not."""
    match question.kind:
        case QuestionKind.TEXT:
            text = answer.value
            return text if isinstance(text, str) and fits(question, text) and len(text) <= question.max_chars else None
        case QuestionKind.CHOICE | QuestionKind.NUMBER:
            return answer.value if same_time and fits(question, answer.value) else None
        case QuestionKind.ITEMS:
            return _list(question, answer, same_time=same_time)
        case QuestionKind.DATE:
            return answer.value if fits(question, answer.value) else None
        case QuestionKind.RATING:
            return None
        case _:
            assert_never(question.kind)


def _list(question: Question, answer: Answer, *, same_time: bool) -> Json:
    """The items, still open, so that the person looks at them; None when none has a name that fits."""
    kept = [field for field in question.fields if same_time or field.kind is QuestionKind.TEXT]
    listed = [_item(kept, item) for item in items_so_far(answer)]
    named: list[Json] = [item for item in listed if question.fields[0].key in item]
    return {"items": named[: question.max_items], "closed": False} if named else None


def _item(fields: Sequence[Field], item: Mapping[str, Json]) -> dict[str, Json]:
    return {field.key: item[field.key] for field in fields if field.key in item and _fits(field, item[field.key])}


def _fits(field: Field, value: Json) -> bool:
    return fits(field, value) and not (
        isinstance(value, str) and field.kind is QuestionKind.TEXT and len(value) > field.max_chars
    )


def _offer(told: Told, value: Json, note: str = "") -> Offer:
    return Offer(value, note, told.form.code, told.year, told.rulebook)
