"""Own tables: an office's own files in place of summary tables that its plan does not prescribe; handed in, withdrawn,
and handed out.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.enclosures import OwnTable
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Json
from storage.kept_files import KeptFiles, Lost
from storage.transaction import Transaction


class OwnTableChangedMeanwhile(Exception):
    """Another file replaced the table meanwhile, or the campaign was closed."""


async def standing(tx: Transaction, campaigns: Sequence[int]) -> Mapping[tuple[int, str, str], OwnTable]:
    """(campaign, rulebook, table) → the file that replaces the table."""
    every = [one for campaign in campaigns for one in await tx.own_tables.of_campaign(campaign)]
    return {(one.campaign_id, one.rulebook, one.key): one for one in every if one.stands}


async def own_of(tx: Transaction, part: Campaign) -> Mapping[str, OwnTable]:
    """Table → the file that replaces it, in a part of a campaign."""
    every = await tx.own_tables.of_campaign(part.id)
    return {one.key: one for one in every if one.stands and one.rulebook == part.rulebook}


async def handed_in(tx: Transaction, own: OwnTable, seen: int, by: Person | None) -> None:
    """Replace a table by this file, superseding the file `seen` (0: the generic table); recorded in the audit. Raises
    OwnTableChangedMeanwhile.
    """
    await _keep(tx, own, seen)
    await tx.audit.record(by.id if by else "system", "own table handed in", own.at, detail=_told(own))


async def taken_out(tx: Transaction, part: Campaign, key: str, seen: int, by: Person | None, now: dt.datetime) -> None:
    """Restore the generic table in place of the file `seen`, which stays stored. Raises OwnTableChangedMeanwhile."""
    nothing = OwnTable(0, part.id, part.rulebook, key, "", 0, "", "", *_who(by), now)
    await _keep(tx, nothing, seen)
    await tx.audit.record(by.id if by else "system", "own table taken out", now, detail=_told(nothing))


def file_for(
    part: Campaign, table: str, kept: tuple[str, int, str, str], by: Person | None, now: dt.datetime
) -> OwnTable:
    """The own table for an uploaded file. `kept`: SHA-256, size, kind, name."""
    return OwnTable(0, part.id, part.rulebook, table, *kept, *_who(by), now)


def _who(by: Person | None) -> tuple[int, str]:
    return (by.id, by.name) if by else (0, "")


async def _keep(tx: Transaction, own: OwnTable, seen: int) -> None:
    part = await tx.campaigns.get(own.campaign_id, own.rulebook)
    there = (await own_of(tx, part)).get(own.key)
    if part.closed or seen != (there.id if there else 0):
        raise OwnTableChangedMeanwhile
    await tx.own_tables.add(own)


def _told(own: OwnTable) -> dict[str, Json]:
    return {"campaign": own.campaign_id, "table": own.key, "sha256": own.sha256, "name": own.name}


async def own_table_file(
    tx: Transaction, person: int, about: str, handed: KeptFiles, _: dt.datetime
) -> Sequence[Document]:
    """The own table of this number, if the person may read such files of the office."""
    kept = await tx.own_tables.one(int(about)) if about.isdecimal() and len(about) < 10 else None
    if kept is None or not kept.stands:
        return ()
    who, part = await tx.people.get(person), await tx.campaigns.get(kept.campaign_id)
    if not may(relations_to_office(who, part.office), Action.READ_PART):
        return ()
    try:
        content = handed.content(kept.sha256)
    except Lost:
        return ()
    return (Document(kept.kind, f"{safe(kept.name.rpartition('.')[0] or kept.name)}.{kept.kind}", content),)
