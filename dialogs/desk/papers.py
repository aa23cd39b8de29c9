"""The documents of a campaign, or of one unit in it, given to the desk as one ZIP."""

from collections.abc import Iterable

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number
from dialogs.core.state import State
from dialogs.core.turn import AllPapers, Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go, not_open
from dialogs.desk.keys import to_campaign
from dialogs.desk.progress import campaign_values, of_campaign, parts
from dialogs.shown.console import TO_CONSOLE
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.standings import ReviewLine


def key_of(standings: Iterable[ReviewLine], campaign: int, unit: int = 0) -> Key | None:
    """The button that leads here from a campaign or a unit; None: the chain has agreed to nothing yet."""
    count = len(_to_take(standings, unit))
    about = (str(campaign), *((str(unit),) if unit else ()))
    return Key("desk/papers", Button("desk_papers", 0, about), {"count": count}) if count else None


def show(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """The documents available now: `desk_papers:0:<campaign>:<unit>`; without a unit, those of all units."""
    campaign, unit = number(button, 0), number(button, 1)
    if not parts(view, campaign):
        return not_open(books, state, view, campaign, Action.READ_PAPERS)
    taken = _to_take(of_campaign(view, campaign), unit)
    back = Key("desk/to_unit", Button("desk_unit", 0, (str(campaign), str(unit)))) if unit else None
    values: dict[str, Json] = {
        "campaign": campaign_values(books, parts(view, campaign)),
        "unit": (taken[0].person.unit if taken else view.units.get(unit, "")) if unit else "",
        "count": len(taken),
    }
    attached = AllPapers(campaign, unit) if taken else None
    return Turn(
        (Reply("desk/papers", values, rows((back,), TO_CONSOLE if taken else (), (to_campaign(campaign),)), attached),),
        let_go(state),
    )


def _to_take(standings: Iterable[ReviewLine], unit: int) -> list[ReviewLine]:
    """The reviews to which the chain has agreed. Before that, a draft is only for those who have it."""
    agreed = (one for one in standings if one.ready or one.decided)
    return [one for one in agreed if unit in {0, one.person.unit_id}]


VERBS: dict[str, OnPress] = {"desk_papers": OFFICE.looking(show, Action.READ_PAPERS)}
