"""The first minute: strangers with each kind of code, the welcome, and "this is not me"."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import TieAccount, Untie
from dialogs.core.events import Commanded, Event, Pressed, Said, Sent
from dialogs.core.state import Invitation, Invited, State
from dialogs.step import step
from rules.nouns.reviews import Answer, ReviewStatus
from templates.wording import message
from tests.dialogs.decided import ruling
from tests.dialogs.small_office import BOOKS, LAN, MINH, NOW, TAM, draft, review

FRESH = review(status=ReviewStatus.DRAFTING)


def stranger(outcome: Invitation, **more: object) -> State:
    return State(None, "vi", NOW, invited=replace(Invited(outcome), **more))


def welcomed(**more: object) -> State:
    state = State(None, "vi", NOW, invited=Invited(Invitation.VALID, 7, LAN), own=FRESH, due=dt.date(2020, 12, 4))
    return replace(state, **more)


@pytest.mark.parametrize(
    "event",
    [
        Said("Xin chào"),
        Said("{{ 7 * 7 }}"),
        Sent("photo"),
        Commanded("tieptuc"),
        Commanded("choduyet"),
        Pressed(None),
        Pressed(Button("head_card", 100)),
        Pressed(Button("answer", 100, ("attitude", "good"))),
    ],
    ids=str,
)
def test_without_a_code_nothing_works_but_a_kind_question(event: Event) -> None:
    turn = step(BOOKS, State(None, "vi", NOW), event)
    assert [reply.template for reply in turn.replies] == ["welcome/who_are_you"]
    assert turn.commands == ()


@pytest.mark.parametrize(
    ("outcome", "template"),
    [
        (Invitation.NONE, "welcome/who_are_you"),
        (Invitation.UNKNOWN, "welcome/unknown_code"),
        (Invitation.USED, "welcome/used_code"),
        (Invitation.EXPIRED, "welcome/expired_code"),
        (Invitation.REVOKED, "welcome/revoked_code"),
        (Invitation.MALFORMED, "welcome/malformed_code"),
        (Invitation.TOO_MANY, "welcome/too_many_codes"),
        (Invitation.OTHER, "welcome/tied_already"),
    ],
)
def test_a_code_that_does_not_open_says_why(outcome: Invitation, template: str) -> None:
    turn = step(BOOKS, stranger(outcome), Commanded("start", "AAAA"))
    assert turn.replies[0].template == template
    assert turn.commands == ()


@pytest.mark.parametrize("outcome", [Invitation.UNKNOWN, Invitation.MALFORMED])
@pytest.mark.parametrize(
    ("left", "said"),
    [(3, "Còn thử được 3 lần nữa."), (0, "Đã hết số lần thử liên tiếp"), (None, "Mời anh/chị xem lại")],
)
def test_a_wrong_code_tells_how_many_more_may_be_tried(outcome: Invitation, left: int | None, said: str) -> None:
    (reply,) = step(BOOKS, stranger(outcome, left=left), Said("ABCDEFGHJKMN")).replies
    assert said in message(reply.template, reply.values, "vi")


def test_a_good_code_ties_the_account_and_greets_by_name() -> None:
    turn = step(BOOKS, welcomed(), Commanded("start", "ABCDEFGHJKMN"))
    assert turn.commands == (TieAccount(7, LAN.id),)
    assert turn.replies[0].template == "welcome/welcome"
    assert turn.replies[0].values["name"] == "Nguyễn Thị Lan"


def test_the_welcome_tells_form_reason_length_and_last_day() -> None:
    (reply,) = step(BOOKS, welcomed(), Said("ABCDEFGHJKMN")).replies
    told = reply.values["review"]
    assert (told["form"], told["code"], told["year"]) == ("PHIẾU ĐÁNH GIÁ THỬ", "Mẫu thử", 2020)
    assert (told["why"], told["cite"]) == ("Công chức dùng mẫu này", "Điều thử 1")
    assert (told["questions"], told["minutes"]) == (4, 10)
    assert (told["due"], told["days"]) == ("2020-12-04", 3)


def test_the_welcome_tells_the_authority_how_many_decisions_wait() -> None:
    (reply,) = step(BOOKS, welcomed(to_decide=7), Said("ABCDEFGHJKMN")).replies
    assert "Có 7 bản đang chờ anh/chị quyết định." in message(reply.template, reply.values, "vi")
    assert Button("decide_list") in [key.button for row in reply.keyboard for key in row]
    (reply,) = step(BOOKS, welcomed(), Said("ABCDEFGHJKMN")).replies
    assert "đang chờ anh/chị quyết định" not in message(reply.template, reply.values, "vi")


def test_who_has_sent_is_told_neither_how_long_it_takes_nor_that_it_is_late() -> None:
    """Another phone, a week after the last day."""
    late = welcomed(own=review(draft()), due=NOW.date() - dt.timedelta(days=7))
    (reply,) = step(BOOKS, late, Said("ABCDEFGHJKMN")).replies
    words = message(reply.template, reply.values, "vi")
    assert "Anh/chị đã gửi bản này." in words
    assert "phút" not in words
    assert "quá hạn" not in words


def test_the_welcome_begins_with_one_press_and_offers_the_way_out() -> None:
    (reply,) = step(BOOKS, welcomed(), Said("ABCDEFGHJKMN")).replies
    assert [(key.label, key.button) for row in reply.keyboard for key in row] == [
        ("welcome/begin", Button("next", 100)),
        ("welcome/not_me", Button("not_me")),
        ("welcome/more", Button("welcome")),
    ]


def test_on_another_device_one_is_told_how_far_one_is() -> None:
    begun = replace(FRESH, answers={"attitude": Answer("good")})
    (reply,) = step(BOOKS, welcomed(own=begun), Said("ABCDEFGHJKMN")).replies
    words = message(reply.template, reply.values, "vi")
    assert "Đã trả lời 1/4 câu" in words
    assert "phút" not in words
    assert reply.keyboard[0][0].label == "welcome/go_on"


def test_who_has_sent_is_led_to_what_was_sent_and_then_to_the_result() -> None:
    sent = review(draft())
    (reply,) = step(BOOKS, welcomed(own=sent), Said("ABCDEFGHJKMN")).replies
    assert (reply.keyboard[0][0].label, reply.keyboard[0][0].button) == ("welcome/see_sent", Button("next", 100))
    ruled = replace(sent, status=ReviewStatus.DECIDED, rulings=(ruling(),))
    (reply,) = step(BOOKS, welcomed(own=ruled), Said("ABCDEFGHJKMN")).replies
    assert "Bản này đã có kết quả xếp loại." in message(reply.template, reply.values, "vi")
    assert (reply.keyboard[0][0].label, reply.keyboard[0][0].button) == ("welcome/see_result", Button("next", 100))
    agreed = replace(sent, status=ReviewStatus.FINAL)  # a month's sheet: nobody decides a rating
    (reply,) = step(BOOKS, welcomed(own=agreed), Said("ABCDEFGHJKMN")).replies
    assert reply.keyboard[0][0].label == "welcome/see_sent"


def test_what_is_not_needed_to_begin_is_one_press_away_in_place() -> None:
    (short,) = step(BOOKS, welcomed(), Said("ABCDEFGHJKMN")).replies
    assert "Điều thử 1" not in message(short.template, short.values, "vi")
    turn = step(BOOKS, known(due=dt.date(2020, 12, 4)), Pressed(Button("welcome")))
    (whole,) = turn.replies
    words = message(whole.template, whole.values, "vi")
    assert whole.replaces
    assert turn.commands == ()
    assert "Vì sao mẫu này: Công chức dùng mẫu này (Điều thử 1)." in words
    assert "/dulieu" in words
    assert [key.label for row in whole.keyboard for key in row] == ["welcome/begin", "welcome/not_me"]


def test_a_head_is_told_what_waits() -> None:
    head = Invited(Invitation.VALID, 8, MINH)
    (reply,) = step(BOOKS, welcomed(invited=head, waiting=(review(draft()),)), Said("ABCDEFGHJKMN")).replies
    assert reply.values["waiting"] == 1
    assert "head/list" in [key.label for row in reply.keyboard for key in row]


def test_somebody_without_a_review_is_welcomed_all_the_same() -> None:
    (reply,) = step(BOOKS, welcomed(own=None, due=None), Said("ABCDEFGHJKMN")).replies
    assert reply.values["review"] is None


def known(**more: object) -> State:
    return replace(State(LAN, "vi", NOW, own=FRESH), **more)


@pytest.mark.parametrize(
    "invited", [Invited(Invitation.OTHER), Invited(Invitation.VALID, 9, TAM)], ids=["other", "valid"]
)
def test_the_code_of_somebody_else_is_refused_kindly(invited: Invited) -> None:
    turn = step(BOOKS, known(invited=invited), Commanded("start", "ABCDEFGHJKMN"))
    assert turn.replies[0].template == "welcome/not_your_code"
    assert turn.commands == ()


@pytest.mark.parametrize("outcome", [Invitation.USED, Invitation.EXPIRED, Invitation.UNKNOWN])
def test_one_s_own_old_code_leads_back_into_the_conversation(outcome: Invitation) -> None:
    turn = step(BOOKS, known(invited=Invited(outcome)), Commanded("start", "ABCDEFGHJKMN"))
    assert turn.replies[0].template == "welcome/welcome"
    assert turn.commands == ()


def test_start_in_the_middle_goes_on_where_the_review_stands() -> None:
    begun = replace(FRESH, answers={"attitude": Answer("good")})
    turn = step(BOOKS, known(own=begun), Commanded("start"))
    assert turn.replies[0].template.startswith("question/")


def test_this_is_not_me_is_asked_once_more_and_then_unties() -> None:
    asked = step(BOOKS, known(), Pressed(Button("not_me")))
    assert asked.commands == ()
    done = step(BOOKS, known(), Pressed(asked.replies[0].keyboard[0][0].button))
    assert done.commands == (Untie(not_theirs=True),)
    assert done.replies[0].template == "welcome/untied"
