"""The table of uploads: files people handed in and have not used yet."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import Moment, Words
from storage.tables.base import Row


class UploadRow(Row, table=True):
    """The last file a person handed in. It is removed when it was used or discarded, or is a day old."""

    __tablename__ = "upload"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    sha256: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    content: bytes = Field(sa_type=sa.LargeBinary)
    at: dt.datetime = Field(sa_type=Moment)
