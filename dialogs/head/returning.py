"""Trả lại: returning a draft with a reason and, optionally, the items concerned."""

from collections.abc import Mapping

from dialogs.core.awaited import MAX_CHARS, let_go, text_of, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import Return
from dialogs.core.handlers import Books
from dialogs.core.keys import option_of, spread
from dialogs.core.paging import word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, SetFocus, Turn
from dialogs.head.guard import OpenDraft, awaiting, awaits, what_next
from dialogs.interview.question_page import problem
from dialogs.shown.chain import acting_for, for_values, to_see
from dialogs.shown.draft_card import drawn
from dialogs.shown.person import form_of, which_values
from dialogs.shown.proposed import proposed, proposed_one, take_key
from rules.forms.form import Form, NamedItem, Question, QuestionKind
from rules.forms.kinds import Problem, accept, button_value, same
from rules.judging.interview import asked
from rules.nouns.reviews import Json

#: The purpose of the focus from the press on Trả lại until the return. It holds the reason and the items.
REASON = "head_reason"

#: How many buttons for points fit in one message.
MOST_POINTS = 24


def ask(books: Books, _: State, draft: OpenDraft, __: Button) -> Turn:
    """Await the reason; nothing is returned without one."""
    cancel = ((Key("head/cancel", drawn("head_card", draft.review)),),)
    asked = Reply("head/ask_reason", {**which_values(books, draft.review), "max": MAX_CHARS}, cancel, replaces=True)
    return Turn((asked,), (awaiting(REASON, draft),))


def keep(books: Books, state: State, draft: OpenDraft, text: str) -> Turn:
    """Take the reason, show it with the items to choose, and offer to send."""
    if wrong := unusable(text.strip()):
        return Turn((wrong,))
    asked = _asked_point(books, state, draft)
    if asked and _reason(state, draft):
        return _point_typed(books, state, draft, asked, text)
    return _choosing(books, draft, text.strip(), _pointed_at(state), _points(state), replaces=False)


def points(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """Choose the question whose points should be different."""
    reason = _reason(state, draft)
    if not reason:
        return ask(books, state, draft, button)
    keys = tuple(
        (Key("head/point", drawn("head_point", draft.review, one.key), _point(draft, one, _points(state))),)
        for one in _pointable(books, draft, _pointed_at(state))
    )
    back = (Key("head/points_done", drawn("head_part", draft.review)),)
    shown = Reply("head/points", {**which_values(books, draft.review)}, (*keys, back), replaces=True)
    return Turn((shown,), (_still(state, draft),))


def point(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """The points of one question, by button or typed. The value stays with the reason until the return."""
    reason = _reason(state, draft)
    question = form_of(books, draft.review).questions.get(word(button, 2))
    if not reason or question is None:
        return ask(books, state, draft, button)
    option = option_of(question.options, word(button, 3)) if word(button, 3) else None
    if option is not None:
        return _pointed(books, state, draft, question, option.value)
    options = spread(
        [
            Key(
                "question/option",
                drawn("head_point", draft.review, question.key, button_value(one)),
                {"text": one.label},
            )
            for one in question.options
        ]
    )
    back = (Key("head/cancel", drawn("head_points", draft.review)),)
    values = {
        **which_values(books, draft.review),
        **_point(draft, question, _points(state)),
        "text": question.text,
        "of": draft.review.person.gender,
    }
    return Turn((Reply("head/ask_point", values, (*options, back)),), (_still(state, draft, point=question.key),))


def toggle(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """Select an item, or deselect it."""
    reason = _reason(state, draft)
    if not reason:
        return ask(books, state, draft, button)
    named = set(button.about[2:3])
    return _choosing(books, draft, reason, _pointed_at(state) ^ named, _points(state), replaces=True)


def send(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """Return the draft; the person is told the reason and the items."""
    reason = _reason(state, draft)
    if not reason:
        return ask(books, state, draft, button)
    review, version = draft.review, draft.draft.version
    form, right = form_of(books, review), _points(state)
    pointed_at = [part for part in parts_of(form, draft) if part.key in _pointed_at(state)]
    told = returned_notice(books, state, draft, reason, pointed_at, right)
    notice = Notify(review.person.id, f"returned:{review.id}:{version}", told)
    others = [one for one in to_see(state) if one.id != review.id]
    done = Reply(
        "head/returned", {**which_values(books, review), "waiting": len(others)}, what_next(others), replaces=True
    )
    command = Return(
        review.id, version, reason, tuple(part.key for part in pointed_at), acting_for(state, review), right
    )
    return Turn((done,), (command, notice, *let_go(state, Room.HEAD)))


def returned_notice(
    books: Books, state: State, draft: OpenDraft, reason: str, pointed_at: list[NamedItem], right: Mapping[str, Json]
) -> Reply:
    """The notice to the person, with a button to continue and one that takes over the points held right."""
    review = draft.review
    assert state.person is not None, "an approver is known"
    values: dict[str, Json] = {
        "by": state.person.name,
        "position": state.person.position,
        "at": state.now.isoformat(),
        "reason": reason,
        "parts": [_named(part) for part in pointed_at],
        "points": proposed(form_of(books, review), draft.draft.answers, right),
        "form": form_of(books, review).title,
        **which_values(books, review),
        **for_values(acting_for(state, review), state.names),
    }
    take = ((take_key(review.id, draft.draft.version, len(right)),),) if right else ()
    return Reply("notice/returned", values, (*take, (Key("notice/mend", Button("next", review.id)),)))


def parts_of(form: Form, draft: OpenDraft) -> list[NamedItem]:
    """The items that a return may name: those in which the person has answered something."""
    return [part for part in form.parts() if any(key in draft.draft.answers for key in part.questions)]


def _choosing(
    books: Books, draft: OpenDraft, reason: str, chosen: set[str], right: Mapping[str, Json], *, replaces: bool
) -> Turn:
    """The reason, a toggle for each item, the points held right, and the sending button. Points select their item."""
    review, form = draft.review, form_of(books, draft.review)
    offered = parts_of(form, draft)
    chosen = chosen | {part.key for part in offered if set(part.questions) & set(right)}
    toggles = tuple(
        (Key("head/part", drawn("head_part", review, part.key), {**_named(part), "on": part.key in chosen}),)
        for part in offered
    )
    pointable = ((Key("head/point_out", drawn("head_points", review)),),) if _pointable(books, draft, chosen) else ()
    send_or_not = (
        (Key("head/send", drawn("head_send", review)),),
        (Key("head/rewrite_reason", drawn("head_return", review)), Key("head/cancel", drawn("head_card", review))),
    )
    values: dict[str, Json] = {
        **which_values(books, review),
        "reason": reason,
        "parts": [_named(part) for part in offered if part.key in chosen],
        "points": proposed(form, draft.draft.answers, right),
        "of": review.person.gender,
    }
    kept: list[Json] = [part.key for part in offered if part.key in chosen]
    shown = Reply("head/parts", values, (*toggles, *pointable, *send_or_not), replaces=replaces)
    return Turn((shown,), (awaiting(REASON, draft, reason=reason, parts=kept, points=dict(right)),))


# ── the points that are held right ─────────────────────────────────────────────────────────────


def _pointable(books: Books, draft: OpenDraft, chosen: set[str]) -> list[Question]:
    """The questions whose points may be corrected: numbers and choices of the selected items; if none is selected, all
    numbers.
    """
    form, answers = form_of(books, draft.review), draft.draft.answers
    asks = {place.key for place in asked(form, draft.review.person, answers)}
    found = [
        form.questions[key]
        for part in parts_of(form, draft)
        if part.key in chosen or not chosen
        for key in part.questions
        if key in answers and key in asks
    ]
    kinds = {QuestionKind.NUMBER, QuestionKind.CHOICE} if chosen else {QuestionKind.NUMBER}
    return [question for question in found if question.kind in kinds][:MOST_POINTS]


def _pointed(books: Books, state: State, draft: OpenDraft, question: Question, value: Json) -> Turn:
    """Add a point that is held right. The value that the person gave is no correction."""
    answer = draft.draft.answers.get(question.key)
    right = {key: kept for key, kept in _points(state).items() if key != question.key}
    if answer is None or not same(answer.value, value):
        right[question.key] = value
    return _choosing(books, draft, _reason(state, draft), _pointed_at(state), right, replaces=False)


def _point_typed(books: Books, state: State, draft: OpenDraft, question: Question, text: str) -> Turn:
    value = accept(question, text, state.now.date())
    if isinstance(value, Problem):
        return Turn((Reply("review/line", {"news": [problem(value)]}),))
    return _pointed(books, state, draft, question, value)


def _asked_point(books: Books, state: State, draft: OpenDraft) -> Question | None:
    """The question whose points were asked for."""
    named = text_of(state.focus or {}, "point")
    return form_of(books, draft.review).questions.get(named) if named and awaits(state, REASON, draft) else None


def _point(draft: OpenDraft, question: Question, right: Mapping[str, Json]) -> dict[str, Json]:
    words = proposed_one(question, draft.draft.answers, right.get(question.key))
    return {
        "title": words["title"],
        "said": words["before"],
        "right": words["after"] if question.key in right else None,
    }


def _still(state: State, draft: OpenDraft, **more: Json) -> SetFocus:
    """Keep awaiting the same text, together with the question whose points are asked for."""
    parts: list[Json] = list(_pointed_at(state))
    return awaiting(REASON, draft, reason=_reason(state, draft), parts=parts, points=_points(state), **more)


def _points(state: State) -> dict[str, Json]:
    """The points held right so far."""
    kept = (state.focus or {}).get("points")
    return dict(kept) if isinstance(kept, dict) else {}


def _reason(state: State, draft: OpenDraft) -> str:
    """The reason written for exactly this draft; "": none."""
    return text_of(state.focus or {}, "reason") if awaits(state, REASON, draft) else ""


def _pointed_at(state: State) -> set[str]:
    """The keys of the items selected so far."""
    chosen = (state.focus or {}).get("parts")
    return {str(key) for key in chosen} if isinstance(chosen, list) else set()


def _named(part: NamedItem) -> dict[str, Json]:
    return {"number": part.number, "title": part.title}
