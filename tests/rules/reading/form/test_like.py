"""`like` in a form file: what is taken from the other form, what goes before it, what is refused."""

from pathlib import Path

import pytest

from rules.forms.form import Form
from rules.nouns.errors import RulebookErrors
from rules.reading.folders import folder
from rules.reading.form.like import form_documents
from rules.reading.form.schema import read_form

MODEL = """\
id: mau-a
code: Mẫu A
instrument: QĐ thử
version: "1"
title: BẢN KIỂM ĐIỂM
heading: party
cite: Mẫu A
minutes: 10
person_lines: [{label: Họ và tên, source: name}]
scales: {yes_no: [{value: true, label: Có}, {value: false, label: Không}]}
sections:
  - {key: i, title: Ưu điểm, items: [{key: i1, title: Ưu điểm, questions: [{key: q1, kind: text, text: Ưu điểm?}]}]}
  - {key: ii, title: Hạn chế, items: [{key: ii1, title: Hạn chế, questions: [{key: q2, kind: text, text: Hạn chế?}]}]}
"""
NEW = "{key: n, %stitle: Mới, items: [{key: n1, title: Mới, questions: [{key: q3, kind: choice, scale: yes_no, text: Mới?}]}]}"


def forms(place: Path, own: str, model: str = MODEL) -> dict[str, Form]:
    """The forms of a rulebook with two form files."""
    (place / "forms").mkdir()
    (place / "forms" / "mau-a.yaml").write_text(model, encoding="utf-8")
    (place / "forms" / "mau-b.yaml").write_text(own, encoding="utf-8")
    found = [read_form(document) for document in form_documents(folder(str(place)))]
    return {form.id: form for form in found}


def refused(place: Path, own: str) -> list[tuple[int, str, str]]:
    with pytest.raises(RulebookErrors) as caught:
        forms(place, own)
    return [(one.line, one.field, one.expected) for one in caught.value.mistakes]


def keys(form: Form) -> list[str]:
    return [section.key for section in form.sections]


def test_what_the_file_does_not_say_is_that_of_the_other_form(tmp_path) -> None:
    form = forms(tmp_path, "id: mau-b\nlike: {form: mau-a}\ncode: Mẫu B\n")["mau-b"]
    assert (form.code, form.title, list(form.questions)) == ("Mẫu B", "BẢN KIỂM ĐIỂM", ["q1", "q2"])


def test_the_other_form_stays_as_it_is(tmp_path) -> None:
    model = forms(tmp_path, "id: mau-b\nlike: {form: mau-a}\nwithout: [i]\ncode: Mẫu B\n")["mau-a"]
    assert (model.code, keys(model)) == ("Mẫu A", ["i", "ii"])


def test_a_section_may_be_left_out(tmp_path) -> None:
    assert keys(forms(tmp_path, "id: mau-b\nlike: {form: mau-a}\nwithout: [i]\n")["mau-b"]) == ["ii"]


def test_a_section_goes_in_before_the_one_it_names_and_may_use_the_others_scales(tmp_path) -> None:
    own = f"id: mau-b\nlike: {{form: mau-a}}\nsections:\n  - {NEW % 'before: ii, '}\n"
    assert keys(forms(tmp_path, own)["mau-b"]) == ["i", "n", "ii"]


def test_a_section_with_the_same_key_stands_instead(tmp_path) -> None:
    own = f"id: mau-b\nlike: {{form: mau-a}}\nsections:\n  - {(NEW % '').replace('key: n,', 'key: i,')}\n"
    assert list(forms(tmp_path, own)["mau-b"].questions) == ["q3", "q2"]


def test_a_section_that_is_not_there_cannot_be_named(tmp_path) -> None:
    own = f"id: mau-b\nlike: {{form: mau-a}}\nwithout: [x]\nsections:\n  - {NEW % 'before: y, '}\n"
    assert refused(tmp_path, own) == [(3, "without[0]", "one_of"), (5, "sections[0].before", "one_of")]


def test_a_form_that_is_not_there_cannot_be_like(tmp_path) -> None:
    assert refused(tmp_path, "id: mau-b\nlike: {form: mau-c}\n") == [(0, "", "readable_file")]


def test_two_forms_cannot_be_like_each_other(tmp_path) -> None:
    with pytest.raises(RulebookErrors) as caught:
        forms(tmp_path, "id: mau-b\nlike: {form: mau-a}\n", "id: mau-a\nlike: {form: mau-b}\n")
    assert {one.expected for one in caught.value.mistakes} == {"extends_circle"}


def test_a_mistake_of_its_own_is_told_at_its_place(tmp_path) -> None:
    assert refused(tmp_path, "id: mau-b\nlike: {form: mau-a}\nminutes: 0\n") == [(3, "minutes", "at_least")]
