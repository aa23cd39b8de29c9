"""The closed sets of words the regulations use (glossary: docs/glossary.md)."""

from enum import StrEnum


class Rating(StrEnum):
    """Mức xếp loại chất lượng of a subject, highest first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"

    @property
    def rank(self) -> int:
        """0 for the highest rating; a greater number is a lower rating."""
        return _RATING_ORDER[self]


_RATING_ORDER = {rating: rank for rank, rating in enumerate(Rating)}


class Level(StrEnum):
    """Cấp độ of a criterion in the party forms of 2019, highest first. Not a rating."""

    EXCELLENT = "excellent"
    GOOD = "good"
    AVERAGE = "average"
    POOR = "poor"


class Criteria(StrEnum):
    """How well the general criteria were met (Nghị định 90/2020/NĐ-CP, Điều 3), best first."""

    GOOD = "good"
    MET = "met"
    UNMET = "unmet"


class Efficiency(StrEnum):
    """Hiệu quả: how effectively the tasks were done, best first."""

    HIGH = "high"
    ADEQUATE = "adequate"
    LOW = "low"


class Verdict(StrEnum):
    """The result of testing a condition. An unknown verdict is never turned into true or false."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Subject(StrEnum):
    """Đối tượng: who or what is reviewed."""

    OFFICIAL = "official"
    EMPLOYEE = "employee"
    WORKER = "worker"
    CADRE = "cadre"
    PARTY_MEMBER = "party_member"
    COLLECTIVE = "collective"
    PARTY_CELL = "party_cell"
    PARTY_GROUP = "party_group"
    ORGANISATION = "organisation"


#: Subjects that are bodies: they are decided by the order of bodies, and no collective comes before them.
BODIES = frozenset({Subject.COLLECTIVE, Subject.PARTY_CELL, Subject.PARTY_GROUP, Subject.ORGANISATION})

#: Subjects that the party rates: no unit of the office has a say in it.
PARTY = frozenset({Subject.PARTY_MEMBER, Subject.PARTY_CELL, Subject.PARTY_GROUP})

#: Subjects who serve by the rules of the state: their ratings make one list.
CIVIL = (Subject.CADRE, Subject.OFFICIAL, Subject.EMPLOYEE, Subject.WORKER)


#: Subjects that are no human being: whoever leads one speaks for it.
BODIES = frozenset({Subject.COLLECTIVE, Subject.PARTY_CELL, Subject.PARTY_GROUP, Subject.ORGANISATION})


class OwedBy(StrEnum):
    """Who owes a milestone."""

    PERSON = "person"
    HEAD = "head"
    DESK = "desk"
    AUTHORITY = "authority"
