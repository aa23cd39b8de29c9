"""What is offered where: the same question again, a shared topic, facts of another time not, shortcomings recalled."""

from dataclasses import replace

import pytest

from rules.forms.form import Field, Form, Item, Option, Question, QuestionKind, Section
from rules.forms.recalling import Told, offers
from rules.nouns.reviews import Answer
from rules.reading.folders import shipped
from rules.reading.load import load

CIVIL = load("decree-90-2020").forms["mau-02"]
EMPLOYEES = load("decree-90-2020").forms["mau-03"]
PARTY = load("party-2019").forms["mau-02-hd-2019"]
PARTY_2025 = load("party-2025").forms["mau-02b-hd-2025"]
TASK = {
    "name": "Báo cáo tháng",
    "done_pct": 100,
    "on_time": True,
    "quality": True,
    "efficiency": "high",
    "exceeded": False,
}


def told(form: Form, year: int, **answers: Answer) -> Told:
    return Told(form, year, "thu", answers)


def items(*listed: dict) -> Answer:
    return Answer({"items": list(listed), "closed": True})


def test_a_text_of_the_other_form_of_the_same_year_is_offered_with_where_it_comes_from() -> None:
    found = offers(PARTY, 2020, [told(CIVIL, 2020, shortcomings=Answer("Còn chậm."))])
    assert set(found) == {"shortcomings", "plan"}
    assert (found["plan"].near, found["shortcomings"].near) == (True, False)
    one = found["shortcomings"]
    assert (one.value, one.form, one.year, one.rulebook) == ("Còn chậm.", "Mẫu số 02", 2020, "thu")


def test_the_same_question_of_last_year_s_form_is_offered_without_a_topic() -> None:
    found = offers(PARTY, 2021, [told(PARTY, 2020, explained=Answer("Đã giải trình."))])
    assert found["explained"].value == "Đã giải trình."


def test_who_became_an_employee_finds_what_they_wrote_as_an_official() -> None:
    found = offers(EMPLOYEES, 2021, [told(CIVIL, 2020, strengths=Answer("Chủ động."))])
    assert found["strengths"].value == "Chủ động."


def test_a_form_of_the_same_id_of_another_instrument_is_another_form() -> None:
    other = replace(CIVIL, instrument="khác", questions={"c6": replace(CIVIL.questions["c6"], topic="")})
    assert offers(CIVIL, 2020, [told(other, 2020, c6=Answer("good"))]) == {}


@pytest.mark.parametrize("key", ["months_worked", "leave_months", "maternity_leave", "degradation"])
def test_facts_of_the_year_come_from_the_other_form_of_that_year_alone(key: str) -> None:
    question = CIVIL.questions[key]
    answer = Answer(question.options[0].value)
    assert offers(EMPLOYEES, 2020, [told(CIVIL, 2020, **{key: answer})])[key].value == answer.value
    assert offers(EMPLOYEES, 2021, [told(CIVIL, 2020, **{key: answer})]) == {}
    assert offers(CIVIL, 2020, [told(CIVIL, 2020, **{key: answer})]) == {}  # another month, another post


def test_ratings_are_never_offered() -> None:
    earlier = [told(CIVIL, 2020, self_rating=Answer("good"))]
    assert offers(CIVIL, 2021, earlier) == offers(EMPLOYEES, 2020, earlier) == {}


def test_a_list_of_the_same_year_comes_whole_and_open() -> None:
    found = offers(PARTY, 2020, [told(CIVIL, 2020, tasks=items(TASK))])
    assert found["tasks"].value == {"items": [TASK], "closed": False}


def test_of_last_year_s_list_only_the_names_come() -> None:
    found = offers(CIVIL, 2021, [told(CIVIL, 2020, tasks=items(TASK))])
    assert found["tasks"].value == {"items": [{"name": "Báo cáo tháng"}], "closed": False}


def test_a_list_brings_the_parts_this_form_asks_too() -> None:
    found = offers(PARTY_2025, 2025, [told(CIVIL, 2025, tasks=items(TASK))])
    (item,) = found["tasks"].value["items"]
    assert "done_pct" not in item
    assert item["efficiency"] == "high"


def test_an_empty_list_a_skipped_answer_and_none_are_no_offer() -> None:
    earlier = [told(CIVIL, 2020, tasks=items(), shortcomings=Answer(None, skipped=True), strengths=Answer(None, "lời"))]
    assert offers(CIVIL, 2021, earlier) == {}


def test_the_newest_wins() -> None:
    earlier = [told(CIVIL, 2022, strengths=Answer("mới")), told(CIVIL, 2021, strengths=Answer("cũ"))]
    assert offers(CIVIL, 2023, earlier)["strengths"].value == "mới"


def test_a_text_too_long_for_this_form_is_no_offer() -> None:
    short = replace(CIVIL, questions={"strengths": replace(CIVIL.questions["strengths"], max_chars=3)})
    assert offers(short, 2021, [told(CIVIL, 2020, strengths=Answer("dài hơn"))]) == {}


def test_last_year_s_shortcomings_are_shown_where_it_is_asked_what_became_of_them() -> None:
    earlier = [told(CIVIL, 2020, shortcomings=Answer("năm nay")), told(PARTY, 2019, shortcomings=Answer("năm trước"))]
    assert offers(PARTY, 2020, earlier)["s_fixed"].value == "năm trước"
    assert offers(PARTY_2025, 2020, earlier)["faults"].value == "năm trước"


def test_what_became_of_earlier_shortcomings_is_said_anew_each_year() -> None:
    assert "s_fixed" not in offers(PARTY, 2021, [told(PARTY, 2020, s_fixed=Answer("Đã khắc phục."))])


def test_a_choice_that_this_form_does_not_know_is_no_offer() -> None:
    def form(key: str, *values: str) -> Form:
        options = tuple(Option(value, value) for value in values)
        question = Question("q", QuestionKind.CHOICE, "?", options=options, topic="t", illustrated=True)
        section = Section("i", "I", items=(Item("i1", "1", "I", questions=(question,)),))
        return Form(key, key, "x", "1", "T", "party", (), (section,), questions={"q": question})

    one, other = form("a", "high", "low"), form("b", "high")
    assert offers(other, 2020, [told(one, 2020, q=Answer("low"))]) == {}
    assert offers(other, 2020, [told(one, 2020, q=Answer("high", "vì thế"))])["q"].note == "vì thế"


def test_an_item_whose_name_does_not_fit_is_left_out() -> None:
    name = Field("name", QuestionKind.TEXT, "?", "Tên", max_chars=5)
    asked = replace(CIVIL.questions["tasks"], fields=(name,))
    form = replace(CIVIL, questions={"tasks": asked})
    found = offers(form, 2021, [told(CIVIL, 2020, tasks=items(TASK, {**TASK, "name": "Gọn"}))])
    assert found["tasks"].value == {"items": [{"name": "Gọn"}], "closed": False}


def test_every_topic_is_shared_by_forms_and_always_of_one_kind() -> None:
    kinds: dict[str, set[QuestionKind]] = {}
    forms: dict[str, set[tuple[str, str]]] = {}
    for book in map(load, shipped()):
        for form in book.forms.values():
            for question in form.questions.values():
                if question.topic:
                    kinds.setdefault(question.topic, set()).add(question.kind)
                    forms.setdefault(question.topic, set()).add((form.id, form.instrument))
    assert {topic: found for topic, found in kinds.items() if len(found) > 1} == {}
    assert {topic for topic, found in forms.items() if len(found) < 2} == set()


@pytest.mark.parametrize("kept", ["1985-05-12", "12/5/1985"])
def test_a_date_of_birth_is_offered_in_every_year_as_it_was_kept(kept: str) -> None:
    found = offers(PARTY_2025, 2025, [told(PARTY, 2023, birth=Answer(kept))])
    assert found["birth"].value == kept


def test_what_was_typed_and_is_no_date_is_not_offered_any_more() -> None:
    assert offers(PARTY_2025, 2025, [told(PARTY, 2023, birth=Answer("khoảng 1985"))]) == {}


def test_what_was_said_of_criteria_is_drafted_as_a_text_about_the_same() -> None:
    """Mẫu số 02, I.1 Chính trị tư tưởng; Mẫu 02-HD KĐ.ĐG 2019, I.1 Về tư tưởng chính trị."""
    said = {key: Answer("good") for key in ("c1a", "c1b", "c1c")}
    open_yet = offers(PARTY, 2020, [told(CIVIL, 2020, **said)])
    assert "s1a" not in open_yet
    given = {**said, "c1d": Answer("met", note="Đã học bốn chuyên đề"), "c1a": Answer("good", note=".")}
    draft = offers(PARTY, 2020, [told(CIVIL, 2020, **given)])["s1a"]
    assert draft.near
    text = str(draft.value)
    assert text.startswith("Thực hiện tốt: chấp hành chủ trương")
    assert text.endswith("văn bản của Đảng. Đã học bốn chuyên đề.")
    assert " Đáp ứng: có ý thức nghiên cứu" in text
    assert "s1a" not in offers(PARTY, 2021, [told(CIVIL, 2020, **given)])


@pytest.mark.parametrize(("there", "here"), [(0, 0), (2, None)])
def test_no_leave_of_any_kind_is_no_leave_for_illness(there: int, here: int | None) -> None:
    found = offers(PARTY, 2020, [told(CIVIL, 2020, leave_months=Answer(there))])
    assert (found["leave_months"].value if "leave_months" in found else None) == here


def test_what_lasts_is_offered_a_year_later_as_its_button_says_it() -> None:
    found = offers(PARTY, 2021, [told(PARTY, 2020, since_joined=Answer(12), civil_servant=Answer(value=True))])
    assert (found["since_joined"].value, found["civil_servant"].value) == (12, True)
    assert "since_joined" not in offers(PARTY, 2021, [told(PARTY, 2020, since_joined=Answer(8))])
