"""Loads the room of rounds: the round that the event names, or all that concern this person; when one is being begun,
the drafts they may send.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.campaign.rounds.drafts import Sender
from bot.campaign.rounds.ending import decided_among
from bot.campaign.rounds.sheets import rule_of, scored
from bot.turn.rooms.context import RoomContext
from bot.turn.uploads import read_file
from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed
from dialogs.core.handlers import Books
from dialogs.core.knowledge.rounds import DraftToSend, RoundsView
from dialogs.core.paging import number, word
from dialogs.rounds import (
    attaching,
    beginning,
    bodies,
    boxing,
    choosing,
    concluding,
    everybody,
    leading,
    marking,
    on_paper,
    prolonging,
    reading,
    sending,
    typed,
    weighing,
    writing,
)
from dialogs.rounds.door import VERBS
from rules.campaign.permissions import Action, may, relations_to_round
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.rounds import Round
from storage.transaction import Transaction

#: The modules whose buttons and awaited texts name one round. All others of the room, except for the list, are about a
#: round that is being begun.
_OF_ONE = (reading, marking, boxing, on_paper, leading, prolonging, concluding, weighing)
OF_ONE = frozenset(verb for one in _OF_ONE for verb in one.VERBS)
TEXTS_OF_ONE = frozenset(purpose for one in _OF_ONE for purpose in one.TEXTS)
_FILLING = frozenset({*marking.VERBS, "round_unsay"})
_FILLED = frozenset({*marking.TEXTS, *reading.TEXTS})
BEGUN = frozenset({*choosing.VERBS, *beginning.VERBS, *sending.VERBS, *bodies.VERBS, *attaching.OF_DRAFT})
OWN = frozenset({*writing.VERBS, *attaching.VERBS}) - BEGUN
_TEXTS_OF_BEGUN = frozenset({*typed.TEXTS, *attaching.TEXTS})
LIST = frozenset(VERBS) - OF_ONE - BEGUN - OWN - frozenset(everybody.VERBS)


async def rounds(context: RoomContext) -> RoundsView:
    """Knowledge of the room for this person and event."""
    tx, state, person = context.tx, context.state, context.person
    button = context.event.button if isinstance(context.event, Pressed) else None
    # A command asks for the list, even if a text is awaited.
    focus = None if isinstance(context.event, Commanded) else state.focus
    named = _named(button, focus)
    if named:
        found = await _one(tx, context.books, named, boxes=_opens_box(button, focus))
        fills = _fills(button, focus)
        return await _with_next(tx, person, found, state.now.date()) if fills else found
    own = tuple(one for one in (state.own, *state.others) if one is not None)
    sender = Sender(tx, context.books, person, own, state.waiting, state.acts_for, state.now)
    if _rest(button, focus):
        chosen = word(button, 0) if button is not None else text_of(focus or {}, "rest")
        people = tuple(await tx.people.of_office(await tx.units.office_of(person.id)))
        return RoundsView(rest=await sender.rest(chosen), people=people)
    token, handed = _token(button, focus), read_file(context.file, state.language) if context.file else None
    if token:
        office = await tx.units.office_of(person.id)
        drafts = await _begun(sender, token, focus or {})
        return RoundsView(drafts=drafts, people=tuple(await tx.people.of_office(office)), handed=handed)
    if _writing(button, focus):
        return RoundsView(writes=sender.may_write, handed=handed)
    return await _all(tx, person, sender)


def _named(button: Button | None, focus: Mapping[str, Json] | None) -> int:
    """The round that the event names; 0: none."""
    if button is not None:
        return number(button, 0) if button.verb in OF_ONE else 0
    about = (focus or {}).get("round", 0) if (focus or {}).get("for") in TEXTS_OF_ONE else 0
    return about if isinstance(about, int) else 0


def _token(button: Button | None, focus: Mapping[str, Json] | None) -> str:
    """The token of the draft to be sent; "": none is chosen."""
    if button is not None:
        return word(button, 0) if button.verb in BEGUN and button.verb != "round_new" else ""
    held = focus or {}
    return (
        text_of(held, "token" if held.get("for") in typed.TEXTS else "about")
        if held.get("for") in _TEXTS_OF_BEGUN
        else ""
    )


async def _begun(sender: Sender, token: str, focus: Mapping[str, Json]) -> tuple[DraftToSend, ...]:
    """The draft being prepared: the person's own text or file, as the conversation holds it; otherwise the draft that
    the token names.
    """
    file = attaching.held(focus)
    written = await sender.written(token, text_of(focus, "title"), text_of(focus, "text"), file)
    about = text_of(focus, "about") or text_of(focus, "token")
    return written or await sender.drafts(token, file if about == token else None)


def _writing(button: Button | None, focus: Mapping[str, Json] | None) -> bool:
    """Whether the person is writing a text of their own, or is expected to send a file."""
    return button.verb in OWN if button is not None else (focus or {}).get("for") in {*writing.TEXTS, *attaching.TEXTS}


def _rest(button: Button | None, focus: Mapping[str, Json] | None) -> bool:
    """Whether the event is about all people for whom no sheet was sent yet."""
    return button.verb in everybody.VERBS if button is not None else (focus or {}).get("for") in everybody.TEXTS


def _opens_box(button: Button | None, focus: Mapping[str, Json] | None) -> bool:
    return button.verb in boxing.VERBS if button is not None else (focus or {}).get("for") == boxing.BOX


def _fills(button: Button | None, focus: Mapping[str, Json] | None) -> bool:
    """Whether the event fills in a part of a sheet, or takes it back. Only then the next sheet is offered."""
    return button.verb in _FILLING if button is not None else (focus or {}).get("for") in _FILLED


async def _one(tx: Transaction, books: Books, named: int, *, boxes: bool) -> RoundsView:
    talk = await tx.rounds.talk(named)
    if talk is None:
        return RoundsView()
    shut = boxes and not talk.round.named and not await tx.rounds.box_opens(named)
    found = RoundsView((talk,), await decided_among(tx, [talk.round]), shut=shut)
    return await _sheet(tx, books, talk.round, found) if talk.round.about_somebody else found


async def _sheet(tx: Transaction, books: Books, sent: Round, found: RoundsView) -> RoundsView:
    """For a round with sheets about somebody: adds its rule, its papers, and the weights for combining its points with
    those of other rounds.
    """
    rule = await rule_of(tx, books, sent)
    if rule is None or not sent.asking():
        return replace(found, rule=rule)
    papers = await tx.sheets.papers([sent.id])
    review = await tx.reviews.get(sent.review or 0)
    book = books[review.campaign.edition] if review else None
    return replace(
        found,
        rule=rule,
        together=next((one for one in papers if one.person is None), None),
        papers=len(papers),
        scored=scored(book) if book else (),
        weights=await tx.sheets.weights(sent.campaign or 0, sent.rulebook),
    )


async def _with_next(tx: Transaction, person: Person, found: RoundsView, today: dt.date) -> RoundsView:
    """For a sheet that this person fills in: adds the next one of the same kind that is open."""
    talk = next((one for one in found.talks if one.round.asking() and one.of(person.id)), None)
    following = await tx.rounds.next_sheet(person.id, talk.round) if talk else None
    return replace(found, next_sheet=following if following and following.open(today) else None)


async def _all(tx: Transaction, person: Person, sender: Sender) -> RoundsView:
    office = await tx.units.office_of(person.id)
    talks = await tx.rounds.talks(await tx.rounds.of_office(office))
    mine = tuple(one for one in talks if may(relations_to_round(person, one), Action.READ_ROUND))
    decided = await decided_among(tx, [one.round for one in mine if one.round.open(sender.now.date())])
    return RoundsView(mine, decided, drafts=await sender.drafts(), writes=sender.may_write)
