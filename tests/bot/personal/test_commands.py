"""`tusoi data` as whoever runs the server uses it."""

import asyncio
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest

from bot.demo.setting import furnish
from rules.personal.requests import DataRequest, RequestKind
from storage import Store, upgrade
from tests.bot.commands.running import tusoi
from tests.bot.playing import BEGINS, EMPLOYEE, person_called

HOSTILE = "Mất máy {{ 7 * 7 }} <b>&"


@pytest.fixture
def furnished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's office, with a request of an employee, in a data folder that the environment names."""
    url = f"sqlite:///{tmp_path / 'tusoi.db'}"
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path))

    async def fill() -> None:
        await upgrade(url)
        store = await Store.open(url)
        await furnish(store, BEGINS)
        who = await person_called(store, EMPLOYEE)
        day = dt.date(2020, 12, 1)
        async with store.transaction() as tx:
            await tx.requests.ask(DataRequest(0, who, RequestKind.ERASE, HOSTILE, BEGINS, day, day, "Điều 5"))
            await tx.commit()
        await store.close()

    asyncio.run(fill())
    return tmp_path


def words(file: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
        return package.read("word/document.xml").decode()


def test_export_writes_a_page_and_json(furnished: Path) -> None:
    ran = tusoi("data", "export", "--person", EMPLOYEE, "--out", str(furnished / "out"))
    assert ran.status == 0, ran.err
    told = json.loads((furnished / "out" / f"du-lieu-{EMPLOYEE}.json").read_text("utf-8"))
    (rows,) = [one["tables"]["data_request"] for one in told["kinds"] if one["kind"] == "requests"]
    assert rows[0]["text"] == HOSTILE
    page = furnished / "out" / f"du-lieu-{EMPLOYEE}.html"
    assert "&lt;b&gt;&amp;" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o077 == 0
    assert (furnished / "out").stat().st_mode & 0o077 == 0
    ran = tusoi("data", "export", "--person", "KHONG", "--out", str(furnished / "out"))
    assert (ran.status, ran.err) == (2, "không có ai mang mã KHONG trong danh sách của cơ quan.\n")


def test_requests_are_listed_and_answered(furnished: Path) -> None:
    listed = tusoi("data", "requests")
    assert "yêu cầu xóa dữ liệu" in listed.out.lower()
    assert "QUÁ HẠN" in listed.out
    done = tusoi("data", "answer", "1", "--outcome", "refused", "--reason", "Phải lưu.")
    assert done.status == 0, done.err
    again = tusoi("data", "answer", "1", "--outcome", "done", "--reason", "x")
    assert (again.status, again.err) == (2, "không có yêu cầu số 1 của cơ quan này đang chờ trả lời.\n")
    assert tusoi("data", "requests").out == "Không có yêu cầu nào.\n"
    assert "Không làm theo được: 'Phải lưu.'" in tusoi("data", "requests", "--all").out


def test_a_breach_has_its_hours_and_is_only_added_to(furnished: Path) -> None:
    added = tusoi("data", "breach", "add", "--what", HOSTILE, "--by", "Quản trị", "--found", "01/03/2026 08:00")
    assert "Hạn báo cơ quan có thẩm quyền: 04/03/2026 08:00." in added.out, added.err
    assert "CHƯA BÁO, QUÁ HẠN" in tusoi("data", "breach", "list").out
    more = ("--of", "1", "--what", "Đã báo", "--by", "Quản trị", "--reported", "03/03/2026 09:00", "--to", "A05")
    assert tusoi("data", "breach", "add", *more).status == 0
    listed = tusoi("data", "breach", "list").out
    assert "đã báo 03/03/2026 09:00\n" in listed
    out = furnished / "bao.docx"
    assert tusoi("data", "breach", "report", "1", "--out", str(out)).status == 0
    assert "{{ 7 * 7 }} &lt;b&gt;&amp;" in words(out)
    assert "Kính gửi: A05" in words(out)
    assert tusoi("data", "breach", "report", "9", "--out", str(out)).err == "không có vi phạm số 9.\n"
    future = tusoi("data", "breach", "add", "--what", "x", "--by", "y", "--found", "01/03/2126 08:00")
    assert (future.status, future.err) == (2, "lúc phát hiện và lúc báo không thể ở tương lai.\n")


def test_the_assessment_is_filled_with_what_is_known(furnished: Path) -> None:
    out = furnished / "danh-gia.docx"
    ran = tusoi("data", "assessment", "--out", str(out))
    assert ran.status == 0, ran.err
    text = words(out)
    for told in ("Cuộc trò chuyện", "730 ngày", "không dùng", "72 giờ", "chưa đối chiếu với văn bản gốc"):
        assert told in text, told
    assert "{{" not in text


def test_what_is_due_is_shown_and_nothing_is_removed(furnished: Path) -> None:
    ran = tusoi("data", "due")
    assert ran.status == 0, ran.err
    assert "chat (bảng turn), giữ 730 ngày (TUSOI_KEEP_CHAT_DAYS)" in ran.out
