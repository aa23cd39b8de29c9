"""The office's own files in place of summary tables that its plan does not print: handing a file in, storing it, taking
it out again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.core.awaited import awaiting, text_of
from dialogs.core.buttons import Button
from dialogs.core.commands.files import KeepOwnTable, TakeOutOwnTable
from dialogs.core.events import Handed
from dialogs.core.handlers import Books, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page, word
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go
from rules.book.summaries import SummaryTable
from rules.campaign.permissions import Action
from rules.nouns.enclosures import OWN_TABLE_KINDS, OwnTable
from rules.nouns.reviews import Campaign, Json

#: The purpose of the focus while such a file is awaited. `table` in the focus says for which table.
TABLE = "desk_table"

#: The button to the list of tables.
TO_TABLES = Key("desk/own_tables", Button("desk_table_list"))


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A summary table of a campaign part, with the file that replaces it."""

    part: Campaign
    table: SummaryTable
    own: OwnTable | None

    @property
    def stamp(self) -> str:
        """What buttons call it."""
        return seal([self.part.id, self.part.rulebook, self.table.key])


def places(books: Books, view: OfficeView, campaign: int = 0) -> Iterator[TablePlace]:
    """The tables of the open campaigns, or of one of them."""
    for part in sorted(view.campaigns, key=lambda one: (one.id, one.rulebook)):
        for table in books[part.edition].summary_tables if campaign in {0, part.id} else ():
            if table.replaceable:
                yield TablePlace(part, table, view.own_tables.get((part.id, part.rulebook, table.key)))


def beside(books: Books, view: OfficeView, campaign: int) -> Iterator[Reply]:
    """The files that replace tables of the campaign, as they were handed in."""
    for one in places(books, view, campaign):
        if one.own:
            yield Reply("desk/own_table_file", _values(one), attached=_file(one.own))


def show(books: Books, state: State, view: OfficeView, button: Button | None = None) -> Turn:
    """The tables in pages, and those that are replaced by a file of the office."""
    every = [*places(books, view)]
    some = page(every, number(button, 0) if button else 0)
    values: dict[str, Json] = {"count": len(every), "own": [_values(one) for one in every if one.own]}
    keys = ((_key(one),) for one in some.shown)
    settings = (Key("desk/settings", Button("desk_settings")),)
    return Turn((Reply("desk/own_tables", values, rows(*keys, some.keys("desk_table_list"), settings)),), let_go(state))


def ask(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Await a file that replaces a table."""
    place = _named(books, view, word(button, 1))
    return _ask(view, place) if place else show(books, state, view)


def typed(books: Books, state: State, view: OfficeView, _: str) -> Turn:
    """A text was sent while a file is awaited."""
    place = _awaited(books, state, view)
    return _ask(view, place, trouble="waiting") if place else show(books, state, view)


def handed(books: Books, state: State, view: OfficeView, event: Handed) -> Turn:
    """Take the file: show what is wrong with it, or store it. If another member of the desk handed one in meanwhile,
    that one is shown first.
    """
    place, file = _awaited(books, state, view), view.handed_table
    if place is None:
        return show(books, state, view)
    if event.trouble or file is None:
        return _ask(view, place, trouble=event.trouble or "lost", name=event.name)
    if file.mistakes:
        return _ask(view, place, trouble="mistakes", name=file.name, mistakes=file.mistakes)
    seen = place.own.id if place.own else 0
    if text_of(state.focus or {}, "seen") != str(seen):
        return _ask(view, place, trouble="meanwhile", name=file.name)
    keep = KeepOwnTable(
        *(place.part.id, place.part.rulebook, place.table.key, seen),
        *(file.sha256, file.size, file.kind, file.name),
    )
    ending = file.name.rpartition(".")[2].lower()
    values = {**_values(place), "file": file.name, "kind": file.kind, "otherwise": ending != file.kind}
    return Turn((Reply("desk/own_table_kept", values, rows((TO_TABLES,))),), (keep, *let_go(state)))


def take_out(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Go back to the generated table: `desk_table_off:0:<campaign>:<stamp>:<which file>`."""
    place = _named(books, view, word(button, 1))
    if place is None or place.own is None:
        return show(books, state, view)
    if place.own.id != number(button, 2):
        return _ask(view, place, trouble="changed")
    command = TakeOutOwnTable(place.part.id, place.part.rulebook, place.table.key, place.own.id)
    return Turn((Reply("desk/own_table_out", _values(place), rows((TO_TABLES,))),), (command, *let_go(state)))


def _ask(
    view: OfficeView, place: TablePlace, *, trouble: str = "", name: str = "", mistakes: tuple[str, ...] = ()
) -> Turn:
    values: dict[str, Json] = {
        **_values(place),
        "trouble": trouble,
        "name": name,
        "mistakes": [*mistakes],
        "most": view.most_mb,
        "kinds": [one for one in OWN_TABLE_KINDS if one in view.kinds],
    }
    own, about = place.own, (str(place.part.id), place.stamp)
    off = Key("desk/own_table_off", Button("desk_table_off", 0, (*about, str(own.id)))) if own else None
    keys = rows((off,) if off else (), (TO_TABLES,))
    reply = Reply("desk/own_table", values, keys, _file(own) if own else None, awaits_file=True)
    focus = awaiting(TABLE, table=place.stamp, seen=str(own.id if own else 0))
    return Turn((reply,), (focus,))


def _file(own: OwnTable) -> DeskFile:
    return DeskFile(f"owntable_{own.id}", own.kind)


def _key(place: TablePlace) -> Key:
    return Key("desk/own_table", Button(TABLE, 0, (str(place.part.id), place.stamp)), _values(place))


def _named(books: Books, view: OfficeView, stamp: str) -> TablePlace | None:
    return next((one for one in places(books, view) if one.stamp == stamp), None)


def _awaited(books: Books, state: State, view: OfficeView) -> TablePlace | None:
    return _named(books, view, text_of(state.focus or {}, "table"))


def _values(place: TablePlace) -> dict[str, Json]:
    own = place.own
    told: Mapping[str, Json] = {
        "own": own.name if own else "",
        "by": own.by_name if own else "",
        "since": own.at.isoformat() if own else "",
    }
    called = {"code": place.table.code, "title": place.table.title}
    return {**called, "year": place.part.year, "period": place.part.period, **told}


VERBS: dict[str, OnPress] = {
    "desk_table_list": OFFICE.looking(show, Action.HAND_IN),
    TABLE: OFFICE.looking(ask, Action.HAND_IN),
    "desk_table_off": OFFICE.looking(take_out, Action.HAND_IN),
}

TEXTS: dict[str, OnText] = {TABLE: OFFICE.looking(typed, Action.HAND_IN)}

FILES: dict[str, OnFile] = {TABLE: OFFICE.looking(handed, Action.HAND_IN)}
