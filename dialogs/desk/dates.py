"""Moving a last day of an open campaign, or of one in preparation (whose number is 0)."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from dialogs.core import awaited
from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import MoveMilestone
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page, word
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, SetFocus, Turn
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.keys import to_campaign
from dialogs.desk.lines import DateLine, lines_of, moved, warnings_of
from dialogs.desk.plan import as_parts, keeping, moved_to, plan_of
from dialogs.desk.progress import campaign_values, parts
from rules.campaign.permissions import Action
from rules.nouns.days import read_day
from rules.nouns.reviews import Campaign, Json

#: The purpose of the focus while a day is awaited.
DAY = "desk_day"


@dataclass(frozen=True, slots=True)
class At:
    """A milestone that a button or the focus names, with its campaign."""

    campaign: int
    parts: tuple[Campaign, ...]
    lines: tuple[DateLine, ...]
    line: DateLine


def show(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """All days in order; each can be moved."""
    campaign = number(button, 0)
    found = _parts(books, state, view, campaign)
    if not found:
        return not_open(books, state, view, campaign, Action.MOVE_DATES)
    reply = _page(books, state, found, campaign, lines_of(books, found), first=number(button, 1))
    return Turn((reply,), _settled(state, campaign))


def ask(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Await the new last day."""
    at = _at(books, state, view, number(button, 0), number(button, 1), word(button, 2))
    if at is None:
        return not_open(books, state, view, number(button, 0), Action.MOVE_DATES)
    cancel = Key("desk/cancel", Button("desk_dates", 0, (str(at.campaign),)))
    asked = Reply("desk/ask_day", {"line": at.line.values(), "today": state.now.date().isoformat()}, ((cancel,),))
    return Turn((asked,), (_awaiting(state, at),))


def typed(books: Books, state: State, view: OfficeView, text: str) -> Turn:
    """Take the day. If something about it is unusual, ask for confirmation."""
    mark = awaited.written(state, "milestone")
    at = _at(books, state, view, awaited.number(state, "campaign"), awaited.number(state, "place"), mark)
    if at is None:
        return not_open(books, state, view, awaited.number(state, "campaign"), Action.MOVE_DATES)
    day = read_day(text, state.now.date())
    if day is None:
        return Turn((Reply("desk/no_day", {"today": state.now.date().isoformat()}),))
    odd = [*_changed(at, awaited.written(state, "was")), *warnings_of(at.lines, at.line, day, state.now.date())]
    return _sure(at, day, odd) if odd else _put(books, state, at, day)


def put(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Set the day despite that. If somebody else has moved it since, ask again."""
    at = _at(books, state, view, number(button, 0), number(button, 1), word(button, 2))
    day = _day(word(button, 3))
    if at is None or day is None:
        return not_open(books, state, view, number(button, 0), Action.MOVE_DATES)
    changed = _changed(at, word(button, 4)) if at.line.day != day else []
    return _sure(at, day, changed) if changed else _put(books, state, at, day)


def _put(books: Books, state: State, at: At, day: dt.date) -> Turn:
    lines = moved(at.lines, at.line, day)
    was = at.line.day.isoformat() if at.line.day else ""
    told: dict[str, Json] = {
        "same": at.line.day == day,
        "title": at.line.title,
        "was": was,
        "day": day.isoformat(),
        "prepared": not at.campaign,
    }
    reply = _page(books, state, at.parts, at.campaign, lines, told=told)
    if at.campaign:
        moves = (MoveMilestone(at.campaign, rulebook, at.line.key, day) for _, rulebook in at.line.parts)
        commands: tuple[Command, ...] = () if at.line.day == day else tuple(moves)
        return Turn((reply,), (*commands, *let_go(state)))
    plan = plan_of(state)
    assert plan is not None, "a prepared campaign has a plan"
    for _, rulebook in at.line.parts:
        plan = moved_to(plan, rulebook, at.line.key, day)
    return Turn((reply,), (keeping(plan),))


def _sure(at: At, day: dt.date, odd: Sequence[Json]) -> Turn:
    yes = Key(
        "desk/put", put_button(at.campaign, at.line.place, at.line.mark, day, _was(at.line)), {"day": day.isoformat()}
    )
    no = Key("desk/cancel", Button("desk_dates", 0, (str(at.campaign),)))
    values: dict[str, Json] = {"line": at.line.values(), "day": day.isoformat(), "warnings": [*odd]}
    return Turn((Reply("desk/sure_day", values, ((yes,), (no,))),))


def put_button(campaign: int, place: int, mark: str, day: dt.date, was: str) -> Button:
    """The button that sets a day of a campaign. `was`: the day the question was about, as `20261231`; `0`: none."""
    return Button("desk_put", 0, (str(campaign), str(place), mark, f"{day:%Y%m%d}", was))


def _page(
    books: Books,
    state: State,
    of: tuple[Campaign, ...],
    campaign: int,
    lines: Sequence[DateLine],
    *,
    first: int = 0,
    told: dict[str, Json] | None = None,
) -> Reply:
    shown = page(lines, first)
    today = state.now.date()
    values: dict[str, Json] = {
        "campaign": campaign_values(books, of),
        "lines": [{**line.values(), "past": bool(line.day and line.day < today)} for line in lines],
        "told": told,
    }
    moving = ((_move_key(campaign, line),) for line in shown.shown)
    back = (to_campaign(campaign),) if campaign else (Key("desk/preview", Button("desk_preview")),)
    return Reply("desk/dates", values, rows(*moving, shown.keys("desk_dates", str(campaign)), back))


def _move_key(campaign: int, line: DateLine) -> Key:
    return Key("desk/move", Button("desk_move", 0, (str(campaign), str(line.place), line.mark)), line.values())


def _awaiting(state: State, at: At) -> SetFocus:
    wanted: dict[str, Json] = {"campaign": at.campaign, "place": at.line.place, "milestone": at.line.mark}
    wanted["was"] = _was(at.line)
    plan = plan_of(state)
    if plan and not at.campaign:
        return keeping(plan, DAY, **wanted)
    return awaited.awaiting(DAY, **wanted)


def _settled(state: State, campaign: int) -> tuple[Command, ...]:
    """Stop awaiting a day. A campaign in preparation stays in the focus."""
    plan = plan_of(state)
    return (keeping(plan),) if plan and not campaign else let_go(state)


def _at(books: Books, state: State, view: OfficeView, campaign: int, place: int, mark: str) -> At | None:
    found = _parts(books, state, view, campaign)
    lines = lines_of(books, found)
    named = (one for one in lines if one.mark == mark and place in {part for part, _ in one.parts})
    line = next(named, None)
    return At(campaign, found, lines, line) if line else None


def _parts(books: Books, state: State, view: OfficeView, campaign: int) -> tuple[Campaign, ...]:
    if campaign:
        return parts(view, campaign)
    plan = plan_of(state)
    return as_parts(books, plan, "") if plan else ()


def _was(line: DateLine) -> str:
    """The day the question was about, as stored in buttons and the focus."""
    return f"{line.day:%Y%m%d}" if line.day else "0"


def _changed(at: At, was: str) -> list[Json]:
    """The warning that the day has changed since the question."""
    return [{"what": "changed", **at.line.values()}] if was != _was(at.line) else []


def _day(text: str) -> dt.date | None:
    with suppress(ValueError):
        return dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day, no moment
    return None


VERBS: dict[str, OnPress] = {
    "desk_dates": OFFICE.looking(show, Action.MOVE_DATES),
    "desk_move": OFFICE.looking(ask, Action.MOVE_DATES),
    "desk_put": OFFICE.looking(put, Action.MOVE_DATES),
}

TEXTS: dict[str, OnText] = {DAY: OFFICE.looking(typed, Action.MOVE_DATES)}
