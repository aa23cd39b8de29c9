"""Files people hand in: taken in by a channel, read away from the event loop, compared with what is kept."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.campaign.roster_keeping import compared
from bot.door.channel import Incoming
from bot.roster.columns import TITLES
from bot.roster.dating import undated
from bot.roster.read import read_roster
from dialogs.core.events import Handed, Pressed
from dialogs.core.handed import Changed, RosterFile
from dialogs.core.stamps import FINGERPRINT
from dialogs.desk.roster import PUT
from dialogs.step import FILES
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.errors import Mistake, RosterErrors
from rules.roster.people import Roster
from storage.store import Store
from storage.transaction import Transaction
from storage.values import Upload
from templates.errors import word
from templates.roster_preview import sections, warnings

#: Mistakes that are told in a chat.
MISTAKES = 20
#: Of each kind of change so many lines are shown in a chat.
LINES = 8


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read. `roster` None: it cannot be, because of `mistakes`."""

    sha256: str
    name: str
    roster: Roster | None
    mistakes: tuple[Mistake, ...] = ()


async def awaited(store: Store, channel: str, account: str) -> bool:
    """Whether the next thing this account sends may be a file: nobody else's is fetched or looked at."""
    async with store.reading() as tx:
        person = await tx.accounts.person_of(channel, account)
        if person is None:
            return False
        focus, who = await tx.conversations.focus(person), await tx.people.get(person)
    held = relations_to_office(who, who.office)
    return (focus or {}).get("for") in FILES and may(held, Action.IMPORT_ROSTER)


async def opened(store: Store, incoming: Incoming, now: dt.datetime) -> ReadFile | None:
    """What the file says that an event hands in or agrees to. It takes a thread seconds to read the one of a province:
    before the event's transaction opens, so that nobody waits for it.
    """
    upload = None
    match incoming.event:
        case Handed(name, sha256) if incoming.content:
            upload = Upload(sha256, name, incoming.content)
        case Pressed(button) if button and button.verb == PUT:
            upload = await _kept(store, incoming, button.about, now)
    return await asyncio.to_thread(_read, upload) if upload else None


async def beside_kept(tx: Transaction, office: int, file: ReadFile, now: dt.datetime, language: str) -> RosterFile:
    """The file beside the roster that is kept of the office, in words of `language`."""
    if file.roster is None:
        return _wrong(file, file.mistakes, language)
    kept = await tx.rosters.kept(office)
    ours, theirs = kept.present.office.name, file.roster.office.name
    if ours != theirs:
        return RosterFile(file.name, file.sha256, other_office=theirs)
    change = await asyncio.to_thread(compared, kept, file.roster, now)
    if change.mistakes or change.undated:
        slips = [slip.mistake for slip in change.mistakes]
        return _wrong(file, [*slips, *undated(change, file.roster.places)], language)
    here = len(kept.present.people)
    kinds = sections(change, TITLES, language, LINES)
    return RosterFile(
        file.name,
        file.sha256,
        revision=await tx.units.revision(office),
        changes=tuple(Changed(kind.title, kind.count, tuple(kind.lines)) for kind in kinds),
        warnings=tuple(warnings(change, here, TITLES, language)),
    )


async def forget_old(store: Store, now: dt.datetime) -> None:
    """Drop the files nobody did anything with."""
    async with store.reading() as tx:
        some = await tx.uploads.some_old(now)
    if some:
        async with store.transaction() as tx:
            await tx.uploads.drop_old(now)
            await tx.commit()


def _wrong(file: ReadFile, mistakes: Sequence[Mistake], language: str) -> RosterFile:
    told = tuple(word(mistake, language) for mistake in mistakes[:MISTAKES])
    return RosterFile(file.name, file.sha256, told, len(mistakes))


async def _kept(store: Store, incoming: Incoming, about: Sequence[str], now: dt.datetime) -> Upload | None:
    """What the presser handed in and has not used yet, if it is the file the button is about."""
    async with store.reading() as tx:
        person = await tx.accounts.person_of(incoming.channel, incoming.account)
        upload = await tx.uploads.of_person(person, now) if person is not None else None
    return upload if upload and upload.sha256[:FINGERPRINT] in about[:1] else None


def _read(upload: Upload) -> ReadFile:
    try:
        return ReadFile(upload.sha256, upload.name, read_roster(upload.content))
    except RosterErrors as errors:
        return ReadFile(upload.sha256, upload.name, None, errors.mistakes)
