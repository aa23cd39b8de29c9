"""Checks of formulas: a mean of periods must be over those that are owed."""

from collections.abc import Iterator

from rules.book.facts import FACTS, FactKind
from rules.checks.sources import Sources
from rules.nouns.errors import Mistake
from rules.reading.strict_yaml import as_mapping, as_tuple


def formula_mistakes(sources: Sources) -> Iterator[Mistake]:
    """A plain mean of monthly scores, which would treat the months that happen to be filled in as the whole period."""
    formulas = as_mapping(as_mapping(sources.book.data).get("scores")).get("formulas", ())
    for number, formula in enumerate(formulas):
        for name in as_tuple(formula.get("mean")):
            if name in FACTS and FACTS[name].kind is FactKind.SCORES:
                yield sources.book.mistake(("scores", "formulas", number, "mean"), "mean_of_periods", fact=name)
