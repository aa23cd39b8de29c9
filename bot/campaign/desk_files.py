"""Desk files: files that an office's desk receives in chat. A new kind needs an entry in DESK_FILES and a reply that
names it.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from bot.campaign.dossiers.handing_out import enclosure_file
from bot.campaign.dossiers.minutes import minutes_file
from bot.campaign.inquiries.blanks import blanks
from bot.campaign.inquiries.handing_out import answer_file, last_slip, scan_file, slip_file, slips_file
from bot.campaign.months.sent import months_of, workbook_of
from bot.campaign.own_templates import forms_of, sample_of
from bot.campaign.polls.blanks import blank_file
from bot.campaign.results.decisions import decisions_of
from bot.campaign.results.own_tables import own_table_file
from bot.campaign.results.tables import Tables, tables_of, tables_pdf, tables_pieces, tables_workbook
from bot.campaign.roster.exporting import workbook
from bot.campaign.rounds.blank import blank_slip
from bot.campaign.rounds.file import file_sent
from bot.campaign.rounds.papers import paper_of_all, papers_of_each
from bot.campaign.rounds.table import round_sheet, round_word
from bot.campaign.upward.handing_out import cover_file
from bot.campaign.usable import usable
from bot.clock import now
from bot.documents.joining import packed
from bot.door.channel import Document
from bot.ledgers.template import catalogue_workbook, work_workbook
from bot.personal.copying import all_of, as_json, as_page
from bot.reading.parent import together
from dialogs.core.handlers import Books
from dialogs.core.stamps import seal
from dialogs.core.turn import DeskFile
from rules.book.procedure import Role
from rules.book.rulebook import Rulebook
from rules.campaign.permissions import Action, Relation, may, relations_to_office
from rules.campaign.summarising import Result
from rules.nouns.errors import RosterErrors
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from rules.nouns.text import folded
from storage.kept_files import KeptFiles, Lost
from storage.store import Store
from storage.transaction import Transaction
from templates.documents.decisions.page import DecisionPage
from templates.documents.decisions.pdf import decision_pdf
from templates.documents.decisions.word import decision_docx
from templates.documents.word.paper import generic
from templates.documents.word.template import WordTemplateError

#: A function that writes the file, with all data already read. It runs in a thread, where it may take seconds.
Writing = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Joining:
    """A PDF in pieces: a function for each piece of ours, the SHA-256 for each piece handed in by the office."""

    pieces: Sequence[Writing | str]


@dataclass(frozen=True, slots=True)
class Making:
    """How a desk file is made: who may have it, its name, and what is read of the office (given its id). The name may
    continue after an underscore with whom it is about. `held`: relations everybody has to the file; SELF: it is about
    whoever asks.
    """

    action: Action
    file_name: str
    read: Callable[[Transaction, Books, int, str], Awaitable[Writing | Joining]]
    held: frozenset[Relation] = frozenset()


async def _roster(tx: Transaction, _: Books, office: int, __: str) -> Writing:
    return partial(workbook, (await tx.rosters.kept(office)).present)


async def _catalogue(tx: Transaction, _: Books, office: int, __: str) -> Writing:
    kept = await tx.ledgers.catalogue(office)
    return partial(catalogue_workbook, kept.products if kept else ())


async def _months(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    """The months of a person of this office; `about` is their id and the year."""
    person, _, year = about.partition("_")
    people = await tx.people.keys(office)
    if not person.isdecimal() or int(person) not in people or not (year.isdecimal() and len(year) == 4):
        raise LookupError(about)
    return partial(workbook_of, await months_of(tx, books, int(person), int(year)))


async def _work(tx: Transaction, _: Books, office: int, __: str) -> Writing:
    return await work_writing(tx, office)


async def work_writing(tx: Transaction, office: int) -> Writing:
    """The work sheet, empty except for an example, with the codes of the office's people and products."""
    keys = await tx.people.keys(office)
    people = [(keys[one.id], one.name, one.unit) for one in await tx.people.of_office(office) if one.id in keys]
    return partial(work_workbook, await tx.ledgers.catalogue(office), people)


async def _tables(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    return partial(tables_workbook, await _tables_of(tx, books, office, about))


async def _tables_pdf(tx: Transaction, books: Books, office: int, about: str) -> Joining:
    return Joining(tables_pieces(await _tables_of(tx, books, office, about)))


async def _tables_of(tx: Transaction, books: Books, office: int, about: str) -> Tables:
    """The tables of a campaign of this office; `about` is its number."""
    parts = [one for one in await _usable_parts(tx, books, office) if str(one.id) == about]
    if not any(books[one.edition].summary_tables for one in parts):
        raise LookupError(about)
    return await tables_of(tx, books, parts, now())


async def _decision(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    return partial(decision_docx, await _decisions(tx, books, office, about))


async def _decision_pdf(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    return partial(decision_pdf, await _decisions(tx, books, office, about))


async def _decisions(tx: Transaction, books: Books, office: int, about: str) -> list[DecisionPage]:
    """The decisions of a campaign of this office; `about` is its number."""
    parts = [one for one in await _usable_parts(tx, books, office) if str(one.id) == about]
    pages = [*(await decisions_of(tx, books, parts, now())).pages()] if parts else []
    if not pages:
        raise LookupError(about)
    return pages


async def _own_decision(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    return partial(decision_docx, await _own_decisions(tx, books, office, about))


async def _own_decision_pdf(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    return partial(decision_pdf, await _own_decisions(tx, books, office, about))


async def _own_decisions(tx: Transaction, books: Books, office: int, about: str) -> list[DecisionPage]:
    """The decisions by this person, in the newest campaign in which they made any."""
    every, key = await _usable_parts(tx, books, office), await tx.people.key_of(int(about))
    for campaign in sorted({one.id for one in every}, reverse=True):
        found = await decisions_of(tx, books, [one for one in every if one.id == campaign], now(), key)
        if key and found.every:
            return [*found.pages()]
    raise LookupError(about)


async def _usable_parts(tx: Transaction, books: Books, office: int) -> list[Campaign]:
    every = [one for is_open in (True, False) for one in await tx.campaigns.of_office(office, is_open=is_open)]
    return [one for one in every if usable(one, books)]


async def _unit_tables(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    return partial(tables_workbook, await _of_unit(tx, books, office, int(about)))


async def _unit_tables_pdf(tx: Transaction, books: Books, office: int, about: str) -> Writing:
    return partial(tables_pdf, await _of_unit(tx, books, office, int(about)))


async def _of_unit(tx: Transaction, books: Books, office: int, person: int) -> Tables:
    """The tables of the unit this person heads, in the newest campaign that has some. Decisions appear only where the
    rulebook tells the head of them.
    """
    head, every = await tx.people.get(person), await _usable_parts(tx, books, office)
    for campaign in sorted({one.id for one in every}, reverse=True) if head.head else ():
        parts = [one for one in every if one.id == campaign]
        found = await tables_of(tx, books, parts, now(), partial(as_head_reads, head))
        mine = tuple(one for one in found.summaries if one.unit and folded(one.unit) == folded(head.unit))
        if mine:
            return replace(found, summaries=mine)
    raise LookupError(person)


def as_head_reads(head: Person, book: Rulebook, one: Result) -> Result:
    """A result as the head of the unit may read it: with the decision only where the rulebook tells the head of it."""
    told = any(rule.to is Role.UNIT_HEAD for rule in book.told)
    if told or one.person == head.id:
        return one
    return replace(one, decided=False, rating=None, decided_on=None, decided_by="", paper="", points={}, weighted=None)


async def _own_page(tx: Transaction, _: Books, __: int, about: str) -> Writing:
    return partial(as_page, await all_of(tx, int(about), now()))


async def _own_json(tx: Transaction, _: Books, __: int, about: str) -> Writing:
    return partial(as_json, await all_of(tx, int(about), now()))


async def _word_base(_: Transaction, __: Books, ___: int, ____: str) -> Writing:
    return generic


async def _word_sample(tx: Transaction, books: Books, _: int, about: str) -> Writing:
    """A sample of the form whose template this person hands in, filled with fictitious data."""
    who, at = await tx.people.get(int(about)), now()
    upload, focus = await tx.uploads.of_person(who.id, at), await tx.conversations.focus(who.id) or {}
    form = (await forms_of(tx, books, who.office)).get(str(focus.get("form", "")))
    if upload is None or form is None:
        raise LookupError(about)
    return partial(sample_of, form, who.office, at.year, upload.content)


async def _word_own(tx: Transaction, _: Books, office: int, about: str) -> Writing:
    """The template in use for a form, as it was handed in; `about` is its hash."""
    for one in await tx.templates.in_use(office):
        if seal(one.form) == about and (content := await tx.templates.content(one.sha256)) is not None:
            return lambda: content
    raise LookupError(about)


_SELF = frozenset({Relation.SELF})
#: Files about one's own unit or own decisions, which contain nothing about others.
_HEAD = frozenset({Relation.UNIT_HEAD})
_DECIDER = frozenset({Relation.AUTHORITY})

#: `dialogs.core.turn.DeskFile.name` → how the file is made.
DESK_FILES: Mapping[str, Making] = {
    "roster": Making(Action.IMPORT_ROSTER, "Danh sách.xlsx", _roster),
    "catalogue": Making(Action.KEEP_CATALOGUE, "Danh mục.xlsx", _catalogue),
    "months": Making(Action.RECORD_OUTSIDE, "Điểm tháng.xlsx", _months),
    "work": Making(Action.IMPORT_WORK, "Việc được giao.xlsx", _work),
    "tables": Making(Action.READ_RATING, "Biểu tổng hợp.xlsx", _tables),
    "tablespdf": Making(Action.READ_RATING, "Biểu tổng hợp.pdf", _tables_pdf),
    "decision": Making(Action.READ_RATING, "Quyết định.docx", _decision),
    "decisionpdf": Making(Action.READ_RATING, "Quyết định.pdf", _decision_pdf),
    "owndecision": Making(Action.READ_RATING, "Quyết định.docx", _own_decision, _DECIDER),
    "owndecisionpdf": Making(Action.READ_RATING, "Quyết định.pdf", _own_decision_pdf, _DECIDER),
    "unittables": Making(Action.READ_PROGRESS, "Biểu của đơn vị.xlsx", _unit_tables, _HEAD),
    "unittablespdf": Making(Action.READ_PROGRESS, "Biểu của đơn vị.pdf", _unit_tables_pdf, _HEAD),
    "wordbase": Making(Action.OPEN_CAMPAIGN, "Mẫu chung.docx", _word_base),
    "wordown": Making(Action.OPEN_CAMPAIGN, "Mẫu đang dùng.docx", _word_own),
    "wordsample": Making(Action.OPEN_CAMPAIGN, "Bản điền thử.docx", _word_sample, _SELF),
    "inquiryblanks": Making(Action.ASK_OUTSIDE, "Phiếu nhận xét để trắng.pdf", blanks),
    "owndata": Making(Action.READ_DATA, "Dữ liệu của tôi.html", _own_page, _SELF),
    "ownjson": Making(Action.READ_DATA, "Dữ liệu của tôi.json", _own_json, _SELF),
}

#: The same for files whose name says whom they are about, and whose maker checks permissions.
OF_ONE: Mapping[str, Callable[[Transaction, int, str, KeptFiles, dt.datetime], Awaitable[Sequence[Document]]]] = {
    "enclosure": enclosure_file,
    "inquiry": partial(answer_file, kind="docx"),
    "inquirypdf": partial(answer_file, kind="pdf"),
    "inquiryscan": scan_file,
    "inquiryslip": slip_file,
    "inquirylast": last_slip,
    "inquiryslips": slips_file,
    "owntable": own_table_file,
    "round": round_sheet,
    "roundfile": file_sent,
    "roundblank": partial(blank_slip, kind="docx"),
    "roundblankpdf": partial(blank_slip, kind="pdf"),
    "roundword": round_word,
    "sentup": partial(cover_file, kind="pdf"),
    "sentupword": partial(cover_file, kind="docx"),
    "roundpaper": paper_of_all,
    "roundpapers": papers_of_each,
    "blank": partial(blank_file, kind="docx"),
    "blankpdf": partial(blank_file, kind="pdf"),
    "minutes": partial(minutes_file, kind="docx"),
    "minutespdf": partial(minutes_file, kind="pdf"),
}


async def desk_file(
    store: Store, books: Books, person: int, wanted: DeskFile, handed: KeptFiles, at: dt.datetime
) -> Sequence[Document]:
    """The file of the person's own office; empty when there is no such file or they may not have it."""
    name, _, about = wanted.name.partition("_")
    if own := OF_ONE.get(name):
        async with store.reading() as tx:
            return await own(tx, person, about, handed, at)
    making = DESK_FILES.get(name)
    if making is None:
        return ()
    async with store.instant() as tx:
        who = await tx.people.get(person)
        if not may(relations_to_office(who, who.office) | making.held, making.action):
            return ()
        try:
            subject = str(person) if making.held else about
            writing = await making.read(tx, books, await tx.units.office_of(person), subject)
        except LookupError:
            return ()
    try:
        content = await (_joined(writing, handed) if isinstance(writing, Joining) else asyncio.to_thread(writing))
    except WordTemplateError:  # a form for which the sample fails has none
        return ()
    return (Document(making.file_name.rpartition(".")[2], making.file_name, content),)


async def _joined(wanted: Joining, handed: KeptFiles) -> bytes:
    """All pieces as one PDF. Pieces that are missing are left out, and so are the office's where they are too large;
    our pages name them.
    """
    ours, pieces = list[Callable[[], bytes]](), list[bytes]()
    for one in wanted.pieces:
        if isinstance(one, str):
            with suppress(Lost):
                pieces.append(await asyncio.to_thread(handed.content, one))
        else:
            ours.append(one)
            pieces.append(await asyncio.to_thread(one))
    if len(pieces) == 1:
        return pieces[0]
    try:
        return await together(await asyncio.to_thread(packed, pieces))
    except RosterErrors:
        return await together(await asyncio.to_thread(packed, [await asyncio.to_thread(one) for one in ours]))
