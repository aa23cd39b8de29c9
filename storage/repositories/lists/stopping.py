"""Where people stop filling in a form: for every question, how many answered it, how many went no further, and how long
it took. Only counts are computed, from the answers given before anything was sent.
"""

from typing import Any, NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import ReviewStatus
from storage.queries import Query
from storage.repositories.base import Repository
from storage.rows.said import seconds_between
from storage.tables import ANSWER, REVIEW

#: A pause before an answer that is longer than this (seconds) is taken as doing something else.
RESTS = 1800


class QuestionCount(NamedTuple):
    """The counts of one question of a form. `skipped`: it was only put off; `seconds`: the median time of the `timed`
    answers.
    """

    rulebook: str
    form: str
    question: str
    begun: int
    answered: int
    skipped: int
    left: int
    timed: int
    seconds: float | None


def _statement(campaign: int) -> sa.Select[Any]:
    of = (REVIEW.c.rulebook, REVIEW.c.form)
    first = (
        sa.select(
            *of,
            ANSWER.c.review_id.label("review"),
            ANSWER.c.question.label("question"),
            sa.func.min(ANSWER.c.at).label("at"),
            sa.func.max(ANSWER.c.id).label("last"),
            sa.func.min(sa.cast(ANSWER.c.skipped, sa.Integer)).label("skipped"),
            sa.func.min(sa.case((REVIEW.c.status == ReviewStatus.DRAFTING, 1), else_=0)).label("open"),
        )
        .select_from(ANSWER.join(REVIEW, REVIEW.c.id == ANSWER.c.review_id))
        .where(REVIEW.c.campaign_id == campaign, ANSWER.c.round == 0)
        .group_by(*of, ANSWER.c.review_id, ANSWER.c.question)
        .cte("first")
    )
    before = sa.func.lag(first.c.at).over(partition_by=first.c.review, order_by=(first.c.at, first.c.last))
    timed = sa.select(
        *first.c,
        seconds_between(first.c.at, before).label("took"),
        sa.func.max(first.c.last).over(partition_by=first.c.review).label("newest"),
    ).cte("timed")
    one = (timed.c.rulebook, timed.c.form, timed.c.question)
    counted = sa.case((timed.c.took.between(0, RESTS), timed.c.took))
    ranked = sa.select(
        *timed.c,
        counted.label("counted"),
        sa.func.row_number().over(partition_by=one, order_by=(counted.is_(None), counted)).label("place"),
        sa.func.count(counted).over(partition_by=one).label("timed"),
    ).cte("ranked")
    # The median is the middle value, or the mean of the two middle ones.
    middle = sa.func.abs(ranked.c.place * 2 - ranked.c.timed - 1) <= 1
    in_the_middle = sa.case((sa.and_(ranked.c.counted.is_not(None), middle), ranked.c.counted))
    begun = (
        sa.select(first.c.rulebook, first.c.form, sa.func.count(first.c.review.distinct()).label("begun"))
        .group_by(first.c.rulebook, first.c.form)
        .cte("begun")
    )
    left = sa.case((sa.and_(ranked.c.open == 1, ranked.c.last == ranked.c.newest), 1), else_=0)
    key = (ranked.c.rulebook, ranked.c.form, ranked.c.question)
    return (
        sa.select(
            *key,
            begun.c.begun,
            sa.func.sum(1 - ranked.c.skipped),
            sa.func.sum(ranked.c.skipped),
            sa.func.sum(left),
            sa.func.max(ranked.c.timed),
            sa.func.avg(in_the_middle),
        )
        .select_from(ranked.join(begun, sa.and_(begun.c.rulebook == ranked.c.rulebook, begun.c.form == ranked.c.form)))
        .group_by(*key, begun.c.begun)
    )


class Stopping(Repository):
    """The counts of where people stop in a campaign."""

    async def of_campaign(self, campaign: int) -> list[QuestionCount]:
        """The counts of every question that somebody answered or put off. The query reads all answers, without delaying
        other work.
        """
        return await self._connection.fetch_apart(Query(QuestionCount, _statement(campaign)))
