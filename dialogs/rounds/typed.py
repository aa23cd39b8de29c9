"""What is typed while a draft is made ready to be sent: a name, or the last day.

Where people are chosen, whoever has such a name is shown to be pressed; nobody has: that is what is answered, not that it is no day.
"""

from dialogs.core.awaited import written
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnText
from dialogs.core.knowledge.rounds import DraftToSend
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.rounds import beginning, bodies
from dialogs.rounds.beginning import DAY, MAKING
from dialogs.rounds.guard import DRAFTS
from rules.campaign.permissions import Action
from rules.nouns.days import read_day


def _typed(books: Books, state: State, draft: DraftToSend, text: str) -> Turn:
    """Read the text as a day if somebody has been chosen, otherwise as a name."""
    chosen = beginning.chosen_of(state, draft)
    day = read_day(text, state.now.date()) if chosen else None
    if day is not None:
        return beginning.dated(state, draft, day)
    picking = written(state, "picking")
    to_bodies = bool(draft.rule and draft.rule.bodies)
    found = bodies.found(state, draft, text) if to_bodies else beginning.found(state, draft, text)
    if found is not None:
        return found
    if chosen and not picking:
        return Turn((beginning.bad_day(state, draft, "unread"),))
    if to_bodies and not picking:
        return bodies.show(books, state, draft, Button("round_bodies"))
    return Turn((Reply("round/nobody_called", {"text": text}),))


TEXTS: dict[str, OnText] = {
    DAY: DRAFTS.looking(_typed, Action.START_ROUND),
    MAKING: DRAFTS.looking(_typed, Action.START_ROUND),
}
