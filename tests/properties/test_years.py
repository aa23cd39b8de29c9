"""The year of twelve months against a naive mean in fractions: whatever happened to its sheets, in whatever order."""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.book.scoring import derive
from rules.campaign.months.tracking import PeriodSheet, by_question, months, overlaid
from rules.judging.interview import case_of
from rules.judging.suggest import suggest
from rules.nouns.people import Person
from rules.nouns.periods import MONTHS, period
from rules.nouns.reviews import Answer, ReviewStatus
from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.tracking import OutsideScore, Standing
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

BOOK = load("decree-335-2025", 2026)
FORM = BOOK.forms["mau-02-335"]
YEAR = period(2026)
FORMULAS = BOOK.profiles[Subject.OFFICIAL, False].formulas
NO = Answer(value=False)
SAID = dict.fromkeys(("degradation", "disciplined", "sick_leave", "maternity_leave"), NO)
S = ReviewStatus

#: General points to a tenth, a, b, c to a hundredth of a percent.
PARTS = st.tuples(st.integers(0, 300), *(st.integers(0, 10_000) for _ in range(3)))


def exact(general: int, *abc: int) -> Fraction:
    """Điều 16 khoản 1, Điều 17 khoản 1: general points, and seventy hundredths of the mean of a, b, c."""
    return Fraction(general, 10) + Fraction(70, 100) * sum(Fraction(one, 100) for one in abc) / 3


def as_kept(general: int, *abc: int) -> float:
    """What the formulas make of a sheet: the number that is kept."""
    names = ("quantity_pct", "quality_pct", "progress_pct")
    facts = {"general_points": general / 10, **{name: one / 100 for name, one in zip(names, abc, strict=True)}}
    score = derive(FORMULAS, facts)[0]["score"]
    assert isinstance(score, int | float)
    return score


def rated(sheets: list[PeriodSheet], outside: list[OutsideScore], service: Service, worked: float):
    held = by_question(FORM, months(service, YEAR, sheets, outside))
    person = Person(1, "An", "Chuyên viên", 1, "Phòng", "Sở", Subject.OFFICIAL, service=service)
    said = {**SAID, "months_worked": Answer(worked), "sick_leave": Answer(bool(service.leaves))}
    answers = overlaid(said, held)
    return suggest(BOOK, case_of(FORM, person, answers))


def band(mean: Fraction) -> Rating:
    """Điều 20 khoản 1 to 4."""
    return (
        Rating.EXCELLENT
        if mean >= 90
        else Rating.GOOD
        if mean >= 70
        else Rating.COMPLETED
        if mean >= 50
        else Rating.NOT_COMPLETED
    )


@given(st.lists(PARTS, min_size=12, max_size=12), st.integers(1, 11), st.sampled_from([None, 2, 7]))
@settings(max_examples=150, deadline=None)
def test_the_year_is_the_mean_of_the_months_that_are_owed(
    parts: list[tuple[int, ...]], ill_from: int, ill: int | None
) -> None:
    """Sick from the first day of a month for `ill` months: the mean of the others (Điều 11 khoản 2)."""
    away = range(ill_from, min(12, ill_from + ill - 1) + 1) if ill else range(0)
    first = dt.date(2026, ill_from, 1)
    last = dt.date(2026, away[-1] + 1, 1) - dt.timedelta(days=1) if away and away[-1] < 12 else dt.date(2026, 12, 31)
    service = Service(leaves=(Leave(LeaveKind.SICK, first, last),)) if away else Service()
    sheets = [
        PeriodSheet(n, n, 2026, name, S.FINAL, 1, as_kept(*one))
        for n, (name, one) in enumerate(zip(MONTHS, parts, strict=True), 1)
    ]
    owed = [exact(*one) for n, one in enumerate(parts, 1) if n not in away]
    mean = sum(owed) / len(owed)
    found = rated(sheets, [], service, 12 - len(away))
    assert found.score is not None
    assert abs(Fraction(found.score) - mean) < Fraction(1, 10**12)
    assert found.rating is band(mean)


@dataclass(frozen=True)
class Deed:
    """What happens to the sheet of a month."""

    month: int
    what: str  # send, confirm, give back, do anew
    parts: tuple[int, ...]


DEEDS = st.lists(
    st.builds(Deed, st.integers(0, 11), st.sampled_from(["send", "confirm", "back", "anew"]), PARTS), max_size=40
)


@given(DEEDS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_what_happened_to_other_months_first_changes_nothing(deeds: list[Deed], random) -> None:
    """The deeds of each month in their order, those of different months in any order: the same year."""
    by_month = [[deed for deed in deeds if deed.month == month] for month in range(12)]
    mixed: list[Deed] = []
    queues = [list(some) for some in by_month if some]
    while queues:
        queue = random.choice(queues)
        mixed.append(queue.pop(0))
        queues = [one for one in queues if one]
    one, other = (rated([*played(some).values()], [], Service(), 12) for some in (deeds, mixed))
    assert (one.score, one.possible) == (other.score, other.possible)


@given(DEEDS)
@settings(max_examples=150, deadline=None)
def test_nothing_is_told_before_all_is_confirmed(deeds: list[Deed]) -> None:
    """Điều 17 khoản 3 with khoản 2: a sheet that was sent, taken back or is done anew leaves the year open."""
    sheets = played(deeds)
    confirmed = [one for one in sheets.values() if one.standing is Standing.CONFIRMED]
    found = rated([*sheets.values()], [], Service(), 12)
    assert (found.score is not None) is (len(confirmed) == 12)


def played(deeds: list[Deed]) -> dict[int, PeriodSheet]:
    """The sheets as the deeds leave them; what cannot be done is not."""
    sheets = {month: PeriodSheet(month + 1, month + 1, 2026, MONTHS[month], S.DRAFTING) for month in range(12)}
    for deed in deeds:
        was = sheets[deed.month]
        match deed.what, was.standing:
            case "send", Standing.OWED:
                sheets[deed.month] = replace(
                    was, status=S.SUBMITTED, version=was.version + 1, score=as_kept(*deed.parts)
                )
            case "confirm", Standing.SENT:
                sheets[deed.month] = replace(was, status=S.FINAL)
            case "back", Standing.SENT:
                sheets[deed.month] = replace(was, status=S.RETURNED)
            case "anew", Standing.CONFIRMED:
                sheets[deed.month] = replace(was, status=S.DRAFTING)
    return sheets


def test_thirds_that_make_ninety_reach_it() -> None:
    """(a + b + c) / 3 of 100, 100, 99 and of 100, 100, 100 with general points that make up for it: the mean is 90 exactly."""
    low = (200, 10_000, 10_000, 9_900)  # 20 + 0,7 × 299/3 = 89,7666…
    high = (202, 10_000, 10_000, 10_000)  # 20,2 + 70 = 90,2
    parts = [low, high] * 6
    mean = sum(exact(*one) for one in parts) / 12
    sheets = [PeriodSheet(n, n, 2026, MONTHS[n], S.FINAL, 1, as_kept(*one)) for n, one in enumerate(parts)]
    assert mean == Fraction(5399, 60)
    assert rated(sheets, [], Service(), 12).rating is Rating.GOOD
    third = [(int(10 * one), 10_000, 10_000, 9_900) for one in (20, 20, 21)]  # 89,7666…, 89,7666…, 90,7666…: 90,1
    nearly = [PeriodSheet(n, n, 2026, MONTHS[n], S.FINAL, 1, as_kept(*third[n % 3])) for n in range(12)]
    assert rated(nearly, [], Service(), 12).score == float(sum(exact(*one) for one in third) / 3)
