"""Quyết định cả danh sách: deciding a whole list at once.

It takes the reviews whose rating (concluded by the meeting, otherwise the self-rating) equals the suggestion and meets
no objection. Reviews that differ or need a reason are decided one by one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.authority.card import quotas
from dialogs.authority.confirming import decide, made_ruling, tell
from dialogs.authority.context import context
from dialogs.authority.guard import REVIEWS, OpenReview, known
from dialogs.authority.list import groups_of, of_list
from dialogs.authority.making import MAX_CHARS, offered
from dialogs.authority.pending import Pending, objection_values
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
from rules.campaign.deciding.judgement import Judgement, answers_of, judgements
from rules.campaign.deciding.objections import Context, Objection, OtherPost, objections
from rules.campaign.deciding.quotas import with_rating
from rules.campaign.permissions import Action
from rules.forms.form import Form
from rules.judging.interview import asked, rating_questions, said_again
from rules.nouns.reviews import Json, Review
from rules.nouns.tracking import Standing
from rules.nouns.values import Rating

#: How many reviews one press decides: as many as one message can name.
AT_ONCE = 30

#: Whether the head's comments become the authority's remarks, or there are none.
WITH, PLAIN = "with", "plain"


#: How many of those not decided with the others are named before the rest are counted.
FALLEN = 12

#: Campaign, rulebook and form. One press decides reviews of one form in one part of a campaign.
Which = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Ready:
    """A review that can be decided with the others."""

    one: OpenReview
    #: The ratings to be decided, by question.
    ratings: dict[str, Rating | None]


@dataclass(frozen=True, slots=True)
class Fallen:
    """A review that is not decided with the others."""

    one: OpenReview
    #: What is in the way; "": `objections` are.
    why: str
    objections: tuple[Objection, ...] = ()
    #: Whether the rating concerned is one that a meeting concluded; `by_sheet`: one that a sheet proposes.
    concluded: bool = False
    by_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """A list divided into those decided at once and those left out."""

    agreeing: tuple[Ready, ...]
    fallen: tuple[Fallen, ...]
    #: (campaign id, rulebook) → the list for counting quotas, as it would be afterwards.
    lists: Mapping[tuple[int, str], tuple[Rated, ...]]


def ask(books: Books, state: State, button: Button) -> Turn:
    """Show the list with names and ratings before anything is decided: `decide_all:0:<unit>:<place of the group>:<place
    of the form>`. If it holds several forms or periods, ask which one.
    """
    unit, place, which, *_ = (*button.about, "", "", "")
    kinds = _kinds(state, _group(state, unit, place))
    if len(kinds) > 1 and not which.isdecimal():
        return _ask_which(books, state, unit, place, kinds)
    return _show(books, state, unit, place, which)


def _ask_which(books: Books, state: State, unit: str, place: str, kinds: Sequence[Which]) -> Turn:
    """Each form and period on the list, with the number of reviews."""
    openings = list(_openings(state, _group(state, unit, place)))
    keys = []
    for number, kind in enumerate(kinds):
        of_kind = [one.review for one in openings if _which(one.review) == kind]
        label = {**which_values(books, of_kind[0]), "count": len(of_kind)}
        keys.append((Key("decide/every_of", Button("decide_all", 0, (unit, place, str(number))), label),))
    back = ((Key("decide/to_list", Button("decide_list")),),)
    return Turn((Reply("decide/every_which", {"count": len(openings)}, (*keys, *back)),), let_go(state, Room.DECIDE))


def _show(books: Books, state: State, unit: str, place: str, which: str) -> Turn:
    group = _group(state, unit, place)
    found = _sorted(books, state, group, _kind(state, group, which))
    agreeing = found.agreeing
    values: dict[str, Json] = {
        "count": len(agreeing),
        "group": group,
        "single": len(found.fallen),
        "people": [_line(books, each) for each in agreeing],
        "fallen": [_fallen_line(books, each) for each in found.fallen[:FALLEN]],
        "more": max(0, len(found.fallen) - FALLEN),
        "quotas": _quotas_after(books, state, found),
    }
    said = [one for each in agreeing if (one := known(state).consulted.get(each.one.review.id))]
    by_sheet = sum(one.by_sheet for one in said)
    values.update(concluded=len(said) - by_sheet, by_sheet=by_sheet)
    commented = sum(bool(offered(each.one.review)) for each in agreeing)
    keys = _keys((unit, _mark(agreeing)), (place, which), len(agreeing), commented) if agreeing else ()
    back = ((Key("decide/to_list", Button("decide_list")),),)
    return Turn(
        (Reply("decide/every", {**values, "commented": commented}, (*keys, *back)),), let_go(state, Room.DECIDE)
    )


def every(books: Books, state: State, button: Button) -> Turn:
    """Decide the whole list: `decide_every:0:<unit>:<mark>:<with or plain>:<place of the group>:<place of the form>`. A
    list that changed is shown again.
    """
    unit, mark, how, place, which, *_ = (*button.about, "", "", "", "", "")
    group = _group(state, unit, place)
    agreeing = _sorted(books, state, group, _kind(state, group, which)).agreeing
    if not agreeing or mark != _mark(agreeing):
        return ask(books, state, Button("decide_all", 0, (unit, place, which)))
    commands: list[Command] = []
    for each in agreeing:
        remarks = offered(each.one.review)[: MAX_CHARS["remarks"]] if how == WITH else ""
        ruling = made_ruling(books, state, each.one, Pending(each.ratings, {"remarks": remarks}), ())
        commands += [decide(each.one, ruling), *tell(books, state, each.one, ruling)]
    done = Reply(
        "decide/every_decided", {"count": len(agreeing)}, ((Key("decide/list", Button("decide_list")),),), replaces=True
    )
    return Turn((done,), (*commands, *let_go(state, Room.DECIDE)))


def _sorted(books: Books, state: State, group: str, kind: Which | None) -> Sorted:
    """The list for one group and form. Each review that meets no objection counts in the quotas for those after it; the
    others are left out with the reason.
    """
    agreeing: list[Ready] = []
    fallen: list[Fallen] = []
    lists: dict[tuple[int, str], tuple[Rated, ...]] = dict(known(state).rated)
    for one in _openings(state, group):
        review = one.review
        if kind and _which(review) != kind:
            continue
        part = (review.campaign.id, review.campaign.rulebook)
        listed = lists.get(part, ())
        book, around = books[review.campaign.edition], context(books, state, review, listed)
        around = replace(around, other_posts=(*around.other_posts, *_posts_of(review, agreeing)))
        judged = judgements(book, review, around.elsewhere)
        ratings = _wanted(state, book.forms[review.form], review)
        against = _against(book, review, judged, ratings, around)
        if ratings is None or against is not None:
            found = known(state).consulted.get(review.id)
            why, objected = against or ("no_rating", ())
            fallen.append(Fallen(one, why, objected, found is not None, found is not None and found.by_sheet))
            continue
        if len(agreeing) == AT_ONCE:
            fallen.append(Fallen(one, "later"))
            continue
        agreeing.append(Ready(one, ratings))
        for key, judgement in judged.items():
            if not said_again(judgement.question, ratings[key], around.elsewhere.facts):
                listed = with_rating(judgement, ratings[key], listed)
        lists[part] = listed
    return Sorted(tuple(agreeing), tuple(fallen), lists)


def _quotas_after(books: Books, state: State, found: Sorted) -> list[Json]:
    """Where the groups concerned stand after the decision, each group once."""
    seen: dict[str, Json] = {}
    for each in found.agreeing:
        review = each.one.review
        book = books[review.campaign.edition]
        listed = found.lists[review.campaign.id, review.campaign.rulebook]
        around = context(books, state, review, listed)
        for one in quotas(book, judgements(book, review, around.elsewhere).values(), around):
            seen.setdefault(repr(one), one)
    return [*seen.values()]


def _fallen_line(books: Books, each: Fallen) -> Json:
    review = each.one.review
    form = books[review.campaign.edition].forms[review.form]
    return {
        **which_values(books, review),
        "why": each.why,
        "concluded": each.concluded,
        "by_sheet": each.by_sheet,
        "objections": objection_values(form, each.objections),
    }


def _which(review: Review) -> Which:
    return review.campaign.id, review.campaign.rulebook, review.form


def _kinds(state: State, group: str) -> tuple[Which, ...]:
    """The forms on the list. A button names one by its place here."""
    return tuple(sorted({_which(one.review) for one in _openings(state, group)}))


def _kind(state: State, group: str, which: str) -> Which | None:
    kinds = _kinds(state, group)
    return kinds[int(which)] if which.isdecimal() and int(which) < len(kinds) else next(iter(kinds), None)


def _posts_of(review: Review, agreeing: Iterable[Ready]) -> Iterator[OtherPost]:
    """What the list has already decided about the same person and form for another post."""
    for each in agreeing:
        one = each.one.review
        same = (one.person.id, one.campaign.id, one.campaign.rulebook, one.form)
        if same == (review.person.id, review.campaign.id, review.campaign.rulebook, review.form):
            yield OtherPost(one.person.position, one.person.unit, each.ratings)


def _group(state: State, unit: str, place: str) -> str:
    """The group that a button names by its place; "" for all groups."""
    groups = groups_of(of_list(state, "w", unit))
    return groups[int(place)] if place.isdecimal() and int(place) < len(groups) else ""


def _openings(state: State, group: str) -> Iterator[OpenReview]:
    for review in known(state).listed:
        if group and review.person.group != group:
            continue
        one = REVIEWS.look(replace(state, about=review), Button("decide_card", review.id), Action.DECIDE)
        if not isinstance(one, Refused) and not one.outside and review.ready:
            yield one


def _against(
    book: Rulebook,
    review: Review,
    judged: Mapping[str, Judgement],
    ratings: Mapping[str, Rating | None] | None,
    around: Context,
) -> tuple[str, tuple[Objection, ...]] | None:
    """Why a review is not decided at once; None: each rating equals the suggestion and meets no objection."""
    if ratings is None:
        return "no_rating", ()
    objected = objections(book, review, ratings, around)
    if objected:
        return "", objected
    given = {key: rating for key, rating in ratings.items() if rating is not None}
    if all(_agrees(judged[key], rating, around) for key, rating in given.items()):
        return None
    return "differs", ()


def _agrees(judgement: Judgement, self_rating: Rating, around: Context) -> bool:
    """Whether the rating equals the suggestion. If the rating as a civil servant was decided on a form of its own, it
    must equal that one.
    """
    decided = around.elsewhere.facts.get("civil_rating") if judgement.question.about == "civil" else None
    if decided is not None:
        return decided == self_rating.value
    return judgement.suggestion is not None and judgement.suggestion.rating is self_rating


def _wanted(state: State, form: Form, review: Review) -> dict[str, Rating | None] | None:
    """The ratings to be decided: as the meeting concluded (the authority's, or else the unit's), otherwise the
    self-ratings.
    """
    said, found = _said(form, review), known(state).consulted.get(review.id)
    if said is None or found is None:
        return said
    concluded = {question: rating for question, _, rating in found.ratings}
    return {question: concluded.get(question, rating) for question, rating in said.items()}


def _said(form: Form, review: Review) -> dict[str, Rating | None] | None:
    """The self-ratings in the newest draft, with None for a rating that this person is not asked for; None: one is
    missing.
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
    """The stamp of exactly this list."""
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


def _keys(listed: tuple[str, str], places: tuple[str, str], count: int, commented: int) -> tuple[tuple[Key, ...], ...]:
    """The buttons that decide the whole list, with the heads' comments or without.

    `listed` is the unit and the mark of the list. `places` are the places of the group and the form; a button contains
    them only if needed.
    """
    places_needed = places if places[1] else places[:1] if places[0] else ()
    plain = Key("decide/every", Button("decide_every", 0, (*listed, PLAIN, *places_needed)), {"count": count})
    with_comments = Key(
        "decide/every_with", Button("decide_every", 0, (*listed, WITH, *places_needed)), {"count": count}
    )
    return ((plain,), (with_comments,)) if commented else ((plain,),)
