"""The words with which a printed form begins, before its first section."""

import pytest

from rules.judging.filing import Filing
from rules.nouns.people import Person
from rules.nouns.values import Subject
from rules.reading.load import load
from templates.documents.blocks import Paragraph
from templates.documents.sheet import paper

PARTY = load("party-2019")
DIVISION = Person(1, "Tập thể Phòng <Thử>", "", 1, "Phòng Thử", "Văn phòng Thử", Subject.COLLECTIVE)


def first_line(form: str) -> str:
    line = paper(Filing(PARTY.forms[form], DIVISION, 2020, {}, "0" * 64)).blocks[0]
    assert isinstance(line, Paragraph)
    return "".join(run.text for run in line.runs)


def test_the_report_of_a_collective_begins_with_the_words_of_the_form_and_its_name() -> None:
    assert first_line("mau-01-hd-2019") == (
        "Căn cứ kết quả lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị tại địa phương (cơ quan, đơn vị); Tập thể Phòng <Thử> "
        "kiểm điểm với các nội dung chủ yếu sau:"
    )


def test_a_form_without_such_words_begins_with_its_first_section() -> None:
    assert first_line("mau-02-hd-2019") == "I. Ưu điểm, kết quả đạt được"


@pytest.mark.parametrize(
    ("period", "said"),
    [("year", "Năm 2023"), ("school", "Năm học 2022–2023"), ("h1", "6 tháng đầu năm 2023"), ("q2", "Quý II năm 2023")],
)
def test_a_paper_says_the_period_it_is_about(period: str, said: str) -> None:
    form = load("decree-90-2020").forms["mau-03"]
    assert paper(Filing(form, DIVISION, 2023, {}, "0" * 64, period=period)).year == said
