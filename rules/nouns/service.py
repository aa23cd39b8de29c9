"""Quá trình công tác: the dates of a person's service that the rules ask about, and the facts they come to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.nouns.conditions import FactValue
from rules.nouns.values import RATING_DAY, Rating


class LeaveKind(StrEnum):
    """Why somebody is away. MATERNITY is told apart from the rest by every regulation."""

    SICK = "sick"  # nghỉ ốm
    MATERNITY = "maternity"  # nghỉ thai sản
    UNPAID = "unpaid"  # nghỉ không hưởng lương
    OTHER = "other"  # nghỉ khác theo quy định
    SUSPENDED = "suspended"  # tạm đình chỉ công tác, đình chỉ chức vụ
    PARTY_SUSPENDED = "party_suspended"  # đình chỉ sinh hoạt đảng; the work goes on


#: Not away from work, or told apart by every regulation: no part of `leave_months`.
_NO_LEAVE = frozenset({LeaveKind.MATERNITY, LeaveKind.SUSPENDED, LeaveKind.PARTY_SUSPENDED})
#: Counted as time worked.
_WORKED = frozenset({LeaveKind.MATERNITY, LeaveKind.PARTY_SUSPENDED})


@dataclass(frozen=True, slots=True)
class Leave:
    """A time away, both days included. `until` None: it lasts."""

    kind: LeaveKind
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What the roster knows of a person's service. None or "": nothing known, and then nothing follows.

    `joined`: first day in this office; `left`: the last one. `moved_on`: first day in the present unit, when that was
    another before; `moved_from`: which one (a unit of this office, or another body), `there_since`: first day there.
    `party_since`: day of admission; `party_cell`: the cell of official activity, `temporary_cell` that of a
    temporary one. `absent_with_cause`: away with good reason when the review is held. `ratings`: of earlier years.
    """

    joined: dt.date | None = None
    left: dt.date | None = None
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


def facts_in(service: Service, year: int) -> Mapping[str, FactValue]:
    """The facts of `rules.book.facts` that these dates settle for `year`; what they do not settle is absent.

    `months_worked` and `leave_months` count whole months and tenths, a month being a twelfth of the year's days.
    Maternity leave is not in `leave_months` and does not shorten `months_worked` to less than what the regulations
    make of it: they say it apart (`maternity_leave`). A roster that lists no times away does not say that there were
    none: nothing follows of leave, and of the months only what joining or leaving in the year makes of them. Time in
    another body before coming from there counts.
    """
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    facts: dict[str, FactValue] = {}
    if service.leaves or _came_or_went(service, first, last):
        facts["months_worked"] = _months_worked(service, first, last)
    if service.leaves:
        away = [leave for leave in service.leaves if leave.kind not in _NO_LEAVE]
        facts["leave_months"] = _months(sum(_days(leave, first, last) for leave in away), first, last)
        facts["maternity_leave"] = _on_leave(service, LeaveKind.MATERNITY, year)
        facts["sick_leave"] = _on_leave(service, LeaveKind.SICK, year)
    if service.party_since:
        facts["months_since_joined"] = max(0, _whole_months(service.party_since, last + _ONE_DAY))
    if service.moved_on:
        facts["arrived_this_year"] = service.moved_on.year == year
    return facts


def circumstances(service: Service, year: int) -> Mapping[str, FactValue]:
    """What only the roster tells of `year`, by the names of `rules.book.facts` (those that no form asks).

    What is not known is absent: a cell of official activity tells that there is no temporary one, times away tell that
    there was no other; `absent_with_cause` is only ever told when it is so. Suspended is who is so on the day the ratings
    are decided; who leaves on that day or later has not `moved_away`.
    """
    rated_on = dt.date(year, *RATING_DAY)
    told: dict[str, FactValue] = {"absent_with_cause": True} if service.absent_with_cause else {}
    if service.temporary_cell or service.party_cell:
        told["temporary_cell"] = bool(service.temporary_cell)
    if service.joined or service.left or service.leaves:
        told["suspended"] = _away_on(rated_on, service, LeaveKind.SUSPENDED)
        told["party_suspended"] = _away_on(rated_on, service, LeaveKind.PARTY_SUSPENDED)
        told["moved_away"] = service.left is not None and service.left < rated_on
    if service.moved_on:
        told["transferred"] = service.moved_on.year == year
    there = months_there(service)
    if there is not None:
        told["months_there"] = there
    if year - 1 in service.ratings:
        told["failed_last_year"] = service.ratings[year - 1] is Rating.NOT_COMPLETED
    return told


def months_there(service: Service) -> int | None:
    """Whole months in the unit or body before the last move; None when the dates are not known."""
    if service.moved_on is None or service.there_since is None:
        return None
    return _whole_months(service.there_since, service.moved_on)


def failed_two_years(service: Service, year: int, rating: Rating | None) -> bool:
    """Whether `rating` of `year` makes two consecutive years of not completing one's duties."""
    return rating is Rating.NOT_COMPLETED and service.ratings.get(year - 1) is Rating.NOT_COMPLETED


def _came_or_went(service: Service, first: dt.date, last: dt.date) -> bool:
    """Whether the working time began or ended within the year."""
    begun = _begun(service)
    return (begun is not None and begun > first) or (service.left is not None and service.left < last)


def _begun(service: Service) -> dt.date | None:
    """Since when they work: who came from another body began there; None when that is not known."""
    from_another = service.moved_from and service.moved_on and service.joined and service.joined >= service.moved_on
    return service.there_since if from_another else service.joined


def _months_worked(service: Service, first: dt.date, last: dt.date) -> float:
    here = (max(_begun(service) or first, first), min(service.left or last, last))
    days = max(0, (here[1] - here[0]).days + 1)
    away = [leave for leave in service.leaves if leave.kind not in _WORKED]
    return _months(max(0, days - sum(_days(leave, *here) for leave in away)), first, last)


def _on_leave(service: Service, kind: LeaveKind, year: int) -> bool:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return any(leave.kind is kind and _days(leave, first, last) for leave in service.leaves)


def _away_on(day: dt.date, service: Service, kind: LeaveKind) -> bool:
    return any(leave.kind is kind and leave.since <= day <= (leave.until or day) for leave in service.leaves)


def _days(leave: Leave, first: dt.date, last: dt.date) -> int:
    return max(0, (min(leave.until or last, last) - max(leave.since, first)).days + 1)


def _months(days: int, first: dt.date, last: dt.date) -> float:
    return round(days * 12 / ((last - first).days + 1), 1)


def _whole_months(since: dt.date, end: dt.date) -> int:
    """Whole months from `since`; `end` is the day after the last."""
    return (end.year - since.year) * 12 + end.month - since.month - (end.day < since.day)
