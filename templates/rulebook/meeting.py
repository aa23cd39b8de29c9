"""A rulebook's rules about meetings, in words."""

from collections.abc import Mapping

from rules.book.meeting import (
    Attending,
    AttendRule,
    BeforeRule,
    Chair,
    ChairRule,
    QuorumRule,
    Tag,
    Written,
    WrittenRule,
)

MeetingRule = ChairRule | BeforeRule | AttendRule | QuorumRule | WrittenRule

TAGS: Mapping[Tag, str] = {
    Tag.COLLECTIVE: "tập thể",
    Tag.INDIVIDUAL: "cá nhân",
    Tag.HEAD: "người đứng đầu",
    Tag.DEPUTY: "cấp phó",
    Tag.STAFF: "người không là người đứng đầu, cấp phó",
    Tag.LEADER: "người giữ chức vụ lãnh đạo, quản lý",
    Tag.OTHERS: "người không giữ chức vụ lãnh đạo, quản lý",
    Tag.CIVIL: "chính quyền, chuyên môn",
    Tag.PARTY: "tổ chức đảng, đảng viên",
    Tag.PARTY_GROUP: "tổ đảng",
    Tag.PARTY_CELL: "chi bộ",
}
CHAIRS: Mapping[Chair, str] = {Chair.HEAD: "người đứng đầu", Chair.DEPUTY: "cấp phó"}
ATTENDING: Mapping[Attending, str] = {
    Attending.UNIT: "mọi người của đơn vị",
    Attending.INVITED: "người được mời",
}
WRITTEN: Mapping[Written, str] = {
    Written.COMMENTS: "ý kiến góp ý",
    Written.RATING: "mức đề nghị xếp loại",
    Written.BALLOTS: "kết quả kiểm phiếu",
    Written.ADOPTED: "việc thông qua biên bản",
}


def meeting_rule(rule: MeetingRule) -> str:
    """A rule about meetings as a sentence."""
    match rule:
        case ChairRule():
            of = f" khi kiểm điểm {TAGS[rule.of]}" if rule.of else ""
            return f"Chủ trì{of}: {CHAIRS[rule.who]}"
        case BeforeRule():
            return f"Thứ tự: {_all(rule.first)} trước, {_all(rule.then)} sau"
        case AttendRule():
            return f"Thành phần: {ATTENDING[rule.who]}"
        case QuorumRule():
            least = "trên" if rule.more_than else "ít nhất"
            return f"Số người phải có mặt: {least} {rule.share}"
        case WrittenRule():
            return f"Ghi biên bản: {WRITTEN[rule.what]}"


def _all(tags: tuple[Tag, ...]) -> str:
    return ", ".join(TAGS[one] for one in tags)
