"""Deliveries: notices and reminders to other people. The rows are ours; a job of DBOS carries only the id."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.queries import Prepared, among, any_word, columns
from storage.repositories.base import Repository
from storage.rows.bulk import add_each_once
from storage.tables import DELIVERY, PERSON
from storage.values import Delivery, NewDelivery, Overdue
from storage.wake import NOTICES


class Unreached(NamedTuple):
    """The state of the last delivery to a person."""

    person: int
    status: str


class DeliveryCount(NamedTuple):
    """The number of deliveries of a milestone with a status."""

    milestone: str
    status: str
    deliveries: int


class Reminded(NamedTuple):
    """When a person's last reminder was written."""

    person: int
    at: dt.datetime


class Waiting(NamedTuple):
    """The overdue deliveries of an office: how many, and since when the oldest is due."""

    office: int
    notices: int
    oldest: dt.datetime


class WrittenDelivery(NamedTuple):
    """A delivery to be inserted."""

    id: int
    key: str


_DELIVERY = columns(Delivery, DELIVERY)
_THIS = DELIVERY.c.id == sa.bindparam("id_")
_TAKE = Prepared(
    _DELIVERY,
    DELIVERY.update()
    .where(_THIS, DELIVERY.c.status == "waiting", DELIVERY.c.next_at <= sa.bindparam("now_"))
    .values(status="sending", attempts=DELIVERY.c.attempts + 1, taken_at=sa.bindparam("now_"))
    .returning(*_DELIVERY),
)
_GET = Prepared(_DELIVERY, sa.select(*_DELIVERY).where(_THIS))
_NOT_MINE = sa.not_(among(DELIVERY.c.id, "mine"))
_RELEASE = (
    DELIVERY.update()
    .where(DELIVERY.c.status == "sending", DELIVERY.c.taken_at <= sa.bindparam("older_"), _NOT_MINE)
    .values(status="waiting", taken_at=None)
)
_LEFT = DELIVERY.update().where(DELIVERY.c.status == "sending", _NOT_MINE).values(status="waiting", taken_at=None)
_NOW = Prepared(
    int,
    sa.select(DELIVERY.c.id)
    .where(
        DELIVERY.c.status == "waiting",
        DELIVERY.c.next_at <= sa.bindparam("now_"),
        DELIVERY.c.id > sa.bindparam("after"),
    )
    .order_by(DELIVERY.c.id)
    .limit(sa.bindparam("most")),
)
_LATE = columns(Overdue, DELIVERY)
_OVERDUE = Prepared(
    _LATE,
    sa.select(*_LATE)
    .where(DELIVERY.c.status == "waiting", DELIVERY.c.next_at <= sa.bindparam("older_"))
    .order_by(DELIVERY.c.id)
    .limit(sa.bindparam("most")),
)
_DUE = Prepared(
    int,
    sa.select(DELIVERY.c.id).where(
        among(DELIVERY.c.id, "ids"),
        DELIVERY.c.status == "waiting",
        DELIVERY.c.next_at <= sa.bindparam("now_"),
    ),
)
_LAST = DELIVERY.alias("last")
_REMINDED = columns(Reminded, DELIVERY, person=DELIVERY.c.person_id, at=sa.func.max(DELIVERY.c.created_at))
_LAST_REMINDED = Prepared(
    _REMINDED,
    sa.select(*_REMINDED)
    .where(
        among(DELIVERY.c.person_id, "people"),
        DELIVERY.c.kind == "reminder",
        DELIVERY.c.created_at < sa.bindparam("before"),
    )
    .group_by(DELIVERY.c.person_id),
)
_UNREACHED = Prepared(
    Unreached,
    sa.select(DELIVERY.c.person_id, DELIVERY.c.status)
    .join(PERSON, PERSON.c.id == DELIVERY.c.person_id)
    .where(
        PERSON.c.office_id == sa.bindparam("office"),
        PERSON.c.left_on.is_(None),
        any_word(DELIVERY.c.status, ("blocked", "failed")),
        DELIVERY.c.id == sa.select(sa.func.max(_LAST.c.id)).where(_LAST.c.person_id == PERSON.c.id).scalar_subquery(),
    ),
)
#: A delivery that failed is due from the moment it was written, with its next attempt in the future. During rest hours
#: nothing is due.
_TRIED = DELIVERY.c.error != ""
_WAITING = Prepared(
    Waiting,
    sa.select(
        PERSON.c.office_id,
        sa.func.count(),
        sa.func.min(sa.case((_TRIED, DELIVERY.c.created_at), else_=DELIVERY.c.next_at)),
    )
    .join(PERSON, PERSON.c.id == DELIVERY.c.person_id)
    .where(
        any_word(DELIVERY.c.status, ("waiting", "sending")),
        DELIVERY.c.error != "rest_time",
        sa.or_(_TRIED, DELIVERY.c.next_at <= sa.bindparam("now_")),
    )
    .group_by(PERSON.c.office_id),
)
_NEWEST_KEY = Prepared(
    str,
    sa.select(DELIVERY.c.key)
    .where(
        DELIVERY.c.person_id == sa.bindparam("person"),
        sa.func.substr(DELIVERY.c.key, 1, sa.func.length(sa.bindparam("begin"))) == sa.bindparam("begin"),
    )
    .order_by(DELIVERY.c.id.desc())
    .limit(1),
)
_WITHDRAW = DELIVERY.delete().where(
    DELIVERY.c.status == "waiting",
    sa.or_(DELIVERY.c.campaign_id == sa.bindparam("campaign"), among(DELIVERY.c.key, "keys")),
)
_OF_CAMPAIGN = Prepared(
    DeliveryCount,
    sa.select(DELIVERY.c.milestone, DELIVERY.c.status, sa.func.count())
    .where(DELIVERY.c.campaign_id == sa.bindparam("campaign"))
    .group_by(DELIVERY.c.milestone, DELIVERY.c.status),
)


_BY_KEY = Prepared(int, sa.select(DELIVERY.c.id).where(among(DELIVERY.c.key, "keys")))
#: The deliveries of a message to many lie between its first and last id; others may lie between them.
_OF_MESSAGE = sa.and_(
    DELIVERY.c.id.between(sa.bindparam("low"), sa.bindparam("high")),
    sa.func.substr(DELIVERY.c.key, 1, sa.func.length(sa.bindparam("begin"))) == sa.bindparam("begin"),
)
_BECAME = Prepared(
    DeliveryCount,
    sa.select(DELIVERY.c.milestone, DELIVERY.c.status, sa.func.count())
    .where(_OF_MESSAGE)
    .group_by(DELIVERY.c.milestone, DELIVERY.c.status),
)
_NOT_SENT = Prepared(
    Unreached,
    sa.select(DELIVERY.c.person_id, DELIVERY.c.status)
    .where(_OF_MESSAGE, DELIVERY.c.status != "sent")
    .order_by(DELIVERY.c.id)
    .limit(sa.bindparam("most")),
)


class MessageKey(NamedTuple):
    """What identifies a message to many: its key, the first and last person it went to, and their number."""

    key: str
    first: int
    last: int
    to: int


def _values_of(new: NewDelivery, at: dt.datetime) -> dict[str, object]:
    return {
        "key": new.key,
        "person_id": new.person_id,
        "reply": dict(new.reply),
        "kind": new.kind,
        "campaign_id": new.campaign_id,
        "milestone": new.milestone,
        "due_on": new.due_on,
        "status": "waiting",
        "attempts": 0,
        "next_at": new.next_at or at,
        "message_ids": [],
        "created_at": at,
        "error": "",
    }


class Deliveries(Repository):
    """The deliveries. Every key is delivered once; a crash while sending may repeat a message but never loses one."""

    async def last_reminded(self, people: Sequence[int], before: dt.datetime) -> dict[int, dt.datetime]:
        """Person → when their last reminder before that moment was written; people never reminded are left out."""
        rows = await self._rows(_LAST_REMINDED, people=tuple(people), before=before) if people else []
        return {row.person: row.at for row in rows}

    async def add(
        self,
        key: str,
        person_id: int,
        reply: Mapping[str, Json],
        kind: str,
        at: dt.datetime,
        *,
        campaign_id: int | None = None,
        milestone: str = "",
        due_on: dt.date | None = None,
        next_at: dt.datetime | None = None,
    ) -> int | None:
        """Insert a delivery (`notice` or `reminder`); returns its id, or None when its key exists.

        It is not sent before `next_at` (default: at once).
        """
        new = NewDelivery(key, person_id, reply, kind, campaign_id, milestone, due_on, next_at)
        self._held.told.add(NOTICES)
        return await self._once(DELIVERY, ("key",), _values_of(new, at))

    async def add_many(self, new: Sequence[NewDelivery], at: dt.datetime) -> dict[str, int]:
        """Insert many deliveries with few statements; returns key → id of the new ones. Existing keys are left
        unchanged.
        """
        self._held.told.add(NOTICES)
        rows = await add_each_once(
            self._connection, WrittenDelivery, DELIVERY, ("key",), [_values_of(one, at) for one in new]
        )
        return {row.key: row.id for row in rows}

    async def get(self, delivery_id: int) -> Delivery | None:
        """The delivery as it stands."""
        return await self._row(_GET, id_=delivery_id)

    async def take(self, delivery_id: int, now: dt.datetime) -> Delivery | None:
        """Mark the delivery as `sending` and return it; None when it is not to be sent now, because it was sent, is
        taken, or is due later.
        """
        return await self._row(_TAKE, id_=delivery_id, now_=now)

    async def is_taken(self, delivery_id: int, attempt: int) -> bool:
        """Whether it is still being sent in this attempt, that is, nobody has taken it over."""
        row = await self.get(delivery_id)
        return row is not None and (row.status, row.attempts) == ("sending", attempt)

    async def done(self, delivery_id: int, message_ids: Sequence[Json], at: dt.datetime) -> None:
        """Mark the delivery as sent."""
        await self._end(delivery_id, status="sent", message_ids=list(message_ids), sent_at=at, error="")

    async def blocked(self, delivery_id: int) -> None:
        """Mark the delivery as blocked: the person has blocked the bot on every channel, so it is not tried again."""
        await self._end(delivery_id, status="blocked", error="blocked")

    async def failed(self, delivery_id: int, error: str) -> None:
        """Mark the delivery as permanently failed. `error` is a code, never a person's text."""
        await self._end(delivery_id, status="failed", error=error)

    async def later(self, delivery_id: int, next_at: dt.datetime, error: str, *, counted: bool = True) -> None:
        """Postpone the delivery to `next_at` after a failure. `counted`: whether this counts as one of its attempts."""
        attempts = {} if counted else {"attempts": DELIVERY.c.attempts - 1}
        await self._end(delivery_id, status="waiting", next_at=next_at, error=error, **attempts)

    async def due(self, deliveries: Sequence[int], now: dt.datetime) -> list[int]:
        """Those of these deliveries that are to be sent now, in the given order."""
        due = set(await self._rows(_DUE, ids=list(deliveries), now_=now))
        return [delivery for delivery in deliveries if delivery in due]

    async def due_now(self, now: dt.datetime, after: int, most: int) -> list[int]:
        """At most `most` deliveries with an id above `after` that are to be sent now, the oldest first."""
        return await self._rows(_NOW, now_=now, after=after, most=most)

    async def take_back(self, mine: Collection[int] = ()) -> int:
        """Return to the queue what was being sent, except what this process is sending (`mine`), because no other
        process is left. Returns how many there were.
        """
        return await self._run(_LEFT, {"mine": list(mine)})

    async def withdraw(self, campaign_id: int, keys: Sequence[str]) -> int:
        """Cancel the waiting deliveries of a campaign or under one of these keys; returns how many there were."""
        return await self._run(_WITHDRAW, {"campaign": campaign_id, "keys": list(keys)})

    async def stuck(self, older_than: dt.datetime, mine: Collection[int] = (), most: int = 1000) -> list[Overdue]:
        """Overdue deliveries for the periodic sweep: being sent or due since before `older_than`. They return to the
        queue, except what this process is sending (`mine`), whatever the clock says.

        The longest waiting come first, at most `most`; in a long queue the others follow in later sweeps.
        """
        await self._run(_RELEASE, {"older_": older_than, "mine": list(mine)})
        return await self._rows(_OVERDUE, older_=older_than, most=most)

    async def waiting(self, now: dt.datetime) -> list[Waiting]:
        """The due deliveries that are not sent, summed up for each office that has any."""
        return await self._rows(_WAITING, now_=now)

    async def newest_key(self, person_id: int, begin: str) -> str:
        """The newest key of a delivery to this person with that prefix; "" when there is none."""
        return await self._row(_NEWEST_KEY, person=person_id, begin=begin) or ""

    async def unreached(self, office_id: int) -> dict[int, str]:
        """Person → status of their last notice, where it was not sent."""
        return {row.person: row.status for row in await self._rows(_UNREACHED, office=office_id)}

    async def report(self, campaign_id: int) -> dict[str, Counter[str]]:
        """Milestone (`""` for notices) → status → number of deliveries."""
        report: dict[str, Counter[str]] = {}
        for row in await self._rows(_OF_CAMPAIGN, campaign=campaign_id):
            report.setdefault(row.milestone, Counter())[row.status] = row.deliveries
        return report

    async def became_of(self, message: MessageKey) -> Counter[str]:
        """Status → number of deliveries, for a message to many."""
        rows = await self._rows(_BECAME, **await self._place_of(message))
        return Counter({row.status: row.deliveries for row in rows})

    async def not_reached(self, message: MessageKey, most: int) -> dict[int, str]:
        """Person → status, for at most `most` deliveries of a message to many that are not sent."""
        place = await self._place_of(message)
        return {row.person: row.status for row in await self._rows(_NOT_SENT, **place, most=most)}

    async def text_of(self, message: MessageKey) -> Mapping[str, Json]:
        """The text of a message to many, as stored for its first recipient."""
        ids = await self._rows(_BY_KEY, keys=[f"{message.key}:{message.first}"])
        found = await self.get(ids[0]) if ids else None
        return found.reply if found else {}

    async def _place_of(self, message: MessageKey) -> dict[str, object]:
        """The range of ids of the message: its deliveries were inserted together, in any order."""
        keys = [f"{message.key}:{person}" for person in (message.first, message.last)]
        ids = await self._rows(_BY_KEY, keys=keys)
        low, high = min(ids, default=0) - message.to, max(ids, default=0) + message.to
        return {"low": low, "high": high, "begin": f"{message.key}:"}

    async def _end(self, delivery_id: int, **values: object) -> None:
        await self._run(DELIVERY.update().where(DELIVERY.c.id == delivery_id).values(taken_at=None, **values))
