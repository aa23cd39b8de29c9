"""The entrance of the room DOSSIER: one's own places, the desk's choice of a dossier, what is missing, and handing
files in.
"""

from dialogs.core.awaited import awaiting, let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.files import KeepEnclosure
from dialogs.core.events import Handed
from dialogs.core.handlers import Books, OnCommand, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.dossiers import DossierPlace, DossiersView
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn, WholeDossier
from dialogs.dossiers.guard import DOSSIERS, FILE, HOME, MINE, PLACES, known, may_at
from dialogs.shown.console import TO_CONSOLE
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json


def home(_: Books, state: State, __: str) -> Turn:
    """The command /hoso."""
    return _mine(state, 0)


def on_home(_: Books, state: State, button: Button) -> Turn:
    """One's own places: `dossier_home:0:<first>`."""
    return _mine(state, number(button, 0))


def choose(_: Books, state: State, view: DossiersView, button: Button) -> Turn:
    """The dossiers of a campaign: `dossier_of:0:<campaign>:<ignored>:<first>`."""
    campaign = str(view.campaign)
    shown = page(view.choices, number(button, 2))
    keys = [
        (Key("dossier/whose", Button("dossier_look", 0, (campaign, token)), {"token": token[:1], "name": name}),)
        for token, name in shown.shown
    ]
    values: dict[str, Json] = {"count": len(view.choices), **shown.values()}
    back = Key("desk/to_campaign", Button("desk_campaign", 0, (campaign,)))
    turning = shown.keys("dossier_of", campaign, "all", room="dossier")
    return Turn((Reply("dossier/choose", values, rows(*keys, turning, (back,))),), let_go(state, Room.DOSSIER))


def look(_: Books, state: State, view: DossiersView, __: Button) -> Turn:
    """What is missing in a dossier and who owes it, with the ZIP: `dossier_look:0:<campaign>:<whose>`."""
    campaign, whose = str(view.campaign), view.whose
    lines: list[Json] = [
        {
            "number": one.number,
            "title": one.title,
            "missing": one.missing,
            "owed": one.owed,
            "more": one.more,
            "due": one.due.isoformat() if one.due else "",
        }
        for one in view.lines
        if one.missing
    ]
    values: dict[str, Json] = {
        "token": whose[:1],
        "name": view.name,
        "lines": lines,
        "count": len({one.number for one in view.lines}),
        "at": state.now.isoformat(),
    }
    hand_in = Key("dossier/hand_in", Button("dossier_places", 0, (campaign, whose))) if view.places else None
    back = Key("dossier/to_list", Button("dossier_of", 0, (campaign,)))
    attached = WholeDossier(view.campaign, whose) if view.lines else None
    console = TO_CONSOLE if view.lines else ()
    reply = Reply("dossier/look", values, rows(*(((hand_in,),) if hand_in else ()), console, (back,)), attached)
    return Turn((reply,), let_go(state, Room.DOSSIER))


def places(_: Books, state: State, view: DossiersView, button: Button) -> Turn:
    """The places of a dossier: `dossier_places:0:<campaign>:<whose>:<first>`."""
    campaign, whose = str(view.campaign), view.whose
    shown = page(view.places, number(button, 2))
    keys = [(_key(state, one, whose, named=True),) for one in shown.shown]
    back = Key("dossier/back", Button("dossier_look", 0, (campaign, whose)))
    values: dict[str, Json] = {"name": view.name, "token": whose[:1], "count": len(view.places), **shown.values()}
    turning = shown.keys("dossier_places", campaign, whose, room="dossier")
    return Turn((Reply("dossier/places", values, rows(*keys, turning, (back,))),), let_go(state, Room.DOSSIER))


def ask(_: Books, state: State, place: DossierPlace, button: Button) -> Turn:
    """Await a file for that place: `dossier_at:0:<campaign>:<whose>:<stamp>`."""
    return _ask(state, place, word(button, 1))


def typed(_: Books, state: State, place: DossierPlace, __: str) -> Turn:
    """A text was sent while a file is awaited."""
    return _ask(state, place, str((state.focus or {}).get("whose", MINE)), trouble="waiting")


def handed(_: Books, state: State, place: DossierPlace, event: Handed) -> Turn:
    """Take the file: show what is wrong with it, or store it."""
    whose, file = str((state.focus or {}).get("whose", MINE)), known(state).handed
    if event.trouble or file is None:
        return _ask(state, place, whose, trouble=event.trouble or "lost", name=event.name)
    if file.mistakes:
        return _ask(state, place, whose, trouble="mistakes", name=file.name, mistakes=file.mistakes)
    person = place.person.id if place.person else None
    keep = KeepEnclosure(
        *(place.campaign, place.rulebook, place.place, place.unit, person),
        *(file.sha256, file.size, file.kind, file.name),
    )
    values: dict[str, Json] = {**_values(place, state), "file": file.name, "replaced": bool(place.handed)}
    back = HOME if whose == MINE else Key("dossier/back", Button("dossier_look", 0, (str(place.campaign), whose)))
    return Turn((Reply("dossier/kept", values, ((back,),)),), (keep, *let_go(state, Room.DOSSIER)))


def _mine(state: State, first: int) -> Turn:
    mine = known(state).places
    shown, owed = page(mine, first), [one for one in mine if one.needed and not one.handed]
    keys = [(_key(state, one, MINE),) for one in shown.shown]
    values: dict[str, Json] = {
        "count": len(mine),
        "owed": len(owed),
        "due": min((one.due.isoformat() for one in owed if one.due), default=""),
        **shown.values(),
    }
    reply = Reply("dossier/mine", values, rows(*keys, shown.keys("dossier_home", room="dossier")))
    return Turn((reply,), let_go(state, Room.DOSSIER))


def _key(state: State, place: DossierPlace, whose: str, *, named: bool = False) -> Key:
    about = (str(place.campaign), whose, place.stamp)
    return Key("dossier/place", Button("dossier_at", 0, about), _values(place, state, named=named))


def _values(place: DossierPlace, state: State, *, named: bool = False) -> dict[str, Json]:
    """The values of a place. `named`: in a list of many people, one's own name is given like the others'."""
    own = not named and place.person is not None and state.person is not None and place.person.id == state.person.id
    person = None if own else place.person
    return {
        "title": place.title,
        "whose": person.name if person else place.unit_name,
        "handed": bool(place.handed),
        "needed": place.needed,
    }


def _ask(
    state: State, place: DossierPlace, whose: str, *, trouble: str = "", name: str = "", mistakes: tuple[str, ...] = ()
) -> Turn:
    values: dict[str, Json] = {
        **_values(place, state),
        "cite": place.cite,
        "due": place.due.isoformat() if place.due else "",
        "file": place.handed,
        "trouble": trouble,
        "name": name,
        "mistakes": [*mistakes],
        "most": known(state).most_mb,
        "kinds": [*known(state).kinds],
    }
    may_read = place.handed and may_at(state, place, Action.READ_PART)
    attached = DeskFile(f"enclosure_{place.enclosure}", place.kind) if may_read else None
    back = HOME if whose == MINE else Key("dossier/back", Button("dossier_look", 0, (str(place.campaign), whose)))
    reply = Reply("dossier/ask", values, ((back,),), attached, awaits_file=True)
    focus = awaiting(FILE, campaign=str(place.campaign), whose=whose, place=place.stamp)
    return Turn((reply,), (focus,))


VERBS: dict[str, OnPress] = {
    "dossier_home": on_home,
    "dossier_of": DOSSIERS.looking(choose, Action.READ_PART),
    "dossier_look": DOSSIERS.looking(look, Action.READ_PART),
    "dossier_places": DOSSIERS.looking(places, Action.HAND_IN),
    "dossier_at": PLACES.looking(ask, Action.HAND_IN),
}

TEXTS: dict[str, OnText] = {FILE: PLACES.looking(typed, Action.HAND_IN)}

FILES: dict[str, OnFile] = {FILE: PLACES.looking(handed, Action.HAND_IN)}

COMMANDS: dict[str, OnCommand] = {"hoso": home}
