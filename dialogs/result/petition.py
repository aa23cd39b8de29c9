"""Kiến nghị: a petition against a decision, once for each; written, shown, then filed; it may be taken back."""

from dialogs.core.awaited import awaiting, awaits, let_go, unusable, written
from dialogs.core.buttons import Button
from dialogs.core.commands import AnswerPetition, FilePetition
from dialogs.core.handlers import Books
from dialogs.core.refused import Refused
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.result.decided_review import DecidedReview, results
from dialogs.result.guard import RESULTS
from dialogs.result.page import about, numbered, petition_rule, petition_values, rule_values
from dialogs.result.telling import PETITION, tell
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import Petition, PetitionOutcome

#: What the focus is for from the press on Kiến nghị to the filing; it keeps the text.
PLEA = "result_plea"

#: Characters of a petition.
MAX_CHARS = 3000


def ask(books: Books, state: State, one: DecidedReview, _: Button) -> Turn:
    """What follows a petition and by which clause; the next text is the petition."""
    if one.petition:
        return _refuse(books, state, one, _petitioned(one.petition))
    asked = Reply("result/ask_petition", {**_about(books, state, one), "max": MAX_CHARS}, ((_cancel(one),),))
    return Turn((asked,), (_awaiting(one),))


def keep(books: Books, state: State, one: DecidedReview, text: str) -> Turn:
    """The text came (or is written anew): show it and ask once more."""
    if one.petition:
        return _refuse(books, state, one, _petitioned(one.petition))
    plea = text.strip()
    if wrong := unusable(plea, MAX_CHARS):
        return Turn((wrong,))
    keys = (
        (numbered("result/file", one, "result_file"),),
        (numbered("result/rewrite", one, "result_petition"), _cancel(one)),
    )
    shown = Reply("result/confirm_petition", {**_about(books, state, one), "text": plea}, keys)
    return Turn((shown,), (_awaiting(one, text=plea),))


def file(books: Books, state: State, one: DecidedReview, button: Button) -> Turn:
    """File what was shown; without a text it is asked for."""
    if one.petition:
        return _refuse(books, state, one, _petitioned(one.petition))
    plea = written(state, "text") if awaits(state, PLEA, review=one.review.id, number=one.ruling.number) else ""
    if not plea:
        return ask(books, state, one, button)
    rule = petition_rule(books, one)
    due = results(state).petition_due.get(one.review.id)
    filed = FilePetition(one.review.id, one.ruling.number, plea, due, rule.cite if rule else "")
    said = _about(books, state, one)
    told = tell(books, state, one, PETITION, text=plea, petition=said["petition"])
    done = Reply("result/filed", said, ((numbered("result/back", one, "result_show"),),), replaces=True)
    return Turn((done,), (filed, *told, *let_go(state, Room.RESULT)))


def ask_withdrawal(books: Books, state: State, one: DecidedReview, button: Button) -> Turn:
    """Ask before the petition is taken back."""
    petition = _pending(one, button)
    if petition is None:
        return _refuse(books, state, one, _no_more(one))
    keys = (
        (numbered("result/withdrawn", one, "result_withdrawn", str(petition.id)),),
        (numbered("result/leave_it", one, "result_show"),),
    )
    shown = Reply("result/withdraw", {**about(books, one), **petition_values(petition)}, keys)
    return Turn((shown,), let_go(state, Room.RESULT))


def withdraw(books: Books, state: State, one: DecidedReview, button: Button) -> Turn:
    """Take it back: the decision stands, and who was told of the petition is told of this."""
    petition = _pending(one, button)
    if petition is None:
        return _refuse(books, state, one, _no_more(one))
    taken = AnswerPetition(petition.id, one.review.id, PetitionOutcome.WITHDRAWN, "")
    told = tell(books, state, one, "withdrawn")
    done = Reply(
        "result/taken_back", about(books, one), ((numbered("result/back", one, "result_show"),),), replaces=True
    )
    return Turn((done,), (taken, *told, *let_go(state, Room.RESULT)))


def _refuse(books: Books, state: State, one: DecidedReview, refused: Refused) -> Turn:
    return RESULTS.refuse(books, state, refused, Action.PETITION, Button("result_show", one.review.id))


def _pending(one: DecidedReview, button: Button) -> Petition | None:
    """The petition the button names, while it waits for its answer."""
    petition = one.petition
    named = petition is not None and button.about[1:2] == (str(petition.id),)
    return petition if named and petition and petition.outcome is None else None


def _petitioned(petition: Petition) -> Refused:
    return Refused("petitioned", petition_values(petition))


def _no_more(one: DecidedReview) -> Refused:
    """Why there is nothing to take back."""
    return _petitioned(one.petition) if one.petition else Refused("no_petition")


def _about(books: Books, state: State, one: DecidedReview) -> dict[str, Json]:
    rule = rule_values(petition_rule(books, one), state, one)
    return {**about(books, one), "petition": rule, "outside": one.review.decider_id is None}


def _awaiting(one: DecidedReview, **more: Json) -> SetFocus:
    return awaiting(PLEA, review=one.review.id, number=one.ruling.number, **more)


def _cancel(one: DecidedReview) -> Key:
    return numbered("result/cancel", one, "result_show")
