"""The product ledger of Decree 335/2025: Điều 13, 14, 18."""

import pytest

from rules.book.ledger import Score, score
from rules.nouns.errors import WrongCaseError
from rules.reading.ledger_file import read_ledger
from rules.reading.load import load
from rules.reading.strict_yaml import parse

BOOK = load("decree-335-2025")
HEAD = "subject: official\nleader: false\nperiod: 2026-03\ngroups: {Đơn giản: 1, Phức tạp: 3}\n"


def worked_out(products: str, rest: str = "") -> Score:
    text = HEAD + "products:\n" + "".join(f"  - {{{line}}}\n" for line in products.splitlines()) + rest
    return score(BOOK, BOOK.scores.ledger, read_ledger(parse(text, "so.yaml"), BOOK))


def abc(products: str) -> tuple[object, object, object]:
    facts = worked_out(products).facts
    return tuple(facts.get(name) for name in ("quantity_pct", "quality_pct", "progress_pct"))


def test_everything_done_well_and_on_time() -> None:
    assert abc("name: A, group: Đơn giản, assigned: 4, done: 4") == (100, 100, 100)


def test_groups_count_by_their_units() -> None:
    # 3 of 3 + 1 units
    assert abc("name: A, group: Phức tạp, assigned: 1, done: 1\nname: B, group: Đơn giản, assigned: 1") == (75, 75, 75)


def test_each_content_fault_takes_a_quarter_of_the_products_quality() -> None:
    assert abc("name: A, group: Phức tạp, assigned: 1, done: 1, faults: 1") == (100, 75, 100)
    assert abc("name: A, group: Phức tạp, assigned: 1, done: 1, faults: 2") == (100, 50, 100)


def test_each_lateness_takes_a_quarter_of_the_products_progress() -> None:
    assert abc("name: A, group: Phức tạp, assigned: 1, done: 1, delays: 3") == (100, 100, 25)


def test_no_product_loses_more_than_it_has() -> None:
    assert abc("name: A, group: Đơn giản, assigned: 2, done: 2, faults: [5, 0]") == (100, 50, 100)


def test_what_the_authority_confirmed_as_objective_takes_nothing() -> None:
    excused = 'excused: {delays: 1, by: "Văn bản 15/VP"}'
    assert abc(f"name: A, group: Đơn giản, assigned: 1, done: 1, delays: 2, {excused}") == (100, 100, 75)


def test_a_task_handed_to_someone_else_stays_assigned_and_earns_nothing() -> None:
    handed = "name: A, group: Đơn giản, assigned: 1, handed_over: true\nname: B, group: Đơn giản, assigned: 1, done: 1"
    assert abc(handed) == (50, 50, 50)


def test_a_task_beyond_the_plan_adds() -> None:
    extra = "name: A, group: Đơn giản, assigned: 1, done: 1\nname: B, group: Đơn giản, done: 1, extra: true"
    assert abc(extra) == (200, 200, 200)


def test_nothing_assigned_is_not_known_neither_nothing_nor_all() -> None:
    found = worked_out("name: A, group: Đơn giản, done: 1, extra: true", "facts: {general_points: 30}\n")
    assert found.insufficient == ("quantity_pct", "quality_pct", "progress_pct")
    assert "score" not in found.facts


def test_the_month_is_general_points_and_results() -> None:
    found = worked_out("name: A, group: Đơn giản, assigned: 10, done: 9", "facts: {general_points: 27.5}\n")
    assert found.facts["result_points"] == 63  # 90% of 70
    assert found.facts["score"] == 90.5


@pytest.mark.parametrize(
    ("product", "field", "expected"),
    [
        ("name: A, group: Vừa, assigned: 1", "products[0].group", "one_of"),
        ("name: A, group: Đơn giản", "products[0].assigned", "assigned"),
        ("name: A, group: Đơn giản, assigned: 1, done: 2", "products[0].done", "done_at_most"),
        ("name: A, group: Đơn giản, assigned: 1, done: 1, extra: true", "products[0].assigned", "extra_assigned"),
        ("name: A, group: Đơn giản, assigned: 1, done: 1, handed_over: true", "products[0].done", "handed_over"),
        ("name: A, group: Đơn giản, assigned: 1, faults: 1", "products[0].faults", "times_of_done"),
        ("name: A, group: Đơn giản, assigned: 2, done: 2, delays: 2", "products[0].delays", "times_each"),
        ("name: A, group: Đơn giản, assigned: -1", "products[0].assigned", "at_least"),
        (
            'name: A, group: Đơn giản, assigned: 1, done: 1, excused: {faults: 1, by: "V"}',
            "products[0].excused.faults",
            "excused_of",
        ),
        ("name: A, group: Đơn giản, assigned: 1, done: 1, excused: {faults: 1}", "products[0].excused.by", "missing"),
    ],
)
def test_an_entry_that_cannot_be_is_told_with_its_place(product: str, field: str, expected: str) -> None:
    with pytest.raises(WrongCaseError) as caught:
        worked_out(product)
    assert [(one.line, one.field, one.expected) for one in caught.value.mistakes] == [(6, field, expected)]


def test_more_groups_than_the_decree_allows() -> None:
    groups = "groups: {A: 1, B: 2, C: 3, D: 4, E: 5, F: 6}\n"
    with pytest.raises(WrongCaseError) as caught:
        read_ledger(parse(f"subject: official\nleader: false\n{groups}", "so.yaml"), BOOK)
    assert [one.expected for one in caught.value.mistakes] == ["groups_at_most"]
