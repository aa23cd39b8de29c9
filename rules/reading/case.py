"""The border of a case as a user writes it: `{subject, leader, facts, year}`. All mistakes are reported at once.

```yaml
period: school            # a name of rules.nouns.periods; if left out, the calendar year
as_of: 2023-06-15         # the day of reference; if left out, the usual one of the period
service: {joined: 2020-03-01, leaves: [{kind: sick, from: 2025-02-01, to: 2025-04-30}]}    # facts are derived from it
facts: {month_scores: {m01: 92, m03: 88.5}}      # or a list, beginning with the first month of the period
```
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from rules.book.facts import FACTS, wrong
from rules.book.owed import SCORE_OF, SCORES
from rules.judging.suggest import Case
from rules.nouns.conditions import FactValue
from rules.nouns.errors import Mistake, RulebookErrors, WrongCaseError
from rules.nouns.periods import NAMES, Period, PeriodDays, period
from rules.nouns.service import NO_SERVICE, Leave, LeaveKind, Service, circumstances, facts_in
from rules.nouns.values import Subject
from rules.reading.border import Border, read, refuse
from rules.reading.strict_yaml import YamlDocument, as_mapping

_KEYS = ("subject", "leader", "facts", "year", "period", "as_of", "service")
_TIMED = frozenset({"period", "as_of", "service"})
#: The years that can be judged.
FIRST_YEAR, LAST_YEAR = 2000, 2100
#: The years in which dates of a service may lie, as on a roster. Anything else is taken for a typing error.
_DAYS = range(1900, 2101)
_SUBJECTS = tuple(subject.value for subject in Subject)


def read_case(document: YamlDocument) -> Case:
    """The case described by a document. Raises WrongCaseError with every mistake."""
    if mistakes := tuple(_mistakes(document)):
        raise WrongCaseError(mistakes)
    data = document.data
    facts = data.get("facts") or {}
    span, told = _timed(document) if _TIMED & data.keys() else (None, {})
    if SCORES in facts:
        months = (span or period(data.get("year") or FIRST_YEAR)).months
        facts = {**facts, **_scores(document, facts[SCORES], months)}
    if list in map(type, facts.values()) or dict in map(type, facts.values()):
        facts = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in facts.items()
            if not isinstance(value, dict)
        }
    return Case(Subject(data["subject"]), data["leader"], {**facts, **told}, data.get("year"), span)


def _sane(day: dt.date) -> dt.date:
    if day.year not in _DAYS:
        raise refuse("day_year", year=day.year, first=_DAYS[0], last=_DAYS[-1])
    return day


_Day = Annotated[dt.date, AfterValidator(_sane)]


class _LeaveFile(Border):
    kind: LeaveKind
    since: Annotated[_Day, Field(alias="from")]
    until: Annotated[_Day | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until and self.until < self.since:
            raise refuse("leave_days", leave=f"{self.kind} {self.since:%d/%m/%Y}-{self.until:%d/%m/%Y}")
        return self


class _ServiceFile(Border):
    """The dates of a service; the fields are explained in `rules.nouns.service.Service`."""

    joined: _Day | None = None
    left: _Day | None = None
    moved_on: _Day | None = None
    moved_from: str = ""
    there_since: _Day | None = None
    party_since: _Day | None = None
    leaves: tuple[_LeaveFile, ...] = ()


def _period_name(given: str) -> str:
    if given not in NAMES:
        raise refuse("one_of", expected=", ".join(NAMES))
    return given


class _Timed(Border):
    """The part of a case that is about time."""

    model_config = ConfigDict(extra="ignore")

    year: Annotated[int | None, Field(ge=2000, le=2100)] = None
    period: Annotated[str, AfterValidator(_period_name)] = "year"
    as_of: _Day | None = None
    service: _ServiceFile | None = None


def _timed(document: YamlDocument) -> tuple[Period, Mapping[str, FactValue]]:
    """The period, and the facts derived from the dates of the service. Raises WrongCaseError, also when a fact that is
    given differs from the one that is derived.
    """
    try:
        file = read(_Timed, document)
    except RulebookErrors as error:
        raise WrongCaseError(error.mistakes) from error
    year = file.year or (file.as_of.year if file.as_of else 0)
    if not year:
        raise WrongCaseError((document.mistake(("year",), "between", minimum=FIRST_YEAR, maximum=LAST_YEAR, given=""),))
    span = period(year, file.period, PeriodDays(as_of=file.as_of))
    service = _service(file.service) if file.service else NO_SERVICE
    told = {**facts_in(service, span), **circumstances(service, span)}
    given = as_mapping(document.data.get("facts"))
    otherwise = [name for name, value in told.items() if name in given and given[name] != value]
    if otherwise:
        raise WrongCaseError(
            tuple(
                document.mistake(("facts", name), "told_by_dates", given=given[name], told=told[name])
                for name in otherwise
            )
        )
    return span, told


def _service(file: _ServiceFile) -> Service:
    leaves = tuple(Leave(one.kind, one.since, one.until) for one in file.leaves)
    return Service(**{**dict(file), "leaves": leaves})


def _scores(document: YamlDocument, given: object, months: tuple[str, ...]) -> dict[str, object]:
    """Fact → score of a month. A list begins with the first month of the period. Raises WrongCaseError if it is too
    long.
    """
    if isinstance(given, Mapping):
        return {SCORE_OF[month]: value for month, value in given.items()}
    assert isinstance(given, list)
    if len(given) > len(months):
        raise WrongCaseError((document.mistake(("facts", SCORES), "months", given=len(given), months=len(months)),))
    return {SCORE_OF[month]: value for month, value in zip(months, given, strict=False)}


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
    """Whether a fact is certainly valid. Results are cached, because many cases contain few different values."""
    try:
        return _is_in_order(name, value)
    except TypeError:  # not hashable, for example a list: the caller examines it without the cache
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
    if name == SCORES and isinstance(value, Mapping) and value:
        for month, score in value.items():
            if month not in SCORE_OF:
                yield document.mistake((*path, str(month)), "one_of", given=month, expected=", ".join(SCORE_OF))
            elif found := wrong(FACTS[SCORE_OF[month]], score):
                yield document.mistake((*path, month), found.expected, given=score, **found.values)
        return
    if fact is None:
        yield document.mistake(path, "known_fact", given=name, known=", ".join(FACTS))
    elif found := wrong(fact, value):
        yield document.mistake(path, found.expected, given=value, **found.values)
