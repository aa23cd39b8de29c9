"""Papers of sheets about somebody, as they are to be signed, and the weights that combine the points of several sheets."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json
from rules.nouns.rounds import Ended
from rules.nouns.sheets import SheetPaper, Weights
from rules.nouns.values import Rating
from storage.columns import read
from storage.queries import Prepared, among, columns
from storage.repositories.base import Repository
from storage.repositories.documents import unpacked
from storage.tables import POINTS_WEIGHT, REVIEW, ROUND, ROUND_PAPER


def _weights(kept: Mapping[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(str(one)) for key, one in kept.items()}


_PAPER = columns(
    SheetPaper,
    ROUND_PAPER,
    round=ROUND_PAPER.c.round_id,
    person=ROUND_PAPER.c.person_id,
    content=read(ROUND_PAPER.c.content, unpacked),
)
_PAPERS = Prepared(_PAPER, sa.select(*_PAPER).where(among(ROUND_PAPER.c.round_id, "rounds")).order_by(ROUND_PAPER.c.id))
_CALLED = Prepared(
    _PAPER,
    sa.select(*_PAPER)
    .where(ROUND_PAPER.c.fingerprint.startswith(sa.bindparam("mark", type_=sa.Text)))
    .order_by(ROUND_PAPER.c.id),
)
_WEIGHT = columns(
    Weights, POINTS_WEIGHT, campaign=POINTS_WEIGHT.c.campaign_id, weights=read(POINTS_WEIGHT.c.weights, _weights)
)
_NEWEST = Prepared(
    _WEIGHT,
    sa.select(*_WEIGHT)
    .where(
        POINTS_WEIGHT.c.campaign_id == sa.bindparam("campaign"), POINTS_WEIGHT.c.rulebook == sa.bindparam("rulebook")
    )
    .order_by(POINTS_WEIGHT.c.id.desc())
    .limit(1),
)


class ProposedTogether(NamedTuple):
    """What all who filled the sheet `key` propose about somebody, for each of that person's reviews under the rulebook."""

    campaign: int
    rulebook: str
    key: str
    review: int
    form: str
    rating: Rating
    at: dt.datetime


_PROPOSED = Prepared(
    ProposedTogether,
    sa.select(
        REVIEW.c.campaign_id,
        ROUND.c.rulebook,
        ROUND.c.key,
        REVIEW.c.id,
        REVIEW.c.form,
        read(ROUND_PAPER.c.rating, Rating),
        ROUND_PAPER.c.at,
    )
    .select_from(
        ROUND_PAPER.join(ROUND, ROUND.c.id == ROUND_PAPER.c.round_id).join(
            REVIEW,
            sa.and_(
                REVIEW.c.campaign_id == ROUND.c.campaign,
                REVIEW.c.person_id == ROUND.c.person,
                REVIEW.c.rulebook == ROUND.c.rulebook,
            ),
        )
    )
    .where(
        among(ROUND.c.campaign, "campaigns"),
        ROUND_PAPER.c.person_id.is_(None),
        ROUND_PAPER.c.rating.is_not(None),
        sa.or_(ROUND.c.ended.is_(None), ROUND.c.ended != Ended.NEWER.value),
    )
    .order_by(ROUND_PAPER.c.id),
)


class Sheets(Repository):
    """Papers and weights of sheets; the answers are stored with the round. Nothing is changed: the last entry is valid."""

    async def keep(self, paper: SheetPaper) -> str:
        """Store a paper; returns its fingerprint. The paper's `id` and `fingerprint` are ignored."""
        mark = hashlib.sha256(paper.content).hexdigest()
        await self._add(
            ROUND_PAPER,
            round_id=paper.round,
            person_id=paper.person,
            form=paper.form,
            text=paper.text,
            rating=paper.rating,
            fingerprint=mark,
            content=zlib.compress(paper.content),
            by=paper.by,
            by_name=paper.by_name,
            at=paper.at,
        )
        return mark

    async def papers(self, rounds: Sequence[int]) -> list[SheetPaper]:
        """The valid papers of these rounds: the last of each person, and the last of all together."""
        kept = await self._rows(_PAPERS, rounds=tuple(rounds)) if rounds else []
        return [*{(one.round, one.person): one for one in kept}.values()]

    async def called(self, mark: str) -> list[SheetPaper]:
        """All papers, valid or superseded, whose fingerprint begins with these digits."""
        return await self._rows(_CALLED, mark=mark)

    async def proposed_together(self, campaigns: Sequence[int]) -> Sequence[ProposedTogether]:
        """The joint proposals in these campaigns, oldest first. One that was written anew occurs twice, and the last is
        valid.
        """
        return await self._rows(_PROPOSED, campaigns=tuple(campaigns)) if campaigns else ()

    async def weigh(self, weights: Weights) -> None:
        """Store weights; they are valid from now on."""
        values = {("campaign_id" if name == "campaign" else name): one for name, one in asdict(weights).items()}
        said: dict[str, Json] = {key: str(one) for key, one in weights.weights.items()}
        await self._add(POINTS_WEIGHT, **(values | {"weights": said}))

    async def weights(self, campaign: int, rulebook: str) -> Weights | None:
        """The valid weights; None when nobody has set any."""
        return await self._row(_NEWEST, campaign=campaign, rulebook=rulebook)
