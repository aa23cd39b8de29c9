"""What the card of a draft and the list of what waits tell."""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.turn import Papers, Reply
from dialogs.head.door import VERBS, show_list
from dialogs.shown.draft_card import card
from rules.nouns.reviews import Answer, Outcome, ReviewStatus
from rules.nouns.values import Rating
from tests.dialogs.small_office import ANSWERS, BOOKS, TAM, decided, draft, head_sees, pressed, review

WAITING = review(draft())


def labels(reply: Reply) -> list[str]:
    return [key.label for row in reply.keyboard for key in row]


def test_the_card_tells_who_which_rating_and_where_it_differs() -> None:
    values = card(BOOKS, WAITING).values
    assert (values["name"], values["position"], values["unit"]) == ("Nguyễn Thị Lan", "Chuyên viên", "Phòng Tổng hợp")
    assert (values["self_rating"], values["suggested"], values["differs"]) == ("excellent", "good", True)
    assert values["reason"] == "Có sáng kiến được công nhận"


def test_the_card_counts_the_conditions_of_the_self_rating() -> None:
    values = card(BOOKS, WAITING).values
    assert (values["met"], values["unmet"], values["unknown"]) == (1, 0, 1)


def test_pages_come_with_the_card_when_asked_for() -> None:
    assert card(BOOKS, WAITING, pages=True).attached == Papers(100, 1, ("pages",))
    assert card(BOOKS, WAITING).attached is None


def test_a_waiting_card_offers_the_three_decisions_and_the_papers() -> None:
    assert labels(card(BOOKS, WAITING)) == [
        "head/agree",
        "head/return",
        "head/comment",
        "head/pages",
        "head/docx",
        "head/pdf",
        "head/why",
    ]


def test_a_decided_card_offers_no_decision() -> None:
    done = review(draft(), status=ReviewStatus.APPROVED, decisions=(decided(1, Outcome.APPROVED),))
    reply = card(BOOKS, done)
    assert labels(reply) == ["head/pages", "head/docx", "head/pdf", "head/why"]
    assert reply.values["decision"]["outcome"] == "approved"


def test_the_grounds_are_those_of_the_draft_not_of_the_head_s_own_review() -> None:
    turn = VERBS["head_why"](BOOKS, head_sees(WAITING), pressed("head_why", WAITING))
    (glance,) = turn.replies
    assert (glance.template, glance.values["name"]) == ("head/answer", "Nguyễn Thị Lan")
    assert [one["answer"]["self_rating"] for one in glance.values["answers"]] == ["excellent"]
    more = glance.keyboard[0][0]
    assert (more.label, len(more.button.encode()) <= 64) == ("review/in_full", True)
    (whole,) = VERBS["head_why"](BOOKS, head_sees(WAITING), more.button).replies
    assert whole.template == "head/why"
    assert [one["rating"] for one in whole.values["ratings_of"][0]["ratings"]] == ["excellent", "good", "completed"]


def test_buttons_carry_version_and_twelve_digits_of_the_stamp() -> None:
    agree = card(BOOKS, WAITING).keyboard[0][0].button
    assert agree == Button("head_agree", 100, ("1", draft().stamp[:12]))
    assert len(agree.encode()) <= 64


def test_a_resubmission_shows_what_changed_since_the_returned_version() -> None:
    mended = {**ANSWERS, "strengths": Answer("Chủ động, tận tụy")}
    again = review(draft(1), draft(2, mended), decisions=(decided(1, Outcome.RETURNED),))
    values = card(BOOKS, again).values
    assert values["since"] == {"version": 1, "outcome": "returned"}
    (change,) = values["changes"]
    assert change["before"]["text"] == "Chủ động tham mưu"
    assert change["after"]["text"] == "Chủ động, tận tụy"


def test_a_version_withdrawn_in_between_is_not_what_the_head_compares_with() -> None:
    drafts = (
        draft(1),
        draft(2, {**ANSWERS, "attitude": Answer("met")}),
        draft(3, {**ANSWERS, "attitude": Answer("unmet")}),
    )
    again = review(*drafts, decisions=(decided(1, Outcome.RETURNED), decided(2, Outcome.WITHDRAWN)))
    values = card(BOOKS, again).values
    assert values["since"]["version"] == 1
    assert values["changes"][0]["before"]["text"] == "Thực hiện tốt"


def test_with_three_waiting_the_card_leads_on_and_back() -> None:
    first, last = review(draft(), review_id=99), review(draft(), review_id=101)
    keys = {
        key.label: key.button for row in card(BOOKS, WAITING, waiting=(first, WAITING, last)).keyboard for key in row
    }
    assert keys["head/previous"] == Button("head_card", 99)
    assert keys["head/next"] == Button("head_card", 101)


def listed(reply) -> list[int]:
    """The drafts that a list leads to."""
    return [key.button.review for row in reply.keyboard for key in row if key.label == "head/open"]


def turning(reply, label: str) -> Button:
    return next(key.button for row in reply.keyboard for key in row if key.label == label)


def test_the_list_puts_differing_ratings_first_then_the_oldest() -> None:
    same = replace(draft(day=1), suggested=Rating.EXCELLENT)
    agreeing = review(same, person=TAM, review_id=1)
    late, early = review(draft(day=3), review_id=2), review(draft(day=2), review_id=3)
    (reply,) = show_list(BOOKS, head_sees(None, agreeing, late, early), Button("head_list")).replies
    assert listed(reply) == [3, 2, 1]
    assert (reply.values["count"], reply.values["differing"]) == (3, 2)


def test_a_long_list_is_turned_page_by_page() -> None:
    many = tuple(review(draft(), review_id=number) for number in range(1, 14))
    (first,) = show_list(BOOKS, head_sees(None, *many), Button("head_list")).replies
    (second,) = show_list(BOOKS, head_sees(None, *many), turning(first, "head/next")).replies
    assert listed(first) == [*range(1, 11)]
    assert listed(second) == [11, 12, 13]
    assert turning(second, "head/previous") == Button("head_list", 0, ("0",))


def test_an_empty_list_says_so() -> None:
    (reply,) = show_list(BOOKS, head_sees(None), Button("head_list")).replies
    assert (reply.values["count"], listed(reply)) == (0, [])
