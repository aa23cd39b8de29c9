"""Replies and events as JSON: what a turn keeps, for replays and for the history of a conversation."""

from collections.abc import Mapping
from typing import Any

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Handed, Pressed, Said, Sent
from dialogs.core.turn import Attached, DeskFile, Key, Papers, Reply
from rules.nouns.reviews import Json

#: What is kept of a text for the history of the page; the answer itself is kept whole elsewhere.
SAID_MAX_CHARS = 4000


def reply_to_json(reply: Reply) -> dict[str, Json]:
    """A reply as JSON; `reply_from_json` reads it back."""
    kept: dict[str, Json] = {"template": reply.template, "values": dict(reply.values)}
    if reply.keyboard:
        kept["keyboard"] = [
            [[key.label, key.button.encode(), dict(key.values)] for key in row] for row in reply.keyboard
        ]
    match reply.attached:
        case Papers(review, version, kinds, ruling):
            kept["papers"] = [review, version, list(kinds), *([ruling] if ruling else [])]
        case DeskFile(name, kind):
            kept["desk_file"] = [name, kind]
        case None:
            pass
    if reply.replaces:
        kept["replaces"] = True
    if reply.awaits_file:
        kept["awaits_file"] = True
    return kept


def reply_from_json(kept: Mapping[str, Any]) -> Reply:
    """The reply that was kept."""
    return Reply(
        template=kept["template"],
        values=kept["values"],
        keyboard=tuple(tuple(_key_from_json(key) for key in row) for row in kept.get("keyboard", ())),
        attached=_attached_from_json(kept),
        replaces=kept.get("replaces", False),
        awaits_file=kept.get("awaits_file", False),
    )


def _attached_from_json(kept: Mapping[str, Any]) -> Attached | None:
    match kept:
        case {"desk_file": [name, kind]}:
            return DeskFile(name, kind)
        case {"papers": [0, 0, ["roster"]]}:  # how the roster was kept while it passed for the papers of a review
            return DeskFile("roster")
        case {"papers": [review, version, kinds, *ruling]}:
            return Papers(review, version, tuple(kinds), *ruling)
        case _:
            return None


def _key_from_json(kept: list[Any]) -> Key:
    button = Button.decode(kept[1])
    assert button is not None, "a kept button was encoded by us"
    return Key(kept[0], button, kept[2])


def said_to_json(event: Event) -> dict[str, Json]:
    """What the person did, as the history keeps it."""
    match event:
        case Said(text):
            return {"said": text[:SAID_MAX_CHARS]}
        case Commanded("start", _):
            return {"said": ""}  # opening the chat says nothing; its argument may be an invitation code
        case Commanded(name, _):
            return {"said": f"/{name}"}
        case Sent(what):
            return {"sent": what}
        case Handed(name):
            return {"sent": "document", "name": name}
        case Pressed(button):
            return {"pressed": button.encode() if button else ""}
