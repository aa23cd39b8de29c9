"""The scenarios of the shipped rulebooks."""

from rules.checks.scenarios import Scenario, read_scenarios
from rules.reading.folders import documents, folder, shipped


def scenarios_of(book: str) -> list[Scenario]:
    """The scenarios of one rulebook."""
    return [scenario for document in documents(folder(book), "scenarios") for scenario in read_scenarios(document)]


def all_scenarios() -> list[tuple[str, Scenario]]:
    """Every scenario with the id of its rulebook."""
    return [(book, scenario) for book in shipped() for scenario in scenarios_of(book)]
