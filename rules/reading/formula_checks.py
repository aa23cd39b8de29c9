"""What must hold of the formulas of a rulebook: every name is a fact of numbers or given above, and is used."""

from collections.abc import Iterator

from rules.book.facts import FACTS, FactKind
from rules.book.rulebook import Rulebook
from rules.book.scoring import reach
from rules.nouns.errors import Mistake
from rules.reading.strict_yaml import YamlDocument

NUMBERS = tuple(name for name, fact in FACTS.items() if fact.kind in {FactKind.NUMBER, FactKind.SCORES})


def formula_mistakes(book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    """Every name that means nothing, at its place in `document` (the `scores` a rulebook inherits stand elsewhere)."""
    given: set[str] = set()
    formulas = book.scores.formulas
    for number, formula in enumerate(formulas):
        path = ("scores", "formulas", number)
        unknown = [name for name in formula.inputs if name not in NUMBERS and name not in given]
        for name in unknown:
            known = ", ".join((*NUMBERS, *sorted(given)))
            yield document.mistake((*path, formula.operation.value), "formula_input", given=name, known=known)
        used = any(formula.gives in later.inputs for later in formulas[number + 1 :])
        if formula.gives not in NUMBERS and not used:
            yield document.mistake((*path, "gives"), "formula_gives", given=formula.gives)
        given.add(formula.gives)
        if not unknown:
            yield from _too_wide(book, number, document)


def _too_wide(book: Rulebook, number: int, document: YamlDocument) -> Iterator[Mistake]:
    """A formula whose result may lie outside what the fact can be, and that has no limit of its own."""
    formula = book.scores.formulas[number]
    fact = FACTS.get(formula.gives)
    if fact is None:
        return
    parts = tuple(other for other in book.scores.formulas[:number] if other.gives != formula.gives)
    low, high = reach((*parts, formula), {}, formula.gives)
    if low < fact.minimum or (fact.maximum is not None and high > fact.maximum):
        told = {"fact": fact.name, "low": f"{low:g}", "high": f"{high:g}", "top": f"{fact.maximum or high:g}"}
        yield document.mistake(("scores", "formulas", number), "formula_range", **told)
