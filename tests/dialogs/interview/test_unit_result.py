"""d of a leader in the interview: 335 Điều 15 khoản 3 điểm a. What the scores come to is shown; another answer is asked about."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.events import Pressed, Said
from dialogs.core.state import State
from dialogs.step import step
from rules.campaign.months.leading import LedScore, UnitResult
from rules.nouns.reviews import Answer, ReviewStatus
from templates.wording import label, message
from tests.dialogs.head.test_together import BOOKS, GOOD, HEAD, NOW, sheet

SHEET = replace(
    sheet(1, "Pâng"),
    person=HEAD,
    status=ReviewStatus.DRAFTING,
    drafts=(),
    answers={key: Answer(value) for key, value in {"period": "tháng 9", **GOOD}.items()},
    approver_id=9,
)
ALL = UnitResult(100, 50, (LedScore("Lò Văn An", 93.0, confirmed=True), LedScore("Lò Văn Bích", 50.0)))
HALF = UnitResult(50, 50, (LedScore("Lò Văn An", 49.5, confirmed=True),))
OPEN = UnitResult(None, 50, (LedScore("Lò Văn An", 93.0, confirmed=True), LedScore("Lò Văn Bích", None)))


def at_d(result):
    focus = {"for": "question", "review": SHEET.id, "question": "unit_result"}
    return State(HEAD, "vi", NOW, own=SHEET, focus=focus, unit_results={SHEET.id: result})


def worded(turn):
    return message(turn.replies[0].template, turn.replies[0].values, "vi")


def answers(value, *sure):
    return Pressed(Button("answer", SHEET.id, ("unit_result", value, *sure)))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            ALL,
            "điểm đang có của 2 người thuộc quyền quản lý: đều từ 50 điểm trở lên → 100%. 1 người mới gửi, chưa được xác nhận.",
        ),
        (HALF, "có người dưới 50 điểm (Lò Văn An 49,5) → 50%."),
        (OPEN, "Đã có điểm của 1/2 người thuộc quyền quản lý, đều từ 50 điểm trở lên"),
        (OPEN, "Chưa có điểm của Lò Văn Bích."),
    ],
)
def test_the_arithmetic_stands_beside_the_question(result, said):
    shown = step(BOOKS, at_d(result), Pressed(Button("go", SHEET.id, ("unit_result",))))
    assert said in worded(shown)
    assert "NĐ 335/2025, Điều 15 khoản 3 điểm a, khoản 4" in worded(shown)


def test_an_answer_as_the_scores_say_is_kept_at_once():
    kept = step(BOOKS, at_d(ALL), answers("100"))
    assert [one.answer.value for one in kept.commands if isinstance(one, KeepAnswer)] == [100]


@pytest.mark.parametrize("event", [answers("100"), Said("100")], ids=["pressed", "typed"])
def test_another_answer_is_asked_about_and_may_be_given_all_the_same(event):
    asked = step(BOOKS, at_d(HALF), event)
    assert not [one for one in asked.commands if isinstance(one, KeepAnswer)]
    assert asked.replies[0].template == "question/contradicts"
    assert "có người dưới 50 điểm (Lò Văn An 49,5) → 50%." in worded(asked)
    keys = [key for row in asked.replies[0].keyboard for key in row]
    for language in ("vi", "en"):
        assert all(label(key.label, key.values, language) for key in keys)
    kept = [step(BOOKS, at_d(HALF), Pressed(key.button)) for key in keys]
    values = [one.answer.value for turn in kept for one in turn.commands if isinstance(one, KeepAnswer)]
    assert values == [50, 100]


def test_where_somebody_is_not_known_yet_either_may_be_said():
    for value in ("100", "50"):
        assert isinstance(step(BOOKS, at_d(OPEN), answers(value)).commands[0], KeepAnswer)
