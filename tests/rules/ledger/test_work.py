"""What a ledger comes to, worked from Nghị định 335/2025/NĐ-CP, Điều 14, 16, 17 and 18, and against a naive computation."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.ledger.catalogue import Product
from rules.ledger.work import (
    HandedWork,
    Misfit,
    Origin,
    Slip,
    SlipKind,
    WorkLedger,
    WorkLine,
    counted,
    hand_over,
    misfit,
)
from rules.nouns.people import Person
from rules.nouns.values import Subject
from rules.reading.load import load

AN = Person(1, "Nguyễn Thị An", "Chuyên viên", 1, "Phòng Tổng hợp", "Sở Mẫu", Subject.OFFICIAL)
BINH = Person(2, "Trần Văn Bình", "Chuyên viên", 1, "Phòng Tổng hợp", "Sở Mẫu", Subject.OFFICIAL)
LETTER = Product("CV", "Công văn trả lời", "1", 1)
REPORT = Product("BC", "Báo cáo chuyên đề", "3", 2.5)
DECREE = load("decree-335-2025")


def ledger(*lines: WorkLine) -> WorkLedger:
    return WorkLedger(AN, 2026, "m09").with_lines(lines)


def line(count: int, done: int, *slips: Slip, product: Product = LETTER, origin: Origin = Origin.ASSIGNED, **more):
    return WorkLine(product, 1, count, origin, done=done, slips=slips, **more)


def percentages(*lines: WorkLine):
    facts = counted(DECREE, ledger(*lines)).facts
    return tuple(facts.get(name) for name in ("quantity_pct", "quality_pct", "progress_pct"))


FAULTY = Slip(SlipKind.FAULT, 1)
LATE_TWICE = Slip(SlipKind.DELAY, 2)


def test_twenty_assigned_one_faulty_once():
    """Điều 14 khoản 2 điểm b: each fault takes 25 % of that product: 19,75 of 20."""
    assert percentages(line(20, 20, FAULTY)) == (100, 98.75, 100)


def test_twenty_assigned_one_late_twice():
    """Điều 14 khoản 2 điểm c: 19,5 of 20."""
    assert percentages(line(20, 20, LATE_TWICE)) == (100, 100, 97.5)


def test_five_times_takes_no_more_than_the_product():
    """25 % each time, of the points of that product: four times all of it, the fifth nothing more."""
    for times in (4, 5, 20):
        assert percentages(line(4, 4, Slip(SlipKind.FAULT, times))) == (100, 75, 100)


@pytest.mark.parametrize(("said", "quality"), [(None, 98.75), (False, 98.75), (True, 100)])
def test_only_what_the_authority_confirmed_as_objective_takes_nothing(said, quality):
    """Điều 14 khoản 2 điểm b: "được cấp có thẩm quyền xác nhận"; a reason alone is none."""
    slip = Slip(SlipKind.FAULT, 1, "Số liệu của sở bạn sai", objective=said)
    assert percentages(line(20, 20, slip)) == (100, quality, 100)


def test_a_product_counts_by_its_coefficient():
    """8 letters at 1 and 2 reports at 2,5 are 13 units; one report faulty once: 13 − 0,25 · 2,5 = 12,375 of 13."""
    score = counted(DECREE, ledger(line(8, 8), line(2, 2, FAULTY, product=REPORT)))
    assert score.assigned == 13
    assert score.facts["quality_pct"] == pytest.approx(float(Fraction(100 * 12375, 13000)))


def test_handed_over_stays_assigned_and_taken_over_is_beyond_it():
    """Điều 18 khoản 1 điểm d: of 10 letters 4 are handed over and 6 done: 60 %; who takes them over has 12 of 10."""
    mine = replace(line(10, 6), handed=(HandedWork(4, 2, "Trần Văn Bình"),))
    assert percentages(mine) == (60, 60, 60)
    assert percentages(line(10, 8), line(4, 4, origin=Origin.TAKEN_OVER)) == (120, 120, 120)
    assert percentages(line(10, 10), line(2, 2, origin=Origin.EXTRA)) == (120, 120, 120)


def test_what_is_done_above_all_makes_no_more_than_seventy_points():
    """Điều 12 khoản 3: at most 70 points; (a + b + c) / 3 × 70 (Điều 16 khoản 1, Điều 17 khoản 1)."""
    facts = counted(DECREE, ledger(line(10, 10), line(2, 2, origin=Origin.EXTRA))).facts
    assert facts["result_points"] == 70
    facts = counted(DECREE, ledger(line(20, 19, FAULTY, LATE_TWICE))).facts
    a, b, c = Fraction(19, 20), Fraction(1875, 2000), Fraction(185, 200)
    assert facts["result_points"] == pytest.approx(float((a + b + c) / 3 * 70))


def test_where_nothing_is_assigned_there_is_no_percentage():
    """Điều 14: so many of a hundred of what is assigned; of nothing there are none, and none is made up."""
    assert percentages(line(3, 3, origin=Origin.EXTRA)) == (None, None, None)
    assert percentages() == (None, None, None)


def test_a_line_that_was_taken_out_counts_no_more():
    kept = ledger(line(10, 10), line(10, 0))
    gone = replace(kept.lines[1], removed=True)
    assert counted(DECREE, kept.with_lines([gone])).facts["quantity_pct"] == 100


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (line(0, 0), Misfit.COUNT),
        (line(3, 4), Misfit.DONE),
        (line(3, 1, FAULTY, FAULTY), Misfit.SLIPS),
        (replace(line(3, 0), handed=(HandedWork(4, 2, "B"),)), Misfit.HANDED),
        (replace(line(3, 2), handed=(HandedWork(2, 2, "B"),)), Misfit.DONE),
    ],
)
def test_what_cannot_be_is_told(wrong, why):
    assert misfit(wrong) is why
    assert misfit(line(3, 3, FAULTY, LATE_TWICE)) is None


# ── any ledger ─────────────────────────────────────────────────────────────────────────────────

COEFFICIENTS = st.sampled_from(["0.5", "1", "1.5", "2.5", "4", "0.1", "7.25"])


@st.composite
def lines(draw) -> WorkLine:
    coefficient = draw(COEFFICIENTS)
    count = draw(st.integers(1, 30))
    handed = draw(st.integers(0, count))
    done = draw(st.integers(0, count - handed))
    slips = tuple(
        Slip(kind, draw(st.integers(1, 6)), "", objective=draw(st.sampled_from([None, False, True])))
        for kind in SlipKind
        for _ in range(draw(st.integers(0, min(done, 4))))
    )
    return WorkLine(
        Product("P", "Sản phẩm", "1", float(coefficient)),
        1,
        count,
        draw(st.sampled_from(Origin)),
        done=done,
        slips=slips,
        handed=(HandedWork(handed, 2, "B"),) if handed else (),
    )


def naive(given_lines: list[WorkLine]) -> tuple[Fraction, Fraction, Fraction] | None:
    """The three percentages product by product, in fractions, without any code of the program's."""
    assigned = quantity = quality = progress = Fraction(0)
    for one in given_lines:
        worth = Fraction(str(one.product.coefficient))
        assigned += worth * one.count if one.origin.value == "assigned" else 0
        quantity += worth * one.done
        for kind in ("fault", "delay"):
            times = [slip.times for slip in one.slips if slip.kind.value == kind and slip.objective is not True]
            each = [max(Fraction(0), 1 - Fraction(1, 4) * count) for count in times]
            points = worth * (sum(each, Fraction(0)) + one.done - len(each))
            if kind == "fault":
                quality += points
            else:
                progress += points
    return (quantity / assigned, quality / assigned, progress / assigned) if assigned else None


@given(st.lists(lines(), max_size=8))
def test_any_ledger_is_what_the_fractions_make_of_it(some):
    found, expected = percentages(*some), naive(some)
    if expected is None:
        assert found == (None, None, None)
    else:
        assert found == tuple(pytest.approx(float(100 * one), rel=1e-12) for one in expected)
        assert min(found) >= 0


@given(st.lists(lines(), max_size=6).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_the_lines_does_not_matter(both):
    some, other = both
    assert percentages(*some) == percentages(*other)


@given(lines(), st.data())
def test_handing_over_keeps_the_units_of_the_office(one, data):
    """What was assigned to both together stays; once the other has done it, so does what is done."""
    one = replace(one, handed=(), slips=(), done=0, origin=Origin.ASSIGNED)
    count = data.draw(st.integers(1, one.count))
    left, taken = hand_over(one, count, AN, BINH)
    assert misfit(left) is None
    assert misfit(taken) is None
    before = counted(DECREE, ledger(replace(one, done=one.count)))
    mine = counted(DECREE, ledger(replace(left, done=left.own)))
    theirs = counted(DECREE, WorkLedger(BINH, 2026, "m09").with_lines([replace(taken, done=taken.count)]))
    assert mine.assigned + theirs.assigned == before.assigned
    done = [sum(product.done for product in score.products) for score in (before, mine, theirs)]
    assert done[0] == pytest.approx(done[1] + done[2])
