"""Kiến nghị: a petition against a decision, one for each; written, shown, then filed. It can be withdrawn."""

from dialogs.core.awaited import awaiting, awaits, let_go, unusable, written
from dialogs.core.buttons import Button
from dialogs.core.commands.rulings import AnswerPetition, FilePetition
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.result.decided_review import DecidedReview, results
from dialogs.result.guard import RESULTS
from dialogs.result.page import about, numbered, petition_rule, petition_values, rule_values
from dialogs.result.responding import PETITION, tell
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import Petition, PetitionOutcome

#: The purpose of the focus from the press on Kiến nghị until the petition is filed. It holds the text.
PLEA = "result_plea"

#: The longest petition, in characters.
MAX_CHARS = 3000


def ask(books: Books, state: State, result: DecidedReview, _: Button) -> Turn:
    """What follows from a petition and by which clause; await its text."""
    if result.petition:
        return _refuse(books, state, result, _petitioned(result.petition))
    asked = Reply("result/ask_petition", {**_about(books, state, result), "max": MAX_CHARS}, ((_cancel(result),),))
    return Turn((asked,), (_awaiting(result),))


def keep(books: Books, state: State, result: DecidedReview, text: str) -> Turn:
    """Take the text and show it for confirmation."""
    if result.petition:
        return _refuse(books, state, result, _petitioned(result.petition))
    plea = text.strip()
    if wrong := unusable(plea, MAX_CHARS):
        return Turn((wrong,))
    keys = (
        (numbered("result/file", result, "result_file"),),
        (numbered("result/rewrite", result, "result_petition"), _cancel(result)),
    )
    shown = Reply("result/confirm_petition", {**_about(books, state, result), "text": plea}, keys)
    return Turn((shown,), (_awaiting(result, text=plea),))


def file(books: Books, state: State, result: DecidedReview, button: Button) -> Turn:
    """File what was shown. Without a text, ask for it."""
    if result.petition:
        return _refuse(books, state, result, _petitioned(result.petition))
    plea = written(state, "text") if awaits(state, PLEA, review=result.review.id, number=result.ruling.number) else ""
    if not plea:
        return ask(books, state, result, button)
    rule = petition_rule(books, result)
    due = results(state).petition_due.get(result.review.id)
    filed = FilePetition(result.review.id, result.ruling.number, plea, due, rule.cite if rule else "")
    said = _about(books, state, result)
    told = tell(books, state, result, PETITION, text=plea, petition=said["petition"])
    done = Reply("result/filed", said, ((numbered("result/back", result, "result_show"),),), replaces=True)
    return Turn((done,), (filed, *told, *let_go(state, Room.RESULT)))


def ask_withdrawal(books: Books, state: State, result: DecidedReview, button: Button) -> Turn:
    """Ask for confirmation before the petition is withdrawn."""
    petition = _pending(result, button)
    if petition is None:
        return _refuse(books, state, result, _no_more(result))
    keys = (
        (numbered("result/withdrawn", result, "result_withdrawn", str(petition.id)),),
        (numbered("result/leave_it", result, "result_show"),),
    )
    shown = Reply("result/withdraw", {**about(books, result), **petition_values(petition)}, keys)
    return Turn((shown,), let_go(state, Room.RESULT))


def withdraw(books: Books, state: State, result: DecidedReview, button: Button) -> Turn:
    """Withdraw the petition: the decision stands, and whoever was told of the petition is told."""
    petition = _pending(result, button)
    if petition is None:
        return _refuse(books, state, result, _no_more(result))
    taken = AnswerPetition(petition.id, result.review.id, PetitionOutcome.WITHDRAWN, "")
    told = tell(books, state, result, "withdrawn")
    done = Reply(
        "result/taken_back", about(books, result), ((numbered("result/back", result, "result_show"),),), replaces=True
    )
    return Turn((done,), (taken, *told, *let_go(state, Room.RESULT)))


def _refuse(books: Books, state: State, result: DecidedReview, refused: Refused) -> Turn:
    return RESULTS.refuse(books, state, refused, Action.PETITION, Button("result_show", result.review.id))


def _pending(result: DecidedReview, button: Button) -> Petition | None:
    """The petition that the button names, while it waits for its answer."""
    petition = result.petition
    named = petition is not None and button.about[1:2] == (str(petition.id),)
    return petition if named and petition and petition.outcome is None else None


def _petitioned(petition: Petition) -> Refused:
    return Refused("petitioned", petition_values(petition))


def _no_more(result: DecidedReview) -> Refused:
    """Why there is nothing to withdraw."""
    return _petitioned(result.petition) if result.petition else Refused("no_petition")


def _about(books: Books, state: State, result: DecidedReview) -> dict[str, Json]:
    rule = rule_values(petition_rule(books, result), state, result)
    return {**about(books, result), "petition": rule, "outside": result.review.decider_id is None}


def _awaiting(result: DecidedReview, **more: Json) -> SetFocus:
    return awaiting(PLEA, review=result.review.id, number=result.ruling.number, **more)


def _cancel(result: DecidedReview) -> Key:
    return numbered("result/cancel", result, "result_show")
