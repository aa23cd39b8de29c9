"""Packages sent up, for people who oversee units: which units have sent, which have not, the plan's day, and every
version as sent.
"""

from aiohttp import web

from bot.campaign.upward.packing import due_day, goes_to
from bot.campaign.upward.standing import seating_of, sends_up
from bot.campaign.usable import usable
from bot.console.house import HOME, Afterwards, Page, Visit, in_pieces, to_newest
from bot.web.house import house_of
from dialogs.core.turn import SentPapers
from rules.campaign.permissions import Action, may
from rules.upward.package import missing_in, unproposed
from rules.upward.places import relations_to_sent

PATH = "/guilen"


async def newest(visit: Visit) -> web.StreamResponse:
    """The newest campaign; where there is none, its people."""
    return to_newest(visit, PATH)


async def show_units(visit: Visit) -> web.StreamResponse:
    """A campaign: the package in force of each unit, since when, and what it lacks."""
    campaign = int(visit.request.match_info["campaign"])
    if campaign not in visit.campaigns:
        raise await visit.turn_away("upward", campaign=campaign)
    tx, person, parts = visit.tx, visit.oversight.person, visit.campaigns[campaign]
    usable_ = [one for one in parts if usable(one, visit.house.books)]
    office = await tx.units.office_of(person.id)
    seating = await seating_of(tx, office, person.office)
    acts_for = await tx.covers.acts_for(person.id, visit.now.date())
    names = {seat.id: seat.name for seat in await tx.units.seats(office)}
    lines = await tx.standings.of_campaign(campaign, visit.now.date())
    units = await sends_up(tx, visit.house.books, campaign, lines, names)
    mine = [
        one
        for one in units
        if one.unit not in seating.top and may(relations_to_sent(person, seating, one.unit, acts_for), Action.READ_SENT)
    ]
    rows = []
    for one in mine:
        value = await tx.sent_ups.content(one.standing.id) if one.standing else None
        rows.append(
            {
                "unit": one.name,
                "last": one.last,
                "version": one.version(one.standing) if one.standing else len(one.sent),
                "sent": [(version, each) for version, each in enumerate(one.sent, start=1)][::-1],
                "missing": len(missing_in(value)) if value else 0,
                "unproposed": len(unproposed(value)) if value else 0,
            }
        )
    rule = goes_to(visit.house.books, usable_)
    root = f"{house_of(visit.request).settings.root}{HOME}{PATH}"
    at = int(visit.now.timestamp()) % 10**9
    return visit.draw(
        "upward.html",
        campaign=parts,
        campaigns=visit.campaigns,
        rows=rows,
        sent=sum(one.standing is not None for one in mine),
        due=due_day(visit.house.books, usable_),
        today=visit.now.date(),
        rule=rule,
        zip_of=lambda one: f"{root}/{campaign}/{one.id}/{at}",
        now=visit.now.isoformat(),
    )


async def hand_out(visit: Visit) -> Afterwards:
    """A complete version as a ZIP; permissions are checked where it is made."""
    place = visit.request.match_info
    return in_pieces(visit, SentPapers(int(place["campaign"]), int(place["sent_up"])), int(place["at"]))


_CAMPAIGN = PATH + r"/{campaign:\d{1,9}}"
PAGES = (
    Page(PATH, newest),
    Page(_CAMPAIGN, show_units),
    Page(_CAMPAIGN + r"/{sent_up:\d{1,9}}/{at:\d{1,9}}", hand_out),
)
