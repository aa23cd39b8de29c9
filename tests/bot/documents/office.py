"""The demo's office with papers in every state: decided and acknowledged, returned and sent again, waiting."""

import itertools

from bot.documents.content import read
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from storage.store import Store
from storage.transaction import Transaction
from tests.beginnings import once
from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD, Clock, Phone, Stage, house_over, staged

#: A person whose review was sent and not agreed to yet.
WAITING = "AP-007"
REVIEWED = (EMPLOYEE, COLLEAGUE, WAITING)


async def press(phone: Phone, *labels: str) -> None:
    """Press the newest button with each of these labels, one after the other."""
    for label in labels:
        key = next(key for key in reversed(phone.shown) if label in key.label)
        await phone.does(Pressed(Button.decode(key.data)))


async def played(store: Store) -> Stage:
    """Plays the office. EMPLOYEE's review is agreed to, decided and acknowledged, with an opinion of the old unit;
    COLLEAGUE has sent theirs twice.
    """
    await once(store, "papers", lambda: _lives(store))
    clock = Clock()
    return Stage(store, clock, house_over(store, clock), itertools.count(10**6))


async def _lives(store: Store) -> None:
    stage = await staged(store)
    mai, truc, head, chief = [await stage.phone_of(key) for key in (EMPLOYEE, COLLEAGUE, HEAD, CHIEF)]
    await mai.hands_in()
    await truc.hands_in()
    await (await stage.phone_of(WAITING)).hands_in()
    await head.commands("choduyet")
    await press(head, "Trúc", "↩ Trả lại")
    await head.says("Mục 5 chưa ghi nhiệm vụ được giao thêm. Anh bổ sung giúp.")
    await press(head, "↩ Gửi trả lại")
    await truc.hands_in()
    await head.commands("choduyet")
    await press(head, "Mai", "✓ Đồng ý", "không ghi ý kiến")
    await chief.commands("quyetdinh")
    await press(chief, "Mai", "Quyết định ▶", "Hoàn thành tốt nhiệm vụ")
    await chief.says("Còn một nhiệm vụ chưa hoàn thành đúng hạn.")
    await press(chief, "Xác nhận quyết định")
    await mai.commands("ketqua")
    await press(mai, "● Mẫu số 02, năm 2020", "✓ Đã nhận thông báo")


async def review_of(stage: Stage, key: str) -> int:
    """The first review of a person."""
    return int((await stage.rows("review", person_id=await stage.person(key)))[0]["id"])


async def contents(tx: Transaction, review: int, version: int) -> list[dict]:
    """The stored contents of a version: the document, then the acts."""
    document = await tx.documents.of_version(review, version)
    return [dict(read(one.content)) for one in (document, *await tx.documents.acts(review, version))]
