"""Rulebook and form files say the same to any reader of YAML, of version 1.1 and 1.2 alike.

Versions differ in what `yes`, `010`, `1:30` and `2020-12-05` are, readers in what they forgive. Read here by PyYAML's pure
reader (1.1, and stricter than the C one of the house) and by the reader that Playwright brings along (1.2, core schema). A
day is a date to the one and its text to the other.
"""

import datetime as dt
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import playwright
import pytest
import yaml

from rules.reading.strict_yaml import parse

FILES = sorted(str(file) for folder in ("rules", "docs/examples") for file in Path(folder).rglob("*.yaml"))
DRIVER = Path(playwright.__file__).parent / "driver"
READ_ALL = """
const { yaml } = require(process.argv[1]);
const read = (file) => yaml.parse(require("fs").readFileSync(file, "utf8"), {version: "1.2", schema: "core"});
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((file) => [file, read(file)]))));
"""


def plain(value: Any) -> Any:
    """As JSON has it; a day is its text."""
    return json.loads(json.dumps(value, default=lambda one: one.isoformat() if isinstance(one, dt.date) else one))


def of_the_house(file: str) -> Any:
    return plain(parse(Path(file).read_text(encoding="utf-8"), file).data)


@cache
def by_version_1_2() -> dict[str, Any]:
    bundle = DRIVER / "package" / "lib" / "utilsBundle.js"
    ran = subprocess.run([DRIVER / "node", "-e", READ_ALL, bundle, *FILES], capture_output=True, text=True, check=True)
    read: dict[str, Any] = json.loads(ran.stdout)
    return read


def test_there_are_files() -> None:
    assert len(FILES) > 80


@pytest.mark.parametrize("file", FILES)
def test_a_reader_of_version_1_1_reads_the_same(file: str) -> None:
    assert plain(yaml.safe_load(Path(file).read_text(encoding="utf-8"))) == of_the_house(file)


@pytest.mark.parametrize("file", FILES)
def test_a_reader_of_version_1_2_reads_the_same(file: str) -> None:
    assert by_version_1_2()[file] == of_the_house(file)
