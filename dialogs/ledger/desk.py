"""The desk's files: the catalogue of products, and everybody's assigned work. A file is looked at, agreed to, and
stored as a whole.
"""

from dialogs.core.awaited import awaiting, awaits, let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.files import DropUpload, KeepUpload
from dialogs.core.commands.ledgers import ImportWork, KeepCatalogue
from dialogs.core.events import Handed
from dialogs.core.handed import LedgerFile
from dialogs.core.handlers import Books, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.ledgers import WorkView
from dialogs.core.paging import word
from dialogs.core.rooms import Room
from dialogs.core.stamps import FINGERPRINT
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.ledger.guard import HOME, OFFICE_WORK
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json

#: The purposes of the focus while a catalogue, or the work of the office, is awaited; also the verbs that ask for them.
CATALOGUE, WORK = "work_catalogue", "work_import"
#: The verbs that agree to a file. The shell reads the file again for them.
PUT = {CATALOGUE: "work_catalogue_put", WORK: "work_import_put"}
#: Purpose → the action needed to hand such a file in.
OF_FILE = {CATALOGUE: Action.KEEP_CATALOGUE, WORK: Action.IMPORT_WORK}


def ask_catalogue(_: Books, state: State, view: WorkView, __: Button) -> Turn:
    """Await the catalogue as a file."""
    return _ask(state, view, CATALOGUE)


def ask_work(_: Books, state: State, view: WorkView, __: Button) -> Turn:
    """Await the work of the office as a file."""
    return _ask(state, view, WORK)


def typed(_: Books, state: State, view: WorkView, __: str) -> Turn:
    """A text was sent while a file is awaited."""
    return _ask(state, view, WORK if awaits(state, WORK) else CATALOGUE, waiting=True)


def download(_: Books, state: State, __: WorkView, button: Button) -> Turn:
    """The template, filled with what is stored."""
    what = WORK if word(button, 0) == "work" else CATALOGUE
    keys = rows((Key(f"work/{'import' if what == WORK else 'catalogue'}", Button(what)),), (HOME,))
    file = DeskFile("work") if what == WORK else DeskFile("catalogue")
    return Turn((Reply("work/file", {"kind": file.name}, keys, file, awaits_file=awaits(state, what)),))


def handed(_: Books, state: State, view: WorkView, event: Handed) -> Turn:
    """Take the file: show what is wrong with it, or what it changes."""
    what = WORK if awaits(state, WORK) else CATALOGUE
    if event.trouble or view.handed is None:
        return _ask(state, view, what, trouble=event.trouble or "lost", name=event.name)
    return _looked_at(state, view.handed)


def put(_: Books, state: State, view: WorkView, button: Button) -> Turn:
    """Store what was shown. If something else has been stored since, it is shown again."""
    file = view.handed
    what = CATALOGUE if button.verb == PUT[CATALOGUE] else WORK
    if file is None or file.what != what or file.sha256[:FINGERPRINT] != word(button, 0):
        return _ask(state, view, what, trouble="gone")
    if file.mistakes or file.nothing or button != agreeing(file):
        return _looked_at(state, file, changed=True)
    keep = KeepCatalogue(file.sha256, file.seen) if what == CATALOGUE else ImportWork(file.sha256, file.stamp)
    told = ("count",) if what == CATALOGUE else ("people_count",)
    values: dict[str, Json] = {name: file.values[name] for name in told}
    values |= {"kind": _kind(what), "number": file.seen + 1}
    return Turn((Reply("work/file_done", values, ((HOME,),)),), (keep, *let_go(state, Room.WORK)))


def agreeing(file: LedgerFile) -> Button:
    """The button that agrees to exactly this file and these changes."""
    return Button(PUT[file.what], 0, (file.sha256[:FINGERPRINT], file.stamp))


def drop(_: Books, state: State, __: WorkView, ___: Button) -> Turn:
    """Discard the file, and await none."""
    return Turn((Reply("work/file_dropped", {}, ((HOME,),)),), (DropUpload(), *let_go(state, Room.WORK)))


def _ask(state: State, view: WorkView, what: str, *, waiting: bool = False, trouble: str = "", name: str = "") -> Turn:
    values: dict[str, Json] = {
        "kind": _kind(what),
        "office": state.person.office if state.person else "",
        "number": view.catalogue.number if view.catalogue else 0,
        "waiting": waiting,
        "trouble": trouble,
        "name": name,
    }
    reply = Reply("work/file_ask", values, _asking_keys(what), awaits_file=True)
    return Turn((reply,), (awaiting(what),))


def _looked_at(state: State, file: LedgerFile, *, changed: bool = False) -> Turn:
    values: dict[str, Json] = {"name": file.name}
    if file.mistakes:
        values |= {"mistakes": [*file.mistakes], "more": file.mistakes_count - len(file.mistakes)}
        reply = Reply("work/file_mistakes", values, _asking_keys(file.what), awaits_file=True)
        return Turn((reply,), (awaiting(file.what),))
    if file.nothing:
        same = Reply("work/file_same", values, ((HOME,),))
        return Turn((same,), (DropUpload(), *let_go(state, Room.WORK)))
    values |= {**file.values, "kind": _kind(file.what), "changed": changed}
    agree = Key("work/file_put", agreeing(file))
    reply = Reply("work/file_preview", values, rows((agree,), (_DROP,)), awaits_file=True)
    return Turn((reply,), (KeepUpload(file.name, file.sha256), awaiting(file.what)))


_DROP = Key("work/cancel", Button("work_drop"))


def _asking_keys(what: str) -> tuple[tuple[Key, ...], ...]:
    return rows((Key("work/template", Button("work_file", 0, (_kind(what),))),), (_DROP,))


def _kind(what: str) -> str:
    return "work" if what == WORK else "catalogue"


VERBS: dict[str, OnPress] = {
    CATALOGUE: OFFICE_WORK.looking(ask_catalogue, Action.KEEP_CATALOGUE),
    WORK: OFFICE_WORK.looking(ask_work, Action.IMPORT_WORK),
    PUT[CATALOGUE]: OFFICE_WORK.looking(put, Action.KEEP_CATALOGUE),
    PUT[WORK]: OFFICE_WORK.looking(put, Action.IMPORT_WORK),
    "work_file": OFFICE_WORK.looking(download, Action.KEEP_CATALOGUE),
    "work_drop": OFFICE_WORK.looking(drop, Action.KEEP_CATALOGUE),
}

TEXTS: dict[str, OnText] = {
    CATALOGUE: OFFICE_WORK.looking(typed, Action.KEEP_CATALOGUE),
    WORK: OFFICE_WORK.looking(typed, Action.IMPORT_WORK),
}

FILES: dict[str, OnFile] = {
    CATALOGUE: OFFICE_WORK.looking(handed, Action.KEEP_CATALOGUE),
    WORK: OFFICE_WORK.looking(handed, Action.IMPORT_WORK),
}
