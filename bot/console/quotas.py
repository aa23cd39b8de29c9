"""Where each group of a campaign stands against its share under its rulebook, before anyone decides, and who competes. It is shown, never
forced: what a tie means is the clause's.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aiohttp import web

from bot.campaign.usable import usable
from bot.console.house import HOME, Page, Visit
from bot.console.people import address, sight_of
from bot.turn.rooms.rated import is_proposed, rated_lists
from bot.web.house import house_of
from dialogs.core.handlers import Books
from rules.book.quota import Rated, Share
from rules.book.rulebook import Rulebook
from rules.campaign.looking import Wanted, number_of
from rules.campaign.permissions import Action, may
from rules.campaign.quotas_live import GroupState, all_states
from rules.nouns.alphabet import by_name
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Subject
from storage.pieces import Breath
from storage.repositories.lists.overview import Readable

PATH = "/muc"

#: Groups of a page, and names of a group.
ON_A_PAGE, NAMED = 40, 12

#: Groups by how they stand, those first that somebody has to look at.
_ORDER = ("over", "full", "room")

#: Who competes, by how far they are.
STANDINGS = ("decided", "proposed", "asking")


@dataclass(frozen=True, slots=True)
class Competitor:
    """Somebody who asks for the rating, or has it; `standing`: one of STANDINGS."""

    name: str
    key: str
    unit: str
    standing: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group under a quota. `counts`: standing → how many; `more`: who competes and is not named here."""

    book: str
    rating: str
    stage: str
    of: str
    pct: float
    base: int
    units: bool
    group: str
    unit: str
    leader: bool | None
    at_most: int
    granted: int
    open: int
    cite: str
    room: str
    note: str
    tie: str
    counts: Mapping[str, int]
    named: Sequence[Competitor] = field(default=())
    more: int = 0
    subjects: Sequence[str] = field(default=())
    alike: bool = False  # another group of the book reads the same but for whose ratings and at which stage

    @property
    def called(self) -> tuple[object, ...]:
        """What a group is called by, first."""
        return self.book, self.rating, self.group, self.unit, self.leader

    @property
    def asked(self) -> int:
        """How many compete."""
        return sum(self.counts.values())

    @property
    def standing(self) -> str:
        """How it stands: more than may be ask for it (`over`), just as many (`full`), or fewer (`room`)."""
        return "over" if self.asked > self.at_most else "full" if self.asked == self.at_most else "room"


async def newest(visit: Visit) -> web.StreamResponse:
    """The newest campaign; where there is none, its people."""
    campaign = next(iter(visit.campaigns), 0)
    if not campaign:
        return web.Response(status=303, headers={"Location": f"{house_of(visit.request).settings.root}{HOME}/nguoi"})
    return web.Response(status=303, headers={"Location": _path(visit, campaign)})


async def show_quotas(visit: Visit) -> web.StreamResponse:
    """The groups of one campaign, those first in which more ask than may have it."""
    campaign = int(visit.request.match_info["campaign"])
    if campaign not in visit.campaigns:
        raise await visit.turn_away("quotas", campaign=campaign)
    groups = await _groups(visit, campaign)
    pages = max(1, -(-len(groups) // ON_A_PAGE))
    page = min(max(1, number_of(visit.request.query.get("trang", ""))), pages)
    shown = groups[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return visit.draw(
        "quotas.html",
        campaign=visit.campaigns[campaign],
        campaigns=visit.campaigns,
        parts=_by_book(shown),
        count=len(groups),
        pages=pages,
        page=page,
        to=lambda page: _path(visit, campaign, page),
        names=lambda one: address(visit, Wanted(dot=campaign), own=one.rating),
        now=visit.now.isoformat(),
    )


def _path(visit: Visit, campaign: int, page: int = 1) -> str:
    return f"{house_of(visit.request).settings.root}{HOME}{PATH}/{campaign}{f'?trang={page}' if page > 1 else ''}"


def _by_book(groups: Sequence[Group]) -> list[tuple[str, list[Group]]]:
    found: dict[str, list[Group]] = {}
    for one in groups:
        found.setdefault(one.book, []).append(one)
    return [*found.items()]


async def _groups(visit: Visit, campaign: int) -> list[Group]:
    """The groups this reader is told of: all of them where the office or a decision is theirs, else those of whom they see."""
    books = visit.house.books
    parts = {one.rulebook: one for one in visit.campaigns[campaign] if usable(one, books) and books[one.edition].quotas}
    if not parts:
        return []
    lines = await visit.tx.standings.of_campaign(campaign, visit.today)
    whole = [one for one in lines if one.campaign.rulebook in parts]
    seen = {one.review: one for one in await visit.tx.overview.readable(sight_of(visit, campaign))}
    decides = any(may(visit.oversight.to_review(one), Action.DECIDE) for one in whole if one.review in seen)
    told = None if visit.oversight.whole or decides else seen.keys()
    known = _Known({one.review: one for one in whole}, seen, await asyncio.to_thread(_asked, books, whole))
    found, breath = list[Group](), Breath()
    # Everybody of an office is worked through: in a thread, so that the chat goes on.
    lists = await asyncio.to_thread(rated_lists, books, whole, is_proposed)
    for (_, rulebook), listed in lists.items():
        book = books[parts[rulebook].edition]
        states = await asyncio.to_thread(all_states, book, listed)
        await breath.take()
        found += [_group(book, one, known) for one in states if told is None or _concerns(one, told)]
    called = Counter(one.called for one in found)
    found = [replace(one, alike=called[one.called] > 1) for one in found]
    return sorted(found, key=lambda one: _ORDER.index(one.standing))


def _concerns(one: GroupState, told: Collection[int]) -> bool:
    return any(line.review in told for line in one.members)


def _asked(books: Books, whole: Sequence[ReviewLine]) -> Mapping[tuple[int, Subject | None], Rating | None]:
    """What everybody asks for who has handed in: by the review, and what the rating is of."""
    lists = rated_lists(books, whole, lambda one: not one.owed)
    return {(line.review, line.subject): line.rating for listed in lists.values() for line in listed}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the reviews of a campaign. `seen`: what this reader sees of them; `asked`: see _asked."""

    lines: Mapping[int, ReviewLine]
    seen: Mapping[int, Readable]
    asked: Mapping[tuple[int, Subject | None], Rating | None]


def _group(book: Rulebook, of: GroupState, known: _Known) -> Group:
    state, quota = of.state, of.state.share.quota
    competing = [one for one in of.members if known.asked.get((one.review, one.subject)) is quota.rating]
    all_ = [(one, standing(known.lines[one.review])) for one in competing]
    named = [_named(one, how, known.seen[one.review]) for one, how in all_ if _may_be_named(one, how, known.seen)]
    named.sort(key=lambda one: (STANDINGS.index(one.standing), by_name(one.name)))
    key = state.share.key
    return Group(
        book=book.title,
        rating=quota.rating.value,
        stage=quota.stage,
        subjects=[one.value for one in quota.subject or state.share.subjects],
        of=quota.of,
        pct=quota.at_most_pct,
        base=state.share.base,
        units=Subject.ORGANISATION in quota.subject,
        group=str(key.get("group", "")),
        unit=str(key.get("unit", "")),
        leader=quota.leader,
        at_most=state.allowed_at_most,
        granted=state.by_decision_at_most if quota.by_decision_pct else 0,
        open=state.open,
        cite=quota.cite,
        room=quota.room,
        note=quota.note,
        tie=_tie(book, state.share),
        counts={name: sum(how == name for _, how in all_) for name in STANDINGS},
        named=named[:NAMED],
        more=len(all_) - len(named[:NAMED]),
    )


def _tie(book: Rulebook, share: Share) -> str:
    """What happens with equal votes, where a ballot about this rating of such a list says it."""
    for one in book.ballots:
        form = book.forms.get(one.form)
        if one.tie and one.rating is share.quota.rating and (form is None or form.rates in {None, *share.subjects}):
            return one.tie
    return ""


def standing(line: ReviewLine) -> str:
    """One of STANDINGS, of a review that was handed in."""
    return "decided" if line.decided else "proposed" if is_proposed(line) else "asking"


def _may_be_named(one: Rated, how: str, seen: Mapping[int, Readable]) -> bool:
    of = seen.get(one.review)
    return of is not None and (of.ruled if how == "decided" else of.own)


def _named(one: Rated, how: str, of: Readable) -> Competitor:
    return Competitor(one.name, of.key, one.unit, how)


PAGES = (Page(PATH, newest), Page(PATH + r"/{campaign:\d{1,9}}", show_quotas))
