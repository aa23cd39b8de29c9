"""Tables of campaigns and reviews. Answers, drafts and decisions are only ever added."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.book.procedure import Role
from rules.nouns.reviews import Outcome, ReviewStatus
from rules.nouns.values import Rating
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row

_OPEN = sa.text("closed_at IS NULL")


class CampaignRow(Row, table=True):
    """Đợt đánh giá of one office and period (a name of `rules.nouns.periods`). `days`: field of `PeriodDays` → ISO date."""

    __tablename__ = "campaign"
    __table_args__ = (
        sa.Index(
            "uq_campaign_open", "office_id", "year", "period", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id")
    year: int
    period: str = Field(sa_type=Words)
    days: dict[str, object] = Field(default_factory=dict, sa_type=PLAIN)
    #: `rules.nouns.reviews.LastMonth`, once chosen.
    last_month: dict[str, object] = Field(default_factory=dict, sa_type=PLAIN)
    opened_at: dt.datetime = Field(sa_type=Moment)
    closed_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class CampaignPartRow(Row, table=True):
    """A campaign under one of its rulebooks. `timetable`: milestone key → ISO date."""

    __tablename__ = "campaign_part"

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    rulebook: str = Field(sa_type=Words, primary_key=True)
    place: int  # position among the rulebooks of the campaign
    timetable: dict[str, object] = Field(sa_type=PLAIN)


class ReviewRow(Row, table=True):
    """A review as it stands. `answers` holds the newest answer to every question, from the `answer` table."""

    __tablename__ = "review"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "campaign_id", "form", "rulebook", "post_id"),
        sa.Index(None, "approver_id", "status"),
        sa.Index(None, "decider_id", "status"),
        # Covering indexes for lists of a whole office, which must not read rows with answers.
        sa.Index(
            "ix_review_listed",
            *("campaign_id", "person_id", "status", "version", "ruling", "approver_id", "approver_role", "decider_id"),
            *("post_id", "rulebook", "form", "place", "id"),
        ),
        sa.Index(None, "drafter_id"),
        one_of("status", ReviewStatus),
        one_of("approver_role", Role),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    campaign_id: int = Field(foreign_key="campaign.id")
    form: str = Field(sa_type=Words)
    status: str = Field(sa_type=Words)
    answers: dict[str, object] = Field(sa_type=PLAIN)
    approver_id: int | None = Field(default=None, foreign_key="person.id")
    approver_role: str = Field(sa_type=Words)
    comment: str = Field(sa_type=Words)
    version: int  # of the newest draft, 0 when there is none
    revision: int  # grows with every change
    rulebook: str = Field(sa_type=Words)  # of the campaign's parts
    place: int  # position among the person's forms
    post_id: int  # the further post it is about; 0: the main post
    steps: list[object] = Field(sa_type=PLAIN)  # the chain: [role, person]
    step: int  # whose turn it is
    decider_id: int | None = Field(default=None, foreign_key="person.id")  # NULL: an authority outside
    offers: dict[str, object] = Field(sa_type=PLAIN)  # answers of earlier years, by question
    ruling: int  # number of the ruling in force, 0 when there is none
    asked: list[object] = Field(sa_type=PLAIN)  # stamps of texts that were asked about before sending
    redone: bool = Field(default=False)  # a confirmed sheet that is being done anew
    drafter_id: int | None = Field(default=None, foreign_key="person.id")  # of a body: the drafter of its report
    drafter_by: int | None = Field(default=None, foreign_key="person.id")  # who named them; empty: whoever leads it


class ExtensionRow(Row, table=True):
    """The extension of one review: another last day for handing it in (rules.nouns.reviews.Extension). The row is
    deleted when it is taken back; the audit records each.
    """

    __tablename__ = "extension"

    review_id: int = Field(foreign_key="review.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    until: dt.date
    reason: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)


class ReportPartRow(Row, table=True):
    """A part of a body's report, given to a writer (rules.nouns.reviews.Part)."""

    __tablename__ = "report_part"

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    place: str = Field(sa_type=Words)  # key of a section, item or question
    writer_id: int = Field(foreign_key="person.id", index=True)
    given_by: int = Field(foreign_key="person.id")
    given_at: dt.datetime = Field(sa_type=Moment)
    due: dt.date | None = Field(default=None)
    done_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    ended_at: dt.datetime | None = Field(default=None, sa_type=Moment)  # when it was taken back
    ended_by: int | None = Field(default=None, foreign_key="person.id")


class FigureRow(Row, table=True):
    """A figure told for a body's report (rules.reports.figures.Figure), and the data of whom it was computed from. Rows
    are only added.
    """

    __tablename__ = "figure"

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    question: str = Field(sa_type=Words)
    source: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    content: dict[str, object] = Field(sa_type=PLAIN)


class AnswerRow(Row, table=True):
    """An answer, current or superseded. Rows are only added."""

    __tablename__ = "answer"
    __table_args__ = (sa.Index(None, "review_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    question: str = Field(sa_type=Words)
    value: object = Field(default=None, sa_type=PLAIN, nullable=True)
    note: str = Field(sa_type=Words)
    skipped: bool
    round: int  # number of drafts submitted before it
    at: dt.datetime = Field(sa_type=Moment)
    by: int = Field(foreign_key="person.id")


class DraftRow(Row, table=True):
    """A submitted version of a review. Rows are only added."""

    __tablename__ = "draft"
    __table_args__ = (
        sa.UniqueConstraint("review_id", "version"),
        sa.Index("ix_draft_listed", "review_id", "version", "self_rating", "suggested", "submitted_at", "id"),
        one_of("self_rating", Rating),
        one_of("suggested", Rating),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    version: int
    fingerprint: str = Field(sa_type=Words)  # the stamp of its answers; DocumentRow has that of what is printed
    answers: dict[str, object] = Field(sa_type=PLAIN)
    self_rating: str | None = Field(default=None, sa_type=Words)
    suggested: str | None = Field(default=None, sa_type=Words)
    submitted_at: dt.datetime = Field(sa_type=Moment)
    # rules.nouns.devices.CodeGiven, if the device it was sent from came in by a code that somebody issued anew
    device: dict[str, object] = Field(
        default_factory=dict, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'{}'")}
    )


class DecisionRow(Row, table=True):
    """The decision about a draft; at most one for each. Rows are only added."""

    __tablename__ = "decision"
    __table_args__ = (one_of("outcome", Outcome),)

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", unique=True)
    outcome: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)  # name and position at that time
    by_position: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    comment: str = Field(sa_type=Words)
    sections: list[object] = Field(sa_type=PLAIN)
    for_whom: int | None = Field(default=None)  # for a stand-in: the person they acted for
    points: dict[str, object] = Field(
        default_factory=dict, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'{}'")}
    )
    # rules.nouns.devices.CodeGiven, if the device it was done from came in by a code that somebody issued anew
    device: dict[str, object] = Field(
        default_factory=dict, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'{}'")}
    )
