"""The decision itself: exactly what was shown is kept, the person is told, and the next one is a press away."""

from dialogs.authority.choosing import go_on, not_to_decide
from dialogs.authority.context import judged
from dialogs.authority.guard import REVIEWS, OpenReview
from dialogs.authority.list import of_list
from dialogs.authority.objections import against, cite_of, hard
from dialogs.authority.pages import chosen_values, preview, wanting
from dialogs.authority.pending import Pending, keeping, pending, to_choose
from dialogs.authority.telling import tell
from dialogs.core.buttons import Button
from dialogs.core.commands import AnswerPetition, Decide
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Papers, Reply, SetFocus, Turn
from rules.book.procedure import Effect
from rules.campaign.deciding import Objection
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import PetitionOutcome, Ruling


def confirm(books: Books, state: State, one: OpenReview, button: Button) -> Turn:
    """Decide what was shown; what changed since is shown again instead."""
    made = pending(state, one)
    if refused := not_to_decide(one, made):
        return REVIEWS.refuse(books, state, refused, Action.DECIDE, button)
    form = books[one.review.campaign.edition].forms[one.review.form]
    found = against(books, state, one, made)
    if to_choose(form, made) or hard(found) or wanting(one, made, found):
        return go_on(books, state, one, made)
    if button.about[2:3] != (made.mark,):
        return Turn((preview(books, state, one, made, found, changed=True),), (keeping(one, made),))
    ruling = made_ruling(books, state, one, made, found)
    answered = _answered(one, made)
    told = tell(books, state, one, ruling, answers=bool(answered))
    done = Reply("decide/decided", _done(books, state, one, made), _next(state, one), _papers(one), replaces=True)
    return Turn((done,), (decide(one, ruling), *answered, *told, SetFocus(None)))


def made_ruling(books: Books, state: State, one: OpenReview, made: Pending, found: tuple[Objection, ...]) -> Ruling:
    """The ruling as it will be kept."""
    person = state.person
    assert person is not None, "who decides is known"
    return Ruling(
        number=one.number,
        version=one.version,
        ratings=dict(made.ratings),
        by=person.id,
        by_name=person.name,
        by_position=person.position,
        at=state.now,
        cite=cite_of(found) or _not_rated(books, state, one, made),
        for_whom=one.for_whom,
        **{what: made.text(what) for what in ("remarks", "measures", "prospects", "reason", "document", "signer")},
    )


def decide(one: OpenReview, ruling: Ruling) -> Decide:
    """The command that keeps it."""
    return Decide(
        review=one.review.id,
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


def _not_rated(books: Books, state: State, one: OpenReview, made: Pending) -> str:
    """The clauses by which a rating is left out: of a rule, else of a special case."""
    left_out = [key for key, rating in made.ratings.items() if rating is None]
    judgements = judged(books, state, one.review) if left_out else {}
    cites: list[str] = []
    for key in left_out:
        suggestion = judgements[key].suggestion
        if suggestion and suggestion.not_rated:
            cites.append(suggestion.not_rated.cite)
            continue
        cases = judgements[key].cases
        cites += [case.cite for case in cases if case.effect in {Effect.NOT_RATED, Effect.NOT_REVIEWED}][:1]
    return "; ".join(dict.fromkeys(cites))


def _answered(one: OpenReview, made: Pending) -> tuple[Command, ...]:
    """The petition that this decision answers."""
    if not made.petition:
        return ()
    return (AnswerPetition(made.petition, one.review.id, PetitionOutcome.CHANGED, made.text("reason")),)


def _done(books: Books, state: State, one: OpenReview, made: Pending) -> dict[str, Json]:
    left = [each for each in of_list(state, "o" if one.outside else "w") if each.review != one.review.id]
    return {
        "name": one.review.person.name,
        "ratings": chosen_values(books, state, one, made),
        "waiting": len(left),
        "outside": one.outside,
    }


def _next(state: State, one: OpenReview) -> tuple[tuple[Key, ...], ...]:
    which = "o" if one.outside else "w"
    left = [each for each in of_list(state, which) if each.review != one.review.id]
    if not left:
        return ()
    return ((Key("head/next", Button("decide_card", left[0].review)), Key("decide/list", Button("decide_list"))),)


def _papers(one: OpenReview) -> Papers | None:
    return Papers(one.review.id, one.version, ("pdf",)) if one.version else None
