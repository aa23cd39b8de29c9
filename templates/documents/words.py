"""The fixed words of printed forms, from `words.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast


@cache
def section(name: str) -> Mapping[str, str]:
    """The words of a section of the file, e.g. `ratings` or `heading.party`."""
    words: Any = _all()
    for part in name.split("."):
        words = words[part]
    return cast("Mapping[str, str]", words)


def word(name: str, /, **values: object) -> str:
    """The fixed words called `name`, with the values inserted."""
    return section("words")[name].format(**values)


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(files("templates.documents").joinpath("words.toml").read_text(encoding="utf-8"))


_QUARTERS = {"q1": "I", "q2": "II", "q3": "III", "q4": "IV"}


_OTHERS = {
    "school": "năm học {before}–{year}",
    "h1": "6 tháng đầu năm {year}",
    "h2": "6 tháng cuối năm {year}",
}


def period_words(year: int, period: str) -> str:
    """A period in words: `m09` of 2026 → "tháng 9 năm 2026"; `q3` → "quý III năm 2026"; `school` → "năm học 2025–2026";
    the whole year → "năm 2026".
    """
    if period in _OTHERS:
        return _OTHERS[period].format(year=year, before=year - 1)
    if period in _QUARTERS:
        return f"quý {_QUARTERS[period]} năm {year}"
    if period.startswith("m"):
        return f"tháng {int(period[1:])} năm {year}"
    return f"năm {year}"
