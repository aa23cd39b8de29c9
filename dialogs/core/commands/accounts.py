"""Commands about accounts: signing in and out, codes and links, language and reminders."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Use this language from now on: `vi` or `en`."""

    language: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """Send this person no reminders until that day. Nothing becomes due later by it."""

    until: dt.date


@dataclass(frozen=True, slots=True)
class TieAccount:
    """Tie the account that wrote to the person of the invitation, and use the invitation up."""

    invitation: int
    person: int


@dataclass(frozen=True, slots=True)
class IssueInvitation:
    """Store a fresh one-time code (State.fresh_code) for another device of this person."""

    code: str


@dataclass(frozen=True, slots=True)
class IssueConsoleLink:
    """Store a fresh one-time code (State.fresh_code) with which this person opens the console."""

    code: str


@dataclass(frozen=True, slots=True)
class Untie:
    """Sign this account out. `not_theirs`: the account had been tied with somebody else's code."""

    not_theirs: bool = False


@dataclass(frozen=True, slots=True)
class UntieOthers:
    """Sign the person out on all other devices, and cancel unused codes for further devices."""


@dataclass(frozen=True, slots=True)
class Reissue:
    """Give a person a fresh invitation and cancel the unused ones. `opens_at` is set when the person had signed in
    before: the code then waits.
    """

    person: int
    code: str
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AgreeToCode:
    """The person confirms that a code given anew is for them: it works at once."""

    invitation: int


@dataclass(frozen=True, slots=True)
class RefuseCode:
    """The person did not ask for the code: it is cancelled."""

    invitation: int


@dataclass(frozen=True, slots=True)
class AskHaste:
    """The desk asks, with a reason, that a code given anew work at once."""

    person: int
    invitation: int
    reason: str


@dataclass(frozen=True, slots=True)
class AgreeHaste:
    """A second person agrees that the code work at once."""

    person: int
    invitation: int


@dataclass(frozen=True, slots=True)
class ConfirmNewcomer:
    """Somebody other than the head who gave the first code confirms that the right person signed in with it."""

    person: int


@dataclass(frozen=True, slots=True)
class RevokeInvitations:
    """Cancel all unused invitations of a person."""

    person: int


@dataclass(frozen=True, slots=True)
class UntiePerson:
    """Untie all accounts of a person."""

    person: int


AccountCommand = (
    SetLanguage
    | Snooze
    | TieAccount
    | IssueInvitation
    | IssueConsoleLink
    | Untie
    | UntieOthers
    | Reissue
    | AgreeToCode
    | RefuseCode
    | AskHaste
    | AgreeHaste
    | ConfirmNewcomer
    | RevokeInvitations
    | UntiePerson
)
