"""A question for a text that became one for a date, in the middle of a campaign: nothing is lost, nothing is stuck."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.stamps import stamp
from dialogs.core.state import State
from dialogs.core.turn import Turn
from dialogs.step import step
from rules.forms.form import Item, Question, QuestionKind, Section
from rules.nouns.reviews import Answer, ReviewStatus
from rules.nouns.rulings import Offer
from templates.wording import message
from tests.dialogs.small_office import BOOK, FORM, LAN, NOW, review

_BIRTH = Question("birth", QuestionKind.DATE, "Ngày sinh?", not_before="1900-01-01", not_after="today")
_FORM = replace(
    FORM,
    sections=(
        Section("a", "A", printed=False, items=(Item("a1", "1", "Ngày sinh", questions=(_BIRTH,)),)),
        *FORM.sections,
    ),
    questions={"birth": _BIRTH, **FORM.questions},
)


class Books:
    """The book of the small office, with a date in its form."""

    def __getitem__(self, _: object) -> object:
        return replace(BOOK, forms={_FORM.id: _FORM})


def state(kept: str = "", offered: str = "", form: str = "Mẫu 02") -> State:
    own = replace(
        review(status=ReviewStatus.DRAFTING),
        answers={"birth": Answer(kept)} if kept else {},
        offers={"birth": Offer(offered, form=form, year=2019 if form else NOW.year)} if offered else {},
    )
    return State(LAN, "vi", NOW, own=own)


def labels(turn: Turn) -> list[str]:
    return [key.label for row in turn.replies[0].keyboard for key in row]


def kept_by(turn: Turn) -> list[object]:
    return [command.answer.value for command in turn.commands if isinstance(command, KeepAnswer)]


@pytest.mark.parametrize(("kept", "number"), [("5/3/1980", 2), ("1980-03-05", 2), ("khoảng 1980", 1)])
def test_what_was_typed_before_counts_where_it_means_one_day(kept: str, number: int) -> None:
    turn = step(Books(), state(kept), Commanded("tieptuc"))
    assert turn.replies[0].values["number"] == number


def test_what_means_no_day_is_shown_and_asked_again_and_cannot_be_kept() -> None:
    asked = step(Books(), state("khoảng 1980"), Commanded("tieptuc"))
    assert asked.replies[0].values["kept"]["text"] == "khoảng 1980"
    assert "question/keep" not in labels(asked)
    assert kept_by(step(Books(), state("khoảng 1980"), Pressed(Button("keep", 100, ("birth",))))) == []


def test_the_day_typed_now_is_kept_as_a_date() -> None:
    assert kept_by(step(Books(), state("khoảng 1980"), Said("5/3/1980"))) == ["1980-03-05"]


def test_an_offer_that_was_kept_as_a_text_is_taken_over_by_its_button_of_old() -> None:
    button = Button("reuse", 100, ("birth", stamp("5/3/1980")))
    assert kept_by(step(Books(), state(offered="5/3/1980"), Pressed(button))) == ["5/3/1980"]


def test_what_the_roster_holds_is_taken_over_from_the_roster() -> None:
    button = Button("reuse", 100, ("birth", stamp("5/3/1980")))
    (asked,) = step(Books(), state(offered="5/3/1980", form=""), Pressed(button)).replies
    assert "✓ Đã lấy từ danh sách của cơ quan vào câu 1: 05/3/1980." in message(asked.template, asked.values, "vi")


def test_an_offer_that_means_no_day_is_offered_no_more() -> None:
    asked = step(Books(), state(offered="khoảng 1980"), Commanded("tieptuc"))
    assert "question/reuse" not in labels(asked)
    button = Button("reuse", 100, ("birth", stamp("khoảng 1980")))
    assert kept_by(step(Books(), state(offered="khoảng 1980"), Pressed(button))) == []
