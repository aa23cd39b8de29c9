"""How a file writes a condition: `{leader: true, months_worked: {below: 6}}`. Used by forms and rulebooks alike.

Of the subject several may be named: `{subject: [official, employee]}` holds for each of them.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import PlainValidator

from rules.nouns.conditions import WRITTEN, FactValue, Operator, Test, When
from rules.reading.schema_errors import refuse

#: The operators that stand beside a value; a bare value means `is`.
_BESIDE = {op.value: op for op in WRITTEN if op is not Operator.IS}


def read_when(data: object) -> When:
    """The condition that a mapping of the file writes. Raises pydantic's error with our names."""
    if not isinstance(data, dict) or not data:
        raise refuse("when", example="{leader: true}")
    return When(tuple(test for fact, asked in data.items() for test in _tests(str(fact), asked)))


#: A field of a border model that holds a condition.
WhenField = Annotated[When, PlainValidator(read_when)]


def _tests(fact: str, asked: object) -> Iterator[Test]:
    if isinstance(asked, list) and asked:
        yield Test(fact, Operator.IS, tuple(_word(one) for one in asked))
        return
    if not isinstance(asked, dict):
        yield Test(fact, Operator.IS, _plain(asked))
        return
    if not asked:
        raise refuse("one_of", expected=", ".join(_BESIDE))
    for op, value in asked.items():
        if op not in _BESIDE:
            raise refuse("one_of", expected=", ".join(_BESIDE))
        yield Test(fact, _BESIDE[op], _plain(value))


def _word(value: object) -> str:
    if isinstance(value, str):
        return value
    raise refuse("plain_value")


def _plain(value: object) -> FactValue:
    if isinstance(value, bool | int | float | str):
        return value
    raise refuse("plain_value")
