"""Which process does what only one may do."""

import datetime as dt

from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class LeaseRow(Row, table=True):
    """`holder` alone may do what `name` names, until that moment."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True, sa_type=Words)
    holder: str = Field(sa_type=Words)
    until: dt.datetime = Field(sa_type=Moment)
