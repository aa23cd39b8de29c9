"""Tables of rounds: drafts sent for comment, the people asked, their answers, and what became of these."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.nouns.rounds import Ended, Naming
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row


class RoundRow(Row, table=True):
    """A round. What was sent never changes: `pieces`, or a file outside the database under its `sha256`. Its end is
    written once.
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
    """A person asked in a round. `answered` is a plain mark, without a time and without any trace of what was said."""

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
    """An answer with a name; a person's last is valid. Rows are only added. Rounds without names have none."""

    __tablename__ = "round_answer"
    __table_args__ = (sa.Index("ix_round_answer_round_id_person_id", "round_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    person_id: int = Field(foreign_key="person.id")
    at: dt.datetime = Field(sa_type=Moment)
    agrees: bool
    comments: dict[str, object] = Field(sa_type=PLAIN)


class RoundSettledRow(Row, table=True):
    """What became of a comment; the last is valid. Rows are only added."""

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
    """All that was said without names in an open round: one locked box of constant size, sorted and completely
    rewritten with every answer. It is removed when the round ends.
    """

    __tablename__ = "round_box"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    content: str = Field(sa_type=Words)


class RoundVoiceRow(Row, table=True):
    """What was said without names, after the box was opened, sorted by its text. Nothing else is stored with it."""

    __tablename__ = "round_voice"

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    place: int = Field(primary_key=True)
    text: str = Field(sa_type=Words)


class RoundPaperRow(Row, table=True):
    """The paper of a sheet about somebody, as it is to be signed, filled by one person (`person_id`) or by all of them
    together. One value under its `fingerprint`; the last is valid. Rows are only added.
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
    """The result of a round on paper, as entered by whoever leads it: the number of slips returned, the number that
    simply agree, and the texts of the others, sorted and without names. The last is valid. Rows are only added.
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
    """The weights (round → per cent) by which the points of several rounds are combined in a part of a campaign, and
    the paper that sets them; empty: the points stand side by side. The last is valid. Rows are only added.
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
