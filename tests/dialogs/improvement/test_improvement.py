"""The plan of improvement: what, by when."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.improvement import AddImprovement, EndImprovement
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.knowledge.results import Results
from dialogs.core.state import State
from dialogs.core.turn import SetFocus, Turn
from dialogs.improvement.adding import last_day, month_ends
from dialogs.improvement.lines import MAX_LINES
from dialogs.shown.improving import values
from dialogs.step import step
from rules.book.editions import rating_day
from rules.forms.form import Question, QuestionKind
from rules.nouns.reviews import Answer, Json
from rules.nouns.rulings import Improvement
from tests.dialogs.decided import decided, sees
from tests.dialogs.small_office import ANSWERS, BOOK, FORM, LAN, NOW, draft

QUESTIONS = {
    **FORM.questions,
    "plan": Question("plan", QuestionKind.TEXT, "Biện pháp", topic="remedies"),
    "shortcomings": Question("shortcomings", QuestionKind.TEXT, "?", topic="shortcomings"),
}
BOOKS = {(BOOK.id, rating_day(2020)): replace(BOOK, forms={FORM.id: replace(FORM, questions=QUESTIONS)})}
SAID = "- Gửi báo cáo trước hạn hai ngày; mỗi quý học một lớp\n2. Lập bảng số liệu."


def line(number: int, what: str = "Gửi báo cáo đúng hạn", day: int = 31, done: dt.date | None = None) -> Improvement:
    return Improvement(number, LAN.id, 2020, what, dt.date(2020, 12, day), NOW, done)


def plans(*lines: Improvement, said: Json = None, focus: dict[str, Json] | None = None) -> State:
    answers = {**ANSWERS, "plan": Answer(said)} if said else ANSWERS
    state = sees(replace(decided(), drafts=(draft(answers=answers),)), focus=focus)
    assert state.room is not None
    return replace(state, room=replace(state.room, improvements=lines))


def press(state: State, verb: str, *about: str, number: int = 0) -> Turn:
    return step(BOOKS, state, Pressed(Button(verb, number, about)))


def told(turn: Turn) -> str:
    (reply,) = turn.replies
    assert reply.template in {"plan/page", "plan/ask_day"}
    return str(reply.values["told"])


def verbs(turn: Turn) -> list[str]:
    return [key.button.verb for reply in turn.replies for row in reply.keyboard for key in row]


def focus_of(turn: Turn) -> dict[str, Json] | None:
    return [dict(c.focus) if c.focus else None for c in turn.commands if isinstance(c, SetFocus)][-1]


def test_an_empty_plan_offers_to_begin():
    turn = step(BOOKS, plans(), Commanded("khacphuc"))
    assert verbs(turn) == ["plan_add", "result_list"]


def test_open_lines_come_first_the_nearest_before():
    turn = step(BOOKS, plans(line(1, done=NOW.date()), line(2, day=31), line(3, day=20)), Commanded("khacphuc"))
    assert [one["by"] for one in turn.replies[0].values["lines"]] == ["2020-12-20", "2020-12-31", "2020-12-31"]
    assert verbs(turn)[:4] == ["plan_done", "plan_remove"] * 2


def test_a_line_is_words_then_a_day():
    asked = press(plans(), "plan_add")
    assert focus_of(asked) == {"for": "plan_what"}
    day = step(BOOKS, plans(focus=focus_of(asked)), Said("  Gửi báo cáo\n đúng hạn "))
    assert focus_of(day) == {"for": "plan_day", "what": "Gửi báo cáo đúng hạn"}
    turn = step(BOOKS, plans(focus=focus_of(day)), Said("05/3/2021"))
    assert turn.commands == (AddImprovement(2020, "Gửi báo cáo đúng hạn", dt.date(2021, 3, 5)), SetFocus(None))
    assert told(turn) == "added"
    assert turn.replies[0].values["count"] == 1


def test_a_month_end_is_one_press():
    turn = press(plans(focus={"for": "plan_day", "what": "Học lớp"}), "plan_by", "2021-01-31")
    assert turn.commands[0] == AddImprovement(2020, "Học lớp", dt.date(2021, 1, 31))
    again = press(plans(line(1)), "plan_by", "2021-01-31")
    assert (told(again), again.commands) == ("begin_again", ())


@pytest.mark.parametrize(
    ("typed", "why"),
    [("mai", "unread"), ("31/11/2021", "unread"), ("1/12/2020", "past"), ("1/12", "past"), ("1/1/2022", "far")],
)
def test_a_day_that_cannot_be(typed, why):
    focus = {"for": "plan_day", "what": "Học lớp"}
    turn = step(BOOKS, plans(focus=focus), Said(typed))
    assert told(turn) == why
    assert turn.commands == (SetFocus(focus),)


@pytest.mark.parametrize("about", [(), ("rất sớm",), ("2020-12-01",), ("2031-01-31",)])
def test_a_forged_day_is_refused(about):
    turn = press(plans(focus={"for": "plan_day", "what": "Học lớp"}), "plan_by", *about)
    assert told(turn) in {"unread", "past", "far"}
    assert not [c for c in turn.commands if isinstance(c, AddImprovement)]


def test_the_ends_of_months_lie_after_today():
    assert month_ends(dt.date(2020, 11, 30))[0] == dt.date(2020, 12, 31)
    assert month_ends(dt.date(2021, 1, 30))[:2] == (dt.date(2021, 1, 31), dt.date(2021, 2, 28))
    assert {len(month_ends(dt.date(2020, 1, 1) + dt.timedelta(days=n))) for n in range(366)} == {6}
    assert last_day(dt.date(2020, 12, 31)) == dt.date(2021, 12, 31)


@pytest.mark.parametrize("text", ["", "x" * 301])
def test_words_are_needed_and_not_too_many(text):
    turn = step(BOOKS, plans(focus={"for": "plan_what"}), Said(text))
    assert turn.replies[0].template in {"head/expected", "head/too_long"}
    assert not turn.commands


def test_a_line_is_done_once():
    turn = press(plans(line(1)), "plan_done", "1")
    assert turn.commands == (EndImprovement(1, done=True),)
    assert turn.replies[0].values["lines"][0]["done"] == "2020-12-01"
    again = press(plans(line(1, done=NOW.date())), "plan_done", "1")
    assert (told(again), again.commands) == ("done_before", ())


def test_a_line_is_taken_out_after_asking():
    state = plans(line(1))
    assert press(state, "plan_remove", "1").replies[0].template == "plan/remove"
    turn = press(state, "plan_removed", "1")
    assert turn.commands == (EndImprovement(1, done=False),)
    assert told(press(plans(), "plan_removed", "1")) == "gone"
    assert told(press(plans(), "plan_remove")) == "gone"


def test_the_form_is_a_first_draft():
    turn = press(plans(said=SAID), "plan_offers")
    assert turn.replies[0].values["lines"] == [
        "Gửi báo cáo trước hạn hai ngày",
        "mỗi quý học một lớp",
        "Lập bảng số liệu",
    ]
    taken = press(plans(said=SAID), "plan_take", "plan", "2", number=100)
    assert focus_of(taken) == {"for": "plan_day", "what": "Lập bảng số liệu"}


def test_what_is_in_the_plan_is_offered_no_more():
    state = plans(line(1, "lập bảng  số liệu"), said=SAID)
    assert press(state, "plan_offers").replies[0].values["count"] == 2
    gone = press(state, "plan_take", "plan", "2", number=100)
    assert gone.replies[0].template == "plan/offered"


def test_a_form_that_is_not_decided_yet_is_a_first_draft_too():
    whole = plans(said=SAID)
    state = replace(whole, room=Results())
    assert whole.room != state.room
    assert press(state, "plan_offers").replies[0].values["count"] == 3


def test_a_list_is_read_item_by_item():
    said: Json = {"items": [{"name": "Học lớp"}, {"share": 3}, {"name": "Học lớp"}], "closed": True}
    assert press(plans(said=said), "plan_offers").replies[0].values["lines"] == ["Học lớp"]


def test_without_a_draft_there_is_nothing_to_offer():
    turn = press(plans(), "plan_offers")
    assert turn.replies[0].template == "plan/page"
    assert "plan_offers" not in verbs(turn)


def test_long_plans_page_and_end():
    full = plans(*(line(n, f"Việc {n}") for n in range(1, MAX_LINES + 1)), said=SAID)
    first = step(BOOKS, full, Commanded("khacphuc"))
    assert (first.replies[0].values["first"], first.replies[0].values["last"]) == (1, 6)
    assert verbs(first)[-2:] == ["plan_list", "result_list"]
    assert press(full, "plan_list", "24").replies[0].values["last"] == 30
    assert press(full, "plan_list", "90").replies[0].values["first"] == 1
    assert told(press(full, "plan_add")) == "full"
    assert told(press(full, "plan_take", "plan", "0", number=100)) == "full"


def test_late_is_what_is_open_after_its_day():
    assert values(line(1, day=1), dt.date(2020, 12, 2))["late"]
    assert not values(line(1, day=2), dt.date(2020, 12, 2))["late"]
    assert not values(line(1, day=1, done=NOW.date()), dt.date(2020, 12, 2))["late"]
