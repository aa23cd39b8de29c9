"""Numbers as people read them. They are never rounded, so that what is shown is what is judged."""

from decimal import ROUND_DOWN, Decimal

from babel.numbers import format_decimal

#: A number with more digits after the point is taken as a periodic fraction (two thirds of a hundred): it is cut, and
#: three dots are added.
_DIGITS, _CUT = 6, Decimal("0.01")
#: The fraction for which a day beyond whole months counts (`rules.nouns.service.months`).
_DAYS = 31


def digits(value: float, language: str) -> str:
    """80,5 in Vietnamese; 66,66… for two thirds of a hundred. A number is never shown as reaching a limit that it does
    not reach.
    """
    exact = Decimal(str(value))
    if -int(exact.as_tuple().exponent) <= _DIGITS:
        return format_decimal(exact, "#,##0.######", locale=language)
    return format_decimal(exact.quantize(_CUT, ROUND_DOWN), "#,##0.00", locale=language) + "…"


def whole_and_days(months: float) -> tuple[int, int] | None:
    """Months counted by the calendar, as (whole months, days); None for a number that was typed, or a whole one."""
    whole, rest = divmod(months, 1)
    days = round(rest * _DAYS)
    counted = days and abs(rest * _DAYS - days) < 1e-9 and -int(Decimal(str(months)).as_tuple().exponent) > _DIGITS
    return (int(whole), days) if counted else None
