"""The settings of the office: reminders, quiet hours, escalation, whether contract workers are reviewed, the place of
signature.
"""

import re
from dataclasses import asdict, replace
from typing import Any

from dialogs.core.awaited import awaiting
from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import SetOffice
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import word
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go
from dialogs.desk.keys import TO_CAMPAIGNS
from rules.campaign.permissions import Action
from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Json
from rules.nouns.text import clean

#: The purposes of the focus while hours, days or the place of signature are awaited.
QUIET, ESCALATE, PLACE = "desk_quiet", "desk_escalate", "desk_place"
#: Settings that are on or off.
SWITCHES = ("remind", "digest", "review_workers", "review_unit_workers", "own_regulation", "rate_units")
#: These are shown only once they have been asked.
_ONCE_ASKED = frozenset({"review_unit_workers", "own_regulation", "rate_units"})
#: The largest number of working days that an escalation may take.
MAX_DAYS = 30
LAST_HOUR = 24
#: The shortest and the longest name of a place, in characters; it must fit in the line of the date.
PLACE_CHARS = (2, 40)
_A_PLACE = re.compile(r"[^\W\d_][\w .,'’–-]*")
#: Typed instead of a place to leave it dotted.
DOTTED = "-"


def show(_: Books, state: State, view: OfficeView, __: Button) -> Turn:
    """All settings, each with its button."""
    return Turn((_page(view.settings),), let_go(state))


def switch(_: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Switch a setting on or off. The button says which, so that pressing it twice has one effect."""
    name, on = word(button, 0), word(button, 1) == "1"
    if name not in SWITCHES:
        return Turn((_page(view.settings),), let_go(state))
    as_it_is = asdict(view.settings)[name] == on
    changed: tuple[Command, ...] = () if as_it_is else (SetOffice(name, on),)
    return Turn((_page(with_switch(view.settings, name, on=on), replaces=True),), (*changed, *let_go(state)))


def ask_quiet(_: Books, __: State, view: OfficeView, ___: Button) -> Turn:
    """Await the quiet hours."""
    return _asked("desk/ask_quiet", QUIET, view.settings)


def ask_escalate(_: Books, __: State, view: OfficeView, ___: Button) -> Turn:
    """Await the three numbers of working days."""
    return _asked("desk/ask_escalate", ESCALATE, view.settings)


def ask_place(_: Books, __: State, view: OfficeView, ___: Button) -> Turn:
    """Await the place of signature."""
    return _asked("desk/ask_place", PLACE, view.settings)


def quiet(_: Books, state: State, view: OfficeView, text: str) -> Turn:
    """Take two hours of the day, `12-13`; the first may not be after the second."""
    hours = _numbers(text)
    if len(hours) != 2 or not hours[0] <= hours[1] <= LAST_HOUR:
        return Turn((Reply("desk/no_quiet"),))
    since, until = hours
    set_both = (SetOffice("quiet_from", since), SetOffice("quiet_until", until))
    return Turn((_page(replace(view.settings, quiet_from=since, quiet_until=until)),), (*set_both, *let_go(state)))


def escalate(_: Books, state: State, view: OfficeView, text: str) -> Turn:
    """Take three increasing numbers of working days: `1 3 5`."""
    days = _numbers(text)
    if len(days) != 3 or not 0 < days[0] < days[1] < days[2] <= MAX_DAYS:
        return Turn((Reply("desk/no_escalate", {"max": MAX_DAYS}),))
    settings = replace(view.settings, escalate_after=(days[0], days[1], days[2]))
    return Turn((_page(settings),), (SetOffice("escalate_after", days), *let_go(state)))


def place(_: Books, state: State, view: OfficeView, text: str) -> Turn:
    """Take the place where documents are signed from now on: `Quảng Ngãi`; `-` leaves it dotted. Documents already sent
    do not change.
    """
    kept = place_named(text)
    if kept is None:
        return Turn((no_place(),))
    return Turn((_page(replace(view.settings, place=kept)),), (SetOffice("place", kept), *let_go(state)))


def place_named(text: str) -> str | None:
    """The place of signature that was typed; "": left dotted; None: it is not valid."""
    named = " ".join(clean(text).split())
    least, most = PLACE_CHARS
    if named == DOTTED:
        return ""
    return named if least <= len(named) <= most and _A_PLACE.fullmatch(named) else None


def no_place() -> Reply:
    """The message on what a place of signature looks like."""
    return Reply("desk/no_place", {"max": PLACE_CHARS[1]})


def _asked(template: str, purpose: str, settings: OfficeSettings) -> Turn:
    cancel = Key("desk/cancel", Button("desk_settings"))
    return Turn((Reply(template, settings_values(settings), ((cancel,),)),), (awaiting(purpose),))


def _page(settings: OfficeSettings, *, replaces: bool = False) -> Reply:
    values = settings_values(settings)
    told = (name for name in SWITCHES if name not in _ONCE_ASKED or values[name] is not None)
    states = ((name, (True, False) if values[name] is None else (bool(values[name]),)) for name in told)
    switches = (tuple(_switch(name, on=on) for on in ons) for name, ons in states)
    hours = Key("desk/ask_quiet", Button("desk_ask_quiet"))
    days = Key("desk/ask_escalate", Button("desk_ask_escalate"))
    where = Key("desk/ask_place", Button("desk_ask_place"))
    words = Key("desk/templates", Button("desk_templates"))
    return Reply(
        "desk/settings", values, rows(*switches, (hours,), (days,), (where,), (words,), TO_CAMPAIGNS), replaces=replaces
    )


def _switch(name: str, *, on: bool) -> Key:
    return Key(f"desk/{name}", Button("desk_switch", 0, (name, "0" if on else "1")), {"on": on})


def settings_values(settings: OfficeSettings) -> dict[str, Json]:
    """The settings as values of a template."""
    told = {name: value for name, value in asdict(settings).items() if name != "own_days"}
    return {**told, "escalate_after": [*settings.escalate_after]}


def with_switch(settings: OfficeSettings, name: str, *, on: bool) -> OfficeSettings:
    """The settings with one of `SWITCHES` on or off; unchanged for any other name."""
    changed: dict[str, Any] = {name: on} if name in SWITCHES else {}
    return replace(settings, **changed)


def _numbers(text: str) -> list[int]:
    """The whole numbers of a short text; empty if it contains anything but blanks, commas and dashes."""
    return [int(one) for one in re.findall(r"\d+", text)] if re.fullmatch(r"[\d\s,;.–-]{1,20}", text, re.ASCII) else []


VERBS: dict[str, OnPress] = {
    "desk_settings": OFFICE.looking(show, Action.OPEN_CAMPAIGN),
    "desk_switch": OFFICE.looking(switch, Action.OPEN_CAMPAIGN),
    "desk_ask_quiet": OFFICE.looking(ask_quiet, Action.OPEN_CAMPAIGN),
    "desk_ask_escalate": OFFICE.looking(ask_escalate, Action.OPEN_CAMPAIGN),
    "desk_ask_place": OFFICE.looking(ask_place, Action.OPEN_CAMPAIGN),
}

TEXTS: dict[str, OnText] = {
    QUIET: OFFICE.looking(quiet, Action.OPEN_CAMPAIGN),
    ESCALATE: OFFICE.looking(escalate, Action.OPEN_CAMPAIGN),
    PLACE: OFFICE.looking(place, Action.OPEN_CAMPAIGN),
}
