"""YAML as rulebook files use it: a small, strict part of YAML 1.1, with a line for every place.

Only `true` and `false` are booleans, only decimal numbers are numbers, `2020-12-05` is a date; every other bare word is
text (including `no`, `010`, `1:30`). Keys are text, and a duplicate key is refused.

It is built on PyYAML's C loader, because existing strict readers are pure Python (nine times as slow for a rulebook)
and give no line for a missing field.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from rules.nouns.errors import Mistake, RulebookErrors
from rules.nouns.letters import letters
from rules.nouns.text import clean

Path = Sequence[str | int]

#: More places than any rulebook has. A file that expands to more (by aliases of aliases) is refused.
MAX_PLACES = 200_000
#: Deeper than any of our files; an alias of itself would nest without end.
MAX_DEPTH = 50
_SHOWN = 60


class _Loader(yaml.CSafeLoader):
    """The C loader with the bare words named above."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - the library's shape


_NUMBER_STARTS = list("-0123456789")
for _tag, _pattern, _starts in (
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", _NUMBER_STARTS),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", _NUMBER_STARTS),
    ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", list("0123456789")),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("merge", r"^<<$", ["<"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _starts)

_KEY_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge")


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A parsed file."""

    #: Its name in messages.
    file: str
    data: Any
    #: The content with lines; `data` is the content as plain values.
    node: yaml.Node | None

    def line(self, path: Path) -> int:
        """The line of a place, counted from 1. A missing place has the line of its parent."""
        node = self.node
        for part in path:
            node = dict(_inside(node)).get(part, node)
        return node.start_mark.line + 1 if node else 0

    def mistake(self, path: Path, expected: str, /, **values: object) -> Mistake:
        """A mistake at `path`; `expected` and `values` as in `rules.nouns.errors.Mistake`."""
        told = {name: shown(value) for name, value in values.items()}
        return Mistake(self.file, self.line(path), dotted(path), expected, told)


def parse(text: str, file: str, *, trusted: bool = False) -> YamlDocument:
    """Parse `text`. Raises RulebookErrors with every duplicate key and unreadable text, or the first syntax error.

    A `trusted` text (a shipped file, covered by the tests) is not searched for what only a stranger would write.
    """
    loader = _Loader(text)
    try:
        if not trusted:
            _refuse_depth(text, file)
        node = loader.get_single_node()
        if node is not None and not trusted:
            _refuse_what_is_wrong(node, file)
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise RulebookErrors((Mistake(file, line, "", "yaml", {"problem": error.problem or ""}),)) from error
    except yaml.YAMLError as error:
        raise RulebookErrors((Mistake(file, 0, "", "yaml", {"problem": _one_line(error)}),)) from error
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError) as error:  # 2020-13-45, !!bool x
        raise RulebookErrors((Mistake(file, 0, "", "yaml", {"problem": str(error)}),)) from error
    finally:
        loader.dispose()
    return YamlDocument(file, data, node)


def shown(value: object) -> str:
    """A value as a file would write it, cut if it is long."""
    if isinstance(value, str):
        return value
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def dotted(path: Path) -> str:
    """The path in text: `ratings[0].excellent.all[2].cite`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _inside(node: yaml.Node | None) -> Iterator[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)
    elif isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)


def _refuse_depth(text: str, file: str) -> None:
    """Refuse deep nesting before nodes are made, because the C loader recurses without a limit."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise RulebookErrors((Mistake(file, line, "", "too_deep", {"limit": str(MAX_DEPTH)}),))


def _refuse_what_is_wrong(root: yaml.Node, file: str) -> None:
    mistakes: list[Mistake] = []
    waiting: list[tuple[tuple[str | int, ...], yaml.Node]] = [((), root)]
    places = 0
    while waiting:
        path, node = waiting.pop()
        places += 1
        if places > MAX_PLACES or len(path) > MAX_DEPTH:
            raise RulebookErrors((Mistake(file, 0, "", "too_large", {"limit": str(MAX_PLACES)}),))
        if isinstance(node, yaml.MappingNode):
            mistakes += _twice(node, path, file)
        elif isinstance(node, yaml.ScalarNode) and not node.value.isascii():
            mistakes += _of_letters(node, path, file)
        waiting += (((*path, part), inner) for part, inner in _inside(node))
    if mistakes:
        raise RulebookErrors(tuple(sorted(mistakes, key=lambda mistake: mistake.line)))


def _twice(node: yaml.MappingNode, path: Path, file: str) -> Iterator[Mistake]:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if key.tag not in _KEY_TAGS:
            yield Mistake(file, line, dotted(path), "text_key")
        elif key.value in lines:
            yield Mistake(file, line, dotted([*path, key.value]), "duplicate_key", {"first": str(lines[key.value])})
        lines.setdefault(str(key.value), line)


def _of_letters(node: yaml.ScalarNode, path: Path, file: str) -> Iterator[Mistake]:
    """Texts with letters that nobody can read or print, with what they should be."""
    found, line, given = letters(node.value), node.start_mark.line + 1, " ".join(clean(node.value).split())
    would_be = " ".join(found.text.split())
    if found.coding:
        values = {"coding": found.coding, "would_be": would_be, "given": given}
        yield Mistake(file, line, dotted(path), "old_code_table", values)
    elif found.unreadable:
        yield Mistake(file, line, dotted(path), "unreadable_letters", {"given": given})
    elif found.folded:
        yield Mistake(file, line, dotted(path), "decorative_letters", {"would_be": would_be, "given": given})
    elif found.dropped:
        yield Mistake(file, line, dotted(path), "hidden_letters", {"n": str(found.dropped), "given": given})


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def as_mapping(data: object) -> Mapping[str, Any]:
    """`data` if it is a mapping, else an empty one."""
    return data if isinstance(data, Mapping) else {}


def as_tuple(data: object) -> tuple[str, ...]:
    """The words of a list, a single word, or none."""
    if isinstance(data, list | tuple):
        return tuple(map(str, data))
    return (str(data),) if data else ()
