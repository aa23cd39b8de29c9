"""What holds of every answer to every question, however odd, and in whatever order."""

import datetime as dt
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from rules.book.facts import FACTS, wrong
from rules.forms.kinds import CODES, Problem, accept, button_value
from rules.judging.interview import asked, facts_of
from rules.nouns.people import Person
from rules.nouns.reviews import Answer
from rules.nouns.text import clean
from rules.nouns.values import Subject
from rules.reading.load import load
from tests.rules.unanswered import unanswered

FORM = load("decree-90-2020").forms["mau-02"]
TODAY = dt.date(2026, 11, 28)
PLACES = [
    place for question in FORM.questions.values() for place in (question, *question.fields) if not question.fields
]
PLACES += [field for question in FORM.questions.values() for field in question.fields]

persons = st.builds(
    Person,
    st.just(7),
    st.just("Lê Thị Thử"),
    st.just("Chuyên viên"),
    st.just(3),
    st.just("Phòng Tổng hợp"),
    st.just("Văn phòng tỉnh Sông Trà"),
    st.just(Subject.OFFICIAL),
    leader=st.booleans(),
    head=st.booleans(),
    deputy=st.booleans(),
    serves_public=st.booleans(),
)
plain = st.one_of(st.none(), st.booleans(), st.integers(-5, 200), st.floats(), st.text(max_size=5))
words = st.sampled_from(["good", "met", "unmet", "high", "low", "excellent", "completed", True, False, 0, 12, 100, "x"])
keys_of_items = st.sampled_from(["name", "done_pct", "on_time", "quality", "efficiency", "exceeded", "rating", "done"])
lists = st.fixed_dictionaries(
    {"items": st.lists(st.dictionaries(keys_of_items, words), max_size=4), "closed": st.booleans()}
)
odd = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["items", "closed"]), inner))
kept = st.builds(Answer, st.one_of(words, lists, odd), skipped=st.booleans())
answers = st.dictionaries(st.sampled_from([*FORM.questions, "gone"]), kept)
whole_task = st.fixed_dictionaries(
    {
        "name": st.just("Báo cáo"),
        "done_pct": st.integers(0, 100),
        "on_time": st.booleans(),
        "quality": st.booleans(),
        "efficiency": st.sampled_from(["high", "adequate", "low"]),
        "exceeded": st.booleans(),
    }
)


@given(persons, answers)
def test_any_answers_give_facts_that_fit_the_rules(person, given_answers):
    facts = facts_of(FORM, person, given_answers)
    assert {name: value for name, value in facts.items() if wrong(FACTS[name], value)} == {}


@given(persons, answers)
def test_what_is_open_is_asked_in_the_same_order(person, given_answers):
    keys = [place.key for place in asked(FORM, person, given_answers)]
    still_open = unanswered(FORM, person, given_answers)
    assert still_open == [key for key in keys if key in still_open]
    assert set(keys) - set(still_open) <= set(given_answers)


@given(persons, answers, st.randoms(use_true_random=False))
def test_the_order_of_answering_does_not_matter(person, given_answers, random):
    shuffled = list(given_answers.items())
    random.shuffle(shuffled)
    assert facts_of(FORM, person, dict(shuffled)) == facts_of(FORM, person, given_answers)


@given(st.lists(whole_task, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_tasks_does_not_matter(tasks, random):
    person = Person(7, "Lê Thị Thử", "Chuyên viên", 3, "Phòng", "Văn phòng", Subject.OFFICIAL)
    shuffled = random.sample(tasks, len(tasks))
    facts = [facts_of(FORM, person, {"tasks": Answer({"items": some, "closed": True})}) for some in (tasks, shuffled)]
    assert facts[0] == facts[1]


@given(st.lists(whole_task, min_size=1, max_size=12))
def test_tasks_not_substandard_are_on_time_and_of_quality(tasks):
    person = Person(7, "Lê Thị Thử", "Chuyên viên", 3, "Phòng", "Văn phòng", Subject.OFFICIAL)
    facts = facts_of(FORM, person, {"tasks": Answer({"items": tasks, "closed": True})})
    sound = facts["tasks_on_time"] and facts["tasks_quality"] and facts["tasks_efficiency"] != "low"
    assert sound == (facts["tasks_substandard_pct"] == 0)


@given(st.sampled_from(PLACES), st.text(max_size=60))
def test_any_input_is_taken_or_answered_with_a_known_problem(place, typed):
    taken = accept(place, typed, TODAY)
    assert not isinstance(taken, Problem) or taken.code in CODES


@given(st.sampled_from([place for place in PLACES if place.options]), st.data())
def test_every_button_of_every_question_is_taken(place, data):
    option = data.draw(st.sampled_from(place.options))
    assert (accept(place, button_value(option), TODAY), accept(place, option.label, TODAY)) == (
        option.value,
        option.value,
    )


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_cleaned_text_can_always_be_written_to_a_document(text):
    written = f"<text>{escape(clean(text))}</text>".encode()
    assert (fromstring(written).text or "") == clean(text)
