"""Files of dossiers as they are handed out in chat and on the console: a whole dossier as a ZIP, or one enclosure."""

import datetime as dt
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.campaign.dossiers.assembling import dossier_files, dossier_of
from bot.campaign.dossiers.at_hand import seated
from bot.campaign.usable import usable
from bot.documents.file_names import safe
from bot.documents.printing import when
from bot.documents.zipping import zipped
from bot.door.channel import Document
from dialogs.core.handlers import Books
from dialogs.core.turn import WholeDossier
from rules.book.dossier import Of
from rules.campaign.assembling import Scope
from rules.campaign.permissions import (
    Action,
    Relation,
    answering_for,
    may,
    relations,
    relations_to_office,
    relations_to_person,
)
from rules.nouns.enclosures import Enclosure
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from storage.kept_files import KeptFiles, Lost
from storage.store import Store
from storage.transaction import Transaction

_LETTERS = {"u": Of.UNIT, "p": Of.PERSON}
_NUMBERED = re.compile(r"([up])([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class DossierParcel:
    """A dossier that is handed out while it is being made. `name`: its file name."""

    name: str
    parts: Sequence[Campaign]
    scope: Scope

    async def pieces(self, store: Store, books: Books, handed: KeptFiles, now: dt.datetime) -> AsyncIterator[bytes]:
        """The ZIP in pieces, as of the instant at which it was begun; only one of its files is in memory. Raises Lost."""
        async with store.instant() as tx:
            dossier = await dossier_of(tx, books, self.parts, self.scope, now)
            async for piece in zipped(dossier_files(tx, dossier, handed)):
                yield piece


def scope_named(whose: str) -> Scope | None:
    """The dossier that a token names: a, u12, p34."""
    if whose == "a":
        return Scope(Of.AUTHORITY)
    named = _NUMBERED.fullmatch(whose)
    return Scope(_LETTERS[named[1]], int(named[2])) if named else None


async def dossier_parcel(tx: Transaction, books: Books, person: int, wanted: WholeDossier) -> DossierParcel | None:
    """The parcel of a dossier of the desk's own office; None when it may not have it, or no rulebook of the campaign
    has a list for it.
    """
    who, scope = await tx.people.get(person), scope_named(wanted.whose)
    if scope is None or not may(relations_to_office(who, who.office), Action.READ_PART):
        return None
    office = await tx.units.office_of(person)
    every = [one for is_open in (True, False) for one in await tx.campaigns.of_office(office, is_open=is_open)]
    parts = [one for one in every if one.id == wanted.campaign and usable(one, books)]
    if not any(books[one.edition].dossier.get(scope.of) for one in parts):
        return None
    named = await _named(tx, scope, who, office)
    if named is None:
        return None
    called = " ".join(f"Hồ sơ {named} {when(parts[0].year, parts[0].period)}".split())
    return DossierParcel(f"{safe(called)}.zip", parts, scope)


async def _named(tx: Transaction, scope: Scope, who: Person, office: int) -> str | None:
    """The owner's name, as used in the file name; None for an owner outside this office."""
    match scope.of:
        case Of.AUTHORITY:
            return ""
        case Of.UNIT:
            return next((one.name for one in await tx.units.seats(office) if one.id == scope.id), None)
        case Of.PERSON:
            try:
                one = await tx.people.get(scope.id)
            except LookupError:
                return None
            return one.name if one.office == who.office else None


async def enclosure_file(
    tx: Transaction, person: int, about: str, handed: KeptFiles, now: dt.datetime
) -> Sequence[Document]:
    """The enclosure of this number, if the person may read it."""
    kept = await tx.enclosures.one(int(about)) if about.isdecimal() and len(about) < 10 else None
    if kept is None or not may(await _held(tx, await tx.people.get(person), kept, now.date()), Action.READ_PART):
        return ()
    try:
        content = handed.content(kept.sha256)
    except Lost:
        return ()
    stem = kept.name.rpartition(".")[0] or kept.name
    return (Document(kept.kind, f"{safe(stem)}.{kept.kind}", content),)


async def _held(tx: Transaction, who: Person, kept: Enclosure, today: dt.date) -> frozenset[Relation]:
    """The relations of somebody to an enclosure: to its owner, its unit, and the office."""
    if kept.person_id:
        return await held_about(tx, who, (kept.campaign_id, kept.rulebook, kept.person_id), today)
    part = await tx.campaigns.get(kept.campaign_id)
    if part.office != who.office:
        return frozenset({Relation.OTHER_OFFICE})
    if kept.unit_id:
        seats = await seated(tx, who.office)
        return answering_for(who, kept.unit_id, seats.heads.get(kept.unit_id))
    return relations_to_office(who, who.office)


async def held_about(tx: Transaction, who: Person, about: tuple[int, str, int], today: dt.date) -> frozenset[Relation]:
    """The relations of somebody to a paper about a person (campaign, rulebook, person): to that person, as a step or
    authority of their reviews there, or as a stand-in for these.
    """
    campaign, rulebook, person = about
    if (await tx.campaigns.get(campaign)).office != who.office:
        return frozenset({Relation.OTHER_OFFICE})
    found = relations_to_person(who, await tx.people.get(person))
    acts_for = await tx.covers.acts_for(who.id, today)
    for one in await tx.standings.of_those(campaign, rulebook, today, person):
        found |= relations(who, one, acts_for)
    return found
