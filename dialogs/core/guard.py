"""The guard of a room: find what an event is about, ask the table of permissions, compare it with what the button was
drawn from, else refuse with words and a line of the audit.

Every room has one, made of its own functions; what they share stands here, and who may do what stands in
`rules.campaign.permissions` alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.refusals import Refuse
from dialogs.core.events import Chosen, Handed
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from rules.campaign.permissions import Action, Relation, may, relations, relations_to_office
from rules.nouns.reviews import Json, Review
from rules.nouns.standings import ReviewLine

Thing = TypeVar("Thing")
What = TypeVar("What", Button, str, Handed, Chosen)

NOTHING = Button("nothing")


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody reached for that is not theirs, as the audit names it."""

    review: int | None = None
    person: int | None = None
    campaign: int | None = None
    action: Action | None = None  # where it is another than what the button does


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not. `reason`: one of the words that the room's template `<room>/refused` knows; `values` say who and when.
    `tried`: of an attempt at what is not one's own, which the audit keeps.
    """

    reason: str
    values: Mapping[str, Json] = field(default_factory=dict)
    tried: Tried | None = None


def held(state: State, about: Review | ReviewLine) -> frozenset[Relation]:
    """What this person is to a review, for themself and for whom they act."""
    return relations(state.person, about, state.acts_for) if state.person else frozenset()


def allowed(state: State, about: Review | ReviewLine, action: Action) -> bool:
    """Whether this person may do that with the review, for themself or for somebody absent."""
    return may(held(state, about), action)


def allowed_in_office(state: State, *actions: Action) -> bool:
    """Whether this person may do that (one of that) for their whole office."""
    return state.person is not None and may(relations_to_office(state.person, state.person.office), *actions)


@dataclass(frozen=True, slots=True)
class Guard(Generic[Thing]):
    """How a room lets somebody at a thing: a draft, a decision, a petition, an office."""

    #: Whose awaited texts are let go with a refusal.
    rooms: tuple[Room, ...]
    #: The thing a button names, or why there is none.
    find: Callable[[State, Button], Thing | Refused]
    #: What is asked of the table.
    may: Callable[[State, Thing, Action], bool]
    #: Why not, where the table says no.
    denied: Callable[[State, Thing, Action], Refused]
    #: The refusal in words, and what may be seen all the same.
    words: Callable[[Books, State, Refused, Action, Button], tuple[Reply, ...]]
    #: Why nobody can do anything with it any more; told to those who may.
    ended: Callable[[State, Thing], Refused | None] = lambda _, __: None
    #: Why a button acts on it no longer: it was drawn from something else.
    changed: Callable[[State, Thing, Button], Refused | None] = lambda _, __, ___: None
    #: The button that an awaited text stands for.
    awaited: Callable[[State], Button] = lambda _: NOTHING

    def looking(
        self, act: Callable[[Books, State, Thing, What], Turn], action: Action
    ) -> Callable[[Books, State, What], Turn]:
        """A handler for what only shows something of the thing, whenever the button was drawn."""
        return self._handler(act, action, self.look)

    def acting(
        self, act: Callable[[Books, State, Thing, What], Turn], action: Action
    ) -> Callable[[Books, State, What], Turn]:
        """A handler for what changes something: only of the very thing the button was drawn from."""
        return self._handler(act, action, self.take)

    def look(self, state: State, button: Button, action: Action) -> Thing | Refused:
        """The thing, when this person may do that with it."""
        thing = self.find(state, button)
        if isinstance(thing, Refused):
            return thing
        if not self.may(state, thing, action):
            return self.denied(state, thing, action)
        return self.ended(state, thing) or thing

    def take(self, state: State, button: Button, action: Action) -> Thing | Refused:
        """The same, when it is still what the button was drawn from."""
        thing = self.look(state, button, action)
        return thing if isinstance(thing, Refused) else self.changed(state, thing, button) or thing

    def refuse(self, books: Books, state: State, refused: Refused, action: Action, button: Button = NOTHING) -> Turn:
        """The refusal in words; who reached for what is not theirs stands in the audit."""
        tried = refused.tried
        kept = (_audited(refused, tried, action),) if tried else ()
        forgotten = tuple(command for room in self.rooms for command in let_go(state, room))
        return Turn(self.words(books, state, refused, action, button), (*kept, *forgotten))

    def _handler(
        self,
        act: Callable[[Books, State, Thing, What], Turn],
        action: Action,
        open_: Callable[[State, Button, Action], Thing | Refused],
    ) -> Callable[[Books, State, What], Turn]:
        def handler(books: Books, state: State, what: What) -> Turn:
            button = what if isinstance(what, Button) else self.awaited(state)
            thing = open_(state, button, action)
            if isinstance(thing, Refused):
                return self.refuse(books, state, thing, action, button)
            return act(books, state, thing, what)

        return handler


def _audited(refused: Refused, tried: Tried, action: Action) -> Refuse:
    return Refuse(tried.action or action, refused.reason, tried.review, tried.person, tried.campaign)
