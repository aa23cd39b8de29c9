"""The table of packages that units sent up."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.upward.standing import Deed
from storage.columns import Moment, Words, one_of
from storage.tables.base import Row


class SentUpRow(Row, table=True):
    """Something done with a unit's package in a campaign: its number, what was done, by whom, and why. A sent package
    is stored as one compressed value under its SHA-256 before compression. Rows are only added.
    """

    __tablename__ = "sent_up"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "unit_id", "number"), one_of("deed", Deed))

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    number: int
    deed: str = Field(sa_type=Words)
    content: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    fingerprint: str = Field(sa_type=Words, index=True)
    reason: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    by_position: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
