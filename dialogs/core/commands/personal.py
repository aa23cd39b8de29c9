"""Data requests of people about what is kept of them."""

import datetime as dt
from dataclasses import dataclass

from rules.personal.requests import RequestKind, RequestOutcome


@dataclass(frozen=True, slots=True)
class AskData:
    """The person asks something about their own data. `reply_due`, `act_due`: the last days of the first word and of the answer."""

    kind: RequestKind
    text: str
    reply_due: dt.date
    act_due: dt.date
    cite: str


@dataclass(frozen=True, slots=True)
class WithdrawData:
    """The person takes such a request back."""

    request: int


@dataclass(frozen=True, slots=True)
class SeeData:
    """The desk says that it looks at a request."""

    request: int


@dataclass(frozen=True, slots=True)
class AnswerData:
    """The desk answers a request of this person, with a reason. What may be erased is erased with it, where that is agreed to."""

    request: int
    person: int
    kind: RequestKind
    outcome: RequestOutcome
    answer: str


DataCommand = AskData | WithdrawData | SeeData | AnswerData
