"""Two offices in one database at several moments of one review: who has which relation to it, and what they must never
be told.

The world is played once through the chat. At each moment the database is copied, and every attempt of a test begins
with such a copy.
"""

import datetime as dt
import itertools
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from rules.nouns.rulings import Opinion, OpinionKind
from storage.store import Store
from storage.tables import STAND_IN
from tests.bot.authorisation.offices import office_a, office_b
from tests.bot.playing import Clock, Phone, house_over, obliging, preferred
from tests.campaigns.stage import Play, moment

BOOK, YEAR = "quang-ngai-ethnic-2023", 2023
BEGINS = "20/11/2023 08:30"

#: Days for which stand-ins are named.
COVERED = 60

#: Texts that only those may read who may read the draft, the decision, the petition.
ANSWERED, COMMENTED = "Việc kín số 7741 trong bản tự đánh giá", "Nhận xét kín số 7742"
REMARKED, PLEADED = "Lời kín số 7743 của quyết định", "Kiến nghị kín số 7744"
SECRETS = (ANSWERED, COMMENTED, REMARKED, PLEADED)

#: Everybody who tries something. `b_…`: of the other office; the last three have no say any more (see `_Life.begins`).
PEOPLE = (
    *("self", "head", "in_charge", "authority", "stand_in", "stand_in_auth", "old_head", "desk", "colleague"),
    *("b_self", "b_head", "b_chief", "b_desk", "past", "leaver", "lost"),
)

#: Those whose account is no longer tied to anybody.
STRANGERS = ("leaver", "lost")


@dataclass(frozen=True)
class Aim:
    """The ids of everything that others try to reach."""

    ids: Mapping[str, int]  # person
    names: tuple[str, ...] = ()  # of people and units of office A
    called: Mapping[str, str] = field(default_factory=dict)  # short name → name
    office: int = 0
    room: int = 0  # the unit of the person
    campaign: int = 0
    campaign_b: int = 0
    review: int = 0
    outside: int = 0  # the review that an authority outside decides
    of_stand_in: int = 0  # that of the head's stand-in
    opinion: int = 0
    opinion_outside: int = 0
    petition: int = 0
    stand_in: int = 0  # that for the head
    line: int = 0  # of the person's plan


@dataclass(frozen=True)
class World:
    """The database at every moment, and what is in it."""

    folder: Path
    aims: dict[str, Aim] = field(default_factory=dict)

    def file(self, when: str) -> Path:
        """The database as it was."""
        return self.folder / f"{when}.sqlite"

    def copy(self, when: str) -> str:
        """The address of a fresh copy."""
        path = self.folder / f"{when}-{next(_copies)}.sqlite"
        path.write_bytes(self.file(when).read_bytes())
        return f"sqlite:///{path}"


_copies = itertools.count(1)


def phone_on(store: Store, who: str, later: int = 0) -> Phone:
    """Somebody's phone on a copy of the world, `later` days afterwards."""
    clock = Clock(moment(BEGINS) + dt.timedelta(later))
    return Phone(house_over(store, clock), f"{who}@web", itertools.count(10**6 * next(_copies)))


@dataclass
class Life:
    """Plays the world on a migrated database."""

    a: Play
    b: Play

    @classmethod
    async def begins(cls, url: str, folder: Path) -> "Life":
        """Both offices, their campaigns, everybody's phone; who acts for whom; who has no say any more."""
        a = await Play.begin(url, office_a(), BEGINS)
        b = Play(office_b(), a.store, a.clock, a.house, a.updates, url)
        for play in (a, b):
            await play.opens(folder, BOOK, year=YEAR)
        for who in PEOPLE:
            await (b if who.startswith("b_") else a).phone(who)
        today, at = a.clock().date(), a.clock()
        days = (today - dt.timedelta(5), today + dt.timedelta(COVERED))
        async with a.store.transaction() as tx:
            for absent, stand_in, until in (
                ("head", "stand_in", days[1]),
                ("authority", "stand_in_auth", days[1]),
                ("head", "past", today - dt.timedelta(1)),
                ("authority", "past", today - dt.timedelta(1)),
                ("head", "leaver", days[1]),
            ):
                await tx.covers.set(a.ids[absent], a.ids[stand_in], days[0], until, a.ids["desk"], at)
            await tx.accounts.untie_person(a.ids["lost"], at)
            await tx.improvements.add(a.ids["self"], YEAR, PLEADED, days[1], at)
            await tx.commit()
        await a.imports(folder, a.cast.without("leaver"))
        return cls(a, b)

    async def aim(self) -> Aim:
        """The ids as they are now."""
        reviews = {self.a.who(one.person.id): one.review for one in await self.a.standings()}
        async with self.a.store.reading() as tx:
            ids = {**self.a.ids, **self.b.ids}
            office = await tx.units.office(self.a.cast.office)
            assert office is not None, "it was opened"
            aim = Aim(
                ids, (*(one.name for one in self.a.cast.roster.people), *(one.name for one in self.a.cast.roster.units))
            )
            aim = replace(
                aim, called={who: self.a.cast.name(who) for who in PEOPLE if who in self.a.ids and who != "leaver"}
            )
            aim = replace(aim, room=(await tx.people.get(ids["self"])).unit_id)
            aim = replace(aim, office=office, campaign=self.a.campaign, campaign_b=self.b.campaign)
            aim = replace(aim, review=reviews["self"], outside=reviews["authority"], of_stand_in=reviews["stand_in"])
            asked = {one.asked: one.id for one in await tx.opinions.about((aim.review,))}
            found = await tx.connection.execute(
                sa.select(STAND_IN.c.id).where(STAND_IN.c.stand_in_id == ids["stand_in"])
            )
            petitions = await tx.rulings.petitions_of((aim.review,))
            lines = await tx.improvements.of_person(ids["self"])
            return replace(
                aim,
                opinion=asked[ids["old_head"]],
                opinion_outside=asked[None],
                stand_in=found.scalar_one(),
                petition=petitions[0].id if petitions else 0,
                line=lines[0].id,
            )

    async def ask_outside(self) -> None:
        """A body outside is asked for its opinion as well."""
        review = (await self.a.standings("self"))[0].review
        kind = OpinionKind.TEMPORARY_CELL
        async with self.a.store.transaction() as tx:
            await tx.opinions.ask(Opinion(0, review, kind, "Chi bộ Thôn Đông", None, self.a.clock(), ""))
            await tx.commit()

    async def drafts(self) -> None:
        """The person has answered everything; others have handed in theirs."""
        await self.ask_outside()
        phone = await self.a.phone("self")
        await phone.commands("tieptuc")
        while not phone.sees("send"):
            event = obliging(phone.answered.replies, lambda options: preferred(options, {}), lambda: ANSWERED)
            assert event, f"nothing is asked any more: {phone.text}"
            await phone.does(event)
        for who in ("authority", "stand_in"):
            await (await self.a.phone(who)).hands_in_all()
        await (await self.b.phone("b_self")).hands_in_all()

    async def sends(self) -> None:
        """Handed in."""
        await (await self.a.phone("self")).presses("send")

    async def hands_on(self) -> None:
        """The head agreed, with a comment; the draft is with the leader in charge."""
        await (await self.a.phone("head")).approves(self.a.cast.name("self"), comment=COMMENTED)

    async def approves(self) -> None:
        """The chain has agreed."""
        await (await self.a.phone("in_charge")).approves(self.a.cast.name("self"))

    async def decides(self) -> None:
        """The authority has decided, with remarks."""
        await (await self.a.phone("authority")).decides(
            self.a.cast.name("self"), "completed", texts=(ANSWERED,), remarks=REMARKED
        )

    async def appeals(self) -> None:
        """The person has filed a petition."""
        phone = await self.a.reads("self")
        await phone.presses("result_petition")
        await phone.says(PLEADED)
        await phone.presses("result_file")


#: What happens before each moment, in order.
MOMENTS: Mapping[str, Callable[[Life], object]] = {
    "drafting": Life.drafts,
    "sent": Life.sends,
    "handed_on": Life.hands_on,
    "approved": Life.approves,
    "decided": Life.decides,
    "appealed": Life.appeals,
}


async def live(url: str, folder: Path) -> World:
    """The whole world on SQLite, with a copy at each moment."""
    world, life = World(folder), await Life.begins(url, folder)
    for when, happens in MOMENTS.items():
        await happens(life)  # type: ignore[misc]
        world.aims[when] = await life.aim()
        with sqlite3.connect(url.removeprefix("sqlite:///")) as now, sqlite3.connect(world.file(when)) as kept:
            now.backup(kept)
    await life.a.ends()
    return world
