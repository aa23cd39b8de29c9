"""Campaigns, reviews and what happens to them. Answers, drafts and decisions are only ever added."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from rules.reviews import Outcome, ReviewStatus
from rules.values import Rating
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row

ROLES = ("unit_head", "authority")
_OPEN = sa.text("closed_at IS NULL")


class CampaignRow(Row, table=True):
    """Đợt đánh giá. `timetable`: milestone key → ISO date."""

    __tablename__ = "campaign"
    __table_args__ = (
        sa.Index(
            "uq_campaign_open", "office_id", "rulebook", "year", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    rulebook: str = Field(sa_type=Words)
    year: int
    timetable: dict[str, Any] = Field(sa_type=PLAIN)
    opened_at: dt.datetime = Field(sa_type=Moment)
    closed_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class ReviewRow(Row, table=True):
    """A review as it stands now. `answers` is the newest of every question of the `answer` table."""

    __tablename__ = "review"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "campaign_id", "form"),
        sa.Index(None, "approver_id", "status"),
        one_of("status", ReviewStatus),
        one_of("approver_role", ROLES),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    form: str = Field(sa_type=Words)
    status: str = Field(sa_type=Words)
    answers: dict[str, Any] = Field(sa_type=PLAIN)
    approver_id: int | None = Field(default=None, foreign_key="person.id")
    approver_role: str = Field(sa_type=Words)
    comment: str = Field(sa_type=Words)
    version: int  # of the newest draft, 0 when there is none
    revision: int  # grows with every change


class AnswerRow(Row, table=True):
    """One answer ever given. Only ever added."""

    __tablename__ = "answer"

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    question: str = Field(sa_type=Words)
    value: Any = Field(default=None, sa_type=PLAIN, nullable=True)
    note: str = Field(sa_type=Words)
    skipped: bool
    round: int  # drafts submitted when it was given
    at: dt.datetime = Field(sa_type=Moment)
    by: int = Field(foreign_key="person.id")


class DraftRow(Row, table=True):
    """A submitted version. Only ever added."""

    __tablename__ = "draft"
    __table_args__ = (
        sa.UniqueConstraint("review_id", "version"),
        one_of("self_rating", Rating),
        one_of("suggested", Rating),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    version: int
    fingerprint: str = Field(sa_type=Words)
    answers: dict[str, Any] = Field(sa_type=PLAIN)
    self_rating: str | None = Field(default=None, sa_type=Words)
    suggested: str | None = Field(default=None, sa_type=Words)
    submitted_at: dt.datetime = Field(sa_type=Moment)


class DecisionRow(Row, table=True):
    """What became of a draft: one decision each. Only ever added."""

    __tablename__ = "decision"
    __table_args__ = (one_of("outcome", Outcome),)

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", unique=True)
    outcome: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)  # name and post at that time
    by_position: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    comment: str = Field(sa_type=Words)
    sections: list[Any] = Field(sa_type=PLAIN)
