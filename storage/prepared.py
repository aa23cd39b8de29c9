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

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters in the order of the text."""
        pairs = ((values.get(name, fixed), change) for name, fixed, change in self.given)
        return [change(value) if change else value for value, change in pairs]

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
        """For values of these names. The dialect must know parameters by their position."""
        key = (dialect.name, *names)
        if key not in self._compiled:
            self._compiled[key] = _compile(self.statement, dialect, names)
        return self._compiled[key]


def _compile(statement: Any, dialect: sa.Dialect, names: Sequence[str]) -> Compiled:
    compiler: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(names))
    given = []
    for name in compiler.positiontup or ():
        kind = compiler.binds[name].type.dialect_impl(dialect)
        given.append((name, compiler.params[name], kind.bind_processor(dialect)))
    kinds = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
    changes = [kind.result_processor(dialect, None) for kind in kinds]
    changed = tuple((index, change) for index, change in enumerate(changes) if change)
    return Compiled(str(compiler), tuple(given), changed)
