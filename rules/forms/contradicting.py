"""Answers of one form that are unlikely together (`Form.unlikely`)."""

import math
from collections.abc import Iterator

from rules.forms.form import Form, OptionValue, Unlikely
from rules.nouns.conditions import holds
from rules.nouns.reviews import Answers
from rules.nouns.values import Verdict


def contradictions(form: Form, asked: frozenset[str], answers: Answers) -> Iterator[Unlikely]:
    """The unlikely combinations among the answers to questions that are asked."""
    said = {
        key: answer.value
        for key, answer in answers.items()
        if key in asked and not answer.skipped and isinstance(answer.value, bool | int | float | str)
    }
    yield from (one for one in form.unlikely if _says(one, said))


def _says(one: Unlikely, said: dict[str, OptionValue]) -> bool:
    if one.says:
        return holds(one.says, said) is Verdict.MET
    limit = said.get(one.above) if isinstance(one.above, str) else one.above
    if isinstance(limit, bool) or not isinstance(limit, int | float):
        return False
    if one.count:
        return sum(key in said for key in one.count) > math.ceil(limit)  # a month that has begun counts as one
    numbers = [
        value for key in one.sum if isinstance(value := said.get(key), int | float) and not isinstance(value, bool)
    ]
    return len(numbers) == len(one.sum) and sum(numbers) > limit
