"""Accounts and invitation codes of the transcripts: who sits behind an account, which code opens for whom."""

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

#: Codes the desk gave out, by whom they are for. The one of Giang has run out.
CODES = {"AN2222222222": "An", "BANH22222222": "Bình", "GANG22222222": "Giang"}
EXPIRED = {"GANG22222222"}

#: The code `/thietbi` gives in a transcript.
DEVICE_CODE, NEXT_DEVICE_CODE = "THEMMAY22222", "THEMMAY33333"
WRONG_CODES = 5

#: Since when those of the cast are signed in.
BEFORE = START - dt.timedelta(days=1)


@dataclass
class Door:
    """`tied`: account → who sits there; at first everybody of the cast at an account of their name."""

    tied: dict[str, Person] = field(default_factory=lambda: dict(PEOPLE))
    codes: dict[str, Person] = field(default_factory=lambda: {code: PEOPLE[name] for code, name in CODES.items()})
    spent: set[str] = field(default_factory=set)
    since: dict[str, dt.datetime] = field(default_factory=dict)
    used: dict[str, dt.datetime] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    waiting: dict[str, WaitingCode] = field(default_factory=dict)  # given anew
    wrong: Counter[str] = field(default_factory=Counter)

    def invited(self, account: str, event: Event, now: dt.datetime) -> Invited | None:
        """What the code an event carries opens for this account."""
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
        """What the next code for another device is."""
        return NEXT_DEVICE_CODE if DEVICE_CODE in self.spent else DEVICE_CODE

    def devices(self, here: str, person: Person) -> tuple[Device, ...]:
        """Where that person is signed in."""
        theirs = sorted((account for account, who in self.tied.items() if who == person), key=lambda one: one != here)
        return tuple(
            Device("web", self.since.get(account, BEFORE), self.used.get(account, BEFORE), account == here)
            for account in theirs
        )

    def uses(self, account: str, now: dt.datetime) -> None:
        """Something comes from there: to a quarter of an hour it is kept."""
        if now - self.used.get(account, BEFORE) > KEPT_EVERY:
            self.used[account] = now

    def tie(self, account: str, invitation: int, person: Person, now: dt.datetime) -> None:
        """The account is that person's from now on, and the code is used up."""
        self.tied[account] = person
        self.since[account] = self.used[account] = now
        self.spent.add(list(self.codes)[invitation - 1])
