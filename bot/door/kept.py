"""Replies and events as JSON, stored in turns for replays and for the history of a conversation."""

from collections.abc import Mapping
from typing import Any

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import Reissue
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.events import Chosen, Commanded, Edited, Event, Handed, Pressed, Said, Sent
from dialogs.core.stamps import answer_stamp
from dialogs.core.state import Given
from dialogs.core.turn import (
    AllPapers,
    Attached,
    DeskFile,
    Key,
    Papers,
    Reply,
    SentPapers,
    SetFocus,
    Turn,
    WholeDossier,
)
from rules.nouns.reviews import Json

#: Length of a text stored for the history and for comparison when it is edited: what one message can hold. The answer
#: itself is stored completely elsewhere.
SAID_MAX_CHARS = 4096


def reply_to_json(reply: Reply) -> dict[str, Json]:
    """A reply as JSON; `reply_from_json` is the inverse."""
    kept: dict[str, Json] = {"template": reply.template, "values": dict(reply.values)}
    if reply.keyboard:
        kept["keyboard"] = [
            [[key.label, key.button.encode(), dict(key.values)] for key in row] for row in reply.keyboard
        ]
    if reply.attached is not None:
        kept |= _attached_to_json(reply.attached)
    if reply.replaces:
        kept["replaces"] = True
    if reply.awaits_file:
        kept["awaits_file"] = True
    return kept


def reply_from_json(kept: Mapping[str, Any]) -> Reply:
    """The stored reply."""
    return Reply(
        template=kept["template"],
        values=kept["values"],
        keyboard=tuple(tuple(_key_from_json(key) for key in row) for row in kept.get("keyboard", ())),
        attached=_attached_from_json(kept),
        replaces=kept.get("replaces", False),
        awaits_file=kept.get("awaits_file", False),
    )


def _attached_to_json(attached: Attached) -> dict[str, Json]:
    match attached:
        case Papers(review, version, kinds, ruling):
            return {"papers": [review, version, list(kinds), *([ruling] if ruling else [])]}
        case DeskFile(name, kind):
            return {"desk_file": [name, kind]}
        case AllPapers(campaign, unit):
            return {"all_papers": [campaign, unit]}
        case WholeDossier(campaign, whose):
            return {"dossier": [campaign, whose]}
        case SentPapers(campaign, sent_up):
            return {"sent_papers": [campaign, sent_up]}


def _attached_from_json(kept: Mapping[str, Any]) -> Attached | None:
    match kept:
        case {"desk_file": [name, "zip"]}:  # how a dossier was kept while it passed for a file of the desk
            _, campaign, whose = name.split("_")
            return WholeDossier(int(campaign), whose)
        case {"desk_file": [name, kind]}:
            return DeskFile(name, kind)
        case {"dossier": [campaign, whose]}:
            return WholeDossier(campaign, whose)
        case {"sent_papers": [campaign, sent_up]}:
            return SentPapers(campaign, sent_up)
        case {"all_papers": [campaign, unit]}:
            return AllPapers(campaign, unit)
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


def said_to_json(event: Event, turn: Turn) -> dict[str, Json]:
    """What the person did, for the history. For a message that may be edited later also what came of it (see
    `given_from_json`).
    """
    match event:
        case Said(text, message=message):
            return {"said": text[:SAID_MAX_CHARS], **_came_of(message, turn)}
        case Edited(text, message):
            came = _came_of(message, turn)  # of an edit that changed nothing the answers of before are remembered
            return {"said": text[:SAID_MAX_CHARS], "edited": True, **(came if "answers" in came else {})}
        case Commanded(name, _):  # opening the chat says nothing; its argument may be an invitation code
            return {"said": "" if name == "start" else f"/{name}"}
        case Sent(what):
            return {"sent": what}
        case Chosen(deed, people):
            given: list[Json] = [command.person for command in turn.commands if isinstance(command, Reissue)]
            return {"chosen": deed, "count": len(people), "given": given}
        case Handed(name):
            return {"sent": "document", "name": name}
        case Pressed(button):
            return {"pressed": button.encode() if button else ""}


def unnamed_to_json() -> dict[str, Json]:
    """The same for what was said without a name: only that something was said, but neither the text nor the message id,
    because a press has none.
    """
    return {"sent": "unnamed"}


def _came_of(message: str, turn: Turn) -> dict[str, Json]:
    if not message:
        return {}
    kept = {one.question: one for one in turn.commands if isinstance(one, KeepAnswer)}
    if kept:
        answers: dict[str, Json] = {name: answer_stamp(one.answer) for name, one in kept.items()}
        return {"message": message, "review": next(iter(kept.values())).review, "answers": answers}
    idle = all(isinstance(command, SetFocus) for command in turn.commands)
    return {"message": message, "idle": idle}


def given_from_json(said: Mapping[str, Any], *, newest: bool) -> Given:
    """What came of a message stored by `said_to_json`; `newest`: the person has done nothing since."""
    if said.get("sent") == "unnamed":
        return Given("", unnamed=True)
    answers = said.get("answers", {})
    return Given(said["said"], said.get("review", 0), answers, idle=newest and bool(said.get("idle")))
