"""Files that may be larger than memory: permissions, contents, and a version for messengers."""

import datetime as dt
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from bot.campaign.dossiers.handing_out import dossier_parcel
from bot.campaign.upward.whole import sent_parcel
from bot.documents.bundling import GaveWay
from bot.door.channel import Document, Parcel
from bot.door.words import word
from bot.turn.papers import bundle_of, may_ask_for_all
from dialogs.core.handlers import Books
from dialogs.core.turn import AllPapers, InPieces, Reply, SentPapers, WholeDossier
from rules.nouns.reviews import Json
from storage.kept_files import KeptFiles, Lost
from storage.store import Store

#: Maximum file size in bytes for a messenger: Telegram's limit for bots, minus overhead.
MOST_IN_A_MESSAGE = 49_000_000

#: Up to this number of chosen people the audit names them; above, it gives their number.
NAMED = 50

#: The audit's name for downloading papers of others.
TAKEN_OUT = "papers taken out"


@dataclass(frozen=True, slots=True)
class Packing:
    """Puts them together."""

    store: Store
    books: Books
    clock: Callable[[], dt.datetime]
    handed: KeptFiles
    gave_way: GaveWay  # of the office's own Word templates, within a ZIP

    async def may_take(self, person: int, wanted: InPieces) -> bool:
        """Whether it is this person's to ask for, now."""
        async with self.store.reading() as tx:
            match wanted:
                case AllPapers(campaign):
                    return await may_ask_for_all(tx, person, campaign)
                case WholeDossier():
                    return await dossier_parcel(tx, self.books, person, wanted) is not None
                case SentPapers():
                    return await sent_parcel(tx, person, wanted, self.clock().date()) is not None

    async def parcel(self, person: int, wanted: InPieces) -> Parcel | None:
        """What they may have of it; None: it is not theirs to ask for."""
        match wanted:
            case AllPapers():
                async with self.store.instant() as tx:
                    bundle = await bundle_of(tx, person, wanted, self.clock())
                if bundle is None:
                    return None
                told: dict[str, Json] = {
                    "campaign": wanted.campaign,
                    "unit": wanted.unit,
                    "papers": len(bundle.papers),
                }
                if wanted.people:
                    told["people"] = len(wanted.people) if len(wanted.people) > NAMED else [*wanted.people]
                return Parcel(
                    bundle.name,
                    bundle.mark,
                    lambda: self._told_first(person, told, bundle.pieces(self.store, self.gave_way)),
                )
            case WholeDossier():
                async with self.store.reading() as tx:
                    found = await dossier_parcel(tx, self.books, person, wanted)
                if found is None:
                    return None
                about: dict[str, Json] = {"campaign": wanted.campaign, "dossier": wanted.whose}
                # It says when it was made: made again it is another one.
                return Parcel(
                    found.name,
                    secrets.token_hex(16),
                    lambda: self._told_first(
                        person, about, found.pieces(self.store, self.books, self.handed, self.clock())
                    ),
                )

            case SentPapers():
                async with self.store.reading() as tx:
                    sent = await sent_parcel(tx, person, wanted, self.clock().date())
                if sent is None:
                    return None
                of: dict[str, Json] = {"campaign": wanted.campaign, "sent_up": wanted.sent_up}
                return Parcel(
                    sent.name,
                    sent.mark,
                    lambda: self._told_first(person, of, sent.pieces(self.store, self.books, self.handed)),
                )

    async def _told_first(
        self, person: int, taken: dict[str, Json], pieces: AsyncIterator[bytes]
    ) -> AsyncIterator[bytes]:
        """The pieces; that somebody takes them stands in the audit before they have any."""
        async with self.store.transaction() as tx:
            await tx.audit.record(person, TAKEN_OUT, self.clock(), detail=taken)
            await tx.commit()
        async for piece in pieces:
            yield piece

    async def in_one_message(self, person: int, wanted: InPieces, tongue: str) -> Sequence[Document]:
        """The file where a message carries it; else what to do instead."""
        parcel = await self.parcel(person, wanted)
        if parcel is None:
            return ()
        content = bytearray()
        try:
            async for piece in parcel.pieces():
                content += piece
                if len(content) > MOST_IN_A_MESSAGE:
                    return (_instead(parcel, _TOO_LARGE[type(wanted)], wanted, tongue),)
        except Lost:
            return (_instead(parcel, "dossier/lost", wanted, tongue),)
        return (Document("zip", parcel.name, bytes(content)),)


_TOO_LARGE = {
    AllPapers: "desk/papers_too_large",
    WholeDossier: "dossier/too_large",
    SentPapers: "upward/too_large",
}


def _instead(parcel: Parcel, told: str, wanted: InPieces, tongue: str) -> Document:
    named = told in {"desk/papers_too_large", "dossier/too_large"}
    values: dict[str, Json] = {"campaign": wanted.campaign} if named else {}
    return Document("zip", parcel.name, b"", word(Reply(told, values), tongue).html)
