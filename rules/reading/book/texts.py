"""The border of `texts/*.yaml`: the law texts of one document, word for word."""

from typing import Annotated

from rules.book.texts import LawText
from rules.reading.border import Border, read
from rules.reading.parts import NOT_EMPTY, Text
from rules.reading.strict_yaml import YamlDocument


class _ClauseFile(Border):
    """`{clause: "NĐ 335/2025, Điều 11", title: …, text: …}`."""

    clause: Text
    title: Text
    text: Text


class _TextsFile(Border):
    """The whole of `texts/*.yaml`."""

    source: Text
    texts: Annotated[tuple[_ClauseFile, ...], NOT_EMPTY]


def read_texts(document: YamlDocument) -> tuple[LawText, ...]:
    """The law texts of a file. Raises RulebookErrors with every mistake."""
    file = read(_TextsFile, document)
    return tuple(LawText(one.clause, one.title, one.text, file.source) for one in file.texts)
