"""Sending upward, as a rulebook prescribes it: to whom a unit sends the results of its review, and the meeting in which
the authority considers them.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.book.remarks import Remarked


class Sitting(StrEnum):
    """The members of a meeting of the authority who are known from the roster."""

    LEADERSHIP = "leadership"  # head and deputies of the office
    UNIT_HEADS = "unit_heads"  # heads of the units below


@dataclass(frozen=True, slots=True)
class SendRule(Remarked):
    """A rule on where units send their results."""

    #: The recipient, in the words of the text.
    to: str
    cite: str
    #: The sentence of the text.
    quote: str
    #: Who receives it on the recipient's behalf.
    through: str = ""
    #: The milestone of the last day; "": that of the unit's dossier.
    by: str = ""


@dataclass(frozen=True, slots=True)
class ConsultRule(Remarked):
    """A meeting in which the authority considers what units sent."""

    key: str
    title: str
    members: tuple[Sitting, ...]
    cite: str
    #: The sentence of the text.
    quote: str
    #: Members who are not known from the roster, in the words of the text.
    besides: str = ""
    #: The milestone of its last day.
    by: str = ""


@dataclass(frozen=True, slots=True)
class UpwardRules:
    """All rules of one rulebook about sending upward."""

    sent: SendRule | None = None
    consulted: tuple[ConsultRule, ...] = ()


#: The meeting that is offered where no text requires one. It has no title here; the templates give it one.
OFFERED = ConsultRule("offered", "", (Sitting.LEADERSHIP,), "", "")
