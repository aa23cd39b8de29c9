"""The fixed words of printed forms, kept in `words.toml`."""

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
    """The fixed words called `name`, with the values put in their places."""
    return section("words")[name].format(**values)


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(files("templates.documents").joinpath("words.toml").read_text(encoding="utf-8"))
