"""Checks that a rulebook replaces rules it extends only where it says so (`replaces: true`).

A key used twice by accident would silently remove a rule of the law (this once happened to the quota of party members).
Rules without keys replace simply by being there: ratings by their `for`, orders by what they order, parts that are
taken as a whole. A form that is `like` the one with its id names it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from rules.book.rulebook import Rulebook
from rules.nouns.errors import Mistake
from rules.reading.strict_yaml import YamlDocument, as_mapping

#: The parts whose rules have keys.
_KEYED: Mapping[str, Callable[[Rulebook], Sequence[Any]]] = {
    "caps": lambda book: book.caps,
    "not_rated": lambda book: book.not_rated,
    "quotas": lambda book: book.quotas,
    "milestones": lambda book: book.milestones,
    "ballots": lambda book: book.ballots,
    "summary_tables": lambda book: book.summary_tables,
    "deciders": lambda book: book.procedure.deciders,
    "special_cases": lambda book: book.procedure.special_cases,
}


def replacing_mistakes(
    parents: Sequence[Rulebook], document: YamlDocument, forms: Iterable[YamlDocument]
) -> Iterator[Mistake]:
    """Rules and forms that replace something without saying so, or say so without replacing anything; and keys under
    which two parents have different rules.
    """
    ids = ", ".join(parent.id for parent in parents)
    for part, rules_of in _KEYED.items():
        inherited = {rule.key: parent for parent in parents for rule in rules_of(parent) if rule.key}
        own = as_mapping(document.data).get(part, ())
        for number, entry in enumerate(own):
            yield from _mistakes(document, (part, number, "key"), entry, entry.get("key", ""), inherited, ids)
        said = {entry.get("key") for entry in own}
        for first, second in combinations(parents, 2):
            both = {rule.key: rule for rule in rules_of(first) if rule.key}
            for rule in rules_of(second):
                if rule.key in both and rule.key not in said and rule != both[rule.key]:
                    told = {"key": rule.key, "part": part, "first": first.id, "second": second.id}
                    yield document.mistake(("extends",), "both_parents", **told)
    for file in forms:
        data = as_mapping(file.data)
        inherited = {form: parent for parent in parents for form in parent.forms}
        if as_mapping(data.get("like")).get("form") != data.get("id"):
            yield from _mistakes(file, ("id",), data, data.get("id", ""), inherited, ids)


def _mistakes(
    document: YamlDocument,
    path: tuple[str | int, ...],
    entry: Mapping[str, Any],
    key: str,
    inherited: Mapping[str, Rulebook],
    parents: str,
) -> Iterator[Mistake]:
    if key in inherited and not entry.get("replaces"):
        yield document.mistake(path, "replaced_unsaid", key=key, parent=inherited[key].id)
    elif entry.get("replaces") and key not in inherited:
        yield document.mistake((*path[:-1], "replaces"), "replaces_nothing", key=key, parents=parents or "–")
