"""What DESK, CREW and CAST know: the whole office."""

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
    """A review of somebody, and which of its versions is in force."""

    review: Review
    version: int


@dataclass(frozen=True, slots=True)
class OfficeView:
    """DESK, CREW and CAST, for the desk only: the whole office.

    `campaigns`: parts of the open ones; `standings`: of the campaign the event or the focus names, else of the
    newest. `tallies`: of each open campaign how many reviews are handed in, of how many, how many of the others may still be by an extension, where the event names none. `delivered`: milestone ("" notices) → status → how many; `accounts`: person → accounts tied, blocked ones
    among them; `invited`: person → until when their unused invitation holds. `rulebooks`: id → title of those that
    may be opened. `keys`: person → their key in the roster. Of the head of a unit who is not of the desk (CREW): only
    the people of their unit with `accounts`, `invited`, `been_in`, `anew`, `unconfirmed`, `keys`; everything else is empty. `of_year`: where the months of a campaign of
    the year are looked at, those and the quarters of each person at each post, with their `holders`.
    """

    office: int
    settings: OfficeSettings
    campaigns: tuple[Campaign, ...] = ()
    closed: tuple[Campaign, ...] = ()
    people: tuple[Person, ...] = ()
    posts: tuple[Person, ...] = ()  # people at their second posts
    gone: tuple[Person, ...] = ()  # who has left
    units: Mapping[int, str] = field(default_factory=dict)
    heads: Mapping[int, int] = field(default_factory=dict)  # unit id → its head
    tree: Tree | None = None  # through whom reviews go
    standings: tuple[ReviewLine, ...] = ()
    tallies: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    delivered: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unreached: Mapping[int, str] = field(default_factory=dict)  # person → status of their last notice, if not sent
    accounts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    invited: Mapping[int, dt.datetime] = field(default_factory=dict)
    been_in: frozenset[int] = frozenset()  # who has an account, or ever came in
    anew: Mapping[int, WaitingCode] = field(default_factory=dict)  # person → the code given anew, not used yet
    unconfirmed: Mapping[int, CodeGiven] = field(default_factory=dict)  # who is in by a first code of a head's
    rulebooks: Mapping[str, str] = field(default_factory=dict)
    in_force: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # rulebook → first and last year; absent: any
    keys: Mapping[int, str] = field(default_factory=dict)
    handed: RosterFile | None = None  # the roster an event hands in, or agrees to
    of_year: Mapping[tuple[int, int], tuple[PeriodScore, ...]] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)  # sheet → the name of who is to confirm it
    own_templates: Mapping[str, tuple[str, dt.datetime]] = field(default_factory=dict)  # form → its file, since when
    own_tables: Mapping[tuple[int, str, str], OwnTable] = field(
        default_factory=dict
    )  # campaign, rulebook, table → the office's file
    handed_table: EnclosureFile | None = None  # one that an event hands in
    most_mb: int = 20  # so large such a file may be
    kinds: tuple[str, ...] = ()  # and which kinds are taken at all
    papers: tuple[PaperInForce, ...] = ()  # of whom a button of CREW names, those that this person may have
