"""What has to be known when a review is decided: quotas, and the decisions beside and below it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dialogs.authority.guard import known, undecided
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.shown.truth import known_beside
from rules.book.procedure import Order, OrderRule, order_rule
from rules.book.quota import Rated
from rules.campaign.deciding.judgement import Judgement, judgements
from rules.campaign.deciding.objections import Context, OtherPost
from rules.judging.elsewhere import Elsewhere
from rules.judging.interview import has_rating, rated
from rules.nouns.conditions import FactValue
from rules.nouns.reviews import Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES, Subject

#: The bodies whose rating is that of the unit; the first that exists counts.
_UNIT = (Subject.ORGANISATION, Subject.COLLECTIVE)


def context(books: Books, state: State, review: Review, ratings: tuple[Rated, ...] | None = None) -> Context:
    """The facts that `rules.campaign.deciding.objections` needs. `ratings`: the office's list, if it differs from the
    stored one.
    """
    room, beside = known(state), _beside(state, review)
    below = room.units_below.get(review.person.unit_id, ())
    listed = room.rated.get((review.campaign.id, review.campaign.rulebook), ())
    civil = [one for one in beside if one.person.id == review.person.id and _is_civil(books, one)]
    # If the person has two posts, the post of this review comes first.
    civil.sort(key=lambda one: one.person.post != review.person.post)
    bodies = [one for one in beside if _is_body_of(books, one, review)]
    there = known_beside(books, state, review)
    return Context(
        rated=listed if ratings is None else ratings,
        elsewhere=replace(there, facts={**_facts(books, civil, bodies), **there.facts}),
        undecided_below=sum(room.undecided_units.get(unit, 0) for unit in below),
        unit_open=any(undecided(one) for one in beside if _is_unit_over(books, room.units_below, one, review)),
        collective_open=any(undecided(one) for one in bodies if _subject(books, one) is Subject.COLLECTIVE),
        civil_open=any(undecided(one) for one in civil) or any(undecided(one) for one in _civil_beside(there)),
        other_posts=tuple(
            OtherPost(one.person.position, one.person.unit, one.ratings)
            for one in beside
            if one.decided and _is_of_another_post(one, review)
        ),
        civil_rule=next((found for one in civil if (found := _civil_first(books, one))), _beside_first(books, there)),
    )


def judged(books: Books, state: State, review: Review) -> Mapping[str, Judgement]:
    """The judgement of each rating in the review, by question, with everything known around it."""
    return judgements(books[review.campaign.edition], review, context(books, state, review).elsewhere)


def _beside(state: State, review: Review) -> list[ReviewLine]:
    """The other known reviews of the same campaign, each once."""
    room = known(state)
    found = {one.review: one for one in (*room.mine, *room.beside)}
    return [one for one in found.values() if one.review != review.id and one.campaign.id == review.campaign.id]


def _subject(books: Books, line: ReviewLine) -> Subject:
    form = books[line.campaign.edition].forms[line.form]
    return rated(form, line.person)[0]


def _is_civil(books: Books, line: ReviewLine) -> bool:
    """Whether the review rates a civil servant. A sheet of points rates nobody."""
    rates = has_rating(books[line.campaign.edition].forms[line.form])
    return rates and _subject(books, line) not in {*BODIES, Subject.PARTY_MEMBER}


def _is_body_of(books: Books, line: ReviewLine, review: Review) -> bool:
    same_rules = line.campaign.edition == review.campaign.edition
    return same_rules and line.person.unit_id == review.person.unit_id and _subject(books, line) in BODIES


def _is_unit_over(books: Books, units_below: Mapping[int, tuple[int, ...]], line: ReviewLine, review: Review) -> bool:
    """Whether the review is of the body in which the person works, or of one above it, under the same rulebook."""
    unit = review.person.unit_id
    here = line.person.unit_id == unit or unit in units_below.get(line.person.unit_id, ())
    same_rules = line.campaign.edition == review.campaign.edition
    return here and same_rules and _subject(books, line) is Subject.ORGANISATION


def _is_of_another_post(line: ReviewLine, review: Review) -> bool:
    """Whether it is the same person's review on the same form for another post. Both are in the same campaign."""
    same = (line.person.id, line.campaign.rulebook, line.form) == (
        review.person.id,
        review.campaign.rulebook,
        review.form,
    )
    return same and line.person.post != review.person.post


def _civil_first(books: Books, line: ReviewLine) -> OrderRule | None:
    return order_rule(books[line.campaign.edition].procedure, Order.CIVIL_FIRST)


def _beside_first(books: Books, there: Elsewhere) -> OrderRule | None:
    """The order prescribed by the rulebook of the review as a civil servant, in another campaign."""
    rules = (order_rule(books[one.campaign.edition].procedure, Order.CIVIL_FIRST) for one in _civil_beside(there))
    return next((rule for rule in rules if rule), None)


def _civil_beside(there: Elsewhere) -> list[Review]:
    return [one.review for one in there.ratings if one.fact == "civil_rating" and one.review]


def _facts(books: Books, civil: Iterable[ReviewLine], bodies: Iterable[ReviewLine]) -> dict[str, FactValue]:
    """Ratings decided elsewhere that rules ask for."""
    of_unit = {_subject(books, one): one.ruled for one in bodies if one.ruled}
    unit = next((of_unit[subject] for subject in _UNIT if subject in of_unit), None)
    as_civil = next((one.ruled for one in civil if one.ruled), None)
    found = {"unit_rating": unit, "civil_rating": as_civil}
    return {fact: rating.value for fact, rating in found.items() if rating}
