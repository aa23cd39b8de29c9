"""/ketqua before a decision: the suggestion in short, and on request every condition with its verdict and clause."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import go_on, key, rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import looking, no_review
from dialogs.interview.review_page import about, totals
from dialogs.shown.failed import failed_values
from dialogs.shown.person import which_values
from dialogs.shown.self_rating import suggested
from rules.book.suggestion import needed
from rules.judging.explanation import at_a_glance, reasons
from rules.judging.interview import rating_questions, rules_of
from rules.nouns.reviews import Json
from rules.nouns.values import Rating

#: Carried by the button that asks for the conditions of every rating.
ALL = "all"


def ketqua(books: Books, state: State, _: str) -> Turn:
    """The command /ketqua, while nothing is decided."""
    return results(OwnReview.of(books, state)) if state.own else no_review()


def result(sheet: OwnReview, button: Button) -> Turn:
    """The same by button. With `all`: every condition of one rating."""
    word, question, *_ = (*button.about, "", "")
    if word != ALL:
        return results(sheet)
    named = question if question in sheet.suggestions else next(iter((*sheet.suggestions,)[-1:]), "")
    return Turn((_in_full(sheet, named),)) if named else results(sheet)


def results(sheet: OwnReview) -> Turn:
    """A message for each suggested rating; for a form without ratings, the points so far."""
    if not sheet.suggestions:
        values: dict[str, Json] = {**about(sheet), "totals": totals(sheet)}
        return Turn((Reply("review/points", values, ((go_on(sheet.review),),)),))
    *before, last = sheet.suggestions
    shown = (_at_a_glance(sheet, key, is_last=False) for key in before)
    return Turn((*shown, _at_a_glance(sheet, last)))


def _at_a_glance(sheet: OwnReview, question: str, *, is_last: bool = True) -> Reply:
    """The suggestion for one rating in a few lines, with a button to the rest."""
    more = key("review/in_full", sheet.review, "result", ALL, question)
    keyboard = rows((more,), (go_on(sheet.review) if is_last else None,))
    return Reply("review/answer", _answer(sheet, question), keyboard)


def _in_full(sheet: OwnReview, question: str) -> Reply:
    """The same, followed by every condition of every rating."""
    values: dict[str, Json] = {**_details(sheet, question), "totals": totals(sheet)}
    return Reply("review/result", values, rows((go_on(sheet.review),)), replaces=True)


def shown_to_others(sheet: OwnReview, button: Button, more: Button, back: Key) -> Reply:
    """The suggestions for a review as its decider sees them, in the words that its owner reads: in short, with the
    button `more`, or in full.
    """
    if ALL in button.about:
        said: dict[str, Json] = {
            **which_values(sheet.books, sheet.review),
            "ratings_of": [_details(sheet, question) for question in sheet.suggestions],
            "totals": totals(sheet),
        }
        return Reply("head/why", said, ((back,),), replaces=True)
    values: dict[str, Json] = {
        **which_values(sheet.books, sheet.review),
        "answers": [_answer(sheet, question) for question in sheet.suggestions],
    }
    keys = rows((Key("review/in_full", more) if sheet.suggestions else None,), (back,))
    return Reply("head/answer", values, keys, replaces=True)


def _answer(sheet: OwnReview, question: str) -> dict[str, Json]:
    """The answer in short. `about` is given only if the form asks for two ratings."""
    answer = sheet.answer(question)
    said = answer.value if answer and not answer.skipped else None
    found = sheet.explained(question)
    failed = found.suggestion.rating is Rating.NOT_COMPLETED
    return {
        "about": sheet.form.questions[question].about if len(rating_questions(sheet.form)) > 1 else "",
        "answer": at_a_glance(found, suggested(found.suggestion, sheet.form), said),
        "failed": failed_values(sheet.book, sheet.review, *sheet.judged_by(question), found.suggestion)
        if failed
        else None,
    }


def _details(sheet: OwnReview, question: str) -> dict[str, Json]:
    """The answer, then the conditions of all ratings and what limits them."""
    found, asked_for = sheet.suggestions[question], sheet.form.questions[question]
    rules = rules_of(sheet.book, sheet.form, sheet.review.person, asked_for)
    assert rules is not None, "what is suggested rests on rules"
    return {**_answer(sheet, question), **reasons(found, rules, {rating: needed(found, rating) for rating in Rating})}


VERBS: dict[str, OnPress] = {"result": looking(result)}
