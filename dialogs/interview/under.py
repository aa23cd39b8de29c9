"""Replies to older messages of ours: the message's buttons tell which question it asked, and the text is led there.

If the message asked nothing of this person's form, the person is asked before the text is stored as an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.core.awaited import in_a_room
from dialogs.core.buttons import Button
from dialogs.core.events import Edited, Event, Pressed, Said
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import Given, State
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview import asking
from dialogs.interview.items.list_page import NEW
from dialogs.interview.own_review import THEN, OwnReview, Place
from dialogs.interview.position import changing
from dialogs.shown.draft_card import looking_at
from rules.nouns.reviews import Json
from rules.nouns.text import shorten

#: Verbs whose buttons stand only below the question that they name.
_ASKING = frozenset(
    {
        "answer",
        "skip",
        "keep",
        "example",
        "reuse",
        "revise",
        "rate",
        "all",
        "rest",
        "usual",
        "one",
        "piece_off",
        "reuse_all",
        "keep_all",
        "skip_rest",
    }
    | {
        "put",
        "add",
        "enough",
        "edit",
        "remove",
        "pick",
        "figures",
        "list",
        "items",
        "one_item",
        "relist",
        "part",
        "drop",
    }
)
#: The keys of the focus that belong to a question, without those about a text in doubt.
_OF_A_QUESTION = ("for", "review", "question", "item", "stamp", "part", "alone")


def question_of(under: Sequence[Button]) -> Button | None:
    """The button that names the question of a message; None: the message asks no question of a form."""
    return next((button for button in under if button.verb in _ASKING and button.about), None)


def asks(under: Sequence[Button]) -> bool:
    """Whether a text may answer the message with these buttons: it asks a question of one's own form, or is the card of
    a draft.
    """
    return question_of(under) is not None or _card_of(under) is not None


def named_by(event: Event, given: Given | None) -> int:
    """The id of the review that an event itself is about; 0: none. `given`: what came of the message that is edited."""
    match event:
        case Pressed(button=button) if button:
            return button.review
        case Said(under=under):
            found = question_of(under) or _card_of(under)
            return found.review if found else 0
        case Edited():
            return given.review if given else 0
        case _:
            return 0


def led(state: State, said: Said) -> State:
    """The state in which a text under a message is read: at the message's question or the card of its draft. Afterwards
    the conversation goes on from where the person was (`THEN`).
    """
    return replace(state, focus=_led(state.focus, said.under)) if said.under else state


def _led(focus: Mapping[str, Json] | None, under: Sequence[Button]) -> Mapping[str, Json] | None:
    question, card = question_of(under), _card_of(under)
    if question:
        there = _at(question)
        if all((focus or {}).get(name) == value for name, value in there.items()):
            return focus
        was = {name: (focus or {})[name] for name in _OF_A_QUESTION if name in (focus or {})}
        resumes = not in_a_room(focus) and was.get("review") == question.review and was.get("question")
        heard = {"heard": (focus or {})["heard"]} if "heard" in (focus or {}) else {}
        return {**there, **heard, **({THEN: was} if resumes and was.get("question") != there["question"] else {})}
    if card and not (in_a_room(focus) and (focus or {}).get("review") == card.review):
        return looking_at(card)
    return focus


def _at(question: Button) -> dict[str, Json]:
    """The focus on a question, or on the field of a list item that it asked for."""
    there: dict[str, Json] = {"for": "question", "review": question.review, "question": question.about[0]}
    match question.verb, question.about:
        case "put", (_, index, mark, part, *_) if mark != NEW and index.isdecimal():
            return {**there, "for": "part", "item": int(index), "stamp": mark, "part": part}
        case _:
            return there


def _card_of(under: Sequence[Button]) -> Button | None:
    """A button of the card of somebody else's draft. It carries what the card shows."""
    return next((one for one in under if one.review and one.verb.startswith("head_") and len(one.about) > 1), None)


def not_there(books: Books, state: State, question: Button) -> Turn | None:
    """Why a text under this question is not accepted; None: it may be answered."""
    then = (state.focus or {}).get(THEN)
    before = replace(state, focus=then if isinstance(then, Mapping) else None)
    found = changing(_free)(books, before, question)
    return found if found.replies else None


def _free(_sheet: OwnReview, _place: Place, _button: Button) -> Turn:
    return Turn(())


def stays_there(state: State, turn: Turn) -> Turn:
    """The turn. If the text was not understood, the same question stays in focus."""
    settled = any(isinstance(command, SetFocus) for command in turn.commands)
    return turn if settled or state.focus is None else Turn(turn.replies, (*turn.commands, SetFocus(state.focus)))


def of_another(state: State, said: Said) -> Turn | None:
    """The reply to a text under a message about another review than the room is waiting for, so that words about one
    person are not stored for another; None: it is not such a text.
    """
    awaited = (state.focus or {}).get("review")
    named = {button.review for button in said.under if button.review and button.about}
    if not in_a_room(state.focus) or not awaited or not named or awaited in named:
        return None
    about = state.about.person.called if state.about and state.about.id == awaited else ""
    return Turn((Reply("question/of_another", {"piece": shorten(said.text), "name": about}),))


def astray(books: Books, state: State, said: Said) -> Turn | None:
    """The reply to a text under a message of a room that awaits nothing, which would otherwise answer a question of
    one's own form; None: it is not such a text.
    """
    rooms = {button.verb.partition("_")[0] for button in said.under} & set(Room)
    if not rooms or in_a_room(state.focus) or state.own is None:
        return None
    sheet = OwnReview.of(books, state)
    return asking.answers_another(sheet, sheet.current() if sheet.open else None, said.text)
