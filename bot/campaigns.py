"""Opening a campaign: the roster becomes people, reviews and invitations, in one transaction."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from bot.clock import now as real_now
from bot.codes import fresh_code
from bot.roster.values import Roster, RosterPerson
from rules.milestones import timetable
from rules.people import Person
from rules.rulebook import NoFormError, Rulebook, choose_form, further_forms
from storage.store import Store
from storage.unit import Unit

#: How long the invitation of a roster holds.
INVITATION_HOLDS = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening did. `left_out`: people for whom the rulebook has no form, with the reason."""

    campaign: int
    reviews: int
    invitations: int
    left_out: tuple[tuple[str, str], ...]


async def open_campaign(
    store: Store, book: Rulebook, year: int, roster: Roster, now: dt.datetime | None = None
) -> Opened:
    """Keep the roster, open the campaign, begin everybody's review, issue a code to whoever has none.

    Doing it again with a changed roster updates people and adds what is new; nothing kept is lost.
    """
    moment = now or real_now()
    async with store.unit() as unit:
        office = await unit.units.keep_office(roster.office.name, roster.office.above)
        units = await _keep_units(unit, office, roster)
        people = [await _keep_person(unit, office, units, one) for one in roster.people]
        campaign = await unit.campaigns.open(office, book.id, year, timetable(book, year), moment)
        invited = {one.person.id for one in await unit.invitations.list(office)}
        left_out = []
        codes = opened = 0
        for person in people:
            due = _forms(book, person)
            if not due:
                left_out.append((person.name, f"“{book.id}” không có mẫu cho đối tượng này"))
                continue
            approver, role = await unit.units.approver_of(person)
            for form in due:
                await unit.reviews.open(person.id, campaign.id, form, approver, role)
                opened += 1
            if person.id not in invited:
                await unit.invitations.issue(person.id, fresh_code(), "roster", moment + INVITATION_HOLDS, moment)
                codes += 1
        await unit.audit.record("system", "campaign opened", moment, detail={"rulebook": book.id, "year": year})
        await unit.commit()
    return Opened(campaign.id, opened, codes, tuple(left_out))


def _forms(book: Rulebook, person: Person) -> list[str]:
    """The forms of a person's year, in the order they are filled: the review itself, then what is filled besides."""
    forms = [choice.form.id for choice in further_forms(book, person)]
    with suppress(NoFormError):
        forms.insert(0, choose_form(book, person).form.id)
    return list(dict.fromkeys(forms))


async def _keep_units(unit: Unit, office: int, roster: Roster) -> dict[str, int]:
    """Unit name → id; parents first, whatever the order of the file."""
    ids: dict[str, int] = {}
    waiting = list(roster.units)
    while waiting:
        ready = [one for one in waiting if not one.parent or one.parent in ids]
        assert ready, "the roster was checked for circles"
        for one in ready:
            ids[one.name] = await unit.units.keep_unit(office, one.name, ids.get(one.parent), desk=one.desk)
        waiting = [one for one in waiting if one.name not in ids]
    return ids


async def _keep_person(unit: Unit, office: int, units: dict[str, int], row: RosterPerson) -> Person:
    known = await unit.people.by_roster_key(office, row.key)
    person = Person(
        id=known.id if known else 0,
        name=row.name,
        position=row.position,
        unit_id=units[row.unit],
        unit=row.unit,
        office="",
        subject=row.subject,
        leader=row.leader,
        head=row.role == "head",
        deputy=row.role == "deputy",
        party_member=row.party_member,
        serves_public=row.serves_public,
    )
    if known:
        await unit.people.update(person)
        return await unit.people.get(known.id)
    return await unit.people.get(await unit.people.add(person, row.key))
