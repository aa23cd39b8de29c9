"""The same button of a whole screen, pressed at the same time on two devices of one person: one answer is kept, both are shown the truth."""

import asyncio

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.bot.playing import EMPLOYEE, staged


@pytest.fixture
async def stage(store):
    return await staged(store)


async def at_the_first_screen(stage):
    """Two devices that show the screen of the months worked."""
    first = await stage.phone_of(EMPLOYEE, "first")
    second = await stage.phone_of(EMPLOYEE, "second")
    for phone in (first, second):
        await phone.commands("tieptuc")
    return first, second


async def kept(stage) -> list[tuple[str, object]]:
    async with stage.store.reading() as tx:
        (review, *_) = await tx.reviews.mine(await stage.person(EMPLOYEE))
        return [(question, answer.value) for question, answer in await tx.reviews.history(review.id)]


async def test_the_same_button_at_once_keeps_its_answers_once(stage):
    first, second = await at_the_first_screen(stage)
    button = first.button("usual")
    await asyncio.gather(*(phone.does(Pressed(button)) for phone in (first, second)))
    assert await kept(stage) == [("months_worked", 12), ("leave_months", 0), ("maternity_leave", False)]
    texts = sorted((phone.text for phone in (first, second)), key=len)
    assert all("Câu 4–7/" in text for text in texts)  # both stand at the next screen


async def test_two_levels_at_once_leave_no_half_of_each(stage):
    first, second = await at_the_first_screen(stage)
    await first.presses("usual")
    for phone in (first, second):
        await phone.commands("tieptuc")
    level, other = whole_screen(first)[:2]
    before = len(await kept(stage))
    await asyncio.gather(first.does(Pressed(level)), second.does(Pressed(other)))
    history = (await kept(stage))[before:]
    asked = {question for question, _ in history}
    in_force = dict(history)
    assert len(set(in_force.values())) == 1
    assert in_force.popitem()[1] in {level.about[1], other.about[1]}
    assert len(history) in {len(asked), 2 * len(asked)}
    for phone in (first, second):
        await phone.commands("tieptuc")
    assert first.text == second.text


def whole_screen(phone) -> list[Button]:
    """The buttons that answer all questions of what the phone shows."""
    found = (Button.decode(key.data) for reply in phone.answered.replies for row in reply.keyboard for key in row)
    return [one for one in found if one and one.verb in {"all", "rest"}]
