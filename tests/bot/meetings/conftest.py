"""An office whose room of five has handed in its reviews, and helpers that press buttons in a meeting."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.meeting.nouns.meeting import Meeting
from storage.schema import upgrade
from storage.store import Store
from tests.bot.meetings.talking import begun
from tests.campaigns.stage import Play


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """The office with everybody's review handed in. Each test gets a copy."""
    folder = tmp_path_factory.mktemp("meeting")
    url = f"sqlite:///{folder}/office.sqlite"

    async def live() -> Play:
        await upgrade(url)
        play = await begun(url, folder)
        await play.ends()
        return play

    return asyncio.run(live())


@pytest.fixture
async def play(lived: Play, tmp_path: Path) -> AsyncIterator[Play]:

    store = await Store.open(lived.url)
    branch = await replace(lived, store=store).copied(tmp_path)
    await store.close()
    branch.on("24/11/2023 14:00")
    yield branch
    await branch.ends()


async def press(play: Play, who: str, verb: str, *about: object, says: str = "") -> str:
    phone = await play.phone(who)
    await phone.does(Pressed(Button(verb, 0, ("1", *map(str, about)))))
    if says:
        await phone.says(says)
    return phone.text


async def meeting(play: Play) -> Meeting:
    async with play.store.reading() as tx:
        found = await tx.meetings.get(1)
    assert found is not None
    return found


async def item_of(play: Play, who: str) -> int:
    return next(one.review for one in (await meeting(play)).items if one.person == play.ids[who])


async def opened(play: Play, *there: str) -> None:
    head = await play.phone("head")
    await head.commands("hop")
    await head.presses("meeting_new")
    await head.says("14h00 24/11/2023, phòng họp")
    await press(play, "head", "meeting_open")
    for who in there:
        await press(play, who, "meeting_came")


async def deputy_at_hand(play: Play) -> int:
    """Begins the item about the deputy, out of order with a reason."""
    review = await item_of(play, "deputy")
    await press(play, "head", "meeting_turn_why", review, says="Trưởng phòng kiểm điểm sau")
    return review


async def concluded(play: Play, review: int, rating: str = "good") -> str:
    phone = await play.phone("head")
    await press(play, "head", "meeting_conclude", review, says="Làm tốt")
    await phone.says("Không")
    await press(play, "head", "meeting_rate", review, 0, rating)
    return await press(play, "head", "meeting_concluded", review)
