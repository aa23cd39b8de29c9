"""The delivery report of a broadcast: how many people it reached, and whom it did not reach."""

from collections import Counter
from collections.abc import Iterable, Mapping

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.guard import OFFICE, let_go
from dialogs.desk.progress import campaign_values, parts
from dialogs.people.view import everybody
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json

#: The milestone under which messages of the desk are stored.
BROADCAST = "broadcast"
#: Status of a delivery → how it is reported. One that is being sent counts as waiting.
STATUSES = {"sent": "sent", "waiting": "waiting", "sending": "waiting", "failed": "failed", "blocked": "blocked"}
#: How many names are on one page.
_NAMES = 8


def show(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """The messages of the desk and all other notices by outcome, then who was not reached."""
    campaign = number(button, 0)
    found = parts(view, campaign)
    people = page([one for one in everybody(view) if one.id in view.unreached], number(button, 1), _NAMES)
    others = (of for milestone, of in view.delivered.items() if milestone != BROADCAST)
    values: dict[str, Json] = {
        "campaign": campaign_values(books, found) if found else None,
        "messages": counted([view.delivered.get(BROADCAST, {})]),
        "notices": counted(others),
        "lines": [
            {"name": one.called, "unit": one.unit, "status": STATUSES.get(view.unreached[one.id], "failed")}
            for one in people.shown
        ],
        **people.values(),
    }
    turning = people.keys("cast_report", str(campaign))
    back = (Key("cast/home", Button("cast_home", 0, (str(campaign),))),)
    return Turn((Reply("cast/report", values, rows(turning, back)),), let_go(state))


def counted(statuses: Iterable[Mapping[str, int]]) -> dict[str, Json]:
    """How many were delivered, wait, failed, or are blocked."""
    found: Counter[str] = Counter()
    for one in statuses:
        for status, count in one.items():
            found[STATUSES.get(status, "failed")] += count
    return {name: found[name] for name in ("sent", "waiting", "failed", "blocked")}


VERBS: dict[str, OnPress] = {"cast_report": OFFICE.looking(show, Action.BROADCAST)}
