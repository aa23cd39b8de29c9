"""Reminders: who is told what today. Everybody gets at most one message a day, during their office's working hours."""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.campaign.rounds.ending import decided_among
from bot.campaign.usable import usable
from bot.clock import ZONE
from bot.daily.office_day import office_day
from bot.daily.upward import unsent_today
from bot.delivery.notices import Notice, notify_many
from bot.delivery.seam import Jobs
from bot.delivery.working_hours import is_quiet, is_working_hour
from dialogs.core.handlers import Books
from dialogs.lobby.reminders import reminder
from rules.campaign.reminders.days import is_petition_day, plan_days
from rules.campaign.reminders.owing import owed_today
from rules.campaign.reminders.reminding import OfficeDay, Owed, Posts, What, for_each
from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Campaign
from rules.nouns.workdays import is_workday
from storage.store import Store
from storage.transaction import Transaction

#: Reminders written in one transaction, so that others have their turn in between.
TOGETHER = 100

#: Stands for people of any office who are only told of their plan of improvement.
_NO_OFFICE = ""


@dataclass(frozen=True, slots=True)
class Reminding:
    """Writes the day's reminders. Called every minute; each reminder is written once.

    `written`: the offices already processed, with the day and the dates used, so that a moved date is processed again.
    This only saves work: the key of a delivery guarantees that it is written once.
    """

    store: Store
    books: Books
    jobs: Jobs
    clock: Callable[[], dt.datetime]
    written: dict[str, object] = field(default_factory=dict)

    async def remind(self) -> int:
        """Write the reminders due today and not yet written; returns how many. Does nothing outside working hours."""
        now = self.clock()
        if not is_working_hour(now):
            return 0
        offices = await self._offices()
        states = {office: (now.date(), _dates(parts)) for office, parts in offices.items()} | {_NO_OFFICE: now.date()}
        waiting = [office for office in states if self.written.get(office) != states[office]]
        plans = await self._plans(now.date()) if waiting else {}
        return sum([await self._remind(office, offices, plans, states) for office in waiting])

    async def _remind(
        self,
        office: str,
        offices: Mapping[str, Sequence[Campaign]],
        plans: dict[int, list[Owed]],
        states: Mapping[str, object],
    ) -> int:
        """The number of new reminders of that office. None during its quiet hours, in which its plans wait as well."""
        now = self.clock()
        if office in offices:
            told = await self._told(offices[office], plans, now)
        else:
            told = plans if all(self.written.get(one) == states[one] for one in offices) else None
        if told is None:
            return 0
        count = await self._write(told, now)
        self.written[office] = states[office]
        return count

    async def _offices(self) -> dict[str, list[Campaign]]:
        """Office → the parts of its open campaigns. A part with an unusable rulebook has no reminders (`serve` has
        warned of it), and the others do not wait for it.
        """
        async with self.store.reading() as tx:
            parts = [part for part in await tx.campaigns.open_ones() if usable(part, self.books)]
        return {office: [part for part in parts if part.office == office] for office in {one.office for one in parts}}

    async def _plans(self, today: dt.date) -> dict[int, list[Owed]]:
        """Reminders about plans of improvement, which continue when no campaign is open."""
        async with self.store.reading() as tx:
            lines = await tx.improvements.due_on(plan_days(today))
        day = OfficeDay(today, OfficeSettings(), Posts(), (), improvements=lines)
        plans = for_each(owed_today(day), day)
        for more in (await self._data_requests(today), await self._rounds(today), await self._unsent(today)):
            for member, owed in more.items():
                plans[member] = [*plans.get(member, ()), *owed]
        return plans

    async def _data_requests(self, today: dt.date) -> dict[int, list[Owed]]:
        """Desk member → data requests whose legal deadline is near, whatever the office has set and even when no
        campaign is open. Nobody is told of their own request.
        """
        if not is_workday(today):
            return {}
        async with self.store.reading() as tx:
            waiting = [one for one in await tx.requests.open_everywhere() if is_petition_day(today, one.request.due)]
            desks = {office: await tx.units.desk_of(office) for office in {one.person.office for one in waiting}}
        told: dict[int, list[Owed]] = {}
        for one in waiting:
            for member in desks[one.person.office]:
                if member != one.person.id:
                    owed = Owed(member, What.DATA, one.request.due, text=one.person.name)
                    told.setdefault(member, []).append(owed)
        return told

    async def _rounds(self, today: dt.date) -> dict[int, list[Owed]]:
        """People who have not answered a round begun before today, even when no campaign is open; except those who
        answer on paper, and offices without reminders.
        """
        if not is_workday(today):
            return {}
        async with self.store.reading() as tx:
            running = [
                one for one in await tx.rounds.running() if one.open(today) and one.at.astimezone(ZONE).date() < today
            ]
            decided = await decided_among(tx, running)
            talks = await tx.rounds.talks([one for one in running if one.id not in decided])
            reminding = {office: await self._reminds(tx, office) for office in {one.round.office for one in talks}}
        told: dict[int, list[Owed]] = {}
        for talk in talks:
            for one in talk.missing if reminding[talk.round.office] else ():
                sent = talk.round
                kind = "sheet" if sent.about_somebody else "draft"
                owed = Owed(one.person, What.ROUND, sent.last_day, sent.campaign, kind, text=sent.title)
                told.setdefault(one.person, []).append(owed)
        return told

    async def _unsent(self, today: dt.date) -> dict[int, list[Owed]]:
        """The people whose unit has sent nothing up, for every office with reminders."""
        if not is_workday(today):
            return {}
        told: dict[int, list[Owed]] = {}
        async with self.store.reading() as tx:
            for name, office in (await tx.units.offices()).items():
                if not (await tx.units.settings(office)).remind:
                    continue
                opened = await tx.campaigns.of_office(office, is_open=True)
                for person, owed in (await unsent_today(tx, self.books, office, name, opened, today)).items():
                    told[person] = [*told.get(person, ()), *owed]
        return told

    async def _reminds(self, tx: Transaction, name: str) -> bool:
        office = await tx.units.office(name)
        return office is not None and (await tx.units.settings(office)).remind

    async def _told(
        self, parts: Sequence[Campaign], plans: dict[int, list[Owed]], now: dt.datetime
    ) -> dict[int, list[Owed]] | None:
        """Person → what they are told, including `plans`, which are removed from that mapping; None when it is not the
        time.
        """
        async with self.store.reading() as tx:
            day = await office_day(tx, parts, self.books, now.date())
        if is_quiet(now, day.settings):
            return None
        told = await asyncio.to_thread(lambda: for_each(owed_today(day), day))
        return {
            person: sorted([*owed, *plans.pop(person, ())], key=lambda one: one.order) for person, owed in told.items()
        }

    async def _write(self, told: Mapping[int, Sequence[Owed]], now: dt.datetime) -> int:
        """Write the reminders; the key of person and day limits them to one message."""
        people, count = list(told), 0
        for start in range(0, len(people), TOGETHER):
            notices = [self._notice(person, told[person], now) for person in people[start : start + TOGETHER]]
            async with self.store.transaction() as tx:
                new = await notify_many(tx, notices, now, self.jobs)
                await tx.commit()
            count += len(new)
        return count

    def _notice(self, person: int, owed: Sequence[Owed], now: dt.datetime) -> Notice:
        first = owed[0]
        return Notice(
            person,
            f"reminder:{person}:{now.date()}",
            reminder(self.books, owed, now.date()),
            "reminder",
            first.campaign,
            first.milestone,
            first.due,
        )


def _dates(parts: Sequence[Campaign]) -> object:
    """The last days of all parts."""
    return tuple((part.id, part.rulebook, tuple(sorted(part.timetable.items()))) for part in parts)
