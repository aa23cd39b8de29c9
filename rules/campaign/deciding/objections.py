"""Objections to a decision of the authority. A hard one refuses it, with the clause; a soft one requires a reason.

Where the law leaves room (`room` of a cap or quota, or a greater share), the authority may decide all the same if it
gives a reason. People decide: nothing here chooses a rating.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.book.procedure import Effect, Order, OrderRule, order_rule
from rules.book.quota import Rated
from rules.book.rulebook import Rulebook
from rules.book.scores import Operation
from rules.book.suggestion import named_grounds
from rules.campaign.deciding.judgement import Judgement, answers_of, facts_at_hand, judgement
from rules.campaign.deciding.quotas import over
from rules.campaign.months.tracking import last_month
from rules.judging.elsewhere import NOTHING_ELSE, Elsewhere
from rules.judging.explanation import condition_values
from rules.judging.interview import rated, rating_questions, said_again
from rules.nouns.reviews import RULED, Json, Review
from rules.nouns.tracking import Standing
from rules.nouns.values import BODIES, Rating, Subject, Verdict


class Against(StrEnum):
    """The kinds of objection."""

    ABOVE_CAP = "above_cap"
    NOT_RATED = "not_rated"  # rated, although a rule says that such a person is not rated
    RATED_THOUGH = "rated_though"  # not rated, although the rules rate such a person
    GROUND = "ground"  # rated above "not completed", although a ground of that is met
    OVER_QUOTA = "over_quota"
    UNREVIEWED = "unreviewed"
    LOWER_FIRST = "lower_first"
    UNIT_FIRST = "unit_first"
    COLLECTIVE_FIRST = "collective_first"
    CIVIL_FIRST = "civil_first"
    ABOVE_SUGGESTION = "above_suggestion"
    BELOW_SUGGESTION = "below_suggestion"
    LAST_MONTH = "last_month"  # the desk has not chosen how the last month of the year counts
    SCORES_OPEN = "scores_open"  # scores of the year that are owed are not there, or not confirmed
    OTHER_POST = "other_post"  # decided otherwise at another of their posts, by the same form


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to a decision."""

    kind: Against
    #: The clause; "": it rests on none.
    cite: str
    hard: bool
    #: The rating concerned; "": the decision as a whole.
    question: str = ""
    #: The clause by which the authority may decide so all the same.
    room: str = ""
    unverified: bool = False
    #: The values of its sentence.
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OtherPost:
    """What was decided about the same person, form and campaign at another of their posts. Ratings are by question;
    None: not rated.
    """

    position: str
    unit: str
    ratings: Mapping[str, Rating | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a review."""

    #: The list of the whole office, for quotas.
    rated: tuple[Rated, ...] = ()
    #: What is said and decided beside it (`unit_rating`, `civil_rating`).
    elsewhere: Elsewhere = NOTHING_ELSE
    #: The number of undecided bodies in the units below.
    undecided_below: int = 0
    #: The body in which the person works, or one above it, is not decided.
    unit_open: bool = False
    #: The collective of their unit is not decided.
    collective_open: bool = False
    #: The person's review as a civil servant is not decided; `civil_rule` is the rule of order that this breaks.
    civil_open: bool = False
    civil_rule: OrderRule | None = None
    #: What was decided at the person's other posts.
    other_posts: tuple[OtherPost, ...] = ()


def objections(
    book: Rulebook, review: Review, ratings: Mapping[str, Rating | None], context: Context
) -> tuple[Objection, ...]:
    """All objections to a decision: those to the whole first, then those to each rating in the order of the form.

    Each rating is judged once. In the same decision, the rating as a civil servant is a fact for the rating as a party
    member.
    """
    form = book.forms[review.form]
    questions = rating_questions(form)
    civil = next((ratings.get(question.key) for question in questions if question.about == "civil"), None)
    found = [*_as_a_whole(book, review, ratings, context)]
    for question in questions:
        rating = ratings.get(question.key)
        if question.key not in ratings or said_again(question, rating, context.elsewhere.facts):
            continue
        known = facts_at_hand(form, review, context.elsewhere, question)
        facts = {**known, "civil_rating": civil.value} if civil and question.about == "party" else known
        found += _of_rating(book, judgement(book, review, question, facts), rating, context)
        found += _at_other_posts(question.key, rating, context)
    return tuple(found)


def _as_a_whole(
    book: Rulebook, review: Review, ratings: Mapping[str, Rating | None], context: Context
) -> Iterator[Objection]:
    """Whether anything must come before this decision: the review itself, or decisions that come first."""
    rule = order_rule(book.procedure, Order.REVIEWED_FIRST)
    is_rated = any(rating is not None for rating in ratings.values())
    if is_rated and (not (review.ready or review.status in RULED) or review.draft is None):
        values: dict[str, Json] = {"status": review.status.value}
        yield Objection(Against.UNREVIEWED, rule.cite if rule else "", hard=rule is not None, values=values)
    form = book.forms[review.form]
    subject, _ = rated(form, review.person, next(iter(rating_questions(form)[-1:]), None))
    is_body = subject in BODIES
    for order, still_open in (
        (Order.LOWER_FIRST, context.undecided_below if is_body else 0),
        (Order.UNIT_FIRST, int(context.unit_open and not is_body)),
        (Order.COLLECTIVE_FIRST, int(context.collective_open and not is_body)),
        (Order.CIVIL_FIRST, int(context.civil_open and subject is Subject.PARTY_MEMBER)),
    ):
        kept = order_rule(book.procedure, order) or (context.civil_rule if order is Order.CIVIL_FIRST else None)
        if kept and still_open:
            values = {"count": still_open}
            yield Objection(Against(order.value), kept.cite, hard=True, unverified=kept.unverified, values=values)


def _of_rating(book: Rulebook, judged: Judgement, rating: Rating | None, context: Context) -> Iterator[Objection]:
    """Objections to this rating, or to not rating."""
    suggestion, question = judged.suggestion, judged.question.key
    if suggestion is None:
        return
    if rating is None:
        excused = any(case.effect in {Effect.NOT_RATED, Effect.NOT_REVIEWED} for case in judged.cases)
        if not suggestion.not_rated and not excused:
            yield Objection(Against.RATED_THOUGH, "", hard=False, question=question)
        return
    by_rule = (*_by_rule(judged, rating), *_by_cap(judged, rating))
    yield from by_rule
    yield from _by_scores(book, judged)
    yield from _by_quota(book, judged, rating, context)
    if not by_rule and suggestion.possible:  # above or below everything still possible: allowed with a reason
        highest, lowest = suggestion.possible[0], suggestion.possible[-1]
        if rating.rank < highest.rank:
            yield Objection(Against.ABOVE_SUGGESTION, "", hard=False, question=question, values={"suggested": highest})
        if rating.rank > lowest.rank:
            yield Objection(Against.BELOW_SUGGESTION, "", hard=False, question=question, values={"suggested": lowest})


def _at_other_posts(question: str, rating: Rating | None, context: Context) -> Iterator[Objection]:
    """A different decision at another post. No text we have seen says at which of two posts one is rated, or whether
    ratings may differ, so a person has to say.
    """
    for other in context.other_posts:
        if question in other.ratings and other.ratings[question] is not rating:
            values: dict[str, Json] = {
                "rating": other.ratings[question],
                "position": other.position,
                "unit": other.unit,
            }
            yield Objection(Against.OTHER_POST, "", hard=False, question=question, values=values)


def _by_rule(judged: Judgement, rating: Rating) -> Iterator[Objection]:
    """A rule or special case by which such a person is not rated, or a ground of "not completed"."""
    assert judged.suggestion is not None, "a rating stands against what is suggested"
    question = judged.question.key
    rule = judged.suggestion.not_rated
    case = next((case for case in judged.cases if case.effect is Effect.NOT_RATED), None)
    if left_out := rule or case:
        values: dict[str, Json] = {"because": rule.because if rule else "", "title": case.title if case else ""}
        yield Objection(
            Against.NOT_RATED,
            left_out.cite,
            hard=True,
            question=question,
            unverified=left_out.unverified,
            values=values,
        )
    ground = next(iter(named_grounds(judged.suggestion)), None)
    if ground and rating is not Rating.NOT_COMPLETED:
        values = condition_values(ground.fact, ground.op, ground.asked)
        yield Objection(
            Against.GROUND, ground.cite, hard=True, question=question, unverified=ground.unverified, values=values
        )


def _by_scores(book: Rulebook, judged: Judgement) -> Iterator[Objection]:
    """A year that rests on missing scores, while their effect is still open."""
    if judged.suggestion is None or judged.suggestion.rating or judged.suggestion.not_rated:
        return
    answers, question = answers_of(judged.review), judged.question.key
    open_ones = [one.held for one in answers.values() if one.held and one.held.waited_for]
    rule = last_month(book, judged.review.campaign.span)
    if rule and any(one.standing is Standing.UNSETTLED for one in open_ones):
        cite = f"{rule.cite}; {rule.before}"
        yield Objection(Against.LAST_MONTH, cite, hard=True, question=question, values={"month": rule.month})
    others = [one for one in open_ones if one.standing is not Standing.UNSETTLED]
    cite = next((one.cite for one in book.scores.formulas if one.operation is Operation.MEAN_OWED), "")
    if others:
        bodies: list[Json] = [*dict.fromkeys(one.body for one in others if one.body)]
        values: dict[str, Json] = {"count": len(others), "bodies": bodies}
        yield Objection(Against.SCORES_OPEN, cite, hard=False, question=question, values=values)


def _by_cap(judged: Judgement, rating: Rating) -> Iterator[Objection]:
    """Every cap that applies and lies below the rating. A cap by the unit's rating may be waived in a special case."""
    if judged.profile is None or judged.suggestion is None:
        return
    waiver = next((case.cite for case in judged.cases if case.effect is Effect.CAP_WAIVED), "")
    for line, applied in zip(judged.profile.caps, judged.suggestion.caps, strict=True):
        cap = line.cap
        if applied.verdict is Verdict.MET and applied.at_most is not None and rating.rank < applied.at_most.rank:
            room = cap.room or (waiver if cap.at_most_fact else "")
            yield Objection(
                Against.ABOVE_CAP,
                applied.cite,
                hard=not room,
                question=judged.question.key,
                room=room,
                unverified=applied.unverified,
                values={"at_most": applied.at_most, "because": applied.because},
            )


def _by_quota(book: Rulebook, judged: Judgement, rating: Rating, context: Context) -> Iterator[Objection]:
    """Every quota that this rating would exceed in a group."""
    for state in over(book, judged, rating, context.rated):
        share, quota = state.share, state.share.quota
        yield Objection(
            Against.OVER_QUOTA,
            quota.cite,
            hard=not state.granted if quota.by_decision_pct else not quota.room,
            question=judged.question.key,
            room=quota.room,
            unverified=quota.unverified,
            values={
                "rating": quota.rating,
                "rated": share.rated,
                "allowed": state.allowed_at_most,
                "group": str(share.key.get("group", "")),
                "unit": str(share.key.get("unit", "")),
                "granted": state.granted,
            },
        )
