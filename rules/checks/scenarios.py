"""The scenarios beside a rulebook hold."""

from collections.abc import Callable, Iterable, Iterator

from rules.book.rulebook import Rulebook
from rules.checks.scenario_runs import differences, read_scenarios
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.strict_yaml import YamlDocument


def scenario_mistakes(editions: Callable[[int | None], Rulebook], files: Iterable[YamlDocument]) -> Iterator[Mistake]:
    """Scenarios that cannot be read, or whose outcome is another than they say by the rules of their year."""
    for document in files:
        try:
            scenarios = read_scenarios(document)
        except RulebookErrors as error:
            yield from error.mistakes
            continue
        for number, scenario in enumerate(scenarios):
            for one in differences(editions(scenario.case.year), scenario):
                told = {"name": scenario.name, "what": one.what, "wanted": one.expected, "came": one.came}
                yield document.mistake(("scenarios", number), "scenario", **told)
