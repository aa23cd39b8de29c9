"""What a rulebook says of going upward: to whom a unit sends what came of its review, and in which meeting the authority looks at it."""

from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked


class Sitting(StrEnum):
    """Who sits in a meeting of the authority, as far as the roster knows them."""

    LEADERSHIP = "leadership"  # head and deputies of the office
    UNIT_HEADS = "unit_heads"  # heads of the units below


@dataclass(frozen=True, slots=True)
class SendRule(Remarked):
    """To whom units send. `through`: who takes it in for them; `by`: the milestone of its last day ("": that of the unit's dossier)."""

    to: str
    cite: str
    quote: str
    through: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ConsultRule(Remarked):
    """A meeting in which the authority looks at what units sent. `besides`: who comes and is not known by the roster, in the words of the text."""

    key: str
    title: str
    members: tuple[Sitting, ...]
    cite: str
    quote: str
    besides: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class UpwardRules:
    """All of it, of one rulebook."""

    sent: SendRule | None = None
    consulted: tuple[ConsultRule, ...] = ()


#: Where no text names a meeting: an offer and no rule. Its title comes from whoever words it.
OFFERED = ConsultRule("offered", "", (Sitting.LEADERSHIP,), "", "")
