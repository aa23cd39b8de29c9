"""The authority's side of petitions: what is open and until when, the answer, or the way to rating anew."""

import hashlib

from dialogs.authority.card import about, card_values
from dialogs.authority.choosing import go_on
from dialogs.authority.context import judged
from dialogs.authority.opening import RefusedDecision, known
from dialogs.authority.pending import Pending
from dialogs.authority.petition_opening import (
    Pleaded,
    drawn,
    opened,
    petition_values,
    petitions_of,
    pleaded,
    refuse,
    standing_of,
    to_the_list,
)
from dialogs.core.awaited import awaiting, awaits, let_go, number, unusable, written
from dialogs.core.buttons import Button
from dialogs.core.commands import AnswerPetition
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number as number_of
from dialogs.core.paging import page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, SetFocus, Turn
from dialogs.shown.chain import for_values
from rules.nouns.reviews import Json
from rules.nouns.rulings import Petition, PetitionOutcome

#: What the focus is for from the press on keeping the result to the answer; it keeps the text.
ANSWER = "petition_answer"

#: Characters of an answer.
MAX_CHARS = 2000


def kiennghi(books: Books, state: State, _: str) -> Turn:
    """The command /kiennghi."""
    return show_list(books, state, Button("petition_list"))


def show_list(_: Books, state: State, button: Button) -> Turn:
    """The open petitions, the most urgent first."""
    found = petitions_of(state)
    some = page(found, number_of(button, 0))
    late = sum(known(state).days_left.get(one.id, 0) < 0 for one in found)
    opening = ((_open_key(state, one),) for one in some.shown)
    values: dict[str, Json] = {**some.values(), "late": late}
    keyboard = rows(*opening, some.keys("petition_list", room="head"))
    return Turn((Reply("petition/list", values, keyboard),), let_go(state, Room.PETITION))


def show(books: Books, state: State, open_one: Pleaded, _: Button) -> Turn:
    """The petition, its clock, the decision it is about, and what the authority may do."""
    keys = (
        (Key("petition/keep", drawn("petition_keep", open_one)),),
        (Key("petition/rate", drawn("petition_rate", open_one)),),
        (Key("decide/back", Button("decide_card", open_one.one.review.id)), to_the_list()),
    )
    rule = books[open_one.one.review.campaign.edition].procedure.petitions
    values = {
        **card_values(books, state, open_one.one, judged(books, state, open_one.one.review)),
        **petition_values(state, open_one.petition),
        "unverified": rule.unverified if rule else False,
    }
    return Turn((Reply("petition/card", values, keys, replaces=True),), let_go(state, Room.PETITION))


def ask(books: Books, _: State, open_one: Pleaded, __: Button) -> Turn:
    """The next text is the answer that keeps the result, with its reasons."""
    values: dict[str, Json] = {**about(books, open_one.one), "max": MAX_CHARS}
    cancel = ((Key("head/cancel", drawn("petition_card", open_one)),),)
    return Turn((Reply("petition/ask", values, cancel),), (_awaiting(open_one),))


def keep(books: Books, state: State, text: str) -> Turn:
    """The answer came (or is written anew): show it and ask once more."""
    button = Button("petition_keep", number(state, "review"), (str(number(state, "petition")),))
    found = pleaded(state, button)
    if isinstance(found, RefusedDecision):
        return refuse(state, found, button)
    answer = text.strip()
    if wrong := unusable(answer, MAX_CHARS):
        return Turn((wrong,))
    keys = (
        (Key("petition/send", drawn("petition_send", found, _mark(answer))),),
        (Key("petition/rewrite", drawn("petition_keep", found)), Key("head/cancel", drawn("petition_card", found))),
    )
    shown = Reply("petition/confirm", {**about(books, found.one), "answer": answer}, keys)
    return Turn((shown,), (_awaiting(found, text=answer),))


def send(books: Books, state: State, open_one: Pleaded, button: Button) -> Turn:
    """Keep the result with exactly the reasons that were shown; the person is told."""
    petition, review = open_one.petition, open_one.one.review
    asked_for = awaits(state, ANSWER, review=review.id, petition=petition.id)
    answer = written(state, "text") if asked_for else ""
    if not answer or button.about[1:2] != (_mark(answer),):
        return ask(books, state, open_one, button)
    command = AnswerPetition(petition.id, review.id, PetitionOutcome.KEPT, answer)
    told = Notify(review.person.id, f"petition:{petition.id}:kept", _notice(books, state, open_one, answer))
    left = [one for one in petitions_of(state) if one.id != petition.id]
    values: dict[str, Json] = {**about(books, open_one.one), "left": len(left)}
    done = Reply("petition/kept", values, ((to_the_list(),),) if left else (), replaces=True)
    return Turn((done,), (command, told, SetFocus(None)))


def rate(books: Books, state: State, open_one: Pleaded, _: Button) -> Turn:
    """Rate anew: the decision that is made now answers the petition, its reason is the answer."""
    return go_on(books, state, open_one.one, Pending(petition=open_one.petition.id))


def _notice(books: Books, state: State, open_one: Pleaded, answer: str) -> Reply:
    person, review = state.person, open_one.one.review
    assert person is not None, "who answers is known"
    ruling = review.ruling
    values: dict[str, Json] = {
        **about(books, open_one.one),
        **petition_values(state, open_one.petition),
        "by": person.name,
        "by_position": person.position,
        "answered_at": state.now.isoformat(),
        **for_values(open_one.one.for_whom, state.names),
        "answer": answer,
    }
    keys = ((Key("petition/result", Button("result_show", review.id, (str(ruling.number if ruling else 0),))),),)
    return Reply("notice/petition_kept", values, keys)


def _awaiting(open_one: Pleaded, **more: Json) -> SetFocus:
    return awaiting(ANSWER, review=open_one.one.review.id, petition=open_one.petition.id, **more)


def _mark(answer: str) -> str:
    """A few digits that tell one answer from another."""
    return hashlib.sha256(answer.encode()).hexdigest()[:8]


def _open_key(state: State, petition: Petition) -> Key:
    standing = standing_of(state, petition)
    values: dict[str, Json] = {
        "name": standing.person.name if standing else "",
        "due": petition.due.isoformat() if petition.due else "",
        "days": known(state).days_left.get(petition.id),
    }
    return Key("petition/open", Button("petition_card", petition.review, (str(petition.id),)), values)


VERBS: dict[str, OnPress] = {
    "petition_list": show_list,
    "petition_card": opened(show),
    "petition_keep": opened(ask),
    "petition_send": opened(send),
    "petition_rate": opened(rate),
}

TEXTS: dict[str, OnText] = {ANSWER: keep}

COMMANDS: dict[str, OnCommand] = {"kiennghi": kiennghi}
