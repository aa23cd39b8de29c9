"""No rule without a scenario: every rating that a rulebook itself defines is reached, every cap and exclusion decides."""

from collections.abc import Iterator

import pytest

from rules.checks.sources import Sources
from rules.judging.suggest import suggest
from rules.nouns.values import Rating
from rules.reading.folders import book_document, folder, shipped
from rules.reading.load import load
from tests.rules.scenario_files import scenarios_of


@pytest.mark.parametrize("name", shipped())
def test_every_rule_of_a_rulebook_has_a_scenario_in_which_it_decides(name: str) -> None:
    assert list(untested(name)) == []


def untested(name: str) -> Iterator[str]:
    sources = Sources(book_document(folder(name)), ())
    came = [(one.case, suggest(load(name, one.case.year), one.case)) for one in scenarios_of(name)]
    for _, entry in sources.entries("ratings"):
        kind = (entry["for"]["subject"], entry["for"]["leader"])
        reached = {found.before_caps for case, found in came if (case.subject, case.leader) == kind}
        yield from (f"{kind}: {rating}" for rating in Rating if rating.value in entry and rating not in reached)
    for _, entry in sources.entries("caps"):
        if not any(cap.lowered and cap.cite == entry["cite"] for _, found in came for cap in found.caps):
            yield f"cap: {entry['cite']}"
    for _, entry in sources.entries("not_rated"):
        if not any(found.not_rated and found.not_rated.cite == entry["cite"] for _, found in came):
            yield f"not rated: {entry['cite']}"
