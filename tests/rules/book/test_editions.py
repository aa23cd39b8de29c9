"""Editions: a year is judged by the rules in force on 15 December of that year."""

import datetime as dt

import pytest

from rules.book.editions import edition, first_day, rating_day, years
from rules.book.quota import Rated, shares
from rules.checks.everything import check
from rules.nouns.errors import RulebookErrors
from rules.nouns.values import Rating, Subject
from rules.reading.load import load, load_editions
from tests.rules.books import RATINGS, write_book

CAP = 'caps:\n  - {{key: late, at_most: good, when: {{leave_months: {{at_least: 3}}}}, because: nghỉ dài, {days}, cite: "Điều 5"}}\n'
OFFICIALS = [Rated(f"Thử {n}", "Phòng", "chuyên viên", leader=False, rating=Rating.GOOD) for n in range(9)]


def book_with(tmp_path, days: str, **replaced: str):
    rest = RATINGS + (CAP.format(days=days) if days else "")
    for old, new in replaced.items():
        rest = rest.replace(old, new)
    return write_book(tmp_path / "thu", rest)


@pytest.mark.parametrize(
    ("days", "judged"),
    [
        ("since: 2023-12-14", [False, True, True]),
        ("since: 2023-12-15", [False, True, True]),  # in force on the day itself
        ("since: 2023-12-16", [False, False, True]),
        ("until: 2023-12-14", [True, False, False]),
        ("until: 2023-12-15", [True, True, False]),  # the last day counts
        ("since: 2023-01-01, until: 2023-12-31", [False, True, False]),
    ],
)
def test_a_rule_judges_the_years_on_whose_rating_day_it_is_in_force(tmp_path, days: str, judged: list[bool]) -> None:
    folder = book_with(tmp_path, days)
    assert [bool(load(folder, year).caps) for year in (2022, 2023, 2024)] == judged


def test_a_year_is_judged_in_the_middle_of_december() -> None:
    assert rating_day(2023) == dt.date(2023, 12, 15)


def test_without_a_year_it_is_the_newest_edition_as_on_the_last_day_in_force(tmp_path) -> None:
    folder = book_with(tmp_path, "since: 2022-06-01")
    assert load(folder).caps
    text = (folder / "book.yaml").read_text(encoding="utf-8")
    (folder / "book.yaml").write_text(text.replace("from: 2021-01-01", "from: 2021-01-01, to: 2021-12-31"), "utf-8")
    assert load(folder).caps == ()


def test_the_decree_has_three_editions() -> None:
    whole = load_editions("decree-90-2020")
    assert list(whole) == [2020, 2023, 2025]
    shown = {year: [quota.cite for quota in book.quotas] for year, book in whole.items()}
    khoan_6 = "NĐ 90/2020, Điều 2 khoản 6 (NĐ 48/2023); con số: "
    assert shown == {
        2020: [],
        2023: [khoan_6 + "QĐ 124-QĐ/TW, Điều 12"],
        2025: [khoan_6 + "QĐ 366-QĐ/TW, Điều 11"],
    }


def test_an_edition_is_made_once_whatever_years_ask_for_it() -> None:
    assert load("decree-90-2020", 2023) is load("decree-90-2020", 2024)
    assert load("party-2023", 2023) is load("party-2023")
    assert first_day(load("party-2023"), 2024) == dt.date.min


@pytest.mark.parametrize(("year", "allowed"), [(2022, []), (2023, [1, 1]), (2024, [1, 1]), (2025, [1, 1])])
def test_the_share_of_officials_is_per_agency_and_per_group_from_2023(year: int, allowed: list[int]) -> None:
    found = shares(load("decree-90-2020", year).quotas, OFFICIALS, subject=Subject.OFFICIAL)  # 20% of 9, rounded down
    assert [share.allowed for share in found] == allowed


@pytest.mark.parametrize("book", ["quang-ngai-office-2020", "son-duong-2020", "son-la-rehab-2021"])
def test_the_plans_before_the_amendment_stay_with_the_decree_of_their_years(book: str) -> None:
    plan = load(book)
    cites = {one.cite for rules in plan.ratings for part in rules.conditions.values() for one in part}
    cites |= {quota.cite for quota in plan.quotas}
    assert [cite for cite in cites if "48/2023" in cite] == []
    assert [form.id for form in plan.forms.values() if "discipline_counted" in form.questions] == []


@pytest.mark.parametrize("book", ["quang-ngai-office-2023", "quang-ngai-ethnic-2023"])
def test_the_plans_of_2023_have_the_amended_rules(book: str) -> None:
    plan = load(book, 2023)
    grounds = plan.profiles[Subject.OFFICIAL, False]
    assert "discipline_counted_before" in grounds.facts
    assert "civil_excellent" in {quota.key for quota in plan.quotas}
    assert load(book) is plan


def test_an_edition_changes_nothing_in_a_rulebook_without_dates() -> None:
    book = load("party-2019")
    assert (edition(book, 2019), years(book)) == (book, (2019,))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("since: 2020-01-01, until: 2020-12-31", "never_in_force"),  # before the rulebook
        ("since: 2022-01-01, until: 2022-12-14", "never_in_force"),  # between two rating days
    ],
)
def test_a_rule_that_judges_no_year_is_told(tmp_path, days: str, expected: str) -> None:
    found = [one for one in check(book_with(tmp_path, days)) if one.expected == expected]
    assert [one.field for one in found] == ["caps[0]"]


def test_days_in_the_wrong_order_are_refused(tmp_path) -> None:
    with pytest.raises(RulebookErrors, match="not_before"):
        load(book_with(tmp_path, "since: 2023-01-02, until: 2023-01-01"))


def test_an_edition_must_keep_a_condition_of_every_rating(tmp_path) -> None:
    folder = book_with(tmp_path, "", **{'is: true, cite: "Điều 4"': 'is: true, until: 2022-06-30, cite: "Điều 4"'})
    with pytest.raises(RulebookErrors, match="rating_of_year") as refused:
        load(folder)
    (mistake,) = refused.value.mistakes
    assert (mistake.field, mistake.values) == ("ratings[0]", {"missing": "not_completed", "year": "2022"})


def test_conditions_of_one_group_have_the_same_days(tmp_path) -> None:
    group = (
        '- all:\n            - {fact: disciplined, is: true, since: 2022-01-01, cite: "Điều 4"}\n'
        '            - {fact: score, below: 50, cite: "Điều 4"}\n'
    )
    folder = book_with(tmp_path, "", **{'- {fact: disciplined, is: true, cite: "Điều 4"}\n': group})
    with pytest.raises(RulebookErrors, match="group_dates"):
        load(folder)


def test_a_wrong_scenario_of_an_older_year_is_told(tmp_path) -> None:
    folder = book_with(tmp_path, "since: 2023-01-01")
    (folder / "scenarios").mkdir()
    text = (
        "bases:\n  all: {subject: official, leader: false, facts: {score: 95, disciplined: false, leave_months: 3}}\n"
        "scenarios:\n  - {name: cũ, like: all, year: 2022, expect: {rating: excellent}, because: chưa khống chế}\n"
        "  - {name: mới, like: all, year: 2023, expect: {rating: excellent}, because: sai}\n"
    )
    (folder / "scenarios" / "a.yaml").write_text(text, encoding="utf-8")
    wrong = [one for one in check(folder) if one.expected == "scenario"]
    assert [(one.field, one.values["came"]) for one in wrong] == [("scenarios[1]", '"good"')]
