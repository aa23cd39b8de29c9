"""Column types that behave the same on SQLite and PostgreSQL, and helpers that make text and JSON storable on both.

PostgreSQL refuses U+0000 in text, and neither engine can encode half of a surrogate pair. Because raw input must never
fail a transaction, both are replaced by U+FFFD on both engines.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from rules.nouns.reviews import Json

Value = TypeVar("Value")

#: Plain JSON; None is stored as SQL NULL. It is stored as text on both engines, so that numbers and key order survive
#: unchanged.
PLAIN = sa.JSON(none_as_null=True)

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

#: JSON that `dumps` has already serialised. One step reads about twenty short values, so per-value type inspection is
#: avoided.
loads: Callable[[str], Json] = json.JSONDecoder().decode


def keepable(text: str) -> str:
    """The text with every character that an engine cannot store replaced by U+FFFD."""
    try:
        text.encode()  # much faster than searching for half a surrogate pair
    except UnicodeEncodeError:
        return _UNKEEPABLE.sub("\ufffd", text)
    return _UNKEEPABLE.sub("\ufffd", text) if "\x00" in text else text


def dumps(value: Json) -> str:
    """Compact JSON with non-ASCII letters kept. Raises ValueError for NaN and infinities."""
    text = _encode(value)
    return text if "\\u0000" not in text and keepable(text) is text else _encode(_cleaned(value))


def _cleaned(value: Json) -> Json:
    match value:
        case str():
            return keepable(value)
        case dict():
            return {keepable(key): _cleaned(part) for key, part in value.items()}
        case list() | tuple():
            return [_cleaned(part) for part in value]
        case _:
            return value


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A moment in time: accepted in any time zone, stored and returned in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment in UTC; SQLite receives it without a zone. Raises ValueError for a moment that has no time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value!r}")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Words(sa.types.TypeDecorator[str]):
    """Text from any source; characters that cannot be stored are replaced (see the module docstring)."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The text as it can be stored."""
        return None if value is None else keepable(str(value))


class Read(sa.types.TypeDecorator[Value]):
    """A column stored as type `kept` whose values are converted by `how` when read. NULL stays None."""

    impl = sa.types.TypeEngine
    cache_ok = True

    def __init__(self, kept: sa.types.TypeEngine[Any], how: Callable[[Any], Value]) -> None:
        super().__init__()
        self.kept = kept
        self.how = how

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """The storage type."""
        return dialect.type_descriptor(self.kept)

    def process_result_value(self, value: Any, dialect: Dialect) -> Value | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The converted value."""
        return None if value is None else self.how(value)


class Listed(sa.types.TypeDecorator[Sequence[Any]]):
    """A list passed as a single parameter, to be compared with a column of type `one`."""

    impl = sa.types.TypeEngine
    cache_ok = True
    operator_classes = sa.ARRAY.operator_classes

    def __init__(self, one: sa.types.TypeEngine[Any]) -> None:
        super().__init__()
        self.one = one

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """An array on engines that have arrays, JSON elsewhere."""
        return dialect.type_descriptor(PLAIN if dialect.name == "sqlite" else sa.ARRAY(self.one))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> list[Any] | None:
        """The list; for JSON each element is converted to its stored form."""
        if value is None:
            return None
        kept = self.one.dialect_impl(dialect).bind_processor(dialect) if dialect.name == "sqlite" else None
        return [kept(one) for one in value] if kept else list(value)


def read(column: sa.ColumnElement[Any], how: Callable[[Any], Value]) -> sa.ColumnElement[Value]:
    """The column, with its stored values converted by `how` when read."""
    kept = column.type.impl_instance if isinstance(column.type, sa.types.TypeDecorator) else column.type
    return sa.type_coerce(column, Read(kept, how))


def one_of(column: str, words: Iterable[str]) -> sa.CheckConstraint:
    """A CHECK constraint that `column` holds one of `words`."""
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)
