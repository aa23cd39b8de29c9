"""Setting the days of a stand-in, and confirming."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.commands.stand_ins import SetStandIn
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.shown.person import person_values
from dialogs.stand_ins.guard import STAND_INS, TO_LIST, not_allowed
from dialogs.stand_ins.naming import MAX_DAYS, Naming, Wrong, naming
from rules.campaign.permissions import Action
from rules.nouns.days import read_day
from rules.nouns.people import Person
from rules.nouns.reviews import Json

#: The purposes of the focus while a day is awaited. `said` holds the words of `Naming`.
SINCE, UNTIL = "cover_since", "cover_until"

_CANCEL = (Key("cover/cancel", Button("cover_list")),)
_MONDAY, _FRIDAY = 0, 4


def ask_since(state: State, named: Naming, wrong: str = "") -> Turn:
    """Ask for the first day, pressed or typed."""
    today = state.now.date()
    days = (("today", today), ("tomorrow", today + dt.timedelta(1)), ("monday", _coming(today, _MONDAY)))
    keys = tuple((_day_key(name, SINCE, replace(named, since=day), day),) for name, day in _once(days))
    return Turn(
        (Reply("cover/since", {**_values(state, named), "wrong": wrong}, (*keys, _CANCEL)),), (_await(SINCE, named),)
    )


def ask_until(state: State, named: Naming, wrong: str = "") -> Turn:
    """Ask for the last day, which is included."""
    assert named.since is not None, "the first day comes first"
    since = named.since
    month = since.replace(day=calendar.monthrange(since.year, since.month)[1])
    friday = _coming(since - dt.timedelta(1), _FRIDAY)
    days = (("same_day", since), ("week", friday), ("next_week", friday + dt.timedelta(7)), ("month", month))
    keys = tuple((_day_key(name, UNTIL, replace(named, until=day), day),) for name, day in _once(days))
    return Turn(
        (Reply("cover/until", {**_values(state, named), "wrong": wrong, "max": MAX_DAYS}, (*keys, _CANCEL)),),
        (_await(UNTIL, named),),
    )


def ask_again(books: Books, state: State, wrong: Wrong) -> Turn:
    """Say what is wrong and ask the open question again; if nothing is left to ask, refuse."""
    named = wrong.so_far
    if named is None or named.stand_in is None or wrong.reason == "already":
        return refuse(books, state, wrong)
    return ask_until(state, named, wrong.reason) if named.since else ask_since(state, named, wrong.reason)


def refuse(books: Books, state: State, wrong: Wrong) -> Turn:
    """The refusal. An attempt without permission is recorded in the audit."""
    refused = not_allowed(wrong.absent) if wrong.reason == "not_allowed" else Refused(wrong.reason)
    return STAND_INS.refuse(books, state, refused, Action.SET_STAND_IN)


def on_since(books: Books, state: State, button: Button) -> Turn:
    """Take the first day that was pressed."""
    return _first_day(books, state, button.about)


def on_until(books: Books, state: State, button: Button) -> Turn:
    """Take the last day that was pressed."""
    return _last_day(books, state, button.about)


def typed_since(books: Books, state: State, text: str) -> Turn:
    """Take the first day that was typed."""
    day = read_day(text, state.now.date())
    return _first_day(books, state, _with(written(state, "said").split(), 2, day))


def typed_until(books: Books, state: State, text: str) -> Turn:
    """Take the last day that was typed."""
    day = read_day(text, state.now.date())
    return _last_day(books, state, _with(written(state, "said").split(), 3, day))


def confirmed(books: Books, state: State, button: Button) -> Turn:
    """Name the stand-in and tell the people concerned. A second press has no effect."""
    named = naming(state, button.about, 4)
    if isinstance(named, Wrong):
        return ask_again(books, state, named)
    assert named.stand_in is not None, "four words name everything"
    assert named.since is not None, "four words name everything"
    assert named.until is not None, "four words name everything"
    command = SetStandIn(named.absent.id, named.stand_in.id, named.since, named.until)
    done = Reply("cover/set", _values(state, named), (TO_LIST,), replaces=True)
    return Turn((done,), (command, *_told(state, named, named.stand_in), *let_go(state, Room.COVER)))


def _with(words: Sequence[str], place: int, day: dt.date | None) -> tuple[str, ...]:
    """The words with the typed day in its place; "": no day was typed."""
    before = (*words, *("",) * place)[:place]
    return (*before, day.isoformat() if day else "")


def _first_day(books: Books, state: State, words: Sequence[str]) -> Turn:
    named = naming(state, words, 3)
    return ask_again(books, state, named) if isinstance(named, Wrong) else ask_until(state, named)


def _last_day(books: Books, state: State, words: Sequence[str]) -> Turn:
    """Ask for confirmation before anybody is named."""
    named = naming(state, words, 4)
    if isinstance(named, Wrong):
        return ask_again(books, state, named)
    keys = ((Key("cover/set", Button("cover_set", 0, named.words())),), _CANCEL)
    return Turn((Reply("cover/confirm", _values(state, named), keys),), let_go(state, Room.COVER))


def _told(state: State, named: Naming, stand_in: Person) -> tuple[Command, ...]:
    """The notices: to the stand-in, with a button to what waits, and to the absent person if somebody else named them."""
    assert state.person is not None, "somebody known names"
    key = f"{named.absent.id}:{stand_in.id}:{state.now.isoformat()}"
    values = {**_values(state, named), "by": state.person.name, "position": state.person.position}
    to_list = ((Key("head/list", Button("head_list")),),)
    told = (Notify(stand_in.id, f"stand_in:{key}", Reply("notice/stand_in", values, to_list)),)
    if named.absent.id == state.person.id:
        return told
    return (*told, Notify(named.absent.id, f"covered:{key}", Reply("notice/covered", values)))


def _values(state: State, named: Naming) -> dict[str, Json]:
    return {
        "absent": person_values(named.absent),
        "stand_in": person_values(named.stand_in),
        "mine": state.person is not None and state.person.id == named.absent.id,
        "since": named.since.isoformat() if named.since else "",
        "until": named.until.isoformat() if named.until else "",
    }


def _await(purpose: str, named: Naming) -> Command:
    return awaiting(purpose, said=" ".join(named.words()))


def _day_key(name: str, verb: str, named: Naming, day: dt.date) -> Key:
    return Key(f"cover/{name}", Button(verb, 0, named.words()), {"day": day.isoformat()})


def _coming(after: dt.date, weekday: int) -> dt.date:
    """The first such day of the week after this day."""
    return after + dt.timedelta((weekday - after.weekday() - 1) % 7 + 1)


def _once(days: Iterable[tuple[str, dt.date]]) -> Iterator[tuple[str, dt.date]]:
    """Each day under the first of its names."""
    seen: set[dt.date] = set()
    for name, day in days:
        if day not in seen:
            seen.add(day)
            yield name, day


VERBS: dict[str, OnPress] = {SINCE: on_since, UNTIL: on_until, "cover_set": confirmed}

TEXTS: dict[str, OnText] = {SINCE: typed_since, UNTIL: typed_until}
