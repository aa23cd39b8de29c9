"""The border of `meeting:` in book.yaml: the chair, the order of the agenda, who attends, the quorum, the minutes."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from rules.book.meeting import Attending, Chair, Tag, Written
from rules.reading.border import Border
from rules.reading.parts import Cited, Text


def _each(given: Any) -> Any:
    """A single tag is read as a list of one."""
    return tuple(given) if isinstance(given, list) else (given,)


Tags = Annotated[tuple[Tag, ...], Field(min_length=1), BeforeValidator(_each)]


class QuotedFile(Cited):
    """A rule with its clause and the sentence of the text (`quote`)."""

    quote: Text


class ChairFile(QuotedFile):
    """Who chairs: `{who: deputy, of: head, cite: …, quote: …}`."""

    who: Chair
    of: Tag | None = None


class BeforeFile(QuotedFile):
    """An order of the agenda: `{first: collective, then: individual, cite: …, quote: …}`."""

    first: Tags
    then: Tags


class AttendFile(QuotedFile):
    """Who attends: `{who: unit, cite: …, quote: …}`."""

    who: Attending


class QuorumFile(QuotedFile):
    """The quorum: `{share: "2/3", cite: …, quote: …}`. With `more_than`, exactly that share is too few."""

    share: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?/[1-9][0-9]?$")]
    more_than: bool = False


class WrittenFile(QuotedFile):
    """Something that the minutes must contain: `{what: comments, cite: …, quote: …}`."""

    what: Written


class MeetingRulesFile(Border):
    """All rules about the meeting."""

    chairs: tuple[ChairFile, ...] = ()
    orders: tuple[BeforeFile, ...] = ()
    attended: tuple[AttendFile, ...] = ()
    quorum: QuorumFile | None = None
    written: tuple[WrittenFile, ...] = ()
