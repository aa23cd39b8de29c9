"""The chain, rulings, what people say to them, opinions, plans and stand-ins, on both engines."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from rules.nouns.reviews import Answer, Decision, Outcome, ReviewStatus, Step
from rules.nouns.rulings import (
    Acknowledgement,
    Endorsement,
    Opinion,
    OpinionKind,
    Petition,
    PetitionOutcome,
    Response,
    Ruling,
)
from rules.nouns.values import Rating
from storage.tables import RULING
from storage.values import Opening
from tests.storage.house import AT, begun, person

LATER = AT + dt.timedelta(days=2)
TODAY = AT.date()


def endorsement(by: int, step: int = 0, version: int = 1) -> Endorsement:
    return Endorsement(version, step, "unit_head", by, "Lê Văn Trưởng", "Trưởng phòng", AT, "Đồng ý.")


def ruling(by: int, number: int = 1, rating: Rating | None = Rating.GOOD) -> Ruling:
    return Ruling(number, 1, {"self": rating}, by, "Đỗ Thị Giám", "Giám đốc", AT, remarks="Hoàn thành tốt.")


async def sent(tx, office, *approvers: int) -> int:
    """Another person's review, handed in, with this chain."""
    who = await tx.people.add(person("Trần Văn Bình", office.room), "CB10")
    review = await begun(tx, office.campaign, who, *approvers)
    await tx.reviews.keep_answer(review, "cau_1", Answer("good"), who, AT)
    await tx.reviews.submit(review, "a" * 64, Rating.GOOD, Rating.GOOD, AT)
    return review


async def test_a_step_that_agrees_hands_the_draft_on(store, office):
    async with store.transaction() as tx:
        review = await sent(tx, office, office.head, office.director)
        before = await tx.reviews.locked(review)
        assert await tx.rulings.endorse(review, endorsement(office.head), before.next_step)
        after = await tx.reviews.get(review)
    assert (after.approver_id, after.step, after.status) == (office.director, 1, ReviewStatus.SUBMITTED)
    assert [(one.by, one.comment) for one in after.endorsements] == [(office.head, "Đồng ý.")]


async def test_a_step_agrees_once(store, office):
    async with store.transaction() as tx:
        review = await sent(tx, office, office.head, office.director)
        following = (await tx.reviews.locked(review)).next_step
        assert await tx.rulings.endorse(review, endorsement(office.head), following)
        assert not await tx.rulings.endorse(review, endorsement(office.head), following)


async def test_a_step_that_agreed_stays_and_only_those_to_come_are_led_elsewhere(store, office):
    """What was agreed to stays so: the step of the head is never the director's, whoever heads the unit by now."""
    async with store.transaction() as tx:
        review = await sent(tx, office, office.head, office.director)
        following = (await tx.reviews.locked(review)).next_step
        await tx.rulings.endorse(review, endorsement(office.head), following)
        ((key, opened),) = (pair for pair in (await tx.reviews.opened(office.campaign)).items() if pair[1].id == review)
        assert opened.walked == (Step("unit_head", office.head),)
        nobody_left = Opening(key[0], office.campaign, key[2], key[1], opened.walked)
        await tx.reviews.lead_on([(opened, nobody_left)])
        ready = await tx.reviews.get(review)
        opened = (await tx.reviews.opened(office.campaign))[key]
        await tx.reviews.lead_on([(opened, replace(nobody_left, steps=(*opened.walked, following)))])
        again = await tx.reviews.get(review)
    assert (ready.approver_id, ready.ready, ready.steps) == (None, True, (Step("unit_head", office.head),))
    assert (again.approver_id, again.step, len(again.endorsements)) == (office.director, 1, 1)


async def test_what_is_returned_goes_through_the_whole_chain_again(store, office):
    async with store.transaction() as tx:
        review = await sent(tx, office, office.head, office.director)
        await tx.rulings.endorse(review, endorsement(office.head), (await tx.reviews.locked(review)).next_step)
        back = Decision(1, Outcome.RETURNED, office.director, "Đỗ Thị Giám", "Giám đốc", AT, "Bổ sung.")
        assert await tx.reviews.decide(review, back)
        returned = await tx.reviews.get(review)
        await tx.reviews.submit(review, "b" * 64, Rating.GOOD, Rating.GOOD, LATER)
        again = await tx.reviews.get(review)
    assert (returned.approver_id, returned.step, returned.status) == (office.head, 0, ReviewStatus.RETURNED)
    assert again.endorsements == ()


async def test_of_two_rulings_of_one_number_the_first_stands(store, office):
    async with store.transaction() as tx:
        assert await tx.rulings.rule(office.review, ruling(office.director))
        assert not await tx.rulings.rule(office.review, ruling(office.head, rating=Rating.EXCELLENT))
        review = await tx.reviews.get(office.review)
    assert review.status is ReviewStatus.DECIDED
    assert [(one.by, one.rating) for one in review.rulings] == [(office.director, Rating.GOOD)]


async def test_a_later_ruling_takes_the_place_of_the_first_and_both_are_kept(store, office):
    anew = replace(ruling(office.director, 2, Rating.COMPLETED), reason="Có sai sót trong hồ sơ.", at=LATER)
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director))
        await tx.rulings.respond(office.review, Acknowledgement(1, Response.ACKNOWLEDGED, AT))
        await tx.rulings.rule(office.review, anew)
        review = await tx.reviews.get(office.review)
    assert [one.rating for one in review.rulings] == [Rating.GOOD, Rating.COMPLETED]
    assert (review.ruling.reason, review.status) == ("Có sai sót trong hồ sơ.", ReviewStatus.DECIDED)
    assert review.acknowledged is None


async def test_not_rated_is_a_ruling_too(store, office):
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director, rating=None))
        (standing,) = await tx.standings.of_campaign(office.campaign, TODAY)
    assert (standing.decided, standing.ruled, standing.ratings) == (True, None, {"self": None})


async def test_taking_notice_makes_it_final_and_is_done_once(store, office):
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director))
        said = Acknowledgement(1, Response.RESERVED, AT, "Tôi bảo lưu ý kiến về mục 5.")
        assert await tx.rulings.respond(office.review, said)
        assert not await tx.rulings.respond(office.review, Acknowledgement(1, Response.ACKNOWLEDGED, LATER))
        review = await tx.reviews.get(office.review)
    assert (review.status, review.acknowledged) == (ReviewStatus.FINAL, said)


async def test_an_opinion_may_be_reserved_after_notice_was_taken(store, office):
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director))
        assert await tx.rulings.respond(office.review, Acknowledgement(1, Response.ACKNOWLEDGED, AT))
        assert not await tx.rulings.respond(office.review, Acknowledgement(1, Response.ACKNOWLEDGED, LATER))
        reserved = Acknowledgement(1, Response.RESERVED, LATER, "Tôi bảo lưu ý kiến về mục 5.")
        assert await tx.rulings.respond(office.review, reserved)
        review = await tx.reviews.get(office.review)
    assert (review.acknowledged, len(review.rulings)) == (reserved, 1)


async def test_a_petition_waits_for_its_answer_and_is_answered_once(store, office):
    asked = Petition(0, office.review, 1, office.an, "Đề nghị xem lại.", AT, TODAY, "Điều 22")
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director))
        assert await tx.rulings.petition(asked)
        assert not await tx.rulings.petition(asked)
        (kept,) = await tx.rulings.petitions_of((office.review,))
        appealed = await tx.reviews.get(office.review)
        done = (kept.id, office.review, PetitionOutcome.KEPT, "Giữ nguyên.", office.director, LATER)
        assert await tx.rulings.answer(*done)
        assert not await tx.rulings.answer(*done)
        final = await tx.reviews.get(office.review)
    assert (kept.text, kept.due, kept.outcome) == ("Đề nghị xem lại.", TODAY, None)
    assert (appealed.status, final.status) == (ReviewStatus.APPEALED, ReviewStatus.FINAL)


@pytest.mark.parametrize(
    ("noticed", "status"), [(False, ReviewStatus.DECIDED), (True, ReviewStatus.FINAL)], ids=["unnoticed", "noticed"]
)
async def test_who_takes_a_petition_back_has_the_notice_before_them_as_before(store, office, noticed, status):
    asked = Petition(0, office.review, 1, office.an, "Đề nghị xem lại.", LATER)
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director))
        if noticed:
            await tx.rulings.respond(office.review, Acknowledgement(1, Response.ACKNOWLEDGED, AT))
        await tx.rulings.petition(asked)
        (kept,) = await tx.rulings.petitions_of((office.review,))
        await tx.rulings.answer(kept.id, office.review, PetitionOutcome.WITHDRAWN, "", office.an, LATER)
        assert (await tx.reviews.get(office.review)).status is status


async def test_a_petition_is_to_be_answered_though_its_campaign_was_closed(store, office):
    asked = Petition(0, office.review, 1, office.an, "Đề nghị xem lại.", LATER)
    listed = []
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director))
        await tx.campaigns.close(office.campaign, AT)
        listed.append(await tx.standings.decided_outside(office.id, TODAY))
        await tx.rulings.petition(asked)
        listed.append(await tx.standings.decided_outside(office.id, TODAY))
        (kept,) = await tx.rulings.petitions_of((office.review,))
        await tx.rulings.answer(kept.id, office.review, PetitionOutcome.KEPT, "Giữ nguyên.", office.director, LATER)
        listed.append(await tx.standings.decided_outside(office.id, TODAY))
    assert [[one.review for one in some] for some in listed] == [[], [office.review], []]


@pytest.mark.parametrize("verb", ["update", "delete"])
async def test_a_ruling_is_never_changed(store, office, verb):
    statement = {"update": RULING.update().values(remarks="khác"), "delete": RULING.delete()}[verb]
    async with store.transaction() as tx:
        await tx.rulings.rule(office.review, ruling(office.director))
        with pytest.raises(DBAPIError, match="append-only"):
            await tx.connection.execute(statement)


async def test_an_opinion_is_asked_once_and_given_once(store, office):
    asked = Opinion(0, office.review, OpinionKind.OLD_UNIT, "Phòng Cũ", office.head, AT, "Điều 20")
    async with store.transaction() as tx:
        id_ = await tx.opinions.ask(asked)
        assert await tx.opinions.ask(asked) is None
        assert [one.of for one in await tx.opinions.missing(office.campaign)] == ["Phòng Cũ"]
        assert await tx.opinions.give(id_, "Tốt.", office.head, "Lê Văn Trưởng", LATER)
        assert not await tx.opinions.give(id_, "Khác.", office.head, "Lê Văn Trưởng", LATER)
        (given,) = await tx.opinions.asked_of((office.head,))
    assert (given.text, given.by_name, given.given_at) == ("Tốt.", "Lê Văn Trưởng", LATER)


async def test_who_stands_in_does_so_on_these_days_only(store, office):
    async with store.transaction() as tx:
        id_ = await tx.covers.set(office.head, office.an, TODAY, TODAY + dt.timedelta(days=2), office.head, AT)
        days = [TODAY + dt.timedelta(days=by) for by in (-1, 0, 2, 3)]
        assert [await tx.covers.acts_for(office.an, day) for day in days] == [(), (office.head,), (office.head,), ()]
        assert await tx.covers.standing_in_for(office.head, TODAY) == (office.an,)
        await tx.covers.end(id_, AT)
        assert await tx.covers.acts_for(office.an, TODAY) == ()


async def test_a_plan_has_lines_until_they_are_done_or_taken_out(store, office):
    due = dt.date(2027, 3, 31)
    async with store.transaction() as tx:
        first = await tx.improvements.add(office.an, 2026, "Rà soát văn bản hằng tuần", due, AT)
        second = await tx.improvements.add(office.an, 2026, "Học lớp tin học", due, AT)
        await tx.improvements.end(second, office.an, LATER, done=False)
        assert [one.what for one in await tx.improvements.due_on([due])] == ["Rà soát văn bản hằng tuần"]
        await tx.units.set(office.id, "remind", value=False)
        assert await tx.improvements.due_on([due]) == []
        await tx.units.set(office.id, "remind", value=True)
        assert len(await tx.improvements.due_on([due])) == 1
        await tx.improvements.end(first, office.an, LATER, done=True)
        assert await tx.improvements.due_on([due]) == []
        (line,) = await tx.improvements.of_person(office.an)
    assert line.done_on == LATER.date()


async def test_nobody_ends_a_line_of_somebody_elses_plan(store, office):
    async with store.transaction() as tx:
        line = await tx.improvements.add(office.an, 2026, "Rà soát văn bản", dt.date(2027, 3, 31), AT)
        await tx.improvements.end(line, office.head, LATER, done=True)
        (kept,) = await tx.improvements.of_person(office.an)
    assert kept.done_on is None


async def test_what_was_decided_within_a_time_is_told_with_when(store, office):
    async with store.transaction() as tx:
        made = ruling(office.director)
        await tx.rulings.rule(office.review, made)
        hour = dt.timedelta(hours=1)
        within = await tx.rulings.decided_between([office.review], made.at - hour, made.at + hour)
        before = await tx.rulings.decided_between([office.review], made.at - hour, made.at)
    assert (within, before) == ({office.review: made.at}, {})
