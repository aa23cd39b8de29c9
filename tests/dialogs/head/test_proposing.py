"""What a head proposes: how many may have a rating is told once on the list, and before one too many is agreed to."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.rulebooks.library import Library
from dialogs.core.commands.drafts import Approve
from dialogs.core.events import Commanded, Pressed
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.stamps import comment_stamp
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from dialogs.shown.draft_card import drawn
from dialogs.step import step
from rules.book.quota import Rated
from rules.forms.answers_stamp import answers_stamp
from rules.judging.elsewhere import ReviewsAround
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Draft, Review, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Subject
from templates.wording import message
from tests.dialogs.small_office import ZONE
from tests.rules.campaign.deciding.test_truth import of_lo

BOOKS = Library()
NOW = dt.datetime(2026, 12, 5, 9, 0, tzinfo=ZONE)
OFFICE, UNIT = "Sở Thử nghiệm", "Phòng Đất đai"
YEAR = Campaign(5, "decree-335-2025", 2026, OFFICE, {}, "year")
FORM = BOOKS[YEAR.edition].forms["mau-02-335"]
HEAD = Person(1, "Quàng Văn Pâng", "Trưởng phòng", 2, UNIT, OFFICE, Subject.OFFICIAL, leader=True, head=True)


def draft_of(number: int, rating: Rating, suggested: Rating | None = None) -> Review:
    person = Person(number, f"Lò Văn {number}", "Chuyên viên", 2, UNIT, OFFICE, Subject.OFFICIAL)
    draft = Draft(1, answers_stamp(FORM, {}), {}, rating, suggested or rating, NOW - dt.timedelta(hours=1))
    return Review(100 + number, person, YEAR, FORM.id, ReviewStatus.SUBMITTED, {}, HEAD.id, drafts=(draft,))


def line(review: Review, rating: Rating | None) -> Rated:
    person = review.person
    kept = (person.name, person.unit, person.group, False, rating, review.id, Subject.OFFICIAL)
    return Rated(*kept, open=rating is None, person=person.id)


WAITING = [draft_of(number, Rating.EXCELLENT) for number in (11, 12)]
#: Of nine others five are good and one was proposed already: of these one in five may be excellent.
OTHERS = [draft_of(20 + number, Rating.GOOD) for number in range(6)]


def state(*ratings: Rating | None, about: Review | None = None) -> State:
    listed = (*(line(one, None) for one in WAITING), *map(line, OTHERS, ratings))
    beside = [
        ReviewLine(
            one.id, one.person, YEAR, FORM.id, ReviewStatus.APPROVED, None, "", 9, started=True, self_rating=rating
        )
        for one, rating in zip(OTHERS, ratings, strict=True)
    ]
    room = Sheets(proposed={(5, YEAR.rulebook): tuple(listed)}, beside=tuple(beside))
    return State(HEAD, "vi", NOW, waiting=tuple(WAITING), about=about, room=room)


GOOD = [Rating.GOOD] * 6
ONE_PROPOSED = [Rating.EXCELLENT, *GOOD[1:]]


def agreeing(known: State):
    review = known.about
    assert review
    return step(BOOKS, known, Pressed(drawn("head_agree", review, comment_stamp(""))))


def said(turn) -> str:
    return "\n".join(message(one.template, one.values, "vi") for one in turn.replies)


def test_the_list_tells_once_how_many_may_have_the_rating():
    words = said(step(BOOKS, state(*ONE_PROPOSED), Commanded("choduyet")))
    assert words.count("“Xuất sắc”") == 1
    assert "⚠ “Xuất sắc”, toàn cơ quan: tối đa 1; đã đề nghị 1, đang chờ 2." in words
    assert "Còn lại trong đơn vị: Lò Văn 20 – Xuất sắc, Lò Văn 21 – Tốt" in words


def test_somebody_with_two_forms_is_named_once_and_a_press_away():
    known = state(*ONE_PROPOSED)
    assert isinstance(known.room, Sheets)
    first = known.room.beside[0]
    other = replace(first, review=900, form="mau-01-335")
    known = replace(known, room=replace(known.room, beside=(*known.room.beside, other)))
    listed = step(BOOKS, known, Commanded("choduyet"))
    words = said(listed)
    assert words.count("Lò Văn 20") == 1
    assert "Lò Văn 20 (Mẫu số 02 – Xuất sắc; Mẫu số 01 – Xuất sắc), Lò Văn 21" in words
    (rest,) = [key for row in listed.replies[0].keyboard for key in row if key.label == "head/rest_of_unit"]
    assert (rest.button.verb, rest.button.about, rest.values["count"]) == ("head_charge_unit", ("5", "2"), 7)


def test_where_nobody_asks_for_the_rating_nothing_is_said_of_it():
    known = state(*GOOD)
    asking = replace(known, waiting=tuple(draft_of(number, Rating.GOOD) for number in (11, 12)))
    assert "tối đa" not in said(step(BOOKS, asking, Commanded("choduyet")))


def test_one_press_agrees_as_long_as_there_is_room():
    turn = agreeing(state(*GOOD, about=WAITING[0]))
    assert any(isinstance(command, Approve) for command in turn.commands)


def test_one_too_many_is_said_first_and_agreed_to_all_the_same():
    known = state(*ONE_PROPOSED, about=WAITING[0])
    asked = agreeing(known)
    assert not any(isinstance(command, Approve) for command in asked.commands)
    words = said(asked)
    assert "⚠ Bản này là bản thứ 2 được đề nghị “Xuất sắc” của toàn cơ quan, tối đa 1 (NĐ 335/2025" in words
    assert "Vẫn đề nghị được" in words
    pressed = asked.replies[0].keyboard[0][0].button
    agreed = step(BOOKS, known, Pressed(pressed))
    assert any(isinstance(command, Approve) for command in agreed.commands)


@pytest.mark.parametrize("rating", [Rating.GOOD, Rating.COMPLETED])
def test_another_rating_has_no_place_in_the_share(rating):
    known = state(*ONE_PROPOSED, about=WAITING[0])
    other = replace(draft_of(11, rating), id=WAITING[0].id)
    turn = agreeing(replace(known, about=other, waiting=(other, WAITING[1])))
    assert any(isinstance(command, Approve) for command in turn.commands)


def test_what_the_person_s_other_form_says_by_now_is_shown_before_the_one_press_agrees():
    civil, party = of_lo()
    assert party.draft
    sent = replace(party.draft, self_rating=Rating.GOOD, suggested=Rating.GOOD)
    waiting = replace(party, status=ReviewStatus.SUBMITTED, approver_id=HEAD.id, drafts=(sent,))
    alone = State(HEAD, "vi", NOW, waiting=(waiting,), about=waiting, room=Sheets())
    assert any(isinstance(command, Approve) for command in agreeing(alone).commands)
    turn = agreeing(replace(alone, around={waiting.id: ReviewsAround((civil,))}))
    assert not any(isinstance(command, Approve) for command in turn.commands)
    (card,) = turn.replies
    assert (card.template, card.replaces, card.values["plain"]) == ("head/card", True, False)
    asked = step(
        BOOKS, replace(alone, around={waiting.id: ReviewsAround((civil,))}), Pressed(card.keyboard[0][0].button)
    )
    assert [one.template for one in asked.replies] == ["head/confirm"]


def test_the_second_tap_of_a_thumb_does_not_agree_to_the_card_that_came_in_between():
    """On Telegram the next card stands where the first one stood, with its button at the same place."""
    first, second = (replace(one, drafts=(draft_of(20, Rating.GOOD).drafts[0],)) for one in WAITING)
    known = replace(state(*GOOD, about=first), waiting=(first, second))
    agreed = agreeing(known)
    (focus,) = (command.focus for command in agreed.commands if isinstance(command, SetFocus))
    after = replace(known, about=second, waiting=(second,), focus=focus)
    tapped = agreeing(replace(after, now=NOW + dt.timedelta(seconds=1)))
    assert not any(isinstance(command, Approve) for command in tapped.commands)
    assert [one.template for one in tapped.replies] == ["head/card"]
    (seen,) = (command.focus for command in tapped.commands if isinstance(command, SetFocus))
    again = agreeing(replace(after, now=NOW + dt.timedelta(seconds=1.2), focus=seen))
    assert any(isinstance(command, Approve) for command in again.commands)
    read = agreeing(replace(after, now=NOW + dt.timedelta(seconds=2)))
    assert any(isinstance(command, Approve) for command in read.commands)
