"""Commands about requests concerning a person's own data."""

import datetime as dt
from dataclasses import dataclass

from rules.personal.requests import RequestKind, RequestOutcome


@dataclass(frozen=True, slots=True)
class AskData:
    """File a data request. `reply_due` and `act_due` are the last days of the first reply and of the answer."""

    kind: RequestKind
    text: str
    reply_due: dt.date
    act_due: dt.date
    cite: str


@dataclass(frozen=True, slots=True)
class WithdrawData:
    """Withdraw a data request."""

    request: int


@dataclass(frozen=True, slots=True)
class SeeData:
    """The desk acknowledges that it is looking at a request."""

    request: int


@dataclass(frozen=True, slots=True)
class AnswerData:
    """The desk answers a request, with a reason. If it agrees to an erasure, whatever may be erased is erased at once."""

    request: int
    person: int
    kind: RequestKind
    outcome: RequestOutcome
    answer: str


DataCommand = AskData | WithdrawData | SeeData | AnswerData
