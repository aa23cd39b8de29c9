"""What stands around the program against it: one sentence, exit status 2, never a traceback, nothing lost."""

import asyncio
import os
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage import upgrade
from tests.bot.commands.running import Ran, process, tusoi
from tests.waiting import PATIENCE

COMMANDS = (["serve"], ["db", "upgrade"], ["db", "verify"], ["audit", "list"], ["documents", "--out", "/khong/co"])


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """The folder of data."""
    for name in [name for name in os.environ if name.startswith("TUSOI_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "du-lieu"
    monkeypatch.setenv("TUSOI_DATA_DIR", str(folder))
    monkeypatch.setenv("TUSOI_WEB_LISTEN", "127.0.0.1:0")
    return folder


def database_in(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "tusoi.db"
    asyncio.run(upgrade(f"sqlite:///{file}"))
    return file


def asked(command: list[str]) -> Ran:
    """What it says; `serve` takes the whole process for itself."""
    return process(*command) if command == ["serve"] else tusoi(*command)


def told(ran: Ran) -> str:
    """The one sentence."""
    assert ran.status == 2, ran
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    return ran.err.strip()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Callable[[str], Path]]:
    """A disk of so many bytes (`300k`), mounted where only we look."""
    place = tmp_path / "dia"
    mounted = []

    def mount(size: str) -> Path:
        place.mkdir(exist_ok=True)
        asked = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        done = subprocess.run(asked, check=False, capture_output=True, timeout=PATIENCE)
        if done.returncode:
            pytest.skip("disks cannot be mounted here")
        mounted.append(place)
        return place

    yield mount
    for one in mounted:
        subprocess.run(["umount", "--lazy", str(one)], check=True, timeout=PATIENCE)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_folder_of_data_that_is_a_file(home, command):
    home.write_text("đây là một tệp")
    assert told(asked(command)) == f"{home}: đây là một tệp, cần một thư mục; hãy kiểm tra lại đường dẫn"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_that_is_no_database_is_left_as_it_is(home, command):
    home.mkdir()
    (home / "tusoi.db").write_bytes(b"Kinh gui Phong To chuc. " * 500)
    assert "không phải tệp cơ sở dữ liệu của Tự Soi" in told(asked(command))
    assert (home / "tusoi.db").read_bytes() == b"Kinh gui Phong To chuc. " * 500


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_damaged_database_is_left_as_it_is(home, command):
    file = database_in(home)
    content = bytearray(file.read_bytes())
    content[4096:64_000] = b"\xff" * (64_000 - 4096)
    file.write_bytes(content)
    assert "tệp cơ sở dữ liệu bị hỏng" in told(asked(command))
    assert file.read_bytes() == content


def test_a_database_of_a_newer_program(home):
    file = database_in(home)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE tusoi_schema SET version_num = '9999'")
    connection.close()
    assert told(process("serve")) == (
        "cơ sở dữ liệu ở phiên bản 9999, mới hơn chương trình này; hãy cài phiên bản mới của Tự Soi"
    )


def test_a_database_in_which_somebody_writes_for_long(home):
    file = database_in(home)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    assert "đang bận vì một chương trình khác ghi quá lâu" in told(process("serve"))
    connection.close()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_disk_that_is_full_at_the_beginning(home, monkeypatch, small_disk, command):
    monkeypatch.setenv("TUSOI_DATA_DIR", str(small_disk("300k")))
    assert "ổ đĩa chứa cơ sở dữ liệu đã đầy" in told(asked(command))


def test_a_disk_that_can_only_be_read(home, monkeypatch, small_disk):
    disk = small_disk("20m")
    database_in(disk)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, timeout=PATIENCE)
    monkeypatch.setenv("TUSOI_DATA_DIR", str(disk))
    for command in COMMANDS:
        assert "chỉ cho đọc" in told(asked(command))


def test_a_file_that_finds_no_room_is_told_by_its_name(home, monkeypatch, small_disk):
    disk = small_disk("4k")
    file = disk / "danh-sach.xlsx"
    assert told(tusoi("roster", "template", str(file))) == (
        f"{file}: ổ đĩa đã đầy nên chưa ghi xong; hãy dọn bớt tệp rồi chạy lại"
    )
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://tusoi:bi-mat@127.0.0.1:1/tusoi", "máy chủ cơ sở dữ liệu 127.0.0.1:1/tusoi không trả lời"),
        ("postgresql:tusoi", "địa chỉ cơ sở dữ liệu (TUSOI_DATABASE_URL) viết chưa đúng"),
        ("sqlite:////khong/co/tusoi.db", "/khong/co/tusoi.db: không có thư mục chứa tệp cơ sở dữ liệu này"),
    ],
)
def test_an_address_at_which_there_is_no_database(home, monkeypatch, url, words):
    monkeypatch.setenv("TUSOI_DATABASE_URL", url)
    for command in (["serve"], ["invite", "list"]):
        sentence = told(asked(command))
        assert words in sentence
        assert "bi-mat" not in sentence


@pytest.mark.postgres
def test_a_server_that_has_no_such_database(home, monkeypatch, postgres):
    monkeypatch.setenv("TUSOI_DATABASE_URL", postgres.address("khong_co"))
    assert "không có cơ sở dữ liệu" in told(process("serve"))


@pytest.mark.postgres
def test_a_server_whose_database_has_no_tables(home, monkeypatch, postgres):
    with postgres.empty() as url:
        monkeypatch.setenv("TUSOI_DATABASE_URL", url)
        assert told(process("serve")).endswith("chưa có bảng nào của Tự Soi; hãy chạy: tusoi db upgrade")


def test_a_port_that_is_taken(home, monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        place = f"127.0.0.1:{other.getsockname()[1]}"
        monkeypatch.setenv("TUSOI_WEB_LISTEN", place)
        assert told(process("serve")) == (
            f"TUSOI_WEB_LISTEN: cổng {place} đang có chương trình khác dùng; hãy dừng chương trình kia hoặc đặt cổng khác"
        )


def test_an_address_that_is_another_machines(home, monkeypatch):
    monkeypatch.setenv("TUSOI_WEB_LISTEN", "192.0.2.1:8080")
    assert "máy này không có địa chỉ trong 192.0.2.1:8080" in told(process("serve"))
