"""The minutes of a meeting as a file, for those who may read them."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from bot.documents.file_names import safe
from bot.documents.minutes import page_of, written
from bot.documents.together import TOGETHER
from bot.door.channel import Document
from rules.campaign.permissions import Action, may
from rules.meeting.places import relations_to_meeting
from storage.kept_files import KeptFiles
from storage.transaction import Transaction


async def minutes_file(
    tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime, *, kind: str
) -> Sequence[Document]:
    """The minutes of the meeting of that number, if the person may read them. There are none before the meeting began."""
    meeting = await tx.meetings.get(int(about)) if about.isdecimal() and len(about) < 10 else None
    if meeting is None or not meeting.started:
        return ()
    held = relations_to_meeting(await tx.people.get(person), meeting, await tx.covers.acts_for(person, at.date()))
    if not may(held, Action.READ_MEETING):
        return ()
    page = await page_of(tx, meeting, writes=may(held, Action.WRITE_MINUTES))
    content = await TOGETHER.make(("minutes", page, kind), partial(written, page, kind))
    return (Document(kind, f"{safe(f'Biên bản họp - {meeting.unit_name}')}.{kind}", content),)
