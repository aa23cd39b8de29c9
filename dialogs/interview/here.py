"""Where the conversation stands, drawn. Every path of one's own review ends here."""

from dialogs.core.turn import Command, KeepAnswer, Reply, SetFocus, Turn
from dialogs.interview.list_page import ask_list
from dialogs.interview.own_review import OwnReview, Place, reopened
from dialogs.interview.question_page import News, ask, news
from dialogs.interview.rating_page import ask_rating
from dialogs.interview.review_page import check_page, decided, status_page
from rules.forms.form import QuestionKind
from rules.forms.parts import parts
from rules.nouns.reviews import Answer, Json, ReviewStatus


def here(sheet: OwnReview, *lines: News, brief: bool = False, replaces: bool = False) -> Reply:
    """The current question, the page before sending, or what became of the draft."""
    told = lines or tuple(_returned(sheet))
    if not sheet.open:
        return status_page(sheet, *told, replaces=replaces)
    place = sheet.current()
    if place is None:
        return check_page(sheet, *told, replaces=replaces)
    return draw(sheet, place, *told, brief=brief, replaces=replaces)


def draw(
    sheet: OwnReview, place: Place, *lines: News, brief: bool = False, example: bool = False, replaces: bool = False
) -> Reply:
    """One question, whatever its kind."""
    match place.question.kind:
        case QuestionKind.ITEMS:
            return ask_list(sheet, place, *lines, brief=brief, example=example, replaces=replaces)
        case QuestionKind.RATING:
            return ask_rating(sheet, place, *lines, brief=brief, replaces=replaces)
        case _:
            return ask(sheet, place, *lines, brief=brief, example=example, replaces=replaces)


def told(sheet: OwnReview, *lines: News, brief: bool = False) -> Turn:
    """Nothing is kept: a line that says why, and where things stand."""
    return Turn((here(sheet, *lines, brief=brief),))


def kept(sheet: OwnReview, place: Place, answer: Answer, *lines: News) -> Turn:
    """The answer is kept (once: the same again adds nothing); the confirmation and what comes next are one message."""
    given = sheet.now(answer)
    after = sheet.answered(place.key, given)
    old = sheet.answer(place.key)
    as_it_was = old is not None and old == given and old.round == given.round
    commands: tuple[Command, ...] = () if as_it_was else (KeepAnswer(sheet.review.id, place.key, given),)
    if sheet.focused() == place.key:
        # A question the person went to stays before them until it is settled: a list, a reason to give.
        focus = on(sheet, place) if place.key in after.unsettled else None
        after, commands = after.looking_at(focus), (*commands, SetFocus(focus))
    return Turn((here(after, *lines),), (*commands, *_let_go_of_rating(after)))


def on(sheet: OwnReview, place: Place) -> dict[str, Json]:
    """The focus on a question."""
    return {"for": "question", "review": sheet.review.id, "question": place.key}


def go_to(sheet: OwnReview, place: Place, *lines: News, replaces: bool = False) -> Turn:
    """On to this question, whichever is open."""
    focus = on(sheet, place)
    moved = sheet.looking_at(focus)
    return Turn((draw(moved, place, *lines, replaces=replaces),), (SetFocus(focus),))


def _let_go_of_rating(sheet: OwnReview) -> tuple[Command, ...]:
    """Who turns out not to be rated gives no self-rating: one chosen before is not carried into the document."""
    review, asked = sheet.review, {place.key for place in sheet.places}
    ratings = (
        key
        for key, question in sheet.form.questions.items()
        if question.kind is QuestionKind.RATING and key not in asked
    )
    chosen = [key for key in ratings if key in review.answers and review.answers[key].value is not None]
    return tuple(KeepAnswer(review.id, key, sheet.now(Answer(None, skipped=True))) for key in chosen)


def _returned(sheet: OwnReview) -> list[News]:
    """Why the draft came back and what is to be mended, as long as it is not sent again."""
    decision = decided(sheet.review.last_decision, sheet.state.names)
    if sheet.review.status is not ReviewStatus.RETURNED or decision is None:
        return []
    pointed = reopened(sheet.review)
    named: list[Json] = [{"number": p.number, "title": p.title} for p in parts(sheet.form) if p.key in pointed]
    return [news("returned", decision=decision, parts=named)]
