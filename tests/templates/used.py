"""The values of a reply that templates use, on all branches, including those not taken.

A use is a path: ("said", "text") is `said.text`, ("news", EACH, "what") the `what` of every line of `news`. A use is
conditional if it is under a test about the same thing: lines that differ by their `what`, or refusals that differ by
their `why`, have different values for each kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import nodes

from templates.wording import environment

EACH = "*"

#: As the last part of a path: everything below it.
BELOW = ""

Path = tuple[str, ...]

#: Filters that pass the same things on.
_SAME = {"list", "selectattr", "rejectattr", "sort", "reverse", "unique", "default"}


@dataclass
class Uses:
    """The uses of a template. `needed`: those without a condition; `all`: every path that is used; `opened`: the
    templates that were read for it.
    """

    needed: set[Path] = field(default_factory=set)
    all: set[Path] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)


@cache
def used_by(template: str, block: str = "") -> Uses:
    """The uses of a template, or of one of its blocks."""
    reading = _Reading(Uses())
    for part in _blocks(template)[block] if block else _tree(template).body:
        reading.visit(part)
    return reading.uses


@cache
def _tree(template: str) -> nodes.Template:
    env = environment("vi")
    source, _, _ = env.loader.get_source(env, template)
    return env.parse(source)


@cache
def _blocks(template: str) -> dict[str, list[nodes.Block]]:
    """Name → blocks with that name. Cached, so that a file of hundreds of labels is walked only once."""
    found: dict[str, list[nodes.Block]] = defaultdict(list)
    for block in _tree(template).find_all(nodes.Block):
        found[block.name].append(block)
    return found


@cache
def _macros(template: str) -> dict[str, nodes.Macro]:
    return {macro.name: macro for macro in _tree(template).find_all(nodes.Macro)}


class _Reading:
    def __init__(self, uses: Uses) -> None:
        self.uses = uses
        self._scopes: list[dict[str, Path | None]] = [{}]  # name → path; None: it stands for no given value
        self._macros: list[dict[str, tuple[str, nodes.Macro]]] = [{}]
        self._about: list[set[Path]] = []  # the paths that enclosing tests are about; uses below them are conditional
        self._calls: list[tuple[Any, ...]] = []
        self._expanded: set[tuple[Any, ...]] = set()

    # ── walking ────────────────────────────────────────────────────────────────────────────────

    def visit(self, node: nodes.Node) -> None:
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method:
            method(node)
            return
        if isinstance(node, nodes.Expr):
            self._use(self._path(node))
        else:
            for child in node.iter_child_nodes():
                self.visit(child)

    def _macro(self, node: nodes.Macro) -> None:
        self._macros[-1][node.name] = ("", node)

    def _if(self, node: nodes.If) -> None:
        self.visit(node.test)
        self._under(node.test, [*node.body, *node.elif_])
        self._under(node.test, node.else_)

    def _condexpr(self, node: nodes.CondExpr) -> None:
        self.visit(node.test)
        self._under(node.test, [node.expr1, *([node.expr2] if node.expr2 else [])])

    def _and(self, node: nodes.And) -> None:
        self.visit(node.left)
        self._under(node.left, [node.right])

    _or = _and

    def _under(self, test: nodes.Expr, parts: Iterable[nodes.Node]) -> None:
        names = _within(test, (nodes.Name, nodes.Getattr, nodes.Getitem))
        paths = {path for name in names if (path := self._quietly(name))}
        about = {path for path in paths if path[:-1]} | {path[:-1] for path in paths if path[:-1]}
        about |= {(*path, BELOW) for path in paths}
        compared = _within(test, (nodes.Compare,))
        kinds = {self._quietly(one.expr) for one in compared if isinstance(one, nodes.Compare) and _is_of_a_kind(one)}
        about |= {path[:-1] for path in kinds if path}
        defined = _within(test, (nodes.Test,))
        about |= {self._quietly(one.node) for one in defined if isinstance(one, nodes.Test) and one.name == "defined"}
        self._about.append(about - {None})
        for part in parts:
            self.visit(part)
        self._about.pop()

    def _for(self, node: nodes.For) -> None:
        path = self._path(node.iter)
        self._use(path)
        self._scopes.append({"loop": None})
        self._bind(node.target, (*path, EACH) if path else None)
        parts = [*([node.test] if node.test else []), *node.body]
        if node.test:
            self._under(node.test, parts)
        else:
            for part in parts:
                self.visit(part)
        self._scopes.pop()
        for part in node.else_:
            self.visit(part)

    def _assign(self, node: nodes.Assign) -> None:
        path = self._path(node.node)
        self._use(path)
        self._bind(node.target, path)

    def _assignblock(self, node: nodes.AssignBlock) -> None:
        for part in node.body:
            self.visit(part)
        self._bind(node.target, None)

    def _with(self, node: nodes.With) -> None:
        paths = [self._path(value) for value in node.values]
        self._scopes.append({})
        for target, path in zip(node.targets, paths, strict=True):
            self._use(path)
            self._bind(target, path)
        for part in node.body:
            self.visit(part)
        self._scopes.pop()

    def _bind(self, target: nodes.Node, path: Path | None) -> None:
        if isinstance(target, nodes.Name):
            self._scopes[-1][target.name] = path
        elif isinstance(target, nodes.Tuple):
            for one in target.items:
                self._bind(one, (*path, EACH) if path else None)

    def _include(self, node: nodes.Include) -> None:
        if isinstance(node.template, nodes.Const):
            self._read(node.template.value)
            return
        self._use(self._path(node.template))
        start = next(iter(node.template.find_all(nodes.Const))).value
        about = {path for one in node.template.find_all(nodes.Getattr) if (path := self._quietly(one.node))}
        self._about.append(about)
        for name in environment("vi").list_templates():
            if name.startswith(start):
                self._read(name)
        self._about.pop()

    def _read(self, template: str) -> None:
        self.uses.opened.add(template)
        self._scopes.append({})
        self._macros.append({})
        for part in _tree(template).body:
            self.visit(part)
        self._macros.pop()
        self._scopes.pop()

    def _fromimport(self, node: nodes.FromImport) -> None:
        template = node.template.value
        self.uses.opened.add(template)
        for name in node.names:
            there, here = name if isinstance(name, tuple) else (name, name)
            self._macros[-1][here] = (template, _macros(template)[there])

    # ── expressions ────────────────────────────────────────────────────────────────────────────

    def _path(self, node: nodes.Node | None) -> Path | None:  # noqa: C901 - one line for each kind of node
        """The path that an expression stands for. Everything it looks at on the way counts as used."""
        match node:
            case nodes.Name():
                return self._stands_for(node.name)
            case nodes.Getattr():
                return self._below(node.node, node.attr)
            case nodes.Getitem():
                return self._below(node.node, self._key(node.arg))
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test(name="defined"):
                self.uses.all |= {path} if (path := self._quietly(node.node)) else set()
            case nodes.CondExpr() | nodes.And() | nodes.Or():
                self.visit(node)
            case nodes.Node():
                self._visit_all(node.iter_child_nodes())
        return None

    def _visit_all(self, parts: Iterable[nodes.Node]) -> None:
        for part in parts:
            self.visit(part)

    def _below(self, node: nodes.Node, key: str) -> Path | None:
        path = self._path(node)
        return (*path, key) if path else None

    def _key(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return node.value
        self.visit(node)
        return EACH

    def _filter(self, node: nodes.Filter) -> Path | None:
        for part in (*node.args, *node.kwargs):
            self.visit(part)
        path = self._path(node.node)
        if path is None:
            return None
        attributes = [one.value.value for one in node.kwargs if one.key == "attribute"]
        attributes += [one.value for one in node.args[:1] if node.name.endswith("attr")]
        for attribute in attributes:
            self._use((*path, EACH, attribute))
        if node.name in {"first", "last"}:
            return (*path, EACH)
        if node.name in _SAME:
            return path
        self._use(path)
        return None

    def _call(self, node: nodes.Call) -> Path | None:
        given = [self._path(one) for one in node.args]
        named = {one.key: self._path(one.value) for one in node.kwargs}
        for path in (*given, *named.values()):
            self._use(path)
        if isinstance(node.node, nodes.Name) and (macro := self._macro_called(node.node.name)):
            self._expand(*macro, given, named)
        elif isinstance(node.node, nodes.Getattr):
            self._use(path := self._path(node.node.node))
            if node.node.attr in {"items", "values"} and path:
                return path
        return None

    def _macro_called(self, name: str) -> tuple[str, nodes.Macro] | None:
        return next((macros[name] for macros in reversed(self._macros) if name in macros), None)

    def _expand(
        self, template: str, macro: nodes.Macro, given: list[Path | None], named: dict[str, Path | None]
    ) -> None:
        names = [argument.name for argument in macro.args]
        scope = dict.fromkeys(names) | dict(zip(names, given, strict=False)) | named
        call = (template, macro.name, tuple(scope.values()))
        if call in self._calls:
            return
        if (
            template
        ):  # the same call under the same tests uses nothing new; a macro of this template also sees its surroundings
            read = (call, frozenset().union(*self._about))
            if read in self._expanded:
                return
            self._expanded.add(read)
        self._calls.append(call)
        scopes, macros = self._scopes, self._macros
        self._scopes = [scope] if template else [*scopes, scope]
        if template:
            self._macros = [{name: (template, one) for name, one in _macros(template).items()}]
            for part in _tree(template).body:
                if isinstance(part, nodes.FromImport):
                    self._fromimport(part)
        for part in macro.body:
            self.visit(part)
        self._scopes, self._macros = scopes, macros
        self._calls.pop()

    def _stands_for(self, name: str) -> Path | None:
        if name in environment("vi").globals or self._macro_called(name):
            return None
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        return (name,)

    # ── uses ───────────────────────────────────────────────────────────────────────────────────

    def _quietly(self, node: nodes.Node) -> Path | None:
        """The path of an expression, without counting it as used."""
        match node:
            case nodes.Name():
                return self._stands_for(node.name)
            case nodes.Getattr():
                path = self._quietly(node.node)
                return (*path, node.attr) if path else None
        return None

    def _use(self, path: Path | None) -> None:
        if path is None:
            return
        self.uses.all.add(path)
        above = {about for paths in self._about for about in paths}
        tested = any(path[:length] in above for length in range(len(path) + 1))
        if not tested and not any((*path[:length], BELOW) in above for length in range(1, len(path))):
            self.uses.needed.add(path)


@cache
def _within(test: nodes.Expr, kinds: tuple[type[nodes.Node], ...]) -> Sequence[nodes.Node]:
    """The test itself and the nodes of these kinds in it. Cached, because a macro is read again at each call."""
    return [test, *test.find_all(kinds)]


def _is_of_a_kind(test: nodes.Compare) -> bool:
    """Whether a comparison asks for a kind: `why == "late"`, `why in ("late", "gone")`."""
    compared = test.ops[0].expr
    several = compared.items if isinstance(compared, nodes.Tuple | nodes.List) else [compared]
    return all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in several)
