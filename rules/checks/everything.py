"""All authoring mistakes of a rulebook that can be found without a case.

They are whatever loading refuses, or else what only the whole shows, in each edition: facts that no question yields,
questions never asked, forms nobody fills in, milestones out of order, ratings that cannot be reached, means over
incomplete periods, scenarios that fail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from rules.book.rulebook import Rulebook
from rules.checks.asked import asked_mistakes
from rules.checks.chosen import chosen_mistakes
from rules.checks.counts import count_mistakes
from rules.checks.dates import date_mistakes
from rules.checks.folder import folder_mistakes
from rules.checks.formulas import formula_mistakes
from rules.checks.procedure import procedure_mistakes
from rules.checks.ratings import rating_mistakes
from rules.checks.scenarios import scenario_mistakes
from rules.checks.sources import Sources
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.folders import book_document, documents, folder
from rules.reading.form.like import form_documents
from rules.reading.load import load, load_editions


def check(id_or_folder: str | Path) -> tuple[Mistake, ...]:
    """All mistakes of a shipped rulebook or of a folder, by file and line; empty if it is in order."""
    name = str(id_or_folder)
    try:
        editions, of = load_editions(name), replace(folder(name), trusted=False)
        sources = Sources(book_document(of), form_documents(of))
    except RulebookErrors as error:
        return error.mistakes
    found = (
        *folder_mistakes(of, sources),
        *formula_mistakes(sources),
        *scenario_mistakes(cache(partial(load, name)), documents(of, "scenarios")),
        *count_mistakes(editions[max(editions)], documents(of, "counts")),
        *procedure_mistakes(editions.values(), sources),
        *date_mistakes(editions[min(editions)], sources),
        *(mistake for book in editions.values() for mistake in _of_edition(book, sources)),
    )
    return tuple(sorted(_once(found), key=lambda mistake: (mistake.file, mistake.line)))


def _of_edition(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    yield from chosen_mistakes(book, sources)
    yield from asked_mistakes(book, sources)
    yield from rating_mistakes(book, sources)


def _once(found: Iterable[Mistake]) -> Iterator[Mistake]:
    """The mistakes with those common to several editions listed once."""
    told: list[Mistake] = []
    for mistake in found:
        if mistake not in told:
            told.append(mistake)
            yield mistake
