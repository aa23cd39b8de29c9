"""Scenarios: files beside the rulebook with cases and the outcome that the regulation itself gives them.

```yaml
bases:
  everything_good: {subject: official, leader: false, facts: {general_criteria: good, …}}
scenarios:
  - name: vượt mức 49%, kém một điểm phần trăm
    like: everything_good
    facts: {tasks_exceeded_pct: 49}
    without: [leave_months]                       # facts of the base that are not known in this case
    year: 2022                                    # the year whose rules apply; if left out, the newest rules
    expect: {rating: good, unmet: {excellent: [tasks_exceeded_pct]}}
    because: "Điều 8 khoản 1 đòi ít nhất 50%; …"   # derived from the text, before the program is run
```
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from rules.book.editions import When
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.judging.suggest import Case, suggest
from rules.nouns.errors import Mistake, RulebookErrors, WrongCaseError
from rules.nouns.values import Rating, Subject, Verdict
from rules.reading.border import Border, read
from rules.reading.case import read_case
from rules.reading.parts import Text
from rules.reading.strict_yaml import YamlDocument


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case and the outcome expected of it."""

    file: str
    #: The line of the file where it begins.
    line: int
    name: str
    case: Case
    #: Field of `_Expected` → expected value; only the fields given in the file.
    expected: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScenarioDifference:
    """A difference between the expected and the actual outcome."""

    #: The field of `_Expected` that differs.
    what: str
    #: The two values, as JSON.
    expected: str
    came: str


class _Base(Border):
    subject: Subject
    leader: bool
    year: int | None = None
    facts: dict[str, Any] = Field(default_factory=dict)


class _Expected(Border):
    """The expected outcome. Every field that is given must match exactly; the others are not compared."""

    rating: Rating | None = None
    before_caps: Rating | None = None
    possible: tuple[Rating, ...] | None = None
    gap: bool | None = None
    not_rated: Text | None = None
    missing: tuple[Text, ...] | None = None
    unmet: dict[Rating, tuple[Text, ...]] | None = None
    caps: tuple[Text, ...] | None = None
    by: tuple[Text, ...] | None = None


class _Scenario(Border):
    name: Text
    like: Text
    subject: Subject | None = None
    year: int | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    without: tuple[Text, ...] = ()
    expect: _Expected
    because: Text


class _File(Border):
    bases: Annotated[dict[str, _Base], Field(min_length=1)]
    scenarios: tuple[_Scenario, ...]


def read_scenarios(document: YamlDocument) -> tuple[Scenario, ...]:
    """The scenarios of a file. Raises RulebookErrors with every mistake."""
    file = read(_File, document)
    return tuple(_scenario(document, file, number) for number in range(len(file.scenarios)))


def differences(book: Rulebook, scenario: Scenario) -> Iterator[ScenarioDifference]:
    """The differences between the suggestion for the case and the expected outcome. `book`: the edition of its year."""
    came = _outcome(suggest(book, scenario.case))
    for what, expected in scenario.expected.items():
        if came[what] != expected:
            yield ScenarioDifference(what, _shown(expected), _shown(came[what]))


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _scenario(document: YamlDocument, file: _File, number: int) -> Scenario:
    path = ("scenarios", number)
    scenario = file.scenarios[number]
    if scenario.like not in file.bases:
        known = ", ".join(file.bases)
        raise RulebookErrors((document.mistake((*path, "like"), "one_of", given=scenario.like, expected=known),))
    base = file.bases[scenario.like]
    facts = {name: value for name, value in base.facts.items() if name not in scenario.without} | scenario.facts
    data = {"subject": scenario.subject or base.subject, "leader": base.leader, "facts": facts}
    data["year"] = scenario.year or base.year
    line = document.line(path)
    try:
        case = read_case(YamlDocument(f"{document.file}:{line}", data, None))
    except WrongCaseError as error:
        raise RulebookErrors(error.mistakes) from error
    return Scenario(document.file, line, scenario.name, case, scenario.expect.model_dump(exclude_unset=True))


def _outcome(came: Suggestion) -> dict[str, Any]:
    """Field of `_Expected` → its value in the suggestion."""
    unmet: dict[Rating, tuple[str, ...]] = {}
    for found in came.findings:
        if found.verdict is Verdict.UNMET and found.rating is not Rating.NOT_COMPLETED:
            unmet[found.rating] = (*unmet.get(found.rating, ()), found.fact)
    return {
        "rating": came.rating,
        "before_caps": came.before_caps,
        "possible": came.possible,
        "gap": came.gap,
        "not_rated": came.not_rated.cite if came.not_rated else None,
        "missing": came.missing,
        "unmet": unmet,
        "caps": tuple(cap.cite for cap in came.caps if cap.lowered),
        "by": tuple(_clauses(came)),
    }


def _clauses(came: Suggestion) -> Iterator[str]:
    """The clauses of the conditions that were met for the rating before caps, each once."""
    deciding = (
        found.cite for found in came.findings if found.rating is came.before_caps and found.verdict is Verdict.MET
    )
    yield from dict.fromkeys(deciding)


def scenario_mistakes(editions: Callable[[When | None], Rulebook], files: Iterable[YamlDocument]) -> Iterator[Mistake]:
    """Scenarios that cannot be read, or whose outcome by the rules of their year is not the expected one."""
    for document in files:
        try:
            scenarios = read_scenarios(document)
        except RulebookErrors as error:
            yield from error.mistakes
            continue
        for number, scenario in enumerate(scenarios):
            for one in differences(editions(scenario.case.when), scenario):
                told = {"name": scenario.name, "what": one.what, "wanted": one.expected, "came": one.came}
                yield document.mistake(("scenarios", number), "scenario", **told)
