"""A column of a roster: what stands in its cells, and the words a clerk may choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.nouns.service import LeaveKind
from rules.nouns.values import Rating, Subject

#: No name, position or unit of a roster is longer.
MAX_CHARS = 200

YES_NO = {"có": True, "không": False}
SUBJECTS = {
    "công chức": Subject.OFFICIAL,
    "viên chức": Subject.EMPLOYEE,
    "người lao động": Subject.WORKER,
    "cán bộ": Subject.CADRE,
    "đảng viên": Subject.PARTY_MEMBER,
    "tập thể": Subject.COLLECTIVE,
    "chi bộ": Subject.PARTY_CELL,
    "tổ đảng": Subject.PARTY_GROUP,
    "tổ chức": Subject.ORGANISATION,
}
ROLES = {"người đứng đầu": "head", "cấp phó": "deputy", "": ""}
LEAVE_KINDS = {
    "ốm": LeaveKind.SICK,
    "thai sản": LeaveKind.MATERNITY,
    "không hưởng lương": LeaveKind.UNPAID,
    "đình chỉ": LeaveKind.SUSPENDED,
    "đình chỉ sinh hoạt đảng": LeaveKind.PARTY_SUSPENDED,
    "khác": LeaveKind.OTHER,
}
RATINGS = {
    "hoàn thành xuất sắc": Rating.EXCELLENT,
    "hoàn thành tốt": Rating.GOOD,
    "hoàn thành": Rating.COMPLETED,
    "không hoàn thành": Rating.NOT_COMPLETED,
}


class CellKind(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    WORD = "word"  # one of `Column.words`
    DAY = "day"
    LEAVES = "leaves"  # times away, in one text
    RATINGS = "ratings"  # results of earlier years, in one text


_DAY = "ngày dạng dd/mm/yyyy, ví dụ 01/09/2020"
_EXPECTED = {
    CellKind.DAY: f"cần {_DAY}",
    CellKind.LEAVES: (
        f"cần dạng “ốm 05/03/2020-20/06/2020; thai sản 01/09/2020-”, loại là một trong: {', '.join(LEAVE_KINDS)}; "
        "còn đang nghỉ thì để trống ngày cuối"
    ),
    CellKind.RATINGS: f"cần dạng “2019: hoàn thành tốt; 2018: không hoàn thành”, mức là một trong: {', '.join(RATINGS)}",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `words` lists what may stand in it (lower case → value).

    `required`: no cell may be empty. `since_first`: the column has been there from the beginning and may not be
    missing; the others may, and are then empty. `otherwise`: the value of an empty cell.
    """

    key: str
    title: str
    hint: str
    example: str
    kind: CellKind = CellKind.TEXT
    required: bool = False
    since_first: bool = False
    words: Mapping[str, object] = field(default_factory=dict)
    otherwise: object = ""

    @property
    def expected(self) -> str:
        """What the column takes, in words."""
        if self.kind is CellKind.WORD:
            return "cần một trong: " + ", ".join(word for word in self.words if word)
        if self.kind is not CellKind.TEXT:
            return _EXPECTED[self.kind]
        return "không được để trống" if self.required else f"cần chữ, tối đa {MAX_CHARS} ký tự"
