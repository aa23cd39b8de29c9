"""Mistakes in files, in words: every name that the rules can give has its sentence."""

import re
from importlib.resources import files
from pathlib import Path

from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.schema_errors import _NAMES
from templates.errors import EXPECTED, word, worded

RULES = Path(str(files("rules")))


def test_every_name_of_a_mistake_has_its_sentence() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in RULES.rglob("*.py"))
    named = set(re.findall(r'(?:refuse|WrongValue)\(\s*"([a-z_0-9]+)"', source))
    named |= set(re.findall(r'mistake\(\s*(?:\([^)]*\)|\w+),\s*"([a-z_0-9]+)"', source))
    named |= set(re.findall(r'Mistake\([^"]*"",\s*"([a-z_0-9]+)"', source))
    assert len(named) > 30
    assert (named | set(_NAMES.values())) - set(EXPECTED) == set()


def test_a_mistake_says_where_what_and_what_stands_there() -> None:
    mistake = Mistake("book.yaml", 12, "caps[0].at_most", "one_of", {"expected": "good, completed", "given": "best"})
    assert word(mistake) == "book.yaml:12: caps[0].at_most: cần một trong: good, completed (đang ghi: best)"


def test_a_line_break_in_a_file_name_does_not_break_the_line() -> None:
    assert word(Mistake("a\nb.yaml", 0, "", "utf8")) == "a b.yaml: tệp phải lưu bằng mã UTF-8"


def test_many_mistakes_on_one_line_tell_how_many_more_there_are() -> None:
    one = Mistake("b.yaml", 1, "id", "missing")
    assert worded(RulebookErrors((one, one, one))) == "b.yaml:1: id: thiếu mục bắt buộc này (và 2 lỗi khác)"
