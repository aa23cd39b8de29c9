"""A form file with mistakes is refused, each mistake with its line and what was expected there."""

import pytest

from rules.nouns.errors import RulebookErrors
from rules.reading.form.schema import read_form
from rules.reading.strict_yaml import parse

GOOD = """\
id: mau-x
code: Mẫu X
instrument: 1/2020/QĐ
version: "1"
title: PHIẾU
heading: administrative
cite: "Mẫu X"
minutes: 5
person_lines: [{label: Họ và tên, source: name}]
scales:
  yes_no: [{value: true, label: Có}, {value: false, label: Không}]
sections:
  - key: i
    title: MỤC
    items:
      - key: i1
        title: Nội dung
        questions:
          - key: disciplined
            kind: choice
            text: Có không?
            scale: yes_no
            yields: {disciplined: value}
          - key: tasks
            kind: items
            text: Việc gì?
            fields:
              - {key: done, kind: choice, text: Xong chưa?, label: Xong, scale: yes_no}
            yields: {tasks_exceeded_pct: {share: {done: true}}}
"""


def test_a_sound_file_is_read():
    assert list(read_form(parse(GOOD, "x.yaml")).questions) == ["disciplined", "tasks"]


def test_numbers_keep_the_shape_of_the_file(official_form):
    assert repr(official_form.questions["months_worked"].maximum) == "12"


@pytest.mark.parametrize(
    ("right", "wrong", "mistake"),
    [
        ("minutes: 5", "minutes: soon", "x.yaml:8: minutes: whole_number"),
        ("minutes: 5", "minutes: 5\ncolour: red", "x.yaml:9: colour: unknown_key"),
        ("kind: items", "kind: list", "x.yaml:25: sections[0].items[0].questions[1].kind: one_of"),
        ("key: disciplined", "key: Bị-kỷ-luật", "x.yaml:19: sections[0].items[0].questions[0].key: pattern"),
        (
            "            scale: yes_no",
            "            scale: maybe",
            "x.yaml:22: sections[0].items[0].questions[0].scale: one_of",
        ),
        ("            scale: yes_no\n", "", "x.yaml:19: sections[0].items[0].questions[0].scale: scale"),
        (
            "key: tasks",
            "key: tasks\n            instead_of: [gone]",
            "instead_of: one_of given=gone expected=disciplined",
        ),
        (
            "key: tasks",
            "key: tasks\n            instead_of: [tasks]",
            "instead_of: one_of given=tasks expected=disciplined",
        ),
        ("key: tasks", "key: disciplined", "x.yaml:24: sections[0].items[0].questions[1].key: key_twice"),
        ("{disciplined: value}", "{luck: value}", "questions[0].yields.luck: unknown_fact given=luck"),
        (
            "kind: items",
            "kind: items\n            usual: [{label: Xong, answers: {done: true, gone: true}}]",
            "usual[0].answers.gone: one_of given=gone expected=done",
        ),
        (
            "kind: items",
            "kind: items\n            usual: [{label: Xong, answers: {done: maybe, gone: true}}]",
            "usual[0].answers.done: one_of given=maybe expected=True, False",
        ),
        (
            "scale: yes_no}",
            "scale: yes_no, said: {chậm: late}}",
            "fields[0].said.chậm: one_of given=late expected=True, False",
        ),
        (
            "kind: items",
            "kind: items\n            unlikely: [{done: false, gone: true}]",
            "unlikely[0].gone: one_of given=gone expected=done",
        ),
        (
            "scales:",
            "unlikely: [{sum: [gone], above: 12}]\nscales:",
            "unlikely[0]: one_of given=gone expected=disciplined",
        ),
        (
            "scales:",
            "unlikely: [{says: {disciplined: maybe}}]\nscales:",
            "unlikely[0].says.disciplined: one_of given=maybe expected=True, False",
        ),
        ("scales:", "unlikely: [{says: {disciplined: true}, above: 1}]\nscales:", "unlikely[0]: one_way_unlikely"),
        ("{disciplined: value}", "{disciplined: guess}", "questions[0].yields: one_of expected=value, worst"),
        ("{disciplined: value}", "{disciplined: {all: done}}", "yields.disciplined: yield_of_items given=all"),
        (
            "{share: {done: true}}",
            "{share: {gone: true}}",
            "yields.tasks_exceeded_pct: one_of given=gone expected=done",
        ),
        ("{share: {done: true}}", "{half: done}", "questions[1].yields: one_of expected=all, any, worst, share"),
        (
            "    title: MỤC",
            "    title: MỤC\n    when: {leder: true}",
            "sections[0].when: known_name name=leder",
        ),
        (
            "    title: MỤC",
            "    title: MỤC\n    when: {disciplined: true}",
            "sections[0].when: not_asked_before given=disciplined",
        ),
        (
            "    title: MỤC",
            "    title: MỤC\n    when: {leader: {over: 2}}",
            "sections[0].when: one_of expected=at_least",
        ),
        ("    title: MỤC", "    title: MỤC\n    when: {leader: maybe}", "sections[0].when: trait about=leader"),
        ("label: Không", "label: có.", "sections[0].items[0].questions[0].scale: labels_twice"),
        ("kind: items", "kind: text", "x.yaml:24: sections[0].items[0].questions[1]: fields_of_items given=text"),
        ("{tasks_exceeded_pct: {share: {done: true}}}", "{disciplined: {any: done}}", "fact_twice first=disciplined"),
        ("scales:", "comment: [{section: ii, cite: x}]\nscales:", "x.yaml:10: comment[0].section: one_of expected=i"),
        ("scales:", "comment: [{section: i, item: i2, cite: x}]\nscales:", "comment[0].item: one_of expected=i1"),
        ('cite: "Mẫu X"', 'cite: ""', "x.yaml:7: cite: not_empty"),
        ("[{label: Họ và tên, source: name}]", "[]", "x.yaml:9: person_lines: not_empty"),
        (
            "kind: choice\n            text: Có",
            "kind: choice\n            not_after: today\n            text: Có",
            "questions[0].not_after: bound_of_date",
        ),
        ("kind: items", "kind: date\n            not_before: soon", "questions[1].not_before: day_or_today"),
        (
            "kind: items",
            "kind: date\n            not_before: 2020-02-01\n            not_after: 2020-01-01",
            "questions[1].not_after: not_before first=2020-02-01",
        ),
        (
            "kind: choice\n            text: Có",
            "kind: date\n            text: Có",
            "questions[0].yields: yield_of_date",
        ),
        ('version: "1"', "version: 2020", "x.yaml:4: version: text_in_quotes"),
    ],
)
def test_a_mistake_is_named_with_its_place(right, wrong, mistake):
    assert GOOD.count(right) >= 1
    with pytest.raises(RulebookErrors) as refused:
        read_form(parse(GOOD.replace(right, wrong, 1), "x.yaml"))
    assert mistake in str(refused.value)


def test_the_bounds_of_a_date_are_days_or_the_day_of_the_answer():
    asks = "- {key: met_on, kind: date, text: Ngày?, not_before: 2020-01-01, not_after: today}\n          - key: tasks"
    question = read_form(parse(GOOD.replace("- key: tasks", asks), "x.yaml")).questions["met_on"]
    assert (question.not_before, question.not_after) == ("2020-01-01", "today")


def test_a_question_may_take_what_it_has_in_common_from_a_shape():
    text = GOOD.replace("scales:", "shapes: {ask: {kind: choice, scale: yes_no, required: false}}\nscales:")
    text = text.replace(
        "kind: choice\n            text: Có không?\n            scale: yes_no", "shape: ask\n            text: Có?"
    )
    question = read_form(parse(text, "x.yaml")).questions["disciplined"]
    assert (question.text, question.required, [option.label for option in question.options]) == (
        "Có?",
        False,
        ["Có", "Không"],
    )


def test_a_shape_that_is_not_there_is_named():
    text = GOOD.replace("scales:", "shapes: {ask: {kind: choice}}\nscales:").replace("kind: items", "shape: asks")
    with pytest.raises(RulebookErrors) as refused:
        read_form(parse(text, "x.yaml"))
    assert str(refused.value) == "x.yaml:26: sections[0].items[0].questions[1].shape: one_of given=asks expected=ask"


def test_all_mistakes_come_at_once_in_the_order_of_the_file():
    text = (
        GOOD.replace("minutes: 5", "minutes: 0")
        .replace("kind: choice\n", "kind: guess\n")
        .replace("title: PHIẾU", "title: 7")
    )
    with pytest.raises(RulebookErrors) as refused:
        read_form(parse(text, "x.yaml"))
    assert [mistake.line for mistake in refused.value.mistakes] == [5, 8, 20]
