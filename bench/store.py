"""How many durable steps a second the store keeps: one worker, one event after the other.

A step is what bot.turn does to the store for one answer: who speaks, lock, the own review and its
approver, the answer, the turn, commit.
"""

import asyncio
import datetime as dt
import tempfile
import time
from pathlib import Path

from rules.people import Person
from rules.reviews import Answer, Json
from rules.values import Subject
from storage import Store, Unit, upgrade

AT = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
PEOPLE = 20
QUESTIONS = 24
REPLIES: list[Json] = [{"template": "question", "values": {"text": "Anh/chị tự đánh giá nội dung này thế nào? " * 6}}]


async def measure(url: str, steps: int = 2000) -> float:
    """Durable steps a second on the database at `url`, which must be empty."""
    await upgrade(url)
    store = await Store.open(url)
    try:
        await _office(store)
        await _walk(store, 0, PEOPLE * 2)  # warm up
        begun = time.perf_counter()
        await _walk(store, PEOPLE * 2, PEOPLE * 2 + steps)
        return steps / (time.perf_counter() - begun)
    finally:
        await store.close()


async def _office(store: Store) -> None:
    async with store.unit() as unit:
        office = await unit.units.keep_office("Ban Mẫu", "Tỉnh Mẫu")
        room = await unit.units.keep_unit(office, "Phòng Mẫu")
        campaign = await unit.campaigns.open(office, "quang-ngai-office-2020", 2026, {}, AT)
        head = await unit.people.add(_person("Trưởng Phòng Mẫu", room, head=True), "0")
        for number in range(PEOPLE):
            person = await unit.people.add(_person(f"Người Thứ {number}", room), f"{number + 1}")
            await unit.accounts.tie("telegram", str(number), person, AT)
            await unit.reviews.open(person, campaign.id, "mau-02", head, "unit_head")
        await unit.commit()


def _person(name: str, unit: int, *, head: bool = False) -> Person:
    return Person(0, name, "Chuyên viên", unit, "", "", Subject.OFFICIAL, head=head)


async def _walk(store: Store, first: int, last: int) -> None:
    for number in range(first, last):
        async with store.unit() as unit:
            await _step(unit, number)


async def _step(unit: Unit, number: int) -> None:
    account = str(number % PEOPLE)
    arrival = await unit.accounts.arrival("telegram", account, str(number))
    assert arrival.person_id is not None
    conversation = await unit.conversations.locked(arrival.person_id)
    own = await unit.reviews.own(conversation.person.id)
    assert own is not None
    assert own.approver_id is not None
    await unit.people.get(own.approver_id)
    answer = Answer("good", "Hoàn thành đúng hạn các nhiệm vụ được giao trong năm, không có sai sót.")
    await unit.reviews.keep_answer(own.id, f"cau_{number // PEOPLE % QUESTIONS}", answer, own.person.id, AT)
    await unit.turns.keep(own.person.id, "telegram", account, str(number), {"pressed": "a:1:x"}, REPLIES, AT)
    await unit.commit()


def main() -> None:
    """Print the rate on an SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        rate = asyncio.run(measure(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))
    print(f"storage: {rate:,.0f} durable steps/s on SQLite")


if __name__ == "__main__":
    main()
