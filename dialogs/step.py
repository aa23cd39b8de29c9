"""The one door of the conversation: state and event in, turn out."""

from typing import assert_never

from dialogs.authority import door as decide
from dialogs.authority import petitions as petition
from dialogs.broadcast import door as cast
from dialogs.core import awaited
from dialogs.core.events import Commanded, Event, Handed, Pressed, Said, Sent
from dialogs.core.handlers import Books, OnCommand, OnFile, OnPress, OnText
from dialogs.core.state import State
from dialogs.core.turn import Turn
from dialogs.desk import door as desk
from dialogs.head import door as head
from dialogs.improvement import door as plan
from dialogs.interview import answering, explaining, lists, position, resuming, submitting
from dialogs.interview.guard import of_own
from dialogs.lobby import menu, snoozing, welcome
from dialogs.opinions import door as opinion
from dialogs.people import door as crew
from dialogs.result import door as result
from dialogs.stand_ins import door as cover

#: The modules of one's own review.
INTERVIEW = (answering, lists, resuming, explaining, submitting)

#: Verb of a button → who understands it.
VERBS: dict[str, OnPress] = {
    **{verb: of_own(handler) for module in INTERVIEW for verb, handler in module.VERBS.items()},
    **head.VERBS,
    **result.VERBS,
    **plan.VERBS,
    **decide.VERBS,
    **petition.VERBS,
    **cover.VERBS,
    **opinion.VERBS,
    **desk.VERBS,
    **crew.VERBS,
    **cast.VERBS,
    **menu.VERBS,
    **snoozing.VERBS,
    **welcome.VERBS,
}

#: `for` of the focus → who gets the next text. Without a focus it answers the current question.
TEXTS: dict[str, OnText] = {
    **{purpose: of_own(handler) for purpose, handler in answering.TEXTS.items()},
    **head.TEXTS,
    **result.TEXTS,
    **plan.TEXTS,
    **decide.TEXTS,
    **petition.TEXTS,
    **cover.TEXTS,
    **opinion.TEXTS,
    **desk.TEXTS,
    **crew.TEXTS,
    **cast.TEXTS,
}

#: `for` of the focus → who gets the next file. Without one of these no file is taken.
FILES: dict[str, OnFile] = {**desk.FILES}

#: Command of the menu → who answers it.
COMMANDS: dict[str, OnCommand] = {
    **{name: of_own(handler) for name, handler in resuming.COMMANDS.items()},
    **head.COMMANDS,
    **result.COMMANDS,
    **plan.COMMANDS,
    **decide.COMMANDS,
    **petition.COMMANDS,
    **cover.COMMANDS,
    **opinion.COMMANDS,
    **desk.COMMANDS,
    **crew.COMMANDS,
    **cast.COMMANDS,
    **menu.COMMANDS,
    **snoozing.COMMANDS,
    **welcome.COMMANDS,
}


def step(books: Books, state: State, event: Event) -> Turn:
    """The whole effect of one event. `books` holds the rulebook of every campaign in `state`."""
    if state.person is None:
        return welcome.stranger(books, state, event)
    return awaited.leave(state, event, _turn(books, state, event))


def _turn(books: Books, state: State, event: Event) -> Turn:
    match event:
        case Pressed(button=button):
            handler = VERBS.get(button.verb) if button else None
            return handler(books, state, button) if handler and button else position.unknown_button(books, state)
        case Said(text=text):
            purpose = (state.focus or {}).get("for")
            return TEXTS.get(str(purpose), of_own(answering.on_text))(books, state, text)
        case Handed():
            on_file = FILES.get(str((state.focus or {}).get("for")))
            return on_file(books, state, event) if on_file else position.not_text(books, state, "document")
        case Sent(what=what):
            return position.not_text(books, state, what)
        case Commanded(name=name, argument=argument):
            return COMMANDS.get(name, menu.unknown_command)(books, state, argument)
        case _:
            assert_never(event)
