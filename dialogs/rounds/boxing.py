"""Comments without a name. They go into the box at once and are stored nowhere else, neither in the conversation nor in
the audit (docs/rounds.md).

So they are not shown for confirmation and cannot be changed. People who only agree press a button where others write;
the conversation stores the same for both, since otherwise it would reveal who wrote the comments.
"""

import datetime as dt
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import PutInBox
from dialogs.core.events import Edited, Event, Pressed, Said
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.rounds.guard import ANSWERED, TO_HOME, about, on_it, unnamed, view
from rules.campaign.permissions import Action
from rules.nouns.rounds import MAX_CHARS, Talk, fits
from rules.nouns.text import clean, folded

#: The purposes of the focus: while a text for the box is awaited, and while the draft is only on display; a text typed
#: then is not kept.
BOX, LOOK = "round_box", "round_boxlook"
#: The verb of the button that agrees; it stands where others write.
NOD = "round_nod"
#: An app splits a long text into pieces that all arrive within this time.
TOGETHER = dt.timedelta(seconds=1)
#: Texts that mean agreement and nothing else; a text is folded before it is compared.
AGREED = frozenset({"nhất trí", "nhat tri", "agree", "i agree"})


def hushed(state: State, event: Event) -> bool:
    """Whether the event's content must not be stored with the conversation: it is meant for the box, or edits a text
    that was.
    """
    match event:
        case Pressed(button=button):
            return button is not None and button.verb == NOD and _awaits(state, button)
        case Said():
            return (state.focus or {}).get("for") in {BOX, LOOK}
        case Edited():
            return (state.focus or {}).get("for") in {BOX, LOOK} or bool(state.given and state.given.unnamed)
        case _:
            return False


def as_kept(state: State, event: Event) -> Event | None:
    """The event as the conversation stores it; None: only that something was said without a name.

    A later press of the agreeing button is stored like one of the writing button, so that the record does not tell who
    agreed.
    """
    if hushed(state, event):
        return None
    if isinstance(event, Pressed) and event.button and event.button.verb == NOD:
        return Pressed(replace(event.button, verb=BOX))
    return event


def _awaits(state: State, button: Button) -> bool:
    """Whether the place to write is open to this person, for the round that the button names."""
    focus = state.focus or {}
    return focus.get("for") == BOX and button.about[:1] == (str(kept_number(state, "round")),)


def heard(books: Books, state: State, event: Said | Edited) -> Turn:
    """A text while the box is open. It bypasses everything that would inspect, repeat or remember it."""
    if isinstance(event, Edited):
        return Turn((Reply("round/not_edited", {}, ((TO_HOME,),)),))
    if (state.focus or {}).get("for") == LOOK:
        return Turn((_nowhere(state),))
    button = Button(BOX, 0, (str(kept_number(state, "round")),))
    talk = ANSWERED.take(state, button, Action.ANSWER_ROUND)
    if isinstance(talk, Refused):
        return ANSWERED.refuse(books, state, talk, Action.ANSWER_ROUND, button)
    return _put(state, talk, event)


def _nowhere(state: State) -> Reply:
    """The reply to a text typed while the draft is only on display. If the round is answered on paper, it says so."""
    about = kept_number(state, "round")
    talk = next((one for one in view(state).talks if one.round.id == about), None)
    by = talk.round.by_name if talk and talk.round.on_paper else ""
    return Reply("round/press_first", {"by": by})


def _put(state: State, talk: Talk, event: Said) -> Turn:
    """Put the text into the box. A text that is too long is refused as a whole, with all pieces its app cut it into."""
    text, at = clean(event.text), event.at or state.now
    before = written(state, "refused_at")
    piece = bool(before) and dt.timedelta() <= at - dt.datetime.fromisoformat(before) <= TOGETHER
    if not text or not fits(text) or piece:
        # Stating its length would tell something about its writer.
        refused = Reply("round/no_box_text", {"max": MAX_CHARS})
        return Turn((refused,), (awaiting(BOX, round=talk.round.id, refused_at=at.isoformat()),))
    agrees = not talk.round.about_somebody and folded(text) in AGREED
    return _boxed(state, talk, "" if agrees else text)


def ask(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Await a text for the box: `round_box:0:<id>`."""
    if not unnamed(talk) or _answered(state, talk):
        return _already(state, talk)
    values = {**about(state, talk), "max": MAX_CHARS, "sheet": talk.round.about_somebody}
    agree = None if talk.round.about_somebody else Key("round/agree", on_it(NOD, talk))
    keys = rows((agree,), (Key("round/cancel", on_it("round_read", talk)),))
    return Turn((Reply("round/ask_box", values, keys),), (awaiting(BOX, round=talk.round.id),))


def nod(books: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Agree without words: `round_nod:0:<id>`. Pressed elsewhere, the button opens the place where others write."""
    if not _awaits(state, button) or talk.round.about_somebody:
        return ask(books, state, talk, button)
    return _boxed(state, talk, "")


def _boxed(state: State, talk: Talk, text: str) -> Turn:
    if _answered(state, talk):
        return _already(state, talk)
    if view(state).shut:
        return Turn((Reply("round/box_lost", about(state, talk), ((TO_HOME,),)),), let_go(state, Room.ROUND))
    done = Reply("round/boxed", about(state, talk), ((TO_HOME,),))
    return Turn((done,), (PutInBox(talk.round.id, text), *let_go(state, Room.ROUND)))


def _answered(state: State, talk: Talk) -> bool:
    asked = talk.of(state.person.id) if state.person else None
    return asked is None or asked.answered


def _already(state: State, talk: Talk) -> Turn:
    return Turn((Reply("round/already", about(state, talk), ((TO_HOME,),)),), let_go(state, Room.ROUND))


VERBS: dict[str, OnPress] = {
    BOX: ANSWERED.acting(ask, Action.ANSWER_ROUND),
    NOD: ANSWERED.acting(nod, Action.ANSWER_ROUND),
}


def _typed(_: Books, state: State, __: str) -> Turn:
    """Not reached, because `heard` takes every text first."""
    return Turn((_nowhere(state),))


TEXTS: dict[str, OnText] = {BOX: _typed, LOOK: _typed}
