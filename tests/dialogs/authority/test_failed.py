"""Who did not complete their duties, or is not rated, reads on which ground, what follows and what they may do; the head, too.

Expected from the text of Nghị định 335/2025/NĐ-CP: Điều 11 khoản 1 and khoản 3, Điều 20 khoản 4, Điều 22, Điều 23 khoản 3.
"""

import datetime as dt
from dataclasses import replace

from bot.rulebooks.library import Library
from dialogs.authority.door import VERBS
from dialogs.core.buttons import Button
from dialogs.core.turn import Notify, Reply, Turn
from rules.judging.elsewhere import ReviewsAround
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Campaign, Draft, Review, ReviewStatus, Step
from rules.nouns.rulings import Ruling
from rules.nouns.values import Rating, Subject
from templates.wording import message
from tests.dialogs.deciding import QUY, button_of, focus_of, sees
from tests.dialogs.small_office import LAN

SHELF = Library()
AT = dt.datetime(2026, 12, 7, 8, 0, tzinfo=dt.UTC)
HEAD = 14
LO = replace(
    LAN, id=16, name="Cao Văn Lỡ", position="Chuyên viên", subject=Subject.OFFICIAL, leader=False, party_member=True
)

#: Điều 20 khoản 4 điểm c: disciplined for a violation in duty, this year, here.
DISCIPLINED = {
    "months_worked": 12,
    "maternity_leave": False,
    "sick_leave": False,
    **{f"m{month:02}": 92 for month in range(1, 13)},
    "degradation": False,
    "disciplined": True,
    "discipline_in_duty": True,
    "discipline_counted": False,
    "discipline_old_body": False,
}


def review(person: Person, **answers: object) -> Review:
    given = {key: Answer(value) for key, value in answers.items()}  # type: ignore[arg-type]  # as JSON
    sent = Draft(1, "d" * 64, given, None, None, AT)
    campaign = Campaign(1, "decree-335-2025", 2026, person.office)
    return Review(
        70,
        person,
        campaign,
        "mau-02-335",
        ReviewStatus.APPROVED,
        given,
        None,
        drafts=(sent,),
        steps=(Step("unit_head", HEAD),),
        decider_id=QUY.id,
    )


def decided(one: Review, rating: str) -> Turn:
    """The authority decides so, and confirms."""
    state = sees(one)
    chosen = VERBS["decide_rate"](SHELF, state, Button("decide_rate", 70, ("1", "1", "0", rating)))
    again = replace(state, focus=focus_of(chosen))
    return VERBS["decide_confirm"](SHELF, again, button_of(chosen, "decide/confirm"))


def told(turn: Turn, person: int) -> Reply:
    (found,) = [one.reply for one in turn.commands if isinstance(one, Notify) and one.person == person]
    return found


def test_a_failed_rating_names_its_ground_what_follows_and_what_may_be_done() -> None:
    turn = decided(review(LO, **DISCIPLINED), "not_completed")
    for reader in (LO.id, HEAD):
        notice = told(turn, reader)
        words = message(notice.template, notice.values, "vi")
        assert "bị kỷ luật do vi phạm trong công vụ, nhiệm vụ (NĐ 335/2025, Điều 20 khoản 4 điểm c" in words
        assert "bố trí vào vị trí việc làm thấp hơn hoặc cho thôi việc (NĐ 335/2025, Điều 23 khoản 3 điểm đ)" in words
        assert "là căn cứ đánh giá, xếp loại chất lượng đảng viên (NĐ 335/2025, Điều 23 khoản 3 điểm a)" in words
        assert "trong 7 ngày làm việc (NĐ 335/2025, Điều 22)" in words


def test_a_ground_that_is_not_known_names_its_own_clause_and_none_that_is_known_not_to_hold() -> None:
    """92 points (điểm a) and no conclusion (điểm b): what is left is the discipline, of which two forms say different things."""
    unsaid = {key: value for key, value in DISCIPLINED.items() if "disciplin" not in key}
    turn = decided(review(LO, **unsaid), "not_completed")
    words = message("notice/ruled", told(turn, LO.id).values, "vi")
    assert "Không hoàn thành nhiệm vụ</b> <i>(NĐ 335/2025, Điều 20 khoản 4 điểm c; Điều 11 khoản 3 điểm a)</i>" in words


def test_who_is_no_member_of_the_party_reads_nothing_of_its_rating() -> None:
    turn = decided(review(replace(LO, party_member=False), **DISCIPLINED), "not_completed")
    assert "đảng viên" not in message("notice/ruled", told(turn, LO.id).values, "vi")


def test_who_is_not_rated_reads_why() -> None:
    newcomer = review(LO, **{**DISCIPLINED, "months_worked": 5, "disciplined": False})
    turn = decided(newcomer, "none")
    for reader in (LO.id, HEAD):
        notice = told(turn, reader)
        words = message(notice.template, notice.values, "vi")
        assert "vì thời gian công tác trong năm chưa đủ 06 tháng (NĐ 335/2025, Điều 11 khoản 1)" in words


def test_the_head_is_told_of_no_other_rating() -> None:
    good = {**DISCIPLINED, **{f"m{month:02}": 80 for month in range(1, 13)}, "disciplined": False}
    turn = decided(review(LO, **good), Rating.GOOD.value)
    assert HEAD not in {one.person for one in turn.commands if isinstance(one, Notify)}


# ── the rating of a unit is told to who heads it ───────────────────────────────────────────────

UNIT = replace(LO, id=99, name="Phòng Quản lý đất đai", subject=Subject.ORGANISATION, party_member=False)
THO = replace(LO, id=HEAD, name="Lục Văn Thổ", position="Trưởng phòng", leader=True, head=True)


def of_head(**more: object) -> Review:
    good = {**DISCIPLINED, "disciplined": False, "subunit_corruption": False, "unit_rating": "excellent"}
    return replace(review(THO, **good), id=71, steps=(), approver_id=None, **more)  # type: ignore[arg-type]


def unit_decided(head: Review) -> list[Notify]:
    """The notices of the unit's rating to others than the unit, once the authority decided it good."""
    state = replace(sees(review(UNIT), around={70: ReviewsAround(heads=(head,))}), desk=(5,))
    chosen = VERBS["decide_rate"](SHELF, state, Button("decide_rate", 70, ("1", "1", "0", "good")))
    again = replace(state, focus=focus_of(chosen))
    turn = VERBS["decide_confirm"](SHELF, again, button_of(chosen, "decide/confirm"))
    return [one for one in turn.commands if isinstance(one, Notify) and one.reply.template == "notice/unit_ruled"]


def test_who_heads_a_unit_and_who_has_their_review_hear_how_the_unit_was_rated() -> None:
    found = unit_decided(of_head(status=ReviewStatus.SUBMITTED, decider_id=8))
    assert [one.person for one in found] == [HEAD, 8]
    own, other = (message(one.reply.template, one.reply.values, "vi") for one in found)
    assert "Phòng Quản lý đất đai: <b>Hoàn thành tốt nhiệm vụ</b>." in own
    assert "mức xếp loại của anh/chị không cao hơn mức này (NĐ 335/2025, Điều 20 khoản 6)" in own
    assert "Mức xếp loại của Lục Văn Thổ" in other


def test_a_head_decided_higher_before_is_to_be_looked_at_again() -> None:
    ruled = Ruling(1, 1, {"self_rating": Rating.EXCELLENT}, 8, "A", "B", AT)
    found = unit_decided(of_head(status=ReviewStatus.DECIDED, decider_id=8, rulings=(ruled,)))
    assert [one.person for one in found] == [8, 5]
    assert "cao hơn mức của đơn vị" in message(found[0].reply.template, found[0].reply.values, "vi")
    level = replace(ruled, ratings={"self_rating": Rating.GOOD})
    assert unit_decided(of_head(status=ReviewStatus.DECIDED, decider_id=8, rulings=(level,))) == []
