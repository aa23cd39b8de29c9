"""People of other fictional offices: for each shipped form there is somebody here who fills it in.

Name in the transcripts → person, rulebook, year, forms in the order in which they are filled in. All are decided
outside, except Hà, by Bình, and Sen, by Quang.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.nouns.people import Person
from rules.nouns.values import Subject


@dataclass(frozen=True, slots=True)
class Bound:
    """A person, the forms they fill in, under which rulebook, and who decides ("": an authority outside)."""

    person: Person
    rulebook: str
    year: int
    forms: tuple[str, ...]
    approver: str = ""


_PROVINCE, _BOARD = "Văn phòng UBND tỉnh Sông Trăng", "Ban Dân tộc tỉnh Sông Trăng"
_SCIENCE = "Sở Khoa học và Công nghệ tỉnh Sông Trăng"
_DISTRICT, _CENTRE = "Huyện ủy Suối Mây", "Cơ sở Điều dưỡng Bản Hoa"
_SMALL_SON_DUONG = ("mau-02b-qd11", "mau-03-qd11", "mau-07-qd11", "mau-08-qd11", "mau-09-qd11", "mau-10-qd11")
_SMALL_SON_LA = ("mau-03-hd02", "mau-04-hd02", "mau-11-hd02", "mau-12-hd02")


def _who(
    id_: int, name: str, position: str, unit: str, office: str, subject: Subject, traits: str = "", unit_id: int = 1
) -> Person:
    """`traits`: words among leader, head, deputy, party_member."""
    given = dict.fromkeys(traits.split(), True)
    return Person(id_, name, position, unit_id, unit, office, subject, **given)


OTHERS: Mapping[str, Bound] = {
    # Văn phòng UBND tỉnh, năm 2020: công chức là đảng viên làm hai bản; tập thể phòng
    "Hà": Bound(
        _who(
            21, "Bùi Thu Hà", "Chuyên viên", "Phòng Hành chính – Tổ chức", _PROVINCE, Subject.OFFICIAL, "party_member"
        ),
        "quang-ngai-office-2020",
        2020,
        ("mau-02", "mau-02-hd-2019"),
        "Bình",
    ),
    "Phòng": Bound(
        _who(22, "Tập thể Phòng Tổng hợp", "", "Phòng Tổng hợp", _PROVINCE, Subject.COLLECTIVE),
        "quang-ngai-office-2020",
        2020,
        ("mau-01-hd-2019",),
    ),
    "Liên": Bound(
        _who(
            23, "Đỗ Kim Liên", "Phó Chủ tịch", "Ủy ban nhân dân xã", "UBND xã Đồi Sim", Subject.CADRE, "leader deputy"
        ),
        "decree-90-2020",
        2020,
        ("mau-01",),
    ),
    # Đảng bộ, năm 2023
    "Lan": Bound(
        _who(
            31,
            "Hồ Ngọc Lan",
            "Bí thư chi bộ",
            "Chi bộ 1",
            "Đảng bộ Sông Trăng",
            Subject.PARTY_MEMBER,
            "leader party_member",
        ),
        "party-2023",
        2023,
        ("mau-02b-hd-2023",),
    ),
    "Nga": Bound(
        _who(32, "Phan Quỳnh Nga", "Đảng viên", "Chi bộ 1", "Đảng bộ Sông Trăng", Subject.PARTY_MEMBER, "party_member"),
        "party-2023",
        2023,
        ("mau-02a-hd-2023",),
    ),
    "Hiền": Bound(  # năm 2022 đã kiểm điểm theo mẫu năm 2019, xem earlier_years
        _who(30, "Triệu Thu Hiền", "Đảng viên", "Chi bộ 1", "Đảng bộ Sông Trăng", Subject.PARTY_MEMBER, "party_member"),
        "party-2023",
        2023,
        ("mau-02a-hd-2023",),
    ),
    "Chibộ": Bound(
        _who(33, "Chi bộ 1", "", "Chi bộ 1", "Đảng bộ Sông Trăng", Subject.PARTY_CELL),
        "party-2023",
        2023,
        ("mau-01-hd-2023",),
    ),
    # Văn phòng UBND tỉnh, năm 2023
    "Phúc": Bound(
        _who(34, "Tạ Hồng Phúc", "Chuyên viên", "Phòng Tổng hợp", _PROVINCE, Subject.OFFICIAL),
        "quang-ngai-office-2023",
        2023,
        ("mau-01-vp-2023",),
    ),
    "Quang": Bound(
        _who(
            35,
            "Lâm Nhật Quang",
            "Trưởng phòng",
            "Phòng Tổng hợp",
            _PROVINCE,
            Subject.OFFICIAL,
            "leader head party_member",
        ),
        "quang-ngai-office-2023",
        2023,
        ("mau-02b-hd-2023",),
    ),
    "Sen": Bound(
        _who(36, "Cao Bạch Sen", "Chuyên viên", "Phòng Tổng hợp", _PROVINCE, Subject.OFFICIAL, "party_member"),
        "quang-ngai-office-2023",
        2023,
        ("mau-02a-hd-2023",),
        "Quang",
    ),
    # Ban Dân tộc, năm 2023
    "Tâm": Bound(
        _who(37, "Y Thanh Tâm", "Chuyên viên", "Phòng Chính sách", _BOARD, Subject.OFFICIAL, "party_member"),
        "quang-ngai-ethnic-2023",
        2023,
        ("mau-02a-hd-2023",),
    ),
    "Uyên": Bound(
        _who(
            38, "Đinh Tú Uyên", "Trưởng phòng", "Phòng Chính sách", _BOARD, Subject.OFFICIAL, "leader head party_member"
        ),
        "quang-ngai-ethnic-2023",
        2023,
        ("mau-02b-hd-2023",),
    ),
    "Vinh": Bound(
        _who(39, "Hà Quốc Vinh", "Lái xe", "Văn phòng Ban", _BOARD, Subject.WORKER),
        "quang-ngai-ethnic-2023",
        2023,
        ("mau-1269",),
    ),
    # Năm 2025: Hướng dẫn 43
    "Xuân": Bound(
        _who(
            41,
            "Lý Thanh Xuân",
            "Trưởng phòng",
            "Phòng Tổng hợp",
            _PROVINCE,
            Subject.OFFICIAL,
            "leader head party_member",
        ),
        "party-2025",
        2025,
        ("mau-02a-hd-2025",),
    ),
    "Yến": Bound(
        _who(42, "Trương Hải Yến", "Chuyên viên", "Phòng Tổng hợp", _PROVINCE, Subject.OFFICIAL, "party_member"),
        "party-2025",
        2025,
        ("mau-02b-hd-2025",),
    ),
    "Ân": Bound(
        _who(
            43,
            "Vũ Hoài Ân",
            "Đảng viên hưu trí",
            "Chi bộ khu phố 3",
            "Đảng bộ phường Bến Đò",
            Subject.PARTY_MEMBER,
            "party_member",
        ),
        "party-2025",
        2025,
        ("mau-02c-hd-2025",),
    ),
    "Banlãnhđạo": Bound(
        _who(44, "Tập thể lãnh đạo Ban", "", "Lãnh đạo Ban", _BOARD, Subject.COLLECTIVE),
        "party-2025",
        2025,
        ("mau-01-hd-2025",),
    ),
    # Năm 2026: Nghị định 335, bản theo dõi rồi bản của năm
    "Đạt": Bound(
        _who(51, "Mạc Tiến Đạt", "Chuyên viên", "Phòng Tổng hợp", _PROVINCE, Subject.OFFICIAL),
        "decree-335-2025",
        2026,
        ("mau-01-335", "mau-02-335"),
    ),
    "Hùng": Bound(
        _who(52, "Kiều Mạnh Hùng", "Trưởng phòng", "Phòng Tổng hợp", _PROVINCE, Subject.OFFICIAL, "leader head"),
        "decree-335-2025",
        2026,
        ("mau-01-335", "mau-02-335"),
    ),
    # Phiếu của một phòng và phiếu của một trung tâm, do người đứng đầu lập (Nghị định 335, 233)
    "Trúc": Bound(
        _who(
            53,
            "Giáp Thanh Trúc",
            "Trưởng phòng",
            "Phòng Kiểm soát thủ tục",
            _SCIENCE,
            Subject.OFFICIAL,
            "leader head",
            7,
        ),
        "decree-335-2025",
        2026,
        ("to-chuc-335",),
    ),
    "Ngô": Bound(
        _who(54, "Ngô Dạ Thảo", "Giám đốc", "Trung tâm Tin học", _SCIENCE, Subject.EMPLOYEE, "leader head", 8),
        "decree-233-2026",
        2026,
        ("don-vi-233",),
    ),
    # Huyện ủy, năm 2020
    "Kiên": Bound(
        _who(
            61,
            "Nông Trung Kiên",
            "Trưởng Ban Tổ chức",
            "Ban Tổ chức",
            _DISTRICT,
            Subject.CADRE,
            "leader head party_member",
        ),
        "son-duong-2020",
        2020,
        ("mau-01", "mau-06-qd11", "mau-02-hd-2019"),
    ),
    "Thư": Bound(
        _who(62, "Ma Anh Thư", "Phó Trưởng Ban", "Ban Tổ chức", _DISTRICT, Subject.CADRE, "leader deputy"),
        "son-duong-2020",
        2020,
        _SMALL_SON_DUONG,
    ),
    # Cơ sở điều dưỡng, năm 2021
    "Mai": Bound(
        _who(71, "Lò Thị Mai", "Trưởng phòng", "Phòng Y tế", _CENTRE, Subject.EMPLOYEE, "leader head party_member"),
        "son-la-rehab-2021",
        2021,
        ("mau-02a",),
    ),
    "Nhân": Bound(
        _who(72, "Quàng Văn Nhân", "Nhân viên", "Phòng Y tế", _CENTRE, Subject.EMPLOYEE, "party_member"),
        "son-la-rehab-2021",
        2021,
        ("mau-02b",),
    ),
    "Oanh": Bound(
        _who(73, "Cà Hoàng Oanh", "Điều dưỡng viên", "Phòng Y tế", _CENTRE, Subject.EMPLOYEE),
        "son-la-rehab-2021",
        2021,
        ("mau-02d",),
    ),
    "Chibộcơsở": Bound(
        _who(74, "Chi bộ Cơ sở Điều dưỡng", "", "Chi bộ", _CENTRE, Subject.PARTY_CELL),
        "son-la-rehab-2021",
        2021,
        ("mau-01-hd02",),
    ),
    "Phòngytế": Bound(
        _who(75, "Tập thể Phòng Y tế", "", "Phòng Y tế", _CENTRE, Subject.COLLECTIVE),
        "son-la-rehab-2021",
        2021,
        ("bao-cao-tap-the",),
    ),
    "Phượng": Bound(
        _who(76, "Tòng Bích Phượng", "Điều dưỡng viên", "Phòng Y tế", _CENTRE, Subject.EMPLOYEE, "party_member"),
        "son-la-rehab-2021",
        2021,
        _SMALL_SON_LA,
    ),
}
