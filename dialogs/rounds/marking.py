"""Filling in a sheet about somebody: points typed in one text, a rating by one press. Each is stored at once and can be
changed until the last day.
"""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.paging import number, word
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.rounds.guard import ANSWERED
from dialogs.rounds.reading import keep_on_sheet, named_by_will, show
from dialogs.rounds.sheet import MARK, asked_points
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import Asks, Talk
from rules.nouns.sheets import Misread, read_points
from rules.nouns.values import Rating


def rate(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Propose a rating: `round_rate:0:<id>:<section>:<rating>`."""
    place, rating = number(button, 1), word(button, 2)
    if place not in talk.round.asking(Asks.RATING) or rating not in set(Rating) or not named_by_will(state, talk):
        return show(state, talk)
    return keep_on_sheet(state, talk, {place: rating})


def mark(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Take the points typed for all rows at once."""
    if not named_by_will(state, talk):
        return show(state, talk)
    pieces = {place: talk.round.pieces[place] for place in talk.round.asking(Asks.POINTS)}
    read = read_points(text, pieces)
    if isinstance(read, Misread):
        values: dict[str, Json] = {
            "why": read.why.value,
            "rows": asked_points(talk),
            "row": talk.round.pieces[read.place].title if read.place >= 0 else "",
            "least": talk.round.pieces[read.place].least if read.place >= 0 else 0,
            "most": talk.round.pieces[read.place].most if read.place >= 0 else 0,
        }
        return Turn((Reply("round/bad_points", values),))
    return keep_on_sheet(state, talk, read)


VERBS: dict[str, OnPress] = {"round_rate": ANSWERED.acting(rate, Action.ANSWER_ROUND)}

TEXTS: dict[str, OnText] = {MARK: ANSWERED.acting(mark, Action.ANSWER_ROUND)}
