"""Exports the papers of a campaign: the version in force of every review as DOCX and PDF, in one folder for each unit."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.documents.content import read
from bot.documents.file_names import safe
from bot.documents.printing import Printable, files, kept_paper, when
from rules.nouns.errors import NamedCaseError
from rules.nouns.reviews import Campaign, Outcome, Review
from rules.nouns.text import folded
from storage.repositories.documents import KeptDocument
from storage.store import Store
from storage.transaction import Transaction
from templates.documents.words import period_words

#: Number of reviews read at once.
_BATCH = 50


@dataclass(frozen=True, slots=True)
class PapersWanted:
    """Which papers: of a campaign (None: the only one), of a unit as named on the paper, of a person by the roster key."""

    campaign: int | None = None
    unit: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """The number of papers and folders written, and of reviews without a version in force."""

    papers: int
    folders: int
    without: int


class SeveralCampaigns(NamedCaseError):
    """It is not clear which campaign is meant; the message lists them."""


async def take_out(store: Store, folder: Path, wanted: PapersWanted) -> TakenOut:
    """Write the papers into `folder`; existing files are overwritten. Raises CaseError."""
    async with store.reading() as tx:
        campaign = await meant(tx, wanted.campaign)
        ids = await tx.documents.of_campaign(campaign.id)
    written, named, without, units = set[Path](), set[str](), 0, dict[str, None]()
    person = await _person(store, campaign, wanted.person)
    async for kept, printable in _in_force(store, ids):
        if kept is None or printable is None:
            without += 1
            continue
        who = kept["person"]
        units[who["unit"]] = None
        # File names must not depend on what else is written; names differing only in case count as equal.
        place = folder / safe(who["unit"]) / safe(f"{who['key']}-{_stem(printable, kept)}")
        place = place.with_name(f"{place.name}-{kept['review']}") if folded(str(place)) in named else place
        named.add(folded(str(place)))
        if wanted.person and wanted.person != who["key"] and person != who["id"]:
            continue
        if wanted.unit and folded(wanted.unit) != folded(who["unit"]):
            continue
        await asyncio.to_thread(_write, place, printable)
        written.add(place)
    if not written:
        raise _nothing(wanted, campaign, units)
    return TakenOut(len(written), len({place.parent for place in written}), without)


def version_in_force(review: Review) -> int:
    """The version that the decision in force is about; otherwise the newest that was neither returned nor withdrawn; 0
    for none.
    """
    if review.ruling and review.ruling.version:
        return review.ruling.version
    over = {one.version for one in review.decisions if one.outcome is not Outcome.APPROVED}
    return next((one.version for one in reversed(review.drafts) if one.version not in over), 0)


async def meant(tx: Transaction, called: int | None) -> Campaign:
    """The campaign of that number; None: the only one. Raises CaseError listing all."""
    every = {one.id: one for one in await _campaigns(tx)}
    if not every:
        raise NamedCaseError("no_campaign_yet")
    if called is None and len(every) == 1:
        return next(iter(every.values()))
    if called in every:
        return every[called]
    known = [
        {"id": one.id, "period": period_words(one.year, one.period), "office": one.office, "closed": one.closed}
        for one in every.values()
    ]
    if called is None:
        raise SeveralCampaigns("several_campaigns", known=known)
    raise SeveralCampaigns("campaign_named", campaign=called, known=known)


async def _campaigns(tx: Transaction) -> Sequence[Campaign]:
    """The first part of every campaign, oldest first, without those undone before anything was sent."""
    found = dict[int, Campaign]()
    sent = await tx.documents.campaigns()
    for office in (await tx.units.offices()).values():
        for is_open in (True, False):
            for one in await tx.campaigns.of_office(office, is_open=is_open):
                if is_open or one.id in sent:
                    found.setdefault(one.id, one)
    return [found[id_] for id_ in sorted(found)]


async def _person(store: Store, campaign: Campaign, key: str) -> int:
    """The person with that roster key now; 0 for nobody."""
    async with store.reading() as tx:
        office = await tx.units.office(campaign.office)
        person = await tx.people.by_roster_key(office, key) if key and office else None
    return person.id if person else 0


async def _in_force(
    store: Store, ids: Sequence[int]
) -> AsyncIterator[tuple[Mapping[str, Any] | None, Printable | None]]:
    """For each review the stored version in force and its paper; None where there is none."""
    for start in range(0, len(ids), _BATCH):
        async with store.reading() as tx:
            for review in await tx.reviews.some(ids[start : start + _BATCH]):
                version = version_in_force(review)
                document = await tx.documents.of_version(review.id, version) if version else None
                yield _kept(document), await kept_paper(tx, review.id, version, 0) if document else None


def _kept(document: KeptDocument | None) -> Mapping[str, Any] | None:
    return read(document.content) if document else None


def _stem(printable: Printable, kept: Mapping[str, Any]) -> str:
    campaign, post = kept["campaign"], kept["person"].get("post", 0)
    held = f"-kiem{post}" if post else ""
    ruling = f"-xl{printable.ruling}" if printable.ruling else ""
    return f"{kept['form']['id']}-{when(campaign['year'], campaign.get('period', 'year'))}{held}-v{kept['version']}{ruling}"


def _write(place: Path, printable: Printable) -> None:
    """Write both files, each completely or not at all, and never through a symbolic link. Raises CaseError."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        for one in files(replace(printable, stem=place.name), ("docx", "pdf")):
            begun = place.with_name(f".{one.name}.tmp")
            begun.unlink(missing_ok=True)
            with begun.open("xb") as file:
                file.write(one.content)
            begun.replace(place.with_name(one.name))
    except OSError as error:
        raise NamedCaseError("not_written", place=place, told=error.strerror or error) from error


def _nothing(wanted: PapersWanted, campaign: Campaign, units: Iterable[str]) -> NamedCaseError:
    of_campaign = {"period": period_words(campaign.year, campaign.period), "office": campaign.office}
    named = sorted(units)
    if not named:
        return NamedCaseError("nothing_sent", **of_campaign)
    if wanted.unit and folded(wanted.unit) not in {folded(one) for one in named}:
        listed = ", ".join(f"“{one}”" for one in named)
        return NamedCaseError("papers_of_unit", **of_campaign, unit=wanted.unit, known=listed)
    return NamedCaseError("papers_of_person", **of_campaign, key=wanted.person)
