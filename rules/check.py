"""Every authoring error of a rulebook that can be found without a case.

What loading refuses, or else what only the whole shows: facts no question yields, questions never asked,
forms nobody fills, milestones out of order, ratings that cannot be reached, scenarios that do not hold.
"""

from dataclasses import replace
from pathlib import Path

from rules.checks.asked import asked_mistakes
from rules.checks.chosen import chosen_mistakes
from rules.checks.dates import date_mistakes
from rules.checks.folder import folder_mistakes
from rules.checks.ratings import rating_mistakes
from rules.checks.scenarios import scenario_mistakes
from rules.checks.sources import Sources
from rules.errors import Mistake, RulebookErrors
from rules.form_models import form_documents
from rules.load import load
from rules.shelf import book_document, documents, folder


def check(id_or_folder: str | Path) -> tuple[Mistake, ...]:
    """All mistakes of a shipped rulebook or of a folder, by file and line; none when it is in order."""
    name = str(id_or_folder)
    try:
        book, of = load(name), replace(folder(name), trusted=False)
        sources = Sources(book_document(of), form_documents(of))
    except RulebookErrors as error:
        return error.mistakes
    found = (
        *folder_mistakes(of, sources),
        *scenario_mistakes(book, documents(of, "scenarios")),
        *chosen_mistakes(book, sources),
        *asked_mistakes(book, sources),
        *rating_mistakes(book, sources),
        *date_mistakes(book, sources),
    )
    return tuple(sorted(found, key=lambda mistake: (mistake.file, mistake.line)))
