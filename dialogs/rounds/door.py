"""The entrance of the room ROUND (/gopy): drafts that were sent round, those waiting for this person, and sending one."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.rounds import (
    attaching,
    beginning,
    bodies,
    boxing,
    choosing,
    concluding,
    everybody,
    leading,
    marking,
    on_paper,
    prolonging,
    reading,
    sending,
    typed,
    weighing,
    writing,
)
from dialogs.rounds.guard import awaits_answer, is_open, may_do, on_it, view
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import Talk


def gopy(books: Books, state: State, _: str) -> Turn:
    """The command /gopy."""
    return home(books, state, Button("round_home"))


def home(_: Books, state: State, button: Button) -> Turn:
    """The list of rounds: those that await an answer, then open ones, newest first: `round_home:0:<first>`."""
    mine = [one for one in view(state).talks if may_do(state, one, Action.READ_ROUND)]
    shown = page(sorted(mine, key=lambda one: _order(state, one)), number(button, 0))
    keys = ((_key(state, one),) for one in shown.shown)
    new = Key("round/new", Button("round_new")) if view(state).drafts or view(state).writes else None
    waiting = [one for one in mine if awaits_answer(state, one)]
    kinds = {"sheets" if one.round.about_somebody else "drafts" for one in waiting}
    values: dict[str, Json] = {
        **shown.values(),
        "waiting": len(waiting),
        "kinds": "both" if len(kinds) > 1 else "".join(kinds),
    }
    reply = Reply("round/list", values, rows(*keys, shown.keys("round_home", room="round"), (new,)))
    return Turn((reply,), let_go(state, Room.ROUND))


def _order(state: State, talk: Talk) -> tuple[bool, bool, int]:
    return not awaits_answer(state, talk), not is_open(state, talk), -talk.round.id


def _key(state: State, talk: Talk) -> Key:
    """The button to a round: for whoever leads it to its progress, for those asked to the draft."""
    asked = state.person is not None and talk.of(state.person.id) is not None
    verb = "round_read" if asked or not may_do(state, talk, Action.READ_ANSWERS) else "round_card"
    values: dict[str, Json] = {
        "title": talk.round.title,
        "waits": awaits_answer(state, talk),
        "open_": is_open(state, talk),
        "last_day": talk.round.last_day.isoformat(),
        "answered": talk.answered,
        "asked": len(talk.asked),
        "leads": verb == "round_card",
    }
    return Key("round/one", on_it(verb, talk), values)


VERBS: dict[str, OnPress] = {
    "round_home": home,
    **choosing.VERBS,
    **beginning.VERBS,
    **sending.VERBS,
    **bodies.VERBS,
    **everybody.VERBS,
    **reading.VERBS,
    **marking.VERBS,
    **boxing.VERBS,
    **leading.VERBS,
    **on_paper.VERBS,
    **prolonging.VERBS,
    **concluding.VERBS,
    **weighing.VERBS,
    **writing.VERBS,
    **attaching.VERBS,
}

TEXTS: dict[str, OnText] = {
    **choosing.TEXTS,
    **typed.TEXTS,
    **everybody.TEXTS,
    **reading.TEXTS,
    **marking.TEXTS,
    **boxing.TEXTS,
    **leading.TEXTS,
    **on_paper.TEXTS,
    **prolonging.TEXTS,
    **concluding.TEXTS,
    **weighing.TEXTS,
    **writing.TEXTS,
    **attaching.TEXTS,
}

FILES: dict[str, OnFile] = attaching.FILES

COMMANDS: dict[str, OnCommand] = {"gopy": gopy}
