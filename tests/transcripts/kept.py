"""The office of the cast in a store, row by row and with the ids of the cast, as if rosters had been imported."""

import dataclasses
import datetime as dt
from typing import Any

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Decision, Draft, Review
from storage.rows.people import service_json
from storage.rows.reviews import answer_json, device_json
from storage.tables import (
    ACKNOWLEDGEMENT,
    CAMPAIGN,
    CAMPAIGN_PART,
    CONVERSATION,
    DECISION,
    DRAFT,
    OPINION,
    PERSON,
    POST,
    REVIEW,
    RULING,
    UNIT,
)
from storage.transaction import Transaction
from storage.values import NewCode
from tests.transcripts.cast import PEOPLE, START
from tests.transcripts.door import CODES, EXPIRED
from tests.transcripts.memory import Memory

#: Before anything is said.
BEFORE = START - dt.timedelta(days=1)


async def furnish(tx: Transaction) -> None:
    """Store everybody with their reviews, accounts and invitations, as at the beginning of a transcript."""
    # Some of the cast have campaigns of their own in the same office and year, and a unit has heads of several years.
    for index in ("uq_campaign_open", "uq_person_head"):
        await tx.connection.execute(sa.text(f"DROP INDEX {index}"))
    memory = Memory()
    await _people(tx)
    parts = {part.id: part for review in memory.reviews.values() for part in (review.campaign,)}
    for part in (*parts.values(), *memory.desk.campaigns):
        await _campaign(tx, part)
    for review in memory.reviews.values():
        await _review(tx, review)
    for opinion in memory.opinions.values():
        known = {person.id for person in PEOPLE.values()}
        kept = dataclasses.asdict(opinion) | {"by": opinion.by if opinion.by in known else opinion.asked}
        await _add(tx, OPINION, review_id=kept.pop("review"), **kept)
    await tx.commit()


async def _people(tx: Transaction) -> None:
    offices: dict[str, int] = {}
    units: dict[tuple[str, str], int] = {}
    for person in PEOPLE.values():
        if person.office not in offices:
            offices[person.office] = await tx.units.keep_office(person.office)
        where = (person.office, person.unit)
        if where not in units:
            given = person.unit_id if person.unit_id not in units.values() else 1000 + len(units)
            units[where] = given
            await _add(tx, UNIT, id=given, office_id=offices[person.office], name=person.unit, desk=False)
    for name, person in PEOPLE.items():
        await _person(tx, person, offices[person.office], units[person.office, person.unit])
        await tx.accounts.tie("web", name, person.id, BEFORE)
    for code, name in CODES.items():
        until = BEFORE if code in EXPIRED else START + dt.timedelta(days=3650)
        await tx.invitations.issue(NewCode(PEOPLE[name].id, code), "roster", until, BEFORE)


async def _person(tx: Transaction, person: Person, office: int, unit: int) -> None:
    traits = ("leader", "head", "deputy", "party_member", "serves_public", "desk")
    await _add(
        tx,
        PERSON,
        id=person.id,
        office_id=office,
        unit_id=unit,
        roster_key=f"CB{person.id:03}",
        previous_keys=[],
        name=person.name,
        position=person.position,
        subject=person.subject,
        language="vi",
        duty_group=person.group,
        service=service_json(person.service),
        **{trait: getattr(person, trait) for trait in traits},
    )
    await _add(tx, CONVERSATION, person_id=person.id, focus=None)


async def _post(tx: Transaction, at: Person) -> None:
    """The second post of somebody, in a unit of its own."""
    office = await tx.units.office(at.office)
    await _add(tx, UNIT, id=at.unit_id, office_id=office, name=at.unit, desk=False)
    held = {trait: getattr(at, trait) for trait in ("leader", "head", "deputy")}
    await _add(tx, POST, id=at.post, person_id=at.id, unit_id=at.unit_id, position=at.position, **held)


async def _campaign(tx: Transaction, part: Campaign) -> None:
    days = {milestone: day.isoformat() for milestone, day in part.timetable.items()}
    found = await tx.connection.execute(sa.select(CAMPAIGN.c.id).where(CAMPAIGN.c.id == part.id))
    if found.first():
        await tx.connection.execute(
            CAMPAIGN_PART.update().where(CAMPAIGN_PART.c.campaign_id == part.id).values(timetable=days)
        )
        return
    office = await tx.units.office(part.office)
    ended = {"closed_at": BEFORE} if part.closed else {}
    await _add(
        tx, CAMPAIGN, id=part.id, office_id=office, year=part.year, period=part.period, opened_at=BEFORE, **ended
    )
    if part.last_month:
        await tx.campaigns.set_last_month(part.id, part.last_month)
    await _add(tx, CAMPAIGN_PART, campaign_id=part.id, rulebook=part.rulebook, place=0, timetable=days)


async def _review(tx: Transaction, review: Review) -> None:
    if review.person.post:
        await _post(tx, review.person)
    await _add(
        tx,
        REVIEW,
        id=review.id,
        person_id=review.person.id,
        campaign_id=review.campaign.id,
        rulebook=review.campaign.rulebook,
        form=review.form,
        place=review.id % 100,
        post_id=review.person.post,
        status=review.status,
        answers={question: answer_json(answer) for question, answer in review.answers.items()},
        approver_id=review.approver_id,
        approver_role=review.approver_role,
        comment=review.comment,
        version=len(review.drafts),
        revision=0,
        steps=[[one.role, one.person] for one in review.steps],
        step=review.step,
        decider_id=review.decider_id,
        offers={question: dataclasses.asdict(offer) for question, offer in review.offers.items()},
        ruling=len(review.rulings),
    )
    decisions = {decision.version: decision for decision in review.decisions}
    for draft in review.drafts:
        await _draft(tx, review.id, draft, decisions.get(draft.version))
    for ruling in review.rulings:
        kept = {name: getattr(ruling, name) for name in _columns(RULING) if hasattr(ruling, name)}
        number = await _add(
            tx,
            RULING,
            **kept | {"review_id": review.id, "ratings": dict(ruling.ratings), "device": device_json(ruling.device)},
        )
        said = review.acknowledged
        if said and said.number == ruling.number:
            await _add(tx, ACKNOWLEDGEMENT, ruling_id=number, response=said.response, at=said.at, text=said.text)


async def _draft(tx: Transaction, review: int, draft: Draft, decision: Decision | None) -> None:
    kept = {name: getattr(draft, name) for name in _columns(DRAFT) if hasattr(draft, name)}
    answers = {question: answer_json(answer) for question, answer in draft.answers.items()}
    made = {"review_id": review, "answers": answers, "fingerprint": draft.stamp, "device": device_json(draft.device)}
    number = await _add(tx, DRAFT, **kept | made)
    if decision:
        kept = {name: getattr(decision, name) for name in _columns(DECISION) if hasattr(decision, name)}
        await _add(
            tx,
            DECISION,
            **kept | {"draft_id": number, "sections": list(decision.sections), "device": device_json(decision.device)},
        )


def _columns(table: sa.Table) -> list[str]:
    return [column.name for column in table.columns if column.name != "id"]


async def _add(tx: Transaction, table: sa.Table, **values: Any) -> int:
    done = await tx.connection.execute(table.insert().values(**values))
    return int(done.inserted_primary_key[0])
