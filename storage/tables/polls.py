"""Tables of polls. Nothing in them tells when a ballot was cast, by whom, or in which order."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.balloting.poll import Mode, Stage
from rules.book.ballots import Choices
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row


class PollRow(Row, table=True):
    """A poll."""

    __tablename__ = "poll"
    __table_args__ = (one_of("mode", Mode), one_of("choices", Choices), one_of("stage", Stage))

    id: int | None = Field(default=None, primary_key=True)
    #: The address of its page, which cannot be guessed.
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
    #: The private key that signs tokens, encrypted, as long as tokens are given.
    locked: str | None = Field(default=None, sa_type=Words)
    #: The result, like `trackers` set once it is counted.
    tally: dict[str, object] | None = Field(default=None, sa_type=PLAIN)
    trackers: list[object] | None = Field(default=None, sa_type=PLAIN)
    #: Counts of paper slips on which two tellers disagreed.
    disagreed: list[object] = Field(
        default_factory=list, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'[]'")}
    )
    #: The places of each group on the slip, where a quota divides them.
    shares: list[object] = Field(
        default_factory=list, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'[]'")}
    )
    made_at: dt.datetime = Field(sa_type=Moment)
    over_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class PollPersonRow(Row, table=True):
    """A participant of a poll: a voter, a teller, or both."""

    __tablename__ = "poll_person"
    __table_args__ = (sa.UniqueConstraint("poll_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(sa_type=Words)
    voter: bool
    teller: int | None = Field(default=None)
    #: The mark of the code that opens the page for this person.
    mark: str | None = Field(default=None, sa_type=Words)
    #: That code, encrypted.
    code: str | None = Field(default=None, sa_type=Words)
    #: A hash of the blinded message for which the person received a token; it reveals nothing about the token.
    blinded: str | None = Field(default=None, sa_type=Words)
    #: The public key of a teller.
    public: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    #: The private key that a teller released for the count, encrypted.
    locked: str | None = Field(default=None, sa_type=Words)
    #: What a teller counted of paper slips.
    counted: dict[str, object] | None = Field(default=None, sa_type=PLAIN)
    #: The person's vote, only when votes are given by name.
    slip: list[object] | None = Field(default=None, sa_type=PLAIN)


class PollBoxRow(Row, table=True):
    """All ballots of a poll as one encrypted value, rewritten completely with each new ballot, and removed when the
    poll is counted.
    """

    __tablename__ = "poll_box"

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    content: str = Field(sa_type=Words)
