"""The summary tables of a campaign as one workbook and one PDF, and the decisions as a document."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.keys import to_campaign
from dialogs.desk.own_tables import TO_TABLES, beside, places
from dialogs.desk.progress import campaign_values, parts
from rules.campaign.permissions import Action
from rules.nouns.reviews import Campaign


def key_of(books: Books, campaign: Sequence[Campaign]) -> Key | None:
    """The button that leads here from a campaign; None: none of its rulebooks has a summary table."""
    named = any(books[part.edition].summary_tables for part in campaign)
    return Key("desk/tables", Button("desk_tables", 0, (str(campaign[0].id),))) if named else None


def show(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """The tables as they are now: `desk_tables:0:<campaign>`."""
    campaign = number(button, 0)
    if not parts(view, campaign) or key_of(books, parts(view, campaign)) is None:
        return not_open(books, state, view, campaign, Action.READ_RATING)
    sheets = DeskFile(f"tables_{campaign}")
    printed = DeskFile(f"tablespdf_{campaign}", "pdf")
    values = {"campaign": campaign_values(books, parts(view, campaign))}
    to_read = Reply("desk/tables", values, attached=sheets)
    decided = any(one.decided for one in view.standings if one.campaign.id == campaign)
    documents = (
        _decision(campaign) if decided and any(books[one.edition].decision for one in parts(view, campaign)) else ()
    )
    to_print = Reply("desk/tables_pdf", {}, attached=printed)
    replies = [to_read, to_print, *beside(books, view, campaign), *documents]
    own = (TO_TABLES,) if any(places(books, view, campaign)) else ()
    replies[-1] = replace(replies[-1], keyboard=rows(own, (to_campaign(campaign),)))
    return Turn(tuple(replies), let_go(state))


def _decision(campaign: int) -> tuple[Reply, Reply]:
    """The decision with its list, to be numbered and signed."""
    to_edit = DeskFile(f"decision_{campaign}", "docx")
    to_print = DeskFile(f"decisionpdf_{campaign}", "pdf")
    return (
        Reply("desk/decision", {}, attached=to_edit),
        Reply("desk/decision_pdf", {}, attached=to_print),
    )


VERBS: dict[str, OnPress] = {"desk_tables": OFFICE.looking(show, Action.READ_RATING)}
