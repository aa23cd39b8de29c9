"""Sheets of points about somebody: the leadership beside them, then the level above, each with what came before in sight."""

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordFile

from bot.campaign.dossiers.assembling import dossier_files, dossier_of
from bot.campaign.results.tables import tables_of, tables_pdf
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from rules.book.dossier import Of
from rules.campaign.assembling import From, Scope
from rules.nouns.values import Subject
from storage.kept_files import KeptFiles
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

HERE = Path(__file__).parent


def district(below: int = 6, deputies: int = 3):
    """A district party committee: a cadre who heads a department with deputies, people below, leaders above."""
    hire = Hiring("Huyện ủy Sơn Thạch", above="Tỉnh ủy", seed=12)
    hire.one("chief", "Bí thư Huyện ủy", role="head", subject=Subject.CADRE)
    hire.one("vice", "Phó Bí thư Huyện ủy", role="deputy", subject=Subject.CADRE)
    hire.unit("Ban Tuyên giáo", in_charge="vice")
    hire.unit("Ban Tổ chức", desk=True)
    hire.unit("Văn phòng Huyện ủy")
    hire.one("head", "Trưởng ban", "Ban Tuyên giáo", role="head", subject=Subject.CADRE)
    for number in range(1, deputies + 1):
        hire.one(f"d{number}", "Phó Trưởng ban", "Ban Tuyên giáo", role="deputy", subject=Subject.CADRE)
    for number in range(1, below + 1):
        hire.one(f"p{number}", "Chuyên viên", "Ban Tuyên giáo")
    hire.one("desk", "Chuyên viên", "Ban Tổ chức", desk=True)
    hire.one("desk_head", "Trưởng ban", "Ban Tổ chức", role="head", subject=Subject.CADRE)
    hire.one("clerk", "Chánh Văn phòng", "Văn phòng Huyện ủy", role="head", subject=Subject.CADRE)
    return hire.done()


@pytest.fixture
async def play(sqlite_url, tmp_path):
    played = await Play.begin(sqlite_url, district(), "07/12/2020 08:30")
    await played.opens(tmp_path, "son-duong-2020", year=2020)
    yield played
    await played.ends()


async def sends(talk: Told, whom: str, what: str, to: str, day: str = "18/12") -> None:
    """The desk sends a sheet about somebody."""
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", f"{talk.play.cast.name(whom)} – ")
    await talk.presses("desk", what)
    await talk.presses("desk", to)
    await talk.says("desk", day)
    await talk.presses("desk", "✓ Gửi")


async def test_peers_and_the_level_above_give_points(play):
    talk = Told(play)
    talk.note("Tập thể lãnh đạo cùng cấp chấm điểm, rồi cấp trên trực tiếp.")
    await sends(talk, "head", "Tập thể lãnh đạo cùng cấp", "Tập thể lãnh đạo cùng cấp (")
    await talk.hears("d1")
    await talk.presses("d1", "Mở phiếu")
    await talk.says("d1", "tốt lắm")
    await talk.says("d1", "105")
    await talk.says("d1", "80 90")
    await talk.says("d1", "85,5")
    await talk.says("d1", "86")
    await talk.presses("d1", "Về phiếu")
    for who, points in (("d2", "90 điểm"), ("d3", "88")):
        await talk.hears(who)
        await talk.presses(who, "Mở phiếu", silently=True)
        await talk.says(who, points)
    await talk.presses("d3", "Nhận xét thêm")
    await talk.says("d3", "=Quyết liệt, sát việc")
    await talk.says("head", "/gopy")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 3/3")
    await talk.presses("desk", "Bảng tổng hợp")
    await talk.presses("desk", "Kết thúc sớm")
    await talk.presses("desk", "Kết thúc ngay")
    await sends(talk, "head", "Cấp trên trực tiếp", "Cấp trên trực tiếp (")
    await talk.hears("vice")
    await talk.presses("vice", "Mở phiếu")
    await talk.says("vice", "84")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 1/2")
    assert talk.is_as(HERE / "cham-diem.txt")


async def test_five_bodies_say_what_they_think(play):
    """Who speaks for a body is chosen once; a body without anybody is asked on paper."""
    talk = Told(play)
    talk.note("Xin ý kiến các cơ quan, mỗi cơ quan một người trả lời; phiếu sau nhớ người của phiếu trước.")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", f"{play.cast.name('head')} – ")
    await talk.presses("desk", "Các cơ quan cho ý kiến")
    await talk.presses("desk", "Các cơ quan được xin ý kiến")
    await talk.presses("desk", "Các ban Đảng")
    await talk.presses("desk", play.cast.name("desk_head"))
    await talk.presses("desk", "Các cơ quan được xin ý kiến")
    await talk.presses("desk", "Văn phòng Huyện ủy")
    await talk.says("desk", "không ai tên thế")
    await talk.says("desk", play.cast.name("clerk").lower())
    await talk.presses("desk", play.cast.name("clerk"))
    await talk.presses("desk", "Các cơ quan được xin ý kiến")
    await talk.presses("desk", "Xong (2 người)")
    await talk.says("desk", "18/12")
    await talk.presses("desk", "✓ Gửi")
    await talk.hears("clerk")
    await talk.presses("clerk", "Mở phiếu")
    await talk.presses("clerk", "Hoàn thành tốt nhiệm vụ")
    await talk.says("clerk", "Đồng ý với tập thể lãnh đạo Ban.")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 1/2")
    await talk.presses("desk", "Các phiếu để ký")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", f"{play.cast.name('d1')} – ")
    await talk.presses("desk", "Các cơ quan cho ý kiến")
    await talk.presses("desk", "Các cơ quan được xin ý kiến")
    assert talk.is_as(HERE / "nam-co-quan.txt")


async def test_all_propose_together_and_weights_are_said_with_their_paper(play):
    talk = Told(play)
    talk.note("Nhận xét chung để ký; trọng số điểm đặt kèm tên văn bản.")
    await sends(talk, "head", "Tập thể lãnh đạo cùng cấp", "Tập thể lãnh đạo cùng cấp (")
    for who, points in (("d1", "85,5"), ("d2", "90")):
        await talk.hears(who)
        await talk.presses(who, "Mở phiếu", silently=True)
        await talk.says(who, points, silently=True)
    talk.lines.clear()
    talk.note("Nhận xét chung để ký; trọng số điểm đặt kèm tên văn bản.")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 2/3")
    await talk.presses("desk", "Ghi nhận xét, đề nghị chung")
    await talk.says("desk", "=Ưu điểm: sát việc & <b>gương mẫu</b>. Nhược điểm: họp dài.")
    await talk.presses("desk", "Hoàn thành tốt nhiệm vụ")
    await talk.presses("desk", "Tình hình góp ý")
    await talk.presses("desk", "Trọng số điểm")
    await talk.presses("desk", "Đặt trọng số")
    await talk.says("desk", "60 30")
    await talk.says("desk", "60")
    await talk.says("desk", "60% 40%")
    await talk.says("desk", "Điều 8 Quy chế 12-QC/HU")
    await talk.presses("desk", "Tình hình góp ý")
    await talk.presses("desk", "Trọng số điểm")
    assert talk.is_as(HERE / "nhan-xet-chung.txt")
    await talk.presses("desk", "Các phiếu để ký")
    files = await play.house.documents(play.ids["desk"], DeskFile("roundpapers_1", "docx"))
    assert [one.name.rpartition(" – ")[2] for one in files] == [
        f"{play.cast.name('d1')}.docx",
        f"{play.cast.name('d2')}.docx",
        "Mẫu số 03.docx",
    ]
    look_at({one.name: one.content for one in files})
    await lies_in_the_dossier(play)


def look_at(files: Mapping[str, bytes]) -> None:
    """Written where somebody wants to look at them."""
    folder = os.environ.get("LOOK")
    for name, content in files.items() if folder else ():
        path = Path(folder or "") / name.replace("/", "__")
        path.write_bytes(content)


async def lies_in_the_dossier(play: Play) -> None:
    """Once it is over, what all propose with the sheets to be signed, and the points put together; mau_07 and mau_08 tell the mean."""
    await (await play.phone("desk")).does(Pressed(Button("round_end_now", 0, ("1",))))
    async with play.store.reading() as tx:
        books, parts, about = play.house.books, await play.parts(), play.ids["head"]
        dossier = await dossier_of(tx, books, parts, Scope(Of.PERSON, about), play.clock())
        files = {path: content async for path, content in dossier_files(tx, dossier, KeptFiles(Path("/nowhere")))}
        tables = await tables_of(tx, books, parts, play.clock())
    there = {one.part.key: one for line in dossier.lists[0].lines for one in line.parts if one.part.key}
    assert [one.source for one in there["peers"].files] == [From.ROUND]
    assert [one.source for one in there["points_summary"].files] == [From.POINTS]
    assert not there["peers"].debts
    assert not there["points_summary"].debts
    assert there["subordinates"].debts
    (proposed,) = [one for one in files if one.endswith("Mẫu số 03.docx")]
    said = [one.text for one in WordFile(BytesIO(files[proposed])).paragraphs]
    assert any("hoàn thành tốt nhiệm vụ" in one for one in said)
    assert not any("good" in one for one in said)
    papers = [path for path in files if "Mẫu số 0" in path.rpartition("/")[2] and path.endswith(".docx")]
    assert len([path for path in papers if "Mẫu số 06 – " in path]) == 2
    assert len([path for path in papers if path.endswith("Mẫu số 03.docx")]) == 1
    by_key = {one.table.key: one for one in tables.summaries}
    (line,) = [one for one in by_key["mau_08"].lines if play.cast.name("head") in one.cells]
    assert line.cells[-3:] == (87.75, None, None)
    assert tables.made.weighed_by == "Điều 8 Quy chế 12-QC/HU"
    look_at(
        {
            **{path: one for path, one in files.items() if "chấm điểm" in path or "tập thể" in path},
            "tables.pdf": tables_pdf(tables),
        }
    )
