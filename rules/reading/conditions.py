"""How files write a condition: `{leader: true, months_worked: {below: 6}}`. Forms and rulebooks use the same notation.

Several subjects may be given: `{subject: [official, employee]}` holds for each of them. In a form, one of several
conditions may be enough: `{any: [{subunit_corruption: true}, {disciplined: true, discipline_in_duty: true}]}`.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, PlainValidator

from rules.book.compare import wrong_test
from rules.book.facts import FACTS
from rules.nouns.conditions import WRITTEN, FactValue, Operator, Test, When
from rules.nouns.people import TRAITS
from rules.nouns.values import Subject
from rules.reading.border import refuse

#: The operators that are written with a value; a bare value means `is`.
_BESIDE = {op.value: op for op in WRITTEN if op is not Operator.IS}


def read_when(data: object) -> When:
    """The condition that a mapping of the file contains. Raises pydantic's error with our names."""
    if not isinstance(data, dict) or not data:
        raise refuse("when", example="{leader: true}")
    return When(tuple(test for fact, asked in data.items() for test in _tests(str(fact), asked)))


#: The key for alternatives in a form's condition, of which one is enough.
ANY = "any"


def read_form_when(data: object) -> When:
    """As `read_when`, but `any` may list alternatives of which one is enough."""
    if not isinstance(data, dict) or ANY not in data:
        return read_when(data)
    several = data[ANY]
    if not isinstance(several, list) or not several:
        raise refuse("list")
    beside = {fact: asked for fact, asked in data.items() if fact != ANY}
    return When(read_when(beside).tests if beside else (), tuple(read_when(one) for one in several))


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


def one_test(fact: str, comparisons: Mapping[Operator, Any]) -> Test:
    """The only test of a condition. Raises the error of a validator if there are more."""
    if len(comparisons) != 1:
        raise refuse("one_comparison", allowed=", ".join(WRITTEN))
    ((op, value),) = comparisons.items()
    return _fitting(Test(fact, op, value), FACTS)


def _of_person(when: When) -> When:
    return When(tuple(_fitting(test, TRAITS) for test in when.tests))


def _of_case(when: When) -> When:
    return When(tuple(_fitting(test, (*FACTS, "subject", "leader")) for test in when.tests))


def _of_form(when: When) -> When:
    return When(
        tuple(_fitting(test, (*TRAITS, *FACTS)) for test in when.tests), tuple(_of_form(one) for one in when.any)
    )


def _of_kind(when: When) -> When:
    return When(tuple(_fitting(test, ("subject", "leader")) for test in when.tests))


#: `when:` of a formula: whom it is about.
KindWhen = Annotated[WhenField, AfterValidator(_of_kind)]


#: `when:` of a person: what the roster says.
TraitWhen = Annotated[WhenField, AfterValidator(_of_person)]


#: `when:` of a case: facts, and whom it is about.
FactWhen = Annotated[WhenField, AfterValidator(_of_case)]


def _single(when: When) -> When:
    if len(when.tests) != 1:
        raise refuse("one_comparison", allowed=", ".join(WRITTEN))
    return when


#: `unless:` of a cap: one fact.
OneTest = Annotated[FactWhen, AfterValidator(_single)]


#: `when:` of a question: whom it is asked, and facts that earlier questions yield.
FormWhen = Annotated[When, PlainValidator(read_form_when), AfterValidator(_of_form)]


def _fitting(test: Test, names: Collection[str]) -> Test:
    if test.fact not in names:
        raise refuse("known_name", name=test.fact, allowed=", ".join(names))
    if test.fact in FACTS:
        found = wrong_test(test)
        if found:
            raise refuse(found.expected, **({"about": test.fact} | found.values))
    elif test.op is not Operator.IS or not _fits_trait(test):
        raise refuse("trait", about=test.fact)
    return test


def _fits_trait(test: Test) -> bool:
    if test.fact != "subject":
        return isinstance(test.value, bool)
    return all(one in tuple(Subject) for one in (test.value if isinstance(test.value, tuple) else (test.value,)))
