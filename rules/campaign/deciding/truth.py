"""Consistency between forms about the same person and time: what other forms say and what was decided, and what
contradicts it.

An event, such as a discipline or a leave, is one fact. If a form that states it was decided, the fact is known; if two
forms differ and nobody decided, it is unknown. How well work was done may be judged differently by each form: the
difference is shown, nothing more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.book.facts import ON_RECORD
from rules.campaign.deciding.judgement import known_of
from rules.forms.answers import facts_from
from rules.forms.form import Form, Question, QuestionKind, questions_telling
from rules.forms.recalling import counterpart, is_same_form
from rules.judging.elsewhere import Contradiction, Elsewhere, RatedElsewhere, ReviewsAround
from rules.judging.interview import asked, has_rating, rated
from rules.nouns.conditions import Facts, FactValue
from rules.nouns.people import Person
from rules.nouns.reviews import RULED, Answer, Answers, Review
from rules.nouns.values import BODIES, Rating, Subject

#: Facts that no form may state differently from another.
_RECORDED = ON_RECORD | {"maternity_leave", "sick_leave", "arrived_this_year"}
#: Facts about the unit of a post: another post of the same person has its own.
_OF_THE_POST = frozenset({"unit_rating", "subunit_corruption", "arrived_this_year", "answerable_for_unit_rating"})
#: Bodies whose rating is that of the unit; the first that exists is used.
_UNIT = (Subject.ORGANISATION, Subject.COLLECTIVE)

FormOf = Callable[[Review], Form]


def elsewhere(
    form_of: FormOf, review: Review, answers: Answers, around: ReviewsAround, *, own: bool = False
) -> Elsewhere:
    """What is known beside the answers of a review. `own`: as the person sees it, including what they have not sent
    yet.
    """
    form = form_of(review)
    facts: dict[str, FactValue] = {}
    unsettled: set[str] = set()
    found: list[Contradiction] = []
    given = {place.key: place.question for place in asked(form, review.person, answers)}
    others = _others(form_of, form, around.mine, own=own)
    for question, fact in _asking(form) if others else ():
        answer = answers.get(question.key) if question.key in given else None
        for other, said in _told(review, form, question, fact, others):
            decided = other.status in RULED
            if decided and fact in _RECORDED:
                facts.setdefault(fact, said)
            if answer is not None and answer.value is not None and not _alike(_value(answer), said):
                found.append(Contradiction(fact, question.key, _value(answer), said, other, answer.note))
                unsettled |= {fact} & (_RECORDED - facts.keys())
    of_unit = [one for one in questions_telling(form).get("unit_rating", ()) if one.key in given]
    declared = facts_from(of_unit, answers).get("unit_rating")
    ratings = tuple(_ratings(form_of, review, form, around, Rating(str(declared)) if declared else None))
    facts |= {one.fact: one.rating.value for one in ratings if one.rating}
    facts |= _units_under(form_of, review, form, around.under)
    for one in ratings:
        found += _against_decided(form, given, answers, one)
    known = known_of(review.person, review.campaign)
    found += _against_roster(given, answers, known) if known else ()
    return Elsewhere({**facts, **known}, frozenset(unsettled - known.keys()), tuple(found), ratings)


def failed_before(form_of: FormOf, review: Review, last_year: Iterable[Review]) -> bool:
    """Whether the person did not complete their duties in the previous year, by a decision made here on the same kind
    of rating, else by the roster.
    """
    before, subject = review.campaign.year - 1, _subject(form_of, review)
    kept = [one for one in last_year if one.campaign.year == before and one.campaign.period == review.campaign.period]
    ruled = [_ruled(one) for one in kept if one.status in RULED and _subject(form_of, one) is subject]
    known = next(iter(ruled), None) or review.person.service.ratings.get(before)
    return known is Rating.NOT_COMPLETED


def _asking(form: Form) -> Iterator[tuple[Question, str]]:
    """The questions of a form that yield a fact which other forms ask for as well, with that fact."""
    for question in form.questions.values():
        if question.topic and question.kind in {QuestionKind.CHOICE, QuestionKind.NUMBER}:
            yield from ((question, one.fact) for one in question.yields[:1] if one.how == "value")


@dataclass(frozen=True, slots=True)
class _Other:
    """Another form of the same person, with what it says."""

    review: Review
    form: Form
    said: Answers


def _others(form_of: FormOf, form: Form, mine: Iterable[Review], *, own: bool) -> list[_Other]:
    """The person's other forms with answers. A form that was not sent is visible to them only."""
    found = []
    for other in mine:
        theirs, answers = form_of(other), answers_sent(other, own=own)
        if answers and not is_same_form(form, theirs):
            asks = {place.key for place in asked(theirs, other.person, answers)}
            found.append(_Other(other, theirs, {key: answer for key, answer in answers.items() if key in asks}))
    return found


def _told(
    review: Review, form: Form, question: Question, fact: str, others: Iterable[_Other]
) -> Iterator[tuple[Review, FactValue]]:
    """What the person's other forms answer to the same question."""
    for other in others:
        if fact in _OF_THE_POST and other.review.person.post != review.person.post:
            continue
        asks = counterpart(form, question, other.form)
        answer = other.said.get(asks.key) if asks else None
        if answer is not None and not answer.skipped and answer.value is not None:
            yield other.review, _value(answer)


def answers_sent(review: Review, *, own: bool = False) -> Answers:
    """The answers of the newest draft. `own`: as the person sees it, for an open review the present answers."""
    if own and (review.open or review.draft is None):
        return review.answers
    return review.draft.answers if review.draft else {}


def _ratings(
    form_of: FormOf, review: Review, form: Form, around: ReviewsAround, declared: Rating | None
) -> Iterator[RatedElsewhere]:
    """The ratings that rules refer to: for a party member that as a civil servant, for a head that of the unit."""
    subject, _ = rated(form, review.person)
    if subject is Subject.PARTY_MEMBER:
        civil = [one for one in around.mine if _rates_civil(form_of(one), one.person)]
        civil.sort(key=lambda one: (one.person.post != review.person.post, one.ruling is None))
        yield from (RatedElsewhere("civil_rating", one, _ruled(one)) for one in civil[:1])
    if not (review.person.head and review.person.leader):
        return
    bodies = [one for one in around.bodies if one.id != review.id and _speaks_of_unit(form_of, one, review)]
    bodies.sort(key=lambda one: (one.ruling is None, _UNIT.index(_subject(form_of, one))))
    if bodies or declared:
        body = bodies[0] if bodies else None
        rating = _ruled(body) if body else None
        yield RatedElsewhere("unit_rating", body, rating, None if rating else declared)


def _rates_civil(form: Form, person: Person) -> bool:
    """Whether the form rates a civil servant. A sheet of points rates nobody."""
    return has_rating(form) and rated(form, person)[0] not in {*BODIES, Subject.PARTY_MEMBER}


def _speaks_of_unit(form_of: FormOf, body: Review, review: Review) -> bool:
    """Whether the rating of a body counts as that of the unit for this review.

    An organisation's does (NĐ 335/2025, Điều 20 khoản 6); a collective's only under the same rules.
    """
    subject = _subject(form_of, body)
    same_rules = body.campaign.rulebook == review.campaign.rulebook
    return subject is Subject.ORGANISATION or (subject is Subject.COLLECTIVE and same_rules)


def _subject(form_of: FormOf, review: Review) -> Subject:
    return rated(form_of(review), review.person)[0]


def _ruled(review: Review) -> Rating | None:
    return review.ruling.rating if review.ruling and review.status in RULED else None


def _units_under(
    form_of: FormOf, review: Review, form: Form, under: Sequence[Sequence[Review]]
) -> Mapping[str, FactValue]:
    """For a body and a head: the shares of ratings of the units directly below, once every one of them is decided here."""
    person = review.person
    subject, _ = rated(form, person)
    if not under or not (subject in _UNIT or (person.head and person.leader)):
        return {}
    of_units = [[one for one in bodies if _subject(form_of, one) in _UNIT] for bodies in under]
    decided = [next((rating for one in bodies if (rating := _ruled(one))), None) for bodies in of_units]
    ratings = [rating for rating in decided if rating]
    if len(ratings) < len(decided):
        return {}
    completed = sum(rating is not Rating.NOT_COMPLETED for rating in ratings)
    good = sum(rating.rank <= Rating.GOOD.rank for rating in ratings)
    return {
        "subunits_completed_pct": 100 * completed / len(ratings),
        "subunits_good_pct": 100 * good / len(ratings),
    }


def _against_decided(
    form: Form, given: Mapping[str, Question], answers: Answers, one: RatedElsewhere
) -> Iterator[Contradiction]:
    """What a person says about a rating that was decided differently. A self-rating is no such statement."""
    for question, fact in _asking(form):
        answer = answers.get(question.key) if question.key in given else None
        if fact == one.fact and one.rating and answer and answer.value not in {None, one.rating.value}:
            yield Contradiction(fact, question.key, _value(answer), one.rating.value, one.review, answer.note)


def _against_roster(given: Mapping[str, Question], answers: Answers, known: Facts) -> Iterator[Contradiction]:
    """What a person says that differs from the roster."""
    for question in given.values():
        answer = answers.get(question.key)
        for rule in question.yields:
            if rule.how != "value" or rule.fact not in known or answer is None or answer.value is None:
                continue
            if not _alike(_value(answer), known[rule.fact]):
                yield Contradiction(rule.fact, question.key, _value(answer), known[rule.fact], None, answer.note)


def _alike(one: FactValue, other: FactValue) -> bool:
    """Whether two facts are equal; `True` does not equal 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _value(answer: Answer) -> FactValue:
    """The answer as a fact holds it."""
    value = answer.value
    assert isinstance(value, bool | int | float | str), "a choice or a number"
    return value
