"""No sentence of Vietnamese stands in code: rules, dialogs and storage have none, nor has `bot` but where it speaks to whoever runs it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import templates

ROOT = Path(templates.__file__).parents[1]

#: Where `bot` speaks Vietnamese alone: the terminal, the log and the settings of who runs it; columns of spreadsheets; what the demo plays.
SPEAKS = (
    "bot/cli.py",
    "bot/commands/",
    "bot/data_folder.py",
    "bot/demo/",
    "bot/health/",
    "bot/ledgers/",
    "bot/logs.py",
    "bot/roster/",
    "bot/serving.py",
    "bot/settings.py",
    "bot/telegram/",
    "bot/wiring.py",
    "bot/workdays.py",
)

_VIETNAMESE = re.compile("[À-ÖØ-öø-ſƠ-ưẠ-ỹ]")
_PATTERN = re.compile(r"\\[bswd]|\(\?|^\^")
_FILE = re.compile(r"\.[a-z]{3,4}$| - ")
#: Fewer words are a name or a word that is looked for.
_LEAST = 4


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module; of one with holes what stands around them. Docstrings are none."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, " … ".join(str(one.value) for one in node.values if isinstance(one, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | alone:
            yield node.lineno, node.value


def sentences(file: Path) -> Iterator[str]:
    for line, text in texts(ast.parse(file.read_text(encoding="utf-8"))):
        words = [word for word in text.split() if re.search(r"[^\W\d_]", word)]
        if len(words) >= _LEAST and _VIETNAMESE.search(text) and not (_PATTERN.search(text) or _FILE.search(text)):
            yield f"{file.relative_to(ROOT)}:{line}: {text}"


def found_in(*folders: str) -> list[str]:
    files = (file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))
    return [said for file in files for said in sentences(file)]


def test_no_sentence_stands_in_rules_dialogs_or_storage():
    assert found_in("rules", "dialogs", "storage") == []


def test_bot_has_sentences_only_where_it_speaks_to_who_runs_it():
    found = found_in("bot")
    assert [said for said in found if not said.startswith(SPEAKS)] == []
    assert [place for place in SPEAKS if not any(said.startswith(place) for said in found)] == []


def test_a_sentence_is_told_from_a_name_and_a_pattern(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.templates.test_where_words_are.ROOT", tmp_path)
    (tmp_path / "one.py").write_text(
        '"""Câu này là lời chú thích của tệp."""\n'
        'raise ValueError(f"không đọc được {name} của đợt")\n'
        'NAME = "Phiếu nhận xét để trắng.pdf"\n'
        'WORD = "nhất trí"\n'
        'PATTERN = r"^(?:lúc|vào|ngày|tại|ở)"\n',
        encoding="utf-8",
    )
    assert list(sentences(tmp_path / "one.py")) == ["one.py:2: không đọc được  …  của đợt"]
