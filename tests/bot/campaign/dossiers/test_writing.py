"""Dossiers: what a rulebook lists, what of it is there, who owes the rest; written as one ZIP."""

import hashlib
import io
import zipfile

import docx
import pypdf
import pytest
import sqlalchemy as sa

from bot.campaign.dossiers.writing import DossierWanted, write_dossier
from bot.demo.office import OFFICE
from rules.nouns.enclosures import Enclosure
from rules.nouns.errors import CaseError
from storage.kept_files import KeptFiles, Lost
from storage.whole.backup import NotKept
from storage.whole.beside import back_up_files, beside, bring_back_files, look_through_files
from storage.whole.verify import Fault
from tests.bot.documents.office import played
from tests.bot.playing import shelf
from tests.refusing import refused

STAFF = "Phòng Hành chính – Tổ chức"
PDF = b"%PDF-1.4\n%%EOF\n"
MARK = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
async def stage(sqlite_store):
    return await played(sqlite_store)


@pytest.fixture
def handed(tmp_path) -> KeptFiles:
    return KeptFiles(tmp_path / "enclosures")


async def taken(stage, handed, tmp_path, **wanted: str) -> tuple[list[str], zipfile.ZipFile]:
    out = tmp_path / "ho so.zip"
    told = await write_dossier(stage.store, shelf(), handed, out, DossierWanted(**wanted), stage.clock())
    return told, zipfile.ZipFile(out)


async def hand_in(stage, handed, place: str, name: str, content: bytes = PDF) -> None:
    async with stage.store.transaction() as tx:
        office = await tx.units.office(OFFICE)
        unit = (await tx.units.of_office(office))[STAFF]
        (someone, *_) = await tx.people.of_office(office)
        mark = handed.keep(content)
        told = (unit, None, mark, len(content), "pdf", name, someone.id, someone.name, stage.clock())
        await tx.enclosures.add(Enclosure(0, 1, "quang-ngai-office-2020", place, *told))
        await tx.commit()


def page(package: zipfile.ZipFile) -> list[list[str]]:
    """The rows of the contents page."""
    document = docx.Document(io.BytesIO(package.read("00 Mục lục hồ sơ.docx")))
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows]


async def test_the_list_of_a_unit_is_that_of_the_plan_with_who_owes_what(stage, handed, tmp_path) -> None:
    """Kế hoạch 2020, mục 3 điểm d: bốn tài liệu, theo thứ tự của Kế hoạch."""
    told, package = await taken(stage, handed, tmp_path, unit=STAFF)
    rows = page(package)[1:]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("1", "Bản kiểm điểm", "Kế hoạch, mục 3 điểm d"),
        ("2", "Phiếu đánh giá, xếp loại chất lượng của cá nhân", "Kế hoạch, mục 3 điểm d"),
        ("3", "Báo cáo kiểm điểm của tập thể", "Kế hoạch, mục 3 điểm d"),
        ("4", "Biên bản họp kiểm điểm", "Kế hoạch, mục 3 điểm d"),
    ]
    assert rows[3][3] == "Thiếu; hạn 04/12/2020", "mục 5: hoàn thành trước ngày 05/12"
    assert rows[3][5].endswith(f"(đứng đầu {STAFF})")
    assert any(line.startswith("  4. Biên bản họp kiểm điểm: ") for line in told)
    assert "Lập lúc" in pypdf.PdfReader(io.BytesIO(package.read("00 Mục lục hồ sơ.pdf"))).pages[-1].extract_text()


async def test_what_is_handed_in_lies_at_its_place_and_is_owed_no_longer(stage, handed, tmp_path) -> None:
    await hand_in(stage, handed, "minutes", "=bien/ban\u202e.pdf")
    _, package = await taken(stage, handed, tmp_path, unit=STAFF)
    assert page(package)[4][3:] == ["Có", "", ""]
    assert package.read(f"04 Biên bản họp kiểm điểm/{STAFF}.pdf") == PDF


async def test_of_several_at_a_place_the_last_counts(stage, handed, tmp_path) -> None:
    await hand_in(stage, handed, "minutes", "cũ.pdf")
    await hand_in(stage, handed, "minutes", "mới.pdf", PDF + b"2")
    _, package = await taken(stage, handed, tmp_path, unit=STAFF)
    assert package.read(f"04 Biên bản họp kiểm điểm/{STAFF}.pdf") == PDF + b"2"
    assert len(list(handed.every())) == 2, "the earlier one stays"


async def test_every_file_has_its_checksum_and_a_name_anybody_may_unpack(stage, handed, tmp_path) -> None:
    async with stage.store.transaction() as tx:
        await tx.connection.execute(
            sa.text("UPDATE unit SET name = '../CON<\"|' || name || '\u202e' WHERE name = :unit"), {"unit": STAFF}
        )
        await tx.commit()
    _, package = await taken(stage, handed, tmp_path)
    assert package.testzip() is None
    sums = dict(line.split("  ", 1)[::-1] for line in package.read("SHA256SUMS").decode().splitlines())
    files = [name for name in package.namelist() if name != "SHA256SUMS"]
    assert sums == {name: hashlib.sha256(package.read(name)).hexdigest() for name in files}
    assert not any(bad in name for name in files for bad in ("..", "\u202e", '"', "<", "|", "\\"))
    assert all(len(part.encode()) < 200 for name in files for part in name.split("/"))


async def test_names_on_the_contents_page_are_text_and_no_more(stage, handed, tmp_path) -> None:
    hostile = "=cmd|'/c calc'!A1 <b>#eval(1)</b>\u202e{{ 7*7 }}"
    async with stage.store.transaction() as tx:
        await tx.connection.execute(sa.text("UPDATE person SET name = :name WHERE head"), {"name": hostile})
        await tx.commit()
    _, package = await taken(stage, handed, tmp_path, unit=STAFF)
    owed = page(package)[4][5]
    assert owed.startswith("=cmd|'/c calc'!A1 <b>#eval(1)</b>")
    assert "{{ 7*7 }}" in owed
    assert "\u202e" not in owed
    printed = pypdf.PdfReader(io.BytesIO(package.read("00 Mục lục hồ sơ.pdf"))).pages[0].extract_text()
    assert "<b>#eval(1)</b>" in "".join(printed.split("\n"))


async def test_a_file_that_is_gone_is_named_and_nothing_is_written(stage, handed, tmp_path) -> None:
    await hand_in(stage, handed, "minutes", "a.pdf")
    (place,) = handed.every()
    place.write_bytes(b"other")
    with refused(CaseError, match="tusoi db verify"):
        await taken(stage, handed, tmp_path, unit=STAFF)
    assert not (tmp_path / "ho so.zip").exists()
    assert not list(tmp_path.glob(".ho so*"))


async def test_what_no_rulebook_lists_is_told(stage, handed, tmp_path) -> None:
    with refused(CaseError, match="không nêu danh mục hồ sơ của từng người; đang nêu: hồ sơ của đơn vị"):
        await taken(stage, handed, tmp_path, person="AP-005")
    with refused(CaseError, match="không có đơn vị “Phòng Không”; các đơn vị: "):
        await taken(stage, handed, tmp_path, unit="Phòng Không")


async def test_a_backup_takes_the_files_along_and_a_changed_one_is_named(stage, handed, tmp_path) -> None:
    await hand_in(stage, handed, "minutes", "a.pdf")
    file, other = tmp_path / "backup.db", KeptFiles(tmp_path / "other")
    assert back_up_files(handed, file) == 1
    assert beside(file).stat().st_mode & 0o077 == 0
    with pytest.raises(NotKept):
        back_up_files(handed, file)
    assert await look_through_files(stage.store, other) == (1, (Fault("enclosure", f"1 (SHA-256 {MARK})"),))
    assert bring_back_files(other, file) == 1
    assert await look_through_files(stage.store, other) == (1, ())
    other.place(MARK).write_bytes(b"changed")
    assert (await look_through_files(stage.store, other))[1] == (Fault("enclosure", f"1 (SHA-256 {MARK})"),)


def test_a_kept_file_is_whole_or_not_there(tmp_path) -> None:
    kept = KeptFiles(tmp_path / "k")
    mark = kept.keep(PDF)
    assert kept.keep(PDF) == mark
    assert kept.content(mark) == PDF
    assert [one.name for one in kept.every()] == [mark]
    assert kept.place(mark).stat().st_mode & 0o077 == 0
    with pytest.raises(Lost):
        kept.content("0" * 64)
