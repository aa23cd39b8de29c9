"""Score tables that an office supplies: reading, checking, and putting them in place of the question for their total."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from rules.book.facts import FACTS, FactKind
from rules.book.scores import CriteriaGroup, Criterion, ScoreTable
from rules.forms.form import Form, Item, Option, Question, QuestionKind, Section, Yield
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.book.build import score_table
from rules.reading.book.schema.scores import ScoreTableFile
from rules.reading.border import read
from rules.reading.strict_yaml import YamlDocument

#: With more buttons than this, points are typed instead.
_MOST_BUTTONS = 11


def read_table(document: YamlDocument) -> ScoreTable:
    """The table in a file. Raises RulebookErrors with every mistake."""
    table = score_table(read(ScoreTableFile, document))
    if mistakes := tuple(_mistakes(table, document)):
        raise RulebookErrors(mistakes)
    return table


def misplaced(forms: Mapping[str, Form], table: ScoreTable, document: YamlDocument) -> Iterator[Mistake]:
    """Tables whose question does not exist, or whose rows have keys of other questions."""
    if not table.form:
        return
    form = forms.get(table.form)
    if form is None:
        known = ", ".join(forms)
        yield document.mistake(("replaces", "form"), "known_form", given=table.form, known=known)
        return
    numbers = [key for key, question in form.questions.items() if question.kind is QuestionKind.NUMBER]
    if table.question not in numbers:
        known = ", ".join(numbers)
        yield document.mistake(("replaces", "question"), "one_of", given=table.question, expected=known)
    for path, criterion in _rows(table):
        if criterion.key in form.questions and criterion.key != table.question:
            yield document.mistake((*path, "key"), "once", key=criterion.key)


def with_tables(forms: Mapping[str, Form], tables: Mapping[str, ScoreTable]) -> Mapping[str, Form]:
    """The forms, asking row by row where there is a table."""
    asked = dict(forms)
    for table in tables.values():
        if table.form:
            asked[table.form] = _with_rows(asked[table.form], table)
    return asked


def _mistakes(table: ScoreTable, document: YamlDocument) -> Iterator[Mistake]:
    total = sum((Decimal(str(criterion.maximum)) for _, criterion in _rows(table)), Decimal())
    if total != Decimal(str(table.maximum)):
        yield document.mistake(("maximum",), "table_total", given=table.maximum, total=f"{total.normalize():f}")
    yield from _not_points(table.gives, ("gives",), document)
    seen: set[str] = set()
    for number, group in enumerate(table.groups):
        if group.gives:
            yield from _not_points(group.gives, ("groups", number, "gives"), document)
    for path, criterion in _rows(table):
        if criterion.key in seen:
            yield document.mistake((*path, "key"), "once", key=criterion.key)
        seen.add(criterion.key)


def _not_points(fact: str, path: Sequence[str | int], document: YamlDocument) -> Iterator[Mistake]:
    numbers = [name for name, known in FACTS.items() if known.kind is FactKind.NUMBER]
    if fact not in numbers:
        yield document.mistake(path, "one_of", given=fact, expected=", ".join(numbers))


def _rows(table: ScoreTable) -> Iterator[tuple[tuple[str | int, ...], Criterion]]:
    for number, group in enumerate(table.groups):
        for position, criterion in enumerate(group.criteria):
            yield ("groups", number, "criteria", position), criterion


def _with_rows(form: Form, table: ScoreTable) -> Form:
    sections = tuple(_section(section, table) for section in form.sections)
    questions = {
        question.key: question for section in sections for item in section.items for question in item.questions
    }
    return replace(form, sections=sections, questions=questions)


def _section(section: Section, table: ScoreTable) -> Section:
    return replace(section, items=tuple(_item(item, table) for item in section.items))


def _item(item: Item, table: ScoreTable) -> Item:
    if all(question.key != table.question for question in item.questions):
        return item
    return replace(item, layout="points", questions=tuple(_replaced(item.questions, table)))


def _replaced(questions: Sequence[Question], table: ScoreTable) -> Iterator[Question]:
    for question in questions:
        if question.key == table.question:
            yield from (_row(question, table, group, one) for group in table.groups for one in group.criteria)
        else:
            yield question


def _row(total: Question, table: ScoreTable, group: CriteriaGroup, criterion: Criterion) -> Question:
    facts = dict.fromkeys((table.gives, *([group.gives] if group.gives else [])))
    return replace(
        total,
        key=criterion.key,
        number=criterion.number,
        text=criterion.title,
        help=criterion.help,
        example="",
        printed_as="",
        minimum=0,
        maximum=criterion.maximum,
        options=_buttons(criterion),
        yields=tuple(Yield(fact, "sum") for fact in facts),
        cite=table.cite,
        unverified=table.unverified,
    )


def _buttons(criterion: Criterion) -> tuple[Option, ...]:
    """The possible points, highest first; none if there are too many, or any number is allowed."""
    if not criterion.step:
        return ()
    most, step = Decimal(str(criterion.maximum)), Decimal(str(criterion.step))
    count = int(most / step)
    points = dict.fromkeys((*(most - step * number for number in range(count + 1)), Decimal()))
    return tuple(_button(one) for one in points) if len(points) <= _MOST_BUTTONS else ()


def _button(points: Decimal) -> Option:
    value = int(points) if points == points.to_integral_value() else float(points)
    return Option(value, f"{value}".replace(".", ","))
