"""What people answered, submitted and decided."""

import asyncio
import dataclasses
import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError

from rules.nouns.reviews import Answer, Campaign, Decision, Outcome, ReviewStatus, Step
from rules.nouns.values import Rating
from storage.values import Opening
from tests.storage.house import AT, begun, person
from tests.waiting import until_somebody_stands_in_line

LATER = AT + dt.timedelta(days=1)


def decision(office, outcome, version=1, comment="", sections=()) -> Decision:
    return Decision(version, outcome, office.head, "Lê Văn Trưởng", "Chuyên viên", LATER, comment, sections)


async def submitted(tx, office, fingerprint="a" * 64) -> int:
    return await tx.reviews.submit(office.review, fingerprint, Rating.GOOD, None, AT)


async def test_a_person_finds_their_review_whole(store, office):
    async with store.transaction() as tx:
        own = await tx.reviews.own(office.an)
    assert own.person.name == "Nguyễn Thị An"
    assert own.person.unit == "Phòng Tổng hợp"
    assert own.person.office_parent == "UỶ BAN NHÂN DÂN TỈNH MẪU"
    timetable = {"self_review": dt.date(2026, 11, 28)}
    assert own.campaign == Campaign(office.campaign, "mau-2026", 2026, "Văn phòng Mẫu", timetable)
    assert (own.form, own.status, own.answers) == ("mau-02", ReviewStatus.DRAFTING, {})
    assert (own.approver_id, own.approver_role) == (office.head, "unit_head")


async def test_a_person_without_a_review_has_none(store, office):
    async with store.transaction() as tx:
        assert await tx.reviews.own(office.director) is None
        assert await tx.reviews.get(999) is None
        assert await tx.reviews.locked(999) is None


async def test_a_review_of_a_closed_campaign_is_nobodys_own(store, office):
    async with store.transaction() as tx:
        await tx.campaigns.close(office.campaign, LATER)
        assert await tx.reviews.own(office.an) is None
        assert await tx.campaigns.open_ones() == []
        assert not (await tx.conversations.locked(office.head)).approves


async def test_an_answer_comes_back_as_it_was_given(store, office):
    tasks = {"items": [{"name": "Soạn 12 báo cáo", "done": 100.0, "on_time": True}], "closed": False}
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("good", "Đúng hạn"), office.an, AT)
        await tx.reviews.keep_answer(office.review, "cau_2", Answer(None, skipped=True, round=2), office.an, AT)
        await tx.reviews.keep_answer(office.review, "cau_5", Answer(tasks), office.an, AT)
        await tx.commit()
    async with store.reading() as tx:
        answers = (await tx.reviews.get(office.review)).answers
    assert answers["cau_1"] == Answer("good", "Đúng hạn")
    assert (answers["cau_2"].skipped, answers["cau_2"].round) == (True, 2)
    assert repr(answers["cau_5"].value) == repr(tasks)


async def test_an_answer_to_no_review_is_an_error(store, office):
    async with store.transaction() as tx:
        with pytest.raises(LookupError):
            await tx.reviews.keep_answer(999, "cau_1", Answer("good"), office.an, AT)


async def test_a_draft_keeps_the_answers_of_its_moment(store, office):
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
        assert await submitted(tx, office) == 1
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("met"), office.an, LATER)
        review = await tx.reviews.get(office.review)
    assert review.status is ReviewStatus.SUBMITTED
    assert review.answers["cau_1"].value == "met"
    assert review.draft.answers["cau_1"].value == "good"
    assert (review.draft.stamp, review.draft.self_rating, review.draft.suggested) == ("a" * 64, Rating.GOOD, None)
    assert review.draft.submitted_at == dt.datetime(2026, 11, 2, 1, 30, tzinfo=dt.UTC)


async def test_a_returned_draft_is_followed_by_the_next_version(store, office):
    async with store.transaction() as tx:
        await submitted(tx, office)
        returned = decision(office, Outcome.RETURNED, comment="Thiếu số liệu", sections=("II",))
        assert await tx.reviews.decide(office.review, returned)
        assert (await tx.reviews.get(office.review)).status is ReviewStatus.RETURNED
        assert await submitted(tx, office, "b" * 64) == 2
        review = await tx.reviews.own(office.an)
    assert review.status is ReviewStatus.SUBMITTED
    assert [draft.stamp for draft in review.drafts] == ["a" * 64, "b" * 64]
    assert review.decisions == (returned,)


async def test_a_withdrawn_draft_is_worked_on_again(store, office):
    async with store.transaction() as tx:
        await submitted(tx, office)
        await tx.reviews.keep_comment(office.review, "Tôi đang xem.")
        await tx.reviews.decide(office.review, decision(office, Outcome.WITHDRAWN))
        review = await tx.reviews.own(office.an)
    assert (review.status, review.comment) == (ReviewStatus.DRAFTING, "Tôi đang xem.")


async def test_a_comment_waits_for_the_decision(store, office):
    async with store.transaction() as tx:
        await submitted(tx, office)
        await tx.reviews.keep_comment(office.review, "Nhất trí.")
        assert (await tx.reviews.locked(office.review)).comment == "Nhất trí."
        await tx.reviews.decide(office.review, decision(office, Outcome.APPROVED, comment="Nhất trí."))
        review = await tx.reviews.locked(office.review)
    assert (review.status, review.comment) == (ReviewStatus.APPROVED, "")
    assert (review.last_decision.comment, review.last_decision.by_name) == ("Nhất trí.", "Lê Văn Trưởng")


async def test_a_draft_is_decided_once(store, rival, office):
    async with store.transaction() as tx:
        await submitted(tx, office)
        await tx.reviews.decide(office.review, decision(office, Outcome.APPROVED))
        await tx.commit()
    async with rival.transaction() as tx:
        assert not await tx.reviews.decide(office.review, decision(office, Outcome.RETURNED))
        assert (await tx.reviews.get(office.review)).status is ReviewStatus.APPROVED


async def approve_slowly(store, office, locked: asyncio.Event) -> None:
    async with store.transaction() as tx:
        await tx.reviews.locked(office.review)
        locked.set()
        await until_somebody_stands_in_line(store)
        await tx.reviews.decide(office.review, decision(office, Outcome.APPROVED))
        await tx.commit()


@pytest.mark.parametrize("look", ["own", "locked"])
async def test_who_looks_at_a_review_to_change_it_waits_for_the_one_who_decides(store, rival, office, look):
    async with store.transaction() as tx:
        await submitted(tx, office)
        await tx.commit()
    locked = asyncio.Event()
    approving = asyncio.create_task(approve_slowly(rival, office, locked))
    await locked.wait()
    async with store.transaction() as tx:
        looks = {"own": (tx.reviews.own, office.an), "locked": (tx.reviews.locked, office.review)}
        work, about = looks[look]
        review = await work(about)
    await approving
    assert review.status is ReviewStatus.APPROVED


async def test_a_draft_that_does_not_exist_is_not_decided(store, office):
    async with store.transaction() as tx:
        with pytest.raises(LookupError):
            await tx.reviews.decide(office.review, decision(office, Outcome.APPROVED))


async def test_what_waits_for_a_head_is_submitted_and_oldest_first(store, office):
    async with store.transaction() as tx:
        binh = await tx.people.add(person("Trần Văn Bình", office.room), "CB04")
        cuc = await tx.people.add(person("Phạm Thị Cúc", office.room), "CB05")
        his = await begun(tx, office.campaign, binh, office.head)
        await begun(tx, office.campaign, cuc, office.head)
        await tx.reviews.submit(office.review, "a" * 64, None, None, LATER)
        await tx.reviews.submit(his, "b" * 64, None, None, AT)
        waiting = await tx.reviews.waiting_for(office.head)
        assert await tx.reviews.waiting_for(office.director) == []
    assert [review.person.name for review in waiting] == ["Trần Văn Bình", "Nguyễn Thị An"]


async def test_who_approves_is_known(store, office):
    async with store.transaction() as tx:
        assert (await tx.conversations.locked(office.head)).approves
        assert not (await tx.conversations.locked(office.an)).approves


async def test_another_chain_changes_who_has_the_draft_and_nothing_else(store, office):
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
        opened = (await tx.reviews.opened(office.campaign))[office.an, "mau-02", "mau-2026", 0]
        other = Opening(
            office.an, office.campaign, "mau-2026", "mau-02", (Step("authority", office.director),), office.director
        )
        await tx.reviews.lead_on([(opened, other)])
        review = await tx.reviews.get(office.review)
    assert (review.approver_id, review.approver_role, review.decider_id) == (
        office.director,
        "authority",
        office.director,
    )
    assert review.answers["cau_1"].value == "good"


async def test_a_review_that_ended_is_owed_no_longer_until_it_is_led_on(store, office):
    key = (office.an, "mau-02", "mau-2026", 0)
    async with store.transaction() as tx:
        await tx.reviews.end([office.review])
        assert await tx.reviews.mine(office.an) == ()
        ended = (await tx.reviews.opened(office.campaign))[key]
        await tx.reviews.lead_on([(ended, Opening(office.an, office.campaign, "mau-2026", "mau-02"))])
        assert (await tx.reviews.own(office.an)).status is ReviewStatus.DRAFTING


async def test_the_standings_of_a_campaign_tell_who_owes_what(store, office):
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("met"), office.an, AT)
        (standing,) = await tx.standings.of_campaign(office.campaign, AT.date())
        (review,) = await tx.reviews.mine(office.an)
    assert (standing.person.id, standing.status, standing.started) == (office.an, ReviewStatus.DRAFTING, True)
    assert (standing.person.unit_id, standing.approver_id, standing.campaign.year) == (office.room, office.head, 2026)
    assert review.id == standing.review == office.review


async def test_a_word_outside_its_closed_set_is_refused(store, office):
    async with store.transaction() as tx:
        with pytest.raises(IntegrityError):
            await tx.reviews.begin([Opening(office.head, office.campaign, "mau-2026", "mau-02", (Step("nobody", 1),))])


async def test_the_approver_is_known_with_the_own_review(store, office):
    async with store.transaction() as tx:
        await tx.reviews.own(office.an)
        held = await tx.people.get(office.head)
    async with store.transaction() as tx:
        assert dataclasses.astuple(held) == dataclasses.astuple(await tx.people.get(office.head))
