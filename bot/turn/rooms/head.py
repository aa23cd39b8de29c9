"""Loads the room of heads: what they know besides the reviews that wait for them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.campaign.months.tracked import tracked
from bot.turn.rooms.context import RoomContext
from bot.turn.rooms.led import in_charge, plans_of_unit, results_told, telling_parts
from bot.turn.rooms.rated import proposing_of, under_quota
from dialogs.core.events import Commanded, Pressed
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.paging import word
from dialogs.head.together import SHOWN
from dialogs.shown.chart import year_named
from rules.campaign.months.leading import under_management
from rules.campaign.tree import tree_of
from rules.nouns.periods import period
from rules.nouns.reviews import Review
from rules.nouns.tracking import PeriodScore
from storage.transaction import Transaction

#: Buttons that show several sheets together.
TOGETHER = frozenset({"head_sheets", "head_sheets_ask", "head_sheets_agree"})

#: Buttons after which the next waiting draft is shown at once.
AGREEING = frozenset({"head_agree", "head_approve"})

#: Buttons that show the months of a year for the people under a head's management.
OF_YEAR = frozenset({"head_year", "head_year_of"})

#: The list that has a button to the units somebody is in charge of; and the buttons about these units.
LISTED = frozenset({"head_list"})
OF_CHARGE = frozenset({"head_charge", "head_charge_unit"})

#: The buttons to the results that a head or leader in charge must be told of, and to their people's plans.
OF_RESULTS, OF_PLANS = "head_results", "head_plans"


async def sheets(context: RoomContext) -> Sheets | None:
    """Knowledge of the room for this event; None: it needs nothing besides the state."""
    button = context.event.button if isinstance(context.event, Pressed) else None
    if isinstance(context.event, Commanded) or (button and button.verb in LISTED):
        return await _list_of_head(context)
    if button and button.verb in _READ_ONLY:
        return await _READ_ONLY[button.verb](context)
    about = context.state.about
    if button and button.verb in AGREEING and about and under_quota(context.books, about):
        # Without this lock, two heads who agree at the same moment could both see the last place under a quota as free.
        await context.tx.campaigns.take_turns(about.campaign.id)
        return Sheets(**await proposing_of(context, (about,)))
    if button and button.verb in OF_YEAR:
        return await _year_of_those_led(context, year_named(word(button, 0), context.today.year))
    typed = (context.state.focus or {}).get("for") == SHOWN
    if not typed and (button is None or button.verb not in TOGETHER):
        return None
    short = [one for one in context.state.waiting if not one.campaign.span.whole]
    found: dict[int, tuple[PeriodScore, ...]] = {}
    for year in sorted({one.campaign.year for one in short}):
        of_year = [one for one in short if one.campaign.year == year]
        known = await tracked(context.tx, context.books, [one.person for one in of_year], period(year, "year"))
        for one in of_year:
            scores = known[one.person.id, one.person.post]
            found[one.id] = (*scores.months, *scores.quarters)
    return Sheets(found, await _with_open_excuses(context.tx, short))


async def _with_open_excuses(tx: Transaction, sheets: Sequence[Review]) -> frozenset[int]:
    """The sheets in whose ledger the person has claimed an objective cause and the head has not answered yet."""
    found: set[int] = set()
    for year, name in sorted({(one.campaign.year, one.campaign.period) for one in sheets}):
        of = [one for one in sheets if (one.campaign.year, one.campaign.period) == (year, name)]
        lines = await tx.ledgers.of_people([one.person.id for one in of], year, name)
        slips = {
            person: [slip for line in some if not line.removed for slip in line.slips] for person, some in lines.items()
        }
        waits = {person for person, some in slips.items() if any(one.reason and one.objective is None for one in some)}
        found |= {one.id for one in of if one.person.id in waits}
    return frozenset(found)


async def _year_of_those_led(context: RoomContext, year: int) -> Sheets:
    """The people under this person's management, and the scores of their months."""
    office = await context.tx.units.office_of(context.person.id)
    people = [*await context.tx.people.of_office(office), *await context.tx.people.at_posts(office)]
    led = under_management(tree_of(await context.tx.units.seats(office), people), context.person, people)
    known = await tracked(context.tx, context.books, led, period(year, "year"))
    return Sheets(people=led, of_year={at: one.months for at, one in known.items()})


async def _list_of_head(context: RoomContext) -> Sheets:
    """What the list of waiting reviews shows besides: the ratings proposed so far, and which further buttons it has
    (units in charge, results, plans).
    """
    charge = await in_charge(context, None)
    concerned = context.person.head or charge.in_charge
    told = concerned and any(context.books[one.edition].told for one in await telling_parts(context))
    planning = len(await plans_of_unit(context))
    proposed = await proposing_of(context, context.state.waiting)
    return replace(charge, told=bool(told), planning=planning, **proposed)


async def _units_in_charge(context: RoomContext) -> Sheets:
    return await in_charge(context, context.event.button if isinstance(context.event, Pressed) else None)


async def _plans_read(context: RoomContext) -> Sheets:
    return Sheets(plans=await plans_of_unit(context))


#: Buttons of HEAD that only show something → their loader.
_READ_ONLY: Mapping[str, Callable[[RoomContext], Awaitable[Sheets]]] = {
    **dict.fromkeys(OF_CHARGE, _units_in_charge),
    OF_RESULTS: results_told,
    OF_PLANS: _plans_read,
}
