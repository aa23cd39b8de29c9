"""Work of the process on duty: notices are sent as soon as they are written, and jobs are only a safety net."""

import asyncio

import structlog

from bot.delivery.deliver import Deliverer
from bot.delivery.runner import Runner
from storage.wake import NOTICES, Sleeper

#: Seconds between searches for deliveries that nobody announced.
LOOK_ANEW = 15.0

#: Seconds allowed for deliveries under way when the duty ends.
LAST_WORDS = 10.0

_log = structlog.get_logger()


class Prompt:
    """Sends promptly; implements `bot.delivery.duty.Runnable`."""

    def __init__(self, deliverer: Deliverer, runner: Runner) -> None:
        self._deliverer = deliverer
        self._runner = runner
        self._sleeper = Sleeper()
        self._rests = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Send what is waiting and what arrives."""
        self._rests = False
        self._task = asyncio.create_task(self._send())
        await self._runner.start()

    async def drain(self) -> None:
        """Stop sending; deliveries under way are finished and recorded."""
        self._rests = True
        self._sleeper.wake()
        if self._task:
            await asyncio.wait([self._task], timeout=LAST_WORDS)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._runner.drain()

    async def _send(self) -> None:
        taken_over = False
        with self._deliverer.store.wake.sleeper(NOTICES) as self._sleeper:
            while not self._rests:
                try:
                    if not taken_over:
                        await self._deliverer.take_over()
                        taken_over = True
                    await self._deliverer.deliver_due(self._runner)
                except Exception as error:  # noqa: BLE001 - whatever it was: it is tried again
                    _log.warning("notices were not looked for", error=type(error).__name__)
                await self._sleeper.sleep(LOOK_ANEW)
