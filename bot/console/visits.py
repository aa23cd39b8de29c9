"""Visits: who requests a console page and what they oversee, determined anew for every request."""

from collections.abc import Awaitable, Callable, Sequence
from typing import cast

from aiohttp import web

from bot.console import (
    campaign,
    choosing,
    dates,
    doing,
    dossiers,
    inspecting,
    meetings,
    messages,
    moving,
    people,
    person,
    quotas,
    roster,
    rounds,
    stopping,
    upward,
)
from bot.console.house import HOME, Afterwards, ConsoleHouse, Handler, Page, Visit
from bot.console.signing_in import Door, of_console, session_here
from bot.web.callers import is_ours
from bot.web.house import house_of
from bot.web.paces import at_once
from bot.web.sessions import page
from rules.campaign.looking.oversight import Oversight
from rules.campaign.months.leading import units_in_charge
from rules.campaign.permissions import Relation
from rules.campaign.tree import tree_of
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from storage.transaction import Transaction

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: The parts of the console, each a module with PAGES.
PARTS = (
    campaign,
    people,
    choosing,
    doing,
    person,
    quotas,
    dates,
    moving,
    stopping,
    dossiers,
    meetings,
    upward,
    rounds,
    messages,
    roster,
    inspecting,
)


def console_routes(house: ConsoleHouse) -> list[web.RouteDef]:
    """The console's routes on the site of the chat."""
    door = Door(house)
    pages = [_route(house, door, one) for part in PARTS for one in part.PAGES]
    return [_at_home(route) for route in (*door.routes(), *pages)]


def _route(house: ConsoleHouse, door: Door, one: Page) -> web.RouteDef:
    make = web.post if one.sends else web.get
    return make(HOME + one.path, _signed_in(house, door, one.handler))


def _at_home(route: web.RouteDef) -> web.RouteDef:
    """Serve the handler at the public address only."""

    async def handler(request: web.Request) -> web.StreamResponse:
        if not is_ours(request):
            return page(request, "elsewhere.html", 421, address=house_of(request).settings.public_url)
        answer = cast("Answer", route.handler)
        return await answer(request)

    return web.RouteDef(route.method, route.path, handler, route.kwargs)


def _signed_in(house: ConsoleHouse, door: Door, handler: Handler) -> Answer:
    async def answered(request: web.Request) -> web.StreamResponse:
        found = await session_here(request, house)
        if found is None:
            response = page(request, "console/refused.html", 401, why="closed", home=HOME)
            if of_console(request).of(request):
                of_console(request).forget(request, response)
            return response
        account, tie = found
        await at_once(1, house_of(request).visits(tie.person_id))
        made: web.StreamResponse | Afterwards | None = None
        async with house.turns, house.store.reading() as tx:
            visit = await _visit(request, house, tx, account, await tx.people.get(tie.person_id))
            if visit.oversight.anything:
                made = await handler(visit)
        if made is not None:
            return await made.send() if isinstance(made, Afterwards) else made
        await door.end(account, tie.person_id, house.now())
        return page(request, "console/refused.html", 403, why="nobody", home=HOME)

    return answered


async def _visit(request: web.Request, house: ConsoleHouse, tx: Transaction, account: str, person: Person) -> Visit:
    now, office = house.now(), await tx.units.office_of(person.id)
    opened = await tx.campaigns.of_office(office, is_open=True)
    closed = await tx.campaigns.of_office(office, is_open=False)
    acts_for = await tx.covers.acts_for(person.id, now.date())
    units = {
        Relation.UNIT_HEAD: [person.unit_id] if person.head else [],
        Relation.IN_CHARGE: units_in_charge(tree_of(await tx.units.seats(office), ()), person),
    }
    chain = await tx.overview.in_the_chain((person.id, *acts_for))
    return Visit(
        request=request,
        house=house,
        tx=tx,
        account=account,
        oversight=Oversight(person, units, acts_for, chain),
        office=office,
        campaigns={**_newest_first(opened), **_newest_first(closed)},
        closed=frozenset(one.id for one in closed),
        now=now,
    )


def _newest_first(parts: Sequence[Campaign]) -> dict[int, tuple[Campaign, ...]]:
    ids = sorted({one.id for one in parts}, reverse=True)
    return {id_: tuple(one for one in parts if one.id == id_) for id_ in ids}
