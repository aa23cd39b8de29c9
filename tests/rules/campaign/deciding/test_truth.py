"""What is said and decided beside a review: one truth between forms, contradictions with both sources, the ratings of units.

Expected from Nghị định 335/2025/NĐ-CP (Điều 11 khoản 3, Điều 20 khoản 4 and 6) and Quy định 366-QĐ/TW (Điều 3 khoản 4, Điều 11
khoản 4: who is disciplined for a violation in duty did not complete their duties, unless the authority weighs the circumstances).
"""

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest

from rules.book.rulebook import Rulebook
from rules.campaign.deciding.judgement import judgements
from rules.campaign.deciding.objections import Against, Context, objections
from rules.campaign.deciding.truth import answers_sent, elsewhere
from rules.forms.form import Form, QuestionKind
from rules.judging.elsewhere import Elsewhere, ReviewsAround
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Campaign, Draft, Review, ReviewStatus
from rules.nouns.rulings import Ruling
from rules.nouns.values import BODIES, Rating, Subject
from rules.reading.load import load
from tests.rules.forms.test_recalling import shipped
from tests.templates.samples import PLAIN

AT = dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)
DECREE, PARTY = load("decree-335-2025", 2026), load("party-2025", 2026)
BOOKS = {book.id: book for book in (DECREE, PARTY)}
LO = replace(PLAIN, id=16, name="Cao Văn Lỡ", leader=False, party_member=True)


def form_of(review: Review) -> Form:
    return BOOKS[review.campaign.rulebook].forms[review.form]


def sent(number: int, person: Person, book: str, form: str, given: dict, campaign: int = 1) -> Review:
    answers = {key: value if isinstance(value, Answer) else Answer(value) for key, value in given.items()}
    draft = Draft(1, "d" * 64, answers, None, None, AT)
    when = Campaign(campaign, book, 2026, person.office)
    return Review(number, person, when, form, ReviewStatus.APPROVED, answers, 2, drafts=(draft,), decider_id=3)


def decided(review: Review, rating: Rating | None) -> Review:
    ruling = Ruling(1, 1, {"self_rating": rating}, 3, "Đinh Quang Thạch", "Giám đốc Sở", AT)
    return replace(review, status=ReviewStatus.DECIDED, rulings=(ruling,))


#: TL-016 in Mẫu số 02: 92 points, and disciplined in duty.
CIVIL = {
    "months_worked": 12,
    "maternity_leave": False,
    "sick_leave": False,
    **{f"m{month:02}": 92 for month in range(1, 13)},
    "degradation": False,
    "disciplined": True,
    "discipline_in_duty": True,
    "discipline_counted": False,
    "discipline_old_body": False,
}
#: In Mẫu 02B: every condition of excellent, and "không" to the discipline.
PARTY_SAID = {
    "since_joined": 60,
    "tasks": {
        "items": [
            {"name": "Việc", "done": True, "on_time": True, "quality": True, "efficiency": "high", "exceeded": True}
        ],
        "closed": True,
    },
    "faults": {"items": [], "closed": True},
    "degradation": False,
    "disciplined": False,
    "general": 28,
    "results": 65,
}


def of_lo(**more: object) -> tuple[Review, Review]:
    civil = sent(10, LO, "decree-335-2025", "mau-02-335", CIVIL)
    party = sent(20, LO, "party-2025", "mau-02b-hd-2025", {**PARTY_SAID, **more}, campaign=2)
    return civil, party


def beside(review: Review, *others: Review, own: bool = False, **around: object) -> Elsewhere:
    return elsewhere(form_of, review, answers_sent(review, own=own), ReviewsAround(others, **around), own=own)


def test_what_was_decided_of_a_discipline_holds_in_the_form_of_the_party() -> None:
    civil, party = of_lo()
    known = beside(party, decided(civil, Rating.NOT_COMPLETED))
    assert known.facts["disciplined"] is True
    assert known.facts["discipline_in_duty"] is True
    assert known.facts["discipline_of_old_body"] is False
    assert known.facts["civil_rating"] == "not_completed"
    (found,) = known.contradictions
    assert (found.fact, found.said, found.other, found.decided) == ("disciplined", False, True, True)
    (judged,) = judgements(PARTY, party, known).values()
    assert judged.suggestion is not None
    assert judged.suggestion.rating is None  # the authority may weigh the circumstances (Điều 11 khoản 4)
    assert Rating.NOT_COMPLETED in judged.suggestion.possible
    assert judged.suggestion.missing == ("mitigation_accepted",)


def test_going_below_an_excellent_that_rests_on_a_contradiction_needs_no_reason() -> None:
    civil, party = of_lo()
    alone = objections(PARTY, party, {"self_rating": Rating.NOT_COMPLETED}, Context())
    for other in (civil, decided(civil, Rating.NOT_COMPLETED)):
        around = Context(elsewhere=beside(party, other))
        found = objections(PARTY, party, {"self_rating": Rating.NOT_COMPLETED}, around)
        assert Against.BELOW_SUGGESTION not in {one.kind for one in found}
    assert Against.BELOW_SUGGESTION in {one.kind for one in alone} or not alone


def test_what_nobody_decided_is_not_known_where_two_forms_differ() -> None:
    civil, party = of_lo()
    known = beside(party, civil)
    assert known.unsettled == {"disciplined"}
    assert "disciplined" not in known.facts
    assert [one.source.id for one in known.contradictions if one.source] == [10]


def test_a_word_of_the_person_goes_with_the_contradiction() -> None:
    civil, party = of_lo(disciplined=Answer(value=False, note="Kỷ luật ấy là của năm ngoái."))
    (found,) = beside(party, civil).contradictions
    assert found.word == "Kỷ luật ấy là của năm ngoái."


def test_what_a_person_has_not_sent_is_theirs_alone() -> None:
    civil, party = of_lo()
    unsent = replace(civil, drafts=(), status=ReviewStatus.DRAFTING)
    assert beside(party, unsent).contradictions == ()
    assert len(beside(party, unsent, own=True).contradictions) == 1


def test_forms_that_agree_contradict_nothing() -> None:
    civil, party = of_lo(disciplined=True, discipline_in_duty=True, discipline_counted=False)
    assert beside(party, decided(civil, Rating.NOT_COMPLETED)).contradictions == ()


# ── the rating of the unit ─────────────────────────────────────────────────────────────────────

HEAD = replace(LO, id=14, name="Lục Văn Thổ", leader=True, head=True)
UNIT = replace(PLAIN, id=99, name="Phòng Quản lý đất đai", subject=Subject.ORGANISATION)
CLEAN = {**CIVIL, "disciplined": False, "subunit_corruption": False}


def of_unit(rating: Rating | None, number: int = 30, book: str = "decree-335-2025") -> Review:
    body = sent(number, UNIT, book, "mau-02-335", {})
    return decided(body, rating) if rating else body


@pytest.mark.parametrize("typed", [None, "excellent"])
def test_a_head_is_capped_by_the_rating_of_the_unit_that_was_decided_here(typed: str | None) -> None:
    head = sent(11, HEAD, "decree-335-2025", "mau-02-335", {**CLEAN, **({"unit_rating": typed} if typed else {})})
    known = beside(head, bodies=(of_unit(Rating.GOOD),))
    (one,) = [one for one in known.ratings if one.fact == "unit_rating"]
    assert (one.rating, one.declared) == (Rating.GOOD, None)
    (judged,) = judgements(DECREE, head, known).values()
    assert judged.suggestion is not None
    assert judged.suggestion.rating is Rating.GOOD  # Điều 20 khoản 6
    found = objections(DECREE, head, {"self_rating": Rating.EXCELLENT}, Context(elsewhere=known))
    assert any(one.kind is Against.ABOVE_CAP and one.hard for one in found)
    assert {one.fact for one in known.contradictions} == ({"unit_rating"} if typed else set())


def test_what_a_head_types_counts_while_nothing_is_decided_and_is_named_as_such() -> None:
    head = sent(11, HEAD, "decree-335-2025", "mau-02-335", {**CLEAN, "unit_rating": "completed"})
    known = beside(head, bodies=(of_unit(None),))
    (one,) = [one for one in known.ratings if one.fact == "unit_rating"]
    assert (one.rating, one.declared) == (None, Rating.COMPLETED)
    (judged,) = judgements(DECREE, head, known).values()
    assert judged.suggestion is not None
    assert judged.suggestion.rating is Rating.COMPLETED


def test_the_shares_of_the_units_below_are_counted_once_all_are_decided() -> None:
    office = sent(12, UNIT, "decree-335-2025", "mau-02-335", {})
    some = (of_unit(Rating.GOOD, 31),), (of_unit(Rating.NOT_COMPLETED, 32),), (of_unit(Rating.EXCELLENT, 33),)
    facts = beside(office, under=some).facts
    assert (facts["subunits_completed_pct"], facts["subunits_good_pct"]) == (
        pytest.approx(200 / 3),
        pytest.approx(200 / 3),
    )
    assert "subunits_completed_pct" not in beside(office, under=(*some, (of_unit(None, 34),))).facts
    assert "subunits_completed_pct" not in beside(office, under=(*some, ())).facts


# ── no fact is asked twice without being offered ───────────────────────────────────────────────

#: What every form weighs for itself: points by its own tables, the authority's own weighing of its own grounds.
OWN_MATTER = {"score", "general_points", "result_points", "mitigation_accepted"}


def _facts(form: Form) -> dict[str, str]:
    """The facts a form asks by a choice or a number, with the topic."""
    return {
        rule.fact: question.topic
        for question in form.questions.values()
        if question.kind in {QuestionKind.CHOICE, QuestionKind.NUMBER}
        for rule in question.yields
        if rule.how == "value"
    }


def test_no_fact_of_the_same_time_is_asked_twice_without_being_offered() -> None:
    books = [load(book) for book in shipped()]
    of_bodies = {form for book in books for form in _forms_of_bodies(book)}
    forms = {(form.id, form.instrument): form for book in books for form in book.forms.values() if form.use == "review"}
    personal = [form for form in forms.values() if form.id not in of_bodies]
    assert len(personal) > 10
    for one, other in combinations(personal, 2):
        first, second = _facts(one), _facts(other)
        if one.rates is other.rates:
            continue  # of the forms of one kind a person fills one
        for fact in (first.keys() & second.keys()) - OWN_MATTER:
            topics = {first[fact], second[fact]}
            counted = topics == {"discipline_counted", "counted_as_member"}  # in which rating it counted: two facts
            assert counted or (len(topics) == 1 and "" not in topics), (fact, one.id, other.id, topics)


def _forms_of_bodies(book: Rulebook) -> set[str]:
    """The forms that are chosen for bodies."""
    body = {subject.value for subject in BODIES}
    found = set()
    for rule in (*book.choose_form, *book.also_fill):
        asked = [test.value for test in rule.when.tests if test.fact == "subject"]
        subjects = {one for value in asked for one in (value if isinstance(value, tuple) else (value,))}
        if subjects and subjects <= body:
            found.add(rule.form)
    return found
