"""Reviews: what people answered and submitted, and what was decided."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import sqlalchemy as sa

from rules.campaign.at_work import at_work
from rules.nouns.devices import CodeGiven
from rules.nouns.reviews import Answer, Answers, Campaign, Decision, Json, Outcome, Report, Review, ReviewStatus, Step
from rules.nouns.values import BODIES, Rating
from storage.columns import read
from storage.queries import Nothing, Prepared, among, any_word, columns
from storage.repositories.base import ChangingReviews
from storage.rows.openings import LEAD_ON, SELECT_OPENED, begun, led_on
from storage.rows.reports import PARTS, WRITTEN, is_report, reports_of
from storage.rows.reviews import (
    DRAFTS,
    ENDORSEMENTS,
    REVIEW_COLUMNS,
    RULINGS,
    SELECT_REVIEW,
    BareReview,
    DraftOf,
    EndorsementOf,
    RulingOf,
    Snapshot,
    answer_json,
    device_json,
    review_of,
    steps_of,
)
from storage.tables import ANSWER, CAMPAIGN, DECISION, DRAFT, PERSON, REPORT_PART, REVIEW
from storage.values import EnrolledReview, Opening


class Submitted(NamedTuple):
    """A review that was just handed in: its version and its answers."""

    version: int
    answers: Snapshot


class StepsRow(NamedTuple):
    """The chain of a review, and the step whose turn it is."""

    steps: tuple[Step, ...]
    step: int


class NamedRow(NamedTuple):
    """A person's id and name."""

    id: int
    name: str


class GivenRow(NamedTuple):
    """A stored answer, current or superseded."""

    question: str
    value: Json
    note: str
    skipped: bool
    round: int


#: A confirmed sheet that is being done anew is owed even though its campaign is closed.
_OPEN = sa.or_(CAMPAIGN.c.closed_at.is_(None), REVIEW.c.redone)
_LED = Prepared[str](
    str,
    sa.select(PERSON.c.name)
    .distinct()
    .select_from(REVIEW.join(PERSON, PERSON.c.id == REVIEW.c.person_id).join(CAMPAIGN))
    .where(
        _OPEN,
        sa.or_(
            among(REVIEW.c.approver_id, "leaders"),
            among(REVIEW.c.decider_id, "leaders"),
        ),
        sa.not_(among(REVIEW.c.person_id, "leaders")),
    )
    .order_by(PERSON.c.name),
)
_ONE = SELECT_REVIEW.where(REVIEW.c.id == sa.bindparam("review"))
_BY_ID = Prepared(REVIEW_COLUMNS, _ONE)
_SOME = Prepared(
    REVIEW_COLUMNS,
    SELECT_REVIEW.where(among(REVIEW.c.id, "reviews")).order_by(REVIEW.c.id),
)
# The review's key never changes, so FOR NO KEY UPDATE is enough: others who insert rows that refer to a locked review,
# as a meeting does, need not wait.
_LOCKED = Prepared(REVIEW_COLUMNS, _ONE.with_for_update(of=REVIEW, key_share=True))
_LIVING = REVIEW.c.status != ReviewStatus.ENDED
_IN_ORDER = (REVIEW.c.campaign_id, REVIEW.c.place, REVIEW.c.id)
_SAME_OFFICE = sa.select(CAMPAIGN.c.office_id).where(CAMPAIGN.c.id == sa.bindparam("campaign")).scalar_subquery()
_BEFORE = Prepared(
    REVIEW_COLUMNS,
    SELECT_REVIEW.where(
        CAMPAIGN.c.office_id == _SAME_OFFICE.correlate(None),
        REVIEW.c.campaign_id != sa.bindparam("campaign"),
        CAMPAIGN.c.year >= sa.bindparam("since_year"),
        REVIEW.c.version > 0,
        _LIVING,
    ).order_by(CAMPAIGN.c.year.desc(), REVIEW.c.campaign_id.desc(), REVIEW.c.place),
)
_MINE = Prepared(
    REVIEW_COLUMNS,
    SELECT_REVIEW.where(REVIEW.c.person_id == sa.bindparam("person"), _OPEN, _LIVING)
    .order_by(*_IN_ORDER)
    .with_for_update(of=REVIEW, key_share=True),
)
_THEIRS = sa.or_(REVIEW.c.person_id == sa.bindparam("person"), REVIEW.c.drafter_id == sa.bindparam("person"))
_EVER = Prepared(REVIEW_COLUMNS, SELECT_REVIEW.where(_THEIRS, _LIVING).order_by(*_IN_ORDER))
_SAME_TIME = sa.and_(
    CAMPAIGN.c.office_id == _SAME_OFFICE.correlate(None),
    CAMPAIGN.c.year == sa.bindparam("year"),
    CAMPAIGN.c.period == sa.bindparam("period"),
    _LIVING,
)
_OF_PEOPLE = Prepared(
    REVIEW_COLUMNS,
    SELECT_REVIEW.where(among(REVIEW.c.person_id, "people"), _SAME_TIME).order_by(*_IN_ORDER),
)
_OF_YEAR = Prepared(
    REVIEW_COLUMNS,
    SELECT_REVIEW.where(
        among(REVIEW.c.person_id, "people"),
        CAMPAIGN.c.office_id == _SAME_OFFICE.correlate(None),
        CAMPAIGN.c.year == sa.bindparam("year"),
        _LIVING,
    ).order_by(*_IN_ORDER),
)
_OF_BODIES = Prepared(
    REVIEW_COLUMNS, SELECT_REVIEW.where(any_word(PERSON.c.subject, sorted(BODIES)), _SAME_TIME).order_by(*_IN_ORDER)
)
_WRITES = sa.exists().where(
    REPORT_PART.c.review_id == REVIEW.c.id,
    REPORT_PART.c.writer_id == sa.bindparam("person"),
    REPORT_PART.c.ended_at.is_(None),
)
_IN_REPORT = sa.and_(
    sa.or_(REVIEW.c.drafter_id == sa.bindparam("person"), _WRITES),
    REVIEW.c.person_id != sa.bindparam("person"),
    _LIVING,
)
_OF_REPORTS = SELECT_REVIEW.where(_IN_REPORT, _OPEN).order_by(*_IN_ORDER)
_REPORTS = Prepared(REVIEW_COLUMNS, _OF_REPORTS)
_REPORTS_LOCKED = Prepared(REVIEW_COLUMNS, _OF_REPORTS.with_for_update(of=REVIEW, key_share=True))
_WAITING = Prepared(
    REVIEW_COLUMNS,
    SELECT_REVIEW.where(
        among(REVIEW.c.approver_id, "approvers"),
        REVIEW.c.status == ReviewStatus.SUBMITTED,
        _OPEN,
    ),
)
# As `is_ready` says it of one.
_READY = sa.or_(
    REVIEW.c.status == ReviewStatus.APPROVED,
    sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_(None)),
)
_TO_DECIDE = Prepared(
    int,
    sa.select(sa.func.count())
    .select_from(REVIEW.join(CAMPAIGN))
    .where(among(REVIEW.c.decider_id, "deciders"), _READY, _OPEN),
)
_ADD_ANSWER = Prepared(Nothing, ANSWER.insert().inline())
_KEEP_SNAPSHOT = Prepared(
    Nothing,
    REVIEW.update()
    .where(REVIEW.c.id == sa.bindparam("review"))
    .values(answers=sa.bindparam("answers_", type_=REVIEW.c.answers.type), revision=REVIEW.c.revision + 1),
)
_SUBMIT = Prepared(
    Submitted,
    REVIEW.update()
    .where(REVIEW.c.id == sa.bindparam("review"))
    .values(status=ReviewStatus.SUBMITTED, version=REVIEW.c.version + 1, revision=REVIEW.c.revision + 1)
    .returning(REVIEW.c.version, REVIEW.c.answers),
)
_STEPS = columns(StepsRow, REVIEW, steps=read(REVIEW.c.steps, steps_of))
_CHAIN = Prepared(_STEPS, sa.select(*_STEPS).where(REVIEW.c.id == sa.bindparam("review")))
_GIVEN = columns(GivenRow, ANSWER)
_HISTORY = Prepared(
    _GIVEN,
    sa.select(*_GIVEN).where(ANSWER.c.review_id == sa.bindparam("review")).order_by(ANSWER.c.id),
)
_ANSWERED = Prepared(
    int,
    sa.select(REVIEW.c.person_id)
    .join(ANSWER, ANSWER.c.review_id == REVIEW.c.id)
    .where(REVIEW.c.campaign_id == sa.bindparam("campaign"))
    .distinct(),
)
_NAMES = Prepared(NamedRow, sa.select(PERSON.c.id, PERSON.c.name).where(among(PERSON.c.id, "people")))
_ADD_DRAFT = DRAFT.insert().inline()
NOTHING_HELD: Answers = MappingProxyType({})
_AFTER = {
    Outcome.APPROVED: ReviewStatus.APPROVED,
    Outcome.RETURNED: ReviewStatus.RETURNED,
    Outcome.WITHDRAWN: ReviewStatus.DRAFTING,
}


class Reviews(ChangingReviews):
    """The reviews of all campaigns. Writing to a review presumes that this transaction has locked it."""

    async def own(self, person_id: int) -> Review | None:
        """The review the person is working on (see `rules.campaign.at_work`), locked until this transaction ends."""
        return at_work(await self.mine(person_id))

    async def mine(self, person_id: int) -> tuple[Review, ...]:
        """The person's reviews in all open campaigns, in the order in which they are to be filled; locked until this
        transaction ends.
        """
        mine = tuple(await self._whole(await self._rows(_MINE, person=person_id), hold=True))
        self._held.mine[person_id] = mine
        return mine

    async def reports(self, person_id: int, *, lock: bool) -> list[Review]:
        """The reports of bodies in open campaigns that the person drafts or has a part of. With `lock`, they are locked
        until this transaction ends.
        """
        return await self._whole(await self._rows(_REPORTS_LOCKED if lock else _REPORTS, person=person_id), hold=lock)

    async def locked(self, review_id: int) -> Review | None:
        """The review, locked until this transaction ends."""
        return next(iter(await self._whole(await self._rows(_LOCKED, review=review_id), hold=True)), None)

    async def before(self, campaign_id: int, since_year: int) -> list[Review]:
        """The person's reviews handed in in the office's other campaigns since that year, the newest first; read-only."""
        return await self._whole(await self._rows(_BEFORE, campaign=campaign_id, since_year=since_year))

    async def some(self, review_ids: Sequence[int]) -> list[Review]:
        """These reviews in full, sorted by id; read-only."""
        return await self._whole(await self._rows(_SOME, reviews=tuple(review_ids))) if review_ids else []

    async def get(self, review_id: int) -> Review | None:
        """The review as it stands; read-only."""
        return next(iter(await self._whole(await self._rows(_BY_ID, review=review_id))), None)

    async def ever(self, person_id: int) -> list[Review]:
        """All reviews of a person and the reports they draft, including closed campaigns, oldest campaign first;
        read-only.
        """
        return await self._whole(await self._rows(_EVER, person=person_id))

    async def of_people(
        self, people: Sequence[int], campaign: Campaign, *, as_loaded: bool = False
    ) -> Sequence[Review]:
        """All reviews of these people in their office around the time of a campaign, including other and closed
        campaigns; read-only.

        Pass `as_loaded` when nothing has changed since the conversation of one of these people was loaded: if
        everything of that person was loaded with it, no query is made.
        """
        talk, mine = (
            (self._held.conversations.get(people[0]), self._held.mine.get(people[0])) if people else (None, None)
        )
        if as_loaded and len(people) == 1 and talk and not talk.closed and mine is not None:
            time = (campaign.office, campaign.year, campaign.period)
            return [one for one in mine if (one.campaign.office, one.campaign.year, one.campaign.period) == time]
        when = {"campaign": campaign.id, "year": campaign.year, "period": campaign.period}
        return await self._whole(await self._rows(_OF_PEOPLE, people=tuple(people), **when)) if people else []

    async def of_year(self, people: Sequence[int], campaign: Campaign) -> Sequence[Review]:
        """All reviews of these people in their office from the whole year of a campaign; read-only."""
        when = {"campaign": campaign.id, "year": campaign.year}
        return await self._whole(await self._rows(_OF_YEAR, people=tuple(people), **when)) if people else []

    async def of_bodies(self, campaign: Campaign) -> list[Review]:
        """The reviews of the bodies of the campaign's office (organisations, collectives, party cells) around the time
        of the campaign; read-only.
        """
        when = {"campaign": campaign.id, "year": campaign.year, "period": campaign.period}
        return await self._whole(await self._rows(_OF_BODIES, **when))

    async def waiting_for(self, *approver_ids: int) -> list[Review]:
        """The submitted reviews that wait for one of these people to agree, the longest waiting first."""
        waiting = await self._whole(await self._rows(_WAITING, approvers=approver_ids))
        return sorted(waiting, key=lambda review: (review.drafts[-1].submitted_at, review.id))

    async def to_decide(self, *decider_ids: int) -> int:
        """How many are ready for the decision of one of these people."""
        (count,) = await self._rows(_TO_DECIDE, deciders=decider_ids)
        return count

    async def led_by(self, *leader_ids: int) -> Sequence[str]:
        """The names of the people whose reviews in open campaigns one of these people now has to agree to, or decides."""
        return await self._rows(_LED, leaders=leader_ids)

    async def history(self, review_id: int) -> list[tuple[str, Answer]]:
        """All answers ever given in a review as (question, answer), oldest first; the last for a question is the
        current one.
        """
        rows = await self._rows(_HISTORY, review=review_id)
        return [(row.question, Answer(row.value, row.note, row.skipped, row.round)) for row in rows]

    async def replaced(self, review_id: int, question: str, count: int) -> dict[str, Answer | None]:
        """What was replaced by the latest answer to this question and the answers stored right after it (`count` in
        all): question → the answer before, or None. Empty when one of them has been changed since.
        """
        given = await self.history(review_id)
        newest = {name: index for index, (name, _) in enumerate(given)}
        start = newest.get(question, len(given))
        kept = range(start, start + count)
        if count < 1 or any(index >= len(given) or newest[given[index][0]] != index for index in kept):
            return {}
        return {
            given[index][0]: next((answer for name, answer in reversed(given[:start]) if name == given[index][0]), None)
            for index in kept
        }

    async def answered_by(self, campaign_id: int) -> Sequence[int]:
        """The people who have given an answer in a campaign, even if their review was ended."""
        return await self._rows(_ANSWERED, campaign=campaign_id)

    async def opened(self, campaign_id: int) -> dict[tuple[int, str, str, int], EnrolledReview]:
        """The reviews opened in a campaign, including ended ones, by the key of their Opening."""
        rows = await self._rows(SELECT_OPENED, campaign=campaign_id)
        return {(row.person_id, row.form, row.rulebook, row.post_id): row.review for row in rows}

    async def begin(self, openings: Sequence[Opening]) -> None:
        """Begin these reviews; none of them may exist yet."""
        await self._many(REVIEW.insert(), [begun(opening) for opening in openings])

    async def lead_on(self, changes: Sequence[tuple[EnrolledReview, Opening]]) -> None:
        """Give these reviews the chain, the decider and the place of their openings; a review that had been ended is
        resumed.
        """
        await self._many(LEAD_ON, [led_on(opened, opening) for opened, opening in changes])

    async def end(self, review_ids: Sequence[int]) -> None:
        """End these reviews: they are owed no longer."""
        await self._run(
            REVIEW.update()
            .where(REVIEW.c.id.in_(review_ids))
            .values(status=ReviewStatus.ENDED, revision=REVIEW.c.revision + 1)
        )

    async def keep_answer(self, review_id: int, question: str, answer: Answer, by: int, at: dt.datetime) -> None:
        """Add an answer to the history and make it the current one."""
        if review_id not in self._held.snapshots and await self.locked(review_id) is None:
            raise LookupError(f"no review {review_id}")
        snapshot = self._held.snapshots[review_id]  # as this transaction last read or wrote it
        snapshot[question] = answer_json(answer)
        kept = {"value": answer.value, "note": answer.note, "skipped": answer.skipped, "round": answer.round}
        await self._rows(_ADD_ANSWER, review_id=review_id, question=question, by=by, at=at, **kept)
        await self._rows(_KEEP_SNAPSHOT, review=review_id, answers_=snapshot)

    async def submit(
        self,
        review_id: int,
        stamp: str,
        self_rating: Rating | None,
        suggested: Rating | None,
        at: dt.datetime,
        held: Answers = NOTHING_HELD,
        device: CodeGiven | None = None,
    ) -> int:
        """Store the answers as a new draft that waits for its approver; returns its version. `held`: the answers held
        by the office, as they are now; `device`: the code by which the device came in, if somebody issued it anew.
        """
        row = await self._row(_SUBMIT, review=review_id)
        if row is None:
            raise LookupError(f"no review {review_id}")
        values = {"fingerprint": stamp, "self_rating": self_rating, "suggested": suggested, "submitted_at": at}
        answers = {**row.answers, **{question: answer_json(answer) for question, answer in held.items()}}
        kept = {"version": row.version, "answers": answers, "device": device_json(device)}
        await self._run(_ADD_DRAFT, {"review_id": review_id, **kept, **values})
        return row.version

    async def decide(self, review_id: int, decision: Decision) -> bool:
        """Store the decision about a draft and advance the review. False when it was decided already."""
        draft = await self._draft_id(review_id, decision.version)
        if await self._once(DECISION, ("draft_id",), {"draft_id": draft, **_decision_columns(decision)}) is None:
            return False
        changed: dict[str, object] = {"status": _AFTER[decision.outcome]}
        if decision.outcome is not Outcome.APPROVED:
            await self.back_to_the_first_step(review_id)
        if decision.outcome is not Outcome.WITHDRAWN:
            changed["comment"] = ""  # the decision now contains it
        await self._change(review_id, **changed)
        return True

    async def finish(self, review_id: int) -> None:
        """Mark the review as final: nothing is left to be done with it."""
        await self._change(review_id, status=ReviewStatus.FINAL, redone=False)

    async def keep_comment(self, review_id: int, text: str) -> None:
        """Store the approver's comment until the decision is made."""
        await self._change(review_id, comment=text)

    async def keep_asked(self, review_id: int, stamps: Sequence[str]) -> None:
        """Store the stamps of the texts that the person was asked about before sending."""
        await self._change(review_id, asked=list(stamps))

    async def back_to_the_first_step(self, review_id: int) -> None:
        """Start the chain from its first step for the next version."""
        chain = await self._row(_CHAIN, review=review_id)
        if chain and chain.step:
            first = chain.steps[0]
            await self._change(review_id, step=0, approver_id=first.person, approver_role=first.role)

    async def _whole(self, rows: Sequence[BareReview], *, hold: bool = False) -> list[Review]:
        """The reviews with their drafts, endorsements and rulings. `hold`: they are locked, so this transaction may
        cache them.
        """
        for row in rows if hold else ():
            self._held.snapshots[row.id] = dict(row.answers)
            if row.approver:
                self._held.people[row.approver.id] = row.approver
        submitted = [row.id for row in rows if row.version]
        handed_on = [row.id for row in rows if row.step]
        decided = [row.id for row in rows if row.ruling]
        drafts: defaultdict[int, list[DraftOf]] = defaultdict(list)
        for draft in await self._rows(DRAFTS, reviews=submitted) if submitted else ():
            drafts[draft.review].append(draft)
        endorsements: defaultdict[int, list[EndorsementOf]] = defaultdict(list)
        for endorsement in await self._rows(ENDORSEMENTS, reviews=handed_on) if handed_on else ():
            endorsements[endorsement.review].append(endorsement)
        rulings: defaultdict[int, list[RulingOf]] = defaultdict(list)
        for ruling in await self._rows(RULINGS, reviews=decided) if decided else ():
            rulings[ruling.review].append(ruling)
        reports = await self._reports([row for row in rows if is_report(row)])
        return [
            review_of(row, drafts[row.id], endorsements[row.id], rulings[row.id], reports.get(row.id)) for row in rows
        ]

    async def _reports(self, rows: Sequence[BareReview]) -> Mapping[int, Report]:
        """The reports of bodies among these reviews, by review."""
        if not rows:
            return {}
        ids = [row.id for row in rows]
        drafters = {row.drafter_id for row in rows if row.drafter_id}
        named = await self._rows(_NAMES, people=tuple(sorted(drafters))) if drafters else ()
        parts, written = await self._rows(PARTS, reviews=ids), await self._rows(WRITTEN, reviews=ids)
        return reports_of(rows, parts, written, {one.id: one.name for one in named})


def _decision_columns(decision: Decision) -> dict[str, object]:
    return {
        "outcome": decision.outcome,
        "by": decision.by,
        "by_name": decision.by_name,
        "by_position": decision.by_position,
        "at": decision.at,
        "comment": decision.comment,
        "sections": list(decision.sections),
        "points": dict(decision.points),
        "for_whom": decision.for_whom,
        "device": device_json(decision.device),
    }
