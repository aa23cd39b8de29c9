"""The pages of the console that one Action opens: without its cell they are not there, also for whom they were."""

import pytest

from rules.campaign import permissions
from rules.campaign.looking.oversight import Oversight
from rules.campaign.permissions import ALLOWED, Action, Relation
from storage.store import Store
from tests.bot.authorisation.world import PEOPLE, STRANGERS, World

#: Who reads the audit and the doors of the office, and where its people stop: its desk and nobody else.
INSPECTS = {"desk"}


async def oversight(world: World, who: str) -> Oversight:
    store = await Store.open(world.copy("sent"))
    async with store.reading() as tx:
        found = Oversight(await tx.people.get(world.aims["sent"].ids[who]))
    await store.close()
    return found


@pytest.mark.parametrize("who", [one for one in PEOPLE if one not in STRANGERS])
async def test_the_audit_is_read_by_the_desk_of_the_office(world: World, who: str) -> None:
    seen = await oversight(world, who)
    here = seen.person.office == (await oversight(world, "self")).person.office
    if here:
        assert seen.inspects is (who in INSPECTS)
    else:
        assert seen.inspects is seen.person.desk  # of their own office


async def test_without_its_cell_nobody_reads_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = await oversight(world, "desk")
    assert seen.inspects
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(Relation.DESK, Action.READ_AUDIT)})
    assert not seen.inspects
