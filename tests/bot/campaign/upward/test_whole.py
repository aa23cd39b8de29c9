"""All that was sent up as one ZIP: of each version what was sealed then, also once another was sent."""

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import openpyxl
import pypdf
import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import SentPapers
from rules.upward.package import digest
from storage.tables import AUDIT, SENT_UP
from tests.bot.campaign.upward.office import begun
from tests.bot.campaign.upward.test_sending import holds_a_meeting, sends, versions
from tests.bot.playing import shelf
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    played = await begun(sqlite_url, tmp_path)
    yield played
    await played.ends()


async def zip_of(play: Play, sent_up: int, who: str = "desk") -> dict[str, bytes]:
    (file,) = await play.house.documents(play.ids[who], SentPapers(1, sent_up))
    assert file.name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(file.content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


async def test_each_version_stays_what_it_was_to_the_byte(play: Play) -> None:
    await sends(play)
    first = await zip_of(play, 1)
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    await sends(play)
    assert await zip_of(play, 1) == first
    second = await zip_of(play, 2)
    assert not [name for name in first if name.startswith("01 ")]
    assert {name.rpartition(".")[2] for name in second if name.startswith("01 Biên bản cuộc họp/")} == {"docx", "pdf"}
    assert len([name for name in second if name.startswith("03 ") and name.endswith(".pdf")]) == 4
    for found, value, row in zip((first, second), await versions(play), await play.rows(SENT_UP), strict=True):
        sealed = found["Nội dung niêm phong.json"]
        assert json.loads(sealed) == value
        assert hashlib.sha256(sealed).hexdigest() == row["fingerprint"]
        assert {"00 Phiếu gửi.docx", "00 Phiếu gửi.pdf"} < set(found)
        assert "Không còn lưu.txt" not in found


async def test_the_list_of_sums_is_that_of_what_lies_in_it(play: Play) -> None:
    await sends(play)
    found = await zip_of(play, 1, "head")
    lines = found.pop("SHA256SUMS").decode().splitlines()
    assert {path: mark for mark, _, path in (line.partition("  ") for line in lines)} == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }
    (told,) = await play.rows(AUDIT, what="papers taken out")
    assert told["detail"] == {"campaign": 1, "sent_up": 1}


async def test_what_is_said_to_a_paper_after_it_was_sent_is_not_on_it(play: Play) -> None:
    """The authority decides, as everybody rates themselves; what went up before is without it."""
    await sends(play)
    before = await zip_of(play, 1)
    play.on("29/11/2023 08:00")
    chief = await play.phone("chief")
    await chief.does(Pressed(Button("decide_all", 0, ("all",))))
    await chief.taps("decide_every")
    assert "Đã quyết định" in chief.text
    assert await zip_of(play, 1) == before


def tables_in(found: dict[str, bytes]) -> dict[str, list[list[object]]]:
    """The workbooks of the summary tables: name → their rows."""
    workbooks = {name: content for name, content in found.items() if name.endswith(".xlsx")}
    sheets = {name: openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for name, content in workbooks.items()}
    return {name: [[cell.value for cell in row] for row in sheet.iter_rows()] for name, sheet in sheets.items()}


async def test_a_version_holds_its_summary_table_as_the_plan_prints_it(play: Play) -> None:
    """With the plan's columns and the ratings of then, whatever a meeting concluded or the authority decided later."""
    await sends(play)
    first = await zip_of(play, 1)
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    await sends(play)
    second = await zip_of(play, 2)
    ((name, before),), ((same, after),) = tables_in(first).items(), tables_in(second).items()
    assert name == same
    async with play.store.reading() as tx:
        (campaign,) = await tx.campaigns.of_office(1, is_open=True)
    (plan,) = (one for one in shelf()[campaign.edition].summary_tables if one.key == "unit_proposals")
    columns = [one.title for one in plan.columns]
    assert columns in [row[: len(columns)] for row in before]
    by_name = columns.index("Họ và tên")
    lines = [row[by_name : by_name + 3] for row in before if isinstance(row[0], int)]
    assert len({*map(tuple, lines)}) == len(lines), "who is rated twice has two lines that say as what"
    excellent = [[row for row in rows if "Hoàn thành xuất sắc nhiệm vụ" in row] for rows in (before, after)]
    assert [len(rows) for rows in excellent] == [0, 1], "the meeting concluded it of one after the first was sent"
    for found, value in zip((first, second), await versions(play), strict=True):
        (table,) = value["tables"]
        marks = [
            file["mark"]
            for listed in value["lists"]
            for line in listed["lines"]
            for part in line["parts"]
            for file in part["files"]
            if file["source"] == "table"
        ]
        assert marks == [digest(table["page"])]
        pdf = pypdf.PdfReader(io.BytesIO(found[name.removesuffix("xlsx") + "pdf"]))
        said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        assert "theo các bản đã gửi, kết luận của các cuộc họp đã bế mạc" in said
    play.on("29/11/2023 08:00")
    chief = await play.phone("chief")
    await chief.does(Pressed(Button("decide_all", 0, ("all",))))
    await chief.taps("decide_every")
    assert [await zip_of(play, one) for one in (1, 2)] == [first, second]


async def test_another_version_is_a_press_away(play: Play) -> None:
    await sends(play)
    play.on("22/11/2023 09:00")
    await holds_a_meeting(play)
    await sends(play)
    head = await play.phone("head")
    await head.does(Pressed(Button("upward_paper", 0, ("1", "2", "zip"))))
    assert "bản 2, đúng như khi gửi" in head.text
    await head.presses("upward_paper")
    assert "bản 1, đúng như khi gửi" in head.text
    assert "Đã có bản thay thế" in head.text
    await head.does(Pressed(Button("upward_paper", 0, ("1", "2", "zip", "99"))))
    assert "bản 2, đúng như khi gửi" in head.text


async def test_a_version_of_another_campaign_is_none(play: Play) -> None:
    await sends(play)
    assert await play.house.parcel(play.ids["desk"], SentPapers(2, 1)) is None
    assert await play.house.parcel(play.ids["desk"], SentPapers(1, 9)) is None
