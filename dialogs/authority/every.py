"""Quyết định cả danh sách: after the meeting, all whose self-rating is the suggestion and against whom nothing stands.

What differs, or needs a reason, is decided one by one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dialogs.authority.confirming import decide, made_ruling, tell
from dialogs.authority.context import context
from dialogs.authority.guard import REVIEWS, OpenReview, known
from dialogs.authority.list import groups_of, of_list
from dialogs.authority.making import MAX_CHARS, offered
from dialogs.authority.pending import Pending
from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.stamps import DECISION, lines_stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, Turn
from dialogs.shown.person import which_values
from dialogs.shown.ruling import rating_words
from rules.book.quota import Rated
from rules.book.rulebook import Rulebook
from rules.campaign.deciding import Context, OtherPost, objections
from rules.campaign.judgement import Judgement, answers_of, judgements
from rules.campaign.permissions import Action
from rules.campaign.quotas_live import with_rating
from rules.forms.form import Form
from rules.judging.interview import asked, rating_questions, said_again
from rules.nouns.reviews import Json, Review
from rules.nouns.tracking import Standing
from rules.nouns.values import Rating

#: So many are decided with one press: what one message still shows by name.
AT_ONCE = 30

#: With the comment of the head as the authority's remarks, or without remarks.
WITH, PLAIN = "with", "plain"


@dataclass(frozen=True, slots=True)
class Ready:
    """A review that may be decided as its person rates themself."""

    one: OpenReview
    ratings: dict[str, Rating | None]


def ask(books: Books, state: State, button: Button) -> Turn:
    """The list, by name and rating, before anything is decided: `decide_all:0:<unit>:<place of the group>`."""
    unit, place, *_ = (*button.about, "", "")
    return _show(books, state, unit, place)


def _show(books: Books, state: State, unit: str, place: str) -> Turn:
    group = _group(state, unit, place)
    agreeing = ready(books, state, group)
    values: dict[str, Json] = {
        "count": len(agreeing),
        "group": group,
        "single": len(list(_openings(state, group))) - len(agreeing),
        "people": [_line(books, each) for each in agreeing],
    }
    commented = sum(bool(offered(each.one.review)) for each in agreeing)
    keys = _keys((unit, _mark(agreeing)), place, len(agreeing), commented) if agreeing else ()
    back = ((Key("decide/list", Button("decide_list")),),)
    return Turn(
        (Reply("decide/every", {**values, "commented": commented}, (*keys, *back)),), let_go(state, Room.DECIDE)
    )


def every(books: Books, state: State, button: Button) -> Turn:
    """Decide them all: `decide_every:0:<unit>:<mark>:<with or plain>:<place of the group>`. A list that changed is
    shown again.
    """
    unit, mark, how, place, *_ = (*button.about, "", "", "", "")
    agreeing = ready(books, state, _group(state, unit, place))
    if not agreeing or mark != _mark(agreeing):
        return _show(books, state, unit, place)
    commands: list[Command] = []
    for each in agreeing:
        remarks = offered(each.one.review)[: MAX_CHARS["remarks"]] if how == WITH else ""
        ruling = made_ruling(books, state, each.one, Pending(each.ratings, {"remarks": remarks}), ())
        commands += [decide(each.one, ruling), *tell(books, state, each.one, ruling)]
    done = Reply(
        "decide/every_decided", {"count": len(agreeing)}, ((Key("decide/list", Button("decide_list")),),), replaces=True
    )
    return Turn((done,), (*commands, *let_go(state, Room.DECIDE)))


def ready(books: Books, state: State, group: str = "") -> tuple[Ready, ...]:
    """Those of the list (of one group) against whom nothing stands, each counted in the quotas of those after it."""
    agreeing: list[Ready] = []
    lists: dict[tuple[int, str], tuple[Rated, ...]] = dict(known(state).rated)
    for one in _openings(state, group):
        review = one.review
        part = (review.campaign.id, review.campaign.rulebook)
        listed = lists.get(part, ())
        book, around = books[review.campaign.edition], context(books, state, review, listed)
        around = replace(around, other_posts=(*around.other_posts, *_posts_of(review, agreeing)))
        judged = judgements(book, review, around.elsewhere)
        ratings = _as_they_say(book, review, judged, around)
        if ratings is None or len(agreeing) == AT_ONCE:
            continue
        agreeing.append(Ready(one, ratings))
        for key, judgement in judged.items():
            if not said_again(judgement.question, ratings[key], around.elsewhere.facts):
                listed = with_rating(judgement, ratings[key], listed)
        lists[part] = listed
    return tuple(agreeing)


def _posts_of(review: Review, agreeing: Iterable[Ready]) -> Iterator[OtherPost]:
    """What the list decides before of the same person by the same form at another post."""
    for each in agreeing:
        one = each.one.review
        same = (one.person.id, one.campaign.id, one.campaign.rulebook, one.form)
        if same == (review.person.id, review.campaign.id, review.campaign.rulebook, review.form):
            yield OtherPost(one.person.position, one.person.unit, each.ratings)


def _group(state: State, unit: str, place: str) -> str:
    """The group a button names by its place; "" is all of them."""
    groups = groups_of(of_list(state, "w", unit))
    return groups[int(place)] if place.isdecimal() and int(place) < len(groups) else ""


def _openings(state: State, group: str) -> Iterator[OpenReview]:
    for review in known(state).listed:
        if group and review.person.group != group:
            continue
        one = REVIEWS.look(replace(state, about=review), Button("decide_card", review.id), Action.DECIDE)
        if not isinstance(one, Refused) and not one.outside and review.ready:
            yield one


def _as_they_say(
    book: Rulebook, review: Review, judged: Mapping[str, Judgement], around: Context
) -> dict[str, Rating | None] | None:
    """The person's own ratings, when each is the suggestion and nothing stands against them; else None."""
    self_ratings = _said(book.forms[review.form], review)
    if self_ratings is None:
        return None
    given = {key: rating for key, rating in self_ratings.items() if rating is not None}
    agree = all(_agrees(judged[key], rating, around) for key, rating in given.items())
    return self_ratings if agree and not objections(book, review, self_ratings, around) else None


def _agrees(judgement: Judgement, self_rating: Rating, around: Context) -> bool:
    """Whether a rating of oneself is the suggestion; of the rating as a civil servant, once it is decided in a form of
    its own: whether it is that one.
    """
    decided = around.elsewhere.facts.get("civil_rating") if judgement.question.about == "civil" else None
    if decided is not None:
        return decided == self_rating.value
    return judgement.suggestion is not None and judgement.suggestion.rating is self_rating


def _said(form: Form, review: Review) -> dict[str, Rating | None] | None:
    """Every rating of oneself in the newest draft, None for one that is not asked of this person (of a sheet without
    ratings there is none); None, when one is missing.
    """
    answers = review.draft.answers if review.draft else {}
    wanted = {place.key for place in asked(form, review.person, answers)}
    self_ratings: dict[str, Rating | None] = {}
    for question in rating_questions(form):
        answer = answers.get(question.key)
        if question.key in wanted and (answer is None or answer.value not in tuple(Rating)):
            return None
        self_ratings[question.key] = Rating(str(answer.value)) if answer and question.key in wanted else None
    return self_ratings


def _mark(agreeing: tuple[Ready, ...]) -> str:
    """A few digits of exactly this list."""
    lines = [
        f"{each.one.review.id}:{each.one.version}:{each.one.number}:{sorted(each.ratings.items())}" for each in agreeing
    ]
    return lines_stamp(lines, DECISION)


def _line(books: Books, each: Ready) -> Json:
    review = each.one.review
    book = books[review.campaign.edition]
    form = book.forms[review.form]
    return {
        **which_values(books, review),
        "unit": review.person.unit,
        "provisional": any(
            one.held and one.held.standing is Standing.PROVISIONAL for one in answers_of(review).values()
        ),
        "ratings": [rating_words(book, form, key, rating) for key, rating in each.ratings.items()],
    }


def _keys(listed: tuple[str, str], place: str, count: int, commented: int) -> tuple[tuple[Key, ...], ...]:
    """Decide them all, with the head's comments or without. `listed`: the unit and the mark of the list."""
    group = (place,) if place else ()
    plain = Key("decide/every", Button("decide_every", 0, (*listed, PLAIN, *group)), {"count": count})
    with_comments = Key("decide/every_with", Button("decide_every", 0, (*listed, WITH, *group)), {"count": count})
    return ((plain,), (with_comments,)) if commented else ((plain,),)
