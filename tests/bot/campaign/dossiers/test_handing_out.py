"""A dossier handed out while it is made: of one instant, told to the audit, too large for a message, or not whole."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest

from bot.turn import in_pieces
from bot.turn.uploads import Enclosing
from dialogs.core.turn import WholeDossier
from rules.nouns.enclosures import Enclosure
from storage.kept_files import KeptFiles
from storage.tables import AUDIT
from tests.bot.enclosures.test_looking import PDF
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.stage import Play


@pytest.fixture
async def play(database_url, tmp_path):
    play = await Play.begin(database_url, office.cast(), "16/11/2020 08:00")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures")))
    yield play
    await play.ends()


async def hands_in(play, who: str) -> None:
    async with play.store.transaction() as tx:
        mark = play.house.enclosing.files.keep(PDF)
        told = (mark, len(PDF), "pdf", "a.pdf", play.ids["head:TC"], "Ai đó", play.clock())
        await tx.enclosures.add(Enclosure(0, 1, "son-duong-2020", "assets", None, play.ids[who], *told))
        await tx.commit()


def assets(whole: bytes) -> tuple[str, bool]:
    """What the contents page says of the assets declaration; whether it lies in the ZIP."""
    package = zipfile.ZipFile(io.BytesIO(whole))
    page = docx.Document(io.BytesIO(package.read("00 Mục lục hồ sơ.docx")))
    row = next(row for row in page.tables[1].rows if row.cells[0].text == "11")
    return row.cells[3].text, any(name.startswith("11 ") for name in package.namelist())


async def test_what_is_handed_in_meanwhile_is_in_none_of_it(play) -> None:
    wanted = WholeDossier(1, f"p{play.ids['head:TG']}")
    parcel = await play.house.parcel(play.ids["head:TC"], wanted)
    pieces = parcel.pieces()
    begun = await anext(pieces)
    await hands_in(play, "head:TG")
    assert assets(begun + b"".join([one async for one in pieces])) == ("Thiếu; hạn 09/12/2020", False)
    assert assets(b"".join([one async for one in parcel.pieces()])) == ("Có", True)
    lines = await play.rows(AUDIT, what="papers taken out")
    assert [one["detail"] for one in lines] == [{"campaign": 1, "dossier": wanted.whose}] * 2


async def test_each_time_it_is_another_file(play) -> None:
    desk, wanted = play.ids["head:TC"], WholeDossier(1, "a")
    first, second = [await play.house.parcel(desk, wanted) for _ in range(2)]
    assert first.mark != second.mark, "its contents page says when it was made"


async def test_one_larger_than_a_message_leads_to_the_console(play, monkeypatch) -> None:
    monkeypatch.setattr(in_pieces, "MOST_IN_A_MESSAGE", 1000)
    (file,) = await play.house.documents(play.ids["head:TC"], WholeDossier(1, "a"))
    assert (file.content, file.kind) == (b"", "zip")
    assert "Mở bảng điều hành" in file.instead
    assert "tusoi dossier --out ho-so.zip --campaign 1" in file.instead


async def test_one_with_a_file_that_is_gone_is_told(play) -> None:
    await hands_in(play, "head:TG")
    (kept,) = play.house.enclosing.files.every()
    kept.unlink()
    (file,) = await play.house.documents(play.ids["head:TC"], WholeDossier(1, f"p{play.ids['head:TG']}"))
    assert file.content == b""
    assert "tusoi db verify" in file.instead
