"""From the chat to the console: a one-time link for people with oversight."""

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import IssueConsoleLink
from dialogs.core.handlers import Books, OnPress
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.lobby.menu import of_use
from dialogs.shown.console import OPEN
from rules.nouns.reviews import Json

#: How long a link holds, in minutes (told to the person; the shell keeps to it).
LINK_MINUTES = 10

#: Who has one of these has somebody to look at.
_OVERSEEING = frozenset({"dot", "choduyet", "quyetdinh"})


def open_console(_: Books, state: State, __: Button) -> Turn:
    """A link that opens it once; for a person who oversees nobody the word that it is not for them."""
    if _OVERSEEING.isdisjoint(of_use(state)):
        return Turn((Reply("menu/console_not", {}),))
    link = state.links.get("console", "")
    values: dict[str, Json] = {"link": link, "minutes": LINK_MINUTES, "open": bool(link)}
    return Turn((Reply("menu/console_link", values),), (IssueConsoleLink(state.fresh_code),) if link else ())


VERBS: dict[str, OnPress] = {OPEN: open_console}
