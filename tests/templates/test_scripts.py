"""The page's scripts and style sheets run as they are written in engines from Chromium 80 and Safari 13 on: nothing builds them anew.

What those do not know is listed here, as it is written; where something newer only makes it nicer, the line asks for it first.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "templates"
SCRIPTS = [*sorted((ROOT / "static").glob("*.js")), ROOT / "pages/worker.js"]
SHEETS = sorted((ROOT / "static").glob("*.css"))

#: Newer than the floor → how it looks in a script.
NEWER = {
    "optional chaining (Safari 13.1)": r"\?\.(?!\d)",
    "?? (Safari 13.1)": r"\?\?",
    "assignment with a condition (Chromium 85)": r"(\|\||&&)=",
    "private or static parts of a class (Chromium 84)": r"(?<![\w\"'`(&])#[a-z]\w*\s*[(=;]|^\s+static\b",
    "at() (Chromium 92)": r"\.at\(",
    "replaceAll (Chromium 85)": r"\.replaceAll\(",
    "replaceChildren (Chromium 86)": r"\.replaceChildren\(",
    "requestSubmit (Safari 16)": r"\.requestSubmit\(",
    "AbortSignal.timeout (Chromium 103)": r"AbortSignal\.(timeout|any)",
    "Object.hasOwn, findLast, structuredClone": r"\.hasOwn\(|\.findLast|structuredClone",
    "reflected aria (Safari 12.1, not everywhere)": r"\.aria[A-Z]",
    "await outside of a function (Chromium 89)": r"^await ",
}


def without_comments(text: str) -> str:
    return re.sub(r"^\s*(//|/\*\*|\*).*$|\s//\s.*$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_a_script_is_read_by_the_oldest_engine(script: Path) -> None:
    text = without_comments(script.read_text("utf-8"))
    text = re.sub(r"{[{%].*?[%}]}", "0", text)
    found = [name for name, newer in NEWER.items() if re.search(newer, text, re.MULTILINE)]
    bodies = re.findall(r"^(?:export )?class .*?^}", text, re.DOTALL | re.MULTILINE)
    found += [
        field for body in bodies for field in re.findall(r"^  [a-z]\w* = .*;$", body, re.MULTILINE)
    ]  # Safari 14.1
    assert found == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_heights_that_follow_the_bars_of_a_browser_stand_after_those_that_every_engine_knows(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    for newer in re.finditer(r"[a-z-]+: [^;{}]*\bdv[hw][^;{}]*;|[a-z-]+: [^;{}]*\ddv[hw][^;{}]*;", text):
        known = re.sub(r"dv([hw])", r"v\1", newer[0])
        assert text[: newer.start()].rstrip().endswith(known), newer[0]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_no_distance_in_a_flex_box_hangs_on_gap(sheet: Path) -> None:
    """Chromium 84, Safari 14.1: below that everything would stick together."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    flex = [
        rule
        for rule in re.findall(r"[^{}]+{[^{}]*}", text)
        if "display: flex" in rule or "display: inline-flex" in rule
    ]
    if sheet.name != "demo.css":  # for whoever tries it out on a machine of today
        assert [rule for rule in flex if re.search(r"[\s;]gap:", rule)] == []
