"""The border of `upward:` in book.yaml: to whom units send their results, and the meeting in which the authority
considers them.
"""

from typing import Annotated

from pydantic import Field

from rules.book.upward import Sitting
from rules.reading.border import Border
from rules.reading.parts import Cited, Key, Text


class SendFile(Cited):
    """To whom units send: `{to: …, through: …, by: unit_review, cite: …, quote: …}`."""

    to: Text
    quote: Text
    through: str = ""
    by: Key | str = ""


class ConsultFile(Cited):
    """A meeting of the authority: `{key: consultation, title: …, members: [leadership], besides: …, by: …, cite: …,
    quote: …}`.
    """

    key: Key
    title: Text
    members: Annotated[tuple[Sitting, ...], Field(min_length=1)]
    quote: Text
    besides: str = ""
    by: Key | str = ""


class UpwardFile(Border):
    """All rules about sending upward."""

    sent: SendFile | None = None
    consulted: tuple[ConsultFile, ...] = ()
