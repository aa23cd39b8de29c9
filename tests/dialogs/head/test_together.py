"""Nine sheets of a month confirmed on one screen."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.rulebooks.library import Library
from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import Approve
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.state import State
from dialogs.core.turn import Notify, SetFocus
from dialogs.step import step
from rules.campaign.months.leading import LedScore, UnitResult
from rules.forms.answers_stamp import answers_stamp
from rules.ledger.catalogue import Product
from rules.ledger.work import WorkLedger, WorkLine
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Campaign, Draft, Review, ReviewStatus
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Subject
from templates.wording import message
from tests.dialogs.small_office import ZONE, pressed

BOOKS = Library()
NOW = dt.datetime(2026, 10, 2, 9, 0, tzinfo=ZONE)
OFFICE = "Sở Thử nghiệm"
SEPTEMBER = Campaign(5, "decree-335-2025", 2026, OFFICE, {}, "m09")
FORM = BOOKS[SEPTEMBER.edition].forms["mau-01-335"]
HEAD = Person(1, "Quàng Văn Pâng", "Trưởng phòng", 2, "Phòng Đất đai", OFFICE, Subject.OFFICIAL, leader=True, head=True)
NAMES = ("An", "Bích", "Chung", "Dương", "Én", "Giang", "Hà", "Inh", "Khoa")
FULL = {f"p1{n}": 5 for n in (1, 2)} | {f"p{part}{n}": 2.5 for part in (2, 3) for n in (1, 2, 3, 4)}
GOOD = {**FULL, "quantity": 100, "quality": 100, "progress": 100, "strengths": "Đủ việc.", "shortcomings": "Không"}


def sheet(number, name, *, comment="", leader=False, version=1, **answers):
    person = Person(
        number, f"Lò Văn {name}", "Chuyên viên", 2, HEAD.unit, OFFICE, Subject.OFFICIAL, leader=leader, deputy=leader
    )
    given = {key: Answer(value) for key, value in {"period": "tháng 9", **GOOD, **answers}.items()}
    drafts = tuple(
        Draft(n, answers_stamp(FORM, given), given, None, None, NOW - dt.timedelta(hours=9 - n))
        for n in range(1, version + 1)
    )
    return Review(
        100 + number, person, SEPTEMBER, FORM.id, ReviewStatus.SUBMITTED, given, HEAD.id, drafts=drafts, comment=comment
    )


NINE = tuple(sheet(10 + number, name) for number, name in enumerate(NAMES))


def state(*waiting, focus=None, **more):
    return State(HEAD, "vi", NOW, waiting=waiting, focus=focus, **more)


def press(state_, verb, *about):
    return step(BOOKS, state_, Pressed(Button(verb, 0, about)))


def buttons(turn):
    return {key.button.verb: key.button for row in turn.replies[-1].keyboard for key in row}


def focus(turn):
    return [one.focus for one in turn.commands if isinstance(one, SetFocus)][-1]


def shown(*waiting, **more):
    """The list, as it is reached from /choduyet."""
    return press(state(*waiting, **more), "head_sheets", "5", FORM.id)


def asked(*waiting):
    listed = shown(*waiting)
    again = state(*waiting, focus=focus(listed))
    return step(BOOKS, again, Pressed(buttons(listed)["head_sheets_ask"]))


def test_the_list_of_what_waits_leads_to_the_sheets_of_one_period_together():
    turn = step(BOOKS, state(*NINE), Commanded("choduyet"))
    assert buttons(turn)["head_sheets"] == Button("head_sheets", 0, ("5", "mau-01-335"))
    alone = step(BOOKS, state(NINE[0]), Commanded("choduyet"))
    assert "head_sheets" not in buttons(alone)


def test_nine_sheets_are_confirmed_by_two_presses_each_an_act_of_its_own():
    confirm = asked(*NINE)
    words = message(confirm.replies[-1].template, confirm.replies[-1].values, "vi")
    assert "Anh/chị xác nhận 9 phiếu sau (Mẫu số 01, tháng 9/2026)?" in words
    # 30 + (100 + 100 + 100) / 3 % of 70 (Điều 16 khoản 1, Điều 17 khoản 1)
    assert "1. <b>Lò Văn An</b>: 30 + 70 = <b>100</b>" in words
    done = step(BOOKS, state(*NINE, focus=focus(confirm)), Pressed(buttons(confirm)["head_sheets_agree"]))
    assert [one for one in done.commands if isinstance(one, Approve)] == [Approve(one.id, 1, "") for one in NINE]
    assert [one.person for one in done.commands if isinstance(one, Notify)] == [one.person.id for one in NINE]


def test_what_came_or_changed_meanwhile_stays_out_and_is_named():
    confirm = asked(*NINE[:8])
    now = (sheet(10, "An", version=2, quantity=60), *NINE[1:])  # An sent a second version, Khoa sent just now
    done = step(BOOKS, state(*now, focus=focus(confirm)), Pressed(buttons(confirm)["head_sheets_agree"]))
    assert [one.review for one in done.commands if isinstance(one, Approve)] == [one.id for one in NINE[1:8]]
    assert done.replies[0].values["left_out"] == ["Lò Văn An", "Lò Văn Khoa"]
    assert "Chưa xác nhận, vì mới đến hoặc vừa thay đổi: Lò Văn An, Lò Văn Khoa." in message(
        done.replies[0].template, done.replies[0].values, "vi"
    )


def test_a_comment_written_since_is_no_comment_that_was_shown():
    confirm = asked(*NINE)
    now = (replace(NINE[0], comment="Chưa đạt."), *NINE[1:])
    done = step(BOOKS, state(*now, focus=focus(confirm)), Pressed(buttons(confirm)["head_sheets_agree"]))
    assert NINE[0].id not in {one.review for one in done.commands if isinstance(one, Approve)}


def test_an_old_button_shows_the_list_again():
    confirm = asked(*NINE)
    turn = step(BOOKS, state(*NINE), Pressed(buttons(confirm)["head_sheets_agree"]))
    assert [one.template for one in turn.replies] == ["head/sheets"]
    assert turn.replies[0].values["news"] == "changed"


def test_a_comment_goes_into_the_sheet_it_is_about_and_nothing_is_invented():
    confirm = asked(replace(NINE[0], comment="Chủ động."), *NINE[1:])
    done = step(
        BOOKS,
        state(replace(NINE[0], comment="Chủ động."), *NINE[1:], focus=focus(confirm)),
        Pressed(buttons(confirm)["head_sheets_agree"]),
    )
    comments = [one.comment for one in done.commands if isinstance(one, Approve)]
    assert comments == ["Chủ động.", *[""] * 8]


def scores(review, august):
    return {
        review.id: (PeriodScore(2026, "m08", Standing.CONFIRMED, august), PeriodScore(2026, "m09", Standing.SENT, 0))
    }


@pytest.mark.parametrize(
    ("answers", "marks"),
    [
        ({}, []),
        (
            {"quantity": 20, "quality": 20, "progress": 20, "p11": 0, "p12": 0},
            ["below", "fault", "late"],
        ),  # 20 + 14 = 34
        ({"quality": 97.5}, ["fault"]),
        ({"progress": 75}, ["late"]),
        ({"shortcomings": "-"}, ["words"]),
    ],
)
def test_what_asks_for_a_look_is_marked(answers, marks):
    turn = shown(sheet(10, "An", **answers), *NINE[1:])
    lines = {one["name"]: one for one in turn.replies[0].values["sheets"]}
    assert lines["Lò Văn An"]["marks"] == marks
    assert turn.replies[0].values["sheets"][0]["name"] == "Lò Văn An"


def test_the_change_against_the_month_before_is_told_and_a_jump_marked():
    one = sheet(10, "An", quantity=70)  # 30 + 90 % of 70 = 93
    near, far = (shown(one, room=Sheets(scores(one, august))) for august in (91, 83))
    assert (near.replies[0].values["sheets"][0]["change"], near.replies[0].values["sheets"][0]["marks"]) == (2, [])
    assert (far.replies[0].values["sheets"][0]["change"], far.replies[0].values["sheets"][0]["marks"]) == (10, ["jump"])


def test_an_excuse_that_waits_for_its_answer_is_marked():
    turn = shown(NINE[0], NINE[1], room=Sheets(excuses=frozenset({NINE[1].id})))
    assert [one["marks"] for one in turn.replies[0].values["sheets"]] == [["excuse"], []]
    assert "có lý do khách quan chưa được xác nhận" in message("head/sheets", turn.replies[0].values, "vi")


def test_a_leader_whose_d_the_scores_contradict_is_marked():
    leading = {"unit_result": 100, "organising": 100, "uniting": 100}
    one = sheet(10, "An", leader=True, **leading)
    found = UnitResult(50, 50, (LedScore("Lò Văn Bích", 45.0),))
    assert shown(one, unit_results={one.id: found}).replies[0].values["sheets"][0]["marks"] == ["contradiction"]
    card = step(BOOKS, state(one, about=one, unit_results={one.id: found}), Pressed(Button("head_card", one.id)))
    assert "có người dưới 50 điểm (Lò Văn Bích 45) → 50%" in message("head/card", card.replies[0].values, "vi")


def test_a_text_typed_below_the_list_goes_nowhere():
    listed = shown(*NINE)
    turn = step(BOOKS, state(*NINE, focus=focus(listed)), Said("85"))
    assert [type(one) for one in turn.commands] == [SetFocus]
    assert turn.replies[0].values["news"] == "said"


def test_a_form_with_a_rating_is_never_among_them():
    year = replace(SEPTEMBER, id=6, period="year")
    rated = [replace(one, campaign=year, form="mau-02-335") for one in NINE[:3]]
    turn = step(BOOKS, state(*rated), Commanded("choduyet"))
    assert "head_sheets" not in buttons(turn)


SHELF = {SEPTEMBER.edition: BOOKS[SEPTEMBER.edition]}
#: A sheet that was sent with its ledger.
WORKED = sheet(30, "Lan")
WORK = WorkLedger(WORKED.person, 2026, "m09", (WorkLine(Product("CV", "Công văn", "1", 1), 1, 20, done=20, line=1),))
#: For the test that every message and button is worded.
TURNS = [
    (state(about=WORKED, ledgers={WORKED.id: WORK}), Pressed(pressed("head_card", WORKED))),
    (state(*NINE), Commanded("choduyet")),
    (state(*NINE), Pressed(Button("head_sheets", 0, ("5", FORM.id)))),
    (state(*NINE, focus=focus(shown(*NINE))), Pressed(buttons(shown(*NINE))["head_sheets_ask"])),
    (state(room=Sheets(people=(NINE[0].person,) * 13)), Pressed(Button("head_year", 0, ("2026",)))),
    (state(), Pressed(Button("head_year", 0, ("2026",)))),
    (state(*NINE[1:], focus=focus(asked(*NINE))), Pressed(buttons(asked(*NINE))["head_sheets_agree"])),
]
