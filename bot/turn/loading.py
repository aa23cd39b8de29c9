"""Loads the state of a conversation for an event (`dialogs.core.state.State`)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import structlog

from bot.codes import clean, code_in, fresh_code
from bot.door.channel import Incoming
from bot.door.kept import given_from_json, reply_from_json
from bot.door.links import Links
from dialogs.core.awaited import AT_WORK, at_work_of
from dialogs.core.buttons import Button
from dialogs.core.events import Chosen, Commanded, Edited, Event, Pressed, Said
from dialogs.core.rooms import Room, room_of
from dialogs.core.stamps import answer_stamp
from dialogs.core.state import Device, Given, Invitation, Invited, State
from dialogs.inquiries import keys as inquiry
from dialogs.interview.edited import rests_on_before
from dialogs.interview.several.seen import seen_in
from dialogs.interview.staying import reviews_shown
from dialogs.interview.under import named_by
from dialogs.lobby.devices import OTHERS_OUT
from dialogs.lobby.new_code import NEW_CODE
from dialogs.lobby.welcome import TELL_DESK, WELCOMES
from dialogs.meeting.steering import WALL as TO_WALL
from dialogs.people.chosen import GIVE, RENEW
from dialogs.people.view import MOST
from dialogs.shown.console import OPEN as TO_CONSOLE
from dialogs.shown.draft_card import card_shown, gives_way
from rules.campaign.at_work import at_work, in_order
from rules.campaign.last_days import last_day
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.reviews import Answer, Decision, Json, Review
from rules.nouns.rulings import Endorsement, Ruling
from rules.nouns.values import BODIES
from rules.personal.keeping import Keeping
from storage.transaction import Transaction
from storage.values import Conversation
from templates.wording import language_of

#: Number of wrong codes of an account within the window that are counted and answered in full. A valid code always
#: works: there are too many codes to guess (docs/front-door.md), and nobody must be locked out by what others tried.
WRONG_CODES = 5
WINDOW = dt.timedelta(minutes=30)

#: Channels whose page shows everything said to a person on any device (those that do not write to people).
PAGES = frozenset({"web"})
#: Number of steps of an account that are searched for the review shown last.
LOOKED_BACK = 5

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads states. `links`, `language` and `keeping` come from the settings."""

    links: Links
    language: str
    keeping: Keeping = field(default_factory=Keeping)

    async def stranger(self, tx: Transaction, incoming: Incoming, now: dt.datetime) -> State:
        """The state of an account that is tied to nobody. The welcome mentions the review of a person with a valid
        code.
        """
        invited = await self._invited(tx, incoming, now, tied_to=None)
        state = State(person=None, language=self.language, now=now, invited=invited)
        if invited.person is None:
            return state
        reviews = in_order(await tx.reviews.mine(invited.person.id), now.date())
        own = at_work(reviews)
        return replace(
            state,
            own=own,
            others=_beside(reviews, own),
            waiting=tuple(await tx.reviews.waiting_for(invited.person.id)),
            to_decide=await tx.reviews.to_decide(invited.person.id),
            due=last_day(own) if own else None,
            approver=await tx.people.get(own.approver_id) if own and own.approver_id else None,
        )

    async def known(self, tx: Transaction, person_id: int, incoming: Incoming, now: dt.datetime) -> State:
        """The state of a person; their conversation is locked from here to the end of the transaction."""
        conversation = await tx.conversations.locked(person_id)
        given = await _given(tx, person_id, incoming)
        mine = tuple(one for one in await tx.reviews.mine(person_id) if not _handed_on(one))
        named = named_by(incoming.event, given)
        if conversation.drafts:
            mine = (*mine, *await _reports(tx, person_id, mine, named or _in_focus(conversation)))
        reviews = in_order(mine, now.date())
        own = at_work(reviews, named, at_work_of(conversation.focus))
        acts_for = await tx.covers.acts_for(person_id, now.date()) if conversation.covers else ()
        leads = conversation.approves or bool(acts_for)
        led: Sequence[str] = ()
        if leads and isinstance(incoming.event, Said):
            led = await tx.reviews.led_by(person_id, *acts_for)
            conversation = replace(conversation, focus=await _looked_at(tx, conversation))
        shown: frozenset[int] = frozenset()
        if isinstance(incoming.event, Said) and any(one.open for one in reviews if own and one.id != own.id):
            shown = await _shown(tx, person_id, incoming, frozenset(one.id for one in reviews))
        about = await self._about(tx, (person_id, *acts_for), named, conversation, reviews)
        told = _named_in([review for review in (own, about) if review], acts_for)
        code, links = await self._known_link(tx, incoming) or await self._fresh(tx, incoming, conversation)
        invited = None
        devices: tuple[Device, ...] = ()
        desk: list[int] = []
        match incoming.event:
            case Commanded("thietbi"):
                devices = await self._devices(tx, person_id, incoming)
            case Pressed(Button(verb=verb)) if verb in OTHERS_OUT:
                devices = await self._devices(tx, person_id, incoming)
            case Commanded("start", argument) if argument:
                invited = await self._invited(tx, incoming, now, tied_to=person_id)
            case Pressed(Button(verb=verb)) if verb in TELL_DESK:
                desk = await tx.units.desk_of(conversation.person.office)
        return State(
            person=conversation.person,
            language=conversation.language,
            now=now,
            own=own,
            others=_beside(reviews, own),
            shown=shown,
            about=about,
            waiting=tuple(await tx.reviews.waiting_for(person_id, *acts_for)) if leads else (),
            to_decide=await tx.reviews.to_decide(person_id, *acts_for) if _welcomed(incoming.event) else 0,
            acts_for=acts_for,
            names=await tx.people.names(told) if told else {},
            focus=conversation.focus,
            approver=await tx.people.get(own.approver_id) if own and own.approver_id else None,
            invited=invited,
            due=last_day(own) if own else None,
            seen=await _seen(tx, person_id, incoming, own),
            before=await _replaced(tx, own, incoming.event, given),
            earlier=await _earlier(tx, own, incoming.event),
            given=given,
            new_code=await tx.invitations.anew_for(person_id, now) if _verb(incoming.event) in NEW_CODE else None,
            fresh_code=code,
            fresh_codes=_codes(incoming.event),
            keeping=self.keeping,
            links=links,
            devices=devices,
            desk=tuple(desk),
            led=tuple(led),
        )

    async def _known_link(self, tx: Transaction, incoming: Incoming) -> tuple[str, Mapping[str, str]] | None:
        """The code and links of an inquiry whose link is shown again; None: the event is something else. The permission
        is checked where it is shown.
        """
        match incoming.event:
            case Pressed(Button(verb=verb, about=(_, named, *_))) if verb == inquiry.LINK and named.isdecimal():
                code = await tx.inquiries.code_of(int(named[:9]))
                return code, self.links.to_inquiry(code)
        return None

    async def _fresh(
        self, tx: Transaction, incoming: Incoming, conversation: Conversation
    ) -> tuple[str, Mapping[str, str]]:
        """A new code where one is handed out, with the links that contain it: for somebody's new phone, another device
        of one's own, or the console.
        """
        code = fresh_code()
        match incoming.event:
            case Pressed(Button(verb=verb)) if verb == TO_CONSOLE:
                return code, self.links.to_console(code)
            case Pressed(Button(verb="vote_in", about=(poll, *_))) if poll.isdecimal():
                spoken = language_of(conversation.language)
                address = await tx.polls.address(int(poll))
                other = spoken if spoken != language_of(self.language) else ""
                return code, self.links.to_booth(address, code, other) if address else {}
            case Pressed(Button(verb=verb)) if verb in {inquiry.ASK, inquiry.EVERYBODY}:
                return code, self.links.to_inquiry(code)
            case Chosen():  # each of the chosen people gets their own code (`_codes`)
                return "", {}
            case Pressed(Button(verb=verb)) if verb == TO_WALL:
                return code, self.links.to_wall(code)
            case Commanded("thietbi"):  # whatever is typed after it
                return code, self.links.of(code)
            case event if room_of(event, conversation.focus) is Room.CREW:
                return code, self.links.of(code)
        return "", {}

    async def _devices(self, tx: Transaction, person: int, incoming: Incoming) -> tuple[Device, ...]:
        here = (incoming.channel, incoming.account)
        known = await tx.accounts.devices(person)
        devices = (Device(one.channel, one.since, one.last, (one.channel, one.account) == here) for one in known)
        return tuple(sorted(devices, key=lambda one: not one.here))

    async def at_a_glance(self, tx: Transaction, person_id: int, now: dt.datetime) -> State:
        """The part of the state that the menu of a person depends on. Nothing is locked."""
        acts_for = await tx.covers.acts_for(person_id, now.date())
        mine, reports = await tx.reviews.mine(person_id), await tx.reviews.reports(person_id, lock=False)
        return State(
            others=(*(one for one in mine if not _handed_on(one)), *(one for one in reports if _to_do(one, person_id))),
            person=await tx.people.get(person_id),
            language=await tx.people.language(person_id),
            now=now,
            waiting=tuple(await tx.reviews.waiting_for(person_id, *acts_for)),
            acts_for=acts_for,
        )

    async def _about(
        self, tx: Transaction, acting: tuple[int, ...], review: int, conversation: Conversation, mine: Sequence[Review]
    ) -> Review | None:
        """The review, not one of the person's own, that the event (`review`) or the focus names.

        It is locked only for people who may write to it. Otherwise two people who press buttons about each other's
        reviews would wait for each other for ever.
        """
        named = review or _in_focus(conversation)
        if not named or named in {one.id for one in mine}:
            return None
        about = await tx.reviews.get(named)
        if about is None:
            return None
        # Those who may write to it: they have the draft now, decide it, or record what was decided outside.
        held = relations_to_office(conversation.person, conversation.person.office)
        outside = about.decider_id is None and may(held, Action.RECORD_OUTSIDE)
        writes = about.approver_id in acting or about.decider_id in acting or outside
        return await tx.reviews.locked(named) if writes else about

    async def _invited(self, tx: Transaction, incoming: Incoming, now: dt.datetime, tied_to: int | None) -> Invited:
        code = code_in(incoming.event)
        if not code:
            return Invited(Invitation.NONE)
        invitation = await tx.invitations.look_up(code, now)
        if invitation.outcome == "unknown":
            return await self._wrong(tx, incoming, now, code)
        opens = {"valid", "waiting"}
        if tied_to is not None and invitation.outcome in opens and invitation.person_id != tied_to:
            return Invited(Invitation.OTHER)
        person = await tx.people.get(invitation.person_id) if invitation.outcome == "valid" else None
        return Invited(Invitation(invitation.outcome), invitation.id, person, opens_at=invitation.opens_at)

    async def _wrong(self, tx: Transaction, incoming: Incoming, now: dt.datetime, code: str) -> Invited:
        """A code that was never given to anybody. It is recorded only while it can still count, so that guessing cannot
        fill the table.
        """
        wrong = await tx.invitations.wrong_codes_since(incoming.account, now - WINDOW)
        if wrong >= WRONG_CODES:
            _log.warning("codes are being guessed", channel=incoming.channel)
            return Invited(Invitation.TOO_MANY)
        await tx.invitations.record_wrong(incoming.channel, incoming.account, now)
        return Invited(Invitation.UNKNOWN if clean(code) else Invitation.MALFORMED, left=WRONG_CODES - wrong - 1)


def _in_focus(conversation: Conversation) -> int:
    """The review that the focus names; 0: none."""
    named = (conversation.focus or {}).get("review", 0)
    return named if isinstance(named, int) else 0


async def _reports(tx: Transaction, person: int, mine: Sequence[Review], named: int) -> list[Review]:
    """The reports of bodies in which this person writes. They are locked, unless the event is about somebody else's
    review: that review may be locked too, and two people could then wait for each other for ever.
    """
    found = await tx.reviews.reports(person, lock=False)
    known = {one.id for one in (*mine, *found)}
    elsewhere = bool(named) and named not in known
    shown = found if elsewhere else await tx.reviews.reports(person, lock=True)
    return [one for one in shown if one.id == named or _to_do(one, person)]


def _to_do(report: Review, person: int) -> bool:
    """Whether a report is listed among a person's reviews: always for its drafter, for a writer only while a part of
    theirs is open.
    """
    parts = report.report.open_parts if report.report else ()
    return report.drafter == person or (report.open and any(part.writer == person for part in parts))


async def _looked_at(tx: Transaction, conversation: Conversation) -> Mapping[str, Json] | None:
    """The focus for a text. If the newest message shows somebody else's draft and the person has done nothing since,
    the focus is on that draft.
    """
    if not gives_way(conversation.focus):
        return conversation.focus
    newest = await tx.turns.history(conversation.person.id, limit=1)
    told = newest[0] if newest and newest[0].said is None and newest[0].replies else None
    reply = reply_from_json(cast("Mapping[str, Any]", told.replies[-1])) if told else None
    card = card_shown(reply) if reply else None
    return {**card, AT_WORK: at_work_of(conversation.focus)} if card else conversation.focus


async def _replaced(
    tx: Transaction, own: Review | None, event: Event, given: Given | None
) -> Mapping[str, Answer | None]:
    """The answers as they were before those that a press would undo, or before an edited message, if it cannot be read
    anew without them.
    """
    match event:
        case Pressed(Button("undo", review, (question, _, count, *_))) if (
            own and own.id == review and count.isdecimal()
        ):
            return await tx.reviews.replaced(own.id, question, int(count))
        case Edited() if own and given and own.id == given.review and rests_on_before(own, given):
            return await tx.reviews.replaced(own.id, next(iter(given.answers)), len(given.answers))
        case _:
            return {}


async def _earlier(tx: Transaction, own: Review | None, event: Event) -> tuple[Answer, ...]:
    """All earlier answers to a question, if a press would undo one that is no longer the newest."""
    match event:
        case Pressed(Button("undo", review, (question, mark, _, *_))) if own and own.id == review:
            now = own.answers.get(question)
            if now is not None and answer_stamp(now) != mark:
                return tuple(answer for name, answer in await tx.reviews.history(own.id) if name == question)
    return ()


async def _given(tx: Transaction, person: int, incoming: Incoming) -> Given | None:
    """What came of a message that was edited since. None also for messages that were said without a name, because it is
    not kept which they were.
    """
    event = incoming.event
    if not isinstance(event, Edited):
        return None
    found = await tx.turns.of_message(person, incoming.channel, incoming.account, event.message)
    return given_from_json(cast("Mapping[str, Any]", found.said), newest=found.newest) if found else None


def _codes(event: Event) -> tuple[str, ...]:
    """New codes for people chosen in a list of the console: one for each, at most `MOST`."""
    if not isinstance(event, Chosen) or event.deed not in {GIVE, RENEW}:
        return ()
    return tuple(fresh_code() for _ in range(min(len(event.people), MOST)))


def _handed_on(review: Review) -> bool:
    """Whether it is a head's form about their unit and somebody else drafts all of it."""
    report, who = review.report, review.person
    if report is None or who.subject in BODIES or report.drafter in {None, who.id}:
        return False
    return not report.parts_of(who.id)


def _welcomed(event: Event) -> bool:
    return event.name == "start" if isinstance(event, Commanded) else _verb(event) in WELCOMES


def _verb(event: Event) -> str:
    """The verb of the pressed button; "": none was pressed."""
    return event.button.verb if isinstance(event, Pressed) and event.button else ""


async def _shown(tx: Transaction, person: int, incoming: Incoming, mine: frozenset[int]) -> frozenset[int]:
    """The person's own reviews that were last shown to the account that speaks; empty: unknown."""
    of_account = None if incoming.channel in PAGES else (incoming.channel, incoming.account)
    for turn in await tx.turns.newest(person, of_account, LOOKED_BACK):
        replies = [reply_from_json(cast("Mapping[str, Any]", reply)) for reply in turn.replies]
        found = reviews_shown(replies) & mine
        if found:
            return found
    return frozenset()


async def _seen(tx: Transaction, person: int, incoming: Incoming, own: Review | None) -> int:
    """For a text to a body's report: the number of the newest answer when the report was last shown to this account; 0:
    unknown.
    """
    if own is None or own.report is None or not isinstance(incoming.event, Said | Edited):
        return 0
    of_account = None if incoming.channel in PAGES else (incoming.channel, incoming.account)
    for turn in await tx.turns.newest(person, of_account, LOOKED_BACK):
        found = seen_in([reply_from_json(cast("Mapping[str, Any]", reply)) for reply in turn.replies], own.id)
        if found is not None:
            return found
    return 0


def _beside(reviews: Sequence[Review], own: Review | None) -> tuple[Review, ...]:
    """The person's other reviews of open campaigns."""
    return tuple(review for review in reviews if own and review.id != own.id)


def _named_in(reviews: Sequence[Review], acts_for: tuple[int, ...]) -> set[int]:
    """The people whose names a reply may contain: those in the chain, if it has several steps, and those for whom a
    stand-in acted.
    """
    chains = [step.person for review in reviews if len(review.steps) > 1 for step in review.steps]
    acts: list[Decision | Endorsement | Ruling] = []
    for review in reviews:
        acts += [*review.decisions, *review.endorsements, *review.rulings]
    return {*acts_for, *chains, *(act.for_whom for act in acts if act.for_whom)}
