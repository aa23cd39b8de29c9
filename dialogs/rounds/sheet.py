"""A sheet about somebody while it is filled in: its buttons, the awaited text, and what is still missing."""

from collections.abc import Mapping

from dialogs.core.awaited import awaiting
from dialogs.core.turn import Key, SetFocus
from dialogs.rounds.guard import on_it
from rules.nouns.reviews import Json
from rules.nouns.rounds import WHOLE, Asks, Talk
from rules.nouns.values import Rating

#: The purposes of the focus while points are awaited, and while words on a section are.
MARK, SAY = "round_mark", "round_say"

Said = Mapping[int, str]


def keys(talk: Talk, said: Said) -> tuple[tuple[Key | None, ...], ...]:
    """A button for each rating, for each text, and for a remark."""
    found = list[tuple[Key | None, ...]]()
    for place in talk.round.asking(Asks.RATING):
        rates = [_rating(talk, place, one, said) for one in Rating]
        found += [(one,) for one in rates]
    for place in talk.round.asking(Asks.WORDS):
        name = "round/say_again" if place in said else "round/fill"
        values: dict[str, Json] = {"title": talk.round.pieces[place].title}
        found.append((Key(name, on_it(SAY, talk, place), values),))
    remark = Key("round/remark_again" if WHOLE in said else "round/remark", on_it(SAY, talk, WHOLE))
    return (*found, (remark,))


def _rating(talk: Talk, place: int, rating: Rating, said: Said) -> Key:
    values: dict[str, Json] = {"rating": rating.value, "chosen": said.get(place) == rating.value}
    return Key("round/rate", on_it("round_rate", talk, place, rating.value), values)


def focus(talk: Talk) -> SetFocus:
    """The focus while the sheet is on display: points if it asks for some, otherwise the words it asks for."""
    if talk.round.asking(Asks.POINTS):
        return awaiting(MARK, round=talk.round.id)
    words = talk.round.asking(Asks.WORDS)
    return awaiting(SAY, round=talk.round.id, section=words[0] if words else WHOLE)


def wanting(talk: Talk, said: Said) -> list[Json]:
    """The titles of the sections that are still empty."""
    return [talk.round.pieces[place].title for place in talk.round.asking() if place not in said]


def asked_points(talk: Talk) -> list[Json]:
    """The sections that ask for points, with their limits, as values of a template."""
    pieces = [talk.round.pieces[place] for place in talk.round.asking(Asks.POINTS)]
    return [{"title": one.title, "least": one.least, "most": one.most} for one in pieces]
