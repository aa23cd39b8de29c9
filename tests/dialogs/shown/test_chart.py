"""The chart of a year: every month with its words, for its person and for who manages them."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed
from dialogs.core.knowledge.results import Results
from dialogs.core.knowledge.sheets import Sheets
from dialogs.step import step
from rules.nouns.tracking import PeriodScore, Standing
from templates.wording import message
from tests.dialogs.head.test_together import BOOKS, NINE, buttons, state

YEAR = (
    PeriodScore(2026, "m01", Standing.OUTSIDE, 80, body="Sở cũ"),
    PeriodScore(2026, "m02", Standing.NOT_OWED),
    PeriodScore(2026, "m03", Standing.CONFIRMED, 92.5),
    PeriodScore(2026, "m04", Standing.CONFIRMED, 70, of="q2"),
    PeriodScore(2026, "m05", Standing.SENT, 95),
    *(PeriodScore(2026, f"m{month:02}", Standing.OWED) for month in range(6, 13)),
)


def worded(turn):
    reply = turn.replies[0]
    return message(reply.template, reply.values, "vi")


@pytest.mark.parametrize(
    "line",
    [
        "<code>T01 ▰▰▰▰▰▰▰▰▱▱</code> <b>80</b> nơi cũ gửi",
        "<code>T02 ▱▱▱▱▱▱▱▱▱▱</code> không tính",
        "<code>T03 ▰▰▰▰▰▰▰▰▰▱</code> <b>92,5</b> đã xác nhận",
        "<code>T04 ▰▰▰▰▰▰▰▱▱▱</code> <b>70</b> theo quý II",
        "<code>T05 ▰▰▰▰▰▰▰▰▰▰</code> <b>95</b> chưa xác nhận",
        "<code>T12 ▱▱▱▱▱▱▱▱▱▱</code> chưa có",
        # Điều 17 khoản 3, Điều 19 khoản 1: (80 + 92,5 + 70) / 3; what is only sent is not among them
        "Trung bình 3 tháng đã tính được: <b>80,83…</b>.",
    ],
)
def test_every_month_is_drawn_and_said_in_words(line):
    turn = step(BOOKS, state(room=Results(year=YEAR)), Pressed(Button("result_year", 0, ("2026",))))
    assert line in worded(turn)


def test_a_head_sees_those_they_manage_a_line_each_and_the_months_of_one():
    mine = NINE[0].person
    known = Sheets(people=(mine, NINE[1].person), of_year={(mine.id, 0): YEAR})
    listed = step(BOOKS, state(room=known), Pressed(Button("head_year", 0, ("2026",))))
    assert "<code>▇·█▆█·······</code> <b>Lò Văn An</b>: trung bình 80,83… (3 tháng)" in worded(listed)
    assert "<b>Lò Văn Bích</b>: chưa có tháng nào được xác nhận" in worded(listed)
    one = step(BOOKS, state(room=known), Pressed(buttons(listed)["head_year_of"]))
    assert one.replies[0].template == "result/year"


def test_who_is_not_theirs_is_not_there():
    turn = step(
        BOOKS, state(room=Sheets(people=(NINE[0].person,))), Pressed(Button("head_year_of", 0, ("2026", "99.0")))
    )
    assert turn.replies[0].template == "head/year"


def test_the_list_of_what_waits_leads_to_the_year():
    assert "head_year" in buttons(step(BOOKS, state(*NINE), Commanded("choduyet")))
