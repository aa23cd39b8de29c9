"""The audit as the desk reads it, beside a plain look at every line."""

import datetime as dt
import random

import pytest
import sqlalchemy as sa

from rules.campaign.looking.audit import Inspected
from rules.nouns.deeds import DEEDS
from storage.tables import AUDIT, PERSON, REVIEW
from tests.storage.house import AT, person

KINDS = ("submitted", "approved", "audit read", "console refused")


async def kept(store, office, offices: int, chance: random.Random) -> None:
    """Lines of anybody about anything, many of one moment, not in the order of their moments."""
    async with store.transaction() as tx:
        people = [office.an, office.head, None]
        if offices > 1:
            other = await tx.units.keep_office("Sở Khác", "")
            people.append(await tx.people.add(person("Trần Văn Khác", await tx.units.keep_unit(other, "Khác")), "CB03"))
        for _ in range(60):
            by, about = chance.choice(people), chance.choice(people)
            review = office.review if chance.random() < 0.3 else None
            at = AT + dt.timedelta(hours=6 * chance.randint(0, 9))
            who = by or "system"
            await tx.audit.record(who, chance.choice(KINDS), at, review_id=review, person_id=about)
        await tx.commit()


async def plain(tx, office: int, wanted: Inspected, days, deeds, *, alone: bool) -> list[int]:
    people = {one["id"]: one for one in (await tx.connection.execute(sa.select(PERSON))).mappings()}
    reviews = {one["id"]: one["person_id"] for one in (await tx.connection.execute(sa.select(REVIEW))).mappings()}
    lines = (await tx.connection.execute(sa.select(AUDIT))).mappings().all()
    places = {one["id"]: (one["at"], one["id"]) for one in lines}
    found = []
    for one in lines:
        named = [people[id_] for id_ in (one["by_person"], one["person_id"], reviews.get(one["review_id"])) if id_]
        here = [who for who in named if who["office_id"] == office]
        if not here and (named or not alone):
            continue
        if wanted.key and not any(who["roster_key"] == wanted.key for who in here):
            continue
        if (deeds or wanted.deeds) and one["what"] not in (deeds or wanted.deeds):
            continue
        if (days[0] and one["at"] < days[0]) or (days[1] and one["at"] >= days[1]):
            continue
        if wanted.before and not places[one["id"]] < places.get(
            wanted.before, (dt.datetime.min.replace(tzinfo=dt.UTC), 0)
        ):
            continue
        found.append(one["id"])
    return sorted(found, key=places.__getitem__, reverse=True)


@pytest.mark.parametrize("offices", [1, 2])
async def test_it_is_every_line_of_the_office_that_is_asked_for_the_newest_first(store, office, offices):
    chance = random.Random(offices)
    await kept(store, office, offices, chance)
    async with store.reading() as tx:
        told = 0
        for _ in range(40):
            what = chance.choice(["", *DEEDS, *KINDS])
            wanted = Inspected(
                key=chance.choice(["", "CB03", "CB02", "nobody"]), what=what, before=chance.choice([0, 5, 30, 99])
            )
            since, until = chance.choice([None, AT]), chance.choice([None, AT + dt.timedelta(days=1)])
            deeds = chance.choice([(), KINDS[:2]])
            found = await tx.audit.of_office(office.id, wanted, (since, until), 20, deeds)
            expected = await plain(tx, office.id, wanted, (since, until), deeds, alone=offices == 1)
            assert [one.id for one in found] == expected[:20], (wanted, since, until, deeds)
            told += len(found)
        assert told
