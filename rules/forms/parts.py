"""The parts of a form a person fills, as one points at them: its items (mục)."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.forms.form import FilledBy, Form, Item, Section


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item with the name by which people call it: `I.5`, "Kết quả thực hiện chức trách…"."""

    key: str
    number: str
    title: str
    questions: tuple[str, ...]


def parts(form: Form) -> Iterator[NamedItem]:
    """Every item the person fills, in the order of the form."""
    for section in form.sections:
        if section.filled_by is FilledBy.PERSON:
            for item in section.items:
                yield _part(section, item)


def _part(section: Section, item: Item) -> NamedItem:
    """An item without a title of its own goes by that of its section."""
    number = ".".join(filter(None, (section.number, item.number)))
    return NamedItem(item.key, number, item.title or section.title, tuple(question.key for question in item.questions))
