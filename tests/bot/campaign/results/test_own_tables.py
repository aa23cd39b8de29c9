"""The office's own file in the place of a summary table that its plan does not print: handed in, replaced, taken out, handed out."""

import hashlib
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
import sqlalchemy as sa
from pypdf import PdfReader, PdfWriter
from sqlalchemy.exc import DBAPIError

from bot.campaign import desk_files
from bot.campaign.dossiers.writing import DossierWanted, write_dossier
from bot.campaign.results.tables import write_tables
from bot.documents.joining import packed
from bot.door.channel import Incoming
from bot.door.files import handed
from bot.reading.parent import together
from bot.turn.uploads import Enclosing
from dialogs.core.events import Handed, Pressed
from dialogs.core.turn import DeskFile
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from storage.kept_files import KeptFiles
from storage.tables import AUDIT
from storage.whole.beside import look_through_files
from templates.documents.blocks import Heading
from templates.documents.summaries.page import Head, SummaryPage
from templates.documents.summaries.pdf import summary_pdf
from tests.bot.enclosures.test_looking import JPEG, PDF, word_file
from tests.campaigns.dossiers import SON_DUONG, Dossier
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url, tmp_path, monkeypatch):
    play = await Play.begin(sqlite_url, office.cast(), "16/11/2020 08:00")
    monkeypatch.setattr(desk_files, "now", play.clock)
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures"), most_mb=1))
    yield play
    await play.ends()


def sheet(words: str) -> bytes:
    """A workbook of the office."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = words
    book.save(made)
    return made.getvalue()


def bomb() -> bytes:
    made = io.BytesIO(sheet("x"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/big.xml", "w") as part:
        for _ in range(310):
            part.write(bytes(1_000_000))
    return made.getvalue()


def with_macro() -> bytes:
    made = io.BytesIO(sheet("x"))
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return made.getvalue()


async def sends(phone, name: str, content: bytes) -> str:
    """What is answered to a file."""
    takes = await phone.house.awaits_file(phone.channel, phone.account)
    assert takes == "any"
    incoming = Incoming(phone.channel, phone.account, str(next(phone.updates)), Handed(name))
    phone.answered = await phone.house.take(handed(incoming, name, content, takes=takes))
    return "\n".join(one.html for one in phone.answered.replies)


def signed(words: str) -> bytes:
    """A table as the office signed and scanned it: two pages."""
    page = SummaryPage(
        Heading("", "", "", ""), "", words, (), (Head("", 1, "left"),), ((words,),), (), (), (), "", ("", ""), ""
    )
    return summary_pdf([page, page])


def locked(content: bytes) -> bytes:
    writer, made = PdfWriter(io.BytesIO(content)), io.BytesIO()
    writer.encrypt("x")
    writer.write(made)
    return made.getvalue()


async def one_pdf(play, desk) -> list[str]:
    """What the pages of the one PDF say."""
    await desk.does(Pressed(await _tables_button(desk)))
    (pdf,) = await play.house.documents(play.ids["head:TC"], desk.answered.replies[1].attached)
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf.content)).pages]


async def asks(phone, label: str = "Mẫu số 07") -> None:
    """The way of a person: campaign, settings, templates, tables, this one."""
    await phone.commands("dot")
    if not phone.sees("desk_settings"):
        await phone.taps("desk_home")
    await phone.taps("desk_settings")
    await phone.taps("desk_templates")
    await phone.taps("desk_table_list")
    await phone.taps("desk_table", label=label)


async def stands(play) -> dict[str, str]:
    async with play.store.reading() as tx:
        return {one.key: one.name for one in await tx.own_tables.of_campaign(1) if one.stands}


async def dossier_of(play, tmp_path) -> Dossier:
    out = tmp_path / "ho so.zip"
    wanted = DossierWanted(1, "", play.cast.key["head:TG"])
    await write_dossier(play.store, play.house.books, play.house.enclosing.files, out, wanted, play.clock())
    return Dossier(zipfile.ZipFile(io.BytesIO(out.read_bytes())))


def texts(workbook) -> dict[str, list[str]]:
    return {
        one.title: [str(cell) for row in one.iter_rows(values_only=True) for cell in row if cell is not None]
        for one in workbook.worksheets
    }


async def test_a_table_handed_in_as_pdf_lies_in_the_one_pdf(play) -> None:
    """Its pages come right after the page that names it."""
    desk = await play.phone("head:TC")
    before = await one_pdf(play, desk)
    await asks(desk)
    said = await sends(desk, "Mau 07 da ky.pdf", signed("BIỂU ĐÃ KÝ CỦA HUYỆN"))
    assert "theo tệp này" in said
    pages = await one_pdf(play, desk)
    (named,) = [number for number, words in enumerate(pages) if "Mau 07 da ky.pdf" in words]
    assert [number for number, words in enumerate(pages) if "BIỂU ĐÃ KÝ CỦA HUYỆN" in words] == [named + 1, named + 2]
    of_ours = [words for number, words in enumerate(pages) if number not in range(named, named + 3)]
    assert of_ours == [words for words in before if words in of_ours], "all else as ever, in its order"
    assert any("Mẫu số 08" in words for words in of_ours)


async def test_of_pdfs_that_become_one_those_that_cannot_be_opened_are_left_out() -> None:
    ours, theirs = signed("BIỂU CỦA TÔI"), signed("BIỂU CỦA HUYỆN")
    made = await together(packed([ours, locked(theirs), theirs[:200], b"%PDF-1.7", b"", theirs]))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert ["CỦA TÔI" in words for words in pages] == [True, True, False, False]
    assert all("CỦA HUYỆN" in words for words in pages[2:])


async def test_it_stands_for_ours_everywhere_is_replaced_and_taken_out(play, tmp_path) -> None:
    desk = await play.phone("head:TC")
    first, second = sheet("CỦA HUYỆN"), word_file()
    await asks(desk)
    assert "Đang theo cách lập của tôi" in desk.text
    said = await sends(desk, "Mau 07 huyen.xlsx", first)
    assert "Từ nay Mẫu số 07 trong hồ sơ và khi lấy biểu theo tệp này" in said
    assert not await desk.house.awaits_file(desk.channel, desk.account)
    # As tables in chat: the sheet is one cell, the file comes beside.
    await desk.does(Pressed(await _tables_button(desk)))
    replies = desk.answered.replies
    (workbook,) = await play.house.documents(play.ids["head:TC"], replies[0].attached)
    sheets = texts(openpyxl.load_workbook(io.BytesIO(workbook.content)))
    (mine,) = [cells for name, cells in sheets.items() if name.startswith("Mẫu số 07")]
    assert mine == ["Biểu này theo tệp của cơ quan: “Mau 07 huyen.xlsx”, nộp lúc 08:00 ngày 16/11/2020."]
    assert all(len(cells) > 1 for name, cells in sheets.items() if not name.startswith("Mẫu số 07"))
    (pdf,) = await play.house.documents(play.ids["head:TC"], replies[1].attached)
    (mine,) = [
        " ".join(words.split())
        for page in PdfReader(io.BytesIO(pdf.content)).pages
        if "Mau 07 huyen.xlsx" in (words := page.extract_text())
    ]
    assert "Căn cứ" not in mine
    assert "Số liệu" not in mine
    assert "Tự Soi" not in mine
    (beside,) = [one for one in replies if "theo tệp của cơ quan" in one.html]
    (file,) = await play.house.documents(play.ids["head:TC"], beside.attached)
    assert (file.name, file.content) == ("Mau 07 huyen.xlsx", first)
    # As files of the command line.
    kept = play.house.enclosing.files
    await write_tables(play.store, play.house.books, kept, tmp_path / "ra", 1, "", play.clock())
    mine = [one for one in (tmp_path / "ra").iterdir() if "Mẫu số 07" in one.name]
    assert [(one.suffix, one.read_bytes()) for one in mine] == [(".xlsx", first)]
    mine[0].with_suffix(".pdf").write_bytes(b"ours of before")
    await write_tables(play.store, play.house.books, kept, tmp_path / "ra", 1, "", play.clock())
    assert [one.name for one in (tmp_path / "ra").iterdir() if "Mẫu số 07" in one.name] == [mine[0].name]
    # Replaced: what the file is counts, not what it is called.
    play.on("17/11/2020 09:00")
    await asks(desk)
    assert "“Mau 07 huyen.xlsx”, nộp 16/11/2020, 08:00" in desk.text
    said = await sends(desk, "moi.xlsx", second)
    assert "Nội dung tệp là DOCX" in said
    assert "Tệp trước (“Mau 07 huyen.xlsx”) vẫn được giữ" in said
    (file,) = await play.house.documents(play.ids["head:TC"], beside.attached)
    assert file.content == first, "the older one is still there"
    assert await look_through_files(play.store, kept) == (2, ())
    # Taken out: ours again.
    await asks(desk)
    (file,) = await play.house.documents(play.ids["head:TC"], desk.answered.replies[0].attached)
    assert (file.name, file.content) == ("moi.docx", second)
    await desk.taps("desk_table_off")
    assert "lại theo cách lập của tôi" in desk.text
    assert await stands(play) == {}
    told = [one["what"] for one in await play.rows(AUDIT) if "own table" in one["what"]]
    assert told == ["own table handed in", "own table handed in", "own table taken out"]


async def _tables_button(desk):
    await desk.commands("dot")
    button = desk.sees("desk_tables")
    if not button:
        await desk.taps("desk_campaign")
        button = desk.sees("desk_tables")
    return button


async def test_it_lies_in_the_dossier_and_its_contents_page_says_so(play, tmp_path) -> None:
    before = await dossier_of(play, tmp_path)
    assert before.lists(SON_DUONG)
    assert "theo tệp" not in before.state(8)[0]
    desk = await play.phone("head:TC")
    await asks(desk, "Mẫu số 10")
    await sends(desk, "Mẫu 10.pdf", PDF)
    after = await dossier_of(play, tmp_path)
    assert after.state(8)[0] == "Có; theo tệp của cơ quan, nộp ngày 16/11/2020"
    (name,) = after.files(8)
    assert name.endswith(".pdf")
    assert after.content(8, name) == PDF
    # Line 4 is both Mẫu 07 and 08: with one of them the other is still owed.
    await asks(desk, "Mẫu số 07")
    await sends(desk, "Mẫu 07.pdf", PDF)
    assert (await dossier_of(play, tmp_path)).state(4)[0].startswith("Có 1, thiếu 1; theo tệp của cơ quan")
    await asks(desk, "Mẫu số 08")
    await sends(desk, "Mẫu 08.docx", word_file())
    whole = await dossier_of(play, tmp_path)
    assert whole.state(4) == ("Có 2; theo tệp của cơ quan, nộp ngày 16/11/2020", "")
    assert {one.rpartition(".")[2] for one in whole.files(4)} == {"pdf", "docx"}


async def test_what_is_none_is_told_in_a_line(play) -> None:
    desk = await play.phone("head:TC")
    await asks(desk)
    for name, content, told in (
        ("a.xlsx", with_macro(), "có macro"),
        ("a.xlsm", with_macro(), "có macro"),
        ("a.xlsx", bomb(), "mở ra quá lớn"),
        ("a.xlsx", b"<html></html>", "không phải PDF"),
        ("a.png", JPEG, "xlsx, docx, pdf"),
        ("a.pdf", PDF + bytes(1_100_000), "1 MB"),
    ):
        said = await sends(desk, name, content)
        assert told in said, said
        assert await stands(play) == {}
        assert await desk.house.awaits_file(desk.channel, desk.account) == "any", "another one may be sent at once"


async def test_of_two_desks_at_once_the_second_is_shown_the_first(play) -> None:
    one, two = await play.phone("head:TC"), await play.phone("dep:TC")
    async with play.store.transaction() as tx:
        await tx.connection.execute(sa.text("UPDATE person SET desk = true WHERE id = :id"), {"id": play.ids["dep:TC"]})
        await tx.commit()
    await asks(one)
    await asks(two)
    await sends(one, "một.xlsx", sheet("1"))
    said = await sends(two, "hai.xlsx", sheet("2"))
    assert "Tôi chưa dùng tệp “hai.xlsx”" in said
    assert "“một.xlsx”" in said
    assert await stands(play) == {"mau_07": "một.xlsx"}
    await sends(two, "hai.xlsx", sheet("2"))
    assert await stands(play) == {"mau_07": "hai.xlsx"}
    await asks(one)
    off = one.sees("desk_table_off")
    await asks(two)
    await sends(two, "ba.xlsx", sheet("3"))
    await one.does(Pressed(off))
    assert "tôi chưa bỏ tệp nào" in one.text
    assert await stands(play) == {"mau_07": "ba.xlsx"}


async def test_who_may_is_the_table_s(play, monkeypatch) -> None:
    desk, other = await play.phone("head:TC"), await play.phone("head:TG")
    await asks(desk)
    button = desk.sees("desk_table_off") or desk.sees("desk_table_list")
    await sends(desk, "a.xlsx", sheet("1"))
    wanted = DeskFile("owntable_1", "xlsx")
    assert await play.house.documents(play.ids["head:TC"], wanted)
    assert not await play.house.documents(play.ids["head:TG"], wanted)
    for about in ("owntable_0", "owntable_x", "owntable_99", "owntable_" + "9" * 12):
        assert not await play.house.documents(play.ids["head:TC"], DeskFile(about, "xlsx")), about
    await other.does(Pressed(button))
    assert not await other.house.awaits_file(other.channel, other.account)
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(Relation.DESK, Action.READ_PART)})
    assert not await play.house.documents(play.ids["head:TC"], wanted)
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(Relation.DESK, Action.HAND_IN)})
    await desk.does(Pressed(button))
    assert not await desk.house.awaits_file(desk.channel, desk.account)
    assert await stands(play) == {"mau_07": "a.xlsx"}


async def test_a_closed_campaign_keeps_what_it_has(play) -> None:
    desk = await play.phone("head:TC")
    await asks(desk)
    async with play.store.transaction() as tx:
        await tx.connection.execute(sa.text("UPDATE campaign SET closed_at = :at"), {"at": play.clock()})
        await tx.commit()
    await sends(desk, "a.xlsx", sheet("1"))
    assert await stands(play) == {}


async def test_nothing_of_it_is_ever_changed_and_a_lost_one_is_told(play) -> None:
    desk = await play.phone("head:TC")
    await asks(desk)
    content = sheet("1")
    await sends(desk, "a.xlsx", content)
    for statement in ("DELETE FROM own_table", "UPDATE own_table SET name = ''"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with play.store.transaction() as tx:
                await tx.connection.execute(sa.text(statement))
    files = play.house.enclosing.files
    sha256 = hashlib.sha256(content).hexdigest()
    files.place(sha256).unlink()
    count, wrong = await look_through_files(play.store, files)
    assert (count, [(one.what, sha256 in one.where) for one in wrong]) == (1, [("own_table", True)])
    assert not await play.house.documents(play.ids["head:TC"], DeskFile("owntable_1", "xlsx"))
