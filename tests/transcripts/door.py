"""Accounts and invitation codes of the transcripts: whose an account is, and for whom a code works."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from bot.codes import clean, code_in
from bot.door.lifetimes import KEPT_EVERY
from dialogs.core.events import Event
from dialogs.core.state import Device, Invitation, Invited
from rules.nouns.devices import WaitingCode
from rules.nouns.people import Person
from tests.transcripts.cast import PEOPLE, START

#: Code given by the desk → the person it is for. Giang's has expired.
CODES = {"AN2222222222": "An", "BANH22222222": "Bình", "GANG22222222": "Giang"}
EXPIRED = {"GANG22222222"}

#: The code `/thietbi` gives in a transcript.
DEVICE_CODE, NEXT_DEVICE_CODE = "THEMMAY22222", "THEMMAY33333"
WRONG_CODES = 5

#: The time since which the cast is signed in.
BEFORE = START - dt.timedelta(days=1)


@dataclass
class Door:
    """The accounts. `tied`: account → person; at first everybody of the cast has an account of their name."""

    tied: dict[str, Person] = field(default_factory=lambda: dict(PEOPLE))
    codes: dict[str, Person] = field(default_factory=lambda: {code: PEOPLE[name] for code, name in CODES.items()})
    spent: set[str] = field(default_factory=set)
    since: dict[str, dt.datetime] = field(default_factory=dict)
    used: dict[str, dt.datetime] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    waiting: dict[str, WaitingCode] = field(default_factory=dict)  # given anew
    wrong: Counter[str] = field(default_factory=Counter)

    def invited(self, account: str, event: Event, now: dt.datetime) -> Invited | None:
        """The result of the code in an event, for this account."""
        code = code_in(event)
        if not code:
            return None
        person, here = self.codes.get(code), self.tied.get(account)
        if person is None:
            self.wrong[account] += 1
            left = WRONG_CODES - self.wrong[account]
            if left < 0:
                return Invited(Invitation.TOO_MANY)
            return Invited(Invitation.UNKNOWN if clean(code) else Invitation.MALFORMED, left=left)
        if code in self.spent or code in EXPIRED:
            return Invited(Invitation.USED if code in self.spent else Invitation.EXPIRED)
        if code in self.revoked:
            return Invited(Invitation.REVOKED)
        if here not in {None, person}:
            return Invited(Invitation.OTHER)
        waiting = self.waiting.get(code)
        if waiting and waiting.waits(now):
            return Invited(Invitation.WAITING, opens_at=waiting.opens_at)
        return Invited(Invitation.VALID, list(self.codes).index(code) + 1, person)

    @property
    def fresh_code(self) -> str:
        """The next code for another device."""
        return NEXT_DEVICE_CODE if DEVICE_CODE in self.spent else DEVICE_CODE

    def devices(self, here: str, person: Person) -> tuple[Device, ...]:
        """The devices on which that person is signed in."""
        theirs = sorted((account for account, who in self.tied.items() if who == person), key=lambda one: one != here)
        return tuple(
            Device("web", self.since.get(account, BEFORE), self.used.get(account, BEFORE), account == here)
            for account in theirs
        )

    def uses(self, account: str, now: dt.datetime) -> None:
        """Record that a device was used, to a quarter of an hour."""
        if now - self.used.get(account, BEFORE) > KEPT_EVERY:
            self.used[account] = now

    def tie(self, account: str, invitation: int, person: Person, now: dt.datetime) -> None:
        """Tie the account to that person, and use the code up."""
        self.tied[account] = person
        self.since[account] = self.used[account] = now
        self.spent.add(list(self.codes)[invitation - 1])
