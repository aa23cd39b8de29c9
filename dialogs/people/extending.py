"""Gia hạn: a later last day for people selected in a list: which forms it concerns, which date prevents it, and the
notice.

`dialogs/people/extending_one` does the same for one person, from their card.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dialogs.core.awaited import unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import Extend
from dialogs.core.events import Chosen
from dialogs.core.handlers import Books, OnChosen
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.desk.guard import OFFICE, changed_meanwhile
from dialogs.people.view import MOST, may_do
from dialogs.shown.person import which_values
from rules.campaign.last_days import decision_day, is_extended, planned_day
from rules.campaign.permissions import Action
from rules.nouns.days import read_date, read_day
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.standings import ReviewLine
from rules.nouns.text import clean

#: The deeds: give another last day, or restore the plan's.
EXTEND, TAKE_BACK = "crew_extend_chosen", "crew_extend_back"
#: The longest reason, in characters: one line of a message.
MAX_CHARS = 200


@dataclass(frozen=True, slots=True)
class Extendable:
    """Who among the selected people can be given another last day."""

    people: tuple[Person, ...]
    #: The reviews whose last day moves.
    lines: tuple[ReviewLine, ...]
    #: Those among them who have an extension now.
    extended: tuple[Person, ...]
    #: Left out: they owe nothing with a last day in the campaign.
    none: tuple[Person, ...]
    #: Left out: it is this person themselves, or a body whose report they hand in.
    own: tuple[Person, ...]
    #: Left out: they come after the first `MOST`.
    beyond: tuple[Person, ...]

    def stamp(self, day: dt.date | None, reason: str) -> str:
        """The stamp of exactly these forms as they stand, with that day and that reason."""
        forms: list[Json] = [[one.review, _iso(_until(one)), _iso(planned_day(one))] for one in self.lines]
        return seal([forms, _iso(day), reason])


def extendable(view: OfficeView, by: Person, *, back: bool = False) -> Extendable:
    """The selected people, sorted by what becomes of them. `back`: an extension is taken back."""
    of: dict[int, list[ReviewLine]] = {}
    for one in view.standings:
        if one.owed and planned_day(one) and (one.extension or not back):
            of.setdefault(one.person.id, []).append(one)
    mine = {by.id, *(id_ for id_, lines in of.items() if any(one.owner == by.id for one in lines))}
    others = tuple(one for one in view.people if one.id not in mine)
    owing = tuple(one for one in others if one.id in of)
    people = owing[:MOST]
    lines = tuple(line for one in people for line in of[one.id])
    return Extendable(
        people,
        lines,
        tuple(one for one in people if any(is_extended(line) for line in of[one.id])),
        tuple(one for one in others if one.id not in of),
        tuple(one for one in view.people if one.id in mine),
        owing[MOST:],
    )


def of_one(by: Person, view: OfficeView, person: Person, *, back: bool = False) -> Extendable:
    """The same for one person."""
    return extendable(replace(view, people=(person,)), by, back=back)


def keys_of(state: State, view: OfficeView, person: Person) -> tuple[Key | None, Key | None]:
    """The buttons of a person's page: to give another day, and to take it back."""
    if state.person is None or not may_do(state, person, Action.MOVE_DATES):
        return None, None
    given, back = of_one(state.person, view, person), of_one(state.person, view, person, back=True)
    id_ = str(person.id)
    return (
        Key("crew/extend", Button("crew_extend", 0, (id_,))) if given.lines else None,
        Key("crew/unextend", Button("crew_unextend", 0, (id_, until_word(back.lines)))) if back.lines else None,
    )


def until_word(lines: Iterable[ReviewLine]) -> str:
    """A word that tells whether the extension that a button takes back is still the same."""
    days = sorted({one.extension.until for one in lines if one.extension})
    return "-".join(f"{day:%y%m%d}" for day in days[:2])


def day_typed(text: str, today: dt.date) -> dt.date | None:
    """The day that was typed or picked."""
    return read_day(text, today) or read_date(text)


def against(books: Books, lines: Sequence[ReviewLine], day: dt.date | None, today: dt.date) -> Reply | None:
    """The message on which date prevents that day; None: none does."""
    if day is None:
        return _wrong("day")
    if day < today:
        return _wrong("past", day, today)
    moving = moved(lines, day)
    if not moving:
        return _wrong("planned", day, max(filter(None, map(planned_day, lines)), default=None))
    found = (decision_day(books[one.campaign.edition].milestones, one.campaign) for one in moving)
    ends = min((one for one in found if one), default=None)
    return _wrong("decision", day, ends[0], ends[1]) if ends and ends[0] < day else None


def unfit(reason: str) -> Reply | None:
    """Why a text cannot be a reason; None: it can."""
    return unusable(reason, MAX_CHARS) if reason else _wrong("reason")


def moved(lines: Iterable[ReviewLine], day: dt.date) -> tuple[ReviewLine, ...]:
    """The forms that the plan wants before that day."""
    return tuple(one for one in lines if (planned := planned_day(one)) is not None and planned < day)


def commands_for(
    books: Books, state: State, lines: Sequence[ReviewLine], day: dt.date | None, reason: str
) -> tuple[Command, ...]:
    """The commands that give these forms that day (None: the plan's again), and one notice to each person who hands
    them in.
    """
    me = state.person
    assert me is not None, "the guard asked who it is"
    was = tuple((one.review, _until(one)) for one in lines)
    of: dict[int, list[ReviewLine]] = {}
    for one in lines:
        of.setdefault(one.owner, []).append(one)
    told = (_told(books, state, owner, some, day, reason) for owner, some in of.items())
    return (Extend(lines[0].campaign.id, was, day, reason), *told)


def extend(books: Books, state: State, view: OfficeView, event: Chosen) -> Turn:
    """Give that day to exactly those shown, or take it back."""
    me = state.person
    assert me is not None, "the guard asked who it is"
    back, today = event.deed == TAKE_BACK, state.now.date()
    found = extendable(view, me, back=back)
    reason = "" if back else clean(event.text)
    day = None if back else day_typed(event.day, today)
    if not found.people or event.stamp != found.stamp(day, reason):
        return changed_meanwhile()
    wrong = None if back else against(books, found.lines, day, today) or unfit(reason)
    if wrong:
        return Turn((wrong,))
    lines = moved(found.lines, day) if day else found.lines
    values: dict[str, Json] = {
        "count": len({one.person.id for one in lines}),
        "until": _iso(day),
        "reason": reason,
        "nothing": len(found.none),
        "own": len(found.own),
        "beyond": len(found.beyond),
    }
    return Turn((Reply("crew/extended", values),), commands_for(books, state, lines, day, reason))


def _told(
    books: Books, state: State, owner: int, lines: Sequence[ReviewLine], day: dt.date | None, reason: str
) -> Notify:
    forms: list[Json] = [
        {**which_values(books, one), "mine": one.person.id == owner, "planned": _iso(planned_day(one))} for one in lines
    ]
    by = state.person.name if state.person else ""
    values: dict[str, Json] = {"forms": forms, "until": _iso(day), "reason": reason, "by": by}
    going_on = Key("notice/continue", Button("next", lines[0].review), which_values(books, lines[0]))
    key = f"extended:{owner}:{lines[0].campaign.id}:{_iso(day)}:{state.now.isoformat()}"
    return Notify(owner, key, Reply("notice/extended", values, ((going_on,),)))


def _wrong(why: str, day: dt.date | None = None, against: dt.date | None = None, title: str = "") -> Reply:
    return Reply("crew/extend_wrong", {"why": why, "day": _iso(day), "against": _iso(against), "title": title})


def _until(one: ReviewLine) -> dt.date | None:
    return one.extension.until if one.extension else None


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


CHOSEN: dict[str, OnChosen] = {
    EXTEND: OFFICE.looking(extend, Action.MOVE_DATES),
    TAKE_BACK: OFFICE.looking(extend, Action.MOVE_DATES),
}
