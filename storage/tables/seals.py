"""The table of seals: a hash chain that reveals changes made to sealed rows outside the program."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words
from storage.tables.base import Row


class SealRow(Row, table=True):
    """A link of the chain, covering some rows of a table as they were at `sealed_at`.

    `columns`: the columns each row's hash covers; `rows`: id and hash of each row; `chain`: the hash of this link and
    its predecessor, whose own is `previous` ("" for the first).
    """

    __tablename__ = "seal"
    __table_args__ = (sa.Index(None, "of", "last"),)  # every minute it is asked how far each table is sealed

    id: int | None = Field(default=None, primary_key=True)
    sealed_at: dt.datetime = Field(sa_type=Moment)
    of: str = Field(sa_type=Words)
    columns: list[str] = Field(sa_type=PLAIN)
    last: int
    rows: bytes = Field(sa_type=sa.LargeBinary)
    previous: str = Field(sa_type=Words, unique=True)
    chain: str = Field(sa_type=Words, unique=True)
