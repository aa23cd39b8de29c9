"""One event, one transaction: the only way in which anything a person does is stored."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from bot.campaign.desk_files import desk_file
from bot.campaign.reports.figures import keep_told
from bot.delivery.notices import NOTICE, Notice, notify_many
from bot.delivery.owed import RepliesAtHand
from bot.delivery.seam import Jobs
from bot.documents.printing import printed
from bot.door import history
from bot.door.channel import Document, Incoming, Parcel, Worded
from bot.door.figures import Figures
from bot.door.front import Answered, Beside, Called, Exchange, Worth
from bot.door.hub import Hub
from bot.door.kept import reply_from_json, reply_to_json, said_to_json, unnamed_to_json
from bot.door.lifetimes import Lifetimes, to_keep
from bot.door.push_key import public_key
from bot.door.verdicts import Verdict
from bot.door.words import word
from bot.reading.parent import InLine, Reading
from bot.turn import uploads
from bot.turn.apply import apply
from bot.turn.checking import checked
from bot.turn.command_context import CommandContext, Overtaken
from bot.turn.guarding import guarded
from bot.turn.in_pieces import TAKEN_OUT, Packing
from bot.turn.loading import Loader
from bot.turn.papers import to_print
from bot.turn.room_loading import enter
from bot.turn.uploads import Enclosing
from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import SetLanguage, TieAccount
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.commands.drafts import Approve, Endorse
from dialogs.core.commands.refusals import Refuse
from dialogs.core.commands.rulings import Decide
from dialogs.core.events import Pressed
from dialogs.core.handlers import Books
from dialogs.core.state import Invitation, State
from dialogs.core.turn import AllPapers, Attached, DeskFile, InPieces, Papers, Reply, SentPapers, Turn, WholeDossier
from dialogs.lobby.menu import of_use
from dialogs.rounds.boxing import as_kept
from dialogs.step import step
from rules.campaign.at_work import at_work, in_order
from rules.nouns.people import tongue
from rules.nouns.reviews import Json
from storage.errors import Away, Busy, LostRace
from storage.repositories.access.pushes import PushAddress
from storage.store import Store
from storage.transaction import Transaction
from storage.values import Arrival

_Got = TypeVar("_Got")

#: Commands by which somebody answered or decided something.
_ACTS = (KeepAnswer, Approve, Endorse, Decide)

#: Seconds for which an event is retried when another transaction came first, the database server was lost, or the
#: conversation was locked all the time; and between attempts. Anything stored all the same is found by its update.
PATIENCE = 20.0
PAUSES = (0.0, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class House:
    """The implementation of `bot.door.front.Front`."""

    store: Store
    books: Books
    jobs: Jobs
    loader: Loader
    clock: Callable[[], dt.datetime]
    figures: Figures = field(default_factory=Figures)
    owed: RepliesAtHand = field(default_factory=RepliesAtHand)
    hub: Hub = field(default_factory=Hub)
    reading: Reading = field(default_factory=Reading)
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    enclosing: Enclosing = field(default_factory=Enclosing)
    address: str = ""  # what the codes on papers begin with (templates.documents.scanning)

    async def take(self, incoming: Incoming) -> Answered:
        """One event, one transaction. Returns after the commit; a replayed update gets the same replies."""
        with self.figures.step(incoming.channel):
            try:
                file = await self._patiently(
                    lambda: uploads.opened(self.store, self.reading, incoming, self.clock(), self.enclosing)
                )
            except InLine:
                incoming, file = uploads.unread(incoming), None
            return await self._patiently(lambda: self._take(incoming, file))

    async def heard(self, channel: str, account: str, updates: Sequence[str]) -> list[str]:
        """Which of these updates were taken before."""
        async with self.store.reading() as tx:
            return [one for one in updates if await tx.turns.seen(channel, account, one) is not None]

    async def who(self, channel: str, account: str) -> int | None:
        """The person this account is tied to."""
        async with self.store.reading() as tx:
            tie = await tx.accounts.tie_of(channel, account)
        return tie.person_id if tie and not self.lifetimes.over(channel, tie, self.clock()) else None

    async def visited(self, channel: str, account: str) -> None:
        """A page was looked at: that is a use as well."""
        async with self.store.reading() as tx:
            tie = await tx.accounts.tie_of(channel, account)
        if tie and to_keep(tie, self.clock()):
            async with self.store.transaction() as tx:
                await tx.accounts.seen(channel, account, self.clock())
                await tx.commit()

    async def moved(self, channel: str, account: str, to: str, person: int) -> bool:
        """Transfer the account of an old session to `to`. False when it is not that person's or was used since."""
        async with self.store.transaction() as tx:
            tie = await tx.accounts.tie_of(channel, account)
            if tie is None or self.lifetimes.over(channel, tie, self.clock()):
                return False
            moved = await tx.accounts.move(channel, account, to, person, self.clock())
            await tx.commit()
        return moved

    async def worth(self, code: str) -> Worth:
        """What a code is worth now; nothing is used up or counted."""
        async with self.store.reading() as tx:
            found = await tx.invitations.look_up(code, self.clock())
        return Worth(Invitation(found.outcome), found.person_id or None, found.opens_at)

    async def named(self, person: int) -> str:
        """The name and the unit: two of one name may use one browser."""
        async with self.store.reading() as tx:
            known = await tx.people.get(person)
            return ", ".join(filter(None, (known.called, known.unit)))

    async def tongue(self, person: int) -> str:
        """The language this person reads, and how it addresses them."""
        async with self.store.reading() as tx:
            return await tx.people.tongue(person)

    async def menu(self, person: int) -> Sequence[str]:
        """The commands that are of use to this person now, in the order of the menu."""
        async with self.store.reading() as tx:
            return of_use(await self.loader.at_a_glance(tx, person, self.clock()), self.books)

    async def beside(self, person: int) -> Beside:
        """The outline of the form at work with how far each item is, and its papers."""
        async with self.store.reading() as tx:
            state = await self.loader.at_a_glance(tx, person, self.clock())
            own = at_work(in_order(state.others, state.now.date()))
            if own is None:
                return Beside()
            state = replace(state, own=own, others=tuple(one for one in state.others if one.id != own.id))
            at = max((turn.id for turn in await tx.turns.history(person, limit=1)), default=0)
            papers = Papers(own.id, own.draft.version if own.draft and not own.open else 0, ("pages",))
            if not own.open:
                return Beside(None, papers, at)
            event = Pressed(Button("outline", own.id))
            turn = step(self.books, await enter(tx, self.books, state, event, None), event)
        return Beside(word(turn.replies[0], _after(turn, state)[1]), papers, at)

    async def awaits_file(self, channel: str, account: str) -> str:
        """Which file this account may send now: `xlsx`, `any`; "" none."""
        return await uploads.awaited(self.store, channel, account)

    async def history(
        self, person: int, after: int = 0, limit: int = 60, before: int | None = None
    ) -> Sequence[Exchange]:
        """The newest stored steps of this person's conversation with an id above `after` and below `before`, oldest
        first.
        """
        async with self.store.reading() as tx:
            talk = await history.read(tx, person, after, limit, before)
        return await history.worded(talk)

    async def documents(self, person: int, attached: Attached) -> Sequence[Document]:
        """The files, if `person` may see that review or have that file of their office; else none."""
        match attached:
            case DeskFile():
                return await desk_file(self.store, self.books, person, attached, self.enclosing.files, self.clock())
            case Papers():
                async with self.store.reading() as tx:
                    printable = await to_print(tx, self.books, person, attached, self.clock())
                if printable is None:
                    return ()
                await self._took_out(person, attached)
                files = await printed(printable, attached.kinds)
                if any(one.generic for one in files):
                    await self._gave_way(attached.review, attached.version)
                return files
            case AllPapers() | WholeDossier() | SentPapers():
                return await self._packing.in_one_message(person, attached, await self.tongue(person))

    async def may_take(self, person: int, wanted: InPieces) -> bool:
        """Whether it is this person's to ask for, now."""
        return await self._packing.may_take(person, wanted)

    async def parcel(self, person: int, wanted: InPieces) -> Parcel | None:
        """What they may have of it, as it is now; None: it is not theirs to ask for."""
        return await self._packing.parcel(person, wanted)

    @property
    def _packing(self) -> Packing:
        return Packing(self.store, self.books, self.clock, self.enclosing.files, self._gave_way)

    async def _gave_way(self, review_id: int, version: int) -> None:
        """The generic template replaced the office's own: record it in the audit each time, and tell the desk once for
        each template.
        """
        now = self.clock()
        async with self.store.transaction() as tx:
            await tx.audit.record("system", "template failed", now, review_id=review_id)
            review = await tx.reviews.get(review_id)
            kept = await tx.documents.of_version(review_id, version)
            if review is not None and kept is not None and kept.template:
                told = Reply(
                    "notice/template_failed", {"code": self.books[review.campaign.edition].forms[review.form].code}
                )
                desk = await tx.units.desk_of(review.person.office)
                notices = [Notice(one, f"template-failed:{kept.template}:{one}", told) for one in desk]
                await notify_many(tx, notices, now, self.jobs)
            await tx.commit()

    async def _took_out(self, person: int, papers: Papers) -> None:
        """Record in the audit that somebody takes a file of somebody else. Page images are merely viewed, like a draft,
        and not recorded.
        """
        kinds: list[Json] = [kind for kind in papers.kinds if kind != "pages"]
        if not kinds:
            return
        async with self.store.transaction() as tx:
            review = await tx.reviews.get(papers.review)
            if review is None or review.person.id == person:
                return
            about: dict[str, Json] = {"version": papers.version, "kinds": kinds}
            await tx.audit.record(
                person, TAKEN_OUT, self.clock(), review_id=review.id, person_id=review.person.id, detail=about
            )
            await tx.commit()

    async def checked(self, paper: str | bytes, persons: Sequence[int]) -> Verdict:
        """How a paper stands; to whom of these persons may read it, whose it is."""
        return await checked(self.store, self.reading, paper, persons, self.clock())

    def changes(self, person: int) -> AsyncIterator[None]:
        """Yields whenever something new was kept for this person."""
        return self.hub.changes(self.store, person)

    def out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """The replies to these updates of an account are out, or never will be."""
        self.owed.out(self.store, channel, account, updates)

    def not_out(self, channel: str, account: str, updates: Sequence[str]) -> None:
        """The replies to these did not go out, and the channel tries no more: somebody does later."""
        for update in updates:
            self.owed.mine.pop((channel, account, update), None)

    async def still_owed(self, channel: str, account: str, update: str) -> bool:
        """Whether the replies to this update are still to be sent by this process."""
        return await self.owed.still_mine(self.store, (channel, account, update), self.clock)

    async def put_by(self, channel: str, account: str, update_id: str, update: Mapping[str, Json]) -> None:
        """Store an update under way that the channel's servers will not send again, as it came."""
        async with self.store.transaction() as tx:
            await tx.owed.put_by(channel, account, update_id, self.owed.by, self.clock(), dict(update))
            await tx.commit()

    async def unread(self, channel: str) -> Sequence[Mapping[str, Any]]:
        """The updates that were put by and not handled before the process ended."""
        async with self.store.reading() as tx:
            return [cast("Mapping[str, Any]", update) for update in await tx.owed.unread(channel)]

    async def reached(self, channel: str, account: str, *, reachable: bool) -> None:
        """The channel learned that a person blocked us there, or is back."""
        async with self.store.transaction() as tx:
            if reachable:
                await tx.accounts.clear_blocked(channel, account)
            else:
                await tx.accounts.mark_blocked(channel, account, self.clock())
            await tx.commit()

    async def push_key(self) -> str:
        """The public key by which browsers let themselves be called; made at the first start."""
        return await public_key(self.store, self.clock())

    async def call_at(self, channel: str, account: str, address: PushAddress | None) -> None:
        """The browser of this session is called there while its page is closed; None: no longer."""
        async with self.store.transaction() as tx:
            if address is None:
                await tx.pushes.forget(channel, account)
            else:
                await tx.pushes.keep(channel, account, address, self.clock())
            await tx.commit()

    async def called(self, channel: str, account: str, person: int) -> Called | None:
        """How the browser of this session of that person is called; None: it is not."""
        async with self.store.reading() as tx:
            address = await tx.pushes.of(channel, account, person)
            key = await tx.pushes.key() if address else None
            if address is None or key is None:
                return None
            return Called(address, key, await tx.people.language(person), await tx.pushes.newest(person, NOTICE))

    async def _patiently(self, work: Callable[[], Awaitable[_Got]]) -> _Got:
        """What comes of it, taken again while something else comes first or the database is away."""
        time = asyncio.get_running_loop().time
        until, pauses = time() + PATIENCE, iter(PAUSES)
        while True:
            try:
                return await work()
            except (Overtaken, LostRace, Away, Busy):
                if time() > until:
                    raise
                await asyncio.sleep(next(pauses, PAUSES[-1]))

    async def _take(self, incoming: Incoming, file: uploads.ReadFile | None) -> Answered:
        now = self.clock()
        async with self.store.transaction() as tx:
            # Find out who is speaking and whether the update was handled before; the conversation is locked from here
            # on.
            arrival = await tx.accounts.arrival(incoming.channel, incoming.account, incoming.update_id)
            person = arrival.person_id
            if arrival.tie and self.lifetimes.over(incoming.channel, arrival.tie, now):
                return Answered(None, ())  # the page finds itself signed out, and shows the way in
            if arrival.replies is not None:
                return await self._again(tx, person, incoming, arrival.replies)
            await self._heard_from(tx, incoming, arrival, now)
            # Load what the conversation knows, and the room to which the event belongs.
            state = await (
                self.loader.known(tx, person, incoming, now)
                if person is not None
                else self.loader.stranger(tx, incoming, now)
            )
            if arrival.by_somebody:
                state = replace(state, device=await tx.invitations.came_by(incoming.channel, incoming.account))
            state = uploads.told(self.enclosing, await enter(tx, self.books, state, incoming.event, file))
            await keep_told(tx, state.figures, now)
            # Compute the turn, check permissions once more before anything is stored, and apply the commands.
            context = CommandContext(tx, incoming, state.person, now, self.books, file, state.device, self.address)
            turn = await guarded(context, step(self.books, state, incoming.event))
            await apply(turn, context)
            if any(isinstance(command, Refuse) for command in turn.commands):
                self.figures.refused(incoming.channel)
            person, spoken = _after(turn, state)
            along = await self.owed.strike_along(tx)
            if incoming.owed:
                await self.owed.owe(tx, incoming, now)
            await tx.turns.keep(
                person,
                incoming.channel,
                incoming.account,
                incoming.update_id,
                said_to_json(kept, turn) if (kept := as_kept(state, incoming.event)) else unnamed_to_json(),
                [reply_to_json(reply) for reply in turn.replies],
                now,
                state.fresh_code,
            )
            for delivery in context.notified:
                await self.jobs.enqueue(tx.connection, delivery)
            if context.to_many:
                await notify_many(tx, context.to_many, now, self.jobs)
            await tx.commit()
        self.owed.struck(along)
        answered = self._answered(incoming, person, tuple(word(reply, spoken) for reply in turn.replies))
        return replace(answered, acted=any(isinstance(command, _ACTS) for command in turn.commands))

    def _answered(self, incoming: Incoming, person: int | None, replies: tuple[Worded, ...]) -> Answered:
        if incoming.owed:
            self.owed.is_mine((incoming.channel, incoming.account, incoming.update_id))
        return Answered(person, replies)

    async def _heard_from(self, tx: Transaction, incoming: Incoming, arrival: Arrival, now: dt.datetime) -> None:
        """Who speaks blocks us no more; that the account is used is kept now and then."""
        if arrival.blocked:
            await tx.accounts.clear_blocked(incoming.channel, incoming.account)
        if arrival.tie and to_keep(arrival.tie, now):
            await tx.accounts.seen(incoming.channel, incoming.account, now)

    async def _again(self, tx: Transaction, person: int | None, incoming: Incoming, kept: list[Any]) -> Answered:
        """The replies to an update that was handled before; none when they are sent already or about to be."""
        if incoming.owed:
            if not await self.owed.claim(tx, incoming, self.clock()):
                return Answered(person, ())
            await tx.commit()
        spoken = await tx.people.tongue(person) if person is not None else self.loader.language
        worded = tuple(word(reply_from_json(reply), spoken, kept=True) for reply in kept)
        return self._answered(incoming, person, worded)


def _after(turn: Turn, state: State) -> tuple[int | None, str]:
    """Whose account it is after the turn, and in which tongue its replies are: a change shows at once."""
    who, language = state.person, state.language
    person = who.id if who else None
    for command in turn.commands:
        match command:
            case TieAccount():
                person, who = command.person, state.invited.person if state.invited else None
            case SetLanguage():
                language = command.language
    return person, tongue(language, who.gender if who else None)
