"""The table of docs/ballots.md: what people read in each case stands in the templates, and each test is there."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parents[3]
_ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \| `(tests/[^:`]+)::(test_[^`]+)` \|$", re.MULTILINE)
CASES = _ROW.findall((HERE / "docs" / "ballots.md").read_text())


@pytest.fixture(scope="module")
def words() -> str:
    """All templates that people read."""
    files = (one for part in ("messages", "pages") for one in (HERE / "templates" / part).rglob("*.*"))
    return "\n".join(one.read_text() for one in files if one.suffix in {".j2", ".html"})


def test_every_case_of_bad_input_is_listed() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize(("case", "sentence", "file", "test"), CASES, ids=[case for case, *_ in CASES])
def test_a_case_says_what_people_read_and_where_it_is_tried(
    words: str, case: str, sentence: str, file: str, test: str
) -> None:
    assert sentence in words, case
    assert f"def {test}(" in (HERE / file).read_text(), case
