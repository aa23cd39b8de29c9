"""The review that is counted, as tables: the answers of one person, by the keys of questions, fields and items in the
rulebooks.

A value is the last part of a button's data. Texts are typed where no button has the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the year, with a value for each field of the list."""

    name: str
    parts: Mapping[str, str]


_ORDINARY = {
    "done_pct": "100",
    "done": "true",
    "on_time": "true",
    "quality": "true",
    "efficiency": "adequate",
    "exceeded": "false",
}

TASKS = (
    Task("Tham mưu 12 báo cáo tháng về cải cách hành chính", _ORDINARY),
    Task("Xây dựng kế hoạch cải cách hành chính năm sau", _ORDINARY),
    Task("Tiếp nhận, trả 460 hồ sơ một cửa", _ORDINARY),
    Task("Số hóa hồ sơ lưu trữ giai đoạn 2015 – 2019", _ORDINARY),
    Task("Phục vụ 24 cuộc họp của lãnh đạo", _ORDINARY),
    Task("Rà soát 35 thủ tục hành chính nội bộ", _ORDINARY),
)

#: The values of all tasks in one text, for screens on which they can be given together.
FIGURES = "Tất cả 100%, đúng hạn, bảo đảm chất lượng, hiệu quả, không vượt mức"

_LONG = {
    "strengths": "Chủ động trong công việc; phối hợp tốt với đồng nghiệp và các phòng; không để hồ sơ quá hạn.",
    "shortcomings": "Hai báo cáo quý còn gửi sát hạn; năm tới sẽ lập lịch và gửi trước hai ngày.",
}

#: Texts typed in the party's form where nothing can be taken over.
_MEMBER = {
    "birth": "05/9/1984",
    "cell": "Chi bộ Hành chính – Tổ chức",
    "party_post": "Đảng viên",
    "union_post": "Đoàn viên công đoàn",
    "virtue": "Lập trường vững vàng, dự đủ các đợt học tập nghị quyết, giữ gìn đoàn kết trong chi bộ.",
    "s1a": "Chấp hành chủ trương của Đảng, dự đủ các đợt học tập nghị quyết.",
    "s1b": "Sống trung thực, giản dị, giữ gìn đoàn kết trong chi bộ.",
    "s1c": "Chấp hành kỷ luật Đảng, sinh hoạt chi bộ đều, đóng đảng phí đúng hạn.",
    "s1d": "Làm việc có kế hoạch, lắng nghe đồng nghiệp và người dân.",
    "s1e": "Đã tự liên hệ, không có biểu hiện suy thoái.",
    "duties": "Tham mưu đúng chức trách được giao, không để hồ sơ quá hạn.",
    "s2a": "Tham mưu đúng chức trách được giao, không để hồ sơ quá hạn.",
    "s2c": "Nhận trách nhiệm về hai báo cáo quý gửi sát hạn.",
    "s3": "Đã thực hiện năm trên sáu nội dung cam kết.",
    "pledge": "Đã thực hiện năm trên sáu nội dung cam kết.",
    "causes": "Chưa chủ động lập lịch công việc từ đầu tháng.",
    "s_fixed": "Việc gửi báo cáo chậm của năm trước đã khắc phục.",
    "plan": "Lập lịch báo cáo từ đầu tháng, gửi trước hạn hai ngày.",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person with all their answers."""

    #: Question, field of a task, or item → the value of the button.
    pressed: Mapping[str, str]
    #: Question → text.
    typed: Mapping[str, str]
    #: Optional questions that are skipped.
    left_out: frozenset[str]
    #: The note added to one criterion.
    evidence: str
    tasks: tuple[Task, ...] = TASKS
    #: The reason for a self-rating above the suggestion.
    reason: str = field(default="Có sáng kiến được công nhận.")


_CRITERIA = {f"c{item}{letter}": "good" for item in range(1, 5) for letter in "abcd"}
_ITEMS = {f"i{item}": "good" for item in range(1, 5)}

WRITER = Person(
    pressed={
        **_CRITERIA,
        **_ITEMS,
        "c6": "good",
        "months_worked": "12",
        "leave_months": "0",
        "maternity_leave": "false",
        "disciplined": "false",
        "degradation": "false",
        "since_joined": "12",
        "civil_servant": "true",
        "outstanding": "false",
        "l1": "good",
        "l2": "good",
        "l3": "good",
        "self_rating": "good",
        "civil_rating": "good",
        **{part: value for part, value in _ORDINARY.items() if part != "done"},
    },
    typed={**_LONG, **_MEMBER},
    left_out=frozenset({"explained", "own_part", "faults", "month_notes"}),
    evidence="Đã học đủ bốn chuyên đề do chi bộ tổ chức.",
)
