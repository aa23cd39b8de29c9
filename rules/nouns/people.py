"""People of the roster, with what the rules need to know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.nouns.service import NO_SERVICE, Service
from rules.nouns.values import Subject


class Gender(StrEnum):
    """Giới tính as the roster gives it. It decides only how Vietnamese addresses the person."""

    MALE = "male"
    FEMALE = "female"


def tongue(language: str, gender: Gender | None) -> str:
    """The key of a reader's wording: the language, followed by the gender where it is known, e.g. `vi-female`."""
    return f"{language}-{gender}" if gender else language


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the roster, at one post."""

    id: int
    name: str
    position: str
    unit_id: int
    unit: str
    office: str
    subject: Subject
    #: Holds a leading or managing post (giữ chức vụ lãnh đạo, quản lý).
    leader: bool = False
    #: Leads their own unit, in chat and in the chain. The head of a group of teachers does so without being a `leader`.
    head: bool = False
    deputy: bool = False
    party_member: bool = False
    serves_public: bool = False
    #: The body above the office, printed above its name; "" when there is none.
    office_parent: str = ""
    #: Nhóm đối tượng có nhiệm vụ tương đồng: the group for which quotas are counted.
    group: str = ""
    #: Belongs to the desk, which runs the office's campaigns.
    desk: bool = False
    #: The id of a second post, to which `position`, `unit`, `leader`, `head` and `deputy` then belong; 0: the first
    #: post.
    post: int = 0
    service: Service = field(default=NO_SERVICE, compare=False)
    #: None: not on the roster.
    gender: Gender | None = field(default=None, compare=False)
    #: The roster key, set when somebody else of the unit has the same name.
    apart: str = field(default="", compare=False)

    @property
    def called(self) -> str:
        """The name as other people see it in lists and choices, with the roster key added when a namesake is in the
        unit.
        """
        return f"{self.name} ({self.apart})" if self.apart else self.name


#: The properties of a person that a rulebook's `when:` may test, besides facts.
TRAITS = ("subject", "leader", "head", "deputy", "party_member", "serves_public")


def traits(person: Person) -> Mapping[str, str | bool]:
    """The values of TRAITS for a person. A head or deputy in the sense of the regulations (người đứng đầu, cấp phó)
    holds a leading post.
    """
    return {
        "subject": person.subject.value,
        "leader": person.leader,
        "head": person.head and person.leader,
        "deputy": person.deputy and person.leader,
        "party_member": person.party_member,
        "serves_public": person.serves_public,
    }
