"""The part of the shell and the database for the desk, in memory: campaigns, codes, accounts, messages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from dialogs.core.commands.accounts import AgreeToCode, RefuseCode, Reissue, RevokeInvitations, UntiePerson
from dialogs.core.commands.campaigns import (
    Broadcast,
    CloseCampaign,
    Extend,
    MoveMilestone,
    OpenCampaign,
    SetOffice,
    UndoCampaign,
)
from dialogs.core.events import Event
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.turn import Reply
from dialogs.desk.guard import campaign_named
from rules.book.milestones import timetable
from rules.nouns.devices import CodeGiven, WaitingCode
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Extension, Json, ReviewStatus
from rules.nouns.standings import ReviewLine
from tests.transcripts.cast import BOOK, BOOKS, PEOPLE
from tests.transcripts.door import Door
from tests.transcripts.ruling_memory import Keeping, carry_out

_BOOKS = ("quang-ngai-office-2020", "decree-90-2020", "party-2019", "decree-335-2025")
_HOLDS = dt.timedelta(days=60)
#: The campaign of the office of An, with all its days.
_CAMPAIGN = Campaign(7, BOOK.id, 2020, PEOPLE["An"].office, timetable(BOOK, 2020))


@dataclass
class Desk:
    """Everything stored besides people and reviews."""

    campaigns: list[Campaign] = field(default_factory=lambda: [_CAMPAIGN])
    settings: OfficeSettings = field(default_factory=OfficeSettings)
    invited: dict[int, dt.datetime] = field(default_factory=dict)
    delivered: dict[str, dict[str, int]] = field(default_factory=dict)
    unreached: dict[int, str] = field(default_factory=dict)


class Kept(Keeping, Protocol):
    """The part of the memory that is used here."""

    desk: Desk
    door: Door
    told: list[tuple[int, Reply]]
    focus: dict[int, dict[str, Json] | None]


def office(memory: Kept, person: Person, event: Event) -> OfficeView:
    """Knowledge of DESK, CREW and CAST; for a head only the people of their unit."""
    desk = memory.desk
    people = tuple(one for one in _office() if person.desk or one.unit_id == person.unit_id)
    been_in = frozenset(one.id for one in people)  # everybody of the cast has an account at first
    accounts = {one.id: (sum(tied.id == one.id for tied in memory.door.tied.values()), 0) for one in people}
    keys = {one.id: f"CB{one.id:03}" for one in people}
    if not person.desk:
        return OfficeView(
            1, desk.settings, people=people, accounts=accounts, invited=desk.invited, been_in=been_in, keys=keys
        )
    named = campaign_named(event, memory.focus.get(person.id)) or max((one.id for one in desk.campaigns), default=0)
    return OfficeView(
        office=1,
        settings=desk.settings,
        campaigns=tuple(desk.campaigns),
        people=people,
        units={one.unit_id: one.unit for one in people},
        standings=tuple(_standings(memory, named)),
        tallies={id_: _tally(memory, id_) for id_ in {one.id for one in desk.campaigns}},
        delivered=desk.delivered,
        unreached=desk.unreached,
        accounts=accounts,
        invited=desk.invited,
        been_in=been_in,
        rulebooks={name: BOOKS[name, memory.now.year].title for name in _BOOKS},
        keys=keys,
    )


def _office() -> Iterator[Person]:
    """A few people of the cast, so that a new person elsewhere does not change the desk's lists."""
    return (PEOPLE[name] for name in ("An", "Bình", "Chi", "Dũng", "Giang", "Khoa", "Ngân"))


def _tally(memory: Kept, campaign: int) -> tuple[int, int, int]:
    found = [one for one in _standings(memory, campaign) if one.status is not ReviewStatus.ENDED]
    in_time = (one.owed and one.extension and one.extension.until >= memory.now.date() for one in found)
    return sum(not one.owed for one in found), len(found), sum(map(bool, in_time))


def _standings(memory: Kept, campaign: int) -> Iterator[ReviewLine]:
    part = next((one for one in memory.desk.campaigns if one.id == campaign), None)
    office = {one.id for one in _office()}
    for review in memory.reviews.values():
        if part and review.campaign.id == campaign and review.person.id in office:
            yield ReviewLine(
                review.id,
                review.person,
                part,
                review.form,
                review.status,
                review.approver_id,
                review.approver_role,
                review.decider_id,
                bool(review.answers),
                extension=review.extension,
            )


@carry_out.register
def _(command: OpenCampaign, memory: Kept, by: Person) -> str:
    new = max(one.id for one in memory.desk.campaigns) + 1 if memory.desk.campaigns else 1
    memory.desk.campaigns += [
        Campaign(new, name, command.year, by.office, command.timetable[name], command.period)
        for name in command.rulebooks
    ]
    days = "; ".join(f"{name} {len(command.timetable[name])} days" for name in command.rulebooks)
    return f"opened {command.year} {command.period}: {days}"


@carry_out.register
def _(command: MoveMilestone, memory: Kept, by: Person) -> str:
    wanted = (command.campaign, command.rulebook)
    memory.desk.campaigns = [
        replace(one, timetable={**one.timetable, command.milestone: command.day})
        if (one.id, one.rulebook) == wanted
        else one
        for one in memory.desk.campaigns
    ]
    return f"moved {command.milestone} to {command.day}"


@carry_out.register
def _(command: Extend, memory: Kept, by: Person) -> str:
    given = Extension(command.until, command.reason, by.name) if command.until else None
    for review, was in command.was:
        held = memory.reviews[review].extension
        assert (held.until if held else None) == was
        memory.reviews[review] = replace(memory.reviews[review], extension=given)
    return f"extended to {command.until}: {command.reason}" if given else "extension taken back"


@carry_out.register
def _(command: CloseCampaign, memory: Kept, by: Person) -> str:
    memory.desk.campaigns = [one for one in memory.desk.campaigns if one.id != command.campaign]
    return f"closed campaign {command.campaign}, {len(command.open_items)} open"


@carry_out.register
def _(command: UndoCampaign, memory: Kept, by: Person) -> str:
    memory.desk.campaigns = [one for one in memory.desk.campaigns if one.id != command.campaign]
    return f"undone campaign {command.campaign}"


@carry_out.register
def _(command: SetOffice, memory: Kept, by: Person) -> str:
    memory.desk.settings = replace(memory.desk.settings, **{command.name: command.value})
    return f"set {command.name} {command.value}"


@carry_out.register
def _(command: Reissue, memory: Kept, by: Person) -> str:
    person = _named(command.person)
    memory.door.codes[command.code] = person
    memory.desk.invited[person.id] = memory.now + _HOLDS
    if command.opens_at is None:
        return f"code {command.code} for {person.name}"
    given = CodeGiven(by.id, by.name, by.position, memory.now)
    memory.door.waiting[command.code] = WaitingCode(len(memory.door.codes), person.id, given, command.opens_at)
    return f"code {command.code} for {person.name}, given anew"


@carry_out.register
def _(command: AgreeToCode, memory: Kept, by: Person) -> str:
    code = next(code for code, one in memory.door.waiting.items() if one.id == command.invitation)
    memory.door.waiting[code] = replace(memory.door.waiting[code], opens_at=memory.now)
    return f"code {code} agreed to"


@carry_out.register
def _(command: RefuseCode, memory: Kept, by: Person) -> str:
    code = next(code for code, one in memory.door.waiting.items() if one.id == command.invitation)
    del memory.door.waiting[code]
    memory.door.revoked.add(code)
    memory.desk.invited.pop(by.id, None)
    return f"code {code} refused"


@carry_out.register
def _(command: RevokeInvitations, memory: Kept, by: Person) -> str:
    memory.desk.invited.pop(command.person, None)
    return f"codes of {_named(command.person).name} revoked"


@carry_out.register
def _(command: UntiePerson, memory: Kept, by: Person) -> str:
    memory.door.tied = {account: one for account, one in memory.door.tied.items() if one.id != command.person}
    return f"accounts of {_named(command.person).name} untied"


@carry_out.register
def _(command: Broadcast, memory: Kept, by: Person) -> str:
    said = Reply("cast/message", {"text": command.text, "by": by.name, "unit": by.unit})
    memory.told += [(person, said) for person in command.to]
    memory.desk.delivered["broadcast"] = {"sent": len(command.to) - 1, "blocked": 1}
    memory.desk.unreached[command.to[-1]] = "blocked"
    return f"message to {len(command.to)}"


def _named(id_: int) -> Person:
    return next(one for one in PEOPLE.values() if one.id == id_)
