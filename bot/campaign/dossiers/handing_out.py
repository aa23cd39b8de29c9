"""Files of dossiers that are handed out in chat: a dossier as a ZIP, a file that was handed in."""

from collections.abc import Sequence

from bot.campaign.dossiers.assembling import dossier_files, dossier_of
from bot.campaign.usable import usable
from bot.clock import now
from bot.documents.file_names import safe
from bot.documents.printing import when
from bot.documents.zipping import zipped
from bot.door.channel import Document
from dialogs.core.handlers import Books
from rules.book.dossier import Of
from rules.campaign.assembling import Scope
from rules.campaign.permissions import (
    Action,
    Relation,
    may,
    relations,
    relations_to_office,
    relations_to_person,
    relations_to_unit,
)
from rules.nouns.enclosures import Enclosure
from rules.nouns.people import Person
from storage.kept_files import KeptFiles, Lost
from storage.transaction import Transaction

_LETTERS = {"a": Of.AUTHORITY, "u": Of.UNIT, "p": Of.PERSON}


def scope_named(whose: str) -> Scope | None:
    """The dossier that a token names: a, u12, p34."""
    of, number = _LETTERS.get(whose[:1]), whose[1:]
    if of is None or (of is not Of.AUTHORITY and not number.isdecimal()):
        return None
    return Scope(of, int(number) if number.isdecimal() else 0)


async def dossier_file(tx: Transaction, books: Books, person: int, about: str, handed: KeptFiles) -> Sequence[Document]:
    """The dossier `<campaign>_<whose>` of the desk's own office; none where it is not theirs, or not whole."""
    who, (campaign, _, whose) = await tx.people.get(person), about.partition("_")
    scope = scope_named(whose)
    if scope is None or not may(relations_to_office(who, who.office), Action.READ_PART):
        return ()
    office = await tx.units.office_of(person)
    every = [one for is_open in (True, False) for one in await tx.campaigns.of_office(office, is_open=is_open)]
    parts = [one for one in every if str(one.id) == campaign and usable(one, books)]
    if not parts:
        return ()
    dossier = await dossier_of(tx, books, parts, scope, now())
    if not dossier.lists:
        return ()
    try:
        content = b"".join([piece async for piece in zipped(dossier_files(tx, dossier, handed))])
    except Lost:
        return ()
    about_whom = dossier.lists[0].about
    named = about_whom.person.name if about_whom.person else about_whom.unit
    of = when(parts[0].year, parts[0].period)
    called = " ".join(f"Hồ sơ {named} {of}".split())
    return (Document("zip", f"{safe(called)}.zip", content),)


async def enclosure_file(tx: Transaction, _: Books, person: int, about: str, handed: KeptFiles) -> Sequence[Document]:
    """The file that was handed in under this number, if the person may read it."""
    kept = await tx.enclosures.one(int(about)) if about.isdecimal() and len(about) < 10 else None
    if kept is None or not may(await _held(tx, await tx.people.get(person), kept), Action.READ_PART):
        return ()
    try:
        content = handed.content(kept.sha256)
    except Lost:
        return ()
    stem = kept.name.rpartition(".")[0] or kept.name
    return (Document(kept.kind, f"{safe(stem)}.{kept.kind}", content),)


async def _held(tx: Transaction, who: Person, kept: Enclosure) -> frozenset[Relation]:
    """What somebody is to a file that was handed in: to whom it is of, also as a step or authority of their reviews; to its unit; to
    the office.
    """
    part = await tx.campaigns.get(kept.campaign_id)
    if part.office != who.office:
        return frozenset({Relation.OTHER_OFFICE})
    if kept.person_id:
        found = relations_to_person(who, await tx.people.get(kept.person_id))
        lines = await tx.standings.of_campaign(kept.campaign_id, now().date(), kept.rulebook)
        for one in lines:
            if one.person.id == kept.person_id:
                found |= relations(who, one)
        return found
    if kept.unit_id:
        return relations_to_unit(who, who.office, kept.unit_id)
    return relations_to_office(who, who.office)
