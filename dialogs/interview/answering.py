"""Answering by button and by text, taking over earlier answers, and moving from question to question."""

from typing import assert_never

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import key, option_of, option_with, rows
from dialogs.core.stamps import stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Reply, SetFocus, Turn
from dialogs.interview import asking, together
from dialogs.interview.items import lists
from dialogs.interview.offers_page import shows_offers
from dialogs.interview.own_review import OwnReview, Place, focus_on
from dialogs.interview.position import (
    changing,
    draw,
    go_to,
    held_right,
    here,
    kept,
    looking,
    no_review,
    told,
    without_reasons_gone,
)
from dialogs.interview.question_page import (
    EACH,
    ONE,
    TAKING_OVER,
    News,
    after_change,
    chosen_rating,
    excluded_values,
    news,
    offer_value,
    offered,
    on_offer,
    problem,
    source,
)
from dialogs.interview.together import NOTE_CHARS
from dialogs.shown.scores import unit_result_of, unit_result_values
from dialogs.shown.self_rating import needs_reason, refusal
from rules.campaign.permissions import Action
from rules.forms.answers import answered, items_so_far, said
from rules.forms.form import QuestionKind
from rules.forms.kinds import Problem, accept, accept_text, button_value, same
from rules.nouns.reviews import Answer, Json
from rules.nouns.values import Rating

#: Kinds of questions for which a head may hold a different value right.
_COUNTED = frozenset({QuestionKind.NUMBER, QuestionKind.CHOICE})
#: Carried by the button that confirms an answer after a second question about it.
SURE = "sure"
#: The longest reason for a self-rating above the suggestion, in characters.
REASON_CHARS = 1000


def press_answer(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """An option was pressed, of this question or of one answered long ago."""
    _, pressed, sure, *_ = (*button.about, "", "", "")
    option = option_of(place.question.options, pressed)
    if option is None or place.question.kind is QuestionKind.RATING:
        return told(sheet, news("unknown"))
    asked = None if sure == SURE else _contradicts(sheet, place, option.value)
    return asked or keep_value(sheet, place, option.value)


def on_text(books: Books, state: State, text: str) -> Turn:
    """A text answers the current question. If it seems to be something else, it is answered as such or the person is
    asked.
    """
    if state.own is None:
        return no_review()
    sheet = OwnReview.of(books, state)
    if shows_offers(sheet):
        return told(sheet, news("not_awaited"))
    place = sheet.current() if sheet.open else None
    noting = place is not None and asking.note_awaited(sheet, place) and not together.evidence_awaited(sheet, place)
    if place is not None and len(sheet.screen(place)) > 1 and not noting:
        understood = together.typed(sheet, place, text)
        if understood and any(isinstance(command, KeepAnswer) for command in understood.commands):
            return understood
    return asking.something_else(sheet, place, text) or answer_typed(sheet, place, text)


def answer_typed(sheet: OwnReview, place: Place | None, text: str) -> Turn:
    """A text that is meant as an answer: as the awaited note, or to the current question."""
    if place is None:
        return told(sheet, news("not_awaited"))
    if together.evidence_awaited(sheet, place):
        return together.noted(sheet, place, text)
    if asking.note_awaited(sheet, place):
        return _illustrated(sheet, place, text)
    if len(sheet.screen(place)) > 1:
        return together.typed(sheet, place, text) or together.not_understood(sheet, place, text)
    match place.question.kind:
        case QuestionKind.ITEMS:
            return lists.on_text(sheet, place, text)
        case QuestionKind.RATING:
            return _rating_typed(sheet, place, text)
        case QuestionKind.CHOICE | QuestionKind.TEXT | QuestionKind.NUMBER | QuestionKind.DATE:
            return _typed(sheet, place, text)
        case _:
            assert_never(place.question.kind)


def keep_value(sheet: OwnReview, place: Place, value: Json) -> Turn:
    """Store a value and say what became of it: new, changed, or unchanged.

    A note that illustrates stays. A note explaining why another form differs is dropped together with the answer it
    explained.
    """
    old = sheet.answer(place.key)
    stays = old is not None and (place.question.illustrated or same(old.value, value))
    answer = Answer(value, note=old.note if old and stays else "")
    return kept(sheet, place, answer, confirmation(sheet, place, answer))


def confirmation(sheet: OwnReview, place: Place, answer: Answer) -> News:
    """One short line about an answer: stored, changed, or unchanged."""
    old = sheet.answer(place.key)
    what = "kept"
    before: dict[str, Json] | None = None
    if old is not None and old.value is not None:
        awaited = place.key in sheet.unsettled or sheet.focused == place.key
        again = same(old.value, answer.value) and old.note == answer.note
        what = ("kept" if awaited else "stands") if again else "changed"
        before = {**said(place.question, old), "note": ""}
    return {**_about(what, place, answer), **({"before": before} if what == "changed" else {})}


def skip(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Skip an optional question. An existing answer is kept."""
    old = sheet.answer(place.key)
    if place.question.required:
        return told(sheet, news("required", number=place.number))
    if old is not None and (old.skipped or old.value is not None) and place.key not in sheet.unsettled:
        return told(sheet, confirmation(sheet, place, old))
    if items_so_far(old):
        return told(sheet, news("has_items", number=place.number))
    skipped = Answer(None, note=old.note if old else "", skipped=True)
    return kept(sheet, place, skipped, news("skipped", number=place.number))


def keep(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Keep the displayed answer."""
    old = sheet.answer(place.key)
    if old is None or not answered(place.question, old):
        return told(sheet)
    return kept(sheet, place, old, _about("stays", place, old))


def go(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Go back, forward, or to a question by its key."""
    return go_to(sheet, place, replaces=True)


def example(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The same question with a sample answer. For an older question it also leads back there."""
    shown = sheet.current()
    turn = Turn(()) if shown and place in sheet.screen(shown) else go_to(sheet, place)
    return Turn((draw(sheet, place, example=True, replaces=True),), turn.commands)


def reuse(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Take over what was said elsewhere. An existing answer is kept, and an offer that has changed is shown first."""
    found = on_offer(sheet, place)
    if found is None or place.question.recalls or not TAKING_OVER[place.question.kind]:
        return _not_on_offer(sheet, place)
    if (stamp(offer_value(found)),) != button.about[1:2]:
        return told(sheet, news("offer_changed", number=place.number))
    old = sheet.answer(place.key)
    answer = Answer(offer_value(found), note=(old.note if old else "") or found.note)
    line = news("taken", number=place.number, said=said(place.question, answer), **source(sheet, found))
    return kept(sheet, place, answer, line)


def revise(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The full text that was said elsewhere, for copying and changing. The next text answers the question."""
    found = on_offer(sheet, place)
    if found is None or place.question.recalls or "revise" not in TAKING_OVER[place.question.kind]:
        return _not_on_offer(sheet, place)
    values: dict[str, Json] = {
        **source(sheet, found),
        "number": place.number,
        "text": place.question.text,
        "whole": str(found.value),
        "limit": place.question.max_chars,
    }
    take = offered(sheet, place)[1][0]
    back = key("question/back", sheet.review, "go", place.key)
    shown = Reply("question/revise", values, rows((take,), (back,)))
    return Turn((shown,), (SetFocus(focus_on(sheet, place)),))


def take_points(sheet: OwnReview, button: Button) -> Turn:
    """Take over the points that the head thinks right. Everything else counted in the same items is left as it was."""
    right, decision = held_right(sheet), sheet.review.last_decision
    if not right or decision is None or button.about[:1] != (str(decision.version),):
        return told(sheet, news("unknown"))
    items = {place.item.key for place in sheet.places if place.key in right}
    counted = [p for p in sheet.places if p.item.key in items and p.question.kind in _COUNTED and sheet.may_change(p)]
    commands: list[Command] = []
    after = sheet
    for place in counted:
        old = sheet.answer(place.key)
        if place.key not in right and old is None:
            continue
        note, skipped = (old.note, old.skipped) if old else ("", False)
        value, skipped = (right[place.key], False) if place.key in right else (old.value if old else None, skipped)
        given = Answer(value, note, skipped, round=len(sheet.review.drafts))
        commands.append(KeepAnswer(sheet.review.id, place.key, given))
        after = after.answered(place.key, given)
    after = after.looking_at(None)
    numbers: list[Json] = [place.number for place in counted if place.key in right]
    line = news("points_taken", question=counted[0].key, numbers=numbers)
    names = [command.question for command in commands if isinstance(command, KeepAnswer)]
    after, gone, told_of_it = without_reasons_gone(after)
    drawn = after_change(after, (line,), names, here(after, line, *told_of_it))
    return Turn((drawn,), (*commands, *gone, SetFocus(None)))


def instead(sheet: OwnReview, button: Button) -> Turn:
    """One figure in place of several questions, or back: `instead:<review>:<its question>:<one or each>`.

    Earlier input is kept, but has no effect while its question is not asked.
    """
    named, which, *_ = (*button.about, "", "")
    one = sheet.form.questions.get(named)
    if not sheet.open:
        return told(sheet, news("locked", status=sheet.review.status.value))
    if one is None or not one.instead_of or which not in {ONE, EACH}:
        return told(sheet, news("unknown"))
    wanted = named if which == ONE else one.instead_of[0]
    if there := sheet.place(wanted):
        return go_to(sheet, there, replaces=True)
    answer = Answer(None, skipped=which == EACH, round=len(sheet.review.drafts))
    after = sheet.answered(named, answer)
    place = after.place(wanted)
    if place is None or not after.may_change(place):
        return told(sheet, news("unknown"))
    turn = go_to(after, place, replaces=True)
    return Turn(turn.replies, (KeepAnswer(sheet.review.id, named, answer), *turn.commands))


def rate(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Choose one of the four ratings."""
    _, pressed, *_ = (*button.about, "", "")
    if place.question.kind is not QuestionKind.RATING or pressed not in tuple(Rating):
        return told(sheet, news("unknown"))
    return choose(sheet, place, Rating(pressed))


def choose(sheet: OwnReview, place: Place, rating: Rating) -> Turn:
    """Store a rating that no rule excludes. A reason given earlier for the same rating is used again."""
    found = sheet.suggestions.get(place.key)
    excluded = refusal(found, rating)
    if excluded:
        return told(sheet, news("excluded", **excluded_values(rating, excluded)), brief=True)
    old = sheet.answer(place.key)
    again = old is not None and old.value == rating.value
    note = old.note if old and again and needs_reason(found, rating) else ""
    had = chosen_rating(sheet, place) is not None
    settled = place.key not in sheet.unsettled and sheet.focused != place.key
    what = "changed" if had and not again else "stands" if again and settled else "kept"
    line = _about(what, place, Answer(rating.value))
    if what == "changed":
        line = {**line, "before": {**said(place.question, old), "note": ""}}
    return kept(sheet, place, Answer(rating.value, note=note), line)


def _contradicts(sheet: OwnReview, place: Place, value: Json) -> Turn | None:
    """Ask once more if the known scores give a different value. Either may be stated; the reader sees both."""
    found = unit_result_of(sheet.state, sheet.review, place.question)
    if found is None or found.value is None or same(found.value, value):
        return None
    ours, theirs = option_with(place.question.options, found.value), option_with(place.question.options, value)
    if ours is None or theirs is None:
        return None
    keys = [
        key(f"question/{label}", sheet.review, "answer", place.key, button_value(one), SURE, text=one.label)
        for label, one in (("as_counted", ours), ("all_the_same", theirs))
    ]
    values: dict[str, Json] = {
        "number": place.number,
        "said": theirs.label,
        "led": unit_result_values(found),
        "cite": place.question.cite,
    }
    return Turn((Reply("question/contradicts", values, tuple((one,) for one in keys)),))


def _typed(sheet: OwnReview, place: Place, text: str) -> Turn:
    value = accept(place.question, text, sheet.state.now.date())
    if not isinstance(value, Problem):
        return _contradicts(sheet, place, value) or keep_value(sheet, place, value)
    if sheet.takes_word(place) and value.code in {"not_an_option", "not_a_number"}:
        return _illustrated(sheet, place, text)
    return told(sheet, problem(value), brief=True)


def _illustrated(sheet: OwnReview, place: Place, text: str) -> Turn:
    """The text becomes the note of a choice. Without a choice, the question stays open."""
    note = accept_text(text, NOTE_CHARS)
    if isinstance(note, Problem):
        return told(sheet, problem(note), brief=True)
    if weak := asking.no_evidence(sheet, place, text):
        return weak
    old = sheet.answer(place.key)
    value = old.value if old else None
    answer = Answer(value, note)
    return kept(sheet, place, answer, together.noted_line(sheet, place, answer))


def _rating_typed(sheet: OwnReview, place: Place, text: str) -> Turn:
    """A rating given by name, or the awaited reason."""
    value = accept(place.question, text, sheet.state.now.date())
    if not isinstance(value, Problem):
        return choose(sheet, place, Rating(str(value)))
    chosen = chosen_rating(sheet, place)
    excluded = chosen and refusal(sheet.suggestions.get(place.key), chosen)
    if chosen is None or excluded or not needs_reason(sheet.suggestions.get(place.key), chosen):
        return told(sheet, problem(value), brief=True)
    reason = accept_text(text, REASON_CHARS)
    if isinstance(reason, Problem):
        return told(sheet, problem(reason), brief=True)
    answer = Answer(chosen.value, note=reason)
    return kept(sheet, place, answer, reason_line(sheet, place, answer))


def reason_line(sheet: OwnReview, place: Place, answer: Answer) -> News:
    """One line about the reason for a self-rating, with the earlier one if there was any."""
    old = sheet.answer(place.key)
    was = old.note if old and old.value == answer.value and old.note != answer.note else ""
    return news("reason_kept", question=place.key, said=said(place.question, answer), before=was)


def _not_on_offer(sheet: OwnReview, place: Place) -> Turn:
    old = sheet.answer(place.key)
    if old is None or (old.value is None and not old.skipped):
        return told(sheet, news("offer_changed", number=place.number))
    return told(sheet, _about("stands", place, old))


def _about(what: str, place: Place, answer: Answer) -> News:
    """A line about an answer, without its note."""
    return news(what, question=place.key, number=place.number, said={**said(place.question, answer), "note": ""})


VERBS: dict[str, OnPress] = {
    "answer": changing(press_answer),
    "skip": changing(skip),
    "keep": changing(keep),
    "go": changing(go),
    "example": changing(example),
    "reuse": changing(reuse),
    "revise": changing(revise),
    "rate": changing(rate),
    "instead": looking(instead, Action.ANSWER),
    "take_points": looking(take_points, Action.ANSWER),
}

TEXTS: dict[str, OnText] = {asking.NOTE: on_text}
