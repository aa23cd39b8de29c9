"""Summary tables of a campaign, made from data of one instant and written as workbooks and PDFs."""

import asyncio
import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.campaign.made import made_of
from bot.campaign.results.kept import results_of
from bot.campaign.results.own_tables import own_of
from bot.campaign.usable import usable
from bot.documents.file_names import safe, untaken
from bot.documents.taking_out import meant
from bot.writing import write_whole
from dialogs.core.handlers import Books
from rules.book.rulebook import Rulebook
from rules.campaign.summarising import Result, Summary, summaries
from rules.nouns.errors import NamedCaseError
from rules.nouns.reviews import Campaign
from rules.nouns.text import folded
from storage.kept_files import KeptFiles, Lost
from storage.store import Store
from storage.transaction import Transaction
from templates.documents.summaries.page import Made, SummaryPage, own_page, own_words, page_of
from templates.documents.summaries.pdf import summary_pdf
from templates.documents.summaries.workbook import workbook
from templates.documents.words import period_words


@dataclass(frozen=True, slots=True)
class Tables:
    """All summary tables of a campaign, with the particulars printed on each."""

    campaign: Campaign
    made: Made
    summaries: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How many tables were written, in how many folders."""

    tables: int
    folders: int


async def tables_of(
    tx: Transaction,
    books: Books,
    parts: Sequence[Campaign],
    now: dt.datetime,
    seen: Callable[[Rulebook, Result], Result] = lambda _, one: one,
    only: Collection[int] | None = None,
) -> Tables:
    """The tables of all parts of a campaign whose rulebooks have any, in order. `seen`: filters what the recipient may
    read of a result; `only`: these reviews.
    """
    first, found, before = parts[0], list[Summary](), False
    office = await tx.units.office(first.office)
    for part in parts:
        book = books[part.edition]
        if not book.summary_tables:
            continue
        results = [seen(book, one) for one in await results_of(tx, books, part.id, part.rulebook, now.date(), only)]
        past = await _year_before(tx, books, office, part, now.date())
        before = before or past is not None
        own, made = await own_of(tx, part), summaries(book, results, past)
        found += (replace(one, own=own.get(one.table.key)) if one.table.replaceable else one for one in made)
    made_ = replace(await made_of(tx, first, now), year_before=before, weighed_by=await weighed_by(tx, parts))
    return Tables(first, made_, tuple(found))


async def weighed_by(tx: Transaction, parts: Sequence[Campaign]) -> str:
    """The paper that sets the weights of points in these parts; "" when there is none."""
    weights = [await tx.sheets.weights(part.id, part.rulebook) for part in parts]
    return next((one.source for one in weights if one), "")


async def parts_of(tx: Transaction, books: Books, campaign: Campaign) -> list[Campaign]:
    """The parts of a campaign whose rulebook can be loaded. Raises CaseError when none can."""
    office = await tx.units.office(campaign.office)
    every = [
        one
        for is_open in (True, False)
        for one in await tx.campaigns.of_office(office or 0, is_open=is_open)
        if one.id == campaign.id
    ]
    parts = [one for one in every or [campaign] if usable(one, books)]
    if not parts:
        raise NamedCaseError("book_of_campaign", rulebook=campaign.rulebook)
    return parts


async def _year_before(
    tx: Transaction, books: Books, office: int | None, part: Campaign, today: dt.date
) -> list[Result] | None:
    """The results of the same period a year earlier, under whatever rulebooks; None when there was no such campaign."""
    if office is None:
        return None
    every = [one for is_open in (True, False) for one in await tx.campaigns.of_office(office, is_open=is_open)]
    past = [one for one in every if (one.year, one.period) == (part.year - 1, part.period)]
    if not past:
        return None
    return [one for each in past for one in await results_of(tx, books, each.id, each.rulebook, today)]


async def write_tables(
    store: Store, books: Books, handed: KeptFiles, folder: Path, called: int | None, unit: str, now: dt.datetime
) -> Written:
    """Write the tables of a campaign (None: the only one) into `folder` as XLSX and PDF, those of a unit in a folder
    with its name. Existing files are overwritten. An own table is written as it was handed in, and an earlier file with
    the generic table is removed. Raises CaseError.
    """
    async with store.instant() as tx:
        campaign = await meant(tx, called)
        parts = await parts_of(tx, books, campaign)
        tables = await tables_of(tx, books, parts, now)
    # File names must not depend on what else is written.
    wanted = [(place, one) for place, one in named(tables) if not unit or folded(one.unit) == folded(unit)]
    if not wanted:
        raise _nothing(tables, unit)
    try:
        await asyncio.to_thread(_write, folder, tables.made, wanted, handed)
    except Lost as lost:
        raise NamedCaseError("own_table_lost", sha256=lost.sha256) from lost
    return Written(len(wanted), len({place.parent for place, _ in wanted}))


def tables_workbook(tables: Tables) -> bytes:
    """All tables as one workbook, one worksheet each, named by unit or title. For an own table the worksheet says so."""
    pages = [own_words(one.own, tables.made) if one.own else page_of(one, tables.made) for one in tables.summaries]
    sheets = [one.unit or f"{one.table.code} {one.table.title}".strip() for one in tables.summaries]
    return workbook([*zip(sheets, pages, strict=True)])


def tables_pdf(tables: Tables) -> bytes:
    """All tables as one PDF, each on pages of its own."""
    return summary_pdf([_page(one, tables.made) for one in tables.summaries])


def tables_pieces(tables: Tables) -> list[Callable[[], bytes] | str]:
    """The PDF in pieces: the page that names an own table is followed by its SHA-256."""
    pieces: list[Callable[[], bytes] | str] = []
    pages: list[SummaryPage] = []
    for one in tables.summaries:
        pages.append(_page(one, tables.made))
        if one.own and one.own.kind == "pdf":
            pieces += [partial(summary_pdf, tuple(pages)), one.own.sha256]
            pages.clear()
    return [*pieces, partial(summary_pdf, tuple(pages))] if pages else pieces


def _page(one: Summary, made: Made) -> SummaryPage:
    return own_page(one, one.own, made) if one.own else page_of(one, made)


def named(tables: Tables) -> Iterator[tuple[Path, Summary]]:
    """Every summary with its file name without suffix: in the folder of its unit and numbered in the order of the
    rulebook. Names are unique, even on file systems that ignore case.
    """
    order = {
        key: number for number, key in enumerate(dict.fromkeys(one.table.key for one in tables.summaries), start=1)
    }
    folders, taken = dict[str, str](), set[str]()
    for one in tables.summaries:
        if one.unit and one.unit not in folders:
            folders[one.unit] = untaken(safe(one.unit), {folded(name) for name in folders.values()})
        code = f"{one.table.code} - " if one.table.code else ""
        below = Path(folders[one.unit]) if one.unit else Path()
        name = untaken(str(below / safe(f"{order[one.table.key]:02}. {code}{one.table.title}")), taken)
        taken.add(folded(name))
        yield Path(name), one


#: The formats in which our tables are written.
_OURS = frozenset({"xlsx", "pdf"})


def _write(folder: Path, made: Made, wanted: Sequence[tuple[Path, Summary]], handed: KeptFiles) -> None:
    for place, one in wanted:
        written = dict(_files(one, made, handed))
        for kind, content in written.items():
            file = folder / place.with_name(f"{place.name}.{kind}")
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, content)
        # Written before the office's file stood for it: of two nobody knows which counts.
        for kind in _OURS - written.keys():
            (folder / place.with_name(f"{place.name}.{kind}")).unlink(missing_ok=True)


def _files(one: Summary, made: Made, handed: KeptFiles) -> Iterator[tuple[str, bytes]]:
    if one.own:
        yield one.own.kind, handed.content(one.own.sha256)
        return
    page = page_of(one, made)
    yield "xlsx", workbook([(page.title.capitalize(), page)])
    yield "pdf", summary_pdf([page])


def _nothing(tables: Tables, unit: str) -> NamedCaseError:
    of_campaign = {"period": period_words(tables.made.year, tables.made.period), "office": tables.made.office}
    units = list(dict.fromkeys(one.unit for one in tables.summaries if one.unit))
    if not tables.summaries:
        return NamedCaseError("no_summary_tables", **of_campaign)
    if not units:
        return NamedCaseError("no_tables_of_units", **of_campaign)
    return NamedCaseError("table_of_unit", **of_campaign, unit=unit, known=", ".join(f"“{one}”" for one in units))
