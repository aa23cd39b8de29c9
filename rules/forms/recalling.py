"""Offering what a person already said, if the same is asked in another of their forms or a year later.

Two questions ask the same if they are the same question of the same form, or share a `topic` and a kind.

A date is always offered. Facts about a period (months worked, decisions, numbers, how well something was done) are
offered only from a form about the same period. From another period, a list offers its names and the rest is asked anew;
`lasting` answers are offered. Ratings are never offered.

If no form of the period asks the same, an answer can be drafted from something similar, to be read and amended: a text
from the criteria of an item with the same `topic`, in the words of their form and with the given evidence, or from the
answer to a `near` question. A number there may count more than is asked here, so it is used only if it is zero.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from rules.forms.answers import items_so_far
from rules.forms.form import Field, Form, Item, Question, QuestionKind
from rules.forms.kinds import fits, label_of, missing_field
from rules.forms.weak import is_weak
from rules.nouns.reviews import Answer, Answers, Json
from rules.nouns.rulings import Offer, Offers

#: The letter of a criterion in its item: "a) ".
_LETTER = re.compile(r"^\w{1,2}\)")


def whole(question: Question, value: Json) -> Json:
    """A list that was shown in full, marked as closed if nothing in it is open. Other values are unchanged."""
    if question.kind is not QuestionKind.ITEMS or not isinstance(value, dict):
        return value
    listed = items_so_far(Answer(value))
    done = len(listed) >= question.min_items and not any(missing_field(question, item) for item in listed)
    return {**value, "closed": done}


@dataclass(frozen=True, slots=True)
class Told:
    """What a person answered in one review."""

    form: Form
    year: int
    rulebook: str
    answers: Answers


def offers(form: Form, year: int, earlier: Sequence[Told]) -> Offers:
    """For every question that earlier reviews (newest first) answer: that answer, converted for this form.

    For a question that `recalls` a topic: its text in the newest earlier year, to be shown but not taken over.
    """
    found = ((key, offer(form, question, year, earlier)) for key, question in form.questions.items())
    return {key: one for key, one in found if one is not None}


def offer(form: Form, question: Question, year: int, earlier: Sequence[Told]) -> Offer | None:
    """The same for one question; None if nobody said anything that fits."""
    return next(_offers(form, question, year, earlier), None)


def takes(question: Question, value: Json) -> bool:
    """Whether an earlier offer is still a valid answer; the question's kind may have changed since."""
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
    same_time = told.year == year and not is_same_form(form, told.form)
    value = _taken(question, answer, same_time=same_time) if answer and not answer.skipped else None
    if answer is not None and value is not None:
        return _offer(told, value, answer.note if question.illustrated else "")
    drafted = _drafted(question, told) if same_time else None
    return replace(_offer(told, drafted), near=True) if drafted is not None else None


def _drafted(question: Question, told: Told) -> Json:
    """An answer drafted from something similar in a form of the same period; None if there is nothing, or it does not
    fit.
    """
    drafts: list[Json] = [_from_criteria(item, told.answers) for item in _items_about(question.topic, told.form)]
    for topic in question.near:
        asked = next((one for one in told.form.questions.values() if one.topic == topic), None)
        answer = told.answers.get(asked.key) if asked and asked.kind is question.kind else None
        drafts.append(answer.value if answer and not answer.skipped else None)
    if question.kind is QuestionKind.NUMBER:
        return next((value for value in drafts if value == 0 and fits(question, value)), None)
    texts = (text for text in drafts if question.kind is QuestionKind.TEXT and isinstance(text, str) and text)
    return next((text for text in texts if len(text) <= question.max_chars and fits(question, text)), None)


def _items_about(topic: str, form: Form) -> Iterator[Item]:
    return (item for section in form.sections for item in section.items if topic and item.topic == topic)


def _from_criteria(item: Item, answers: Answers) -> str | None:
    """The answers to an item's criteria, level by level, then the evidence; None while one of them is open."""
    by_level: dict[str, list[str]] = {}
    evidence: list[str] = []
    for question in item.questions:
        answer = answers.get(question.key)
        level = label_of(question.options, answer.value) if answer else None
        if answer is None or level is None:
            return None
        words = _LETTER.sub("", question.text).strip().rstrip(".")
        by_level.setdefault(level, []).append(words[:1].lower() + words[1:])
        evidence += [answer.note.strip()] if answer.note and not is_weak(answer.note) else []
    levels = [f"{level}: {'; '.join(words)}." for level, words in by_level.items()]
    return " ".join([*levels, *(one if one.endswith((".", "!", "…")) else f"{one}." for one in evidence)])


def counterpart(form: Form, question: Question, other: Form) -> Question | None:
    """The question of the other form that asks the same."""
    if is_same_form(form, other):
        found = other.questions.get(question.key)
    else:
        found = next((one for one in other.questions.values() if question.topic and one.topic == question.topic), None)
    return found if found and found.kind is question.kind else None


def is_same_form(one: Form, other: Form) -> bool:
    """Whether two forms are the same. Codes and ids are unique only within their instrument."""
    return (one.id, one.instrument) == (other.id, other.instrument)


def _taken(question: Question, answer: Answer, *, same_time: bool) -> Json:
    """The answer converted for this question; None if it cannot be."""
    match question.kind:
        case QuestionKind.TEXT:
            text = answer.value
            return text if isinstance(text, str) and fits(question, text) and len(text) <= question.max_chars else None
        case QuestionKind.CHOICE | QuestionKind.NUMBER:
            stays = same_time or (question.lasting and label_of(question.options, answer.value) is not None)
            return answer.value if stays and fits(question, answer.value) else None
        case QuestionKind.ITEMS:
            return _list(question, answer, same_time=same_time)
        case QuestionKind.DATE:
            return answer.value if fits(question, answer.value) else None
        case QuestionKind.RATING:
            return None
        case _:
            assert_never(question.kind)


def _list(question: Question, answer: Answer, *, same_time: bool) -> Json:
    """The items of a list, left open so that the person looks at them; None if no item has a suitable name."""
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
