"""`tusoi db` and `tusoi audit`: an office that works is backed up, brought back, moved to PostgreSQL and looked through."""

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from bot.daily.sealing import seal
from storage import Store
from tests.bot.commands.running import tusoi
from tests.engines import postgres_tools
from tests.storage.house import AT
from tests.storage.old.record import played
from tests.storage.test_seals import clock


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Path:
    """A file in which an office has worked, sealed."""
    file = tmp_path_factory.mktemp("office") / "tusoi.db"

    async def play() -> None:
        await played(f"sqlite:///{file}")
        store = await Store.open(f"sqlite:///{file}")
        await seal(store, clock)
        await store.close()

    asyncio.run(play())
    return file


@pytest.fixture
def data(office, tmp_path, monkeypatch) -> Path:
    """The data folder of that office."""
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(office, folder)
    monkeypatch.setenv("TUSOI_DATA_DIR", str(folder))
    monkeypatch.delenv("TUSOI_DATABASE_URL", raising=False)
    return folder


def lines(file: Path, table: str = "audit") -> list[tuple]:
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute(f"SELECT * FROM {table}").fetchall()


def test_an_office_is_backed_up_brought_back_and_found_whole(data, tmp_path) -> None:
    kept = tmp_path / "sao-luu.tusoi"
    ran = tusoi("db", "backup", str(kept))
    assert (ran.status, ran.err) == (0, "")
    assert "Đã sao lưu" in ran.out
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []
    before = lines(data / "tusoi.db")
    with closing(sqlite3.connect(data / "tusoi.db")) as opened, opened:
        opened.execute(
            "INSERT INTO audit (at, what, by, detail) VALUES ('2026-11-03 01:00:00', 'later', 'system', '{}')"
        )
    refused = tusoi("db", "restore", str(kept))
    assert (refused.status, "đã có dữ liệu" in refused.err, "--replace" in refused.err) == (2, True, True)
    assert len(lines(data / "tusoi.db")) == len(before) + 1
    ran = tusoi("db", "restore", str(kept), "--replace")
    assert (ran.status, ran.err) == (0, "")
    assert lines(data / "tusoi.db") == before
    (aside,) = [file for file in data.iterdir() if file.name.startswith("tusoi.db.") and file.suffix != "-wal"]
    assert len(lines(aside)) == len(before) + 1  # what was there is not lost
    assert "tusoi.db." in ran.out
    looked = tusoi("db", "verify")
    assert (looked.status, looked.err) == (0, "")
    assert "✓ Tệp, bảng và mã nội dung của 3 văn bản đều khớp." in looked.out
    assert "✓ Chuỗi niêm phong lành: " in looked.out


def test_a_backup_into_a_folder_of_nothing_is_brought_back(data, tmp_path, monkeypatch) -> None:
    kept = tmp_path / "sao-luu.tusoi"
    tusoi("db", "backup", str(kept))
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "may-moi" / "var"))
    ran = tusoi("db", "restore", str(kept))
    assert (ran.status, ran.err) == (0, "")
    assert lines(tmp_path / "may-moi" / "var" / "tusoi.db") == lines(data / "tusoi.db")
    assert tusoi("db", "verify").status == 0


def test_while_somebody_writes_a_backup_is_one_moment(data, tmp_path) -> None:
    """Each transaction adds two lines: a backup has both or neither."""
    with closing(sqlite3.connect(data / "tusoi.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            writer.execute("INSERT INTO audit (at, what, by, detail) VALUES ('2026-11-03', 'pair', 'system', '{}')")
        ran = tusoi("db", "backup", str(tmp_path / "mot"))
        writer.execute("COMMIT")
        assert (ran.status, ran.err) == (0, "")
        again = tusoi("db", "backup", str(tmp_path / "hai"))
        assert (again.status, again.err) == (0, "")
    pairs = [sum("pair" in line for line in lines(tmp_path / name)) for name in ("mot", "hai")]
    assert pairs == [0, 2]  # the second is still in the write-ahead log, which a plain copy misses


def test_what_is_no_backup_changes_nothing(data, tmp_path, monkeypatch) -> None:
    before = lines(data / "tusoi.db")
    told = {}
    for name, content in {
        "trong": b"",
        "chu": "danh sách".encode(),
        "dump": b"PGDMP\x01\x0e",
        "hong": (data / "tusoi.db").read_bytes()[:20_000],
    }.items():
        (tmp_path / name).write_bytes(content)
        ran = tusoi("db", "restore", str(tmp_path / name), "--replace")
        assert (ran.status, "Traceback" in ran.err) == (2, False), ran.err
        told[name] = ran.err
        assert lines(data / "tusoi.db") == before
    assert "không phải bản sao lưu" in told["trong"]
    assert "tusoi db copy" in told["dump"]
    assert "không mở được" in tusoi("db", "restore", str(tmp_path / "khong-co")).err
    assert sorted(file.name for file in data.iterdir() if "part" in file.name) == []
    newer = tmp_path / "moi"
    shutil.copy(data / "tusoi.db", newer)
    with closing(sqlite3.connect(newer)) as opened, opened:
        opened.execute("UPDATE tusoi_schema SET version_num = '9999'")
    assert "mới hơn chương trình này" in tusoi("db", "restore", str(newer), "--replace").err
    assert lines(data / "tusoi.db") == before


def test_a_backup_never_overwrites_a_file(data, tmp_path) -> None:
    (tmp_path / "co-san").write_text("của người khác")
    ran = tusoi("db", "backup", str(tmp_path / "co-san"))
    assert (ran.status, "không ghi đè" in ran.err) == (2, True)
    assert (tmp_path / "co-san").read_text() == "của người khác"
    gone = tusoi("db", "backup", str(tmp_path / "khong" / "co"))
    assert (gone.status, "không ghi được" in gone.err, "Traceback" in gone.err) == (2, True, False)


def test_nothing_is_brought_back_under_somebody_who_serves(data, tmp_path) -> None:
    tusoi("db", "backup", str(tmp_path / "sao"))
    with closing(sqlite3.connect(data / "tusoi.db")) as opened, opened:
        opened.execute("INSERT INTO lease VALUES ('notices', '1:x', '2999-01-01 00:00:00.000000')")
    ran = tusoi("db", "restore", str(tmp_path / "sao"), "--replace")
    assert (ran.status, "tusoi serve đang chạy" in ran.err) == (2, True)
    with closing(sqlite3.connect(data / "tusoi.db", isolation_level=None)) as opened:
        opened.execute("DELETE FROM lease")
        opened.execute("BEGIN IMMEDIATE")
        ran = tusoi("db", "restore", str(tmp_path / "sao"), "--replace")
        assert (ran.status, "tusoi serve đang chạy" in ran.err) == (2, True)


def test_what_somebody_changed_in_the_file_is_named(data) -> None:
    with closing(sqlite3.connect(data / "tusoi.db")) as opened, opened:
        for name in ("document_no_UPDATE", "audit_no_DELETE"):
            opened.execute(f"DROP TRIGGER {name}")
        (review, document) = opened.execute(
            "SELECT draft.review_id, document.id FROM document JOIN draft ON draft.id = draft_id ORDER BY document.id"
        ).fetchone()
        opened.execute("UPDATE document SET content = x'00' WHERE id = ?", (document,))
        opened.execute("DELETE FROM audit WHERE id = 1")
    ran = tusoi("db", "verify")
    assert ran.status == 1
    assert f"✗ văn bản của phiếu {review}/1 (phiếu/lần nộp) không còn khớp mã nội dung" in ran.out
    assert "✗ Chuỗi niêm phong đứt: dòng 1 của bảng audit đã bị xóa sau khi niêm phong" in ran.out
    audit = tusoi("audit", "verify")
    assert (audit.status, "dòng 1 của bảng audit đã bị xóa" in audit.out) == (1, True)


def test_the_audit_is_read_and_its_head_is_known_again(data) -> None:
    ran = tusoi("audit", "list", "--person", "AP-005")
    assert (ran.status, ran.err) == (0, "")
    assert "Trần Thị Hoa Mai (AP-005)  gửi bản tự đánh giá  phiếu " in ran.out
    assert all("AP-005" in line for line in ran.out.splitlines())
    assert len(tusoi("audit", "list", "--last", "2").out.splitlines()) == 2
    head = tusoi("audit", "verify").out.split("Mã cuối: ")[1].strip(" .\n")
    assert tusoi("audit", "verify", "--head", head).status == 0
    lost = tusoi("audit", "verify", "--head", "0" * 64)
    assert (lost.status, "không còn trong chuỗi" in lost.out) == (1, True)


def test_an_office_moves_to_postgresql_and_goes_on(data, postgres, monkeypatch) -> None:
    with postgres.empty() as url:
        ran = tusoi("db", "copy", url)
        assert (ran.status, ran.err) == (0, ""), ran.err
        assert f"audit: {len(lines(data / 'tusoi.db'))} dòng, mã " in ran.out
        again = tusoi("db", "copy", url)
        assert (again.status, "đã có dữ liệu" in again.err) == (2, True)
        monkeypatch.setenv("TUSOI_DATABASE_URL", url)
        looked = tusoi("db", "verify")
        assert (looked.status, looked.err) == (0, ""), looked.out
        assert "3 văn bản" in looked.out

        async def goes_on() -> int:
            store = await Store.open(url)
            async with store.transaction() as tx:
                await tx.audit.record("system", "moved", AT)
                await tx.commit()
            sealed = await seal(store, clock)
            await store.close()
            return sealed

        assert asyncio.run(goes_on()) == 1
        assert tusoi("audit", "verify").status == 0


def test_postgresql_is_backed_up_and_brought_back_into_an_empty_database(data, postgres, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", f"{postgres_tools()}{os.pathsep}{os.environ['PATH']}")
    with postgres.empty() as url, postgres.empty() as other:
        tusoi("db", "copy", url)
        monkeypatch.setenv("TUSOI_DATABASE_URL", url)
        ran = tusoi("db", "backup", str(tmp_path / "sao"))
        assert (ran.status, ran.err) == (0, "")
        assert stat.S_IMODE((tmp_path / "sao").stat().st_mode) == 0o600
        refused = tusoi("db", "restore", str(tmp_path / "sao"))
        assert (refused.status, "đã có dữ liệu" in refused.err) == (2, True)
        assert "hãy tạo một cơ sở dữ liệu trống" in refused.err
        assert "--replace" not in refused.err, "there is no such way on PostgreSQL"
        monkeypatch.setenv("TUSOI_DATABASE_URL", other)
        ran = tusoi("db", "restore", str(tmp_path / "sao"))
        assert (ran.status, ran.err) == (0, "")
        looked = tusoi("db", "verify")
        assert (looked.status, "3 văn bản" in looked.out, "✓ Chuỗi niêm phong lành" in looked.out) == (0, True, True)


def test_without_postgresqls_tools_it_is_said_what_to_install(data, postgres, tmp_path, monkeypatch) -> None:
    with postgres.empty() as url:
        tusoi("db", "copy", url)
        monkeypatch.setenv("TUSOI_DATABASE_URL", url)
        monkeypatch.setenv("PATH", os.fspath(tmp_path))
        ran = tusoi("db", "backup", str(tmp_path / "sao"))
    assert (ran.status, "chưa có pg_dump" in ran.err, "postgresql-client" in ran.err) == (2, True, True)
    assert not (tmp_path / "sao").exists()


def test_a_full_disk_is_told_as_one(data, tmp_path) -> None:
    """A disk of 64 KB, as far as this user may mount one; /dev/full else stands for nothing SQLite can write on."""
    small = tmp_path / "nho"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], check=False).returncode:
        pytest.skip("only root mounts a disk")
    try:
        ran = tusoi("db", "backup", str(small / "sao"))
        assert (ran.status, ran.err) == (2, f"đĩa chứa {small} đã đầy; chưa ghi gì. Hãy dọn chỗ trống rồi làm lại.\n")
        assert [*small.iterdir()] == []
        tusoi("db", "backup", str(tmp_path / "sao"))
        before = lines(data / "tusoi.db")
        (small / "tusoi.db").touch()
        with pytest.MonkeyPatch.context() as elsewhere:
            elsewhere.setenv("TUSOI_DATA_DIR", str(small))
            ran = tusoi("db", "restore", str(tmp_path / "sao"), "--replace")
        assert (ran.status, f"đĩa chứa {small} đã đầy" in ran.err) == (2, True)
        assert [one.name for one in small.iterdir()] == ["tusoi.db"]
        assert lines(data / "tusoi.db") == before
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_link_that_leads_nowhere_is_not_replaced(data, tmp_path) -> None:
    (tmp_path / "sao").symlink_to(tmp_path / "o-dia-roi" / "sao")
    ran = tusoi("db", "backup", str(tmp_path / "sao"))
    assert (ran.status, "không ghi đè" in ran.err) == (2, True)
    assert (tmp_path / "sao").is_symlink()
    assert tusoi("db", "backup", str(tmp_path / "khac")).status == 0
    (data / "tusoi.db").rename(tmp_path / "that.db")
    (data / "tusoi.db").symlink_to(tmp_path / "o-dia-roi" / "tusoi.db")
    ran = tusoi("db", "restore", str(tmp_path / "khac"), "--replace")
    assert (ran.status, "liên kết trỏ tới chỗ không có" in ran.err) == (2, True)
    assert (data / "tusoi.db").is_symlink()


def test_where_the_file_is_a_link_what_it_leads_to_is_put_aside(data, tmp_path) -> None:
    assert tusoi("db", "backup", str(tmp_path / "sao")).status == 0
    real = tmp_path / "o-khac"
    real.mkdir()
    (data / "tusoi.db").rename(real / "tusoi.db")
    (data / "tusoi.db").symlink_to(real / "tusoi.db")
    ran = tusoi("db", "restore", str(tmp_path / "sao"), "--replace")
    assert (ran.status, ran.err) == (0, "")
    assert (data / "tusoi.db").is_symlink()
    assert len([one for one in real.iterdir() if one.name.startswith("tusoi.db.2")]) == 1
