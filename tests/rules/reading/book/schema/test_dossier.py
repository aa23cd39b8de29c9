"""The lists of papers of a rulebook: each line says where its papers come from."""

import pytest

from rules.book.dossier import Of, sets_for
from rules.nouns.errors import RulebookErrors
from rules.reading.folders import shipped
from rules.reading.load import load
from templates.errors import word
from tests.rules.books import RATINGS, write_book

OUTSIDE = '{key: minutes, title: Biên bản, from: outside, owed_by: head, per: unit, cite: "Điều 9"}'


def mistakes(folder, lines: str) -> list[tuple[int, str, str]]:
    with pytest.raises(RulebookErrors) as caught:
        load(write_book(folder / "b", RATINGS + lines))
    assert all(word(one) for one in caught.value.mistakes)
    return [(one.line, one.field, one.expected) for one in caught.value.mistakes]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{title: Biên bản, cite: "Điều 9"}', "dossier_source"),
        ('{title: Biên bản, table: t, kept: rulings, cite: "Điều 9"}', "dossier_source"),
        ('{title: Biên bản, from: outside, owed_by: head, cite: "Điều 9"}', "dossier_outside"),
        ('{title: Biên bản, kept: rulings, owed_by: head, cite: "Điều 9"}', "dossier_inside"),
        (OUTSIDE.replace("head", "person"), "dossier_person"),
        (
            '{title: A, kept: rulings, of: [{title: B, kept: rulings}, {title: C, kept: rulings}], cite: "Đ"}',
            "dossier_of",
        ),
    ],
)
def test_a_line_has_one_source_for_each_paper(tmp_path, line: str, expected: str) -> None:
    assert mistakes(tmp_path, f"dossier:\n  unit:\n    - {line}\n") == [(21, "dossier.unit[0]", expected)]


def test_a_line_without_a_clause_is_refused(tmp_path) -> None:
    line = OUTSIDE.replace(', cite: "Điều 9"', "")
    assert mistakes(tmp_path, f"dossier:\n  unit:\n    - {line}\n") == [(21, "dossier.unit[0].cite", "missing")]


def test_forms_and_tables_are_those_of_the_rulebook(tmp_path) -> None:
    lines = 'dossier:\n  unit:\n    - {title: A, forms: [mau-9], cite: "Đ"}\n    - {title: B, table: t, cite: "Đ"}\n'
    assert mistakes(tmp_path, lines) == [
        (21, "dossier.unit[0].forms", "known_form"),
        (22, "dossier.unit[1].table", "known_table"),
    ]


def test_a_place_is_told_alike_wherever_it_is_named_and_once_in_a_list(tmp_path) -> None:
    other = OUTSIDE.replace("owed_by: head", "owed_by: desk")
    lines = f"dossier:\n  unit:\n    - {OUTSIDE}\n    - {OUTSIDE}\n  authority:\n    - {other}\n"
    assert mistakes(tmp_path, lines) == [
        (22, "dossier.unit[1].key", "once"),
        (24, "dossier.authority[0].key", "dossier_place"),
    ]


def test_nobody_else_has_a_dossier(tmp_path) -> None:
    assert mistakes(tmp_path, f"dossier:\n  village:\n    - {OUTSIDE}\n")[0][2] == "one_of"


def test_every_paper_of_the_plans_comes_from_somewhere() -> None:
    for name in shipped():
        for items in load(name).dossier.values():
            assert all(item.cite and item.parts for item in items)


def test_the_district_makes_two_sets_and_three_of_those_it_names() -> None:
    """II.3.5: 02 bộ; Ủy viên Ban Thường vụ, Phó Chủ tịch HĐND, Phó Chủ tịch UBND: 03 bộ."""
    sets = load("son-duong-2020").dossier_sets

    def copies(position: str) -> int:
        found = sets_for(sets, Of.PERSON, position)
        return found.copies if found else 0

    assert copies("Trưởng ban Tuyên giáo") == 2
    assert copies("Phó Chủ tịch UBND huyện") == 3
    assert copies("Ủy viên Ban Thường vụ Huyện ủy, Trưởng ban Tổ chức") == 3
    assert sets_for(sets, Of.UNIT, "") is None
