"""The minutes of a meeting: the value that is stored, and the files made from it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rules.balloting.poll import Mode, Poll
from rules.balloting.slips import Tally
from rules.meeting.minutes import Count, MinutesAround, content
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.reviews import Json
from storage.transaction import Transaction
from templates.documents.minutes.page import MinutesPage, minutes_page
from templates.documents.minutes.pdf import minutes_pdf
from templates.documents.minutes.word import minutes_docx


async def minutes_of(tx: Transaction, meeting: Meeting, *, final: bool = False) -> dict[str, Json]:
    """The value of the minutes as the meeting stands."""
    office = await tx.units.office(meeting.office)
    campaign = await tx.campaigns.get(meeting.campaign)
    above, place = "", ""
    if office is not None:
        above = await tx.units.above(office)
        place = (await tx.units.settings(office)).place
    around = MinutesAround(above, place, campaign.year, campaign.period, await counts_of(tx, meeting))
    return content(meeting, around, final=final)


async def counts_of(tx: Transaction, meeting: Meeting) -> Sequence[Count]:
    """The figures of the counted ballots held in this meeting; the only way in which ballots enter minutes."""
    found = []
    for poll in await tx.polls.of_meeting(meeting.id):
        counted = await tx.polls.result(poll.id)
        if counted is not None:
            found.append(count_of(poll, counted.tally))
    return tuple(found)


def count_of(poll: Poll, tally: Tally) -> Count:
    """The figures of a counted ballot."""
    named = {str(place): line.text for place, line in enumerate(poll.lines)}
    results = [(named[line], option, votes) for line, of in tally.lines.items() for option, votes in of.items()]
    figures = (len(poll.voters), tally.given, tally.returned, tally.invalid)
    return Count(
        poll.title, poll.mode is not Mode.OPEN, *figures, tuple(results), len(poll.attempts), poll.mode is Mode.PAPER
    )


async def page_of(tx: Transaction, meeting: Meeting, *, writes: bool) -> MinutesPage:
    """The minutes in force: the newest stored version; for the secretary, once something changed, the minutes as they
    would be now.
    """
    kept = await tx.meetings.minutes(meeting.id)
    if kept is None or (writes and meeting.changed):
        return minutes_page(await minutes_of(tx, meeting))
    return minutes_page(kept.content, version=kept.number, mark=kept.fingerprint, final=kept.final)


def written(page: MinutesPage, kind: str) -> bytes:
    """The file of a kind, `docx` or `pdf`."""
    return minutes_pdf(page) if kind == "pdf" else minutes_docx(page)


def kept_files(content_: Mapping[str, Any], number: int, mark: str) -> list[tuple[str, bytes]]:
    """Both files of adopted minutes."""
    page = minutes_page(content_, version=number, mark=mark, final=True)
    return [(kind, written(page, kind)) for kind in ("docx", "pdf")]
