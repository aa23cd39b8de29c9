"""Each page of the console by each role: who comes to it, and who is told that it is not there."""

import datetime as dt

import pytest

from bot.codes import fresh_code
from tests.bot.console.test_pages import DESK, OTHER_HEAD
from tests.bot.playing import CHIEF, EMPLOYEE

#: The page, then what the desk, the head of a unit, the authority are answered.
PAGES = """
    /bang/dot/1                      200 200 200
    /bang/nguoi                      200 200 200
    /bang/nguoi/AP-009               200 200 200
    /bang/nguoi/AP-005               200 404 200
    /bang/chon?viec=nhan&tatca=1     200 404 404
    /bang/chon?viec=ma&tatca=1       200 200 200
    /bang/chon?viec=vanban&tatca=1   200 404 404
    /bang/viec/abcdefgh              404 404 404
    /bang/muc/1                      200 200 200
    /bang/moc/1                      200 200 200
    /bang/hop/1                      200 200 200
    /bang/hop/999                    404 404 404
    /bang/hop/bienban/1.pdf          404 404 404
    /bang/cauhoi/1                   200 404 404
    /bang/gopy                       200 200 200
    /bang/gopy/999                   404 404 404
    /bang/tin                        200 404 404
    /bang/danhsach                   200 404 404
    /bang/danhsach/tep               200 404 404
    /bang/nhatky                     200 404 404
    /bang/cua                        200 404 404
    /bang/dot/999                    404 404 404
    /bang/moc/999                    404 404 404
    /bang/cauhoi/999                 404 404 404
    /bang/muc/999                    404 404 404
"""
ROLES = {DESK: "dot", OTHER_HEAD: "choduyet", CHIEF: "choduyet"}
LINES = [line.split() for line in PAGES.splitlines() if line.strip()]


async def statuses(screen) -> dict[str, int]:
    found = {}
    for page, *_ in LINES:
        async with screen.browser.get(f"{screen.address}{page}") as answer:
            found[page] = answer.status
    return found


@pytest.mark.parametrize(("key", "column"), [(key, number) for number, key in enumerate(ROLES, 1)])
async def test_each_page_is_there_for_whom_it_is(console, key, column):
    screen = await console.screen_of(key, ROLES[key])
    assert await statuses(screen) == {line[0]: int(line[column]) for line in LINES}


async def test_who_has_nobody_to_oversee_comes_to_none(console):
    at, person = console.stage.clock(), await console.stage.person(EMPLOYEE)
    for page, *_ in LINES:
        async with console.house.store.transaction() as tx:
            await tx.accounts.tie("telegram", "7", person, at)
            await tx.consoles.issue(code := fresh_code(), ("telegram", "7"), person, at + dt.timedelta(minutes=10), at)
            await tx.commit()
        screen = await console.screen()
        await screen.walks_in(code)
        path, _, query = page.partition("?")
        await screen.opens(path, **dict(one.split("=") for one in query.split("&") if one))
        assert screen.status in {401, 403}, page
