"""Xác nhận cả đợt: the sheets of one month or quarter that wait for a head, on one screen.

Each can be opened or returned by itself; one press, after listing them again, agrees to the others. Forms with a rating
are only looked at one by one. The agreement is to exactly what the list showed: the focus keeps the list, and a sheet
that has changed or arrived since is left out and named. Each agreement is a separate act.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.core.awaited import awaiting
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.paging import word
from dialogs.core.stamps import COMMENT, comment_stamp, lines_stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, SetFocus, Turn
from dialogs.head.agreeing import agree_with
from dialogs.head.guard import DRAFTS, OpenDraft
from dialogs.shown.chain import acting_for, to_see, version_and_step
from dialogs.shown.chart import EXACT
from dialogs.shown.draft_card import drawn, totals_of
from dialogs.shown.person import form_of
from dialogs.shown.scores import before, contradicted
from rules.campaign.months.leading import completed_from
from rules.campaign.permissions import Action
from rules.forms.form import QuestionKind
from rules.judging.interview import asked, facts_of, has_rating, rules_of_points
from rules.nouns.alphabet import by_name
from rules.nouns.reviews import Json, Review
from rules.nouns.text import folded, shorten

#: The purpose of the focus while the list is on display. It holds what was shown.
SHOWN = "head_sheets"

#: How many sheets one press agrees to: as many as one message shows line by line.
AT_ONCE = 25

#: A change of this many points from the month before asks for a look. No text prescribes the number.
JUMP = 10

#: The facts from which a fault or a delay takes points (335 Điều 14 khoản 2 điểm b, c).
_TAKEN_FROM = {"quality_pct": "fault", "progress_pct": "late"}


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """A sheet that waits, with the content of its line."""

    review: Review
    points: Mapping[str, float | None]
    change: float | None
    marks: tuple[str, ...]

    @property
    def seal(self) -> str:
        """What the list showed of it: this version at this step with this comment."""
        return _seal(self.review)


def groups(books: Books, state: State) -> list[tuple[Review, int]]:
    """The forms and periods of which several sheets wait for this person: one review of each, and the number."""
    sheets = [one for one in to_see(state) if not has_rating(form_of(books, one))]
    counted = Counter(_group(one) for one in sheets)
    first = {_group(one): one for one in reversed(sheets)}
    return [(first[group], count) for group, count in counted.items() if count > 1]


def entry(one: Review, count: int, code: str) -> Key:
    """The button to the sheets of one form and period."""
    values: dict[str, Json] = {"count": count, **_period(one), "code": code}
    return Key("head/sheets", Button("head_sheets", 0, _group(one)), values)


def show(books: Books, state: State, button: Button) -> Turn:
    """The list: `head_sheets:0:<campaign>:<form>`."""
    return _listed(books, state, (word(button, 0), word(button, 1)))


def ask(books: Books, state: State, button: Button) -> Turn:
    """Show what would be agreed to, line by line, for confirmation: `head_sheets_ask:0:<campaign>:<form>:<stamp>`."""
    group, found = (word(button, 0), word(button, 1)), _still_as_shown(books, state, button)
    if found is None:
        return _listed(books, state, group, news="changed")
    same, others = found
    if not same:
        return _listed(books, state, group, news="changed")
    agree = Key("head/sheets_agree", Button("head_sheets_agree", 0, (*group, _stamp(same))), {"count": len(same)})
    back = Key("head/sheets_back", Button("head_sheets", 0, group))
    values = {**_values(books, state, same), "left_out": _names(others)}
    return Turn((Reply("head/sheets_confirm", values, ((agree,), (back,))),), (_remember(group, same),))


def agree(books: Books, state: State, button: Button) -> Turn:
    """Agree with each sheet that is still as shown. The others are named and keep waiting."""
    group, found = (word(button, 0), word(button, 1)), _still_as_shown(books, state, button)
    if found is None:
        return _listed(books, state, group, news="changed")
    same, others = found
    commands: list[Command] = []
    done: list[WaitingSheet] = []
    for one in same:
        opened = DRAFTS.take(replace(state, about=one.review), drawn("head_agree", one.review), Action.APPROVE)
        if isinstance(opened, OpenDraft):
            turn = agree_with(books, replace(state, about=one.review), opened)
            commands += [command for command in turn.commands if not isinstance(command, SetFocus)]
            done.append(one)
    left = [one for one in to_see(state) if one.id not in {each.review.id for each in done}]
    values: dict[str, Json] = {"names": _names(done), "left_out": _names(others), "waiting": len(left)}
    listed = (Key("head/list", Button("head_list")),) if left else ()
    return Turn((Reply("head/sheets_agreed", values, rows(listed), replaces=True),), (*commands, SetFocus(None)))


def said(books: Books, state: State, _: str) -> Turn:
    """A text typed below the list belongs to no sheet: one must be opened to comment on it."""
    focus = state.focus or {}
    return _listed(books, state, (str(focus.get("campaign", "")), str(focus.get("form", ""))), news="said")


def _listed(books: Books, state: State, group: tuple[str, ...], news: str = "") -> Turn:
    """The list as it is now. The focus keeps what it shows."""
    sheets = _sheets(books, state, group)
    shown = sheets[:AT_ONCE]
    values: dict[str, Json] = {
        **_values(books, state, shown),
        "news": news,
        "more": len(sheets) - len(shown),
    }
    opening = ((_open_key(one, shown),) for one in shown)
    ask_all = Key("head/sheets_ask", Button("head_sheets_ask", 0, (*group, _stamp(shown))), {"count": len(shown)})
    keys = rows((ask_all if shown else None,), *opening, (Key("head/to_list", Button("head_list")),))
    return Turn((Reply("head/sheets", values, keys),), (_remember(group, shown),))


def _sheets(books: Books, state: State, group: tuple[str, ...]) -> list[WaitingSheet]:
    """The sheets of the group that wait for this person: those that ask for a look first, then by name."""
    found = []
    for review in to_see(state):
        opened = DRAFTS.take(replace(state, about=review), drawn("head_agree", review), Action.APPROVE)
        if _group(review) == group and not has_rating(form_of(books, review)) and not isinstance(opened, Refused):
            found.append(_sheet(books, state, review))
    return sorted(found, key=lambda one: (not one.marks, by_name(one.review.person.name), one.review.id))


def _sheet(books: Books, state: State, review: Review) -> WaitingSheet:
    draft, form = review.draft, form_of(books, review)
    assert draft is not None, "it waits, so it was sent"
    points = {str(one["fact"]): one["value"] for one in totals_of(books, review, draft) if isinstance(one, dict)}
    numbers = {fact: value if isinstance(value, int | float) else None for fact, value in points.items()}
    total, earlier = numbers.get("score"), _before(state, review)
    change = round(total - earlier, EXACT) if total is not None and earlier is not None else None
    limit = completed_from(rules_of_points(books[review.campaign.edition], form, review.person))
    facts = facts_of(form, review.person, draft.answers)
    marks = [
        "below" if total is not None and limit is not None and total < limit else "",
        *(
            mark if isinstance(value := facts.get(fact), int | float) and value < 100 else ""
            for fact, mark in _TAKEN_FROM.items()
        ),
        "contradiction" if contradicted(state, form, review) else "",
        "excuse" if isinstance(state.room, Sheets) and review.id in state.room.excuses else "",
        "jump" if change is not None and abs(change) >= JUMP else "",
        "words" if _lacks_words(books, review) else "",
    ]
    return WaitingSheet(review, numbers, change, tuple(mark for mark in marks if mark))


def _lacks_words(books: Books, review: Review) -> bool:
    """Whether a text that the form asks for is empty."""
    assert review.draft is not None, "it was sent"
    answers = review.draft.answers
    for place in asked(form_of(books, review), review.person, answers):
        answer = answers.get(place.key)
        if place.question.kind is QuestionKind.TEXT and len(folded(str(answer.value or "") if answer else "")) < 2:
            return True
    return False


def _before(state: State, review: Review) -> float | None:
    """The total of the preceding month or quarter, if it was handed in."""
    known = state.room.scores.get(review.id, ()) if isinstance(state.room, Sheets) else ()
    found = before(known, review.campaign)
    return found.score if found else None


# ── what was shown ─────────────────────────────────────────────────────────────────────────────


def _seal(review: Review) -> str:
    stamp = review.draft.stamp[:COMMENT] if review.draft else ""
    return f"{review.id}.{version_and_step(review)}.{stamp}.{comment_stamp(review.comment)}"


def _stamp(shown: Sequence[WaitingSheet]) -> str:
    return lines_stamp([one.seal for one in shown], COMMENT)


def _remember(group: tuple[str, ...], shown: Sequence[WaitingSheet]) -> SetFocus:
    campaign, form, *_ = (*group, "", "")
    seals: list[Json] = [one.seal for one in shown]
    return awaiting(SHOWN, campaign=campaign, form=form, shown=seals)


def _still_as_shown(books: Books, state: State, button: Button) -> tuple[list[WaitingSheet], list[WaitingSheet]] | None:
    """From the list that the button was drawn from: the sheets still as shown, and those that changed or came since.
    None: that list is not the one shown last.
    """
    focus, group = state.focus or {}, (word(button, 0), word(button, 1))
    shown = focus.get("shown")
    if focus.get("for") != SHOWN or not isinstance(shown, list):
        return None
    seals = [str(one) for one in shown]
    if (focus.get("campaign"), focus.get("form")) != group or lines_stamp(seals, COMMENT) != word(button, 2):
        return None
    now = _sheets(books, state, group)
    place = {seal: number for number, seal in enumerate(seals)}
    same = sorted((one for one in now if one.seal in place), key=lambda one: place[one.seal])
    return same, [one for one in now if one.seal not in place]


# ── words ──────────────────────────────────────────────────────────────────────────────────────


def _values(books: Books, state: State, sheets: Sequence[WaitingSheet]) -> dict[str, Json]:
    first = sheets[0].review if sheets else None
    twice = _twice(sheets)
    return {
        "count": len(sheets),
        "code": form_of(books, first).code if first else "",
        **(_period(first) if first else {"year": 0, "period": ""}),
        "sheets": [_line(state, one, told=one.review.person.id in twice) for one in sheets],
        "marked": sum(bool(one.marks) for one in sheets),
    }


def _line(state: State, one: WaitingSheet, *, told: bool) -> Json:
    person = one.review.person
    marks: list[Json] = [*one.marks]
    return {
        "name": person.called,
        "post": person.position if told else "",
        "general": one.points.get("general_points"),
        "result": one.points.get("result_points"),
        "total": one.points.get("score"),
        "change": one.change,
        "marks": marks,
        "comment": shorten(one.review.comment),
        "covering": acting_for(state, one.review) is not None,
    }


def _open_key(one: WaitingSheet, shown: Sequence[WaitingSheet]) -> Key:
    twice = _twice(shown)
    person = one.review.person
    values: dict[str, Json] = {
        "name": person.called,
        "post": person.position if person.id in twice else "",
        "total": one.points.get("score"),
        "marked": bool(one.marks),
    }
    return Key("head/sheet", Button("head_card", one.review.id), values)


def _twice(sheets: Sequence[WaitingSheet]) -> set[int]:
    """The people with more than one sheet on the list, whose name alone does not tell which."""
    counted = Counter(one.review.person.id for one in sheets)
    return {person for person, count in counted.items() if count > 1}


def _names(sheets: Sequence[WaitingSheet]) -> list[Json]:
    return [one.review.person.called for one in sheets]


def _period(review: Review) -> dict[str, Json]:
    return {"year": review.campaign.year, "period": review.campaign.period}


def _group(review: Review) -> tuple[str, str]:
    """The campaign and the form."""
    return str(review.campaign.id), review.form
