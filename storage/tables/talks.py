"""Tables of conversations, their turns, deliveries, and the audit."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row

DELIVERY_KINDS = ("notice", "reminder")
DELIVERY_STATUSES = ("waiting", "sending", "sent", "blocked", "failed")


class ConversationRow(Row, table=True):
    """The conversation of a person; its row is locked while an event of theirs is handled."""

    __tablename__ = "conversation"

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    focus: dict[str, object] | None = Field(default=None, sa_type=PLAIN)


class TurnRow(Row, table=True):
    """A turn: an event with its replies, kept for replaying updates and for the history on the page."""

    __tablename__ = "turn"
    __table_args__ = (sa.UniqueConstraint("channel", "account", "update_id"), sa.Index(None, "person_id", "id"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")  # NULL: a stranger
    channel: str = Field(sa_type=Words)
    account: str = Field(sa_type=Words)
    update_id: str = Field(sa_type=Words)  # for bots: prefixed with the bot's own number
    said: object = Field(default=None, sa_type=PLAIN, nullable=True)
    replies: list[object] = Field(sa_type=PLAIN)
    at: dt.datetime = Field(sa_type=Moment)


class OwedRow(Row, table=True):
    """Owed work about an update: sending the replies of its turn, or handling it (`unread`: the update as it came).
    Removed once it is done.
    """

    __tablename__ = "owed"

    channel: str = Field(primary_key=True, sa_type=Words)
    update_id: str = Field(primary_key=True, sa_type=Words)
    account: str = Field(primary_key=True, sa_type=Words)
    by: str = Field(sa_type=Words)  # the process that does it
    at: dt.datetime = Field(sa_type=Moment)  # when that process last confirmed it
    unread: object = Field(default=None, sa_type=PLAIN, nullable=True)


class DeliveryRow(Row, table=True):
    """A notice or reminder to be sent. `key` is unique, so nothing is delivered twice."""

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
    next_at: dt.datetime = Field(sa_type=Moment)  # not to be sent before
    taken_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # since when `sending`
    message_ids: list[object] = Field(sa_type=PLAIN)
    created_at: dt.datetime = Field(sa_type=Moment)
    sent_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    error: str = Field(sa_type=Words)  # code of the last failure


class AuditRow(Row, table=True):
    """A line of the audit: who did what, and when. It contains no free text of answers. Rows are only added."""

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
