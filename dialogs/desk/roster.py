"""Updating the roster of the office: a file is handed in, looked at, agreed to, and stored as a whole."""

from collections.abc import Iterable, Mapping

from dialogs.core.awaited import awaiting, awaits
from dialogs.core.buttons import Button
from dialogs.core.commands.files import DropUpload, ImportRoster, KeepUpload
from dialogs.core.events import Handed
from dialogs.core.handed import Changed, RosterFile
from dialogs.core.handlers import Books, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, word
from dialogs.core.stamps import FINGERPRINT, seal
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, SetFocus, Turn
from dialogs.desk.guard import OFFICE, let_go
from dialogs.desk.keys import TO_CAMPAIGNS
from dialogs.desk.roster_days import ALL, DAY, WRONG, whom
from rules.campaign.permissions import Action
from rules.nouns.days import read_date
from rules.nouns.reviews import Json

#: The purpose of the focus while a roster is awaited.
FILE = "desk_roster"
#: The verb of the button that agrees to a file.
PUT = "desk_roster_put"
#: The verb of the button that asks for the days one by one.
EACH = "desk_roster_each"
#: The verb of the button that discards the file.
DROP = "desk_roster_drop"
#: The verbs about a file that was handed in. The shell reads the file again for them.
OF_FILE = frozenset({PUT, EACH, WRONG})
#: How many people whose day is asked for are named; the rest are counted.
_NAMED = 8

_DOWNLOAD = Key("desk/roster_file", Button("desk_roster_file"))
_DROP = Key("desk/cancel", Button(DROP))

#: Extension of the file name → the sentence about such a file (templates/messages/mistake/labels.j2); it is not fetched.
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("xls", "xlt"), "file_xls"),
    **dict.fromkeys(("csv", "tsv", "txt"), "file_text"),
    **dict.fromkeys(("ods", "fods"), "file_ods"),
    **dict.fromkeys(("doc", "docx", "rtf"), "file_word"),
    **dict.fromkeys(("png", "jpg", "jpeg", "heic", "webp"), "file_picture"),
    **dict.fromkeys(("htm", "html"), "file_html"),
    "xlsb": "file_xlsb",
    "pdf": "file_pdf",
    "zip": "file_zip",
    "xml": "file_xml",
}


def ask(_: Books, state: State, __: OfficeView, ___: Button | None = None) -> Turn:
    """Await the roster as a file."""
    return Turn((_asking("desk/roster_ask", state),), (awaiting(FILE),))


def typed(_: Books, state: State, __: OfficeView, ___: str) -> Turn:
    """A text was sent while a file is awaited."""
    return Turn((_asking("desk/roster_waiting", state),))


def download(_: Books, state: State, __: OfficeView, ___: Button) -> Turn:
    """The stored roster as a file. If a file is awaited, it still is."""
    keyboard = rows((Key("desk/roster", Button(FILE)),), TO_CAMPAIGNS)
    file = DeskFile("roster")
    return Turn((Reply("desk/roster_file", _office(state), keyboard, file, awaits_file=awaits(state, FILE)),))


def handed(_: Books, state: State, view: OfficeView, event: Handed) -> Turn:
    """Take the file: show what is wrong with it, or what it would change."""
    if event.trouble or view.handed is None:
        kind = _KINDS.get(event.name.lower().rpartition(".")[2], "")
        told = _asking("desk/roster_trouble", state, name=event.name, trouble=event.trouble or "lost", kind=kind)
        return Turn((told,), (awaiting(FILE),))
    return _looked_at(state, view.handed)


def put(_: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Store what was shown. If the stored roster or the given days have changed since, it is shown again."""
    file = view.handed
    if file is None or file.sha256[:FINGERPRINT] != word(button, 0):
        return _gone(state)
    if button != agreeing(file) or _stands_against(file):
        return _looked_at(state, file, changed=file.revision != number(button, 1))
    counted: list[Json] = [{"title": one.title, "count": one.count} for one in file.changes]
    values: dict[str, Json] = {**_office(state), "changes": counted}
    return Turn(
        (Reply("desk/roster_done", values, (TO_CAMPAIGNS,)),),
        (ImportRoster(file.sha256, file.revision, file.days), *let_go(state)),
    )


def agreeing(file: RosterFile) -> Button:
    """The button that agrees to exactly this: the file, the stored roster it was compared with, and the days given."""
    days = (seal({**file.days}),) if file.days else ()
    return Button(PUT, 0, (file.sha256[:FINGERPRINT], str(file.revision), *days))


def each(_: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Ask for the days one by one."""
    file = view.handed
    if file is None or file.sha256[:FINGERPRINT] != word(button, 0):
        return _gone(state)
    return _asking_day(state, file, one_by_one=True) if file.undated else _looked_at(state, file)


def wrong(_: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """The earlier roster was only written wrongly, for one person or for all: ask for the next day, or show everything."""
    file = view.handed
    if file is None or file.sha256[:FINGERPRINT] != word(button, 0):
        return _gone(state)
    return _looked_at(state, file, changed=_another_by_now(state, file))


def day_typed(_: Books, state: State, view: OfficeView, text: str) -> Turn:
    """Take the day: ask for the next one, or show everything."""
    if read_date(text) is None:
        return Turn((Reply("desk/no_day", {"today": state.now.date().isoformat()}),))
    file = view.handed
    return _looked_at(state, file, changed=_another_by_now(state, file)) if file else _gone(state)


def drop(_: Books, state: State, __: OfficeView, ___: Button) -> Turn:
    """Discard the file, and await none."""
    return Turn((Reply("desk/roster_dropped", {}, (TO_CAMPAIGNS,)),), (DropUpload(), *let_go(state)))


def _gone(state: State) -> Turn:
    return Turn((_asking("desk/roster_gone", state),), (awaiting(FILE),))


def _another_by_now(state: State, file: RosterFile) -> bool:
    """Whether the stored roster has changed since the day was asked for."""
    return awaits(state, DAY) and (state.focus or {}).get("revision") != file.revision


def _looked_at(state: State, file: RosterFile, *, changed: bool = False) -> Turn:
    if file.undated:
        return _asking_day(state, file, one_by_one=_one_by_one(state, file), changed=changed)
    if not _stands_against(file):
        return _preview(state, file, changed=changed)
    if not file.mistakes and not file.other_office:
        return Turn((Reply("desk/roster_same", _office(state), (TO_CAMPAIGNS,)),), (DropUpload(), *let_go(state)))
    values: dict[str, Json] = {
        "name": file.name,
        "other": file.other_office,
        "mistakes": [*file.mistakes],
        "more": file.mistakes_count - len(file.mistakes),
        "changed": changed,
    }
    return Turn((_asking("desk/roster_mistakes", state, **values),), (awaiting(FILE),))


def _stands_against(file: RosterFile) -> bool:
    return bool(file.mistakes or file.other_office or file.undated or not file.changes)


def _one_by_one(state: State, file: RosterFile) -> bool:
    return awaits(state, DAY, file=file.sha256[:FINGERPRINT]) and whom(state.focus) != ALL


def _asking_day(state: State, file: RosterFile, *, one_by_one: bool, changed: bool = False) -> Turn:
    """Ask for the first day of the next change, or of all changes at once."""
    who, several = file.undated[0].key if one_by_one else ALL, len(file.undated) > 1
    values: dict[str, Json] = {
        "name": file.name,
        "changed": changed,
        "unfit": [*file.unfit],
        "each": one_by_one,
        "people": [one.line for one in file.undated[: 1 if one_by_one else _NAMED]],
        "count": len(file.undated),
        "today": state.now.date().isoformat(),
    }
    about = file.sha256[:FINGERPRINT]
    turning = (Key("desk/roster_each", Button(EACH, 0, (about,))),) if several and not one_by_one else ()
    corrected = Key("desk/roster_wrong", Button(WRONG, 0, (about, seal(who))))
    asked = Reply("desk/roster_day", values, rows(turning, (corrected,), (_DROP,)), awaits_file=True)
    days: dict[str, Json] = {**file.days}
    awaited = awaiting(DAY, file=about, revision=file.revision, who=who, days=days)
    return Turn((asked,), (KeepUpload(file.name, file.sha256), awaited))


def _preview(state: State, file: RosterFile, *, changed: bool) -> Turn:
    values: dict[str, Json] = {
        **_office(state),
        "name": file.name,
        "changed": changed,
        "warnings": [*file.warnings],
        "changes": _counts(file.changes),
        "reviews": _counts(file.reviews),
    }
    agree = Key("desk/roster_put", agreeing(file))
    said = Reply("desk/roster_preview", values, rows((agree,), (_DROP,)), awaits_file=True)
    return Turn((said,), (KeepUpload(file.name, file.sha256), _shown_with_days(file)))


def _shown_with_days(file: RosterFile) -> SetFocus:
    days: dict[str, Json] = {**file.days}
    return awaiting(FILE, file=file.sha256[:FINGERPRINT], days=days) if days else awaiting(FILE)


def _counts(changes: Iterable[Changed]) -> list[Json]:
    return [{"title": one.title, "count": one.count, "lines": [*one.lines], "more": one.more} for one in changes]


def _asking(template: str, state: State, **values: Json) -> Reply:
    return Reply(template, {**_office(state), **values}, rows((_DOWNLOAD,), (_DROP,)), awaits_file=True)


def _office(state: State) -> dict[str, Json]:
    return {"office": state.person.office if state.person else ""}


VERBS: dict[str, OnPress] = {
    FILE: OFFICE.looking(ask, Action.IMPORT_ROSTER),
    PUT: OFFICE.looking(put, Action.IMPORT_ROSTER),
    EACH: OFFICE.looking(each, Action.IMPORT_ROSTER),
    WRONG: OFFICE.looking(wrong, Action.IMPORT_ROSTER),
    DROP: OFFICE.looking(drop, Action.IMPORT_ROSTER),
    "desk_roster_file": OFFICE.looking(download, Action.IMPORT_ROSTER),
}

TEXTS: dict[str, OnText] = {
    FILE: OFFICE.looking(typed, Action.IMPORT_ROSTER),
    DAY: OFFICE.looking(day_typed, Action.IMPORT_ROSTER),
}

FILES: dict[str, OnFile] = {
    FILE: OFFICE.looking(handed, Action.IMPORT_ROSTER),
    DAY: OFFICE.looking(handed, Action.IMPORT_ROSTER),
}
