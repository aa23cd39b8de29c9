"""Which units have sent their packages: one's own first, then all of a campaign that one may read, and the authority's
meetings.
"""

from collections.abc import Sequence

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused, Tried
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.upward import ToConsult, UnitSends
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.shown.console import TO_CONSOLE
from dialogs.upward.guard import HOME, UNITS, on_it, sends, view
from rules.campaign.permissions import Action, may
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.reviews import Json

#: How many units that have not sent are named; the rest are counted.
NAMED = 12


def home(_: Books, state: State, __: str) -> Turn:
    """The command /guilen."""
    return _home(state)


def on_home(_: Books, state: State, __: Button) -> Turn:
    """The same by button: `upward_home`."""
    return _home(state)


def _home(state: State) -> Turn:
    units = view(state).units
    own = [one for one in units if may(one.held, sends(one)) and not _oversees(one)]
    own += [one for one in units if one.office and may(one.held, sends(one)) and one not in own]
    keys = [(_unit_key(one, dated=True),) for one in own]
    by_campaign: dict[int, list[UnitSends]] = {}
    for one in units:
        if not one.office and _oversees(one):
            by_campaign.setdefault(one.up.campaign, []).append(one)
    campaigns: list[Json] = [_counts(of) for of in by_campaign.values()]
    lists = [
        (Key("upward/list", Button("upward_list", 0, (str(id_),)), {"year": of[0].year, "period": of[0].period}),)
        for id_, of in by_campaign.items()
    ]
    values: dict[str, Json] = {"own": [_unit_values(one) for one in own], "campaigns": campaigns}
    console = (TO_CONSOLE,) if campaigns else ()
    return Turn((Reply("upward/home", values, rows(*keys, *lists, *console)),), let_go(state, Room.UPWARD))


def _oversees(one: UnitSends) -> bool:
    return may(one.held, Action.RETURN_SENT)


def status_of(one: UnitSends) -> str:
    """The status of a package, as templates name it: none, sent, withdrawn, returned."""
    last = one.up.last
    return last.deed.value if last else "none"


def _unit_values(one: UnitSends) -> dict[str, Json]:
    standing = one.up.standing
    return {
        "unit": one.up.name,
        "status": status_of(one),
        "at": standing.at.isoformat() if standing else "",
        "version": one.up.version(standing) if standing else 0,
        "due": one.due.isoformat() if one.due else "",
        "office": one.office,
        "year": one.year,
        "period": one.period,
    }


def _unit_key(one: UnitSends, *, dated: bool = False) -> Key:
    values: dict[str, Json] = {"unit": one.up.name, "status": status_of(one), "office": one.office, "dated": dated}
    return Key("upward/unit", on_it("upward_look", one), {**values, "year": one.year, "period": one.period})


def _counts(units: Sequence[UnitSends]) -> dict[str, Json]:
    """How many units have sent, and which have not."""
    open_ = [one for one in units if one.up.standing is None]
    names: list[Json] = [one.up.name for one in open_[:NAMED]]
    due = next((one.due for one in units if one.due), None)
    return {
        "year": units[0].year,
        "period": units[0].period,
        "count": len(units),
        "sent": len(units) - len(open_),
        "missing": names,
        "more": len(open_) - len(names),
        "due": due.isoformat() if due else "",
    }


def listed(books: Books, state: State, button: Button) -> Turn:
    """The units of a campaign: `upward_list:0:<campaign>:<first>`."""
    known = view(state)
    units = [one for one in known.units if not one.office]
    if not units:
        return UNITS.refuse(
            books, state, Refused("gone", tried=_reached(known.units, button)), Action.READ_SENT, button
        )
    listed_ = page(units, number(button, 1))
    keys = [(_unit_key(one),) for one in listed_.shown]
    turning = listed_.keys("upward_list", str(units[0].up.campaign), room="upward")
    meetings = [(_meeting_key(one),) for one in known.meetings]
    calling = [(_consult_key(one),) for one in known.consulting if one.agenda]
    values: dict[str, Json] = {
        **_counts(units),
        **{f"page_{name}": value for name, value in listed_.values().items()},
        "oversees": any(_oversees(one) for one in units),
        "to": known.to.to if known.to else "",
        "through": known.to.through if known.to else "",
        "cite": known.to.cite if known.to else "",
        "consulting": [_consult_values(one) for one in known.consulting],
    }
    reply = Reply("upward/list", values, rows(*keys, turning, *meetings, *calling, TO_CONSOLE, (HOME,)))
    return Turn((reply,), let_go(state, Room.UPWARD))


def _reached(units: Sequence[UnitSends], button: Button) -> Tried | None:
    return None if units else Tried(campaign=number(button, 0) or None)


def _meeting_key(one: Meeting) -> Key:
    values: dict[str, Json] = {"title": one.title, "starts": one.starts, "status": one.status.value}
    return Key("upward/meeting", Button("meeting_look", 0, (str(one.id),)), values)


def _consult_key(one: ToConsult) -> Key:
    return Key(
        "upward/consult",
        Button("upward_consult", 0, (str(one.campaign), one.rule.key)),
        {"title": one.rule.title, "count": len(one.agenda)},
    )


def _consult_values(one: ToConsult) -> dict[str, Json]:
    return {
        "title": one.rule.title,
        "count": len(one.agenda),
        "due": one.due.isoformat() if one.due else "",
        "besides": one.rule.besides,
        "cite": one.rule.cite,
        "unverified": one.rule.unverified,
        "members": [member.called for member in one.people],
    }
