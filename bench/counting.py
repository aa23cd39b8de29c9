"""The strict stand-in for Telegram in a process of its own, which counts the requests.

`python -m bench.counting PEOPLE` prints its address, and its counts when its standard input ends.
"""

import asyncio
import json
import sys
from collections import Counter, deque

from tests.standins.telegram import MESSAGES, TelegramStandIn


async def serve(people: int) -> None:
    async with TelegramStandIn.running() as telegram:
        for number in range(1, people + 1):
            telegram.person(f"Người {number}", number).started = True
        telegram.watch(overall=30, per_chat=1)
        print(telegram.base, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        print(json.dumps(seen(telegram)), flush=True)


def seen(telegram: TelegramStandIn) -> dict[str, float]:
    """The counts: messages sent, refused for being too fast, seconds from the first to the last, the most in a rolling
    second, and chats that got a message twice.
    """
    calls = [call for call in telegram.calls if call.method in MESSAGES]
    times = [call.at for call in calls]
    busiest, window = 0, deque[float]()
    for at in times:
        window.append(at)
        while window[0] <= at - 1:
            window.popleft()
        busiest = max(busiest, len(window))
    to = Counter(call.chat for call in calls if call.status == 200)
    return {
        "sent": sum(call.status == 200 for call in calls),
        "refused": sum(call.status == 429 for call in calls),
        "seconds": times[-1] - times[0] if times else 0.0,
        "busiest": busiest,
        "twice": sum(count > 1 for count in to.values()),
    }


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
