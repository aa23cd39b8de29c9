"""The self-rating: any of the four, with a reason above the suggestion; never what a rule excludes."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.turn import Turn
from dialogs.interview.here import kept, told
from dialogs.interview.own import changing
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, news, problem
from dialogs.interview.rating_page import chosen_rating, lacks_reason
from dialogs.shown.said import said
from dialogs.shown.self_rating import needs_reason, refusal
from rules.forms.form import QuestionKind
from rules.forms.validate import Problem, accept, accept_text
from rules.nouns.reviews import Answer
from rules.nouns.values import Rating

#: The reason for a self-rating above the suggestion.
REASON_CHARS = 1000


def rate(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """One of the four ratings."""
    pressed = button.about[1] if len(button.about) > 1 else ""
    if place.question.kind is not QuestionKind.RATING or pressed not in tuple(Rating):
        return told(sheet, news("unknown"))
    return choose(sheet, place, Rating(pressed))


def on_text(sheet: OwnReview, place: Place, text: str) -> Turn:
    """The reason that is awaited, or a rating by its name."""
    value = accept(place.question, text)
    if not isinstance(value, Problem):
        return choose(sheet, place, Rating(str(value)))
    chosen, found = chosen_rating(sheet, place), sheet.suggestions.get(place.key)
    if chosen is None or not lacks_reason(sheet, place, chosen) or refusal(found, chosen):
        return told(sheet, problem(value), brief=True)
    reason = accept_text(text, REASON_CHARS)
    if isinstance(reason, Problem):
        return told(sheet, problem(reason), brief=True)
    answer = Answer(chosen.value, note=reason)
    return kept(sheet, place, answer, news("reason_kept", number=place.number, said=said(place.question, answer)))


def choose(sheet: OwnReview, place: Place, rating: Rating) -> Turn:
    """Keeps a rating that no rule excludes. A reason given for the same rating before still counts."""
    found = sheet.suggestions.get(place.key)
    excluded = refusal(found, rating)
    if excluded:
        line = news(
            "excluded",
            rating=rating.value,
            why=excluded.why,
            cite=excluded.cite,
            fact=excluded.fact,
            at_most=excluded.at_most,
        )
        return told(sheet, line, brief=True)
    old = sheet.answer(place.key)
    again = old is not None and old.value == rating.value
    note = old.note if old and again and needs_reason(found, rating) else ""
    return kept(sheet, place, Answer(rating.value, note=note), _line(sheet, place, rating, again=again))


def _line(sheet: OwnReview, place: Place, rating: Rating, *, again: bool) -> News:
    had = chosen_rating(sheet, place) is not None
    settled = place.key not in sheet.unsettled and sheet.focused() != place.key
    what = "changed" if had and not again else "stands" if again and settled else "kept"
    return news(what, number=place.number, question=place.key, said=said(place.question, Answer(rating.value)))


VERBS: dict[str, OnPress] = {"rate": changing(rate)}
