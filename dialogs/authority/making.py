"""Preparing a decision: its ratings one by one with objections shown at once, its texts, and the whole before it is
confirmed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from dialogs.authority.card import about, clauses, quotas, rules_of
from dialogs.authority.context import context, judged
from dialogs.authority.guard import REVIEWS, OpenReview, drawn, undecided
from dialogs.authority.pending import WRITTEN, Pending, against, hard, keeping, objection_values, pending, to_choose
from dialogs.core.awaited import unusable
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.shown.chain import for_values
from dialogs.shown.following import foreseen
from dialogs.shown.ruling import rating_words
from rules.campaign.deciding.judgement import Judgement
from rules.campaign.deciding.objections import Objection
from rules.campaign.deciding.quotas import with_rating
from rules.campaign.permissions import Action
from rules.forms.form import Form, Question
from rules.judging.interview import rating_questions, said_again
from rules.nouns.days import read_day
from rules.nouns.reviews import Json, Outcome, Review, ReviewStatus
from rules.nouns.text import shorten
from rules.nouns.values import Rating

#: Stands for "not rated" in a button.
NONE = "none"
#: What may be chosen: one of the ratings, or none.
_CHOICES: tuple[Rating | None, ...] = (*Rating, None)

#: The longest text of each kind, in characters: what still reads well in the document.
MAX_CHARS = {"remarks": 2000, "measures": 1500, "prospects": 1000, "reason": 1000, "document": 200, "signer": 200}


def choose(books: Books, state: State, opened: OpenReview, button: Button) -> Turn:
    """Begin with the ratings, or begin again; texts are kept."""
    made = pending(state, opened)
    if refused := not_to_decide(opened, made):
        return REVIEWS.refuse(books, state, refused, Action.DECIDE, button)
    return go_on(books, state, opened, Pending({}, made.texts, made.petition))


def rate(books: Books, state: State, opened: OpenReview, button: Button) -> Turn:
    """A rating was chosen: `decide_rate:<review>:<version>:<number>:<place of the question>:<rating>`."""
    made = pending(state, opened)
    if refused := not_to_decide(opened, made):
        return REVIEWS.refuse(books, state, refused, Action.DECIDE, button)
    _, form = rules_of(books, opened.review)
    place, word, *_ = (*button.about[2:], "", "")
    questions = {str(number): question for number, question in enumerate(rating_questions(form))}
    if place not in questions or word not in {*Rating, NONE}:
        return go_on(books, state, opened, made)
    chosen = made.rated(questions[place].key, None if word == NONE else Rating(word))
    return go_on(books, state, opened, chosen)


def go_on(books: Books, state: State, opened: OpenReview, made: Pending) -> Turn:
    """The next step: a rating to choose, the objections, a text that is needed, or the whole to confirm."""
    _, form = rules_of(books, opened.review)
    question = to_choose(form, made)
    if question:
        return Turn((_ask_rating(books, state, opened, made, question),), (keeping(opened, made),))
    objected = against(books, state, opened, made)
    if hard(objected):
        return Turn((_objected(books, opened, objection_values(form, objected)),), (keeping(opened, made),))
    what = wanting(opened, made, objected)
    if what:
        return ask(books, state, opened, made, what)
    return Turn((preview(books, state, opened, made, objected),), (keeping(opened, made),))


def not_to_decide(opened: OpenReview, made: Pending) -> Refused | None:
    """Why a decided review cannot simply be decided anew: that takes its petition or a reason. None: it can be decided."""
    review = opened.review
    if undecided(review):
        return None
    if review.status is ReviewStatus.APPEALED and not made.petition:
        return Refused("appealed")
    return None if made.text("reason") or made.petition else Refused("reason_first")


def _ask_rating(books: Books, state: State, opened: OpenReview, made: Pending, question: Question) -> Reply:
    """The four ratings and "not rated", with the state of the quotas; nothing is preselected.

    A choice that no reason would justify has no button and is explained instead.
    """
    book, form = rules_of(books, opened.review)
    place = rating_questions(form).index(question)
    barred = _barred(books, state, opened, made, question)
    whole = [one for stands in barred.values() for one in stands if not one.question]
    if len(barred) == len(_CHOICES) and any(not one.question for one in barred[None]):
        once = [one for place, one in enumerate(whole) if one not in whole[:place]]
        return _objected(books, opened, objection_values(form, once), again=False)
    values: dict[str, Json] = {
        **about(books, opened),
        "about": question.about if len(rating_questions(form)) > 1 else "",
        "outside": opened.outside,
        "quotas": quotas(book, judged(books, state, opened.review).values(), context(books, state, opened.review)),
        "barred": _barred_values(form, barred),
    }
    ratings = tuple(
        (Key("review/rating", drawn("decide_rate", opened, str(place), rating.value), {"rating": rating.value}),)
        for rating in Rating
        if rating not in barred
    )
    none = ((Key("decide/not_rated", drawn("decide_rate", opened, str(place), NONE)),),) if None not in barred else ()
    back = (Key("head/back", Button("decide_card", opened.review.id)),)
    return Reply("decide/rating", values, (*ratings, *none, back))


def _barred(
    books: Books, state: State, opened: OpenReview, made: Pending, question: Question
) -> dict[Rating | None, tuple[Objection, ...]]:
    """The objections that no reason overcomes, by choice (None: not rated)."""
    found = {}
    for choice in _CHOICES:
        stands = hard(against(books, state, opened, made.rated(question.key, choice)))
        if of_this := tuple(one for one in stands if one.question in {"", question.key}):
            found[choice] = of_this
    return found


def _barred_values(form: Form, barred: Mapping[Rating | None, tuple[Objection, ...]]) -> list[Json]:
    """The barred choices as values of a template, grouped by their reasons."""
    together: dict[str, tuple[list[Json], list[Json]]] = {}
    for choice, stands in barred.items():
        objected = objection_values(form, stands)
        together.setdefault(repr(objected), ([], objected))[0].append(choice.value if choice else None)
    return [{"ratings": choices, "objections": objected} for choices, objected in together.values()]


def _objected(books: Books, opened: OpenReview, objections: list[Json], *, again: bool = True) -> Reply:
    """The message of objections. `again`: another choice may be accepted."""
    choose = ((Key("decide/choose_again", drawn("decide_choose", opened)),),) if again else ()
    keys = (*choose, (Key("head/back", Button("decide_card", opened.review.id)),))
    return Reply("decide/objected", {**about(books, opened), "objections": objections}, keys)


#: Texts for which only some forms have a place (`rules.forms.form.Item.takes`).
PLACED = ("measures", "prospects")


def wanting(opened: OpenReview, made: Pending, objected: Iterable[Objection]) -> str:
    """The text that is still needed for a decision: the reason, or the details of a written decision from outside; "":
    none.
    """
    needed = [
        *(["reason"] if any(objected) or opened.review.ruling else []),
        *(["document", "signer"] if opened.outside else []),
    ]
    return next((what for what in needed if not made.text(what)), "")


def ask(books: Books, state: State, opened: OpenReview, made: Pending, what: str) -> Turn:
    """Await this text."""
    _, form = rules_of(books, opened.review)
    objected = against(books, state, opened, made)
    values: dict[str, Json] = {
        **about(books, opened),
        "what": what,
        "max": MAX_CHARS[what],
        "now": made.text(what),
        "again": opened.review.ruling is not None,
        "objections": objection_values(form, objected) if what == "reason" else [],
    }
    whole = made.ratings and not wanting(opened, made, objected)
    cancel = Key("head/cancel", drawn("decide_page", opened) if whole else Button("decide_card", opened.review.id))
    return Turn((Reply("decide/ask", values, ((cancel,),)),), (keeping(opened, made, f"decide_{what}"),))


def preview(
    books: Books,
    state: State,
    opened: OpenReview,
    made: Pending,
    objected: Iterable[Objection],
    *,
    changed: bool = False,
) -> Reply:
    """The whole decision as it would be stored; its button confirms exactly this. `changed`: the confirmed decision was
    another one.
    """
    _, form = rules_of(books, opened.review)
    values: dict[str, Json] = {
        **about(books, opened),
        "ratings": chosen_values(books, state, opened, made),
        "objections": objection_values(form, objected),
        "foreseen": foreseen(books, opened.review),
        "quotas": _quotas_after(books, state, opened, made),
        "texts": {what: made.text(what) for what in WRITTEN},
        "offered": shorten(offered(opened.review)) if not made.text("remarks") else "",
        "outside": opened.outside,
        "changed": changed,
        "petition": bool(made.petition),
        **for_values(opened.for_whom, state.names),
    }
    return Reply("decide/confirm", values, _keyboard(form, opened, made))


def _quotas_after(books: Books, state: State, opened: OpenReview, made: Pending) -> list[Json]:
    """Where the groups of this review would stand after the decision."""
    book, _ = rules_of(books, opened.review)
    around = context(books, state, opened.review)
    judgements, listed = judged(books, state, opened.review), around.rated
    for key, judgement in judgements.items():
        if key in made.ratings and not said_again(judgement.question, made.ratings[key], around.elsewhere.facts):
            listed = with_rating(judgement, made.ratings[key], listed)
    return quotas(book, judgements.values(), replace(around, rated=listed))


def chosen_values(books: Books, state: State, opened: OpenReview, made: Pending) -> list[Json]:
    """The chosen ratings, each with the clauses on which it rests."""
    return ratings_and_clauses(books, opened, made.ratings, judged(books, state, opened.review))


def ratings_and_clauses(
    books: Books, opened: OpenReview, ratings: Mapping[str, Rating | None], judgements: Mapping[str, Judgement]
) -> list[Json]:
    """Ratings in the form's own words with the clauses on which each rests. A rating that is left out has the reason."""
    book, form = rules_of(books, opened.review)
    cited = ((key, rating, clauses(judgements.get(key), rating)) for key, rating in ratings.items())
    return [
        {**rating_words(book, form, key, rating, "; ".join(cites)), "cites": list(cites)}
        for key, rating, cites in cited
    ]


def offered(review: Review) -> str:
    """The comment of the last step that wrote one. It is offered as the authority's remarks."""
    last = review.last_decision
    said = [one.comment for one in review.endorsements]
    said += [last.comment] if last and last.outcome is Outcome.APPROVED else []
    return next((comment for comment in reversed(said) if comment), "")


def _keyboard(form: Form, opened: OpenReview, made: Pending) -> tuple[tuple[Key, ...], ...]:
    places = {item.takes for section in form.sections for item in section.items}
    written = ["remarks", *(what for what in PLACED if what in places)]
    written += ["reason"] if made.text("reason") else []
    written += ["document", "signer"] if opened.outside else []
    take = offered(opened.review) and not made.text("remarks")
    rows = (
        (Key("decide/confirm", drawn("decide_confirm", opened, made.mark), {"outside": opened.outside}),),
        (Key("decide/take", drawn("decide_take", opened)),) if take else (),
        *(
            (Key("decide/write", drawn("decide_write", opened, what), {"what": what, "again": bool(made.text(what))}),)
            for what in written
        ),
        (
            Key("decide/choose_again", drawn("decide_choose", opened)),
            Key("head/cancel", Button("decide_card", opened.review.id)),
        ),
    )
    return tuple(row for row in rows if row)


def page(books: Books, state: State, opened: OpenReview, _: Button) -> Turn:
    """The current step of the decision in preparation."""
    return go_on(books, state, opened, pending(state, opened))


def write(books: Books, state: State, opened: OpenReview, button: Button) -> Turn:
    """Write or rewrite a text of the decision."""
    made, what = pending(state, opened), button.about[2] if len(button.about) > 2 else ""
    if what not in WRITTEN or not made.ratings:
        return go_on(books, state, opened, made)
    return ask(books, state, opened, made, what)


def take(books: Books, state: State, opened: OpenReview, _: Button) -> Turn:
    """Take the head's comment as the authority's remarks. They can still be rewritten."""
    made = pending(state, opened)
    return go_on(books, state, opened, made.with_text("remarks", offered(opened.review)[: MAX_CHARS["remarks"]]))


def again(books: Books, state: State, opened: OpenReview, button: Button) -> Turn:
    """Decide anew; the reason comes first."""
    made = pending(state, opened)
    refused = not_to_decide(opened, made.with_text("reason", "-"))
    if refused:
        return REVIEWS.refuse(books, state, refused, Action.REDECIDE, button)
    if not opened.review.ruling:
        return REVIEWS.refuse(books, state, Refused("final"), Action.REDECIDE, button)
    return ask(books, state, opened, made, "reason")


def keep(what: str) -> Callable[[Books, State, OpenReview, str], Turn]:
    """The handler that takes the next text for `what`."""

    def handler(books: Books, state: State, opened: OpenReview, text: str) -> Turn:
        wrong = unusable(text.strip(), MAX_CHARS[what]) or _not_a_document(state, what, text)
        if wrong:
            return Turn((wrong,))
        return go_on(books, state, opened, pending(state, opened).with_text(what, text.strip()))

    return handler


def expected(_: Books, __: State, ___: str) -> Turn:
    """A text was sent where a button is to be pressed: nothing is stored."""
    return Turn((Reply("decide/expected"),))


def _not_a_document(state: State, what: str, text: str) -> Reply | None:
    """What is wrong with the number and day of a written decision; None: nothing, or the text is of another kind."""
    if what != "document":
        return None
    today = state.now.date()
    words = [word.strip(",.;()") for word in text.split()]
    days = [day for word in words if word[-4:].isdecimal() and (day := read_day(word, today))]
    if not days or len(words) == len(days):
        return Reply("decide/wrong_document", {"reason": "no_day"})
    return Reply("decide/wrong_document", {"reason": "to_come"}) if max(days) > today else None
