"""Everybody of a department at the end of 2026 has the form the law gives them, or is told why they have none.

Worked from the texts: NĐ 335/2025 Điều 9, 17 khoản 2, 21, 28 khoản 2; NĐ 233/2026 Điều 9 khoản 2, 15 khoản 2–3, 18 khoản 3 điểm a,
20 khoản 1–2; HD 43-HD/BTCTW mục 2 (Mẫu 01: tập thể; 02A: giữ chức vụ; 02B: không giữ chức vụ).
"""

import pytest

from rules.campaign.opening.points import opening_points
from rules.campaign.opening.shares import shared_out
from rules.nouns.office import OfficeSettings
from rules.nouns.periods import period
from rules.reading.load import load
from tests.rules.campaign.months.december import BOOKS, UNITS, asked, known, people

UNIT, CENTRE = "decree-335-2025/to-chuc-335", "decree-233-2026/don-vi-233"
MAU_01, MAU_02 = "decree-335-2025/mau-01-335", "decree-335-2025/mau-02-335"
ANNEX_II, MAU_03 = "decree-233-2026/phu-luc-ii-233", "decree-90-2020/mau-03"
COLLECTIVE, LEADS, PLAIN = (f"party-2025/mau-{form}-hd-2025" for form in ("01", "02a", "02b"))

ALL_SAID = OfficeSettings(review_workers=True, review_unit_workers=True, own_regulation=True, rate_units=True)

#: NĐ 335/2025 Điều 21: every official Mẫu số 02, also at a second post; Điều 9 khoản 2 điểm a: who heads a unit its form, before
#: their own (Điều 9 khoản 1, Điều 20 khoản 6). HD 43 mục 2: 02A who holds a post, 02B who holds none.
THE_YEAR = {
    "1": [MAU_02, LEADS],  # the department stands on the roster as a body of its own (33)
    "2": [MAU_02, LEADS],
    "3": [MAU_02, LEADS],
    "3/1": [CENTRE, MAU_02, LEADS],  # the centre is a public service unit: NĐ 233/2026 Điều 9 khoản 2
    "4": [UNIT, MAU_02, LEADS],
    "5": [MAU_02, LEADS],
    "6": [MAU_02, PLAIN],
    "7": [MAU_02],
    "8": [MAU_02],  # NĐ 335/2025 Điều 28 khoản 2: as the agency decided
    "9": [MAU_02, PLAIN],
    "10": [UNIT, MAU_02, LEADS],
    "11": [MAU_02, LEADS],
    "12": [MAU_02, PLAIN],  # maternity: by the time worked (Điều 11 khoản 2; HD 43, 7.5)
    "13": [MAU_02, PLAIN],
    "14": [UNIT, MAU_02, LEADS],
    "15": [MAU_02, LEADS],
    "16": [MAU_02, PLAIN],
    "17": [MAU_02, PLAIN],  # admitted on 12/3: over six months by the end of the year (QĐ 366 Điều 5 khoản 2)
    "18": [UNIT, MAU_02, LEADS],
    "19": [MAU_02],
    "20": [MAU_02],  # five months: reviewed, not rated (Điều 11 khoản 1)
    "21": [ANNEX_II, LEADS],
    "22": [ANNEX_II, PLAIN],
    "23": [ANNEX_II],
    "24": [ANNEX_II],  # NĐ 233/2026 Điều 20 khoản 2: as the head of the centre decided
    "31": [COLLECTIVE],
    "32": [COLLECTIVE],
    "33": [UNIT],
}
OFFICIALS = [str(number) for number in (*range(1, 8), *range(10, 21))]


def test_the_year_with_a_regulation_of_the_centre_s_own() -> None:
    assert asked(ALL_SAID) == THE_YEAR


def test_the_year_without_one_employees_are_rated_by_decree_90() -> None:
    """NĐ 233/2026 Điều 20 khoản 1. Units and contract workers are not named there: they stay under Decree 233."""
    without = OfficeSettings(review_workers=True, review_unit_workers=True, own_regulation=False, rate_units=True)
    changed = {"21": [MAU_03, LEADS], "22": [MAU_03, PLAIN], "23": [MAU_03]}
    assert asked(without) == THE_YEAR | changed


@pytest.mark.parametrize("books", [BOOKS, tuple(reversed(BOOKS))])
def test_the_order_in_which_the_rulebooks_are_opened_changes_nothing(books: tuple[str, ...]) -> None:
    assert {who: sorted(forms) for who, forms in asked(ALL_SAID, books=books).items()} == {
        who: sorted(forms) for who, forms in THE_YEAR.items()
    }


def test_while_the_desk_has_said_nothing_nobody_gets_a_form_that_rests_on_it() -> None:
    found = asked(OfficeSettings())
    assert [who for who, forms in found.items() if not forms] == ["8", "23", "24"]
    assert {who: found[who] for who in ("9", "21", "22")} == {"9": [PLAIN], "21": [LEADS], "22": [PLAIN]}
    assert not any(form in {UNIT, CENTRE} for who, forms in found.items() if who != "33" for form in forms)


@pytest.mark.parametrize("name", ["m09", "q3"])
def test_a_month_and_a_quarter_are_of_officials_and_of_workers_where_the_agency_so_decided(name: str) -> None:
    """NĐ 335/2025 Điều 17 khoản 2, month or quarter. NĐ 233/2026 leaves the sheet to the unit's Quy chế (Điều 12 khoản 5, 18
    khoản 3 điểm a): no annex, no form. Units are rated by the year (Điều 9 khoản 1), the party by the year.
    """
    found = asked(ALL_SAID, name)
    away = (
        {"12"} if name == "m09" else set()
    )  # on maternity leave from 1 August: no day of September worked (Điều 11 khoản 2)
    wanted = {*OFFICIALS, "3/1", "8", "9"} - away
    assert {who for who, forms in found.items() if forms == [MAU_01]} == wanted
    assert all(not forms for who, forms in found.items() if who not in wanted)


def test_departments_and_the_centre_may_choose_otherwise_of_their_workers() -> None:
    only_here = OfficeSettings(review_workers=True, review_unit_workers=False, own_regulation=True)
    assert [asked(only_here)[who] for who in ("8", "9", "24")] == [[MAU_02], [MAU_02, PLAIN], []]
    only_there = OfficeSettings(review_workers=False, review_unit_workers=True, own_regulation=True)
    assert [asked(only_there)[who] for who in ("8", "9", "24")] == [[], [PLAIN], [ANNEX_II]]


def without(settings: OfficeSettings, *books: str, name: str = "year") -> dict[int, str]:
    span = period(2026, name)
    shelf = [load(book, span.as_of) for book in books]
    shared = shared_out(shelf, people(), span, around=known(settings, books, name))
    return {one.person.id: one.why for one in shared.without}


def test_who_gets_none_is_named_with_the_reason() -> None:
    assert without(ALL_SAID, *BOOKS) == {}
    assert without(OfficeSettings(), *BOOKS) == {
        8: "undecided",
        9: "undecided",
        24: "undecided",
        21: "unsaid",
        22: "unsaid",
        23: "unsaid",
    }


def test_who_needs_a_rulebook_that_was_not_chosen_is_named_although_they_are_of_the_party() -> None:
    # NĐ 335/2025 is for officials: the employees' own form is missing, whatever the party asks of them
    assert without(ALL_SAID, "decree-335-2025", "party-2025") == {
        21: "subject",
        22: "subject",
        23: "subject",
        24: "other_book",
    }


def test_without_a_regulation_decree_233_alone_gives_employees_nothing_and_says_which_rulebook_does() -> None:
    no_regulation = OfficeSettings(own_regulation=False, review_unit_workers=True)
    assert {
        who: why for who, why in without(no_regulation, "decree-233-2026").items() if who in {21, 22, 23}
    } == dict.fromkeys((21, 22, 23), "other_book")


def points(settings: OfficeSettings, *books: str, name: str = "year") -> dict[str, dict]:  # type: ignore[type-arg]
    span = period(2026, name)
    shelf = [load(book, span.as_of) for book in books]
    found = opening_points(shelf, {}, people(), span, span.first, known(settings, books, name))
    return {one.key: dict(one.values) for one in found if one.key not in {"leaving", "second_post"}}


def test_the_desk_is_asked_once_what_is_left_to_the_office() -> None:
    asked_of_it = points(OfficeSettings(), *BOOKS)
    waits = {key for key, values in asked_of_it.items() if "on" in values and values["on"] is None}
    assert waits == {"review_workers", "review_unit_workers", "own_regulation", "rate_units"}
    assert (asked_of_it["review_workers"]["n"], asked_of_it["review_unit_workers"]["n"]) == (2, 1)
    assert asked_of_it["rate_units"]["n"] == 5  # four divisions and the centre; the department has a row of its own
    assert asked_of_it["service_units"]["units"] == [UNITS[6]]
    answered = points(ALL_SAID, *BOOKS)
    assert not any(values.get("on", True) is None for values in answered.values())
    assert "other_rulebook" not in answered


def test_of_a_month_it_is_not_asked_whether_units_are_rated() -> None:
    assert "rate_units" not in points(OfficeSettings(), *BOOKS, name="m09")


def test_what_the_quarterly_review_of_leaders_asks_is_not_invented_and_the_desk_is_told() -> None:
    # KL 198-KL/TW and HD 02-HD/BTCTW: their text was not seen
    assert points(ALL_SAID, *BOOKS)["note"]["cites"] == [
        "KL 198-KL/TW ngày 08/10/2025",
        "HD 02-HD/BTCTW ngày 22/5/2026",
    ]
    assert "note" not in points(ALL_SAID, "decree-335-2025")


def test_a_cell_without_a_row_of_its_own_is_named() -> None:
    # HD 43 mục 2: Mẫu 01 of a collective; the second cell of the department stands on the roster only as where people are active
    assert points(ALL_SAID, *BOOKS)["cells_without_row"]["cells"] == ["Chi bộ Chuyên môn"]
    assert "cells_without_row" not in points(ALL_SAID, "decree-335-2025")
    assert "cells_without_row" not in points(ALL_SAID, *BOOKS, name="m09")
