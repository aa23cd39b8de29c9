"""The dates of a campaign: what is due when, what was moved, and how much is done. Moving a date: bot/console/moving."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.campaign.usable import usable
from bot.console.house import Page, Visit, to_newest
from bot.console.people import address, sight_of
from dialogs.desk.lines import DateLine, lines_of
from rules.book.milestones import SELF_REVIEW
from rules.campaign.looking.wanted import Wanted
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.values import OwedBy
from storage.repositories.access.consoles import CHANNEL

PATH = "/moc"

#: Who owes a milestone → the review states that have it behind them.
_DONE = {
    OwedBy.PERSON.value: ("sent", "agreed", "decided", "acknowledged"),
    OwedBy.HEAD.value: ("agreed", "decided", "acknowledged"),
    OwedBy.AUTHORITY.value: ("decided", "acknowledged"),
}

#: The review states in which something is due.
_DUE = ("not_begun", "drafting", "returned", *_DONE["person"])

#: Number of days before a date when it is shown as near.
_NEAR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the campaign; and the rulebook's own if the office moved it (None: not moved). `done`: number of
    reviews, of `total`, that have it behind them (`total` 0: it is not a step of a review).
    """

    title: str
    of: str
    owed_by: str
    day: dt.date | None
    usual: dt.date | None
    limit: dt.date | None
    when: str
    done: int
    total: int
    place: int = 0
    mark: str = ""


async def newest(visit: Visit) -> web.StreamResponse:
    """Redirect to the newest campaign; to the people if there is none."""
    return to_newest(visit, PATH)


async def show_dates(visit: Visit) -> web.StreamResponse:
    """The dates of one campaign, day by day."""
    campaign = int(visit.request.match_info["campaign"])
    if campaign not in visit.campaigns:
        raise await visit.turn_away("dates", campaign=campaign)
    parts = tuple(sorted(visit.campaigns[campaign], key=lambda one: one.rulebook))
    usable_ones = [one for one in parts if usable(one, visit.house.books)]
    counts = Counter(await visit.tx.overview.states(sight_of(visit, campaign)))
    person = visit.oversight.person
    moves = may(relations_to_office(person, person.office), Action.MOVE_DATES)
    return visit.draw(
        "dates.html",
        campaign=parts,
        campaigns=visit.campaigns,
        closed=campaign in visit.closed,
        lines=[_milestone(one, counts, visit.today) for one in lines_of(visit.house.books, usable_ones)],
        broken=len(usable_ones) < len(parts),
        moves=moves and campaign not in visit.closed and len(usable_ones) == len(parts),
        told=await _moved_here(visit),
        late=address(visit, Wanted(dot=campaign), late=True),
        now=visit.now.isoformat(),
    )


def _milestone(one: DateLine, counts: Counter[str], today: dt.date) -> Milestone:
    usual = one.usual if one.usual != dt.date.min else None
    done = () if one.beside else _DONE.get(one.owed_by, ())
    owed = bool(done) and (one.key == SELF_REVIEW or one.owed_by != OwedBy.PERSON.value)
    return Milestone(
        title=one.title,
        of=one.of,
        owed_by=one.owed_by,
        day=one.day,
        usual=usual if usual and one.day and usual != one.day else None,
        limit=one.limit,
        when=_when(one.day, today),
        done=sum(counts[state] for state in done) if owed else 0,
        total=sum(counts[state] for state in _DUE) if owed else 0,
        place=one.place,
        mark=one.mark,
    )


def told_of_move(kept: object) -> Mapping[str, Any] | None:
    """What a stored reply of /dot says about a moved date; None when none was moved."""
    match kept:
        case {"template": "desk/dates", "values": {"told": dict(told)}}:
            return told
    return None


async def _moved_here(visit: Visit) -> Mapping[str, Any] | None:
    """The last date this session moved, if the address names that press."""
    turn = await visit.tx.turns.of_update(CHANNEL, visit.account, visit.request.query.get("da", "")[:64])
    return told_of_move(turn.replies[0]) if turn and turn.replies else None


def _when(day: dt.date | None, today: dt.date) -> str:
    if day is None:
        return "open"
    return "past" if day < today else "near" if day - today <= _NEAR else "later"


PAGES = (Page(PATH, newest), Page(PATH + r"/{campaign:\d{1,9}}", show_dates))
