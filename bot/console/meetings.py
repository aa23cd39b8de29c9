"""The meetings of a campaign by unit: planned, held, with minutes adopted, and units without one; the minutes as files.
A meeting is shown to people who may read it (Action.READ_MEETING); what was said is in no list.
"""

from collections import Counter
from dataclasses import dataclass

from aiohttp import web

from bot.console.house import HOME, Page, Visit, to_newest
from bot.web.files import TYPES, disposition
from bot.web.house import house_of
from dialogs.core.turn import DeskFile
from rules.campaign.looking.wanted import number_of
from rules.campaign.permissions import Action, may
from rules.meeting.nouns.items import ItemStatus
from rules.meeting.nouns.meeting import Meeting, Status
from rules.nouns.alphabet import alphabetical

PATH = "/hop"

#: Number of meetings on a page, and of units without a meeting that are named.
A_PAGE, NAMED = 50, 40


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list."""

    id: int
    unit: str
    starts: str
    place: str
    status: str
    chair: str
    came: int
    called: int
    concluded: int
    items: int
    minutes: bool  # there is a file of them


async def newest(visit: Visit) -> web.StreamResponse:
    """The newest campaign; where there is none, its people."""
    return to_newest(visit, PATH)


async def show_meetings(visit: Visit) -> web.StreamResponse:
    """One campaign."""
    campaign = int(visit.request.match_info["campaign"])
    if campaign not in visit.campaigns:
        raise await visit.turn_away("meetings", campaign=campaign)
    named = {unit: name for name, unit in (await visit.tx.units.of_office(visit.office)).items()}
    seen = {unit: name for unit, name in named.items() if reads(visit, unit)}
    stood = await visit.tx.meetings.statuses(campaign)
    mine = sorted(
        (one for one in stood if one.unit_id in seen), key=lambda one: (alphabetical(seen[one.unit_id]), one.id)
    )
    pages = max(1, -(-len(mine) // A_PAGE))
    page = min(max(1, number_of(visit.request.query.get("trang", ""))), pages)
    shown = await visit.tx.meetings.some([one.id for one in mine[(page - 1) * A_PAGE : page * A_PAGE]])
    met = {one.unit_id for one in mine if one.status is not Status.CANCELLED}
    without = sorted((name for unit, name in seen.items() if unit not in met), key=alphabetical)
    root = f"{house_of(visit.request).settings.root}{HOME}{PATH}/{campaign}"
    return visit.draw(
        "meetings.html",
        campaign=visit.campaigns[campaign],
        campaigns=visit.campaigns,
        counts=Counter(one.status.value for one in mine),
        lines=[_line(one) for one in shown],
        without=without[:NAMED],
        more=len(without[NAMED:]),
        page=page,
        pages=pages,
        to=lambda page: f"{root}?trang={page}",
        now=visit.now.isoformat(),
    )


def reads(visit: Visit, unit: int) -> bool:
    """Whether this reader may read the meetings of a unit."""
    return may(visit.oversight.to_unit(visit.oversight.person.office, unit), Action.READ_MEETING)


def _line(one: Meeting) -> MeetingLine:
    return MeetingLine(
        id=one.id,
        unit=one.unit_name,
        starts=one.starts,
        place=one.place,
        status=one.status.value,
        chair=one.name(one.chair),
        came=sum(member.came for member in one.called),
        called=len(one.called),
        concluded=sum(item.status is ItemStatus.CONCLUDED for item in one.items),
        items=len(one.items),
        minutes=one.started,
    )


async def hand_out(visit: Visit) -> web.StreamResponse:
    """The minutes as Word or PDF, as they stand; permissions are checked again where they are made."""
    place = visit.request.match_info
    wanted, kind = int(place["meeting"]), place["kind"]
    meeting = await visit.tx.meetings.get(wanted)
    if meeting is None or meeting.campaign not in visit.campaigns or not reads(visit, meeting.unit):
        raise await visit.turn_away("minutes", meeting=wanted)
    file = DeskFile(f"minutes{'pdf' if kind == 'pdf' else ''}_{wanted}", kind)
    files = await house_of(visit.request).front.documents(visit.oversight.person.id, file)
    if not files:
        raise await visit.turn_away("minutes", meeting=wanted)
    headers = {"Content-Disposition": disposition(files[0].name)}
    return web.Response(body=files[0].content, content_type=TYPES[files[0].kind], headers=headers)


PAGES = (
    Page(PATH, newest),
    Page(PATH + r"/{campaign:\d{1,9}}", show_meetings),
    Page(PATH + r"/bienban/{meeting:\d{1,9}}.{kind:docx|pdf}", hand_out),
)
