"""What units sent up."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.upward.standing import Deed
from storage.columns import Moment, Words, one_of
from storage.tables.base import Row


class SentUpRow(Row, table=True):
    """Something that was done with what a unit sends up in a campaign: the how-manieth, what, by whom, why. Of what was sent one value, compressed, under
    the SHA-256 of it before. Only ever added.
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
