"""Further knowledge of the room HEAD, for looking at several sheets together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.book.quota import Rated
from rules.nouns.people import Person
from rules.nouns.rulings import Improvement
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import PeriodScore


@dataclass(frozen=True, slots=True)
class Sheets:
    """Knowledge of HEAD where several sheets are looked at together."""

    #: Review id → the scores of its person's months and quarters of that year.
    scores: Mapping[int, tuple[PeriodScore, ...]] = field(default_factory=dict)
    #: Reviews in whose ledger somebody claims an objective cause that nobody has answered yet.
    excuses: frozenset[int] = frozenset()
    #: For a whole year: the people under management. `of_year`: their months, by person and post.
    people: tuple[Person, ...] = ()
    of_year: Mapping[tuple[int, int], tuple[PeriodScore, ...]] = field(default_factory=dict)
    #: Unit id → name of the units this person is in charge of.
    in_charge: Mapping[int, str] = field(default_factory=dict)
    #: The reviews of those units in all open campaigns.
    standings: tuple[ReviewLine, ...] = ()
    #: In the unit that a button names: the reviews whose drafts may be read. `names`: who has each of them now.
    readable: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)
    #: Where ratings are proposed: by campaign and part, the office's list with what was agreed to so far; the rest is
    #: open.
    proposed: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    #: The other reviews of these campaigns.
    beside: tuple[ReviewLine, ...] = ()
    #: Decided reviews of which this person must be told.
    results: tuple[ReviewLine, ...] = ()
    #: Whether any rulebook of an open campaign requires that.
    told: bool = False
    #: The plans of improvement of the people in the unit they head; `planning` is their number.
    plans: tuple[tuple[Person, tuple[Improvement, ...]], ...] = ()
    planning: int = 0
