"""Forms: somebody fills each, and every rule that chooses one can be reached."""

from collections.abc import Iterator

from rules.checks.people import kinds_of_people
from rules.checks.sources import Sources
from rules.conditions import holds
from rules.errors import Mistake
from rules.people import Person, traits
from rules.rulebook import Rulebook
from rules.values import Verdict


def chosen_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Forms of the rulebook itself that nobody fills; rules that are never the first to match."""
    people = list(kinds_of_people(book))
    chosen = {_first(book, person) for person in people}
    filled = {book.choose_form[number].form for number in chosen if number is not None}
    for document in sources.forms:
        if document.data["id"] not in filled:
            yield document.mistake(("id",), "nobody_fills", given=document.data["id"])
    for number, (path, _) in enumerate(sources.entries("choose_form")):
        if people and number not in chosen:
            yield sources.book.mistake(path, "never_chosen")


def _first(book: Rulebook, person: Person) -> int | None:
    known = traits(person)
    return next((n for n, rule in enumerate(book.choose_form) if holds(rule.when, known) is Verdict.MET), None)
