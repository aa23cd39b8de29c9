"""The table of own tables: offices' own files that replace summary tables."""

import datetime as dt

from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class OwnTableRow(Row, table=True):
    """A file that replaces the summary table `key` of a rulebook in a campaign from `at` on; without `sha256`, the
    generic table applies again. Its content lies outside the database. Rows are only added; the last is valid. `by` is
    NULL on the command line.
    """

    __tablename__ = "own_table"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    rulebook: str = Field(sa_type=Words)
    key: str = Field(sa_type=Words)
    sha256: str = Field(sa_type=Words)
    size: int
    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    by: int | None = Field(default=None, foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
