"""Decisions of a campaign as documents, from data of one instant: one for each authority with its list, and an extract
for each person.
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
from rules.nouns.errors import NamedCaseError
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
    """The decisions of one authority under one rulebook. `decider`: its roster key, "" for a written decision."""

    book: Rulebook
    by: By
    decider: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a campaign, by authority. `of_review`: review → index of its decision, and its first line there."""

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
        """The name of the file."""
        by = self.every[number].by
        return section("decision")["decision_file"].format(by=by.position or by.paper or by.name)

    def extract(self, review: int) -> DecisionPage | None:
        """The extract about the person of a review; None when it is in no decision."""
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
    """The decisions in the parts of a campaign whose rulebook provides for them. `decider`: only those by the person
    with that roster key.
    """
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
    """The public service units within an office that is not one itself: most of their people are employees, while most
    of the office's are not.
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
    """Who decided, and under which heading: the head of a public service unit decides under that of the unit, an
    outside authority under its own.
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
    """Write the decisions of a campaign (None: the only one) into `folder` as DOCX and PDF, with an extract for each
    person in a folder of their unit. `unit`: only that unit's extracts. Raises CaseError.
    """
    async with store.instant() as tx:
        campaign = await meant(tx, called)
        found = await decisions_of(tx, books, await parts_of(tx, books, campaign), now)
    of_campaign = {"period": period_words(campaign.year, campaign.period), "office": campaign.office}
    if not found.every:
        raise NamedCaseError("no_decisions", **of_campaign)
    wanted = list(named(found, unit))
    if not wanted:
        raise NamedCaseError("no_decisions_of_unit", **of_campaign, unit=unit)
    await asyncio.to_thread(_write, folder, wanted)
    extracts = sum(place.parent != Path() for place, _ in wanted)
    return WrittenDecisions(len(wanted) - extracts, extracts)


def named(found: Decisions, unit: str = "") -> Iterator[tuple[Path, Callable[[], DecisionPage]]]:
    """Every decision and extract with its file name without suffix. The names are unique and do not depend on what else
    is written.
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
