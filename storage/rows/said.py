"""SQL functions that SQLite and PostgreSQL write differently."""

import datetime as dt
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from storage.columns import Moment

Given = TypeVar("Given")


class _SaidTwice(sa.sql.functions.FunctionElement[Given]):
    """An SQL function with its text for either database; `{0}` is its first argument."""

    inherit_cache = True
    sqlite: ClassVar[str]
    postgresql: ClassVar[str]


@compiles(_SaidTwice)
def _said(found: _SaidTwice[Any], compiler: SQLCompiler, **options: Any) -> str:
    words = found.sqlite if compiler.dialect.name == "sqlite" else found.postgresql
    return words.format(*(compiler.process(one, **options) for one in found.clauses))


class later_of(_SaidTwice[dt.datetime]):  # noqa: N801 - a function of SQL
    """SQL function: the later of two moments."""

    type = Moment()
    inherit_cache = True
    name = "later_of"
    sqlite = "max({0}, {1})"
    postgresql = "greatest({0}, {1})"


class seconds_between(_SaidTwice[float]):  # noqa: N801 - a function of SQL
    """SQL function: the seconds from the second moment to the first."""

    type = sa.Float()
    inherit_cache = True
    name = "seconds_between"
    sqlite = "((julianday({0}) - julianday({1})) * 86400.0)"
    postgresql = "CAST(EXTRACT(EPOCH FROM ({0}) - ({1})) AS DOUBLE PRECISION)"


class local_day(_SaidTwice[str]):  # noqa: N801 - a function of SQL
    """SQL function: the day of a moment in Asia/Ho_Chi_Minh (UTC+7 all year), as `2026-11-29`."""

    type = sa.Text()
    inherit_cache = True
    name = "local_day"
    sqlite = "date({0}, '+7 hours')"
    postgresql = "to_char(({0}) AT TIME ZONE 'UTC' + interval '7 hours', 'YYYY-MM-DD')"


class hour_of(_SaidTwice[str]):  # noqa: N801 - a function of SQL
    """SQL function: the hour of a moment. Thousands of moments are grouped by it before `local_day` is applied."""

    type = sa.Text()
    inherit_cache = True
    name = "hour_of"
    sqlite = "substr({0}, 1, 13) || ':00'"
    postgresql = "date_trunc('hour', {0})"
