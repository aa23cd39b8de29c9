"""Blank slips of a ballot on paper as a file, for whoever leads it and for its tellers."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.balloting.poll import Mode, Poll
from rules.campaign.permissions import Action, may, relations_to_unit
from rules.meeting.places import relations_to_meeting
from storage.kept_files import KeptFiles
from storage.transaction import Transaction
from templates.documents.blanks.page import blank_slip
from templates.documents.blanks.pdf import blank_pdf
from templates.documents.blanks.word import blank_docx


async def blank_file(
    tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime, *, kind: str
) -> Sequence[Document]:
    """The slip of the poll with that number."""
    poll = await tx.polls.get(int(about)) if about.isdecimal() and len(about) < 10 else None
    if poll is None or poll.mode is not Mode.PAPER or not await _may_have(tx, poll, person, at):
        return ()
    office = next(name for name, id_ in (await tx.units.offices()).items() if id_ == poll.office)
    meeting = await tx.meetings.get(poll.meeting) if poll.meeting else None
    slip = blank_slip(
        office,
        meeting.unit_name if meeting else "",
        poll.title,
        [one.text for one in poll.lines],
        poll.options,
    )
    content = await asyncio.to_thread(blank_pdf if kind == "pdf" else blank_docx, slip)
    return (Document(kind, f"{safe(f'Phiếu - {poll.title}')}.{kind}", content),)


async def _may_have(tx: Transaction, poll: Poll, person: int, at: dt.datetime) -> bool:
    """Whether the person leads the poll or is one of its tellers."""
    part, who = poll.part_of(person), await tx.people.get(person)
    if (part is not None and part.teller is not None) or poll.chair == person:
        return True
    if await tx.units.office_of(person) != poll.office:
        return False
    if may(relations_to_unit(who, who.office, poll.unit or 0), Action.HOLD_POLL):
        return True
    meeting = await tx.meetings.get(poll.meeting) if poll.meeting else None
    covers = await tx.covers.acts_for(person, at.date())
    return meeting is not None and may(relations_to_meeting(who, meeting, covers), Action.CHAIR_MEETING)
