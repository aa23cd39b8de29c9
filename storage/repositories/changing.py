"""What repositories share that write to reviews: every change makes the review's revision grow."""

import sqlalchemy as sa

from storage.queries import Prepared
from storage.repositories.base import Repository
from storage.tables import DRAFT, REVIEW

_DRAFT = Prepared(
    int,
    sa.select(DRAFT.c.id).where(
        DRAFT.c.review_id == sa.bindparam("review"), DRAFT.c.version == sa.bindparam("version_")
    ),
)


class ChangingReviews(Repository):
    """Writing to a review presumes that this transaction has it locked."""

    async def _change(self, review_id: int, **changed: object) -> None:
        statement = REVIEW.update().where(REVIEW.c.id == review_id)
        await self._run(statement.values(**changed, revision=REVIEW.c.revision + 1))

    async def _draft_id(self, review_id: int, version: int) -> int:
        """Raises LookupError when there is no such draft."""
        draft = await self._row(_DRAFT, review=review_id, version_=version)
        if draft is None:
            raise LookupError(f"no draft {version} of review {review_id}")
        return draft
