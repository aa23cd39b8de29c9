"""Rounds played through the chat: with names, without, and with too few for that."""

from pathlib import Path

import pytest

from bot.campaign.dossiers.assembling import dossier_files, dossier_of
from bot.daily.rounds import Rounds
from bot.delivery.seam import NoJobs
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.book.dossier import Of
from rules.campaign.assembling import From, Scope
from rules.nouns.values import Subject
from storage.kept_files import KeptFiles
from tests.bot.campaign.rounds.told import Told
from tests.campaigns.office import Hiring
from tests.campaigns.stage import Play

HERE = Path(__file__).parent


def ethnic(people: int = 6):
    """A committee of one room."""
    hire = Hiring("Ban Dân tộc tỉnh Cao Mây", above="UBND tỉnh Cao Mây", seed=7)
    hire.one("chief", "Trưởng ban", role="head")
    hire.one("vice", "Phó Trưởng ban", role="deputy")
    hire.unit("Phòng Chính sách", in_charge="vice")
    hire.unit("Văn phòng", desk=True, in_charge="vice")
    hire.one("head", "Trưởng phòng", "Phòng Chính sách", role="head")
    for number in range(1, people + 1):
        hire.one(f"p{number}", "Chuyên viên", "Phòng Chính sách")
    hire.one("desk", "Chuyên viên", "Văn phòng", desk=True)
    hire.one("office_head", "Chánh Văn phòng", "Văn phòng", role="head")
    return hire.done()


@pytest.fixture
async def play(sqlite_url, tmp_path):
    played = await Play.begin(sqlite_url, ethnic(), "13/11/2023 08:30")
    await played.opens(tmp_path, "quang-ngai-ethnic-2023", year=2023)
    yield played
    await played.ends()


async def closes(play) -> int:
    return await Rounds(play.store, NoJobs(), play.clock).close()


async def test_a_self_review_goes_round_with_names(play):
    talk = Told(play)
    await (await play.phone("p1")).hands_in_all(1)
    talk.note("Bản tự kiểm điểm gửi cả phòng, ghi tên.")
    await talk.says("p1", "/gopy")
    await talk.presses("p1", "Gửi lấy ý kiến")
    phone = await play.phone("p1")
    await talk.presses("p1", phone.labels.splitlines()[0])
    await talk.presses("p1", "Đơn vị tôi")
    await talk.says("p1", "hôm qua")
    await talk.says("p1", "17/11")
    await talk.presses("p1", "Gửi 6 người")
    for who in ("p2", "p3", "p4"):
        await talk.hears(who)
    await talk.presses("p2", "Xem và góp ý")
    await talk.presses("p2", "Nhất trí")
    await talk.presses("p3", "Xem và góp ý")
    await talk.presses("p3", "Góp ý: ")
    await talk.says("p3", "=SUM(A1) <b>Nên</b> nêu rõ số liệu & nguồn")
    await talk.presses("p3", "Sửa góp ý: ")
    await talk.says("p3", "Nên nêu rõ số liệu và nguồn")
    await talk.presses("p4", "Xem và góp ý")
    await talk.says("p4", "Đề nghị bổ sung hạn chế về thời hạn")
    await talk.says("p1", "/gopy")
    await talk.presses("p1", "– 3/6")
    await talk.presses("p1", "1. Tiếp thu")
    await talk.presses("p1", "2. Không tiếp thu")
    await talk.says("p1", "Hạn đã nêu ở mục II.")
    for who in ("p3", "p4"):
        await talk.hears(who)
    await talk.presses("p1", "Bảng tổng hợp")
    talk.note("Rút góp ý khi bảng trước mặt người chủ trì còn ghi; rồi lùi hạn, mọi người được báo.")
    await talk.presses("p4", "Xem và góp ý", silently=True)
    await talk.says("p4", "Nên nêu thêm kết quả đào tạo")
    await talk.presses("p1", "Tình hình góp ý")
    await talk.presses("p4", "Sửa góp ý chung")
    await talk.presses("p4", "Rút góp ý này")
    await talk.presses("p1", "1. Tiếp thu")
    await talk.presses("p1", "Lùi hạn")
    await talk.says("p1", "16/11")
    await talk.presses("p1", "22/11/2023")
    for who in ("p2", "p3"):
        await talk.hears(who)
    play.on("20/11/2023 08:30")
    await talk.presses("p2", "Xem và góp ý", silently=True)
    assert await closes(play) == 0
    play.on("23/11/2023 08:30")
    await talk.presses("p2", "Xem và góp ý")
    await talk.presses("p3", "Sửa góp ý: ")
    assert await closes(play) == 1
    await talk.hears("p1")
    assert talk.is_as(HERE / "ghi-ten.txt")


LETTER = """Góp ý dự thảo Quy chế làm việc
I. Giờ làm việc
Sáng từ 7 giờ 30.
II. Hội họp
Giao ban chiều thứ Sáu hằng tuần."""


async def test_a_text_of_ones_own_goes_round_by_its_chapters(play):
    talk = Told(play)
    talk.note("Văn bản tự soạn: dòng đầu là tên, mỗi mục góp ý riêng; gửi lại cùng tên thì thay bản trước.")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Văn bản khác")
    await talk.says("desk", "Góp ý dự thảo Quy chế làm việc")
    await talk.says("desk", "ă" * 12_001)
    await talk.presses("desk", "Viết lại từ đầu")
    await talk.says("desk", LETTER)
    await talk.says("desk", "Họp không quá 60 phút. =1+1 <b>")
    await talk.presses("desk", "Chọn người nhận")
    await talk.presses("desk", "Cả cơ quan")
    await talk.says("desk", "17/11")
    await talk.presses("desk", "Gửi 10 người")
    await talk.hears("p1")
    await talk.presses("p1", "Xem và góp ý")
    await talk.presses("p1", "Góp ý: II")
    await talk.says("p1", "Nên giao ban sáng thứ Hai.")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 1/10")
    await talk.presses("desk", "1. Tiếp thu")
    await talk.says("desk", "/gopy", silently=True)
    await talk.presses("desk", "Gửi lấy ý kiến", silently=True)
    await talk.presses("desk", "Văn bản khác", silently=True)
    await talk.says("desk", LETTER.replace("chiều thứ Sáu", "sáng thứ Hai"), silently=True)
    await talk.presses("desk", "Chọn người nhận")
    await talk.presses("desk", "Cả cơ quan", silently=True)
    await talk.says("desk", "17/11", silently=True)
    await talk.presses("desk", "Gửi 10 người", silently=True)
    await talk.hears("p1")
    talk.note("Người không phụ trách đơn vị, không ở bộ phận tổ chức thì không gửi được văn bản riêng.")
    phone = await play.phone("p1")
    await phone.does(Pressed(Button("round_text")))
    assert "không gửi lấy ý kiến" in phone.text
    assert talk.is_as(HERE / "van-ban-tu-soan.txt")


def district(below: int = 6):
    """A district party committee: a cadre who heads a department, with people under them."""
    hire = Hiring("Huyện ủy Sơn Thạch", above="Tỉnh ủy", seed=11)
    hire.one("chief", "Bí thư Huyện ủy", role="head", subject=Subject.CADRE)
    hire.unit("Ban Tuyên giáo")
    hire.unit("Ban Tổ chức", desk=True)
    hire.one("head", "Trưởng ban", "Ban Tuyên giáo", role="head", subject=Subject.CADRE)
    for number in range(1, below + 1):
        hire.one(f"p{number}", "Chuyên viên", "Ban Tuyên giáo")
    hire.one("desk", "Chuyên viên", "Ban Tổ chức", desk=True)
    hire.one("desk_head", "Trưởng ban", "Ban Tổ chức", role="head", subject=Subject.CADRE)
    return hire.done()


async def sheet_goes_round(talk: Told, head: str) -> None:
    """The desk asks those under the head, by the text."""
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", head)
    await talk.presses("desk", "Cấp dưới trực tiếp tham gia")
    await talk.presses("desk", "Cấp dưới trực tiếp (")
    await talk.says("desk", "18/12")


async def test_those_below_write_without_names(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, district(), "07/12/2020 08:30")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    talk, head = Told(play), play.cast.name("head")
    talk.note("Cấp dưới trực tiếp nhận xét cán bộ, không ghi tên: hộp mở khi hết hạn và có ít nhất năm người trả lời.")
    await sheet_goes_round(talk, head)
    await talk.presses("desk", "Gửi 6 người")
    await talk.hears("p1")
    await talk.presses("p1", "Mở phiếu")
    await talk.says("p1", "Gõ khi chưa bấm")
    await talk.presses("p1", "Viết nhận xét")
    await talk.says("p1", "ă" * 1001)
    play.clock.forward(seconds=20)
    await talk.says("p1", "Quan tâm cấp dưới, giao việc rõ.")
    await talk.presses("p1", "Viết nhận xét")
    await talk.says("head", "/gopy")
    for who, text in (("p2", "=1+1 Cần lắng nghe hơn"), ("p3", "Gương mẫu"), ("p4", "Gương mẫu")):
        await talk.hears(who)
        await talk.presses(who, "Mở phiếu", silently=True)
        await talk.presses(who, "Viết nhận xét", silently=True)
        await talk.says(who, text)
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 4/6")
    await talk.presses("desk", "Kết thúc sớm")
    await talk.presses("desk", "Hủy")
    await talk.hears("p5")
    await talk.presses("p5", "Mở phiếu", silently=True)
    await talk.presses("p5", "Viết nhận xét", silently=True)
    await talk.says("p5", "Ít họp, giải quyết nhanh")
    told = await play.reminders("14/12/2020 08:30")
    assert [one["sheet"] for one in told["p6"] if one["what"] == "round"] == [True]
    assert "p1" not in told or not [one for one in told["p1"] if one["what"] == "round"]
    play.on("19/12/2020 08:30")
    assert await closes(play) == 1
    await talk.hears("desk")
    await talk.presses("desk", "– 4/6")
    await talk.presses("desk", "Bảng tổng hợp")
    await talk.hears("p6")
    await talk.presses("p6", "Mở phiếu")
    assert talk.is_as(HERE / "khong-ghi-ten.txt")
    await lies_in_the_dossier(play)
    await play.ends()


async def lies_in_the_dossier(play: Play) -> None:
    """At its place in the dossier of the cadre it is about, as a workbook and a Word file; of another nothing."""
    async with play.store.reading() as tx:
        parts = await play.parts()
        whose = Scope(Of.PERSON, play.ids["head"])
        dossier = await dossier_of(tx, play.house.books, parts, whose, play.clock())
        paths = [path async for path, _ in dossier_files(tx, dossier, KeptFiles(Path("/nowhere")))]
        other = await dossier_of(tx, play.house.books, parts, Scope(Of.PERSON, play.ids["desk_head"]), play.clock())
    (line,) = [
        there
        for one in dossier.lists
        for line in one.lines
        for there in line.parts
        if there.part.round == "subordinates"
    ]
    assert [one.source for one in line.files] == [From.ROUND]
    assert not line.debts
    assert sorted(path.rpartition(".")[2] for path in paths if "cấp dưới trực tiếp" in path) == ["docx", "xlsx"]
    assert not [
        f
        for one in other.lists
        for li in one.lines
        for there in li.parts
        for f in there.files
        if f.source is From.ROUND
    ]


async def test_too_few_are_told_before_it_begins(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, district(3), "07/12/2020 08:30")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    talk, head = Told(play), play.cast.name("head")
    talk.note("Dưới năm người được hỏi: bằng giấy, hoặc ghi tên theo sự đồng ý của từng người.")
    await sheet_goes_round(talk, head)
    await talk.presses("desk", "Góp ý bằng giấy")
    await sheet_goes_round(talk, head)
    await talk.presses("desk", "Ghi tên, từng người đồng ý")
    for who in ("p1", "p2"):
        await talk.hears(who)
    await talk.presses("p1", "Mở phiếu")
    await talk.presses("p1", "Đồng ý ghi tên")
    await talk.says("p1", "Gương mẫu, công tâm")
    await talk.presses("p2", "Mở phiếu")
    await talk.presses("p2", "Không, tôi góp ý bằng giấy")
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "– 1/3")
    assert talk.is_as(HERE / "it-nguoi.txt")
    await play.ends()


async def test_people_and_drafts_are_found_by_a_name(play):
    talk = Told(play)
    for who in ("p1", "p2"):
        await (await play.phone(who)).hands_in_all(1)
    talk.note("Chọn bản và chọn người bằng cách gõ tên; chọn rồi vẫn gõ tên tìm tiếp được, ngày không lẫn với tên.")
    await talk.says("desk", "/gopy", silently=True)
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.says("desk", "khong co ai")
    await talk.says("desk", "danh sach")
    await talk.presses("desk", "Danh sách dự kiến")
    await talk.presses("desk", "Chọn từng người", silently=True)
    first, second = play.cast.name("chief"), play.cast.name("vice")
    await talk.says("desk", first.lower())
    await talk.presses("desk", f"☐ {first}")
    await talk.says("desk", second.split()[-1][1:])
    await talk.says("desk", second.split()[-1])
    await talk.presses("desk", f"☐ {second}")
    await talk.presses("desk", "Xong (2 người)")
    await talk.says("desk", "17/11")
    assert talk.is_as(HERE / "tim-theo-ten.txt")


async def test_the_list_is_whole_whatever_is_awaited(play):
    """Asked for by a command while an answer, a name or a day is awaited it says all that stands there, not only what was being done."""
    await (await play.phone("p1")).hands_in_all(1)
    talk = Told(play, about=())
    await talk.says("desk", "/gopy")
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Danh sách dự kiến")
    await talk.presses("desk", "Cả cơ quan")
    await talk.says("desk", "17/11")
    await talk.presses("desk", "✓ Gửi")
    await talk.says("desk", "/gopy")
    phone = await play.phone("desk")
    whole = phone.labels.splitlines()
    assert len(whole) == 2
    await talk.presses("desk", "Gửi lấy ý kiến")
    await talk.presses("desk", "Danh sách dự kiến")
    await talk.presses("desk", "Chọn từng người")
    await talk.says("desk", "/gopy")
    assert phone.labels.splitlines() == whole
    await talk.presses("desk", "– 0/")
    await talk.presses("desk", "Lùi hạn")
    await talk.says("desk", "/gopy")
    assert phone.labels.splitlines() == whole
