"""Tables of documents and acts, each stored as it is printed. Rows are only ever added."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.nouns.rulings import Act
from storage.columns import Moment, Words, one_of
from storage.tables.base import Row


class DocumentRow(Row, table=True):
    """Everything that is printed of a draft, as one compressed value. `fingerprint` is its SHA-256 before compression.

    `earlier`: the fingerprint of a draft sent before documents were stored ("" otherwise); such a draft was frozen at
    `kept_at`, as it read then.
    """

    __tablename__ = "document"

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", unique=True)
    fingerprint: str = Field(sa_type=Words, index=True)
    earlier: str = Field(sa_type=Words, index=True)
    content: bytes = Field(sa_type=sa.LargeBinary)
    kept_at: dt.datetime = Field(sa_type=Moment)


class ActRow(Row, table=True):
    """Everything that is printed of an endorsement, opinion, ruling or response, with the person acting as they were
    then; one compressed value.

    `version`: the draft's version, 0 for none; `number`: the step of the chain, the opinion, or the ruling; `later`: it
    was frozen afterwards, as it read at `kept_at`.
    """

    __tablename__ = "act"
    __table_args__ = (
        sa.UniqueConstraint("review_id", "kind", "version", "number", "by"),
        one_of("kind", Act),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    kind: str = Field(sa_type=Words)
    version: int
    number: int
    by: int = Field(foreign_key="person.id")
    content: bytes = Field(sa_type=sa.LargeBinary)
    kept_at: dt.datetime = Field(sa_type=Moment)
    later: bool
