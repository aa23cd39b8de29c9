"""Assembling dossiers: the state at one instant is arranged by the rulebook's list and written as a ZIP."""

import asyncio
import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.campaign.dossiers.at_hand import at_hand, seated
from bot.campaign.dossiers.points import points_pages
from bot.campaign.made import made_of
from bot.campaign.results.decisions import Decisions, decisions_of
from bot.campaign.results.tables import Tables, tables_of, weighed_by
from bot.campaign.rounds.table import page_of as round_page_of
from bot.campaign.usable import usable
from bot.clock import ZONE
from bot.documents.file_names import safe, untaken
from bot.documents.minutes import count_of, kept_files
from bot.documents.printing import files, kept_paper, printed
from bot.documents.sheets import printable
from dialogs.core.handlers import Books
from rules.book.dossier import Kept, Of, sets_for
from rules.campaign.assembling import (
    FileOf,
    From,
    LineThere,
    PartThere,
    Scope,
    assembled,
    has_dossier,
)
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from rules.nouns.text import folded
from storage.kept_files import KeptFiles
from storage.transaction import Transaction
from templates.documents.counts import count_page
from templates.documents.decisions.pdf import decision_pdf
from templates.documents.dossier import Particulars, contents_page
from templates.documents.record import opinions_pdf, petitions_pdf
from templates.documents.summaries.page import SummaryPage, page_of
from templates.documents.summaries.pdf import summary_pdf
from templates.documents.summaries.word import summary_docx
from templates.documents.summaries.workbook import workbook
from templates.documents.words import section

#: Maximum length of a folder name in bytes, so that paths in the ZIP are short enough for old programs.
_FOLDER = 90


@dataclass(frozen=True, slots=True)
class DossierList:
    """The list of one rulebook, evaluated."""

    about: Particulars
    lines: tuple[LineThere, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier: its lists (one for each rulebook of the campaign that has one), its tables, the roster keys of people,
    the version in force of each review, and the decisions.
    """

    campaign: Campaign
    lists: tuple[DossierList, ...]
    tables: Tables | None
    keys: Mapping[int, str] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    decisions: Decisions | None = None
    points: Mapping[int, SummaryPage] = field(default_factory=dict)


async def dossier_of(
    tx: Transaction, books: Books, parts: Sequence[Campaign], scope: Scope, now: dt.datetime
) -> Dossier:
    """The dossier as of this instant; without lists when no rulebook of the campaign has one for it."""
    at, office = now.astimezone(ZONE), await tx.units.office(parts[0].office) or 0
    people = {one.id: one for one in await tx.people.of_office(office)}
    keys, seats = await tx.people.keys(office), await seated(tx, parts[0].office)
    listing = [one for one in parts if usable(one, books) and books[one.edition].dossier.get(scope.of)]
    named = any(part.table for one in listing for item in books[one.edition].dossier[scope.of] for part in item.parts)
    tables = await tables_of(tx, books, listing, now) if named else None
    versions = {one.review: one.version for one in await tx.documents.in_force(parts[0].id)} if listing else {}
    ruled = any(
        one.kept is Kept.RULINGS
        for each in listing
        for item in books[each.edition].dossier[scope.of]
        for one in item.parts
    )
    decisions = await decisions_of(tx, books, listing, now) if ruled else None
    shared = Particulars(
        office=parts[0].office,
        above=await tx.units.above(office),
        place=(await tx.units.settings(office)).place,
        year=parts[0].year,
        period=parts[0].period,
        of=scope.of,
        unit=seats.units.get(scope.id, "") if scope.of is Of.UNIT else "",
        person=people.get(scope.id) if scope.of is Of.PERSON else None,
        rulebook="",
        at=at,
        names={id_: one.name for id_, one in people.items()},
        keys=keys,
        desk=seats.desk_unit,
    )
    lists, points = list[DossierList](), dict[int, SummaryPage]()
    for part in listing:
        book = books[part.edition]
        items = book.dossier[scope.of]
        kept = replace(
            await at_hand(tx, book, part, seats, now, tables, frozenset(versions)),
            decisions={review: number for review, (number, _) in decisions.of_review.items()} if decisions else {},
        )
        mine = [one for one in kept.lines if scope.holds(one)]
        if not mine or (scope.of is Of.PERSON and scope.id not in has_dossier(items, mine)):
            continue
        position = mine[0].person.position if scope.of is Of.PERSON else ""
        about = replace(
            shared,
            rulebook=book.title,
            sets=sets_for(book.dossier_sets, scope.of, position),
            person=mine[0].person if scope.of is Of.PERSON else None,
        )
        lists.append(DossierList(about, assembled(items, scope, kept)))
        asked = {
            one.id for line in lists[-1].lines for of in line.parts for one in of.files if one.source is From.POINTS
        }
        made = replace(await made_of(tx, part, now), weighed_by=await weighed_by(tx, [part]))
        points |= await points_pages(tx, books, part, asked, made, now)
    return Dossier(parts[0], tuple(lists), tables, keys, versions, decisions, points)


async def dossier_files(tx: Transaction, dossier: Dossier, handed: KeptFiles) -> AsyncIterator[tuple[str, bytes]]:
    """The files of the dossier as (path, content): contents pages first, checksums last. They are made one at a time."""
    sums, taken = list[str](), defaultdict[str, set[str]](set)
    for listed in dossier.lists:
        below = f"{short_title(listed.about.rulebook)}/" if len(dossier.lists) > 1 else ""
        page = contents_page(listed.lines, listed.about)
        named = below + section("dossier")["contents_file"]
        made = [
            (f"{named}.docx", await asyncio.to_thread(summary_docx, page)),
            (f"{named}.pdf", await asyncio.to_thread(summary_pdf, [page])),
        ]
        for path, content in made:
            sums.append(checksum(path, content))
            yield path, content
        for number, line in enumerate(listed.lines, start=1):
            folder = f"{below}{number:02} {short_title(line.item.title)}/"
            async for ending, stem, content in _of_line(tx, dossier, line, handed):
                path = untaken(folder + stem, taken[ending])
                taken[ending].add(folded(path))
                path = f"{path}.{ending}"
                sums.append(checksum(path, content))
                yield path, content
    yield "SHA256SUMS", "".join(sums).encode()


def short_title(title: str) -> str:
    """The title as a folder name: without bracketed parts, and cut between words."""
    plain = " ".join(re.sub(r"\([^()]*\)", " ", title).split()).replace(" ,", ",").replace(" ;", ";") or title
    name = safe(plain, _FOLDER)
    return name if len(plain.encode()) <= _FOLDER else name.rpartition(" ")[0].rstrip(" ,;-") or name


def checksum(path: str, content: bytes) -> str:
    """A line of SHA256SUMS."""
    return f"{hashlib.sha256(content).hexdigest()}  {path}\n"


async def _of_line(
    tx: Transaction, dossier: Dossier, line: LineThere, handed: KeptFiles
) -> AsyncIterator[tuple[str, str, bytes]]:
    several = len(line.parts) > 1
    for there in line.parts:
        for one in there.files:
            stem = safe(_stem(dossier, there, one, titled=several))
            for ending, content in await _contents(tx, dossier, one, handed):
                yield ending, stem, content
            for paper in await tx.sheets.papers([one.id]) if one.source is From.ROUND else ():
                signed = printable(paper)
                (file,) = await printed(signed, ("docx",))
                yield "docx", signed.stem, file.content
            if one.source is From.RULED and dossier.decisions and (page := dossier.decisions.extract(one.id)):
                extract = safe(f"{stem} - {section('decision')['extract_file']}")
                yield "pdf", extract, await asyncio.to_thread(decision_pdf, [page])


def _stem(dossier: Dossier, there: PartThere, one: FileOf, *, titled: bool) -> str:
    """The stem of a file's name: whose it is, or what it is where a line has several papers or no owner."""
    if one.source is From.DECISION and dossier.decisions:
        return dossier.decisions.called(one.id)
    keys = dossier.keys
    whose = f"{keys.get(one.person.id, '')} {one.person.name}".strip() if one.person else one.unit
    parts = [whose, there.part.title if titled or not whose else ""]
    return " - ".join(part for part in parts if part)


async def _contents(tx: Transaction, dossier: Dossier, one: FileOf, handed: KeptFiles) -> list[tuple[str, bytes]]:
    match one.source:
        case From.DOCUMENT | From.RULED:
            return await _document(tx, one.id, dossier.versions[one.id])
        case From.PETITIONS | From.OPINIONS:
            return [("pdf", await _record(tx, dossier.campaign, one))]
        case From.DECISION:
            assert dossier.decisions is not None, "one was listed"
            return [("pdf", await asyncio.to_thread(decision_pdf, [dossier.decisions.page(one.id)]))]
        case From.TABLE:
            return await asyncio.to_thread(_table, dossier, one)
        case From.ROUND | From.POINTS:
            return await _of_sheets(tx, dossier, one)
        case From.COUNT | From.MINUTES:
            return await _of_meeting(tx, dossier, one)
        case From.ENCLOSURE | From.OWN_TABLE:
            return [await _handed(tx, one, handed)]


async def _of_sheets(tx: Transaction, dossier: Dossier, one: FileOf) -> list[tuple[str, bytes]]:
    """The table of a round, or the combined points about a person, as a workbook and as a Word file."""
    name = section("rounds")["title"].capitalize()
    if one.source is From.POINTS:
        page = dossier.points[one.id]
    else:
        talk = await tx.rounds.talk(one.id)
        assert talk is not None, "it was listed in this transaction"
        page = await round_page_of(tx, talk, dossier.lists[0].about.at)
    return await asyncio.to_thread(lambda: [("xlsx", workbook([(name, page)])), ("docx", summary_docx(page))])


async def _of_meeting(tx: Transaction, dossier: Dossier, one: FileOf) -> list[tuple[str, bytes]]:
    """Adopted minutes, or the record of a count, whether it was held in a meeting or on its own."""
    if one.source is From.COUNT:
        return await _count(tx, dossier, one)
    minutes = await tx.meetings.minutes_by_id(one.id)
    assert minutes is not None, "it was listed in this transaction"
    return await asyncio.to_thread(kept_files, minutes.content, minutes.number, minutes.fingerprint)


async def _count(tx: Transaction, dossier: Dossier, one: FileOf) -> list[tuple[str, bytes]]:
    """The record of a count, with its figures as in minutes."""
    poll, result = await tx.polls.get(one.id), await tx.polls.result(one.id)
    assert poll is not None, "it was listed in this transaction"
    assert result is not None, "it was listed in this transaction"
    about = dossier.lists[0].about
    page = count_page(count_of(poll, result.tally), about, one.unit)
    return await asyncio.to_thread(lambda: [("pdf", summary_pdf([page])), ("docx", summary_docx(page))])


async def _handed(tx: Transaction, one: FileOf, handed: KeptFiles) -> tuple[str, bytes]:
    """A file as it was handed in."""
    kept = await (tx.enclosures if one.source is From.ENCLOSURE else tx.own_tables).one(one.id)
    assert kept is not None, "it was listed in this transaction"
    return kept.kind, await asyncio.to_thread(handed.content, kept.sha256)


async def _document(tx: Transaction, review: int, version: int) -> list[tuple[str, bytes]]:
    printable = await kept_paper(tx, review, version, 0)
    assert printable is not None, "it is in force"
    return [(one.kind, one.content) for one in await asyncio.to_thread(files, printable, ("pdf",))]


async def _record(tx: Transaction, campaign: Campaign, one: FileOf) -> bytes:
    person: Person | None = one.person
    assert person is not None, "it is of a review"
    if one.source is From.OPINIONS:
        opinions = await tx.opinions.about((one.id,))
        return await asyncio.to_thread(opinions_pdf, campaign.office, person, opinions)
    petitions = await tx.rulings.petitions_of((one.id,))
    names = await tx.people.names([each.answered_by for each in petitions if each.answered_by])
    return await asyncio.to_thread(petitions_pdf, campaign.office, person, petitions, names)


def _table(dossier: Dossier, one: FileOf) -> list[tuple[str, bytes]]:
    assert dossier.tables is not None, "a table was listed"
    found = next(each for each in dossier.tables.summaries if each.table.key == one.key and each.unit == one.unit)
    page = page_of(found, dossier.tables.made)
    return [("xlsx", workbook([(found.table.title, page)])), ("pdf", summary_pdf([page]))]
