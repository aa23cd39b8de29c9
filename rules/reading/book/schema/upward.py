"""The border of `upward:` in book.yaml: to whom units send, and in which meeting the authority looks at it."""

from typing import Annotated

from pydantic import Field

from rules.book.upward import Sitting
from rules.reading.border import Border
from rules.reading.parts import Cited, Key, Text


class SendFile(Cited):
    """`{to: …, through: …, by: unit_review, cite: …, quote: …}`."""

    to: Text
    quote: Text
    through: str = ""
    by: Key | str = ""


class ConsultFile(Cited):
    """`{key: consultation, title: …, members: [leadership], besides: …, by: …, cite: …, quote: …}`."""

    key: Key
    title: Text
    members: Annotated[tuple[Sitting, ...], Field(min_length=1)]
    quote: Text
    besides: str = ""
    by: Key | str = ""


class UpwardFile(Border):
    """What the text says of going upward."""

    sent: SendFile | None = None
    consulted: tuple[ConsultFile, ...] = ()
