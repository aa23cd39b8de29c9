"""What the head is shown of a resubmission: question by question, short."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dialogs.shown.changes import SHOWN_CHARS, changes, excerpt
from rules.forms.form import Item, Question, QuestionKind, Section
from rules.nouns.reviews import Answer
from tests.dialogs.small_office import ANSWERS, FORM


def tasks(*items: dict[str, object]) -> Answer:
    return Answer({"items": list(items), "closed": True})


def test_the_same_answers_show_no_change() -> None:
    assert changes(FORM, ANSWERS, ANSWERS) == ()


def test_an_answer_looked_at_again_and_kept_is_no_change() -> None:
    kept = {**ANSWERS, "strengths": Answer("Chủ động tham mưu", round=1)}
    assert changes(FORM, ANSWERS, kept) == ()


def test_a_choice_shows_both_labels() -> None:
    (change,) = changes(FORM, ANSWERS, {**ANSWERS, "attitude": Answer("met")})
    assert (change.number, change.title) == ("1", "Chính trị tư tưởng")
    assert (change.before.text, change.after.text) == ("Thực hiện tốt", "Đáp ứng")


def test_an_added_illustration_is_a_change() -> None:
    (change,) = changes(FORM, ANSWERS, {**ANSWERS, "attitude": Answer("good", "Dự đủ các lớp")})
    assert (change.before.note, change.after.note) == ("", "Dự đủ các lớp")


def test_an_answer_that_is_new_and_one_that_is_skipped() -> None:
    (new,) = changes(FORM, {k: v for k, v in ANSWERS.items() if k != "strengths"}, ANSWERS)
    assert (new.before.what, new.after.text) == ("nothing", "Chủ động tham mưu")
    (skipped,) = changes(FORM, ANSWERS, {**ANSWERS, "strengths": Answer(None, skipped=True)})
    assert skipped.after.what == "skipped"


def test_tasks_added_removed_and_edited_are_told_apart() -> None:
    before = {"tasks": tasks({"name": "Báo cáo", "done": 80}, {"name": "Lưu trữ", "done": 100})}
    after = {"tasks": tasks({"name": "Báo cáo", "done": 100}, {"name": "Tiếp dân", "done": 100})}
    (change,) = changes(FORM, before, after)
    assert [(item.what, item.name) for item in change.items] == [
        ("edited", "Báo cáo"),
        ("added", "Tiếp dân"),
        ("removed", "Lưu trữ"),
    ]
    (field,) = change.items[0].fields
    assert (field.label, field.before.number, field.after.number, field.after.unit) == ("Hoàn thành", 80, 100, "%")


def test_two_tasks_of_the_same_name_are_two_tasks() -> None:
    one, two = {"name": "Báo cáo", "done": 80}, {"name": "Báo cáo", "done": 80}
    (change,) = changes(FORM, {"tasks": tasks(one)}, {"tasks": tasks(one, two)})
    assert [(item.what, item.name) for item in change.items] == [("added", "Báo cáo")]


def test_a_closed_list_with_the_same_items_is_no_change() -> None:
    still_open = Answer({"items": [{"name": "Báo cáo", "done": 80}], "closed": False})
    assert changes(FORM, {"tasks": still_open}, {"tasks": tasks({"name": "Báo cáo", "done": 80})}) == ()


def test_long_texts_are_shown_from_where_they_begin_to_differ() -> None:
    before, after = excerpt("Rất đều đặn. " * 30 + "Cuối năm tốt.", "Rất đều đặn. " * 30 + "Cuối năm chậm.")
    assert before == "…đều đặn. Rất đều đặn. Cuối năm tốt."
    assert after == "…đều đặn. Rất đều đặn. Cuối năm chậm."


def test_a_text_without_blanks_is_cut_all_the_same() -> None:
    before, after = excerpt("x" * 400 + "cũ", "x" * 400 + "mới")
    assert before == "…" + "x" * 30 + "cũ"
    assert after == "…" + "x" * 30 + "mới"


@given(st.text(max_size=600), st.text(max_size=600))
def test_what_is_shown_of_two_texts_is_never_long(before: str, after: str) -> None:
    assert all(len(side) <= SHOWN_CHARS + 2 for side in excerpt(before, after))


_BIRTH = Question("birth", QuestionKind.DATE, "Ngày sinh?")
_WITH_BIRTH = replace(
    FORM,
    sections=(Section("a", "A", items=(Item("a1", "1", "Ngày sinh", questions=(_BIRTH,)),)),),
    questions={"birth": _BIRTH},
)


def test_the_same_day_typed_before_and_kept_as_a_date_now_is_no_change() -> None:
    assert changes(_WITH_BIRTH, {"birth": Answer("5/3/1980")}, {"birth": Answer("1980-03-05")}) == ()


def test_another_day_shows_both() -> None:
    (change,) = changes(_WITH_BIRTH, {"birth": Answer("khoảng 1980")}, {"birth": Answer("1980-03-05")})
    assert [(side.what, side.text) for side in (change.before, change.after)] == [
        ("text", "khoảng 1980"),
        ("date", "1980-03-05"),
    ]
