"""The shell and the database in memory: stores reviews and carries commands out."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import singledispatchmethod
from types import MappingProxyType
from typing import Any

from bot.door.kept import given_from_json, said_to_json
from dialogs.core.awaited import AT_WORK, at_work_of
from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import (
    IssueConsoleLink,
    IssueInvitation,
    SetLanguage,
    TieAccount,
    Untie,
    UntieOthers,
)
from dialogs.core.commands.answers import KeepAnswer, KeepAsked
from dialogs.core.commands.drafts import Approve, KeepComment, Return, Submit, Withdraw
from dialogs.core.events import Commanded, Edited, Event, Pressed, Said
from dialogs.core.knowledge.every import RoomKnowledge
from dialogs.core.rooms import Room, room_of
from dialogs.core.state import Given, State
from dialogs.core.turn import Notify, Reply, SetFocus, Turn
from dialogs.interview.edited import rests_on_before
from dialogs.interview.under import named_by
from dialogs.lobby.new_code import NEW_CODE
from dialogs.shown.draft_card import card_shown, gives_way
from rules.campaign.at_work import at_work, in_order
from rules.campaign.last_days import last_day
from rules.judging.elsewhere import ReviewsAround
from rules.judging.interview import has_rating
from rules.nouns.devices import WaitingCode
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Decision, Draft, Json, Outcome, Review, ReviewStatus
from rules.nouns.rulings import Opinion, StandIn
from rules.personal.requests import DataRequest
from tests.transcripts import chain_memory, data_memory, deciding_memory, desk_memory, ruling_memory
from tests.transcripts.cast import BOOKS, PEOPLE, START, reviews
from tests.transcripts.chain_office import asked
from tests.transcripts.deciding_office import asked_about
from tests.transcripts.door import Door
from tests.transcripts.months_memory import with_scores
from tests.transcripts.ruling_memory import Afterwards


@dataclass
class Memory:
    """The office of the cast. `told`: the notices sent in this step; `account`: the one that acts."""

    now: dt.datetime = START
    reviews: dict[int, Review] = field(default_factory=reviews)
    focus: dict[int, Mapping[str, Json] | None] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    keys: set[tuple[int, str]] = field(default_factory=set)
    told: list[tuple[int, Reply]] = field(default_factory=list)
    door: Door = field(default_factory=Door)
    afterwards: Afterwards = field(default_factory=Afterwards)
    stand_ins: dict[int, StandIn] = field(default_factory=dict)
    opinions: dict[int, Opinion] = field(default_factory=lambda: {**asked(reviews()), **asked_about(reviews())})
    desk: desk_memory.Desk = field(default_factory=desk_memory.Desk)
    data_requests: dict[int, DataRequest] = field(default_factory=dict)
    account: str = "An"
    shown: dict[int, frozenset[int]] = field(default_factory=dict)  # person → which reviews the page shows last
    replaced: dict[int, list[tuple[str, Answer | None]]] = field(
        default_factory=dict
    )  # review → what each answer replaced
    said: dict[int, list[dict[str, Any]]] = field(
        default_factory=dict
    )  # person → what they did, as the history keeps it
    newest: dict[int, Reply] = field(default_factory=dict)  # what each was told since they last did something

    def as_it_is(self) -> "Memory":
        """A copy, which later changes of this one do not affect."""
        return _apart(self)

    @property
    def here(self) -> Person | None:
        """The person whose account acts; None: a stranger."""
        return self.door.tied.get(self.account)

    def state(self, person: Person | None, event: Event) -> State:
        """The state of this account's conversation."""
        self.door.uses(self.account, self.now)
        invited = self.door.invited(self.account, event, self.now) if person is None or _starts(event) else None
        known = person or (invited.person if invited else None)
        state = self._known(known, event) if known else State(None, "vi", self.now)
        return replace(state, person=person, invited=invited)

    def _scored(self, review: Review) -> Review:
        return with_scores(review, self.reviews.values())

    def _known(self, person: Person, event: Event) -> State:
        mine = [self._scored(r) for r in self.reviews.values() if r.person.id == person.id]
        in_campaigns = sorted(mine, key=lambda r: r.campaign.id)
        focus = self.focus.get(person.id)
        told = self.newest.pop(person.id, None)
        if isinstance(event, Said) and told and gives_way(focus):
            card = card_shown(told)
            focus = {**card, AT_WORK: at_work_of(focus)} if card else focus
        button = event.button if isinstance(event, Pressed) else None
        mine = in_order([r for r in in_campaigns if not r.campaign.closed], self.now.date())
        given = self._given(person, event)
        own = at_work(mine, named_by(event, given), at_work_of(focus))
        named = named_by(event, given) or (focus or {}).get("review", 0)
        about = None if named in {one.id for one in mine} else self.reviews.get(named)
        people = {p.id: p for p in PEOPLE.values()}
        acts_for = chain_memory.acts_for(self, person)
        to_decide = (r for r in self.reviews.values() if r.approver_id in (person.id, *acts_for))
        return State(
            person=person,
            language=self.languages.get(person.id, "vi"),
            now=self.now,
            own=own,
            others=tuple(r for r in mine if own and r.id != own.id),
            shown=self.shown.get(person.id, frozenset()) & {r.id for r in mine}
            if isinstance(event, Said)
            else frozenset(),
            around={r.id: ReviewsAround(_beside(r, mine)) for r in mine},
            about=self._scored(about) if about else None,
            waiting=tuple(self._scored(r) for r in to_decide if r.status is ReviewStatus.SUBMITTED),
            focus=focus,
            acts_for=acts_for,
            names={id_: one.name for id_, one in people.items()},
            room=self._room(person, event),
            desk=tuple(p.id for p in people.values() if p.desk and p.office == person.office),
            led=self._led(person, acts_for) if isinstance(event, Said) else (),
            approver=people.get(own.approver_id) if own and own.approver_id else None,
            due=last_day(own) if own else None,
            new_code=self._new_code(person) if button and button.verb in NEW_CODE else None,
            before=self._before(event, own, given),
            earlier=self._earlier(event, own),
            given=given,
            fresh_code=self.door.fresh_code,
            links={
                "web": f"https://tusoi.example/i/{self.door.fresh_code}",
                "console": f"https://tusoi.example/bang/vao/{self.door.fresh_code}",
            },
            devices=self.door.devices(self.account, person),
        )

    def _given(self, person: Person, event: Event) -> Given | None:
        said = self.said.get(person.id, [])
        found = next(
            (one for one in reversed(said) if isinstance(event, Edited) and one.get("message") == event.message), None
        )
        return given_from_json(found, newest=found is said[-1]) if found else None

    def done(self, person: Person | None, event: Event, turn: Turn) -> None:
        """Store the turn in the history."""
        if person:
            self.said.setdefault(person.id, []).append(said_to_json(event, turn))

    def _before(self, event: Event, own: Review | None, given: Given | None) -> dict[str, Answer | None]:
        match event:
            case Pressed(Button("undo", review, (question, _, count, *_))):
                replaced = self.replaced.get(review, [])
            case Edited() if own and given and own.id == given.review and rests_on_before(own, given):
                replaced = self.replaced.get(given.review, [])
                question, count = next(iter(given.answers)), len(given.answers)
            case _:
                return {}
        newest = {name: index for index, (name, _) in enumerate(replaced)}
        start = newest.get(question, len(replaced))
        kept = replaced[start : start + int(count)]
        return dict(kept) if all(newest[name] == start + index for index, (name, _) in enumerate(kept)) else {}

    def _earlier(self, event: Event, own: Review | None) -> tuple[Answer, ...]:
        match event:
            case Pressed(Button("undo", review, (question, _, _, *_))) if (
                own and own.id == review and question in own.answers
            ):
                before = [answer for name, answer in self.replaced.get(review, []) if name == question and answer]
                return (*before, own.answers[question])
        return ()

    def _new_code(self, person: Person) -> WaitingCode | None:
        unused = (one for code, one in self.door.waiting.items() if code not in self.door.spent)
        return next((one for one in unused if one.person == person.id), None)

    def _led(self, person: Person, acts_for: tuple[int, ...]) -> tuple[str, ...]:
        led = (r for r in self.reviews.values() if {r.approver_id, r.decider_id} & {person.id, *acts_for})
        return tuple(sorted({r.person.name for r in led if r.person.id not in {person.id, *acts_for}}))

    def _room(self, person: Person, event: Event) -> RoomKnowledge | None:
        room = room_of(event, self.focus.get(person.id))
        match room:
            case Room.RESULT | Room.PLAN:
                return ruling_memory.results(self, person)
            case Room.COVER:
                return chain_memory.cover(self, person)
            case Room.OPINION:
                return chain_memory.opinions(self, person, event)
            case Room.DESK | Room.CREW | Room.CAST:
                return desk_memory.office(self, person, event)
            case Room.DATA:
                return data_memory.known(self, person)
            case Room.HEAD:
                return deciding_memory.proposed(self, person, event)
            case Room.DECIDE | Room.PETITION:
                return deciding_memory.deciding(self, person, event)
            case _:
                return None

    @singledispatchmethod
    def carry_out(self, command, by: Person) -> str:
        """Carry a command out. Returns its line in the transcript."""
        if isinstance(command, data_memory.COMMANDS):
            return data_memory.carry_out(command, self, by)
        return ruling_memory.carry_out(command, self, by)

    @carry_out.register
    def _(self, command: KeepAnswer, by: Person) -> str:
        review, answer = self.reviews[command.review], command.answer
        self.replaced.setdefault(review.id, []).append((command.question, review.answers.get(command.question)))
        self.reviews[review.id] = replace(review, answers={**review.answers, command.question: answer})
        note = f" | {answer.note}" if answer.note else ""
        return f"kept {command.question} {'(skipped)' if answer.skipped else _value(answer.value)}{note}"

    @carry_out.register
    def _(self, command: SetFocus, by: Person) -> str:
        self.focus[by.id] = command.focus
        if command.focus is None:
            return "focus forgotten"
        about = [str(value) for key, value in command.focus.items() if key not in {"review", "stamp", AT_WORK}]
        return " ".join(("focus", *about)) if about else f"at work {command.focus.get(AT_WORK)}"

    @carry_out.register
    def _(self, command: SetLanguage, by: Person) -> str:
        self.languages[by.id] = command.language
        return f"language {command.language}"

    @carry_out.register
    def _(self, command: Submit, by: Person) -> str:
        review = self.reviews[command.review]
        draft = Draft(
            len(review.drafts) + 1,
            command.stamp,
            with_scores(review, self.reviews.values()).answers,
            command.self_rating,
            command.suggested,
            self.now,
        )
        sent = (*review.drafts, draft)
        self.reviews[review.id] = replace(review, status=ReviewStatus.SUBMITTED, drafts=sent, endorsements=())
        return f"submitted version {draft.version}: self-rating {command.self_rating}, suggested {command.suggested}"

    @carry_out.register
    def _(self, command: Withdraw, by: Person) -> str:
        self._decide(command.review, by, command.version, Outcome.WITHDRAWN, ReviewStatus.DRAFTING)
        return f"withdrew version {command.version}"

    @carry_out.register
    def _(self, command: Approve, by: Person) -> str:
        review = self.reviews[command.review]
        rates = has_rating(BOOKS[review.campaign.edition].forms[review.form])
        self._decide(
            command.review,
            by,
            command.version,
            Outcome.APPROVED,
            ReviewStatus.APPROVED if rates else ReviewStatus.FINAL,  # a sheet is confirmed: nobody decides it
            command.comment,
            for_whom=command.for_whom,
        )
        return f"approved version {command.version} | {command.comment}"

    @carry_out.register
    def _(self, command: Return, by: Person) -> str:
        self._decide(
            command.review,
            by,
            command.version,
            Outcome.RETURNED,
            ReviewStatus.RETURNED,
            command.reason,
            command.sections,
            for_whom=command.for_whom,
            points=command.points,
        )
        points = "".join(f", {question} {value}" for question, value in command.points.items())
        return f"returned version {command.version}: {', '.join(command.sections) or 'all'}{points} | {command.reason}"

    @carry_out.register
    def _(self, command: KeepComment, by: Person) -> str:
        self.reviews[command.review] = replace(self.reviews[command.review], comment=command.text)
        return f"comment | {command.text}"

    @carry_out.register
    def _(self, command: KeepAsked, by: Person) -> str:
        self.reviews[command.review] = replace(self.reviews[command.review], asked=command.stamps)
        return f"asked about {len(command.stamps)}"

    @carry_out.register
    def _(self, command: Notify, by: Person) -> str:
        if (command.person, command.key) not in self.keys:
            self.keys.add((command.person, command.key))
            self.told += [(person, command.reply) for person in chain_memory.told(self, command, by)]
            self.newest |= dict(self.told)
        return f"notice {command.key.split(':')[0]}"

    @carry_out.register
    def _(self, command: TieAccount, by: Person | None) -> str:
        person = next(p for p in PEOPLE.values() if p.id == command.person)
        self.door.tie(self.account, command.invitation, person, self.now)
        return f"account tied to {person.name}"

    @carry_out.register
    def _(self, command: Untie, by: Person) -> str:
        del self.door.tied[self.account]
        return "account untied"

    @carry_out.register
    def _(self, command: UntieOthers, by: Person) -> str:
        others = [account for account, who in self.door.tied.items() if who == by and account != self.account]
        for account in others:
            del self.door.tied[account]
        return f"{len(others)} other accounts untied"

    @carry_out.register
    def _(self, command: IssueInvitation, by: Person) -> str:
        self.door.codes[command.code] = by
        return f"code {command.code} for another device"

    @carry_out.register
    def _(self, command: IssueConsoleLink, by: Person) -> str:
        return f"code {command.code} for the console"

    def _decide(
        self,
        review_id: int,
        by: Person,
        version: int,
        outcome: Outcome,
        status: ReviewStatus,
        comment: str = "",
        sections: tuple[str, ...] = (),
        for_whom: int | None = None,
        points: Mapping[str, Json] = MappingProxyType({}),
    ) -> None:
        review = self.reviews[review_id]
        decision = Decision(
            version, outcome, by.id, by.name, by.position, self.now, comment, sections, dict(points), for_whom
        )
        back = review if outcome is Outcome.APPROVED else chain_memory.afresh(review)
        kept = review.comment if outcome is Outcome.WITHDRAWN else ""  # the decision holds it now
        self.reviews[review_id] = replace(back, status=status, comment=kept, decisions=(*review.decisions, decision))


def _starts(event: Event) -> bool:
    """Whether the event is /start; only this may carry a code from a known person."""
    return isinstance(event, Commanded) and event.name == "start"


def _value(value: Json) -> str:
    if isinstance(value, dict):
        parts = (", ".join(str(part) for part in item.values()) for item in value["items"])
        return f"[{'; '.join(parts)}]{' closed' if value['closed'] else ''}"
    return str(value)


def _beside(review: Review, mine: Iterable[Review]) -> tuple[Review, ...]:
    """The person's other reviews of the same time."""
    when = (review.campaign.year, review.campaign.period)
    return tuple(one for one in mine if one.id != review.id and (one.campaign.year, one.campaign.period) == when)


def _apart(kept: Any) -> Any:
    """A copy of everything that can be changed in place. Frozen values are shared."""
    if isinstance(kept, dict):
        return {key: _apart(value) for key, value in kept.items()}
    if isinstance(kept, list | set):
        return type(kept)(_apart(one) for one in kept)
    if is_dataclass(kept) and not type(kept).__dataclass_params__.frozen:  # type: ignore[union-attr]
        return replace(kept, **{one.name: _apart(getattr(kept, one.name)) for one in fields(kept)})
    return kept
