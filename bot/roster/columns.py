"""The sheets and columns of a roster, as data: the template is written from it, the file is read by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.values import Subject

UNITS_SHEET = "Đơn vị"
PEOPLE_SHEET = "Danh sách"
GUIDE_SHEET = "Hướng dẫn"

#: No name, position or unit of a roster is longer.
MAX_CHARS = 200

YES_NO = {"có": True, "không": False}
SUBJECTS = {"công chức": Subject.OFFICIAL, "viên chức": Subject.EMPLOYEE, "người lao động": Subject.WORKER}
ROLES = {"người đứng đầu": "head", "cấp phó": "deputy", "": ""}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `words` lists what may stand in it (lower case → value); empty: free text."""

    key: str
    title: str
    hint: str
    example: str
    required: bool = True
    words: Mapping[str, object] = field(default_factory=dict)
    otherwise: object = ""  # the value of an empty cell that need not be filled

    @property
    def expected(self) -> str:
        """What the column takes, in words."""
        if self.words:
            return "cần một trong: " + ", ".join(word for word in self.words if word)
        return "không được để trống" if self.required else f"cần chữ, tối đa {MAX_CHARS} ký tự"


UNIT_COLUMNS = (
    Column("name", "Tên đơn vị", "Tên đầy đủ; mỗi đơn vị một dòng, cơ quan ở dòng đầu", "Phòng Hành chính - Tổ chức"),
    Column(
        "parent",
        "Thuộc đơn vị",
        "Đơn vị cấp trên trực tiếp trong cơ quan; để trống ở dòng của cơ quan",
        "Văn phòng tỉnh An Phú",
        required=False,
    ),
    Column(
        "desk",
        "Đầu mối tổ chức",
        "có nếu đơn vị này tổ chức đợt đánh giá (Phòng Hành chính - Tổ chức)",
        "có",
        words=YES_NO,
        required=False,
        otherwise=False,
    ),
    Column("above", "Cơ quan chủ quản", "Chỉ ghi ở dòng của cơ quan", "UBND tỉnh An Phú", required=False),
)

PEOPLE_COLUMNS = (
    Column("key", "Mã số", "Số hiệu công chức, viên chức; không trùng nhau, không đổi qua các năm", "AP-001"),
    Column("name", "Họ và tên", "Có dấu, đúng như trong hồ sơ", "Trần Thị Hoa Mai"),
    Column("position", "Chức vụ, chức danh", "Chức vụ, hoặc chức danh nghề nghiệp", "Chuyên viên"),
    Column("unit", "Đơn vị", "Đúng tên đã ghi ở trang “Đơn vị”", "Phòng Hành chính - Tổ chức"),
    Column("subject", "Đối tượng", "công chức, viên chức hoặc người lao động", "công chức", words=SUBJECTS),
    Column(
        "leader",
        "Lãnh đạo, quản lý",
        "có nếu giữ chức vụ lãnh đạo, quản lý",
        "không",
        words=YES_NO,
        required=False,
        otherwise=False,
    ),
    Column("role", "Vai trò trong đơn vị", "người đứng đầu, cấp phó, hoặc để trống", "", words=ROLES, required=False),
    Column("party_member", "Đảng viên", "có hoặc không", "có", words=YES_NO, required=False, otherwise=False),
    Column(
        "serves_public",
        "Tiếp dân, doanh nghiệp",
        "có nếu trực tiếp giải quyết công việc của người dân, doanh nghiệp",
        "không",
        words=YES_NO,
        required=False,
        otherwise=False,
    ),
)

SHEETS: Mapping[str, tuple[Column, ...]] = {UNITS_SHEET: UNIT_COLUMNS, PEOPLE_SHEET: PEOPLE_COLUMNS}
