"""The entrance of the room CAST: the desk chooses whom to write to and sees what was delivered."""

from dialogs.broadcast import chosen as cast_chosen
from dialogs.broadcast import report as cast_report
from dialogs.broadcast import writing as cast_writing
from dialogs.broadcast.filters import Filter, chosen, groups, kinds, units
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnChosen, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page, word
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go
from dialogs.desk.keys import TO_CAMPAIGNS
from dialogs.desk.progress import campaign_values, open_campaigns, parts
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json


def nhantin(books: Books, state: State, view: OfficeView, _: str) -> Turn:
    """The command /nhantin: about the newest campaign, if one is open."""
    newest = next(iter(open_campaigns(view)), 0)
    return home(books, state, view, Button("cast_home", 0, (str(newest),)))


def home(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Choose the recipients. Each filter shows how many it selects."""
    campaign = number(button, 0)
    found = parts(view, campaign)
    values: dict[str, Json] = {"campaign": campaign_values(books, found) if found else None}
    listed = ((_key(state, view, campaign, kind),) for kind in kinds(view, campaign))
    report = Key("cast/report", Button("cast_report", 0, (str(campaign),))) if found else None
    return Turn((Reply("cast/home", values, rows(*listed, (report,), TO_CAMPAIGNS)),), let_go(state))


def which(_: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Choose a unit or a group, in pages."""
    campaign, kind = number(button, 0), word(button, 1)
    filters = [Filter("unit", str(unit)) for unit in units(view)] if kind == "unit" else _groups(view)
    shown = page(filters, number(button, 2))
    listed = (
        (Key("cast/to", _to(campaign, view, by), {**by.values(view), "count": _count(state, view, campaign, by)}),)
        for by in shown.shown
    )
    turning = shown.keys("cast_which", str(campaign), kind)
    back = (Key("cast/home", Button("cast_home", 0, (str(campaign),))),)
    values: dict[str, Json] = {"kind": kind, **shown.values()}
    return Turn((Reply("cast/which", values, rows(*listed, turning, back)),), let_go(state))


def _key(state: State, view: OfficeView, campaign: int, kind: str) -> Key:
    if kind in {"unit", "group"}:
        return Key(f"cast/which_{kind}", Button("cast_which", 0, (str(campaign), kind)))
    by = Filter(kind)
    return Key("cast/to", _to(campaign, view, by), {**by.values(view), "count": _count(state, view, campaign, by)})


def _to(campaign: int, view: OfficeView, by: Filter) -> Button:
    """The button of a filter. A group is given by its place, since its name may be long."""
    of = str(groups(view).index(by.of)) if by.kind == "group" else by.of
    return Button("cast_to", 0, (str(campaign), by.kind, *((of,) if of else ())))


def _groups(view: OfficeView) -> list[Filter]:
    return [Filter("group", name) for name in groups(view)]


def _count(state: State, view: OfficeView, campaign: int, by: Filter) -> int:
    return len(chosen(view, campaign, by, state.person.id if state.person else 0))


VERBS: dict[str, OnPress] = {
    "cast_home": OFFICE.looking(home, Action.BROADCAST),
    "cast_which": OFFICE.looking(which, Action.BROADCAST),
    **cast_writing.VERBS,
    **cast_report.VERBS,
}

TEXTS: dict[str, OnText] = {**cast_writing.TEXTS}

CHOSEN: dict[str, OnChosen] = {**cast_chosen.CHOSEN}

COMMANDS: dict[str, OnCommand] = {"nhantin": OFFICE.looking(nhantin, Action.BROADCAST)}
