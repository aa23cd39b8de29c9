"""What people ask about their data, and until when it is answered."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rules.nouns.workdays import workdays_after
from rules.personal.kinds import personal


class RequestKind(StrEnum):
    """What is asked. To see and to be handed one's data nobody needs to ask: /dulieu gives it."""

    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"
    OBJECT = "object"


class RequestOutcome(StrEnum):
    """What became of it."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A request. `reply_due`: last day on which the person is told that it is looked at; `act_due`: on which it is done or
    refused. `seen_at`: since when they were told.
    """

    id: int
    person_id: int
    kind: RequestKind
    text: str
    asked_at: dt.datetime
    reply_due: dt.date
    act_due: dt.date
    cite: str
    seen_at: dt.datetime | None = None
    outcome: RequestOutcome | None = None
    answer: str = ""
    answered_at: dt.datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for its answer."""
        return self.outcome is None

    @property
    def due(self) -> dt.date:
        """The last day of what comes next: the first word, then the answer."""
        return self.act_due if self.seen_at else self.reply_due


def clock(kind: RequestKind, asked: dt.date) -> tuple[dt.date, dt.date]:
    """The last days of the first word and of the answer: working days for the one, days for the other."""
    days = personal().days
    return workdays_after(asked, days["reply"]), asked + dt.timedelta(days=days[kind.value])


def breach_due(found: dt.datetime) -> dt.datetime:
    """Until when a breach that may harm is reported to the authority."""
    return found + dt.timedelta(hours=personal().days["breach_hours"])
