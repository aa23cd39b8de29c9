"""What a campaign that was closed, or whose rulebook is gone, still lets people do."""

from dataclasses import replace

import pytest

from bot.rulebooks.library import Library
from tests.bot.playing import EMPLOYEE, HEAD, Stage, staged


@pytest.fixture
async def stage(store) -> Stage:
    return await staged(store)


class WithoutThePlan(Library):
    """The shelf after somebody took the campaign's rulebook away."""

    def __getitem__(self, edition):
        raise KeyError(edition[0])


async def test_nothing_is_agreed_to_any_more_in_a_campaign_that_was_closed(stage):
    employee, head = await stage.phone_of(EMPLOYEE), await stage.phone_of(HEAD)
    await employee.hands_in()
    await head.commands("choduyet")
    for verb in ("head_card", "head_agree"):
        await head.presses(verb)
    async with stage.store.transaction() as tx:
        await tx.campaigns.close((await tx.campaigns.open_ones())[0].id, stage.clock())
        await tx.commit()
    await head.presses("head_approve")
    assert await stage.count("decision") == 0
    await head.commands("choduyet")
    assert "Trần Thị Hoa Mai" not in head.text


async def test_who_has_a_review_under_a_rulebook_that_is_gone_is_answered_all_the_same(stage):
    employee, head = await stage.phone_of(EMPLOYEE), await stage.phone_of(HEAD)
    await employee.hands_in()
    for phone, names in ((employee, ("tieptuc", "ketqua", "trogiup")), (head, ("choduyet", "dot", "quyetdinh"))):
        phone.house = replace(stage.house, books=WithoutThePlan())
        for name in names:
            await phone.commands(name)
            assert phone.answered.replies, name
    assert await stage.count("draft") == 1
