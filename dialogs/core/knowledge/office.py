"""Knowledge of the rooms DESK, CREW and CAST about the whole office."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.core.handed import EnclosureFile, RosterFile
from rules.campaign.tree import Tree
from rules.nouns.devices import CodeGiven, WaitingCode
from rules.nouns.enclosures import OwnTable
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Review
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import PeriodScore


@dataclass(frozen=True, slots=True)
class PaperInForce:
    """A review, and the version of it that is in force."""

    review: Review
    version: int


@dataclass(frozen=True, slots=True)
class OfficeView:
    """Knowledge of DESK, CREW and CAST: the whole office, for its desk.

    The head of a unit who does not belong to the desk (CREW) gets only the people of their unit, with `accounts`,
    `invited`, `been_in`, `anew`, `unconfirmed` and `keys`; all other fields are empty.
    """

    office: int
    settings: OfficeSettings
    #: The parts of the open campaigns.
    campaigns: tuple[Campaign, ...] = ()
    closed: tuple[Campaign, ...] = ()
    people: tuple[Person, ...] = ()
    #: People at their second posts.
    posts: tuple[Person, ...] = ()
    #: People who have left.
    gone: tuple[Person, ...] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    #: Unit id → its head.
    heads: Mapping[int, int] = field(default_factory=dict)
    #: Through whom reviews go.
    tree: Tree | None = None
    #: The reviews of the campaign that the event or the focus names, otherwise of the newest.
    standings: tuple[ReviewLine, ...] = ()
    #: Where the event names no campaign: campaign → reviews handed in, reviews in all, and how many of the others have
    #: an extension.
    tallies: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    #: Milestone ("": notices) → status → number of messages.
    delivered: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    #: Person → status of their last notice, if it was not sent.
    unreached: Mapping[int, str] = field(default_factory=dict)
    #: Person → number of accounts, and of blocked ones among them.
    accounts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    #: Person → until when their unused invitation is valid.
    invited: Mapping[int, dt.datetime] = field(default_factory=dict)
    #: People who have an account or ever signed in.
    been_in: frozenset[int] = frozenset()
    #: Person → the code given anew that is not used yet.
    anew: Mapping[int, WaitingCode] = field(default_factory=dict)
    #: People who signed in with a first code from their head.
    unconfirmed: Mapping[int, CodeGiven] = field(default_factory=dict)
    #: Id → title of the rulebooks for which a campaign may be opened.
    rulebooks: Mapping[str, str] = field(default_factory=dict)
    #: Rulebook → first and last year; absent: any year.
    in_force: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    #: Person → their key in the roster.
    keys: Mapping[int, str] = field(default_factory=dict)
    #: The roster that an event hands in or agrees to.
    handed: RosterFile | None = None
    #: Where a year's months are looked at: the scores of each person at each post. `holders`: sheet → who is to confirm
    #: it.
    of_year: Mapping[tuple[int, int], tuple[PeriodScore, ...]] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)
    #: Form → the office's Word template, and since when.
    own_templates: Mapping[str, tuple[str, dt.datetime]] = field(default_factory=dict)
    #: Campaign, rulebook, table → the office's file.
    own_tables: Mapping[tuple[int, str, str], OwnTable] = field(default_factory=dict)
    #: The replacement for a summary table that an event hands in.
    handed_table: EnclosureFile | None = None
    #: The largest size of such a file, in megabytes; `kinds` are the accepted types.
    most_mb: int = 20
    kinds: tuple[str, ...] = ()
    #: The documents of the person whom a button of CREW names, as far as the reader may have them.
    papers: tuple[PaperInForce, ...] = ()
