"""The entrance of the conversation: a state and an event go in, a turn comes out."""

from dataclasses import replace
from typing import assert_never

from dialogs.authority import door as decide
from dialogs.authority import petitions as petition
from dialogs.broadcast import door as cast
from dialogs.core.awaited import in_a_room
from dialogs.core.events import Chosen, Commanded, Edited, Event, Handed, Pressed, Said, Sent
from dialogs.core.handlers import Books, OnChosen, OnCommand, OnFile, OnPress, OnText
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import SetFocus, Turn
from dialogs.desk import door as desk
from dialogs.dossiers import door as dossier
from dialogs.head import door as head
from dialogs.improvement import door as plan
from dialogs.inquiries import door as inquiry
from dialogs.interview import (
    answering,
    astray,
    citing,
    edited,
    explaining,
    known,
    pieces,
    position,
    resuming,
    staying,
    submitting,
    together,
    typed,
    under,
    ways,
)
from dialogs.interview.items import lists
from dialogs.interview.several import choosing, finishing, moved, seen, taking
from dialogs.ledger import door as work
from dialogs.lobby import console, devices, menu, new_code, snoozing, welcome
from dialogs.meeting import door as meeting
from dialogs.opinions import door as opinion
from dialogs.people import door as crew
from dialogs.personal import desk as data_desk
from dialogs.personal import door as data
from dialogs.polls import door as vote
from dialogs.redoing import door as anew
from dialogs.report import door as report
from dialogs.result import door as result
from dialogs.rounds import boxing
from dialogs.rounds import door as round  # noqa: A004 - rooms are called as their buttons begin
from dialogs.stand_ins import door as cover
from dialogs.upward import door as upward
from rules.nouns.letters import letters

#: The modules of one's own review.
INTERVIEW = (
    *(answering, together, known, lists, pieces, resuming, explaining, citing, submitting),
    *(choosing, finishing, taking),
)

#: Their verbs and commands, and whatever leads there.
OF_OWN = frozenset(
    {
        "start",
        "it_is_me",
        welcome.MORE,
        *(verb for module in INTERVIEW for verb in module.VERBS),
        *resuming.COMMANDS,
        *citing.COMMANDS,
    }
)

#: Verb of a button → its handler.
VERBS: dict[str, OnPress] = {
    **{verb: position.of_own(handler) for module in INTERVIEW for verb, handler in module.VERBS.items()},
    **head.VERBS,
    **result.VERBS,
    **plan.VERBS,
    **decide.VERBS,
    **petition.VERBS,
    **cover.VERBS,
    **vote.VERBS,
    **opinion.VERBS,
    **anew.VERBS,
    **desk.VERBS,
    **crew.VERBS,
    **work.VERBS,
    **data.VERBS,
    **dossier.VERBS,
    **meeting.VERBS,
    **inquiry.VERBS,
    **round.VERBS,
    **report.VERBS,
    **upward.VERBS,
    **data_desk.VERBS,
    **cast.VERBS,
    **menu.VERBS,
    **devices.VERBS,
    **console.VERBS,
    **snoozing.VERBS,
    **welcome.VERBS,
    **new_code.VERBS,
}

#: `for` of the focus → the handler of the next text. Without a focus the text answers the current question.
TEXTS: dict[str, OnText] = {
    **{purpose: position.of_own(handler) for purpose, handler in answering.TEXTS.items()},
    **head.TEXTS,
    **result.TEXTS,
    **plan.TEXTS,
    **decide.TEXTS,
    **petition.TEXTS,
    **cover.TEXTS,
    **vote.TEXTS,
    **opinion.TEXTS,
    **anew.TEXTS,
    **desk.TEXTS,
    **crew.TEXTS,
    **work.TEXTS,
    **data.TEXTS,
    **dossier.TEXTS,
    **meeting.TEXTS,
    **inquiry.TEXTS,
    **round.TEXTS,
    **report.TEXTS,
    **upward.TEXTS,
    **data_desk.TEXTS,
    **cast.TEXTS,
}

#: `for` of the focus → the handler of the next file. Without one of these no file is accepted.
FILES: dict[str, OnFile] = {**desk.FILES, **work.FILES, **dossier.FILES, **round.FILES}

#: Command of the menu → its handler.
COMMANDS: dict[str, OnCommand] = {
    **{name: position.of_own(handler) for module in (resuming, citing) for name, handler in module.COMMANDS.items()},
    **head.COMMANDS,
    **result.COMMANDS,
    **plan.COMMANDS,
    **decide.COMMANDS,
    **petition.COMMANDS,
    **cover.COMMANDS,
    **vote.COMMANDS,
    **opinion.COMMANDS,
    **desk.COMMANDS,
    **crew.COMMANDS,
    **work.COMMANDS,
    **data.COMMANDS,
    **dossier.COMMANDS,
    **meeting.COMMANDS,
    **inquiry.COMMANDS,
    **round.COMMANDS,
    **report.COMMANDS,
    **upward.COMMANDS,
    **cast.COMMANDS,
    **menu.COMMANDS,
    **devices.COMMANDS,
    **snoozing.COMMANDS,
    **welcome.COMMANDS,
}

#: What is to be done with people selected in a list → its handler.
CHOSEN: dict[str, OnChosen] = {**cast.CHOSEN, **crew.CHOSEN}


def _said(books: Books, state: State, event: Said) -> Turn:
    """A text message: pieces are joined first, and letters that cannot be stored are handled."""
    state, said = pieces.with_what_went_before(under.led(state, event), event)
    question = under.question_of(said.under)
    if question:
        elsewhere = under.not_there(books, state, question)
    else:
        elsewhere = under.of_another(state, said) or under.astray(books, state, said)
        elsewhere = elsewhere or staying.meant_for_another(books, state, said)
    if elsewhere:
        return pieces.remembered(books, state, said, elsewhere)
    apart = None if question else pieces.too_soon(books, state, said)
    if apart:
        return pieces.remembered(books, state, said, apart)
    found = letters(said.text)
    asked = astray.asked_in_a_room(books, state, found.text) or ways.led(books, state, found.text)
    if asked:
        return pieces.remembered(books, state, said, asked)
    handler = TEXTS.get(str((state.focus or {}).get("for", "")), position.of_own(answering.on_text))
    turn = typed.refused(books, state, found) or typed.told(handler(books, state, found.text), found)
    return pieces.remembered(books, state, said, under.stays_there(state, turn) if question else turn)


def _edited(books: Books, state: State, event: Edited) -> Turn:
    """An edited message changes the answer that it gave. If nothing came of it and it was the latest, it is read as if
    sent now.
    """
    found, given = letters(event.text), state.given
    if edited.as_before(given, event.text):
        return Turn(())
    if given and given.idle and not any(map(edited.does_something_else, (given.text, event.text))):
        return _said(books, state, Said(event.text))
    return typed.refused(books, state, found) or typed.told(edited.edited(books, state, found.text), found)


def _typed(books: Books, state: State, event: Said | Edited) -> Turn:
    """A text, new or edited. One that is meant for a box without names goes nowhere else."""
    if boxing.hushed(state, event):
        return boxing.heard(books, state, event)
    return _said(books, state, event) if isinstance(event, Said) else _edited(books, state, event)


def step(books: Books, state: State, event: Event) -> Turn:
    """The whole effect of one event. `books` has the rulebook of every campaign in `state`.

    If an event leads elsewhere, a room's awaited text is no longer awaited, unless the turn itself says so.
    """
    if state.person is None:
        return welcome.stranger(books, state, event)
    if led := moved.led(state):
        return led
    state, event = seen.with_seen(state, event)
    turn = staying.staying(state, _step(books, state, event), own=_of_own(state, event))
    return seen.marked(state, turn, OF_OWN)


def _of_own(state: State, event: Event) -> bool:
    """Whether the event goes to one's own review."""
    match event:
        case Pressed(button=button):
            return button is not None and button.verb in OF_OWN
        case Commanded(name=name):
            return name in OF_OWN
        case Edited() | Chosen():
            return False
        case Said():
            return not in_a_room(under.led(state, event).focus)
        case Sent() | Handed():
            return not in_a_room(state.focus)
        case _:
            assert_never(event)


def _step(books: Books, state: State, event: Event) -> Turn:
    purpose = str((state.focus or {}).get("for", ""))
    room = purpose.partition("_")[0]
    match event:
        case Pressed(button=button):
            handler = VERBS.get(button.verb) if button else None
            turn = handler(books, state, button) if handler and button else position.unknown_button(books, state)
            elsewhere = button is None or button.verb.partition("_")[0] != room
        case Commanded(name=name, argument=argument):
            turn = COMMANDS.get(name, menu.unknown_command)(books, state, argument)
            elsewhere = True
        case Said() | Edited():
            return _typed(books, state, event)
        case Handed():
            on_file = FILES.get(purpose)
            return on_file(books, state, event) if on_file else position.not_text(books, state, "document")
        case Sent(what=what):
            return position.not_text(books, state, what)
        case Chosen(deed=deed):  # outside the conversation, so whatever is awaited is still awaited
            return CHOSEN[deed](books, state, event)
        case _:
            assert_never(event)
    if room not in tuple(Room) or not elsewhere or any(isinstance(command, SetFocus) for command in turn.commands):
        return turn
    return replace(turn, commands=(*turn.commands, SetFocus(None)))
