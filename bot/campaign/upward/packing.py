"""What a unit would send up now: the papers of its list with their hashes, what is missing, and the ratings it
proposes.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from bot.campaign.concluded import OVER
from bot.campaign.dossiers.at_hand import Seated, files_at_hand, seated
from bot.campaign.results.tables import tables_of
from bot.campaign.rounds.points import Points, points_of
from bot.campaign.together import Together, together_in
from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.balloting.slips import Tally
from rules.book.dossier import DossierItem, Of
from rules.book.rulebook import Rulebook
from rules.book.upward import SendRule
from rules.campaign.assembling import AtHand, FileOf, From, Scope, assembled, has_dossier
from rules.campaign.deciding.quotas import is_proposed
from rules.judging.interview import has_rating, rating_questions
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.reviews import Campaign, Json
from rules.nouns.rounds import Talk
from rules.nouns.standings import ReviewLine
from rules.upward.package import About, Known, Listed, Minutes, Proposal, content, digest
from storage.repositories.documents import Standing
from storage.transaction import Transaction
from templates.documents.summaries.page import page_value, timeless


@dataclass(frozen=True, slots=True)
class Packing:
    """The data for assembling packages: the parts of a campaign, the office's units and meetings, and people's names."""

    parts: Sequence[Campaign]
    seats: Seated
    meetings: Sequence[Meeting]
    names: Mapping[int, str]
    above: str
    place: str


async def packing_of(tx: Transaction, books: Books, campaign: int, office: int) -> Packing | None:
    """The data of an open campaign of the office; None when there is none."""
    parts = [one for one in await tx.campaigns.of_office(office, is_open=True) if one.id == campaign]
    parts = [one for one in parts if usable(one, books)]
    if not parts:
        return None
    people = await tx.people.of_office(office)
    return Packing(
        parts,
        await seated(tx, parts[0].office),
        [one for one in await tx.meetings.of_office(office) if one.campaign == campaign],
        {one.id: one.name for one in people},
        await tx.units.above(office),
        (await tx.units.settings(office)).place,
    )


def goes_to(books: Books, parts: Sequence[Campaign]) -> SendRule | None:
    """To whom units send according to the text: from the first rulebook of the campaign that says so."""
    return next((rule for one in parts if (rule := books[one.edition].upward.sent)), None)


def due_day(books: Books, parts: Sequence[Campaign], *, office: bool = False) -> dt.date | None:
    """The due day that is shown: the plan's day for sending up, otherwise that of the dossier; for the `office` itself,
    that of the dossier for the outside authority.
    """
    of = Of.AUTHORITY if office else Of.UNIT
    dossiers = (one.timetable.get(books[one.edition].dossier_by.get(of, "")) for one in parts)
    sending = None if office else sending_day(books, parts)
    return sending or next((day for day in dossiers if day), None)


def sending_day(books: Books, parts: Sequence[Campaign]) -> dt.date | None:
    """The plan's day for sending up, if there is one. The day of the dossier is not used, since a dossier may lie ready
    and never be sent through this system.
    """
    rules = [(one, books[one.edition].upward.sent) for one in parts]
    days = (one.timetable.get(rule.by) for one, rule in rules if rule and rule.by)
    return next((day for day in days if day), None)


async def packed(tx: Transaction, books: Books, packing: Packing, unit: int, now: dt.datetime) -> dict[str, Json]:
    """The package of a unit; for the office itself, what goes to the outside authority, if a rulebook has a list for
    it.
    """
    lists, proposals, marks, tables = list[Listed](), list[Proposal](), dict[FileOf, str](), dict[FileOf, Json]()
    together = await together_in(tx, books, {one.id for one in packing.parts})
    for part in packing.parts:
        book = books[part.edition]
        kept = await files_at_hand(tx, book, part, packing.seats, now)
        scope = _scope(book, packing, unit)
        mine = [one for one in kept.lines if scope.holds(one)]
        standing = {one.review: one for one in await tx.documents.marks_in_force([one.review for one in mine])}
        kept = replace(kept, sent=frozenset(standing), tables=_tables(book, packing.seats, mine))
        found = [*_lists(book, scope, kept)]
        lists += found
        proposals += _proposals(book, packing.meetings, mine, standing, together)
        marks |= await _marks(tx, part, kept, found, standing)
        tables |= await _drawn(tx, books, part, found, [one.review for one in mine], now)
    rule, first = goes_to(books, packing.parts), packing.parts[0]
    outside = unit in packing.seats.top
    about = About(
        first.office,
        packing.above,
        packing.place,
        packing.seats.units.get(unit, ""),
        first.year,
        first.period,
        to=rule.to if rule and not outside else "",
        through=rule.through if rule and not outside else "",
        cite=rule.cite if rule and not outside else "",
    )
    marks |= {one: digest(page) for one, page in tables.items()}
    known = Known(lambda one: marks.get(one, ""), packing.names, tables)
    return content(about, lists, proposals, await _minutes(tx, packing, unit), known)


def _scope(book: Rulebook, packing: Packing, unit: int) -> Scope:
    outside = unit in packing.seats.top and book.dossier.get(Of.AUTHORITY)
    return Scope(Of.AUTHORITY) if outside else Scope(Of.UNIT, unit)


def _lists(book: Rulebook, scope: Scope, kept: AtHand) -> Iterator[Listed]:
    """The list for a unit; where the text has none, the list for each of its people."""
    items: Sequence[DossierItem] = book.dossier.get(scope.of, ())
    if items:
        yield Listed(book.title, assembled(items, scope, kept))
        return
    each = book.dossier.get(Of.PERSON, ())
    lines = [one for one in kept.lines if scope.holds(one)]
    for id_, person in has_dossier(each, lines).items():
        yield Listed(book.title, assembled(each, Scope(Of.PERSON, id_), kept), person.name)


def _tables(book: Rulebook, seats: Seated, mine: Sequence[ReviewLine]) -> dict[tuple[str, str], int]:
    """The tables that would be included."""
    units = {seats.units.get(one.person.unit_id, "") for one in mine}
    return {
        (table.key, unit): 0
        for table in book.summary_tables
        for unit in (units if table.per == "unit" else {""})
        if mine
    }


def _proposals(
    book: Rulebook,
    meetings: Sequence[Meeting],
    mine: Sequence[ReviewLine],
    standing: Mapping[int, Standing],
    together: Mapping[int, Together],
) -> Iterator[Proposal]:
    for one in mine:
        form = book.forms[one.form]
        if not has_rating(form):
            continue
        questions, item = rating_questions(form), _last_item(meetings, one.review)
        about = questions[-1].about if len(questions) > 1 else ""
        ratings, by = _proposed(one, about, item, together.get(one.review))
        said = item.conclusion if item and by == "meeting" else None
        kept = standing.get(one.review)
        yield Proposal(
            one.review,
            one.person.called,
            one.person.position,
            form.code,
            one.self_rating.value if one.self_rating and kept else "",
            ratings,
            by,
            kept.version if kept else 0,
            kept.fingerprint if kept else "",
            said.strengths if said else "",
            said.shortcomings if said else "",
        )


def _proposed(
    line: ReviewLine, about: str, item: Item | None, together: Together | None
) -> tuple[tuple[tuple[str, str], ...], str]:
    """The proposal: the joint one of a sheet, otherwise that of the unit's meeting, otherwise the self-ratings that the
    unit agreed to.
    """
    if together:
        return tuple((of, rating.value) for _, of, rating in together.ratings), "sheet"
    if item and item.conclusion and item.conclusion.ratings:
        return tuple((one.about, one.rating.value) for one in item.conclusion.ratings), "meeting"
    if line.self_rating and is_proposed(line):
        return ((about, line.self_rating.value),), "chain"
    return (), ""


def _last_item(meetings: Sequence[Meeting], review: int) -> Item | None:
    """The agenda item of the last finished meeting that concluded on the review; a meeting in progress may still reopen
    its conclusions.
    """
    held = (one for one in reversed(meetings) if one.status in OVER and not one.consults)
    return next((item for one in held if (item := one.item(review)) and item.conclusion), None)


async def _minutes(tx: Transaction, packing: Packing, unit: int) -> list[Minutes]:
    titles = {one.id: one.unit_name for one in packing.meetings if one.unit == unit and not one.consults}
    adopted = await tx.meetings.adopted(packing.parts[0].id)
    return [
        Minutes(one.id, one.number, titles[one.meeting_id], one.fingerprint)
        for one in adopted
        if one.unit_id == unit and one.meeting_id in titles
    ]


async def _marks(
    tx: Transaction, part: Campaign, kept: AtHand, lists: Sequence[Listed], standing: Mapping[int, Standing]
) -> dict[FileOf, str]:
    """File → its hash, for files that have one of their own."""
    enclosures = {one.id: one.sha256 for one in kept.enclosures}
    own = {one.id: one.sha256 for one in kept.own.values()}
    of_minutes = {one: await _of_minutes(tx, one) for one in (*(each for _, each in kept.minutes), *kept.cells)}
    find: Mapping[From, Callable[[FileOf], str]] = {
        From.DOCUMENT: lambda one: standing[one.id].fingerprint,
        From.ENCLOSURE: lambda one: enclosures.get(one.id, ""),
        From.OWN_TABLE: lambda one: own.get(one.id, ""),
        From.MINUTES: lambda one: of_minutes.get(one.id, ""),
    }
    files = _files(lists)
    found = {one: find[one.source](one) for one in files if one.source in find}
    for one in files:
        if one.source is From.ROUND and (talk := await tx.rounds.talk(one.id)):
            found[one] = await of_round(tx, talk)
        if one.source is From.COUNT and (result := await tx.polls.result(one.id)):
            found[one] = of_tally(result.tally)
    scored = [one for one in files if one.source is From.POINTS]
    points = (await points_of(tx, part.id, part.rulebook)).people if scored else {}
    return found | {one: of_points(points[one.id]) for one in scored}


def _files(lists: Sequence[Listed]) -> list[FileOf]:
    return [one for listed in lists for line in listed.lines for part in line.parts for one in part.files]


async def _drawn(
    tx: Transaction, books: Books, part: Campaign, lists: Sequence[Listed], mine: Sequence[int], now: dt.datetime
) -> dict[FileOf, Json]:
    """The summary tables of the lists as drawn now, without an instant. They are stored in the package, so that later
    figures do not change it.
    """
    wanted = dict.fromkeys(one for one in _files(lists) if one.source is From.TABLE)
    if not wanted:
        return {}
    whole = any(not one.unit for one in wanted)  # a table of the whole office counts everything
    found = await tables_of(tx, books, [part], now, only=None if whole else mine)
    made = {(one.table.key, one.unit): one for one in found.summaries}
    there = {one: made[one.key, one.unit] for one in wanted if (one.key, one.unit) in made}
    return {one: page_value(timeless(summary, found.made)) for one, summary in there.items()}


async def _of_minutes(tx: Transaction, minutes: int) -> str:
    found = await tx.meetings.minutes_by_id(minutes)
    return found.fingerprint if found else ""


async def of_round(tx: Transaction, talk: Talk) -> str:
    """The hash of everything in a round's table and papers: the draft, the people asked, their answers, and what became
    of these.
    """
    papers: list[Json] = [one.fingerprint for one in await tx.sheets.papers([talk.round.id])]
    return digest([asdict(replace(talk, settled={}, answers={})), *_said(talk), papers])


def _said(talk: Talk) -> tuple[Json, Json]:
    """The answers by person and place as lists, because JSON has no such keys."""
    return [asdict(one) for one in talk.answers.values()], [asdict(one) for one in talk.settled.values()]


def of_tally(tally: Tally) -> str:
    """The hash of a ballot's result."""
    return digest(asdict(tally))


def of_points(points: Points) -> str:
    """The hash of the points about somebody."""
    means: dict[str, Json] = {key: str(mean) for key, mean in points.means.items()}
    return digest([means, str(points.weighted)])
