"""Data requests: what people can ask about their data, and by when it is answered."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rules.nouns.workdays import workdays_after
from rules.personal.kinds import personal


class RequestKind(StrEnum):
    """What is asked. Seeing one's data and getting a copy needs no request: /dulieu gives it."""

    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"
    OBJECT = "object"


class RequestOutcome(StrEnum):
    """What became of a request."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A request of a person about their data."""

    id: int
    person_id: int
    kind: RequestKind
    text: str
    asked_at: dt.datetime
    #: Last day for telling the person that it is being looked at.
    reply_due: dt.date
    #: Last day for doing or refusing it.
    act_due: dt.date
    cite: str
    #: When the person was told that it is being looked at.
    seen_at: dt.datetime | None = None
    outcome: RequestOutcome | None = None
    answer: str = ""
    answered_at: dt.datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.outcome is None

    @property
    def due(self) -> dt.date:
        """The last day of the next step: the first reply, then the answer."""
        return self.act_due if self.seen_at else self.reply_due


def clock(kind: RequestKind, asked: dt.date) -> tuple[dt.date, dt.date]:
    """The last days of the first reply (counted in working days) and of the answer (in calendar days)."""
    days = personal().days
    return workdays_after(asked, days["reply"]), asked + dt.timedelta(days=days[kind.value])


def breach_due(found: dt.datetime) -> dt.datetime:
    """The time by which a breach that may harm people must be reported to the authority."""
    return found + dt.timedelta(hours=personal().days["breach_hours"])
