"""Uploads: files received by a channel, read in a separate process, and compared with stored data."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from bot.campaign.roster.importing import rehearsed
from bot.campaign.roster.keeping import RosterChangedMeanwhile, compared
from bot.door.channel import Incoming
from bot.ledgers.columns import WorkOnSheet
from bot.reading.parent import WAITS, Reading
from bot.roster.columns import TITLES
from bot.roster.dating import undated, with_days
from bot.roster.worksheet import Worksheet
from bot.settings import ENCLOSURE_KINDS
from dialogs.core.awaited import text_of
from dialogs.core.events import Event, Handed, Pressed, Said
from dialogs.core.handed import Changed, EnclosureFile, RosterFile, Undated
from dialogs.core.handlers import Books
from dialogs.core.knowledge.dossiers import DossiersView
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.knowledge.rounds import RoundsView
from dialogs.core.stamps import FINGERPRINT
from dialogs.core.state import State
from dialogs.desk.own_tables import TABLE
from dialogs.desk.roster import FILE, OF_FILE, agreeing
from dialogs.desk.roster_days import DAY, given
from dialogs.desk.templates import PUT_TEMPLATE, TEMPLATE
from dialogs.dossiers.guard import FILE as ENCLOSURE
from dialogs.ledger.desk import CATALOGUE, PUT, WORK
from dialogs.ledger.desk import OF_FILE as OF_WORK
from dialogs.rounds.attaching import FILE as ROUND_FILE
from dialogs.step import FILES
from rules.campaign.permissions import Action, may, relations_to_office
from rules.ledger.catalogue import Product
from rules.nouns.days import read_date, read_iso
from rules.nouns.enclosures import OWN_TABLE_KINDS, ROUND_KINDS
from rules.nouns.errors import Mistake, RosterErrors
from rules.nouns.text import clean
from rules.roster.changes import Misdated, RosterChanges
from rules.roster.people import KeptRoster, Roster
from storage.errors import LostRace
from storage.kept_files import KeptFiles
from storage.store import Store
from storage.transaction import Transaction
from storage.values import Upload
from templates.errors import word
from templates.roster_preview import ChangeSection, reviews_touched, sections, since_when, warnings

#: Maximum number of mistakes shown in a chat.
MISTAKES = 20
#: Of each kind of change so many lines are told; a chat shows the first of them.
LINES = 100
#: Files that are kept as they came, by what they are awaited for → the kinds that are taken there (none: all the house takes).
AS_IT_CAME: Mapping[str, tuple[str, ...]] = {ENCLOSURE: (), TABLE: OWN_TABLE_KINDS, ROUND_FILE: ROUND_KINDS}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file read for a `purpose` (one of FILES), as `roster`, `products`, `work` or `template`; none of these when it
    is unusable because of `mistakes`.
    """

    sha256: str
    name: str
    purpose: str
    roster: Roster | None = None
    products: tuple[Product, ...] | None = None
    work: Worksheet[WorkOnSheet] | None = None
    template: bytes | None = None
    mistakes: tuple[Mistake, ...] = ()
    size: int = 0
    kind: str = ""  # of one for a dossier: what it was found to be


@dataclass(frozen=True, slots=True)
class Enclosing:
    """Settings for enclosures: where they are stored, their maximum size, and the kinds accepted."""

    files: KeptFiles = field(default_factory=lambda: KeptFiles(Path("var/enclosures")))
    most_mb: int = 20
    kinds: tuple[str, ...] = ENCLOSURE_KINDS


async def awaited(store: Store, channel: str, account: str) -> str:
    """Which file this account may send next: `xlsx`, `docx`, `any`, or "" for none; otherwise files are neither fetched
    nor examined.
    """
    async with store.reading() as tx:
        person = await tx.accounts.person_of(channel, account)
        if person is None:
            return ""
        focus, who = await tx.conversations.focus(person), await tx.people.get(person)
    held, purpose = relations_to_office(who, who.office), text_of(focus or {}, "for")
    if purpose in {ENCLOSURE, ROUND_FILE}:
        return "any"  # whose place or draft it is, was asked when it was named, and is asked again of the file
    if purpose == TABLE:
        return "any" if may(held, Action.HAND_IN) else ""
    if purpose == TEMPLATE:
        return "docx" if may(held, Action.OPEN_CAMPAIGN) else ""
    return "xlsx" if purpose in FILES and may(held, OF_WORK.get(purpose, Action.IMPORT_ROSTER)) else ""


async def opened(
    store: Store, reading: Reading, incoming: Incoming, now: dt.datetime, enclosing: Enclosing
) -> ReadFile | None:
    """The content of the file that an event hands in, confirms or dates. Reading a province's file takes seconds, so it
    is done before the event's transaction begins. Raises InLine.
    """
    upload, purpose = None, FILE
    match incoming.event:
        case Handed(name, sha256) if incoming.content:
            upload, purpose = Upload(sha256, name, incoming.content), await _purpose(store, incoming)
        case Pressed(button) if button and button.verb in OF_FILE:
            upload = await _kept(store, incoming, now, button.about[:1])
        case Pressed(button) if button and button.verb in PUT.values():
            upload = await _kept(store, incoming, now, button.about[:1])
            purpose = next(purpose for purpose, verb in PUT.items() if verb == button.verb)
        case Pressed(button) if button and button.verb == PUT_TEMPLATE:
            upload, purpose = await _kept(store, incoming, now, button.about[:1]), TEMPLATE
        case Said(text) if read_date(text):
            upload = await _kept(store, incoming, now)
    if upload is None:
        return None
    async with store.reading() as tx:
        person = await tx.accounts.person_of(incoming.channel, incoming.account)
        office = await tx.units.office_of(person) if person is not None else 0
    if purpose in AS_IT_CAME:
        return await enclosed(reading, upload, office, _taking(enclosing, purpose), purpose)
    waits = WAITS if isinstance(incoming.event, Handed) else None  # what was looked at already is not put off
    return await _read(reading, upload, purpose, office, waits)


def _taking(enclosing: Enclosing, purpose: str) -> Enclosing:
    """What is taken of them."""
    taken = AS_IT_CAME[purpose]
    return replace(enclosing, kinds=tuple(one for one in taken if one in enclosing.kinds)) if taken else enclosing


async def enclosed(
    reading: Reading, upload: Upload, office: int, enclosing: Enclosing, purpose: str = ENCLOSURE
) -> ReadFile:
    """An enclosure, an own table, or a file for a round: its type is checked, and it is stored unchanged before
    anything refers to it.
    """
    file = ReadFile(upload.sha256, upload.name, purpose, size=len(upload.content))
    if file.size > enclosing.most_mb * 1_000_000:
        return replace(file, mistakes=(Mistake("", 0, "", "enclosure_big", {"most": str(enclosing.most_mb)}),))
    try:
        kind = str(await reading.read("enclosure", upload.content, office, WAITS))
    except RosterErrors as errors:
        return replace(file, mistakes=errors.mistakes)
    if kind not in enclosing.kinds:
        told = {"kind": kind, "kinds": ", ".join(enclosing.kinds)}
        return replace(file, mistakes=(Mistake("", 0, "", "enclosure_not_taken", told),))
    try:
        await asyncio.to_thread(enclosing.files.keep, upload.content)
    except OSError:
        return replace(file, mistakes=(Mistake("", 0, "", "enclosure_not_kept"),))
    return replace(file, kind=kind)


def read_file(file: ReadFile, language: str) -> EnclosureFile | None:
    """A file that is kept as it came, in words of the reader; None: another kind of file."""
    if not (file.kind or (file.mistakes and file.purpose in AS_IT_CAME)):
        return None
    said = tuple(word(one, language) for one in file.mistakes)
    return EnclosureFile(_shown(file), file.sha256, file.size, file.kind, said)


def _shown(file: ReadFile) -> str:
    """The file name as shown to everybody: on one line, without characters that hide or reorder letters; if nothing is
    left, its default name.
    """
    return " ".join(clean(file.name).split()) or ".".join(filter(None, (file.sha256[:8], file.kind)))


def told(enclosing: Enclosing, state: State) -> State:
    """The state; where files are taken that are kept as they came, with what may be sent."""
    if not isinstance(state.room, DossiersView | OfficeView | RoundsView):
        return state
    return replace(state, room=replace(state.room, most_mb=enclosing.most_mb, kinds=enclosing.kinds))


def unread(incoming: Incoming) -> Incoming:
    """The event of a file that could not be read, for others of the office were being read."""
    assert isinstance(incoming.event, Handed), "only those are put off"
    return replace(incoming, event=replace(incoming.event, trouble="in_line"), content=b"")


async def beside_kept(
    tx: Transaction, books: Books, office: int, file: ReadFile, event: Event, state: State
) -> RosterFile:
    """The file with the days given so far, compared with the office's stored roster, in the reader's words."""
    language = state.language
    if file.roster is None:
        return _wrong(file, file.mistakes, language)
    kept = await tx.rosters.kept(office)
    ours, theirs = kept.present.office.name, file.roster.office.name
    if ours != theirs:
        return RosterFile(file.name, file.sha256, other_office=theirs)
    change = await asyncio.to_thread(compared, kept, file.roster, state.now)
    if change.mistakes:
        slips = [slip.mistake for slip in change.mistakes]
        return _wrong(file, [*slips, *undated(change, file.roster.places)], language)
    revision = await tx.units.revision(office)
    asked = [one.new.key for one in change.undated]
    said = given(state.focus, event, file.sha256, revision, asked)
    dated = await asyncio.to_thread(_dated, kept, file.roster, change, said, state.now)
    change = dated.change
    shown = RosterFile(
        file.name,
        file.sha256,
        revision=revision,
        undated=tuple(map(Undated, (one.new.key for one in change.undated), since_when(change, TITLES, language))),
        days=dated.days,
        unfit=tuple(word(mistake, language) for mistake in dated.unfit[:MISTAKES]),
        changes=tuple(_changed(kind) for kind in sections(change, TITLES, language, LINES)),
        warnings=tuple(warnings(change, len(kept.present.people), TITLES, language)),
    )
    agreed = isinstance(event, Pressed) and event.button == agreeing(shown)
    if shown.undated or agreed or change.nothing:
        return shown
    try:
        touched = await rehearsed(tx, books, office, dated.roster, state.now, revision)
    except RosterChangedMeanwhile as error:
        raise LostRace(str(error)) from None
    told = reviews_touched(touched.begun, touched.led_on, touched.ended, language, LINES)
    return replace(shown, reviews=tuple(map(_changed, told)))


async def as_dated(tx: Transaction, office: int, roster: Roster, days: Mapping[str, str], now: dt.datetime) -> Roster:
    """The roster with the days that were said of what it changes."""
    if not days:
        return roster
    return with_days(roster, compared(await tx.rosters.kept(office), roster, now), _days(days))


async def forget_old(store: Store, now: dt.datetime) -> None:
    """Drop the files nobody did anything with."""
    async with store.reading() as tx:
        some = await tx.uploads.some_old(now)
    if some:
        async with store.transaction() as tx:
            await tx.uploads.drop_old(now)
            await tx.commit()


@dataclass(frozen=True, slots=True)
class _Dated:
    """A roster with the `days` that could be applied, the resulting changes, and what is wrong with the other days."""

    roster: Roster
    change: RosterChanges
    days: Mapping[str, str]
    unfit: tuple[Mistake, ...] = ()


def _dated(
    kept: KeptRoster, roster: Roster, change: RosterChanges, said: Mapping[str, str], now: dt.datetime
) -> _Dated:
    if not said:
        return _Dated(roster, change, said)
    dated = with_days(roster, change, _days(said))
    found = compared(kept, dated, now)
    slips = [slip for slip in found.mistakes if isinstance(slip, Misdated)]
    if not slips:
        return _Dated(dated, found, said)
    wrong = {slip.person.key for slip in slips}
    fits = {key: day for key, day in said.items() if key not in wrong}
    dated = with_days(roster, change, _days(fits))
    return _Dated(dated, compared(kept, dated, now), fits, tuple(slip.mistake for slip in slips))


def _changed(kind: ChangeSection) -> Changed:
    return Changed(kind.title, kind.count, tuple(kind.lines), kind.more)


def _days(said: Mapping[str, str]) -> dict[str, dt.date | None]:
    return {key: read_iso(day) for key, day in said.items()}


def _wrong(file: ReadFile, mistakes: Sequence[Mistake], language: str) -> RosterFile:
    told = tuple(word(mistake, language) for mistake in mistakes[:MISTAKES])
    return RosterFile(file.name, file.sha256, told, len(mistakes))


async def _kept(
    store: Store, incoming: Incoming, now: dt.datetime, about: Sequence[str] | None = None
) -> Upload | None:
    """What this person handed in and has not used yet, if it is the file the button is `about`; of a text, the one whose
    days are asked.
    """
    async with store.reading() as tx:
        person = await tx.accounts.person_of(incoming.channel, incoming.account)
        if person is None:
            return None
        if about is None:
            focus = await tx.conversations.focus(person) or {}
            about = [text_of(focus, "file")] if focus.get("for") == DAY else []
        upload = await tx.uploads.of_person(person, now) if about else None
    return upload if upload and upload.sha256[:FINGERPRINT] in about else None


async def _purpose(store: Store, incoming: Incoming) -> str:
    """What a file is awaited for."""
    async with store.reading() as tx:
        person = await tx.accounts.person_of(incoming.channel, incoming.account)
        focus = await tx.conversations.focus(person) if person is not None else None
    return text_of(focus or {}, "for")


async def _read(reading: Reading, upload: Upload, purpose: str, office: int, waits: float | None) -> ReadFile:
    file = ReadFile(upload.sha256, upload.name, purpose)
    try:
        match await reading.read(_KINDS.get(purpose, "roster"), upload.content, office, waits):
            case Roster() as roster:
                return replace(file, roster=roster)
            case True:
                return replace(file, template=upload.content)
            case Worksheet() as work:
                return replace(file, work=work)
            case products:
                return replace(file, products=cast("tuple[Product, ...]", products))
    except RosterErrors as errors:
        return replace(file, mistakes=errors.mistakes)


#: What a file is awaited for → how it is read, where it is no roster.
_KINDS = {CATALOGUE: "catalogue", WORK: "work", TEMPLATE: "template"}
