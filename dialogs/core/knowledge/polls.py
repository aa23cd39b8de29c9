"""Knowledge of the room VOTE."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.balloting.poll import Poll
from rules.balloting.slips import Slip, Tally
from rules.book.ballots import Ballot
from rules.book.quota import Rated
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.people import Person


@dataclass(frozen=True, slots=True)
class PollsView:
    """Knowledge of VOTE."""

    #: The polls in which this person takes part or that they may lead; those in progress come first.
    polls: tuple[Poll, ...] = ()
    #: The poll that the event names.
    about: Poll | None = None
    #: Its box holds so few ballots that it must not be closed yet.
    early: bool = False
    #: The votes of the named poll if it is by name: person → slip.
    votes: Mapping[int, Slip] = field(default_factory=dict)
    #: The id of the named poll, if it belongs to another office.
    foreign: int = 0
    #: The count of the named poll, once counted.
    tally: Tally | None = None
    people: tuple[Person, ...] = ()
    #: The ballots of the rulebooks of open campaigns and of the poll, each with its rulebook's id. Within a meeting:
    #: those of its campaign.
    rules: tuple[tuple[str, Ballot], ...] = ()
    #: The meeting to which the named poll belongs, or in which one is being set up.
    meeting: Meeting | None = None
    #: The polls of that meeting, with their results.
    held: tuple[tuple[Poll, Tally | None], ...] = ()
    #: Rulebook → the ratings so far in that meeting's campaign.
    rated: Mapping[str, tuple[Rated, ...]] = field(default_factory=dict)
    #: Rulebook → the edition in force there.
    editions: Mapping[str, tuple[str, dt.date]] = field(default_factory=dict)
