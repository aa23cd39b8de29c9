"""Clashes: two people wrote the same answer of a body's report.

Neither replaces the other unseen: both are shown and one press chooses. What is replaced stays in the history.
"""

from collections.abc import Mapping

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.handlers import Books
from dialogs.core.keys import key
from dialogs.core.stamps import stamp
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview.own_review import OwnReview, Place
from dialogs.shown.person import which_values
from rules.forms.answers import said
from rules.forms.form import QuestionKind
from rules.forms.kinds import same
from rules.nouns.reviews import Answer, Json, Written

#: The purpose of the focus while it holds an answer that was not stored.
CLASH = "clash"


def held_back(books: Books, state: State, turn: Turn) -> Turn:
    """The turn or, if it would replace what somebody else wrote since the screen was drawn, both answers for a choice.
    Nothing is stored before that.
    """
    if state.own is None or state.own.report is None:
        return turn
    sheet = OwnReview.of(books, state)
    given = {
        one.question: one.answer
        for one in turn.commands
        if isinstance(one, KeepAnswer) and one.review == sheet.review.id
    }
    lost = {name: by for name in given if (by := _unseen(sheet, name, given[name]))}
    return _asked(sheet, given, lost) if lost else turn


def _unseen(sheet: OwnReview, name: str, answer: Answer) -> Written | None:
    """Who else wrote the present answer since this person saw it; None: nobody, or the answers are equal."""
    report, person = sheet.review.report, sheet.state.person
    by = report.written.get(name) if report else None
    if by is None or person is None or by.by == person.id or by.number <= sheet.state.seen:
        return None
    now = sheet.answer(name)
    alike = now is not None and same(now.value, answer.value) and now.note == answer.note
    return None if alike else by


def _asked(sheet: OwnReview, given: Mapping[str, Answer], lost: Mapping[str, Written]) -> Turn:
    held: Json = {name: [one.value, one.note, one.skipped] for name, one in given.items()}
    mark = stamp(held)
    values: dict[str, Json] = {
        **which_values(sheet.books, sheet.review),
        "rows": [_row(sheet, name, given[name], by) for name, by in lost.items()],
        "several": len({by.by for by in lost.values()}) > 1,
    }
    names = sorted({by.name for by in lost.values()})
    keys = (
        (key("report/mine", sheet.review, CLASH, "mine", mark),),
        (key("report/theirs", sheet.review, CLASH, "theirs", mark, name=", ".join(names)),),
    )
    focus = SetFocus({"for": CLASH, "review": sheet.review.id, "held": held, "lost": [*lost]})
    return Turn((Reply("report/clash", values, keys),), (focus,))


def _row(sheet: OwnReview, name: str, answer: Answer, by: Written) -> dict[str, Json]:
    question = sheet.form.questions[name]
    place = sheet.place(name)
    now = sheet.answer(name)
    return {
        "number": place.number if place else 0,
        "text": question.short or question.text,
        "by": by.name,
        "at": by.at.isoformat(),
        "theirs": {**said(question, now), "note": now.note if now else ""},
        "theirs_whole": _whole(question.kind, now),
        "mine": {**said(question, answer), "note": answer.note},
        "mine_whole": _whole(question.kind, answer),
    }


def _whole(kind: QuestionKind, answer: Answer | None) -> str:
    """The text in full, because what is chosen between must be read in full."""
    return str(answer.value) if kind is QuestionKind.TEXT and answer and answer.value is not None else ""


def chosen(sheet: OwnReview, button: Button) -> tuple[str, list[tuple[Place, Answer]]]:
    """Which of the two a press chose (`mine`, `theirs`; "": the press is about another clash), and the answers to
    store.

    These are one's own answers; with `theirs`, only those that nobody else wrote.
    """
    focus = sheet.state.focus or {}
    held, lost = focus.get("held"), focus.get("lost")
    about = focus.get("for") == CLASH and focus.get("review") == sheet.review.id
    if not about or not isinstance(held, Mapping) or not isinstance(lost, list):
        return "", []
    which, mark, *_ = (*button.about, "", "")
    if which not in {"mine", "theirs"} or mark != stamp(dict(held)):
        return "", []
    kept: list[tuple[Place, Answer]] = []
    for name, one in held.items():
        place = sheet.place(name)
        if place and isinstance(one, list) and len(one) == 3 and (which == "mine" or name not in lost):
            kept.append((place, Answer(one[0], str(one[1]), bool(one[2]))))
    return which, kept
