"""Dates on paper: as Nghị định 30/2020 writes them; what was sent as it was typed is printed as it was typed."""

from dataclasses import replace

import pytest

from rules.forms.answers_stamp import answers_stamp
from rules.forms.form import Field, Question, QuestionKind
from rules.judging.filing import Filing
from rules.nouns.reviews import Answer
from rules.reading.load import load
from templates.documents import paper
from templates.documents.sheets.answering import answered
from templates.documents.sheets.tabling import listed
from tests.templates.samples import PLAIN

FORM = load("party-2025").forms["mau-02b-hd-2025"]


def filing(**answers: object) -> Filing:
    given = {key: Answer(value) for key, value in answers.items()}
    return Filing(FORM, PLAIN, 2025, given, answers_stamp(FORM, given), version=1, submitted_on="2025-12-01")


@pytest.mark.parametrize(
    ("kept", "printed"),
    [
        ("1980-03-05", "05/3/1980"),
        ("1985-12-02", "02/12/1985"),
        ("1985-02-12", "12/02/1985"),
        ("5-3-1980", "5-3-1980"),
        ("khoảng năm 1980", "khoảng năm 1980"),
    ],
)
def test_the_line_of_birth_under_the_title(kept, printed):
    assert dict(paper(filing(birth=kept)).persons)["Ngày sinh"] == printed


def test_nobody_s_birth_is_printed_before_it_is_told():
    assert dict(paper(filing()).persons)["Ngày sinh"] == ""


def test_a_date_under_an_item_ends_like_a_sentence():
    question = Question("met_on", QuestionKind.DATE, "Ngày họp?")
    sent = replace(filing(), answers={"met_on": Answer("2025-01-05")})
    (line,) = answered((question,), sent)
    assert "".join(run.text for run in line.runs) == "05/01/2025."


def test_a_date_in_a_list_stands_in_its_column():
    fields = (Field("name", QuestionKind.TEXT, "?", "Cuộc họp"), Field("day", QuestionKind.DATE, "?", "Ngày"))
    question = Question("meetings", QuestionKind.ITEMS, "?", fields=fields, item_name="Cuộc họp")
    table, _ = listed(
        question, {"items": [{"name": "Sơ kết", "day": "2025-07-01"}, {"name": "Tổng kết"}], "closed": True}
    )
    assert table.rows == (("1", "Sơ kết", "01/7/2025"), ("2", "Tổng kết", ""))
