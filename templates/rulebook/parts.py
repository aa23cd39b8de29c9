"""A rulebook part by part, line by line, in plain Vietnamese; shared by the text and the page for jurists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from rules.book.clauses import Cap, Condition, FormRule, Meeting, NotRatedRule, Quota, RatingRules
from rules.book.dossier import DossierItem
from rules.book.editions import Dated
from rules.book.procedure import Procedure
from rules.book.rounds import RoundRule
from rules.book.rulebook import Rulebook, RulebookHead
from rules.book.scores import ScoreTable
from rules.book.summaries import SummaryTable
from rules.book.texts import LawText
from rules.book.upward import ConsultRule, SendRule
from rules.forms.form import Form, Item, Section
from rules.nouns.conditions import When
from rules.nouns.values import Rating
from templates.rulebook import procedure as told
from templates.rulebook import words
from templates.rulebook.meeting import MeetingRule, meeting_rule
from templates.rulebook.upward import upward_rules


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a rulebook."""

    text: str
    cite: str = ""
    note: str = ""
    unverified: bool = False
    #: A note that only the desk reads.
    desk_note: str = ""
    #: The level of indentation.
    depth: int = 0
    #: It is an element of a list.
    marked: bool = True
    #: The facts that an answer gives.
    facts: tuple[str, ...] = ()


class _Cited(Protocol):
    """A rule with its clause and remarks."""

    @property
    def cite(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def unverified(self) -> bool: ...
    @property
    def desk_note(self) -> str: ...


def _said(text: str, rule: _Cited, depth: int = 0, *, marked: bool = True) -> Statement:
    """A statement with the clause and all remarks of its rule."""
    return Statement(text, rule.cite, rule.note, rule.unverified, rule.desk_note, depth, marked)


@dataclass(frozen=True, slots=True)
class RulebookPart:
    """A part of a rulebook, with its title."""

    title: str
    lines: tuple[Statement, ...]


def amended(book: Rulebook) -> Iterator[Statement]:
    """The amending documents, each with its first day in force."""
    for one in book.amended:
        text = f"{one.number} ngày {one.date:%d/%m/%Y}, có hiệu lực từ {one.in_force:%d/%m/%Y}"
        yield Statement(text, note=one.note, unverified=one.unverified, desk_note=one.desk_note)


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
    """Everything the rulebook says, in order; empty parts are left out."""
    all_of_it = tuple(RulebookPart(title, tuple(lines)) for title, lines in _parts(book))
    shown = (RulebookPart(part.title, tuple(line for line in part.lines if line.text)) for part in all_of_it)
    return tuple(part for part in (*shown, _for_the_desk(all_of_it)) if part.lines)


def _for_the_desk(all_of_it: tuple[RulebookPart, ...]) -> RulebookPart:
    """Everything that only the desk reads, in one place: interpretations of unclear or unseen texts, and clauses that
    nobody has compared with the original.
    """
    notes = [
        Statement(line.desk_note, line.cite or (line.text and f"{part.title}: {line.text}") or part.title)
        for part in all_of_it
        for line in part.lines
        if line.desk_note
    ]
    unseen = [line.cite or line.text for part in all_of_it for line in part.lines if line.unverified]
    return RulebookPart(
        "DÀNH CHO BỘ PHẬN TỔ CHỨC: ĐIỀU CẦN ĐỐI CHIẾU VỚI VĂN BẢN GỐC",
        (*dict.fromkeys(notes), *(Statement(one, marked=True, unverified=True) for one in dict.fromkeys(unseen))),
    )


def _parts(book: Rulebook) -> Iterator[tuple[str, Iterable[Statement]]]:
    yield "ĐƯỢC SỬA ĐỔI BỞI", amended(book)
    yield "VĂN BẢN LÀM CĂN CỨ", (line for one in book.texts for line in _text(one))
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
    yield "QUY ĐỊNH VỀ CUỘC HỌP", (line for one in book.meeting.lines for line in _meeting_rule(one))
    yield "BỎ PHIẾU", (_said(words.ballot(one), one) for one in book.ballots)
    yield from _procedure(book.procedure)
    yield (
        "MỐC THỜI HẠN",
        (_said(f"{words.due(one.due)}: {one.title} [{words.OWED_BY[one.owed_by]}]", one) for one in book.milestones),
    )
    for owner, papers in book.dossier.items():
        title = f"HỒ SƠ ({words.OWNERS[owner]}){_by(book, book.dossier_by.get(owner, ''))}"
        yield title, (line for paper in papers for line in _paper(book, paper))
    yield "GỬI LÊN CẤP TRÊN", (line for text, rule in upward_rules(book.upward) for line in _quoted(text, rule))
    yield "SỐ BỘ HỒ SƠ", (_said(words.sets(one), one) for one in book.dossier_sets)
    yield "BIỂU TỔNG HỢP", (line for table in book.summary_tables for line in _summary(table))
    yield "NGƯỜI ĐƯỢC THÔNG BÁO KẾT QUẢ", (_said(words.ROLES_TOLD[one.to], one) for one in book.told)
    yield "LẤY Ý KIẾN", (line for rule in book.rounds for line in _round(rule))
    yield "QUYẾT ĐỊNH (câu không ghi điều khoản là lời của bản thảo)", _decision(book)
    yield (
        "GHI CHÚ",
        (Statement(_dated(note.text, note), "; ".join(note.cites), unverified=note.unverified) for note in book.notes),
    )


def _by(book: Rulebook, milestone: str) -> str:
    """The due date from the plan."""
    named = next((one.title for one in book.milestones if one.key == milestone), "")
    return f", hạn theo mốc “{named}”" if named else ""


def _paper(book: Rulebook, paper: DossierItem) -> Iterator[Statement]:
    tables = {table.key: table.title for table in book.summary_tables}
    codes = {form.id: form.code for form in book.forms.values()}
    told = [words.comes_from(part, tables, codes) for part in paper.parts]
    if len(told) == 1:
        yield _said(f"{paper.title} [{told[0]}]", paper)
        return
    yield _said(paper.title, paper)
    for part, where in zip(paper.parts, told, strict=True):
        yield Statement(f"{part.title} [{where}]", depth=1)


def _summary(table: SummaryTable) -> Iterator[Statement]:
    titles = ", ".join(column.title for column in table.columns)
    told = [
        words.OF_TABLES[table.per],
        f"gửi {table.to}" if table.to else "",
        "" if table.printed else words.NOT_PRINTED,
    ]
    yield _said(f"{table.title}: {titles} [{'; '.join(filter(None, told))}]", table)
    yield Statement(f"“{table.quote}”", depth=1, marked=False)


def _round(rule: RoundRule) -> Iterator[Statement]:
    told = [
        words.REACHES[rule.to],
        f"trước ít nhất {rule.days} ngày" if rule.days else "",
        "không ghi tên" if rule.unnamed else "ghi tên",
    ]
    yield _said(f"{rule.title} [{'; '.join(filter(None, told))}]", rule)
    yield Statement(f"“{rule.quote}”", depth=1, marked=False)
    if rule.bodies:
        yield Statement("; ".join(rule.bodies), depth=1, marked=False)
    if rule.without:
        yield Statement(f"Không có ai để hỏi, hoặc không có ý kiến: “{rule.without}”", depth=1, marked=False)


def _decision(book: Rulebook) -> Iterator[Statement]:
    if book.decision is None:
        return
    one = book.decision
    yield _said(one.about.text, one)
    yield Statement(f"“{one.quote}”", depth=1, marked=False)
    for line in (*one.grounds, *one.articles, one.of_one):
        yield Statement(line.text, line.cite, depth=1, marked=False)


def _text(one: LawText) -> Iterator[Statement]:
    yield Statement(f"{one.clause}. {one.title}", one.source)
    yield from (Statement(line, depth=1, marked=False) for line in one.text.splitlines())


def _procedure(procedure: Procedure) -> Iterator[tuple[str, Iterable[Statement]]]:
    yield (
        "TRÌNH TỰ NHẬN XÉT, QUYẾT ĐỊNH (dòng đầu tiên khớp)",
        (_said(told.approval(one), one) for one in procedure.approvals),
    )
    yield "NGƯỜI QUYẾT ĐỊNH", (_said(told.decider(one), one) for one in procedure.deciders)
    yield (
        "TRƯỜNG HỢP RIÊNG",
        (_said(told.special_case(one), one) for one in procedure.special_cases),
    )
    yield (
        "THỨ TỰ XẾP LOẠI",
        (_said(told.ORDERS[one.order], one) for one in procedure.orders),
    )
    rule = procedure.petitions
    yield "KIẾN NGHỊ", [_said(told.petition(rule), rule)] if rule else []
    yield "HỆ QUẢ CỦA MỨC XẾP LOẠI", (_said(told.consequence(one), one) for one in procedure.consequences)


def _form_rule(book: Rulebook, rule: FormRule) -> Statement:
    period = "" if rule.period == "year" else f" [mỗi {words.PERIODS[rule.period]}]"
    text = f"{book.forms[rule.form].code}: {words.when(rule.when) or 'mọi người'}{period}"
    return _said(text, rule)


def _form(form: Form) -> Iterator[Statement]:
    if form.use != "review":
        yield Statement(f"{words.USES[form.use]}; người lập: {form.filled_by}", marked=False)
    if form.desk_note or form.unverified:
        yield Statement("Về mẫu này", form.cite, "", form.unverified, form.desk_note, marked=False)
    for section in form.sections:
        yield _section(section)
        for item in section.items:
            yield _item(item)
            for question in item.questions:
                facts = tuple(rule.fact for rule in question.yields)
                yield Statement(
                    _dated(question.text + _asked_when(question.when), question),
                    "",
                    "",
                    question.unverified,
                    question.desk_note,
                    depth=2,
                    facts=facts,
                )


def _asked_when(condition: When | None) -> str:
    return f" [chỉ hỏi khi {words.when(condition)}]" if condition else ""


def _section(section: Section) -> Statement:
    return Statement(f"{section.number}. {section.title}{_asked_when(section.when)}".removeprefix(". "), marked=False)


def _item(item: Item) -> Statement:
    text = f"{item.number}. {item.title}{_asked_when(item.when)}".removeprefix(". ")
    return Statement(text, "", "", item.unverified, item.desk_note, depth=1, marked=False)


def _ratings(rules: RatingRules) -> Iterator[Statement]:
    for rating, conditions in rules.conditions.items():
        how = "một trong" if rating is Rating.NOT_COMPLETED else "tất cả"
        yield Statement(f"{words.rating(rating)} ({how}):", marked=False)
        yield from (_condition(rating, condition) for condition in conditions)
    for rule in rules.otherwise:
        between = ", ".join(words.rating(rating) for rating in rule.possible)
        case = f" ({words.when(rule.when)})" if rule.when else ""
        text = f"Không mức nào đủ điều kiện{case}: cấp có thẩm quyền quyết định giữa {between}"
        yield Statement(text, rule.cite, rule.note, rule.unverified)
    yield from (Statement(f"Ghi chú: {note}", marked=False) for note in rules.notes)
    yield from (Statement("", desk_note=note) for note in (*rules.desk_notes, rules.asks_less) if note)


def _condition(rating: Rating, condition: Condition) -> Statement:
    how = "cùng có đủ" if rating is Rating.NOT_COMPLETED else "chỉ cần một"
    group = f" [nhóm {condition.group}: {how}]" if condition.group else ""
    text = _dated(words.comparison(condition.test) + group, condition)
    return _said(text, condition, depth=1)


def _cap(cap: Cap) -> Statement:
    limit = words.rating(cap.at_most) if cap.at_most else f"theo {words.fact(cap.at_most_fact).lower()}"
    exception = f"; trừ khi {words.when(cap.unless).lower()}" if cap.unless else ""
    text = f"Cao nhất {limit}: khi {words.when(cap.when)}{exception}{told.room(cap.room)}"
    return _said(_dated(text, cap), cap)


def _quota(rule: Quota) -> Statement:
    room = "" if rule.by_decision_pct else told.room(rule.room)  # the share by decision already says it
    return _said(_dated(words.quota(rule) + room, rule), rule)


def _not_rated(rule: NotRatedRule) -> Statement:
    return _said(_dated(f"Khi {words.when(rule.when)}", rule), rule)


def _scores(book: Rulebook) -> Iterator[Statement]:
    rule = book.scores.ledger
    if rule:
        text = (
            f"Sổ sản phẩm: tối đa {rule.groups_at_most} nhóm; mỗi lỗi nội dung trừ {rule.fault_takes_pct:g}% điểm chất "
            f"lượng, mỗi lần chậm trừ {rule.lateness_takes_pct:g}% điểm tiến độ của sản phẩm"
        )
        yield _said(text, rule)
    for formula in book.scores.formulas:
        yield _said(words.formula(formula), formula)


def _table(table: ScoreTable) -> Iterator[Statement]:
    yield _said(f"Tối đa {table.maximum:g} điểm", table, marked=False)
    for group in table.groups:
        yield Statement(f"{group.number}. {group.title}".removeprefix(". "), marked=False)
        for row in group.criteria:
            yield Statement(f"{row.number}. {row.title}: {row.maximum:g}".removeprefix(". "), depth=1)


def _meeting_rule(rule: MeetingRule) -> Iterator[Statement]:
    yield from _quoted(meeting_rule(rule), rule)


def _quoted(text: str, rule: MeetingRule | SendRule | ConsultRule) -> Iterator[Statement]:
    yield _said(text, rule)
    yield Statement(f"“{rule.quote}”", depth=1)


def _meeting(meeting: Meeting) -> Iterator[Statement]:
    who = [
        f"chủ trì: {meeting.led_by}" if meeting.led_by else "",
        f"dự: {meeting.attended_by}" if meeting.attended_by else "",
    ]
    text = "; ".join(part for part in (meeting.title, *who) if part)
    yield _said(text, meeting)
    yield from (Statement(step, depth=1) for step in meeting.steps)
