"""What a person may say to a decision, and what they are told when it no longer fits."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.refusals import Refuse
from dialogs.core.commands.rulings import AnswerPetition, FilePetition, Respond
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.state import State
from dialogs.core.turn import Notify, Papers, SetFocus, Turn
from dialogs.step import step
from rules.campaign.permissions import Action
from rules.nouns.reviews import ReviewStatus
from rules.nouns.rulings import PetitionOutcome, Response
from rules.nouns.service import Service
from rules.nouns.values import Rating
from tests.dialogs.decided import CLOCKED, DESK, DUE, RULE, acknowledged, decided, petition, ruling, sees
from tests.dialogs.small_office import BOOKS, HOA, LAN, TAM, draft, review


def press(state: State, verb: str, *about: str, number: int = 100) -> Turn:
    return step(CLOCKED, state, Pressed(Button(verb, number, about)))


def templates(turn: Turn) -> list[str]:
    return [reply.template for reply in turn.replies]


def verbs(turn: Turn) -> list[str]:
    return [key.button.verb for reply in turn.replies for row in reply.keyboard for key in row]


def commands(turn: Turn, kind: type) -> list:
    return [command for command in turn.commands if isinstance(command, kind)]


def refusal(turn: Turn) -> str:
    assert turn.replies[0].template == "result/refused"
    return str(turn.replies[0].values["reason"])


def after(state: State, turn: Turn) -> State:
    focus = commands(turn, SetFocus)[-1].focus
    return replace(state, focus=focus)


# ── /ketqua ────────────────────────────────────────────────────────────────────────────────────


def test_before_a_decision_the_command_explains_the_suggestion():
    turn = step(CLOCKED, sees(review(draft())), Commanded("ketqua"))
    assert templates(turn) == ["review/answer"]


def test_after_it_the_command_shows_the_decision():
    turn = step(CLOCKED, sees(decided(ruling(remarks="Có cố gắng"))), Commanded("ketqua"))
    (page,) = turn.replies
    assert page.template == "result/page"
    assert page.values["ruling"]["ratings"][0]["words"] == "Hoàn thành tốt nhiệm vụ"
    assert page.values["ruling"]["remarks"] == "Có cố gắng"
    assert {"result_seen", "result_reserve", "result_petition", "result_papers", "plan_list", "result"} <= set(
        verbs(turn)
    )


def test_last_years_decision_does_not_hide_this_years_suggestion():
    past = replace(decided(number=90), campaign=replace(decided().campaign, id=0))
    state = sees(review(draft()), past)
    turn = step(CLOCKED, state, Commanded("ketqua"))
    assert (templates(turn), verbs(turn)) == (["result/list"], ["result_show", "result"])


def test_several_decisions_are_a_list():
    state = sees(decided(), decided(number=101))
    turn = step(CLOCKED, state, Commanded("ketqua"))
    assert templates(turn) == ["result/list"]
    assert verbs(turn) == ["result_show", "result_show"]
    assert "result_list" in verbs(press(state, "result_show", number=101))


def test_who_has_no_review_is_told_so():
    assert templates(step(CLOCKED, sees(), Commanded("ketqua"))) == ["review/line"]


def test_not_rated_is_shown_with_its_clause():
    (page,) = step(CLOCKED, sees(decided(ruling(rating=None, cite="Điều thử 8"))), Commanded("ketqua")).replies
    assert (page.values["ruling"]["ratings"][0]["rating"], page.values["ruling"]["cite"]) == (None, "Điều thử 8")


def test_documents_are_those_of_the_decision_the_button_names():
    state = sees(decided(ruling(1, version=1), ruling(2, version=2, reason="Phát hiện sai sót")))
    (reply,) = press(state, "result_papers", "1", "pdf").replies
    assert reply.attached == Papers(100, 1, ("pdf",), 1)
    (reply,) = press(state, "result_papers", "2", "docx").replies
    assert reply.attached == Papers(100, 2, ("docx",), 2)
    assert templates(press(state, "result_papers", "2", "exe")) == ["result/page"]


def test_what_was_decided_without_a_draft_has_no_documents():
    turn = press(sees(decided(ruling(version=0))), "result_show")
    assert "result_papers" not in verbs(turn)


@pytest.mark.parametrize(("year_before", "shown"), [(Rating.NOT_COMPLETED, True), (Rating.GOOD, False), (None, False)])
def test_a_second_year_in_a_row_is_told_with_its_clause(year_before, shown):
    service = Service(ratings={2019: year_before} if year_before else {})
    state = sees(decided(ruling(rating=Rating.NOT_COMPLETED), person=replace(LAN, service=service)))
    (page,) = press(state, "result_show").replies
    assert (page.values["two_years"] or {}).get("cite") == ("Điều thử 30" if shown else None)


# ── taking notice ──────────────────────────────────────────────────────────────────────────────


def test_notice_is_taken_of_the_decision_in_force():
    turn = press(sees(decided()), "result_seen", "1")
    assert commands(turn, Respond) == [Respond(100, 1, Response.ACKNOWLEDGED)]
    assert not commands(turn, Notify)


def test_once():
    turn = press(sees(decided(said=acknowledged())), "result_seen", "1")
    assert refusal(turn) == "answered"
    assert not turn.commands


def test_a_decision_that_was_replaced_is_not_acknowledged():
    state = sees(decided(ruling(1), ruling(2, reason="Xếp loại lại")))
    turn = press(state, "result_seen", "1")
    assert refusal(turn) == "newer"
    assert templates(turn)[1:] == ["result/page"]
    assert not turn.commands


def test_a_result_decided_anew_is_acknowledged_again():
    state = sees(decided(ruling(1), ruling(2), said=acknowledged(1)))
    assert "result_seen" in verbs(press(state, "result_show"))
    assert commands(press(state, "result_seen", "2"), Respond) == [Respond(100, 2, Response.ACKNOWLEDGED)]


def test_a_reserved_opinion_is_kept_and_told_to_the_authority_and_the_desk():
    state = sees(decided())
    asked = press(state, "result_reserve", "1")
    assert templates(asked) == ["result/ask_opinion"]
    turn = step(CLOCKED, after(state, asked), Said("  Mức này chưa tính việc đột xuất.  "))
    assert commands(turn, Respond) == [Respond(100, 1, Response.RESERVED, "Mức này chưa tính việc đột xuất.")]
    told = commands(turn, Notify)
    assert [(one.person, one.reply.template, one.cover_except) for one in told] == [
        (HOA.id, "result/told_reserved", LAN.id),
        (DESK, "result/told_reserved", None),
    ]
    assert commands(turn, SetFocus) == [SetFocus(None)]


def test_the_opinion_can_be_read_back():
    (page,) = press(sees(decided(said=acknowledged(text="Ý kiến của tôi"))), "result_show").replies
    assert page.values["response"]["text"] == "Ý kiến của tôi"


@pytest.mark.parametrize(("text", "answer"), [("", "head/expected"), ("x" * 2001, "head/too_long")])
def test_an_opinion_without_words_or_with_too_many_is_asked_again(text, answer):
    state = sees(decided())
    turn = step(CLOCKED, after(state, press(state, "result_reserve", "1")), Said(text))
    assert templates(turn) == [answer]
    assert not turn.commands


def test_an_opinion_about_a_decision_that_was_replaced_meanwhile_is_not_kept():
    focus = {"for": "result_opinion", "review": 100, "number": 1}
    turn = step(CLOCKED, sees(decided(ruling(1), ruling(2)), focus=focus), Said("Không đồng ý"))
    assert refusal(turn) == "newer"
    assert turn.commands == (SetFocus(None),)


def test_anything_else_ends_the_waiting():
    state = sees(decided(), focus={"for": "result_opinion", "review": 100, "number": 1})
    assert step(CLOCKED, state, Commanded("trogiup")).commands == (SetFocus(None),)
    assert press(state, "plan_list", number=0).commands == (SetFocus(None),)


# ── petition ───────────────────────────────────────────────────────────────────────────────────


def _shown(state: State, text: str = "Xin xem lại hai sáng kiến") -> tuple[State, Turn]:
    asked = press(state, "result_petition", "1")
    assert templates(asked) == ["result/ask_petition"]
    waiting = after(state, asked)
    confirm = step(CLOCKED, waiting, Said(text))
    return after(waiting, confirm), confirm


def test_a_petition_is_shown_before_it_is_filed():
    _, confirm = _shown(sees(decided()))
    (reply,) = confirm.replies
    assert reply.template == "result/confirm_petition"
    assert reply.values["petition"] == {
        "cite": RULE.cite,
        "days": 7,
        "note": "",
        "unverified": False,
        "due": DUE.isoformat(),
    }
    assert not commands(confirm, FilePetition)


def test_it_is_filed_with_its_clock_and_told():
    state, _ = _shown(sees(decided()))
    turn = press(state, "result_file", "1")
    assert commands(turn, FilePetition) == [FilePetition(100, 1, "Xin xem lại hai sáng kiến", DUE, RULE.cite)]
    assert [one.person for one in commands(turn, Notify)] == [HOA.id, DESK]
    assert commands(turn, SetFocus) == [SetFocus(None)]


def test_without_an_authority_inside_the_desk_is_told():
    state, _ = _shown(sees(replace(decided(), decider_id=None)))
    (told,) = commands(press(state, "result_file", "1"), Notify)
    assert (told.person, told.reply.values["outside"], told.reply.values["decides"]) == (DESK, True, False)


def test_where_the_rules_are_silent_there_is_no_clock():
    state = sees(decided(), due=False)
    asked = step(BOOKS, state, Pressed(Button("result_petition", 100, ("1",))))
    waiting = after(state, asked)
    waiting = after(waiting, step(BOOKS, waiting, Said("Xin xem lại")))
    turn = step(BOOKS, waiting, Pressed(Button("result_file", 100, ("1",))))
    assert commands(turn, FilePetition) == [FilePetition(100, 1, "Xin xem lại", None, "")]


def test_a_press_that_files_without_a_text_asks_for_it():
    assert templates(press(sees(decided()), "result_file", "1")) == ["result/ask_petition"]


@pytest.mark.parametrize("outcome", [None, *PetitionOutcome])
@pytest.mark.parametrize("verb", ["result_petition", "result_file"])
def test_one_petition_for_each_decision(verb, outcome):
    state = sees(decided(), petitions=(petition(outcome=outcome),))
    turn = press(state, verb, "1")
    assert refusal(turn) == "petitioned"
    assert not turn.commands
    assert "result_petition" not in verbs(turn)


def test_against_a_new_decision_one_may_petition_again():
    state = sees(decided(ruling(1), ruling(2)), petitions=(petition(1, PetitionOutcome.CHANGED),))
    assert templates(press(state, "result_petition", "2")) == ["result/ask_petition"]
    assert refusal(press(state, "result_petition", "1")) == "newer"


def test_it_is_taken_back_after_asking():
    state = sees(replace(decided(), status=ReviewStatus.APPEALED), petitions=(petition(),))
    asked = press(state, "result_withdraw", "1", "5")
    assert templates(asked) == ["result/withdraw"]
    assert not asked.commands
    turn = press(state, "result_withdrawn", "1", "5")
    assert commands(turn, AnswerPetition) == [AnswerPetition(5, 100, PetitionOutcome.WITHDRAWN, "")]
    assert [one.person for one in commands(turn, Notify)] == [HOA.id, DESK]


@pytest.mark.parametrize("verb", ["result_withdraw", "result_withdrawn"])
def test_what_was_answered_is_not_taken_back(verb):
    answered = petition(outcome=PetitionOutcome.KEPT, answer="Giữ nguyên vì …")
    turn = press(sees(decided(), petitions=(answered,)), verb, "1", "5")
    assert refusal(turn) == "petitioned"
    assert turn.replies[1].values["petitions"][0]["answer"] == "Giữ nguyên vì …"
    assert refusal(press(sees(decided()), verb, "1", "5")) == "no_petition"


# ── whose it is ────────────────────────────────────────────────────────────────────────────────

VERBS = {
    "result_show": Action.READ_RATING,
    "result_papers": Action.READ_PAPERS,
    "result_seen": Action.ACKNOWLEDGE,
    "result_reserve": Action.ACKNOWLEDGE,
    "result_petition": Action.PETITION,
    "result_file": Action.PETITION,
    "result_withdraw": Action.PETITION,
    "result_withdrawn": Action.PETITION,
}


@pytest.mark.parametrize(("verb", "action"), VERBS.items())
def test_anothers_result_is_refused_and_kept_in_the_audit(verb, action):
    state = sees(about=decided(person=TAM, number=200))
    turn = press(state, verb, "1", number=200)
    assert refusal(turn) == "not_yours"
    assert templates(turn) == ["result/refused"]
    assert commands(turn, Refuse) == [Refuse(action, "not_yours", review=200)]


def test_what_is_not_decided_yet_and_what_is_not_there():
    assert refusal(press(sees(review(draft())), "result_seen", "1")) == "undecided"
    assert refusal(press(sees(), "result_seen", "1", number=7)) == "missing"


def test_a_desk_that_reviews_itself_is_not_told_by_itself():
    state, _ = _shown(sees(decided(), desk=(LAN.id, DESK)))
    assert [one.person for one in commands(press(state, "result_file", "1"), Notify)] == [HOA.id, DESK]
