"""A file of the office's work beside what is kept."""

from dataclasses import replace

from rules.ledger.assigned import Assigned, beside
from rules.ledger.catalogue import Catalogue, Product, changes
from rules.ledger.kept import line_json, line_of
from rules.ledger.work import Giver, HandedWork, Slip, SlipKind, WorkLedger, WorkLine
from tests.rules.ledger.test_work import AN

REPORT = Product("BC", "Báo cáo", "1", 1.5, "báo cáo")
LETTER = Product("CV", "Công văn", "1", 0.5)
CATALOGUE = Catalogue(3, (REPORT, LETTER))
EMPTY = WorkLedger(AN, 2026, "m09")
ROWS = (Assigned("7", 2026, "m09", REPORT, 2), Assigned("7", 2026, "m09", LETTER, 5, extra=True))


def kept(rows=ROWS, ledger=EMPTY):
    return ledger.with_lines(beside(ledger, rows, CATALOGUE).lines)


def test_the_same_file_once_more_changes_nothing():
    again = beside(kept(), ROWS, CATALOGUE)
    assert (again.lines, again.kept) == ((), 2)


def test_rows_of_the_same_work_are_one_line():
    (one,) = kept((ROWS[0], ROWS[0])).lines
    assert (one.count, one.giver, one.catalogue) == (4, Giver.DESK, 3)


def test_another_count_changes_and_what_is_missing_is_taken_out():
    found = beside(kept(), (replace(ROWS[0], count=3),), CATALOGUE)
    assert (found.added, found.changed, found.gone) == (0, 1, 1)
    assert [(one.product.code, one.count) for one in kept().with_lines(found.lines).shown] == [("BC", 3)]


def test_what_was_begun_stays_and_lines_of_others_are_let_alone():
    ledger = kept()
    ledger = ledger.with_lines([replace(ledger.lines[1], done=1), WorkLine(LETTER, 3, 9)])
    found = beside(ledger, (ROWS[0],), CATALOGUE)
    assert found.lines == ()
    assert [one.product.code for one in found.left] == ["CV"]


def test_nothing_is_assigned_to_a_sheet_that_was_sent():
    assert beside(replace(kept(), closed=True), (), CATALOGUE).closed


def test_a_later_catalogue_changes_no_line():
    later = Catalogue(4, (replace(REPORT, coefficient=9.0), LETTER))
    ledger = kept()
    assert beside(ledger, ROWS, later).lines == ()
    assert ledger.lines[0].product.coefficient == 1.5
    change = changes(CATALOGUE, later.products)
    assert (change.added, change.gone, [one.code for _, one in change.changed]) == ((), (), ["BC"])


def test_a_line_is_kept_whole():
    whole = WorkLine(
        *(REPORT, 3, 4),
        what="của xã",
        done=2,
        slips=(Slip(SlipKind.DELAY, 2, "chờ sở", objective=True, by="Lê Văn Chín"),),
        handed=(HandedWork(1, 2, "Bình"),),
        taken_from="Dũng",
        line=5,
        version=2,
    )
    assert line_of(line_json(whole), 5, 2) == whole
