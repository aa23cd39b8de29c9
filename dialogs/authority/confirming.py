"""Confirming a decision: exactly what was shown is stored.

The person is told, with what they can do about it. The desk is told of a second year not completed. A button leads to
the next review.
"""

from dataclasses import replace

from dialogs.authority.card import about, clauses, rules_of
from dialogs.authority.context import judged
from dialogs.authority.guard import REVIEWS, OpenReview, undecided
from dialogs.authority.list import of_list
from dialogs.authority.making import chosen_values, go_on, not_to_decide, preview, ratings_and_clauses, wanting
from dialogs.authority.pending import Pending, against, cite_of, hard, keeping, pending, to_choose
from dialogs.core.buttons import Button
from dialogs.core.commands.rulings import AnswerPetition, Decide
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Papers, Reply, SetFocus, Turn
from dialogs.shown.chain import for_values
from dialogs.shown.failed import failed_of
from dialogs.shown.following import foreseen
from dialogs.shown.person import review_values, which_values
from dialogs.shown.ruling import TWO_YEARS, ruled_values
from dialogs.shown.truth import around, failed_last_year
from rules.campaign.deciding.judgement import cases_of
from rules.campaign.deciding.objections import Objection
from rules.campaign.permissions import Action
from rules.judging.elsewhere import NOTHING_ELSE
from rules.nouns.reviews import Json, ReviewStatus
from rules.nouns.rulings import PetitionOutcome, Ruling
from rules.nouns.values import BODIES, Rating


def confirm(books: Books, state: State, opened: OpenReview, button: Button) -> Turn:
    """Decide what was shown. If anything changed since, it is shown again instead."""
    made = pending(state, opened)
    if refused := not_to_decide(opened, made):
        return REVIEWS.refuse(books, state, refused, Action.DECIDE, button)
    form = books[opened.review.campaign.edition].forms[opened.review.form]
    objected = against(books, state, opened, made)
    if to_choose(form, made) or hard(objected) or wanting(opened, made, objected):
        return go_on(books, state, opened, made)
    if button.about[2:3] != (made.mark,):
        return Turn((preview(books, state, opened, made, objected, changed=True),), (keeping(opened, made),))
    ruling = made_ruling(books, state, opened, made, objected)
    answered = _answered(opened, made)
    told = tell(books, state, opened, ruling, answers=bool(answered))
    done = Reply(
        "decide/decided", _done(books, state, opened, made), _next(state, opened), _papers(opened), replaces=True
    )
    return Turn((done,), (decide(opened, ruling), *answered, *told, SetFocus(None)))


def made_ruling(
    books: Books, state: State, opened: OpenReview, made: Pending, objected: tuple[Objection, ...]
) -> Ruling:
    """The ruling as it will be stored."""
    person = state.person
    assert person is not None, "who decides is known"
    return Ruling(
        number=opened.number,
        version=opened.version,
        ratings=dict(made.ratings),
        by=person.id,
        by_name=person.name,
        by_position=person.position,
        at=state.now,
        cite=cite_of(objected) or _not_rated(books, state, opened, made),
        for_whom=opened.for_whom,
        device=state.device,
        **{what: made.text(what) for what in ("remarks", "measures", "prospects", "reason", "document", "signer")},
    )


def decide(opened: OpenReview, ruling: Ruling) -> Decide:
    """The command that stores the ruling."""
    return Decide(
        review=opened.review.id,
        version=ruling.version,
        number=ruling.number,
        ratings=ruling.ratings,
        remarks=ruling.remarks,
        measures=ruling.measures,
        prospects=ruling.prospects,
        reason=ruling.reason,
        cite=ruling.cite,
        document=ruling.document,
        signer=ruling.signer,
        for_whom=ruling.for_whom,
    )


def _not_rated(books: Books, state: State, opened: OpenReview, made: Pending) -> str:
    """The clauses for which a rating is left out: of a rule, or else of a special case."""
    left_out = [key for key, rating in made.ratings.items() if rating is None]
    judgements = judged(books, state, opened.review) if left_out else {}
    return "; ".join(dict.fromkeys(cite for key in left_out for cite in clauses(judgements.get(key), None)))


def _answered(opened: OpenReview, made: Pending) -> tuple[Command, ...]:
    """The command that answers the petition to which this decision belongs."""
    if not made.petition:
        return ()
    return (AnswerPetition(made.petition, opened.review.id, PetitionOutcome.CHANGED, made.text("reason")),)


def _done(books: Books, state: State, opened: OpenReview, made: Pending) -> dict[str, Json]:
    left = [each for each in of_list(state, "o" if opened.outside else "w") if each.review != opened.review.id]
    return {
        **which_values(books, opened.review),
        "ratings": chosen_values(books, state, opened, made),
        "waiting": len(left),
        "outside": opened.outside,
    }


def _next(state: State, opened: OpenReview) -> tuple[tuple[Key, ...], ...]:
    which = "o" if opened.outside else "w"
    left = [each for each in of_list(state, which) if each.review != opened.review.id]
    if not left:
        return ()
    return ((Key("head/go_next", Button("decide_card", left[0].review)), Key("decide/to_list", Button("decide_list"))),)


def _papers(opened: OpenReview) -> Papers | None:
    return Papers(opened.review.id, opened.version, ("pdf",)) if opened.version else None


def tell(
    books: Books, state: State, opened: OpenReview, ruling: Ruling, *, answers: bool = False
) -> tuple[Command, ...]:
    """The notices of a decision, each sent once. `answers`: it answers the person's petition."""
    notice = ruled_notice(books, state, opened, ruling, answers=answers)
    person = opened.review.person.id
    told = Notify(person, f"ruled:{opened.review.id}:{ruling.number}", notice)
    return (
        told,
        *_heads(books, state, opened, ruling),
        *_of_the_unit(books, state, opened, ruling),
        *_flagged(books, state, opened, ruling),
    )


def ruled_notice(books: Books, state: State, opened: OpenReview, ruling: Ruling, *, answers: bool = False) -> Reply:
    """The notice to the person: the rating with its clauses, the remarks, who decided, and what they may do now."""
    review = opened.review
    book, _ = rules_of(books, review)
    judgements = judged(books, state, review)
    values: dict[str, Json] = {
        **about(books, opened),
        "number": ruling.number,
        "body": review.person.name if review.person.subject in BODIES else "",
        "by": ruling.by_name,
        "by_position": ruling.by_position,
        "at": ruling.at.isoformat(),
        **for_values(opened.for_whom, state.names),
        "ratings": ratings_and_clauses(books, opened, ruling.ratings, judgements),
        "failed": failed_of(book, ruling, judgements, again=failed_last_year(books, state, review)),
        "foreseen": foreseen(books, review),
        **ruled_values(ruling),
        "answers": answers,
    }
    about_it = str(ruling.number)
    keys = tuple(
        (Key(f"result/{what}", Button(f"result_{what}", review.id, (about_it,))),)
        for what in ("seen", "reserve", "petition")
    )
    papers = Papers(review.id, ruling.version, ("docx", "pdf")) if ruling.version else None
    return Reply("notice/ruled", values, keys, papers)


def _heads(books: Books, state: State, opened: OpenReview, ruling: Ruling) -> tuple[Command, ...]:
    """The notices to those who agreed with the draft, if the person did not complete their duties or is not rated, with
    the reason.
    """
    review = opened.review
    if all(rating not in {None, Rating.NOT_COMPLETED} for rating in ruling.ratings.values()):
        return ()
    book, _ = rules_of(books, review)
    judgements = judged(books, state, review)
    values: dict[str, Json] = {
        **about(books, opened),
        "ratings": ratings_and_clauses(books, opened, ruling.ratings, judgements),
        "failed": failed_of(book, ruling, judgements, again=failed_last_year(books, state, review)),
        "reason": ruling.reason,
    }
    himself = {review.person.id, review.decider_id, ruling.by}
    heads = dict.fromkeys(step.person for step in review.steps if step.person not in himself)
    notice = Reply("notice/head_ruled", values)
    return tuple(Notify(head, f"head_ruled:{review.id}:{ruling.number}:{head}", notice) for head in heads)


def _of_the_unit(books: Books, state: State, opened: OpenReview, ruling: Ruling) -> tuple[Command, ...]:
    """The notices that follow because a unit's rating caps that of its head.

    They go to the head and to whoever has the head's review. If the head was already rated higher, also to whoever
    decided that and to the desk.
    """
    body, rating = opened.review, ruling.rating
    if rating is None or body.person.subject not in BODIES:
        return ()
    commands: list[Command] = []
    for review in around(state, body).heads:
        cap = next((one for one in books[review.campaign.edition].caps if one.at_most_fact == "unit_rating"), None)
        decided = review.ruling.rating if review.ruling and not undecided(review) else None
        if cap is None or review.status is ReviewStatus.ENDED or (not undecided(review) and decided is None):
            continue
        above = decided is not None and decided.rank < rating.rank
        if decided is not None and not above:
            continue
        values: dict[str, Json] = {
            **review_values(books, review),
            "unit_name": body.person.name,
            "unit_rating": rating,
            "decided": decided,
            "cite": cap.cite,
        }
        holder = review.approver_id or review.decider_id
        told = (review.decider_id, *state.desk) if above else (review.person.id, holder if review.draft else None)
        for person in dict.fromkeys(one for one in told if one and one not in {ruling.by, body.person.id}):
            notice = Reply("notice/unit_ruled", {**values, "own": person == review.person.id})
            commands.append(Notify(person, f"unit_ruled:{body.id}:{ruling.number}:{review.id}:{person}", notice))
    return tuple(commands)


def _flagged(books: Books, state: State, opened: OpenReview, ruling: Ruling) -> tuple[Command, ...]:
    """The notice to the desk, with the clause, that somebody did not complete their duties for a second year in a row."""
    review = opened.review
    if ruling.rating is not Rating.NOT_COMPLETED or not failed_last_year(books, state, review):
        return ()
    again = replace(NOTHING_ELSE, facts={"failed_last_year": True})
    case = next((one for one in cases_of(books[review.campaign.edition], review, again) if one.key == TWO_YEARS), None)
    if case is None:
        return ()
    values: dict[str, Json] = {**about(books, opened), "title": case.title, "cite": case.cite}
    key = f"two_years:{review.id}:{ruling.number}"
    told = (desk for desk in state.desk if desk != review.person.id)
    return tuple(Notify(desk, f"{key}:{desk}", Reply("notice/two_years", values)) for desk in told)
