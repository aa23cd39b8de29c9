"""The file sent in a round, for whoever may read the draft."""

import datetime as dt
from collections.abc import Sequence

from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.campaign.permissions import Action, may, relations_to_round
from storage.kept_files import KeptFiles, Lost
from storage.transaction import Transaction


async def file_sent(tx: Transaction, person: int, about: str, kept: KeptFiles, _: dt.datetime) -> Sequence[Document]:
    """The file as it came, under its detected type."""
    talk = await tx.rounds.talk(int(about)) if about.isdecimal() and len(about) < 10 else None
    if talk is None or not talk.round.file_name:
        return ()
    if not may(relations_to_round(await tx.people.get(person), talk), Action.READ_ROUND):
        return ()
    sent = talk.round
    try:
        content = kept.content(sent.sha256)
    except Lost:
        return ()
    return (
        Document(
            sent.file_kind, f"{safe(sent.file_name.rpartition('.')[0] or sent.file_name)}.{sent.file_kind}", content
        ),
    )
