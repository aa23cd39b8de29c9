"""Browsers are called while their page is closed: who may say where, what goes out, and when it ends."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession, CookieJar
from cryptography.hazmat.primitives.asymmetric import ec

from bot.delivery.deliver import NUDGES, Deliverer
from bot.delivery.notices import notify
from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, fresh_invitation, furnish, person_called
from bot.door.channel import Blocked, Later
from bot.door.lifetimes import Lifetimes
from bot.door.links import Links
from bot.door.push_key import from_base64, public_key
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from bot.web.house import HOUSE
from bot.web.nudging import Nudging
from bot.web.sealing import CURVE
from storage import Store
from storage.code_key import CodeKey
from storage.tables import PUSH_ADDRESS, PUSH_KEY
from tests.bot.delivery.test_deliver import REPLY
from tests.bot.playing import Clock
from tests.bot.web.doors import walk_in
from tests.bot.web.test_sealing import AUTH, POINT
from tests.standins.push_service import NAME, PushService, standing_in


@pytest.fixture
async def service(tmp_path, monkeypatch) -> AsyncIterator[PushService]:
    async with standing_in(tmp_path, monkeypatch) as running:
        yield running


@dataclass
class Served:
    """The fictional office's web chat, and who sends its notices."""

    store: Store
    house: House
    clock: Clock
    address: str
    nudging: Nudging
    deliverer: Deliverer
    notices: int = 0

    async def enter(self, browser: ClientSession, roster_key: str = EMPLOYEE) -> str:
        """Sign a browser in; the address of its page."""
        person = await person_called(self.store, roster_key)
        page = await walk_in(browser, self.address, await fresh_invitation(self.store, person, BEGINS))
        return str(page.url).rstrip("/")

    async def noticed(self, roster_key: str = EMPLOYEE) -> int:
        """A notice to that person is kept."""
        self.notices += 1
        async with self.store.transaction() as tx:
            key = f"call:{self.notices}"
            delivery = await notify(tx, await person_called(self.store, roster_key), key, REPLY, self.clock())
            await tx.commit()
        assert delivery is not None
        return delivery

    async def deliver(self, delivery: int) -> str:
        """What became of it."""
        await self.deliverer.deliver(delivery, NoJobs())
        async with self.store.reading() as tx:
            return (await tx.deliveries.get(delivery)).status

    async def tell(self, roster_key: str = EMPLOYEE) -> str:
        """Somebody is told something; what became of it."""
        return await self.deliver(await self.noticed(roster_key))

    async def calls(self) -> int:
        """How many browsers are called."""
        async with self.store.reading() as tx:
            found = await tx.connection.execute(sa.select(sa.func.count()).select_from(PUSH_ADDRESS))
            return found.scalar_one()


@pytest.fixture
async def served(store: Store) -> AsyncIterator[Served]:
    clock = Clock()
    await furnish(store, clock())
    house = House(store, Library(), NoJobs(), Loader(Links(), "vi"), clock)
    app = web_app(house)
    nudging = Nudging(house, app[HOUSE].pages, "", "https://tu-soi.co-quan.example")
    deliverer = Deliverer(store, {}, clock, nudges={"web": nudging.nudge})
    async with site(app, "127.0.0.1", 0) as address:
        yield Served(store, house, clock, address, nudging, deliverer)


def new_browser() -> ClientSession:
    return ClientSession(cookie_jar=CookieJar(unsafe=True))


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with new_browser() as session:
        yield session


async def ask(browser: ClientSession, page: str, told: object, origin: str = "") -> int:
    """The page tells where its browser is called."""
    origin = origin or page.partition("/p/")[0]
    answer = await browser.post(f"{page}/calls", data=json.dumps(told), headers={"Origin": origin})
    return answer.status


# ── who may say where ──────────────────────────────────────────────────────────────────────────

AT = f"https://{NAME}/a"


@pytest.mark.parametrize(
    "told",
    [
        None, [], 5, "x", {}, {"endpoint": AT}, {"endpoint": AT, "keys": {"auth": "", "p256dh": ""}},
        {"endpoint": AT, "keys": {"auth": AUTH, "p256dh": POINT[:-2] + "xx"}},
        {"endpoint": AT, "keys": {"auth": AUTH + AUTH, "p256dh": POINT}},
        {"endpoint": 5, "keys": {"auth": AUTH, "p256dh": POINT}},
        {"endpoint": "https://10.0.0.8/a", "keys": {"auth": AUTH, "p256dh": POINT}},
        {"endpoint": f"http://{NAME}/a", "keys": {"auth": AUTH, "p256dh": POINT}},
    ],
)  # fmt: skip
async def test_what_is_no_address_of_a_browser_is_refused(served, browser, told):
    page = await served.enter(browser)
    assert await ask(browser, page, told) == 400
    assert await served.calls() == 0


async def test_nobody_else_says_where_a_browser_is_called(served, browser, service):
    page, told = await served.enter(browser), service.browser("a").told
    assert await ask(browser, page, told, "https://noi-khac.example") == 403
    async with ClientSession() as stranger:
        assert await ask(stranger, page, told) == 401
    other = f"{served.address}/p/{await person_called(served.store, HEAD)}"
    assert await ask(browser, other, told, served.address) == 401
    assert await ask(browser, page, {**told, "more": "x" * 9000}) == 413
    assert await served.calls() == 0


# ── where it may go ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fe80::1"])
async def test_a_name_that_leads_inside_is_not_spoken_to_and_forgotten(served, browser, service, number):
    page = await served.enter(browser)
    service.leads["doi-huong.example"] = number
    assert await ask(browser, page, service.browser("a", "doi-huong.example").told) == 204
    assert await served.tell() == "sent"  # it stands on the page
    assert service.asked == []
    assert await served.calls() == 0


@pytest.mark.parametrize("status", [301, 307, 308, 400, 403, 404, 410])
async def test_who_is_gone_or_sent_elsewhere_is_called_no_more(served, browser, service, status):
    page = await served.enter(browser)
    await ask(browser, page, service.browser("a").told)
    service.answers["a"] = status
    assert [await served.tell(), await served.tell()] == ["sent", "sent"]
    assert service.asked == ["a"]
    assert await served.calls() == 0


async def test_a_service_that_does_not_answer_is_given_up_and_holds_up_nobody(served, browser, service, monkeypatch):
    monkeypatch.setattr("bot.web.nudging.PATIENCE", 0.2)
    page = await served.enter(browser)
    await ask(browser, page, service.browser("a").told)
    service.hangs = asyncio.Event()
    assert await served.tell() == "waiting"
    assert await served.tell(HEAD) == "sent"
    assert await served.calls() == 1


async def test_whatever_goes_wrong_in_calling_the_notice_is_settled(served, browser, service, monkeypatch):
    async def breaks(*_: object) -> bool:
        raise RuntimeError("our own mistake")

    served.deliverer = Deliverer(served.store, {}, served.clock, nudges={"web": breaks})
    await served.enter(browser)
    assert await served.tell() == "sent"


# ── what is said, to whom ──────────────────────────────────────────────────────────────────────


async def test_every_browser_that_asked_is_told_that_there_is_something_and_nothing_of_what(served, service):
    async with new_browser() as one, new_browser() as two, new_browser() as other:
        pages = [await served.enter(session) for session in (one, two)]
        assert await ask(one, pages[0], service.browser("a").told) == 204
        assert await ask(two, pages[1], service.browser("b").told) == 204
        await ask(other, await served.enter(other, HEAD), service.browser("c").told)
        assert await served.tell() == "sent"
    person = await person_called(served.store, EMPLOYEE)
    async with served.store.reading() as tx:
        newest = (await tx.turns.history(person, limit=1))[0].id
    told = {"title": "Tự Soi", "body": "Anh/chị có tin mới. Bấm để mở.", "url": f"/p/{person}/#x{newest}"}
    assert service.heard == {"a": [told], "b": [told]}


async def test_who_reads_english_is_told_in_english(served, browser, service):
    await ask(browser, await served.enter(browser), service.browser("a").told)
    async with served.store.transaction() as tx:
        await tx.conversations.set_language(await person_called(served.store, EMPLOYEE), "en")
        await tx.commit()
    await served.tell()
    assert service.heard["a"][0]["body"] == "You have a new message. Press to open."


async def test_a_service_in_trouble_is_asked_a_few_times_and_then_left(served, browser, service):
    await ask(browser, await served.enter(browser), service.browser("a").told)
    service.answers["a"] = 503
    delivery, stood = await served.noticed(), []
    for _ in range(NUDGES + 2):
        stood.append(await served.deliver(delivery))
        served.clock.forward(seconds=120)
    assert stood == ["waiting"] * (NUDGES - 1) + ["sent"] * 3
    assert len(service.asked) == NUDGES
    assert await served.calls() == 1


class Telegram:
    """A channel beside the page."""

    def __init__(self, *fails: Exception) -> None:
        self.fails = [*fails]

    async def send(self, account: str, worded, person: int) -> list[int]:
        if self.fails:
            raise self.fails.pop(0)
        return [1]


@pytest.mark.parametrize(
    ("fails", "stood"),
    [((), "sent"), ((Later(30),), "waiting"), ((Blocked(),), "sent")],
    ids=["telegram and the page", "telegram later", "telegram blocked"],
)
async def test_beside_telegram_it_is_called_once_and_settles_nothing(served, browser, service, fails, stood):
    await ask(browser, await served.enter(browser), service.browser("a").told)
    telegram = Telegram(*fails)
    served.deliverer = Deliverer(
        served.store, {"telegram": telegram.send}, served.clock, nudges={"web": served.nudging.nudge}
    )
    async with served.store.transaction() as tx:
        await tx.accounts.tie("telegram", "5", await person_called(served.store, EMPLOYEE), BEGINS)
        await tx.commit()
    delivery = await served.noticed()
    assert await served.deliver(delivery) == stood
    served.clock.forward(seconds=60)
    assert await served.deliver(delivery) == "sent"
    assert len(service.heard["a"]) == 1


# ── when it ends ───────────────────────────────────────────────────────────────────────────────


async def leaves(served: Served, browser: ClientSession, page: str) -> None:
    await browser.post(f"{page}/out", headers={"Origin": served.address})


async def turns_off(served: Served, browser: ClientSession, page: str) -> None:
    await browser.post(f"{page}/calls/end", headers={"Origin": served.address})


async def is_put_out(served: Served, _: ClientSession, page: str) -> None:
    async with served.store.transaction() as tx:
        await tx.accounts.untie_person(int(page.rpartition("/")[2]), served.clock())
        await tx.commit()


async def is_signed_out_elsewhere(served: Served, _: ClientSession, page: str) -> None:
    async with served.store.transaction() as tx:
        await tx.accounts.untie_others(int(page.rpartition("/")[2]), "web", "another", served.clock())
        await tx.commit()


async def rests_too_long(served: Served, _: ClientSession, page: str) -> None:
    assert page
    served.clock.forward(days=60)
    await Lifetimes().end_all(served.store, served.clock())


@pytest.mark.parametrize("ends", [leaves, turns_off, is_put_out, is_signed_out_elsewhere, rests_too_long])
async def test_with_the_session_the_calls_end(served, browser, service, ends):
    page = await served.enter(browser)
    await ask(browser, page, service.browser("a").told)
    await ends(served, browser, page)
    await served.tell()
    assert service.asked == []
    assert await served.calls() == 0


# ── the key pair ───────────────────────────────────────────────────────────────────────────────


async def test_all_processes_have_one_key_pair_and_no_copy_of_the_database_tells_it(store):
    keys = await asyncio.gather(*(public_key(store, BEGINS) for _ in range(3)))
    assert len(set(keys)) == 1
    async with store.reading() as tx:
        key = await tx.pushes.key()
        locked = (await tx.connection.execute(sa.select(PUSH_KEY.c.locked))).scalar_one()
    assert key is not None
    point = ec.derive_private_key(int.from_bytes(from_base64(key.secret)), CURVE).public_key().public_numbers()
    assert from_base64(key.public) == b"\x04" + point.x.to_bytes(32) + point.y.to_bytes(32)
    assert key.secret not in locked


async def test_where_the_key_of_codes_is_another_one_a_new_pair_is_made_and_browsers_ask_anew(served, browser, service):
    await ask(browser, await served.enter(browser), service.browser("a").told)
    before = await served.house.push_key()
    elsewhere = Store(served.store._database, CodeKey.fresh())
    assert await public_key(elsewhere, BEGINS) != before
    assert await served.calls() == 0
