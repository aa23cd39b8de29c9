"""What VOTE knows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.balloting.poll import Poll
from rules.balloting.slips import Tally
from rules.book.ballots import Ballot
from rules.book.quota import Rated
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.people import Person


@dataclass(frozen=True, slots=True)
class PollsView:
    """VOTE. `polls`: those this person takes part in or may lead, those that are on first; `about`: the one an event names, with its
    `tally` once it is counted; `foreign`: its id, where it is of another office. `rules`: the ballots that rulebooks of open campaigns
    (and of the poll) have, each with the id of its rulebook. `meeting`: of which the named poll is a part, or in which one is set (then the
    rules are those of its campaign), with the ratings `rated` so far by rulebook; `held`: its polls with what they came to; `editions`: rulebook → the edition in force there.
    `early`: the box of the named one holds so few ballots that it is not to be closed.
    """

    polls: tuple[Poll, ...] = ()
    about: Poll | None = None
    early: bool = False
    foreign: int = 0
    tally: Tally | None = None
    people: tuple[Person, ...] = ()
    rules: tuple[tuple[str, Ballot], ...] = ()
    meeting: Meeting | None = None
    held: tuple[tuple[Poll, Tally | None], ...] = ()
    rated: Mapping[str, tuple[Rated, ...]] = field(default_factory=dict)
    editions: Mapping[str, tuple[str, dt.date]] = field(default_factory=dict)
