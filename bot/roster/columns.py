"""The sheets and columns of a roster: each row is a pydantic model and each of its fields a column. The template is
written from these models, and the file is read by them.

Pydantic handles what is generic: fields and types, what may be empty, and all mistakes of a row at once. Our own code
handles what is special: reading and writing what clerks write in cells (bot/roster/column.py), protection against
hostile files and the names of cells (bot/roster/worksheet.py), and checks across rows (bot/roster/fitting.py).
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from bot.roster.column import GENDERS, LEAVINGS, ROLES, SUBJECTS, YES_NO, CellKind, Column
from rules.nouns.people import Gender
from rules.nouns.service import Leave, LeaveKind, Leaving, Service
from rules.nouns.values import Rating, Subject

UNITS_SHEET = "Đơn vị"
PEOPLE_SHEET = "Danh sách"
POSTS_SHEET = "Kiêm nhiệm"
BODIES_SHEET = "Chi bộ"
GUIDE_SHEET = "Hướng dẫn"


class SheetLine(BaseModel):
    """A row of a sheet. `number`: as counted by the spreadsheet. Empty cells are not set at all."""

    model_config = ConfigDict(frozen=True, strict=True)

    columns: ClassVar[Mapping[str, Column]] = {}
    number: int

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Collect the columns from the fields."""
        cls.columns = {
            key: dataclasses.replace(column, key=key, required=field.is_required())
            for key, field in cls.model_fields.items()
            for column in field.metadata
            if isinstance(column, Column)
        }


def _yes_no(title: str, hint: str, example: str, *, first: bool = False) -> Column:
    return Column(title, hint, example, CellKind.WORD, since_first=first, words=YES_NO)


def _day(title: str, hint: str, example: str) -> Column:
    return Column(title, hint, example, CellKind.DAY)


class UnitOnSheet(SheetLine):
    """A unit of the office; the office itself has no unit above it."""

    name: Annotated[
        str,
        Column(
            "Tên đơn vị",
            "Tên đầy đủ; mỗi đơn vị một dòng, cơ quan ở dòng đầu",
            "Phòng Hành chính – Tổ chức",
            since_first=True,
            alone=True,
        ),
    ]
    parent: Annotated[
        str,
        Column(
            "Thuộc đơn vị",
            "Đơn vị cấp trên trực tiếp trong cơ quan; để trống ở dòng của cơ quan",
            "Văn phòng tỉnh An Phú",
            since_first=True,
        ),
    ] = ""
    desk: Annotated[
        bool,
        _yes_no(
            "Đầu mối tổ chức",
            "Ghi “có” nếu đơn vị này tổ chức đợt đánh giá (Phòng Hành chính – Tổ chức)",
            "có",
            first=True,
        ),
    ] = False
    above: Annotated[
        str, Column("Cơ quan chủ quản", "Chỉ ghi ở dòng của cơ quan", "UBND tỉnh An Phú", since_first=True)
    ] = ""
    in_charge: Annotated[
        str,
        Column(
            "Lãnh đạo phụ trách",
            "Mã số (trang “Danh sách”) của lãnh đạo cấp trên phụ trách đơn vị này",
            "AP-002",
        ),
    ] = ""
    authority: Annotated[
        str,
        Column(
            "Người có thẩm quyền",
            "Mã số của người quyết định mức xếp loại của người trong đơn vị; để trống: như đơn vị cấp trên, ở cơ quan: người đứng đầu cơ quan; ghi “cấp trên” nếu cấp ngoài cơ quan quyết định",
            "",
        ),
    ] = ""


_Leader = Annotated[
    bool, _yes_no("Lãnh đạo, quản lý", "Ghi “có” nếu giữ chức vụ lãnh đạo, quản lý", "không", first=True)
]
_Role = Annotated[
    str,
    Column(
        "Vai trò trong đơn vị",
        "người đứng đầu, cấp phó, hoặc để trống",
        "",
        CellKind.WORD,
        since_first=True,
        words=ROLES,
    ),
]


class PersonOnSheet(SheetLine):
    """A person of the office in their main post; the fields of their service are named as in Service."""

    key: Annotated[
        str,
        Column(
            "Mã số",
            "Số hiệu công chức, viên chức; không trùng nhau, không đổi qua các năm",
            "AP-001",
            since_first=True,
            alone=True,
        ),
    ]
    name: Annotated[
        str,
        Column(
            "Họ và tên",
            "Có dấu, đúng như trong hồ sơ",
            "Trần Thị Hoa Mai",
            since_first=True,
            alone=True,
            parts=True,
        ),
    ]
    position: Annotated[
        str, Column("Chức vụ, chức danh", "Chức vụ, hoặc chức danh nghề nghiệp", "Chuyên viên", since_first=True)
    ]
    unit: Annotated[
        str, Column("Đơn vị", "Đúng tên đã ghi ở trang “Đơn vị”", "Phòng Hành chính – Tổ chức", since_first=True)
    ]
    subject: Annotated[
        Subject, Column("Đối tượng", ", ".join(SUBJECTS), "công chức", CellKind.WORD, since_first=True, words=SUBJECTS)
    ]
    leader: _Leader = False
    role: _Role = ""
    party_member: Annotated[bool, _yes_no("Đảng viên", "có hoặc không", "có", first=True)] = False
    serves_public: Annotated[
        bool,
        _yes_no(
            "Tiếp dân, doanh nghiệp",
            "Ghi “có” nếu trực tiếp giải quyết công việc của người dân, doanh nghiệp",
            "không",
            first=True,
        ),
    ] = False
    group: Annotated[
        str,
        Column(
            "Nhóm",
            "Nhóm đối tượng có nhiệm vụ tương đồng, dùng để tính tỷ lệ hoàn thành xuất sắc",
            "Chuyên viên tham mưu tổng hợp",
        ),
    ] = ""
    desk: Annotated[bool, _yes_no("Đầu mối", "Ghi “có” nếu người này được giao tổ chức đợt đánh giá", "không")] = False
    joined: Annotated[dt.date | None, _day("Ngày vào cơ quan", "Ngày đầu tiên làm việc tại cơ quan", "01/03/2015")] = (
        None
    )
    unit_since: Annotated[
        dt.date | None,
        _day("Ở đơn vị từ ngày", "Ngày đầu tiên ở đơn vị đang ghi; cần khi đơn vị thay đổi", "01/08/2020"),
    ] = None
    position_since: Annotated[
        dt.date | None,
        _day("Giữ chức vụ từ ngày", "Ngày đầu tiên giữ chức vụ, chức danh đang ghi; cần khi chức vụ thay đổi", ""),
    ] = None
    role_since: Annotated[
        dt.date | None,
        _day("Giữ vai trò từ ngày", "Ngày đầu tiên giữ vai trò đang ghi; cần khi vai trò thay đổi", ""),
    ] = None
    left: Annotated[
        dt.date | None,
        _day("Ngày nghỉ, chuyển đi", "Ngày làm việc cuối cùng; để trống nếu vẫn đang làm việc", ""),
    ] = None
    left_as: Annotated[
        Leaving | LeaveKind | None,
        Column(
            "Lý do nghỉ, chuyển đi",
            "Chỉ ghi khi có “Ngày nghỉ, chuyển đi”: " + ", ".join(LEAVINGS),
            "",
            CellKind.WORD,
            words=LEAVINGS,
        ),
    ] = None
    moved_on: Annotated[
        dt.date | None,
        _day("Chuyển đến ngày", "Ngày đầu tiên tại đơn vị hiện nay, nếu chuyển từ nơi khác đến", "01/08/2020"),
    ] = None
    moved_from: Annotated[
        str, Column("Chuyển từ", "Đơn vị, cơ quan công tác trước khi chuyển đến", "Phòng Tổng hợp")
    ] = ""
    there_since: Annotated[
        dt.date | None, _day("Ở nơi cũ từ ngày", "Ngày đầu tiên tại đơn vị, cơ quan cũ", "01/01/2018")
    ] = None
    party_since: Annotated[
        dt.date | None, _day("Ngày vào Đảng", "Ngày kết nạp; với chi bộ, tổ đảng: ngày thành lập", "19/05/2012")
    ] = None
    party_cell: Annotated[str, Column("Chi bộ", "Chi bộ sinh hoạt chính thức", "Chi bộ 1")] = ""
    temporary_cell: Annotated[str, Column("Sinh hoạt tạm thời tại", "Chi bộ nơi sinh hoạt tạm thời, nếu có", "")] = ""
    absent_with_cause: Annotated[
        bool, _yes_no("Vắng có lý do", "Ghi “có” nếu vắng mặt có lý do khi họp kiểm điểm", "không")
    ] = False
    leaves: Annotated[
        tuple[Leave, ...],
        Column(
            "Nghỉ",
            "Các lần nghỉ hoặc vắng việc, cách nhau bằng dấu chấm phẩy; mỗi lần: loại, ngày đầu-ngày cuối (chưa hết: để trống ngày cuối). Đi học, biệt phái vẫn tính là công tác; ghi “khác” thì người đó tự khai số tháng",
            "ốm 05/03/2020-20/06/2020; thai sản 01/09/2020-",
            CellKind.LEAVES,
        ),
    ] = ()
    ratings: Annotated[
        dict[int, Rating],
        Column(
            "Kết quả năm trước",
            "Mức xếp loại các năm trước, cách nhau bằng dấu chấm phẩy",
            "2019: hoàn thành tốt; 2018: hoàn thành",
            CellKind.RATINGS,
        ),
    ] = Field(default_factory=dict)
    gender: Annotated[
        Gender | None,
        Column(
            "Giới tính",
            "Nam hoặc Nữ, để Tự Soi xưng hô “anh” hoặc “chị”; để trống: “anh/chị”",
            "Nữ",
            CellKind.WORD,
            words=GENDERS,
        ),
    ] = None


class PostOnSheet(SheetLine):
    """A further post of a person."""

    key: Annotated[str, Column("Mã số", "Mã số của người kiêm nhiệm, ở trang “Danh sách”", "AP-002", since_first=True)]
    unit: Annotated[str, Column("Đơn vị", "Đơn vị nơi kiêm nhiệm", "Trung tâm Tin học", since_first=True)]
    position: Annotated[str, Column("Chức vụ, chức danh", "Chức vụ kiêm nhiệm", "Giám đốc", since_first=True)]
    leader: _Leader = False
    role: _Role = ""


class BodyOnSheet(SheetLine):
    """A party body of the office's members."""

    name: Annotated[
        str,
        Column(
            "Tên chi bộ, đảng ủy",
            "Đúng tên đã ghi ở cột “Chi bộ” của trang “Danh sách”; đảng ủy của cơ quan (nếu có) cũng ghi một dòng",
            "Chi bộ 1",
            since_first=True,
            alone=True,
        ),
    ]
    above: Annotated[
        str,
        Column("Trực thuộc", "Đảng bộ, đảng ủy cấp trên trực tiếp", "Đảng ủy Văn phòng tỉnh An Phú", since_first=True),
    ] = ""
    secretary: Annotated[
        str,
        Column(
            "Bí thư",
            "Mã số (trang “Danh sách”); bản kiểm điểm của đảng viên gửi chi ủy, chi bộ qua bí thư",
            "AP-003",
            since_first=True,
        ),
    ] = ""
    deputy: Annotated[
        str, Column("Phó bí thư", "Mã số; nhận bản kiểm điểm của chính bí thư", "AP-004", since_first=True)
    ] = ""
    authority: Annotated[
        str,
        Column(
            "Người quyết định",
            "Mã số của người thay mặt cấp ủy quyết định mức xếp loại đảng viên của chi bộ; để trống: bí thư của đảng ủy ghi ở cột “Trực thuộc”, nếu đảng ủy đó có một dòng trên trang này; ghi “cấp trên” nếu cấp ủy ngoài cơ quan quyết định",
            "cấp trên",
            since_first=True,
        ),
    ] = ""


#: The fields of a person's row that are fields of rules.nouns.service.Service.
SERVICE_FIELDS = tuple(field.name for field in dataclasses.fields(Service))

ROWS: Mapping[str, type[SheetLine]] = {
    UNITS_SHEET: UnitOnSheet,
    PEOPLE_SHEET: PersonOnSheet,
    POSTS_SHEET: PostOnSheet,
    BODIES_SHEET: BodyOnSheet,
}
SHEETS: Mapping[str, tuple[Column, ...]] = {name: tuple(row.columns.values()) for name, row in ROWS.items()}
#: The optional sheets: a roster without them is complete.
OPTIONAL_SHEETS = frozenset({POSTS_SHEET, BODIES_SHEET})

#: Field of the roster → title of its column: people's plainly, those of units as `unit.…`, of party bodies as `body.…`.
TITLES: Mapping[str, str] = {
    **{f"unit.{column.key}": column.title for column in SHEETS[UNITS_SHEET]},
    **{f"body.{column.key}": column.title for column in SHEETS[BODIES_SHEET]},
    **{column.key: column.title for column in SHEETS[PEOPLE_SHEET]},
}
