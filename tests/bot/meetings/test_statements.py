"""How many statements a press in a meeting takes, whatever was said before: on PostgreSQL each is a trip to the server.

Whoever needs one more says here why.
"""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Event, Pressed, Said
from storage import sqlite
from tests.bot.meetings.conftest import deputy_at_hand, meeting, opened
from tests.campaigns.stage import Play

#: Of one who looks at the meeting; of one who begins a comment; of one whose comment is kept.
PAGE, BEGINS, KEPT = 9, 12, 15


@pytest.fixture
def executed(monkeypatch) -> list[object]:
    """What is executed."""
    found: list[object] = []
    for name in ("fetch", "execute"):
        before = getattr(sqlite.InLoop, name)

        async def run(self, what, values=None, before=before):
            found.append(what)
            return await before(self, what, values)

        monkeypatch.setattr(sqlite.InLoop, name, run)
    return found


async def test_a_press_takes_as_few_statements_late_as_early(play: Play, executed: list[object]) -> None:
    await opened(play, "an")
    review = await deputy_at_hand(play)
    phone, at = await play.phone("an"), str((await meeting(play)).id)

    async def counted(event: Event) -> int:
        executed.clear()
        await phone.does(event)
        return len(executed)

    for number in range(6):
        assert await counted(Pressed(Button("meeting_look", 0, (at,)))) <= PAGE
        assert await counted(Pressed(Button("meeting_comment", 0, (at, str(review))))) <= BEGINS
        assert await counted(Said(f"Ý kiến thứ {number}")) <= KEPT
    (item,) = [one for one in (await meeting(play)).items if one.review == review]
    assert [one.text for one in item.comments] == [f"Ý kiến thứ {number}" for number in range(6)]
