"""One figure in place of three percentages, chosen where the first of them stands; from there back to them."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.events import Pressed, Said
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from dialogs.shown.changes import changes
from dialogs.step import step
from rules.ledger.catalogue import Product
from rules.ledger.filling import filled
from rules.ledger.work import WorkLedger, WorkLine
from rules.nouns.reviews import Answer, Review, ReviewStatus
from templates.wording import message
from tests.dialogs.head.test_together import BOOKS, FORM, GOOD, NOW, SEPTEMBER, sheet

BEGUN = {key: Answer(value) for key, value in GOOD.items() if key not in {"quantity", "quality", "progress"}}
SHEET = replace(sheet(1, "Mây"), status=ReviewStatus.DRAFTING, drafts=(), answers=BEGUN)
BOOK = BOOKS[SEPTEMBER.edition]
#: Ten letters, nine done: a, b and c are 90 (Điều 14 khoản 2), the points 63 (Điều 17 khoản 1).
WORK = WorkLedger(SHEET.person, 2026, "m09", (WorkLine(Product("CV", "Công văn", "1", 1), 1, 10, done=9, line=1),))


def with_(**given: Answer) -> Review:
    return replace(SHEET, answers={**BEGUN, **given})


def does(review, *about, said=None, verb="instead", **more):
    focus = {"for": "question", "review": review.id, "question": "result"} if said else None
    event = Said(said) if said else Pressed(Button(verb, review.id, about))
    return step(BOOKS, State(review.person, "vi", NOW, own=review, focus=focus, **more), event)


def kept(turn):
    return {one.question: one.answer for one in turn.commands if isinstance(one, KeepAnswer)}


def offered(turn):
    return {
        (key.label, key.button.about) for row in turn.replies[0].keyboard for key in row if key.button.verb == "instead"
    }


def test_it_is_offered_where_the_first_of_the_three_stands_and_nowhere_else():
    assert offered(does(SHEET, "quantity", verb="go")) == {("question/instead", ("result", "one"))}
    assert offered(does(SHEET, "quality", verb="one")) == set()
    leads = replace(SHEET, person=replace(SHEET.person, leader=True))
    assert offered(does(leads, "quantity", verb="go")) == set()


def test_a_press_asks_for_it_and_another_for_the_three_again():
    chosen = does(SHEET, "result", "one")
    assert kept(chosen) == {"result": Answer(None)}
    assert [one.focus["question"] for one in chosen.commands if isinstance(one, SetFocus)] == ["result"]
    assert offered(chosen) == {("question/one_by_one", ("result", "each"))}
    back = does(with_(result=Answer(63.5)), "result", "each")
    assert kept(back) == {"result": Answer(None, skipped=True)}
    assert offered(back) == {("question/instead", ("result", "one"))}


@pytest.mark.parametrize(("typed", "value"), [("63,5", 63.5), ("0", 0), ("70", 70)])
def test_the_figure_is_kept_as_it_was_typed(typed, value):
    assert kept(does(with_(result=Answer(None)), said=typed)) == {"result": Answer(value)}


@pytest.mark.parametrize("typed", ["70,1", "-1", "90%", "nhiều"])
def test_what_is_no_such_figure_is_not(typed):
    turn = does(with_(result=Answer(None)), said=typed)
    assert kept(turn) == {}
    assert "Xin anh/chị ghi một số từ 0 đến 70" in message(turn.replies[0].template, turn.replies[0].values, "vi")


def test_an_old_button_loses_nothing():
    assert kept(does(with_(result=Answer(63.5)), "result", "one")) == {}
    assert kept(does(SHEET, "result", "each")) == {}


@pytest.mark.parametrize("about", [("result",), ("result", "both"), ("quantity", "one"), ("gone", "one"), ()])
def test_a_button_that_says_nothing_of_it_changes_nothing(about):
    assert kept(does(SHEET, *about)) == {}


def test_who_leads_cannot_choose_it_by_a_button_of_their_own_making():
    leads = replace(SHEET, person=replace(SHEET.person, leader=True))
    assert kept(does(leads, "result", "one")) == {}


def test_a_sheet_that_was_sent_stays_as_it_is():
    sent = replace(sheet(1, "Mây"), answers=BEGUN)
    assert kept(does(sent, "result", "one")) == {}


def test_what_was_looked_at_and_left_again_is_no_change():
    left = {**BEGUN, "result": Answer(None, skipped=True)}
    assert changes(FORM, BEGUN, left) == ()
    (one,) = changes(FORM, BEGUN, {**BEGUN, "result": Answer(63.5)})
    assert (one.question, one.after.number) == ("result", 63.5)


def test_where_a_ledger_makes_the_three_no_figure_is_offered_and_taking_it_goes_back_to_them():
    assert offered(does(SHEET, "quantity", verb="go", ledgers={SHEET.id: WORK})) == set()
    typed = with_(result=Answer(60))
    found = filled(BOOK, FORM, WORK)
    assert found.differs(typed.answers)
    assert not found.differs(with_(result=Answer(63)).answers)
    assert not found.taken(typed.answers)
