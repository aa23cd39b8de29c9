"""Plays an office and stores its database as SQL, which later versions of the program must be able to upgrade.

    python -m tests.storage.old.record      (before the next migration is added)

writes `tests/storage/old/<revision>.sql`. The lines that fill tables also work on PostgreSQL.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from storage import Store, upgrade
from tests.bot.playing import Phone, staged

HERE = Path(__file__).parent

#: Table → (column, number): only the newest rows are stored, so many for each value of the column. The others are
#: alike.
NEWEST = {"turn": ("person_id", 3), "answer": ("review_id", 4)}


async def played(url: str) -> None:
    """Plays the demo's office: Mai's review is decided and acknowledged, Trúc's was returned, Vy's waits for the head,
    and Minh is being asked.
    """
    await upgrade(url)
    store = await Store.open(url)
    stage = await staged(store)
    mai, truc, vy, minh = [await stage.phone_of(key) for key in ("AP-005", "AP-006", "AP-004", "AP-007")]
    head = await stage.phone_of("AP-003")
    await mai.hands_in()
    await head.commands("choduyet")
    await _press(head, "Mai", "✓ Đồng ý", "không ghi ý kiến")
    await truc.hands_in()
    await head.commands("choduyet")
    await _press(head, "Trúc", "↩ Trả lại")
    await head.says("Mục 5 chưa ghi nhiệm vụ được giao thêm. Anh bổ sung giúp.")
    await _press(head, "↩ Gửi trả lại")
    await truc.commands("tieptuc")
    chief = await stage.phone_of("AP-001")
    await chief.commands("quyetdinh")
    await _press(chief, "Mai", "Quyết định ▶", "Hoàn thành tốt nhiệm vụ")
    await chief.says("Còn một nhiệm vụ chưa hoàn thành đúng hạn.")
    await _press(chief, "Xác nhận quyết định")
    await mai.commands("ketqua")
    await _press(mai, "● Mẫu số 02", "✓ Đã nhận thông báo")
    await vy.hands_in()
    await minh.commands("tieptuc")
    await minh.presses("next")
    await minh.presses("one", "months_worked")
    await store.close()


async def _press(phone: Phone, *labels: str) -> None:
    """Press the newest button with each of these labels, one after the other."""
    for label in labels:
        keys = [key for key in reversed(phone.shown) if label in key.label]
        assert keys, f"no [{label}]: {[key.label for key in phone.shown[-9:]]} in {phone.text}"
        await phone.does(Pressed(Button.decode(keys[0].data)))


def dumped(file: Path) -> Iterator[str]:
    """The database as SQL: SQLite's schema, then a line for each row, with the tables in order of creation."""
    database = sqlite3.connect(file)
    made = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rowid").fetchall()
    yield from (f"{' '.join(sql.split())};" for _, _, sql in made)
    for table in [name for kind, name, _ in made if kind == "table"]:
        described = database.execute(f"PRAGMA table_info('{table}')").fetchall()
        kinds = [kind for _, _, kind, *_ in described]
        names = ", ".join(f'"{name}"' for _, name, *_ in described)
        of, newest = NEWEST.get(table, ("rowid", 1))
        younger = (
            f'(SELECT count(*) FROM "{table}" AS younger WHERE younger.{of} = kept.{of} AND younger.rowid > kept.rowid)'
        )
        for row in database.execute(f'SELECT * FROM "{table}" AS kept WHERE {younger} < {newest} ORDER BY rowid'):
            values = ", ".join(map(_literal, row, kinds))
            yield f'INSERT INTO "{table}" ({names}) VALUES ({values});'


def _literal(value: object, kind: str) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if kind == "BOOLEAN":
        return "true" if value else "false"
    if isinstance(value, int | float) and kind != "JSON":
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def main() -> None:
    """Write the file for the present schema."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "old.sqlite"
        asyncio.run(played(f"sqlite:///{file}"))
        revision = sqlite3.connect(file).execute("SELECT version_num FROM tusoi_schema").fetchone()[0]
        (HERE / f"{revision}.sql").write_text("\n".join(dumped(file)) + "\n")


if __name__ == "__main__":
    main()
