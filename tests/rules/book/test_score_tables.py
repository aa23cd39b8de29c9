"""Score tables that an office supplies: `scores/*.yaml`."""

from pathlib import Path

import pytest

from rules.book.ledger import score
from rules.judging.interview import facts_of
from rules.nouns.errors import RulebookErrors
from rules.nouns.reviews import Answer
from rules.reading.book.score_tables import read_table
from rules.reading.ledger_file import read_ledger
from rules.reading.load import load
from rules.reading.strict_yaml import parse
from tests.rules.books import write_book

EXAMPLE = (Path(__file__).parents[3] / "docs" / "examples" / "bang-diem-vi-du.yaml").read_text(encoding="utf-8")
POINTS = {"d1": 10, "d2": 7.5, "d3": 0, "d4": 28, "d5": 19.5, "d6": 20}


def office(folder: Path, table: str = EXAMPLE, replaces: str = "") -> Path:
    write_book(folder, "extends: son-la-rehab-2021\n")
    (folder / "scores").mkdir()
    (folder / "scores" / "bang-diem-vi-du.yaml").write_text(f"{table}\n{replaces}\n", encoding="utf-8")
    return folder


def wrong(old: str, new: str) -> list[tuple[str, str]]:
    assert old in EXAMPLE
    with pytest.raises(RulebookErrors) as caught:
        read_table(parse(EXAMPLE.replace(old, new), "bang.yaml"))
    return [(one.field, one.expected) for one in caught.value.mistakes]


def test_the_points_of_a_table_make_its_facts(tmp_path) -> None:
    book = load(office(tmp_path / "so"))
    points = ", ".join(f"{key}: {value}" for key, value in POINTS.items())
    text = f"subject: party_member\nleader: false\npoints: {{bang-diem-vi-du: {{{points}}}}}\n"
    facts = score(book, None, read_ledger(parse(text, "so.yaml"), book)).facts
    assert (facts["general_points"], facts["result_points"], facts["score"]) == (17.5, 67.5, 85)


def test_without_all_its_points_the_total_is_not_known(tmp_path) -> None:
    book = load(office(tmp_path / "so"))
    text = "subject: party_member\nleader: false\npoints: {bang-diem-vi-du: {d1: 10, d2: 10, d3: 10}}\n"
    facts = score(book, None, read_ledger(parse(text, "so.yaml"), book)).facts
    assert (facts.get("general_points"), facts.get("score")) == (30, None)


def test_a_table_takes_the_place_of_the_question_for_the_total(tmp_path, person) -> None:
    form = load("son-la-rehab-2021").forms["mau-02b"]
    total = next(key for key, one in form.questions.items() if any(rule.fact == "score" for rule in one.yields))
    book = load(office(tmp_path / "so", replaces=f"replaces: {{form: mau-02b, question: {total}}}"))
    asked = book.forms["mau-02b"]
    assert total not in asked.questions
    assert [option.value for option in asked.questions["d1"].options] == [10, 7.5, 5, 2.5, 0]
    assert [option.value for option in asked.questions["d3"].options] == [10, 0]
    answers = {key: Answer(value) for key, value in POINTS.items()}
    assert facts_of(asked, person(party_member=True), answers)["score"] == 85


def test_the_maximum_is_that_of_the_rows_together() -> None:
    assert wrong("maximum: 100", "maximum: 90") == [("maximum", "table_total")]


def test_a_table_gives_points_and_nothing_else() -> None:
    assert wrong("gives: score", "gives: disciplined") == [("gives", "one_of")]


def test_keys_are_written_once() -> None:
    assert wrong("key: d2", "key: d1") == [("groups[0].criteria[1].key", "once")]


def test_the_question_it_replaces_has_to_be_there(tmp_path) -> None:
    with pytest.raises(RulebookErrors) as caught:
        load(office(tmp_path / "so", replaces="replaces: {form: mau-02b, question: no_such}"))
    assert [one.expected for one in caught.value.mistakes] == ["one_of"]
