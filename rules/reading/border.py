"""The border of a file: a pydantic model reads it, and all its mistakes come back as `Mistake`s at once.

Validators of the models raise `refuse(name, **values)`; name and values become those of the mistake.
"""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.strict_yaml import YamlDocument

#: Names of the branches of a union: pydantic's path has them, the file has not.
ALONE, GROUP = "one condition", "a group of conditions"


class Border(BaseModel):
    """Base of every border model: unknown keys are refused, a number is not text, text is not a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_Model = TypeVar("_Model", bound=BaseModel)


def read(model: type[_Model], document: YamlDocument) -> _Model:
    """The document as `model`. Raises RulebookErrors with every mistake, in the order of the file."""
    # JSON is pydantic's strict dialect for files: lists become tuples and words become enums, but 3.1 is not text.
    try:
        return model.model_validate_json(json.dumps(document.data, default=str))
    except ValidationError as error:
        raise RulebookErrors(mistakes(document, error)) from error


def mistakes(document: YamlDocument, error: ValidationError) -> tuple[Mistake, ...]:
    """Every pydantic error as a mistake of the document, by line."""
    errors = (details for details in error.errors(include_url=False) if not _is_echo(details))
    found = (_mistake(document, details) for details in errors)
    return tuple(sorted(found, key=lambda mistake: mistake.line))


def refuse(name: str, /, **values: object) -> PydanticCustomError:
    """The error that a validator raises: the name of the sentence that says what was expected, and its values."""
    return PydanticCustomError(name, name, values)


#: pydantic's kinds of error → our names. Kinds that mean the same to an author share a name.
_NAMES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_type": "text",
    "string_too_short": "not_empty",
    "string_too_long": "string_too_long",
    "too_short": "not_empty",
    "string_pattern_mismatch": "pattern",
    "bool_type": "yes_no",
    "int_type": "whole_number",
    "int_from_float": "whole_number",
    "float_type": "number",
    "finite_number": "number",
    "greater_than_equal": "at_least",
    "greater_than": "above",
    "less_than_equal": "at_most",
    "less_than": "below",
    "enum": "one_of",
    "literal_error": "one_of",
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
}


def _is_echo(details: ErrorDetails) -> bool:
    """Whether the error only repeats another: pydantic also calls a list too short when its elements are wrong."""
    return details["type"] == "too_short" and bool(details["input"])


def _mistake(document: YamlDocument, details: ErrorDetails) -> Mistake:
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    name = _NAMES.get(kind, kind)
    if name == "text" and isinstance(given, bool | int | float):
        name = "text_in_quotes"
    values = {key: value for key, value in context.items() if key not in {"error", "class_name"}}
    if name not in {"missing", "unknown_key"}:
        values["given"] = given
    if name == "one_of":
        values["expected"] = str(values["expected"]).replace("'", "").replace(" or ", ", ")
    if name == kind and kind in _FOREIGN:
        name, values = "invalid", {"problem": details["msg"], **values}
    return document.mistake(tuple(_places(document.data, details["loc"])), name, **values)


#: pydantic errors without a name of ours; their own text is shown.
_FOREIGN = frozenset({"value_error", "assertion_error", "json_invalid", "recursion_loop", "union_tag_invalid"})


def _places(data: Any, loc: tuple[str | int, ...]) -> Iterator[str | int]:
    """The parts of pydantic's path that are places in the file, and always its last part."""
    for position, part in enumerate(loc):
        if part in {ALONE, GROUP}:
            continue
        here = _has(data, part)
        if here:
            data = data[part]
        if here or not set(loc[position + 1 :]) - {ALONE, GROUP}:
            yield part


def _has(data: Any, part: str | int) -> bool:
    if isinstance(part, int):
        return isinstance(data, list) and 0 <= part < len(data)
    return isinstance(data, dict) and part in data
