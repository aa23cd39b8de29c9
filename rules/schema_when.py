"""The border of `when:` — `{leave_months: {at_least: 3}, head: true}` — and of one comparison."""

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any

from pydantic import PlainValidator

from rules.compare import OPS, wrong_test
from rules.conditions import Test, When
from rules.facts import FACTS
from rules.people import TRAITS
from rules.schema_errors import refuse
from rules.values import Subject


def reader(names: Collection[str]) -> Callable[[Any], When]:
    """A validator that reads a `when:` which may ask for `names` only (traits or facts)."""

    def read(given: Any) -> When:
        if not isinstance(given, Mapping):
            raise refuse("mapping")
        return When(tuple(_test(name, asked, names) for name, asked in given.items()))

    return read


#: Of a person: what the roster says.
TraitWhen = Annotated[When, PlainValidator(reader(TRAITS))]
#: Of a case: facts, and whom it is about.
FactWhen = Annotated[When, PlainValidator(reader((*FACTS, "subject", "leader")))]
#: Of a person and a case.
AnyWhen = Annotated[When, PlainValidator(reader((*FACTS, *TRAITS)))]


def one_test(fact: str, comparisons: Mapping[str, Any]) -> Test:
    """The one comparison of a fact. Raises what a validator may raise."""
    if len(comparisons) != 1 or next(iter(comparisons)) not in OPS:
        raise refuse("one_comparison", fact=fact, allowed=", ".join(OPS))
    ((op, value),) = comparisons.items()
    test = Test(fact, op, value)
    if fact not in TRAITS or fact in FACTS:
        found = wrong_test(test)
        if found:
            raise refuse("fact_" + found.expected, **({"fact": fact} | found.values))
    elif not _fits_trait(fact, value) or op != "is":
        raise refuse("trait", fact=fact)
    return test


def _test(name: str, asked: Any, names: Collection[str]) -> Test:
    if name not in names:
        raise refuse("known_name", fact=name, allowed=", ".join(names))
    return one_test(name, asked if isinstance(asked, Mapping) else {"is": asked})


def _fits_trait(name: str, value: Any) -> bool:
    return value in tuple(Subject) if name == "subject" else isinstance(value, bool)
