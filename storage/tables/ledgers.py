"""Tables of offices' catalogues and people's ledgers. Rows are only ever added."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words
from storage.tables.base import Row


class CatalogueRow(Row, table=True):
    """A catalogue as stored; the highest number of an office is valid. `products` is written by `rules.ledger.kept`."""

    __tablename__ = "catalogue"
    __table_args__ = (sa.UniqueConstraint("office_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    number: int
    products: list[object] = Field(sa_type=PLAIN)
    by: int | None = Field(default=None, foreign_key="person.id")  # NULL: on the command line
    kept_at: dt.datetime = Field(sa_type=Moment)


class WorkRow(Row, table=True):
    """A version of a work line in somebody's ledger; the highest version of each line is valid."""

    __tablename__ = "work"
    __table_args__ = (sa.UniqueConstraint("person_id", "year", "period", "line", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    year: int
    period: str = Field(sa_type=Words)
    line: int
    version: int
    content: dict[str, object] = Field(sa_type=PLAIN)
    by: int | None = Field(default=None, foreign_key="person.id")  # NULL: on the command line
    at: dt.datetime = Field(sa_type=Moment)
