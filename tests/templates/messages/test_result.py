"""Every message and button of a result and of the plan, in words; what people wrote stays data."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from dialogs.core.state import State
from dialogs.core.turn import Notify, Reply
from dialogs.result.decided_review import DecidedReview
from dialogs.result.page import page
from dialogs.step import step
from rules.book.editions import rating_day
from rules.book.procedure import PetitionRule, Procedure
from rules.nouns.reviews import Answer, Outcome, ReviewStatus
from rules.nouns.rulings import Improvement, PetitionOutcome
from rules.nouns.service import Service
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Rating
from templates.wording import environment, label, message
from tests.dialogs.decided import CLOCKED, acknowledged, decided, petition, ruling, sees
from tests.dialogs.shown.test_chart import YEAR
from tests.dialogs.small_office import ANSWERS, BOOK, FORM, LAN, NOW, TAM, draft, review
from tests.dialogs.small_office import decided as agreement

FOLDERS = ("plan", "result")
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% if %} %(name)s"
FULL = ruling(remarks=HOSTILE, measures=HOSTILE, prospects=HOSTILE, reason=HOSTILE, cite="Điều thử 9")
WRITTEN = ruling(2, Rating.NOT_COMPLETED, reason=HOSTILE, document=HOSTILE, signer=HOSTILE)
UNSIGNED = ruling(3, None, version=0, document="12/QĐ", cite="Điều thử 8")
TWICE = replace(LAN, service=Service(ratings={2019: Rating.NOT_COMPLETED}))
ANEW = decided(FULL, WRITTEN, person=TWICE)
PLEA = replace(petition(), text=HOSTILE)
LINES = tuple(
    Improvement(number, LAN.id, 2020, HOSTILE, dt.date(2020, 12, 31) - dt.timedelta(days=40 * (number % 2)), NOW)
    for number in range(1, 9)
)
TOPICS = {**FORM.questions, "strengths": replace(FORM.questions["strengths"], topic="remedies")}
BOOKS = {key: replace(book, forms={FORM.id: replace(FORM, questions=TOPICS)}) for key, book in CLOCKED.items()}


def press(verb: str, *about: str, number: int = 100) -> Pressed:
    return Pressed(Button(verb, number, about))


def plans(*lines: Improvement, said: str = HOSTILE, focus: dict | None = None) -> State:
    answers = {**ANSWERS, "strengths": Answer("\n".join(f"{n} {said}" for n in range(8)))}
    state = sees(replace(decided(), drafts=(draft(answers=answers),)), focus=focus)
    return replace(state, room=replace(state.room, improvements=lines))


def asked(purpose: str, **more: object) -> dict:
    return {"for": purpose, "review": 100, "number": 1, **more}


def _results() -> Iterator[tuple[State, Event]]:
    yield sees(decided(FULL)), Commanded("ketqua")
    yield sees(ANEW), Commanded("ketqua")
    yield sees(decided(replace(ruling(), for_whom=9))), Commanded("ketqua")
    yield sees(decided(replace(ruling(), for_whom=9)), names={9: HOSTILE}), Commanded("ketqua")
    yield sees(decided(FULL, WRITTEN, UNSIGNED)), Commanded("ketqua")
    yield sees(decided(), decided(number=101)), press("result_list", number=0)
    yield sees(decided(), decided(number=101)), press("result_show")
    yield sees(ANEW), press("result_papers", "1", "pdf")
    yield sees(decided()), press("result_seen", "1")
    yield sees(decided()), press("result_reserve", "1")
    yield sees(decided(), focus=asked("result_opinion")), Said(HOSTILE)
    yield sees(decided(), focus=asked("result_opinion")), Said("")
    yield sees(decided()), press("result_petition", "1")
    yield sees(replace(decided(), decider_id=None)), press("result_petition", "1")
    yield sees(decided(), focus=asked("result_plea")), Said(HOSTILE)
    for decider in (3, None):
        state = sees(replace(decided(), decider_id=decider), focus=asked("result_plea", text=HOSTILE))
        yield state, press("result_file", "1")
    yield sees(decided(), petitions=(PLEA,)), press("result_withdraw", "1", "5")
    yield sees(decided(), petitions=(PLEA,)), press("result_withdrawn", "1", "5")
    waiting = replace(decided(), status=ReviewStatus.APPEALED)
    of_months = decided()
    held = {"m01": PeriodScore(2020, "m01", Standing.CONFIRMED, 93)}
    yield sees(replace(of_months, held=held)), press("result_show")
    for scores in (YEAR, ()):
        state = sees(of_months)
        yield replace(state, room=replace(state.room, year=scores)), press("result_year", "2026", number=0)
    agreed = replace(
        review(draft()), status=ReviewStatus.FINAL, decisions=(agreement(1, Outcome.APPROVED, comment=HOSTILE),)
    )
    at_work = replace(review(), id=102, status=ReviewStatus.DRAFTING)
    for mine in ((), (decided(number=101),)):
        state = sees(*mine, own=at_work, others=mine)
        state = replace(state, room=replace(state.room, confirmed=(agreed,)))
        yield state, Commanded("ketqua")
        for kind in ("", "pages", "docx", "pdf"):
            yield state, press("result_sheet", kind)
    yield sees(decided()), Commanded("tieptuc")
    yield sees(waiting, petitions=(PLEA,)), Commanded("tieptuc")


def _answered() -> Iterator[tuple[State, Event]]:
    for outcome in PetitionOutcome:
        answered = replace(petition(outcome=outcome, answer=HOSTILE), due=None)
        yield sees(decided(said=acknowledged(text=HOSTILE)), petitions=(answered,)), press("result_petition", "1")
        yield sees(ANEW, petitions=(answered,)), Commanded("ketqua")
    yield sees(decided(said=acknowledged()), petitions=(replace(PLEA, due=None),)), press("result_file", "1")
    yield sees(decided(said=acknowledged())), press("result_seen", "1")
    yield sees(decided(said=acknowledged(text="x"))), press("result_reserve", "1")
    yield sees(ANEW), press("result_seen", "1")
    yield sees(decided()), press("result_withdraw", "1", "5")
    yield sees(review(draft())), press("result_seen", "1")
    yield sees(about=decided(person=TAM, number=200)), press("result_show", number=200)
    yield sees(), press("result_show", number=7)


def _plans() -> Iterator[tuple[State, Event]]:
    yield plans(), Commanded("khacphuc")
    yield plans(*LINES), Commanded("khacphuc")
    yield plans(*LINES), press("plan_list", "6", number=0)
    yield plans(replace(LINES[0], done_on=NOW.date())), press("plan_done", "1", number=0)
    yield plans(*LINES), press("plan_done", "1", number=0)
    yield plans(*LINES), press("plan_remove", "1", number=0)
    yield plans(*LINES), press("plan_removed", "1", number=0)
    yield plans(), press("plan_removed", "1", number=0)
    yield plans(*(replace(LINES[0], id=n) for n in range(1, 31))), press("plan_add", number=0)
    yield plans(), press("plan_add", number=0)
    yield plans(), press("plan_offers", number=0)
    yield plans(), press("plan_offers", "6", number=0)
    yield plans(), press("plan_take", "strengths", "0")
    yield plans(focus={"for": "plan_what"}), Said(HOSTILE)
    for typed in ("mai", "1/12/2020", "1/1/2022", "31/12"):
        yield plans(focus={"for": "plan_day", "what": HOSTILE}), Said(typed)
    yield plans(), press("plan_by", "2020-12-31", number=0)


def replies() -> Iterator[Reply]:
    for state, event in (*_results(), *_answered(), *_plans()):
        turn = step(BOOKS, state, event)
        yield from turn.replies
        yield from (command.reply for command in turn.commands if isinstance(command, Notify))
    one = DecidedReview(decided(), ruling())
    for rule in (PetitionRule(None, "Điều thử 22"), PetitionRule(None, "Điều thử 22", unverified=True), None):
        yield _by(rule, one)
    yield _by(PetitionRule(7, "Điều thử 22", unverified=True), one)


def _by(rule: PetitionRule | None, one: DecidedReview) -> Reply:
    books = {(BOOK.id, rating_day(2020)): replace(BOOK, procedure=Procedure(petitions=rule))}
    return page(books, sees(one.review, due=False), one)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_message_is_worded_and_what_people_wrote_is_escaped(language):
    for reply in replies():
        words = message(reply.template, reply.values, language)
        assert words
        assert "<script>" not in words
        assert "\n\n\n" not in words
        for key in (key for row in reply.keyboard for key in row):
            assert label(key.label, key.values, language)


def test_every_template_is_said():
    said = {reply.template for reply in replies()}
    names = (name.removesuffix(".j2") for name in environment("vi").list_templates() if name.startswith(FOLDERS))
    assert {name for name in names if "/_" not in name and not name.endswith("/labels")} <= said


def test_every_button_is_shown():
    shown = {key.label for reply in replies() for row in reply.keyboard for key in row}
    for folder in FOLDERS:
        blocks = environment("vi").get_template(f"{folder}/labels.j2").blocks
        assert {f"{folder}/{name}" for name in blocks} <= shown


def test_a_written_decision_names_its_number_and_who_recorded_it():
    (reply,) = step(
        CLOCKED, sees(decided(replace(WRITTEN, document="18/QĐ", signer="Khánh"))), Commanded("ketqua")
    ).replies
    assert "Theo văn bản số 18/QĐ, người ký: Khánh; Lê Thị Hòa ghi nhận lúc" in message(
        reply.template, reply.values, "vi"
    )
