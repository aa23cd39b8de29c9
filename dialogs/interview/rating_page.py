"""Draws the question for the self-rating, beside the suggestion."""

from dialogs.core.keys import foot, key, rows
from dialogs.core.turn import Reply
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, keep, position, steps
from dialogs.shown.self_rating import needs_reason, stands
from dialogs.shown.suggestion import suggested
from rules.judging.rated import rating_questions
from rules.nouns.reviews import Json
from rules.nouns.values import Rating


def ask_rating(sheet: OwnReview, place: Place, *lines: News, brief: bool = False, replaces: bool = False) -> Reply:
    """The four ratings; after a choice above the suggestion, the request for its reason."""
    chosen, found = chosen_rating(sheet, place), sheet.suggestions.get(place.key)
    values: dict[str, Json] = {
        **position(sheet, place, *lines),
        "help": "" if brief else place.question.help,
        "suggested": suggested(found, sheet.form) if found else None,
        "said_before": _said_before(sheet, place),
        "reason_for": chosen if chosen and lacks_reason(sheet, place, chosen) else "",
    }
    ratings = tuple(
        (key("review/rating", sheet.review, "rate", place.key, rating.value, rating=rating.value),) for rating in Rating
    )
    answer = sheet.answer(place.key)
    may_stay = chosen is not None and stands(found, chosen, answer.note if answer else "")
    keyboard = (
        *ratings,
        *rows(
            (keep(sheet, place) if may_stay else None,), (key("review/why", sheet.review, "result") if found else None,)
        ),
        *rows(steps(sheet, place)),
        *foot(sheet.review),
    )
    return Reply("question/rating", values, keyboard, replaces=replaces)


def chosen_rating(sheet: OwnReview, place: Place) -> Rating | None:
    """The self-rating that is kept."""
    answer = sheet.answer(place.key)
    return Rating(str(answer.value)) if answer and answer.value in tuple(Rating) else None


def _said_before(sheet: OwnReview, place: Place) -> dict[str, Json] | None:
    """The rating as a civil servant that the person gave themselves in the other form of this campaign."""
    if place.question.about != "civil":
        return None
    for other in sheet.state.others:
        form = sheet.books[other.campaign.edition].forms[other.form]
        for question in rating_questions(form):
            answer = other.answers.get(question.key)
            if form.rates is None and answer and answer.value in tuple(Rating):
                return {"code": form.code, "rating": answer.value}
    return None


def lacks_reason(sheet: OwnReview, place: Place, rating: Rating) -> bool:
    """Whether the chosen rating still waits for its reason."""
    answer = sheet.answer(place.key)
    return needs_reason(sheet.suggestions.get(place.key), rating) and not (answer and answer.note)
