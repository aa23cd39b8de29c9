"""Who may decide what: every refusal has its reason, and none changes anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import Approve, Return
from dialogs.core.commands.refusals import Refuse
from dialogs.core.state import State
from dialogs.core.turn import Notify, Turn
from dialogs.head.door import VERBS
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Draft, Outcome, Review, ReviewStatus
from tests.dialogs.small_office import (
    ANSWERS,
    BOOKS,
    HOA,
    LAN,
    MINH,
    NOW,
    decided,
    draft,
    head_sees,
    pressed,
    review,
)

WAITING = review(draft())
DECIDING = ("head_agree", "head_approve", "head_comment", "head_uncomment", "head_return", "head_part", "head_send")


def press(state: State, button: Button) -> Turn:
    return VERBS[button.verb](BOOKS, state, button)


def refusal(turn: Turn) -> object:
    assert turn.replies[0].template == "head/refused"
    return turn.replies[0].values["reason"]


def refused_in(turn: Turn) -> list[str]:
    """The reasons kept in the audit, when nothing but that is kept."""
    assert all(isinstance(command, Refuse) for command in turn.commands)
    return [command.reason for command in turn.commands if isinstance(command, Refuse)]


def shown(turn: Turn) -> list[str]:
    return [reply.template for reply in turn.replies]


@pytest.mark.parametrize("verb", DECIDING)
def test_another_head_is_refused_and_nothing_happens(verb: str) -> None:
    turn = press(State(HOA, "vi", NOW, about=WAITING), pressed(verb, WAITING))
    assert refusal(turn) == "not_yours"
    assert refused_in(turn) == ["not_yours"]


@pytest.mark.parametrize("verb", DECIDING)
def test_nobody_decides_their_own_review(verb: str) -> None:
    own = review(draft(), person=MINH, approver=HOA.id)
    turn = press(State(MINH, "vi", NOW, own=own), pressed(verb, own))
    assert refusal(turn) == "own"
    assert refused_in(turn) == ["own"]


def test_one_s_own_review_is_refused_even_where_one_is_named_as_its_approver() -> None:
    own = review(draft(), person=MINH, approver=MINH.id)
    assert refusal(press(head_sees(own), pressed("head_approve", own))) == "own"


@pytest.mark.parametrize("verb", DECIDING)
def test_a_review_that_does_not_exist_is_refused(verb: str) -> None:
    turn = press(head_sees(None), Button(verb, 999, ("1", "abcdef123456", "0")))
    assert refusal(turn) == "missing"


def test_a_refused_stranger_to_the_review_does_not_see_it() -> None:
    assert shown(press(State(HOA, "vi", NOW, about=WAITING), pressed("head_card", WAITING))) == ["head/refused"]


def test_a_second_approval_names_the_first_and_shows_the_card() -> None:
    done = review(draft(), status=ReviewStatus.APPROVED, decisions=(decided(1, Outcome.APPROVED),))
    turn = press(head_sees(done), pressed("head_approve", done, "0"))
    assert refusal(turn) == "decided"
    assert turn.replies[0].values["by"] == "Trần Văn Minh"
    assert turn.replies[0].values["mine"] is True
    assert shown(turn) == ["head/refused", "head/card"]
    assert not any(isinstance(c, Approve | Notify) for c in turn.commands)


def test_a_returned_version_can_not_be_approved_any_more() -> None:
    returned = review(draft(), status=ReviewStatus.RETURNED, decisions=(decided(1, Outcome.RETURNED),))
    turn = press(head_sees(returned), pressed("head_approve", returned, "0"))
    assert refusal(turn) == "decided"
    assert turn.replies[0].values["outcome"] == "returned"


def test_a_withdrawn_draft_is_its_author_s_alone_again() -> None:
    withdrawn = review(draft(), status=ReviewStatus.DRAFTING, decisions=(decided(1, Outcome.WITHDRAWN, LAN),))
    turn = press(head_sees(withdrawn), pressed("head_approve", withdrawn, "0"))
    assert refusal(turn) == "withdrawn"
    assert shown(turn) == ["head/refused"]


@pytest.mark.parametrize("verb", ["head_card", "head_papers", "head_changes"])
def test_a_withdrawn_draft_is_not_shown_either(verb: str) -> None:
    withdrawn = review(draft(), status=ReviewStatus.DRAFTING, decisions=(decided(1, Outcome.WITHDRAWN, LAN),))
    assert refusal(press(head_sees(withdrawn), pressed(verb, withdrawn))) == "withdrawn"


def test_a_button_of_an_older_version_leads_to_the_current_card() -> None:
    first = review(draft(1))
    second = review(draft(1), draft(2, {**ANSWERS, "strengths": ANSWERS["attitude"]}))
    turn = press(head_sees(second), pressed("head_approve", first, "0"))
    assert refusal(turn) == "resubmitted"
    assert turn.replies[1].template == "head/card"
    assert turn.replies[1].values["version"] == 2


def test_a_button_with_the_digits_of_other_content_is_refused() -> None:
    button = Button("head_approve", WAITING.id, ("1", "000000000000", "0"))
    assert refusal(press(head_sees(WAITING), button)) == "resubmitted"


@pytest.mark.parametrize("about", [(), ("1",), ("x", "y"), ("", "", "")])
def test_a_mangled_button_never_decides(about: tuple[str, ...]) -> None:
    turn = press(head_sees(WAITING), Button("head_approve", WAITING.id, about))
    assert not any(isinstance(c, Approve | Return) for c in turn.commands)


def reviews_in_every_state() -> list[Review]:
    return [
        review(draft(), status=ReviewStatus.APPROVED, decisions=(decided(1, Outcome.APPROVED),)),
        review(draft(), status=ReviewStatus.RETURNED, decisions=(decided(1, Outcome.RETURNED),)),
        review(draft(), status=ReviewStatus.DRAFTING, decisions=(decided(1, Outcome.WITHDRAWN, LAN),)),
        review(status=ReviewStatus.DRAFTING),
    ]


@pytest.mark.parametrize("verb", DECIDING)
@pytest.mark.parametrize("of", reviews_in_every_state(), ids=["approved", "returned", "withdrawn", "never sent"])
def test_only_a_waiting_draft_is_decided(of: Review, verb: str) -> None:
    turn = press(head_sees(of), pressed(verb, WAITING, "0"))
    assert turn.replies[0].template == "head/refused"
    assert turn.commands == ()


PEOPLE = (LAN, MINH, HOA)
STATUSES = {
    ReviewStatus.SUBMITTED: None,
    ReviewStatus.APPROVED: Outcome.APPROVED,
    ReviewStatus.RETURNED: Outcome.RETURNED,
    ReviewStatus.DRAFTING: Outcome.WITHDRAWN,
}
SECOND = draft(2, {**ANSWERS, "strengths": Answer("Tận tụy")})


@given(
    who=st.sampled_from(PEOPLE),
    author=st.sampled_from(PEOPLE),
    approver=st.sampled_from((*PEOPLE, None)),
    status=st.sampled_from(list(STATUSES)),
    pressed_on=st.sampled_from([draft(1), SECOND]),
    digits=st.sampled_from([draft(1).stamp[:12], SECOND.stamp[:12], "", "0"]),
    comment=st.sampled_from(["0", "abcdef", ""]),
)
def test_an_approval_needs_the_approver_the_waiting_version_its_content_and_the_comment_shown(
    who: Person,
    author: Person,
    approver: Person | None,
    status: ReviewStatus,
    pressed_on: Draft,
    digits: str,
    comment: str,
) -> None:
    ended = STATUSES[status]
    decisions = (decided(1, Outcome.RETURNED), *((decided(2, ended),) if ended else ()))
    of = review(draft(1), SECOND, person=author, status=status, decisions=decisions, approver=approver and approver.id)
    button = Button("head_approve", of.id, (str(pressed_on.version), digits, comment))
    commands = press(State(who, "vi", NOW, about=of), button).commands
    entitled = who == approver and who != author and status is ReviewStatus.SUBMITTED
    exact = (pressed_on.version, digits, comment) == (2, SECOND.stamp[:12], "0")
    assert [c for c in commands if isinstance(c, Approve)] == ([Approve(of.id, 2, "")] if entitled and exact else [])
