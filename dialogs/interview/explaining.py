"""/ketqua before a decision: the suggestion, every condition with its verdict and clause, and what the next higher rating lacks."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import go_on, key, rows
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import looking, no_review
from dialogs.interview.review_page import about, totals
from dialogs.shown.self_rating import highest, suggested
from rules.book.suggestion import met_grounds, needed, next_higher, unsatisfied
from rules.judging.explanation import finding_values, reasons
from rules.judging.interview import rating_questions, rules_of
from rules.nouns.reviews import Json
from rules.nouns.values import Rating

#: The press that asks for the conditions of every rating.
ALL = "all"


def ketqua(books: Books, state: State, _: str) -> Turn:
    """The command /ketqua, as long as nothing is decided."""
    return results(OwnReview.of(books, state)) if state.own else no_review()


def result(sheet: OwnReview, button: Button) -> Turn:
    """The same by a button; with `all` every condition of one rating."""
    word, question, *_ = (*button.about, "", "")
    if word != ALL:
        return results(sheet)
    named = question if question in sheet.suggestions else next(iter((*sheet.suggestions,)[-1:]), "")
    return Turn((explained(sheet, named, everything=True, replaces=True),)) if named else results(sheet)


def results(sheet: OwnReview) -> Turn:
    """A message for each rating that is suggested; of a form without one, the points so far."""
    if not sheet.suggestions:
        values: dict[str, Json] = {**about(sheet), "totals": totals(sheet)}
        return Turn((Reply("review/points", values, ((go_on(sheet.review),),)),))
    *before, last = sheet.suggestions
    shown = (explained(sheet, key, everything=False, is_last=False) for key in before)
    return Turn((*shown, explained(sheet, last, everything=False)))


def explained(
    sheet: OwnReview, question: str, *, everything: bool, replaces: bool = False, is_last: bool = True
) -> Reply:
    """The suggestion for one rating and its conditions: of all ratings, or of the suggested and the next higher one."""
    found = sheet.suggestions[question]
    values = explained_values(sheet, question, everything=everything)
    more = (
        None if everything or found.not_rated else key("review/all_conditions", sheet.review, "result", ALL, question)
    )
    keyboard = rows((more,), (go_on(sheet.review) if is_last else None,))
    return Reply("review/result", values, keyboard, replaces=replaces)


def explained_values(sheet: OwnReview, question: str, *, everything: bool) -> dict[str, Json]:
    """What the explanation of one rating shows: with `everything` the conditions of all ratings, else those of the
    suggested and the next higher one, and the grounds of not completed that are met (each is enough).
    """
    found = sheet.suggestions[question]
    asked_for = sheet.form.questions[question]
    rules = rules_of(sheet.book, sheet.form, sheet.review.person, asked_for)
    assert rules is not None, "what is suggested rests on rules"
    told = highest(found)
    higher = next_higher(found)
    shown = tuple(Rating) if everything else tuple(rating for rating in (told, higher) if rating)
    findings = {rating: needed(found, rating) for rating in shown}
    if not everything:
        findings[Rating.NOT_COMPLETED] = met_grounds(found)
    answer = sheet.answer(question)
    return {
        **about(sheet),
        "about": asked_for.about if len(rating_questions(sheet.form)) > 1 else "",
        "suggested": suggested(found, sheet.form),
        "self_rating": answer.value if answer and not answer.skipped else None,
        **reasons(found, rules, findings),
        "higher": higher,
        "lacking": finding_values(found, unsatisfied(found, higher)) if higher else [],
        "totals": totals(sheet),
    }


VERBS: dict[str, OnPress] = {"result": looking(result)}
