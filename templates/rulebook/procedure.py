"""Words for the procedure after a review is handed in: approvals, special cases, petitions, orders."""

from rules.book.procedure import ApprovalRule, Consequence, DeciderTitle, Effect, Order, PetitionRule, Role, SpecialCase
from rules.nouns.rulings import OpinionKind
from templates.rulebook import words

ROLES = {
    Role.UNIT_HEAD: "người đứng đầu đơn vị",
    Role.DEPUTY: "cấp phó được phân công chủ trì",
    Role.IN_CHARGE: "lãnh đạo phụ trách",
    Role.AUTHORITY: "cấp có thẩm quyền",
    Role.PUBLIC_UNIT: "người đứng đầu đơn vị sự nghiệp công lập",
    Role.CELL: "chi ủy, chi bộ",
    Role.COMMITTEE: "cấp ủy có thẩm quyền",
}
EFFECTS = {
    Effect.NOT_REVIEWED: "không kiểm điểm",
    Effect.NOT_RATED: "kiểm điểm, không xếp loại",
    Effect.CAPPED: "bị khống chế mức xếp loại",
    Effect.TIME_WORKED: "theo thời gian làm việc thực tế, không khống chế",
    Effect.NO_MEETING: "gửi bản tự đánh giá, không phải họp",
    Effect.OPINION_ASKED: "lấy ý kiến",
    Effect.BY_CHOICE: "theo lựa chọn của cơ quan",
    Effect.FLAGGED: "báo phòng tổ chức",
    Effect.CAP_WAIVED: "có thể không áp dụng khống chế",
}
OPINIONS = {
    OpinionKind.OLD_UNIT: "nơi công tác trước khi chuyển đến",
    OpinionKind.TEMPORARY_CELL: "chi bộ nơi sinh hoạt tạm thời",
    OpinionKind.COMMITTEE: "cấp ủy đảng nơi công tác",
    OpinionKind.OTHER: "nơi khác có liên quan",
}
ORDERS = {
    Order.LOWER_FIRST: "Cấp dưới trước, cấp trên sau",
    Order.UNIT_FIRST: "Đơn vị trước, người của đơn vị sau",
    Order.COLLECTIVE_FIRST: "Tập thể trước, cá nhân sau",
    Order.CIVIL_FIRST: "Xếp loại cán bộ, công chức, viên chức trước, xếp loại đảng viên sau",
    Order.REVIEWED_FIRST: "Kiểm điểm xong mới xếp loại",
}


def approval(rule: ApprovalRule) -> str:
    """`là người đứng đầu: cấp phó được phân công chủ trì → lãnh đạo phụ trách → cấp có thẩm quyền quyết định`."""
    steps = [ROLES[step] for step in rule.steps if step is not Role.AUTHORITY]
    return f"{words.when(rule.when) or 'mọi người'}: {' → '.join((*steps, f'{ROLES[rule.decides]} quyết định'))}"


def decider(title: DeciderTitle) -> str:
    """`là người đứng đầu: người đứng đầu cơ quan quản lý công chức (ngoài cơ quan)`."""
    where = " (ngoài cơ quan)" if title.outside else ""
    return f"{words.when(title.when) or 'mọi người'}: {title.title}{where}"


def special_case(case: SpecialCase) -> str:
    """The title of the case, when it applies, and its effect."""
    effect = EFFECTS[case.effect] + (f" của {OPINIONS[case.opinion]}" if case.opinion else "")
    effect += "; quy định này đã chọn" if case.chosen else ""
    return f"{case.title} [{effect}]; khi {words.when(case.when)}"


def petition(rule: PetitionRule) -> str:
    """The time limit for answering a petition."""
    if rule.answer_within is None:
        return "Thời hạn trả lời kiến nghị: không thấy nêu"
    return f"Thời hạn trả lời kiến nghị: {rule.answer_within} ngày làm việc"


def consequence(one: Consequence) -> str:
    """A consequence: the rating, the number of consecutive years, for whom, and what follows."""
    years = f", {one.years} năm liên tiếp" if one.years > 1 else ""
    whom = words.when(one.when)
    return f"{words.rating(one.rating)}{years}: {one.text}" + (f"; với {whom}" if whom else "")


def room(clause: str) -> str:
    """The addition to a limit that the authority may exceed by decision."""
    return f"; cấp có thẩm quyền được quyết định cao hơn, có nêu lý do, theo {clause}" if clause else ""
