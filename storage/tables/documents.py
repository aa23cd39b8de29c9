"""What was sent and what was said to it, each kept as it is printed. Only ever added."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from rules.nouns.rulings import Act
from storage.columns import Moment, Words, one_of
from storage.tables.base import Row


class DocumentRow(Row, table=True):
    """Everything that is printed of a draft: one value, compressed. `fingerprint`: SHA-256 of it before compression.

    `earlier`: the fingerprint a draft had that was sent before documents were kept ("": none); it was frozen at
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
    """Everything that is printed of an agreement, an opinion, a ruling or an answer to it, with who acted as they were
    then: one value, compressed. `version`: of the draft it is about, 0 for none; `number`: the step of the chain, the
    opinion or the ruling. `later`: it was frozen afterwards, as it read at `kept_at`.
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
