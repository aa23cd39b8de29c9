"""The message of a question: what is asked, what is stored, what was said elsewhere, and its buttons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from dialogs.core.keys import foot, key, option_with, rows, spread
from dialogs.core.stamps import answer_stamp, stamp
from dialogs.core.turn import Key, Reply
from dialogs.interview.own_review import ALONE, OwnReview, Place
from dialogs.interview.several.figures import figures_shown
from dialogs.interview.several.written import written_values
from dialogs.shown.person import which_values
from dialogs.shown.scores import unit_result_of, unit_result_values
from dialogs.shown.self_rating import Excluded, needs_reason, refusal, stands, suggested
from dialogs.shown.truth import around, contradiction_values
from dialogs.shown.work import percentages
from rules.forms.answers import answered, items_so_far, said, value_said
from rules.forms.form import Question, QuestionKind, item_number
from rules.forms.kinds import Problem, button_value, is_closed
from rules.forms.recalling import Told, offer, takes
from rules.judging.explanation import condition_values, decided_by
from rules.judging.interview import asked_instead, rating_questions
from rules.ledger.filling import asked_for
from rules.nouns.reviews import Answer, Json, Review
from rules.nouns.rulings import Offer
from rules.nouns.text import shorten
from rules.nouns.values import Rating

News = dict[str, Json]

#: The fact that a party form rests on: the rating as a civil servant.
CIVIL_RATING = "civil_rating"

#: The buttons by which a question of each kind takes over what was said elsewhere: as it is, or to be changed. A
#: choice is one tap either way: it has none. Nobody takes over a rating.
TAKING_OVER: Mapping[QuestionKind, tuple[str, ...]] = {
    QuestionKind.CHOICE: (),
    QuestionKind.TEXT: ("reuse", "revise"),
    QuestionKind.NUMBER: ("reuse",),
    QuestionKind.DATE: ("reuse",),
    QuestionKind.ITEMS: ("reuse_list",),
    QuestionKind.RATING: (),
}

#: What a button for one figure in place of several says: that figure, or each of the others again.
ONE, EACH = "one", "each"

#: What a button to undo carries that was drawn when the same was said again: it undoes nothing beside that screen.
TOGETHER = "together"

#: Lines of `question/news` about what was kept; all lines after an answer; and those after which it may be undone by a press.
_ABOUT_ANSWERS = frozenset(
    {
        "kept",
        "changed",
        "stands",
        "stays",
        "together",
        "figures",
        "items_added",
        "taken_all",
        "part",
        "dropped",
        "noted",
        "points_taken",
    }
    | {"reason_kept"}
)
_OF_ANSWERS = _ABOUT_ANSWERS | {"stays_together", "list_kept", "skipped", "undone"}
_UNDOABLE = frozenset({"changed", "together", "figures", "items_added", "dropped", "points_taken", "taken_all"})

#: Characters of a help that stands under a question; the rest is a press away.
_LINE_CHARS = 120
#: Characters of a question that stands by itself in its own words; a longer one goes by its short ones, the own ones behind “?”.
_QUESTION_CHARS = 120

#: Characters of a text that stand beside the question, names of a list's items and their characters.
_TEXT_CHARS, _NAMES, _NAME_CHARS = 300, 5, 36


def news(what: str, **values: Json) -> News:
    """A line above the question about the effect of the last event. `what` names a template of `question/news`."""
    return {"what": what, **values}


def problem(found: Problem) -> News:
    """What is wrong with an input, and what is expected."""
    return news("problem", code=found.code, values={"why": "", **found.values})


def ask(
    sheet: OwnReview, place: Place, *lines: News, brief: bool = False, example: bool = False, replaces: bool = False
) -> Reply:
    """A question answered by a button or by typing. `brief`: without help, after a line that already says what is
    expected.
    """
    question, review = place.question, sheet.review
    led = unit_result_of(sheet.state, review, question)
    offer_values, offer_keys = offered(sheet, place)
    figures, figure_keys = figures_shown(sheet, place)
    values: dict[str, Json] = {
        **place_values(sheet, place, lines),
        "exact": question.text if example and asked_as(question) != question.text else "",
        "yes_no": asked_as(question) != question.text
        and bool(question.options)
        and all(isinstance(one.value, bool) for one in question.options),
        "help": "" if brief else question.help if example else line_of(question.help),
        "example": question.example if example else "",
        "led": unit_result_values(led) if led else None,
        "cite": question.cite,
        "figures": figures,
        **({} if brief else offer_values),
    }
    ledger_values, ledger_keys = from_ledger(sheet, place)
    values |= ledger_values
    options = [
        key("question/option", review, "answer", question.key, button_value(option), text=option.label)
        for option in question.options
    ]
    back, onward = steps(sheet, place)
    keyboard = (
        *spread(options),
        *rows(
            (keep(sheet, place),),
            ledger_keys,
            *figure_keys,
            (instead(sheet, place),),
            offer_keys,
            (evidence(sheet, place), None if example else more(sheet, place), onward),
        ),
        *foot(review, back),
    )
    return Reply("question/ask", values, keyboard, replaces=replaces)


def evidence(sheet: OwnReview, place: Place) -> Key | None:
    """The button for a sentence or two about a choice, in a question opened by itself."""
    if not place.question.illustrated or not sheet.alone(place):
        return None
    return key("question/illustrate", sheet.review, "illustrate", place.key, number=place.number)


def more(sheet: OwnReview, place: Place) -> Key | None:
    """The button to everything about a question: its full help, an example, the words of the form."""
    question = place.question
    there = question.example or question.help != line_of(question.help) or asked_as(question) != question.text
    return key("question/more", sheet.review, "example", place.key) if there else None


def line_of(text: str) -> str:
    """The help if it fits one line, otherwise its first sentence if that fits, otherwise nothing."""
    first = text if len(text) <= _LINE_CHARS else text.partition(". ")[0] + "."
    return first if len(first) <= _LINE_CHARS else ""


def after_change(
    sheet: OwnReview, lines: Iterable[News], given: Sequence[str], drawn: Reply, *, again: bool = False
) -> Reply:
    """The reply, with buttons for what was just stored: adding evidence, or undoing it if something was changed or
    several answers were given at once.

    `given`: the questions that were answered. `again`: by the same press as before.
    """
    line = next((one for one in lines if one["what"] in _ABOUT_ANSWERS), None)
    changed = sheet.place(str(line["question"])) if line else None
    if line is None or changed is None:
        return drawn
    keys = [_evidence_of(sheet, changed, together=line["what"] == "together")]
    undoable = line["what"] in _UNDOABLE or bool(line.get("before"))
    first = sheet.answer(given[0]) if given and undoable else None
    if first:
        whole = (TOGETHER,) if again else ()
        keys.append(key("question/undo", sheet.review, "undo", given[0], answer_stamp(first), str(len(given)), *whole))
    return replace(drawn, keyboard=(*drawn.keyboard[:-1], *rows(keys), *drawn.keyboard[-1:]))


def _evidence_of(sheet: OwnReview, changed: Place, *, together: bool) -> Key | None:
    """The button for evidence of what was just answered, where the screen that comes has none for it."""
    answer, shown = sheet.answer(changed.key), sheet.current()
    there = shown is not None and shown.item.key == changed.item.key and len(sheet.screen(shown)) > 1
    if not changed.question.illustrated or answer is None or answer.note or there:
        return None
    if together and len(sheet.looking_at(None).screen(changed)) > 1:
        called = item_number(changed.section, changed.item)
        label = "question/evidence_for" if called else "question/evidence"
        return key(label, sheet.review, "evidence", changed.key, called=called)
    return key("question/illustrate", sheet.review, "evidence", changed.key, ALONE, number=changed.number)


def ask_rating(sheet: OwnReview, place: Place, *lines: News, brief: bool = False, replaces: bool = False) -> Reply:
    """The four ratings with the suggestion; after a choice above it, the request for a reason.

    A rating that a rule excludes has no button; the message says which rule. A rating chosen before the rule applied is
    named first, because no reason can keep it.
    """
    chosen, found = chosen_rating(sheet, place), sheet.suggestions.get(place.key)
    barred = {rating: why for rating in Rating if (why := refusal(found, rating))}
    told_already = any(line["what"] == "excluded" for line in lines)
    higher = any(needs_reason(found, rating) for rating in Rating if rating not in barred)
    lowest = (chosen if chosen in barred else next(reversed(barred), None)) if not told_already else None
    values: dict[str, Json] = {
        **place_values(sheet, place, lines),
        # Of one's own rating it speaks of choosing a higher one; a rating that rules go by has a help of another kind.
        "help": place.question.help if not brief and (higher or place.question.yields or not found) else "",
        "suggested": suggested(found, sheet.form) if found else None,
        "cites": list(_briefly(decided_by(found))) if found else [],
        "said_before": _rated_elsewhere(sheet, place),
        "reason_for": chosen if chosen and chosen not in barred and lacks_reason(sheet, place, chosen) else "",
        "barred": excluded_values(lowest, barred[lowest]) if lowest else None,
    }
    ratings = tuple(
        (key("review/rating", sheet.review, "rate", place.key, rating.value, rating=rating.value),)
        for rating in Rating
        if rating not in barred
    )
    answer = sheet.answer(place.key)
    back, onward = steps(sheet, place)
    may_stay = chosen is not None and stands(found, chosen, answer.note if answer else "")
    keyboard = (
        *ratings,
        *rows(
            (keep(sheet, place) if may_stay else None,),
            (key("review/why", sheet.review, "result") if found else None, onward),
        ),
        *foot(sheet.review, back),
    )
    return Reply("question/rating", values, keyboard, replaces=replaces)


def _briefly(why: Mapping[str, Json] | None) -> Iterator[str]:
    """The clauses that decided, without those that are part of another."""
    cites = [str(cite) for cite in cast("list[Json]", why["cites"])] if why else []
    return (one for one in cites if not any(one.startswith(f"{whole} ") for whole in cites))


def excluded_values(rating: Rating, why: Excluded) -> dict[str, Json]:
    """Why a rating may not be chosen, as `question/news/excluded` takes it."""
    return {
        "rating": rating.value,
        "why": why.why,
        "cite": why.cite,
        "fact": why.fact,
        "at_most": why.at_most,
        "because": why.because,
        "ground": condition_values(why.ground.fact, why.ground.op, why.ground.asked) if why.ground else None,
    }


def place_values(sheet: OwnReview, place: Place, lines: Iterable[News]) -> dict[str, Json]:
    """What every question's message contains: news, position, progress, and the stored answer."""
    answer = sheet.answer(place.key)
    return {
        "news": list(lines),
        "which": None if _goes_on(sheet, lines) else which_values(sheet.books, sheet.review),
        "number": place.number,
        "total": len(sheet.places),
        "done": len(sheet.places) - len(sheet.unsettled),
        "section": {"number": place.section.number, "title": place.section.title},
        "item": item_values(place),
        "again": any(line.get("question") in {one.key for one in place.item.questions} for line in lines),
        "text": asked_as(place.question),
        "unit": place.question.unit,
        "kept": said(place.question, answer) if answer else None,
        "written": written_values(sheet, sheet.screen(place)),
        "contradicted": [contradiction_values(sheet.books, one) for one in sheet.known.of(place.key)],
        "explain": bool(sheet.to_explain(place.key)),
    }


def asked_as(question: Question) -> str:
    """The wording of a question that is asked alone."""
    return question.short if question.short and len(question.text) > _QUESTION_CHARS else question.text


def item_values(place: Place) -> dict[str, Json]:
    """The item of a question, as it is named on screens and in lines about it."""
    item = place.item
    return {
        "number": item.number,
        "title": item.title,
        "called": item_number(place.section, item) if item.number else "",
    }


def _goes_on(sheet: OwnReview, lines: Iterable[News]) -> bool:
    """Whether the form need not be named: there is only one, or the question follows an answer in the same form."""
    others = sheet.state.others
    answered = any(line["what"] in _OF_ANSWERS for line in lines)
    return not others or (answered and not any(one.open and one.begun for one in others))


def steps(sheet: OwnReview, place: Place) -> tuple[Key | None, Key | None]:
    """The buttons back and, if the question is settled or may be skipped, forward."""
    before, after = sheet.neighbours(place)
    back = key("question/before", sheet.review, "go", before.key) if before else None
    if place.key in sheet.unsettled:
        skip = key("question/skip", sheet.review, "skip", place.key)
        return back, None if place.question.required or items_so_far(sheet.answer(place.key)) else skip
    return back, key("question/forward", sheet.review, "go", after.key) if after else None


def keep(sheet: OwnReview, place: Place) -> Key | None:
    """The button that keeps a still valid answer, with an explanation if another of the person's forms differs."""
    if sheet.to_explain(place.key):
        return key("question/keep_with_word", sheet.review, "illustrate", place.key)
    stays = answered(place.question, sheet.answer(place.key))
    return key("question/keep", sheet.review, "keep", place.key) if stays else None


def chosen_rating(sheet: OwnReview, place: Place) -> Rating | None:
    """The stored self-rating."""
    answer = sheet.answer(place.key)
    return Rating(str(answer.value)) if answer and answer.value in tuple(Rating) else None


def lacks_reason(sheet: OwnReview, place: Place, rating: Rating) -> bool:
    """Whether the chosen rating still needs its reason."""
    answer = sheet.answer(place.key)
    return needs_reason(sheet.suggestions.get(place.key), rating) and not (answer and answer.note)


def offered(sheet: OwnReview, place: Place) -> tuple[dict[str, Json], tuple[Key | None, ...]]:
    """What was said elsewhere, as templates show it, and the buttons to take it over as it is or to change it first.
    Nothing without an offer.
    """
    question = place.question
    found = on_offer(sheet, place)
    if found is None:
        return {}, ()
    value = offer_value(found)
    values = {
        **source(sheet, found),
        "recalled": bool(question.recalls),
        "kind": question.kind.value,
        "near": found.near,
    }
    if question.recalls:
        return {"offer": {**values, "kind": "text", "text": shorten(str(value), _TEXT_CHARS)}}, ()
    if question.kind is QuestionKind.TEXT:
        values["text"] = shorten(str(value), _TEXT_CHARS)
    elif question.kind is QuestionKind.ITEMS:
        items = items_so_far(Answer(value))
        names: list[Json] = [shorten(str(item.get(question.fields[0].key, "")), _NAME_CHARS) for item in items]
        values |= {"names": names[:_NAMES], "more": len(names[_NAMES:])}
    else:
        values["said"] = {**value_said(question, value), "note": shorten(found.note)}
    if question.kind is QuestionKind.NUMBER and option_with(question.options, value):
        return {"offer": values}, ()  # its own button says it
    keys = tuple(
        key(f"question/{label}", sheet.review, "revise", question.key)
        if label == "revise"
        else key(f"question/{label}", sheet.review, "reuse", question.key, stamp(value))
        for label in TAKING_OVER[question.kind]
    )
    return {"offer": values}, keys


def from_ledger(sheet: OwnReview, place: Place) -> tuple[dict[str, Json], tuple[Key | None, ...]]:
    """What the period's ledger gives to this question, with the button to take over all its figures, or the way to the
    ledger if it is empty.
    """
    if sheet.review.id not in sheet.state.ledgers or place.key not in asked_for(sheet.book, sheet.form).values():
        return {}, ()
    found = sheet.from_ledger
    if found is None or not found.values:
        return {"ledger": []}, (key("question/to_ledger", sheet.review, "work_home"),)
    told = percentages(found.score)
    if found.taken(sheet.review.answers):
        return {"ledger": told}, ()
    return {"ledger": told}, (key("question/from_ledger", sheet.review, "work_fill", percentages=told),)


def instead(sheet: OwnReview, place: Place) -> Key | None:
    """The way to one figure in place of this question and the following ones, if no ledger computes them; and the way
    back.
    """
    question = place.question
    if question.instead_of:
        return key("question/one_by_one", sheet.review, "instead", question.key, EACH)
    one = asked_instead(sheet.form, sheet.review.person, question.key)
    if one is None or (sheet.from_ledger and sheet.from_ledger.values):
        return None
    return key("question/instead", sheet.review, "instead", one.key, ONE)


def on_offer(sheet: OwnReview, place: Place) -> Offer | None:
    """What was said elsewhere, to be taken over while there is no answer (or as a list item), or only shown if it is
    recalled.

    Other forms of the same period come first, then earlier years. Nothing further is loaded for it.
    """
    question, answer, review = place.question, sheet.answer(place.key), sheet.review
    if question.kind is QuestionKind.RATING:
        return _own_civil_rating(sheet, place)
    if answer is not None and not question.recalls:
        begun = bool(items_so_far(answer)) or is_closed(answer.value) if question.fields else answer.value is not None
        if answer.skipped or begun:
            return None
    told = []
    for other in beside(sheet):
        if other.begun:
            book = sheet.books[other.campaign.edition]
            told.append(Told(book.forms[other.form], other.campaign.year, book.id, other.answers))
    now = offer(sheet.form, question, review.campaign.year, told) if told else None
    kept = review.offers.get(place.key)
    return now or (kept if kept and (question.recalls or takes(question, offer_value(kept))) else None)


def beside(sheet: OwnReview) -> tuple[Review, ...]:
    """The person's other reviews of the same time, decided ones first."""
    when = (sheet.review.campaign.year, sheet.review.campaign.period)
    others = (*sheet.state.others, *around(sheet.state, sheet.review).mine)
    found = {one.id: one for one in others if (one.campaign.year, one.campaign.period) == when}
    return tuple(sorted(found.values(), key=lambda one: (one.ruling is None, one.draft is None, one.id)))


def offer_value(found: Offer) -> Json:
    """The value as an answer stores it."""
    return cast("Json", found.value)


def source(sheet: OwnReview, found: Offer) -> dict[str, Json]:
    """Its source: the form, and the year if it differs (else 0). For a part of a year only the same part is offered."""
    now = sheet.review.campaign
    return {"form": found.form, "year": found.year if found.year != now.year else 0, "period": now.period}


def _own_civil_rating(sheet: OwnReview, place: Place) -> Offer | None:
    """The civil rating that is asked for once more: as decided, otherwise as the person gave it in their other form of
    the same time.
    """
    if place.question.about != "civil" or sheet.answer(place.key) is not None:
        return None
    decided = next((one for one in sheet.known.ratings if one.fact == CIVIL_RATING and one.rating and one.review), None)
    if decided and decided.review and decided.rating:
        form = sheet.books[decided.review.campaign.edition].forms[decided.review.form]
        return Offer(decided.rating.value, "", form.code, decided.review.campaign.year)
    said = _rated_elsewhere(sheet, place)
    return Offer(said["rating"], "", str(said["code"]), sheet.review.campaign.year) if said else None


def _rated_elsewhere(sheet: OwnReview, place: Place) -> dict[str, Json] | None:
    """The civil rating that the person gave in their other form of this campaign."""
    if place.question.about != "civil":
        return None
    for other in beside(sheet):
        form = sheet.books[other.campaign.edition].forms[other.form]
        for question in rating_questions(form):
            answer = other.answers.get(question.key)
            if form.rates is None and answer and answer.value in tuple(Rating):
                return {"code": form.code, "rating": answer.value}
    return None
