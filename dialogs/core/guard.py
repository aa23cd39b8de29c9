"""Guards: every handler that touches a thing goes through the guard of its room.

It finds what the event is about, asks the table of permissions, and compares the thing with what the button was drawn
from. If any of that fails, it refuses in words and records the attempt in the audit. Rooms build their guards from
their own functions; who may do what is written only in `rules.campaign.permissions`.
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
from dialogs.core.turn import Key, Reply, Turn
from rules.campaign.permissions import Action, Relation, may, relations, relations_to_office
from rules.nouns.reviews import Json, Review
from rules.nouns.standings import ReviewLine

Thing = TypeVar("Thing")
What = TypeVar("What", Button, str, Handed, Chosen)

NOTHING = Button("nothing")


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody tried to reach without permission, as the audit records it."""

    review: int | None = None
    person: int | None = None
    campaign: int | None = None
    #: The attempted action, where it differs from the one that the button stands for.
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal."""

    #: A word that the room's template `<room>/refused` knows; `values` say who and when.
    reason: str
    values: Mapping[str, Json] = field(default_factory=dict)
    #: The attempt to be recorded in the audit, where it was one on something that is not the person's own.
    tried: Tried | None = None


def held(state: State, about: Review | ReviewLine) -> frozenset[Relation]:
    """What this person is to a review, in their own right and for the people they stand in for."""
    return relations(state.person, about, state.acts_for) if state.person else frozenset()


def allowed(state: State, about: Review | ReviewLine, action: Action) -> bool:
    """Whether this person may do that with the review, in their own right or for somebody absent."""
    return may(held(state, about), action)


def allowed_in_office(state: State, *actions: Action) -> bool:
    """Whether this person may do that (any one of several actions) for their whole office."""
    return state.person is not None and may(relations_to_office(state.person, state.person.office), *actions)


#: The refusal in words, with whatever may be shown anyway.
Words = Callable[[Books, State, Refused, Action, Button], tuple[Reply, ...]]


def reason_in(template: str, *keys: Key) -> Words:
    """The words of a room whose refusal only gives the reason, above its ways out."""
    keyboard = (keys,) if keys else ()
    return lambda _, __, refused, ___, ____: (Reply(template, {"reason": refused.reason}, keyboard),)


@dataclass(frozen=True, slots=True)
class Guard(Generic[Thing]):
    """How a room checks access to a kind of thing: a draft, a decision, a petition, an office."""

    #: Rooms whose awaited texts are dropped when access is refused.
    rooms: tuple[Room, ...]
    #: Finds the thing that a button names, or says why there is none.
    find: Callable[[State, Button], Thing | Refused]
    #: Asks the table of permissions.
    may: Callable[[State, Thing, Action], bool]
    #: The reason given when the table says no.
    denied: Callable[[State, Thing, Action], Refused]
    words: Words
    #: Why nobody can act on the thing any more; told only to those who may.
    ended: Callable[[State, Thing], Refused | None] = lambda _, __: None
    #: Why the button no longer applies: the thing has changed since it was drawn.
    changed: Callable[[State, Thing, Button], Refused | None] = lambda _, __, ___: None
    #: The button for which an awaited text stands.
    awaited: Callable[[State], Button] = lambda _: NOTHING

    def looking(
        self, act: Callable[[Books, State, Thing, What], Turn], action: Action
    ) -> Callable[[Books, State, What], Turn]:
        """A handler that only shows the thing, however old the button is."""
        return self._handler(act, action, self.look)

    def acting(
        self, act: Callable[[Books, State, Thing, What], Turn], action: Action
    ) -> Callable[[Books, State, What], Turn]:
        """A handler that changes something, and only if the button was drawn from the thing as it is now."""
        return self._handler(act, action, self.take)

    def look(self, state: State, button: Button, action: Action) -> Thing | Refused:
        """The thing, if this person may do that with it; otherwise why not."""
        thing = self.find(state, button)
        if isinstance(thing, Refused):
            return thing
        if not self.may(state, thing, action):
            return self.denied(state, thing, action)
        return self.ended(state, thing) or thing

    def take(self, state: State, button: Button, action: Action) -> Thing | Refused:
        """As `look`, but also refused if the thing has changed since the button was drawn."""
        thing = self.look(state, button, action)
        return thing if isinstance(thing, Refused) else self.changed(state, thing, button) or thing

    def refuse(self, books: Books, state: State, refused: Refused, action: Action, button: Button = NOTHING) -> Turn:
        """The turn that refuses in words, and records the attempt in the audit if it was one."""
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
