"""How each kind of question is answered: what was typed becomes a value, which kept values fit, how a value is repeated.

A kind is a class of its own; `KINDS` has one for every `QuestionKind`. Kept values may be older than the form they are
read with, so nothing is taken for granted of their shape.
"""

import datetime as dt
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rules.forms.form import Field, Option, OptionValue, Question, QuestionKind
from rules.nouns.days import read_answer, read_date
from rules.nouns.reviews import Json
from rules.nouns.spoken import none, none_is_nought, plainly, why_no_number, yes_or_no
from rules.nouns.spoken import number as spoken_number
from rules.nouns.text import clean, folded, shorten, without_diacritics

#: No label and no number is longer; what is typed beyond it cannot match.
_LONGEST_LABEL = 300
#: Characters of what was typed that are said again beside what is wrong with it.
_SAID_CHARS = 40

#: All codes a Problem can carry.
CODES = (
    "empty",
    "too_long",
    "number_alone",
    "not_a_number",
    "out_of_range",
    "not_an_option",
    "not_a_date",
    "short_year",
    "no_such_day",
    "date_out_of_range",
)

#: What can be wrong with a number or a date, besides its code: `why` of a Problem.
WHYS = (
    *("above", "below"),
    *("words", "two", "about", "unit", "many_ways", "none_or_nought"),
    *("year", "day", "day_year", "day_month", "moon", "late", "early"),
)

#: A bound of a date that is the day of the answer.
TODAY = "today"

#: An item of a list: the value of each of its fields, as far as they are answered.
ListItem = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an input was not taken. `code` is one of CODES; `values` say what was expected.

    empty: nothing · too_long: limit, length · number_alone (in place of a name): said · not_a_number, out_of_range: minimum, maximum, unit ·
    not_an_option: options (the labels) · not_a_date, short_year (a year of two digits), no_such_day (31/2, or the month
    first) · date_out_of_range: first, last (ISO dates, "" for none)

    Of numbers and dates `why` is one of WHYS, where more is known than the code says, and `said` what was typed: `above` and `below` a
    limit · `words` that are none · `two` of them · `about` one · of another `unit` · understood in `many_ways` · `none_or_nought` · a `year`,
    a `day`, `day_year`, `day_month` that is missing · a day that may be of the `moon`'s calendar · too `late` or `early`.
    """

    code: str
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaidValue:
    """A value as it is repeated to people. `what`: `nothing`, `skipped`, `option` (a label of the form), `rating` (a
    value of Rating), `number` with its unit, `text` (a person's words), `date` (ISO) or `items` with their `count`.
    """

    what: str
    text: str = ""
    unit: str = ""
    note: str = ""
    number: Json = 0
    count: int = 0

    def values(self) -> dict[str, Json]:
        """As templates take it."""
        return {
            "what": self.what,
            "text": self.text,
            "unit": self.unit,
            "note": self.note,
            "number": self.number,
            "count": self.count,
        }


class Kind(ABC):
    """A kind of question: of a question as a whole, or of a field of a list's items."""

    @abstractmethod
    def accept(self, place: Question | Field, raw: str, today: dt.date, /) -> OptionValue | Problem:
        """The value that `raw` (typed, or the text of a button's value) gives the question or field `today`."""

    @abstractmethod
    def fits(self, place: Question | Field, value: Json, /) -> bool:
        """Whether a kept value answers the question or field: one it could have taken."""

    @abstractmethod
    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """A kept value as it is repeated, whole."""


class Choice(Kind):
    """One of the options, by its button, its label or its number."""

    def accept(self, place: Question | Field, raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """An option that is named without doubt; `not_an_option` or `empty` otherwise."""
        for reading in (
            [option for option in place.options if button_value(option) == raw.strip()],
            *_readings(place.options, raw[:_LONGEST_LABEL]),
        ):
            if len(reading) == 1:
                return reading[0].value
        labels: list[Json] = [option.label for option in place.options]
        return Problem("not_an_option" if clean(raw) else "empty", {"options": labels})

    def fits(self, place: Question | Field, value: Json, /) -> bool:
        """The value of an option, to the type: 1 is not yes."""
        return any(option.value == value and type(option.value) is type(value) for option in place.options)

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """The label of its button."""
        label = label_of(place.options, value)
        return SaidValue("text", str(value)) if label is None else SaidValue("option", label)


class SelfRating(Choice):
    """One of the four ratings."""

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """The label of its button, else the rating."""
        label = label_of(place.options, value)
        return SaidValue("rating", str(value)) if label is None else SaidValue("option", label)


class Text(Kind):
    """A person's own words."""

    def accept(self, place: Question | Field, raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """The cleaned text, within the limit of the question."""
        return accept_text(raw, place.max_chars)

    def fits(self, _place: Question | Field, value: Json, /) -> bool:
        """Any text that says something, however long: limits may have changed since."""
        return isinstance(value, str) and bool(value.strip())

    def said(self, _place: Question | Field, value: Json, /) -> SaidValue:
        """As it was written."""
        return SaidValue("text", str(value))


class Number(Kind):
    """A number within limits, typed or by the button of an option."""

    def accept(self, place: Question | Field, raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """A number as people type it, with or without its unit; a whole one is an int."""
        expected: dict[str, Json] = {"minimum": place.minimum, "maximum": place.maximum, "unit": place.unit}
        for reading in _readings(place.options, raw[:_LONGEST_LABEL], numbered=False):
            if len(reading) == 1:
                return reading[0].value
        text = _without_unit(raw, place.unit)
        if _THOUSANDS.fullmatch(text):
            text = re.sub("[. ]", "", text)
        typed = float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None
        number = spoken_number(raw[:_LONGEST_LABEL], place.unit) if typed is None else typed
        nought = number is None and none(raw[:_LONGEST_LABEL])
        if nought and none_is_nought(place.unit) and not (isinstance(place, Question) and not place.required):
            number = 0.0
        if number is None:
            why = "none_or_nought" if nought else why_no_number(raw[:_LONGEST_LABEL])
            return _problem("not_a_number" if clean(raw) else "empty", raw, why, expected)
        if not self.fits(place, number):
            above = place.maximum is not None and number > place.maximum
            return _problem("out_of_range", _whole(number), "above" if above else "below", expected)
        return _whole(number)

    def fits(self, place: Question | Field, value: Json, /) -> bool:
        """A number that keeps to the limits."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        low, high = place.minimum, place.maximum
        return (low is None or value >= low) and (high is None or value <= high)

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """The number and its unit."""
        return SaidValue("number", unit=place.unit, number=value)


class Date(Kind):
    """A day, typed as people type days and kept as an ISO date. What was kept as it was typed, while the question was
    one for a text, still counts where it can mean one day only.
    """

    def accept(self, place: Question | Field, raw: str, today: dt.date, /) -> OptionValue | Problem:
        """The one day that is meant, within the bounds of the question."""
        first, last = (_bound(bound, today) for bound in (place.not_before, place.not_after))
        day = read_answer(raw, today, first, last)
        if isinstance(day, str):
            if day in {"short_year", "no_such_day"}:
                return _problem(day, raw, "", {})
            return _problem("not_a_date" if clean(raw) else "empty", raw, day, {})
        early, late = first is not None and day < first, last is not None and day > last
        if early or late:
            bounds: dict[str, Json] = {
                "first": first.isoformat() if first else "",
                "last": last.isoformat() if last else "",
            }
            return _problem("date_out_of_range", day.isoformat(), "early" if early else "late", bounds)
        return day.isoformat()

    def fits(self, _place: Question | Field, value: Json, /) -> bool:
        """What means one day; its bounds were looked at when it was answered."""
        return isinstance(value, str) and read_date(value) is not None

    def said(self, _place: Question | Field, value: Json, /) -> SaidValue:
        """The day; what cannot be read as one is repeated as it was typed."""
        day = read_date(str(value))
        return SaidValue("date", day.isoformat()) if day else SaidValue("text", str(value))


class Items(Kind):
    """A list, item by item, each with the fields of the question; closed when the person said "that is all"."""

    def accept(self, _place: Question | Field, _raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """Never: raises ValueError, for a list is answered field by field."""
        raise ValueError("an ITEMS question is answered field by field")

    def fits(self, place: Question | Field, value: Json, /) -> bool:
        """A closed list, long enough, of complete items."""
        assert isinstance(place, Question), "no field of an item is a list itself"
        items = items_of(value)
        enough = is_closed(value) and len(items) >= place.min_items
        return enough and not any(missing_field(place, item) for item in items)

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """How many there are, and what one is called."""
        assert isinstance(place, Question), "no field of an item is a list itself"
        return SaidValue("items", place.item_name, count=len(items_of(value)))


#: The class of every kind.
KINDS: Mapping[QuestionKind, Kind] = MappingProxyType(
    {
        QuestionKind.CHOICE: Choice(),
        QuestionKind.TEXT: Text(),
        QuestionKind.NUMBER: Number(),
        QuestionKind.DATE: Date(),
        QuestionKind.ITEMS: Items(),
        QuestionKind.RATING: SelfRating(),
    }
)


def accept(place: Question | Field, raw: str, today: dt.date) -> OptionValue | Problem:
    """The value that `raw` (typed, or the text of a button's value) gives the question or field, by its kind. `today`:
    the day of the answer.
    """
    return KINDS[place.kind].accept(place, raw, today)


def fits(place: Question | Field, value: Json) -> bool:
    """Whether a kept value answers the question or field, by its kind."""
    return KINDS[place.kind].fits(place, value)


def accept_name(part: Field, raw: str, today: dt.date) -> OptionValue | Problem:
    """What an item of a list is called by: the value of its first field. A number alone is no name."""
    if part.kind is QuestionKind.TEXT and spoken_number(raw[:_LONGEST_LABEL]) is not None:
        return Problem("number_alone", {"said": shorten(clean(raw), _SAID_CHARS)})
    return accept(part, raw, today)


def accept_text(raw: str, limit: int) -> str | Problem:
    """The cleaned text of at most `limit` characters. Also for notes, reasons and comments."""
    text = clean(raw)
    if not text:
        return Problem("empty")
    if len(text) > limit:
        return Problem("too_long", {"limit": limit, "length": len(text)})
    return text


def button_value(option: Option) -> str:
    """An option's value as a button carries it; `accept` reads it back."""
    return str(option.value).lower() if isinstance(option.value, bool) else str(option.value)


def label_of(options: Sequence[Option], value: Json) -> str | None:
    """The label of the option that stands for a value; None when none does."""
    return next((option.label for option in options if same(option.value, value)), None)


def same(one: Json, other: Json) -> bool:
    """Equality that tells `True` from 1, as JSON does, but not 100 from 100.0."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def items_of(value: Json) -> tuple[ListItem, ...]:
    """The items of a list's value, complete or not; none when there is no answer yet."""
    items = value.get("items") if isinstance(value, dict) else None
    return tuple(item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def is_closed(value: Json) -> bool:
    """Whether the person said "that is all" of a list."""
    return isinstance(value, dict) and value.get("closed") is True


def missing_field(question: Question, item: ListItem) -> Field | None:
    """The first field of a list item that is not answered yet; None when the item is complete."""
    return next((part for part in question.fields if not fits(part, item.get(part.key))), None)


#: 1.000 and 12 500 (Vietnamese thousands), 7,5 and 7.5, an optional sign.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([. ]\d{3})+(,\d+)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?", re.ASCII)


def _readings(options: Sequence[Option], raw: str, *, numbered: bool = True) -> Iterator[list[Option]]:
    """The options that a text may name, by its nearest reading first: its label or number as typed, without diacritics, without courtesy,
    the label without what stands in brackets; yes, no, none.
    """
    typed = folded(raw)
    yield [option for option in options if folded(option.label) == typed]
    if numbered:
        yield [option for number, option in enumerate(options, 1) if str(number) == typed]
    for said in (typed, plainly(raw)):
        for called in (str, _without_brackets):
            plain = without_diacritics(said)
            yield [option for option in options if without_diacritics(folded(called(option.label))) == plain]
    answer = yes_or_no(raw)
    if answer is not None:
        yield [option for option in options if option.value is answer]
    if none(raw):  # “Không nghỉ”; “Không hoàn thành nhiệm vụ” is a rating, and none of it is not said by “không có”
        yield [one for one in options if none(one.label.split()[0]) and not isinstance(one.value, str)]


def _without_brackets(label: str) -> str:
    """`Cả năm (12 tháng)` → `Cả năm`: the rest explains."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", label)


def _problem(code: str, said: str | float, why: str, expected: Mapping[str, Json]) -> Problem:
    """What was wrong with a number or a date; with nothing, nothing is said again."""
    if code == "empty":
        return Problem(code, expected)
    again = shorten(clean(said), _SAID_CHARS) if isinstance(said, str) else said
    return Problem(code, {**expected, "said": again, "why": why})


def _whole(number: float) -> int | float:
    """A whole number as an int."""
    return int(number) if number.is_integer() else number


def _bound(bound: str, today: dt.date) -> dt.date | None:
    """A bound of the form file as a day."""
    return today if bound == TODAY else dt.date.fromisoformat(bound) if bound else None


def _without_unit(raw: str, unit: str) -> str:
    """`raw` without its unit or percent sign; full-width digits become plain ones."""
    text = unicodedata.normalize("NFKC", clean(raw[:_LONGEST_LABEL])).casefold()
    for ending in (*(("%",) if unit in {"", "%"} else ()), unit.casefold(), without_diacritics(unit.casefold())):
        text = text.removesuffix(ending).strip()
    return text
