"""The changes between two sets of answers, question by question, short enough for a chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.forms.answers import items_so_far
from rules.forms.form import Field, Form, Item, Question
from rules.forms.kinds import KINDS, ListItem, SaidValue
from rules.nouns.reviews import Answer, Answers, Json

#: How many characters of a long text are shown on each side; of these, `LEAD_CHARS` before the difference.
SHOWN_CHARS = 160
LEAD_CHARS = 30


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a list item that changed."""

    label: str
    before: SaidValue
    after: SaidValue

    def values(self) -> dict[str, Json]:
        """The values of a template."""
        return {"label": self.label, "before": self.before.values(), "after": self.after.values()}


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A list item that changed."""

    #: `added`, `removed` or `edited`.
    what: str
    #: The value of its first field.
    name: str
    fields: tuple[FieldChange, ...] = ()

    def values(self) -> dict[str, Json]:
        """The values of a template."""
        return {"what": self.what, "name": self.name, "fields": [field.values() for field in self.fields]}


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer changed. A list has `items`; all others have `before` and `after`."""

    question: str
    number: str
    title: str
    text: str
    before: SaidValue
    after: SaidValue
    items: tuple[ItemChange, ...] = ()

    def values(self) -> dict[str, Json]:
        """The values of a template."""
        return {
            "number": self.number,
            "title": self.title,
            "text": self.text,
            "before": self.before.values(),
            "after": self.after.values(),
            "items": [item.values() for item in self.items],
        }


def changes(form: Form, before: Answers, after: Answers) -> tuple[AnswerChange, ...]:
    """Every question whose answer differs, in the order of the form."""
    return tuple(
        _change(item, question, before.get(question.key), after.get(question.key))
        for _, item, question in form.walk()
        if _differs(question, before.get(question.key), after.get(question.key))
    )


def excerpt(before: str, after: str) -> tuple[str, str]:
    """Both texts, cut to where they begin to differ."""
    if max(len(before), len(after)) <= SHOWN_CHARS:
        return before, after
    start = max(0, _first_difference(before, after) - LEAD_CHARS)
    return _cut(before, start), _cut(after, start)


def _differs(question: Question, before: Answer | None, after: Answer | None) -> bool:
    if question.fields:
        return items_so_far(before) != items_so_far(after)
    if question.instead_of and not any(one and one.value is not None for one in (before, after)):
        return False  # the question was opened, but neither has a value
    return before != after and _shown(question, before) != _shown(question, after)


def _change(item: Item, question: Question, before: Answer | None, after: Answer | None) -> AnswerChange:
    if question.fields:
        listed = tuple(_item_changes(question, items_so_far(before), items_so_far(after)))
        return AnswerChange(
            question.key, item.number, item.title, question.text, SaidValue("nothing"), SaidValue("nothing"), listed
        )
    old, new = _pair(_shown(question, before), _shown(question, after))
    return AnswerChange(question.key, item.number, item.title, question.text, old, new)


def _item_changes(question: Question, before: Sequence[ListItem], after: Sequence[ListItem]) -> Iterator[ItemChange]:
    """Changes of list items. Items with the same first field are the same item; the rest were added or removed."""
    name = question.fields[0].key
    gone = list(before)
    for item in after:
        old = next((other for other in gone if other.get(name) == item.get(name)), None)
        if old is None:
            yield ItemChange("added", str(item.get(name, "")))
            continue
        gone.remove(old)
        if edited := tuple(_field_changes(question.fields, old, item)):
            yield ItemChange("edited", str(item.get(name, "")), edited)
    yield from (ItemChange("removed", str(item.get(name, ""))) for item in gone)


def _field_changes(fields: Sequence[Field], before: ListItem, after: ListItem) -> Iterator[FieldChange]:
    for field in fields:
        if before.get(field.key) != after.get(field.key):
            old, new = _value(field, before.get(field.key)), _value(field, after.get(field.key))
            yield FieldChange(field.label, *_pair(old, new))


def _shown(question: Question, answer: Answer | None) -> SaidValue:
    if answer is None or answer.skipped:
        return SaidValue("skipped" if answer else "nothing")
    return replace(_value(question, answer.value), note=answer.note)


def _value(asked: Question | Field, value: Json) -> SaidValue:
    """A value as it was chosen or typed."""
    return SaidValue("nothing") if value is None else KINDS[asked.kind].said(asked, value)


def _pair(before: SaidValue, after: SaidValue) -> tuple[SaidValue, SaidValue]:
    """Both sides, with long texts and notes cut to where they differ."""
    old_text, new_text = excerpt(before.text, after.text)
    old_note, new_note = excerpt(before.note, after.note)
    return replace(before, text=old_text, note=old_note), replace(after, text=new_text, note=new_note)


def _first_difference(before: str, after: str) -> int:
    shorter = min(len(before), len(after))
    return next((i for i in range(shorter) if before[i] != after[i]), shorter)


def _cut(text: str, start: int) -> str:
    """`SHOWN_CHARS` characters from the word at `start`, with an ellipsis where something is left out."""
    begin = text.rfind(" ", max(0, start - LEAD_CHARS), start) + 1 or start
    end = begin + SHOWN_CHARS
    return ("…" if begin else "") + text[begin:end].strip() + ("…" if end < len(text) else "")
