"""Doors to people and devices, between two offices: codes given anew, devices, requests at the command line, figures."""

from unittest.mock import AsyncMock, Mock

import pytest
from aiohttp import ClientSession, web

from bot.door.figures import Figures
from bot.health.pages import HealthPages
from bot.web.app import site, web_app
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed
from dialogs.step import VERBS
from storage.store import Store
from tests.bot.authorisation.judging import kept, office_of
from tests.bot.authorisation.test_data import ASKED, asked
from tests.bot.authorisation.world import SECRETS, Aim, World, phone_on
from tests.bot.commands.running import tusoi
from tests.bot.playing import Phone
from tests.bot.web.toy_front import ToyFront

#: Verbs about people, their devices and codes.
OF_DOORS = tuple(verb for verb in VERBS if verb.startswith(("crew_", "newcode_", "devices_", "really_", "others_")))
#: Of them those by which one leaves oneself.
OWN_ACCOUNT = frozenset({"really_not_me"})


async def waits(store: Store, aim: Aim) -> int:
    """The id of a code that the head of office A gave anew, for which its desk asked for haste."""
    person = str(aim.ids["self"])
    head, desk = phone_on(store, "head"), phone_on(store, "desk")
    await head.does(Pressed(Button("crew_code", 0, (person,))))
    await head.presses("crew_issue", person)
    await desk.commands("nhansu", aim.called["self"])
    await desk.does(Pressed(Button("crew_person", 0, (person,))))
    await desk.presses("crew_haste", person)
    await desk.says("Mất điện thoại, đã gặp trực tiếp.")
    async with store.reading() as tx:
        return (await tx.invitations.anew(aim.office, head.house.clock()))[aim.ids["self"]].id


async def reads(phone: Phone, button: Button) -> str:
    answered = await phone.does(Pressed(button))
    return "\n".join([phone.text, *(key.label for reply in answered.replies for row in reply.keyboard for key in row)])


@pytest.mark.parametrize("who", ["b_desk", "b_desk_head", "b_head", "b_self", "colleague"])
async def test_no_code_of_the_other_office_is_seen_hastened_agreed_to_or_taken_back(world: World, who: str) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    code, person = await waits(store, aim), str(aim.ids["self"])
    phone, before, told = phone_on(store, who), await kept(store), ""
    for verb in OF_DOORS:
        for about in ((person, str(code)), (person, "0"), (person,), (str(code),)):
            if verb not in OWN_ACCOUNT:
                told += await reads(phone, Button(verb, 0, about))
    after = await kept(store)
    changed = [row for row in before.changed(after) if office_of(row, before, after) == aim.office]
    assert not [row for row in changed if row[0] in {"invitation", "account", "delivery"}]
    if who.startswith("b_"):
        assert not [text for text in (*SECRETS, *aim.names) if text in told]
    await store.close()


@pytest.mark.parametrize("who", ["b_desk", "b_self", "desk", "colleague"])
async def test_devices_are_ones_own(world: World, who: str) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    phone, before = phone_on(store, who), await kept(store)
    await phone.does(Commanded("thietbi"))
    for verb in (verb for verb in OF_DOORS if not verb.startswith("crew_")):
        if verb not in OWN_ACCOUNT:
            await phone.does(Pressed(Button(verb, aim.review, (str(aim.ids["self"]),))))
    changed = before.changed(await kept(store))
    owners = {row["person_id"] for table, row in changed if table in {"account", "invitation"}}
    assert owners <= {aim.ids[who]}
    await store.close()


async def test_a_request_is_answered_for_its_own_office_alone_and_the_person_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    aim, url = world.aims["sent"], world.copy("sent")
    store = await Store.open(url)
    request = await asked(store)
    await store.close()
    monkeypatch.setenv("TUSOI_DATABASE_URL", url)
    answer = ("data", "answer", str(request), "--outcome", "refused", "--reason", "Hồ sơ phải lưu.")
    unnamed = tusoi(*answer)
    assert (unnamed.status, "--office" in unnamed.err) == (2, True)
    other = tusoi(*answer, "--office", "Ban Dân tộc tỉnh Bến Mơ")
    assert (other.status, other.err) == (2, f"không có yêu cầu số {request} của cơ quan này đang chờ trả lời.\n")
    done = tusoi(*answer, "--office", "Ban Dân tộc tỉnh Cao Mây")
    assert (done.status, done.err) == (0, "")
    store = await Store.open(url)
    history = await phone_on(store, "self").house.history(aim.ids["self"])
    told = [step for step in history if step.channel == "notice"][-1]
    assert "Bộ phận tổ chức đã trả lời yêu cầu xóa dữ liệu" in told.replies[0].html
    assert "Hồ sơ phải lưu." in told.replies[0].html
    listed = tusoi("data", "requests", "--all", "--office", "Ban Dân tộc tỉnh Bến Mơ")
    assert ASKED not in listed.out
    await store.close()


async def test_nobody_of_any_office_reads_figures_without_the_token() -> None:
    """By neither address nor cookie nor a word in the address, on the port that everybody reaches."""
    token = "x" * 24
    looking = Mock()
    looking.look = AsyncMock(side_effect=web.HTTPServiceUnavailable)
    pages = HealthPages(looking, Figures(), token)
    app = web_app(ToyFront({}))
    app.add_routes(pages.routes)
    ways = (
        {},
        {"headers": {"Authorization": "Bearer wrong"}},
        {"headers": {"Authorization": f"Basic {token}"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}},
        {"cookies": {"tusoi-7": "a" * 43, "token": token}},
        {"params": {"token": token}},
    )
    async with site(app, "127.0.0.1", 0) as address, ClientSession() as browser:
        for path in ("/metrics", "/healthz"):
            for way in ways:
                refused = await browser.get(f"{address}{path}", **way)
                assert (refused.status, "tusoi_" in await refused.text()) == (401, False), way
        looking.look.assert_not_awaited()
        told = await browser.get(f"{address}/metrics", headers={"Authorization": f"Bearer {token}"})
        assert told.status == 503, "it looked"
