"""What a meeting concluded otherwise than somebody rates themselves, on the console: on the list, and on the page of one person."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientSession, CookieJar

from bot.console.house import ConsoleHouse
from bot.console.visits import console_routes
from bot.delivery.seam import NoJobs
from bot.web.app import site, web_app
from rules.nouns.values import Rating
from storage import sqlite
from tests.bot.campaign.upward.office import begun
from tests.bot.campaign.upward.test_sending import holds_a_meeting
from tests.bot.campaign.upward.test_tables_say_it import concludes_otherwise
from tests.bot.console.conftest import Screen
from tests.campaigns.stage import Play

_LINK = re.compile(r"/bang/vao/([A-Z0-9]{12})")
_TAG = re.compile(r"<[^>]*>")


class Served:
    """The office of two rooms, with its console."""

    def __init__(self, play: Play, address: str, stack: AsyncExitStack) -> None:
        self.play, self.address, self.stack = play, address, stack

    async def screen_of(self, who: str, command: str = "quyetdinh") -> Screen:
        """A browser in which they are signed in."""
        phone = await self.play.phone(who)
        await phone.commands(command)
        await phone.presses("console")
        found = _LINK.search(phone.text)
        assert found, phone.text
        session = await self.stack.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
        screen = Screen(self.address, session)
        await screen.walks_in(found[1])
        return screen

    def page_of(self, who: str) -> str:
        """Where somebody's page is."""
        return f"/bang/nguoi/{quote(self.play.cast.person(who).key)}"


@pytest.fixture
async def served(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    """The meeting of a room is over; of its deputy head it concluded otherwise than they rate themselves."""
    play = await begun(sqlite_url, tmp_path)
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    app = web_app(play.house)
    app.add_routes(console_routes(ConsoleHouse(play.store, play.house.books, NoJobs(), play.clock)))
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(site(app, "127.0.0.1", 0))
        yield Served(play, address, stack)
    await play.ends()


def words(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())


async def test_the_page_of_one_says_what_the_list_says(served: Served) -> None:
    chief = await served.screen_of("chief")
    assert "◆ Xuất sắc" in words(await chief.opens("/bang/nguoi"))
    text = words(await chief.opens(served.page_of("deputy")))
    assert "◆ Xuất sắc" in text
    assert "sau dấu ◆ là mức ấy" in text
    assert "◇" not in text
    assert "◆" not in await chief.opens(served.page_of("an"))


def named_in(text: str, play: Play) -> set[str]:
    """Who stands in the table."""
    return {who for who in play.ids if f">{play.cast.name(who)}<" in text.partition("<tbody")[2]}


async def test_a_filter_by_what_is_proposed_goes_by_what_the_column_shows(served: Served) -> None:
    """What the meeting concluded, not what they rate themselves; the bar of the campaign counts the same."""
    chief = await served.screen_of("chief")
    excellent, good = [await chief.opens(f"/bang/nguoi?denghi={one}") for one in ("excellent", "good")]
    assert named_in(excellent, served.play) == {"deputy"}
    assert {"an", "binh"} <= named_in(good, served.play)
    assert "deputy" not in named_in(good, served.play)
    own = await chief.opens("/bang/nguoi?tu=good")
    assert "deputy" in named_in(own, served.play)
    bars = await chief.opens("/bang/dot/1")
    assert re.search(r"denghi=excellent[^>]*>(?:(?!</a>).)*\b1\b", bars, re.DOTALL), bars


async def test_to_who_is_not_shown_it_the_filter_goes_by_what_they_rate_themselves(served: Served) -> None:
    head = await served.screen_of("head", "choduyet")
    assert not named_in(await head.opens("/bang/nguoi?denghi=excellent"), served.play)
    assert "deputy" in named_in(await head.opens("/bang/nguoi?denghi=good"), served.play)


async def test_where_the_authority_concluded_otherwise_than_the_unit_both_say_so(served: Served) -> None:
    await concludes_otherwise(served.play, Rating.COMPLETED)
    chief = await served.screen_of("chief")
    for path in ("/bang/nguoi", served.page_of("deputy")):
        text = words(await chief.opens(path))
        assert "◆ Hoàn thành ◇" in text, path
        assert "◇ Cấp có thẩm quyền kết luận khác mức đề nghị trước đó." in text, path


async def test_nobody_else_learns_of_it_before_it_is_decided(served: Served) -> None:
    await concludes_otherwise(served.play, Rating.COMPLETED)
    head = await served.screen_of("head", "choduyet")
    for path in ("/bang/nguoi", served.page_of("deputy")):
        text = await head.opens(path)
        assert head.status == 200, path
        assert not {"◆", "◇"} & {*text}, path


async def test_one_statement_tells_it_of_one_as_of_many(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[object] = []
    for name in ("fetch", "execute"):
        before = getattr(sqlite.InLoop, name)

        async def run(self, what, values=None, before=before):
            found.append(what)
            return await before(self, what, values)

        monkeypatch.setattr(sqlite.InLoop, name, run)
    async with served.play.store.reading() as tx:
        reviews = [one.review for one in await tx.standings.of_campaign(1, served.play.clock().date())]
        for some, meetings in ((reviews, 1), (reviews[:1], 0)):
            found.clear()
            assert len(await tx.meetings.about(some)) == meetings
            assert len(found) == 1
