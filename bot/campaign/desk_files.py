"""The files an office's desk is handed in chat. A new one is an entry of DESK_FILES and a reply that names it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.campaign.exporting import workbook
from bot.door.channel import Document
from bot.ledgers.template import catalogue_workbook, work_workbook
from dialogs.core.turn import DeskFile
from rules.campaign.permissions import Action, may, relations_to_office
from storage.store import Store
from storage.transaction import Transaction

#: What writes the file, with everything it needs already read: it runs in a thread, where it may take seconds.
Writing = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Making:
    """How a desk file is made: who may have it, what it is called, and what is read of the office (by its id)."""

    action: Action
    file_name: str
    read: Callable[[Transaction, int], Awaitable[Writing]]


async def _roster(tx: Transaction, office: int) -> Writing:
    return partial(workbook, (await tx.rosters.kept(office)).present)


async def _catalogue(tx: Transaction, office: int) -> Writing:
    kept = await tx.ledgers.catalogue(office)
    return partial(catalogue_workbook, kept.products if kept else ())


async def work_writing(tx: Transaction, office: int) -> Writing:
    """The sheet of assigned work, empty but for its example, beside the codes of the office's people and products."""
    keys = await tx.people.keys(office)
    people = [(keys[one.id], one.name, one.unit) for one in await tx.people.of_office(office) if one.id in keys]
    return partial(work_workbook, await tx.ledgers.catalogue(office), people)


#: `dialogs.core.turn.DeskFile.name` → how it is made.
DESK_FILES: Mapping[str, Making] = {
    "roster": Making(Action.IMPORT_ROSTER, "danh-sach.xlsx", _roster),
    "catalogue": Making(Action.KEEP_CATALOGUE, "danh-muc.xlsx", _catalogue),
    "work": Making(Action.IMPORT_WORK, "viec-duoc-giao.xlsx", work_writing),
}


async def desk_file(store: Store, person: int, wanted: DeskFile) -> Sequence[Document]:
    """The file of the person's own office, if there is one of that name and they may have it; else none."""
    making = DESK_FILES.get(wanted.name)
    if making is None:
        return ()
    async with store.reading() as tx:
        who = await tx.people.get(person)
        if not may(relations_to_office(who, who.office), making.action):
            return ()
        writing = await making.read(tx, await tx.units.office_of(person))
    return (Document(making.file_name.rpartition(".")[2], making.file_name, await asyncio.to_thread(writing)),)
