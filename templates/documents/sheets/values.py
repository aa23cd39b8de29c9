"""Single values as the form prints them."""

from collections.abc import Iterable

from rules.forms.form import Option
from rules.nouns.days import as_written, read_iso
from rules.nouns.reviews import Json
from templates.documents.texts import number, one_line
from templates.documents.words import word
from templates.numbers import whole_and_days


def label(options: Iterable[Option], value: Json) -> str:
    """The label of the chosen option; a value without an option is printed as it is."""
    found = (option.label for option in options if option.value == value and type(option.value) is type(value))
    return one_line(next(found, shown(value)))


def date(value: Json) -> str:
    """A date as printed on paper. What was typed while the question still took text is left as it was typed."""
    day = read_iso(value)
    return as_written(day) if day else shown(value)


def amount(value: Json, unit: str) -> str:
    """A number with its unit; months counted by the calendar are printed as months and days."""
    counted = whole_and_days(value) if unit == word("month_unit") and isinstance(value, float) else None
    if counted:
        return word("months_days" if counted[0] else "days", months=counted[0], days=counted[1])
    return f"{shown(value)}{unit}" if unit in {"", "%"} else f"{shown(value)}\u00a0{unit}"


def shown(value: Json) -> str:
    """A value in plain words; empty when there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return word("yes") if value else word("no")
    return number(value) if isinstance(value, (int, float)) else one_line(str(value))
