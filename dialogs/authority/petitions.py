"""Petitions for the authority: which are open and until when, answering them, or deciding the rating anew."""

from dialogs.authority.card import about, card_values
from dialogs.authority.context import judged
from dialogs.authority.guard import PETITIONS, TO_PETITIONS, OpenPetition, entrusted, known
from dialogs.authority.making import go_on
from dialogs.authority.pending import Pending
from dialogs.core.awaited import awaiting, awaits, let_go, unusable, written
from dialogs.core.buttons import Button
from dialogs.core.commands.rulings import AnswerPetition
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number as number_of
from dialogs.core.paging import page
from dialogs.core.rooms import Room
from dialogs.core.stamps import DECISION, text_stamp
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, SetFocus, Turn
from dialogs.shown.chain import for_values
from dialogs.shown.person import which_values
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import Petition, PetitionOutcome
from rules.nouns.standings import ReviewLine

#: The purpose of the focus from the press that keeps the result until the answer is sent. The focus holds the text.
ANSWER = "petition_answer"

#: The longest answer, in characters.
MAX_CHARS = 2000


def kiennghi(books: Books, state: State, _: str) -> Turn:
    """The command /kiennghi."""
    return show_list(books, state, Button("petition_list"))


def show_list(books: Books, state: State, button: Button) -> Turn:
    """The open petitions, the most urgent first."""
    found = petitions_of(state)
    some = page(found, number_of(button, 0))
    late = sum(known(state).days_left.get(one.id, 0) < 0 for one in found)
    lines = {line.review: line for line in known(state).mine}
    opening = ((_open_key(books, state, one, lines[one.review]),) for one in some.shown)
    values: dict[str, Json] = {**some.values(), "late": late}
    keyboard = rows(*opening, some.keys("petition_list", room="head"))
    return Turn((Reply("petition/list", values, keyboard),), let_go(state, Room.PETITION))


def show(books: Books, state: State, pleaded: OpenPetition, _: Button) -> Turn:
    """The petition with its clock, the ruling it is about, and what the authority may do."""
    keys = (
        (Key("petition/keep", drawn("petition_keep", pleaded)),),
        (Key("petition/rate", drawn("petition_rate", pleaded)),),
        (Key("decide/back", Button("decide_card", pleaded.opened.review.id)), TO_PETITIONS),
    )
    rule = books[pleaded.opened.review.campaign.edition].procedure.petitions
    values = {
        **card_values(books, state, pleaded.opened, judged(books, state, pleaded.opened.review)),
        **petition_values(state, pleaded.petition),
        "unverified": rule.unverified if rule else False,
    }
    return Turn((Reply("petition/card", values, keys, replaces=True),), let_go(state, Room.PETITION))


def ask(books: Books, _: State, pleaded: OpenPetition, __: Button) -> Turn:
    """Await the answer that keeps the result, with its reasons."""
    values: dict[str, Json] = {**about(books, pleaded.opened), "max": MAX_CHARS}
    cancel = ((Key("head/cancel", drawn("petition_card", pleaded)),),)
    return Turn((Reply("petition/ask", values, cancel),), (_awaiting(pleaded),))


def keep(books: Books, _: State, pleaded: OpenPetition, text: str) -> Turn:
    """Take the answer and show it for confirmation."""
    answer = text.strip()
    if wrong := unusable(answer, MAX_CHARS):
        return Turn((wrong,))
    keys = (
        (Key("petition/send", drawn("petition_send", pleaded, text_stamp(answer, DECISION))),),
        (Key("petition/rewrite", drawn("petition_keep", pleaded)), Key("head/cancel", drawn("petition_card", pleaded))),
    )
    shown = Reply("petition/confirm", {**about(books, pleaded.opened), "answer": answer}, keys)
    return Turn((shown,), (_awaiting(pleaded, text=answer),))


def send(books: Books, state: State, pleaded: OpenPetition, button: Button) -> Turn:
    """Keep the result with exactly the reasons shown, and tell the person."""
    petition, review = pleaded.petition, pleaded.opened.review
    asked_for = awaits(state, ANSWER, review=review.id, petition=petition.id)
    answer = written(state, "text") if asked_for else ""
    if not answer or button.about[1:2] != (text_stamp(answer, DECISION),):
        return ask(books, state, pleaded, button)
    command = AnswerPetition(petition.id, review.id, PetitionOutcome.KEPT, answer)
    told = Notify(review.person.id, f"petition:{petition.id}:kept", _notice(books, state, pleaded, answer))
    left = [one for one in petitions_of(state) if one.id != petition.id]
    values: dict[str, Json] = {**about(books, pleaded.opened), "left": len(left)}
    done = Reply("petition/kept", values, ((TO_PETITIONS,),) if left else (), replaces=True)
    return Turn((done,), (command, told, SetFocus(None)))


def rate(books: Books, state: State, pleaded: OpenPetition, _: Button) -> Turn:
    """Decide the rating anew. That decision answers the petition, with its reason as the answer."""
    return go_on(books, state, pleaded.opened, Pending(petition=pleaded.petition.id))


def _notice(books: Books, state: State, pleaded: OpenPetition, answer: str) -> Reply:
    person, review = state.person, pleaded.opened.review
    assert person is not None, "who answers is known"
    ruling = review.ruling
    values: dict[str, Json] = {
        **about(books, pleaded.opened),
        **petition_values(state, pleaded.petition),
        "by": person.name,
        "by_position": person.position,
        "answered_at": state.now.isoformat(),
        **for_values(pleaded.opened.for_whom, state.names),
        "answer": answer,
    }
    keys = ((Key("petition/result", Button("result_show", review.id, (str(ruling.number if ruling else 0),))),),)
    return Reply("notice/petition_kept", values, keys)


def _awaiting(pleaded: OpenPetition, **more: Json) -> SetFocus:
    return awaiting(ANSWER, review=pleaded.opened.review.id, petition=pleaded.petition.id, **more)


def petitions_of(state: State) -> list[Petition]:
    """The open petitions that this person has to answer, the most urgent first."""
    theirs = {line.review for line in entrusted(state, Action.ANSWER_PETITION)}
    waiting = [
        petition for petition in known(state).petitions if petition.outcome is None and petition.review in theirs
    ]
    return sorted(waiting, key=_urgency)


def _urgency(petition: Petition) -> tuple[bool, str, str, int]:
    due = petition.due.isoformat() if petition.due else ""
    return petition.due is None, due, petition.at.isoformat(), petition.id


def petition_values(state: State, petition: Petition) -> dict[str, Json]:
    """The petition and its clock. `days`: working days left, negative when late; None: no time is set."""
    return {
        "text": petition.text,
        "submitted": petition.at.isoformat(),
        "due": petition.due.isoformat() if petition.due else "",
        "days": known(state).days_left.get(petition.id),
        "cite": petition.cite,
    }


def drawn(verb: str, pleaded: OpenPetition, *more: str) -> Button:
    """A button about this petition."""
    return Button(verb, pleaded.opened.review.id, (str(pleaded.petition.id), *more))


def _open_key(books: Books, state: State, petition: Petition, line: ReviewLine) -> Key:
    values: dict[str, Json] = {
        **which_values(books, line),
        "due": petition.due.isoformat() if petition.due else "",
        "days": known(state).days_left.get(petition.id),
    }
    return Key("petition/open", Button("petition_card", petition.review, (str(petition.id),)), values)


VERBS: dict[str, OnPress] = {
    "petition_list": show_list,
    "petition_card": PETITIONS.looking(show, Action.ANSWER_PETITION),
    "petition_keep": PETITIONS.acting(ask, Action.ANSWER_PETITION),
    "petition_send": PETITIONS.acting(send, Action.ANSWER_PETITION),
    "petition_rate": PETITIONS.acting(rate, Action.ANSWER_PETITION),
}

TEXTS: dict[str, OnText] = {ANSWER: PETITIONS.acting(keep, Action.ANSWER_PETITION)}

COMMANDS: dict[str, OnCommand] = {"kiennghi": kiennghi}
