"""The kinds of personal data that are kept (kinds.toml): where, why, for how long, and who reads them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rules.campaign.permissions import ALLOWED, Action, Relation

#: What `Kind.keeps` says besides the names of `Keeping`: an official record; as long as the roster names the person.
RECORD, ROSTER = "record", "roster"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause on which something is based."""

    cite: str
    #: Its text was read when it was entered here.
    seen: bool
    #: The rulebook of the campaign applies in addition.
    rulebook: bool = False


@dataclass(frozen=True, slots=True)
class DataKind:
    """A kind of personal data."""

    key: str
    #: Table → its columns.
    tables: Mapping[str, tuple[str, ...]]
    #: Columns that are left out of the person's own copy.
    unseen: frozenset[str]
    #: Who reads it in the program.
    readers: tuple[Relation, ...]
    #: RECORD, ROSTER or a name of `Keeping`.
    keeps: str
    #: It may be removed early if the person asks for it.
    erasable: bool
    clause: Clause

    def shown(self, table: str) -> tuple[str, ...]:
        """The columns of a table that the person gets in a copy."""
        return tuple(one for one in self.tables[table] if f"{table}.{one}" not in self.unseen)


@dataclass(frozen=True, slots=True)
class Personal:
    """The content of kinds.toml."""

    kinds: tuple[DataKind, ...]
    #: Table → columns that identify nobody.
    nobody: Mapping[str, tuple[str, ...]]
    clauses: Mapping[str, Clause]
    #: The legal time limits in days, by what they are for.
    days: Mapping[str, int]


def readers(actions: Iterable[Action], besides: Iterable[Relation] = ()) -> tuple[Relation, ...]:
    """The relations that are allowed one of these actions, or read the data otherwise, in the order in which they are
    listed.
    """
    wanted = set(actions)
    found = {relation for relation, action in ALLOWED if action in wanted} | set(besides)
    return tuple(one for one in Relation if one in found)


@cache
def personal() -> Personal:
    """The kinds of data as shipped."""
    told = tomllib.loads((files("rules.personal") / "kinds.toml").read_text(encoding="utf-8"))
    clauses = {key: Clause(one["cite"], one["seen"], one.get("rulebook", False)) for key, one in told["clause"].items()}
    return Personal(tuple(_kind(one, clauses) for one in told["kind"]), _columns(told["nobody"]), clauses, told["days"])


def _kind(one: Mapping[str, Any], clauses: Mapping[str, Clause]) -> DataKind:
    besides = [Relation(name) for name in one.get("besides", ())]
    return DataKind(
        key=one["key"],
        tables=_columns(one["tables"]),
        unseen=frozenset(one.get("unseen", ())),
        readers=readers([Action(name) for name in one["actions"]], besides),
        keeps=one["keeps"],
        erasable=one.get("erasable", False),
        clause=clauses[one["clause"]],
    )


def _columns(tables: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {table: tuple(names.split()) for table, names in tables.items()}
