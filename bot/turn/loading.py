"""Loads what a conversation knows when an event comes in (`dialogs.core.state.State`)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.codes import code_in, fresh_code
from bot.door.channel import Incoming
from bot.door.links import Links
from dialogs.core.events import Commanded, Event, Pressed
from dialogs.core.rooms import Room, room_of
from dialogs.core.state import Invitation, Invited, State
from dialogs.lobby.welcome import TELLS_DESK
from rules.book.milestones import SELF_REVIEW
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review, current
from storage.transaction import Transaction
from storage.values import Conversation

#: After so many wrong codes within the window an account has to wait: guessing is slowed down.
WRONG_CODES = 5
WINDOW = dt.timedelta(minutes=30)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads states. `links` and `language` come from the settings."""

    links: Links
    language: str

    async def stranger(self, tx: Transaction, incoming: Incoming, now: dt.datetime) -> State:
        """The state of an account that is tied to nobody."""
        invited = await self._invited(tx, incoming, now, tied_to=None)
        state = State(person=None, language=self.language, now=now, invited=invited)
        return await self._welcomed(tx, state, invited.person) if invited.person else state

    async def _welcomed(self, tx: Transaction, state: State, person: Person) -> State:
        """What the welcome tells of the review of a person whose code was good."""
        mine = await tx.reviews.mine(person.id)
        own = current(mine)
        waiting = await tx.reviews.waiting_for(person.id)
        due = own.campaign.timetable.get(SELF_REVIEW) if own else None
        return replace(
            state,
            own=own,
            others=_others(mine, own),
            waiting=tuple(waiting),
            due=due,
            approver=await _approver(tx, own),
        )

    async def known(self, tx: Transaction, person_id: int, incoming: Incoming, now: dt.datetime) -> State:
        """The state of a person; their conversation is locked from here to the end of the transaction."""
        conversation = await tx.conversations.locked(person_id)
        mine = await tx.reviews.mine(person_id)
        own = current(mine)
        acts_for = await tx.covers.acts_for(person_id, now.date()) if conversation.covers else ()
        about = await self._about(tx, (person_id, *acts_for), incoming.event, conversation, own)
        code = fresh_code() if _asks_for_a_code(incoming.event, conversation.focus) else ""
        return State(
            person=conversation.person,
            language=conversation.language,
            now=now,
            own=own,
            others=_others(mine, own),
            about=about,
            waiting=tuple(await tx.reviews.waiting_for(person_id, *acts_for))
            if conversation.approves or acts_for
            else (),
            acts_for=acts_for,
            names=await tx.people.names(_named_in(own, about, acts_for)),
            focus=conversation.focus,
            approver=await _approver(tx, own),
            invited=await self._invited(tx, incoming, now, tied_to=person_id)
            if _gives_a_code(incoming.event)
            else None,
            due=own.campaign.timetable.get(SELF_REVIEW) if own else None,
            fresh_code=code,
            links=self.links.of(code) if code else {},
            desk=tuple(await tx.units.desk_of(conversation.person.office)) if _tells_desk(incoming.event) else (),
        )

    async def at_a_glance(self, tx: Transaction, person_id: int, now: dt.datetime) -> State:
        """What the menu of a person depends on; nothing is locked."""
        acts_for = await tx.covers.acts_for(person_id, now.date())
        return State(
            person=await tx.people.get(person_id),
            language=await tx.people.language(person_id),
            now=now,
            waiting=tuple(await tx.reviews.waiting_for(person_id, *acts_for)),
            acts_for=acts_for,
        )

    async def _about(
        self, tx: Transaction, acting: tuple[int, ...], event: Event, conversation: Conversation, own: Review | None
    ) -> Review | None:
        """The other review that the button or the focus names; locked only for who decides it.

        Two people who press each other's buttons would else wait for each other for ever.
        """
        named = event.button.review if isinstance(event, Pressed) and event.button else 0
        named = named or _review_of(conversation.focus)
        if not named or (own and named == own.id):
            return None
        about = await tx.reviews.get(named)
        return await tx.reviews.locked(named) if about and _acts_on(about, acting, conversation.person) else about

    async def _invited(self, tx: Transaction, incoming: Incoming, now: dt.datetime, tied_to: int | None) -> Invited:
        code = code_in(incoming.event)
        if not code:
            return Invited(Invitation.NONE)
        wrong = await tx.invitations.wrong_codes_since(incoming.account, now - WINDOW)
        if wrong >= WRONG_CODES:
            _log.warning("codes are being guessed", channel=incoming.channel, wrong=wrong)
            return Invited(Invitation.TOO_MANY, wait_minutes=int(WINDOW.total_seconds() // 60))
        found = await tx.invitations.look_up(code, now)
        if found.outcome == "unknown":
            await tx.invitations.record_wrong(incoming.channel, incoming.account, now)
        if tied_to is not None and found.outcome == "valid" and found.person_id != tied_to:
            return Invited(Invitation.OTHER)
        person = await tx.people.get(found.person_id) if found.outcome == "valid" else None
        return Invited(Invitation(found.outcome), found.id, person)


def _acts_on(review: Review, acting: tuple[int, ...], person: Person) -> bool:
    """Whether this person may come to write to the review: they have the draft, decide it, or record a decision."""
    records = may(relations_to_office(person, person.office), Action.RECORD_OUTSIDE)
    outside = review.decider_id is None and records
    return review.approver_id in acting or review.decider_id in acting or outside


def _others(mine: Sequence[Review], own: Review | None) -> tuple[Review, ...]:
    """The others of the same campaign."""
    return tuple(review for review in mine if own and review.id != own.id and review.campaign.id == own.campaign.id)


def _named_in(own: Review | None, about: Review | None, acts_for: tuple[int, ...]) -> set[int]:
    """Whose names a reply may tell: of the chain, where it has several steps, and of the absent."""
    reviews = [review for review in (own, about) if review]
    chains = (step.person for review in reviews if len(review.steps) > 1 for step in review.steps)
    absent = (one for review in reviews for one in _stood_in_for(review) if one)
    return {*acts_for, *chains, *absent}


def _stood_in_for(review: Review) -> tuple[int | None, ...]:
    """For whom stand-ins acted on a review."""
    decided = (one.for_whom for one in review.decisions)
    return (*decided, *(one.for_whom for one in review.endorsements), *(one.for_whom for one in review.rulings))


async def _approver(tx: Transaction, own: Review | None) -> Person | None:
    return await tx.people.get(own.approver_id) if own and own.approver_id else None


def _review_of(focus: Mapping[str, Json] | None) -> int:
    named = (focus or {}).get("review", 0)
    return named if isinstance(named, int) else 0


def _asks_for_a_code(event: Event, focus: Mapping[str, Json] | None) -> bool:
    """For another device of one's own, or for somebody's new phone."""
    return (isinstance(event, Commanded) and event.name == "thietbi") or room_of(event, focus) is Room.CREW


def _tells_desk(event: Event) -> bool:
    return isinstance(event, Pressed) and event.button is not None and event.button.verb == TELLS_DESK


def _gives_a_code(event: Event) -> bool:
    return isinstance(event, Commanded) and event.name == "start" and bool(event.argument)
