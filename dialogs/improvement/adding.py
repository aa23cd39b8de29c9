"""Adding a line to the plan: what to do, then by when; typed or taken over from one's own form."""

import datetime as dt
from calendar import monthrange
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go, unusable, written
from dialogs.core.buttons import Button
from dialogs.core.commands.improvement import AddImprovement
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.improvement.lines import MAX_CHARS, MAX_LINES, draft_of, opened, plan_year
from dialogs.improvement.page import offered, page
from dialogs.result.decided_review import results
from rules.nouns.days import read_day
from rules.nouns.rulings import Improvement

#: The purposes of the focus while the text of a line is awaited, and while its last day is.
WHAT, DAY = "plan_what", "plan_day"

#: How many month ends are offered as buttons, and how many stand in one row.
MONTHS, BESIDE = 6, 3

_CANCEL = Key("plan/cancel", Button("plan_list"))


def ask(books: Books, state: State, _: Button) -> Turn:
    """Await what is to be done."""
    if len(opened(state)) >= MAX_LINES:
        return Turn((page(books, state, told="full"),), let_go(state, Room.PLAN))
    return Turn((Reply("plan/ask_what", {"max": MAX_CHARS}, ((_CANCEL,),)),), (awaiting(WHAT),))


def keep_what(_: Books, state: State, text: str) -> Turn:
    """Take the text and ask for the last day."""
    what = " ".join(text.split())
    wrong = unusable(what, MAX_CHARS)
    return Turn((wrong,)) if wrong else ask_day(state, what)


def take(books: Books, state: State, button: Button) -> Turn:
    """Take over a line of one's own form as it is, and ask for the last day."""
    question, place, *_ = (*button.about, "", "")
    found = draft_of(books, state, button.review, question, place)
    if found is None:
        return Turn((offered(books, state),), let_go(state, Room.PLAN))
    return ask(books, state, button) if len(opened(state)) >= MAX_LINES else ask_day(state, found.what)


def ask_day(state: State, what: str, told: str = "") -> Turn:
    """Ask for the last day: a month end by button, or any day typed."""
    ends = month_ends(state.now.date())
    keys = tuple(_day_key(day) for day in ends)
    beside = tuple(keys[at : at + BESIDE] for at in range(0, len(keys), BESIDE))
    values = {"what": what, "told": told, "last": last_day(state.now.date()).isoformat()}
    asked = Reply("plan/ask_day", values, (*beside, (Key("plan/rewrite", Button("plan_add")), _CANCEL)))
    return Turn((asked,), (awaiting(DAY, what=what),))


def keep_day(books: Books, state: State, text: str) -> Turn:
    """Take a day that was typed."""
    return _add(books, state, read_day(text, state.now.date()))


def press_day(books: Books, state: State, button: Button) -> Turn:
    """Take a month end that was pressed."""
    typed = button.about[0] if button.about else ""
    return _add(books, state, _from_iso(typed))


def month_ends(today: dt.date) -> tuple[dt.date, ...]:
    """The next month ends after today."""
    ends = (_end(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1) for n in range(MONTHS + 1))
    return tuple(day for day in ends if day > today)[:MONTHS]


def last_day(today: dt.date) -> dt.date:
    """The last day that a line may have: the end of next year."""
    return dt.date(today.year + 1, 12, 31)


def _add(books: Books, state: State, day: dt.date | None) -> Turn:
    what, today = written(state, "what"), state.now.date()
    if not what:
        return Turn((page(books, state, told="begin_again"),), let_go(state, Room.PLAN))
    if day is None:
        return ask_day(state, what, "unread")
    if not today < day <= last_day(today):
        return ask_day(state, what, "past" if day <= today else "far")
    year = plan_year(state)
    added = AddImprovement(year, what, day)
    return Turn((page(books, _with(state, added), told="added"),), (added, *let_go(state, Room.PLAN)))


def _with(state: State, added: AddImprovement) -> State:
    """The state with the new line. It has no number yet, and therefore no buttons."""
    known = results(state)
    line = Improvement(0, state.person.id if state.person else 0, added.year, added.what, added.by, state.now)
    return replace(state, room=replace(known, improvements=(*known.improvements, line)))


def _day_key(day: dt.date) -> Key:
    return Key("plan/by", Button("plan_by", 0, (day.isoformat(),)), {"day": day.isoformat()})


def _from_iso(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None


def _end(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])
