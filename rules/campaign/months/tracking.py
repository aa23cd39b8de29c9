"""From months and quarters to the year: a person's score of each period, how far it is settled, and its source.

Nghị định 335/2025/NĐ-CP, Điều 17 khoản 2, 3 and Điều 19 khoản 1: a score counts once it is confirmed. A quarter is the
mean of its three months and the year that of twelve, so a quarter without monthly sheets stands for each of its months.
The result depends only on what is kept, not on the order in which it came about.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.book.owed import RATING_OF, SCORE_OF
from rules.book.rulebook import Rulebook
from rules.book.scores import LastMonthRule
from rules.forms.form import Form, questions_telling
from rules.nouns.conditions import Facts
from rules.nouns.periods import MONTHS, QUARTERS, Period
from rules.nouns.periods import period as the_period
from rules.nouns.reviews import RULED, Answer, Answers, Json, ReviewStatus
from rules.nouns.service import LeaveKind, Service, facts_in
from rules.nouns.tracking import COUNTS, TYPED, LastMonth, LastMonthChoice, OutsideScore, PeriodScore, Standing
from rules.nouns.values import Rating

#: Month → its quarter.
QUARTER_OF = {month: QUARTERS[place // 3] for place, month in enumerate(MONTHS)}

_OF_PERIODS = frozenset({*SCORE_OF.values(), *RATING_OF.values()})
_SENT = frozenset({ReviewStatus.SUBMITTED, ReviewStatus.APPROVED})


@dataclass(frozen=True, slots=True)
class PeriodSheet:
    """A review of a month or quarter, with the total of its newest version (None: it has none)."""

    review: int
    #: Of two sheets for one period, the one of the newer campaign counts, once it was handed in.
    campaign: int
    year: int
    period: str
    status: ReviewStatus
    version: int = 0
    score: float | None = None
    #: The decided rating.
    rating: Rating | None = None

    @property
    def standing(self) -> Standing:
        """CONFIRMED, SENT or OWED. A sheet that is done anew is owed until it is handed in again."""
        if self.status in RULED:
            return Standing.CONFIRMED
        return Standing.SENT if self.status in _SENT else Standing.OWED


def months(
    service: Service, span: Period, sheets: Sequence[PeriodSheet], outside: Sequence[OutsideScore] = ()
) -> tuple[PeriodScore, ...]:
    """The score of every month of `span`, in order. `sheets` and `outside` are this person's, at this post.

    A month's own sheet has priority over that of its quarter, which counts for those of its months without a sheet that
    was handed in.
    """
    known = facts_in(service, span)
    return tuple(_score(service, known, at, sheets, outside) for at in names(span))


def quarters(
    service: Service, span: Period, sheets: Sequence[PeriodSheet], outside: Sequence[OutsideScore] = ()
) -> tuple[PeriodScore, ...]:
    """The same for every quarter of `span` that has sheets of its own. It is not owed if none of its months is."""
    by_month = {(one.year, one.period): one for one in months(service, span, (), outside)}
    found = []
    for year, quarter in dict.fromkeys((year, QUARTER_OF[name]) for year, name in by_month):
        within = [by_month[at] for at in by_month if at[0] == year and QUARTER_OF[at[1]] == quarter]
        owed = [one for one in within if one.standing is not Standing.NOT_OWED]
        known = _sheet(sheets, year, quarter) or _outside(outside, year, quarter)
        if known is not None:
            found.append(known)
        elif owed:
            found.append(PeriodScore(year, quarter, Standing.OWED, body=owed[0].body))
        else:
            found.append(replace(within[0], period=quarter))
    return tuple(found)


def names(span: Period) -> Iterator[tuple[int, str]]:
    """The year and name of every month of the period. A school year covers two calendar years."""
    year = span.first.year
    for place, name in enumerate(span.months):
        if place and name == MONTHS[0]:
            year += 1
        yield year, name


def last_month(book: Rulebook, span: Period) -> LastMonthRule | None:
    """The rule by which somebody has to choose how the last month of a year counts.

    None: the year is rated after it is over, is not a calendar year, or does not depend on months.
    """
    rule = book.scores.last_month
    asks = (rule.fact for form in book.forms.values() for one in form.questions.values() for rule in one.yields)
    if rule is None or span.name != "year" or span.as_of >= span.last or SCORE_OF[rule.month] not in asks:
        return None
    return rule


def settled(
    scores: Sequence[PeriodScore], rule: LastMonthRule | None, chosen: LastMonth | None
) -> tuple[PeriodScore, ...]:
    """The scores with the last month as it counts.

    While that month has no sheet, it does not count before the desk has chosen; afterwards it is provisional until
    confirmed, or treated like any other month.
    """
    if rule is None or (chosen and chosen.choice is LastMonthChoice.LATER):
        return tuple(scores)
    as_, until = (
        (Standing.PROVISIONAL, {Standing.OWED, Standing.SENT}) if chosen else (Standing.UNSETTLED, {Standing.OWED})
    )
    is_last = (one.period == rule.month and one.standing in until and not one.body for one in scores)
    return tuple(
        replace(one, standing=as_, score=None, review=0, version=0) if last else one
        for one, last in zip(scores, is_last, strict=True)
    )


def asks_periods(form: Form) -> bool:
    """Whether the form asks for the score or rating of a month or quarter."""
    return not _OF_PERIODS.isdisjoint(questions_telling(form))


def by_question(form: Form, scores: Sequence[PeriodScore]) -> Mapping[str, PeriodScore]:
    """Question of the yearly form → the score it asks for; empty if the form asks for no periods."""
    asks = {
        rule.fact: question.key
        for question in form.questions.values()
        for rule in question.yields
        if rule.how == "value"
    }
    facts = ((fact, one) for one in scores for fact in (SCORE_OF.get(one.period), RATING_OF.get(one.period)) if fact)
    return {asks[fact]: one for fact, one in facts if fact in asks}


def overlaid(answers: Answers, held: Mapping[str, PeriodScore]) -> Answers:
    """The answers with the scores held by the office in place of what was typed; typed scores are marked as such.

    An unconfirmed score of a month is no answer: it is displayed, and counts once confirmed.
    """
    if not held:
        return answers
    found = dict(answers)
    for question, one in held.items():
        was = answers.get(question)
        typed = was.value if was and was.given and not was.skipped else None
        number = float(typed) if isinstance(typed, int | float) else None
        if not one.held:
            if number is not None and was:
                found[question] = replace(was, held=replace(one, standing=_typed_as(one), score=number))
            elif was and was.given:  # skipped
                found[question] = replace(was, held=None if one.needed is None else one)
            elif one.needed is not None:  # the roster says whether it is needed
                found[question] = Answer(None, held=one)
            else:  # nothing is known of it, and a score that was held before is no longer
                found.pop(question, None)
            continue
        value: Json = (one.rating or one.score) if one.standing in COUNTS else None
        differs = number if number is not None and number != one.score else None
        found[question] = Answer(value, skipped=value is None, held=replace(one, typed=differs))
    return found


def _typed_as(one: PeriodScore) -> Standing:
    return one.standing if one.standing is Standing.PROVISIONAL else Standing.DECLARED


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The score of a period as submitted with the yearly form, and as it is now."""

    question: str
    before: PeriodScore | None
    now: PeriodScore | None


def changes(sent: Answers, held: Mapping[str, PeriodScore]) -> tuple[ScoreChange, ...]:
    """The scores that changed since the yearly form was submitted, in the order of the form."""
    now = overlaid(sent, held)
    found = []
    for question in held:
        was, is_ = (one.held if one else None for one in (sent.get(question), now.get(question)))
        was = None if was and was.standing is Standing.OWED and not was.body else was
        is_ = None if is_ and is_.standing is Standing.OWED and not is_.body else is_
        if was is None and (is_ is None or is_.standing in TYPED):
            continue
        if was is None or is_ is None or (was.standing, was.score, was.rating) != (is_.standing, is_.score, is_.rating):
            found.append(ScoreChange(question, was, is_))
    return tuple(found)


def missing(scores: Sequence[PeriodScore]) -> Mapping[str, tuple[PeriodScore, ...]]:
    """What the year still waits for, by the body that has it ("": this office)."""
    found: dict[str, tuple[PeriodScore, ...]] = {}
    for one in scores:
        if one.standing in {Standing.OWED, Standing.SENT, Standing.UNSETTLED} and one.needed is not False:
            found[one.body] = (*found.get(one.body, ()), one)
    return found


def absence(service: Service, span: Period) -> PeriodScore | None:
    """Why nothing is owed for `span` (a month, quarter or half): not in service, or away throughout; None: it is owed.

    Working part of it is enough to owe it. Only times away count whose months the law leaves out of the year (Điều 11
    khoản 2): sick, maternity and unpaid leave. Nothing follows from an absence of unknown kind.
    """
    if span.whole:
        return None
    of = the_period(span.year, "year")
    within = [one for one in months(service, of, ()) if one.period in span.months]
    return replace(within[0], period=span.name) if all(one.standing is Standing.NOT_OWED for one in within) else None


def _score(
    service: Service, known: Facts, at: tuple[int, str], sheets: Sequence[PeriodSheet], outside: Sequence[OutsideScore]
) -> PeriodScore:
    """The score of one month. `known`: what the roster's dates settle for the whole span."""
    year, name = at
    without, owed = known.get("months_without"), known.get("months_owed")
    if isinstance(without, tuple) and name in without:
        return PeriodScore(year, name, Standing.NOT_OWED, because=_because(service, year, name), needed=False)
    own = _sheet(sheets, year, name) or _outside(outside, year, name)
    if own is None:
        of_quarter = _sheet(sheets, year, QUARTER_OF[name]) or _outside(outside, year, QUARTER_OF[name])
        own = replace(of_quarter, period=name, of=of_quarter.period) if of_quarter else None
    body = service.moved_from if _elsewhere(service, year, name) else ""
    needed = name in owed if isinstance(owed, tuple) else None
    return replace(own or PeriodScore(year, name, Standing.OWED, body=body), needed=needed)


def _sheet(sheets: Sequence[PeriodSheet], year: int, period: str) -> PeriodScore | None:
    """The newest sheet of the period that was ever handed in; after a withdrawal or while it is done anew, it is owed.
    None: there is none.
    """
    of = [one for one in sheets if (one.year, one.period) == (year, period) and one.version]
    newest = max(of, key=lambda one: (one.campaign, one.review), default=None)
    if newest is None:
        return None
    score, rating = (None, None) if newest.standing is Standing.OWED else (newest.score, newest.rating)
    return PeriodScore(year, period, newest.standing, score, newest.review, newest.version, rating=rating)


def _outside(outside: Sequence[OutsideScore], year: int, period: str) -> PeriodScore | None:
    """What the former body sent; of several records the latest."""
    of = [one for one in outside if (one.year, one.period) == (year, period)]
    if not of:
        return None
    return PeriodScore(year, period, Standing.OUTSIDE, of[-1].score, body=of[-1].body, paper=of[-1].paper)


def _days(year: int, name: str) -> tuple[dt.date, dt.date]:
    span = the_period(year, name)
    return span.first, span.last


def _elsewhere(service: Service, year: int, name: str) -> bool:
    """Whether the person was with their former body throughout the month, and that body is no unit of this office."""
    came = service.joined
    from_another = service.moved_from and service.moved_on and came and came >= service.moved_on
    return bool(from_another and came and _days(year, name)[1] < came)


def _because(service: Service, year: int, name: str) -> str:
    """Why no score is owed: `after` or `before` the person's service, otherwise the kind of leave that covers most of
    it.
    """
    first, last = _days(year, name)
    if service.left is not None and service.left < first:
        return "after"
    begun = service.there_since or service.joined
    if begun is not None and begun > last:
        return "before"
    kinds = {LeaveKind.SICK, LeaveKind.MATERNITY, LeaveKind.UNPAID}
    away = [one for one in service.leaves if one.kind in kinds and one.since <= last and (one.until or last) >= first]
    days = {one: (min(one.until or last, last) - max(one.since, first)).days for one in away}
    return max(days, key=lambda one: days[one]).kind.value if days else "before"
