"""The weights by which points of several sheets are combined. The plan prints none, so the desk enters them with the
paper that sets them.
"""

from collections.abc import Mapping
from decimal import Decimal

from dialogs.core.awaited import awaiting, let_go, unusable
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import WeighPoints
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.rounds.guard import ROUNDS, TO_HOME, on_it, view
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import Talk
from rules.nouns.sheets import Misread, plainly, read_weights
from rules.nouns.text import clean

#: The purposes of the focus while the weights are awaited, and while the paper that sets them is.
WEIGHTS, SOURCE = "round_weights", "round_source"
#: The longest source, in characters.
SOURCE_CHARS = 300


def weighable(state: State, talk: Talk) -> bool:
    """Whether the points of this sheet are combined with those of others."""
    return len(view(state).scored) > 1 and talk.round.key in {one.key for one in view(state).scored}


def show(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """The weights in force, and who entered them: `round_weights:0:<id>`."""
    kept = view(state).weights
    values: dict[str, Json] = {
        "rows": _rows(state, kept.weights if kept else {}),
        "source": kept.source if kept else "",
        "by": kept.by_name if kept else "",
        "at": kept.at.isoformat() if kept else "",
    }
    able = weighable(state, talk)
    weigh = Key("round/weigh", on_it("round_weigh", talk)) if able else None
    drop = Key("round/unweigh", on_it("round_unweigh", talk)) if kept and kept.weights else None
    back = Key("round/card", on_it("round_card", talk))
    return Turn((Reply("round/weights", values, rows((weigh,), (drop,), (back,))),), let_go(state, Room.ROUND))


def _rows(state: State, weights: Mapping[str, Decimal]) -> list[Json]:
    return [
        {"title": one.title, "weight": float(weights[one.key]) if one.key in weights else None}
        for one in view(state).scored
    ]


def ask(books: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Await the weights, in the order of the rulebook: `round_weigh:0:<id>`."""
    if not weighable(state, talk):
        return show(books, state, talk, button)
    values: dict[str, Json] = {"rows": [one.title for one in view(state).scored]}
    back = Key("round/cancel", on_it("round_weights", talk))
    return Turn((Reply("round/ask_weights", values, ((back,),)),), (awaiting(WEIGHTS, round=talk.round.id),))


def weigh(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Take the weights and ask for the paper that sets them."""
    keys = [one.key for one in view(state).scored]
    read = read_weights(text, keys)
    if isinstance(read, Misread):
        values: dict[str, Json] = {"why": read.why.value, "rows": [one.title for one in view(state).scored]}
        return Turn((Reply("round/bad_weights", values),))
    said: dict[str, Json] = {key: plainly(one) for key, one in read.items()}
    back = Key("round/cancel", on_it("round_weights", talk))
    asked = Reply("round/ask_source", {"rows": _rows(state, read)}, ((back,),))
    return Turn((asked,), (awaiting(SOURCE, round=talk.round.id, weights=said),))


def source(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Take the paper. From now on, points are combined with these weights."""
    said = clean(text)
    if wrong := unusable(said, SOURCE_CHARS):
        return Turn((wrong,))
    given = (state.focus or {}).get("weights")
    weights = {key: Decimal(str(one)) for key, one in given.items()} if isinstance(given, dict) else {}
    if sum(weights.values()) != 100 or talk.round.campaign is None:
        return show(_, state, talk, Button("round_weights"))
    return _kept(state, talk, weights, said)


def unweigh(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Remove the weights, so that points are shown side by side again."""
    return _kept(state, talk, {}, "")


def _kept(state: State, talk: Talk, weights: Mapping[str, Decimal], said: str) -> Turn:
    assert talk.round.campaign is not None, "a sheet is asked for in a campaign"
    values: dict[str, Json] = {"rows": _rows(state, weights), "source": said}
    done = Reply("round/weighed", values, rows((Key("round/card", on_it("round_card", talk)),), (TO_HOME,)))
    kept = WeighPoints(talk.round.campaign, talk.round.rulebook, weights, said)
    return Turn((done,), (kept, *let_go(state, Room.ROUND)))


VERBS: dict[str, OnPress] = {
    "round_weights": ROUNDS.looking(show, Action.WEIGH_POINTS),
    "round_weigh": ROUNDS.acting(ask, Action.WEIGH_POINTS),
    "round_unweigh": ROUNDS.acting(unweigh, Action.WEIGH_POINTS),
}

TEXTS: dict[str, OnText] = {
    WEIGHTS: ROUNDS.acting(weigh, Action.WEIGH_POINTS),
    SOURCE: ROUNDS.acting(source, Action.WEIGH_POINTS),
}
