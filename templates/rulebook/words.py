"""Words for the elements of a rulebook: subjects, conditions, dates, formulas. Facts have the same names as in the
chat.
"""

import html
from collections.abc import Mapping
from functools import cache
from math import inf
from typing import Any

from rules.book.ballots import Ballot
from rules.book.clauses import Due, Quota
from rules.book.dossier import DossierPart, DossierSets, Kept, Of, Per
from rules.book.procedure import Role
from rules.book.rounds import Reaches
from rules.book.scores import Formula, Operation
from rules.nouns.conditions import Test, When
from rules.nouns.values import OwedBy, Rating, Subject
from templates.wording import environment

SUBJECTS = {
    Subject.OFFICIAL: "công chức",
    Subject.EMPLOYEE: "viên chức",
    Subject.WORKER: "người lao động",
    Subject.CADRE: "cán bộ",
    Subject.PARTY_MEMBER: "đảng viên",
    Subject.COLLECTIVE: "tập thể",
    Subject.PARTY_CELL: "chi bộ",
    Subject.PARTY_GROUP: "tổ đảng",
    Subject.ORGANISATION: "cơ quan, tổ chức, đơn vị",
}
OWED_BY = {
    OwedBy.PERSON: "cá nhân",
    OwedBy.HEAD: "người đứng đầu đơn vị",
    OwedBy.DESK: "phòng tổ chức",
    OwedBy.AUTHORITY: "cấp có thẩm quyền",
}
OWNERS = {Of.UNIT: "đơn vị gửi", Of.PERSON: "của từng người", Of.AUTHORITY: "gửi cấp có thẩm quyền"}
PLACES = {Per.PERSON: "mỗi người một tệp", Per.UNIT: "mỗi đơn vị một tệp", Per.OFFICE: "một tệp của cơ quan"}
KEPT = {Kept.RULINGS: "quyết định đã có", Kept.PETITIONS: "kiến nghị đã có", Kept.OPINIONS: "ý kiến đã có"}
REACHES = {
    Reaches.CHOSEN: "gửi tập thể, cá nhân được chọn",
    Reaches.UNIT: "gửi cả đơn vị",
    Reaches.OFFICE: "gửi cả cơ quan",
    Reaches.BELOW: "gửi cấp dưới trực tiếp",
    Reaches.PEERS: "gửi tập thể lãnh đạo cùng cấp",
    Reaches.SUPERIOR: "gửi cấp trên trực tiếp",
    Reaches.BODIES: "gửi các cơ quan được xin ý kiến",
}
OF_TABLES = {"unit": "mỗi đơn vị một biểu", "office": "một biểu của cơ quan"}
NOT_PRINTED = "văn bản không in mẫu biểu"
PERIODS = {"year": "năm", "half": "6 tháng", "quarter": "quý", "month": "tháng"}
USES = {
    "tracking": "phiếu theo dõi",
    "opinion": "phiếu lấy ý kiến",
    "ballot": "phiếu bầu, biểu quyết",
    "proposal": "tờ đề nghị",
    "summary": "bảng tổng hợp",
}
#: The words by which a note or help text reveals an exception (`rules.checks.exceptions`).
EXCEPTIONS = ("trừ trường hợp", "trừ khi có", "ngoại trừ", "không áp dụng với", "không tính vào")
_TRAITS = {
    ("leader", True): "giữ chức vụ lãnh đạo, quản lý",
    ("leader", False): "không giữ chức vụ lãnh đạo, quản lý",
    ("head", True): "là người đứng đầu",
    ("head", False): "không là người đứng đầu",
    ("deputy", True): "là cấp phó",
    ("deputy", False): "không là cấp phó",
    ("party_member", True): "là đảng viên",
    ("party_member", False): "không là đảng viên",
    ("serves_public", True): "tiếp dân, doanh nghiệp",
    ("serves_public", False): "không tiếp dân, doanh nghiệp",
}
_BASES = {
    "good": "số xếp loại hoàn thành tốt nhiệm vụ",
    "good_or_better": "số xếp loại từ hoàn thành tốt nhiệm vụ trở lên",
    "rated": "số được xếp loại",
    "staff": "tổng số người",
}
_DIVISIONS = {
    "office": "toàn cơ quan",
    "unit": "từng đơn vị",
    "group": "từng nhóm",
    "unit+group": "từng nhóm của từng đơn vị",
}

#: Who is told of results besides the person.
ROLES_TOLD: Mapping[Role, str] = {Role.UNIT_HEAD: "Người đứng đầu đơn vị", Role.IN_CHARGE: "Lãnh đạo phụ trách đơn vị"}


def when(condition: When) -> str:
    """`công chức; giữ chức vụ lãnh đạo, quản lý`; "" for everybody."""
    told = [comparison(test) for test in condition.tests]
    if condition.any:
        told.append(
            "một trong: " + " | ".join(", ".join(comparison(test) for test in one.tests) for one in condition.any)
        )
    return "; ".join(told)


def comparison(test: Test) -> str:
    """`Nhiệm vụ hoàn thành vượt mức: từ 50% trở lên`."""
    if test.fact == "subject":
        several = test.value if isinstance(test.value, tuple) else (test.value,)
        return ", ".join(SUBJECTS[Subject(str(one))] for one in several)
    if (test.fact, test.value) in _TRAITS and isinstance(test.value, bool):
        return _TRAITS[test.fact, test.value]
    return f"{fact(test.fact)}: {_plain(_words().wanted(test.fact, test.op, test.value))}"


def condition(test: Test) -> str:
    """A comparison inside a sentence."""
    told = comparison(test)
    return told[:1].lower() + told[1:]


def leading(*, leader: bool) -> str:
    """Whether somebody leads, in words."""
    return _TRAITS["leader", leader]


def fact(name: str) -> str:
    """The name of a fact, or of an intermediate value of formulas."""
    return _plain(_words().fact_name(name))


def rating(value: Rating) -> str:
    """The name of a rating."""
    return _plain(_module("review/_ratings.j2").rating(value.value))


def due(day: Due) -> str:
    """`trước ngày 15/12`."""
    named = f"{day.date:%d/%m/%Y}" if day.date else f"{day.day:02}/{day.month:02}"
    year = {1: " năm sau", -1: " năm trước"}.get(day.years, "")
    return f"{'trước ngày' if day.before else 'chậm nhất ngày'} {named}{year}"


def quota(rule: Quota) -> str:
    """A quota as a sentence."""
    told = [f"{rating(rule.rating)}: không quá {rule.at_most_pct:g}% của {_BASES[rule.of]}"]
    told.append(f"tính theo {', '.join(_DIVISIONS[division] for division in rule.per)}")
    if rule.subject:
        told.append(f"danh sách {', '.join(SUBJECTS[one] for one in rule.subject)}")
    if rule.leader is not None:
        told.append(f"chỉ với người {leading(leader=rule.leader)}")
    if rule.when_below:
        whole = " (kể cả người, đơn vị chưa đạt mức đó)" if rule.below_of == "staff" else ""
        told.append(f"nơi có dưới {rule.when_below}{whole} thì được {rule.allow}")
    if rule.at_most_count is not None:
        told.append(f"tối đa {rule.at_most_count}")
    if rule.by_decision_pct:
        only = f", chỉ khi {condition(rule.by_decision_when)}" if rule.by_decision_when else ""
        told.append(f"có thể tới {rule.by_decision_pct:g}% theo quyết định của cấp có thẩm quyền{only}")
    if rule.stage == "proposal":
        told.append("khi đề nghị")
    return "; ".join(told)


def ballot(vote: Ballot) -> str:
    """A ballot as a sentence."""
    told = [vote.title]
    if vote.secret is not None:
        told.append("bỏ phiếu kín" if vote.secret else "biểu quyết công khai")
    if vote.share:
        part, whole = vote.share
        told.append(f"cần {'trên' if vote.more_than else 'ít nhất'} {part}/{whole} {vote.of}".strip())
    if vote.within_quota:
        told.append("lấy từ cao xuống thấp đến khi đủ chỉ tiêu")
    if vote.tie:
        told.append(f"ngang phiếu: {vote.tie}")
    elif vote.tie_to:
        told.append(f"ngang phiếu ở chỉ tiêu cuối: {vote.tie_to} quyết định")
    return "; ".join(told)


def formula(rule: Formula) -> str:
    """`Tổng điểm = Điểm tiêu chí chung + Điểm kết quả`."""
    names = [fact(name) for name in rule.inputs]
    match rule.operation:
        case Operation.SUM:
            told = " + ".join(names)
        case Operation.MEAN:
            told = f"({' + '.join(names)}) / {len(names)}" if len(names) > 1 else f"trung bình của {names[0].lower()}"
        case Operation.MEAN_OWED:
            told = "trung bình của điểm các tháng phải có trong kỳ"
        case Operation.COUNT:
            told = _counted(rule)
        case Operation.PERCENT:
            told = f"{names[0]} × {rule.of:g}"
        case Operation.RATIO:
            told = f"{names[0]} / {names[1]}"
    limits = [("cao nhất", rule.at_most), ("thấp nhất", rule.at_least)]
    limited = "".join(f", {word} {limit:g}" for word, limit in limits if limit is not None)
    whom = f" [{when(rule.when)}]" if rule.when.tests else ""
    return f"{fact(rule.gives)} = {told}{limited}{whom}"


def comes_from(part: DossierPart, tables: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """The source of a paper of a dossier. `tables`, `codes`: table titles and form codes, by key."""
    told = []
    if part.forms:
        told.append(f"văn bản {', '.join(codes[form] for form in part.forms)}")
    if part.table:
        told.append(f"biểu “{tables[part.table]}”")
    if part.kept:
        told.append(KEPT[part.kept])
    if part.outside and part.owed_by and part.per:
        told.append(f"tệp do {OWED_BY[part.owed_by]} nộp, {PLACES[part.per]}")
    if part.of_office:
        told.append("chỉ của chính cơ quan")
    if part.when.tests or part.when.any:
        told.append(when(part.when))
    if part.only_for:
        told.append(f"chỉ với {part.only_for}")
    return "; ".join((*told, *(["nếu có"] if part.if_any else [])))


def sets(rule: DossierSets) -> str:
    """The number of sets of a dossier."""
    whose = f", với {', '.join(rule.positions)}" if rule.positions else ""
    return f"Hồ sơ {OWNERS[rule.of]}{whose}: {rule.copies:02} bộ"


def _counted(rule: Formula) -> str:
    """`số quý được xếp loại Hoàn thành xuất sắc nhiệm vụ`; `số tháng từ 90 điểm, dưới 95 điểm`."""
    if rule.rated:
        return f"số quý được xếp loại {' hoặc '.join(rating(Rating(one)) for one in rule.rated)}"
    low, high = rule.scored
    bounds = [f"từ {low:g} điểm" if low else "", f"dưới {high:g} điểm" if high < inf else ""]
    return f"số tháng {', '.join(one for one in bounds if one)}"


def _words() -> Any:
    return _module("review/_facts.j2")


@cache
def _module(name: str) -> Any:
    return environment("vi").get_template(name).module


def _plain(words: object) -> str:
    return html.unescape(str(words)).strip()
