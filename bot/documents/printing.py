"""Prints stored documents and uses nothing else: neither today's roster, nor rulebook, nor wording."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from bot.documents.content import read
from bot.documents.file_names import safe
from bot.documents.together import TOGETHER
from bot.door.channel import Document
from rules.judging.filing import Filing
from rules.nouns.rulings import Act
from storage.repositories.documents import KeptAct, KeptDocument
from storage.transaction import Transaction
from templates.documents import composed, docx, pages, paper, pdf
from templates.documents.blocks import Paper
from templates.documents.sheets.kept import entry_of, sheet_of
from templates.documents.word.template import WordTemplateError

_log = structlog.get_logger()

#: Maximum bytes of the person's part of a file name, and of a further post; with the form added the name is valid on
#: every file system.
_WHO, _POST = 90, 40


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper with the names of its files. `ruling`: the number of the decision on it, 0 for none; `template`: the
    office's own Word template with which it was sent.
    """

    paper: Paper
    stem: str
    ruling: int = 0
    template: bytes | None = None


def unsent(filing: Filing) -> Printable:
    """The paper of the present, unsent answers."""
    return Printable(
        paper(filing),
        f"{filing.form.id}-{when(filing.year, filing.period)}-{whose(filing.person.id, filing.person.post)}-v0",
    )


def when(year: int, period: str) -> str:
    """The period as used in file names: 2026, 2026-m09."""
    return str(year) if period == "year" else f"{year}-{period}"


def whose(person: int, post: int) -> str:
    """The person as used in file names; for a further post with its id."""
    return f"{person}-kiem{post}" if post else str(person)


async def kept_paper(tx: Transaction, review_id: int, version: int, ruling: int | None) -> Printable | None:
    """A version as it was sent, with its acts. `ruling`: the number of the decision on it, 0: the newest, None:
    without. Returns None when there is no such version or decision.
    """
    document = await tx.documents.of_version(review_id, version)
    if document is None:
        return None
    acts = shown_on(await tx.documents.acts(review_id, version), ruling)
    if ruling and not any(one.kind is Act.RULED for one in acts):
        return None
    template = await template_of(tx, document)
    return await asyncio.to_thread(composed_of, document, acts, template)


async def template_of(tx: Transaction, document: KeptDocument) -> bytes | None:
    """The office's own Word template with which the version was sent."""
    return await tx.templates.content(document.template) if document.template else None


#: The kinds of acts that are printed as comments.
COMMENTS = frozenset({Act.OPINION, Act.ENDORSED, Act.APPROVED})


def shown_on(acts: Sequence[KeptAct], ruling: int | None) -> list[KeptAct]:
    """The acts printed on a version: comments, and the ruling with that number (see `kept_paper`)."""
    rulings = [one for one in acts if one.kind is Act.RULED and ruling in {0, one.number}]
    return [*(one for one in acts if one.kind in COMMENTS), *rulings[-1:]]


def composed_of(document: KeptDocument, acts: Sequence[KeptAct], template: bytes | None = None) -> Printable:
    """The stored values combined: comments in the order in which they were made, then the ruling."""
    kept = read(document.content)
    entries = [entry_of(read(one.content)["entry"]) for one in acts]
    ruling = next((one.number for one in acts if one.kind is Act.RULED), 0)
    campaign = kept["campaign"]
    stem = f"{called_by(kept)} – {when(campaign['year'], campaign.get('period', 'year'))}-v{document.version}"
    decided = f"-xl{ruling}" if ruling else ""
    return Printable(composed(sheet_of(kept["sheet"]), document.fingerprint, entries), stem + decided, ruling, template)


def called_by(kept: Mapping[str, Any]) -> str:
    """The name a clerk expects: `CB-07 Trần Thị Hoa Mai – Mẫu số 02`; for a further post with that post."""
    who, form = kept["person"], kept["form"]
    post = f" ({safe(who['position'], _POST)})" if who.get("post", 0) else ""
    of = safe(form["code"] or form["id"], _POST)
    named = safe(f"{who['key']} {who['name']}", _WHO)
    return safe(f"{named} – {of}{post}", _WHO + 2 * _POST + 8)


async def printed(printable: Printable, kinds: Sequence[str]) -> Sequence[Document]:
    """The files, printed in a thread because typesetting takes milliseconds. People in a meeting who open the same
    paper share one print.
    """
    return await TOGETHER.make((printable, tuple(kinds)), partial(files, printable, tuple(kinds)))


def files(printable: Printable, kinds: tuple[str, ...]) -> tuple[Document, ...]:
    """The files of these kinds: pages, docx, pdf."""
    documents: list[Document] = []
    if "pages" in kinds:
        documents += [
            Document("page", f"{printable.stem}-{number}.png", picture)
            for number, picture in enumerate(pages(printable.paper), start=1)
        ]
    if "docx" in kinds:
        documents.append(_word_file(printable))
    if "pdf" in kinds:
        documents.append(Document("pdf", f"{printable.stem}.pdf", pdf(printable.paper)))
    return tuple(documents)


def _word_file(printable: Printable) -> Document:
    """The Word file from the office's own template; if that fails, from the generic one, and marked so."""
    name = f"{printable.stem}.docx"
    try:
        return Document("docx", name, docx(printable.paper, printable.template))
    except WordTemplateError as error:
        if printable.template is None:
            raise
        _log.warning("word_template_failed", error=str(error))
        return Document("docx", name, docx(printable.paper), generic=True)
