"""What stands against a decision of the authority. Hard: it is refused, with the clause. Soft: it needs a reason.

Where the law leaves room (`room` of a cap or a quota, a greater share that may be granted), the authority may decide
all the same, and says why. People decide: nothing here chooses a rating.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.book.procedure import Effect, Order, OrderRule, SpecialCase, order_rule
from rules.book.quota import Rated
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion, met_grounds
from rules.campaign.deciding_facts import cases_of, suggested
from rules.campaign.quotas_live import over
from rules.forms.form import Form, Question
from rules.judging.interview import NOTHING_ELSE
from rules.judging.rated import rated, rating_questions, said_again
from rules.judging.self_ratings import rules_of
from rules.nouns.conditions import Facts, Test
from rules.nouns.reviews import RULED, Json, Review
from rules.nouns.values import Rating, Subject, Verdict


class Against(StrEnum):
    """What kind of objection it is."""

    ABOVE_CAP = "above_cap"
    NOT_RATED = "not_rated"  # rated, and a rule says that such a person is not
    RATED_THOUGH = "rated_though"  # not rated, and the rules rate such a person
    GROUND = "ground"  # above not completed, though a ground of it is met
    OVER_QUOTA = "over_quota"
    UNREVIEWED = "unreviewed"
    LOWER_FIRST = "lower_first"
    COLLECTIVE_FIRST = "collective_first"
    CIVIL_FIRST = "civil_first"
    ABOVE_SUGGESTION = "above_suggestion"
    BELOW_SUGGESTION = "below_suggestion"


@dataclass(frozen=True, slots=True)
class Objection:
    """One of them. `cite` "": it rests on no clause; `question`: the rating it is about, "" the decision as a whole;
    `room`: the clause by which the authority may decide so all the same. `values` are for the sentence.
    """

    kind: Against
    cite: str
    hard: bool
    question: str = ""
    room: str = ""
    unverified: bool = False
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a review. `rated`: the list of the whole office, for quotas; `elsewhere`: facts that are
    decided elsewhere (`unit_rating`, `civil_rating`); `undecided_below`: reviews not decided in the units below, of a
    body and of the head of one; `collective_open`: the collective of their unit is not decided; `civil_open`: nor is
    this person's review as a civil servant, and `civil_rule` is the order of the rulebook it follows.
    """

    rated: tuple[Rated, ...] = ()
    elsewhere: Facts = field(default_factory=dict)
    undecided_below: int = 0
    collective_open: bool = False
    civil_open: bool = False
    civil_rule: OrderRule | None = None


#: Subjects that are bodies: they are decided by the order of bodies, and no collective comes before them.
BODIES = frozenset({Subject.COLLECTIVE, Subject.PARTY_CELL, Subject.PARTY_GROUP, Subject.ORGANISATION})
Cases = tuple[SpecialCase, ...]


def objections(
    book: Rulebook, review: Review, ratings: Mapping[str, Rating | None], context: Context
) -> tuple[Objection, ...]:
    """What stands against deciding so, the whole of it first, then by rating in the order of the form."""
    form = book.forms[review.form]
    chosen = [(question, ratings[question.key]) for question in rating_questions(form) if question.key in ratings]
    found = [*_as_a_whole(book, review, ratings, context)]
    for question, rating in chosen:
        if said_again(question, rating, context.elsewhere):
            continue
        facts = {**context.elsewhere, **_civil_in(form, ratings, question)}
        found += _of_rating(book, review, question, rating, facts, context)
    return tuple(found)


def _civil_in(form: Form, ratings: Mapping[str, Rating | None], question: Question) -> Facts:
    """The rating as a civil servant that the same decision gives, for the rating as a member of the party."""
    civil = next((one.key for one in rating_questions(form) if one.about == "civil"), "")
    rating = ratings.get(civil) if question.about == "party" else None
    return {"civil_rating": rating.value} if rating else NOTHING_ELSE


# ── the decision as a whole ────────────────────────────────────────────────────────────────────


def _as_a_whole(
    book: Rulebook, review: Review, ratings: Mapping[str, Rating | None], context: Context
) -> Iterator[Objection]:
    rule = order_rule(book.procedure, Order.REVIEWED_FIRST)
    is_rated = any(rating is not None for rating in ratings.values())
    if is_rated and (not (review.ready or review.status in RULED) or review.draft is None):
        values: dict[str, Json] = {"status": review.status.value}
        yield Objection(Against.UNREVIEWED, rule.cite if rule else "", hard=rule is not None, values=values)
    for order, holds, count in _orders(book, review, context):
        found = order_rule(book.procedure, order) or (context.civil_rule if order is Order.CIVIL_FIRST else None)
        if found and holds:
            yield Objection(
                Against(order.value), found.cite, hard=True, unverified=found.unverified, values={"count": count}
            )


def _orders(book: Rulebook, review: Review, context: Context) -> tuple[tuple[Order, bool, int], ...]:
    form = book.forms[review.form]
    subject, _ = rated(form, review.person, next(iter(rating_questions(form)[-1:]), None))
    is_body = subject in BODIES
    above = is_body or review.person.head
    is_party = subject is Subject.PARTY_MEMBER
    return (
        (Order.LOWER_FIRST, above and context.undecided_below > 0, context.undecided_below),
        (Order.COLLECTIVE_FIRST, not is_body and context.collective_open, 1),
        (Order.CIVIL_FIRST, is_party and context.civil_open, 1),
    )


# ── one rating ─────────────────────────────────────────────────────────────────────────────────


def _of_rating(
    book: Rulebook, review: Review, question: Question, rating: Rating | None, facts: Facts, context: Context
) -> list[Objection]:
    suggestion = suggested(book, review, question, facts)
    cases = cases_of(book, review, question, facts)
    if rating is None:
        return [*_left_out(suggestion, question, cases)]
    if suggestion is None:
        return []
    by_rule = [
        *_excluded(suggestion, question, cases),
        *_by_ground(suggestion, question, rating),
        *_by_cap(book, review, suggestion, question, rating, cases),
    ]
    quota = [*_by_quota(book, review, question, rating, context)]
    return [*by_rule, *quota, *([] if by_rule else _beside(suggestion, question, rating))]


def _left_out(suggestion: Suggestion | None, question: Question, cases: Cases) -> Iterator[Objection]:
    """Not rated, though no rule says so."""
    excused = any(case.effect in {Effect.NOT_RATED, Effect.NOT_REVIEWED} for case in cases)
    if suggestion and not suggestion.not_rated and not excused:
        yield Objection(Against.RATED_THOUGH, "", hard=False, question=question.key)


def _excluded(suggestion: Suggestion, question: Question, cases: Cases) -> Iterator[Objection]:
    """A rule, or a special case, by which such a person is not rated."""
    rule = suggestion.not_rated
    if rule:
        yield Objection(Against.NOT_RATED, rule.cite, hard=True, question=question.key, unverified=rule.unverified)
        return
    case = next((case for case in cases if case.effect is Effect.NOT_RATED), None)
    if case:
        yield Objection(Against.NOT_RATED, case.cite, hard=True, question=question.key, unverified=case.unverified)


def _by_ground(suggestion: Suggestion, question: Question, rating: Rating) -> Iterator[Objection]:
    ground = next(iter(met_grounds(suggestion)), None)
    if ground and rating is not Rating.NOT_COMPLETED:
        yield Objection(
            Against.GROUND,
            ground.cite,
            hard=True,
            question=question.key,
            unverified=ground.unverified,
            values={"fact": ground.fact},
        )


def _by_cap(
    book: Rulebook, review: Review, suggestion: Suggestion, question: Question, rating: Rating, cases: Cases
) -> Iterator[Objection]:
    """Every cap that holds and lies below the rating. One by the unit's rating may be waived in a special case."""
    profile = rules_of(book, book.forms[review.form], review.person, question)
    waiver = next((case.cite for case in cases if case.effect is Effect.CAP_WAIVED), "")
    for line, applied in zip(profile.caps if profile else (), suggestion.caps, strict=True):
        cap = line.cap
        room = cap.room or (waiver if cap.at_most_fact else "")
        below = applied.at_most is not None and rating.rank < applied.at_most.rank
        if applied.verdict is Verdict.MET and below:
            yield Objection(
                Against.ABOVE_CAP,
                applied.cite,
                hard=not room,
                question=question.key,
                room=room,
                unverified=applied.unverified,
                values={"at_most": applied.at_most, "fact": cap.at_most_fact or _asks(cap.when.tests)},
            )


def _asks(tests: tuple[Test, ...]) -> str:
    """The first fact that a cap asks about, besides whom it is about."""
    return next((test.fact for test in tests if test.fact not in {"subject", "leader", "head"}), "")


def _by_quota(
    book: Rulebook, review: Review, question: Question, rating: Rating, context: Context
) -> Iterator[Objection]:
    for found in over(book, review, question, rating, context.rated):
        share, quota = found.share, found.share.quota
        values: dict[str, Json] = {
            "rating": quota.rating,
            "rated": share.rated,
            "allowed": found.allowed_at_most,
            "group": str(share.key.get("group", "")),
            "unit": str(share.key.get("unit", "")),
            "granted": found.granted,
        }
        yield Objection(
            Against.OVER_QUOTA,
            quota.cite,
            hard=not found.granted if quota.by_decision_pct else not quota.room,
            question=question.key,
            room=quota.room,
            unverified=quota.unverified,
            values=values,
        )


def _beside(suggestion: Suggestion, question: Question, rating: Rating) -> Iterator[Objection]:
    """Above or below all that the rules still hold possible: allowed, with a reason."""
    if not suggestion.possible:
        return
    highest, lowest = suggestion.possible[0], suggestion.possible[-1]
    if rating.rank < highest.rank:
        yield _beside_one(Against.ABOVE_SUGGESTION, question, highest)
    if rating.rank > lowest.rank:
        yield _beside_one(Against.BELOW_SUGGESTION, question, lowest)


def _beside_one(kind: Against, question: Question, suggested_rating: Rating) -> Objection:
    return Objection(kind, "", hard=False, question=question.key, values={"suggested": suggested_rating})
