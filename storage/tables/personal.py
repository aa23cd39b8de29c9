"""Tables of data requests and data breaches."""

import datetime as dt

from sqlmodel import Field

from rules.personal.requests import RequestKind, RequestOutcome
from storage.columns import Moment, Words, one_of
from storage.tables.base import Row


class DataRequestRow(Row, table=True):
    """A person's request about their own data, with its deadlines (rules.personal.requests) and outcome."""

    __tablename__ = "data_request"
    __table_args__ = (one_of("kind", RequestKind), one_of("outcome", RequestOutcome))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    asked_at: dt.datetime = Field(sa_type=Moment)
    reply_due: dt.date
    act_due: dt.date
    cite: str = Field(sa_type=Words)
    seen_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    seen_by: int | None = Field(default=None, foreign_key="person.id")
    outcome: str | None = Field(default=None, sa_type=Words)
    answer: str = Field(sa_type=Words)
    answered_by: int | None = Field(default=None, foreign_key="person.id")  # NULL: on the command line
    answered_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class BreachRow(Row, table=True):
    """An entry in the record of breaches, or a further entry about one (`of`: the first). Rows are only added.
    `office_id` NULL: the whole installation; `people`: how many are affected, as far as known; `by`: who wrote it.
    """

    __tablename__ = "breach"

    id: int | None = Field(default=None, primary_key=True)
    office_id: int | None = Field(default=None, foreign_key="office.id")
    of: int | None = Field(default=None, foreign_key="breach.id")
    found_at: dt.datetime = Field(sa_type=Moment)
    what: str = Field(sa_type=Words)
    people: int | None = Field(default=None)
    measures: str = Field(sa_type=Words)
    reported_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    reported_to: str = Field(sa_type=Words)
    by: str = Field(sa_type=Words)
    recorded_at: dt.datetime = Field(sa_type=Moment)
