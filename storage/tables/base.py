"""The base class of all tables, and the naming scheme of constraints."""

from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A row of one of our tables. Rows never leave storage: repositories return values."""

    metadata: ClassVar[sa.MetaData] = sa.MetaData(naming_convention=NAMES)
