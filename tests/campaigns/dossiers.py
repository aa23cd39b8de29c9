"""The dossiers of the plans, line by line as their own text lists them (written from the plans, not from what the program makes)."""

import io
import tempfile
import zipfile
from pathlib import Path

import docx

from bot.campaign.dossiers.writing import DossierWanted, write_dossier
from rules.nouns.text import folded

#: S000, mục 3 điểm d: "báo cáo Chánh Văn phòng gồm: …".
QUANG_NGAI_2020 = (
    "Bản kiểm điểm",
    "Phiếu đánh giá, xếp loại chất lượng của cá nhân",
    "Báo cáo kiểm điểm của tập thể",
    "Biên bản họp kiểm điểm",
)
#: S002, II.2.d: (1) … (5).
QUANG_NGAI_2023 = (
    "Biên bản cuộc họp",
    "Bản kiểm điểm của tập thể",
    "Bản tự kiểm điểm cá nhân",
    "Đề xuất mức xếp loại cá nhân, tập thể",
    "Bảng tổng hợp bình xét thi đua, khen thưởng",
)
#: S001, II.3.5.1: fourteen papers of each cadre.
SON_DUONG = (
    "Tờ trình đề nghị cấp có thẩm quyền xem xét, đánh giá cán bộ",
    "xếp loại chất lượng cán bộ (Mẫu số 01 Nghị định",
    "Phiếu tự chấm điểm của cán bộ (Mẫu số",
    "Tổng hợp kết quả chấm điểm (điểm của cá nhân; điểm trung bình cộng của Hội nghị tập thể lãnh đạo cùng cấp",
    "Bản tổng hợp ý kiến nhận xét, đánh giá của cấp dưới trực tiếp",
    "Bản nhận xét, đánh giá và đề nghị xếp loại của tập thể cùng cấp",
    "Bản nhận xét, đánh giá và đề nghị xếp loại của cấp trên trực tiếp (nếu có)",
    "Biểu Tổng hợp thông tin đánh giá, xếp loại cán bộ (Mẫu số 10)",
    "Ý kiến nhận xét, đánh giá của cấp ủy nơi công tác và cấp ủy nơi cư trú",
    "Phiếu bổ sung hồ sơ cán bộ theo mẫu 2d/BTCTW",
    "Bản kê khai tài sản, thu nhập",
    "Kết quả lấy phiếu tín nhiệm (nếu có)",
    "Bản đăng ký việc đột phá hoặc đổi mới của năm tiếp theo",
    "Các văn bản liên quan đến việc",
)
#: S001, II.3.5.2: what the authority keeps. The plan names no dossier of a unit.
SON_DUONG_AUTHORITY = (
    "Bản nhận xét, đánh giá và xếp loại của cấp có thẩm quyền",
    "Hồ sơ giải quyết khiếu nại về kết quả đánh giá, xếp loại (nếu có)",
    "Các văn bản khác (nếu có)",
)
#: S004, D.5.1: of the groups and rooms; D.5.2: of the cell.
SON_LA_ROOM = (
    "Báo cáo kết quả thực hiện nhiệm vụ công tác năm 2021 và chương trình công tác năm 2022 của phòng",
    "Báo cáo tổng kết năm 2021 của tổ đảng",
    "Báo cáo tự chấm điểm của đơn vị",
    "Kết quả tự đánh giá, chấm điểm và phân loại tổ đảng năm 2021",
    "Bản kiểm điểm cá nhân năm 2021 theo mẫu",
    "Biên bản họp của các phòng, tổ đảng",
    "Kết quả biểu quyết đề nghị phân loại viên chức; phân loại đảng viên",
    "Kết quả bình xét đề nghị khen thưởng",
    "Phiếu bổ sung lý lịch viên chức; Phiếu bổ sung lý lịch đảng viên",
)
SON_LA_CELL = (
    "Báo cáo kết quả thực hiện nhiệm vụ công tác năm 2021 và chương trình công tác năm 2022 của cơ quan",
    "Báo cáo tự chấm điểm của đơn vị",
    "Bản kiểm điểm cá nhân năm 2021 theo mẫu",
    "Biên bản họp của đơn vị; biên bản họp chi bộ",
    "Kết quả biểu quyết đề nghị phân loại",
    "Kết quả bình xét đề nghị khen thưởng",
    "Văn bản nhận xét, đánh giá đối với viên chức",
    "Phiếu bổ sung lý lịch viên chức; Phiếu bổ sung lý lịch đảng viên",
)
#: S003, II.4.1 and II.4.2: of a room; II.1.1, II.2.1, II.3.1: of the board.
BAN_DAN_TOC_ROOM = (
    "Báo cáo tự kiểm điểm, đánh giá",
    "Bản kiểm điểm cá nhân",
    "Kết quả đánh giá, xếp loại phòng",
)
BAN_DAN_TOC_BOARD = (
    "Báo cáo tự kiểm điểm của tập thể lãnh đạo, quản lý Ban",
    "Khung tiêu chí đánh giá, xếp loại tập thể lãnh đạo, quản lý",
    "Báo cáo tự đánh giá kết quả thực hiện nhiệm vụ",
    "Bản kiểm điểm của cá nhân lãnh đạo, quản lý Ban",
)


class Dossier:
    """One that was written: its files and the rows of its contents page."""

    def __init__(self, package: zipfile.ZipFile, lists: str = "") -> None:
        self.package = package
        named = next(name for name in package.namelist() if name.endswith("00 Mục lục hồ sơ.docx") and lists in name)
        self.below = named.removesuffix("00 Mục lục hồ sơ.docx")
        (_, table, *_) = docx.Document(io.BytesIO(package.read(named))).tables
        self.rows = [[cell.text for cell in row.cells] for row in table.rows][1:]

    def lists(self, titles: tuple[str, ...]) -> bool:
        """Whether its lines are these, in this order and no others."""
        mine = [(row[0], row[1]) for row in self.rows if row[0]]
        assert [number for number, _ in mine] == [str(place) for place in range(1, len(titles) + 1)]
        return all(folded(title) in folded(line) for (_, line), title in zip(mine, titles, strict=True))

    def state(self, number: int, letter: str = "") -> tuple[str, str]:
        """Whether it is there, and who owes it: of a line, or of one of its papers."""
        there, owed = self._row(number, letter)
        return there.partition("; hạn ")[0], owed

    def due(self, number: int, letter: str = "") -> str:
        """Its last day, where it is missing."""
        return self._row(number, letter)[0].partition("; hạn ")[2]

    def _row(self, number: int, letter: str) -> tuple[str, str]:
        place = next(at for at, row in enumerate(self.rows) if row[0] == str(number))
        while letter and not self.rows[place][1].startswith(f"{letter})"):
            place += 1
        return self.rows[place][3], self.rows[place][5]

    def files(self, number: int) -> list[str]:
        """The names of the files of a line."""
        begins = f"{self.below}{number:02} "
        return [name.rpartition("/")[2] for name in self.package.namelist() if name.startswith(begins)]

    def content(self, number: int, name: str) -> bytes:
        """What a file of a line holds."""
        begins = f"{self.below}{number:02} "
        return self.package.read(
            next(one for one in self.package.namelist() if one.startswith(begins) and one.endswith(f"/{name}"))
        )


async def dossier(play, *, unit: str = "", person: str = "", lists: str = "") -> Dossier:
    """What `tusoi dossier` writes."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "ho so.zip"
        wanted = DossierWanted(1, unit, play.cast.key[person] if person else "")
        kept = play.house.enclosing.files
        await write_dossier(play.store, play.house.books, kept, out, wanted, play.clock())
        package = zipfile.ZipFile(io.BytesIO(out.read_bytes()))
    assert package.testzip() is None
    return Dossier(package, lists)
