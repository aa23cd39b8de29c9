"""Quotas: how each group of a campaign compares with its share under its rulebook before decisions are made, and who
competes. It is shown but never enforced; what happens in a tie is decided by the clause.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from aiohttp import web

from bot.campaign.concluded import Concluded, concluded_in
from bot.campaign.usable import usable
from bot.console.house import HOME, Page, Visit, to_newest
from bot.console.people import address, sight_of
from bot.turn.rooms.rated import rated_lists
from bot.web.house import house_of
from dialogs.core.handlers import Books
from rules.book.quota import Rated, Share
from rules.book.rulebook import Rulebook
from rules.campaign.deciding.quotas import GroupState, all_states, is_proposed
from rules.campaign.looking.wanted import Wanted, number_of
from rules.campaign.permissions import Action, may
from rules.nouns.alphabet import by_name
from rules.nouns.reviews import Campaign
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating, Subject
from storage.repositories.lists.overview import Readable

PATH = "/muc"

#: Groups on a page, and names in a group.
ON_A_PAGE, NAMED = 40, 12

#: Maximum number of competitors in a group for whom permission to be named is checked, and of reviews read at once.
_ASKED_ABOUT, _AT_ONCE = 40, 200

#: States of groups, in the order in which they need attention.
_ORDER = ("over", "full", "room")

#: The competitors' standings, by state of their review.
STANDINGS = ("decided", "proposed", "asking")


@dataclass(frozen=True, slots=True)
class Competitor:
    """Somebody who asks for the rating or has it; `standing`: one of STANDINGS."""

    name: str
    key: str
    unit: str
    standing: str


@dataclass(frozen=True, slots=True)
class QuotaGroup:
    """A group under a quota. `counts`: standing → number; `more`: number of competitors not named here."""

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
        """The group's name."""
        return self.book, self.rating, self.group, self.unit, self.leader

    @property
    def asked(self) -> int:
        """The number of competitors."""
        return sum(self.counts.values())

    @property
    def standing(self) -> str:
        """The state: more compete than the share allows (`over`), as many (`full`), or fewer (`room`)."""
        return "over" if self.asked > self.at_most else "full" if self.asked == self.at_most else "room"


@dataclass(frozen=True, slots=True)
class Contest:
    """A group as counted for all readers. `competing`: the competitors in the order in which they are named, with their
    standing; `members`: the reviews of everybody in the group.
    """

    group: QuotaGroup
    competing: Sequence[tuple[Rated, str]]
    members: frozenset[int]


async def newest(visit: Visit) -> web.StreamResponse:
    """The newest campaign; where there is none, its people."""
    return to_newest(visit, PATH)


async def show_quotas(visit: Visit) -> web.StreamResponse:
    """The groups of a campaign, those over their share first."""
    campaign = int(visit.request.match_info["campaign"])
    if campaign not in visit.campaigns:
        raise await visit.turn_away("quotas", campaign=campaign)
    counts = await visit.house.counts.of("quotas", campaign, lambda: _counted(visit, campaign))
    if counts is None:
        return visit.counting("quotas", campaign)
    seen = await _seen(visit, campaign)
    groups = [one for one in counts.value if seen is None or not one.members.isdisjoint(seen)]
    called = Counter(one.group.called for one in groups)
    groups = [replace(one, group=replace(one.group, alike=called[one.group.called] > 1)) for one in groups]
    pages = max(1, -(-len(groups) // ON_A_PAGE))
    page = min(max(1, number_of(visit.request.query.get("trang", ""))), pages)
    return visit.draw(
        "quotas.html",
        campaign=visit.campaigns[campaign],
        campaigns=visit.campaigns,
        parts=_by_book(await _named(visit, campaign, groups[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])),
        count=len(groups),
        pages=pages,
        page=page,
        to=lambda page: _path(visit, campaign, page),
        names=lambda one: address(visit, Wanted(dot=campaign), own=one.rating),
        now=counts.at.isoformat(),
    )


def _path(visit: Visit, campaign: int, page: int = 1) -> str:
    return f"{house_of(visit.request).settings.root}{HOME}{PATH}/{campaign}{f'?trang={page}' if page > 1 else ''}"


def _by_book(groups: Sequence[QuotaGroup]) -> list[tuple[str, list[QuotaGroup]]]:
    found: dict[str, list[QuotaGroup]] = {}
    for one in groups:
        found.setdefault(one.book, []).append(one)
    return [*found.items()]


async def _counted(visit: Visit, campaign: int) -> list[Contest]:
    """All groups, for all readers. Everybody in an office is processed, in a thread so that the chat continues."""
    books = visit.house.books
    parts = {one.rulebook: one for one in visit.campaigns[campaign] if usable(one, books) and books[one.edition].quotas}
    if not parts:
        return []
    async with visit.house.store.reading() as tx:
        lines = await tx.standings.of_campaign(campaign, visit.today)
        said = await concluded_in(tx, books, [campaign])
    whole = [one for one in lines if one.campaign.rulebook in parts]
    return await asyncio.to_thread(_contests, books, parts, whole, said)


def _contests(
    books: Books, parts: Mapping[str, Campaign], whole: Sequence[ReviewLine], said: Concluded
) -> list[Contest]:
    lines, asked = {one.review: one for one in whole}, _asked(books, whole, said)
    found = list[Contest]()
    for (_, rulebook), listed in rated_lists(books, whole, is_proposed, said).items():
        book = books[parts[rulebook].edition]
        found += [_contest(book, one, lines, asked, said) for one in all_states(book, listed)]
    return sorted(found, key=lambda one: _ORDER.index(one.group.standing))


async def _seen(visit: Visit, campaign: int) -> Collection[int] | None:
    """The reviews whose groups this reader may see; None: all, for the desk and for deciders."""
    if visit.oversight.whole or await _decides(visit, campaign):
        return None
    return {one.review for one in await visit.tx.overview.readable(sight_of(visit, campaign))}


async def _decides(visit: Visit, campaign: int) -> bool:
    deciders = (visit.oversight.person.id, *visit.oversight.acts_for)
    last = 0
    while some := await visit.tx.overview.to_decide(campaign, deciders, last, _AT_ONCE):
        lines = await visit.tx.standings.some(some, visit.today)
        if any(may(visit.oversight.to_review(one), Action.DECIDE) for one in lines):
            return True
        last = some[-1]
    return False


async def _named(visit: Visit, campaign: int, contests: Sequence[Contest]) -> list[QuotaGroup]:
    """The groups with the names this reader may see."""
    sight = sight_of(visit, campaign)
    if visit.oversight.whole:
        # People who may be named come first. In a large group, permission is checked for little more than the number
        # shown.
        wanted = {one.review for of in contests for one, _ in of.competing[:_ASKED_ABOUT]}
        known = {one.review: one for one in await visit.tx.overview.readable(sight, sorted(wanted))}
    else:
        known = {one.review: one for one in await visit.tx.overview.readable(sight)}
    return [_with_names(one, known) for one in contests]


def _with_names(of: Contest, known: Mapping[int, Readable]) -> QuotaGroup:
    may_be = ((one, how, known[one.review]) for one, how in of.competing if one.review in known)
    named = (
        Competitor(one.name, who.key, one.unit, how)
        for one, how, who in may_be
        if (who.ruled if how == "decided" else who.own)
    )
    some = [*islice(named, NAMED)]
    return replace(of.group, named=some, more=len(of.competing) - len(some))


def _asked(
    books: Books, whole: Sequence[ReviewLine], said: Concluded
) -> Mapping[tuple[int, Subject | None], Rating | None]:
    """Review → the ratings asked for by people who handed in, or by their unit's meeting, with what each rating is of."""
    lists = rated_lists(books, whole, lambda one: not one.owed, said)
    return {(line.review, line.subject): line.rating for listed in lists.values() for line in listed}


def _contest(
    book: Rulebook,
    of: GroupState,
    lines: Mapping[int, ReviewLine],
    asked: Mapping[tuple[int, Subject | None], Rating | None],
    said: Concluded,
) -> Contest:
    state, quota = of.state, of.state.share.quota
    wanting = [one for one in of.members if asked.get((one.review, one.subject)) is quota.rating]
    competing = [(one, standing(lines[one.review], said)) for one in wanting]
    competing.sort(key=lambda one: (STANDINGS.index(one[1]), by_name(one[0].name)))
    key = state.share.key
    group = QuotaGroup(
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
        counts={name: sum(how == name for _, how in competing) for name in STANDINGS},
    )
    return Contest(group, tuple(competing), frozenset(one.review for one in of.members))


def _tie(book: Rulebook, share: Share) -> str:
    """The rule for equal votes, where a ballot about this rating states it."""
    for one in book.ballots:
        form = book.forms.get(one.form)
        if one.tie and one.rating is share.quota.rating and (form is None or form.rates in {None, *share.subjects}):
            return one.tie
    return ""


def standing(line: ReviewLine, said: Concluded) -> str:
    """The standing, one of STANDINGS, of a review that was handed in."""
    return "decided" if line.decided else "proposed" if is_proposed(line) or said.get(line.review) else "asking"


PAGES = (Page(PATH, newest), Page(PATH + r"/{campaign:\d{1,9}}", show_quotas))
