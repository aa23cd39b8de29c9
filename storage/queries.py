"""Queries: statements together with the type of their rows.

A query declares once what its rows become, and whoever runs it gets exactly that: `Query(DUE,
sa.select(*DUE).where(…))` with `DUE = columns(Improvement, IMPROVEMENT)` returns Improvement values.

SQLAlchemy caches compiled statements, but its work around each execution costs several times the statement itself, and
one step of a conversation executes about five. Statements held by a module are therefore Prepared: SQLAlchemy still
compiles the text and the types, but execution goes directly to the driver. A list parameter is passed as one value
(`among`), so that the text does not depend on its length; words that are part of the statement itself are bound one by
one (`any_word`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, get_args

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import ExecutableReturnsRows

from storage.columns import Listed, read

Row = TypeVar("Row")

#: The columns of a Table are dynamic, so SQLAlchemy's types do not describe them.
Column = sa.ColumnElement[Any]
Kept = Sequence[Any]
Change = Callable[[Any], Any]

#: The parameters of a statement, by name.
Values = Mapping[str, object]


class Nothing(NamedTuple):
    """The row type of a statement that returns no rows."""


class Columns(Generic[Row]):
    """The columns of a statement that together make one value."""

    def __init__(
        self, columns: Sequence[Column], types: Sequence[object], make: Callable[[Kept], Row], sign: int = 0
    ) -> None:
        self._columns = tuple(columns)
        #: The type of each column as mypy sees it; a test compares these with the tables.
        self.types = tuple(types)
        self.make = make
        #: The index of a column that is NULL only where a join found no row.
        self.sign = sign

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def columns(row: type[Row], table: sa.FromClause, **named: "Column | Columns[Any]") -> Columns[Row]:
    """The columns that build `row`, a NamedTuple or dataclass: each field takes the column of `table` with its name, or
    the one given in `named`.

    A field that is itself built from several columns is given its Columns; it is None when the join found no row and
    the field allows None. A field typed as an Enum is read as one.
    """
    hints = row.__annotations__
    flat: list[Column] = []
    types: list[object] = []
    parts: list[_Part] = []
    signs: list[int] = []
    for name in _fields(row):
        given = named.pop(name) if name in named else table.c[name]
        if isinstance(given, Columns):
            parts.append(_Part(len(flat), len(flat) + len(given), given, may_miss=type(None) in get_args(hints[name])))
            flat += given
            types += given.types
            continue
        if name in table.c and given is table.c[name]:
            signs.append(len(flat))
        words = [hint for hint in (hints[name], *get_args(hints[name])) if isinstance(hint, type)]
        enums = [word for word in words if issubclass(word, Enum)]
        flat.append(read(given, enums[0]) if enums else given)
        types.append(hints[name])
    if named:
        raise TypeError(f"{row.__name__} has no field {', '.join(named)}")
    return Columns(flat, types, _nested(row, parts) if parts else _flat(row), signs[0] if signs else 0)


class _Part(NamedTuple):
    """A field of a row that is itself built from several columns."""

    start: int
    stop: int
    columns: Columns[Any]
    may_miss: bool


def _nested(row: type[Row], parts: Sequence[_Part]) -> Callable[[Kept], Row]:
    def make(kept: Kept) -> Row:
        values: list[object] = []
        last = 0
        for start, stop, part, may_miss in parts:
            own = kept[start:stop]
            values += kept[last:start]
            values.append(None if may_miss and own[part.sign] is None else part.make(own))
            last = stop
        return row(*values, *kept[last:])

    return make


def _flat(row: type[Row]) -> Callable[[Kept], Row]:
    return lambda kept: row(*kept)


def _fields(row: type) -> tuple[str, ...]:
    """The names of the fields; empty for a plain value."""
    if is_dataclass(row):
        return tuple(field.name for field in fields(row))
    return getattr(row, "_fields", ())


class Query(Generic[Row]):
    """A statement and the type of its rows: a value of Columns, a NamedTuple of the columns in order, or the plain
    value of a single column.
    """

    def __init__(self, row: Columns[Row] | type[Row], statement: ExecutableReturnsRows) -> None:
        self.statement = statement
        self.make: Callable[[Kept], Row]
        self.types: tuple[object, ...]
        if isinstance(row, Columns):
            self.make, self.types = row.make, row.types
        elif row is Nothing or _fields(row):
            self.make, self.types = _flat(row), tuple(row.__annotations__.values())
        else:
            self.make, self.types = itemgetter(0), (row,)
        given = len(list(statement.exported_columns))
        if given != len(self.types):
            raise TypeError(f"{row} is {len(self.types)} columns, the statement gives {given}")


@dataclass(frozen=True, slots=True)
class Compiled(Generic[Row]):
    """A statement compiled for one engine."""

    text: str
    #: Of every parameter: its name, its fixed value, and the conversion applied to a value before it is sent.
    given: tuple[tuple[str, object, Change | None], ...]
    #: The columns, by index, whose stored values are converted when they are read.
    changed: tuple[tuple[int, Change], ...]
    make: Callable[[Kept], Row]
    has_rows: bool
    looks: bool  # the statement is read-only

    def parameters(self, values: Values) -> list[object]:
        """The parameters in the order in which the text uses them."""
        pairs = ((values.get(name, fixed), change) for name, fixed, change in self.given)
        return [change(value) if change else value for value, change in pairs]

    def rows(self, kept: Sequence[Kept]) -> list[Row]:
        """The rows as values of the row type."""
        rows = []
        for kept_row in kept:
            values = list(kept_row)
            for index, change in self.changed:
                values[index] = change(values[index])
            rows.append(self.make(values))
        return rows


class Prepared(Query[Row]):
    """A query held by a module. All its parameters are named and are passed at each execution."""

    def __init__(self, row: Columns[Row] | type[Row], statement: ExecutableReturnsRows) -> None:
        super().__init__(row, statement)
        self._compiled: dict[tuple[str, ...], Compiled[Row]] = {}

    def compiled(self, dialect: sa.Dialect, values: Values) -> Compiled[Row]:
        """The compiled statement for parameters of these names."""
        key = (dialect.name, *values)
        if key not in self._compiled:
            self._compiled[key] = self._compile(dialect, list(values))
        return self._compiled[key]

    def _compile(self, dialect: sa.Dialect, names: list[str]) -> Compiled[Row]:
        compiler = self.statement.compile(dialect=dialect, column_keys=names)
        assert isinstance(compiler, SQLCompiler)
        types = {name: bind.type.dialect_impl(dialect) for bind, name in compiler.bind_names.items()}
        given = [
            (name, compiler.params[name], types[name].bind_processor(dialect)) for name in compiler.positiontup or types
        ]
        kept = [column.type.dialect_impl(dialect) for column in self.statement.exported_columns]
        # Floats come out correctly as they are; SQLAlchemy would look up the server's name of the column for nothing.
        changes = [None if isinstance(column, sa.Float) else column.result_processor(dialect, None) for column in kept]
        changed = tuple((index, change) for index, change in enumerate(changes) if change)
        return Compiled(str(compiler), tuple(given), changed, self.make, bool(kept), only_looks(self.statement))


def only_looks(statement: object) -> bool:
    """Whether the statement is certainly read-only."""
    return isinstance(statement, sa.SelectBase)


def any_word(column: Column, words: Iterable[str]) -> sa.ColumnElement[bool]:
    """A condition that the column holds one of the words; each word is part of the statement."""
    return sa.or_(*(column == word for word in words))


class Among(sa.ColumnElement[bool]):
    """A condition that a column is in a list passed as the parameter `name`."""

    inherit_cache = False
    type = sa.Boolean()

    def __init__(self, column: Column, name: str, values: Sequence[object] | None) -> None:
        self.column = column
        self.given = sa.bindparam(name, values, required=values is None, type_=Listed(column.type))


def among(column: Column, name: str, values: Sequence[object] | None = None) -> sa.ColumnElement[bool]:
    """The equivalent of `column.in_(…)` for a list of any length, passed as the parameter `name` or fixed by `values`."""
    return Among(column, name, values)


@compiles(Among, "sqlite")
def _among_json(found: Among, compiler: SQLCompiler, **options: Any) -> str:
    listed: sa.Select[Any] = sa.select(sa.column("value")).select_from(sa.func.json_each(found.given))
    return compiler.process(found.column.in_(listed).self_group(), **options)


@compiles(Among, "postgresql")
def _among_array(found: Among, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process((found.column == sa.any_(found.given)).self_group(), **options)
