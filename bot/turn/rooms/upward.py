"""Loads the room of packages sent up: the units this person may read about, or the unit or campaign that the event
names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.campaign.concluded import concluded_in
from bot.campaign.upward.packing import due_day, goes_to, packed, packing_of
from bot.campaign.upward.standing import looked_at, on_agendas, parts_by_campaign, seating_of, sends_up, still_running
from bot.turn.rooms.context import RoomContext, campaign_lines
from bot.turn.rooms.rated import rated_lists
from dialogs.core.knowledge.upward import ToConsult, UnitSends, UpwardView
from dialogs.upward.guard import CONSULTS, SENDS, named, verb_of
from rules.book.meeting import together
from rules.book.upward import OFFERED, ConsultRule, Sitting
from rules.campaign.deciding.quotas import is_proposed, waits_in_unit
from rules.campaign.permissions import Action, may
from rules.judging.interview import has_rating
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES
from rules.upward.package import fingerprint
from rules.upward.places import Seating, relations_to_sent, sending
from rules.upward.standing import UnitUp


@dataclass(frozen=True, slots=True)
class _Whole:
    """A campaign with its parts, reviews and meetings, and the units that send packages up."""

    parts: Sequence[Campaign]
    lines: Sequence[ReviewLine]
    meetings: Sequence[Meeting]
    units: Sequence[UnitUp]


async def upward_view(context: RoomContext) -> UpwardView:
    """Knowledge of the room for this event. Sending takes the campaign's lock, so that a package is never based on a
    state that somebody else is just changing.
    """
    tx, books, person = context.tx, context.books, context.person
    office = await tx.units.office_of(person.id)
    campaign, unit = named(context.event, context.state.focus)
    verb = verb_of(context.event, context.state.focus)
    if verb in SENDS and campaign:
        await tx.campaigns.take_turns(campaign)
    opened = parts_by_campaign(books, await tx.campaigns.of_office(office, is_open=True))
    seating = await seating_of(tx, office, person.office)
    people = {one.id: one for one in await tx.people.of_office(office)}
    names = {seat.id: seat.name for seat in await tx.units.seats(office)}
    wanted = {campaign: opened[campaign]} if campaign in opened else opened
    found: list[UnitSends] = []
    whole: _Whole | None = None
    for id_, parts in wanted.items():
        lines = await campaign_lines(context, id_)
        meetings = [one for one in await tx.meetings.of_office(office) if one.campaign == id_]
        units = await sends_up(tx, books, id_, lines, names)
        whole = _Whole(parts, lines, meetings, units) if id_ == campaign else whole
        found += [_stands(context, parts, seating, people, one, lines, meetings) for one in units]
    readable = [one for one in found if may(one.held, Action.READ_SENT)]
    view = UpwardView(units=tuple(readable))
    if whole is None:
        return view
    view = replace(view, to=goes_to(books, whole.parts))
    if verb in CONSULTS or not unit:
        return await _with_meetings(context, view, whole, seating, people)
    at = next((one for one in found if one.up.unit == unit), None)
    return await _with_package(context, view, at, seating, whole, office)


def _stands(
    context: RoomContext,
    parts: Sequence[Campaign],
    seating: Seating,
    people: Mapping[int, Person],
    up: UnitUp,
    lines: Sequence[ReviewLine],
    meetings: Sequence[Meeting],
) -> UnitSends:
    top = up.unit in seating.top
    head = people.get(seating.sender(up.unit) or 0)
    return UnitSends(
        up,
        parts[0].year,
        parts[0].period,
        relations_to_sent(context.person, seating, up.unit, context.state.acts_for),
        top,
        head.name if head else "",
        due_day(context.books, parts, office=top),
        looked_at(meetings, lines, up.unit),
        still_running(meetings, lines, up.unit),
    )


async def _with_package(
    context: RoomContext, view: UpwardView, at: UnitSends | None, seating: Seating, whole: _Whole, office: int
) -> UpwardView:
    """Adds the packages that a unit has sent, if this person may read them, and what it would send now, if they may
    send.
    """
    if at is None or not may(at.held, Action.READ_SENT):
        return replace(view, at=at)
    tx, books = context.tx, context.books
    sent = at.up.sent
    kept = await tx.sent_ups.content(sent[-1].id) if sent else None
    before = await tx.sent_ups.content(sent[-2].id) if len(sent) > 1 else None
    view = replace(view, at=at, kept=kept, before=before)
    packing = await packing_of(tx, books, at.up.campaign, office)
    if packing is None or not may(at.held, sending(seating, at.up.unit)):
        return view
    value = await packed(tx, books, packing, at.up.unit, context.state.now)
    return replace(
        view,
        value=value,
        mark=fingerprint(value),
        unagreed=tuple(one for one in whole.lines if one.person.unit_id == at.up.unit and waits_in_unit(one)),
        rated=rated_lists(books, whole.lines, is_proposed, await concluded_in(tx, books, [at.up.campaign])),
        editions={one.rulebook: one.edition for one in whole.parts},
    )


async def _with_meetings(
    context: RoomContext, view: UpwardView, whole: _Whole, seating: Seating, people: Mapping[int, Person]
) -> UpwardView:
    """Adds the meetings of the authority, and those that this person may call."""
    meetings = tuple(one for one in whole.meetings if one.consults)
    chief = next((people[one] for one in sorted(seating.chiefs) if one in people), None)
    mine = relations_to_sent(context.person, seating, 0, context.state.acts_for)
    if chief is None or not may(mine, Action.CONSULT):
        return replace(view, meetings=meetings if may(mine, Action.READ_SENT) else ())
    below = {one.unit for one in whole.units if one.standing and one.unit not in seating.top}
    taken = on_agendas(whole.meetings)
    agenda = tuple(
        one
        for one in whole.lines
        if one.person.unit_id in below
        and one.review not in taken
        and not one.settled
        and not one.decided
        and has_rating(context.books[one.campaign.edition].forms[one.form])
    )
    sent = await context.tx.reviews.some([one.review for one in agenda if one.status is not ReviewStatus.DRAFTING])
    rules = together(context.books[one.edition].meeting for one in whole.parts)
    top = next(unit for unit, head in seating.heads.items() if head == chief.id and unit in seating.top)
    consulting = tuple(
        ToConsult(
            whole.parts[0].id,
            rule,
            top,
            chief.unit,
            chief,
            next((day for one in whole.parts if (day := one.timetable.get(rule.by))), None),
            agenda,
            {one.id: one.draft.version for one in sent if one.draft},
            _sitting(rule, seating, chief, people),
            rules,
        )
        for rule in _rules(context, whole.parts)
    )
    return replace(view, meetings=meetings, consulting=consulting)


def _rules(context: RoomContext, parts: Sequence[Campaign]) -> tuple[ConsultRule, ...]:
    """The meetings that the rulebooks of the campaign require; if there are none, the offered one."""
    found = {one.key: one for part in parts for one in context.books[part.edition].upward.consulted}
    return tuple(found.values()) or (OFFERED,)


def _sitting(rule: ConsultRule, seating: Seating, chief: Person, people: Mapping[int, Person]) -> tuple[Person, ...]:
    """The members of the meeting, each once, beginning with the head of the office."""
    found = {chief.id: chief}
    for one in people.values():
        leads = one.unit_id in seating.top and (one.head or one.deputy)
        if Sitting.LEADERSHIP in rule.members and leads and one.subject not in BODIES:
            found.setdefault(one.id, one)
    if Sitting.UNIT_HEADS in rule.members:
        for unit, head in seating.heads.items():
            if unit not in seating.top and head in people:
                found.setdefault(head, people[head])
    return tuple(found.values())
