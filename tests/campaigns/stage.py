"""Plays a campaign of a fictional office through the public ways: the clerk's file, chat events, a moved clock.

play = await Play.begin(url, cast, "30/10/2020 08:00") # a migrated database await play.imports(folder) # write and read
the clerk's file, preview, keep await play.opens("quang-ngai-office-2020", year=2020) # what `tusoi campaign open` does
desk = await play.phone("desk") # or in chat: `prepares_a_campaign` of a phone of the desk told = await
play.reminders("26/11/2020") # {"TH1": [{"what": "own", "due": "2020-12-04", …}]} play.on("27/11/2020 09:00") await
play.everybody_hands_in("late", answers={"long_leave": {"leave_months": "4"}}) await play.all_look_through() # heads
agree to what waits, until nothing waits chief = await play.phone("chief") # what a phone can do:
tests.campaigns.colleague await chief.decides_the_list() await chief.decides(cast.name("long_leave"), "completed",
holding="Mẫu số 02") await play.takes_notice("TH1") # pressed in the notice that came await play.standings("TH1"),
play.told("TH1"), play.ratings("TH1"), play.counted(), play.size() …: …looking

`who` is always a short name of `tests.campaigns.office`. A phone is tied by a real invitation, whose code `tusoi invite
list` shows and /start gets. Nothing is written to the database directly: besides the chat there are only the clerk's
file, `tusoi campaign open` and the day's reminders, each called as the shell does.

To continue from a play that took long, use `branch = await play.copied(tmp_path)` (SQLite) and its `ends()`. A
beginning that many tests share is an `async def begun(url, folder)` with `@lived_once`; what the desk does before
anybody has a phone is shared in any case.
"""

import datetime as dt
import itertools
import shutil
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from bot.campaign.campaigns import open_campaign
from bot.campaign.invitations.invited import invited
from bot.campaign.invitations.reissuing import CodesWanted, reissue
from bot.campaign.roster.importing import import_roster, preview
from bot.clock import ZONE
from bot.daily.remind import Reminding
from bot.delivery.seam import NoJobs
from bot.door.channel import WordedKey
from bot.door.kept import reply_from_json
from bot.door.lifetimes import Lifetimes
from bot.door.words import word
from bot.roster.read import read_roster
from bot.turn.house import House
from rules.nouns.reviews import OWED, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES
from rules.roster.changes import RosterChanges
from rules.roster.people import Roster
from storage.store import Store
from storage.tables import DELIVERY
from tests.beginnings import once
from tests.bot.playing import Clock, house_over, shelf
from tests.campaigns.colleague import Colleague
from tests.campaigns.looking import Looking
from tests.campaigns.office import Cast

Made = TypeVar("Made")

#: Numbers for copies, so that no copy repeats the id of an update that was already taken.
_copies = itertools.count(1)


def moment(text: str) -> dt.datetime:
    """The time written as `20/11/2020 09:00`; without an hour, 08:30."""
    day, _, hour = text.partition(" ")
    return dt.datetime.strptime(f"{day} {hour or '08:30'}", "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


#: Sessions never end in a play, because it leaps over months in which real people would have used their devices. The
#: end of sessions is tested in tests/bot/web/test_sessions.py.
FOR_EVER = Lifetimes(dt.timedelta(days=4000), dt.timedelta(days=4000))


def lived_once(live: Callable[[str, Path], Awaitable["Play"]]) -> Callable[[str, Path], Awaitable["Play"]]:
    """Makes a beginning, which takes a fresh database and a folder for its files, shared: it is played for the first
    test that asks, and on SQLite copied for all others.
    """

    async def begun(url: str, folder: Path) -> Play:
        store = await Store.open(url)

        async def lives() -> Play:
            play = await live(url, folder)
            await play.ends()
            return play.as_it_is()

        lived = await once(store, (live.__module__, live.__qualname__), lives)
        await store.close()
        return await lived.over(url)

    return begun


@dataclass
class Play(Looking):
    """A campaign on the stage."""

    house: House
    updates: Iterator[int]
    url: str = ""
    phones: dict[str, Colleague] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict)
    _story: tuple[object, ...] = ()  # what the desk has done so far; only used until anybody else does anything

    @classmethod
    async def begin(cls, url: str, cast: Cast, when: str) -> "Play":
        """A play on a migrated database."""
        store, clock = await Store.open(url), Clock(moment(when))
        house = replace(house_over(store, clock), lifetimes=FOR_EVER)
        return cls(cast, store, clock, house, itertools.count(1), url, _story=("begin",))

    async def copied(self, folder: Path) -> "Play":
        """The same play on a copy of its SQLite file. What is done there has no effect here."""
        file = folder / "branch.sqlite"
        async with self.store.reading() as tx:  # nothing is being written
            shutil.copy(self.url.removeprefix("sqlite:///"), file)
            del tx
        return await self.over(f"sqlite:///{file}")

    async def over(self, url: str) -> "Play":
        """The same play on an existing copy of its database."""
        store, clock = await Store.open(url), Clock(self.clock.now)
        branch = replace(
            self,
            store=store,
            clock=clock,
            house=replace(house_over(store, clock), lifetimes=FOR_EVER),
            updates=itertools.count(10**6 * next(_copies)),
            _codes=dict(self._codes),
            _story=(),
        )
        return replace(branch, url=url, phones=self._phones_of(branch), ids=dict(self.ids))

    def as_it_is(self) -> "Play":
        """A copy of the play's state, which later deeds of this play do not change."""
        kept = replace(self, clock=Clock(self.clock.now), ids=dict(self.ids), _codes=dict(self._codes), _story=())
        return replace(kept, phones=self._phones_of(kept))

    def _phones_of(self, branch: "Play") -> dict[str, Colleague]:
        return {
            who: replace(phone, house=branch.house, updates=branch.updates, shown=[*phone.shown])
            for who, phone in self.phones.items()
        }

    async def ends(self) -> None:
        """Close everything."""
        await self.store.close()

    def on(self, when: str) -> None:
        """Move the clock: `20/11/2020 09:00`."""
        self.clock.now = moment(when)

    # ── the office ─────────────────────────────────────────────────────────────────────────────

    async def imports(self, folder: Path, cast: Cast | None = None) -> RosterChanges:
        """Write the clerk's file, read it, preview it and import it. Call it again with another cast for an update."""
        self.cast = cast or self.cast

        async def keep() -> RosterChanges:
            roster = self.read(folder)
            seen = await preview(self.store, roster, self.clock())
            assert not seen.change.mistakes, seen.change.mistakes
            return await import_roster(self.store, self.house.books, roster, seen, self.clock())

        change = await self._does(("imports",), keep)
        await self.learn()
        return change

    async def opens(self, folder: Path, *rulebooks: str, year: int, period: str = "year", **dates: dt.date) -> None:
        """Do what `tusoi campaign open` does with the clerk's file. `dates`: milestones to move."""

        async def open_it() -> object:
            roster, books = self.read(folder), self.house.books
            return await open_campaign(
                self.store, books, rulebooks, year, roster, self.clock(), period=period, dates=dates
            )

        await self._does(("opens", rulebooks, year, period, *sorted(dates.items())), open_it)
        await self.learn()

    async def _does(self, deed: tuple[object, ...], live: Callable[[], Awaitable[Made]]) -> Made:
        """A deed of the desk. Until anything else has happened, it is done once for all plays that begin in the same
        way.
        """
        if not self._story or self.phones or self.house.books is not shelf():
            self._story = ()
            return await live()
        told = (*self._story, (self.clock(), repr(self.cast.roster), *deed))
        self._story = told if deed[0] == "imports" else ()  # after the opening it would be incomplete
        return await once(self.store, told, live)

    def read(self, folder: Path) -> Roster:
        """The roster in the clerk's file."""
        return read_roster(self.cast.file(folder))

    # ── people ─────────────────────────────────────────────────────────────────────────────────

    async def phone(self, who: str) -> Colleague:
        """Their phone. The first time, it is tied by their invitation."""
        if who not in self.phones:
            phone = Colleague(self.house, f"{who}@web", self.updates, who=who, name=self.cast.name(who))
            await phone.commands("start", await self._code(self.cast.key[who]))
            self.phones[who] = phone
        return self.phones[who]

    async def _code(self, key: str) -> str:
        """The code that `tusoi invite list` shows. Before a campaign there is none, and `tusoi invite reissue` makes
        one.
        """
        if key not in self._codes:
            office = await invited(self.store, self.clock(), office=self.cast.office)
            self._codes = {one.key: one.code for one in office.people if one.code}
        if key in self._codes:
            return self._codes.pop(key)
        made = await reissue(self.store, CodesWanted(keys=(key,)), self.clock(), self.cast.office)
        return made[0].code

    async def reads(self, who: str) -> Colleague:
        """Their phone, showing all notices that came for them, whose buttons can be pressed (`presses`)."""
        phone, seen = await self.phone(who), {key.data for key in (await self.phone(who)).shown}
        rows = await self.rows(DELIVERY, person_id=self.ids[who])
        phone.shown += [key for row in rows for key in _keys(row) if key.data not in seen]
        return phone

    async def everybody_hands_in(self, *but: str, answers: Mapping[str, Mapping[str, str]] | None = None) -> int:
        """Everybody fills in and sends all they owe, in the order of the roster. Returns how many were sent."""
        sent = await self.reports_hand_in(*but, answers=answers)
        owing = {
            one.person.id
            for one in await self.standings()
            if one.status in OWED and one.drafter in {None, one.person.id}
        }
        for who, id_ in self.ids.items():
            if id_ in owing and who not in but:
                sent += await (await self.phone(who)).hands_in_all(**(answers or {}).get(who, {}))
        return sent

    async def reports_hand_in(self, *but: str, answers: Mapping[str, Mapping[str, str]] | None = None) -> int:
        """The drafters fill in and send the reports of bodies. Returns how many were sent. `but`, `answers`: by the
        body.
        """
        sent = 0
        for line in await self.standings():
            body, one = self.who(line.person.id), line
            if one.status in OWED and one.person.subject in BODIES and one.drafter is None and body not in but:
                one = await self._with_drafter(line)
            if one.status in OWED and one.drafter not in {None, one.person.id} and body not in but:
                drafter = await self.phone(self.who(one.drafter))
                sent += await drafter.hands_in_report(one.person.name, one.review, **(answers or {}).get(body, {}))
        return sent

    async def _with_drafter(self, line: ReviewLine) -> ReviewLine:
        """The desk names somebody of the body's unit as drafter, if the roster does not say who leads it."""
        async with self.store.reading() as tx:
            desk = await tx.units.desk_of(self.cast.office)
        phone = await self.phone(next(who for who in self.people if self.ids[who] in desk))
        await phone.names_a_drafter(line.person.name, line.review)
        named = next(one for one in await self.standings() if one.review == line.review)
        assert named.drafter, phone.text
        return named

    async def all_look_through(self, *but: str) -> int:
        """All heads agree to drafts until none waits. `but`: whose drafts stay. Returns the number of presses."""
        names, ids, count = [self.cast.name(who) for who in but], {self.ids[who] for who in but}, 0
        while heads := await self._heads_with_drafts(ids):
            for head in heads:
                count += await (await self.phone(head)).looks_through(*names)
        return count

    async def _heads_with_drafts(self, but: set[int]) -> list[str]:
        waiting = [
            one for one in await self.standings() if one.status is ReviewStatus.SUBMITTED and one.person.id not in but
        ]
        return sorted({self.who(one.approver_id) for one in waiting if one.approver_id})

    async def results_due(self, *but: str) -> set[tuple[str, str]]:
        """(who handed it in, whose it is) for each result that must be told, except those of `but`."""
        return {
            (self.who(one.owner), one.person.name)
            for one in await self.standings()
            if self.who(one.person.id) not in but
        }

    async def results_told(self) -> set[tuple[str, str]]:
        """(who was told, whose it is) for each result that was told."""
        return {(one.who, str(one.values["name"])) for one in await self.all_told() if one.template == "notice/ruled"}

    async def takes_notice(self, who: str) -> int:
        """They press “Đã nhận thông báo” in every notice of a decision not answered yet. Returns how many."""
        decided = [one for one in await self.standings(who) if one.status is ReviewStatus.DECIDED]
        for one in decided:
            phone = await self.reads(self.who(one.owner))  # for a body, the drafter of its report
            await phone.presses_about("result_seen", one.review)
        return len(decided)

    # ── the day ────────────────────────────────────────────────────────────────────────────────

    async def reminders(self, when: str) -> dict[str, list[Mapping[str, Any]]]:
        """Move the clock and write the day's reminders. Returns who is told of what (dialogs/lobby/reminders.py);
        people who are mentioned are given by name only.
        """
        self.on(when)
        reminding = Reminding(self.store, self.house.books, NoJobs(), self.clock)
        await reminding.remind()
        return {
            one.who: [_with_names(thing) for thing in one.things]
            for one in await self.all_told("reminder", self.clock().date())
        }


def _with_names(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    names = [line if isinstance(line, str) else line["name"] for line in thing.get("names", ())]
    return {**thing, "names": names} if names else thing


def _keys(row: Mapping[str, Any]) -> list[WordedKey]:
    """The buttons of a delivered notice."""
    return [key for line in word(reply_from_json(row["reply"]), "vi").keyboard for key in line]
