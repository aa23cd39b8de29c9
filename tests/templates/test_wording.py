"""Words: languages, escaping, the marks of a sentence."""

import pytest
from jinja2 import Environment, UndefinedError

from rules.nouns.conditions import Operator
from rules.nouns.people import Gender, tongue
from templates.wording import LANGUAGES, all_templates, catalog, environment, label, make_ready, message
from tests.templates import watched

HOSTILE = "<b>to</b> {{ 7 * 7 }} {% raw %} %(name)s 100% & \\"


def test_a_label_is_plain_text_on_one_line():
    assert label("question/option", {"text": "Đạt  <b>\n100%"}, "vi") == "Đạt <b> 100%"


def test_what_a_person_wrote_is_shown_as_typed():
    line = {"what": "others"}
    values = {"news": [line], "number": 1}
    shown = message("question/note", {**_note(), "note": HOSTILE, **values}, "vi")
    assert "&lt;b&gt;to&lt;/b&gt; {{ 7 * 7 }} {% raw %} %(name)s 100% &amp; \\" in shown


def test_official_text_with_a_percent_sign_goes_through():
    assert "Hoàn thành 100% %(việc)s" in message("question/note", {**_note(), "text": "Hoàn thành 100% %(việc)s"}, "vi")


def test_an_unknown_language_reads_vietnamese():
    assert label("question/back", {}, "fr") == "◀ Quay lại"


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError):
        label("question/option", {}, "vi")
    assert watched.found() == ["question/labels.j2: option uses text, which is not given"]


def test_the_english_catalog_loads():
    assert catalog("en").gettext("") != ""


def test_numbers_and_dates_read_as_the_language_writes_them():
    assert _filtered("vi", "{{ 1234.5 | number }} {{ '2020-12-05' | day }}") == "1.234,5 05/12/2020"
    assert _filtered("en", "{{ 1234.5 | number }} {{ '2020-12-05' | day }}") == "1,234.5 5 December 2020"


def test_a_moment_has_its_hour():
    assert _filtered("vi", "{{ '2020-12-05T07:08:00+07:00' | moment }}") == "05/12/2020, 07:08"


def test_a_sentence_gets_its_full_stop_once():
    assert _filtered("vi", "{{ 'Xong' | ended }} {{ 'Xong.' | ended }} {{ 'Và…' | ended }}") == "Xong. Xong. Và…"


def test_a_name_within_a_sentence_starts_small_unless_it_is_in_capitals():
    assert _filtered("vi", "{{ 'Nhiệm vụ' | lower_first }} {{ 'UBND' | lower_first }}") == "nhiệm vụ UBND"


def _filtered(language: str, template: str) -> str:
    return environment(language).from_string(template).render()


def _note() -> dict[str, object]:
    return {
        "number": 1,
        "text": "Câu hỏi",
        "explains": False,
        "said": {"what": "option", "text": "Có", "note": "", "unit": "", "number": 0, "count": 0},
        "note": "",
        "example": "",
        "limit": 600,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_condition_asks_reads_differently_by_each_operator(language):
    wanted = environment(language).get_template("review/_facts.j2").module.wanted
    assert len({str(wanted("tasks_done_pct", op, 50)) for op in Operator}) == len(Operator)


def test_sentences_that_run_into_each_other_are_found_and_what_a_value_says_is_not():
    said = "Đã phát 8 trên 9 phiếu.Chưa nhận phiếu: Vũ Lan."
    assert [*watched.run_in("vote/card.j2", said, {})] == ["vote/card.j2 lets two sentences run together: phiếu.Chưa"]
    assert not [*watched.run_in("vote/card.j2", said, {"note": "9 phiếu.Chưa nhận"})]
    assert not [*watched.run_in("vote/card.j2", "Kế hoạch, II.2.c; mẫu 02A-HD KĐ.ĐG. Hết.", {})]


def test_what_is_made_ready_is_compiled_no_second_time(monkeypatch):
    templates = all_templates()
    assert {"meeting/page.j2", "question/labels.j2"} <= {*templates}
    environment.cache_clear()
    make_ready("meeting/page.j2", "vi")
    monkeypatch.setattr(Environment, "compile", None)
    for reader in ("vi", tongue("vi", Gender.FEMALE)):
        assert environment(reader).get_template("meeting/page.j2").blocks is not None
