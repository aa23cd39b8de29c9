"""Files people hand in, until what they are for is done."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class UploadRow(Row, table=True):
    """The file a person handed in last. Gone when it was used, let go, or a day old."""

    __tablename__ = "upload"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    sha256: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    content: bytes = Field(sa_type=sa.LargeBinary)
    at: dt.datetime = Field(sa_type=Moment)
