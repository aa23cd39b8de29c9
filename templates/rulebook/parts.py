"""A rulebook part by part, line by line, in plain Vietnamese: what the text and the page for a jurist both show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.book.clauses import Cap, Condition, FormRule, Meeting, NotRatedRule, Quota, RatingRules
from rules.book.editions import Dated
from rules.book.procedure import Procedure
from rules.book.rulebook import Rulebook, RulebookHead
from rules.book.scores import ScoreTable
from rules.forms.form import Form, Item, Section
from rules.nouns.values import Rating
from templates.rulebook import procedure as told
from templates.rulebook import words


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `depth`: how far it is indented; `marked`: it stands in a list; `facts`: what an answer tells."""

    text: str
    cite: str = ""
    note: str = ""
    unverified: bool = False
    depth: int = 0
    marked: bool = True
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulebookPart:
    """A part with its title."""

    title: str
    lines: tuple[Statement, ...]


def amended(book: Rulebook) -> Iterator[Statement]:
    """By which documents, each with its first day in force."""
    for one in book.amended:
        text = f"{one.number} ngày {one.date:%d/%m/%Y}, có hiệu lực từ {one.in_force:%d/%m/%Y}"
        yield Statement(text, note=one.note, unverified=one.unverified)


def _dated(text: str, rule: Dated) -> str:
    """The text of a rule with its first and last day in force, if it has any."""
    days = (
        f"từ {rule.since:%d/%m/%Y}" if rule.since else "",
        f"đến {rule.until:%d/%m/%Y}" if rule.until else "",
    )
    said = " ".join(day for day in days if day)
    return f"{text} [có hiệu lực {said}]" if said else text


def in_force(head: RulebookHead) -> str:
    """`20/08/2020 – 31/12/2022`."""
    until = f"{head.until:%d/%m/%Y}" if head.until else "nay"
    return f"{head.since:%d/%m/%Y} – {until}"


def parts(book: Rulebook) -> tuple[RulebookPart, ...]:
    """All that the rulebook says, in its order; parts without a line are left out."""
    return tuple(part for part in (RulebookPart(title, tuple(lines)) for title, lines in _parts(book)) if part.lines)


def _parts(book: Rulebook) -> Iterator[tuple[str, Iterable[Statement]]]:
    yield "ĐƯỢC SỬA ĐỔI BỞI", amended(book)
    yield "CHỌN MẪU (dòng đầu tiên khớp)", (_form_rule(book, rule) for rule in book.choose_form)
    yield "MẪU LÀM THÊM (mọi dòng khớp)", (_form_rule(book, rule) for rule in book.also_fill)
    for form in book.forms.values():
        yield f"{form.code} ({form.instrument}): {form.title} [{form.id}]", _form(form)
    for rules in book.ratings:
        whom = f"{words.SUBJECTS[rules.subject]}, {words.leading(leader=rules.leader)}"
        yield f"MỨC XẾP LOẠI: {whom}", _ratings(rules)
    yield "KHỐNG CHẾ MỨC XẾP LOẠI", (_cap(cap) for cap in book.caps)
    yield "KHÔNG XẾP LOẠI", (_not_rated(rule) for rule in book.not_rated)
    yield "TỶ LỆ", (_quota(one) for one in book.quotas)
    yield "CÁCH TÍNH ĐIỂM", _scores(book)
    for table in book.tables.values():
        yield f"BẢNG ĐIỂM: {table.title} [{table.id}]", _table(table)
    yield "TRÌNH TỰ HỌP", (line for meeting in book.meetings for line in _meeting(meeting))
    yield "BỎ PHIẾU", (Statement(words.ballot(one), one.cite, one.note, one.unverified) for one in book.ballots)
    yield from _procedure(book.procedure)
    yield (
        "MỐC THỜI HẠN",
        (
            Statement(
                f"{words.due(one.due)}: {one.title} [{words.OWED_BY[one.owed_by]}]", one.cite, one.note, one.unverified
            )
            for one in book.milestones
        ),
    )
    for owner, papers in book.dossier.items():
        title = f"HỒ SƠ ({words.OWNERS.get(owner, owner)})"
        yield title, (Statement(paper.title, paper.cite, paper.note, paper.unverified) for paper in papers)
    yield (
        "GHI CHÚ",
        (Statement(_dated(note.text, note), "; ".join(note.cites), unverified=note.unverified) for note in book.notes),
    )


def _procedure(procedure: Procedure) -> Iterator[tuple[str, Iterable[Statement]]]:
    yield (
        "TRÌNH TỰ NHẬN XÉT, QUYẾT ĐỊNH (dòng đầu tiên khớp)",
        (Statement(told.approval(one), one.cite, one.note, one.unverified) for one in procedure.approvals),
    )
    yield (
        "TRƯỜNG HỢP RIÊNG",
        (Statement(told.special_case(one), one.cite, one.note, one.unverified) for one in procedure.special_cases),
    )
    yield (
        "THỨ TỰ XẾP LOẠI",
        (Statement(told.ORDERS[one.order], one.cite, one.note, one.unverified) for one in procedure.orders),
    )
    rule = procedure.petitions
    yield "KIẾN NGHỊ", [Statement(told.petition(rule), rule.cite, rule.note, rule.unverified)] if rule else []


def _form_rule(book: Rulebook, rule: FormRule) -> Statement:
    period = "" if rule.period == "year" else f" [mỗi {words.PERIODS[rule.period]}]"
    text = f"{book.forms[rule.form].code}: {words.when(rule.when) or 'mọi người'}{period}"
    return Statement(text, rule.cite, rule.note, rule.unverified)


def _form(form: Form) -> Iterator[Statement]:
    if form.use != "review":
        yield Statement(f"{words.USES[form.use]}; người lập: {form.filled_by}", marked=False)
    if form.note or form.unverified:
        yield Statement("Về mẫu này", form.cite, form.note, form.unverified, marked=False)
    for section in form.sections:
        yield _section(section)
        for item in section.items:
            yield _item(item)
            for question in item.questions:
                facts = tuple(rule.fact for rule in question.yields)
                yield Statement(
                    _dated(question.text, question), "", question.note, question.unverified, depth=2, facts=facts
                )


def _section(section: Section) -> Statement:
    condition = f" [chỉ hỏi khi {words.when(section.when)}]" if section.when else ""
    return Statement(f"{section.number}. {section.title}{condition}".removeprefix(". "), marked=False)


def _item(item: Item) -> Statement:
    only = f" [chỉ hỏi khi {words.when(item.when)}]" if item.when else ""
    text = f"{item.number}. {item.title}{only}".removeprefix(". ")
    return Statement(text, "", item.note, item.unverified, depth=1, marked=False)


def _ratings(rules: RatingRules) -> Iterator[Statement]:
    for rating, conditions in rules.conditions.items():
        how = "một trong" if rating is Rating.NOT_COMPLETED else "tất cả"
        yield Statement(f"{words.rating(rating)} ({how}):", marked=False)
        yield from (_condition(rating, condition) for condition in conditions)
    if rules.otherwise:
        between = ", ".join(words.rating(rating) for rating in rules.otherwise.possible)
        text = f"Không mức nào đủ điều kiện: cấp có thẩm quyền quyết định giữa {between}"
        yield Statement(text, rules.otherwise.cite, rules.otherwise.note, rules.otherwise.unverified)
    yield from (Statement(f"Ghi chú: {note}", marked=False) for note in rules.notes)


def _condition(rating: Rating, condition: Condition) -> Statement:
    how = "cùng có đủ" if rating is Rating.NOT_COMPLETED else "chỉ cần một"
    group = f" [nhóm {condition.group}: {how}]" if condition.group else ""
    text = _dated(words.comparison(condition.test) + group, condition)
    return Statement(text, condition.cite, condition.note, condition.unverified, depth=1)


def _cap(cap: Cap) -> Statement:
    limit = words.rating(cap.at_most) if cap.at_most else f"theo {words.fact(cap.at_most_fact).lower()}"
    text = f"Cao nhất {limit}: khi {words.when(cap.when)}{told.room(cap.room)}"
    return Statement(_dated(text, cap), cap.cite, cap.note, cap.unverified)


def _quota(rule: Quota) -> Statement:
    room = "" if rule.by_decision_pct else told.room(rule.room)  # the share by decision says it
    return Statement(_dated(words.quota(rule) + room, rule), rule.cite, rule.note, rule.unverified)


def _not_rated(rule: NotRatedRule) -> Statement:
    return Statement(_dated(f"Khi {words.when(rule.when)}", rule), rule.cite, rule.note, rule.unverified)


def _scores(book: Rulebook) -> Iterator[Statement]:
    rule = book.scores.ledger
    if rule:
        text = (
            f"Sổ sản phẩm: nhiều nhất {rule.groups_at_most} nhóm; mỗi lỗi nội dung trừ {rule.fault_takes_pct:g}% điểm chất "
            f"lượng, mỗi lần chậm trừ {rule.lateness_takes_pct:g}% điểm tiến độ của sản phẩm"
        )
        yield Statement(text, rule.cite, rule.note, rule.unverified)
    for formula in book.scores.formulas:
        yield Statement(words.formula(formula), formula.cite, formula.note, formula.unverified)


def _table(table: ScoreTable) -> Iterator[Statement]:
    yield Statement(f"Tối đa {table.maximum:g} điểm", table.cite, table.note, table.unverified, marked=False)
    for group in table.groups:
        yield Statement(f"{group.number}. {group.title}".removeprefix(". "), marked=False)
        for row in group.criteria:
            yield Statement(f"{row.number}. {row.title}: {row.maximum:g}".removeprefix(". "), depth=1)


def _meeting(meeting: Meeting) -> Iterator[Statement]:
    who = [
        f"chủ trì: {meeting.led_by}" if meeting.led_by else "",
        f"dự: {meeting.attended_by}" if meeting.attended_by else "",
    ]
    text = "; ".join(part for part in (meeting.title, *who) if part)
    yield Statement(text, meeting.cite, meeting.note, meeting.unverified)
    yield from (Statement(step, depth=1) for step in meeting.steps)
