"""The decision of a campaign with its list, and extracts: of what was decided, as it was kept."""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from bot.campaign.results.decisions import (
    WrittenDecisions,
    decided_by,
    decisions_of,
    named,
    public_units,
    write_decisions,
)
from bot.campaign.results.tables import parts_of
from bot.clock import ZONE
from bot.demo.office import OFFICE
from bot.documents.taking_out import meant
from rules.campaign.summarising import Result
from rules.nouns.errors import CaseError
from rules.nouns.values import Subject
from templates.documents.decisions.page import OWN, decision_of
from templates.documents.decisions.pdf import decision_pdf
from templates.documents.decisions.word import decision_docx
from templates.documents.summaries.page import Made
from tests.bot.documents.office import played
from tests.bot.playing import CHIEF, HEAD, shelf, staged
from tests.refusing import refused

STAFF = "Phòng Hành chính – Tổ chức"
DECISION, EXTRACT = "01. Quyết định - Chánh Văn phòng", f"{STAFF}/Trích sao - Trần Thị Hoa Mai - Mẫu số 02"


@pytest.fixture
async def stage(sqlite_store):
    return await played(sqlite_store)


def words_of(content: bytes) -> str:
    """Everything a Word file says, cells included."""
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def below(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


async def test_a_decision_and_an_extract_for_each_person_are_written(stage, tmp_path: Path) -> None:
    done = await write_decisions(stage.store, shelf(), tmp_path / "ra", None, "", stage.clock())
    assert done == WrittenDecisions(decisions=1, extracts=1)
    assert below(tmp_path / "ra") == sorted(
        f"{stem}.{kind}" for stem in (DECISION, EXTRACT) for kind in ("docx", "pdf")
    )
    first, listed = pages_of((tmp_path / "ra" / f"{DECISION}.pdf").read_bytes())
    for text in (words_of((tmp_path / "ra" / f"{DECISION}.docx").read_bytes()), f"{first} {listed}"):
        plain = " ".join(text.split())
        for said in (
            "Số: ........./QĐ-.........",
            "Về việc xếp loại chất lượng năm 2020 (*)",
            "CHÁNH VĂN PHÒNG",
            "Căn cứ Nghị định số 90/2020/NĐ-CP ngày 13 tháng 8 năm 2020",
            "Điều 1. Xếp loại chất lượng năm 2020 đối với 1 người có tên trong Danh sách kèm theo Quyết định này. (*)",
            "Hoàng Sơn Lâm",
            "Nơi nhận:",
            "Trần Thị Hoa Mai",
            "Hoàn thành tốt nhiệm vụ",
            "Căn cứ để ra quyết định: NĐ 90/2020, Điều 19.",
        ):
            assert said in plain, said
        assert "Phan Thảo Vy" not in plain, "not decided"
    assert (
        "2020/NĐ-CP ngày 13 tháng 8 năm 2020 của Chính phủ về đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức; (*)"
        not in first
    )
    (extract,) = pages_of((tmp_path / "ra" / f"{EXTRACT}.pdf").read_bytes())
    assert "TRÍCH SAO" in extract
    assert (
        "Điều 1. Xếp loại chất lượng năm 2020 đối với Trần Thị Hoa Mai, Chuyên viên, Phòng Hành chính – Tổ chức: "
        "Hoàn thành tốt nhiệm vụ. (*)"
    ) in extract


async def test_it_names_people_as_they_were_and_every_text_is_data(stage) -> None:
    async with stage.store.transaction() as tx:
        await tx.connection.execute(sa.text("UPDATE person SET name = 'Tên Mới', position = 'Chức vụ mới'"))
        await tx.units.set(await tx.units.office(OFFICE), "place", "#eval(1) <b> {{ 1 }}")
        await tx.commit()
    async with stage.store.reading() as tx:
        campaign = await meant(tx, None)
        found = await decisions_of(tx, shelf(), await parts_of(tx, shelf(), campaign), stage.clock())
    pages = list(found.pages())
    for text in (words_of(decision_docx(pages)), " ".join(pages_of(decision_pdf(pages)))):
        assert "Tên Mới" not in text
        assert "Chức vụ mới" not in text
        assert "Hoàng Sơn Lâm" in text
        assert "#eval(1) <b> {{ 1 }}" in text


async def test_of_one_authority_only_what_they_decided(stage) -> None:
    async with stage.store.reading() as tx:
        parts = await parts_of(tx, shelf(), await meant(tx, None))
        for decider, count in ((CHIEF, 1), (HEAD, 0)):
            found = await decisions_of(tx, shelf(), parts, stage.clock(), decider)
            assert len(found.every) == count
        every = await decisions_of(tx, shelf(), parts, stage.clock())
    assert [str(place) for place, _ in named(every, STAFF)] == [EXTRACT]


async def test_an_unknown_unit_is_one_line(stage, tmp_path: Path) -> None:
    with refused(CaseError, match="chưa có quyết định xếp loại nào về người của đơn vị “Phòng Khác”"):
        await write_decisions(stage.store, shelf(), tmp_path / "ra", None, "Phòng Khác", stage.clock())
    assert not below(tmp_path / "ra")


async def test_before_anything_is_decided_there_is_none(sqlite_store, tmp_path: Path) -> None:
    stage = await staged(sqlite_store)
    with refused(CaseError, match="chưa có quyết định xếp loại nào"):
        await write_decisions(stage.store, shelf(), tmp_path, None, "", stage.clock())


# ── under whose heading ───────────────────────────────────────────────────────────────────────

MADE = Made("Sở Nông nghiệp", "UBND tỉnh", "Tân Giang", 2026, "year", dt.datetime(2026, 12, 1, 8, tzinfo=ZONE))
CENTRE, ROOM = "Trung tâm Khuyến nông", "Văn phòng Sở"


def result(review: int, unit: str, subject: Subject, **decided) -> Result:
    return Result(review, "Lò Thị Ẩn", "Chuyên viên", unit, subject, decided=True, **decided)


OFFICE_OF = [result(number, ROOM, Subject.OFFICIAL) for number in range(5)]
CENTRE_OF = [result(number, CENTRE, Subject.EMPLOYEE) for number in range(5, 8)]


def test_a_unit_of_employees_within_an_office_of_officials_is_a_public_unit() -> None:
    assert public_units([*OFFICE_OF, *CENTRE_OF]) == {CENTRE}
    assert public_units(CENTRE_OF) == frozenset(), "the office itself is one: its rooms are none"


@pytest.mark.parametrize(
    ("book", "one", "heading", "signs"),
    [
        ("decree-233-2026", {"decided_as": "Giám đốc Trung tâm", "decided_in": CENTRE}, (CENTRE, MADE.office), ""),
        ("decree-233-2026", {"decided_as": "Giám đốc Sở", "decided_in": "Lãnh đạo Sở"}, (OWN, ""), ""),
        (
            "decree-233-2026",
            {"paper": "QĐ số 12/QĐ-UBND"},
            (MADE.above, ""),
            "người đứng đầu cơ quan quản lý đơn vị sự nghiệp công lập",
        ),
        ("decree-90-2020", {"paper": "QĐ số 12/QĐ-TTKN"}, (CENTRE, MADE.office), ""),
    ],
)
def test_a_decision_is_headed_by_who_decides(book, one, heading, signs) -> None:
    """NĐ 233/2026, Điều 13 khoản 3: điểm a người đứng đầu cơ quan quản lý; điểm b người đứng đầu đơn vị."""
    by = decided_by(
        shelf()[book, 2026], result(5, CENTRE, Subject.EMPLOYEE, decided_by="Vừ A Dê", **one), {CENTRE}, MADE
    )
    assert ((by.office, by.superior), by.title) == (heading, signs)


async def test_a_decision_from_elsewhere_is_not_under_the_heading_of_the_office() -> None:
    book, official = (
        shelf()["decree-335-2025", 2026],
        result(1, ROOM, Subject.OFFICIAL, decided_by="X", paper="QĐ số 5/QĐ-UB"),
    )
    page = decision_of(book, decided_by(book, official, {CENTRE}, MADE), [official], MADE)
    assert (page.heading.superior, page.heading.office) == ("", "UBND TỈNH")
    assert page.issuer == page.signer == "NGƯỜI ĐỨNG ĐẦU CƠ QUAN QUẢN LÝ CÔNG CHỨC"
    unknown = decision_of(book, decided_by(book, official, {CENTRE}, replace(MADE, above="")), [official], MADE)
    assert unknown.heading.office == "(TÊN CƠ QUAN QUYẾT ĐỊNH)"


async def test_an_extract_says_below_the_text_whose_copy_it_is(stage, tmp_path: Path) -> None:
    """Nghị định 30/2020: hình thức sao, số bản sao, nơi sao đứng dưới đường kẻ, sau phần cuối của văn bản."""
    await write_decisions(stage.store, shelf(), tmp_path / "ra", None, "", stage.clock())
    (extract,) = pages_of((tmp_path / "ra" / f"{EXTRACT}.pdf").read_bytes())
    text, _, copy = extract.partition("Hoàng Sơn Lâm")
    assert "TRÍCH SAO" not in text
    for said in ("TRÍCH SAO", "/TrS-", "Trần Thị Hoa Mai", "Lưu: VT"):
        assert said in copy, said
    word = words_of((tmp_path / "ra" / f"{EXTRACT}.docx").read_bytes())
    assert "TRÍCH SAO" in word
    assert "/TrS-" in word
