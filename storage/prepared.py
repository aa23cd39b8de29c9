"""The statements of every step, compiled once for each engine.

SQLAlchemy keeps compiled statements, too; but what it does around each execution costs several times the statement
itself, and a step executes five. Here text and types come from SQLAlchemy as ever; only the execution is plain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement for one engine. `given`: of every parameter the name, its fixed value and how a value goes in;
    `changed`: the columns of a row whose values come out otherwise than they are kept.
    """

    text: str
    given: tuple[tuple[str, Any, Change | None], ...]
    changed: tuple[tuple[int, Change], ...]
    has_rows: bool

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters in the order of the text."""
        pairs = ((values.get(name, fixed), change) for name, fixed, change in self.given)
        return [change(value) if change else value for value, change in pairs]

    def named(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters by their names."""
        return {name: value for (name, _, _), value in zip(self.given, self.parameters(values), strict=True)}

    def rows(self, kept: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        """The rows as repositories know them."""
        return [self._row(row) for row in kept]

    def _row(self, kept: Sequence[Any]) -> Sequence[Any]:
        row = list(kept)
        for index, change in self.changed:
            row[index] = change(row[index])
        return row


class Prepared:
    """A statement whose values are all named, given anew at each execution."""

    def __init__(self, statement: sa.Executable) -> None:
        self.statement = statement
        self._compiled: dict[tuple[str, ...], Compiled] = {}

    def compiled(self, dialect: sa.Dialect, names: Sequence[str]) -> Compiled:
        """For values of these names."""
        key = (dialect.name, *names)
        if key not in self._compiled:
            self._compiled[key] = _compile(self.statement, dialect, names)
        return self._compiled[key]


def _compile(statement: Any, dialect: sa.Dialect, names: Sequence[str]) -> Compiled:
    compiler: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(names))
    kinds = {name: bind.type.dialect_impl(dialect) for bind, name in compiler.bind_names.items()}
    names_in_order = compiler.positiontup or kinds
    given = [(name, compiler.params[name], kinds[name].bind_processor(dialect)) for name in names_in_order]
    columns = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
    changes = [column.result_processor(dialect, None) for column in columns]
    changed = tuple((index, change) for index, change in enumerate(changes) if change)
    return Compiled(str(compiler), tuple(given), changed, bool(columns))
