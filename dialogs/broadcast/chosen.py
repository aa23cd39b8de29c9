"""A message to people selected in a list: it is shown with those it reaches, then sent once."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.broadcast.filters import Filter
from dialogs.broadcast.writing import key_of, stamp_of, to_values, unfit
from dialogs.core.commands.campaigns import Broadcast
from dialogs.core.events import Chosen
from dialogs.core.handlers import Books, OnChosen
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.desk.guard import OFFICE, changed_meanwhile
from dialogs.people.view import joined
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.text import clean

#: The deed done with the selected people.
SEND = "cast_chosen"


@dataclass(frozen=True, slots=True)
class Receivers:
    """The people to whom a message goes."""

    people: tuple[Person, ...]
    #: Those who have not signed in yet.
    later: tuple[Person, ...]
    #: Those who are blocked in every channel they have.
    blocked: tuple[Person, ...]

    @property
    def at_once(self) -> int:
        """How many receive it at once."""
        return len(self.people) - len(self.later) - len(self.blocked)


def receivers(view: OfficeView, writer: Person) -> Receivers:
    """Everybody who was selected except the writer."""
    # Already in order; sorting again would be slow for a whole province.
    people = tuple(one for one in view.people if one.id != writer.id)
    later = tuple(one for one in people if not joined(view, one))
    return Receivers(people, later, tuple(one for one in people if _blocked(view.accounts, one)))


def send(_: Books, state: State, view: OfficeView, event: Chosen) -> Turn:
    """Send exactly what was shown to exactly those people."""
    message, me = clean(event.text), state.person
    assert me is not None, "the guard asked who it is"
    wrong, found = unfit(message), receivers(view, me)
    if wrong:
        return Turn((wrong,))
    if not found.people or event.stamp != stamp_of(message, found.people):
        return changed_meanwhile()
    said = Reply("cast/sent", to_values(view, Filter("chosen"), found.people))
    return Turn((said,), (Broadcast(event.campaign, key_of(state), message, tuple(one.id for one in found.people)),))


def _blocked(accounts: Mapping[int, tuple[int, int]], one: Person) -> bool:
    tied, blocked = accounts.get(one.id, (0, 0))
    return tied > 0 and tied == blocked


CHOSEN: dict[str, OnChosen] = {SEND: OFFICE.looking(send, Action.BROADCAST)}
