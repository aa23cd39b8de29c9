"""The one door of the conversation: state and event in, turn out."""

from typing import assert_never

from dialogs import (
    answering,
    explaining,
    head,
    list_menus,
    lists,
    menu,
    outline,
    rating,
    refusing,
    resuming,
    submitting,
    welcome,
)
from dialogs.events import Commanded, Event, Pressed, Said, Sent
from dialogs.handlers import Books, OnCommand, OnPress, OnText
from dialogs.head_opening import leave
from dialogs.state import State
from dialogs.turn import Turn

#: Verb of a button → who understands it.
VERBS: dict[str, OnPress] = {
    **answering.VERBS,
    **lists.VERBS,
    **list_menus.VERBS,
    **rating.VERBS,
    **outline.VERBS,
    **resuming.VERBS,
    **explaining.VERBS,
    **submitting.VERBS,
    **head.VERBS,
    **menu.VERBS,
    **welcome.VERBS,
}

#: `for` of the focus → who gets the next text. Without a focus it answers the current question.
TEXTS: dict[str, OnText] = {
    **answering.TEXTS,
    **head.TEXTS,
}

#: Command of the menu → who answers it.
COMMANDS: dict[str, OnCommand] = {
    **resuming.COMMANDS,
    **explaining.COMMANDS,
    **head.COMMANDS,
    **menu.COMMANDS,
    **welcome.COMMANDS,
}


def step(books: Books, state: State, event: Event) -> Turn:
    """The whole effect of one event. `books` holds the rulebook of every campaign in `state`."""
    if state.person is None:
        return welcome.stranger(books, state, event)
    turn = _turn(books, state, event)
    return leave(state, turn) if _is_elsewhere(event) else turn


def _is_elsewhere(event: Event) -> bool:
    """Whether this turns away from the approver's side: a text awaited there is awaited no longer."""
    if isinstance(event, Pressed):
        return event.button is None or event.button.verb not in head.VERBS
    return isinstance(event, Commanded)


def _turn(books: Books, state: State, event: Event) -> Turn:
    match event:
        case Pressed(button=button):
            handler = VERBS.get(button.verb) if button else None
            return handler(books, state, button) if handler and button else refusing.unknown_button(books, state)
        case Said(text=text):
            awaited = (state.focus or {}).get("for")
            return TEXTS.get(str(awaited), answering.on_text)(books, state, text)
        case Sent(what=what):
            return refusing.not_text(books, state, what)
        case Commanded(name=name, argument=argument):
            return COMMANDS.get(name, menu.unknown_command)(books, state, argument)
        case _:
            assert_never(event)
