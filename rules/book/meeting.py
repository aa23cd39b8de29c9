"""The meeting as a rulebook prescribes it: chair, order of the agenda, who attends, quorum, content of the minutes.

Every rule has its clause and its sentence. Where the text is silent, nothing is required.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from rules.book.remarks import Remarked
from rules.nouns.people import Person, traits
from rules.nouns.values import BODIES, PARTY, Subject


class Tag(StrEnum):
    """A property of an item on the agenda, by which it is ordered."""

    COLLECTIVE = "collective"  # tập thể
    INDIVIDUAL = "individual"  # cá nhân
    HEAD = "head"  # người đứng đầu
    DEPUTY = "deputy"  # cấp phó
    STAFF = "staff"  # neither head nor deputy
    LEADER = "leader"  # giữ chức vụ lãnh đạo, quản lý
    OTHERS = "others"  # không giữ chức vụ
    CIVIL = "civil"  # chính quyền, chuyên môn
    PARTY = "party"  # cấp ủy, đảng viên
    PARTY_GROUP = "party_group"  # tổ đảng
    PARTY_CELL = "party_cell"  # chi bộ


class Chair(StrEnum):
    """Who chairs the meeting."""

    HEAD = "head"
    DEPUTY = "deputy"


class Attending(StrEnum):
    """Who attends the meeting."""

    UNIT = "unit"  # everybody of the unit
    INVITED = "invited"  # others, whom the chair asks


class Written(StrEnum):
    """What the minutes must contain."""

    COMMENTS = "comments"
    RATING = "rating"  # the proposed rating
    BALLOTS = "ballots"  # the figures of a count
    ADOPTED = "adopted"  # that the minutes were read out and agreed to


@dataclass(frozen=True, slots=True)
class ChairRule(Remarked):
    """Who chairs. `of`: only while an item with that tag is reviewed."""

    who: Chair
    cite: str
    quote: str
    of: Tag | None = None


@dataclass(frozen=True, slots=True)
class BeforeRule(Remarked):
    """The order of the agenda: items with every tag of `first` come before items with every tag of `then`."""

    first: tuple[Tag, ...]
    then: tuple[Tag, ...]
    cite: str
    quote: str

    def orders(self, first: Collection[Tag], then: Collection[Tag]) -> bool:
        """Whether this rule puts the one item, given its tags, before the other."""
        return set(self.first) <= set(first) and set(self.then) <= set(then)


@dataclass(frozen=True, slots=True)
class AttendRule(Remarked):
    """Who attends the meeting."""

    who: Attending
    cite: str
    quote: str


@dataclass(frozen=True, slots=True)
class QuorumRule(Remarked):
    """The share of those called who must be present. `more_than`: exactly that share is too few."""

    share: Fraction
    cite: str
    quote: str
    more_than: bool = False

    def needed(self, called: int) -> int:
        """The smallest number that suffices."""
        exact = self.share * called
        least = -(-exact.numerator // exact.denominator)
        return least + 1 if self.more_than and least == exact else least


@dataclass(frozen=True, slots=True)
class WrittenRule(Remarked):
    """Something that the minutes must contain."""

    what: Written
    cite: str
    quote: str


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """All rules of one rulebook about its meeting."""

    chairs: tuple[ChairRule, ...] = ()
    orders: tuple[BeforeRule, ...] = ()
    attended: tuple[AttendRule, ...] = ()
    quorum: QuorumRule | None = None
    written: tuple[WrittenRule, ...] = ()

    @property
    def lines(self) -> tuple[ChairRule | BeforeRule | AttendRule | QuorumRule | WrittenRule, ...]:
        """All rules in one sequence."""
        quorum = (self.quorum,) if self.quorum else ()
        return (*self.chairs, *self.orders, *self.attended, *quorum, *self.written)

    def over(self, parent: "MeetingRules") -> "MeetingRules":
        """These rules, completed from the text that they implement wherever they are silent.

        For example, a plan that only orders the agenda still has its minutes read out as the decree demands.
        """
        return MeetingRules(
            chairs=self.chairs or parent.chairs,
            orders=self.orders or parent.orders,
            attended=self.attended or parent.attended,
            quorum=self.quorum or parent.quorum,
            written=self.written or parent.written,
        )


def tags_of(person: Person, subject: Subject) -> frozenset[Tag]:
    """The tags of the review of a person or body on an agenda. `subject`: what its form rates."""
    if subject in BODIES:
        own = {Subject.PARTY_GROUP: Tag.PARTY_GROUP, Subject.PARTY_CELL: Tag.PARTY_CELL}.get(subject)
        return frozenset({Tag.COLLECTIVE, Tag.PARTY if subject in PARTY else Tag.CIVIL, *([own] if own else [])})
    known = traits(person)
    place = Tag.HEAD if person.head else Tag.DEPUTY if person.deputy else Tag.STAFF
    leads = Tag.LEADER if known["leader"] else Tag.OTHERS
    return frozenset({Tag.INDIVIDUAL, place, leads, Tag.PARTY if subject in PARTY else Tag.CIVIL})


def together(rules: Iterable[MeetingRules]) -> MeetingRules:
    """The rules of several rulebooks for one meeting: each rule once. If several set a quorum, the first one applies."""
    every = tuple(rules)
    return MeetingRules(
        chairs=tuple(dict.fromkeys(one for rule in every for one in rule.chairs)),
        orders=tuple(dict.fromkeys(one for rule in every for one in rule.orders)),
        attended=tuple(dict.fromkeys(one for rule in every for one in rule.attended)),
        quorum=next((rule.quorum for rule in every if rule.quorum), None),
        written=tuple(dict.fromkeys(one for rule in every for one in rule.written)),
    )
