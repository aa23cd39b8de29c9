"""The kinds of personal data that are kept (kinds.toml): where, why, how long, who reads them."""

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
    """A clause that something rests on. `seen`: its text was read when it was written down here; `rulebook`: and what the rulebook
    of the campaign says.
    """

    cite: str
    seen: bool
    rulebook: bool = False


@dataclass(frozen=True, slots=True)
class DataKind:
    """A kind of data. `tables`: table → its columns; `unseen`: those of them that a copy for the person leaves out;
    `readers`: who reads it in the program; `keeps`: RECORD, ROSTER or a name of `Keeping`; `erasable`: it may go before its
    time when the person asks for it.
    """

    key: str
    tables: Mapping[str, tuple[str, ...]]
    unseen: frozenset[str]
    readers: tuple[Relation, ...]
    keeps: str
    erasable: bool
    clause: Clause

    def shown(self, table: str) -> tuple[str, ...]:
        """The columns of a table that the person is handed."""
        return tuple(one for one in self.tables[table] if f"{table}.{one}" not in self.unseen)


@dataclass(frozen=True, slots=True)
class Personal:
    """All of kinds.toml. `nobody`: table → columns that name nobody; `days`: of the clocks, by what they are of."""

    kinds: tuple[DataKind, ...]
    nobody: Mapping[str, tuple[str, ...]]
    clauses: Mapping[str, Clause]
    days: Mapping[str, int]


def readers(actions: Iterable[Action], besides: Iterable[Relation] = ()) -> tuple[Relation, ...]:
    """Who is allowed one of these actions, or reads it besides, in the order in which they are told."""
    wanted = set(actions)
    found = {relation for relation, action in ALLOWED if action in wanted} | set(besides)
    return tuple(one for one in Relation if one in found)


@cache
def personal() -> Personal:
    """What is kept, as shipped."""
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
