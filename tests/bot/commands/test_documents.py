"""An office's database of an earlier program: `tusoi db upgrade` freezes what was sent, `tusoi documents` takes it out."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.office import DEMO_ROSTER, STAFF
from bot.roster.template import write_roster
from tests.bot.commands.running import tusoi
from tests.storage.test_old_databases import OLD

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
        assert "bản nộp lần 1 của Trần Thị Hoa Mai (AP-005" in tusoi("documents", "--verify", mark).out
    # Trúc and Vy had answered the same: then the earlier fingerprint was one, of the answers alone.
    assert kept[1][1] == kept[2][1]
    told = tusoi("documents", "--verify", kept[1][1]).out
    assert ["Lê Khánh Trúc" in told, "Phan Thảo Vy" in told, len(told.splitlines())] == [True, True, 2]
    assert len(tusoi("documents", "--verify", kept[1][0]).out.splitlines()) == 1


def test_a_roster_changes_nothing_before_all_is_frozen(data, tmp_path) -> None:
    """The first thing anybody does with the new program is to import next year's roster."""
    people = tuple(replace(one, name="Người Mới") if one.key == "AP-005" else one for one in DEMO_ROSTER.people)
    write_roster(tmp_path / "moi.xlsx", replace(DEMO_ROSTER, people=people))
    ran = tusoi("roster", "import", str(tmp_path / "moi.xlsx"), "--yes")
    assert ran.status == 0, ran.err
    assert "của Trần Thị Hoa Mai" in tusoi("documents", "--verify", marks(data)[0][0]).out
