"""The catalogue of an office's products, and the ledgers of its people. Only ever added to."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words
from storage.tables.base import Row


class CatalogueRow(Row, table=True):
    """A catalogue as it was kept; the highest number of an office counts. `products`: as `rules.ledger.kept` writes them."""

    __tablename__ = "catalogue"
    __table_args__ = (sa.UniqueConstraint("office_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    number: int
    products: list[object] = Field(sa_type=PLAIN)
    by: int | None = Field(default=None, foreign_key="person.id")  # empty: at the command line
    kept_at: dt.datetime = Field(sa_type=Moment)


class WorkRow(Row, table=True):
    """A line of somebody's ledger as it was written: of each line the highest version counts."""

    __tablename__ = "work"
    __table_args__ = (sa.UniqueConstraint("person_id", "year", "period", "line", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    year: int
    period: str = Field(sa_type=Words)
    line: int
    version: int
    content: dict[str, object] = Field(sa_type=PLAIN)
    by: int | None = Field(default=None, foreign_key="person.id")  # empty: at the command line
    at: dt.datetime = Field(sa_type=Moment)
