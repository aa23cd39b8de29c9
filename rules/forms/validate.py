"""What was typed or pressed becomes a value to keep, or a problem to be worded.

A problem is ordinary: its code names a sentence of the templates, its values say what was expected.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.forms.answers import within
from rules.forms.form import Field, Option, OptionValue, Question, QuestionKind
from rules.nouns.reviews import Json
from rules.nouns.text import clean, folded, without_diacritics

#: No label and no number is longer; what is typed beyond it cannot match.
_LONGEST_LABEL = 300

#: All codes a Problem can carry.
CODES = ("empty", "too_long", "not_a_number", "out_of_range", "not_an_option")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an input was not taken. `code` is one of CODES; `values` say what was expected.

    empty: nothing · too_long: limit, length · not_a_number, out_of_range: minimum, maximum, unit ·
    not_an_option: options (the labels)
    """

    code: str
    values: Mapping[str, Json] = field(default_factory=dict)


def accept(place: Question | Field, raw: str) -> OptionValue | Problem:
    """The value that `raw` (typed, or the text of a button's value) gives the question or field.

    Raises ValueError for an ITEMS question: a list is answered field by field.
    """
    match place.kind:
        case QuestionKind.TEXT:
            return accept_text(raw, place.max_chars)
        case QuestionKind.NUMBER:
            return _number(place, raw)
        case QuestionKind.CHOICE | QuestionKind.RATING:
            return _option(place.options, raw)
        case QuestionKind.ITEMS:
            raise ValueError("an ITEMS question is answered field by field")


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


def _option(options: Sequence[Option], raw: str) -> OptionValue | Problem:
    typed = folded(raw[:_LONGEST_LABEL])
    for reading in (
        [option for option in options if button_value(option) == raw.strip()],
        [option for option in options if folded(option.label) == typed],
        [option for number, option in enumerate(options, 1) if str(number) == typed],
        [option for option in options if without_diacritics(folded(option.label)) == without_diacritics(typed)],
    ):
        if len(reading) == 1:
            return reading[0].value
    labels: list[Json] = [option.label for option in options]
    return Problem("not_an_option", {"options": labels}) if clean(raw) else Problem("empty", {"options": labels})


#: 1.000 and 12 500 (Vietnamese thousands), 7,5 and 7.5, an optional sign.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([. ]\d{3})+(,\d+)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?", re.ASCII)


def _number(place: Question | Field, raw: str) -> OptionValue | Problem:
    expected: dict[str, Json] = {"minimum": place.minimum, "maximum": place.maximum, "unit": place.unit}
    for option in place.options:
        if folded(option.label) == folded(raw[:_LONGEST_LABEL]):
            return option.value
    text = _bare(raw, place.unit)
    if _THOUSANDS.fullmatch(text):
        text = re.sub("[. ]", "", text)
    if not _DECIMAL.fullmatch(text):
        return Problem("not_a_number" if clean(raw) else "empty", expected)
    number = float(text.replace(",", "."))
    if not within(place, number):
        return Problem("out_of_range", expected)
    return int(number) if number.is_integer() else number


def _bare(raw: str, unit: str) -> str:
    """`raw` without its unit or percent sign; full-width digits become plain ones."""
    text = unicodedata.normalize("NFKC", clean(raw[:_LONGEST_LABEL])).casefold()
    for ending in ("%", unit.casefold(), without_diacritics(unit.casefold())):
        text = text.removesuffix(ending).strip()
    return text
