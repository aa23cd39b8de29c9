"""What stands around a decision: two ratings in one form, what is decided beside and below, a list decided at once."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.rulebooks.library import Library
from dialogs.authority.context import context
from dialogs.authority.door import VERBS
from dialogs.authority.every import AT_ONCE
from dialogs.core.buttons import Button
from dialogs.core.commands.rulings import Decide
from dialogs.core.state import State
from dialogs.core.turn import Notify, Turn
from rules.book.quota import Rated
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Campaign, Draft, Review, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Subject
from templates.wording import environment
from tests.dialogs.deciding import QUY, agreed, button_of, focus_of, line, of_kind, sees
from tests.dialogs.small_office import BOOKS, LAN, TAM, draft
from tests.templates.samples import answers

SHELF = Library()
AT = dt.datetime(2020, 12, 1, 8, 0, tzinfo=dt.UTC)


def press(state: State, button: Button) -> Turn:
    return VERBS[button.verb](SHELF, state, button)


def of_member(rating: str = "good") -> Review:
    """The self-review of a member of the Party who is an official: it asks for two ratings."""
    given = {"civil_rating": Answer(rating), "self_rating": Answer(rating)}
    sent = Draft(1, "d" * 64, given, Rating(rating), None, AT)
    campaign = Campaign(1, "party-2019", 2020, LAN.office)
    person = replace(LAN, party_member=True)
    return Review(
        70, person, campaign, "mau-02-hd-2019", ReviewStatus.APPROVED, given, 2, drafts=(sent,), decider_id=QUY.id
    )


def test_a_form_that_asks_for_two_ratings_gets_both_one_after_the_other() -> None:
    state = sees(of_member())
    first = press(state, Button("decide_choose", 70, ("1", "1")))
    assert first.replies[0].values["about"] == "civil"
    second = press(replace(state, focus=focus_of(first)), button_of(first, "review/rating", rating="good"))
    assert second.replies[0].values["about"] == "party"
    shown = press(replace(state, focus=focus_of(second)), button_of(second, "review/rating", rating="completed"))
    focus = focus_of(shown)
    assert focus is not None
    assert focus["ratings"] == {"civil_rating": "good", "self_rating": "completed"}


# ── beside and below ───────────────────────────────────────────────────────────────────────────

CIVIL = Campaign(1, "decree-90-2020", 2020, LAN.office)
PARTY = Campaign(1, "party-2019", 2020, LAN.office)


def standing(person: Person, form: str, campaign: Campaign, rating: Rating | None, review: int) -> ReviewLine:
    status = ReviewStatus.DECIDED if rating else ReviewStatus.APPROVED
    return ReviewLine(review, person, campaign, form, status, 2, "unit_head", QUY.id, started=True, ruled=rating)


@pytest.mark.parametrize("rating", [None, Rating.GOOD])
def test_the_review_as_a_civil_servant_is_looked_for_beside(rating: Rating | None) -> None:
    beside = (standing(LAN, "mau-02", CIVIL, rating, 71), standing(TAM, "mau-02", CIVIL, None, 72))
    found = context(SHELF, sees(of_member(), beside=beside), of_member())
    assert found.civil_open is (rating is None)
    assert found.elsewhere.facts == ({"civil_rating": "good"} if rating else {})
    assert found.civil_rule is not None
    assert found.civil_rule.cite == "NĐ 90/2020, Điều 20 khoản 2"


@pytest.mark.parametrize("rating", [None, Rating.COMPLETED])
def test_the_collective_of_the_unit_is_looked_for_beside(rating: Rating | None) -> None:
    room = replace(LAN, id=500, name="Tập thể Phòng", subject=Subject.COLLECTIVE)
    elsewhere = replace(room, id=501, unit_id=77)
    beside = (
        standing(room, "mau-01-hd-2019", PARTY, rating, 73),
        standing(elsewhere, "mau-01-hd-2019", PARTY, None, 74),
    )
    found = context(SHELF, sees(of_member(), beside=beside), of_member())
    assert found.collective_open is (rating is None)
    assert found.elsewhere.facts == ({"unit_rating": "completed"} if rating else {})


def test_another_campaign_is_another_matter() -> None:
    other = replace(CIVIL, id=2)
    found = context(SHELF, sees(of_member(), beside=(standing(LAN, "mau-02", other, None, 71),)), of_member())
    assert not found.civil_open


def test_undecided_reviews_of_the_units_below_are_counted() -> None:
    state = sees(of_member(), undecided_units={20: 2, 21: 3, 99: 9}, units_below={LAN.unit_id: (20, 21)})
    assert context(SHELF, state, of_member()).undecided_below == 5


# ── a list at once ─────────────────────────────────────────────────────────────────────────────

DECREE = Campaign(3, "decree-90-2020", 2024, LAN.office)
FACTS = {"months_worked": 12, "leave_months": 0, "maternity_leave": False, "disciplined": False, "degradation": False}


def waiting(number: int, rating: str, *, exceeded: bool, own: bool = False) -> Review:
    person = QUY if own else replace(LAN, id=600 + number, name=f"Người {number}")
    given = answers("mau-02", LAN, (("Báo cáo", 100, exceeded),), self_rating=rating, **FACTS)
    suggested = Rating.EXCELLENT if exceeded else Rating.GOOD
    sent = Draft(1, f"{number:064x}", given, Rating(rating), suggested, AT)
    return Review(
        600 + number, person, DECREE, "mau-02", ReviewStatus.APPROVED, given, 2, drafts=(sent,), decider_id=QUY.id
    )


def at_once(*listed: Review, rated: tuple[Rated, ...] = ()) -> tuple[State, Turn]:
    state = sees(None, *listed, listed=listed, rated={(3, "decree-90-2020"): rated})
    return state, press(state, Button("decide_all", 0, ("all",)))


def test_who_rates_themself_as_suggested_is_on_the_list_and_nobody_else() -> None:
    state, asked = at_once(
        waiting(1, "good", exceeded=False),
        waiting(2, "excellent", exceeded=False),
        waiting(3, "good", exceeded=True),
        waiting(4, "good", exceeded=False, own=True),
    )
    assert [one["name"] for one in asked.replies[0].values["people"]] == ["Người 1"]
    assert asked.commands == ()
    turn = press(state, button_of(asked, "decide/every"))
    assert [one.review for one in of_kind(turn, Decide)] == [601]
    assert [one.key for one in of_kind(turn, Notify)] == ["ruled:601:1"]


def test_each_on_the_list_counts_in_the_quota_of_those_after() -> None:
    good = tuple(
        Rated(f"Tốt {n}", LAN.unit, "", leader=False, rating=Rating.GOOD, review=n, subject=Subject.OFFICIAL)
        for n in range(5)
    )
    excellent = [waiting(n, "excellent", exceeded=True) for n in range(3)]
    _, asked = at_once(*excellent, rated=good)
    assert [one["name"] for one in asked.replies[0].values["people"]] == ["Người 0"]
    assert asked.replies[0].values["single"] == 2


def test_a_list_that_changed_is_shown_again() -> None:
    one, other = waiting(1, "good", exceeded=False), waiting(2, "good", exceeded=False)
    state, asked = at_once(one, other)
    now = sees(None, one, listed=(one,), rated=state.room.rated)  # type: ignore[union-attr]  # as drawn above
    turn = press(now, button_of(asked, "decide/every"))
    assert of_kind(turn, Decide) == []
    assert turn.replies[0].template == "decide/every"


def test_no_more_than_one_message_still_names_are_decided_at_once() -> None:
    _, asked = at_once(*(waiting(n, "good", exceeded=False) for n in range(AT_ONCE + 5)))
    assert asked.replies[0].values["count"] == AT_ONCE
    assert asked.replies[0].values["single"] == 5


def test_a_list_without_anybody_on_it_decides_nothing() -> None:
    for button in (Button("decide_all"), Button("decide_every"), Button("decide_every", 0, ("all", "", ""))):
        turn = VERBS[button.verb](BOOKS, sees(agreed()), button)
        assert of_kind(turn, Decide) == []


def test_a_standing_and_its_review_say_the_same() -> None:
    assert line(agreed()).differs is (draft().self_rating != draft().suggested)


def test_of_several_groups_one_may_be_decided_at_once() -> None:
    listed = tuple(
        replace(one, person=replace(one.person, group=group))
        for one, group in zip(
            [waiting(n, "good", exceeded=False) for n in range(5)], ["văn thư", "chuyên viên"] * 2 + [""], strict=True
        )
    )
    state = sees(None, *listed, listed=listed)
    shown = press(state, Button("decide_list", 0, ("w", "all")))
    asked = press(state, button_of(shown, "decide/at_once_group", group="văn thư"))
    assert [one["name"] for one in asked.replies[0].values["people"]] == ["Người 0", "Người 2"]
    turn = press(state, button_of(asked, "decide/every"))
    assert [one.review for one in of_kind(turn, Decide)] == [600, 602]


SECOND = replace(LAN, post=7, position="Phó Trưởng ban", unit_id=99, unit="Ban Dân tộc")


def test_what_was_decided_by_the_same_form_at_another_post_is_looked_for_beside() -> None:
    of = replace(waiting(0, "good", exceeded=False), person=LAN)
    elsewhere = replace(line(of), review=601, person=SECOND, status=ReviewStatus.DECIDED, ratings={"self": Rating.GOOD})
    open_yet = replace(elsewhere, review=602, status=ReviewStatus.APPROVED)
    other_form = replace(elsewhere, review=603, form="mau-03")
    found = context(SHELF, sees(of, beside=(elsewhere, open_yet, other_form)), of).other_posts
    assert [(one.position, one.unit, one.ratings) for one in found] == [
        ("Phó Trưởng ban", "Ban Dân tộc", {"self": Rating.GOOD})
    ]


def test_two_ratings_at_two_posts_are_not_decided_at_once() -> None:
    first, second = waiting(0, "good", exceeded=False), waiting(1, "excellent", exceeded=True)
    _, asked = at_once(first, replace(second, person=replace(first.person, post=7, unit="Ban Dân tộc")))
    assert (asked.replies[0].values["count"], asked.replies[0].values["single"]) == (1, 1)


def test_the_authority_reads_what_was_decided_at_the_other_post() -> None:
    said = {"kind": "other_post", "hard": False, "about": "", "cite": "", "room": "", "unverified": False}
    one = {**said, "rating": "good", "position": "Phó Trưởng ban", "unit": "Ban Dân tộc"}
    line_of = environment("vi").get_template("decide/_words.j2").module.objection
    assert "Ở vị trí Phó Trưởng ban, Ban Dân tộc, người này đã được quyết định “Hoàn thành tốt nhiệm vụ”" in line_of(
        one
    )
    assert "“không xếp loại”" in line_of({**one, "rating": None})
