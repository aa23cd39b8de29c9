"""The message with several questions of one item: each in short, its answer, one press for all, and the way to each."""

from collections.abc import Sequence

from dialogs.core.keys import Row, Rows, foot, key, rows, spread
from dialogs.core.stamps import stamp
from dialogs.core.turn import Key, Reply
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import (
    News,
    from_ledger,
    instead,
    line_of,
    offer_value,
    on_offer,
    place_values,
    source,
    steps,
)
from dialogs.shown.truth import contradiction_values
from dialogs.shown.year_scores import score_values
from rules.forms.answers import answered, said, value_said
from rules.forms.form import Option, QuestionKind
from rules.forms.kinds import button_value, same
from rules.forms.together import marks
from rules.nouns.reviews import Answer, Json
from rules.nouns.text import folded

#: How many buttons of single questions stand in a row, and how many characters of a note the screen shows.
_MARKS_A_ROW, _NOTE_CHARS = 6, 60
#: A number with only one offered value is not a level, so it is not offered for all questions.
_LEVELS = 2
#: The argument of the button of a question that has an answer.
SAID = "said"


def ask_together(
    sheet: OwnReview,
    place: Place,
    *lines: News,
    brief: bool = False,
    whole: bool = False,
    replaces: bool = False,
) -> Reply:
    """The screen on which this question is asked. `whole`: with the full wording of the form, help and examples."""
    screen = sheet.screen(place)
    first, review = screen[0], sheet.review
    # Named by the buttons, so that the guard checks whether it may be changed.
    named = next(iter(open_places(sheet, screen)), first)
    ledger_values, ledger_keys = from_ledger(sheet, first)
    back, onward = steps(sheet, screen[-1])
    waits = any(one.key in sheet.unsettled for one in screen)
    said_any = any(answered(one.question, sheet.answer(one.key)) for one in screen)
    values: dict[str, Json] = {
        **place_values(sheet, first, lines),
        "until": screen[-1].number,
        "kind": first.question.kind.value if len({one.question.kind for one in screen}) == 1 else "",
        "whole": whole,
        "help": _shared_help(screen) if whole else "" if brief else line_of(_shared_help(screen)),
        "rows": [_row(sheet, one, name, shared=_shared_help(screen)) for name, one in marked(screen).items()],
        "usual": usual_values(sheet, screen),
        "table": len(table_of(sheet, screen)),
        **ledger_values,
    }
    there = any(one.question.short or one.question.help or one.question.example for one in screen)
    keyboard = (
        *_for_all(sheet, screen),
        *rows(
            (reuse_all(sheet, screen),),
            (keep_all(sheet, screen),),
            ledger_keys,
            (instead(sheet, first),),
            *_each(sheet, screen, key("question/more", review, "example", named.key) if there and not whole else None),
            (
                key("question/evidence", review, "evidence", named.key)
                if first.question.illustrated and said_any
                else None,
                skip_rest(sheet, screen) if waits else onward,
            ),
        ),
        *foot(review, back),
    )
    return Reply("question/together", values, keyboard, replaces=replaces)


def open_places(sheet: OwnReview, screen: Sequence[Place]) -> list[Place]:
    """The questions of a screen that may be changed now. Those not asked again after a return, and answers held by the
    office, may not.
    """
    return [place for place in screen if sheet.may_change(place)]


def still_open(sheet: OwnReview, screen: Sequence[Place]) -> list[Place]:
    """The questions of a screen without an answer."""
    return [p for p in open_places(sheet, screen) if not answered(p.question, sheet.answer(p.key))]


def table_of(sheet: OwnReview, screen: Sequence[Place]) -> tuple[Place, ...]:
    """The unanswered rows of the table of points that the screen belongs to, if they are in several items."""
    first = screen[0]
    if first.item.layout != "points":
        return ()
    table = [
        place
        for place in sheet.places
        if place.section.key == first.section.key
        and place.item.layout == "points"
        and place.question.kind is QuestionKind.NUMBER
    ]
    rest = still_open(sheet, table)
    return tuple(rest) if len(rest) > len(screen) else ()


def levels(screen: Sequence[Place]) -> tuple[Option, ...]:
    """The options that one press may give to all questions of a screen."""
    first = screen[0].question
    if screen[0].item.usual or (first.kind is QuestionKind.NUMBER and len(first.options) < _LEVELS):
        return ()
    return first.options


def usual_answers(sheet: OwnReview, screen: Sequence[Place]) -> dict[str, Json] | None:
    """The usual answers of a screen; None: it has none, or something known contradicts them."""
    usual = screen[0].item.usual
    free = open_places(sheet, screen)
    if usual is None or not free or free[0].key not in usual.answers:
        return None
    for place in free:
        found = on_offer(sheet, place)
        if place.key not in usual.answers or (found and not same(offer_value(found), usual.answers[place.key])):
            return None
    return {place.key: usual.answers[place.key] for place in free}


def usual_values(sheet: OwnReview, screen: Sequence[Place]) -> dict[str, Json] | None:
    """The usual answers as values of a template: the label of the button, and each answer by the mark of its question."""
    answers, usual = usual_answers(sheet, screen), screen[0].item.usual
    if answers is None or usual is None or len(still_open(sheet, screen)) < len(answers):
        return None
    each: list[Json] = [
        {"mark": name, "said": value_said(place.question, answers[place.key])}
        for name, place in marked(screen).items()
        if place.key in answers
    ]
    return {"label": usual.label, "answers": each}


def marked(screen: Sequence[Place]) -> dict[str, Place]:
    """Mark → question of a screen."""
    return dict(zip(marks([place.question for place in screen]), screen, strict=True))


def row_values(place: Place, called: str, answer: Answer | None) -> dict[str, Json]:
    """The values of a question in one line: its mark, what it asks in short, and its answer."""
    question = place.question
    return {
        "key": place.key,
        "mark": called,
        "number": place.number,
        "text": question.short or question.text,
        "short": bool(question.short),
        "said": said(question, answer) if answer else None,
    }


def keep_all(sheet: OwnReview, screen: Sequence[Place]) -> Key | None:
    """The button that keeps all shown answers as they are, if they were asked again and still answer their questions."""
    again = [place for place in open_places(sheet, screen) if place.key in sheet.unsettled]
    stay = all(answered(place.question, sheet.answer(place.key)) for place in again)
    if not again or not stay or any(sheet.to_explain(place.key) for place in again):
        return None
    return key("question/keep", sheet.review, "keep_all", again[0].key)


def reuse_all(sheet: OwnReview, screen: Sequence[Place]) -> Key | None:
    """The button that takes over everything said elsewhere, unless the usual answers say the same."""
    found = offers(sheet, screen)
    if not found or usual_answers(sheet, screen) == found or len(found) < len(still_open(sheet, screen)):
        return None
    return key("question/reuse", sheet.review, "reuse_all", next(iter(found)), stamp(found))


def offers(sheet: OwnReview, screen: Sequence[Place]) -> dict[str, Json]:
    """What was said elsewhere about the questions without an answer."""
    places = still_open(sheet, screen)
    return {place.key: offer_value(found) for place in places if (found := on_offer(sheet, place))}


def skip_rest(sheet: OwnReview, screen: Sequence[Place]) -> Key | None:
    """The button that leaves out the questions without an answer, if each is optional."""
    rest = still_open(sheet, screen)
    if not rest or any(place.question.required for place in rest):
        return None
    return key("question/skip", sheet.review, "skip_rest", rest[0].key)


def _shared_help(screen: Sequence[Place]) -> str:
    """The help text that all questions of the screen share; "": they share none."""
    helps = {place.question.help for place in screen}
    return helps.pop() if len(helps) == 1 else ""


def _row(sheet: OwnReview, place: Place, called: str, shared: str) -> dict[str, Json]:
    """A question as a row of the screen.

    `shared`: the common help text, which is shown once. `quoted`: the wording of the form; empty if the rows differ
    only in their short wording, such as months.
    """
    question, answer, found = place.question, sheet.answer(place.key), on_offer(sheet, place)
    offer: dict[str, Json] | None = None
    if found:
        offer = {**source(sheet, found), "said": {**value_said(question, offer_value(found)), "note": ""}}
    return {
        **row_values(place, called, answer),
        "note": bool(answer and answer.note),
        "exact": question.text,
        "quoted": "" if shared and folded(question.short) in folded(question.text) else question.text,
        "help": "" if shared else question.help,
        "example": question.example,
        "locked": not sheet.may_change(place),
        "held": score_values(answer.held) if answer and answer.held and not answer.given else None,
        "again": place.key in sheet.unsettled and answered(question, answer),
        "offer": offer,
        "contradicted": [contradiction_values(sheet.books, one) for one in sheet.known.of(place.key)],
    }


def _for_all(sheet: OwnReview, screen: Sequence[Place]) -> Rows:
    """One button per level, for all questions or for those without an answer; or the button of the usual answers."""
    free, rest = open_places(sheet, screen), still_open(sheet, screen)
    first = next(iter(free), screen[0])
    if usual_values(sheet, screen) and first.item.usual:
        return ((key("question/usual", sheet.review, "usual", first.key, text=first.item.usual.label),),)
    which = "all" if len(rest) in {0, len(free)} else "rest"
    if len(free) < _LEVELS:
        return ()
    count: dict[str, Json] = {"count": len(free if which == "all" else rest)}
    keys = [
        key(f"question/{which}", sheet.review, which, first.key, button_value(option), text=option.label, **count)
        for option in levels(screen)
    ]
    return spread(keys) if screen[0].question.kind is QuestionKind.NUMBER else tuple((one,) for one in keys)


def _each(sheet: OwnReview, screen: Sequence[Place], more: Key | None) -> list[Row]:
    """The button of each question by itself, and the buttons `more` about all of them."""
    keys = [
        key(
            "question/one",
            sheet.review,
            "one",
            place.key,
            *((SAID,) if answered(place.question, sheet.answer(place.key)) else ()),
            mark=name,
        )
        for name, place in marked(screen).items()
        if sheet.may_change(place)
    ]
    found = [tuple(keys[at : at + _MARKS_A_ROW]) for at in range(0, len(keys), _MARKS_A_ROW)]
    *before, last = found or [()]
    return [*before, (*last, more) if more else last]
