"""The sheets and columns of a roster, as data: the template is written from it, the file is read by it."""

from collections.abc import Mapping

from bot.roster.column import ROLES, SUBJECTS, YES_NO, CellKind, Column

UNITS_SHEET = "Đơn vị"
PEOPLE_SHEET = "Danh sách"
POSTS_SHEET = "Kiêm nhiệm"
GUIDE_SHEET = "Hướng dẫn"


def _text(key: str, title: str, hint: str, example: str, *, required: bool = False, first: bool = False) -> Column:
    return Column(key, title, hint, example, required=required, since_first=first)


def _word(key: str, title: str, hint: str, example: str, words: Mapping[str, object]) -> Column:
    return Column(key, title, hint, example, CellKind.WORD, words=words, since_first=True)


def _yes_no(key: str, title: str, hint: str, example: str, *, first: bool = False) -> Column:
    return Column(key, title, hint, example, CellKind.WORD, words=YES_NO, otherwise=False, since_first=first)


def _day(key: str, title: str, hint: str, example: str) -> Column:
    return Column(key, title, hint, example, CellKind.DAY, otherwise=None)


UNIT_COLUMNS = (
    _text(
        "name",
        "Tên đơn vị",
        "Tên đầy đủ; mỗi đơn vị một dòng, cơ quan ở dòng đầu",
        "Phòng Hành chính - Tổ chức",
        required=True,
        first=True,
    ),
    _text(
        "parent",
        "Thuộc đơn vị",
        "Đơn vị cấp trên trực tiếp trong cơ quan; để trống ở dòng của cơ quan",
        "Văn phòng tỉnh An Phú",
        first=True,
    ),
    _yes_no(
        "desk",
        "Đầu mối tổ chức",
        "có nếu đơn vị này tổ chức đợt đánh giá (Phòng Hành chính - Tổ chức)",
        "có",
        first=True,
    ),
    _text("above", "Cơ quan chủ quản", "Chỉ ghi ở dòng của cơ quan", "UBND tỉnh An Phú", first=True),
    _text(
        "in_charge",
        "Lãnh đạo phụ trách",
        "Mã số (trang “Danh sách”) của lãnh đạo cấp trên phụ trách đơn vị này",
        "AP-002",
    ),
    _text(
        "authority",
        "Người có thẩm quyền",
        "Mã số của người quyết định mức xếp loại của người trong đơn vị; để trống: như đơn vị cấp trên, ở cơ quan: người đứng đầu cơ quan; ghi “cấp trên” nếu cấp ngoài cơ quan quyết định",
        "",
    ),
)

_POST_COLUMNS = (
    _yes_no("leader", "Lãnh đạo, quản lý", "có nếu giữ chức vụ lãnh đạo, quản lý", "không", first=True),
    _word("role", "Vai trò trong đơn vị", "người đứng đầu, cấp phó, hoặc để trống", "", ROLES),
)

_SERVICE_COLUMNS = (
    _day("joined", "Ngày vào cơ quan", "Ngày đầu tiên làm việc tại cơ quan", "01/03/2015"),
    _day("left", "Ngày nghỉ, chuyển đi", "Ngày làm việc cuối cùng; để trống nếu vẫn đang làm việc", ""),
    _day("moved_on", "Chuyển đến ngày", "Ngày đầu tiên tại đơn vị hiện nay, nếu chuyển từ nơi khác đến", "01/08/2020"),
    _text("moved_from", "Chuyển từ", "Đơn vị, cơ quan công tác trước khi chuyển đến", "Phòng Tổng hợp"),
    _day("there_since", "Ở nơi cũ từ ngày", "Ngày đầu tiên tại đơn vị, cơ quan cũ", "01/01/2018"),
    _day("party_since", "Ngày vào Đảng", "Ngày kết nạp; với chi bộ, tổ đảng: ngày thành lập", "19/05/2012"),
    _text("party_cell", "Chi bộ", "Chi bộ sinh hoạt chính thức", "Chi bộ 1"),
    _text("temporary_cell", "Sinh hoạt tạm thời tại", "Chi bộ nơi sinh hoạt tạm thời, nếu có", ""),
    _yes_no("absent_with_cause", "Vắng có lý do", "có nếu vắng mặt có lý do khi họp kiểm điểm", "không"),
    Column(
        "leaves",
        "Nghỉ",
        "Các lần nghỉ, cách nhau bằng dấu chấm phẩy; mỗi lần: loại, ngày đầu-ngày cuối (đang nghỉ: để trống ngày cuối)",
        "ốm 05/03/2020-20/06/2020; thai sản 01/09/2020-",
        CellKind.LEAVES,
        otherwise=(),
    ),
    Column(
        "ratings",
        "Kết quả năm trước",
        "Mức xếp loại các năm trước, cách nhau bằng dấu chấm phẩy",
        "2019: hoàn thành tốt; 2018: hoàn thành",
        CellKind.RATINGS,
        otherwise={},
    ),
)

#: Their keys are the fields of rules.nouns.service.Service.
SERVICE_FIELDS = tuple(column.key for column in _SERVICE_COLUMNS)

PEOPLE_COLUMNS = (
    _text(
        "key",
        "Mã số",
        "Số hiệu công chức, viên chức; không trùng nhau, không đổi qua các năm",
        "AP-001",
        required=True,
        first=True,
    ),
    _text("name", "Họ và tên", "Có dấu, đúng như trong hồ sơ", "Trần Thị Hoa Mai", required=True, first=True),
    _text(
        "position",
        "Chức vụ, chức danh",
        "Chức vụ, hoặc chức danh nghề nghiệp",
        "Chuyên viên",
        required=True,
        first=True,
    ),
    _text(
        "unit",
        "Đơn vị",
        "Đúng tên đã ghi ở trang “Đơn vị”",
        "Phòng Hành chính - Tổ chức",
        required=True,
        first=True,
    ),
    Column(
        "subject",
        "Đối tượng",
        ", ".join(SUBJECTS),
        "công chức",
        CellKind.WORD,
        required=True,
        since_first=True,
        words=SUBJECTS,
    ),
    *_POST_COLUMNS,
    _yes_no("party_member", "Đảng viên", "có hoặc không", "có", first=True),
    _yes_no(
        "serves_public",
        "Tiếp dân, doanh nghiệp",
        "có nếu trực tiếp giải quyết công việc của người dân, doanh nghiệp",
        "không",
        first=True,
    ),
    _text(
        "group",
        "Nhóm",
        "Nhóm đối tượng có nhiệm vụ tương đồng, dùng để tính tỷ lệ hoàn thành xuất sắc",
        "Chuyên viên tham mưu tổng hợp",
    ),
    _yes_no("desk", "Đầu mối", "có nếu người này được giao tổ chức đợt đánh giá", "không"),
    *_SERVICE_COLUMNS,
)

POST_COLUMNS = (
    _text("key", "Mã số", "Mã số của người kiêm nhiệm, ở trang “Danh sách”", "AP-002", required=True, first=True),
    _text("unit", "Đơn vị", "Đơn vị nơi kiêm nhiệm", "Trung tâm Tin học", required=True, first=True),
    _text("position", "Chức vụ, chức danh", "Chức vụ kiêm nhiệm", "Giám đốc", required=True, first=True),
    *_POST_COLUMNS,
)

SHEETS: Mapping[str, tuple[Column, ...]] = {
    UNITS_SHEET: UNIT_COLUMNS,
    PEOPLE_SHEET: PEOPLE_COLUMNS,
    POSTS_SHEET: POST_COLUMNS,
}
#: A file without them is a whole roster all the same.
OPTIONAL_SHEETS = frozenset({POSTS_SHEET})

#: What a field of the roster is called: the titles of the people's columns, those of units as `unit.…`.
TITLES: Mapping[str, str] = {
    **{f"unit.{column.key}": column.title for column in UNIT_COLUMNS},
    **{column.key: column.title for column in PEOPLE_COLUMNS},
}
