"""How Vietnamese addresses a reader: “anh” or “chị” where the roster says it, and only in sentences of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import escape

from rules.nouns.people import Gender, tongue
from templates.wording import _compiled, catalog, environment, label, language_of, message

HER, HIM = tongue("vi", Gender.FEMALE), tongue("vi", Gender.MALE)

#: Texts of people in which the two words stand, among anything.
TEXTS = st.tuples(st.text(max_size=12), st.sampled_from(["anh/chị", "Anh/chị", "ANH/CHỊ"]), st.text(max_size=12)).map(
    "".join
)


def about(name: str, comment: str = "") -> dict[str, object]:
    return {"name": name, "post": "", "code": "Mẫu số 02", "year": 2026, "period": "year", "comment": comment}


@pytest.mark.parametrize(("reader", "word"), [("vi", "anh/chị"), (HER, "chị"), (HIM, "anh")])
def test_a_sentence_addresses_its_reader(reader, word):
    said = message("head/ask_comment", about("Lê Văn Tám"), reader)
    assert f"Mời {word} ghi ý kiến nhận xét" in said
    assert f"đến khi {word} đồng ý" in said


def test_a_sentence_that_begins_so_keeps_its_capital():
    assert catalog(HIM).gettext("Anh/chị đã đồng ý. Mời anh/chị xem.") == "Anh đã đồng ý. Mời anh xem."


def test_english_says_you_to_everybody():
    hers, theirs = (message("head/ask_comment", about("Mai"), one) for one in (tongue("en", Gender.FEMALE), "en"))
    assert hers == theirs
    assert language_of(tongue("en", Gender.MALE)) == "en"


@given(TEXTS, st.sampled_from([HER, HIM]))
def test_what_a_person_wrote_stays_as_it_is(text, reader):
    """A message is the same whatever stands in the places of people's texts."""
    mark = "\ue000"
    shown = message("head/ask_comment", about(f"b{text}e", f"b{text}e"), reader)
    assert shown == message("head/ask_comment", about(mark, mark), reader).replace(mark, f"b{escape(text)}e")
    assert label("question/option", {"text": text}, reader) == label("question/option", {"text": text}, "vi")


def test_what_a_rulebook_asks_addresses_whom_it_asks():
    env = environment(HER)
    asked = env.from_string(
        "{{ text | asked }} / {{ text | official }} / {{ text | asked_of('male') }} / {{ text | asked_of(none) }}"
    )
    said = asked.render(text="Trong năm, anh/chị có bị kỷ luật không?")
    words = ["chị", "anh/chị", "anh", "anh/chị"]
    assert said == " / ".join(f"Trong năm, {word} có bị kỷ luật không?" for word in words)


def test_points_address_whose_review_it_is_whoever_reads():
    points = environment(HER).from_string('{% include "question/_points.j2" %}')
    one = {"title": "Anh/chị phụ trách đơn vị nào?", "before": {"what": "skipped"}, "after": {"what": "nothing"}}
    assert "• Chị phụ trách đơn vị nào?: bỏ qua → <b>chưa có</b>" in points.render(points=[one])
    assert "• Anh phụ trách đơn vị nào?" in points.render(points=[one], of="male")


def test_a_number_in_words_addresses_too():
    assert catalog(HIM).ngettext("Anh/chị có 1 bản", "Anh/chị có nhiều bản", 3) == "Anh có nhiều bản"


def test_it_is_compiled_once_for_everybody(monkeypatch):
    """Whoever is addressed otherwise does not cost another second of compiling."""
    environment.cache_clear()
    _compiled.cache_clear()
    compiled: list[str] = []
    compile_ = Environment.compile
    monkeypatch.setattr(
        Environment,
        "compile",
        lambda env, source, name=None, *rest: compiled.append(name) or compile_(env, source, name, *rest),
    )
    names = environment("vi").list_templates()[:120]
    for reader in ("vi", HER, HIM):
        for name in names:
            environment(reader).get_template(name)
    assert sorted(compiled) == sorted(names)
