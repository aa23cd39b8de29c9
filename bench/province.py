"""A fictional province: one office with many units, an open campaign, and reviews in every stage."""

import datetime as dt

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.rulebooks.library import Library
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit
from storage import Store
from storage.tables import ACCOUNT, REVIEW

#: The Monday after the plan's last day for the self-reviews: everybody who is late is reminded, and every head is told
#: of the late ones in the unit and gets the summary of the week.
MONDAY = dt.datetime(2020, 12, 7, 8, 30, tzinfo=ZONE)

#: A Saturday, on which nobody is reminded.
OPENED = dt.datetime(2020, 10, 31, 8, 0, tzinfo=ZONE)
RULEBOOK = "quang-ngai-office-2020"


def roster(people: int, units: int) -> Roster:
    """A roster of `people` in `units`. The first person of each unit is its head, the first unit is the office, and the
    second one its desk.
    """
    names = [f"Phòng {number}" for number in range(1, units)]
    rooms = tuple(RosterUnit(name, "Tỉnh Mẫu", desk=name == names[0], in_charge="0") for name in names)
    placed = ["Tỉnh Mẫu", *names]
    return Roster(
        (RosterUnit("Tỉnh Mẫu", ""), *rooms),
        tuple(_person(number, placed[number % units], is_head=number < units) for number in range(people)),
    )


def _person(number: int, unit: str, *, is_head: bool) -> RosterPerson:
    return RosterPerson(
        str(number),
        f"Người Thứ {number}",
        "Chuyên viên",
        unit,
        Subject.OFFICIAL,
        leader=is_head,
        role="head" if is_head else "",
        party_member=False,
        serves_public=False,
    )


async def settled(store: Store, people: int, units: int) -> None:
    """Opens the campaign. Of ten reviews six are not begun, two wait for the head, and two are agreed to."""
    await open_campaign(store, Library(), [RULEBOOK], 2020, roster(people, units), OPENED)
    async with store.transaction() as tx:
        for status, rest in (("submitted", (6, 7)), ("approved", (8, 9))):
            chosen = REVIEW.update().where((REVIEW.c.id % 10).in_(rest)).values(status=status)
            await tx.connection.execute(chosen)
        await tx.commit()


async def with_phones(store: Store, people: int) -> None:
    """Gives everybody a Telegram account, numbered from 1."""
    tied = [
        {"channel": "telegram", "external_id": str(number), "person_id": number, "tied_at": OPENED}
        for number in range(1, people + 1)
    ]
    async with store.transaction() as tx:
        await tx.connection.run_sync(lambda connection: connection.execute(ACCOUNT.insert(), tied))
        await tx.commit()
