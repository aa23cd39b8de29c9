"""The choice how the last month of the year counts, which is owed but not over when the year is rated. The desk chooses
once for a campaign, seeing both clauses.
"""

from dialogs.core import awaited
from dialogs.core.awaited import awaiting
from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import ChooseLastMonth
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, word
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.keys import to_campaign
from dialogs.desk.progress import campaign_values, open_campaigns, parts
from rules.book.scores import LastMonthRule
from rules.campaign.months.tracking import last_month
from rules.campaign.permissions import Action
from rules.nouns.reviews import Campaign, Json
from rules.nouns.text import clean
from rules.nouns.tracking import LastMonth, LastMonthChoice

#: The purpose of the focus while it is awaited who allowed it, and by which paper.
ALLOWED = "desk_last_allowed"
#: The longest name of who allowed it, and the longest number of the paper, in characters.
_CHARS = 120


def rule_of(books: Books, campaign: tuple[Campaign, ...]) -> LastMonthRule | None:
    """The rule for the last month, in the campaign's first rulebook that has one."""
    return next((rule for part in campaign if (rule := last_month(books[part.edition], part.span))), None)


def values_of(books: Books, campaign: tuple[Campaign, ...]) -> dict[str, Json] | None:
    """The rule and the choice as values of a template; None: there is nothing to choose."""
    rule = rule_of(books, campaign)
    if rule is None:
        return None
    chosen = campaign[0].last_month
    return {
        "month": rule.month,
        "year": campaign[0].year,
        "cite": rule.cite,
        "before": rule.before,
        "later": rule.later,
        "until": f"{campaign[0].year + 1}-{rule.finished_by[0]:02}-{rule.finished_by[1]:02}",
        "choice": chosen.choice.value if chosen else "",
        "allowed_by": chosen.allowed_by if chosen else "",
        "paper": chosen.paper if chosen else "",
    }


def is_unchosen(books: Books, campaign: tuple[Campaign, ...]) -> bool:
    """Whether the desk still has to choose. Until then nobody's year is rated."""
    return campaign[0].last_month is None and rule_of(books, campaign) is not None


def key_of(books: Books, campaign: tuple[Campaign, ...]) -> Key | None:
    """The button that leads here from a campaign; None: there is nothing to choose."""
    told = values_of(books, campaign)
    return Key("desk/last", Button("desk_last", 0, (str(campaign[0].id),)), told) if told else None


def show(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Both clauses with a button for each choice, or the choice once it is made: `desk_last:0:<campaign>`.

    0 stands for a campaign that had no number when the button was drawn: the one that waits for the choice.
    """
    campaign = number(button, 0) or _first_unchosen(books, view)
    of = parts(view, campaign)
    told = values_of(books, of) if of else None
    if told is None:
        return not_open(books, state, view, campaign, Action.MOVE_DATES)
    ways = () if told["choice"] else ("provisional", "later")
    keys = ((Key(f"desk/last_{way}", Button("desk_last_ask", 0, (str(campaign), way)), told),) for way in ways)
    values: dict[str, Json] = {"campaign": campaign_values(books, of), "last": told, "ask": ""}
    return Turn((Reply("desk/last", values, rows(*keys, (to_campaign(campaign),))),), let_go(state))


def _first_unchosen(books: Books, view: OfficeView) -> int:
    return next((id_ for id_ in open_campaigns(view) if is_unchosen(books, parts(view, id_))), 0)


def ask(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """What follows from a choice, before it is made for good. For finishing later, also await who allowed it."""
    campaign, way = number(button, 0), word(button, 1)
    of = parts(view, campaign)
    told = values_of(books, of) if of else None
    if told is None or told["choice"] or way not in tuple(LastMonthChoice):
        return show(books, state, view, button)
    values: dict[str, Json] = {"campaign": campaign_values(books, of), "last": told, "ask": way}
    no = Key("desk/cancel", Button("desk_last", 0, (str(campaign),)))
    if way == LastMonthChoice.LATER:
        return Turn((Reply("desk/last", values, ((no,),)),), (awaiting(ALLOWED, campaign=campaign),))
    yes = Key("desk/last_sure", Button("desk_last_put", 0, (str(campaign), way)))
    return Turn((Reply("desk/last", values, ((yes,), (no,))),), let_go(state))


def put(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Choose that the month counts provisionally."""
    campaign = number(button, 0)
    return _chosen(books, state, view, campaign, LastMonth(LastMonthChoice.PROVISIONAL))


def allowed(books: Books, state: State, view: OfficeView, text: str) -> Turn:
    """Take who allowed finishing it later and by which paper: `Ủy ban nhân dân tỉnh; 123/UBND-NC`."""
    who, found, paper = (part.strip() for part in clean(text).partition(";"))
    if not who or not found or not paper or max(len(who), len(paper)) > _CHARS:
        return Turn((Reply("desk/no_allowed", {"max": _CHARS}),))
    chosen = LastMonth(LastMonthChoice.LATER, who, paper)
    return _chosen(books, state, view, awaited.number(state, "campaign"), chosen)


def _chosen(books: Books, state: State, view: OfficeView, campaign: int, chosen: LastMonth) -> Turn:
    of = parts(view, campaign)
    told = values_of(books, of) if of else None
    if told is None:
        return not_open(books, state, view, campaign, Action.MOVE_DATES)
    if told["choice"]:  # somebody else in the desk has chosen already
        return show(books, state, view, Button("desk_last", 0, (str(campaign),)))
    now: dict[str, Json] = {
        **told,
        "choice": chosen.choice.value,
        "allowed_by": chosen.allowed_by,
        "paper": chosen.paper,
    }
    values: dict[str, Json] = {"campaign": campaign_values(books, of), "last": now, "ask": ""}
    reply = Reply("desk/last", values, ((to_campaign(campaign),),))
    return Turn((reply,), (ChooseLastMonth(campaign, chosen), *let_go(state)))


VERBS: dict[str, OnPress] = {
    "desk_last": OFFICE.looking(show, Action.MOVE_DATES),
    "desk_last_ask": OFFICE.looking(ask, Action.MOVE_DATES),
    "desk_last_put": OFFICE.looking(put, Action.MOVE_DATES),
}

TEXTS: dict[str, OnText] = {ALLOWED: OFFICE.looking(allowed, Action.MOVE_DATES)}
