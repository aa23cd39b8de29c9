"""Buttons that several pages of the desk share."""

from dialogs.core.buttons import Button
from dialogs.core.turn import Key
from dialogs.shown.console import TO_CONSOLE

Row = tuple[Key, ...]

#: The way out of every dead end in the desk's rooms.
TO_CAMPAIGNS: Row = (Key("desk/to_home", Button("desk_home")),)
TO_CREW: Row = (Key("desk/crew", Button("crew_home")),)


def home_keys() -> tuple[Row, ...]:
    """The buttons of the desk apart from a campaign."""
    return (
        (Key("desk/new", Button("desk_new")),),
        (*TO_CREW, Key("desk/settings", Button("desk_settings"))),
        (Key("desk/roster", Button("desk_roster")),),
        (Key("desk/roster_file", Button("desk_roster_file")),),
        TO_CONSOLE,
    )


def campaign_keys(campaign: int, *, begun: bool) -> tuple[Row, ...]:
    """The buttons of an open campaign. `begun`: somebody has answered."""
    about = (str(campaign),)
    return (
        (Key("desk/dates", Button("desk_dates", 0, about)), Key("desk/broadcast", Button("cast_home", 0, about))),
        (Key("desk/close", Button("desk_close", 0, about)), *TO_CREW),
        *(() if begun else ((Key("desk/undo", Button("desk_undo", 0, about)),),)),
        TO_CAMPAIGNS,
    )


def to_campaign(campaign: int) -> Key:
    """The button back to a campaign."""
    return Key("desk/to_campaign", Button("desk_campaign", 0, (str(campaign),)))
