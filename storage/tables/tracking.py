"""Tables of scores sent by the body before, and of sheets being done anew."""

import datetime as dt

from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class OutsideScoreRow(Row, table=True):
    """The score of a month or quarter (a name of `rules.nouns.periods`) that the body before sent with a paper, as
    recorded by the desk. Rows are only added; the last for a period is valid.
    """

    __tablename__ = "outside_score"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    year: int
    period: str = Field(sa_type=Words)
    score: float
    body: str = Field(sa_type=Words)
    paper: str = Field(sa_type=Words)
    by: int | None = Field(default=None, foreign_key="person.id")  # NULL: on the command line
    at: dt.datetime = Field(sa_type=Moment)


class RedoingRow(Row, table=True):
    """A request to redo a confirmed sheet, and its answer. `version`: the confirmed version, which is kept."""

    __tablename__ = "redoing"

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    version: int
    reason: str = Field(sa_type=Words)
    asked_by: int = Field(foreign_key="person.id")
    asked_by_name: str = Field(sa_type=Words)
    asked_at: dt.datetime = Field(sa_type=Moment)
    agreed: bool | None = Field(default=None)  # NULL: not answered yet
    by: int | None = Field(default=None, foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    by_position: str = Field(sa_type=Words)
    at: dt.datetime | None = Field(default=None, sa_type=Moment)
    answer: str = Field(sa_type=Words)
