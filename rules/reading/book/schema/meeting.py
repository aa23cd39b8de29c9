"""The border of `meeting:` in book.yaml: who chairs, in which order, who attends, how many must, what is written down."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from rules.book.meeting import Attending, Chair, Tag, Written
from rules.reading.border import Border
from rules.reading.parts import Cited, Text


def _each(given: Any) -> Any:
    """One tag alone is a list of one."""
    return tuple(given) if isinstance(given, list) else (given,)


Tags = Annotated[tuple[Tag, ...], Field(min_length=1), BeforeValidator(_each)]


class QuotedFile(Cited):
    """A line with its clause and its sentence."""

    quote: Text


class ChairFile(QuotedFile):
    """`{who: deputy, of: head, cite: …, quote: …}`."""

    who: Chair
    of: Tag | None = None


class BeforeFile(QuotedFile):
    """`{first: collective, then: individual, cite: …, quote: …}`."""

    first: Tags
    then: Tags


class AttendFile(QuotedFile):
    """`{who: unit, cite: …, quote: …}`."""

    who: Attending


class QuorumFile(QuotedFile):
    """`{share: "2/3", cite: …, quote: …}`; `more_than`: the share itself is too few."""

    share: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?/[1-9][0-9]?$")]
    more_than: bool = False


class WrittenFile(QuotedFile):
    """`{what: comments, cite: …, quote: …}`."""

    what: Written


class MeetingRulesFile(Border):
    """What the text says of the meeting."""

    chairs: tuple[ChairFile, ...] = ()
    orders: tuple[BeforeFile, ...] = ()
    attended: tuple[AttendFile, ...] = ()
    quorum: QuorumFile | None = None
    written: tuple[WrittenFile, ...] = ()
