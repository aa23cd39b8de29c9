"""An office's database of an earlier program: `tusoi db upgrade` freezes what was sent, `tusoi documents` takes it out."""

import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.office import DEMO_ROSTER
from bot.roster.template import write_roster
from tests.bot.commands.running import tusoi
from tests.storage.test_old_databases import OLD

#: As that office wrote it.
STAFF = "Phòng Hành chính - Tổ chức"

#: The last schema without documents.
BEFORE = next(file for file in OLD if file.stem == "0005")


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """The data folder of that office."""
    folder = tmp_path / "var"
    folder.mkdir()
    with sqlite3.connect(folder / "tusoi.db") as database:
        database.executescript(BEFORE.read_text())
    database.close()
    monkeypatch.setenv("TUSOI_DATA_DIR", str(folder))
    return folder


def marks(data: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(data / "tusoi.db") as database:
        return database.execute("SELECT fingerprint, earlier FROM document ORDER BY draft_id").fetchall()


def test_after_the_upgrade_the_papers_lie_in_folders_and_both_fingerprints_are_known(data, tmp_path) -> None:
    assert tusoi("db", "upgrade").status == 0
    kept = marks(data)
    assert len(kept) == 3
    ran = tusoi("documents", "--out", str(tmp_path / "ra"))
    assert (ran.status, ran.err) == (0, "")
    # Mai's is decided, Vy's waits; Trúc's was returned and is not in force.
    assert ran.out.startswith("Đã ghi 2 văn bản (DOCX và PDF) trong 1 thư mục đơn vị dưới ")
    assert sorted(file.name for file in (tmp_path / "ra" / STAFF).iterdir()) == [
        f"{stem}.{kind}" for stem in ("AP-004-mau-02-2020-v1", "AP-005-mau-02-2020-v1-xl1") for kind in ("docx", "pdf")
    ]
    for mark in kept[0]:  # Mai's was the first
        assert "bản nộp lần 1 của Trần Thị Hoa Mai (AP-005" in tusoi("verify", mark).out
    # Trúc and Vy had answered the same: then the earlier fingerprint was one, of the answers alone.
    assert kept[1][1] == kept[2][1]
    told = tusoi("verify", kept[1][1]).out
    assert ["Lê Khánh Trúc" in told, "Phan Thảo Vy" in told] == [True, True]
    told = tusoi("verify", kept[1][0]).out
    assert ("Lê Khánh Trúc" in told) is not ("Phan Thảo Vy" in told)


def test_a_file_is_checked_against_what_is_kept(data, tmp_path) -> None:
    assert tusoi("db", "upgrade").status == 0
    assert tusoi("documents", "--out", str(tmp_path / "ra")).status == 0
    for kind in ("docx", "pdf"):
        ran = tusoi("verify", str(tmp_path / "ra" / STAFF / f"AP-005-mau-02-2020-v1-xl1.{kind}"))
        assert (ran.status, ran.err) == (0, ""), ran
        assert ran.out.startswith("Đúng bản gốc: bản nộp lần 1 của Trần Thị Hoa Mai (AP-005, ")
        assert "Kết quả xếp loại lần 1, về bản này: Hoàn thành tốt nhiệm vụ; " in ran.out
    kept = tmp_path / "ra" / STAFF / "AP-005-mau-02-2020-v1-xl1.docx"
    forged = tmp_path / "sua.docx"
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(forged, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace("Trưởng phòng".encode(), "Giám đốc".encode()))
    ran = tusoi("verify", str(forged))
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("KHÔNG ĐÚNG bản gốc: bản nộp lần 1 của Trần Thị Hoa Mai")
    assert "“Trưởng phòng” → “Giám đốc”" in ran.out


def test_what_cannot_be_checked_is_one_line(data, tmp_path) -> None:
    assert tusoi("db", "upgrade").status == 0
    (tmp_path / "giay.pdf").write_bytes(b"%PDF-1.7 rubbish")
    for given, status, told in (
        (str(tmp_path / "giay.pdf"), 2, "giay.pdf: không đọc được: tệp bị hỏng"),
        (str(tmp_path / "khong-co.docx"), 2, "khong-co.docx"),
        (str(tmp_path), 2, ""),
        ("xyz", 2, "“xyz” không phải tệp hay mã nội dung"),
        ("0" * 64, 1, "Không có văn bản nào mang mã nội dung này."),
    ):
        ran = tusoi("verify", given)
        assert (ran.status, len((ran.out + ran.err).splitlines())) == (status, 1), ran
        assert told in ran.out + ran.err


def test_a_roster_changes_nothing_before_all_is_frozen(data, tmp_path) -> None:
    """The first thing anybody does with the new program is to import next year's roster."""
    people = tuple(replace(one, name="Người Mới") if one.key == "AP-005" else one for one in DEMO_ROSTER.people)
    write_roster(tmp_path / "moi.xlsx", replace(DEMO_ROSTER, people=people))
    ran = tusoi("roster", "import", str(tmp_path / "moi.xlsx"), "--yes")
    assert ran.status == 0, ran.err
    assert "của Trần Thị Hoa Mai" in tusoi("verify", marks(data)[0][0]).out
