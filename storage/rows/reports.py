"""Reports of bodies as rows: the parts given to writers, who wrote which answer, and the Report built from them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.campaign.reminders.reminding import OwedPart
from rules.nouns.reviews import Part, Report, Written
from rules.nouns.values import BODIES
from storage.queries import Prepared, among, columns
from storage.rows.reviews import BareReview
from storage.tables import ANSWER, PERSON, REPORT_PART, REVIEW


class PartOf(NamedTuple):
    """A part of a report, and the report it belongs to."""

    review: int
    part: Part


class WrittenRow(NamedTuple):
    """An answer to a report without its content."""

    review: int
    question: str
    written: Written


class AuthorRow(NamedTuple):
    """An author: somebody who drafts a report, has a part of it, or wrote an answer to it."""

    review: int
    person: int


class BareDrafter(NamedTuple):
    """The drafter of a body's report."""

    body: int
    drafter: int


OWED_PART = columns(OwedPart, REPORT_PART, review=REPORT_PART.c.review_id, writer=REPORT_PART.c.writer_id)
_DRAFTER = sa.func.coalesce(REVIEW.c.drafter_id, 0)
BARE_DRAFTER = columns(BareDrafter, REVIEW, body=REVIEW.c.person_id, drafter=_DRAFTER)
_PART = columns(
    PartOf,
    REPORT_PART,
    review=REPORT_PART.c.review_id,
    part=columns(Part, REPORT_PART, writer=REPORT_PART.c.writer_id, writer_name=PERSON.c.name),
)
_PARTS_FROM = REPORT_PART.join(PERSON, PERSON.c.id == REPORT_PART.c.writer_id)
_IN_FORCE = REPORT_PART.c.ended_at.is_(None)
#: The parts of reports given to writers, oldest first.
PARTS = Prepared(
    _PART,
    sa.select(*_PART)
    .select_from(_PARTS_FROM)
    .where(among(REPORT_PART.c.review_id, "reviews"), _IN_FORCE)
    .order_by(REPORT_PART.c.id),
)
_WRITTEN = columns(
    WrittenRow,
    ANSWER,
    review=ANSWER.c.review_id,
    written=columns(Written, ANSWER, number=ANSWER.c.id, name=PERSON.c.name),
)
#: Who gave the answers to reports, oldest first.
WRITTEN = Prepared(
    _WRITTEN,
    sa.select(*_WRITTEN)
    .select_from(ANSWER.join(PERSON, PERSON.c.id == ANSWER.c.by))
    .where(among(ANSWER.c.review_id, "reviews"))
    .order_by(ANSWER.c.id),
)
_OF_CAMPAIGN = sa.and_(REVIEW.c.campaign_id == sa.bindparam("campaign"), REVIEW.c.drafter_id.is_not(None))
#: The authors of the reports of a campaign.
AUTHORS = Prepared(
    AuthorRow,
    sa.union(
        sa.select(REVIEW.c.id, _DRAFTER).where(_OF_CAMPAIGN),
        sa.select(REVIEW.c.id, REPORT_PART.c.writer_id)
        .join(REPORT_PART, REPORT_PART.c.review_id == REVIEW.c.id)
        .where(_OF_CAMPAIGN, _IN_FORCE),
        sa.select(REVIEW.c.id, ANSWER.c.by).join(ANSWER, ANSWER.c.review_id == REVIEW.c.id).where(_OF_CAMPAIGN),
    ),
)


def is_report(row: BareReview) -> bool:
    """Whether the review is the report of a body."""
    return row.drafter_id is not None or row.person.subject in BODIES


def reports_of(
    rows: Iterable[BareReview], parts: Sequence[PartOf], written: Sequence[WrittenRow], names: Mapping[int, str]
) -> dict[int, Report]:
    """Review → Report, for those of these reviews that are reports."""
    given: defaultdict[int, list[Part]] = defaultdict(list)
    for one in parts:
        given[one.review].append(one.part)
    stands: defaultdict[int, dict[str, Written]] = defaultdict(dict)
    wrote: defaultdict[int, set[int]] = defaultdict(set)
    for line in written:
        stands[line.review][line.question] = line.written
        wrote[line.review].add(line.written.by)
    return {
        row.id: Report(
            drafter=row.drafter_id,
            drafter_name=names.get(row.drafter_id or 0, ""),
            named=row.drafter_by is not None,
            parts=tuple(given[row.id]),
            written=stands[row.id],
            authors=_authors(row.drafter_id, (part.writer for part in given[row.id]), wrote[row.id]),
        )
        for row in rows
    }


def _authors(drafter: int | None, writers: Iterable[int], wrote: Collection[int]) -> frozenset[int]:
    return frozenset({*writers, *wrote, *(() if drafter is None else (drafter,))})


def by_review(rows: Iterable[AuthorRow]) -> dict[int, frozenset[int]]:
    """Review → its authors."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        found[row.review].add(row.person)
    return {review: frozenset(people) for review, people in found.items()}
