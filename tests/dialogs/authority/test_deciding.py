"""The authority decides: exactly what was shown, once, with a reason where one is needed; nobody their own review."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.authority.door import TEXTS
from dialogs.authority.guard import OpenReview
from dialogs.authority.pending import pending
from dialogs.core.buttons import MAX_BYTES, Button
from dialogs.core.commands.refusals import Refuse
from dialogs.core.commands.rulings import Decide
from dialogs.core.events import Commanded, Said, Sent
from dialogs.core.paging import ON_A_PAGE
from dialogs.core.state import State
from dialogs.core.turn import Notify, SetFocus, Turn
from dialogs.step import step
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Json, Review, ReviewStatus
from rules.nouns.values import Rating
from tests.dialogs.deciding import QUY, THU, agreed, button_of, focus_of, keys, of_kind, press, ruled, sees
from tests.dialogs.small_office import ANSWERS, BOOKS, HOA, LAN, MINH, NOW, TAM, draft, review

WAITING = agreed()
DECIDING = (
    "decide_choose",
    "decide_rate",
    "decide_page",
    "decide_write",
    "decide_take",
    "decide_again",
    "decide_confirm",
)


def chosen(rating: str = "good", of: Review = WAITING) -> Turn:
    return press(sees(of), Button("decide_rate", of.id, ("1", "1", "0", rating)))


def confirmed(turn: Turn, of: Review = WAITING, seen: Review | None = None) -> Turn:
    return press(sees(seen or of, focus=focus_of(turn)), button_of(turn, "decide/confirm"))


def test_the_suggestion_is_decided_in_two_presses() -> None:
    asked = chosen("good")
    assert asked.replies[0].template == "decide/confirm"
    assert of_kind(asked, Decide) == []
    turn = confirmed(asked)
    assert of_kind(turn, Decide) == [Decide(100, 1, 1, {"self": Rating.GOOD})]


def test_the_person_is_told_and_may_answer_this_very_decision() -> None:
    (notice,) = of_kind(confirmed(chosen("good")), Notify)
    assert (notice.person, notice.key, notice.reply.template) == (LAN.id, "ruled:100:1", "notice/ruled")
    assert [row[0].button for row in notice.reply.keyboard] == [
        Button("result_seen", 100, ("1",)),
        Button("result_reserve", 100, ("1",)),
        Button("result_petition", 100, ("1",)),
    ]


def test_above_the_suggestion_the_reason_comes_first_and_is_kept() -> None:
    modest = agreed(review(draft(1, {**ANSWERS, "attitude": Answer("met")})))
    asked = chosen("excellent", modest)
    assert asked.replies[0].template == "decide/ask"
    assert [one["kind"] for one in asked.replies[0].values["objections"]] == ["above_suggestion"]
    shown = TEXTS["decide_reason"](BOOKS, sees(modest, focus=focus_of(asked)), "  Có sáng kiến. ")
    (decide,) = of_kind(confirmed(shown, modest), Decide)
    assert (decide.ratings, decide.reason) == ({"self": Rating.EXCELLENT}, "Có sáng kiến.")


def test_the_head_s_comment_may_become_the_remarks() -> None:
    asked = chosen("good")
    taken = press(sees(WAITING, focus=focus_of(asked)), button_of(asked, "decide/take"))
    (decide,) = of_kind(confirmed(taken), Decide)
    assert decide.remarks == "Làm tốt."


def test_a_confirmation_of_something_else_shows_what_would_be_decided_now() -> None:
    asked = chosen("good")
    taken = press(sees(WAITING, focus=focus_of(asked)), button_of(asked, "decide/take"))
    turn = press(sees(WAITING, focus=focus_of(taken)), button_of(asked, "decide/confirm"))
    assert of_kind(turn, Decide) == []
    assert turn.replies[0].values["changed"] is True


def test_two_at_once_the_second_is_told_who_decided_what_and_when() -> None:
    asked = chosen("good")
    turn = confirmed(asked, seen=ruled(WAITING, Rating.COMPLETED))
    assert of_kind(turn, Decide) == []
    values = turn.replies[0].values
    assert (values["reason"], values["by"], values["rating"]) == ("decided", QUY.name, Rating.COMPLETED)


def test_a_version_handed_in_since_is_not_decided_unseen() -> None:
    newer = agreed(review(draft(1), draft(2)))
    turn = confirmed(chosen("good"), seen=newer)
    assert turn.replies[0].values["reason"] == "resubmitted"
    assert of_kind(turn, Decide) == []


def test_deciding_anew_needs_a_reason_and_takes_the_next_number() -> None:
    before = ruled(WAITING)
    straight = press(sees(before), Button("decide_rate", 100, ("1", "2", "0", "completed")))
    assert straight.replies[0].values["reason"] == "reason_first"
    asked = press(sees(before), Button("decide_again", 100, ("1", "2")))
    assert asked.replies[0].values["what"] == "reason"
    choose = TEXTS["decide_reason"](BOOKS, sees(before, focus=focus_of(asked)), "Có sai sót mới.")
    shown = press(sees(before, focus=focus_of(choose)), button_of(choose, "review/rating", rating="completed"))
    (decide,) = of_kind(confirmed(shown, before), Decide)
    assert (decide.number, decide.reason) == (2, "Có sai sót mới.")


def test_what_is_appealed_is_decided_anew_through_the_petition_alone() -> None:
    appealed = ruled(WAITING, status=ReviewStatus.APPEALED)
    turn = press(sees(appealed), Button("decide_again", 100, ("1", "2")))
    assert turn.replies[0].values["reason"] == "appealed"


def test_nothing_is_decided_anew_before_it_is_decided() -> None:
    turn = press(sees(WAITING), Button("decide_again", 100, ("1", "1")))
    assert turn.replies[0].values["reason"] == "final"


@pytest.mark.parametrize("verb", DECIDING)
@pytest.mark.parametrize("person", [HOA, MINH, TAM, THU], ids=["other head", "own head", "colleague", "desk"])
def test_who_has_no_right_to_is_refused_and_it_is_kept(verb: str, person: Person) -> None:
    turn = press(sees(WAITING, person=person), Button(verb, 100, ("1", "1", "0", "good")))
    assert turn.replies[0].values["reason"] == "not_yours"
    action = "redecide" if verb == "decide_again" else "decide"
    assert of_kind(turn, Refuse) == [Refuse(action, "not_yours", review=100)]
    assert of_kind(turn, Decide) == []


@pytest.mark.parametrize("verb", DECIDING)
@pytest.mark.parametrize("acts_for", [(), (QUY.id,)])
def test_nobody_decides_their_own_review_also_not_for_somebody_absent(verb: str, acts_for: tuple[int, ...]) -> None:
    turn = press(sees(WAITING, person=LAN, acts_for=acts_for), Button(verb, 100, ("1", "1", "0", "good")))
    assert turn.replies[0].values["reason"] == ("own_cover" if acts_for else "own")
    assert of_kind(turn, Decide) == []


def test_a_stand_in_decides_for_the_absent_authority() -> None:
    state = sees(WAITING, person=TAM, acts_for=(QUY.id,))
    asked = press(state, Button("decide_rate", 100, ("1", "1", "0", "good")))
    turn = press(replace(state, focus=focus_of(asked)), button_of(asked, "decide/confirm"))
    (decide,) = of_kind(turn, Decide)
    assert decide.for_whom == QUY.id


def test_the_desk_records_what_an_authority_outside_decided() -> None:
    outside = agreed(decider=None)
    state = sees(outside, person=THU)
    asked = press(state, Button("decide_rate", 100, ("1", "1", "0", "good")))
    assert asked.replies[0].values["what"] == "document"
    for wrong in ("87/QĐ-BQL", "13/12/2019", "87/QĐ-BQL ngày 02/12/2020", "87/QĐ-BQL ngày 31/02/2020"):
        told = TEXTS["decide_document"](BOOKS, replace(state, focus=focus_of(asked)), wrong)
        assert told.replies[0].template == "decide/wrong_document", wrong
        assert told.commands == ()
    signer = TEXTS["decide_document"](BOOKS, replace(state, focus=focus_of(asked)), "87/QĐ-BQL ngày 01/12/2020")
    assert signer.replies[0].values["what"] == "signer"
    shown = TEXTS["decide_signer"](BOOKS, replace(state, focus=focus_of(signer)), "Trần Quốc Hưng")
    turn = press(replace(state, focus=focus_of(shown)), button_of(shown, "decide/confirm"))
    (decide,) = of_kind(turn, Decide)
    assert (decide.document, decide.signer) == ("87/QĐ-BQL ngày 01/12/2020", "Trần Quốc Hưng")


def test_the_authority_does_not_record_its_own_decisions_as_outside() -> None:
    turn = press(sees(agreed(decider=None)), Button("decide_card", 100))
    assert turn.replies[0].values["reason"] == "not_yours"


def test_not_handed_in_yet_and_rated_needs_a_reason() -> None:
    not_yet = replace(review(status=ReviewStatus.DRAFTING), decider_id=QUY.id)
    turn = press(sees(not_yet), Button("decide_rate", 100, ("0", "1", "0", "good")))
    assert [one["kind"] for one in turn.replies[0].values["objections"]] == ["unreviewed"]


@pytest.mark.parametrize(
    "about",
    [(), ("1",), ("1", "1"), ("1", "1", "0"), ("1", "1", "7", "good"), ("1", "1", "0", "tốt"), ("x", "y", "z", "q")],
)
@pytest.mark.parametrize("verb", DECIDING)
def test_a_mangled_button_decides_nothing(verb: str, about: tuple[str, ...]) -> None:
    assert of_kind(press(sees(WAITING), Button(verb, 100, about)), Decide) == []


def test_every_button_fits_with_the_longest_ids() -> None:
    long = replace(WAITING, id=2**31 - 1)
    state = sees(long)
    for verb in ("decide_card", "decide_choose"):
        turn = press(state, Button(verb, long.id, ("1", "1")))
        assert all(len(key.button.encode()) <= MAX_BYTES for key in keys(turn))


def test_a_photo_or_a_text_at_the_wrong_moment_decides_nothing_and_what_was_chosen_stays() -> None:
    state = sees(WAITING, focus=focus_of(chosen("good")))
    assert step(BOOKS, state, Sent("photo")).commands == ()
    assert step(BOOKS, state, Said("đồng ý")).commands == ()


def test_turning_elsewhere_lets_go_of_a_decision_in_the_making() -> None:
    state = sees(WAITING, focus=focus_of(chosen("good")))
    assert SetFocus(None) in step(BOOKS, state, Commanded("trogiup")).commands


# ── lists ──────────────────────────────────────────────────────────────────────────────────────


def many(count: int, units: int) -> list[Review]:
    people = [
        replace(LAN, id=1000 + n, name=f"Người {n:03}", unit_id=20 + n % units, unit=f"Đơn vị {n % units}")
        for n in range(count)
    ]
    return [replace(WAITING, id=3000 + n, person=person) for n, person in enumerate(people)]


def test_many_units_are_shown_by_unit_then_eight_reviews_a_page() -> None:
    state = sees(None, *many(120, 5))
    units = step(BOOKS, state, Commanded("quyetdinh"))
    assert units.replies[0].values["units"] == 5
    page = press(state, button_of(units, "decide/unit", unit="Đơn vị 3"))
    opened = [key for key in keys(page) if key.label == "decide/open"]
    assert len(opened) == ON_A_PAGE
    assert page.replies[0].values["count"] == 24
    last = press(state, Button("decide_list", 0, ("w", "23", "16")))
    assert last.replies[0].values["last"] == 24


def test_who_differs_stands_first_in_their_unit() -> None:
    same = replace(WAITING, id=200, person=replace(TAM, name="A"), drafts=(replace(draft(), self_rating=Rating.GOOD),))
    turn = step(BOOKS, sees(None, same, WAITING), Commanded("quyetdinh"))
    assert [key.button.review for key in keys(turn) if key.label == "decide/open"] == [100, 200]


def test_one_s_own_review_is_not_on_one_s_list() -> None:
    own = replace(WAITING, id=300, person=QUY)
    turn = step(BOOKS, sees(None, own, WAITING), Commanded("quyetdinh"))
    assert [key.button.review for key in keys(turn) if key.label == "decide/open"] == [100]


# ── what it takes ──────────────────────────────────────────────────────────────────────────────


@given(
    who=st.sampled_from([QUY, HOA, LAN, THU]),
    acts_for=st.sampled_from([(), (QUY.id,), (MINH.id,)]),
    decider=st.sampled_from([QUY.id, HOA.id, None]),
    status=st.sampled_from([ReviewStatus.APPROVED, ReviewStatus.DECIDED, ReviewStatus.ENDED]),
    version=st.sampled_from(["1", "2", ""]),
    number=st.sampled_from(["1", "2", ""]),
    right_mark=st.booleans(),
)
def test_a_decision_needs_the_right_the_version_the_number_and_what_was_shown(
    who: Person,
    acts_for: tuple[int, ...],
    decider: int | None,
    status: ReviewStatus,
    version: str,
    number: str,
    *,
    right_mark: bool,
) -> None:
    of = agreed(decider=decider)
    of = ruled(of) if status is ReviewStatus.DECIDED else replace(of, status=status)
    focus: dict[str, Json] = {
        "for": "decide_ready",
        "review": 100,
        "version": 1,
        "number": 1,
        "ratings": {"self": "good"},
        "texts": {"document": "1/QĐ ngày 01/12/2020", "signer": "Hưng"},
    }
    mark = mark_of(of, focus) if right_mark else "x"
    state: State = sees(of, person=who, acts_for=acts_for, focus=focus)
    turn = press(state, Button("decide_confirm", 100, (version, number, mark)))
    entitled = who is not LAN and (decider == who.id or decider in acts_for or (decider is None and who is THU))
    exact = (version, number) == ("1", "1") and right_mark and status is ReviewStatus.APPROVED
    assert bool(of_kind(turn, Decide)) is (entitled and exact)


def mark_of(of: Review, focus: dict[str, Json]) -> str:
    plain = replace(of, rulings=())
    return pending(State(QUY, "vi", NOW, focus=focus), OpenReview(plain)).mark
