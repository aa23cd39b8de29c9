"""Kinds of questions: how typed text becomes a value, which stored values are valid, and how a value is repeated.

Each kind is a class; `KINDS` has one for every `QuestionKind`. Stored values may be older than the form with which they
are read, so nothing is assumed about their shape.
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

#: No label or number is longer, so the rest of a longer text cannot match.
_LONGEST_LABEL = 300
#: How many characters of the typed text are repeated in a correction.
_SAID_CHARS = 40

#: All codes that a Problem can have.
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

#: A bound of a date that means the day of the answer.
TODAY = "today"

#: An item of a list: the values of its answered fields.
ListItem = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an input was not accepted. `code` is one of CODES; `values` say what was expected:

        empty                              nothing
        too_long                           limit, length
        number_alone                       said (a number in place of a name)
        not_a_number, out_of_range         minimum, maximum, unit
        not_an_option                      options (the labels)
        not_a_date, short_year, no_such_day   nothing (a two-digit year; 31/2, or the month first)
        date_out_of_range                  first, last (ISO dates, "" for none)

    For numbers and dates, `said` is what was typed, and `why` is one of WHYS if more is known than the code says:
    `above` or `below` a limit; `words` that are no number; `two` numbers; `about` one; another `unit`; `many_ways` to
    read it; `none_or_nought`; a missing `year`, `day`, `day_year` or `day_month`; possibly a day of the `moon`'s
    calendar; too `late` or `early`.
    """

    code: str
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaidValue:
    """A value as it is repeated to people."""

    #: `nothing`, `skipped`, `option` (a label of the form), `rating` (a value of Rating), `number` with its unit,
    #: `text` (a person's words), `date` (ISO) or `items` with their `count`.
    what: str
    text: str = ""
    unit: str = ""
    note: str = ""
    number: Json = 0
    count: int = 0

    def values(self) -> dict[str, Json]:
        """The values for templates."""
        return {
            "what": self.what,
            "text": self.text,
            "unit": self.unit,
            "note": self.note,
            "number": self.number,
            "count": self.count,
        }


class Kind(ABC):
    """A kind of question, or of a field of a list's items."""

    @abstractmethod
    def accept(self, place: Question | Field, raw: str, today: dt.date, /) -> OptionValue | Problem:
        """The value that `raw` (typed text, or the text of a button's value) gives the question or field on the day
        `today`.
        """

    @abstractmethod
    def fits(self, place: Question | Field, value: Json, /) -> bool:
        """Whether a stored value is a valid answer to the question or field."""

    @abstractmethod
    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """A stored value in full, as it is repeated."""


class Choice(Kind):
    """One of the options, selected by button, label or number."""

    def accept(self, place: Question | Field, raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """The option that is named unambiguously; otherwise `not_an_option` or `empty`."""
        for reading in (
            [option for option in place.options if button_value(option) == raw.strip()],
            *_readings(place.options, raw[:_LONGEST_LABEL]),
        ):
            if len(reading) == 1:
                return reading[0].value
        labels: list[Json] = [option.label for option in place.options]
        return Problem("not_an_option" if clean(raw) else "empty", {"options": labels})

    def fits(self, place: Question | Field, value: Json, /) -> bool:
        """Whether it is the value of an option, including its type: 1 is not yes."""
        return any(option.value == value and type(option.value) is type(value) for option in place.options)

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """The label of the option's button."""
        label = label_of(place.options, value)
        return SaidValue("text", str(value)) if label is None else SaidValue("option", label)


class SelfRating(Choice):
    """One of the four ratings."""

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """The label of the rating's button, otherwise the rating."""
        label = label_of(place.options, value)
        return SaidValue("rating", str(value)) if label is None else SaidValue("option", label)


class Text(Kind):
    """A person's own words."""

    def accept(self, place: Question | Field, raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """The cleaned text, up to the limit of the question."""
        return accept_text(raw, place.max_chars)

    def fits(self, _place: Question | Field, value: Json, /) -> bool:
        """Whether the text is not empty. Its length is not checked, as limits may have changed since."""
        return isinstance(value, str) and bool(value.strip())

    def said(self, _place: Question | Field, value: Json, /) -> SaidValue:
        """The text as written."""
        return SaidValue("text", str(value))


class Number(Kind):
    """A number within limits, typed or selected by button."""

    def accept(self, place: Question | Field, raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """The number as people type it, with or without its unit; whole numbers become int."""
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
        """Whether it is a number within the limits."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        low, high = place.minimum, place.maximum
        return (low is None or value >= low) and (high is None or value <= high)

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """The number and its unit."""
        return SaidValue("number", unit=place.unit, number=value)


class Date(Kind):
    """A day, typed in any usual notation and stored as an ISO date.

    A value stored as typed, from a time when the question asked for text, is still valid if it can mean one day only.
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
        """Whether the value means one day. Its bounds were checked when it was answered."""
        return isinstance(value, str) and read_date(value) is not None

    def said(self, _place: Question | Field, value: Json, /) -> SaidValue:
        """The day; a value that cannot be read as a day is repeated as typed."""
        day = read_date(str(value))
        return SaidValue("date", day.isoformat()) if day else SaidValue("text", str(value))


class Items(Kind):
    """A list of items, each with the fields of the question. It is closed once the person says "that is all"."""

    def accept(self, _place: Question | Field, _raw: str, _today: dt.date, /) -> OptionValue | Problem:
        """Raises ValueError always, because a list is answered field by field."""
        raise ValueError("an ITEMS question is answered field by field")

    def fits(self, place: Question | Field, value: Json, /) -> bool:
        """Whether the list is closed and has enough items, all complete."""
        assert isinstance(place, Question), "no field of an item is a list itself"
        items = items_of(value)
        enough = is_closed(value) and len(items) >= place.min_items
        return enough and not any(missing_field(place, item) for item in items)

    def said(self, place: Question | Field, value: Json, /) -> SaidValue:
        """The number of items, and the word for one."""
        assert isinstance(place, Question), "no field of an item is a list itself"
        return SaidValue("items", place.item_name, count=len(items_of(value)))


#: The object for every kind.
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
    """The value that `raw` (typed text, or the text of a button's value) gives the question or field, by its kind.
    `today`: the day of the answer.
    """
    return KINDS[place.kind].accept(place, raw, today)


def fits(place: Question | Field, value: Json) -> bool:
    """Whether a stored value is a valid answer to the question or field, by its kind."""
    return KINDS[place.kind].fits(place, value)


def accept_name(part: Field, raw: str, today: dt.date) -> OptionValue | Problem:
    """The name of a list item, i.e. the value of its first field. A number alone is not accepted."""
    if part.kind is QuestionKind.TEXT and spoken_number(raw[:_LONGEST_LABEL]) is not None:
        return Problem("number_alone", {"said": shorten(clean(raw), _SAID_CHARS)})
    return accept(part, raw, today)


def accept_text(raw: str, limit: int) -> str | Problem:
    """The cleaned text of at most `limit` characters; also used for notes, reasons and comments."""
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
    """The label of the option with that value; None if there is none."""
    return next((option.label for option in options if same(option.value, value)), None)


def same(one: Json, other: Json) -> bool:
    """Equality that distinguishes `True` from 1, as JSON does, but not 100 from 100.0."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def items_of(value: Json) -> tuple[ListItem, ...]:
    """The items of a list's value, complete or not; empty if there is no answer yet."""
    items = value.get("items") if isinstance(value, dict) else None
    return tuple(item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def is_closed(value: Json) -> bool:
    """Whether the person said "that is all"."""
    return isinstance(value, dict) and value.get("closed") is True


def missing_field(question: Question, item: ListItem) -> Field | None:
    """The first field of a list item that is not answered; None if the item is complete."""
    return next((part for part in question.fields if not fits(part, item.get(part.key))), None)


#: 1.000 and 12 500 (Vietnamese thousands), 7,5 and 7.5, an optional sign.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([. ]\d{3})+(,\d+)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?", re.ASCII)


def _readings(options: Sequence[Option], raw: str, *, numbered: bool = True) -> Iterator[list[Option]]:
    """The options that a text may name, closest reading first.

    The readings are: its label or number as typed; without diacritics; without words of courtesy; the label without its
    part in brackets; yes, no, none.
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
    """The label without its explanation in brackets: `Cả năm (12 tháng)` → `Cả năm`."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", label)


def _problem(code: str, said: str | float, why: str, expected: Mapping[str, Json]) -> Problem:
    """The problem with a number or date. An empty input is not repeated."""
    if code == "empty":
        return Problem(code, expected)
    again = shorten(clean(said), _SAID_CHARS) if isinstance(said, str) else said
    return Problem(code, {**expected, "said": again, "why": why})


def _whole(number: float) -> int | float:
    """A whole number as int, any other unchanged."""
    return int(number) if number.is_integer() else number


def _bound(bound: str, today: dt.date) -> dt.date | None:
    """A bound in the form file as a day."""
    return today if bound == TODAY else dt.date.fromisoformat(bound) if bound else None


def _without_unit(raw: str, unit: str) -> str:
    """`raw` without its unit or percent sign, and with ordinary digits."""
    text = unicodedata.normalize("NFKC", clean(raw[:_LONGEST_LABEL])).casefold()
    for ending in (*(("%",) if unit in {"", "%"} else ()), unit.casefold(), without_diacritics(unit.casefold())):
        text = text.removesuffix(ending).strip()
    return text
