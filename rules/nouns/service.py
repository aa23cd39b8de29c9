"""A person's service (quá trình công tác): the dates that the rules ask about, and the facts that follow from them."""

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
    """Why somebody is away from their post, from work or from party activity. Each kind has its own consequence.

    OTHER has none, so the person is asked. Study and secondment are ordered by the office and therefore count as
    service.
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
    """Why somebody left the office.

    The regulations only speak of TRANSFERRED people, whom the new body rates (NĐ 335/2025, Điều 19 khoản 1; NĐ
    233/2026, Điều 15 khoản 1 điểm a; NĐ 90/2020, Điều 20 khoản 1). For the others nothing follows, and the desk is
    told. Study, secondment and suspension are times away, not ways of leaving.
    """

    TRANSFERRED = "transferred"  # chuyển công tác sang cơ quan khác
    RETIRED = "retired"  # nghỉ hưu
    RESIGNED = "resigned"  # thôi việc
    DISMISSED = "dismissed"  # buộc thôi việc
    CONTRACT_ENDED = "contract_ended"  # hết hợp đồng, chấm dứt hợp đồng
    DIED = "died"  # từ trần


#: Leave from work that the regulations count in months.
_LEAVE = frozenset({LeaveKind.SICK, LeaveKind.UNPAID})
#: Time that is not worked. Every regulation treats maternity leave separately: `maternity_leave` says what it changes.
_NOT_WORKED = frozenset({LeaveKind.SICK, LeaveKind.UNPAID, LeaveKind.SUSPENDED})
#: Months of such leave owe no score.
_NOT_SCORED = frozenset({LeaveKind.SICK, LeaveKind.MATERNITY, LeaveKind.UNPAID})
#: Absence from party activity only: the person goes on working.
PARTY_KINDS = frozenset({LeaveKind.PARTY_SUSPENDED, LeaveKind.COMMITTEE_SUSPENDED, LeaveKind.PARTY_EXEMPT})
#: The kinds that give a fact about the day of reference; the fact has the same name.
_STATUSES = (LeaveKind.SUSPENDED, LeaveKind.PARTY_SUSPENDED, LeaveKind.COMMITTEE_SUSPENDED, LeaveKind.PARTY_EXEMPT)


@dataclass(frozen=True, slots=True)
class Leave:
    """A time away, both days included. `until` is None while it continues."""

    kind: LeaveKind
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What the roster knows of a person's service. None or "" means unknown, and nothing follows from it."""

    #: First day in this office.
    joined: dt.date | None = None
    #: Last day in this office; `left_as` says why.
    left: dt.date | None = None
    left_as: Leaving | None = None
    #: First day in the present unit, if the person came from another.
    moved_on: dt.date | None = None
    #: That other unit of this office, or another body; `there_since` is the first day there.
    moved_from: str = ""
    there_since: dt.date | None = None
    #: Day of admission to the party.
    party_since: dt.date | None = None
    #: The cell of official activity; `temporary_cell` is that of temporary activity.
    party_cell: str = ""
    temporary_cell: str = ""
    #: Away with good reason when the review is held.
    absent_with_cause: bool = False
    leaves: tuple[Leave, ...] = ()
    #: Ratings of earlier years.
    ratings: Mapping[int, Rating] = field(default_factory=dict)


_ONE_DAY = dt.timedelta(days=1)

#: Nothing is known.
NO_SERVICE = Service()


def facts_in(service: Service, period: Period) -> Mapping[str, FactValue]:
    """The facts of `rules.book.facts` that these dates settle for `period`; a fact that they do not settle is absent.

    Months are exact (see `months`). What the regulations say of months worked or away "in the year" is settled only for
    a whole calendar or school year. Maternity leave is neither part of `leave_months` nor subtracted from
    `months_worked`: the regulations treat it separately (`maternity_leave`).

    A roster without times away does not prove that there were none: nothing follows about leave, and `months_worked`
    follows only where the person joined or left in the period. An absence of an unknown kind leaves both open. Time in
    the body that a person came from counts.
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
    """The facts of `rules.book.facts` that no form asks and only the roster tells, for `period`. Unknown facts are
    absent.

    A known cell of official activity implies that there is no temporary one, and listed times away imply that there
    were no others; `absent_with_cause` is given only when true. Suspension and exemption are those of the day of
    reference. `moved_away` means a transfer to another body before that day; for those who retired or left for an
    unknown reason it stays absent.
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
    """The exact number of months from the `first` to the `last` day, both included; negative when `last` comes first.

    From a day to the day before the same day of the next month is one month, whichever month it is; each further day is
    1/31. So adjacent spans add up to the span they form, a longer span never has fewer months, and separate spans make
    a whole month only once their extra days reach 31. (Bộ luật Dân sự 2015, Điều 146 counts a month in pieces as thirty
    days, but only where parties agree on it.)
    """
    return _place(last + _ONE_DAY) - _place(first)


def number(exact: Fraction) -> int | float:
    """Months as a fact holds them: an int when whole, else a float.

    Any other value differs from a whole number by at least 1/31, so rounding cannot change a comparison with a
    threshold.
    """
    return exact.numerator if exact.denominator == 1 else float(exact)


def months_there(service: Service) -> int | float | None:
    """Months in the unit or body before the last move; None when the dates are unknown."""
    if service.moved_on is None or service.there_since is None:
        return None
    return number(months(service.there_since, service.moved_on - _ONE_DAY))


def failed_two_years(service: Service, year: int, rating: Rating | None) -> bool:
    """Whether `rating` in `year` makes two consecutive years of not completing one's duties."""
    return rating is Rating.NOT_COMPLETED and service.ratings.get(year - 1) is Rating.NOT_COMPLETED


def _place(day: dt.date) -> Fraction:
    """The position of a day on a scale where all months have equal length."""
    return 12 * day.year + day.month + Fraction(day.day - 1, 31)


def _came_or_went(service: Service, period: Period) -> bool:
    """Whether the working time began or ended within the period."""
    begun = _begun(service)
    return (begun is not None and begun > period.first) or (service.left is not None and service.left < period.last)


def _begun(service: Service) -> dt.date | None:
    """The first day of work, including the body the person came from; None when unknown."""
    from_another = service.moved_from and service.moved_on and service.joined and service.joined >= service.moved_on
    return service.there_since if from_another else service.joined


def _here(service: Service, period: Period) -> tuple[dt.date, dt.date]:
    """The part of the period in which the person was in service. When there is none, its last day is before its first."""
    return max(_begun(service) or period.first, period.first), min(service.left or period.last, period.last)


def _worked(service: Service, period: Period) -> Fraction:
    here = _here(service, period)
    return max(Fraction(0), months(*here)) - _sum(service.leaves, _NOT_WORKED, *here)


def _scored(service: Service, period: Period) -> dict[str, FactValue]:
    """The months of the period that owe a score, and those that owe none.

    A month worked in part is in neither. Sick, maternity and unpaid leave reduce the months of a year's mean, but not
    of a quarter or half-year (Nghị định 335/2025/NĐ-CP, Điều 17 khoản 3 with Điều 11 khoản 2). A month of any other or
    unnamed absence is in neither.
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
    """The months of the period with their days, cut to the period."""
    first = period.first
    for name in period.months:
        last = min(period.last, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
        yield name, first, last
        first = last + _ONE_DAY


def _away(service: Service, kinds: Iterable[LeaveKind], period: Period) -> Fraction:
    return _sum(service.leaves, frozenset(kinds), period.first, period.last)


def _sum(leaves: Iterable[Leave], kinds: Collection[LeaveKind], first: dt.date, last: dt.date) -> Fraction:
    """The months of these leaves between the two days; a day covered by two leaves counts once."""
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
