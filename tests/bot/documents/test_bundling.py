"""The papers of a unit or campaign as one ZIP: names of a clerk's, of one instant, for whom may have them, a line in the audit."""

import io
import zipfile

import pytest

from bot.documents.bundling import path_of
from bot.documents.file_names import safe
from bot.turn import in_pieces
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import AllPapers
from tests.bot.documents.office import WAITING, played, press, review_of
from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD

DESK = HEAD


async def packed(stage, key=DESK, wanted=AllPapers(1)) -> zipfile.ZipFile | None:  # noqa: B008 - frozen
    parcel = await stage.house.parcel(await stage.person(key), wanted)
    return zipfile.ZipFile(io.BytesIO(b"".join([one async for one in parcel.pieces()]))) if parcel else None


async def test_the_desk_takes_what_was_agreed_to(sqlite_store) -> None:
    stage = await played(sqlite_store)
    parcel = await stage.house.parcel(await stage.person(DESK), AllPapers(1))
    assert parcel.name.endswith(" – năm 2020.zip")
    package = await packed(stage)
    assert [name.rpartition("/")[2][:7] for name in package.namelist()] == [EMPLOYEE + " "] * 2, "WAITING is only sent"
    (word_file, pdf) = package.namelist()
    assert word_file.endswith(" – Mẫu số 02.docx")
    assert pdf == word_file.removesuffix("docx") + "pdf"
    assert package.testzip() is None
    lines = await stage.rows("audit", what="papers taken out")
    assert [one["by_person"] for one in lines] == [await stage.person(DESK)]
    unit = (await stage.rows("person", roster_key=EMPLOYEE))[0]["unit_id"]
    assert len((await packed(stage, wanted=AllPapers(1, unit))).namelist()) == 2
    assert (await packed(stage, wanted=AllPapers(1, 999))).namelist() == []
    for key, wanted in ((EMPLOYEE, AllPapers(1)), (CHIEF, AllPapers(1)), (DESK, AllPapers(99))):
        assert await packed(stage, key, wanted) is None


async def test_it_is_of_the_instant_at_which_it_was_asked_for(sqlite_store) -> None:
    stage = await played(sqlite_store)
    desk = await stage.person(DESK)
    before = await stage.house.parcel(desk, AllPapers(1))
    held = b"".join([one async for one in before.pieces()])
    head = await stage.phone_of(HEAD, "another")
    await head.commands("choduyet")
    await press(head, "Trúc", "✓ Đồng ý", "không ghi ý kiến")
    assert b"".join([one async for one in before.pieces()]) == held, "the same bytes, made again"
    after = await stage.house.parcel(desk, AllPapers(1))
    assert after.mark != before.mark
    assert {name.rpartition("/")[2][: len(COLLEAGUE)] for name in (await packed(stage)).namelist()} == {
        EMPLOYEE,
        COLLEAGUE,
    }
    assert (await stage.house.parcel(desk, AllPapers(1))).mark == after.mark


async def test_what_no_message_carries_is_told(sqlite_store, monkeypatch) -> None:
    stage = await played(sqlite_store)
    desk = await stage.person(DESK)
    (document,) = await stage.house.documents(desk, AllPapers(1))
    assert (document.kind, document.instead) == ("zip", "")
    monkeypatch.setattr(in_pieces, "MOST_IN_A_MESSAGE", 1000)
    (document,) = await stage.house.documents(desk, AllPapers(1))
    assert document.content == b""
    assert "tusoi documents --out văn-bản --campaign 1" in document.instead


async def test_the_desk_takes_the_papers_of_one_person_in_chat(sqlite_store) -> None:
    stage = await played(sqlite_store)
    phone = await stage.phone_of(DESK, "third")
    mai, waiting = await stage.person(EMPLOYEE), await stage.person(WAITING)
    answered = await phone.does(Pressed(Button("crew_papers", 0, (str(mai),))))
    (reply,) = answered.replies
    assert "bản gửi lần 1, đã quyết định" in reply.html
    files = await stage.house.documents(await stage.person(DESK), reply.attached)
    assert [file.kind for file in files] == ["docx", "pdf"]
    line = (await stage.rows("audit", what="papers taken out"))[-1]
    assert (line["person_id"], line["review_id"]) == (mai, await review_of(stage, EMPLOYEE))
    if waiting != await stage.person(DESK):
        answered = await phone.does(Pressed(Button("crew_papers", 0, (str(waiting),))))
        assert answered.replies[0].html


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Trần\u202eexe.docx\u2066 A", "Trầnexe.docx A"),
        ("a\u200bb\ufeff", "ab"),
        ("Tra\u0302\u0300n", "Trần"),
        ("com¹", "_com¹"),
        ("CONIN$", "_CONIN$"),
        ('"a" <b> | c?*', "-a- -b- - c-"),
    ],
)
def test_marks_that_are_not_seen_are_no_part_of_a_name(name, called) -> None:
    assert safe(name) == called


def test_long_names_leave_room_for_the_form() -> None:
    who = {"key": "CB/07", "name": "Ấ" * 200, "unit": "Phòng: " + "Ủ" * 200, "position": "Phó / Trưởng", "post": 3}
    path = path_of({"person": who, "form": {"id": "mau-02", "code": "Mẫu số 02"}})
    folder, _, name = path.partition("/")
    assert "/" not in name
    assert max(len(folder.encode()), len(name.encode())) <= 240
    assert name.startswith("CB-07 Ấ")
    assert "Mẫu số 02" in name
