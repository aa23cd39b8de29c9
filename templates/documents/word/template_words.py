"""The template language allowed in an office's own template: naming what a paper has, conditions, and loops over its
lists. Calls, concatenation, arithmetic and other lookups are refused, so that the author of a template can neither read
more than the paper nor keep the program busy.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from jinja2 import nodes

from templates.documents import blocks

#: The types that make up a paper and its blocks.
_MADE_OF = (
    *(blocks.Run, blocks.Paragraph, blocks.Blank, blocks.TableColumn, blocks.TotalCell, blocks.Table),
    *(blocks.SignatureBlock, blocks.Signatures, blocks.Heading),
)
_PAPER = frozenset(field.name for field in fields(blocks.Paper))
_PARTS = frozenset(field.name for one in _MADE_OF for field in fields(one))
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_FILTERS = frozenset({"e", "escape", "upper", "lower", "round", "int", "join", "length", "trim", "first", "last"})
#: Maximum length of the text between joined elements.
_BETWEEN = 40
#: Maximum nesting of loops: the cells of a row of a table.
_DEEPEST = 3

_SAID = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.CondExpr),
    *(nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Mul, nodes.Filter, nodes.Tuple),
)


@dataclass(frozen=True, slots=True)
class Misuse:
    """A forbidden construct. `what`: `unknown` (a name no paper has), `not_allowed`, or `deep` (too many nested loops)."""

    what: Literal["unknown", "not_allowed", "deep"]
    said: str


def misused(template: nodes.Template) -> Iterator[Misuse]:
    """All forbidden constructs, in the order of the text."""
    yield from _in(template, frozenset({"paper"}), 0)


def _in(node: nodes.Node, known: frozenset[str], depth: int) -> Iterator[Misuse]:
    found = _of(node, known, depth)
    if found:
        yield found
        return
    if isinstance(node, nodes.For):
        yield from _in(node.iter, known, depth)
        named = {one.name for one in (node.target, *node.target.find_all(nodes.Name)) if isinstance(one, nodes.Name)}
        for child in (*node.body, *node.else_):
            yield from _in(child, known | named | {"loop"}, depth + 1)
        return
    for child in node.iter_child_nodes():
        yield from _in(child, known, depth)


def _of(node: nodes.Node, known: frozenset[str], depth: int) -> Misuse | None:
    match node:
        case nodes.Name(name=name) if name not in known:
            return Misuse("unknown", name)
        case nodes.Getattr():
            of = node.node.name if isinstance(node.node, nodes.Name) else ""
            has = {"paper": _PAPER, "loop": _LOOP}.get(of, _PARTS)
            return None if node.attr in has else Misuse("unknown", f"{of}.{node.attr}" if of else node.attr)
        case nodes.Getitem() if not _is_place(node.arg):
            return Misuse("not_allowed", "[ ]")
        case nodes.Filter() if node.name not in _FILTERS:
            return Misuse("not_allowed", f"| {node.name}")
        case nodes.Filter() if (node.args or node.kwargs) and not _is_joining(node):
            return Misuse("not_allowed", f"| {node.name}( )")
        case nodes.Mul() if not any(
            isinstance(one, nodes.Const) and isinstance(one.value, float) for one in (node.left, node.right)
        ):
            return Misuse("not_allowed", "*")  # a width in other units; words are not multiplied by 0.5
        case nodes.For():
            return _of_loop(node, depth)
        case _:
            return None if isinstance(node, _SAID) else Misuse("not_allowed", type(node).__name__.lower())


def _of_loop(node: nodes.For, depth: int) -> Misuse | None:
    """A nested loop must go through a list of the outer loop's element, so that the total output is bounded by the size
    of the paper.
    """
    if node.recursive or node.test:
        return Misuse("not_allowed", "for")
    if depth >= _DEEPEST:
        return Misuse("deep", str(_DEEPEST))
    root: nodes.Node = node.iter
    while isinstance(root, nodes.Getattr | nodes.Getitem):
        root = root.node
    if not isinstance(root, nodes.Name) or (depth and root.name == "paper"):
        return Misuse("not_allowed", "for")
    return None


def _is_place(arg: nodes.Node) -> bool:
    if isinstance(arg, nodes.Const):
        return isinstance(arg.value, int)
    return isinstance(arg, nodes.Getattr) and isinstance(arg.node, nodes.Name) and arg.node.name == "loop"


def _is_joining(node: nodes.Filter) -> bool:
    """Whether the filter joins a list once, with a short separator. Joining repeatedly, or by what was joined, would
    grow without bound. No other filter may have arguments: `round`, for instance, would compute any number of places.
    """
    between = [one.value for one in node.args if isinstance(one, nodes.Const)]
    short = len(between) == 1 and isinstance(between[0], str) and len(between[0]) <= _BETWEEN
    again = node.node is not None and any(one.name == "join" for one in _filters(node.node))
    return node.name == "join" and len(node.args) == 1 and short and not node.kwargs and not again


def _filters(node: nodes.Node) -> Iterator[nodes.Filter]:
    if isinstance(node, nodes.Filter):
        yield node
    yield from node.find_all(nodes.Filter)
