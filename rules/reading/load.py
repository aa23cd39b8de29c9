"""The only loader of rulebooks: shipped ones by id, an office's own by folder."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from rules.book.editions import When, edition, edition_on, first_day, years
from rules.book.rulebook import Rulebook
from rules.book.scores import ScoreTable
from rules.forms.form import Form
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.book import build
from rules.reading.book.checks import book_mistakes
from rules.reading.book.extending import extended, finished, together
from rules.reading.book.replacing import replacing_mistakes
from rules.reading.book.schema.whole import BookFile
from rules.reading.book.score_tables import misplaced, read_table
from rules.reading.book.texts import read_texts
from rules.reading.border import read
from rules.reading.folders import Folder, all_or_mistakes, book_document, both_or_mistakes, documents, folder, shipped
from rules.reading.form.like import form_documents
from rules.reading.form.schema import read_form
from rules.reading.strict_yaml import YamlDocument


def load(id_or_folder: str | Path, when: When | None = None) -> Rulebook:
    """The rulebook of a shipped id or of a folder, in the edition for a day of reference or a year, otherwise the
    newest. Raises RulebookErrors with all mistakes.
    """
    name = str(id_or_folder)
    if name in shipped():
        return _shipped(name, first_day(_shipped_whole(name), when))
    return finished(edition(_whole_of(folder(name), ()), when))


def load_editions(id_or_folder: str | Path) -> Mapping[int, Rulebook]:
    """The first year of every edition → the edition, oldest first. Raises RulebookErrors."""
    whole = _whole_of(folder(str(id_or_folder)), ())
    return {year: finished(edition(whole, year)) for year in years(whole)}


@cache
def _shipped(name: str, since: dt.date) -> Rulebook:
    """The edition that begins on a day. The cache therefore holds one entry for each edition, whatever years are
    requested.
    """
    return finished(edition_on(_shipped_whole(name), since))


def _whole_of(of: Folder, above: tuple[str, ...]) -> Rulebook:
    """As `_whole`, cached because many rulebooks extend the same one."""
    return _whole(of, above) if of.beside else _shipped_whole(of.name)


@cache
def _shipped_whole(name: str) -> Rulebook:
    return _whole(folder(name), ())


def _whole(of: Folder, above: tuple[str, ...]) -> Rulebook:
    """The rulebook including what it extends. `above`: the ids of those that extend it."""
    document = book_document(of)
    own = _own(of, document)
    parents = tuple(_whole_of(folder_, (*above, own.id)) for folder_ in _parents(of, own, document, above))
    if mistakes := tuple(replacing_mistakes(parents, document, documents(of, "forms"))):
        raise RulebookErrors(mistakes)
    if parents:
        own = extended(together(parents), own)
    if mistakes := (*book_mistakes(own, document), *_table_mistakes(of, own)):
        raise RulebookErrors(mistakes)
    return own


def _own(of: Folder, document: YamlDocument) -> Rulebook:
    """The rulebook without what it extends. Mistakes of all its files are reported together."""

    def forms() -> dict[str, Form]:
        found = all_or_mistakes(partial(read_form, form) for form in form_documents(of))
        return {form.id: form for form in found}

    def tables() -> dict[str, ScoreTable]:
        found = all_or_mistakes(partial(read_table, table) for table in documents(of, "scores"))
        return {table.id: table for table in found}

    def sheets() -> tuple[dict[str, Form], dict[str, ScoreTable]]:
        return both_or_mistakes(forms, tables)

    own, (own_forms, own_tables) = both_or_mistakes(lambda: build.book(read(BookFile, document)), sheets)
    texts = all_or_mistakes(partial(read_texts, document) for document in documents(of, "texts"))
    return replace(own, forms=own_forms, tables=own_tables, texts=tuple(one for file in texts for one in file))


def _table_mistakes(of: Folder, book: Rulebook) -> Iterator[Mistake]:
    for document in documents(of, "scores"):
        yield from misplaced(book.forms, book.tables[document.data["id"]], document)


def _parents(of: Folder, own: Rulebook, document: YamlDocument, above: tuple[str, ...]) -> Iterator[Folder]:
    for name in own.head.extends:
        if name in {*above, own.id}:
            raise RulebookErrors((document.mistake(("extends",), "extends_circle", given=name),))
        yield _parent(of, name, document)


def _parent(of: Folder, name: str, document: YamlDocument) -> Folder:
    try:
        return folder(name, of.beside)
    except RulebookErrors as error:
        known = error.mistakes[0].values
        raise RulebookErrors((document.mistake(("extends",), "rulebook", given=name, **known),)) from error
