"""Wherever a clause is named, there is one, and it is named once; items are called as the form calls them."""

import re
from collections.abc import Iterator

import pytest

from rules.forms.form import Form
from rules.judging.explanation import explanation
from rules.judging.suggest import NotCoveredError, suggest
from rules.reading.folders import shipped
from rules.reading.load import load
from templates.rulebook.explanation import told
from templates.wording import environment
from tests.rules.scenario_files import scenarios_of

#: Brackets, quotes and lead-ins with nothing in them.
EMPTY = re.compile(r"\(\s*[;,.]?\s*\)|“\s*”|(?:Căn cứ|Nguồn|Theo|Vì): *[.;]|[:;(] *;|\( ")
CITED = re.compile(r"\(([^()]*(?:Điều|khoản|mục|Mẫu)[^()]*)\)|Căn cứ: ([^\n]*?)\.(?:\s|$)")
#: I.I and the like: a group of a table is no item of the section's.
DOUBLED = re.compile(r"\b([IVX]+)\.[IVX]+\b")


def doubled(line: str) -> Iterator[str]:
    """The clauses that one bracket of a line names twice."""
    for found in CITED.finditer(line):
        clauses = [part.strip() for part in (found[1] or found[2]).split(";")]
        yield from (one for one in clauses if clauses.count(one) > 1)


@pytest.mark.parametrize("book_id", shipped())
def test_every_explanation_names_its_clauses_once(book_id: str) -> None:
    book = load(book_id)
    for scenario in scenarios_of(book_id):
        try:
            suggestion = suggest(book, scenario.case)
        except NotCoveredError:
            continue
        profile = book.profiles[scenario.case.subject, scenario.case.leader]
        explained = explanation(book, scenario.case, suggestion)
        for full in (False, True):
            for line in told(explained, profile, full=full).split("\n"):
                assert not EMPTY.search(line), (scenario.name, line)
                assert not list(doubled(line)), (scenario.name, line)


def forms() -> list[Form]:
    return [form for book_id in shipped() for form in load(book_id).forms.values()]


@pytest.mark.parametrize("form", forms(), ids=lambda form: f"{form.instrument} {form.id}")
def test_no_item_is_called_by_two_roman_numbers(form: Form) -> None:
    assert [part.number for part in form.parts() if DOUBLED.search(part.number)] == []


def test_what_may_be_decided_otherwise_names_its_clause_once() -> None:
    """NĐ 335/2025, Điều 20 khoản 5 is the share, and at the same time who may go above it."""
    clause = "NĐ 335/2025, Điều 20 khoản 5"
    quota = {"kind": "over_quota", "rating": "excellent", "rated": 3, "allowed": 2, "group": "", "unit": ""}
    one = {**quota, "hard": False, "about": "", "unverified": False, "cite": clause, "room": clause}
    objection = environment("vi").from_string(
        '{% from "decide/_words.j2" import objection with context %}{{ objection(one) }}'
    )
    said = objection.render(one=one)
    assert said.count(clause) == 1
    assert said.endswith("Được quyết định khác nếu nêu lý do.")
    assert objection.render(one={**one, "room": "QĐ 1"}).endswith("Được quyết định khác nếu nêu lý do (QĐ 1).")
