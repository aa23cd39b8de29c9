"""Tables of what follows the self-review: endorsements, rulings, responses, petitions, opinions, improvements."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.book.procedure import Role
from rules.nouns.rulings import OpinionKind, PetitionOutcome, Response
from rules.nouns.values import Rating
from storage.columns import PLAIN, Moment, Words, one_of
from storage.tables.base import Row


class EndorsementRow(Row, table=True):
    """An endorsement: a step of the chain agreed to a draft and passed it on. Rows are only added."""

    __tablename__ = "endorsement"
    __table_args__ = (sa.UniqueConstraint("draft_id", "step", "by"), sa.Index(None, "by"), one_of("role", Role))

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id")
    step: int
    role: str = Field(sa_type=Words)
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    by_position: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    comment: str = Field(sa_type=Words)
    for_whom: int | None = Field(default=None)
    # rules.nouns.devices.CodeGiven, if the device it was done from came in by a code that somebody issued anew
    device: dict[str, object] = Field(
        default_factory=dict, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'{}'")}
    )


class RulingRow(Row, table=True):
    """A decision of the authority; the highest number is in force. Rows are only added."""

    __tablename__ = "ruling"
    __table_args__ = (sa.UniqueConstraint("review_id", "number"), one_of("rating", Rating))

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    number: int
    version: int
    ratings: dict[str, object] = Field(sa_type=PLAIN)
    rating: str | None = Field(default=None, sa_type=Words)  # of the form itself
    by: int = Field(foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    by_position: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    remarks: str = Field(sa_type=Words)
    measures: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    cite: str = Field(sa_type=Words)
    document: str = Field(sa_type=Words)
    signer: str = Field(sa_type=Words)
    for_whom: int | None = Field(default=None)
    prospects: str = Field(sa_type=Words)
    # rules.nouns.devices.CodeGiven, if the device it was done from came in by a code that somebody issued anew
    device: dict[str, object] = Field(
        default_factory=dict, sa_type=PLAIN, sa_column_kwargs={"server_default": sa.text("'{}'")}
    )


class AcknowledgementRow(Row, table=True):
    """An acknowledgement: the person took notice of a ruling, or reserved an opinion afterwards. The last is valid.
    Rows are only added.
    """

    __tablename__ = "acknowledgement"
    __table_args__ = (sa.UniqueConstraint("ruling_id", "response"), one_of("response", Response))

    id: int | None = Field(default=None, primary_key=True)
    ruling_id: int = Field(foreign_key="ruling.id")
    response: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    text: str = Field(sa_type=Words)


class PetitionRow(Row, table=True):
    """A petition about a ruling, and its outcome."""

    __tablename__ = "petition"
    __table_args__ = (sa.UniqueConstraint("review_id", "number"), one_of("outcome", PetitionOutcome))

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    number: int
    by: int = Field(foreign_key="person.id")
    text: str = Field(sa_type=Words)
    at: dt.datetime = Field(sa_type=Moment)
    due: dt.date | None = Field(default=None)
    cite: str = Field(sa_type=Words)
    outcome: str | None = Field(default=None, sa_type=Words)
    answer: str = Field(sa_type=Words)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class OpinionRow(Row, table=True):
    """An opinion asked of another body, and its answer."""

    __tablename__ = "opinion"
    __table_args__ = (sa.UniqueConstraint("review_id", "kind", "of"), one_of("kind", OpinionKind))

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    kind: str = Field(sa_type=Words)
    of: str = Field(sa_type=Words)
    asked: int | None = Field(default=None, foreign_key="person.id", index=True)
    asked_at: dt.datetime = Field(sa_type=Moment)
    cite: str = Field(sa_type=Words)
    due: dt.date | None = Field(default=None)
    text: str = Field(sa_type=Words)
    by: int | None = Field(default=None, foreign_key="person.id")
    by_name: str = Field(sa_type=Words)
    given_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class ImprovementRow(Row, table=True):
    """An improvement: a line of a person's plan to put right what fell short."""

    __tablename__ = "improvement"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    year: int
    what: str = Field(sa_type=Words)
    by: dt.date
    made_at: dt.datetime = Field(sa_type=Moment)
    done_on: dt.date | None = Field(default=None)
    removed_at: dt.datetime | None = Field(default=None, sa_type=Moment)
