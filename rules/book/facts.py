"""The facts that rules can test: name, kind of value, and which direction is better. This table is complete.

An unknown fact is absent; no value stands for "unknown".
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.book.owed import RATING_OF, SCORE_OF
from rules.nouns.conditions import FactValue
from rules.nouns.periods import MONTHS, QUARTERS
from rules.nouns.values import Criteria, Efficiency, Level, Rating


class FactKind(StrEnum):
    """The kind of value of a fact."""

    YES_NO = "yes_no"
    NUMBER = "number"
    WORD = "word"  # one of `words`
    LEVELS = "levels"  # a list of `words`; the worst is compared
    SCORES = "scores"  # a list of numbers; their mean is compared


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact."""

    name: str
    kind: FactKind
    minimum: float = 0
    maximum: float | None = None
    #: Best first.
    words: tuple[str, ...] = ()
    #: The only numbers it can have, where they are few.
    values: tuple[float, ...] = ()
    #: +1: more (true, higher) is better; -1: less is better; 0: neither.
    better: int = 1
    #: A form may ask for it; otherwise only the roster provides it (`rules.nouns.service.circumstances`).
    asked: bool = True
    #: Another fact that this one implies and makes more precise; explanations name this one of the two.
    says_more_of: str = ""

    @property
    def changeable(self) -> bool:
        """Whether a person can still influence it, and one direction is better. Facts on record cannot be changed."""
        return self.better != 0 and self.name not in ON_RECORD


#: What has happened and stands: service, leave, a discipline and its cause. Explanations never suggest changing it.
ON_RECORD = frozenset(
    {
        *("months_worked", "months_since_joined", "leave_months", "sick_leave_months", "unpaid_leave_months"),
        *("disciplined", "discipline_in_duty", "discipline_counted_before", "discipline_of_old_body"),
        *(
            "members_disciplined",
            "members_violation_here",
            "subordinates_disciplined",
            "organisation_disciplined",
            "discipline_remedied",
        ),
        *("subunit_corruption", "organisation_corruption", "corruption_remedied", "personnel_wrongdoing"),
        *("degradation_concluded", "basic_targets_failed", "low_confidence_pct", "force_majeure"),
    }
)


def _percent(name: str, better: int = 1) -> Fact:
    return Fact(name, FactKind.NUMBER, 0, 100, better=better)


def _yes_no(name: str, better: int = 1) -> Fact:
    return Fact(name, FactKind.YES_NO, better=better)


def _word(name: str, words: type[StrEnum], kind: FactKind = FactKind.WORD) -> Fact:
    return Fact(name, kind, words=tuple(words))


def _number(name: str, maximum: float | None = None, *, minimum: float = 0, better: int = 1) -> Fact:
    return Fact(name, FactKind.NUMBER, minimum, maximum, better=better)


def _full_or_half(name: str) -> Fact:
    """A fact of Nghị định 335/2025/NĐ-CP, Điều 15 khoản 3."""
    return Fact(name, FactKind.NUMBER, 50, 100, values=(50, 100))


def _circumstance(name: str, kind: FactKind = FactKind.YES_NO) -> Fact:
    return Fact(name, kind, better=0, asked=False)


def _count(name: str, of: int, better: int = 1) -> Fact:
    """A fact that counts periods of a year."""
    return Fact(name, FactKind.NUMBER, 0, of, values=tuple(range(of + 1)), better=better)


def _months(name: str) -> Fact:
    return Fact(name, FactKind.LEVELS, words=MONTHS, better=0, asked=False)


FACTS = {
    fact.name: fact
    for fact in (
        _word("general_criteria", Criteria),
        _percent("tasks_done_pct"),
        _yes_no("tasks_on_time"),
        _yes_no("tasks_quality"),
        _word("tasks_efficiency", Efficiency),
        _percent("tasks_exceeded_pct"),
        _percent("tasks_substandard_pct", better=-1),
        _percent("unit_targets_done_pct"),
        _percent("unit_targets_exceeded_pct"),
        _percent("unit_targets_on_time_pct"),
        _percent("subunits_completed_pct"),
        _percent("subunits_good_pct"),
        _yes_no("subunit_corruption", better=-1),
        _yes_no("degradation_concluded", better=-1),
        _yes_no("disciplined", better=-1),
        _yes_no("discipline_counted_before"),  # its violation already counted in the rating of another year
        _yes_no("discipline_of_old_body"),  # its violation was at the body before: it counts in the rating given there
        _percent("score"),
        _word("task_levels", Level, FactKind.LEVELS),
        _word("other_levels", Level, FactKind.LEVELS),
        _yes_no("outstanding_example"),
        _percent("party_targets_done_pct"),
        _word("civil_rating", Rating),
        _yes_no("civil_servant", better=0),
        _percent("members_completed_pct"),
        _percent("members_good_pct"),
        _percent("members_failed_pct", better=-1),
        _word("bodies_rating", Rating),
        _yes_no("organisation_disciplined", better=-1),
        _yes_no("organisation_corruption", better=-1),
        _yes_no("corruption_remedied"),  # of organisation_corruption: the body found it out and has put it right
        _yes_no("discipline_remedied"),  # of organisation_disciplined: the same
        _yes_no("force_majeure"),  # what was not done could not be done
        _word("unit_rating", Rating),
        _yes_no("head", better=0),
        _yes_no("arrived_this_year", better=0),
        _yes_no(
            "answerable_for_unit_rating", better=0
        ),  # no: newly arrived as head, with no part in how the unit is rated
        _number("months_worked", 12),
        _number("leave_months", 12, better=-1),
        _number("sick_leave_months", 12, better=-1),
        _number("unpaid_leave_months", 12, better=-1),
        _yes_no("maternity_leave", better=0),
        _yes_no("review_done"),
        _number("months_since_joined"),
        _number("general_points", 30),
        _number("result_points", 70),
        _number("quantity_pct"),
        _number("quality_pct"),
        _number("progress_pct"),
        _full_or_half("unit_result_pct"),
        _full_or_half("organising_pct"),
        _full_or_half("uniting_pct"),
        Fact("month_scores", FactKind.SCORES, 0, 100),
        *(_percent(name) for name in SCORE_OF.values()),  # the same by the name of the month
        *(_word(name, Rating) for name in RATING_OF.values()),
        _count("quarters_excellent", 4),
        _count("quarters_good", 4, better=0),
        _count("quarters_good_up", 4),  # good or excellent
        _count("quarters_completed", 4, better=0),
        _count("quarters_failed", 4, better=-1),
        _count("quarters_rated", 4, better=0),
        _count("months_excellent", 12),
        _count("months_good_up", 12),
        _count("months_failed", 12, better=-1),
        Fact("quarters_without", FactKind.LEVELS, words=QUARTERS, better=0, asked=False),  # as months_without
        # Nghị định 335/2025/NĐ-CP và Quy định 366-QĐ/TW
        # the discipline is for a violation in doing their duty
        Fact("discipline_in_duty", FactKind.YES_NO, better=-1, says_more_of="disciplined"),
        _yes_no("sick_leave", better=0),
        _percent("faults_fixed_pct"),  # of what earlier reviews pointed out; 100 when nothing was
        _percent("tasks_late_pct", better=-1),
        _yes_no("unit_targets_quality"),
        _yes_no("basic_targets_failed", better=-1),
        _percent("low_confidence_pct", better=-1),  # of the votes of confidence in the year; 0 when none was held
        _yes_no("personnel_wrongdoing", better=-1),
        _yes_no("members_disciplined", better=-1),  # a member of the collective, for a violation tied to its duty
        _yes_no("members_violation_here", better=-1),  # theirs as members of this collective, within its authority
        _yes_no("subordinates_disciplined", better=-1),  # a subordinate unit or a member, for whatever reason
        _yes_no("mitigation_accepted"),  # the authority has weighed the circumstances and lets the ground pass
        _months("months_owed"),  # at work all month, so that its score is owed
        _months("months_without"),  # away all month or not in service, so that it has no score
        _months("months_waiting"),  # its score is somewhere and may still come to count
        _circumstance("absent_with_cause"),  # away with good reason when the review is held
        _circumstance("temporary_cell"),  # takes part in party activity elsewhere for a time
        _circumstance("suspended"),  # from work or from the post, on the day the ratings are decided
        _circumstance("party_suspended"),  # from party activity, on that day
        _circumstance("committee_suspended"),  # from the activity of the party committee, on that day
        _circumstance("party_exempt"),  # from party work and activity, on that day
        _circumstance("transferred"),  # moved to the present unit in the year
        _circumstance("months_there", FactKind.NUMBER),  # months in the unit or body before the move
        _circumstance("period_months", FactKind.NUMBER),  # months really worked in the period, whatever it is
        _circumstance("moved_away"),  # left before the year was rated
        _circumstance("failed_last_year"),  # did not complete their duties in the year before
    )
}

#: A bound that no real share or count approaches; more is a typing mistake.
_NO_MAXIMUM = 1_000_000


@dataclass(frozen=True, slots=True)
class WrongValue:
    """Why a value does not fit a fact: the name of the message about what was expected, with its values."""

    expected: str
    values: dict[str, object]


def wrong(fact: Fact, value: object) -> WrongValue | None:
    """What is wrong with `value` as a value of `fact`; None when it fits."""
    match fact.kind:
        case FactKind.YES_NO:
            return None if isinstance(value, bool) else WrongValue("yes_no", {})
        case FactKind.WORD:
            return _wrong_word(fact, value)
        case FactKind.NUMBER:
            return _wrong_number(fact, value)
        case FactKind.LEVELS | FactKind.SCORES:
            return _wrong_list(fact, value)


def condensed(fact: Fact, value: FactValue) -> FactValue:
    """The value that is compared: the worst of a list of levels, the mean of scores, otherwise the value itself."""
    if not isinstance(value, tuple):
        return value
    if fact.kind is FactKind.LEVELS:
        return max(value, key=lambda word: fact.words.index(str(word)))
    return sum(float(score) for score in value) / len(value)


def _wrong_word(fact: Fact, value: object) -> WrongValue | None:
    return None if value in fact.words else WrongValue("one_of", {"expected": ", ".join(fact.words)})


def _wrong_number(fact: Fact, value: object) -> WrongValue | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return WrongValue("number", {})
    if fact.values and value not in fact.values:
        return WrongValue("one_of", {"expected": ", ".join(f"{one:g}" for one in fact.values)})
    top = _NO_MAXIMUM if fact.maximum is None else fact.maximum
    if fact.minimum <= value <= top:  # not true of what is not a number (nan)
        return None
    return WrongValue("between", {"minimum": f"{fact.minimum:g}", "maximum": f"{top:.0f}"})


def _wrong_list(fact: Fact, value: object) -> WrongValue | None:
    if not isinstance(value, list | tuple) or not value:
        return WrongValue("list", {})
    check = _wrong_word if fact.kind is FactKind.LEVELS else _wrong_number
    return next((found for element in value if (found := check(fact, element))), None)
