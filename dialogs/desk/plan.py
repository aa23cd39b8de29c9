"""A campaign in preparation: what the desk has chosen so far. It is kept in the focus, not in a table."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dialogs.core.awaited import awaiting
from dialogs.core.handlers import Books
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from rules.book.milestones import SELF_REVIEW, leaves_open, timetable
from rules.book.rulebook import Rulebook
from rules.campaign.opening.due_forms import kind_of
from rules.nouns.periods import Period, period
from rules.nouns.reviews import Campaign, Json

#: The purpose of the focus while a campaign is prepared.
PLAN = "desk_new"
#: How many years before and after the present one may be chosen.
YEARS_AROUND = 2
QUARTERS = ("q1", "q2", "q3", "q4")
MONTHS = tuple(f"m{number:02}" for number in range(1, 13))
HALVES = ("h1", "h2")
PERIODS = ("year", "school", *HALVES, *QUARTERS, *MONTHS)


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign in preparation."""

    books: tuple[str, ...]
    year: int
    period: str = "year"
    #: `rulebook/milestone` → the ISO day that the desk chose instead of the rulebook's.
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def span(self) -> Period:
        """The period as a value."""
        return period(self.year, self.period)

    @property
    def stamp(self) -> str:
        """The stamp that tells whether a button was drawn from exactly this plan."""
        return seal([[*self.books], self.year, self.period, dict(self.moved)])


def plan_of(state: State) -> Plan | None:
    """The plan in the focus, including while one of its days is awaited; None: there is none."""
    focus = state.focus or {}
    chosen, year, moved = focus.get("books"), focus.get("year"), focus.get("moved")
    if not (isinstance(chosen, list) and isinstance(year, int) and isinstance(moved, dict)):
        return None
    days = {name: str(day) for name, day in moved.items()}
    return Plan(tuple(str(name) for name in chosen), year, str(focus.get("period", "year")), days)


def keeping(plan: Plan, purpose: str = PLAN, **more: Json) -> SetFocus:
    """Keep this plan in the focus."""
    moved: dict[str, Json] = dict(plan.moved)
    kept: dict[str, Json] = {"books": [*plan.books], "year": plan.year, "period": plan.period, "moved": moved}
    return awaiting(purpose, **kept, **more)


def shelf_of(books: Books, plan: Plan) -> tuple[Rulebook, ...]:
    """The rulebooks of the plan, in the edition for its period."""
    return tuple(books[name, plan.span.as_of] for name in plan.books)


def kinds(shelf: Sequence[Rulebook]) -> frozenset[str]:
    """How often these rulebooks have something to be filled in: `year`, and `quarter` or `month` if they have forms for
    those.
    """
    return frozenset({"year", *(rule.period for book in shelf for rule in book.choose_form)})


def offered(view: OfficeView, year: int) -> Mapping[str, str]:
    """The rulebooks in force in a year, with their titles. A rulebook of unknown validity is offered for any year."""
    return {
        name: title
        for name, title in view.rulebooks.items()
        if name not in view.in_force or view.in_force[name][0] <= year <= view.in_force[name][1]
    }


def fitted(books: Books, view: OfficeView, plan: Plan) -> Plan:
    """The plan without rulebooks not offered for its year, without days of removed rulebooks, and without a period for
    which none of its rulebooks has a form.
    """
    plan = replace(plan, books=tuple(name for name in offered(view, plan.year) if name in plan.books))
    period = plan.period if kind_of(plan.period) in kinds(shelf_of(books, plan)) else "year"
    moved = {name: day for name, day in plan.moved.items() if name.partition("/")[0] in plan.books}
    return replace(plan, period=period, moved=moved)


def remembered(books: Books, view: OfficeView, plan: Plan, today: dt.date) -> Plan:
    """The plan with the day for people's own review that the office used last time, if none is set and it has not
    passed.
    """
    offset = view.settings.own_days.get(kind_of(plan.period))
    day = plan.span.last + dt.timedelta(days=offset) if offset is not None else None
    if day is None or day < today:
        return plan
    for book in shelf_of(books, plan):
        if leaves_open(book) and f"{book.id}/{SELF_REVIEW}" not in plan.moved:
            plan = moved_to(plan, book.id, SELF_REVIEW, day)
    return plan


def days_of(books: Books, plan: Plan) -> Mapping[str, Mapping[str, dt.date]]:
    """Rulebook → milestone → last day. For a month or quarter the rulebook's own days do not apply, since they belong
    to the year.
    """
    usual = {book.id: timetable(book, plan.year) if plan.period == "year" else {} for book in shelf_of(books, plan)}
    return {name: {**days, **_moved(plan, name)} for name, days in usual.items()}


def as_parts(books: Books, plan: Plan, office: str) -> tuple[Campaign, ...]:
    """The parts of the campaign as it would be opened; its id is 0."""
    days = days_of(books, plan)
    return tuple(Campaign(0, name, plan.year, office, days[name], plan.period) for name in plan.books)


def taken(view: OfficeView, plan: Plan) -> tuple[Campaign, ...]:
    """Open parts of the same rulebook, year and period, which are not opened twice."""
    wanted = (plan.year, plan.period)
    return tuple(one for one in view.campaigns if one.rulebook in plan.books and (one.year, one.period) == wanted)


def moved_to(plan: Plan, rulebook: str, milestone: str, day: dt.date) -> Plan:
    """The plan with another day."""
    return Plan(plan.books, plan.year, plan.period, {**plan.moved, f"{rulebook}/{milestone}": day.isoformat()})


def _moved(plan: Plan, rulebook: str) -> dict[str, dt.date]:
    named = ((name.partition("/"), day) for name, day in plan.moved.items())
    return {key: dt.date.fromisoformat(day) for (book, _, key), day in named if book == rulebook}
