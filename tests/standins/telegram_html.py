"""Telegram's HTML as its server reads it: markup becomes text and entities, or is refused."""

import re
from dataclasses import dataclass

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "a": "text_link", "tg-spoiler": "spoiler",
}  # fmt: skip
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_TOKEN = re.compile(r"<(/?)([a-zA-Z0-9-]*)([^<>]*)>|&(?:[a-z]+|#\d+);|<|[^<&]+|&")


class ParseError(ValueError):
    """The text of Telegram's error after “can't parse entities: ”."""


@dataclass(frozen=True)
class Entity:
    """A formatted part of a text; its position is in UTF-16 units."""

    kind: str
    offset: int
    length: int


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, tuple[Entity, ...]]:
    """The text and its entities. Raises ParseError."""
    text, entities, opened = "", [], []
    for token in _TOKEN.finditer(html):
        at = len(html[: token.start()].encode())
        source = token[0]
        if not source.startswith("<"):
            text += ENTITIES.get(source, source)
        elif source == "<" or token[2].lower() not in TAGS:
            raise ParseError(f'Unsupported start tag "{token[2] or ""}" at byte offset {at}')
        elif not token[1]:
            opened.append((token[2].lower(), units(text)))
        elif not opened:
            raise ParseError(f"Unexpected end tag at byte offset {at}")
        else:
            name, start = opened.pop()
            if name != token[2].lower():
                raise ParseError(f'Unmatched end tag at byte offset {at}, expected "</{name}>", found "{source}"')
            entities.append(Entity(TAGS[name], start, units(text) - start))
    if opened:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return text.strip(), tuple(entity for entity in entities if entity.length)
