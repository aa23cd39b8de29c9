"""A case as a user writes it: `{subject, leader, facts, year}`. Everything that does not fit is told at once."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from rules.book.facts import FACTS, wrong
from rules.judging.suggest import Case
from rules.nouns.errors import Mistake, WrongCaseError
from rules.nouns.values import Subject
from rules.reading.strict_yaml import YamlDocument, as_mapping

_KEYS = ("subject", "leader", "facts", "year")
#: Years that may be judged.
FIRST_YEAR, LAST_YEAR = 2000, 2100
_SUBJECTS = tuple(subject.value for subject in Subject)


def read_case(document: YamlDocument) -> Case:
    """The case that a document writes. Raises WrongCaseError with every mistake."""
    if mistakes := tuple(_mistakes(document)):
        raise WrongCaseError(mistakes)
    data = document.data
    facts = data.get("facts") or {}
    if list in map(type, facts.values()):
        facts = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    return Case(Subject(data["subject"]), data["leader"], facts, data.get("year"))


def _mistakes(document: YamlDocument) -> Iterator[Mistake]:
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
        if not _fits(name, value):
            yield from _fact(document, str(name), value)


def _fits(name: object, value: object) -> bool:
    """Whether a fact is surely in order. Many cases have few different values: what was looked at is kept."""
    try:
        return _is_in_order(name, value)
    except TypeError:  # a list, or worse: looked at anew
        return False


@lru_cache(maxsize=8192, typed=True)
def _is_in_order(name: str, value: object) -> bool:
    fact = FACTS.get(name)
    return fact is not None and wrong(fact, value) is None


def _whom(document: YamlDocument, data: Mapping[str, Any]) -> Iterator[Mistake]:
    if "subject" not in data:
        yield document.mistake(("subject",), "missing_word", expected=", ".join(Subject))
    elif data["subject"] not in _SUBJECTS:
        yield document.mistake(("subject",), "one_of", given=data["subject"], expected=", ".join(Subject))
    if "leader" not in data:
        yield document.mistake(("leader",), "missing_word", expected="true, false")
    elif not isinstance(data["leader"], bool):
        yield document.mistake(("leader",), "yes_no", given=data["leader"])
    year = data.get("year")
    if year is not None and not (type(year) is int and FIRST_YEAR <= year <= LAST_YEAR):
        yield document.mistake(("year",), "between", given=year, minimum=FIRST_YEAR, maximum=LAST_YEAR)


def _fact(document: YamlDocument, name: str, value: object) -> Iterator[Mistake]:
    path = ("facts", name)
    fact = FACTS.get(name)
    if fact is None:
        yield document.mistake(path, "known_fact", given=name, known=", ".join(FACTS))
    elif found := wrong(fact, value):
        yield document.mistake(path, found.expected, given=value, **found.values)
