"""Results of one's people, their plans, the tables of one's unit: who is told of what, and what is shown to nobody else."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.state import State
from dialogs.step import step
from rules.book.procedure import Role, ToldOf
from rules.nouns.reviews import ReviewStatus
from rules.nouns.rulings import Improvement
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating
from templates.wording import message
from tests.dialogs.small_office import BOOK, BOOKS, CAMPAIGN, HOA, LAN, MINH, NOW, TAM

RESULTS, PLANS, TABLES = (Pressed(Button(f"head_{what}")) for what in ("results", "plans", "tables"))
TELLING = replace(BOOK, told=(ToldOf(Role.UNIT_HEAD, "II.2", "thông báo kết quả"),))
SHELF = dict.fromkeys(BOOKS, TELLING)
DECIDED = ReviewLine(
    *(100, LAN, CAMPAIGN, "mau-thu", ReviewStatus.DECIDED, None, "", 9),
    started=True,
    ruled=Rating.GOOD,
)
BY = NOW.date().replace(month=12, day=20)
LINES = tuple(Improvement(n, LAN.id, 2020, f"Việc {n}", BY, NOW, done) for n, done in enumerate((None, NOW.date())))
KNOWN = Sheets(
    results=(DECIDED, replace(DECIDED, review=101, person=HOA)), told=True, plans=((LAN, LINES),), planning=1
)


def sees(room=KNOWN, person=MINH):
    return State(person, "vi", NOW, room=room)


def words(turn):
    return message(turn.replies[-1].template, turn.replies[-1].values, "vi")


def labels(turn):
    return [key.label for row in turn.replies[-1].keyboard for key in row]


def test_the_head_reads_the_results_of_their_unit_and_of_no_other():
    turn = step(SHELF, sees(), RESULTS)
    assert "Nguyễn Thị Lan" in words(turn)
    assert "Hoàn thành tốt nhiệm vụ" in words(turn)
    assert "Lê Thị Hòa" not in words(turn)


def test_without_such_a_sentence_in_the_rulebook_nobody_is_told():
    assert "Nguyễn Thị Lan" not in words(step(BOOKS, sees(), RESULTS))


@pytest.mark.parametrize("person", [HOA, TAM, replace(MINH, office="Sở khác")])
def test_results_and_plans_are_for_the_head_of_that_unit(person):
    assert "Nguyễn Thị Lan" not in words(step(SHELF, sees(person=person), RESULTS))
    assert "Việc 0" not in words(step(SHELF, sees(person=person), PLANS))


def test_a_plan_shows_each_line_with_its_day():
    told = words(step(SHELF, sees(), PLANS))
    assert "Việc 0" in told
    assert "20/12/2020" in told


def test_the_list_leads_to_what_there_is():
    assert {"head/own_results", "head/plans"} <= set(labels(step(SHELF, sees(), Commanded("choduyet"))))
    assert not {"head/own_results", "head/plans"} & set(labels(step(SHELF, sees(Sheets()), Commanded("choduyet"))))


def test_tables_are_for_heads():
    assert [one.attached.kind for one in step(SHELF, sees(), TABLES).replies] == ["xlsx", "pdf"]
    assert [one.attached for one in step(SHELF, sees(person=TAM), TABLES).replies] == [None]


#: For the check of words: every message and button of it.
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% if %} %(name)s"
BAD = replace(LAN, name=HOSTILE, position=HOSTILE)
MANY = replace(
    KNOWN,
    results=tuple(replace(DECIDED, review=n, person=replace(BAD, id=n)) for n in range(30)),
    plans=((BAD, tuple(replace(one, what=HOSTILE) for one in LINES)),) * 12,
    planning=12,
)
TURNS = [
    *((sees(MANY), event) for event in (Commanded("choduyet"), RESULTS, PLANS, TABLES)),
    *((sees(Sheets()), event) for event in (RESULTS, PLANS)),
    (sees(person=TAM), TABLES),
]
