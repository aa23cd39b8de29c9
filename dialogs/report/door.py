"""The entrance of the room REPORT (/tapthe): the reports of bodies."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.state import State
from dialogs.core.turn import Turn
from dialogs.report import giving, naming
from dialogs.report.guard import REPORTS, view_of
from dialogs.report.page import overview, show, show_list
from rules.campaign.permissions import Action


def tapthe(books: Books, state: State, _: str) -> Turn:
    """The command /tapthe: the only report there is, or the list of them."""
    reports = view_of(state).reports
    if len(reports) == 1:
        return Turn((overview(books, state, reports[0]),))
    return show_list(books, state, Button("report_list"))


VERBS: dict[str, OnPress] = {
    "report_list": show_list,
    "report_show": REPORTS.looking(show, Action.READ_PROGRESS),
    **giving.VERBS,
    **naming.VERBS,
}

TEXTS: dict[str, OnText] = {**giving.TEXTS, **naming.TEXTS}

COMMANDS: dict[str, OnCommand] = {"tapthe": tapthe}
