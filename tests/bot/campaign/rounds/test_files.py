"""A file written elsewhere goes round as it is: sent, opened by who was asked, answered, kept with its hash."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from bot.turn.uploads import Enclosing
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from storage.kept_files import KeptFiles
from storage.tables import AUDIT, ROUND
from storage.whole.beside import look_through_files
from tests.bot.campaign.results.test_own_tables import bomb, sends, with_macro
from tests.bot.campaign.rounds.test_rounds import closes, ethnic
from tests.bot.campaign.rounds.told import Told, plain
from tests.bot.enclosures.test_looking import JPEG, PDF, word_file
from tests.campaigns.stage import Play
from tests.campaigns.test_report_sent_round import cast as division

HERE = Path(__file__).parent
MARK = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
async def play(sqlite_url, tmp_path):
    played = await Play.begin(sqlite_url, ethnic(), "13/11/2023 08:30")
    await played.opens(tmp_path, "quang-ngai-ethnic-2023", year=2023)
    played.house = replace(played.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures"), most_mb=1))
    yield played
    await played.ends()


async def gives(talk: Told, who: str, name: str, content: bytes) -> str:
    """A file is sent to the chat."""
    phone = await talk.play.phone(who)
    phone.house = talk.play.house
    await sends(phone, name, content)
    phone.shown += [key for reply in phone.answered.replies for row in reply.keyboard for key in row]
    return talk.gave(who, name)


async def test_a_file_goes_round_and_is_answered(play) -> None:
    talk = Told(play)
    await is_taken(talk)
    await is_answered(talk)
    mark = hashlib.sha256(PDF).hexdigest()
    await stands_in_the_table(play, mark)
    talk.note("Tệp sửa lại gửi cùng tên thì thay bản trước.")
    await talk.says("desk", "/gopy", silently=True)
    await talk.presses("desk", "Gửi lấy ý kiến", silently=True)
    await talk.presses("desk", "Tệp Word, PDF của tôi", silently=True)
    await gives(talk, "desk", "Dự thảo Quy chế làm việc.docx", word_file())
    await talk.presses("desk", "Chọn người nhận")
    await talk.presses("desk", "Gửi tệp khác", silently=True)
    await gives(talk, "desk", "Dự thảo Quy chế làm việc.docx", word_file())
    await talk.presses("desk", "Chọn người nhận", silently=True)
    await talk.presses("desk", "Cả cơ quan", silently=True)
    await talk.says("desk", "17/11", silently=True)
    await talk.presses("desk", "Gửi 10 người", silently=True)
    await talk.hears("p3")
    # Whoever was asked and who leads it has it as it came (who else has not: tests/bot/authorisation); nothing else of the folder.
    for who in ("p1", "desk"):
        (got,) = await play.house.documents(play.ids[who], DeskFile("roundfile_1", "pdf"))
        assert (got.name, got.content) == ("Quy chế làm việc -b-.pdf", PDF)
    for name in ("roundfile_9", "roundfile_", "roundfile_-1", f"roundfile_{mark}"):
        assert not await play.house.documents(play.ids["p1"], DeskFile(name, "pdf"))
    assert [row["ended"] for row in await play.rows(ROUND)] == ["newer", None]
    begun = [row["detail"] for row in await play.rows(AUDIT, what="round begun")]
    assert (begun[0]["sha256"], begun[0]["file"]) == (mark, "Quy chế làm việc <b>.docx")
    assert talk.is_as(HERE / "tep-gui-di.txt")


async def is_taken(talk: Told) -> None:
    """What is no file, or none that is taken, then one that is and goes to all."""
    talk.note("Tệp viết ở nơi khác gửi đi nguyên như vậy; ai được hỏi mở trên điện thoại rồi góp ý.")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Tệp Word, PDF của tôi")
    await talk.says("desk", "Tệp đây")
    await gives(talk, "desk", "ảnh.pdf", JPEG)
    await gives(talk, "desk", "macro.xlsx", with_macro())
    await gives(talk, "desk", "to.xlsx", bomb())
    await gives(talk, "desk", "nặng.pdf", b"%PDF-" + bytes(1_100_000))
    await gives(talk, "desk", "Quy chế làm việc <b>.docx", PDF)
    await talk.says("desk", "Dự thảo Quy chế làm việc")
    await talk.presses("desk", "Chọn người nhận")
    await talk.presses("desk", "Cả cơ quan")
    await talk.says("desk", "17/11")
    await talk.presses("desk", "Gửi 10 người")


async def is_answered(talk: Told) -> None:
    """Two answer; one answer is taken up."""
    await talk.hears("p1")
    await talk.presses("p1", "Xem và góp ý")
    await talk.presses("p1", "Góp ý chung")
    await talk.says("p1", "Trang 2: nên nêu rõ giờ họp.\n=1+1 <script>alert(1)</script> 😀")
    await talk.presses("p1", "Nhất trí")
    await talk.hears("p2")
    await talk.presses("p2", "Xem và góp ý", silently=True)
    await talk.says("p2", "Đề nghị bỏ Điều 3")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 2/10")
    await talk.presses("desk", "1. Tiếp thu")
    await talk.presses("desk", "Bảng tổng hợp")


async def stands_in_the_table(play: Play, mark: str) -> None:
    """The table names the file with its hash; a formula is text."""
    (sheet,) = await play.house.documents(play.ids["desk"], DeskFile("round_1"))
    every = [cell for row in openpyxl.load_workbook(io.BytesIO(sheet.content)).active.iter_rows() for cell in row]
    cells = [str(cell.value) for cell in every if cell.value is not None]
    assert any(mark in one and "Quy chế làm việc <b>.docx (pdf, " in one for one in cells)
    assert "f" not in {cell.data_type for cell in every}


async def test_what_was_sent_is_missed_when_it_is_gone(play) -> None:
    talk = Told(play)
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Tệp Word, PDF của tôi")
    await gives(talk, "desk", "a.pdf", PDF)
    for label in ("Chọn người nhận", "Cả cơ quan"):
        await talk.presses("desk", label)
    await talk.says("desk", "17/11")
    await talk.presses("desk", "Gửi 10 người")
    kept = play.house.enclosing.files
    assert await look_through_files(play.store, kept) == (1, ())
    kept.place(hashlib.sha256(PDF).hexdigest()).write_bytes(b"x")
    count, (fault,) = await look_through_files(play.store, kept)
    assert (count, fault.what) == (1, "round")
    phone = await play.phone("p1")
    await talk.hears("p1")
    await talk.presses("p1", "Xem và góp ý")
    assert "Tệp: a.pdf" in plain(phone.text)
    assert not await play.house.documents(play.ids["p1"], DeskFile("roundfile_1", "pdf"))


@pytest.mark.parametrize(
    ("name", "title", "kept"),
    [
        ("\u202e.pdf", ".pdf", ".pdf"),
        ("Lương\u202efdp.\u200bpdf", "Lươngfdp", "Lươngfdp.pdf"),
        ("Dòng 1\n\x00Dòng 2.pdf", "Dòng 1 Dòng 2", "Dòng 1 Dòng 2.pdf"),
        ("", MARK[:8], f"{MARK[:8]}.pdf"),
        ("../../etc/passwd.pdf", "../../etc/passwd", "../../etc/passwd.pdf"),
    ],
)
async def test_no_name_of_a_file_hides_or_turns_what_is_read(play, name, title, kept) -> None:
    """Who is asked reads a title and a name on one line each; what they take home lies in no other folder."""
    talk = Told(play)
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Tệp Word, PDF của tôi")
    await gives(talk, "desk", name, PDF)
    for label in ("Chọn người nhận", "Cả cơ quan"):
        await talk.presses("desk", label)
    await talk.says("desk", "17/11")
    await talk.presses("desk", "Gửi 10 người")
    (sent,) = await play.rows(ROUND)
    assert (sent["title"], sent["file_name"]) == (title, kept)
    (got,) = await play.house.documents(play.ids["p1"], DeskFile("roundfile_1", "pdf"))
    assert got.name.endswith(".pdf")
    assert not {"/", "\n", "\u202e"} & {*got.name}


async def test_who_may_send_no_text_may_send_no_file(play) -> None:
    phone = await play.phone("p1")
    await phone.commands("gopy")
    for about in ((), ("r1",), ("x",)):
        await phone.does(Pressed(Button("round_attach" if about else "round_file", 0, about)))
        assert "không gửi lấy ý kiến bản này được" in phone.text
        assert not await phone.house.awaits_file(phone.channel, phone.account)
    assert await closes(play) == 0


BODY = "Tập thể lãnh đạo Phòng Chính sách"


async def test_a_report_written_elsewhere_goes_round_for_its_body(sqlite_url, tmp_path) -> None:
    """By the rule of the plan, also where nothing of it stands here; the answer is the drafter's to take up."""
    play = await Play.begin(sqlite_url, division(), "13/11/2023 08:00")
    await play.imports(tmp_path)
    await play.opens(tmp_path, "quang-ngai-ethnic-2023", year=2023)
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures")))
    talk = Told(play)
    await talk.says("head", "/gopy")
    await talk.presses("head", "Gửi lấy ý kiến")
    await talk.presses("head", BODY)
    await gives(talk, "head", "Báo cáo kiểm điểm 2023.docx", word_file())
    await talk.presses("head", "Chọn người nhận")
    await talk.presses("head", "Đơn vị tôi")
    await talk.says("head", "20/11")
    await talk.presses("head", "Gửi 5 người")
    await talk.hears("CS1")
    await talk.presses("CS1", "Xem và góp ý")
    await talk.says("CS1", "Mục 2 nên nêu số liệu cả năm")
    await talk.says("head", "/gopy")
    await talk.presses("head", "– 1/5")
    (sent,) = await play.rows(ROUND)
    (line,) = await play.standings("body")
    assert (sent["review"], sent["owner"], sent["cite"]) == (line.review, play.ids["head"], "II.1.1; II.4.1")
    assert (sent["file_kind"], sent["pieces"]) == ("docx", [])
    assert talk.is_as(HERE / "tep-bao-cao-tap-the.txt")
    await play.ends()
