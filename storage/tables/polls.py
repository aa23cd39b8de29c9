"""Ballots that are held. Nothing here says when a ballot was cast, by whom, or in which order."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.balloting.poll import Mode, Stage
from rules.book.ballots import Choices
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row


class PollRow(Row, table=True):
    """A poll. `address`: where its page stands, which nobody can guess. `locked`: the private key by which tokens are given, while they are;
    `tally` and `trackers` once it is counted. `disagreed`: counts of paper on which two tellers did not agree; `shares`: the places of each group
    on the slip, where a quota divides them.
    """

    __tablename__ = "poll"
    __table_args__ = (one_of("mode", Mode), one_of("choices", Choices), one_of("stage", Stage))

    id: int | None = Field(default=None, primary_key=True)
    address: str | None = Field(default=None, sa_type=Words, index=True, unique=True)
    office_id: int = Field(foreign_key="office.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    meeting_id: int | None = Field(default=None)
    chair_id: int = Field(foreign_key="person.id")
    title: str = Field(sa_type=Words)
    mode: str = Field(sa_type=Words)
    choices: str = Field(sa_type=Words)
    stage: str = Field(sa_type=Words)
    rulebook: str = Field(sa_type=Words)
    rule: str = Field(sa_type=Words)
    places: int | None = Field(default=None)
    lines: list[object] = Field(sa_type=PLAIN)
    public: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    locked: str | None = Field(default=None, sa_type=Words)
    tally: dict[str, object] | None = Field(default=None, sa_type=PLAIN)
    trackers: list[object] | None = Field(default=None, sa_type=PLAIN)
    disagreed: list[object] = Field(
        default_factory=list, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'[]'")}
    )
    shares: list[object] = Field(
        default_factory=list, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'[]'")}
    )
    made_at: dt.datetime = Field(sa_type=Moment)
    over_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class PollPersonRow(Row, table=True):
    """Who takes part, as a voter, a teller, or both. `mark`, `code`: of the code that opens the page for them, and itself, locked;
    `blinded`: a hash of what a token was given for (it tells nothing of the token); `public`, `locked`: of a teller's key. `counted`: what they counted of paper;
    `slip`: their vote, where votes are given by name, and nowhere else.
    """

    __tablename__ = "poll_person"
    __table_args__ = (sa.UniqueConstraint("poll_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(sa_type=Words)
    voter: bool
    teller: int | None = Field(default=None)
    mark: str | None = Field(default=None, sa_type=Words)
    code: str | None = Field(default=None, sa_type=Words)
    blinded: str | None = Field(default=None, sa_type=Words)
    public: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    locked: str | None = Field(default=None, sa_type=Words)
    counted: dict[str, object] | None = Field(default=None, sa_type=PLAIN)
    slip: list[object] | None = Field(default=None, sa_type=PLAIN)


class PollBoxRow(Row, table=True):
    """All ballots of a poll as one value, locked, written anew as a whole with each that comes; gone when it is counted."""

    __tablename__ = "poll_box"

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    content: str = Field(sa_type=Words)
