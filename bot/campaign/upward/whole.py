"""A complete package as one ZIP: every paper as it was sealed in that version, whatever was sent or said since."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.campaign.dossiers.assembling import checksum, short_title
from bot.campaign.dossiers.points import points_pages
from bot.campaign.made import made_of
from bot.campaign.results.tables import weighed_by
from bot.campaign.rounds.points import points_of
from bot.campaign.rounds.table import page_of as round_page_of
from bot.campaign.upward.handing_out import cover_of, read_by
from bot.campaign.upward.packing import of_points, of_round, of_tally
from bot.campaign.usable import usable
from bot.clock import ZONE
from bot.documents.content import read
from bot.documents.file_names import safe, untaken
from bot.documents.minutes import count_of, kept_files
from bot.documents.printing import called_by, composed_of, files, shown_on, template_of
from bot.documents.sheets import printable
from bot.documents.zipping import zipped
from dialogs.core.handlers import Books
from dialogs.core.turn import SentPapers
from rules.campaign.assembling import From
from rules.nouns.text import folded
from rules.upward.package import sealed_text, table_in
from rules.upward.standing import SentUp
from storage.kept_files import KeptFiles, Lost
from storage.store import Store
from storage.transaction import Transaction
from templates.documents.counts import count_page
from templates.documents.instants import as_of
from templates.documents.summaries.page import SummaryPage, page_kept, with_moment
from templates.documents.summaries.pdf import summary_pdf
from templates.documents.summaries.word import summary_docx
from templates.documents.summaries.workbook import workbook
from templates.documents.upward import proposals_page
from templates.documents.words import section

_Kept = Mapping[str, Any]
#: A file: name without suffix, suffix, content.
_File = tuple[str, str, bytes]


#: The kinds that are handed out exactly as they came.
_HANDED_IN = frozenset({From.ENCLOSURE, From.OWN_TABLE})


@dataclass(frozen=True, slots=True)
class SentParcel:
    """A version that is handed out while it is being assembled. `name`: its file name; `mark`: equal for equal bytes."""

    name: str
    mark: str
    sent_up: int

    async def pieces(self, store: Store, books: Books, handed: KeptFiles) -> AsyncIterator[bytes]:
        """The ZIP in pieces; only one of its files is in memory."""
        async with store.instant() as tx:
            async for piece in zipped(_files(tx, books, self.sent_up, handed)):
                yield piece


async def sent_parcel(tx: Transaction, person: int, wanted: SentPapers, today: dt.date) -> SentParcel | None:
    """The parcel of a version; None when the person may not read it."""
    found = await read_by(tx, person, wanted.sent_up, today)
    if found is None or found.one.campaign != wanted.campaign:
        return None
    name = safe(f"Hồ sơ gửi lên - {found.kept['unit']} - bản {found.version}")
    return SentParcel(f"{name}.zip", found.one.fingerprint[:32], found.one.id)


async def _files(tx: Transaction, books: Books, sent_up: int, handed: KeptFiles) -> AsyncIterator[tuple[str, bytes]]:
    """The cover sheet, the papers in the folders of their lines, minutes outside the list, the sealed value, and
    checksums.
    """
    one, kept = await tx.sent_ups.one(sent_up), await tx.sent_ups.content(sent_up)
    assert one is not None, "it was found before"
    assert kept is not None, "it was found before"
    words, sums, taken, gone = section("upward"), list[str](), defaultdict[str, set[str]](set), list[str]()
    made = _Making(tx, books, handed, one, kept)

    async def everything() -> AsyncIterator[tuple[str, _File]]:
        for kind in ("docx", "pdf"):
            yield "", (words["cover_file"], kind, _then(kind, await cover_of(tx, one, kept, kind), one.at))
        async for place in made.papers(gone):
            yield place

    async for folder, (stem, kind, content) in everything():
        path = untaken(folder + safe(stem), taken[kind])
        taken[kind].add(folded(path))
        sums.append(checksum(f"{path}.{kind}", content))
        yield f"{path}.{kind}", content
    if gone:
        told = "\n".join([words["gone"], *gone, ""]).encode()
        sums.append(checksum(words["gone_file"], told))
        yield words["gone_file"], told
    sealed = sealed_text(kept).encode()
    sums.append(checksum(words["sealed_file"], sealed))
    yield words["sealed_file"], sealed
    yield "SHA256SUMS", "".join(sums).encode()


@dataclass(frozen=True, slots=True)
class _Making:
    """Recreates the files of a version, each from what its hash names."""

    tx: Transaction
    books: Books
    handed: KeptFiles
    one: SentUp
    kept: _Kept

    async def papers(self, gone: list[str]) -> AsyncIterator[tuple[str, _File]]:
        """Every paper with its folder. Names of papers no longer stored are added to `gone`."""
        for folder, stem, file in self._named():
            found = await self._of(file, stem)
            if not found:
                gone.append(f"- {stem} ({file['mark']})")
            for one in found:
                yield folder, one

    def _named(self) -> Iterator[tuple[str, str, _Kept]]:
        """The contents with folder and name: the lines of its lists, then minutes outside them."""
        listed, several = set[str](), len(self.kept["lists"]) > 1
        for each in self.kept["lists"]:
            below = f"{short_title(each['whose'] or each['rulebook'])}/" if several else ""
            for number, line in enumerate(each["lines"], start=1):
                folder = f"{below}{number:02} {short_title(line['title'])}/"
                for part in line["parts"]:
                    for file in part["files"]:
                        listed.add(file["mark"])
                        title = part["title"] if len(line["parts"]) > 1 or not file["whose"] else ""
                        yield folder, " - ".join(filter(None, (file["whose"], title))), file
        for each in self.kept["minutes"]:
            if each["mark"] not in listed:
                folder = f"{section('upward')['minutes_folder']}/"
                of = {"source": From.MINUTES.value, "id": each["id"], "mark": each["mark"]}
                yield folder, each["title"] or self.kept["unit"], of

    async def _of(self, file: _Kept, stem: str) -> list[_File]:
        """The files of one paper; none when what its hash names is no longer stored."""
        making: Mapping[From, Callable[[_Kept, str], Awaitable[list[_File]]]] = {
            From.DOCUMENT: self._document,
            From.ENCLOSURE: self._handed,
            From.OWN_TABLE: self._handed,
            From.MINUTES: self._minutes,
            From.TABLE: self._table,
            From.ROUND: self._round,
            From.COUNT: self._count,
            From.POINTS: self._points,
        }
        source = From(file["source"])
        make = making.get(source)
        found = await make(file, stem) if make else []
        if source in _HANDED_IN:
            return found
        return [
            (name, kind, await asyncio.to_thread(_then, kind, content, self.one.at)) for name, kind, content in found
        ]

    async def _document(self, file: _Kept, _: str) -> list[_File]:
        """The version in force then, with the acts up to then."""
        marked = await self.tx.documents.called(file["mark"]) if file["mark"] else ()
        found = next((one for one in marked if (one.review, one.fingerprint) == (file["id"], file["mark"])), None)
        if found is None:
            return []
        acts = await self.tx.documents.acts(found.review, found.version)
        by_then = [act for act in acts if self._said_by_then(read(act.content)["at"])]
        template = await template_of(self.tx, found)
        paper = await asyncio.to_thread(composed_of, found, shown_on(by_then, 0), template)
        name = called_by(read(found.content))
        return [(name, one.kind, one.content) for one in await asyncio.to_thread(files, paper, ("docx", "pdf"))]

    def _said_by_then(self, at: str) -> bool:
        return dt.datetime.fromisoformat(at) <= self.one.at

    async def _handed(self, file: _Kept, stem: str) -> list[_File]:
        """An enclosure, found by its hash."""
        of = self.tx.enclosures if file["source"] == From.ENCLOSURE else self.tx.own_tables
        kept = await of.one(file["id"])
        try:
            content = await asyncio.to_thread(self.handed.content, file["mark"])
        except Lost:
            return []
        return [(stem, kept.kind, content)] if kept else []

    async def _minutes(self, file: _Kept, stem: str) -> list[_File]:
        minutes = await self.tx.meetings.minutes_by_id(file["id"])
        if minutes is None or minutes.fingerprint != file["mark"]:
            return []
        made = await asyncio.to_thread(kept_files, minutes.content, minutes.number, minutes.fingerprint)
        return [(stem, kind, content) for kind, content in made]

    async def _table(self, file: _Kept, stem: str) -> list[_File]:
        """The summary table as drawn when it was sent; for versions from before tables were stored, the ratings
        identified by the hash.
        """
        at = self.one.at.astimezone(ZONE)
        if (kept := table_in(self.kept, file)) is not None:
            page = with_moment(page_kept(kept), at)
            sealed = section("upward")["fingerprint"].format(mark=self.one.fingerprint)
            return await _drawn(replace(page, notes=(*page.notes, sealed)), stem, ("xlsx", "pdf"))
        page = proposals_page(self.kept, mark=self.one.fingerprint, at=at)
        return await _drawn(page, f"{stem} - {section('upward')['proposals_file']}", ("xlsx", "pdf"))

    async def _points(self, file: _Kept, stem: str) -> list[_File]:
        """The points about somebody, if they are still the same."""
        for part in await self.tx.campaigns.parts(self.one.campaign):
            if not usable(part, self.books):
                continue
            points = (await points_of(self.tx, part.id, part.rulebook)).people.get(file["id"])
            if points is None or of_points(points) != file["mark"]:
                continue
            made = replace(await made_of(self.tx, part, self.one.at), weighed_by=await weighed_by(self.tx, [part]))
            pages = await points_pages(self.tx, self.books, part, {file["id"]}, made, self.one.at)
            return await _drawn(pages[file["id"]], stem, ("xlsx", "docx")) if pages else []
        return []

    async def _round(self, file: _Kept, stem: str) -> list[_File]:
        """The table and papers of a round, if nothing has changed since."""
        talk = await self.tx.rounds.talk(file["id"])
        if talk is None or await of_round(self.tx, talk) != file["mark"]:
            return []
        found = await _drawn(await round_page_of(self.tx, talk, self.one.at.astimezone(ZONE)), stem, ("xlsx", "docx"))
        for paper in await self.tx.sheets.papers([talk.round.id]):
            signed = printable(paper)
            (word,) = await asyncio.to_thread(files, signed, ("docx",))
            found.append((signed.stem, "docx", word.content))
        return found

    async def _count(self, file: _Kept, stem: str) -> list[_File]:
        poll, result = await self.tx.polls.get(file["id"]), await self.tx.polls.result(file["id"])
        if poll is None or result is None or of_tally(result.tally) != file["mark"]:
            return []
        made = await made_of(self.tx, await self.tx.campaigns.get(self.one.campaign), self.one.at)
        return await _drawn(count_page(count_of(poll, result.tally), made, file["whose"]), stem, ("pdf", "docx"))


def _then(kind: str, content: bytes, at: dt.datetime) -> bytes:
    """The file with the time stamp of the sending."""
    return as_of(content, at) if kind in {"docx", "xlsx"} else content


async def _drawn(page: SummaryPage, stem: str, kinds: Sequence[str]) -> list[_File]:
    draw: Mapping[str, Callable[[SummaryPage], bytes]] = {
        "xlsx": lambda one: workbook([(one.title.capitalize(), one)]),
        "docx": summary_docx,
        "pdf": lambda one: summary_pdf([one]),
    }
    return [(stem, kind, await asyncio.to_thread(draw[kind], page)) for kind in kinds]
