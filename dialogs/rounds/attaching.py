"""A file written elsewhere that goes round as it is, on its own or in place of a report or list kept here."""

from collections.abc import Mapping

from dialogs.core.awaited import awaiting, let_go, text_of
from dialogs.core.buttons import Button
from dialogs.core.events import Handed
from dialogs.core.handed import EnclosureFile
from dialogs.core.handlers import Books, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.rounds import DraftToSend
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.rounds.guard import DRAFTS, TO_HOME, view
from rules.campaign.permissions import Action
from rules.nouns.enclosures import ROUND_KINDS
from rules.nouns.reviews import Json
from rules.nouns.rounds import TITLE_CHARS, token_of_text
from rules.nouns.text import clean

#: The purpose of the focus while a file is awaited. `about` is the draft that it replaces ("": the file is a draft of
#: its own). Once the file has come, the focus also holds its data and `title`.
FILE = "round_file"
#: The verb that asks for a file in place of a draft.
ATTACH = "round_attach"


def ask(_: Books, state: State, __: Button) -> Turn:
    """Await a file that goes round on its own: `round_file`."""
    if not view(state).writes:
        return _refused(state)
    return asked_for(state)


def attach(_: Books, state: State, draft: DraftToSend, __: Button) -> Turn:
    """Await a file that goes round in place of a draft kept here: `round_attach:0:<token>`."""
    return asked_for(state, draft) if draft.takes_file else _refused(state)


def handed(_: Books, state: State, event: Handed) -> Turn:
    """Take the file: show what is wrong with it, or what it is and whom it may go to."""
    draft = _about(state)
    if (text_of(state.focus or {}, "about") and draft is None) or not (draft or view(state).writes):
        return _refused(state)
    file = view(state).handed
    if event.trouble or file is None:
        return asked_for(state, draft, trouble=event.trouble or "lost", name=event.name)
    if file.mistakes:
        return asked_for(state, draft, trouble="mistakes", name=file.name, mistakes=file.mistakes)
    title = " ".join(clean(file.name.rpartition(".")[0] or file.name).split())[:TITLE_CHARS].strip()
    return _came(state, draft, file, draft.title if draft else title)


def typed(_: Books, state: State, text: str) -> Turn:
    """Take a text as the title of the file that was sent. Without a file, ask for one again."""
    draft, file = _about(state), held(state.focus or {})
    title = clean(text)
    if file is None or draft is not None or not view(state).writes:
        return asked_for(state, draft, trouble="waiting")
    if not title or "\n" in title or len(title) > TITLE_CHARS:
        return _came(state, None, file, text_of(state.focus or {}, "title"), wrong=len(title))
    return _came(state, None, file, title)


def held(focus: Mapping[str, Json]) -> EnclosureFile | None:
    """The file that waits in the focus to be sent round."""
    sha256, size = text_of(focus, "file"), focus.get("file_size", 0)
    if not sha256 or not isinstance(size, int):
        return None
    return EnclosureFile(text_of(focus, "file_name"), sha256, size, text_of(focus, "file_kind"))


def carried(draft: DraftToSend) -> dict[str, Json]:
    """The values that keep such a file in the focus until it is sent."""
    if not draft.file_name:
        return {}
    return {
        "title": draft.title,
        **_kept(EnclosureFile(draft.file_name, draft.sha256, draft.file_size, draft.file_kind)),
    }


def _kept(file: EnclosureFile) -> dict[str, Json]:
    return {"file": file.sha256, "file_name": file.name, "file_kind": file.kind, "file_size": file.size}


def _about(state: State) -> DraftToSend | None:
    """The draft that the awaited file replaces."""
    token = text_of(state.focus or {}, "about")
    return next((one for one in view(state).drafts if one.token == token and one.takes_file), None)


def _came(state: State, draft: DraftToSend | None, file: EnclosureFile, title: str, *, wrong: int = 0) -> Turn:
    person = state.person.id if state.person else 0
    token = draft.token if draft else token_of_text(person, title)
    values: dict[str, Json] = {
        "title": title,
        "name": file.name,
        "kind": file.kind,
        "kb": max(1, round(file.size / 1000)),
        "otherwise": file.name.rpartition(".")[2].lower() != file.kind,
        "named": draft is None,
        "wrong": wrong,
        "max": TITLE_CHARS,
    }
    on = Key("round/whom", Button("round_of", 0, (token,)))
    again = Key("round/other_file", Button(ATTACH, 0, (token,)) if draft else Button(FILE))
    reply = Reply("round/file", values, rows((on,), (again,), (TO_HOME,)))
    return Turn((reply,), (awaiting(FILE, about=draft.token if draft else "", title=title, **_kept(file)),))


def asked_for(
    state: State,
    draft: DraftToSend | None = None,
    *,
    trouble: str = "",
    name: str = "",
    mistakes: tuple[str, ...] = (),
) -> Turn:
    """Ask for a file, in place of this draft or on its own. `trouble` is what was wrong with the last one."""
    values: dict[str, Json] = {
        "title": draft.title if draft else "",
        "trouble": trouble,
        "name": name,
        "mistakes": [*mistakes],
        "most": view(state).most_mb,
        "kinds": [one for one in ROUND_KINDS if one in view(state).kinds],
    }
    cancel = Key("round/cancel", Button("round_new"))
    reply = Reply("round/ask_file", values, rows((cancel,)), awaits_file=True)
    return Turn((reply,), (awaiting(FILE, about=draft.token if draft else ""),))


def _refused(state: State) -> Turn:
    return Turn((Reply("round/refused", {"reason": "no_draft"}, ((TO_HOME,),)),), let_go(state, Room.ROUND))


#: The handlers about a chosen draft.
OF_DRAFT: dict[str, OnPress] = {ATTACH: DRAFTS.looking(attach, Action.START_ROUND)}

VERBS: dict[str, OnPress] = {FILE: ask, **OF_DRAFT}

TEXTS: dict[str, OnText] = {FILE: typed}

FILES: dict[str, OnFile] = {FILE: handed}
