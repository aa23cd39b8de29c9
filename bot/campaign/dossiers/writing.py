"""Writing a dossier as a ZIP file: as of one instant, file by file, completely or not at all."""

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.campaign.dossiers.assembling import Dossier, dossier_files, dossier_of
from bot.campaign.usable import usable
from bot.documents.taking_out import meant
from bot.documents.zipping import zipped
from dialogs.core.handlers import Books
from rules.book.dossier import Of
from rules.campaign.assembling import Scope
from rules.nouns.errors import NamedCaseError
from rules.nouns.reviews import Campaign
from rules.nouns.text import folded
from storage.kept_files import KeptFiles, Lost
from storage.store import Store
from storage.transaction import Transaction
from templates.documents.dossier import owed_words, summed
from templates.documents.words import period_words


@dataclass(frozen=True, slots=True)
class DossierWanted:
    """Which dossier is wanted: of a campaign (None: the only one), and of a unit by its name, of a person by the roster
    key, or otherwise the one for the authority.
    """

    campaign: int | None = None
    unit: str = ""
    person: str = ""


async def write_dossier(
    store: Store, books: Books, handed: KeptFiles, out: Path, wanted: DossierWanted, now: dt.datetime
) -> list[str]:
    """Write the dossier; returns lines that summarise it and say who owes what. Raises CaseError."""
    async with store.instant() as tx:
        campaign = await meant(tx, wanted.campaign)
        parts = await parts_of(tx, campaign)
        scope = await _scope(tx, campaign, wanted)
        dossier = await dossier_of(tx, books, parts, scope, now)
        if not dossier.lists:
            raise _nothing(books, parts, scope, campaign)
        part = out.with_name(f".{out.name}.part")
        try:
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as begun:
                async for piece in zipped(dossier_files(tx, dossier, handed)):
                    begun.write(piece)
                begun.flush()
                os.fsync(begun.fileno())
            part.replace(out)
        except Lost as lost:
            raise NamedCaseError("enclosure_lost", sha256=lost.sha256) from lost
        except OSError as error:
            raise NamedCaseError("not_written", place=out, told=error.strerror or error) from error
        finally:
            part.unlink(missing_ok=True)
    return told(dossier)


async def parts_of(tx: Transaction, campaign: Campaign) -> Sequence[Campaign]:
    """All parts of the campaign, in the order of its rulebooks."""
    return await tx.campaigns.parts(campaign.id) or [campaign]


def told(dossier: Dossier) -> list[str]:
    """The summary: a line for each list, and one for each missing paper."""
    lines = list[str]()
    for listed in dossier.lists:
        lines.append(f"{listed.about.rulebook}: {summed(listed.lines)}")
        for number, line in enumerate(listed.lines, start=1):
            for there in line.parts:
                if there.debts:
                    lines.append(f"  {number}. {there.part.title}: {owed_words(there.debts, listed.about)}")
    return lines


async def _scope(tx: Transaction, campaign: Campaign, wanted: DossierWanted) -> Scope:
    office = await tx.units.office(campaign.office) or 0
    if wanted.unit:
        units = await tx.units.of_office(office)
        found = next((id_ for name, id_ in units.items() if folded(name) == folded(wanted.unit)), None)
        if found is None:
            listed = ", ".join(f"“{name}”" for name in units)
            raise NamedCaseError("unit_named", unit=wanted.unit, known=listed)
        return Scope(Of.UNIT, found)
    if wanted.person:
        person = await tx.people.by_roster_key(office, wanted.person)
        if person is None:
            raise NamedCaseError("person_named", key=wanted.person)
        return Scope(Of.PERSON, person.id)
    return Scope(Of.AUTHORITY)


def _nothing(books: Books, parts: Sequence[Campaign], scope: Scope, campaign: Campaign) -> NamedCaseError:
    of_campaign = {"period": period_words(campaign.year, campaign.period), "office": campaign.office}
    named = [one for one in parts if usable(one, books) and books[one.edition].dossier.get(scope.of)]
    if not named:
        others = {of for one in parts if usable(one, books) for of in books[one.edition].dossier}
        known = [of.value for of in Of if of in others]
        return NamedCaseError("no_dossier_list", **of_campaign, of=scope.of.value, known=known)
    if scope.of is Of.PERSON:
        return NamedCaseError("no_dossier_of_theirs", **of_campaign)
    return NamedCaseError("no_dossier_sheets", **of_campaign, of=scope.of.value)
