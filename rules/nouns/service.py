"""Quá trình công tác: the dates of a person's service that the rules ask about, and the facts they come to."""

import calendar
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from rules.nouns.conditions import FactValue
from rules.nouns.periods import Period
from rules.nouns.values import Rating


class LeaveKind(StrEnum):
    """Why somebody is away from their post, from work or from the party's activity; each kind has its own consequence.

    OTHER has none: what it comes to is asked. Study and secondment are on the office's order, so they are service.
    """

    SICK = "sick"  # nghỉ ốm
    MATERNITY = "maternity"  # nghỉ thai sản
    UNPAID = "unpaid"  # nghỉ không hưởng lương
    OTHER = "other"  # nghỉ khác; the roster does not say what
    STUDY = "study"  # được cử đi học, đào tạo, bồi dưỡng
    SECONDED = "seconded"  # biệt phái
    SUSPENDED = "suspended"  # tạm đình chỉ công tác, đình chỉ chức vụ
    PARTY_SUSPENDED = "party_suspended"  # đình chỉ sinh hoạt đảng; the work goes on
    COMMITTEE_SUSPENDED = "committee_suspended"  # đình chỉ sinh hoạt cấp ủy; the work goes on
    PARTY_EXEMPT = "party_exempt"  # được miễn công tác và sinh hoạt đảng; the work goes on


class Leaving(StrEnum):
    """Why somebody's last day is one. The regulations speak of who was TRANSFERRED: the new body rates them (NĐ 335/2025,
    Điều 19 khoản 1; NĐ 233/2026, Điều 15 khoản 1 điểm a; NĐ 90/2020, Điều 20 khoản 1). Of the others they say nothing:
    nothing follows, and the desk is told. Study, secondment and suspension are times away, no leaving.
    """

    TRANSFERRED = "transferred"  # chuyển công tác sang cơ quan khác
    RETIRED = "retired"  # nghỉ hưu
    RESIGNED = "resigned"  # thôi việc
    DISMISSED = "dismissed"  # buộc thôi việc
    CONTRACT_ENDED = "contract_ended"  # hết hợp đồng, chấm dứt hợp đồng
    DIED = "died"  # từ trần


#: Leave from work that the regulations count in months.
_LEAVE = frozenset({LeaveKind.SICK, LeaveKind.UNPAID})
#: No time worked. Maternity leave is told apart by every regulation: `maternity_leave` says what it changes.
_NOT_WORKED = frozenset({LeaveKind.SICK, LeaveKind.UNPAID, LeaveKind.SUSPENDED})
#: The months of such leave owe no score.
_NOT_SCORED = frozenset({LeaveKind.SICK, LeaveKind.MATERNITY, LeaveKind.UNPAID})
#: Of the party's activity; the work goes on beside, whatever else happens to it.
PARTY_KINDS = frozenset({LeaveKind.PARTY_SUSPENDED, LeaveKind.COMMITTEE_SUSPENDED, LeaveKind.PARTY_EXEMPT})
#: What somebody is on the day of reference, by the names of the facts.
_STATUSES = (LeaveKind.SUSPENDED, LeaveKind.PARTY_SUSPENDED, LeaveKind.COMMITTEE_SUSPENDED, LeaveKind.PARTY_EXEMPT)


@dataclass(frozen=True, slots=True)
class Leave:
    """A time away, both days included. `until` None: it lasts."""

    kind: LeaveKind
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What the roster knows of a person's service. None or "": nothing known, and then nothing follows.

    `joined`: first day in this office; `left`: the last one, `left_as`: why. `moved_on`: first day in the present unit, when that was
    another before; `moved_from`: which one (a unit of this office, or another body), `there_since`: first day there.
    `party_since`: day of admission; `party_cell`: the cell of official activity, `temporary_cell` that of a
    temporary one. `absent_with_cause`: away with good reason when the review is held. `ratings`: of earlier years.
    """

    joined: dt.date | None = None
    left: dt.date | None = None
    left_as: Leaving | None = None
    moved_on: dt.date | None = None
    moved_from: str = ""
    there_since: dt.date | None = None
    party_since: dt.date | None = None
    party_cell: str = ""
    temporary_cell: str = ""
    absent_with_cause: bool = False
    leaves: tuple[Leave, ...] = ()
    ratings: Mapping[int, Rating] = field(default_factory=dict)


_ONE_DAY = dt.timedelta(days=1)

#: Nothing is known.
NO_SERVICE = Service()


def facts_in(service: Service, period: Period) -> Mapping[str, FactValue]:
    """The facts of `rules.book.facts` that these dates settle for `period`; what they do not settle is absent.

    Months are exact (`months`). What the regulations say of months worked or away "in the year" is settled for a whole year only,
    calendar or school. Maternity leave is not in `leave_months` and does not shorten `months_worked` to less than what the
    regulations make of it: they say it apart (`maternity_leave`). A roster that lists no times away does not say that there were
    none: nothing follows of leave, and of the months only what joining or leaving in the period makes of them; a time away of a
    kind that the roster does not say leaves both open. Time in another body before coming from there counts.
    """
    facts: dict[str, FactValue] = {}
    unnamed = _away(service, {LeaveKind.OTHER}, period) > 0
    if period.whole and not unnamed and (service.leaves or _came_or_went(service, period)):
        facts["months_worked"] = number(_worked(service, period))
    if not period.whole or service.leaves or _came_or_went(service, period):
        facts |= _scored(service, period)
    if period.whole and service.leaves:
        if not unnamed:
            facts["leave_months"] = number(_away(service, _LEAVE, period))
        facts["sick_leave_months"] = number(_away(service, {LeaveKind.SICK}, period))
        facts["unpaid_leave_months"] = number(_away(service, {LeaveKind.UNPAID}, period))
    if service.leaves:
        facts["maternity_leave"] = _away(service, {LeaveKind.MATERNITY}, period) > 0
        facts["sick_leave"] = _away(service, {LeaveKind.SICK}, period) > 0
    if service.party_since:
        facts["months_since_joined"] = number(max(Fraction(0), months(service.party_since, period.last)))
    if service.moved_on:
        facts["arrived_this_year"] = period.first <= service.moved_on <= period.last
    return facts


def circumstances(service: Service, period: Period) -> Mapping[str, FactValue]:
    """What only the roster tells of `period`, by the names of `rules.book.facts` (those that no form asks).

    What is not known is absent: a cell of official activity tells that there is no temporary one, times away tell that
    there was no other; `absent_with_cause` is only ever told when it is so. Suspended or exempt is who is so on the day of
    reference. `moved_away` is who was transferred to another body before that day: of who retired, or whose leaving has no
    reason on the roster, it is not told.
    """
    told: dict[str, FactValue] = {"absent_with_cause": True} if service.absent_with_cause else {}
    if service.temporary_cell or service.party_cell:
        told["temporary_cell"] = bool(service.temporary_cell)
    if service.joined or service.left or service.leaves:
        told |= {kind.value: _away_on(period.as_of, service, kind) for kind in _STATUSES}
        if service.left is None or service.left_as:
            transferred = service.left if service.left_as is Leaving.TRANSFERRED else None
            told["moved_away"] = transferred is not None and transferred < period.as_of
    if (service.leaves or _came_or_went(service, period)) and not _away(service, {LeaveKind.OTHER}, period):
        here = _here(service, period)
        worked = max(Fraction(0), months(*here)) - _sum(service.leaves, _NOT_WORKED | {LeaveKind.MATERNITY}, *here)
        told["period_months"] = number(worked)
    if service.moved_on:
        told["transferred"] = period.first <= service.moved_on <= period.last
    there = months_there(service)
    if there is not None:
        told["months_there"] = there
    if period.year - 1 in service.ratings:
        told["failed_last_year"] = service.ratings[period.year - 1] is Rating.NOT_COMPLETED
    return told


def months(first: dt.date, last: dt.date) -> Fraction:
    """How many months there are from the `first` to the `last` day, both included; below 0 where the last is before it.

    Exact, by the calendar: from a day to the day before the same day of the next month is one month, whichever month it is, and a
    day beyond is a thirty-first of one. So adjacent times add up to the time they make together, a longer time is never fewer
    months, and several times away come to a whole month only when their days beyond whole months are 31 (that a month in
    pieces is thirty days, Bộ luật Dân sự 2015, Điều 146, is said of what parties agree).
    """
    return _place(last + _ONE_DAY) - _place(first)


def number(exact: Fraction) -> int | float:
    """Months as a fact holds them: a whole number where it is one. No other comes near a whole one: it is off by a
    thirty-first at least, so it compares with the thresholds of the regulations as the exact value does.
    """
    return exact.numerator if exact.denominator == 1 else float(exact)


def months_there(service: Service) -> int | float | None:
    """Months in the unit or body before the last move; None when the dates are not known."""
    if service.moved_on is None or service.there_since is None:
        return None
    return number(months(service.there_since, service.moved_on - _ONE_DAY))


def failed_two_years(service: Service, year: int, rating: Rating | None) -> bool:
    """Whether `rating` of `year` makes two consecutive years of not completing one's duties."""
    return rating is Rating.NOT_COMPLETED and service.ratings.get(year - 1) is Rating.NOT_COMPLETED


def _place(day: dt.date) -> Fraction:
    """Where a day stands on a line of months of equal length."""
    return 12 * day.year + day.month + Fraction(day.day - 1, 31)


def _came_or_went(service: Service, period: Period) -> bool:
    """Whether the working time began or ended within the period."""
    begun = _begun(service)
    return (begun is not None and begun > period.first) or (service.left is not None and service.left < period.last)


def _begun(service: Service) -> dt.date | None:
    """Since when they work: who came from another body began there; None when that is not known."""
    from_another = service.moved_from and service.moved_on and service.joined and service.joined >= service.moved_on
    return service.there_since if from_another else service.joined


def _here(service: Service, period: Period) -> tuple[dt.date, dt.date]:
    """The part of the period in which they were in service; its last day may be before its first: in none of it."""
    return max(_begun(service) or period.first, period.first), min(service.left or period.last, period.last)


def _worked(service: Service, period: Period) -> Fraction:
    here = _here(service, period)
    return max(Fraction(0), months(*here)) - _sum(service.leaves, _NOT_WORKED, *here)


def _scored(service: Service, period: Period) -> dict[str, FactValue]:
    """Of which months of the period a score is owed, and of which there is none. A month that was worked in part is neither.

    Sick, maternity and unpaid leave lessen what the year is the mean of, not a quarter or a half-year (Nghị định 335/2025/NĐ-CP, Điều
    17 khoản 3 with Điều 11 khoản 2). A month of another absence, or of one the roster does not name, is neither.
    """
    exempting = _NOT_SCORED if period.whole else frozenset[LeaveKind]()
    unsure = frozenset({LeaveKind.OTHER, LeaveKind.SUSPENDED}) if period.whole else frozenset[LeaveKind]()
    begun, left = _here(service, period)
    sure: list[str] = []
    none: list[str] = []
    for name, first, last in _months_of(period):
        whole = months(first, last)
        here = max(Fraction(0), months(max(first, begun), min(last, left)))
        away = _sum(service.leaves, exempting, first, last)
        if here == 0 or away == whole:
            none.append(name)
        elif here == whole and not away and not _sum(service.leaves, unsure, first, last):
            sure.append(name)
    return {"months_owed": tuple(sure), "months_without": tuple(none)}


def _months_of(period: Period) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The months of the period with their days, as far as they are in it."""
    first = period.first
    for name in period.months:
        last = min(period.last, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
        yield name, first, last
        first = last + _ONE_DAY


def _away(service: Service, kinds: Iterable[LeaveKind], period: Period) -> Fraction:
    return _sum(service.leaves, frozenset(kinds), period.first, period.last)


def _sum(leaves: Iterable[Leave], kinds: Collection[LeaveKind], first: dt.date, last: dt.date) -> Fraction:
    """The months of these leaves from the first to the last day; a day of two of them counts once."""
    spans = sorted((max(one.since, first), min(one.until or last, last)) for one in leaves if one.kind in kinds)
    total, counted = Fraction(0), first - _ONE_DAY
    for since, until in spans:
        begins = max(since, counted + _ONE_DAY)
        if begins <= until:
            total += months(begins, until)
            counted = until
    return total


def _away_on(day: dt.date, service: Service, kind: LeaveKind) -> bool:
    return any(leave.kind is kind and leave.since <= day <= (leave.until or day) for leave in service.leaves)
