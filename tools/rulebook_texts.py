"""Finds the texts in rulebook files that people read in the chat, for `pybabel extract` (see babel.cfg)."""

from collections.abc import Iterator
from typing import IO

import yaml

#: Keys whose text is shown. Clauses (`cite`) are not translated.
SHOWN = {
    "because",
    "code",
    "example",
    "help",
    "hint",
    "item_name",
    "label",
    "note",
    "short",
    "text",
    "title",
    "unit",
    "why",
}
#: Keys that hold a list of shown texts.
SHOWN_LISTS = {"notes"}
#: Parts of a file that are never shown in the chat.
LEFT_OUT = {
    "scenarios",
    "counts",
    "texts",
    "issued",
    "person_lines",
    "signature",
    "dossier",
    "dossier_by",
    "dossier_sets",
    "summary_tables",
    "decision",
    "told",
    "quotas",
}

Found = tuple[int, str, str, list[str]]


def extract(fileobj: IO[bytes], keywords: object, comment_tags: object, options: object) -> Iterator[Found]:  # noqa: ARG001 - Babel calls it so
    """The texts for Babel's extraction interface, each as line, function, message, comments."""
    yield from _texts(yaml.compose(fileobj, yaml.CSafeLoader))


def _texts(node: yaml.Node | None, *, shown: bool = False) -> Iterator[Found]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in LEFT_OUT:
                yield from _texts(value, shown=key.value in (SHOWN_LISTS if _is_list(value) else SHOWN))
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _texts(each, shown=shown)
    elif shown and isinstance(node, yaml.ScalarNode) and any(letter.isalpha() for letter in node.value):
        yield node.start_mark.line + 1, "gettext", node.value, []


def _is_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode)
