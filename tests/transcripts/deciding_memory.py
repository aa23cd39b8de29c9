"""The part of the shell and the database for the authority, in memory: waiting reviews, decisions, deadlines of
petitions.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from bot.turn.rooms.head import AGREEING, LISTED
from bot.turn.rooms.rated import proposing, under_quota
from dialogs.core.commands.rulings import Decide
from dialogs.core.events import Event, Pressed
from dialogs.core.knowledge.authority import Deciding
from dialogs.core.knowledge.sheets import Sheets
from rules.book.quota import Rated
from rules.judging.interview import rated, rating_questions
from rules.nouns.people import Person
from rules.nouns.reviews import RULED, Review, ReviewStatus
from rules.nouns.rulings import Petition, Ruling
from rules.nouns.standings import ReviewLine
from rules.nouns.workdays import is_workday
from tests.transcripts.cast import BOOKS
from tests.transcripts.chain_memory import Chained, acts_for
from tests.transcripts.ruling_memory import Keeping, carry_out


def deciding(memory: Chained, person: Person, event: Event) -> Deciding:
    """Knowledge of the rooms DECIDE and PETITION for this person."""
    everything = memory.reviews.values()
    mine = [review for review in everything if _decides(memory, person, review)]
    parts = {(review.campaign.id, review.campaign.rulebook) for review in mine}
    same = [review for review in everything if review.campaign.id in {campaign for campaign, _ in parts}]
    petitions = memory.afterwards.petitions.values()
    undecided = [review for review in same if review.status not in RULED]
    return Deciding(
        mine=tuple(standing(review) for review in mine),
        rated={part: _rated(same, part) for part in parts},
        undecided_units={unit: sum(r.person.unit_id == unit for r in undecided) for unit in _units(undecided)},
        petitions=tuple(petitions),
        opinions=tuple(memory.opinions.values()),
        beside=tuple(standing(review) for review in same),
        listed=_listed(mine, event),
        days_left={one.id: _left(memory, one) for one in petitions if one.due},
    )


def proposed(memory: Chained, person: Person, event: Event) -> Sheets | None:
    """Knowledge of the room HEAD for this person, if ratings are proposed."""
    acting = (person.id, *acts_for(memory, person))
    waiting = [
        one
        for one in memory.reviews.values()
        if one.approver_id in acting and one.status is ReviewStatus.SUBMITTED and not one.campaign.closed
    ]
    button = event.button if isinstance(event, Pressed) else None
    about = memory.reviews.get(button.review) if button and button.verb in AGREEING else None
    asked = [about] if about else waiting
    if (button and button.verb not in AGREEING | LISTED) or (about and not under_quota(BOOKS, about)):
        return None
    campaigns = {one.campaign.id for one in asked}
    lines = [standing(one) for one in memory.reviews.values() if one.campaign.id in campaigns]
    return Sheets(**proposing(BOOKS, lines, {one.id for one in waiting}))


@carry_out.register
def _(command: Decide, memory: Keeping, by: Person) -> str:
    review = memory.reviews[command.review]
    fields = {name: getattr(command, name) for name in Ruling.__dataclass_fields__ if hasattr(command, name)}
    ruling = Ruling(**fields, by=by.id, by_name=by.name, by_position=by.position, at=memory.now)
    assert ruling.number == len(review.rulings) + 1, "somebody was first"
    memory.reviews[review.id] = replace(review, rulings=(*review.rulings, ruling), status=ReviewStatus.DECIDED)
    ratings = ", ".join(f"{key} {rating or 'not rated'}" for key, rating in ruling.ratings.items())
    said = (
        getattr(ruling, what) for what in ("cite", "reason", "remarks", "measures", "prospects", "document", "signer")
    )
    more = " | ".join(text for text in said if text)
    whom = f" for {command.for_whom}" if command.for_whom else ""
    return f"ruling {ruling.number} on version {ruling.version}: {ratings}{whom} | {more}"


def _decides(memory: Chained, person: Person, review: Review) -> bool:
    outside = person.desk and review.decider_id is None and review.person.office == person.office
    return review.decider_id in (person.id, *acts_for(memory, person)) or outside


def standing(review: Review) -> ReviewLine:
    draft = review.draft
    return ReviewLine(
        review.id,
        review.person,
        review.campaign,
        review.form,
        review.status,
        review.approver_id,
        review.approver_role,
        review.decider_id,
        bool(review.answers),
        draft.self_rating if draft else None,
        draft.suggested if draft else None,
        review.ruling.rating if review.ruling else None,
    )


def _rated(reviews: Iterable[Review], part: tuple[int, str]) -> tuple[Rated, ...]:
    return tuple(
        line for review in reviews if (review.campaign.id, review.campaign.rulebook) == part for line in _lines(review)
    )


def _lines(review: Review) -> Iterable[Rated]:
    form, person = BOOKS[review.campaign.edition].forms[review.form], review.person
    for question in rating_questions(form):
        subject, leader = rated(form, person, question)
        rating = review.ruling.ratings.get(question.key) if review.ruling else None
        undecided = review.status not in RULED
        yield Rated(person.name, person.unit, person.group, leader, rating, review.id, subject, undecided)


def _listed(mine: list[Review], event: Event) -> tuple[Review, ...]:
    """The reviews that wait in the unit named by a button for a whole list."""
    button = event.button if isinstance(event, Pressed) else None
    if button is None or button.verb not in {"decide_all", "decide_every"}:
        return ()
    unit = "".join(button.about[:1])
    waiting = [review for review in mine if review.ready]
    return tuple(review for review in waiting if unit in {"all", str(review.person.unit_id)})


def _left(memory: Keeping, petition: Petition) -> int:
    """Working days until the last day; negative: it has passed."""
    today, due = memory.now.date(), petition.due
    assert due, "a petition with a clock"
    span = range(1, abs((due - today).days) + 1)
    days = sum(is_workday(min(today, due) + dt.timedelta(days=one)) for one in span)
    return days if due >= today else -days


def _units(reviews: Iterable[Review]) -> set[int]:
    return {review.person.unit_id for review in reviews}
