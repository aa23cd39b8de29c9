"""Tables of inquiries: opinions asked of people without an account by a link, and their answers."""

import datetime as dt

from sqlmodel import Field

from rules.nouns.inquiries import Came, Ended
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row


class InquiryRow(Row, table=True):
    """An inquiry about a person under the rule `key` of the rulebook. Its link is found by its `mark`, and kept
    `locked` like an invitation while it is open, so that it can be shown again. `content` is what was asked, about whom
    and by whom, as printed and shown.
    """

    __tablename__ = "inquiry"
    __table_args__ = (one_of("ended", Ended),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    rulebook: str = Field(sa_type=Words)
    key: str = Field(sa_type=Words)
    person_id: int = Field(foreign_key="person.id", index=True)
    mark: str = Field(sa_type=Words, unique=True)
    locked: str | None = Field(default=None, sa_type=Words)
    content: dict[str, object] = Field(sa_type=PLAIN)
    last_day: dt.date
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    ended: str | None = Field(default=None, sa_type=Words)
    ended_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class InquiryAnswerRow(Row, table=True):
    """An answer to an inquiry: its printed `content`, or a file whose content lies outside the database under its
    `sha256`. Rows are only added; `number` counts all answers about that person under that rule.
    """

    __tablename__ = "inquiry_answer"
    __table_args__ = (one_of("came", Came),)

    id: int | None = Field(default=None, primary_key=True)
    inquiry_id: int = Field(foreign_key="inquiry.id", index=True)
    number: int
    came: str = Field(sa_type=Words)
    content: dict[str, object] | None = Field(default=None, sa_type=PLAIN)
    fingerprint: str = Field(sa_type=Words)
    sha256: str = Field(sa_type=Words)
    size: int
    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)


class InquiryReceiptRow(Row, table=True):
    """The office's confirmation that an answer came from the stated sender. Rows are only added."""

    __tablename__ = "inquiry_receipt"

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="inquiry_answer.id", unique=True)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
