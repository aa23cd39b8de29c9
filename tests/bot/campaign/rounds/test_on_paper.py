"""Too few are asked for answers without names: blanks are printed, and what the papers said is entered without naming anybody."""

import io
from pathlib import Path

import docx
import openpyxl
from pypdf import PdfReader

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from storage.tables import AUDIT, ROUND, ROUND_ANSWER, ROUND_ASKED, ROUND_BOX, ROUND_SLIPS, TURN
from tests.bot.campaign.rounds.test_rounds import closes, district, sheet_goes_round
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.stage import Play

HERE = Path(__file__).parent
GOOD, ODD = "Gương mẫu, công tâm", "=1+1 <script>alert(1)</script>\nCần sát cơ sở hơn 😀"


async def test_on_paper(sqlite_url, tmp_path) -> None:
    play = await Play.begin(sqlite_url, district(3), "07/12/2020 08:30")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    talk, head = Told(play), play.cast.name("head")
    talk.note("Ba người được hỏi: phiếu giấy, in ra, thu lại rồi nhập.")
    await sheet_goes_round(talk, head)
    await talk.presses("desk", "Góp ý bằng giấy")
    await talk.hears("p1")
    await talk.presses("p1", "Mở phiếu")
    await talk.says("p1", "Đồng chí rất tốt")
    await (await play.phone("p1")).does(Pressed(Button("round_box", 0, ("1",))))
    assert "lấy ý kiến bằng phiếu giấy, không ghi tên" in play.phones["p1"].text
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 0/3")
    await talk.presses("desk", "Phiếu trắng để in")
    await is_printed(play)
    await talk.presses("desk", "Tình hình góp ý", silently=True)
    await talk.presses("desk", "Nhập phiếu thu về")
    for wrong in ("bốn", "4", "3 1"):
        await talk.says("desk", wrong)
    await talk.says("desk", "3")
    await talk.says("desk", "ă" * 1001)
    await talk.says("desk", ODD)
    await talk.says("desk", GOOD)
    await talk.presses("desk", "Xong, các phiếu còn lại để trống")
    await talk.presses("desk", "Bảng tổng hợp", silently=True)
    await stands_in_the_table(play)
    talk.note("Hết hạn: phiếu thu trong hạn vẫn nhập được, nhập lại từ đầu.")
    play.on("30/12/2020 08:30")
    assert await closes(play) == 1
    await talk.hears("desk")
    await talk.presses("desk", "Tình hình góp ý", silently=True)
    await talk.presses("desk", "Nhập lại phiếu thu về")
    await talk.says("desk", "1")
    await talk.says("desk", GOOD)
    await names_nobody(play)
    assert talk.is_as(HERE / "phieu-giay.txt")
    await play.ends()


async def test_two_who_enter_at_once_lose_nothing(sqlite_url, tmp_path) -> None:
    """What was typed on what stood there before is not taken; it says who entered something meanwhile, and one may go on from there."""
    play = await Play.begin(sqlite_url, district(3), "07/12/2020 08:30")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    talk, head = Told(play), play.cast.name("head")
    talk.note("Hai người của bộ phận tổ chức cùng nhập phiếu thu về.")
    await sheet_goes_round(talk, head)
    await talk.presses("desk", "Góp ý bằng giấy", silently=True)
    for who in ("desk", "desk_head"):
        await talk.says(who, "/gopy", silently=True)
        await talk.presses(who, "– 0/3", silently=True)
        await talk.presses(who, "Nhập phiếu thu về", silently=True)
    await talk.says("desk", "3")
    await talk.says("desk", GOOD)
    talk.note("Số của người thứ hai gõ sau: không thay số và ý kiến đã nhập.")
    await talk.says("desk_head", "2")
    assert await entered(play) == (3, [GOOD])
    talk.note("Đã đọc, người thứ hai vẫn nhập lại từ đầu; ý kiến người thứ nhất đang gõ không lẫn vào đó.")
    await talk.says("desk_head", "2")
    await talk.says("desk", "Cần sát cơ sở hơn")
    assert await entered(play) == (2, [])
    talk.note("Ai cũng nhập tiếp được từ chỗ đang có.")
    await talk.presses("desk", "Nhập tiếp 2 phiếu")
    await talk.says("desk", "Cần sát cơ sở hơn")
    await talk.says("desk_head", GOOD)
    assert await entered(play) == (2, ["Cần sát cơ sở hơn"])
    assert talk.is_as(HERE / "phieu-giay-hai-nguoi.txt")
    await play.ends()


async def entered(play: Play) -> tuple[int, list[str]]:
    """What counts: how many papers came back, and what they say."""
    row = (await play.rows(ROUND_SLIPS))[-1]
    return row["returned"], row["texts"]


async def is_printed(play: Play) -> None:
    """Word and PDF say the same: the question, nobody's name but that of whom it is about, and that the form is ours."""
    (word,) = await play.house.documents(play.ids["desk"], DeskFile("roundblank_1", "docx"))
    (pdf,) = await play.house.documents(play.ids["desk"], DeskFile("roundblankpdf_1", "pdf"))
    (Path(play.url.removeprefix("sqlite:///")).parent / "phieu.docx").write_bytes(word.content)
    (Path(play.url.removeprefix("sqlite:///")).parent / "phieu.pdf").write_bytes(pdf.content)
    document = docx.Document(io.BytesIO(word.content))
    lines = [one.text for one in document.paragraphs]
    printed = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
    for said in ("(Không ghi tên, không ký)", "Tự Soi chưa có mẫu in sẵn của văn bản"):
        assert any(said in one for one in lines)
        assert said in printed
    assert play.cast.name("head") in printed
    assert not any(play.cast.name(who) in printed for who in ("p1", "p2", "p3"))
    assert not await play.house.documents(play.ids["p1"], DeskFile("roundblank_1", "docx"))


async def stands_in_the_table(play: Play) -> None:
    (sheet,) = await play.house.documents(play.ids["desk"], DeskFile("round_1"))
    every = [cell for row in openpyxl.load_workbook(io.BytesIO(sheet.content)).active.iter_rows() for cell in row]
    cells = [str(cell.value) for cell in every if cell.value is not None]
    assert "Phát 3 phiếu giấy, thu về 3 phiếu, trong đó 1 phiếu không có ý kiến nào được nhập." in cells
    assert GOOD in cells
    assert any("Lấy ý kiến bằng phiếu giấy không ghi tên" in one for one in cells)
    assert "f" not in {cell.data_type for cell in every}  # what begins with = is text
    assert not any(play.cast.name(who) in one for one in cells for who in ("p1", "p2", "p3"))


async def names_nobody(play: Play) -> None:
    """Nothing that is kept says who wrote what: no answer, no mark at who was asked, no box; the audit keeps counts alone."""
    assert [(row["on_paper"], row["naming"]) for row in await play.rows(ROUND)] == [(True, "unnamed")]
    assert not await play.rows(ROUND_ANSWER)
    async with play.store.reading() as tx:
        assert not (await tx.connection.execute(ROUND_BOX.select())).all()
        asked = (await tx.connection.execute(ROUND_ASKED.select())).mappings().all()
    assert [row["answered"] for row in asked] == [False] * 3
    entered = [(row["returned"], row["agreeing"], row["texts"]) for row in await play.rows(ROUND_SLIPS)]
    assert entered == [(3, 0, []), (3, 0, [ODD]), (3, 0, sorted([ODD, GOOD])), (1, 0, []), (1, 0, [GOOD])]
    assert "rất tốt" not in str(await play.rows(TURN))
    told = [row["detail"] for row in await play.rows(AUDIT, what="round slips entered")]
    assert all(set(one) == {"round", "returned", "agreeing", "texts"} for one in told)
