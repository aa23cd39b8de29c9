"""The meeting as a rulebook says it: who chairs it, in which order, who attends, how many must, what is written down. Each line has its
clause and its sentence; of what a text is silent, nothing is asked.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from rules.book.remarks import Remarked
from rules.nouns.people import Person, traits
from rules.nouns.values import BODIES, PARTY, Subject


class Tag(StrEnum):
    """What a thing on the agenda is, by which orders go."""

    COLLECTIVE = "collective"  # tập thể
    INDIVIDUAL = "individual"  # cá nhân
    HEAD = "head"  # người đứng đầu
    DEPUTY = "deputy"  # cấp phó
    STAFF = "staff"  # neither
    LEADER = "leader"  # giữ chức vụ lãnh đạo, quản lý
    OTHERS = "others"  # không giữ chức vụ
    CIVIL = "civil"  # chính quyền, chuyên môn
    PARTY = "party"  # cấp ủy, đảng viên
    PARTY_GROUP = "party_group"  # tổ đảng
    PARTY_CELL = "party_cell"  # chi bộ


class Chair(StrEnum):
    """Who chairs."""

    HEAD = "head"
    DEPUTY = "deputy"


class Attending(StrEnum):
    """Who comes."""

    UNIT = "unit"  # everybody of the unit
    INVITED = "invited"  # others, whom the chair asks


class Written(StrEnum):
    """What the minutes hold."""

    COMMENTS = "comments"
    RATING = "rating"  # the rating that is proposed
    BALLOTS = "ballots"  # the figures of a count
    ADOPTED = "adopted"  # that they were read and agreed to


@dataclass(frozen=True, slots=True)
class ChairRule(Remarked):
    """Who chairs; `of`: only while this is reviewed."""

    who: Chair
    cite: str
    quote: str
    of: Tag | None = None


@dataclass(frozen=True, slots=True)
class BeforeRule(Remarked):
    """What is reviewed before what: something that has every tag of `first` before something that has every tag of `then`."""

    first: tuple[Tag, ...]
    then: tuple[Tag, ...]
    cite: str
    quote: str

    def orders(self, first: Collection[Tag], then: Collection[Tag]) -> bool:
        """Whether what has these tags goes before what has those."""
        return set(self.first) <= set(first) and set(self.then) <= set(then)


@dataclass(frozen=True, slots=True)
class AttendRule(Remarked):
    """Who comes to the meeting."""

    who: Attending
    cite: str
    quote: str


@dataclass(frozen=True, slots=True)
class QuorumRule(Remarked):
    """How many of those who are called must be there; `more_than`: that share itself is too few."""

    share: Fraction
    cite: str
    quote: str
    more_than: bool = False

    def needed(self, called: int) -> int:
        """The least number that suffices."""
        exact = self.share * called
        least = -(-exact.numerator // exact.denominator)
        return least + 1 if self.more_than and least == exact else least


@dataclass(frozen=True, slots=True)
class WrittenRule(Remarked):
    """What is written down."""

    what: Written
    cite: str
    quote: str


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """All of it, of one rulebook."""

    chairs: tuple[ChairRule, ...] = ()
    orders: tuple[BeforeRule, ...] = ()
    attended: tuple[AttendRule, ...] = ()
    quorum: QuorumRule | None = None
    written: tuple[WrittenRule, ...] = ()

    @property
    def lines(self) -> tuple[ChairRule | BeforeRule | AttendRule | QuorumRule | WrittenRule, ...]:
        """Every line of it."""
        quorum = (self.quorum,) if self.quorum else ()
        return (*self.chairs, *self.orders, *self.attended, *quorum, *self.written)

    def over(self, parent: "MeetingRules") -> "MeetingRules":
        """These, and of whatever they are silent on what the text says that they carry out: a plan that orders the agenda still has its
        minutes read as the decree demands.
        """
        return MeetingRules(
            chairs=self.chairs or parent.chairs,
            orders=self.orders or parent.orders,
            attended=self.attended or parent.attended,
            quorum=self.quorum or parent.quorum,
            written=self.written or parent.written,
        )


def tags_of(person: Person, subject: Subject) -> frozenset[Tag]:
    """What the review of somebody (or of a body) is on an agenda; `subject`: what its form rates."""
    if subject in BODIES:
        own = {Subject.PARTY_GROUP: Tag.PARTY_GROUP, Subject.PARTY_CELL: Tag.PARTY_CELL}.get(subject)
        return frozenset({Tag.COLLECTIVE, Tag.PARTY if subject in PARTY else Tag.CIVIL, *([own] if own else [])})
    known = traits(person)
    place = Tag.HEAD if person.head else Tag.DEPUTY if person.deputy else Tag.STAFF
    leads = Tag.LEADER if known["leader"] else Tag.OTHERS
    return frozenset({Tag.INDIVIDUAL, place, leads, Tag.PARTY if subject in PARTY else Tag.CIVIL})


def together(rules: Iterable[MeetingRules]) -> MeetingRules:
    """What several rulebooks say of one meeting: the lines of all of them, each once; of two quorums the first."""
    every = tuple(rules)
    return MeetingRules(
        chairs=tuple(dict.fromkeys(one for rule in every for one in rule.chairs)),
        orders=tuple(dict.fromkeys(one for rule in every for one in rule.orders)),
        attended=tuple(dict.fromkeys(one for rule in every for one in rule.attended)),
        quorum=next((rule.quorum for rule in every if rule.quorum), None),
        written=tuple(dict.fromkeys(one for rule in every for one in rule.written)),
    )
