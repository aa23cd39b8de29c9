"""Conversations, their kept turns, deliveries to others, and the audit."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row

DELIVERY_KINDS = ("notice", "reminder")
DELIVERY_STATUSES = ("waiting", "sending", "sent", "blocked", "failed")


class ConversationRow(Row, table=True):
    """One row a person: the row that is locked while an event of this person is handled."""

    __tablename__ = "conversation"

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    focus: dict[str, object] | None = Field(default=None, sa_type=PLAIN)


class TurnRow(Row, table=True):
    """One handled event with its replies: for the replay of updates and the history of the page."""

    __tablename__ = "turn"
    __table_args__ = (sa.UniqueConstraint("channel", "account", "update_id"), sa.Index(None, "person_id", "id"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")  # empty: a stranger
    channel: str = Field(sa_type=Words)
    account: str = Field(sa_type=Words)
    update_id: str = Field(sa_type=Words)  # of a bot's update with the bot's own number before it
    said: object = Field(default=None, sa_type=PLAIN, nullable=True)
    replies: list[object] = Field(sa_type=PLAIN)
    at: dt.datetime = Field(sa_type=Moment)


class OwedRow(Row, table=True):
    """What a channel still has to do about an update: to send the replies of its turn, or to handle it (`unread`, as it came).
    Gone once it is done.
    """

    __tablename__ = "owed"

    channel: str = Field(primary_key=True, sa_type=Words)
    update_id: str = Field(primary_key=True, sa_type=Words)
    account: str = Field(primary_key=True, sa_type=Words)
    by: str = Field(sa_type=Words)  # the process that does it
    at: dt.datetime = Field(sa_type=Moment)  # when that process last said so
    unread: object = Field(default=None, sa_type=PLAIN, nullable=True)


class DeliveryRow(Row, table=True):
    """A notice or reminder to be sent. `key` is unique: nothing is delivered twice."""

    __tablename__ = "delivery"
    __table_args__ = (
        sa.Index(None, "status", "next_at"),
        one_of("kind", DELIVERY_KINDS),
        one_of("status", DELIVERY_STATUSES),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=Words, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    reply: dict[str, object] = Field(sa_type=PLAIN)
    kind: str = Field(sa_type=Words)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    milestone: str = Field(sa_type=Words)
    due_on: dt.date | None = Field(default=None)
    status: str = Field(sa_type=Words)
    attempts: int
    next_at: dt.datetime = Field(sa_type=Moment)  # not before
    taken_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # since when `sending`
    message_ids: list[object] = Field(sa_type=PLAIN)
    created_at: dt.datetime = Field(sa_type=Moment)
    sent_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    error: str = Field(sa_type=Words)  # code of the last failure


class AuditRow(Row, table=True):
    """Who did what when; no free text of answers. Only ever added."""

    __tablename__ = "audit"
    __table_args__ = (
        sa.Index(None, "at", "id"),
        sa.Index(None, "what", "at", "id"),
        sa.Index(None, "by_person", "at", "id"),
        sa.Index(None, "person_id", "at", "id"),
        sa.Index(None, "review_id", "at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = Field(sa_type=Moment)
    by_person: int | None = Field(default=None, foreign_key="person.id")
    by: str = Field(sa_type=Words)  # `person`, `system` or `channel:account`
    what: str = Field(sa_type=Words)
    review_id: int | None = Field(default=None, foreign_key="review.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    detail: dict[str, object] = Field(sa_type=PLAIN)
