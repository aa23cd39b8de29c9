"""A later last day for an open round, set by whoever leads it. Everybody who was asked is told."""

import datetime as dt
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import ProlongRound
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, Turn
from dialogs.rounds.guard import ANSWERED, TO_HOME, about, on_it
from dialogs.rounds.notices import prolonged
from rules.campaign.permissions import Action
from rules.nouns.days import read_day
from rules.nouns.reviews import Json
from rules.nouns.rounds import Talk
from rules.nouns.workdays import workdays_after

#: The purpose of the focus while the day is awaited.
LATER = "round_later"
#: The offered days, in working days after the present last day, and the furthest last day allowed, counted from today.
DAYS, FURTHEST = (1, 2, 3, 5), dt.timedelta(days=120)


def ask(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Ask for the new last day, pressed or typed: `round_later:0:<id>`."""
    return _ask(state, talk)


def _ask(state: State, talk: Talk, wrong: str = "") -> Turn:
    days = [workdays_after(talk.round.last_day, count) for count in DAYS]
    keys = [
        Key(
            "round/day",
            on_it("round_prolong", talk, talk.round.last_day.isoformat(), day.isoformat()),
            {"day": day.isoformat()},
        )
        for day in days
    ]
    values: dict[str, Json] = {
        "title": talk.round.title,
        "last_day": talk.round.last_day.isoformat(),
        "furthest": (state.now.date() + FURTHEST).isoformat(),
        "wrong": wrong,
    }
    cancel = Key("round/cancel", on_it("round_card", talk))
    return Turn(
        (Reply("round/later", values, rows(keys[:2], keys[2:], (cancel,))),), (awaiting(LATER, round=talk.round.id),)
    )


def typed(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Take a day that was typed."""
    day = read_day(text, state.now.date())
    return _prolong(state, talk, day) if day else _ask(state, talk, "unread")


def pressed(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Take an offered day: `round_prolong:0:<id>:<last day>:<day>`. It is refused if the last day has changed since."""
    try:
        before, day = (dt.date.fromisoformat(word(button, place)) for place in (1, 2))
    except ValueError:
        return _ask(state, talk)
    return _prolong(state, talk, day) if before == talk.round.last_day else _ask(state, talk, "moved")


def _prolong(state: State, talk: Talk, day: dt.date) -> Turn:
    if day <= talk.round.last_day:
        return _ask(state, talk, "early")
    if day > state.now.date() + FURTHEST:
        return _ask(state, talk, "far")
    after = replace(talk, round=replace(talk.round, last_day=day))
    me = state.person
    notice = prolonged(after.round, me.name if me else "")
    to = dict.fromkeys([*(one.person for one in talk.asked if not one.left), talk.round.owner, talk.round.by])
    told = (
        Notify(one, f"round_later:{talk.round.id}:{one}:{day.isoformat()}", notice)
        for one in to
        if me is None or one != me.id
    )
    done = Reply(
        "round/prolonged",
        about(state, after),
        rows((Key("round/card", on_it("round_card", talk)),), (TO_HOME,)),
        replaces=True,
    )
    return Turn((done,), (ProlongRound(talk.round.id, talk.round.last_day, day), *told, *let_go(state, Room.ROUND)))


VERBS: dict[str, OnPress] = {
    "round_later": ANSWERED.looking(ask, Action.SETTLE_ROUND),
    "round_prolong": ANSWERED.acting(pressed, Action.SETTLE_ROUND),
}

TEXTS: dict[str, OnText] = {LATER: ANSWERED.acting(typed, Action.SETTLE_ROUND)}
