"""The context given to the loader of a room, and queries shared by several loaders."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.turn.uploads import ReadFile
from dialogs.core.events import Event
from dialogs.core.handlers import Books
from dialogs.core.state import State
from rules.campaign.tree import Tree, tree_of
from rules.nouns.people import Person
from rules.nouns.standings import ReviewLine
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RoomContext:
    """Who enters a room, with which event. `file`: the file that the event hands in or confirms."""

    tx: Transaction
    books: Books
    state: State
    event: Event
    person: Person
    file: ReadFile | None = None

    @property
    def today(self) -> dt.date:
        """The day of the event."""
        return self.state.now.date()

    @property
    def acting(self) -> tuple[int, ...]:
        """The person, and those for whom they act."""
        return self.person.id, *self.state.acts_for


async def campaign_lines(context: RoomContext, campaign: int) -> Sequence[ReviewLine]:
    """The reviews of a campaign as lines, as they stand on the day of the event."""
    return await context.tx.standings.of_campaign(campaign, context.today)


async def tree_of_office(tx: Transaction, office: int) -> Tree:
    """The units of the office with their people, at each of their posts."""
    people = [*await tx.people.of_office(office), *await tx.people.at_posts(office)]
    return tree_of(await tx.units.seats(office), people, await tx.units.bodies(office))
