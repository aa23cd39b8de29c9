"""Clauses that a rulebook cites although their text is not available in the program."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.book.texts import clauses_of, texts_for
from rules.reading.folders import book_document, folder
from rules.reading.form.like import form_documents
from rules.reading.load import load


@dataclass(frozen=True, slots=True)
class Cited:
    """The clauses cited by a rulebook's own files, with repetitions. `untold`: those without a text."""

    clauses: tuple[str, ...]
    untold: tuple[str, ...]


def cited(id_or_folder: str | Path) -> Cited:
    """The citations in `book.yaml` and the forms of a valid rulebook. Inherited citations belong to their own file.
    Raises RulebookErrors.
    """
    name = str(id_or_folder)
    of, texts = folder(name), load(name).texts
    documents = (book_document(of), *form_documents(of))
    clauses = tuple(one for document in documents for cite in _cites(document.data) for one in clauses_of(cite))
    return Cited(clauses, tuple(one for one in clauses if not texts_for(texts, one)))


def _cites(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "cite":
                yield value
            elif key == "cites":
                yield from value
            else:
                yield from _cites(value)
    elif isinstance(part, list):
        for value in part:
            yield from _cites(value)
