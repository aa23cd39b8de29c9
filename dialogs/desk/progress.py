"""The progress of a campaign: its reviews by stage and by unit, late ones first."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.core.guard import allowed
from dialogs.core.handlers import Books
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.state import State
from dialogs.shown.deciders import decided_outside
from dialogs.shown.person import which_values
from rules.book.milestones import SELF_REVIEW
from rules.campaign.last_days import is_extended, is_late
from rules.campaign.permissions import Action
from rules.judging.interview import has_rating
from rules.nouns.alphabet import alphabetical, by_name
from rules.nouns.reviews import Campaign, Json, ReviewStatus
from rules.nouns.standings import ReviewLine

#: The stages in which the desk counts reviews, in their order.
STAGES = ("not_started", "drafting", "returned", "waiting", "approved", "outside", "decided", "ended")

_STAGE_OF = {
    ReviewStatus.DRAFTING: "drafting",
    ReviewStatus.RETURNED: "returned",
    ReviewStatus.SUBMITTED: "waiting",
    ReviewStatus.APPROVED: "approved",
    ReviewStatus.DECIDED: "decided",
    ReviewStatus.APPEALED: "decided",
    ReviewStatus.FINAL: "decided",
    ReviewStatus.ENDED: "ended",
}

#: What a decided review still waits for.
_WAITS = {ReviewStatus.DECIDED: "notice", ReviewStatus.APPEALED: "petition"}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of a campaign with its reviews, late ones first."""

    id: int
    name: str
    standings: tuple[ReviewLine, ...]
    #: How many reviews are late.
    late: int


def parts(view: OfficeView, campaign: int) -> tuple[Campaign, ...]:
    """The parts of an open campaign, in a stable order."""
    return tuple(sorted((one for one in view.campaigns if one.id == campaign), key=lambda one: one.rulebook))


def open_campaigns(view: OfficeView) -> tuple[int, ...]:
    """The ids of the open campaigns, newest first."""
    return tuple(sorted({one.id for one in view.campaigns}, reverse=True))


def campaign_values(books: Books, campaign: Sequence[Campaign]) -> dict[str, Json]:
    """A campaign in words: year, period, titles of its rulebooks, and the last day for people's own review ("": none)."""
    first = campaign[0]
    due = [part.timetable[SELF_REVIEW] for part in campaign if SELF_REVIEW in part.timetable]
    return {
        "id": first.id,
        "year": first.year,
        "period": first.period,
        "books": [books[part.edition].title for part in campaign],
        "due": min(due).isoformat() if due else "",
    }


def in_short(view: OfficeView, campaign: int, today: dt.date) -> dict[str, Json]:
    """A campaign in one line: how many reviews are handed in of how many, the last day ("": none), and how many are
    late.
    """
    of = parts(view, campaign)
    handed_in, total, extended = view.tallies.get(campaign, (0, 0, 0))
    due = min((part.timetable[SELF_REVIEW] for part in of if SELF_REVIEW in part.timetable), default=None)
    return {
        "year": of[0].year,
        "period": of[0].period,
        "sent": handed_in,
        "total": total,
        "due": due.isoformat() if due else "",
        "late": total - handed_in - extended if due and due < today else 0,
    }


def stage(standing: ReviewLine) -> str:
    """The stage of a review, one of `STAGES`."""
    if standing.status is ReviewStatus.DRAFTING and not standing.started:
        return "not_started"
    if standing.ready:  # this includes reviews to which nobody has to agree
        return "approved" if standing.decider_id else "outside"
    return _STAGE_OF[standing.status]


def counts(standings: Iterable[ReviewLine]) -> dict[str, Json]:
    """Stage → number of reviews. `total` excludes those no longer owed."""
    counted = Counter(stage(one) for one in standings)
    return {**{name: counted[name] for name in STAGES}, "total": sum(counted.values()) - counted["ended"]}


def of_campaign(view: OfficeView, campaign: int) -> tuple[ReviewLine, ...]:
    """The reviews of a campaign."""
    return tuple(one for one in view.standings if one.campaign.id == campaign)


def outside(books: Books, standings: Iterable[ReviewLine]) -> list[Json]:
    """What waits for authorities outside: each as its clause names it, with the reviews it decides."""
    found: dict[str, dict[str, Json]] = {}
    for one in standings:
        who = decided_outside(books, one) if stage(one) == "outside" else None
        if who:
            group = found.setdefault(f"{who['title']}|{who['above']}", {**who, "reviews": []})
            reviews = group["reviews"]
            assert isinstance(reviews, list)
            reviews.append(which_values(books, one))
    return [*found.values()]


def by_unit(standings: Iterable[ReviewLine], today: dt.date) -> tuple[UnitLine, ...]:
    """The units: those with most late reviews first, then by name."""
    units: dict[int, list[ReviewLine]] = {}
    for one in standings:
        units.setdefault(one.person.unit_id, []).append(one)
    lines = (_unit(id_, of_it, today) for id_, of_it in units.items())
    return tuple(sorted(lines, key=lambda line: (-line.late, alphabetical(line.name))))


def in_order(standings: Iterable[ReviewLine], today: dt.date) -> tuple[ReviewLine, ...]:
    """Late reviews first, then by stage, then by name."""
    return tuple(
        sorted(standings, key=lambda one: (not is_late(one, today), STAGES.index(stage(one)), by_name(one.person.name)))
    )


def line(books: Books, state: State, standing: ReviewLine) -> dict[str, Json]:
    """A review as a line of the desk's lists. Its rating is shown once decided, to those who may read it."""
    book = books[standing.campaign.edition]
    decided = standing.decided and allowed(state, standing, Action.READ_RATING)
    return {
        **which_values(books, standing),
        "unit": standing.person.unit,
        "stage": stage(standing),
        "drafter": standing.drafter_name if standing.owed and standing.owner != standing.person.id else "",
        "late": is_late(standing, state.now.date()),
        "until": standing.extension.until.isoformat() if standing.extension and is_extended(standing) else "",
        "sheet": standing.form in book.forms and not has_rating(book.forms[standing.form]),
        "waits": _WAITS.get(standing.status, ""),
        "rated": decided and standing.form in book.forms and has_rating(book.forms[standing.form]),
        "rating": standing.ruled.value if decided and standing.ruled else None,
    }


def _unit(id_: int, standings: Sequence[ReviewLine], today: dt.date) -> UnitLine:
    ordered = in_order(standings, today)
    return UnitLine(id_, ordered[0].person.unit, ordered, sum(is_late(one, today) for one in ordered))


def unit_values(unit: UnitLine) -> dict[str, Json]:
    """A unit in one line: how many have handed in, wait, and are late."""
    counted: Mapping[str, Json] = counts(unit.standings)
    owed = sum(one.owed for one in unit.standings)
    total = sum(1 for one in unit.standings if one.status is not ReviewStatus.ENDED)
    return {"name": unit.name, "late": unit.late, "sent": total - owed, **counted, "total": total}
