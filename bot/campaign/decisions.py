"""The decisions of a campaign as documents: one of each authority with its list, an extract for each person; of what was kept, at one
instant.
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.campaign.results import results_of
from bot.campaign.tables import made_of, parts_of
from bot.documents.file_names import safe
from bot.documents.taking_out import meant
from bot.writing import write_whole
from dialogs.core.handlers import Books
from rules.book.rulebook import Rulebook
from rules.campaign.summarising import Result, in_order
from rules.nouns.errors import CaseError
from rules.nouns.reviews import Campaign
from rules.nouns.text import folded
from storage.store import Store
from storage.transaction import Transaction
from templates.documents.decisions.page import By, DecisionPage, decision_of, extract_of
from templates.documents.decisions.pdf import decision_pdf
from templates.documents.decisions.word import decision_docx
from templates.documents.summaries.page import Made
from templates.documents.words import period_words


@dataclass(frozen=True, slots=True)
class OfAuthority:
    """What one authority decided under one rulebook. `decider`: its roster key, "" of a written decision."""

    book: Rulebook
    by: By
    decider: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided in a campaign, by authority."""

    made: Made
    every: tuple[OfAuthority, ...]

    def pages(self) -> Iterator[DecisionPage]:
        """The decisions, each with its list."""
        for one in self.every:
            yield decision_of(one.book, one.by, one.results, self.made)


@dataclass(frozen=True, slots=True)
class WrittenDecisions:
    """How many decisions and extracts were written."""

    decisions: int
    extracts: int


async def decisions_of(
    tx: Transaction, books: Books, parts: Sequence[Campaign], now: dt.datetime, decider: str = ""
) -> Decisions:
    """What was decided in the parts of a campaign whose rulebook knows of a decision. `decider`: only by whom the roster calls so."""
    found = dict[tuple[str, By, str], list[Result]]()
    known = dict[str, Rulebook]()
    for part in parts:
        book = books[part.edition]
        if book.decision is None:
            continue
        known[book.id] = book
        for one in in_order(await results_of(tx, books, part.id, part.rulebook, now.date())):
            concerned = not book.decision.subject or one.subject in book.decision.subject
            if one.decided and concerned and decider in {"", one.decider}:
                by = By(one.decided_by, one.decided_as, one.paper)
                found.setdefault((book.id, by, one.decider), []).append(one)
    every = tuple(OfAuthority(known[book], by, key, tuple(some)) for (book, by, key), some in found.items())
    return Decisions(await made_of(tx, parts[0], now), every)


async def write_decisions(
    store: Store, books: Books, folder: Path, called: int | None, unit: str, now: dt.datetime
) -> WrittenDecisions:
    """Write the decisions of a campaign (None: the only one) below `folder`, as DOCX and PDF, and an extract for each person in a folder of
    their unit. `unit`: only the extracts of that one. Raises CaseError.
    """
    async with store.instant() as tx:
        campaign = await meant(tx, called)
        found = await decisions_of(tx, books, await parts_of(tx, books, campaign), now)
    when = f"đợt {period_words(campaign.year, campaign.period)} của {campaign.office}"
    if not found.every:
        raise CaseError(f"{when}: chưa có quyết định xếp loại nào, hoặc bộ quy định không nêu quyết định")
    wanted = list(named(found, unit))
    if not wanted:
        raise CaseError(f"{when}: chưa có quyết định xếp loại nào về người của đơn vị “{unit}”")
    await asyncio.to_thread(_write, folder, wanted)
    extracts = sum(place.parent != Path() for place, _ in wanted)
    return WrittenDecisions(len(wanted) - extracts, extracts)


def named(found: Decisions, unit: str = "") -> Iterator[tuple[Path, Callable[[], DecisionPage]]]:
    """Each decision and extract under the name of its file, without its kind; no two have the same. What a file is called does not depend on
    what else is wanted.
    """
    taken = set[str]()

    def free(place: Path, review: int) -> Path:
        fresh = place if folded(str(place)) not in taken else place.with_name(f"{place.name}-{review}")
        taken.add(folded(str(fresh)))
        return fresh

    for number, one in enumerate(found.every, start=1):
        place = free(Path(safe(f"{number:02}. Quyết định - {one.by.position or one.by.paper or one.by.name}")), number)
        if not unit:
            yield place, lambda one=one: decision_of(one.book, one.by, one.results, found.made)  # type: ignore[misc]
        for result in one.results:
            place = free(Path(safe(result.unit)) / safe(f"Trích sao - {result.name} - {result.code}"), result.review)
            if not unit or folded(unit) == folded(result.unit):
                yield place, lambda one=one, result=result: extract_of(one.book, one.by, result, found.made)  # type: ignore[misc]


def _write(folder: Path, wanted: Sequence[tuple[Path, Callable[[], DecisionPage]]]) -> None:
    for place, draw in wanted:
        page = draw()
        for kind, content in (("docx", decision_docx([page])), ("pdf", decision_pdf([page]))):
            file = folder / place.with_name(f"{place.name}.{kind}")
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, content)
