"""A case as a user writes it: `{subject, leader, facts}`. Everything that does not fit is told at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules.conditions import FactValue
from rules.errors import Mistake, WrongCaseError
from rules.facts import FACTS, wrong
from rules.strict_yaml import Document, as_mapping
from rules.suggest import Case
from rules.values import Subject

_KEYS = ("subject", "leader", "facts")


def read_case(document: Document) -> Case:
    """The case that a document writes. Raises WrongCaseError with every mistake."""
    if mistakes := tuple(_mistakes(document)):
        raise WrongCaseError(mistakes)
    data = document.data
    facts = {name: _kept(value) for name, value in (data.get("facts") or {}).items()}
    return Case(Subject(data["subject"]), data["leader"], facts)


def _mistakes(document: Document) -> Iterator[Mistake]:
    data = document.data
    if not isinstance(data, Mapping):
        yield document.mistake((), "case")
        return
    yield from (document.mistake((key,), "unknown_key") for key in data if key not in _KEYS)
    yield from _whom(document, data)
    facts = data.get("facts")
    if facts is not None and not isinstance(facts, Mapping):
        yield document.mistake(("facts",), "mapping", given=facts)
        return
    for name, value in as_mapping(facts).items():
        yield from _fact(document, str(name), value)


def _whom(document: Document, data: Mapping[str, Any]) -> Iterator[Mistake]:
    subjects = ", ".join(Subject)
    if "subject" not in data:
        yield document.mistake(("subject",), "missing_word", expected=subjects)
    elif data["subject"] not in tuple(Subject):
        yield document.mistake(("subject",), "one_of", given=data["subject"], expected=subjects)
    if "leader" not in data:
        yield document.mistake(("leader",), "missing_word", expected="true, false")
    elif not isinstance(data["leader"], bool):
        yield document.mistake(("leader",), "yes_no", given=data["leader"])


def _fact(document: Document, name: str, value: object) -> Iterator[Mistake]:
    path = ("facts", name)
    fact = FACTS.get(name)
    if fact is None:
        yield document.mistake(path, "known_fact", given=name, known=", ".join(FACTS))
    elif found := wrong(fact, value):
        yield document.mistake(path, found.expected, given=value, **found.values)


def _kept(value: Any) -> FactValue:
    return tuple(value) if isinstance(value, list) else value
