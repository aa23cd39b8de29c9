"""Accounts of people: how they come in and go, codes and links, in which language and whether they are reminded."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """`vi` or `en`."""

    language: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """No reminders to this person until that day; what is due is due all the same."""

    until: dt.date


@dataclass(frozen=True, slots=True)
class TieAccount:
    """Tie the account that spoke to the person of the invitation, and use the invitation up."""

    invitation: int
    person: int


@dataclass(frozen=True, slots=True)
class IssueInvitation:
    """Keep a fresh one-time code (made by the shell, see State.fresh_code) for another device of this person."""

    code: str


@dataclass(frozen=True, slots=True)
class IssueConsoleLink:
    """Keep a fresh one-time code (State.fresh_code) by which this person opens the console."""

    code: str


@dataclass(frozen=True, slots=True)
class Untie:
    """Sign this account out of the person it is tied to. `not_theirs`: somebody else came in by their code."""

    not_theirs: bool = False


@dataclass(frozen=True, slots=True)
class UntieOthers:
    """Sign the person out everywhere but here; codes for further devices that were not used are worth nothing."""


@dataclass(frozen=True, slots=True)
class Reissue:
    """A fresh invitation (made by the shell) for a person; the unused ones before are worth nothing. `opens_at`: of one given
    anew, to who had come in before.
    """

    person: int
    code: str
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AgreeToCode:
    """The person says that a code given anew is for them: it opens at once."""

    invitation: int


@dataclass(frozen=True, slots=True)
class RefuseCode:
    """The person did not ask for it: it is worth nothing."""

    invitation: int


@dataclass(frozen=True, slots=True)
class AskHaste:
    """The desk asks for a code given anew to open at once, with a reason."""

    person: int
    invitation: int
    reason: str


@dataclass(frozen=True, slots=True)
class AgreeHaste:
    """The second person agrees: the code opens at once."""

    person: int
    invitation: int


@dataclass(frozen=True, slots=True)
class ConfirmNewcomer:
    """Somebody else than the head who gave the first code says that whoever came in by it is the right one."""

    person: int


@dataclass(frozen=True, slots=True)
class RevokeInvitations:
    """All unused invitations of a person are worth nothing."""

    person: int


@dataclass(frozen=True, slots=True)
class UntiePerson:
    """All accounts of a person are untied."""

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
