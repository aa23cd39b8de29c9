"""The table of enclosures: files from outside that belong to a dossier."""

import datetime as dt

from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class EnclosureRow(Row, table=True):
    """A file handed in at a `place` (a key of the rulebook's dossier) for a person, a unit or the office. Its content
    lies outside the database under its `sha256`. Rows are only added; of several at one place the last is valid.
    """

    __tablename__ = "enclosure"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    rulebook: str = Field(sa_type=Words)
    place: str = Field(sa_type=Words)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    sha256: str = Field(sa_type=Words)
    size: int
    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
