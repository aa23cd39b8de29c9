"""Suggestions: the rating that the rules suggest for a case, with all reasons. People decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.book.clauses import GapRule
from rules.book.facts import FACTS
from rules.book.scoring import Derivation
from rules.nouns.conditions import FactValue, Operator, Test, describe
from rules.nouns.values import Rating, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition of one rating: what it requires, what is known, the verdict, the clause."""

    rating: Rating
    #: The condition is `fact`, `op` and `asked`.
    fact: str
    op: Operator
    asked: FactValue
    #: What was answered; None: not known.
    value: FactValue | None
    verdict: Verdict
    cite: str
    note: str = ""
    #: The text of the clause itself was not seen.
    unverified: bool = False
    #: Conditions of one group: of a rating one suffices, of a ground all are needed.
    group: int = 0

    @property
    def condition(self) -> str:
        """The condition as text, e.g. `tasks_done_pct >= 100`."""
        return describe(Test(self.fact, self.op, self.asked))


@dataclass(frozen=True, slots=True)
class AppliedCap:
    """A cap, and whether it applies to the case."""

    #: None: the limit is a fact that is not known yet.
    at_most: Rating | None
    #: As text, e.g. `leave_months >= 3`.
    condition: str
    #: The reason in the words of the rulebook.
    because: str
    #: UNKNOWN: it may still lower the rating.
    verdict: Verdict
    lowered: bool
    cite: str
    note: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class NotRated:
    """The clause by which a subject is not rated. `because`: the reason in the words of the rulebook."""

    because: str
    cite: str
    note: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested rating, with every step that leads to it."""

    rulebook: str
    #: Given only if exactly one outcome is possible.
    rating: Rating | None
    before_caps: Rating | None
    #: Highest first.
    possible: tuple[Rating, ...]
    #: No rating's conditions hold: the authority must choose among `possible`.
    gap: bool
    score: float | None
    not_rated: NotRated | None
    #: The facts that could still change the outcome; for a computed value, its parts.
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    caps: tuple[AppliedCap, ...]
    notes: tuple[str, ...] = ()
    #: In a gap: the clause about it, if the text has one.
    otherwise: GapRule | None = None
    #: What the formulas made of the known parts.
    derived: tuple[Derivation, ...] = ()


def met_grounds(suggestion: Suggestion) -> tuple[Finding, ...]:
    """The findings of every ground of NOT_COMPLETED that holds completely."""
    found = [one for one in suggestion.findings if one.rating is Rating.NOT_COMPLETED]
    broken = {one.group for one in found if one.group and one.verdict is not Verdict.MET}
    return tuple(one for one in found if one.verdict is Verdict.MET and one.group not in broken)


def named_grounds(suggestion: Suggestion) -> tuple[Finding, ...]:
    """Every ground of NOT_COMPLETED that holds, represented by one condition.

    For a ground with several conditions this is the first that does more than say whom it concerns, or the more precise
    one ("for a violation in duty" rather than "disciplined").
    """
    return _named(met_grounds(suggestion))


def possible_grounds(suggestion: Suggestion) -> tuple[Finding, ...]:
    """In the same way every ground that may still hold: something of it is unknown, and nothing of it is known to be
    false.
    """
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
    """The conditions of a rating that matter: if one of a group is met, only the met ones of that group."""
    found = [one for one in suggestion.findings if one.rating is rating]
    if rating is Rating.NOT_COMPLETED:
        return tuple(found)
    settled = {one.group for one in found if one.group and one.verdict is Verdict.MET}
    return tuple(one for one in found if one.verdict is Verdict.MET or one.group not in settled)
