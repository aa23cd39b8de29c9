"""The content of documents: which decision is printed with which version, and what comes of the chain."""

import datetime as dt
from dataclasses import replace

from bot.documents.keeping import Keeper
from bot.turn.papers import to_print
from dialogs.core.turn import Papers
from rules.nouns.reviews import Decision, Outcome
from rules.nouns.rulings import Ruling
from rules.nouns.values import Rating
from tests.bot.playing import CHIEF, shelf, staged

#: Of the centre, which is no desk.
HEAD, EMPLOYEE, COLLEAGUE = "AP-008", "AP-009", "AP-010"

NIGHT = dt.datetime(2020, 12, 5, 23, 30, tzinfo=dt.UTC)


def ruling(number: int, version: int, rating: Rating) -> Ruling:
    return Ruling(number, version, {"self_rating": rating}, 3, "Đỗ Thị Lệnh", "Chánh Văn phòng", NIGHT)


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
        keeper = Keeper(tx, shelf(), now)
        await keeper.approved(await tx.reviews.get(review["id"]), agreed)
        for number, rating in ((1, Rating.GOOD), (2, Rating.COMPLETED)):
            made = replace(ruling(number, 1, rating), by=people[CHIEF])
            await tx.rulings.rule(review["id"], made)
            await keeper.ruled(await tx.reviews.get(review["id"]), made)
        await tx.commit()
    async with store.reading() as tx:
        wanted = Papers(review["id"], 1, ("docx",))
        found = {who: await to_print(tx, shelf(), id_, wanted, now) for who, id_ in people.items()}
        named = {
            number: await to_print(tx, shelf(), people[EMPLOYEE], replace(wanted, ruling=number), now)
            for number in (1, 2, 3)
        }
        not_his = await to_print(tx, shelf(), people[HEAD], replace(wanted, ruling=1), now)
        unsent = await to_print(tx, shelf(), people[EMPLOYEE], replace(wanted, version=0), now)
        no_such = await to_print(tx, shelf(), people[EMPLOYEE], replace(wanted, version=2), now)
    decided = {who: made and made.ruling for who, made in found.items()}
    assert decided == {EMPLOYEE: 2, HEAD: 0, CHIEF: 2, COLLEAGUE: None}
    assert "Bùi Hải Đăng Quang" in str(found[HEAD].paper)
    assert "Đỗ Thị Lệnh" not in str(found[HEAD].paper)
    # The night of the 5th in London was the morning of the 6th in Vietnam.
    assert "06:30 ngày\xa006/12/2020" in str(found[EMPLOYEE].paper).replace("\\xa0", "\xa0")
    assert {number: made and made.ruling for number, made in named.items()} == {1: 1, 2: 2, 3: None}
    assert (not_his, no_such) == (None, None)
    assert unsent.paper.draft == "BẢN NHÁP"
