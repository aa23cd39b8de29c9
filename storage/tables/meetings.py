"""Tables of meetings: their happenings, their minutes, and the links of their wall screens."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words
from storage.tables.base import Row


class MeetingRow(Row, table=True):
    """A meeting of a unit in a campaign. Everything else about it is in its happenings."""

    __tablename__ = "meeting"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    called_at: dt.datetime = Field(sa_type=Moment)


class HappeningRow(Row, table=True):
    """A happening of a meeting: its number and kind, the review and person it is about, and who did it. Rows are only
    added.
    """

    __tablename__ = "happening"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    number: int
    kind: str = Field(sa_type=Words)
    item: int | None = Field(default=None, foreign_key="review.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    text: str = Field(sa_type=Words)
    data: dict[str, object] = Field(sa_type=PLAIN)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)


class MinutesRow(Row, table=True):
    """A version of a meeting's minutes, as one compressed value. `fingerprint` is its SHA-256 before compression;
    `final` marks the adopted one. Rows are only added.
    """

    __tablename__ = "minutes"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    number: int
    final: bool
    fingerprint: str = Field(sa_type=Words, index=True)
    content: bytes = Field(sa_type=sa.LargeBinary)
    by: int = Field(foreign_key="person.id")
    kept_at: dt.datetime = Field(sa_type=Moment)


class WallLinkRow(Row, table=True):
    """A one-time link to the wall screen of a meeting, found by its `mark` and kept `locked` like an invitation until
    it is used. `session` is the SHA-256 of the cookie of the browser that opened it.
    """

    __tablename__ = "wall_link"

    id: int | None = Field(default=None, primary_key=True)
    mark: str = Field(sa_type=Words, unique=True)
    locked: str | None = Field(default=None, sa_type=Words)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    issued_at: dt.datetime = Field(sa_type=Moment)
    expires_at: dt.datetime = Field(sa_type=Moment)
    used_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    session: str | None = Field(default=None, sa_type=Words, unique=True)
