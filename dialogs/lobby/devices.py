"""One's own devices: a code for a further one, the list of them, signing out here or everywhere else."""

from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import IssueInvitation, Untie, UntieOthers
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.keys import rows
from dialogs.core.state import Device, State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from rules.nouns.reviews import Json

#: How many minutes a code for another device is valid. It is stated in the message; the shell enforces it.
DEVICE_CODE_MINUTES = 30

#: How many devices are listed, the last used first.
LISTED = 8

#: The verbs of signing out everywhere else: the question, and the deed.
ASK, NOW = "others_out", "others_out_now"
#: Verbs that need to know all devices.
OTHERS_OUT = frozenset({ASK, NOW})


def thietbi(_: Books, state: State, __: str) -> Turn:
    """The command /thietbi: a fresh one-time code for another device of the same person, and where they are signed in."""
    values: dict[str, Json] = {
        "code": state.fresh_code,
        "web": state.links.get("web", ""),
        "telegram": state.links.get("telegram", ""),
        "minutes": DEVICE_CODE_MINUTES,
        "devices": [_listed(one) for one in state.devices[:LISTED]],
        "more": max(0, len(state.devices) - LISTED),
    }
    out = (Key("menu/others_out", Button(ASK)),) if _others(state) else ()
    return Turn((Reply("menu/device", values, rows(out)),), (IssueInvitation(state.fresh_code),))


def thoat(_: Books, __: State, ___: str) -> Turn:
    """Sign this account out; answers are kept. The sign-out button of the page sends it."""
    return Turn((Reply("menu/signed_out"),), (SetFocus(None), Untie()))


def ask_others(_: Books, state: State, __: Button) -> Turn:
    """Ask for confirmation before all other devices are signed out."""
    others = _others(state)
    if not others:
        return Turn((Reply("menu/no_others"),))
    values: dict[str, Json] = {
        "count": len(others),
        "devices": [_listed(one) for one in others[:LISTED]],
        "more": max(0, len(others) - LISTED),
        "notices": any(one.channel != "web" for one in others),
    }
    keys = rows((Key("menu/others_out_now", Button(NOW)),), (Key("menu/others_stay", Button("others_stay")),))
    return Turn((Reply("menu/ask_others_out", values, keys),))


def others_out(_: Books, state: State, __: Button) -> Turn:
    """Sign out all other devices."""
    others = _others(state)
    if not others:
        return Turn((Reply("menu/no_others"),))
    return Turn((Reply("menu/others_signed_out", {"count": len(others)}, replaces=True),), (UntieOthers(),))


def others_stay(_: Books, __: State, ___: Button) -> Turn:
    """The press was a mistake: nothing is signed out."""
    return Turn((Reply("menu/others_stay", replaces=True),))


def _others(state: State) -> Sequence[Device]:
    return [one for one in state.devices if not one.here]


def _listed(one: Device) -> dict[str, Json]:
    return {
        "channel": one.channel,
        "since": one.since.isoformat(),
        "last": one.last.isoformat() if one.last else "",
        "here": one.here,
    }


VERBS: dict[str, OnPress] = {ASK: ask_others, NOW: others_out, "others_stay": others_stay}

COMMANDS: dict[str, OnCommand] = {"thietbi": thietbi, "thoat": thoat}
