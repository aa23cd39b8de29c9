"""Documents and acts: what was sent and how it was answered, stored exactly as it is printed, permanently."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Outcome
from rules.nouns.rulings import Act
from storage.columns import read
from storage.queries import Prepared, among, columns
from storage.repositories.base import Repository
from storage.tables import (
    ACKNOWLEDGEMENT,
    ACT,
    DECISION,
    DOCUMENT,
    DOCUMENT_TEMPLATE,
    DRAFT,
    ENDORSEMENT,
    OPINION,
    REVIEW,
    RULING,
    WORD_TEMPLATE,
)


class KeptDocument(NamedTuple):
    """A document: what was sent, as canonical bytes."""

    review: int
    version: int
    #: The fingerprint the content had when it was stored.
    fingerprint: str
    #: The earlier fingerprint of a draft sent before documents were stored; "" for all others.
    earlier: str
    content: bytes
    kept_at: dt.datetime
    #: SHA-256 of the office's own Word template under which it was sent; None for the generic one.
    template: str | None = None


class Standing(NamedTuple):
    """The version of a review that is in force, and its fingerprint."""

    review: int
    version: int
    fingerprint: str


def unpacked(kept: bytes) -> bytes:
    """The decompressed value; empty when the stored bytes are damaged, for instance by a change made outside the
    program.
    """
    try:
        return zlib.decompress(kept)
    except zlib.error:
        return b""


class KeptAct(NamedTuple):
    """An act about a document, as canonical bytes. `later`: it was frozen some time after it happened."""

    kind: Act
    version: int
    number: int
    by: int
    content: bytes
    later: bool


class KeptRuling(NamedTuple):
    """The ruling in force on a review, as canonical bytes."""

    review: int
    number: int
    content: bytes


class Mark(NamedTuple):
    """The fingerprints of a document."""

    fingerprint: str
    earlier: str


_DOCUMENT = columns(
    KeptDocument,
    DOCUMENT,
    review=DRAFT.c.review_id,
    version=DRAFT.c.version,
    content=read(DOCUMENT.c.content, unpacked),
    template=sa.select(WORD_TEMPLATE.c.sha256)
    .join(DOCUMENT_TEMPLATE, DOCUMENT_TEMPLATE.c.template_id == WORD_TEMPLATE.c.id)
    .where(DOCUMENT_TEMPLATE.c.document_id == DOCUMENT.c.id)
    .correlate(DOCUMENT)
    .scalar_subquery(),
)
_DOCUMENTS = sa.select(*_DOCUMENT).select_from(DOCUMENT.join(DRAFT, DRAFT.c.id == DOCUMENT.c.draft_id))
_THIS = (DRAFT.c.review_id == sa.bindparam("review"), DRAFT.c.version == sa.bindparam("version"))
_OF_VERSION = Prepared(_DOCUMENT, _DOCUMENTS.where(*_THIS))
_CALLED = Prepared(
    _DOCUMENT,
    _DOCUMENTS.where(
        sa.or_(
            DOCUMENT.c.fingerprint.startswith(sa.bindparam("mark", type_=sa.Text)),
            DOCUMENT.c.earlier.startswith(sa.bindparam("mark", type_=sa.Text)),
        )
    ).order_by(DOCUMENT.c.id),
)
_MARK = Prepared(
    Mark,
    sa.select(DOCUMENT.c.fingerprint, DOCUMENT.c.earlier).join(DRAFT, DRAFT.c.id == DOCUMENT.c.draft_id).where(*_THIS),
)
_RULED = sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == REVIEW.c.ruling)
_NOT_STANDING = sa.exists().where(DECISION.c.draft_id == DRAFT.c.id, DECISION.c.outcome != Outcome.APPROVED)
_NEWER = DRAFT.alias("newer")
_NEWER_STANDS = sa.exists().where(
    _NEWER.c.review_id == REVIEW.c.id,
    _NEWER.c.version > DRAFT.c.version,
    ~sa.exists().where(DECISION.c.draft_id == _NEWER.c.id, DECISION.c.outcome != Outcome.APPROVED).correlate(_NEWER),
)
_WITH_RULING = (
    DOCUMENT.join(DRAFT, DRAFT.c.id == DOCUMENT.c.draft_id)
    .join(REVIEW, REVIEW.c.id == DRAFT.c.review_id)
    .outerjoin(RULING, _RULED)
)
_STANDS = sa.case(
    (sa.func.coalesce(RULING.c.version, 0) > 0, DRAFT.c.version == RULING.c.version),
    else_=sa.and_(~_NOT_STANDING.correlate(DRAFT), ~_NEWER_STANDS.correlate(REVIEW, DRAFT)),
)
_IN_FORCE = Prepared(
    _DOCUMENT,
    sa.select(*_DOCUMENT)
    .select_from(_WITH_RULING)
    .where(REVIEW.c.campaign_id == sa.bindparam("campaign"), _STANDS)
    .order_by(DRAFT.c.review_id),
)
_IN_FORCE_OF = Prepared(
    _DOCUMENT,
    sa.select(*_DOCUMENT)
    .select_from(_WITH_RULING)
    .where(among(REVIEW.c.id, "reviews"), _STANDS)
    .order_by(DRAFT.c.review_id),
)
_STANDING = columns(Standing, DOCUMENT, review=DRAFT.c.review_id, version=DRAFT.c.version)
_MARKS_IN_FORCE = Prepared(
    _STANDING,
    sa.select(*_STANDING)
    .select_from(_WITH_RULING)
    .where(among(REVIEW.c.id, "reviews"), _STANDS)
    .order_by(DRAFT.c.review_id),
)
_KEPT_RULING = columns(KeptRuling, ACT, review=ACT.c.review_id, content=read(ACT.c.content, zlib.decompress))
_RULINGS_IN_FORCE = Prepared(
    _KEPT_RULING,
    sa.select(*_KEPT_RULING)
    .join(REVIEW, REVIEW.c.id == ACT.c.review_id)
    .where(REVIEW.c.campaign_id == sa.bindparam("campaign"), ACT.c.kind == Act.RULED, ACT.c.number == REVIEW.c.ruling)
    .order_by(ACT.c.review_id, ACT.c.id),
)
_RULINGS_OF = Prepared(
    _KEPT_RULING,
    sa.select(*_KEPT_RULING)
    .join(REVIEW, REVIEW.c.id == ACT.c.review_id)
    .where(among(REVIEW.c.id, "reviews"), ACT.c.kind == Act.RULED, ACT.c.number == REVIEW.c.ruling)
    .order_by(ACT.c.review_id, ACT.c.id),
)
_DRAFT_ID = Prepared(int, sa.select(DRAFT.c.id).where(*_THIS))
_ACT = columns(KeptAct, ACT, content=read(ACT.c.content, zlib.decompress))
#: The kinds of acts, in the order in which documents show them.
_SHOWN = sa.case({kind.value: place for place, kind in enumerate(Act)}, value=ACT.c.kind)
_ACTS = Prepared(
    _ACT,
    sa.select(*_ACT)
    .where(
        ACT.c.review_id == sa.bindparam("review"),
        sa.or_(ACT.c.kind == Act.OPINION, ACT.c.version == sa.bindparam("version")),
    )
    .order_by(_SHOWN, ACT.c.id),
)


def _without_act(
    kind: Act | sa.ColumnElement[str],
    review: sa.ColumnElement[int],
    *same: sa.ColumnElement[bool],
    of: tuple[sa.FromClause, ...],
) -> sa.ColumnElement[bool]:
    """Condition: no act of this kind is stored about the review; `same` relates it to the row of the tables `of`."""
    return ~sa.exists().where(ACT.c.review_id == review, ACT.c.kind == kind, *same).correlate(*of)


_ENDORSED = ENDORSEMENT.join(DRAFT, DRAFT.c.id == ENDORSEMENT.c.draft_id)
_DECIDED = DECISION.join(DRAFT, DRAFT.c.id == DECISION.c.draft_id)
_ANSWERED = ACKNOWLEDGEMENT.join(RULING, RULING.c.id == ACKNOWLEDGEMENT.c.ruling_id)
#: The reviews of which some document or act is not stored yet.
_OPEN = sa.union(
    sa.select(DRAFT.c.review_id).where(~sa.exists().where(DOCUMENT.c.draft_id == DRAFT.c.id).correlate(DRAFT)),
    sa.select(OPINION.c.review_id).where(
        OPINION.c.given_at.is_not(None),
        _without_act(Act.OPINION, OPINION.c.review_id, ACT.c.number == OPINION.c.id, of=(OPINION,)),
    ),
    sa.select(DRAFT.c.review_id)
    .select_from(_ENDORSED)
    .where(
        _without_act(
            Act.ENDORSED,
            DRAFT.c.review_id,
            ACT.c.version == DRAFT.c.version,
            ACT.c.number == ENDORSEMENT.c.step,
            ACT.c.by == ENDORSEMENT.c.by,
            of=(DRAFT, ENDORSEMENT),
        )
    ),
    sa.select(DRAFT.c.review_id)
    .select_from(_DECIDED)
    .where(
        DECISION.c.outcome == Outcome.APPROVED,
        _without_act(Act.APPROVED, DRAFT.c.review_id, ACT.c.version == DRAFT.c.version, of=(DRAFT,)),
    ),
    sa.select(RULING.c.review_id).where(
        _without_act(Act.RULED, RULING.c.review_id, ACT.c.number == RULING.c.number, of=(RULING,))
    ),
    sa.select(RULING.c.review_id)
    .select_from(_ANSWERED)
    .where(
        _without_act(
            ACKNOWLEDGEMENT.c.response,
            RULING.c.review_id,
            ACT.c.number == RULING.c.number,
            of=(RULING, ACKNOWLEDGEMENT),
        )
    ),
).subquery("open_reviews")
_TO_FREEZE = Prepared(
    int,
    sa.select(_OPEN.c.review_id)
    .where(_OPEN.c.review_id > sa.bindparam("after"))
    .order_by(_OPEN.c.review_id)
    .limit(sa.bindparam("most")),
)
_OF_CAMPAIGN = Prepared(
    int, sa.select(REVIEW.c.id).where(REVIEW.c.campaign_id == sa.bindparam("campaign")).order_by(REVIEW.c.id)
)
_CAMPAIGNS = Prepared(
    int,
    sa.select(REVIEW.c.campaign_id)
    .join(DRAFT, DRAFT.c.review_id == REVIEW.c.id)
    .join(DOCUMENT, DOCUMENT.c.draft_id == DRAFT.c.id)
    .distinct(),
)


class Documents(Repository):
    """Documents and acts. Nothing stored here ever changes."""

    async def keep(self, review_id: int, version: int, content: bytes, at: dt.datetime, earlier: str = "") -> str:
        """Store a document unless it is stored already; returns its fingerprint, the SHA-256 of the content in
        hexadecimal.
        """
        draft = await self._row(_DRAFT_ID, review=review_id, version=version)
        if draft is None:
            raise LookupError(f"no version {version} of review {review_id}")
        mark = hashlib.sha256(content).hexdigest()
        kept = {"fingerprint": mark, "earlier": earlier, "content": zlib.compress(content, 9), "kept_at": at}
        if await self._once(DOCUMENT, ("draft_id",), {"draft_id": draft, **kept}) is None:
            return (await self.mark(review_id, version)).fingerprint
        return mark

    async def keep_act(self, review_id: int, act: KeptAct, at: dt.datetime) -> None:
        """Store an act unless it is stored already."""
        same = {"review_id": review_id, "kind": act.kind, "version": act.version, "number": act.number, "by": act.by}
        kept = {"content": zlib.compress(act.content, 9), "kept_at": at, "later": act.later}
        await self._once(ACT, tuple(same), {**same, **kept})

    async def of_version(self, review_id: int, version: int) -> KeptDocument | None:
        """The document of that version."""
        return await self._row(_OF_VERSION, review=review_id, version=version)

    async def mark(self, review_id: int, version: int) -> Mark:
        """The fingerprints of that version's document; empty when none is stored."""
        return await self._row(_MARK, review=review_id, version=version) or Mark("", "")

    async def called(self, mark: str) -> Sequence[KeptDocument]:
        """The documents with a fingerprint, or an earlier fingerprint, that begins with these digits. Earlier
        fingerprints cover the answers only, so people with the same answers share one.
        """
        return await self._rows(_CALLED, mark=mark)

    async def acts(self, review_id: int, version: int) -> Sequence[KeptAct]:
        """The acts about a version, in the order in which documents show them. Opinions concern every version."""
        return await self._rows(_ACTS, review=review_id, version=version)

    async def to_freeze(self, after: int, most: int) -> Sequence[int]:
        """The next reviews (with ids above `after`) of which some document or act is not stored yet."""
        return await self._rows(_TO_FREEZE, after=after, most=most)

    async def of_campaign(self, campaign_id: int) -> Sequence[int]:
        """The ids of all reviews of a campaign, including those that were ended."""
        return await self._rows(_OF_CAMPAIGN, campaign=campaign_id)

    async def in_force(self, campaign_id: int) -> Sequence[KeptDocument]:
        """The document in force of every review of a campaign: the version that the ruling in force concerns, otherwise
        the newest that was neither returned nor withdrawn. Reviews without such a version are left out.
        """
        return await self._rows(_IN_FORCE, campaign=campaign_id)

    async def marks_in_force(self, reviews: Sequence[int]) -> Sequence[Standing]:
        """The fingerprints of the documents in force of these reviews, without their contents."""
        return await self._rows(_MARKS_IN_FORCE, reviews=tuple(reviews)) if reviews else ()

    async def in_force_of(self, reviews: Sequence[int]) -> Sequence[KeptDocument]:
        """The documents in force of these reviews."""
        return await self._rows(_IN_FORCE_OF, reviews=tuple(reviews)) if reviews else ()

    async def rulings_of(self, reviews: Sequence[int]) -> Sequence[KeptRuling]:
        """The rulings in force on these reviews."""
        return await self._rows(_RULINGS_OF, reviews=tuple(reviews)) if reviews else ()

    async def rulings_in_force(self, campaign_id: int) -> Sequence[KeptRuling]:
        """The rulings in force on all reviews of a campaign."""
        return await self._rows(_RULINGS_IN_FORCE, campaign=campaign_id)

    async def campaigns(self) -> frozenset[int]:
        """The ids of the campaigns in which something was sent."""
        return frozenset(await self._rows(_CAMPAIGNS))
