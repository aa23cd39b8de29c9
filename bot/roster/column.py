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


#: Kind → the name of the sentence that says what it takes, and what fills it.
_WANTED: Mapping[CellKind, tuple[str, Mapping[str, str]]] = {
    CellKind.TEXT: ("cell_text", {"limit": str(MAX_CHARS)}),
    CellKind.DAY: ("cell_day", {}),
    CellKind.LEAVES: (
        "cell_leaves",
        {"example": "ốm 05/03/2020-20/06/2020; thai sản 01/09/2020-", "expected": ", ".join(LEAVE_KINDS)},
    ),
    CellKind.RATINGS: (
        "cell_ratings",
        {"example": "2019: hoàn thành tốt; 2018: không hoàn thành", "expected": ", ".join(RATINGS)},
    ),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the metadata of a field of a row (bot/roster/columns.py), from which `key` and `required` come.

    `words` lists what may stand in it (lower case → value). `required`: no cell may be empty. `since_first`: the column
    has been there from the beginning and may not be missing; the others may, and are then empty.
    """

    title: str
    hint: str
    example: str
    kind: CellKind = CellKind.TEXT
    since_first: bool = False
    words: Mapping[str, object] = field(default_factory=dict)
    key: str = ""
    required: bool = False

    @property
    def wanted(self) -> tuple[str, Mapping[str, str]]:
        """The name of the sentence that says what the column takes, and what fills it."""
        if self.kind is CellKind.WORD:
            return "one_of", {"expected": ", ".join(word for word in self.words if word)}
        if self.kind is CellKind.TEXT and self.required:
            return "not_empty", {}
        return _WANTED[self.kind]
