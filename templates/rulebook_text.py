"""A rulebook as plain Vietnamese text, for a jurist to check without reading code: flow, conditions, clauses."""

import html
from collections.abc import Iterator
from functools import cache
from typing import Any

from rules.clauses import Cap, Condition, Due, FormRule, Milestone, NotRatedRule, Quota, RatingRules
from rules.conditions import Test, When
from rules.forms import Form
from rules.rulebook import Head, Rulebook
from rules.values import OwedBy, Rating, Subject
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
_OWED_BY = {
    OwedBy.PERSON: "cá nhân",
    OwedBy.HEAD: "người đứng đầu đơn vị",
    OwedBy.DESK: "phòng tổ chức",
    OwedBy.AUTHORITY: "cấp có thẩm quyền",
}
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
_OWNERS = {"unit": "đơn vị gửi", "authority": "gửi cấp có thẩm quyền"}


def in_force(head: Head) -> str:
    """`20/08/2020 – 31/12/2022`."""
    until = f"{head.until:%d/%m/%Y}" if head.until else "nay"
    return f"{head.since:%d/%m/%Y} – {until}"


def text_of(book: Rulebook) -> str:
    """The whole rulebook as text."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: Rulebook) -> Iterator[str]:
    issued = book.issued
    date = f"{issued.date:%d/%m/%Y}" if issued.date else ""
    yield f"{book.id}: {book.title}"
    yield f"Ban hành: {', '.join(part for part in (issued.number, date, issued.by) if part)}"
    yield f"Áp dụng: {in_force(book.head)}"
    if book.head.extends:
        yield f"Điều không nói ở đây theo: {', '.join(book.head.extends)}"
    yield from _part("CHỌN MẪU (dòng đầu tiên khớp)", (_form_rule(book, rule) for rule in book.choose_form))
    for form in book.forms.values():
        yield from _part(f"{form.code} ({form.instrument}): {form.title} [{form.id}]", _form(form))
    for rules in book.ratings:
        leader = _TRAITS["leader", rules.leader]
        yield from _part(f"MỨC XẾP LOẠI: {SUBJECTS[rules.subject]}, {leader}", _ratings(rules))
    yield from _part("KHỐNG CHẾ MỨC XẾP LOẠI", (_cap(cap) for cap in book.caps))
    yield from _part("KHÔNG XẾP LOẠI", (_not_rated(rule) for rule in book.not_rated))
    yield from _part("TỶ LỆ", (_quota(quota) for quota in book.quotas))
    yield from _part("MỐC THỜI HẠN", (_milestone(milestone) for milestone in book.milestones))
    for owner, papers in book.dossier.items():
        yield from _part(
            f"HỒ SƠ ({_OWNERS.get(owner, owner)})", (f"- {paper.title} ({paper.cite})" for paper in papers)
        )
    yield from _part("GHI CHÚ", (f"- {note.text} ({'; '.join(note.cites)})" for note in book.notes))


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = [f"  {line}" for line in lines]
    if found:
        yield from ("", title, *found)


def _form_rule(book: Rulebook, rule: FormRule) -> str:
    return f"- {book.forms[rule.form].code}: {_when(rule.when) or 'mọi người'}{_source(rule.cite, rule.note)}"


def _form(form: Form) -> Iterator[str]:
    for section in form.sections:
        condition = f" [chỉ hỏi khi {_when(section.when)}]" if section.when else ""
        yield f"{section.number}. {section.title}{condition}".removeprefix(". ")
        for item in section.items:
            only = f" [chỉ hỏi khi {_when(item.when)}]" if item.when else ""
            yield f"  {item.number}. {item.title}{only}".replace("  . ", "  ")
            for question in item.questions:
                facts = ", ".join(rule.fact for rule in question.yields)
                yield f"    - {question.text}{f' → {facts}' if facts else ''}"


def _ratings(rules: RatingRules) -> Iterator[str]:
    for rating, conditions in rules.conditions.items():
        how = "một trong" if rating is Rating.NOT_COMPLETED else "tất cả"
        yield f"{_rating(rating)} ({how}):"
        yield from (f"  - {_condition(condition)}" for condition in conditions)
    yield from (f"Ghi chú: {note}" for note in rules.notes)


def _condition(condition: Condition) -> str:
    source = _source(condition.cite, condition.note, unverified=condition.unverified)
    return f"{_test(condition.test)}{source}"


def _cap(cap: Cap) -> str:
    limit = _rating(cap.at_most) if cap.at_most else f"theo {_fact(cap.at_most_fact).lower()}"
    return f"- Cao nhất {limit}: khi {_when(cap.when)}{_source(cap.cite, cap.note, unverified=cap.unverified)}"


def _not_rated(rule: NotRatedRule) -> str:
    return f"- Khi {_when(rule.when)}{_source(rule.cite, rule.note, unverified=rule.unverified)}"


def _quota(quota: Quota) -> str:
    per = ", ".join(quota.per)
    rest = f"; dưới {quota.when_below} thì được {quota.allow}" if quota.when_below else ""
    return f"- {_rating(quota.rating)}: không quá {quota.at_most_pct:g}% của {quota.of}, theo {per}{rest}{_source(quota.cite)}"


def _milestone(milestone: Milestone) -> str:
    source = _source(milestone.cite, milestone.note)
    return f"- {_due(milestone.due)}: {milestone.title} [{_OWED_BY[milestone.owed_by]}]{source}"


def _due(due: Due) -> str:
    day = f"{due.date:%d/%m/%Y}" if due.date else f"{due.day:02}/{due.month:02}"
    year = {1: " năm sau", -1: " năm trước"}.get(due.years, "")
    return f"{'trước ngày' if due.before else 'chậm nhất ngày'} {day}{year}"


def _source(cite: str, note: str = "", *, unverified: bool = False) -> str:
    told = f" ({cite})" + (" [chưa đối chiếu nguyên văn]" if unverified else "")
    return f"{told} — {note}" if note else told


def _when(when: When) -> str:
    return "; ".join(_test(test) for test in when.tests)


def _test(test: Test) -> str:
    if test.fact == "subject":
        several = test.value if isinstance(test.value, tuple) else (test.value,)
        return ", ".join(SUBJECTS[Subject(str(one))] for one in several)
    if (test.fact, test.value) in _TRAITS and isinstance(test.value, bool):
        return _TRAITS[test.fact, test.value]
    return f"{_fact(test.fact)}: {_plain(_words().wanted(test.fact, test.op, test.value))}"


def _fact(name: str) -> str:
    return _plain(_words().fact_name(name))


def _rating(rating: Rating) -> str:
    return _plain(_module("review/_ratings.j2").rating(rating.value))


def _words() -> Any:
    return _module("review/_facts.j2")


@cache
def _module(name: str) -> Any:
    return environment("vi").get_template(name).module


def _plain(words: object) -> str:
    return html.unescape(str(words)).strip()
