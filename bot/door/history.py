"""A conversation as it went, whatever channel it came through: for the page, and for a second device."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.clock import ZONE
from bot.door.front import Exchange
from bot.door.kept import reply_from_json
from bot.door.words import word
from storage.transaction import Transaction
from templates.wording import label

#: How far back the label of a pressed button is looked for.
LOOK_BACK = 30


async def exchanges(tx: Transaction, person: int, after: int, limit: int) -> Sequence[Exchange]:
    """The newest `limit` kept steps with an id above `after`, oldest first."""
    language = await tx.people.language(person)
    turns = await tx.turns.history(person, limit=limit + LOOK_BACK)
    labels: dict[str, str] = {}
    shown = []
    for turn in turns:
        worded = tuple(
            word(reply_from_json(cast("Mapping[str, Any]", reply)), language, kept=True) for reply in turn.replies
        )
        said = _said(cast("Mapping[str, Any] | None", turn.said), labels, language)
        labels.update({key.data: key.label for reply in worded for row in reply.keyboard for key in row})
        if turn.id > after:
            shown.append(Exchange(turn.id, turn.at.astimezone(ZONE), turn.channel, said, worded))
    return shown[-limit:]


def _said(said: Mapping[str, Any] | None, labels: Mapping[str, str], language: str) -> str:
    if said is None:
        return ""
    if "pressed" in said:
        return labels.get(said["pressed"], "")
    if "sent" in said:
        return label("sent", {"what": said["sent"], "name": said.get("name", "")}, language)
    return str(said["said"])
