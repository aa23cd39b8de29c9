"""The chart of one's own year: every month with its score and how far it is settled."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.knowledge.results import Results
from dialogs.core.paging import word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.shown.chart import chart_values, year_named


def show(_: Books, state: State, button: Button) -> Turn:
    """The chart of the year: `result_year:0:<year>`."""
    scores = state.room.year if isinstance(state.room, Results) else ()
    values = {**chart_values(scores), "name": "", "year": year_named(word(button, 0), state.now.year)}
    return Turn((Reply("result/year", values),), let_go(state, Room.RESULT))
