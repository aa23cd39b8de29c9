"""Sheets and entries as plain JSON, in which they are stored and read again years later."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from rules.nouns.reviews import Json
from templates.documents.blocks import Entry, Sheet


def sheet_json(sheet: Sheet) -> Json:
    """The sheet as JSON."""
    kept: Json = _sheets().dump_python(sheet, mode="json")
    return kept


def sheet_of(kept: Any) -> Sheet:
    """The sheet from its JSON."""
    return _sheets().validate_python(kept)


def entry_json(entry: Entry) -> Json:
    """The entry as JSON."""
    kept: Json = _entries().dump_python(entry, mode="json")
    return kept


def entry_of(kept: Any) -> Entry:
    """The entry from its JSON."""
    return _entries().validate_python(kept)


@cache
def _sheets() -> TypeAdapter[Sheet]:
    return TypeAdapter(Sheet)


@cache
def _entries() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)
