"""Answering several questions at once: one press or text for a whole screen, evidence for one of them, and undoing."""

from collections.abc import Mapping, Sequence

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key, option_of, rows
from dialogs.core.stamps import answer_stamp, stamp
from dialogs.core.turn import Command, Key, Reply, SetFocus, Turn
from dialogs.interview import asking
from dialogs.interview.own_review import ALONE, OwnReview, Place, focus_on
from dialogs.interview.position import changing, draw, here, kept, kept_all, told, without_reasons_gone
from dialogs.interview.question_page import TOGETHER, News, item_values, news, problem
from dialogs.interview.together_page import (
    levels,
    marked,
    offers,
    open_places,
    row_values,
    still_open,
    table_of,
    usual_answers,
)
from rules.forms.answers import said
from rules.forms.form import OptionValue, QuestionKind
from rules.forms.kinds import Problem, accept, accept_text, same
from rules.forms.together import LEFT_OUT, Levels, levels_in, listed
from rules.nouns.reviews import Answer, Json
from rules.nouns.spoken import none
from rules.nouns.text import folded, shorten

#: The longest evidence for a choice, in characters: a sentence or two.
NOTE_CHARS = 600
#: The argument of a button that asks for an example of evidence.
_MORE = "more"
#: How many characters of a question are shown in the list of those that take evidence.
_CALLED_CHARS = 40
#: How many answers a confirmation repeats one by one.
_REPEATED = 6


def press_all(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Give all questions of the screen the same level: `all:<review>:<its first question>:<value>`."""
    return _press(sheet, place, button, open_places(sheet, _screen(sheet, place)))


def press_rest(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Give those without an answer the same level: `rest:<review>:<first question>:<value>`."""
    return _press(sheet, place, button, still_open(sheet, _screen(sheet, place)))


def usual(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Give the usual answers of the screen, unless something known contradicts them."""
    screen = _screen(sheet, place)
    found, label = usual_answers(sheet, screen), screen[0].item.usual
    return keep_values(sheet, screen, found, label.label) if found and label else told(sheet, news("unknown"))


def reuse_all(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Take over everything that was said elsewhere, as the screen shows it."""
    screen = _screen(sheet, place)
    found = offers(sheet, screen)
    if not found or button.about[1:2] != (stamp(dict(found)),):
        return told(sheet, news("offer_changed", number=place.number))
    return keep_values(sheet, screen, found)


def keep_all(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Keep the shown answers as they are."""
    screen = _screen(sheet, place)
    again = {
        one.key: answer.value
        for one in open_places(sheet, screen)
        if one.key in sheet.unsettled and (answer := sheet.answer(one.key)) and answer.value is not None
    }
    if not again:
        return told(sheet)
    given = [(one, Answer(again[one.key], note=_note_of(sheet, one))) for one in screen if one.key in again]
    return kept_all(sheet, given, kept_line(sheet, screen, given, "stays_together"))


def _note_of(sheet: OwnReview, place: Place) -> str:
    answer = sheet.answer(place.key)
    return answer.note if answer else ""


def skip_rest(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Leave out the questions without an answer, if each is optional."""
    screen = _screen(sheet, place)
    rest = still_open(sheet, screen)
    if not rest or any(one.question.required for one in rest):
        return told(sheet, news("required", number=place.number))
    skipped = [(one, Answer(None, skipped=True)) for one in rest]
    return kept_all(sheet, skipped, kept_line(sheet, screen, skipped))


def one(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Show one question of the screen by itself, in place of the screen."""
    focus = {**focus_on(sheet, place), ALONE: True}
    return Turn((draw(sheet.looking_at(focus), place, replaces=True),), (SetFocus(focus),))


def keep_values(sheet: OwnReview, screen: Sequence[Place], values: Mapping[str, Json], usual: str = "") -> Turn:
    """Store these values one by one, as far as they may be changed. `usual`: their common name."""
    given: list[tuple[Place, Answer]] = []
    for place in screen:
        if place.key not in values or not sheet.may_change(place):
            continue
        old = sheet.answer(place.key)
        stays = old is not None and (place.question.illustrated or same(old.value, values[place.key]))
        given.append((place, Answer(values[place.key], note=old.note if old and stays else "")))
    return kept_all(sheet, given, kept_line(sheet, screen, given, usual=usual))


def typed(sheet: OwnReview, place: Place, text: str) -> Turn | None:
    """Apply a text to the questions of a screen; None: nothing in it is understood."""
    screen = sheet.screen(place)
    if screen[0].item.usual and folded(text) == folded(screen[0].item.usual.label):
        found = usual_answers(sheet, screen)
        return keep_values(sheet, screen, found, screen[0].item.usual.label) if found else None
    if levels(screen) and screen[0].question.kind is QuestionKind.CHOICE:
        found_levels = levels_in(text, tuple(marked(screen)), levels(screen))
        return _levels_typed(sheet, screen, found_levels) if found_levels else None
    return _list_typed(sheet, screen, text)


def not_understood(sheet: OwnReview, place: Place, text: str) -> Turn:
    """A text that names no level may be evidence for the question it names. Otherwise the person is asked which
    question it belongs to.
    """
    screen = sheet.screen(place)
    if not screen[0].question.illustrated:
        labels: list[Json] = [option.label for option in levels(screen)]
        return told(sheet, problem(Problem("not_an_option", {"options": labels})), brief=True)
    return noted(sheet, place, text)


def illustrate(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Ask for a sentence or two about a choice; with `more`, show an example."""
    if not sheet.takes_word(place):
        return told(sheet, news("unknown"))
    answer, more = sheet.answer(place.key), button.about[1:2] == (_MORE,)
    ask_more = key("question/more", sheet.review, "illustrate", place.key, _MORE) if place.question.example else None
    values: dict[str, Json] = {
        "number": place.number,
        "text": place.question.short or place.question.text,
        "said": said(place.question, answer),
        "note": answer.note if answer else "",
        "example": place.question.example if more else "",
        "limit": NOTE_CHARS,
        "explains": sheet.explains(place),
    }
    keyboard = rows((key("question/no_note", sheet.review, "next"), None if more else ask_more))
    shown = Reply("question/note", values, keyboard, replaces=more)
    return Turn((shown,), (SetFocus({**focus_on(sheet, place), "for": asking.NOTE}),))


def evidence(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Ask for a sentence or two about one of the choices. The button or the text names which one, or it is chosen
    first.
    """
    if button.about[1:2] == (ALONE,):
        return illustrate(sheet, place, button)
    screen = _screen(sheet, place)
    focus = {**focus_on(sheet, screen[0]), "for": asking.NOTE, "each": True}
    return Turn((_which(sheet, screen, ""),), (SetFocus(focus),))


def evidence_awaited(sheet: OwnReview, place: Place) -> bool:
    """Whether evidence for one of the questions of a screen was asked for."""
    focus = sheet.state.focus or {}
    return focus.get("for") == asking.NOTE and bool(focus.get("each")) and place.key == sheet.focused


def noted(sheet: OwnReview, place: Place, text: str) -> Turn:
    """Store the text as evidence for the question whose mark it begins with. Without a mark, ask which question it
    belongs to; a press then stores it.
    """
    screen = _screen(sheet, place)
    piece = (sheet.state.focus or {}).get("piece")
    alone = marked(screen).get(folded(text))
    if alone and isinstance(piece, str) and evidence_awaited(sheet, place):
        return _note(sheet, alone, piece)  # the mark was typed instead of pressed
    lead, _, rest = text.strip().partition(" ")
    named = marked(screen).get(lead.strip("().:-").casefold()) if lead[-1:] in ").:-" else None
    if named and rest.strip():
        return _note(sheet, named, rest)
    note = accept_text(text, NOTE_CHARS)
    if isinstance(note, Problem):
        return told(sheet, problem(note), brief=True)
    if weak := asking.no_evidence(sheet, place, text):
        return weak
    shown = _which(sheet, screen, shorten(text))
    focus = {**focus_on(sheet, screen[0]), "for": asking.NOTE, "each": True, "piece": text}
    return Turn((shown,), (SetFocus(focus),))


def note_to(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Store the text in doubt as evidence for this question."""
    piece = (sheet.state.focus or {}).get("piece")
    if not isinstance(piece, str) or not place.question.illustrated:
        return told(sheet, news("unknown"))
    return _note(sheet, place, piece)


def undo(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Restore everything that was stored together with this answer, as long as none of it has changed since."""
    before, answer = sheet.state.before, sheet.answer(place.key)
    if _undone_already(sheet, button):
        return told(sheet, news("undone_already"))
    if not before or answer is None or button.about[1:2] != (answer_stamp(answer),):
        return told(sheet, news("not_undone", number=place.number))
    places = [one for key_ in before if (one := sheet.place(key_))]
    beside = button.about[3:4] == (TOGETHER,) and any(one not in _screen(sheet, place) for one in places)
    if beside or any(not sheet.may_change(one) for one in places):
        return told(sheet, news("not_undone", number=place.number))
    commands: list[Command] = []
    after = sheet
    for key_, old in before.items():
        again = old or Answer(None, round=len(sheet.review.drafts))
        commands.append(KeepAnswer(sheet.review.id, key_, again))
        after = after.answered(key_, again)
    reasons = [one for one in places if _reason_back(one, sheet.answer(one.key), before[one.key])]
    said_so = [
        news("reason_kept", question=one.key, said=said(one.question, before[one.key]), before="") for one in reasons
    ]
    places = [one for one in places if one not in reasons] or places
    changes: list[Json] = [_change(one.number, one, sheet.answer(one.key), before[one.key]) for one in places]
    alike = len({stamp([_value_of(sheet.answer(one.key)), _value_of(before[one.key])]) for one in places}) == 1
    if len(changes) > _REPEATED and not any(before.values()):
        changes, alike = [{**_change(one.number, one, None, None)} for one in places], True  # they have no answer again
    line = news(
        "undone",
        alike=alike,
        numbers=[one.number for one in places],
        changes=changes[:_REPEATED],
        more=len(changes[_REPEATED:]),
    )
    focus = focus_on(sheet, place)
    after, gone, told_of_it = without_reasons_gone(after)
    return Turn((here(after.looking_at(focus), line, *said_so, *told_of_it),), (*commands, *gone, SetFocus(focus)))


def _undone_already(sheet: OwnReview, button: Button) -> bool:
    """Whether the press has already been carried out: what stood before stands again."""
    *earlier, given, now = (None, None, *sheet.state.earlier)
    if given is None or now is None or button.about[1:2] != (answer_stamp(given),):
        return False
    return answer_stamp(now) == answer_stamp((earlier[-1] if earlier else None) or Answer(None))


def _reason_back(place: Place, now: Answer | None, before: Answer | None) -> bool:
    """Whether undoing restores the reason of a self-rating that was removed along with its cause."""
    rated = place.question.kind is QuestionKind.RATING
    return rated and before is not None and bool(before.note) and _value_of(now) == _value_of(before)


def _value_of(answer: Answer | None) -> Json:
    """The value of an answer; None: there is no answer."""
    return [answer.value, answer.skipped] if answer else None


def _screen(sheet: OwnReview, place: Place) -> tuple[Place, ...]:
    """The questions asked together with this one, even while it is shown by itself."""
    return sheet.looking_at(None).screen(place)


def _press(sheet: OwnReview, place: Place, button: Button, places: Sequence[Place]) -> Turn:
    screen = _screen(sheet, place)
    option = option_of(levels(screen), (*button.about, "", "")[1])
    if option is None or len(screen) == 1:
        return told(sheet, news("unknown"))
    if not places:
        return told(sheet, news("all_said"))
    return keep_values(sheet, screen, {one.key: option.value for one in places})


def _levels_typed(sheet: OwnReview, screen: Sequence[Place], found: Levels) -> Turn | None:
    named = {place.key: found.by_mark[mark] for mark, place in marked(screen).items() if mark in found.by_mark}
    free = open_places(sheet, screen)
    rest = [place for place in still_open(sheet, screen) if place.key not in named]
    values: dict[str, OptionValue] = {}
    if found.every is not None:
        values |= {place.key: found.every for place in free}
    for level in (found.rest, found.bare):
        if level is not None and not rest:
            return told(sheet, news("whose"), brief=True)
        if level is not None:
            values |= {place.key: level for place in rest}
    values |= named
    locked = [place.number for place in screen if place.key in named and place not in free]
    if locked:
        return told(sheet, news("not_reopened", number=locked[0]))
    return keep_values(sheet, screen, values) if values else None


def _list_typed(sheet: OwnReview, screen: Sequence[Place], text: str) -> Turn | None:
    """Values row by row, as many as there are open questions. A single value is for the first question without an
    answer.
    """
    found, free, rest = listed(text), open_places(sheet, screen), still_open(sheet, screen)
    wanted = rest or free
    by_place: list[tuple[Place, str]] = []
    if found.every:
        by_place = [(place, found.every) for place in wanted]
    elif found.named:
        called = {folded(place.question.short or place.question.text): place for place in free}
        called |= {mark: place for mark, place in marked(screen).items() if place in free}
        unknown = [name for name in found.named if name not in called]
        if unknown:
            return told(sheet, news("no_such_row", name=shorten(unknown[0], 40)), brief=True)
        by_place = [(called[name], value) for name, value in found.named.items()]
    elif len(found.values) == len(wanted) or (
        len(found.values) == 1 and not none(text)
    ):  # a single “không” could mean any of the questions
        by_place = list(zip(wanted, found.values, strict=False))
    elif len(found.values) == len(free):
        by_place = list(zip(free, found.values, strict=True))
    elif len(found.values) == len(table := table_of(sheet, screen)):
        return _rows_kept(sheet, table, list(zip(table, found.values, strict=True)), by_number=True)
    else:
        ends = (wanted[0], wanted[-1]) if wanted else (screen[0], screen[-1])
        count = news(
            "count_differs",
            count=len(found.values),
            wanted=len(wanted),
            first=ends[0].question.short or ends[0].question.text,
            last=ends[1].question.short or ends[1].question.text,
            optional=all(not one.question.required for one in wanted),
        )
        return told(sheet, count, brief=True)
    return _rows_kept(sheet, screen, by_place)


def _rows_kept(
    sheet: OwnReview, screen: Sequence[Place], by_place: Sequence[tuple[Place, str]], *, by_number: bool = False
) -> Turn:
    """Store every value, or say what is wrong with which; then none is stored."""
    given: list[tuple[Place, Answer]] = []
    wrong: list[Json] = []
    for place, raw in by_place:
        if not place.question.required and raw.strip().casefold() in LEFT_OUT:
            given.append((place, Answer(None, skipped=True)))
            continue
        value = accept(place.question, raw, sheet.state.now.date())
        if isinstance(value, Problem):
            called = place.question.short or place.question.text
            found = problem(value)
            wrong.append({"row": called, "typed": shorten(raw, 40), "code": found["code"], "values": found["values"]})
        else:
            given.append((place, Answer(value)))
    if wrong and len(by_place) == 1:
        return told(sheet, problem(value) if isinstance(value, Problem) else news("unknown"), brief=True)
    if wrong:
        return told(sheet, news("wrong_rows", rows=wrong[:_REPEATED], more=len(wrong[_REPEATED:])), brief=True)
    return kept_all(sheet, given, kept_line(sheet, screen, given, by_number=by_number))


def _note(sheet: OwnReview, place: Place, text: str) -> Turn:
    note = accept_text(text, NOTE_CHARS)
    if isinstance(note, Problem):
        return told(sheet, problem(note), brief=True)
    old = sheet.answer(place.key)
    looked = sheet.looking_at(focus_on(sheet, place))
    answer = Answer(old.value if old else None, note)
    turn = kept(looked, place, answer, noted_line(sheet, place, answer))
    settled = any(isinstance(command, SetFocus) for command in turn.commands)
    return turn if settled else Turn(turn.replies, (*turn.commands, SetFocus(None)))


def noted_line(sheet: OwnReview, place: Place, answer: Answer) -> News:
    """One line about evidence that was stored with an answer, and the earlier evidence if there was any."""
    old = sheet.answer(place.key)
    was = old.note if old and old.note != answer.note else ""
    return news(
        "noted",
        question=place.key,
        number=place.number,
        choose=answer.value is None,
        explains=sheet.explains(place),
        before=shorten(was),
        note=shorten(answer.note),
    )


def _which(sheet: OwnReview, screen: Sequence[Place], piece: str) -> Reply:
    """Ask which question the evidence belongs to: that of a given text, or of the next one."""
    verb = "note_to" if piece else "illustrate"
    keys: list[Key] = [
        key("question/one", sheet.review, verb, place.key, mark=mark)
        for mark, place in marked(screen).items()
        if sheet.may_change(place)
    ]
    values: dict[str, Json] = {
        "number": screen[0].number,
        "piece": piece,
        "rows": [_called(sheet, place, mark) for mark, place in marked(screen).items()],
        "limit": NOTE_CHARS,
    }
    return Reply("question/evidence", values, rows(keys, (key("question/no_note", sheet.review, "next"),)))


def _called(sheet: OwnReview, place: Place, mark: str) -> dict[str, Json]:
    """A question in one line, short because it was read in full just before."""
    row = row_values(place, mark, sheet.answer(place.key))
    return {**row, "text": shorten(str(row["text"]), _CALLED_CHARS)}


def kept_line(
    sheet: OwnReview,
    screen: Sequence[Place],
    given: Sequence[tuple[Place, Answer]],
    what: str = "together",
    *,
    by_number: bool = False,
    usual: str = "",
) -> News:
    """One line about everything that was stored: the same for all, or each by its mark, with the former value if it
    differed.

    `by_number`: it covers several items, whose marks are on no screen. `usual`: their common name, if it was stated
    just before.
    """
    called = {place.key: place.number if by_number else mark for mark, place in marked(screen).items()}
    changes = [_change(called[place.key], place, sheet.answer(place.key), answer) for place, answer in given]
    first = given[0][1]
    alike = all(answer.skipped == first.skipped and same(answer.value, first.value) for _, answer in given)
    befores = {stamp(change["before"]) for change in changes}
    return news(
        what,
        question=given[0][0].key,
        item={**item_values(screen[0]), "numbers": [screen[0].number, screen[-1].number] if by_number else []},
        count=len(given),
        whole=len(given) == len(screen),
        alike=alike,
        usual=usual,
        moved=any(change["before"] is not None for change in changes),
        alike_before=len(befores) == 1,
        changes=list(changes),
    )


def _change(called: Json, place: Place, old: Answer | None, new: Answer | None) -> dict[str, Json]:
    """The former and the new value of an answer. `before` is None if there was none or it was the same."""
    after = {**said(place.question, new), "note": ""}
    before = {**said(place.question, old), "note": ""}
    there = old is not None and (old.value is not None or old.skipped) and before != after
    return {
        "mark": called,
        "text": place.question.short or "",
        "after": after,
        "before": before if there else None,
    }


VERBS: dict[str, OnPress] = {
    "all": changing(press_all),
    "rest": changing(press_rest),
    "usual": changing(usual),
    "reuse_all": changing(reuse_all),
    "keep_all": changing(keep_all),
    "skip_rest": changing(skip_rest),
    "one": changing(one),
    "illustrate": changing(illustrate),
    "evidence": changing(evidence),
    "note_to": changing(note_to),
    "undo": changing(undo),
}
