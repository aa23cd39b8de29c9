"""What a clause leaves out is a fact of its own: asked where it can matter, and judged."""

import datetime as dt

import pytest

from rules.judging.interview import asked
from rules.judging.suggest import Case, suggest
from rules.nouns.reviews import Answer
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

NO = Answer(value=False)
EVERYTHING_GOOD = {
    "general_criteria": "good",
    "tasks_done_pct": 100,
    "tasks_on_time": True,
    "tasks_quality": True,
    "tasks_efficiency": "high",
    "tasks_exceeded_pct": 60,
    "tasks_substandard_pct": 0,
    "degradation_concluded": False,
    "months_worked": 12,
    "leave_months": 0,
    "maternity_leave": False,
}


def rating(year: int, **known: object) -> Rating | None:
    case = Case(Subject.EMPLOYEE, facts={**EVERYTHING_GOOD, "disciplined": True, **known})
    return suggest(load("decree-90-2020", year), case).rating


def test_until_2022_only_a_breach_in_the_course_of_duty_is_a_ground():
    """A third child, 2021. Điều 15 khoản 1 điểm c of 2020: “hành vi vi phạm trong quá trình thực thi nhiệm vụ bị xử lý kỷ
    luật”; Decree 48/2023, Điều 1 takes “trong quá trình thực thi nhiệm vụ” out from 15/9/2023.
    """
    assert rating(2021, discipline_in_duty=False) is Rating.EXCELLENT
    assert rating(2021, discipline_in_duty=True) is Rating.NOT_COMPLETED
    assert rating(2021) is None
    assert rating(2023, discipline_in_duty=False, discipline_counted_before=False) is Rating.NOT_COMPLETED


def test_a_school_year_rated_in_june_2023_is_before_the_amendment():
    """Decree 48/2023 is in force from 15/9/2023: in June the decree still asks for a breach in the course of duty."""
    case = Case(Subject.EMPLOYEE, facts={**EVERYTHING_GOOD, "disciplined": True, "discipline_in_duty": False})
    assert suggest(load("decree-90-2020", dt.date(2023, 6, 15)), case).rating is Rating.EXCELLENT


@pytest.mark.parametrize(
    ("book", "year", "form", "answer", "follows"),
    [
        ("decree-90-2020", 2021, "mau-03", {"disciplined": True}, {"discipline_in_duty"}),
        ("decree-90-2020", 2023, "mau-03", {"disciplined": True}, {"discipline_counted"}),
        ("son-la-rehab-2021", 2021, "mau-02d", {"disciplined": True}, {"discipline_in_duty"}),
        ("son-la-rehab-2021", 2021, "mau-01-hd02", {"disciplined": True}, {"discipline_remedied"}),
        ("son-la-rehab-2021", 2021, "mau-01-hd02", {"corruption": True}, {"corruption_remedied"}),
        ("party-2019", 2020, "mau-01-hd-2019", {"corruption": True}, {"corruption_remedied"}),
        ("party-2023", 2023, "mau-01-hd-2023", {"corruption": True}, {"corruption_remedied"}),
        ("party-2025", 2025, "mau-01-hd-2025", {"members": True}, {"members_here"}),
    ],
)
def test_the_exception_is_asked_of_whom_it_can_matter_to(person, book, year, form, answer, follows):
    subject = Subject.COLLECTIVE if "mau-01" in form else Subject.EMPLOYEE
    who = person(subject=subject)
    read = load(book, year).forms[form]
    asked_of = {place.key for place in asked(read, who, {key: Answer(value) for key, value in answer.items()})}
    plain = {place.key for place in asked(read, who, dict.fromkeys(answer, NO))}
    assert asked_of - plain == follows


def test_force_majeure_is_asked_below_half_of_the_targets(person):
    """KH 170-KH/CB, B.II.3.1.d: “dưới 50% … (trừ trường hợp bất khả kháng)”."""
    form = load("party-2019", 2020).forms["mau-01-hd-2019"]

    def keys(done: int, of: int) -> set[str]:
        met = [True] * done + [False] * (of - done)
        items = [{"name": "Chỉ tiêu", "done": one, "on_time": one, "exceeded": False} for one in met]
        told = {"targets": Answer({"items": items, "closed": True})}
        return {place.key for place in asked(form, person(subject=Subject.COLLECTIVE), told)}

    assert "force_majeure" in keys(1, 3)
    assert "force_majeure" not in keys(1, 2)
