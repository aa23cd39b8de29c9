"""Checks of forms: somebody fills in each one, and every rule that chooses one can be reached."""

from collections.abc import Iterator

from rules.book.rulebook import Rulebook
from rules.checks.people import PERIODS, forms_of, kinds_of_people
from rules.checks.sources import Sources
from rules.nouns.conditions import holds
from rules.nouns.errors import Mistake
from rules.nouns.people import Person, traits
from rules.nouns.values import Verdict


def chosen_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Forms of the rulebook itself that nobody fills in, and rules that are never the first to match."""
    people = list(kinds_of_people(book))
    filled = {form.id for person in people for form in forms_of(book, person)}
    for document in sources.forms:
        form = book.forms[document.data["id"]]
        if form.id not in filled and form.use == "review":
            yield document.mistake(("id",), "nobody_fills", given=form.id)
    if people:
        yield from _never_chosen(book, sources, people)


def _never_chosen(book: Rulebook, sources: Sources, people: list[Person]) -> Iterator[Mistake]:
    chosen = {_first(book, person, period) for person in people for period in PERIODS}
    for number, (path, _) in enumerate(sources.entries("choose_form")):
        if number not in chosen:
            yield sources.book.mistake(path, "never_chosen")
    for (path, _), rule in zip(sources.entries("also_fill"), book.also_fill, strict=False):
        if not any(holds(rule.when, traits(person)) is Verdict.MET for person in people):
            yield sources.book.mistake(path, "never_matches")


def _first(book: Rulebook, person: Person, period: str) -> int | None:
    known = traits(person)
    rules = ((number, rule) for number, rule in enumerate(book.choose_form) if rule.period == period)
    return next((number for number, rule in rules if holds(rule.when, known) is Verdict.MET), None)
