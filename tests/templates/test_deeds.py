"""Every kind of line that the code writes into the audit has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.turn.applying.upward import TOLD as UPWARD
from bot.turn.house import TAKEN_OUT
from rules.nouns.deeds import DEEDS, REFUSED
from rules.nouns.reviews import Outcome
from rules.nouns.rulings import Response
from templates.deeds import deed

ROOT = Path(__file__).parents[2]
KNOWN = {what for some in DEEDS.values() for what in some}

#: What is written down where the word is no constant of the call.
ELSEWHERE = {
    "TAKEN_OUT": {TAKEN_OUT},
    "outcome.value": {one.value for one in Outcome},
    "command.response.value": {one.value for one in Response},
    "TOLD[command.deed]": set(UPWARD.values()),
    "what": {"outside answered", "outside scan"},  # bot/inquiries/answering.py; bot/turn/command_context.py hands it on
}


def written() -> Iterator[str]:
    for file in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record":
                on = ast.unparse(node.func.value)
                if on.endswith("audit"):
                    yield from _words(node.args[1])
                elif on in {"context", "self"}:
                    yield from _words(node.args[0])


def _words(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    else:
        yield from ELSEWHERE[ast.unparse(node)]


def test_every_kind_of_line_that_is_written_is_known():
    found = set(written())
    assert len(found) > 50
    assert found <= KNOWN
    assert KNOWN - found <= {"audit read", "audit exported"}


def test_each_has_its_words():
    for tongue in ("vi", "en"):
        said = {what: deed(what, tongue) for what in KNOWN}
        assert not [what for what, words in said.items() if tongue == "vi" and words == what]
        assert len(set(said.values())) == len(said)
    assert set(REFUSED) <= KNOWN


def test_a_word_of_an_earlier_program_says_itself():
    assert deed("stirred") == "stirred"
