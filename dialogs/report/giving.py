"""Assigning a part of a body's report: which part, to whom, until when; and taking it back."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.commands.reports import GivePart, TakePartBack
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, Turn
from dialogs.interview.several.parts import title_of
from dialogs.report.guard import REPORTS, view_of
from dialogs.report.page import line, overview
from dialogs.report.people import member, members
from dialogs.shown.person import called, form_of, person_values, rated_body, which_values
from rules.campaign.last_days import last_day
from rules.campaign.permissions import Action
from rules.forms.parts import questions_in, within
from rules.judging.interview import asked
from rules.nouns.days import read_day
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Part, Review

#: The purposes of the focus while a name, or a day, is awaited.
WHO, UNTIL = "report_writer", "report_until"
#: Offered days for a part, counted from today.
DAYS = (3, 7)


def which(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Choose a part: a section, or an item or question within it: `report_give:<review>:<what it is within>`."""
    place = word(button, 0)
    form = form_of(books, review)
    known = {one.key for one in asked(form, review.person, review.answers)}
    parts = [one for one in within(form, place) if questions_in(form, one) & known]
    given = {part.place for part in (review.report.parts if review.report else ())}
    keys = (
        (
            Key(
                "report/part",
                Button("report_who", review.id, (one,)),
                {"title": title_of(form, one), "given": one in given},
            ),
        )
        for one in parts
    )
    back = Key("report/back", Button("report_show", review.id))
    up = Key("report/sections", Button("report_give", review.id)) if place else None
    values: dict[str, Json] = {**line(books, state, review), "within": title_of(form, place) if place else ""}
    return Turn((Reply("report/which", values, rows(*keys, (up, back)), replaces=True),), let_go(state, Room.REPORT))


def who(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Choose the writer, by button or by typing a name."""
    return _who(books, state, review, word(button, 0), members(state, review, review.drafter), number(button, 1))


def who_typed(books: Books, state: State, review: Review, text: str) -> Turn:
    """The people with the name that was typed."""
    found = called(members(state, review, review.drafter), text)
    return _who(books, state, review, written(state, "place"), found, 0, typed=text)


def _who(
    books: Books, state: State, review: Review, place: str, people: list[Person], first: int, *, typed: str = ""
) -> Turn:
    form = form_of(books, review)
    if not questions_in(form, place):
        return Turn((overview(books, state, review, told="changed"),), let_go(state, Room.REPORT))
    some = page(people, first)
    keys = (
        (Key("report/who", Button("report_until", review.id, (place, str(one.id))), person_values(one)),)
        for one in some.shown
    )
    turning = () if typed else some.keys("report_who", place, room="report", review=review.id)
    divided = Key("report/within", Button("report_give", review.id, (place,))) if any(within(form, place)) else None
    back = (divided, Key("report/back", Button("report_show", review.id)))
    values: dict[str, Json] = {**some.values(), "title": title_of(form, place), "typed": typed}
    reply = Reply("report/writer", values, rows(*keys, turning, back))
    return Turn((reply,), (awaiting(WHO, review=review.id, place=place),))


def until(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Ask for the last day, pressed or typed."""
    return _until(books, state, review, word(button, 0), number(button, 1))


def _until(books: Books, state: State, review: Review, place: str, person: int, wrong: str = "") -> Turn:
    chosen = member(view_of(state), person)
    form = form_of(books, review)
    if chosen is None or not questions_in(form, place):
        return Turn((overview(books, state, review, told="changed"),), let_go(state, Room.REPORT))
    keys = (
        (
            Key(
                "report/until",
                Button("report_given", review.id, (place, str(person), day.strftime("%Y%m%d"))),
                {"day": day.isoformat(), "last": last},
            ),
        )
        for day, last in _days(review, state.now.date())
    )
    back = (Key("report/back", Button("report_show", review.id)),)
    due = last_day(review)
    values: dict[str, Json] = {
        **person_values(chosen),
        "title": title_of(form, place),
        "wrong": wrong,
        "due": due.isoformat() if due else "",
    }
    focus = awaiting(UNTIL, review=review.id, place=place, person=person)
    return Turn((Reply("report/until", values, rows(*keys, back)),), (focus,))


def _days(review: Review, today: dt.date) -> Iterator[tuple[dt.date, bool]]:
    """The offered days. None is after the last day of the report, which is offered too."""
    due = last_day(review)
    for after in DAYS:
        day = today + dt.timedelta(after)
        if due is None or day < due:
            yield day, False
    if due and due >= today:
        yield due, True


def until_typed(books: Books, state: State, review: Review, text: str) -> Turn:
    """Take a day that was typed."""
    place, person = written(state, "place"), kept_number(state, "person")
    day = read_day(text, state.now.date())
    wrong = "no_day" if day is None else _wrong(review, day, state.now.date())
    if day is None or wrong:
        return _until(books, state, review, place, person, wrong)
    return _give(books, state, review, place, person, day)


def given(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Take a day that was pressed."""
    try:
        day = dt.datetime.strptime(word(button, 2), "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return _until(books, state, review, word(button, 0), number(button, 1), "no_day")
    wrong = _wrong(review, day, state.now.date())
    if wrong:
        return _until(books, state, review, word(button, 0), number(button, 1), wrong)
    return _give(books, state, review, word(button, 0), number(button, 1), day)


def _wrong(review: Review, day: dt.date, today: dt.date) -> str:
    due = last_day(review)
    return "past" if day < today else "after_due" if due and due >= today and day > due else ""


def _give(books: Books, state: State, review: Review, place: str, person: int, day: dt.date) -> Turn:
    chosen, report = member(view_of(state), person), review.report
    form = form_of(books, review)
    if not review.open:
        return Turn((overview(books, state, review, told="sent"),), let_go(state, Room.REPORT))
    if chosen is None or report is None or chosen.id == report.drafter or not questions_in(form, place):
        return Turn((overview(books, state, review, told="changed"),), let_go(state, Room.REPORT))
    if any(part.place == place and part.writer == chosen.id and part.done_at is None for part in report.parts):
        return Turn((overview(books, state, review, told="given_already"),), let_go(state, Room.REPORT))
    me = state.person
    part = Part(0, place, chosen.id, chosen.name, me.id if me else 0, day)
    after = replace(review, report=replace(report, parts=(*report.parts, part)))
    values: dict[str, Json] = {
        **which_values(books, review),
        "code": form.code,
        "body": rated_body(review.person),
        "by": me.name if me else "",
        "title": title_of(form, place),
        "due": day.isoformat(),
    }
    keys = ((Key("report/write_part", Button("next", review.id)),),)
    notice = Notify(
        chosen.id,
        f"part_given:{review.id}:{place}:{chosen.id}:{state.now.isoformat()}",
        Reply("notice/part_given", values, keys),
    )
    shown = overview(books, state, after, told="given", replaces=True)
    # A part that was just given has no number yet; the next page that is drawn can take it back.
    kept = tuple(row for row in shown.keyboard if not any(one.button.about == ("0",) for one in row))
    return Turn(
        (replace(shown, keyboard=kept),),
        (GivePart(review.id, place, chosen.id, day), notice, *let_go(state, Room.REPORT)),
    )


def take_back(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Return the part to the drafter. What was written stays. The writer is told, unless the part was done."""
    report = review.report
    part = next((one for one in (report.parts if report else ()) if one.id == number(button, 0)), None)
    if not review.open:
        return Turn((overview(books, state, review, told="sent"),), let_go(state, Room.REPORT))
    if part is None or report is None:
        return Turn((overview(books, state, review, told="back_already"),), let_go(state, Room.REPORT))
    left = tuple(one for one in report.parts if one.id != part.id)
    after = replace(review, report=replace(report, parts=left))
    values: dict[str, Json] = {
        **which_values(books, review),
        "code": form_of(books, review).code,
        "body": rated_body(review.person),
        "by": state.person.name if state.person else "",
        "title": title_of(form_of(books, review), part.place),
    }
    told = () if part.done_at else (Notify(part.writer, f"part_back:{part.id}", Reply("notice/part_back", values)),)
    shown = overview(books, state, after, told="back", replaces=True)
    return Turn((shown,), (TakePartBack(review.id, part.id), *told, *let_go(state, Room.REPORT)))


VERBS: dict[str, OnPress] = {
    "report_give": REPORTS.looking(which, Action.GIVE_PART),
    "report_who": REPORTS.looking(who, Action.GIVE_PART),
    "report_until": REPORTS.looking(until, Action.GIVE_PART),
    "report_given": REPORTS.looking(given, Action.GIVE_PART),
    "report_back": REPORTS.looking(take_back, Action.GIVE_PART),
}

TEXTS: dict[str, OnText] = {
    WHO: REPORTS.looking(who_typed, Action.GIVE_PART),
    UNTIL: REPORTS.looking(until_typed, Action.GIVE_PART),
}
