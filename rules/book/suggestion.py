"""What the rules say of a case: a suggestion that carries its reasons. People decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.book.clauses import GapRule
from rules.book.facts import FACTS
from rules.book.scoring import Derivation
from rules.nouns.conditions import FactValue, Operator, Test, describe
from rules.nouns.values import Rating, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition of one rating: what it asks, what was known, the verdict, the clause.

    `fact`, `op` and `asked` are the condition itself, `value` what was answered (None: not known).
    """

    rating: Rating
    fact: str
    op: Operator
    asked: FactValue
    value: FactValue | None
    verdict: Verdict
    cite: str
    note: str = ""
    unverified: bool = False  # the text of the clause itself was not seen
    group: int = 0  # conditions of one group: in a rating one suffices, as a ground all are needed

    @property
    def condition(self) -> str:
        """The condition as text, e.g. `tasks_done_pct >= 100`."""
        return describe(Test(self.fact, self.op, self.asked))


@dataclass(frozen=True, slots=True)
class AppliedCap:
    """A cap and whether it holds of this case. `verdict` UNKNOWN: it may still lower the rating."""

    at_most: Rating | None  # None: the limit is a fact that is not known yet
    condition: str  # as text, e.g. `leave_months >= 3`
    because: str  # in the words of the rulebook
    verdict: Verdict
    lowered: bool
    cite: str
    note: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class NotRated:
    """The clause by which a subject is not rated. `because`: why, in the words of the rulebook."""

    because: str
    cite: str
    note: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested rating and every step to it.

    `rating` is given only when exactly one outcome is possible. `possible` is highest first.
    `missing` names the facts that could still change the outcome (of a value that formulas work out: its parts). `gap`: no rating's conditions
    hold, the authority must choose among `possible`; `otherwise` is then the clause that says so, if the text has one.
    """

    rulebook: str
    rating: Rating | None
    before_caps: Rating | None
    possible: tuple[Rating, ...]
    gap: bool
    score: float | None
    not_rated: NotRated | None
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    caps: tuple[AppliedCap, ...]
    notes: tuple[str, ...] = ()
    otherwise: GapRule | None = None
    derived: tuple[Derivation, ...] = ()  # what the formulas made of the parts that are known


def met_grounds(suggestion: Suggestion) -> tuple[Finding, ...]:
    """The findings of every ground of NOT_COMPLETED that holds, whole."""
    found = [one for one in suggestion.findings if one.rating is Rating.NOT_COMPLETED]
    broken = {one.group for one in found if one.group and one.verdict is not Verdict.MET}
    return tuple(one for one in found if one.verdict is Verdict.MET and one.group not in broken)


def named_grounds(suggestion: Suggestion) -> tuple[Finding, ...]:
    """Every ground of NOT_COMPLETED that holds by the one condition that names it: of a ground that needs several the first
    that is not just about whom it concerns, or the one that says more of it ("for a violation in duty" rather than "disciplined").
    """
    return _named(met_grounds(suggestion))


def possible_grounds(suggestion: Suggestion) -> tuple[Finding, ...]:
    """Likewise every ground that may yet hold: something of it is not known, and nothing of it is known not to be so."""
    found = [one for one in suggestion.findings if one.rating is Rating.NOT_COMPLETED]
    out = {one.group for one in found if one.group and one.verdict is Verdict.UNMET}
    return _named(one for one in found if one.verdict is not Verdict.UNMET and one.group not in out)


def _named(grounds: Iterable[Finding]) -> tuple[Finding, ...]:
    found: dict[int, Finding] = {}
    for number, one in enumerate(grounds, 1):
        where = one.group or -number
        named = found.get(where)
        if named is None or not FACTS[named.fact].better or FACTS[one.fact].says_more_of == named.fact:
            found[where] = one
    return tuple(found.values())


def needed(suggestion: Suggestion, rating: Rating) -> tuple[Finding, ...]:
    """The conditions of a rating without what is not needed: of a group in which one is met, only those that are."""
    found = [one for one in suggestion.findings if one.rating is rating]
    if rating is Rating.NOT_COMPLETED:
        return tuple(found)
    settled = {one.group for one in found if one.group and one.verdict is Verdict.MET}
    return tuple(one for one in found if one.verdict is Verdict.MET or one.group not in settled)
