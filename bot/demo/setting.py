"""The setting of the demo: a new database with the fictional office, and a clock set to the autumn of its year."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from bot import clock
from bot.campaign.campaigns import open_campaign
from bot.codes import fresh_code
from bot.demo.office import DEMO_ROSTER, OFFICE, PLACE, RULEBOOK, YEAR
from bot.rulebooks.library import Library
from storage.store import Store
from storage.values import NewCode

#: The start of the demo: a working Monday some days before the units' last day.
BEGINS = dt.datetime(2020, 11, 23, 8, 30, tzinfo=clock.ZONE)

_LINK_HOLDS = dt.timedelta(days=1)


def clock_from(begins: dt.datetime) -> Callable[[], dt.datetime]:
    """A clock set to `begins` when created, running at normal speed."""
    made = clock.now()
    return lambda: begins + (clock.now() - made)


def clear(path: Path) -> None:
    """Remove the previous demo's database and make sure that the folder exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


async def furnish(store: Store, now: dt.datetime) -> None:
    """Create the office with its place of signature, and its campaign."""
    await open_campaign(store, Library(), [RULEBOOK], YEAR, DEMO_ROSTER, now)
    async with store.transaction() as tx:
        office = await tx.units.office(OFFICE)
        assert office is not None
        await tx.units.set(office, "place", PLACE)
        await tx.commit()


async def person_called(store: Store, roster_key: str) -> int:
    """The id of a person of the fictional office."""
    async with store.reading() as tx:
        office = await tx.units.office(OFFICE)
        assert office is not None
        person = await tx.people.by_roster_key(office, roster_key)
    assert person is not None
    return person.id


async def fresh_invitation(store: Store, person: int, now: dt.datetime) -> str:
    """A new one-time code for another device of the person."""
    code = fresh_code()
    async with store.transaction() as tx:
        await tx.invitations.issue(NewCode(person, code), "device", now + _LINK_HOLDS, now)
        await tx.commit()
    return code
