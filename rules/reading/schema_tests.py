"""The border of a rulebook's comparisons: what is compared is known, and the value fits it."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator

from rules.book.compare import wrong_test
from rules.book.facts import FACTS
from rules.nouns.conditions import WRITTEN, Operator, Test, When
from rules.nouns.people import TRAITS
from rules.nouns.values import Subject
from rules.reading.schema_errors import refuse
from rules.reading.when_schema import WhenField


def one_test(fact: str, comparisons: Mapping[Operator, Any]) -> Test:
    """The one comparison of a fact. Raises what a validator may raise."""
    if len(comparisons) != 1:
        raise refuse("one_comparison", allowed=", ".join(WRITTEN))
    ((op, value),) = comparisons.items()
    return _fitting(Test(fact, op, value), FACTS)


def _of_person(when: When) -> When:
    return When(tuple(_fitting(test, TRAITS) for test in when.tests))


def _of_case(when: When) -> When:
    return When(tuple(_fitting(test, (*FACTS, "subject", "leader")) for test in when.tests))


def _of_form(when: When) -> When:
    return When(tuple(_fitting(test, (*TRAITS, *FACTS)) for test in when.tests))


def _of_kind(when: When) -> When:
    return When(tuple(_fitting(test, ("subject", "leader")) for test in when.tests))


#: `when:` of a formula: whom it is about.
KindWhen = Annotated[WhenField, AfterValidator(_of_kind)]
#: `when:` of a person: what the roster says.
TraitWhen = Annotated[WhenField, AfterValidator(_of_person)]
#: `when:` of a case: facts, and whom it is about.
FactWhen = Annotated[WhenField, AfterValidator(_of_case)]
#: `when:` of a question: whom it is asked, and facts that earlier questions yield.
FormWhen = Annotated[WhenField, AfterValidator(_of_form)]


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
