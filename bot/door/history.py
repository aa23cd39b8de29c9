"""The history of a conversation across all channels, for the page and for a second device."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.clock import ZONE
from bot.door.front import Exchange
from bot.door.kept import reply_from_json
from bot.door.pieces import in_pieces
from bot.door.words import word
from storage.transaction import Transaction
from storage.values import KeptTurn
from templates.wording import label

#: How many steps back the pressed button is searched; usually it is in the message before.
LOOK_BACK = (3, 30)

#: Stored button → its label and the label's values.
_Keys = dict[str, tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Talk:
    """Stored steps that are not worded yet. `keys`: the buttons shown before the first of them, if one of those was
    pressed.
    """

    tongue: str
    turns: Sequence[KeptTurn]
    keys: _Keys


async def read(tx: Transaction, person: int, after: int, limit: int, before: int | None = None) -> Talk:
    """The newest `limit` stored steps with an id above `after` and below `before`, oldest first. Earlier steps are read
    only to find a pressed button, so the cost does not depend on the length of the conversation.
    """
    tongue = await tx.people.tongue(person)
    turns = await tx.turns.history(person, after=after, limit=limit, before=before)
    keys: _Keys = {}
    for far in LOOK_BACK:
        if _all_known(turns, keys):
            break
        for turn in await tx.turns.history(person, limit=far, before=turns[0].id):
            _learn(keys, turn)
    return Talk(tongue, turns, keys)


async def worded(talk: Talk) -> Sequence[Exchange]:
    """The steps in the words of their reader, made a few at a time. It needs no open transaction."""
    keys, shown = dict(talk.keys), []
    async for turn in in_pieces(talk.turns):
        replies = (reply_from_json(cast("Mapping[str, Any]", reply)) for reply in turn.replies)
        words = tuple(word(reply, talk.tongue, kept=True) for reply in replies)
        said = _said(cast("Mapping[str, Any] | None", turn.said), keys, talk.tongue)
        _learn(keys, turn)
        shown.append(Exchange(turn.id, turn.at.astimezone(ZONE), turn.channel, said, words))
    return shown


def _all_known(turns: Sequence[KeptTurn], before: _Keys) -> bool:
    """Whether the button of every press among them was shown there or `before`."""
    keys = dict(before)
    for turn in turns:
        said = cast("Mapping[str, Any] | None", turn.said)
        if said and said.get("pressed") and said["pressed"] not in keys:
            return False
        _learn(keys, turn)
    return True


def _learn(keys: _Keys, turn: KeptTurn) -> None:
    """Remember the buttons of this step."""
    for reply in turn.replies:
        for row in cast("Mapping[str, Any]", reply).get("keyboard", ()):
            keys.update({data: (name, values) for name, data, values in row})


def _said(said: Mapping[str, Any] | None, keys: _Keys, tongue: str) -> str:
    if said is None:
        return ""
    if "pressed" in said:
        name, values = keys.get(said["pressed"], ("", {}))
        return label(name, values, tongue, kept=True) if name else ""
    if "chosen" in said:
        return label("chosen", {"deed": said["chosen"], "count": said["count"]}, tongue)
    if "sent" in said:
        return label("sent", {"what": said["sent"], "name": said.get("name", "")}, tongue)
    return str(said["said"])
