"""Who is reviewed, as far as the rules ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.nouns.service import NO_SERVICE, Service
from rules.nouns.values import Subject


class Gender(StrEnum):
    """Giới tính, as the roster says it. It decides how Vietnamese addresses a person, and nothing else."""

    MALE = "male"
    FEMALE = "female"


def tongue(language: str, gender: Gender | None) -> str:
    """What words need to know of a reader: the language, and how it addresses them where that is known (`vi-female`)."""
    return f"{language}-{gender}" if gender else language


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the roster. `head` and `deputy`: they lead their own unit, in the chat and in its chain; `leader` is
    whether the person holds a leading or managing post (giữ chức vụ lãnh đạo, quản lý). The head of a group of teachers
    leads it and may hold none.
    """

    id: int
    name: str
    position: str
    unit_id: int
    unit: str
    office: str
    subject: Subject
    leader: bool = False
    head: bool = False
    deputy: bool = False
    party_member: bool = False
    serves_public: bool = False
    office_parent: str = ""  # the body above the office, printed above its name ("" when none)
    group: str = ""  # nhóm đối tượng có nhiệm vụ tương đồng, of which quotas speak
    desk: bool = False  # runs the campaigns of the office
    post: int = 0  # of a second post: its id; position, unit, leader, head, deputy are those of that post
    service: Service = field(default=NO_SERVICE, compare=False)
    gender: Gender | None = field(default=None, compare=False)  # None: the roster does not say
    apart: str = field(default="", compare=False)  # the roster key, where somebody else of the unit has the same name

    @property
    def called(self) -> str:
        """The name as lists and choices of others show it: with what tells the person from a namesake of their unit."""
        return f"{self.name} ({self.apart})" if self.apart else self.name


#: What a rulebook's `when:` may ask of a person besides facts.
TRAITS = ("subject", "leader", "head", "deputy", "party_member", "serves_public")


def traits(person: Person) -> Mapping[str, str | bool]:
    """What `when:` knows of a person, by the names of TRAITS. Head or deputy in the sense of the regulations (người đứng
    đầu, cấp phó) is who holds a leading post as such.
    """
    return {
        "subject": person.subject.value,
        "leader": person.leader,
        "head": person.head and person.leader,
        "deputy": person.deputy and person.leader,
        "party_member": person.party_member,
        "serves_public": person.serves_public,
    }
