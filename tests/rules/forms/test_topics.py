"""`topic` and `recalls` in a form file."""

from pathlib import Path

import pytest

from rules.nouns.errors import RulebookErrors
from tests.rules.reading.test_ruling_places import FORM, read

TEXTS = """\
  - key: iii
    title: Nhận xét
    items:
      - key: iii1
        title: Nhận xét
        questions:
          - {key: weak, kind: text, topic: shortcomings, text: Hạn chế?}
          - {key: fixed, kind: text, recalls: shortcomings, text: Khắc phục?}
"""


def test_a_question_says_what_it_asks_and_what_it_recalls(tmp_path: Path) -> None:
    form = read(tmp_path, FORM + TEXTS)
    assert (form.questions["weak"].topic, form.questions["fixed"].recalls) == ("shortcomings", "shortcomings")


@pytest.mark.parametrize(
    ("change", "into", "field", "expected"),
    [
        ("recalls: shortcomings", "recalls: shortcoming", "recalls", "one_of"),
        ("recalls: shortcomings", "topic: shortcomings", "topic", "key_twice"),
        ("topic: shortcomings", "topic: Hạn chế", "topic", "pattern"),
    ],
)
def test_a_slip_is_refused_by_line(tmp_path: Path, change: str, into: str, field: str, expected: str) -> None:
    with pytest.raises(RulebookErrors) as caught:
        read(tmp_path, FORM + TEXTS.replace(change, into, 1))
    assert [(one.field.rsplit(".")[-1], one.expected) for one in caught.value.mistakes] == [(field, expected)]
