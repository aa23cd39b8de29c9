"""The entrance of the desk's campaigns: which are open, and how far each is by unit and person."""

from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk import closing as desk_closing
from dialogs.desk import dates as desk_dates
from dialogs.desk import last_month as desk_last_month
from dialogs.desk import months as desk_months
from dialogs.desk import opening as desk_opening
from dialogs.desk import own_tables as desk_own_tables
from dialogs.desk import papers as desk_papers
from dialogs.desk import roster as desk_roster
from dialogs.desk import settings as desk_settings
from dialogs.desk import tables as desk_tables
from dialogs.desk import templates as desk_templates
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.keys import campaign_keys, home_keys, to_campaign
from dialogs.desk.progress import (
    UnitLine,
    by_unit,
    campaign_values,
    counts,
    in_order,
    in_short,
    line,
    of_campaign,
    open_campaigns,
    outside,
    parts,
    unit_values,
)
from dialogs.shown.console import TO_CONSOLE
from rules.campaign.permissions import Action
from rules.nouns.reviews import Campaign, Json

#: How many campaigns stand in a row: a year may have its twelve months open.
_A_ROW = 2


def dot(books: Books, state: State, view: OfficeView, _: str) -> Turn:
    """The command /dot: the open campaign if there is only one, otherwise the list."""
    ids = open_campaigns(view)
    only = Button("desk_campaign", 0, tuple(str(id_) for id_ in ids))
    return show_campaign(books, state, view, only) if len(ids) == 1 else home(books, state, view)


def home(books: Books, state: State, view: OfficeView, _: Button | None = None) -> Turn:
    """The open campaigns, one line each, preceded by what the desk still has to choose for them."""
    today, campaigns = state.now.date(), {id_: parts(view, id_) for id_ in open_campaigns(view)}
    unchosen = [of for of in campaigns.values() if desk_last_month.is_unchosen(books, of)]
    values: dict[str, Json] = {
        "campaigns": [in_short(view, id_, today) for id_ in campaigns],
        "unchosen": [desk_last_month.values_of(books, of) for of in unchosen],
    }
    choosing = ((desk_last_month.key_of(books, of),) for of in unchosen)
    keys = [_campaign_key(id_, of[0]) for id_, of in campaigns.items()]
    opening = (tuple(keys[at : at + _A_ROW]) for at in range(0, len(keys), _A_ROW))
    return Turn((Reply("desk/home", values, rows(*choosing, *opening, *home_keys())),), let_go(state))


def show_campaign(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """A campaign: its counts and its units in pages, units with late reviews first."""
    campaign = number(button, 0)
    if not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.READ_PROGRESS)
    standings, today = of_campaign(view, campaign), state.now.date()
    units = page(by_unit(standings, today), number(button, 1))
    values: dict[str, Json] = {
        "campaign": campaign_values(books, parts(view, campaign)),
        "counts": counts(standings),
        "outside": outside(books, standings),
        "late": sum(unit.late for unit in by_unit(standings, today)),
        "last_month": desk_last_month.values_of(books, parts(view, campaign)),
        "units": [unit_values(unit) for unit in units.shown],
        **units.values(),
    }
    opening = ((_unit_key(campaign, unit),) for unit in units.shown)
    turning = units.keys("desk_campaign", str(campaign))
    last = desk_last_month.key_of(books, parts(view, campaign))
    months = desk_months.key_of(books, parts(view, campaign), standings)
    tables = desk_tables.key_of(books, parts(view, campaign))
    to_record = counts(standings)["outside"]
    record = (Key("decide/list_o", Button("decide_list", 0, ("o",)), {"count": to_record}),) if to_record else ()
    return Turn(
        (
            Reply(
                "desk/campaign",
                values,
                rows(
                    record,
                    (tables, desk_papers.key_of(standings, campaign), _dossiers_key(books, parts(view, campaign))),
                    TO_CONSOLE,
                    *opening,
                    turning,
                    (last, months),
                    *campaign_keys(campaign, begun=any(one.started for one in standings)),
                ),
            ),
        ),
        let_go(state),
    )


def show_unit(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """The reviews of a unit in pages, late ones first."""
    campaign, unit = number(button, 0), number(button, 1)
    if not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.READ_PROGRESS)
    today = state.now.date()
    found = in_order((one for one in of_campaign(view, campaign) if one.person.unit_id == unit), today)
    shown = page(found, number(button, 2))
    values: dict[str, Json] = {
        "campaign": campaign_values(books, parts(view, campaign)),
        "unit": found[0].person.unit if found else view.units.get(unit, ""),
        "lines": [line(books, state, one) for one in shown.shown],
        **shown.values(),
    }
    turning = shown.keys("desk_unit", str(campaign), str(unit))
    papers = desk_papers.key_of(found, campaign, unit)
    return Turn((Reply("desk/unit", values, rows(turning, (papers,), (to_campaign(campaign),))),), let_go(state))


def _dossiers_key(books: Books, campaign: Sequence[Campaign]) -> Key | None:
    """The button to the campaign's dossiers; None: none of its rulebooks lists any."""
    listed = any(books[part.edition].dossier for part in campaign)
    return Key("desk/dossiers", Button("dossier_of", 0, (str(campaign[0].id),))) if listed else None


def _campaign_key(id_: int, of: Campaign) -> Key:
    return Key("desk/campaign", Button("desk_campaign", 0, (str(id_),)), {"year": of.year, "period": of.period})


def _unit_key(campaign: int, unit: UnitLine) -> Key:
    return Key("desk/unit", Button("desk_unit", 0, (str(campaign), str(unit.id))), unit_values(unit))


VERBS: dict[str, OnPress] = {
    "desk_home": OFFICE.looking(home, Action.READ_PROGRESS),
    "desk_campaign": OFFICE.looking(show_campaign, Action.READ_PROGRESS),
    "desk_unit": OFFICE.looking(show_unit, Action.READ_PROGRESS),
    **desk_opening.VERBS,
    **desk_dates.VERBS,
    **desk_closing.VERBS,
    **desk_last_month.VERBS,
    **desk_months.VERBS,
    **desk_tables.VERBS,
    **desk_papers.VERBS,
    **desk_settings.VERBS,
    **desk_templates.VERBS,
    **desk_own_tables.VERBS,
    **desk_roster.VERBS,
}

TEXTS: dict[str, OnText] = {
    **desk_opening.TEXTS,
    **desk_dates.TEXTS,
    **desk_last_month.TEXTS,
    **desk_settings.TEXTS,
    **desk_roster.TEXTS,
    **desk_templates.TEXTS,
    **desk_own_tables.TEXTS,
}

FILES: dict[str, OnFile] = {**desk_roster.FILES, **desk_templates.FILES, **desk_own_tables.FILES}

COMMANDS: dict[str, OnCommand] = {"dot": OFFICE.looking(dot, Action.READ_PROGRESS)}
