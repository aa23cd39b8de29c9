"""`takes` in a form file: what of the ruling stands where, and what is refused."""

from pathlib import Path

import pytest

from rules.forms.form import Form
from rules.nouns.errors import RulebookErrors
from rules.reading.folders import folder
from rules.reading.form.like import form_documents
from rules.reading.form.schema import read_form

FORM = """\
id: mau-a
code: Mẫu A
instrument: QĐ thử
version: "1"
title: PHIẾU
heading: administrative
cite: Mẫu A
minutes: 10
person_lines: [{label: Họ và tên, source: name}]
scales:
  ratings: [{value: excellent, label: A}, {value: good, label: B}, {value: completed, label: C}, {value: not_completed, label: D}]
sections:
  - key: i
    title: Tự xếp loại
    items: [{key: i1, title: Tự xếp loại, questions: [{key: own, kind: rating, text: Mức nào?, scale: ratings}]}]
  - key: ii
    title: Kết quả
    filled_by: authority
    signature: {title: THỦ TRƯỞNG, ruling: true}
    items: [{key: ii1, title: Nhận xét, takes: remarks}, {key: ii2, title: Mức, takes: rating, rating: own}]
"""


def read(place: Path, text: str) -> Form:
    (place / "forms").mkdir()
    (place / "forms" / "mau-a.yaml").write_text(text, encoding="utf-8")
    return read_form(form_documents(folder(str(place)))[0])


def test_an_item_says_what_it_takes_and_a_signature_that_the_ruling_signs(tmp_path: Path) -> None:
    section = read(tmp_path, FORM).sections[1]
    assert [(item.takes, item.rating) for item in section.items] == [("remarks", ""), ("rating", "own")]
    assert section.signature is not None
    assert section.signature.ruling


@pytest.mark.parametrize(
    ("change", "into", "where", "expected"),
    [
        ("takes: remarks", "takes: praise", "sections[1].items[0].takes", "one_of"),
        ("rating: own", "rating: other", "sections[1].items[1].rating", "one_of"),
        ("takes: remarks", "rating: own", "sections[1].items[0].rating", "one_of"),
        ("    filled_by: authority\n", "", "sections[1].items[0].takes", "by_authority"),
        ("    filled_by: authority\n", "", "sections[1].signature.ruling", "by_authority"),
        ("title: Tự xếp loại, q", "title: Tự xếp loại, takes: rating, q", "sections[0].items[0].takes", "by_authority"),
        ("kind: rating", "kind: choice", "sections[1].items[1].rating", "one_of"),
    ],
)
def test_what_has_no_sense_is_refused_by_line(tmp_path: Path, change, into, where, expected) -> None:
    with pytest.raises(RulebookErrors) as caught:
        read(tmp_path, FORM.replace(change, into, 1))
    assert (where, expected) in {(one.field, one.expected) for one in caught.value.mistakes}
