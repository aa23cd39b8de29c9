"""Drafts sent round, who was asked, what they said, and what became of it."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.nouns.rounds import Ended, Naming
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row


class RoundRow(Row, table=True):
    """A draft sent round. What went round (`pieces`, or a file whose content lies outside the database, under its `sha256`) never changes;
    that it ended is written once.
    """

    __tablename__ = "round"
    __table_args__ = (one_of("naming", Naming), one_of("ended", Ended))

    id: int | None = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="office.id", index=True)
    token: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    pieces: list[object] = Field(sa_type=PLAIN)
    sha256: str = Field(sa_type=Words)
    naming: str = Field(sa_type=Words)
    last_day: dt.date
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    owner: int = Field(foreign_key="person.id")
    at: dt.datetime = Field(sa_type=Moment)
    key: str = Field(sa_type=Words)
    cite: str = Field(sa_type=Words)
    unverified: bool
    campaign: int | None = Field(default=None, foreign_key="campaign.id")
    rulebook: str = Field(sa_type=Words)
    review: int | None = Field(default=None, foreign_key="review.id")
    version: int
    person: int | None = Field(default=None, foreign_key="person.id")
    unit: int | None = Field(default=None, foreign_key="unit.id")
    follows: int | None = Field(default=None, foreign_key="round.id")
    ended: str | None = Field(default=None, sa_type=Words)
    ended_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    ended_by: str = Field(sa_type=Words)
    file_name: str = Field(sa_type=Words)
    file_kind: str = Field(sa_type=Words)
    file_size: int
    on_paper: bool


class RoundAskedRow(Row, table=True):
    """Somebody who was asked. `answered` is a mark without a time, and without a trace of what was said."""

    __tablename__ = "round_asked"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    place: int
    name: str = Field(sa_type=Words)
    position: str = Field(sa_type=Words)
    unit: str = Field(sa_type=Words)
    answered: bool
    agreed: bool | None = Field(default=None)
    body: str = Field(sa_type=Words)


class RoundAnswerRow(Row, table=True):
    """What somebody said with their name; of several the last counts. Only ever added. Of a round without names there is none."""

    __tablename__ = "round_answer"
    __table_args__ = (sa.Index("ix_round_answer_round_id_person_id", "round_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    person_id: int = Field(foreign_key="person.id")
    at: dt.datetime = Field(sa_type=Moment)
    agrees: bool
    comments: dict[str, object] = Field(sa_type=PLAIN)


class RoundSettledRow(Row, table=True):
    """What became of a comment; of several the last counts. Only ever added."""

    __tablename__ = "round_settled"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    section: int
    mark: str = Field(sa_type=Words)
    taken: bool
    reason: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)


class RoundBoxRow(Row, table=True):
    """All that was said without names in a round that is still open: one locked box, always of the same size, rewritten whole and
    sorted at every answer. It goes when the round ends.
    """

    __tablename__ = "round_box"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    content: str = Field(sa_type=Words)


class RoundVoiceRow(Row, table=True):
    """What was said without names, as the box was opened: sorted by its words. Nothing else stands beside it."""

    __tablename__ = "round_voice"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    place: int = Field(primary_key=True)
    text: str = Field(sa_type=Words)


class RoundPaperRow(Row, table=True):
    """A paper of a sheet about somebody, as it is to be signed: that of one who filled it (`person_id`), or of all of them together. One
    value, under its `fingerprint`; of several the last counts. Only ever added.
    """

    __tablename__ = "round_paper"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    form: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    rating: str | None = Field(default=None, sa_type=Words)
    fingerprint: str = Field(sa_type=Words, index=True)
    content: bytes = Field(sa_type=sa.LargeBinary)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)


class RoundSlipsRow(Row, table=True):
    """What the papers of a round on paper said, as who leads it entered it: how many came back, how many of them only agree, and what the others
    say, sorted and without a name. Of several the last counts. Only ever added.
    """

    __tablename__ = "round_slips"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    returned: int
    agreeing: int
    texts: list[object] = Field(sa_type=PLAIN)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)


class PointsWeightRow(Row, table=True):
    """By which weights (round → per cent) the points of several rounds come to one in a part of a campaign, and which paper says so; none: side
    by side. Of several the last counts. Only ever added.
    """

    __tablename__ = "points_weight"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    rulebook: str = Field(sa_type=Words)
    weights: dict[str, object] = Field(sa_type=PLAIN)
    source: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
