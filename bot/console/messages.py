"""Messages of the desk: choosing recipients, and what became of sent messages, as in /nhantin."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.console.house import HOME, Page, Visit
from bot.console.people import address, sight_of, units_seen
from bot.web.house import house_of
from dialogs.broadcast.report import BROADCAST, STATUSES, counted
from rules.campaign.looking.audit import Inspected
from rules.campaign.looking.wanted import STATES, Wanted, number_of
from rules.nouns.reviews import Json
from storage.repositories.audit import Inspection
from storage.repositories.talk.deliveries import MessageKey

PATH = "/tin"

#: Messages on a page, and names in a list.
ON_A_PAGE, NAMED = 10, 200

#: The audit's name for a message to many.
SENT = "broadcast"


@dataclass(frozen=True, slots=True)
class Message:
    """A sent message: when, by whom, to how many, and how many it reached (None for one sent before this was recorded)."""

    id: int
    at: str
    by: str
    to: int
    became: Mapping[str, Json] | None


async def show_messages(visit: Visit) -> web.StreamResponse:
    """The newest messages, and possible recipients."""
    await _require(visit)
    before = max(0, number_of(visit.request.query.get("truoc", "")))
    kept = await _kept(visit, before, ON_A_PAGE + 1)
    campaign = next((one for one in visit.campaigns if one not in visit.closed), 0)
    report = await visit.tx.deliveries.report(campaign) if campaign else {}
    unreached = await visit.tx.deliveries.unreached(visit.office)
    return visit.draw(
        "messages.html",
        messages=[await _shown(visit, one) for one in kept[:ON_A_PAGE]],
        older=kept[ON_A_PAGE - 1].id if len(kept) > ON_A_PAGE else 0,
        campaign=visit.campaigns.get(campaign, ()),
        sums=(counted([report.get(BROADCAST, {})]), counted(of for name, of in report.items() if name != BROADCAST)),
        unreached=await _named(visit, unreached),
        count=len(unreached),
        units=await units_seen(visit),
        groups=await visit.tx.choosing.groups(visit.office),
        states=STATES,
        everybody=await visit.tx.overview.count(sight_of(visit, 0), Wanted()),
        people=address(visit, Wanted(dot=campaign)),
        base=_base(visit),
        now=visit.now.isoformat(),
    )


async def show_message(visit: Visit) -> web.StreamResponse:
    """One message: its text, and whom it did not reach."""
    await _require(visit)
    number = int(visit.request.match_info["message"])
    found = await visit.tx.audit.line(visit.office, number, SENT)
    if found is None:
        raise await visit.turn_away("message", message=number)
    key = _key(found)
    reply = await visit.tx.deliveries.text_of(key) if key else {}
    unreached = await visit.tx.deliveries.not_reached(key, NAMED) if key else {}
    values = reply.get("values")
    return visit.draw(
        "message.html",
        message=await _shown(visit, found),
        said=values if isinstance(values, dict) else None,
        unreached=await _named(visit, unreached),
        named=NAMED,
        base=_base(visit),
        now=visit.now.isoformat(),
    )


async def _require(visit: Visit) -> None:
    if not visit.oversight.writes:
        raise await visit.turn_away("messages")


async def _kept(visit: Visit, before: int, most: int) -> list[Inspection]:
    return await visit.tx.audit.of_office(visit.office, Inspected(before=before), (None, None), most, deeds=(SENT,))


def _key(one: Inspection) -> MessageKey | None:
    match one.detail:
        case {"key": str(key), "first": int(first), "last": int(last), "to": int(to)}:
            return MessageKey(key, first, last, to)
    return None


async def _shown(visit: Visit, one: Inspection) -> Message:
    key, to = _key(one), one.detail.get("to")
    became = counted([await visit.tx.deliveries.became_of(key)]) if key else None
    return Message(one.id, one.at.isoformat(), one.name, to if isinstance(to, int) else 0, became)


async def _named(visit: Visit, statuses: Mapping[int, str]) -> list[tuple[str, str, str, str]]:
    """(name, key, unit, status) of each, sorted by unit."""
    found = await visit.tx.chosen.people(visit.office, [*statuses][:NAMED], visit.now)
    return [
        (one.person.name, one.key, one.person.unit, STATUSES.get(statuses[one.person.id], "failed")) for one in found
    ]


def _base(visit: Visit) -> str:
    return f"{house_of(visit.request).settings.root}{HOME}{PATH}"


PAGES = (Page(PATH, show_messages), Page(PATH + r"/{message:\d{1,9}}", show_message))
