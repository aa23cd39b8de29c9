"""Tables of offices, their units and people."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.nouns.values import Subject
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row


class OfficeRow(Row, table=True):
    """Cơ quan: an office with its own desk and campaigns. `parent` is printed above its name."""

    __tablename__ = "office"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Words, unique=True)
    parent: str = Field(sa_type=Words)
    settings: dict[str, object] = Field(sa_type=PLAIN)  # what differs from rules.nouns.office.OfficeSettings
    revision: int  # grows with every change of the roster


class UnitRow(Row, table=True):
    """Đơn vị: a unit in the tree below the office. Its head is the person in it whose `head` is set.

    `desk`: it runs the campaigns (Phòng Hành chính – Tổ chức); `in_charge_id`: the leader in charge of it;
    `authority_id`: who decides here and below (NULL: as in the unit above; at the top, the head of the office).
    """

    __tablename__ = "unit"
    __table_args__ = (sa.UniqueConstraint("office_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    name: str = Field(sa_type=Words)
    desk: bool
    in_charge_id: int | None = Field(default=None)  # a person; no foreign key: people refer to units already
    authority_id: int | None = Field(default=None)


class PersonRow(Row, table=True):
    """A person of the roster; fields as in rules.nouns.people.Person."""

    __tablename__ = "person"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "roster_key"),
        sa.Index(None, "office_id", "name_order"),
        sa.Index(
            "uq_person_head", "unit_id", unique=True, sqlite_where=sa.text("head"), postgresql_where=sa.text("head")
        ),
        one_of("subject", Subject),
    )

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    roster_key: str = Field(sa_type=Words)
    previous_keys: list[object] = Field(sa_type=PLAIN)  # earlier roster keys, oldest first
    name: str = Field(sa_type=Words)
    position: str = Field(sa_type=Words)
    subject: str = Field(sa_type=Words)
    leader: bool
    head: bool
    deputy: bool
    party_member: bool
    serves_public: bool
    language: str = Field(sa_type=Words)
    duty_group: str = Field(sa_type=Words)  # nhóm đối tượng có nhiệm vụ tương đồng
    desk: bool
    service: dict[str, object] = Field(sa_type=PLAIN)  # rules.nouns.service.Service, what is known of it
    left_on: dt.date | None = Field(default=None)  # last day; afterwards nothing is owed and no account is valid
    snoozed_until: dt.date | None = Field(default=None)  # no reminders before that day
    gender: str | None = Field(default=None, sa_type=Words)  # empty: the roster does not say
    # derived from the name: sort key and search text (rules.nouns.alphabet)
    name_order: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})
    name_sought: str = Field(default="", sa_type=Words, sa_column_kwargs={"server_default": ""})


class PostingRow(Row, table=True):
    """The posting of a person: where they are and in which position, from `since` (NULL: unknown) until their next
    posting. Rows are only added; a wrong one is replaced by another. `unit` is the unit's name at that time.
    """

    __tablename__ = "posting"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int  # no foreign key: the unit may be removed later
    unit: str = Field(sa_type=Words)
    position: str = Field(sa_type=Words)
    leader: bool
    head: bool
    deputy: bool
    since: dt.date | None = Field(default=None)
    unit_since: dt.date | None = Field(default=None)  # the roster's own days for unit, position and role
    position_since: dt.date | None = Field(default=None)
    role_since: dt.date | None = Field(default=None)
    replaces: int | None = Field(default=None, foreign_key="posting.id")
    recorded_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # NULL: derived when postings were introduced


class PostRow(Row, table=True):
    """Kiêm nhiệm: a further post of a person, in which they are reviewed as well."""

    __tablename__ = "post"
    __table_args__ = (sa.UniqueConstraint("person_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    position: str = Field(sa_type=Words)
    leader: bool
    head: bool
    deputy: bool
    ended_on: dt.date | None = Field(default=None)


class PartyBodyRow(Row, table=True):
    """Chi bộ, đảng ủy: the party bodies of an office's members as the roster names them
    (rules.campaign.tree.PartyBody). `authority_id` 0: the committee above is outside the office.
    """

    __tablename__ = "party_body"
    __table_args__ = (sa.UniqueConstraint("office_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    name: str = Field(sa_type=Words)
    above: str = Field(sa_type=Words)
    secretary_id: int | None = Field(default=None)  # no foreign keys, as in UnitRow
    deputy_id: int | None = Field(default=None)
    authority_id: int | None = Field(default=None)


class StandInRow(Row, table=True):
    """A stand-in for an absent head from `since` to `until`, both days included."""

    __tablename__ = "stand_in"

    id: int | None = Field(default=None, primary_key=True)
    absent_id: int = Field(foreign_key="person.id", index=True)
    stand_in_id: int = Field(foreign_key="person.id", index=True)
    since: dt.date
    until: dt.date
    set_by: int = Field(foreign_key="person.id")
    set_at: dt.datetime = Field(sa_type=Moment)
    ended_at: dt.datetime | None = Field(default=None, sa_type=Moment)
