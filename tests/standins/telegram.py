"""A stand-in for Telegram's servers: the Bot API over real HTTP, and as strict as the real one.

    async with TelegramStandIn.running() as telegram:
        an = telegram.person("An")
        an.says("xin chào")
        await an.hears("Chào anh/chị")

It refuses what Telegram refuses (`telegram_methods`) and records every call for the tests. It can be told to refuse the
next calls (`refuse`) and to limit the speed (`watch`).
"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import chain, repeat
from typing import Any, Self

from aiohttp import ClientError, ClientSession, web

from tests.standins.telegram_chat import Person
from tests.standins.telegram_methods import METHODS, Call, Refused, Upload
from tests.waiting import PATIENCE

TOKEN = "7000001:only-the-stand-in-knows-this-token"
MESSAGES = {"sendmessage", "sendphoto", "senddocument", "sendmediagroup", "editmessagetext"}


class TelegramStandIn:
    """The server and everybody on it."""

    def __init__(self) -> None:
        self.base = ""
        self.me = {"id": 7000001, "is_bot": True, "first_name": "Tự Soi", "username": "tusoi_thu_bot"}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Person] = {}
        self.calls: list[Call] = []
        self.commands: dict[str, list[tuple[str, str]]] = {}
        self.open_queries: set[str] = set()
        self.files: dict[str, bytes] = {}  # file_id, which is also the last part of the path → content
        self.updates: list[dict[str, Any]] = []  # those that are not confirmed yet
        self.webhook_url = ""
        self.webhook_secret = ""
        self.webhook_answers: list[int] = []
        self.allow_plain_webhook = False  # whether http is allowed, for the tests' own server
        self._refusals: list[tuple[str, int, Refused]] = []
        self._overall = 0
        self._per_chat = 0
        self._ids = itertools.count(1)
        self._update_ids = itertools.count(500_000)
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._mail: dict[int, asyncio.Lock] = {}

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[Self]:
        """A server on a free port of this machine."""
        telegram = cls()
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_post("/bot{token}/{method}", telegram._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", telegram._serve_file)
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        telegram.base = "http://{}:{}".format(*runner.addresses[0][:2])
        try:
            yield telegram
        finally:
            for task in telegram._tasks:
                task.cancel()
            await asyncio.gather(*telegram._tasks, return_exceptions=True)
            await runner.cleanup()

    def person(self, name: str, account: int | None = None) -> Person:
        """A new person."""
        person = Person(self, account or 1000 + len(self.people), name)
        self.people[person.id] = person
        return person

    def group(self, group: int, name: str) -> Person:
        """A group that the bot was added to; its `says` is said by a member."""
        self.groups[group] = Person(self, group, name, kind="group")
        return self.groups[group]

    def refuse(
        self,
        method: str,
        status: int,
        description: str,
        *,
        retry_after: int | None = None,
        chat: int = 0,
        times: int = 1,
    ) -> None:
        """Refuse the next calls of a method (if `chat` is given, to that chat)."""
        self._refusals += [(method.lower(), chat, Refused(status, description, retry_after))] * times

    def flood(self, method: str, retry_after: int, times: int = 1) -> None:
        """Answer 429 to the next calls."""
        self.refuse(method, 429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after, times=times)

    def watch(self, overall: int, per_chat: int = 0) -> None:
        """Answer 429 if more messages come in a rolling second (0: no limit)."""
        self._overall, self._per_chat = overall, per_chat

    def sent(self, method: str = "") -> list[Call]:
        """The successful calls of a method; without one, of all methods that send a message."""
        wanted = {method.lower()} if method else MESSAGES
        return [call for call in self.calls if call.method in wanted and call.status == 200]

    def most_in_a_second(self) -> int:
        """The number of messages in the busiest rolling second."""
        times = [call.at for call in self.calls if call.method in MESSAGES]
        return max((sum(start <= at < start + 1 for at in times) for start in times), default=0)

    def deliver(self, chat: int, update: dict[str, Any]) -> int:
        """Put an update into the bot's queue, or send it to its webhook. Returns its id."""
        update = {"update_id": next(self._update_ids), **update}
        self.updates.append(update)
        if self.webhook_url:
            self._post_later(chat, update)
        self._touch()
        return int(update["update_id"])

    def deliver_again(self, update: dict[str, Any]) -> None:
        """Deliver the same update once more, as after a lost answer."""
        self.updates.append(update)
        self._touch()

    def deliver_waiting(self) -> None:
        """Send waiting updates to the webhook that was just set."""
        for update in self.updates if self.webhook_url else ():
            self._post_later(0, update)

    async def poll(self, offset: int, limit: int, seconds: float, kinds: list[str] | None) -> list[dict[str, Any]]:
        """getUpdates."""
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates and seconds:
            try:
                await asyncio.wait_for(self._until(lambda: bool(self.updates)), seconds)
            except TimeoutError:
                return []
        return [update for update in self.updates[:limit] if not kinds or set(update) & set(kinds)]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds. Raises TimeoutError."""
        await asyncio.wait_for(self._until(condition), PATIENCE)

    def new_id(self) -> int:
        """A new message id."""
        return next(self._ids)

    def new_query(self) -> str:
        """A new id for a press that waits for its answer."""
        query = f"query{next(self._ids)}"
        self.open_queries.add(query)
        return query

    async def _serve(self, request: web.Request) -> web.Response:
        call = await _call(request)
        self.calls.append(call)
        try:
            self._refuse_strangers(request.match_info["token"], call)
            self._refuse_as_told(call)
            self._refuse_speed(call)
            result = await METHODS[call.method](self, call)
        except Refused as refused:
            call.status = refused.status
            return web.json_response(_refusal(refused), status=refused.status)
        else:
            call.status = 200
            return web.json_response({"ok": True, "result": result})
        finally:
            self._touch()

    async def _serve_file(self, request: web.Request) -> web.Response:
        file = request.match_info["path"].rpartition("/")[2]
        known = request.match_info["token"] == TOKEN and file in self.files
        return web.Response(body=self.files[file]) if known else web.Response(status=404)

    def _refuse_strangers(self, token: str, call: Call) -> None:
        if token != TOKEN:
            raise Refused(401, "Unauthorized")
        if call.method not in METHODS:
            raise Refused(404, "Not Found")

    def _refuse_as_told(self, call: Call) -> None:
        for told in self._refusals:
            method, chat, refused = told
            if method == call.method and chat in {0, call.chat}:
                self._refusals.remove(told)
                raise refused

    def _refuse_speed(self, call: Call) -> None:
        if call.method not in MESSAGES:
            return
        recent = [past for past in self.calls if past.method in MESSAGES and past.at > call.at - 1]
        same_chat = [past for past in recent if past.chat == call.chat]
        if (self._overall and len(recent) > self._overall) or (self._per_chat and len(same_chat) > self._per_chat):
            raise Refused(429, "Too Many Requests: retry after 1", 1)

    def _post_later(self, chat: int, update: dict[str, Any]) -> None:
        task = asyncio.create_task(self._post(chat, update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _post(self, chat: int, update: dict[str, Any]) -> None:
        """Send an update to the webhook: one at a time for each chat, and again until it is taken, as Telegram does."""
        async with self._mail.setdefault(chat, asyncio.Lock()), ClientSession() as session:
            for pause in chain((0.05, 0.1, 0.2, 0.4), repeat(0.8)):
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
                try:
                    async with session.post(self.webhook_url, json=update, headers=headers) as answer:
                        self.webhook_answers.append(answer.status)
                        if answer.ok:
                            self.updates.remove(update)
                            await self._do_as_answered(await answer.read())
                            return
                except ClientError:
                    self.webhook_answers.append(0)
                await asyncio.sleep(pause)

    async def _do_as_answered(self, body: bytes) -> None:
        """Make the call of the Bot API that the response of a webhook may contain. Nobody gets its result."""
        if not body:
            return
        said = json.loads(body)
        call = Call(
            said.pop("method").lower(), {name: str(value) for name, value in said.items()}, {}, time.monotonic()
        )
        call.in_answer = True
        self.calls.append(call)
        try:
            await METHODS[call.method](self, call)
            call.status = 200
        except Refused as refused:
            call.status = refused.status
        self._touch()

    def _touch(self) -> None:
        self._changed.set()

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), 0.05)  # the condition may also depend on other things
            except TimeoutError:
                continue


async def _call(request: web.Request) -> Call:
    """The request as a call, in any of the encodings that libraries use. Values in JSON that are not text stay JSON."""
    at = time.monotonic()
    params, files = dict(request.query), {}
    if request.content_type == "application/json":
        said = (await request.json()).items()
        params |= {name: value if isinstance(value, str) else json.dumps(value) for name, value in said}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read())
            value.file.close()
        else:
            params[name] = str(value)
    return Call(request.match_info["method"].lower(), params, files, at)


def _refusal(refused: Refused) -> dict[str, Any]:
    parameters = {"parameters": {"retry_after": refused.retry_after}} if refused.retry_after else {}
    return {"ok": False, "error_code": refused.status, "description": refused.description, **parameters}
