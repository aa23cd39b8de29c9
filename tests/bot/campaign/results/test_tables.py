"""Summary tables of a campaign: made of what was kept, written for the desk."""

import io
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from bot.campaign.campaigns import open_campaign
from bot.campaign.results.kept import results_of
from bot.campaign.results.tables import Written, write_tables
from bot.demo.office import DEMO_ROSTER, OFFICE
from dialogs.core.turn import DeskFile
from rules.nouns.errors import CaseError
from rules.nouns.values import Rating
from storage.kept_files import KeptFiles
from tests.bot.documents.office import played
from tests.bot.playing import EMPLOYEE, shelf
from tests.refusing import refused

#: Where files of the office lie; here there are none.
HANDED = KeptFiles(Path("nowhere"))
STAFF = "Phòng Hành chính – Tổ chức"


@pytest.fixture
async def stage(sqlite_store):
    return await played(sqlite_store)


async def results(stage):
    async with stage.store.reading() as tx:
        return await results_of(tx, shelf(), 1, "quang-ngai-office-2020", stage.clock().date())


def rows(sheet) -> list[list]:
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def below(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


async def test_results_are_what_was_sent_and_what_was_decided(stage) -> None:
    found = await results(stage)
    (decided,) = [one for one in found if one.decided]
    assert (decided.name, decided.rating, decided.own) == ("Trần Thị Hoa Mai", Rating.GOOD, Rating.GOOD)
    assert (decided.agreed, decided.decided_on, decided.decided_by) == (True, stage.clock().date(), "Hoàng Sơn Lâm")
    sent = [one for one in found if one.sent]
    assert len(sent) == 3, "decided, sent again, waiting"
    assert [one.agreed for one in sent if not one.decided] == [False, False]
    assert len(found) == 20


async def test_the_paper_names_whom_the_roster_calls_otherwise_by_now(stage) -> None:
    before = await results(stage)
    async with stage.store.transaction() as tx:
        await tx.connection.execute(sa.text("UPDATE person SET name = 'Tên Mới', position = 'Chức vụ mới'"))
        await tx.commit()
    after = await results(stage)
    assert [one.name for one in after if one.sent] == [one.name for one in before if one.sent]
    assert {one.position for one in after if one.sent}.isdisjoint({"Chức vụ mới"})
    assert {one.name for one in after if not one.sent} == {"Tên Mới"}, "nothing of them was kept yet"


async def test_a_returned_version_is_no_result_and_one_sent_again_is(store) -> None:
    stage = await played(store)
    async with stage.store.reading() as tx:
        kept = await tx.documents.in_force(1)
        rulings = await tx.documents.rulings_in_force(1)
    versions = {one.review: one.version for one in kept}
    assert sorted(versions.values()) == [1, 1, 2]
    assert len(rulings) == 1
    assert rulings[0].review in versions


async def test_tables_lie_in_the_folder_of_their_unit(stage, tmp_path: Path) -> None:
    done = await write_tables(stage.store, shelf(), HANDED, tmp_path / "ra", None, "", stage.clock())
    files = sorted(str(file.relative_to(tmp_path / "ra")) for file in (tmp_path / "ra").rglob("*") if file.is_file())
    assert done == Written(tables=len(files) // 2, folders=len({str(Path(one).parent) for one in files}))
    mine = f"{STAFF}/01. Kết quả kiểm điểm, đánh giá, xếp loại chất lượng cá nhân của đơn vị"
    assert f"{mine}.xlsx" in files
    assert f"{mine}.pdf" in files
    sheet = openpyxl.load_workbook(tmp_path / "ra" / f"{mine}.xlsx").worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    said = rows(sheet)
    head = said.index(["TT", "Họ và tên", "Chức vụ, chức danh", "Mức tự xếp loại", "Mức đơn vị đề nghị"])
    assert sheet.print_title_rows == f"${head + 1}:${head + 1}"
    lines = said[head + 1 : head + 1 + 20]
    assert [line[0] for line in lines[:3]] == [1, 2, 3]
    assert ["NGƯỜI LẬP BIỂU", "TRƯỞNG PHÒNG, BAN, ĐƠN VỊ"] in said
    assert await write_tables(stage.store, shelf(), HANDED, tmp_path / "ra", 1, "", stage.clock()) == done


async def test_one_unit_alone_and_what_there_is_instead(stage, tmp_path: Path) -> None:
    one = await write_tables(stage.store, shelf(), HANDED, tmp_path / "một", None, STAFF.lower(), stage.clock())
    assert one == Written(1, 1)
    with refused(CaseError, match=f"không có biểu của đơn vị “Phòng Khác”; các đơn vị có biểu: .*“{STAFF}”"):
        await write_tables(stage.store, shelf(), HANDED, tmp_path / "hai", None, "Phòng Khác", stage.clock())
    await open_campaign(stage.store, shelf(), ["decree-90-2020"], 2021, DEMO_ROSTER, stage.clock())
    with refused(CaseError, match=f"năm 2021 của {OFFICE}: bộ quy định của đợt không nêu biểu tổng hợp nào"):
        await write_tables(stage.store, shelf(), HANDED, tmp_path / "hai", 2, "", stage.clock())
    assert not (tmp_path / "hai").exists()


async def test_the_year_before_is_compared_where_it_is_kept(stage, tmp_path: Path) -> None:
    await open_campaign(stage.store, shelf(), ["quang-ngai-office-2020"], 2021, DEMO_ROSTER, stage.clock())
    await write_tables(stage.store, shelf(), HANDED, tmp_path, 2, "", stage.clock())
    file = tmp_path / "04. Tổng hợp báo cáo kết quả kiểm điểm, đánh giá, xếp loại.xlsx"
    said = rows(openpyxl.load_workbook(file).worksheets[0])
    good = next(row for row in said if "Hoàn thành tốt nhiệm vụ" in row)
    assert good == ["Công chức", "Hoàn thành tốt nhiệm vụ", 0, 1, 100], "nobody is rated yet: no percentage"


async def test_the_desk_is_handed_them_in_chat_and_nobody_else_is(stage) -> None:
    """The desk of the demo's office is AP-003 and those it names; an employee asks in vain, so does the desk for what is not there."""
    async with stage.store.reading() as tx:
        people = {key: await stage.person(key) for key in ("AP-001", "AP-003", "AP-004", EMPLOYEE)}
        desk = [one for one in people.values() if (await tx.people.get(one)).desk]
    assert desk
    (file,) = await stage.house.documents(desk[0], DeskFile("tables_1"))
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert (file.name, len(book.sheetnames)) == ("Biểu tổng hợp.xlsx", 6)
    (printed,) = await stage.house.documents(desk[0], DeskFile("tablespdf_1", "pdf"))
    assert printed.content.startswith(b"%PDF")
    for wanted in ("tables_2", "tables_", "tables_x", "tables_1_1", "tables"):
        assert await stage.house.documents(desk[0], DeskFile(wanted)) == ()
    for one in set(people.values()) - set(desk):
        assert await stage.house.documents(one, DeskFile("tables_1")) == ()


async def test_units_whose_folders_would_be_called_the_same_have_their_own(stage, tmp_path: Path) -> None:
    """And nobody gets out of the folder, nor is a name reckoned with: names of units are what somebody typed."""
    async with stage.store.transaction() as tx:
        sent = {one.unit for one in await results(stage) if one.sent}
        units = [one for one in dict.fromkeys(one.unit for one in await results(stage)) if one not in sent]
        names = ["../Phòng A/B", "-Phòng A|B"]
        for old, new in zip(units, names, strict=False):
            await tx.connection.execute(
                sa.text("UPDATE unit SET name = :new WHERE name = :old"), {"old": old, "new": new}
            )
        await tx.connection.execute(sa.text("UPDATE person SET name = '=1+1'"))
        await tx.commit()
    assert len(units) == len(names)
    done = await write_tables(stage.store, shelf(), HANDED, tmp_path / "nơi" / "ra", None, "", stage.clock())
    files = below(tmp_path / "nơi")
    assert len(files) == 2 * done.tables, "none is written over another"
    assert {file.relative_to(tmp_path / "nơi").parts[0] for file in files} == {"ra"}
    for name in names:
        one = await write_tables(stage.store, shelf(), HANDED, tmp_path / "một", None, name, stage.clock())
        assert one == Written(2, 2), "who asks for one by its words gets both"
    again = {str(file.relative_to(tmp_path / "một")) for file in below(tmp_path / "một")}
    assert again <= {str(file.relative_to(tmp_path / "nơi" / "ra")) for file in files}
    assert len(again) == 2 * len(names)
    for file in files:
        if file.suffix == ".xlsx":
            sheet = openpyxl.load_workbook(file).worksheets[0]
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


async def test_a_rulebook_that_is_gone_is_told_of(stage, tmp_path: Path) -> None:
    with refused(CaseError, match="không đọc được bộ quy định của đợt: quang-ngai-office-2020"):
        await write_tables(stage.store, {}, HANDED, tmp_path, 1, "", stage.clock())
