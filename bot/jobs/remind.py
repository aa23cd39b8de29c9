"""Reminders: who owes what today, one message a day a person, only in working hours."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.hub import Hub
from bot.jobs.reminder_days import is_reminder_day
from bot.jobs.seam import Jobs
from bot.jobs.workdays import is_working_hour
from bot.notices import notify
from bot.usable import usable
from dialogs.handlers import Books
from dialogs.reminders import desk_reminder, head_reminder, person_reminder
from dialogs.turn import Reply
from rules.clauses import Milestone
from rules.reviews import Campaign, Review, ReviewStatus
from rules.values import OwedBy
from storage.store import Store
from storage.unit import Unit

#: Of several things a person owes: first what others wait for, then their own, then what the desk watches.
FIRST = (OwedBy.HEAD, OwedBy.PERSON, OwedBy.DESK, OwedBy.AUTHORITY)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is due today: for whom, of which milestone, in which words."""

    person: int
    milestone: Milestone
    due: dt.date
    reply: Reply

    @property
    def order(self) -> tuple[int, dt.date]:
        """What comes before what, when a person owes several things."""
        return FIRST.index(self.milestone.owed_by), self.due


@dataclass(frozen=True, slots=True)
class Reminding:
    """Writes the reminders of the day; called every minute, it writes each of them once.

    `written`: the campaigns this process went through, with the day. It only spares work: "once" rests on
    the key of the delivery.
    """

    store: Store
    books: Books
    jobs: Jobs
    clock: Callable[[], dt.datetime]
    hub: Hub
    written: dict[int, dt.date] = field(default_factory=dict)

    async def remind(self) -> int:
        """Write what is owed today and not yet written; how many were new. Outside working hours: nothing."""
        now = self.clock()
        if not is_working_hour(now):
            return 0
        new: set[int] = set()
        async with self.store.reading() as unit:
            campaigns = [one for one in await unit.campaigns.open_ones() if self._has_a_day(one, now.date())]
        for campaign in campaigns:
            if self.written.get(campaign.id) != now.date():
                new |= await self._remind(campaign, now)
                self.written[campaign.id] = now.date()
        for person in new:
            self.hub.changed(person)
        return len(new)

    def _has_a_day(self, campaign: Campaign, today: dt.date) -> bool:
        """A campaign whose rulebook cannot be used has none: `serve` told of it, the others are not to wait."""
        return usable(campaign, self.books) and any(
            True for _ in due_today(self.books[campaign.edition].milestones, campaign, today)
        )

    async def _remind(self, campaign: Campaign, now: dt.datetime) -> set[int]:
        """One transaction a campaign; a key a person and day keeps it to one message."""
        written: set[int] = set()
        async with self.store.unit() as unit:
            reviews = await unit.reviews.of_campaign(campaign.id)
            desk = await unit.units.desk_of(campaign.office)
            for reminder in first_of_each(self._owed(campaign, reviews, desk, now.date())):
                if await self._write(unit, campaign, reminder, now):
                    written.add(reminder.person)
            await unit.commit()
        return written

    async def _write(self, unit: Unit, campaign: Campaign, reminder: Reminder, now: dt.datetime) -> bool:
        delivery = await notify(
            unit,
            reminder.person,
            f"reminder:{reminder.person}:{now.date()}",
            reminder.reply,
            now,
            kind="reminder",
            campaign=campaign.id,
            milestone=reminder.milestone.key,
            due_on=reminder.due,
        )
        if delivery is not None:
            await self.jobs.enqueue(unit.connection, delivery)
        return delivery is not None

    def _owed(
        self, campaign: Campaign, reviews: Sequence[Review], desk: Sequence[int], today: dt.date
    ) -> Iterator[Reminder]:
        for milestone, due in due_today(self.books[campaign.edition].milestones, campaign, today):
            match milestone.owed_by:
                case OwedBy.HEAD:
                    yield from _to_heads(milestone, due, reviews, today)
                case OwedBy.PERSON:
                    yield from self._to_people(milestone, due, reviews, today)
                case OwedBy.DESK | OwedBy.AUTHORITY:
                    yield from _to_desk(milestone, due, reviews, desk, today)

    def _to_people(
        self, milestone: Milestone, due: dt.date, reviews: Sequence[Review], today: dt.date
    ) -> Iterator[Reminder]:
        for review in reviews:
            reply = person_reminder(self.books, review, due, today)
            if reply is not None:
                yield Reminder(review.person.id, milestone, due, reply)


def _to_heads(milestone: Milestone, due: dt.date, reviews: Sequence[Review], today: dt.date) -> Iterator[Reminder]:
    """One digest for each approver with drafts waiting."""
    waiting: defaultdict[int, list[Review]] = defaultdict(list)
    for review in reviews:
        if review.status is ReviewStatus.SUBMITTED and review.approver_id is not None:
            waiting[review.approver_id].append(review)
    for head, drafts in waiting.items():
        reply = head_reminder(drafts, due, today)
        if reply is not None:
            yield Reminder(head, milestone, due, reply)


def _to_desk(
    milestone: Milestone, due: dt.date, reviews: Sequence[Review], desk: Sequence[int], today: dt.date
) -> Iterator[Reminder]:
    reply = desk_reminder(reviews, due, today, milestone.title)
    if reply is not None:
        for person in desk:
            yield Reminder(person, milestone, due, reply)


def due_today(
    milestones: Sequence[Milestone], campaign: Campaign, today: dt.date
) -> Iterator[tuple[Milestone, dt.date]]:
    """The milestones that are called to mind today, with their last day."""
    for milestone in milestones:
        due = campaign.timetable.get(milestone.key)
        if due is not None and is_reminder_day(today, due):
            yield milestone, due


def first_of_each(owed: Iterator[Reminder]) -> list[Reminder]:
    """One reminder a person: see FIRST; of equal ones that of the earliest last day, then the first named."""
    first: dict[int, Reminder] = {}
    for reminder in owed:
        known = first.get(reminder.person)
        if known is None or reminder.order < known.order:
            first[reminder.person] = reminder
    return list(first.values())
