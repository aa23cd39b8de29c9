"""Closing a campaign. Everything still open is listed first, and again if it changes. An opening can be taken back
while nobody has answered.
"""

from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import CloseCampaign, UndoCampaign
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page, word
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.keys import TO_CAMPAIGNS, to_campaign
from dialogs.desk.progress import campaign_values, in_order, line, of_campaign, parts
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.standings import ReviewLine

#: How many names are on a page. They are only read, so more fit than buttons would.
NAMES_ON_A_PAGE = 20


def ask(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """What is still open, by name. The closing button stands under the last page."""
    campaign = number(button, 0)
    return (
        _asked(books, state, view, campaign, number(button, 1))
        if parts(view, campaign)
        else not_open(books, state, view, campaign, Action.CLOSE_CAMPAIGN)
    )


def close(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Close the campaign, with exactly the open reviews that were named."""
    campaign = number(button, 0)
    if not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.CLOSE_CAMPAIGN)
    still_open = _open(state, view, campaign)
    if word(button, 1) != _stamp(still_open):
        return _asked(books, state, view, campaign, 0, changed=True)
    values: dict[str, Json] = {"campaign": campaign_values(books, parts(view, campaign)), "open": len(still_open)}
    said = Reply("desk/closed", values, (TO_CAMPAIGNS,), replaces=True)
    return Turn((said,), (CloseCampaign(campaign, tuple(sorted(one.review for one in still_open))), *let_go(state)))


def ask_undo(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Show what taking the opening back would remove."""
    campaign = number(button, 0)
    if not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.OPEN_CAMPAIGN)
    values = _undoing(books, view, campaign)
    yes = Key("desk/undo_now", Button("desk_undo_now", 0, (str(campaign),))) if not values["begun"] else None
    return Turn((Reply("desk/undo", values, rows((yes,), (to_campaign(campaign),))),), let_go(state))


def undo(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Take the opening back, unless somebody has begun in the meantime."""
    campaign = number(button, 0)
    if not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.OPEN_CAMPAIGN)
    values = _undoing(books, view, campaign)
    if values["begun"]:
        return ask_undo(books, state, view, button)
    said = Reply("desk/undone", {"campaign": values["campaign"]}, (TO_CAMPAIGNS,), replaces=True)
    return Turn((said,), (UndoCampaign(campaign), *let_go(state)))


def _undoing(books: Books, view: OfficeView, campaign: int) -> dict[str, Json]:
    lines = of_campaign(view, campaign)
    begun = sum(one.started for one in lines)
    return {"campaign": campaign_values(books, parts(view, campaign)), "reviews": len(lines), "begun": begun}


def _asked(books: Books, state: State, view: OfficeView, campaign: int, first: int, *, changed: bool = False) -> Turn:
    still_open = _open(state, view, campaign)
    shown = page(still_open, first, NAMES_ON_A_PAGE)
    values: dict[str, Json] = {
        "campaign": campaign_values(books, parts(view, campaign)),
        "lines": [line(books, state, one) for one in shown.shown],
        "changed": changed,
        **shown.values(),
    }
    about = (str(campaign), _stamp(still_open))
    yes = Key("desk/close_now", Button("desk_close_now", 0, about), {"open": len(still_open)}) if shown.last else None
    keyboard = rows(shown.keys("desk_close", str(campaign)), (yes,), (to_campaign(campaign),))
    return Turn((Reply("desk/close", values, keyboard),), let_go(state))


def _open(state: State, view: OfficeView, campaign: int) -> tuple[ReviewLine, ...]:
    return in_order((one for one in of_campaign(view, campaign) if not one.settled), state.now.date())


def _stamp(still_open: tuple[ReviewLine, ...]) -> str:
    """The stamp of the open reviews and their statuses, since both were shown."""
    return seal([[one.review, one.status.value] for one in sorted(still_open, key=lambda one: one.review)])


VERBS: dict[str, OnPress] = {
    "desk_close": OFFICE.looking(ask, Action.CLOSE_CAMPAIGN),
    "desk_close_now": OFFICE.looking(close, Action.CLOSE_CAMPAIGN),
    "desk_undo": OFFICE.looking(ask_undo, Action.OPEN_CAMPAIGN),
    "desk_undo_now": OFFICE.looking(undo, Action.OPEN_CAMPAIGN),
}
