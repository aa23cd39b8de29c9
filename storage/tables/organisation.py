"""Offices, their units and people."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from rules.values import Subject
from storage.columns import PLAIN, Words, one_of
from storage.tables.base import Row


class OfficeRow(Row, table=True):
    """Cơ quan: has its own desk and campaigns. `parent` is printed above its name."""

    __tablename__ = "office"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Words, unique=True)
    parent: str = Field(sa_type=Words)


class UnitRow(Row, table=True):
    """Đơn vị: a tree below the office. Its head is the person of it whose `head` is set.

    `desk`: it runs the campaigns (Phòng Hành chính - Tổ chức).
    """

    __tablename__ = "unit"
    __table_args__ = (sa.UniqueConstraint("office_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    name: str = Field(sa_type=Words)
    desk: bool


class PersonRow(Row, table=True):
    """A person of the roster; fields as in rules.people.Person."""

    __tablename__ = "person"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "roster_key"),
        sa.Index(
            "uq_person_head", "unit_id", unique=True, sqlite_where=sa.text("head"), postgresql_where=sa.text("head")
        ),
        one_of("subject", Subject),
    )

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    roster_key: str = Field(sa_type=Words)
    previous_keys: list[Any] = Field(sa_type=PLAIN)  # earlier roster keys, oldest first
    name: str = Field(sa_type=Words)
    position: str = Field(sa_type=Words)
    subject: str = Field(sa_type=Words)
    leader: bool
    head: bool
    deputy: bool
    party_member: bool
    serves_public: bool
    language: str = Field(sa_type=Words)
