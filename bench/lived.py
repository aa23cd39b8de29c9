"""An office at the end of its campaign: reviews in every state, each with the answers, drafts, decisions and lines of
the audit that led to it. The database itself writes these rows, because there are over a million.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bench.province import MONDAY, RULEBOOK
from bot.rulebooks.library import Library
from rules.book.procedure import Role
from rules.nouns.reviews import Outcome, ReviewStatus
from rules.nouns.rulings import Act
from rules.nouns.values import Rating
from storage import Store
from storage.tables import ACT, ANSWER, AUDIT, DECISION, DOCUMENT, DRAFT, PERSON, REVIEW, RULING

#: The states of reviews, each as a range of the last two digits of the review's id.
NOT_BEGUN, DRAFTING, RETURNED, SENT, AGREED, DECIDED, FINAL = (
    (0, 15),
    (15, 25),
    (25, 30),
    (30, 45),
    (45, 60),
    (60, 85),
    (85, 100),
)
_BEGUN, _DRAFTED, _APPROVED, _RULED = (15, 100), (25, 100), (45, 100), (60, 100)

#: How many answers each form has, and on how many days people write them.
ANSWERS, DAYS = 40, 10

_FORM = "mau-02"
_NOTHING: dict[str, object] = {}
#: A text as long as all that people write in a form.
_WRITTEN = {
    f"c{number}": {"value": "good", "note": "Chủ động tham mưu, phối hợp tốt. " * 2} for number in range(ANSWERS)
}
_RATINGS = (Rating.EXCELLENT, Rating.GOOD, Rating.GOOD, Rating.COMPLETED)


async def lived(store: Store, as_in: int | None = None) -> None:
    """Writes what happened in the campaign of `bench.province.settled`.

    `as_in` is a review whose answers everybody gives; documents and acts are then left for the house to store. Without
    it, answers are only as long as real ones, and the stored documents and acts are empty.
    """
    async with store.transaction() as tx:
        found = await tx.connection.execute(sa.select(REVIEW.c.answers).where(REVIEW.c.id == as_in))
        for statement in _happened(found.scalar() or _WRITTEN, kept=as_in is None):
            await tx.connection.execute(statement)
        await tx.commit()


def _happened(written: Mapping[str, object], *, kept: bool) -> Iterator[sa.Executable]:
    yield from _states(written)
    for day in range(DAYS):
        mine, at = REVIEW.c.id // 100 % DAYS == day, MONDAY - dt.timedelta(days=3 * (DAYS - day), minutes=7 * day)
        yield from _answers(mine, at)
        yield from _drafts(mine, at + dt.timedelta(hours=2), written)
        yield from _rulings(mine, at + dt.timedelta(hours=50))
    yield from _kept() if kept else ()
    yield from _doors()


def _between(part: tuple[int, int]) -> sa.ColumnElement[bool]:
    return (REVIEW.c.id % 100).between(part[0], part[1] - 1)


def _states(written: Mapping[str, object]) -> Iterator[sa.Executable]:
    named = ((DRAFTING, ReviewStatus.DRAFTING), (RETURNED, ReviewStatus.RETURNED), (SENT, ReviewStatus.SUBMITTED))
    later = ((AGREED, ReviewStatus.APPROVED), (DECIDED, ReviewStatus.DECIDED), (FINAL, ReviewStatus.FINAL))
    yield REVIEW.update().values(status=ReviewStatus.DRAFTING)
    for part, status in (*named, *later):
        yield REVIEW.update().where(_between(part)).values(status=status)
    yield REVIEW.update().where(_between(_BEGUN)).values(answers=written)
    yield REVIEW.update().where(_between(_DRAFTED)).values(version=1)
    yield REVIEW.update().where(_between(_RULED)).values(ruling=1)
    yield (
        REVIEW.update()
        .where(_between(_DRAFTED), REVIEW.c.approver_id.is_(None))
        .values(approver_id=REVIEW.c.person_id % 600 + 1, approver_role=Role.IN_CHARGE)
    )
    yield REVIEW.update().where(_between(_APPROVED)).values(decider_id=1)


def _from(table: sa.Table, source: sa.FromClause, *which: sa.ColumnElement[bool], **values: Any) -> sa.Executable:
    """A statement that inserts a row with these values for each row of the source that matches `which`."""
    told = [
        (value if isinstance(value, sa.ColumnElement) else sa.literal(value, table.c[name].type)).label(name)
        for name, value in values.items()
    ]
    return table.insert().from_select(
        list(values), sa.select(*told).select_from(source).where(*which), include_defaults=False
    )


def _answers(mine: sa.ColumnElement[bool], at: dt.datetime) -> Iterator[sa.Executable]:
    for number, question in enumerate(list(Library()[RULEBOOK, MONDAY.date()].forms[_FORM].questions)[:ANSWERS]):
        asked = {"question": question, "value": "good", "note": "", "skipped": number % 13 == 12, "round": 0}
        # Those who are still drafting have answered the questions up to a different one each.
        there = sa.or_(_between(_DRAFTED), sa.and_(_between(DRAFTING), REVIEW.c.id // 7 % ANSWERS >= number))
        moment = at + dt.timedelta(seconds=45 * number)
        yield _from(ANSWER, REVIEW, mine, there, review_id=REVIEW.c.id, by=REVIEW.c.person_id, at=moment, **asked)


def _rated(places: Sequence[Rating] = _RATINGS) -> sa.ColumnElement[Any]:
    whens = {number: rating.value for number, rating in enumerate(places)}
    return sa.case(whens, value=REVIEW.c.id % len(places))


def _drafts(mine: sa.ColumnElement[bool], at: dt.datetime, written: Mapping[str, object]) -> Iterator[sa.Executable]:
    there = (mine, _between(_DRAFTED))
    yield _from(
        *(DRAFT, REVIEW, *there),
        review_id=REVIEW.c.id,
        version=1,
        fingerprint=sa.literal("bench-") + sa.cast(REVIEW.c.id, sa.Text()),
        answers=written,
        self_rating=_rated(),
        suggested=_rated((Rating.GOOD, *_RATINGS)),
        submitted_at=at,
        device=_NOTHING,
    )
    yield from _deed("submitted", at, REVIEW.c.person_id, *there)
    said = {
        "by_name": "Người Thứ 1",
        "by_position": "Chuyên viên",
        "comment": "",
        "points": _NOTHING,
        "device": _NOTHING,
    }
    for part, outcome, deed in ((_APPROVED, Outcome.APPROVED, "approved"), (RETURNED, Outcome.RETURNED, "returned")):
        then = at + dt.timedelta(hours=20)
        yield _from(
            *(DECISION, REVIEW.join(DRAFT, DRAFT.c.review_id == REVIEW.c.id), mine, _between(part)),
            **{
                "draft_id": DRAFT.c.id,
                "outcome": outcome.value,
                "by": REVIEW.c.approver_id,
                "at": then,
                "sections": [],
                **said,
            },
        )
        yield from _deed(deed, then, REVIEW.c.approver_id, mine, _between(part))


def _rulings(mine: sa.ColumnElement[bool], at: dt.datetime) -> Iterator[sa.Executable]:
    words = dict.fromkeys(("remarks", "measures", "reason", "cite", "document", "signer", "prospects"), "")
    for rating in Rating:
        yield _from(
            *(RULING, REVIEW, mine, _between(_RULED), _rated() == rating.value),
            review_id=REVIEW.c.id,
            number=1,
            version=1,
            ratings={"rating": rating.value},
            rating=rating.value,
            by=REVIEW.c.decider_id,
            by_name="Người Thứ 1",
            by_position="Chuyên viên",
            at=at,
            device=_NOTHING,
            **words,
        )
    yield from _deed("decided", at, REVIEW.c.decider_id, mine, _between(_RULED))
    yield from _deed("acknowledged", at + dt.timedelta(hours=5), REVIEW.c.person_id, mine, _between(FINAL))


def _deed(
    what: str, at: dt.datetime, by: sa.ColumnElement[Any], *which: sa.ColumnElement[bool]
) -> Iterator[sa.Executable]:
    about = {"review_id": REVIEW.c.id, "person_id": sa.null()}
    yield _from(AUDIT, REVIEW, *which, at=at, by_person=by, by="person", what=what, detail={"version": 1}, **about)


def _kept() -> Iterator[sa.Executable]:
    """Stores something for every draft and act; otherwise the house would print all of them before it opens."""
    kept = {"content": b"", "kept_at": MONDAY - dt.timedelta(days=2)}
    yield _from(DOCUMENT, DRAFT, draft_id=DRAFT.c.id, fingerprint=DRAFT.c.fingerprint, earlier="", **kept)
    for part, act, number in ((_APPROVED, Act.APPROVED, 0), (_RULED, Act.RULED, 1)):
        about = {"review_id": REVIEW.c.id, "kind": act.value, "version": 1, "number": number, "by": REVIEW.c.person_id}
        yield _from(ACT, REVIEW, _between(part), **about, later=False, **kept)


def _doors() -> Iterator[sa.Executable]:
    """Lines of the audit about people who signed in; some were refused."""
    mine = {
        "by_person": PERSON.c.id,
        "by": "person",
        "person_id": PERSON.c.id,
        "review_id": sa.null(),
        "detail": {"channel": "telegram"},
    }
    for day, deed in ((40, "invitation issued"), (35, "account tied"), (5, "session ended"), (4, "account tied")):
        yield _from(AUDIT, PERSON, at=MONDAY - dt.timedelta(days=day), what=deed, **mine)
    yield _from(AUDIT, PERSON, PERSON.c.id % 300 == 0, at=MONDAY - dt.timedelta(days=3), what="console refused", **mine)
