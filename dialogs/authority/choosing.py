"""Choosing the ratings of a decision: one by one, what stands against them told at once."""

from dialogs.authority.card import about, quotas, rules_of
from dialogs.authority.context import context, judged
from dialogs.authority.guard import REVIEWS, OpenReview, drawn, undecided
from dialogs.authority.objections import against, hard, objection_values
from dialogs.authority.pages import ask, preview, wanting
from dialogs.authority.pending import Pending, keeping, pending, to_choose
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.refused import Refused
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from rules.campaign.permissions import Action
from rules.forms.form import Question
from rules.judging.rated import rating_questions
from rules.nouns.reviews import Json, ReviewStatus
from rules.nouns.values import Rating

#: Not rated, in a button.
NONE = "none"


def choose(books: Books, state: State, one: OpenReview, button: Button) -> Turn:
    """Begin with the ratings (again): what was written stays."""
    made = pending(state, one)
    if refused := not_to_decide(one, made):
        return REVIEWS.refuse(books, state, refused, Action.DECIDE, button)
    return go_on(books, state, one, Pending({}, made.texts, made.petition))


def rate(books: Books, state: State, one: OpenReview, button: Button) -> Turn:
    """A rating was pressed: `decide_rate:<review>:<version>:<number>:<place of the question>:<rating>`."""
    made = pending(state, one)
    if refused := not_to_decide(one, made):
        return REVIEWS.refuse(books, state, refused, Action.DECIDE, button)
    _, form = rules_of(books, one.review)
    place, word, *_ = (*button.about[2:], "", "")
    questions = {str(number): question for number, question in enumerate(rating_questions(form))}
    if place not in questions or word not in {*Rating, NONE}:
        return go_on(books, state, one, made)
    chosen = made.rated(questions[place].key, None if word == NONE else Rating(word))
    return go_on(books, state, one, chosen)


def go_on(books: Books, state: State, one: OpenReview, made: Pending) -> Turn:
    """The next thing: a rating to choose, what stands against it, a text that is needed, or the whole to confirm."""
    _, form = rules_of(books, one.review)
    question = to_choose(form, made)
    if question:
        return Turn((_ask_rating(books, state, one, question),), (keeping(one, made),))
    found = against(books, state, one, made)
    if hard(found):
        return Turn((_objected(books, one, objection_values(form, found)),), (keeping(one, made),))
    what = wanting(one, made, found)
    if what:
        return ask(books, state, one, made, what)
    return Turn((preview(books, state, one, made, found),), (keeping(one, made),))


def not_to_decide(one: OpenReview, made: Pending) -> Refused | None:
    """Why a review that is decided is not decided anew just so: through its petition, and with a reason."""
    review = one.review
    if undecided(review):
        return None
    if review.status is ReviewStatus.APPEALED and not made.petition:
        return Refused("appealed")
    return None if made.text("reason") or made.petition else Refused("reason_first")


def _ask_rating(books: Books, state: State, one: OpenReview, question: Question) -> Reply:
    """The four ratings and "not rated", with where the quotas stand; nothing is chosen for anybody."""
    book, form = rules_of(books, one.review)
    place = rating_questions(form).index(question)
    values: dict[str, Json] = {
        **about(books, one),
        "about": question.about if len(rating_questions(form)) > 1 else "",
        "outside": one.outside,
        "quotas": quotas(book, judged(books, state, one.review).values(), context(books, state, one.review)),
    }
    ratings = tuple(
        (Key("review/rating", drawn("decide_rate", one, str(place), rating.value), {"rating": rating.value}),)
        for rating in Rating
    )
    none = (Key("decide/not_rated", drawn("decide_rate", one, str(place), NONE)),)
    back = (Key("head/back", Button("decide_card", one.review.id)),)
    return Reply("decide/rating", values, (*ratings, none, back))


def _objected(books: Books, one: OpenReview, objections: list[Json]) -> Reply:
    keys = (
        (Key("decide/choose_again", drawn("decide_choose", one)),),
        (Key("head/back", Button("decide_card", one.review.id)),),
    )
    return Reply("decide/objected", {**about(books, one), "objections": objections}, keys)
