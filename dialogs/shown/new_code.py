"""The notice about a code that was given anew for a person."""

import datetime as dt

from dialogs.core.buttons import Button
from dialogs.core.turn import Key
from rules.nouns.devices import CodeGiven
from rules.nouns.reviews import Json

#: The verbs of the buttons. They carry the time at which the code was given.
YES, NO = "newcode_yes", "newcode_no"


def given_at(moment: dt.datetime) -> str:
    """The time a code was given, as buttons carry it: in milliseconds."""
    return str(int(moment.timestamp() * 1000))


def yes_or_no(moment: dt.datetime) -> tuple[tuple[Key, ...], ...]:
    """The buttons "it is for me" and "I did not ask for it"."""
    about = (given_at(moment),)
    return (
        (Key("newcode/yes", Button(YES, 0, about)),),
        (Key("newcode/no", Button(NO, 0, about)),),
    )


def device_values(device: CodeGiven | None) -> dict[str, Json] | None:
    """Who gave the code that let the device in, and whether it was a newcomer's first code; None: nobody did."""
    return {"by": device.name, "position": device.position, "first": device.first} if device else None
