"""Dossiers of a campaign, for the desk: which files are missing, who owes them and by when, and each dossier as a ZIP."""

import asyncio
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from bot.campaign.dossiers.at_hand import files_at_hand, lacking, seated
from bot.campaign.inquiries.cases import asked_in
from bot.campaign.usable import usable
from bot.clock import ZONE
from bot.console.house import HOME, Afterwards, Page, Visit, in_pieces, to_newest
from bot.web.files import WHOSE
from bot.web.house import house_of
from dialogs.core.knowledge.inquiries import AskedOutside
from dialogs.core.turn import AllPapers, WholeDossier
from dialogs.inquiries.card import ORDER, state_of
from rules.book.dossier import Of
from rules.campaign.assembling import has_dossier
from rules.campaign.looking.wanted import number_of
from rules.campaign.reminders.reminding import Lacking
from rules.nouns.reviews import Campaign
from rules.nouns.values import OwedBy

PATH = "/hoso"

#: Number of people who owe files, and of people's dossiers, on a page.
A_PAGE = 50


@dataclass(slots=True)
class Ower:
    """Somebody who owes files (for nobody in the roster, `of` says whose they are), and the files (title, whose) by
    last day.
    """

    name: str
    of: str
    owed_by: OwedBy
    files: dict[dt.date | None, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many."""
        return sum(map(len, self.files.values()))

    @property
    def first(self) -> dt.date:
        """The first of their days."""
        return min((day for day in self.files if day), default=dt.date.max)


@dataclass(slots=True)
class Found:
    """The dossiers of a campaign (of the authority, of units, of people), who owes what, and the opinions asked of
    outside bodies (`outside`).
    """

    owers: dict[tuple[OwedBy, int | None, str], Ower] = field(default_factory=dict)
    authority: bool = False
    units: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    outside: list[AskedOutside] = field(default_factory=list)

    def add(self, files: Iterable[Lacking]) -> None:
        """Add owed files."""
        for one in files:
            of = one.whose if one.owner is None and one.owed_by is not OwedBy.DESK else ""
            ower = self.owers.setdefault((one.owed_by, one.owner, of), Ower(one.name, of, one.owed_by))
            ower.files.setdefault(one.due, []).append((one.title, "" if of else one.whose))

    def sorted(self) -> Sequence[Ower]:
        """Those due first, then those who owe most."""
        return sorted(self.owers.values(), key=lambda one: (one.first, -one.count, one.name))


async def newest(visit: Visit) -> web.StreamResponse:
    """The newest campaign; where there is none, its people."""
    if not visit.oversight.collects:
        raise await visit.turn_away("dossiers")
    return to_newest(visit, PATH)


async def show_dossiers(visit: Visit) -> web.StreamResponse:
    """One campaign."""
    campaign = int(visit.request.match_info["campaign"])
    if not visit.oversight.collects or campaign not in visit.campaigns:
        raise await visit.turn_away("dossiers", campaign=campaign)
    parts = visit.campaigns[campaign]
    found = await _found(visit, [one for one in parts if usable(one, visit.house.books)])
    owers, query = found.sorted(), visit.request.query
    pages = max(-(-len(owers) // A_PAGE), -(-len(found.people) // A_PAGE), 1)
    page = min(max(1, number_of(query.get("trang", ""))), pages)
    shown = slice((page - 1) * A_PAGE, page * A_PAGE)
    root, at = f"{house_of(visit.request).settings.root}{HOME}{PATH}/{campaign}", int(visit.now.timestamp()) % 10**9
    return visit.draw(
        "dossiers.html",
        campaign=parts,
        campaigns=visit.campaigns,
        missing=sum(one.count for one in owers),
        owing=len(owers),
        owers=[_shown(one) for one in owers[shown]],
        authority=found.authority,
        units=found.units if page == 1 else {},
        people=dict([*found.people.items()][shown]),
        zip_of=lambda whose: f"{root}/{whose}/{at}",
        papers=f"{root}/vanban/{at}",
        outside=_outside(found.outside, visit.now.astimezone(ZONE).date()) if page == 1 else [],
        page=page,
        pages=pages,
        to=lambda page: f"{root}?trang={page}",
        now=visit.now.isoformat(),
    )


def _outside(every: Sequence[AskedOutside], today: dt.date) -> list[Mapping[str, object]]:
    """For each kind of inquiry the progress and the people; those requiring action first."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in every:
        by_state = found.setdefault(one.rule.title, {})
        by_state.setdefault(state_of(one, today), []).append(one.person.called)
    return [
        {"title": title, "states": [(state, by_state[state]) for state in ORDER if state in by_state]}
        for title, by_state in found.items()
    ]


def _shown(one: Ower) -> Mapping[str, object]:
    days = sorted(one.files.items(), key=lambda day: day[0] or dt.date.max)
    return {
        "name": one.name,
        "of": one.of,
        "owed_by": one.owed_by.value,
        "days": [{"due": day, "files": _together(files)} for day, files in days],
    }


def _together(files: Sequence[tuple[str, str]]) -> list[Mapping[str, object]]:
    """Files with the same title, named once with whose they are."""
    by_title: dict[str, list[str]] = {}
    for title, whose in files:
        by_title.setdefault(title, []).append(whose)
    return [{"title": title, "count": len(of), "whose": [one for one in of if one]} for title, of in by_title.items()]


async def _found(visit: Visit, parts: Sequence[Campaign]) -> Found:
    found, tx = Found(), visit.tx
    seats = await seated(tx, visit.oversight.person.office)
    names = await tx.people.names([*seats.heads.values()])
    for part in parts:
        book = visit.house.books[part.edition]
        if not book.dossier:
            continue
        kept = await files_at_hand(tx, book, part, seats, visit.now)
        found.add(await asyncio.to_thread(lambda book=book, kept=kept: [*lacking(book, kept, names)]))  # type: ignore[misc]
        found.authority = found.authority or Of.AUTHORITY in book.dossier
        if Of.UNIT in book.dossier:
            here = {one.person.unit_id for one in kept.lines}
            found.units |= {unit: name for unit, name in seats.units.items() if unit in here}
        found.outside += await asked_in(tx, visit.house.books, part, kept.lines)
        people = has_dossier(book.dossier.get(Of.PERSON, ()), kept.lines)
        found.people |= {id_: f"{one.name} ({one.unit})" for id_, one in people.items()}
    return found


async def hand_out(visit: Visit) -> Afterwards:
    """A dossier as a ZIP; permissions are checked where it is made."""
    place = visit.request.match_info
    return in_pieces(visit, WholeDossier(int(place["campaign"]), place["whose"]), int(place["at"]))


async def hand_out_papers(visit: Visit) -> Afterwards:
    """All papers of the campaign as a ZIP."""
    place = visit.request.match_info
    return in_pieces(visit, AllPapers(int(place["campaign"])), int(place["at"]))


_CAMPAIGN, _AT = PATH + r"/{campaign:\d{1,9}}", r"{at:\d{1,9}}"
PAGES = (
    Page(PATH, newest),
    Page(_CAMPAIGN, show_dossiers),
    Page(f"{_CAMPAIGN}/vanban/{_AT}", hand_out_papers),
    Page(f"{_CAMPAIGN}/{WHOSE}/{_AT}", hand_out),
)
