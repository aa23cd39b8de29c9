"""The table of leases: which process does what only one may do."""

import datetime as dt

from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class LeaseRow(Row, table=True):
    """Until the given moment, only `holder` may do what `name` names."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True, sa_type=Words)
    holder: str = Field(sa_type=Words)
    until: dt.datetime = Field(sa_type=Moment)
