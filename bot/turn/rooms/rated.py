"""Lists of the ratings of campaigns, as decided or proposed so far."""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TypedDict

from bot.campaign.concluded import Concluded, concluded_in
from bot.campaign.usable import stuck
from bot.turn.rooms.context import RoomContext, campaign_lines
from dialogs.core.handlers import Books
from rules.book.quota import Rated
from rules.campaign.deciding.quotas import is_proposed
from rules.judging.interview import rated, rating_questions
from rules.nouns.reviews import Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES, Subject


class Proposing(TypedDict):
    """The fields of `Sheets` about proposed ratings."""

    proposed: Mapping[tuple[int, str], tuple[Rated, ...]]
    beside: tuple[ReviewLine, ...]


def rated_lists(
    books: Books,
    whole: Sequence[ReviewLine],
    proposed: Callable[[ReviewLine], bool] = lambda _: False,
    concluded: Concluded = MappingProxyType({}),
) -> Mapping[tuple[int, str], tuple[Rated, ...]]:
    """The office's list for each part of a campaign: a line for each rating a form asks for. An undecided line has the
    rating that a meeting `concluded`; otherwise, if `proposed` ratings are wanted, the self-rating.
    """
    found: dict[tuple[int, str], list[Rated]] = {}
    # A province has thousands of lines for each form, so the questions of a form are looked up only once.
    kinds = {(one.campaign.id, one.campaign.rulebook, one.form): one for one in whole}
    forms = {kind: books[one.campaign.edition].forms[one.form] for kind, one in kinds.items()}
    asked = {kind: rating_questions(form) for kind, form in forms.items()}
    of_person = {kind for kind, form in forms.items() if asked[kind] and form.rates is not Subject.PARTY_MEMBER}
    with_own = {_place(one) for one in whole if (one.campaign.id, one.campaign.rulebook, one.form) in of_person}
    for one in whole:
        kind = one.campaign.id, one.campaign.rulebook, one.form
        form, questions = forms[kind], asked[kind]
        again = form.rates is Subject.PARTY_MEMBER and _place(one) in with_own
        for question in questions:
            if again and question.about == "civil":
                continue  # the person's own form for the civil rating counts it
            subject, leader = rated(form, one.person, question)
            said = None if one.decided else concluded.get(one.review, {}).get(question.key)
            told = said is not None or (not one.decided and question is questions[-1] and proposed(one))
            rating = (said or one.self_rating) if told else one.ratings.get(question.key)
            line = Rated(
                one.person.name,
                one.person.unit,
                one.person.group,
                leader,
                rating,
                one.review,
                subject,
                open=not one.decided and not told,
                person=one.person.id,
                post=one.person.post,
            )
            found.setdefault((one.campaign.id, one.campaign.rulebook), []).append(line)
    return {part: tuple(lines) for part, lines in found.items()}


def _place(one: ReviewLine) -> tuple[int, int, int]:
    """The campaign, the person, and which of their posts."""
    return one.campaign.id, one.person.id, one.person.post


def is_body(books: Books, one: ReviewLine) -> bool:
    """Whether it is the review of a body."""
    form = books[one.campaign.edition].forms[one.form]
    return rated(form, one.person)[0] in BODIES


def under_quota(books: Books, review: Review) -> bool:
    """Whether the rulebook has a quota for the rating proposed in the newest draft."""
    wanted = review.draft.self_rating if review.draft else None
    return wanted is not None and any(one.rating is wanted for one in books[review.campaign.edition].quotas)


async def proposing_of(context: RoomContext, reviews: Sequence[Review]) -> Proposing:
    """What heads have proposed so far in the campaigns of these reviews. The reviews that wait for this person are not
    counted as proposed.
    """
    whole = [one for id_ in sorted({one.campaign.id for one in reviews}) for one in await campaign_lines(context, id_)]
    lost = stuck([one.campaign for one in whole], context.books)
    whole = [one for one in whole if one.campaign.id not in lost]
    said = await concluded_in(context.tx, context.books, {one.campaign.id for one in whole})
    return proposing(context.books, whole, {one.id for one in context.state.waiting}, said)


def proposing(
    books: Books, whole: Sequence[ReviewLine], here: Collection[int], concluded: Concluded = MappingProxyType({})
) -> Proposing:
    """As `proposing_of`, from the lines of these campaigns. `here`: the reviews that wait for this person."""
    said = {review: ratings for review, ratings in concluded.items() if review not in here}
    listed = rated_lists(books, whole, lambda one: is_proposed(one) and one.review not in here, said)
    return {"proposed": listed, "beside": tuple(whole)}
