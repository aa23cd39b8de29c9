"""What a play can look at: the state of reviews, who was told what, and how much there was. Nothing is changed."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.clock import ZONE
from bot.door.kept import reply_from_json
from bot.door.words import word
from rules.nouns.reviews import Campaign
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES
from storage.store import Store
from storage.tables import AUDIT, DELIVERY, REVIEW, TURN
from tests.bot.playing import Clock
from tests.campaigns.office import Cast


@dataclass(frozen=True)
class Told:
    """A notice or reminder that somebody got. `template`: the message; `text`: as they read it."""

    who: str
    key: str
    kind: str
    template: str
    values: Mapping[str, Any]
    at: dt.datetime
    text: str

    @property
    def things(self) -> list[Mapping[str, Any]]:
        """The things that a reminder tells of (`what`, `due` and more, see dialogs/lobby/reminders.py)."""
        return list(self.values.get("items", [self.values]))


@dataclass
class Looking:
    """The eyes of a play."""

    cast: Cast
    store: Store
    clock: Clock
    ids: dict[str, int] = field(default_factory=dict, kw_only=True)  # short name → person
    campaign: int = field(default=0, kw_only=True)

    def who(self, person: int) -> str:
        """The short name of a person."""
        return next(who for who, id_ in self.ids.items() if id_ == person)

    @property
    def people(self) -> set[str]:
        """The short names of all people, without bodies: what a body owes is told to the drafter of its report."""
        bodies = {who for who, key in self.cast.key.items() if self.cast.person(who).subject in BODIES and key}
        return set(self.ids) - bodies

    async def learn(self) -> None:
        """Look up who is who, and which campaign is open."""
        async with self.store.reading() as tx:
            office = await tx.units.office(self.cast.office)
            assert office is not None, "the office is there"
            keys = {key: id_ for id_, key in (await tx.people.keys(office)).items()}
            self.ids |= {
                who: keys[key] for who, key in self.cast.key.items() if key in keys
            }  # people who have left stay known
            parts = await tx.campaigns.of_office(office, is_open=True)
            self.campaign = max((part.id for part in parts), default=self.campaign)

    async def standings(self, *who: str) -> list[ReviewLine]:
        """The review lines of the campaign (or of these people), in the order in which they were opened."""
        wanted = {self.ids[one] for one in who}
        async with self.store.reading() as tx:
            found = await tx.standings.of_campaign(self.campaign, self.clock().date())
        return sorted((one for one in found if not who or one.person.id in wanted), key=lambda one: one.review)

    async def parts(self) -> list[Campaign]:
        """The parts of the campaign, with their timetables."""
        async with self.store.reading() as tx:
            return list(await tx.campaigns.parts(self.campaign))

    async def forms(self, who: str) -> list[str]:
        """The forms that somebody has, in the order in which they were opened."""
        return [one.form for one in await self.standings(who)]

    async def counted(self) -> Counter[str]:
        """Status → number of reviews."""
        return Counter(one.status.value for one in await self.standings())

    async def ratings(self, who: str) -> dict[str, list[Any]]:
        """Form → the ratings in force, in the order of its questions."""
        return {one.form: list(one.ratings.values()) for one in await self.standings(who) if one.decided}

    async def rated(self, unit: str = "") -> Counter[str]:
        """Rating → how often it was decided (in a unit), by the form's own rating; `none`: not rated."""
        decided = [one for one in await self.standings() if one.decided and unit in {"", one.person.unit}]
        return Counter(one.ruled.value if one.ruled else "none" for one in decided)

    async def told(self, who: str, template: str = "", kind: str = "notice") -> list[Told]:
        """What somebody was told, oldest first; with `template`, only this message."""
        rows = await self.rows(DELIVERY, person_id=self.ids[who], kind=kind)
        return [one for one in (self._told(row) for row in rows) if not template or one.template == template]

    async def all_told(self, kind: str = "notice", day: dt.date | None = None) -> list[Told]:
        """What anybody was told (or only on one day)."""
        found = [self._told(row) for row in await self.rows(DELIVERY, kind=kind)]
        return [one for one in found if day is None or one.at.astimezone(ZONE).date() == day]

    async def refused(self) -> list[tuple[str, str]]:
        """(who, why) of every refusal in the audit."""
        rows = await self.rows(AUDIT, what="refused")
        return [(self.who(row["by_person"]) if row["by_person"] else "", row["detail"]["reason"]) for row in rows]

    async def size(self) -> dict[str, int]:
        """The size of the play: numbers of things by name."""
        events = [row for row in await self.rows(TURN) if row["channel"] != "notice"]
        kinds = Counter(row["kind"] for row in await self.rows(DELIVERY))
        return {"people": len(self.ids), "reviews": len(await self.rows(REVIEW)), "events": len(events), **kinds}

    async def rows(self, table: sa.Table, **where: Any) -> Sequence[Mapping[str, Any]]:
        """The rows of a table, oldest first."""
        query = sa.select(table).where(*(table.c[name] == value for name, value in where.items())).order_by(table.c.id)
        async with self.store.reading() as tx:
            return [dict(row) for row in (await tx.connection.execute(query)).mappings()]

    def _told(self, row: Mapping[str, Any]) -> Told:
        reply = reply_from_json(row["reply"])
        text = word(reply, "vi").html
        who = self.who(row["person_id"])
        return Told(who, row["key"], row["kind"], reply.template, reply.values, row["created_at"], text)


def whats(things: Iterable[Mapping[str, Any]]) -> set[str]:
    """The kinds of things that a reminder tells of (rules.campaign.reminders.reminding.What)."""
    return {one["what"] for one in things}


def dues(things: Iterable[Mapping[str, Any]], what: str) -> set[str]:
    """The last days of the things of a kind."""
    return {one["due"] for one in things if one["what"] == what}
