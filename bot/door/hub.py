"""Tells open pages that something new was kept for a person: a page wants to sleep and be woken, once for however much came,
and looks into the database for what it was.
"""

from collections.abc import AsyncIterator

from storage.wake import Wake, of_person

#: An open page looks anew at least this often (seconds): nothing rests on a wake alone.
LOOK_ANEW = 5.0


async def changes(wake: Wake, person: int) -> AsyncIterator[None]:
    """Yields at once, then after each change of this person's conversation, and at least every LOOK_ANEW seconds."""
    with wake.sleeper(of_person(person)) as sleeper:
        while True:
            yield
            await sleeper.sleep(LOOK_ANEW)
