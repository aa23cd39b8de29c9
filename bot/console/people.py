"""The people of an office with the state of their reviews in a campaign: one table to search, filter and sort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.campaign.concluded import concluded
from bot.campaign.together import together_in
from bot.campaign.upward.standing import seating_of
from bot.campaign.usable import usable
from bot.console.deeds import OFFERED, deeds_of
from bot.console.house import HOME, Page, Visit
from bot.web.house import house_of
from dialogs.authority.meant import Meant, meant_of
from dialogs.core.handlers import Books
from rules.book.milestones import SELF_REVIEW
from rules.campaign.deciding.told import forms_told, relations_of_told
from rules.campaign.looking.oversight import AGREED, may_read_papers
from rules.campaign.looking.wanted import ON_A_PAGE, ORDERS, RATINGS, STATES, Wanted, asked, query_of
from rules.campaign.permissions import Action, Relation, may, relations_to_office
from rules.nouns.reviews import Campaign, Review, is_ready
from rules.nouns.standings import ReviewLine
from rules.nouns.values import PARTY
from rules.upward.places import relations_to_sent
from storage.repositories.lists.overview import OverviewLine
from storage.rows.sights import Sight

PATH = "/nguoi"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table as drawn.
    `none`: the person is not rated; a rating is None when there is none or the reader may not know it. `drafter`: of a
    body, the drafter of its report; `concluded`: a meeting's rating, where it differs from the self-rating;
    `unit_other`: the authority's, where it differs from the unit's.
    """

    name: str
    key: str
    unit: str
    unit_id: int
    position: str
    form: str
    rulebook: str
    state: str
    late: bool
    own: str | None = None
    suggested: str | None = None
    proposed: str | None = None
    concluded: str | None = None
    unit_other: bool = False
    ruled: str | None = None
    holder: str = ""
    drafter: str = ""
    active: str = ""
    gone: bool = False
    review: int = 0
    person: int = 0


async def show_people(visit: Visit) -> web.StreamResponse:
    """The table."""
    found = asked(visit.request.query)
    wanted = found.wanted
    campaign = campaign_of(visit, wanted.dot)
    if campaign is None:
        raise await visit.turn_away("people", campaign=wanted.dot)
    sight = await sight_for(visit, campaign, wanted)
    count = await visit.tx.overview.count(sight, wanted)
    pages = max(1, -(-count // ON_A_PAGE))
    if wanted.page > pages:
        raise web.HTTPSeeOther(address(visit, wanted, page=pages))
    kept = await visit.tx.overview.lines(sight, wanted, visit.today)
    return visit.draw(
        "people.html",
        wanted=wanted,
        lost=found.lost,
        campaign=visit.campaigns.get(campaign, ()),
        campaigns=visit.campaigns,
        lines=await lines_of(visit, kept),
        count=count,
        pages=pages,
        first=wanted.first,
        units=await units_seen(visit),
        forms=form_names(visit.house.books, visit.campaigns.get(campaign, ()), await visit.tx.overview.forms(campaign)),
        states=STATES,
        ratings=RATINGS,
        orders=ORDERS,
        to_fields=[*query_of(replace(wanted, dot=campaign), page=1).items()],
        moves=_to_dates(visit, campaign),
        deeds=[one for one in deeds_of(visit.oversight.person) if one in OFFERED],
        to=lambda **changed: address(visit, wanted, **changed),
        now=visit.now.isoformat(),
    )


def _to_dates(visit: Visit, campaign: int) -> str:
    """Where the dates of an open campaign can be moved; "" when this reader may not."""
    me = visit.oversight.person
    moves = campaign and campaign not in visit.closed and may(relations_to_office(me, me.office), Action.MOVE_DATES)
    return f"{house_of(visit.request).settings.root}{HOME}/moc/{campaign}" if moves else ""


def campaign_of(visit: Visit, wanted: int) -> int | None:
    """The campaign in the address, 0 when there is none; the newest open one by default. None: it belongs to another
    office.
    """
    if wanted:
        return wanted if wanted in visit.campaigns else None
    return next(iter(visit.campaigns), 0)


def sight_of(visit: Visit, campaign: int) -> Sight:
    """The sight of this reader on a campaign."""
    parts, books = visit.campaigns.get(campaign, ()), visit.house.books
    party = [
        (part.rulebook, id_)
        for part in parts
        if usable(part, books)
        for id_, form in books[part.edition].forms.items()
        if form.rates in PARTY
    ]
    told: dict[Relation, list[tuple[str, str]]] = {}
    for part in parts:
        for relation, forms in forms_told(books[part.edition]).items() if usable(part, books) else ():
            told.setdefault(relation, []).extend((part.rulebook, form) for form in forms)
    return Sight(visit.oversight, visit.office, campaign, party, overdue(visit, parts), visit.today, told)


async def sight_for(visit: Visit, campaign: int, wanted: Wanted) -> Sight:
    """The sight for a list. It includes the conclusions of meetings when it is filtered by proposed rating."""
    return await with_conclusions(visit, campaign) if wanted.proposed else sight_of(visit, campaign)


async def with_conclusions(visit: Visit, campaign: int) -> Sight:
    """The sight of a campaign with the conclusions of meetings that this reader may see."""
    reviews = {one.item for one in await visit.tx.meetings.concluding(campaign) if one.item}
    lines = await visit.tx.standings.some(sorted(reviews), visit.today) if reviews else []
    meant = await meant_in(visit, [one for one in lines if not one.decided])
    concluded = {review: _word(one.rating) for review, one in meant.items() if one.own_other}
    return replace(sight_of(visit, campaign), concluded=concluded)


def told_of(visit: Visit, about: Review | ReviewLine) -> frozenset[Relation]:
    """The reader's relation to a result by a sentence of its rulebook: TOLD or none."""
    if not usable(about.campaign, visit.house.books):
        return frozenset()
    in_charge = visit.oversight.units.get(Relation.IN_CHARGE, ())
    return relations_of_told(visit.house.books[about.campaign.edition], about, visit.oversight.person, in_charge)


def overdue(visit: Visit, parts: Sequence[Campaign]) -> list[str]:
    """The rulebooks whose last day for handing in is past."""
    days = {part.rulebook: part.timetable.get(SELF_REVIEW) for part in parts if part.id not in visit.closed}
    return [rulebook for rulebook, day in days.items() if day and day < visit.today]


def address(visit: Visit, wanted: Wanted, **changed: Any) -> str:
    """The address of the table with some parameters changed."""
    query = urlencode(query_of(wanted, **changed))
    return f"{house_of(visit.request).settings.root}{HOME}{PATH}{'?' if query else ''}{query}"


async def units_seen(visit: Visit) -> Mapping[int, str]:
    """The units a filter offers: those of the office, or those of the reader."""
    named = await visit.tx.units.of_office(visit.office)
    units = {id_: name for name, id_ in named.items()}
    if visit.oversight.whole:
        return units
    mine = {id_ for some in visit.oversight.units.values() for id_ in some}
    return {id_: name for id_, name in units.items() if id_ in mine}


def form_names(books: Books, parts: Sequence[Campaign], forms: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(value in the filter, code) for the forms of a campaign."""
    of = {part.rulebook: part for part in parts}
    return [(f"{rulebook}|{form}", form_code(books, of.get(rulebook), form)) for rulebook, form in forms]


def form_code(books: Books, part: Campaign | None, form: str) -> str:
    """The code of a form; its bare id when its rulebook cannot be loaded."""
    if part is None or not usable(part, books) or form not in books[part.edition].forms:
        return form
    return books[part.edition].forms[form].code


async def lines_of(visit: Visit, kept: Sequence[OverviewLine]) -> list[Line]:
    """The lines as this reader may see them."""
    holders = {id_ for one in kept if one.line for id_ in (one.line.approver_id, one.line.decider_id) if id_}
    names = await visit.tx.people.names(holders) if holders else {}
    meant = await meant_in(visit, [one.line for one in kept if one.line and not one.line.decided])
    return [_line(visit, one, names, meant) for one in kept]


async def meant_in(visit: Visit, lines: Sequence[ReviewLine]) -> Mapping[int, Meant]:
    """Review → conclusion of a meeting, for whoever calls the authority's meetings; nobody else learns of it before the
    decision.
    """
    me, tx = visit.oversight.person, visit.tx
    seating = await seating_of(tx, visit.office, me.office)
    held = relations_to_sent(me, seating, 0, await tx.covers.acts_for(me.id, visit.today))
    if not may(held, Action.CONSULT):
        return {}
    books = visit.house.books
    about = {one.review: one for one in lines if usable(one.campaign, books)}
    together = await together_in(tx, books, {one.campaign.id for one in about.values()})
    found = concluded(await tx.meetings.about([*about]), together)
    return {review: meant_of(books, line, found.get(review)) for review, line in about.items()}


def _line(visit: Visit, one: OverviewLine, names: Mapping[int, str], meant: Mapping[int, Meant]) -> Line:
    person, line = one.person, one.line
    shown: dict[str, Any] = {
        "name": person.name,
        "key": one.key,
        "unit": person.unit,
        "unit_id": person.unit_id,
        "position": person.position,
        "gone": one.gone,
        "person": person.id,
    }
    if line is None:
        return Line(**shown, form="", rulebook="", state=one.state, late=False)
    held = visit.oversight.to_review(line) | told_of(visit, line) | ({Relation.EARLIER_STEP} if one.walked else set())
    agreed = line.status in AGREED or is_ready(line.status, line.approver_id)
    reads = may(held, Action.READ_DRAFT) or may_read_papers(held, agreed=agreed)
    sent = line.self_rating is not None or line.suggested is not None
    told: dict[str, Any] = {
        "own": _word(line.self_rating) if reads and sent else None,
        "suggested": _word(line.suggested) if reads and sent else None,
        "proposed": _word(line.self_rating) if reads and sent and one.proposed else None,
        "ruled": _word(line.ruled) if line.decided and line.ratings and may(held, Action.READ_RATING) else None,
    }
    meeting = meant.get(line.review)
    if meeting and reads and sent:
        told["concluded"] = _word(meeting.rating) if meeting.own_other else None
        told["unit_other"] = meeting.unit_other
    holder = line.approver_id if one.state == "sent" else line.decider_id if one.state == "agreed" else None
    return Line(
        **shown,
        **told,
        form=form_code(visit.house.books, line.campaign, line.form),
        rulebook=line.campaign.rulebook,
        state=one.state,
        late=one.late,
        holder=names.get(holder, "") if holder else "",
        drafter=line.drafter_name if line.owner != line.person.id else "",
        active=one.active.isoformat() if one.active else "",
        review=line.review,
    )


def _word(rating: object) -> str:
    return str(rating) if rating else "none"


PAGES = (Page(PATH, show_people),)
