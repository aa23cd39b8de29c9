"""From the chat to the console: a one-time link for people with oversight."""

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import IssueConsoleLink
from dialogs.core.handlers import Books, OnPress
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.lobby.menu import of_use
from dialogs.shown.console import OPEN
from rules.nouns.reviews import Json

#: How many minutes a link is valid. It is stated in the message; the shell enforces it.
LINK_MINUTES = 10

#: Commands that show that a person oversees others.
_OVERSEEING = frozenset({"dot", "choduyet", "quyetdinh"})


def open_console(_: Books, state: State, __: Button) -> Turn:
    """A one-time link to the console. People who oversee nobody are told that it is not for them."""
    if _OVERSEEING.isdisjoint(of_use(state)):
        return Turn((Reply("menu/console_not", {}),))
    link = state.links.get("console", "")
    values: dict[str, Json] = {"link": link, "minutes": LINK_MINUTES, "open": bool(link)}
    return Turn((Reply("menu/console_link", values),), (IssueConsoleLink(state.fresh_code),) if link else ())


VERBS: dict[str, OnPress] = {OPEN: open_console}
