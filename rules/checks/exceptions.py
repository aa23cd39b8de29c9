"""Checks of exceptions that are only in words: an exception in a clause has to be asked and judged, not just mentioned
in a note.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from rules.book.facts import FACTS, FactKind
from rules.checks.sources import Sources
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.conditions import ANY
from rules.reading.folders import book_document, folder
from rules.reading.form.like import form_documents
from rules.reading.form.shapes import with_shapes
from rules.reading.strict_yaml import Path, as_mapping


def doubts(id_or_folder: str | FilePath, phrases: Collection[str]) -> tuple[Mistake, ...]:
    """Places to look at again in a rulebook that is otherwise in order: a note or help with one of `phrases` ("trừ
    trường hợp") but no further fact for it.

    Empty if the files cannot be read; `check` reports that.
    """
    try:
        of = replace(folder(str(id_or_folder)), trusted=False)
        sources = Sources(book_document(of), tuple(with_shapes(form) for form in form_documents(of)))
    except RulebookErrors:
        return ()
    found = []
    for path, rule in _rules(sources):
        if not _rests_on_more(path, rule) and _says(rule.get("note"), phrases):
            found.append(sources.book.mistake((*path, "note"), "exception_in_words"))
    for form in sources.forms:
        questions = dict(_questions(form.data, ()))
        asked_on = {fact for question in questions.values() for fact in _conditioned(question.get("when"))}
        for path, question in questions.items():
            facts = as_mapping(question.get("yields"))
            if facts and not asked_on.intersection(facts) and _says(question.get("help"), phrases):
                found.append(form.mistake((*path, "help"), "exception_in_words"))
    return tuple(found)


def _conditioned(when: Any) -> Iterator[str]:
    """The facts of a `when` as written."""
    for fact, asked in as_mapping(when).items():
        if fact == ANY and isinstance(asked, list):
            yield from (inner for one in asked for inner in as_mapping(one))
        else:
            yield str(fact)


def _says(text: object, phrases: Collection[str]) -> bool:
    return any(phrase in str(text or "").casefold() for phrase in phrases)


def _rules(sources: Sources) -> Iterator[tuple[Path, Any]]:
    for part in ("caps", "not_rated"):
        yield from sources.entries(part)
    for path, entry in sources.entries("ratings"):
        yield from _conditions(entry, path)


def _conditions(part: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(part, dict) and "fact" in part:
        yield path, part
        return
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield from _conditions(value, (*path, key))


def _rests_on_more(path: Path, rule: Any) -> bool:
    """Whether another fact is involved: in the condition's group, or in the `when` or `unless` of a cap or exclusion."""
    if "fact" in rule:
        return sum(part in {"all", "any"} for part in path) > 1
    if rule.get("unless"):
        return True
    kinds = (FACTS[fact].kind for fact in as_mapping(rule.get("when")) if fact in FACTS and fact != "head")
    return any(kind is FactKind.YES_NO for kind in kinds)


def _questions(part: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(part, dict) and "yields" in part and "key" in part:
        yield path, part
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield from _questions(value, (*path, key))
