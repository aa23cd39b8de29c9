"""Cao Văn Lỡ (TL-016), disciplined in duty: decided not completed in Mẫu số 02, asked again in the form of the party.

Nghị định 335/2025/NĐ-CP, Điều 20 khoản 4 điểm c; Quy định 366-QĐ/TW, Điều 3 khoản 4 and Điều 11 khoản 4.
"""

from dataclasses import replace

from bot.rulebooks.library import Library
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed, Said
from dialogs.core.state import State
from dialogs.core.turn import Notify, Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.step import step
from rules.judging.elsewhere import ReviewsAround
from rules.nouns.reviews import Answer, Review, ReviewStatus
from rules.nouns.values import Rating
from templates.wording import message
from tests.dialogs.deciding import QUY, sees
from tests.dialogs.small_office import NOW, TAM
from tests.rules.campaign.deciding.test_truth import LO, decided, of_lo

SHELF = Library()
CIVIL = decided(of_lo()[0], Rating.NOT_COMPLETED)


def drafting(**answers: object) -> Review:
    """The form of the party while it is filled: everything is answered but what is given."""
    party = of_lo()[1]
    written = {
        question.key: Answer("Đã làm đủ việc.", skipped=False)
        for question in SHELF[party.campaign.edition].forms[party.form].questions.values()
        if question.kind.value == "text"
    }
    given = {
        **written,
        "birth": Answer("1990-05-12"),
        **party.answers,
        **{key: Answer(value) for key, value in answers.items()},
    }  # type: ignore[arg-type]
    del given["disciplined"]
    return replace(party, status=ReviewStatus.DRAFTING, drafts=(), answers=given, approver_id=TAM.id)


def state(own: Review, *mine: Review, **more: object) -> State:
    return State(LO, "vi", NOW, own=own, approver=TAM, around={own.id: ReviewsAround(mine or (CIVIL,))}, **more)  # type: ignore[arg-type]


def answered(before: State, turn: Turn) -> State:
    """The state once the turn's answers and focus are kept."""
    own, focus = before.own, before.focus
    for command in turn.commands:
        if type(command).__name__ == "KeepAnswer":
            own = replace(own, answers={**own.answers, command.question: command.answer})
        if type(command).__name__ == "SetFocus":
            focus = command.focus
    return replace(before, own=own, focus=focus)


def words(reply: Reply) -> str:
    return message(reply.template, reply.values, "vi")


def asked(now: State) -> str:
    place = OwnReview.of(SHELF, now).current()
    return place.key if place else ""


def go_to(now: State, question: str) -> tuple[State, Reply]:
    turn = step(SHELF, now, Pressed(Button("go", now.own.id, (question,))))
    return answered(now, turn), turn.replies[0]


def test_the_form_of_the_party_offers_what_was_said_and_decided() -> None:
    _, shown = go_to(state(drafting()), "disciplined")
    assert "(ở Mẫu số 02: Có)" in words(shown)


def test_the_other_answer_is_asked_about_and_kept_only_with_a_word() -> None:
    now, _ = go_to(state(drafting()), "disciplined")
    turn = step(SHELF, now, Pressed(Button("answer", now.own.id, ("disciplined", "false"))))
    said = words(turn.replies[0])
    assert "Ở Mẫu số 02, năm 2026, anh/chị trả lời: có, và phiếu đó đã được quyết định." in said
    assert "Hai nơi ghi khác nhau về cùng một việc." in said
    now = answered(now, turn)
    assert asked(now) == "disciplined"
    turn = step(SHELF, now, Said("Kỷ luật ấy đã được hủy."))
    now = answered(now, turn)
    assert now.own.answers["disciplined"] == Answer(value=False, note="Kỷ luật ấy đã được hủy.")
    assert asked(now) != "disciplined"


def test_a_word_goes_with_the_answer_it_explains() -> None:
    now = state(replace(drafting(), answers={**drafting().answers, "disciplined": Answer(value=False, note="Khác.")}))
    turn = step(SHELF, now, Pressed(Button("answer", now.own.id, ("disciplined", "true"))))
    assert answered(now, turn).own.answers["disciplined"] == Answer(value=True)


def test_the_suggestion_follows_the_truth_whatever_is_said() -> None:
    given = {**drafting().answers, "disciplined": Answer(value=False, note="Khác.")}
    sheet = OwnReview.of(SHELF, state(replace(drafting(), answers=given)))
    found = sheet.suggestion
    assert found is not None
    assert found.rating is None
    assert found.possible[-1] is Rating.NOT_COMPLETED
    honest = {
        **given,
        "disciplined": Answer(value=True),
        "discipline_in_duty": Answer(value=True),
        "discipline_counted": Answer(value=False),
    }
    sheet = OwnReview.of(SHELF, state(replace(drafting(), answers={**honest, "mitigation": Answer(value=False)})))
    assert sheet.suggestion is not None
    assert sheet.suggestion.rating is Rating.NOT_COMPLETED


def test_the_person_sees_both_before_sending_and_the_head_on_the_card() -> None:
    given = {**drafting().answers, "disciplined": Answer(value=False, note="Đã được hủy.")}
    now = state(replace(drafting(), answers=given))
    given["self_rating"] = Answer("completed", note="Lý do của tôi.")
    now = replace(now, own=replace(now.own, answers=given))
    (page,) = step(SHELF, now, Pressed(Button("next", now.own.id))).replies
    assert page.template == "review/check"
    both = "Bị xử lý kỷ luật trong năm: phiếu này ghi không; nơi khác ghi có, Đinh Quang Thạch, Giám đốc Sở, quyết định lúc"
    assert both in words(page)
    send = next(key.button for row in page.keyboard for key in row if key.label == "review/send")
    turn = step(SHELF, now, Pressed(send))
    (card,) = [one.reply for one in turn.commands if isinstance(one, Notify)]
    assert both in words(card)
    assert "Đã được hủy." in words(card)


def test_the_authority_reads_who_decided_the_rating_as_a_civil_servant_when() -> None:
    party = replace(of_lo()[1], decider_id=QUY.id)
    for civil, said in (
        (
            CIVIL,
            "Mức xếp loại công chức, viên chức: <b>Không hoàn thành nhiệm vụ</b>, Đinh Quang Thạch, Giám đốc Sở, quyết định lúc",
        ),
        (of_lo()[0], "Mức xếp loại công chức, viên chức: chưa được quyết định (Mẫu số 02, năm 2026)."),
    ):
        now = sees(party, around={party.id: ReviewsAround((civil,))})
        (card,) = step(SHELF, now, Pressed(Button("decide_card", party.id))).replies
        assert said in words(card)
