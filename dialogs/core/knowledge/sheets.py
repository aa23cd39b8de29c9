"""What HEAD knows where sheets are looked at together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.book.quota import Rated
from rules.nouns.people import Person
from rules.nouns.rulings import Improvement
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import PeriodScore


@dataclass(frozen=True, slots=True)
class Sheets:
    """HEAD, where sheets are looked at together: review id → the scores of its person's months and quarters of that year, and
    the reviews in whose ledger somebody says a cause is objective that nobody has answered yet; where a whole year is: those under management, and the months of each (by person and post).

    `in_charge`: unit id → name, of those this person is in charge of; where they are looked at also the `standings` of all open
    campaigns in them, of the unit that a button names the drafts that may be read (by review), and the `names` of who has them.

    Where ratings are proposed (the list of what waits, an agreement to one that has a quota): `proposed`, by campaign and part the
    list of the office with what was agreed to so far, the rest open; `beside`: the other reviews of these campaigns.

    `results`: decided reviews of which this person must be told; `told`: whether a rulebook of an open campaign says so at all. `plans`: the plans of
    improvement of the people of the unit they head, `planning` how many there are.
    """

    scores: Mapping[int, tuple[PeriodScore, ...]] = field(default_factory=dict)
    excuses: frozenset[int] = frozenset()
    people: tuple[Person, ...] = ()
    of_year: Mapping[tuple[int, int], tuple[PeriodScore, ...]] = field(default_factory=dict)
    in_charge: Mapping[int, str] = field(default_factory=dict)
    standings: tuple[ReviewLine, ...] = ()
    readable: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)
    proposed: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    beside: tuple[ReviewLine, ...] = ()
    results: tuple[ReviewLine, ...] = ()
    told: bool = False
    plans: tuple[tuple[Person, tuple[Improvement, ...]], ...] = ()
    planning: int = 0
