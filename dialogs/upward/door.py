"""The entrance of the room UPWARD: its verbs, texts and command."""

from dialogs.core.handlers import OnCommand, OnPress, OnText
from dialogs.upward import consulting, home, page, sending
from dialogs.upward.guard import CONSULT, CONSULTING, RETURN, UNITS, WITHDRAW
from rules.campaign.permissions import Action

_A = Action

VERBS: dict[str, OnPress] = {
    "upward_home": home.on_home,
    "upward_list": home.listed,
    "upward_look": UNITS.looking(page.look, _A.READ_SENT),
    "upward_paper": UNITS.looking(page.paper, _A.READ_SENT),
    "upward_send": UNITS.acting(sending.send, _A.SEND_UP),
    WITHDRAW: UNITS.acting(sending.ask_withdraw, _A.SEND_UP),
    RETURN: UNITS.acting(sending.ask_return, _A.RETURN_SENT),
    CONSULT: CONSULTING.looking(consulting.ask, _A.CONSULT),
}

TEXTS: dict[str, OnText] = {
    WITHDRAW: UNITS.acting(sending.withdrawn, _A.SEND_UP),
    RETURN: UNITS.acting(sending.returned, _A.RETURN_SENT),
    CONSULT: CONSULTING.looking(consulting.called, _A.CONSULT),
}

COMMANDS: dict[str, OnCommand] = {"guilen": home.home}
