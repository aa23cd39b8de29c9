"""The content of documents: which decision is printed with which version, and what comes of the chain."""

import datetime as dt
from dataclasses import replace

from bot.turn.papers import filing, filing_of
from dialogs.core.turn import Papers
from rules.book.editions import rating_day
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Decision, Draft, Outcome, Review, ReviewStatus, Step
from rules.nouns.rulings import Endorsement, Ruling
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from tests.bot.playing import CHIEF, shelf, staged

#: Of the centre, which is no desk.
HEAD, EMPLOYEE, COLLEAGUE = "AP-008", "AP-009", "AP-010"

NIGHT = dt.datetime(2020, 12, 5, 23, 30, tzinfo=dt.UTC)
PERSON = Person(7, "Lê Thị Thử", "Chuyên viên", 3, "Phòng Tổng hợp", "Văn phòng thử", Subject.OFFICIAL)
BOOKS = {("decree-90-2020", rating_day(2020)): load("decree-90-2020", 2020)}


def ruling(number: int, version: int, rating: Rating) -> Ruling:
    return Ruling(number, version, {"self_rating": rating}, 3, "Đỗ Thị Lệnh", "Chánh Văn phòng", NIGHT)


def draft(version: int) -> Draft:
    return Draft(version, "0" * 64, {}, Rating.GOOD, Rating.GOOD, NIGHT)


REVIEW = Review(
    id=1,
    person=PERSON,
    campaign=Campaign(1, "decree-90-2020", 2020, "Văn phòng thử"),
    form="mau-02",
    status=ReviewStatus.FINAL,
    answers={},
    approver_id=3,
    approver_role="authority",
    drafts=(draft(1), draft(2)),
    decisions=(Decision(2, Outcome.APPROVED, 4, "Trần Văn Mẫu", "Phó Chánh Văn phòng", NIGHT),),
    steps=(Step("unit_head", 2), Step("in_charge", 4)),
    endorsements=(Endorsement(2, 0, "unit_head", 2, "Phạm Thị Trưởng", "Trưởng phòng", NIGHT, "Tốt."),),
    rulings=(ruling(1, 2, Rating.GOOD), ruling(2, 2, Rating.COMPLETED)),
    decider_id=3,
)


def test_the_newest_decision_is_printed_unless_another_is_named() -> None:
    numbers = [filing_of(REVIEW, BOOKS, 2, wanted).ruling.number for wanted in (0, 1, 2)]
    assert numbers == [2, 1, 2]


def test_a_decision_that_is_not_about_this_version_is_not_there() -> None:
    assert filing_of(REVIEW, BOOKS, 2, 3) is None
    assert filing_of(REVIEW, BOOKS, 1, 1) is None
    assert filing_of(REVIEW, BOOKS, 1).ruling is None
    assert filing_of(REVIEW, BOOKS, 0).ruling is None


def test_the_chain_is_told_in_its_roles_at_the_time_of_vietnam() -> None:
    made = filing_of(REVIEW, BOOKS, 2)
    assert made.approver_role == "in_charge"
    assert [one.at.day for one in (made.approval, *made.endorsements, made.ruling)] == [6, 6, 6]
    assert filing_of(REVIEW, BOOKS, 1).endorsements == ()


def test_without_a_chain_the_approver_s_role_is_that_of_the_review() -> None:
    assert filing_of(replace(REVIEW, steps=()), BOOKS, 2).approver_role == "authority"


async def test_a_decision_is_on_the_document_for_those_who_may_read_the_rating(store) -> None:
    """The head reads the document for good, and is not told by it how another was rated."""
    stage = await staged(store)
    employee, now = await stage.phone_of(EMPLOYEE), stage.clock()
    await employee.hands_in()
    (review, *_) = await stage.rows("review", person_id=await stage.person(EMPLOYEE), status="submitted")
    people = {who: await stage.person(who) for who in (EMPLOYEE, HEAD, CHIEF, COLLEAGUE)}
    agreed = Decision(1, Outcome.APPROVED, people[HEAD], "Bùi Hải Đăng Quang", "Giám đốc", now)
    async with store.transaction() as tx:
        await tx.reviews.decide(review["id"], agreed)
        await tx.rulings.rule(review["id"], replace(ruling(1, 1, Rating.GOOD), by=people[CHIEF]))
        await tx.commit()
    async with store.reading() as tx:
        wanted = Papers(review["id"], 1, ("docx",))
        found = {who: await filing(tx, shelf(), id_, wanted, now.date()) for who, id_ in people.items()}
        named = await filing(tx, shelf(), people[HEAD], replace(wanted, ruling=1), now.date())
    decided = {who: made and made.ruling is not None for who, made in found.items()}
    assert decided == {EMPLOYEE: True, HEAD: False, CHIEF: True, COLLEAGUE: None}
    assert found[HEAD].approval is not None
    assert named is None
