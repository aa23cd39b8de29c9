"""The decisions of a campaign as documents: one of each authority with its list, an extract for each person; of what was kept, at one
instant.
"""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.campaign.made import made_of
from bot.campaign.results.kept import results_of
from bot.campaign.results.tables import parts_of
from bot.documents.file_names import safe
from bot.documents.taking_out import meant
from bot.writing import write_whole
from dialogs.core.handlers import Books
from rules.book.procedure import decider_title
from rules.book.rulebook import Rulebook
from rules.campaign.opening.around import CIVIL
from rules.campaign.summarising import Result, in_order
from rules.nouns.errors import CaseError
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from rules.nouns.text import folded
from rules.nouns.values import Subject
from storage.store import Store
from storage.transaction import Transaction
from templates.documents.decisions.page import OWN, By, DecisionPage, decision_of, extract_of
from templates.documents.decisions.pdf import decision_pdf
from templates.documents.decisions.word import decision_docx
from templates.documents.summaries.page import Made
from templates.documents.words import period_words, section


@dataclass(frozen=True, slots=True)
class OfAuthority:
    """What one authority decided under one rulebook. `decider`: its roster key, "" of a written decision."""

    book: Rulebook
    by: By
    decider: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided in a campaign, by authority. `of_review`: review → which decision it is in, and its first line there."""

    made: Made
    every: tuple[OfAuthority, ...]
    of_review: Mapping[int, tuple[int, Result]]

    def pages(self) -> Iterator[DecisionPage]:
        """The decisions, each with its list."""
        yield from (self.page(number) for number in range(len(self.every)))

    def page(self, number: int) -> DecisionPage:
        """One of them with its list."""
        one = self.every[number]
        return decision_of(one.book, one.by, one.results, self.made)

    def called(self, number: int) -> str:
        """What its file is called."""
        by = self.every[number].by
        return section("decision")["decision_file"].format(by=by.position or by.paper or by.name)

    def extract(self, review: int) -> DecisionPage | None:
        """What its decision says of the person of a review; None: it is in no decision."""
        if review not in self.of_review:
            return None
        number, result = self.of_review[review]
        return extract_of(self.every[number].book, self.every[number].by, result, self.made)


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
    known, made = dict[str, Rulebook](), await made_of(tx, parts[0], now)
    every = [(books[one.edition], await results_of(tx, books, one.id, one.rulebook, now.date())) for one in parts]
    public = public_units([one for _, results in every for one in results])
    for book, results in every:
        if book.decision is None:
            continue
        known[book.id] = book
        for one in in_order(results):
            concerned = not book.decision.subject or one.subject in book.decision.subject
            if one.decided and concerned and decider in {"", one.decider}:
                found.setdefault((book.id, decided_by(book, one, public, made), one.decider), []).append(one)
    authorities = tuple(OfAuthority(known[book], by, key, tuple(some)) for (book, by, key), some in found.items())
    of_review = dict[int, tuple[int, Result]]()
    for number, one_of in enumerate(authorities):
        for one in one_of.results:
            of_review.setdefault(one.review, (number, one))
    return Decisions(made, authorities, of_review)


def public_units(results: Sequence[Result]) -> frozenset[str]:
    """The units that are public service units of an office that is none itself: most of those in them are employees, most of the
    office are not.
    """
    kinds: dict[str, Counter[bool]] = {}
    for one in results:
        if one.subject in CIVIL:
            kinds.setdefault(one.unit, Counter())[one.subject is Subject.EMPLOYEE] += 1
    whole = sum(kinds.values(), Counter[bool]())
    if whole[True] > whole[False]:
        return frozenset()
    return frozenset(unit for unit, kind in kinds.items() if kind[True] > kind[False])


def decided_by(book: Rulebook, one: Result, public: Collection[str], made: Made) -> By:
    """Who decided it, with whose heading the decision has: the head of a public service unit decides under that of the unit, an
    authority outside under its own.
    """
    if not one.paper:
        own = one.decided_in not in public
        heading = (OWN, "") if own else (one.decided_in, made.office)
        return By(one.decided_by, one.decided_as, "", "", *heading)
    person = Person(0, one.name, one.position, 0, one.unit, made.office, one.subject, leader=one.leader)
    told = decider_title(book.procedure, person, one.subject, outside=True)
    title = told.title if told else ""
    if told is None and one.unit in public:
        return By(one.decided_by, "", one.paper, "", one.unit, made.office)
    return By(one.decided_by, "", one.paper, title, made.above if told is None or told.above else "")


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
        place = free(Path(safe(f"{number:02}. {found.called(number - 1)}")), number)
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
