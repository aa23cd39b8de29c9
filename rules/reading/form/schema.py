"""The border of a form file: strict models that check the file, and `read_form`, which makes a `Form` of it.

The models have the same fields as the values in `rules.forms.form`, where each field is explained. Three things exist
only in the file: `scales` (named lists of options that questions and fields refer to), `shapes` (what many questions
have in common, see `rules.reading.form.shapes`) and `replaces` (see `rules.reading.book.replacing`).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic import Field as Limits

from rules.forms.form import (
    CommentPlace,
    Field,
    FilledBy,
    Form,
    Item,
    Option,
    PersonLine,
    Question,
    QuestionKind,
    Section,
    Signature,
    Unlikely,
    Usual,
)
from rules.forms.kinds import TODAY
from rules.nouns.days import read_iso
from rules.nouns.errors import Mistake, RulebookErrors
from rules.nouns.values import Subject
from rules.reading.border import Border, read, refuse
from rules.reading.conditions import FormWhen, TraitWhen, WhenField
from rules.reading.form.checks import check
from rules.reading.form.shapes import with_shapes
from rules.reading.form.yields import YieldsField
from rules.reading.parts import Dated
from rules.reading.strict_yaml import YamlDocument

Words = Annotated[str, Limits(min_length=1)]
Scales = Mapping[str, tuple[Option, ...]]

#: Keys are part of buttons, which hold 64 bytes, and are stored with the answers. They are therefore short, plain ASCII
#: and never change.
Key = Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]{0,19}$")]


def _not_empty(elements: tuple[Any, ...]) -> tuple[Any, ...]:
    if not elements:
        raise refuse("not_empty")
    return elements


def _bound(value: object) -> str:
    if value in {"", TODAY}:
        return str(value)
    day = value if isinstance(value, dt.date) else read_iso(value)
    if day is None:
        raise refuse("day_or_today")
    return day.isoformat()


#: A plain word for something that several forms ask (see `rules.forms.recalling`); "": none.
Topic = Annotated[str, Limits(pattern=r"^([a-z][a-z0-9_]{0,19})?$")]

#: A bound of a date: an ISO date (YAML reads one as a date), `today`, or "" for none.
Bound = Annotated[str, BeforeValidator(_bound)]

#: The role in which somebody comments on a review (`rules.book.procedure.Role`), or whose opinion was asked
#: (`rules.nouns.rulings.OpinionKind`).
Commenter = Literal["", "unit_head", "deputy", "in_charge", "authority", "old_unit", "temporary_cell", "other"]

#: Used instead of `min_length`, which would also report a list as empty when its elements have mistakes of their own.
NotEmpty = AfterValidator(_not_empty)


class _Option(Border):
    value: bool | int | float | str
    label: Words


class _Asked(Border):
    """Keys that questions and fields have in common."""

    key: Key
    kind: QuestionKind
    text: Words
    help: str = ""
    scale: str = ""
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    not_before: Bound = ""
    not_after: Bound = ""


class _Field(_Asked):
    kind: Literal[QuestionKind.CHOICE, QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.DATE]
    label: Words
    max_chars: Annotated[int, Limits(ge=1, le=4000)] = 500
    said: dict[Words, bool | int | float | str] = Limits(default_factory=dict)


class _Usual(Border):
    label: Words
    answers: Annotated[dict[Key, bool | int | float | str], Limits(min_length=1)]


class _UsualTogether(_Usual):
    answers: Annotated[dict[Key, bool | int | float | str], Limits(min_length=2)]


class _Question(_Asked, Dated):
    example: str = ""
    required: bool = True
    when: FormWhen | None = None
    illustrated: bool = False
    fields: tuple[_Field, ...] = ()
    item_name: str = ""
    min_items: Annotated[int, Limits(ge=0)] = 0
    max_items: Annotated[int, Limits(ge=1, le=100)] = 40
    max_chars: Annotated[int, Limits(ge=1, le=4000)] = 2000
    yields: YieldsField = ()
    printed_as: str = ""
    cite: str = ""
    desk_note: str = ""
    unverified: bool = False
    about: Literal["", "civil", "party"] = ""
    number: str = ""
    topic: Topic = ""
    near: tuple[Topic, ...] = ()
    lasting: bool = False
    recalls: Topic = ""
    printed: bool = True
    instead_of: tuple[Key, ...] = ()
    short: Annotated[str, Limits(max_length=120)] = ""
    usual: tuple[_Usual, ...] = ()
    unlikely: tuple[WhenField, ...] = ()


class _Item(Border):
    key: Key
    title: Words
    number: str = ""
    hint: str = ""
    hint_below: bool = False
    when: FormWhen | None = None
    questions: tuple[_Question, ...] = ()
    shows: str = ""
    layout: Literal["", "points", "months", "boxes"] = ""
    takes: Literal["", "remarks", "rating", "measures", "prospects"] = ""
    rating: str = ""
    lines: Annotated[int, Limits(ge=0, le=20)] = 2
    untitled: bool = False
    desk_note: str = ""
    unverified: bool = False
    usual: _UsualTogether | None = None
    topic: Topic = ""


class _Unlikely(Border):
    says: WhenField | None = None
    sum: tuple[Key, ...] = ()
    count: tuple[Key, ...] = ()
    above: float | Key | None = None
    both: bool = True

    @model_validator(mode="after")
    def _one_way(self) -> "_Unlikely":
        ways = [bool(self.says), bool(self.sum), bool(self.count)]
        if sum(ways) != 1 or bool(self.says) == (self.above is not None):
            raise refuse("one_way_unlikely")
        return self


class _Signature(Border):
    title: Words
    note: str = ""
    ruling: bool = False


class _Section(Border):
    key: Key
    title: Words
    number: str = ""
    note: str = ""
    filled_by: FilledBy = FilledBy.PERSON
    printed: bool = True
    when: FormWhen | None = None
    items: tuple[_Item, ...] = ()
    signature: _Signature | None = None


class _CommentPlace(Border):
    section: Key
    item: str = ""
    role: Commenter = ""
    when: TraitWhen | None = None
    cite: Words


class _PersonLine(Border):
    label: Words
    source: Literal["name", "position", "unit", "period", ""] = ""
    question: str = ""
    as_year: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> "_PersonLine":
        if bool(self.source) == bool(self.question):
            raise refuse("one_source")
        return self


class _Form(Border):
    id: Annotated[str, Limits(pattern=r"^[a-z][a-z0-9-]{0,29}$")]
    code: Words
    instrument: Words
    version: Words
    title: Words
    heading: Literal["administrative", "party"]
    cite: Words
    minutes: Annotated[int, Limits(ge=1, le=240)] | None = None
    person_lines: Annotated[tuple[_PersonLine, ...], NotEmpty]
    rates: Subject | None = None
    use: Literal["review", "tracking", "opinion", "ballot", "proposal", "summary"] = "review"
    filled_by: str = ""
    annexed: bool = False
    opening: str = ""
    desk_note: str = ""
    unverified: bool = False
    replaces: bool = False
    scales: dict[str, Annotated[tuple[_Option, ...], NotEmpty]] = Limits(default_factory=dict)
    comment: tuple[_CommentPlace, ...] = ()
    unlikely: tuple[_Unlikely, ...] = ()
    sections: Annotated[tuple[_Section, ...], NotEmpty]


def read_form(document: YamlDocument) -> Form:
    """The form described by a file. Raises RulebookErrors with every mistake, by line."""
    document = with_shapes(document)
    border = read(_Form, document)
    if mistakes := tuple(_unknown_scales(border, document)):
        raise RulebookErrors(mistakes)
    form = _form(border, {name: _options(options) for name, options in border.scales.items()})
    if mistakes := check(form, document):
        raise RulebookErrors(mistakes)
    return form


def _unknown_scales(border: _Form, document: YamlDocument) -> Iterator[Mistake]:
    for path, place in _asking(border):
        if place.scale and place.scale not in border.scales:
            yield document.mistake((*path, "scale"), "one_of", given=place.scale, expected=", ".join(border.scales))


def _asking(border: _Form) -> Iterator[tuple[tuple[str | int, ...], _Asked]]:
    for i, section in enumerate(border.sections):
        for j, item in enumerate(section.items):
            for k, question in enumerate(item.questions):
                path = ("sections", i, "items", j, "questions", k)
                yield path, question
                yield from (((*path, "fields", n), field) for n, field in enumerate(question.fields))


def _form(border: _Form, scales: Scales) -> Form:
    sections = tuple(_section(section, scales) for section in border.sections)
    questions = [question for section in sections for item in section.items for question in item.questions]
    parts = {
        "person_lines": tuple(PersonLine(**dict(line)) for line in border.person_lines),
        "sections": sections,
        "comment": tuple(CommentPlace(**dict(place)) for place in border.comment),
        "unlikely": tuple(Unlikely(**{**dict(one), "above": one.above or 0}) for one in border.unlikely),
        "questions": {question.key: question for question in questions},
    }
    return Form(**_but(border, "scales", "replaces") | parts | {"minutes": border.minutes or 0})


def _section(border: _Section, scales: Scales) -> Section:
    signature = Signature(**dict(border.signature)) if border.signature else None
    items = tuple(_item(item, scales) for item in border.items)
    return Section(**dict(border) | {"items": items, "signature": signature})


def _item(border: _Item, scales: Scales) -> Item:
    usual = Usual(border.usual.label, border.usual.answers) if border.usual else None
    questions = tuple(_question(question, scales) for question in border.questions)
    return Item(**dict(border) | {"questions": questions, "usual": usual})


def _question(border: _Question, scales: Scales) -> Question:
    fields = tuple(_field(field, scales) for field in border.fields)
    usual = tuple(Usual(one.label, one.answers) for one in border.usual)
    return Question(**_asked(border, scales) | {"fields": fields, "usual": usual})


def _field(border: _Field, scales: Scales) -> Field:
    return Field(**_asked(border, scales) | {"said": tuple(border.said.items())})


def _asked(border: _Asked, scales: Scales) -> dict[str, Any]:
    limits = {"minimum": _plain(border.minimum), "maximum": _plain(border.maximum)}
    return _but(border, "scale") | {"options": scales.get(border.scale, ())} | limits


def _options(options: tuple[_Option, ...]) -> tuple[Option, ...]:
    return tuple(Option(option.value, option.label) for option in options)


def _plain(number: float | None) -> float | None:
    """A whole number as an int: 12 instead of 12.0, as it is written in the file."""
    return int(number) if number is not None and number.is_integer() else number


def _but(border: Border, *left_out: str) -> dict[str, Any]:
    return {name: value for name, value in border if name not in left_out}
