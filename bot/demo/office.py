"""The fictional office of the demo: 12 people in 3 units. Each unit has a head, one also a deputy."""

from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit

OFFICE = "Văn phòng UBND tỉnh An Phú"
STAFF = "Phòng Hành chính – Tổ chức"
CENTRE = "Trung tâm Công báo và Tin học"

#: The place named beside the date in documents.
PLACE = "An Phú"

#: The rulebook of the demo's campaign, and its year.
RULEBOOK = "quang-ngai-office-2020"
YEAR = 2020

EMPLOYEE = "AP-005"
HEAD = "AP-003"
#: The person who decides the ratings.
AUTHORITY = "AP-001"
#: Role in the story → the person whose phone the demo shows.
PHONES = {"employee": EMPLOYEE, "head": HEAD, "authority": AUTHORITY}


def _official(key: str, name: str, position: str, unit: str, role: str = "", *, public: bool = False) -> RosterPerson:
    return RosterPerson(
        key, name, position, unit, Subject.OFFICIAL, bool(role), role, party_member=True, serves_public=public
    )


def _employee(key: str, name: str, position: str, role: str = "") -> RosterPerson:
    return RosterPerson(
        key, name, position, CENTRE, Subject.EMPLOYEE, bool(role), role, party_member=bool(role), serves_public=False
    )


DEMO_ROSTER = Roster(
    units=(
        RosterUnit(OFFICE, "", above="UBND tỉnh An Phú"),
        RosterUnit(STAFF, OFFICE, desk=True),
        RosterUnit(CENTRE, OFFICE),
    ),
    people=(
        _official("AP-001", "Hoàng Sơn Lâm", "Chánh Văn phòng", OFFICE, "head"),
        _official("AP-002", "Đỗ Thùy Dương Anh", "Phó Chánh Văn phòng", OFFICE, "deputy"),
        _official("AP-003", "Nguyễn Bình Nguyên", "Trưởng phòng", STAFF, "head"),
        _official("AP-004", "Phan Thảo Vy", "Chuyên viên", STAFF),
        _official("AP-005", "Trần Thị Hoa Mai", "Chuyên viên", STAFF, public=True),
        _official("AP-006", "Lê Khánh Trúc", "Văn thư viên", STAFF),
        _official("AP-007", "Vũ Đăng Khoa Minh", "Chuyên viên", STAFF),
        _employee("AP-008", "Bùi Hải Đăng Quang", "Giám đốc", "head"),
        _employee("AP-009", "Đặng Ngọc Lan Chi", "Công nghệ thông tin hạng III"),
        _employee("AP-010", "Ngô Việt Thư", "Biên tập viên hạng III"),
        _employee("AP-011", "Mai Trường An", "Công nghệ thông tin hạng IV"),
        _employee("AP-012", "Tạ Minh Hạ", "Lưu trữ viên hạng IV"),
    ),
)
