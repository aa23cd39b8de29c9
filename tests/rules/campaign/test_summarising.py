"""Summary tables reckoned by hand: lines, order, shares, percentages, the year before."""

from dataclasses import replace

import pytest

from rules.book.clauses import Quota
from rules.book.summaries import Contents, Shows, SummaryColumn, SummaryTable
from rules.campaign.summarising import Group, Result, SummaryRow, Told, in_order, of_table, opened_out, share_of
from rules.nouns.values import Rating, Subject
from rules.reading.folders import shipped
from rules.reading.load import load

BOOK = load("decree-335-2025")
E, G, C, N = Rating.EXCELLENT, Rating.GOOD, Rating.COMPLETED, Rating.NOT_COMPLETED


def result(number: int, rating: Rating | None, name: str = "", **more) -> Result:
    who = {"review": number, "person": number, "name": name or f"Người {number}", "position": "Chuyên viên"}
    said = {"unit": "Phòng A", "subject": Subject.OFFICIAL, "sent": True, "agreed": True, "decided": True}
    return Result(**(who | said | {"own": rating, "rating": rating} | more))


def table(contents: Contents, *shows: Shows, **more) -> SummaryTable:
    columns = tuple(SummaryColumn(one, one.value) for one in shows)
    return SummaryTable("thu", "Biểu thử", contents, columns, "Điều thử", "lời thử", **more)


def made(wanted: SummaryTable, results, before=None, book=BOOK):
    return list(of_table(book, wanted, results, before))


def test_people_stand_in_the_vietnamese_order_within_the_units_of_the_list() -> None:
    names = ["Nguyễn Văn Đạt", "Trần Thị An", "Lê Ánh", "Phạm Dũng", "Lê Văn An", "Bùi Ân", "Hồ Ẩn"]
    given = [result(number, G, name) for number, name in enumerate(names)]
    other = result(9, G, "Vũ An", unit="Ban B")
    found = [one.name for one in in_order([other, *given])]
    assert found == [
        "Vũ An", "Lê Văn An", "Trần Thị An", "Lê Ánh", "Bùi Ân", "Hồ Ẩn", "Phạm Dũng", "Nguyễn Văn Đạt",
    ]  # fmt: skip


def test_a_list_of_results_says_what_is_not_sent_not_rated_and_still_to_come() -> None:
    wanted = table(Contents.RESULTS, Shows.NUMBER, Shows.NAME, Shows.OWN, Shows.PROPOSED, Shows.RATING, Shows.BY_HAND)
    given = [
        result(1, G, "A", own=E),
        result(2, None, "B", sent=False, agreed=False, decided=False),
        result(3, None, "C", own=C, decided=False),
        result(4, None, "D", own=None),
        result(5, None, "E", own=G, agreed=False, decided=False),
    ]
    (found,) = made(wanted, given)
    assert [line.cells for line in found.lines] == [
        (1, "A", E, E, G, None),
        (2, "B", Told.NOT_SENT, None, None, None),
        (3, "C", C, C, None, None),
        (4, "D", Told.NOT_RATED, Told.NOT_RATED, Told.NOT_RATED, None),
        (5, "E", G, None, None, None),
    ]
    assert (found.tally, found.open) == ({G: 1, None: 1}, 3)
    (proposed,) = made(replace(wanted, proposal=True), given)
    assert (proposed.tally, proposed.open) == ({E: 1, C: 1, None: 1}, 2)


def test_a_table_for_each_unit_of_those_it_is_about() -> None:
    wanted = table(Contents.RESULTS, Shows.NUMBER, Shows.NAME, per="unit", subject=(Subject.OFFICIAL,), leader=False)
    given = [
        result(1, G, "A"),
        result(2, G, "B", unit="Ban B"),
        result(3, G, "C", leader=True),
        result(4, G, "D", subject=Subject.PARTY_MEMBER),
        result(5, G, "E", unit="Trung tâm C", leader=True),
    ]
    assert [(one.unit, [line.cells for line in one.lines]) for one in made(wanted, given)] == [
        ("Phòng A", [(1, "A")]),
        ("Ban B", [(1, "B")]),
    ]


def test_shares_of_each_group_rounded_down_and_who_is_too_many() -> None:
    """11 good: 20 % are 2,2, so 2; three are excellent. The other group: 4 good, 0,8, so none."""
    quota = Quota(E, 20, "good", ("group",), "Điều thử")
    wanted = table(
        Contents.SHARES, Shows.NUMBER, Shows.SUBJECT, Shows.WHAT, Shows.BASE, Shows.ALLOWED, Shows.HAVE, Shows.OVER
    )
    given = [result(number, G, group="chuyên viên") for number in range(11)]
    given += [result(20 + number, E, group="chuyên viên") for number in range(3)]
    given += [result(30 + number, G, group="trưởng phòng") for number in range(4)]
    (found,) = made(wanted, given, book=replace(BOOK, quotas=(quota,)))
    (first, second) = [line.cells for line in found.lines]
    assert first[2:] == (Group(group="chuyên viên", of=("group",)), 11, 2, 3, 1)
    assert second[2:] == (Group(group="trưởng phòng", of=("group",)), 4, 0, 0, 0)
    assert Subject.OFFICIAL in first[1]


def test_numbers_and_percentages_of_those_rated_beside_the_year_before() -> None:
    """Of eight rated: 1 is 12,5 %, 5 are 62,5 %, 2 are 25 %; the one not rated is in no percentage."""
    wanted = table(
        Contents.COUNTS,
        *(Shows.SUBJECT, Shows.RATING, Shows.COUNT, Shows.PERCENT, Shows.COUNT_BEFORE, Shows.PERCENT_BEFORE),
    )
    ratings = [E, G, G, G, G, G, C, C, None]
    now = [result(number, rating) for number, rating in enumerate(ratings)]
    now.append(result(99, None, decided=False))
    then = [result(number, rating) for number, rating in enumerate([G, G, N])]
    (found,) = made(wanted, now, then)
    who = (Subject.OFFICIAL,)
    assert found.lines == (
        SummaryRow((who, E, 1, 12.5, 0, 0.0)),
        SummaryRow((who, G, 5, 62.5, 2, 66.7)),
        SummaryRow((who, C, 2, 25.0, 0, 0.0)),
        SummaryRow((who, N, 0, 0.0, 1, 33.3)),
        SummaryRow((who, Told.NOT_RATED, 1, None, 0, None)),
        SummaryRow((who, Told.TOTAL, 9, 100.0, 3, 100.0), total=True),
    )
    (alone,) = made(wanted, now, None)
    assert {line.cells[4:] for line in alone.lines} == {(None, None)}


def test_who_holds_two_posts_counts_once() -> None:
    wanted = table(Contents.COUNTS, Shows.RATING, Shows.COUNT)
    given = [result(1, G), replace(result(2, G), person=1, post=7), result(3, G)]
    (found,) = made(wanted, given)
    assert found.lines[1].cells == (G, 2)


def test_the_year_of_months_with_its_own_mean() -> None:
    wanted = table(Contents.MONTHS, Shows.NUMBER, Shows.NAME, Shows.MONTHS, Shows.MEAN)
    scores = {"m01": 90.0, "m02": 80.5, "m12": 70.0}
    given = [
        result(1, G, "A", months=scores, score=80.17),
        result(2, None, "B", months={"m03": 50.0}, sent=False, score=None),
    ]
    (found,) = made(wanted, given)
    assert [one.title for one in opened_out(wanted)][2:14] == [str(number) for number in range(1, 13)]
    assert found.lines[0].cells == (1, "A", 90.0, 80.5, *[None] * 9, 70.0, 80.17)
    assert found.lines[1].cells == (2, "B", None, None, 50.0, *[None] * 9, None), "a year that is not sent has no mean"


def test_per_cent_is_rounded_half_up() -> None:
    assert [share_of(1, 8), share_of(1, 3), share_of(2, 3), share_of(0, 5), share_of(1, 0)] == [
        12.5,
        33.3,
        66.7,
        0.0,
        None,
    ]
    assert share_of(1, 2000) == 0.1


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_table_that_ships_can_be_made_and_quotes_its_line(name: str) -> None:
    book = load(name)
    given = [
        result(number, rating, subject=subject, group="nhóm")
        for number, (rating, subject) in enumerate((rating, subject) for rating in Rating for subject in Subject)
    ]
    for one in book.summary_tables:
        assert one.quote
        assert one.cite
        for found in of_table(book, one, given, given):
            assert all(len(line.cells) == len(found.columns) for line in found.lines)


def test_the_public_lists_show_the_rating_and_nothing_else_of_it() -> None:
    told = {Shows.NUMBER, Shows.NAME, Shows.POSITION, Shows.UNIT, Shows.SUBJECT, Shows.RATING}
    public = [one for name in shipped() for one in load(name).summary_tables if one.public]
    assert public
    assert all({column.shows for column in one.columns} <= told for one in public)


@pytest.mark.parametrize("rulebook", ["decree-335-2025", "decree-233-2026"])
def test_what_is_proposed_of_a_unit_is_what_its_meeting_concluded(rulebook: str) -> None:
    book = load(rulebook)
    wanted = next(one for one in book.summary_tables if one.key == "collectives")
    unit = {"subject": Subject.ORGANISATION, "decided": False}
    given = [result(1, None, own=E, concluded=G, **unit), result(2, None, own=E, agreed=False, **unit)]
    (summary,) = made(wanted, given, book=book)
    at = [column.title for column in summary.columns].index("Mức đề xuất")
    assert [line.cells[at] for line in summary.lines] == [G, None]
