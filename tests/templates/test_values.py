"""Templates and code know each other: each template is named by code, each name in code has its template, and what
is wrong with values is found (every other test has the values it words looked at: tests/conftest.py).
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import templates
from templates.wording import environment
from tests.templates.used import used_by
from tests.templates.watched import wrong

ROOT = Path(templates.__file__).parents[1]

#: Functions whose first argument names a template, and whose names a label.
_NAME_A_TEMPLATE = {"Reply", "message", "reason_in"}


#: A name, or a pattern of names of which the folder or the last part is written out.
_NAME = re.compile(r"\w+/[\w/\[\]+-]+|\[a-z_\]\+/\w+|\w+")


@cache
def trees() -> tuple[ast.Module, ...]:
    files = (file for folder in ("bot", "dialogs", "templates") for file in (ROOT / folder).rglob("*.py"))
    return tuple(ast.parse(file.read_text("utf-8")) for file in files)


def templates_kept() -> set[str]:
    return {name.removesuffix(".j2") for name in environment("vi").list_templates()}


def names_in_code() -> Iterator[str]:
    """Every text in code that may name a template or a label; of one with holes, a pattern."""
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.JoinedStr):
            parts = (re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values)
            yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)


def opened_by_templates() -> set[str]:
    return {name.removesuffix(".j2") for kept in templates_kept() for name in used_by(f"{kept}.j2").opened}


def test_every_template_is_named_by_code_or_opened_by_another():
    named = re.compile("|".join({name for name in names_in_code() if _NAME.fullmatch(name)}))
    labels = {name for name in templates_kept() if name.endswith("labels")}
    assert {name for name in templates_kept() - labels - opened_by_templates() if not named.fullmatch(name)} == set()


def test_every_label_is_named_by_code():
    named = re.compile("|".join({name for name in names_in_code() if _NAME.fullmatch(name)}))
    env = environment("vi")
    labels = {
        f"{name.removesuffix('labels')}{block}"
        for name in templates_kept()
        if name.endswith("labels") and name != "mistake/labels"  # named by the rules alone: test_errors looks at each
        for block in env.get_template(f"{name}.j2").blocks
    }
    assert {label for label in labels if not named.fullmatch(label)} == set()


def test_every_template_that_code_names_is_there():
    calls = (node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    named = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") in _NAME_A_TEMPLATE and isinstance(call.args[0], ast.Constant)
    }
    assert len(named) > 100
    assert named - templates_kept() == set()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"left": 3}, []),
        ({}, ["welcome/unknown_code.j2 uses left, which is not given"]),
        (
            {"left": 3, "not_anywhere": 1},
            ["welcome/unknown_code.j2 is given not_anywhere, which no template uses"],
        ),
    ],
)
def test_values_that_do_not_fit_are_found(values, said):
    assert list(wrong("welcome/unknown_code.j2", values)) == said


def test_what_only_a_branch_uses_is_needed_and_what_is_told_apart_by_kind_is_not():
    needed = used_by("question/ask.j2").needed
    assert {("kept",), ("news", "*", "what"), ("item", "title")} <= needed
    assert not {path for path in needed if path[:2] == ("news", "*") and path[2:] != ("what",)}
