"""The units a leader is in charge of (roster: Lãnh đạo phụ trách): their progress in every open campaign, who has each
review now, and buttons to readable drafts. Nothing is decided here.
"""

from collections.abc import Iterable

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.guard import allowed
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.progress import UnitLine, by_unit, in_order, line, unit_values
from dialogs.shown.person import which_values
from rules.campaign.permissions import Action, may, relations_to_unit
from rules.judging.interview import rated
from rules.nouns.reviews import Campaign, Json
from rules.nouns.standings import ReviewLine
from rules.nouns.values import PARTY


def key_of(state: State) -> Key | None:
    """The button to the units, for whoever is in charge of any."""
    units = len(_known(state).in_charge)
    return Key("head/charge", Button("head_charge"), {"count": units}) if units else None


def unit_key(campaign: Campaign, unit: int, count: int) -> Key:
    """The button to those in a unit whom a list does not open."""
    values: dict[str, Json] = {"count": count, "year": campaign.year, "period": campaign.period}
    return Key("head/rest_of_unit", Button("head_charge_unit", 0, (str(campaign.id), str(unit))), values)


def show(books: Books, state: State, button: Button) -> Turn:
    """A line for each unit in each open campaign, the newest campaign first: `head_charge:0:<first line>`."""
    lines = [(campaign, unit) for campaign, units in _by_campaign(books, state) for unit in units]
    some = page(lines, number(button, 0))
    values: dict[str, Json] = {
        "units": [{**unit_values(unit), "year": one.year, "period": one.period} for one, unit in some.shown],
        **some.values(),
    }
    opening = ((_unit_key(one, unit),) for one, unit in some.shown)
    keys = rows(*opening, some.keys("head_charge", room="head"), (Key("head/to_list", Button("head_list")),))
    return Turn((Reply("head/charge", values, keys, replaces=True),), let_go(state, Room.HEAD))


def show_unit(books: Books, state: State, button: Button) -> Turn:
    """The reviews of a unit in a campaign: `head_charge_unit:0:<campaign>:<unit>:<first line>`. A unit that is not
    theirs is treated as missing.
    """
    campaign, unit = number(button, 0), number(button, 1)
    found = in_order(
        (one for one in _visible(books, state) if (one.campaign.id, one.person.unit_id) == (campaign, unit)),
        state.now.date(),
    )
    if not found:
        return show(books, state, Button("head_charge"))
    known, some = _known(state), page(found, number(button, 2))
    values: dict[str, Json] = {
        "unit": found[0].person.unit,
        "year": found[0].campaign.year,
        "period": found[0].campaign.period,
        "lines": [
            {
                **line(books, state, one),
                "role": one.approver_role,
                "holder": known.names.get(one.approver_id or 0, ""),
            }
            for one in some.shown
        ],
        **some.values(),
    }
    reading = (
        (Key("head/read", Button("head_card", one.review), which_values(books, one)),)
        for one in some.shown
        if one.review in known.readable
    )
    turning = some.keys("head_charge_unit", str(campaign), str(unit), room="head")
    me = state.person
    own = me is not None and may(relations_to_unit(me, me.office, unit), Action.INVITE)
    ways_in = (Key("desk/crew", Button("crew_home")) if own else None,)
    back = (
        Key("head/charge_back", Button("head_charge"))
        if unit in known.in_charge
        else Key("head/to_list", Button("head_list")),
    )
    keys = rows(*reading, turning, ways_in, back)
    return Turn((Reply("head/charge_unit", values, keys, replaces=True),), let_go(state, Room.HEAD))


def _known(state: State) -> Sheets:
    return state.room if isinstance(state.room, Sheets) else Sheets()


def _visible(books: Books, state: State) -> tuple[ReviewLine, ...]:
    return visible(books, state, _known(state).standings)


def visible(books: Books, state: State, lines: Iterable[ReviewLine]) -> tuple[ReviewLine, ...]:
    """The reviews whose progress this person may read, by the unit or by their relation to the review.

    Their own are left out. Party reviews go through party bodies, so being in charge of a unit's administration gives
    no access to them.
    """
    me, known = state.person, _known(state)
    if me is None:
        return ()

    def seen(one: ReviewLine) -> bool:
        held = relations_to_unit(me, one.person.office, one.person.unit_id, known.in_charge)
        book = books[one.campaign.edition]
        party = one.form in book.forms and rated(book.forms[one.form], one.person)[0] in PARTY
        of_unit = not party and may(held, Action.READ_PROGRESS)
        return one.person.id != me.id and (of_unit or allowed(state, one, Action.READ_PROGRESS))

    return tuple(filter(seen, lines))


def _by_campaign(books: Books, state: State) -> list[tuple[Campaign, tuple[UnitLine, ...]]]:
    found: dict[int, list[ReviewLine]] = {}
    for one in _visible(books, state):
        found.setdefault(one.campaign.id, []).append(one)
    return [(some[0].campaign, by_unit(some, state.now.date())) for some in found.values()]


def _unit_key(campaign: Campaign, unit: UnitLine) -> Key:
    values = {**unit_values(unit), "year": campaign.year, "period": campaign.period}
    return Key("head/charge_unit", Button("head_charge_unit", 0, (str(campaign.id), str(unit.id))), values)
