"""Column types that behave alike on SQLite and PostgreSQL, and text and JSON as both can keep it.

PostgreSQL refuses U+0000 in text, and neither engine can encode half a surrogate pair. Raw input
must not cost a transaction, so both become U+FFFD, on both engines alike.
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

#: Plain JSON; None is SQL NULL. Text type on both engines, so that numbers and order come back as given.
PLAIN = sa.JSON(none_as_null=True)

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

#: JSON as `dumps` has written it; a step reads some twenty short ones, so nothing is found out about each first.
loads: Callable[[str], Json] = json.JSONDecoder().decode


def keepable(text: str) -> str:
    """The text with what no engine can keep replaced by U+FFFD."""
    try:
        text.encode()  # many times faster than looking for half a pair
    except UnicodeEncodeError:
        return _UNKEEPABLE.sub("\ufffd", text)
    return _UNKEEPABLE.sub("\ufffd", text) if "\x00" in text else text


def dumps(value: Json) -> str:
    """Compact JSON, letters kept as they are. Raises ValueError for NaN and infinities."""
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
    """A moment: given with any zone, kept and returned in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """UTC; SQLite gets it without a zone. Raises ValueError for a moment without zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value!r}")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Words(sa.types.TypeDecorator[str]):
    """Text from anywhere; what no engine can keep is replaced (see the top of this module)."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The text as it can be kept."""
        return None if value is None else keepable(str(value))


class Read(sa.types.TypeDecorator[Value]):
    """What is kept as `kept` and read as what `how` makes of it; nothing stays None."""

    impl = sa.types.TypeEngine
    cache_ok = True

    def __init__(self, kept: sa.types.TypeEngine[Any], how: Callable[[Any], Value]) -> None:
        super().__init__()
        self.kept = kept
        self.how = how

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """As it is kept."""
        return dialect.type_descriptor(self.kept)

    def process_result_value(self, value: Any, dialect: Dialect) -> Value | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The value."""
        return None if value is None else self.how(value)


class Listed(sa.types.TypeDecorator[Sequence[Any]]):
    """A list as one value, of what a column of type `one` is compared with."""

    impl = sa.types.TypeEngine
    cache_ok = True
    operator_classes = sa.ARRAY.operator_classes

    def __init__(self, one: sa.types.TypeEngine[Any]) -> None:
        super().__init__()
        self.one = one

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """An array, where there are arrays, else JSON."""
        return dialect.type_descriptor(PLAIN if dialect.name == "sqlite" else sa.ARRAY(self.one))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> list[Any] | None:
        """The list; in JSON each as it is kept."""
        if value is None:
            return None
        kept = self.one.dialect_impl(dialect).bind_processor(dialect) if dialect.name == "sqlite" else None
        return [kept(one) for one in value] if kept else list(value)


def read(column: sa.ColumnElement[Any], how: Callable[[Any], Value]) -> sa.ColumnElement[Value]:
    """The column, read as what `how` makes of what is kept."""
    kept = column.type.impl_instance if isinstance(column.type, sa.types.TypeDecorator) else column.type
    return sa.type_coerce(column, Read(kept, how))


def one_of(column: str, words: Iterable[str]) -> sa.CheckConstraint:
    """A CHECK that `column` holds one of `words`."""
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)
