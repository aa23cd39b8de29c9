"""A draft goes through its chain: who has it, who gets it next, who is told, and what a stand-in may do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import Approve, Endorse, KeepComment, Return
from dialogs.core.commands.refusals import Refuse
from dialogs.core.state import State
from dialogs.core.turn import Notify, SetFocus, Turn
from dialogs.head.door import TEXTS, VERBS
from dialogs.shown.chain import afresh, handed_on, to_see, version_and_step
from rules.book.procedure import Role
from rules.nouns.people import Person
from rules.nouns.reviews import Outcome, Review, ReviewStatus, Step
from rules.nouns.rulings import Endorsement
from rules.nouns.values import Rating
from tests.dialogs.small_office import BOOKS, HOA, LAN, MINH, NOW, TAM, decided, draft, head_sees, pressed, review

DECIDER = 9
STEPS = (Step(Role.UNIT_HEAD, MINH.id), Step(Role.IN_CHARGE, HOA.id))
FIRST = replace(review(draft()), steps=STEPS, decider_id=DECIDER)
AGREED = Endorsement(1, 0, Role.UNIT_HEAD, MINH.id, MINH.name, MINH.position, NOW, "Làm tốt.")
SECOND = replace(FIRST, step=1, approver_id=HOA.id, approver_role=Role.IN_CHARGE, endorsements=(AGREED,))
NAMES = {MINH.id: MINH.name, HOA.id: HOA.name}


def press(state: State, button: Button) -> Turn:
    return VERBS[button.verb](BOOKS, state, button)


def at_step(button: Button, of: Review) -> Button:
    """The button as it is drawn at a later step."""
    return replace(button, about=(f"{button.about[0]}.{of.step}", *button.about[1:]))


def sees(person: Person, about: Review, *acts_for: int) -> State:
    return State(person, "vi", NOW, about=about, waiting=(about,), acts_for=acts_for, names=NAMES)


def told(turn: Turn) -> dict[str, int]:
    return {command.key: command.person for command in turn.commands if isinstance(command, Notify)}


def refusal(turn: Turn) -> object:
    assert turn.replies[0].template == "head/refused"
    return turn.replies[0].values["reason"]


def labels(turn: Turn) -> list[str]:
    return [key.label for reply in turn.replies for row in reply.keyboard for key in row]


def test_a_step_that_is_not_the_last_hands_the_draft_on() -> None:
    turn = press(sees(MINH, FIRST), pressed("head_approve", FIRST, "0"))
    assert turn.commands[0] == Endorse(100, 1, "")
    assert told(turn) == {"endorsed:100:1:1": LAN.id, "handed_on:100:1:1": HOA.id}
    assert not any(isinstance(command, Approve) for command in turn.commands)


def test_its_button_says_where_the_draft_goes() -> None:
    (agree, *_) = press(sees(MINH, FIRST), Button("head_card", 100)).replies[0].keyboard[0]
    assert (agree.label, agree.values["next"]) == ("head/agree_on", Role.IN_CHARGE)


def test_the_next_step_gets_the_card_with_what_was_said_before_it() -> None:
    commented = replace(FIRST, comment="Làm tốt.")
    asked = press(sees(MINH, commented), pressed("head_agree", commented))
    turn = press(sees(MINH, commented), asked.replies[0].keyboard[0][0].button)
    (card,) = [command.reply for command in turn.commands if isinstance(command, Notify) and command.person == HOA.id]
    assert card.template == "head/card"
    assert [(one["by"], one["comment"]) for one in card.values["endorsed"]] == [(MINH.name, "Làm tốt.")]
    assert (card.values["step"], card.values["steps"], card.values["role"]) == (2, 2, Role.IN_CHARGE)
    assert card.values["comment"] == ""
    button = card.keyboard[0][0].button
    assert press(sees(HOA, SECOND), button).replies[0].template == "head/confirm"


def test_the_last_step_approves_and_the_authority_is_told() -> None:
    turn = press(sees(HOA, SECOND), at_step(pressed("head_approve", SECOND, "0"), SECOND))
    assert turn.commands[0] == Approve(100, 1, "")
    assert told(turn) == {"approved:100:1": LAN.id, "todecide:100:1": DECIDER}


def test_who_is_the_last_step_and_the_authority_goes_straight_to_the_decision() -> None:
    mine = replace(SECOND, decider_id=HOA.id)
    turn = press(sees(HOA, mine), at_step(pressed("head_approve", mine, "0"), mine))
    assert told(turn) == {"approved:100:1": LAN.id}
    assert turn.replies[0].keyboard[0][0].button == Button("decide_card", 100)


def test_who_has_agreed_sees_where_the_draft_is_and_decides_no_more() -> None:
    turn = press(sees(MINH, SECOND), pressed("head_approve", FIRST, "0"))
    assert refusal(turn) == "handed_on"
    assert turn.commands == ()
    card = turn.replies[1]
    assert card.values["elsewhere"] is True
    assert not {"head/agree", "head/agree_on", "head/return"} & set(labels(turn))


def test_a_later_step_waits_its_turn_but_may_read() -> None:
    assert refusal(press(sees(HOA, FIRST), pressed("head_approve", FIRST, "0"))) == "not_yet"
    card = press(sees(HOA, FIRST), Button("head_card", 100)).replies[0]
    assert (card.template, card.values["elsewhere"]) == ("head/card", True)


def test_who_has_two_steps_presses_each_apart() -> None:
    twice = replace(SECOND, steps=(STEPS[0], Step(Role.IN_CHARGE, MINH.id)), approver_id=MINH.id)
    turn = press(sees(MINH, twice), pressed("head_approve", FIRST, "0"))
    assert refusal(turn) == "handed_on"
    assert turn.commands == ()


def test_who_has_the_next_step_too_is_not_told_but_led_on() -> None:
    steps = (STEPS[0], Step(Role.IN_CHARGE, MINH.id), STEPS[1])
    turn = press(sees(MINH, replace(FIRST, steps=steps)), pressed("head_approve", FIRST, "0"))
    assert told(turn) == {"endorsed:100:1:1": LAN.id}
    assert turn.replies[0].keyboard[0][0].button == Button("head_card", 100)
    after = replace(SECOND, steps=steps, approver_id=MINH.id)
    again = press(sees(MINH, after), at_step(pressed("head_approve", after, "0"), after))
    assert again.commands[0] == Endorse(100, 1, "", None, 1)


def test_a_later_step_returns_to_the_person_and_all_steps_are_to_be_taken_anew() -> None:
    focus = {"for": "head_reason", "review": 100, "version": "1.1", "reason": "Sửa", "parts": []}
    turn = press(replace(sees(HOA, SECOND), focus=focus), at_step(pressed("head_send", SECOND), SECOND))
    assert turn.commands[0] == Return(100, 1, "Sửa", ())
    assert told(turn) == {"returned:100:1": LAN.id}
    again = afresh(SECOND)
    assert (again.step, again.approver_id, again.approver_role) == (0, MINH.id, Role.UNIT_HEAD)
    assert again.endorsements == ()


def test_a_returned_draft_of_an_earlier_version_is_not_confused_with_the_new_one() -> None:
    back = replace(afresh(SECOND), drafts=(draft(1), draft(2)), decisions=(decided(1, Outcome.RETURNED, HOA),))
    assert refusal(press(sees(HOA, back), at_step(pressed("head_approve", SECOND, "0"), SECOND))) == "not_yet"


# ── stand-ins ──────────────────────────────────────────────────────────────────────────────────


def test_a_stand_in_agrees_for_the_absent_head_and_the_person_reads_so() -> None:
    turn = press(sees(TAM, FIRST, MINH.id), pressed("head_approve", FIRST, "0"))
    assert turn.commands[0] == Endorse(100, 1, "", MINH.id)
    (notice,) = [c.reply for c in turn.commands if isinstance(c, Notify) and c.person == LAN.id]
    assert (notice.values["covering"], notice.values["for_name"]) == (True, MINH.name)


def test_comment_return_and_approval_name_for_whom_they_are() -> None:
    plain = review(draft())
    state = replace(sees(TAM, plain, MINH.id))
    asked = press(state, pressed("head_comment", plain))
    (focus,) = [command.focus for command in asked.commands if isinstance(command, SetFocus)]
    kept = TEXTS["head_comment"](BOOKS, replace(state, focus=focus), "Tốt.")
    assert kept.commands[0] == KeepComment(100, "Tốt.", MINH.id)
    approved = press(state, pressed("head_approve", plain, "0"))
    assert approved.commands[0] == Approve(100, 1, "", MINH.id)
    reason = {"for": "head_reason", "review": 100, "version": 1, "reason": "Sửa", "parts": []}
    returned = press(replace(state, focus=reason), pressed("head_send", plain))
    assert returned.commands[0] == Return(100, 1, "Sửa", (), MINH.id)


def test_nobody_decides_their_own_for_an_absent_head() -> None:
    mine = replace(FIRST, person=TAM)
    state = replace(sees(TAM, mine, MINH.id), about=None, own=mine)
    turn = press(state, pressed("head_approve", mine, "0"))
    assert refusal(turn) == "own_cover"
    assert turn.commands == (Refuse("approve", "own_cover", review=100),)
    assert to_see(state) == ()


def test_the_notice_of_the_next_step_never_goes_to_the_author_who_stands_in_there() -> None:
    turn = press(sees(MINH, FIRST), pressed("head_approve", FIRST, "0"))
    (on,) = [c for c in turn.commands if isinstance(c, Notify) and c.person == HOA.id]
    assert on.cover_except == LAN.id


def test_the_absent_head_sees_what_was_done_in_their_place() -> None:
    for_minh = replace(AGREED, by=TAM.id, by_name=TAM.name, for_whom=MINH.id)
    turn = press(sees(MINH, replace(SECOND, endorsements=(for_minh,))), pressed("head_approve", FIRST, "0"))
    assert refusal(turn) == "handed_on"


def test_a_stand_in_whose_days_are_over_may_do_nothing_more() -> None:
    assert refusal(press(sees(TAM, FIRST), pressed("head_approve", FIRST, "0"))) == "not_yours"


PEOPLE = (LAN, MINH, HOA, TAM)


@given(
    who=st.sampled_from(PEOPLE),
    author=st.sampled_from(PEOPLE),
    acts_for=st.sets(st.sampled_from([one.id for one in PEOPLE])),
    of=st.sampled_from([FIRST, SECOND]),
    verb=st.sampled_from(["head_approve", "head_send", "head_uncomment"]),
)
def test_only_who_has_the_draft_or_acts_for_them_does_anything_and_never_on_their_own(
    who: Person, author: Person, acts_for: set[int], of: Review, verb: str
) -> None:
    of = replace(of, person=author)
    focus = {"for": "head_reason", "review": 100, "version": version_and_step(of), "reason": "Sửa", "parts": []}
    state = replace(sees(who, of, *acts_for), focus=focus)
    button = pressed(verb, of, "0")
    done = press(state, at_step(button, of) if of.step else button).commands
    entitled = who != author and (who.id == of.approver_id or of.approver_id in acts_for)
    assert any(isinstance(command, Endorse | Approve | Return | KeepComment) for command in done) == entitled


# ── many in minutes ────────────────────────────────────────────────────────────────────────────


def test_nine_waiting_drafts_take_one_press_each_after_the_first_is_opened() -> None:
    as_suggested = replace(draft(), self_rating=Rating.GOOD, suggested=Rating.GOOD)
    waiting = {number: review(as_suggested, review_id=number) for number in range(101, 110)}
    (first, *_) = press(head_sees(None, *waiting.values()), Button("head_list")).replies[0].keyboard
    button, presses = first[0].button, 0
    agreed: list[int] = []
    while button:
        state = head_sees(waiting.get(button.review), *waiting.values())
        turn = press(state, button)
        presses += 1
        for command in turn.commands:
            if isinstance(command, Approve):
                agreed.append(command.review)
                waiting.pop(command.review)
        button = _next(turn)
    assert agreed == list(range(101, 110))
    assert presses == 1 + 9


def _next(turn: Turn) -> Button | None:
    """What somebody who agrees with everything presses."""
    keys = {key.label: key.button for row in turn.replies[-1].keyboard for key in row}
    wanted = ("head/agree", "head/approve_plain")
    return next((keys[label] for label in wanted if label in keys), None)


@pytest.mark.parametrize("status", [ReviewStatus.APPROVED, ReviewStatus.DECIDED])
def test_an_earlier_step_reads_what_became_of_it(status: ReviewStatus) -> None:
    done = replace(SECOND, status=status, decisions=(decided(1, Outcome.APPROVED, HOA),))
    assert refusal(press(sees(MINH, done), pressed("head_approve", FIRST, "0"))) == "decided"


def test_handing_on_leaves_the_next_step_without_a_comment_yet() -> None:
    after = handed_on(sees(MINH, FIRST), replace(FIRST, comment="Làm tốt."))
    assert (after.step, after.approver_id, after.comment) == (1, HOA.id, "")
    assert after.endorsements[0].comment == "Làm tốt."
