"""Files the desk is handed: whatever a dialog hands out can be made, and is called after what it is written in."""

import ast
from pathlib import Path

import dialogs
from bot.campaign.desk_files import DESK_FILES, OF_ONE
from dialogs.core.turn import DeskFile


def handed_out() -> set[DeskFile]:
    """Every desk file that the dialogs' source names."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in Path(dialogs.__path__[0]).rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "DeskFile"]
    return {DeskFile(*map(said, call.args)) for call in named}


def said(given: ast.expr) -> str:
    """What stands there; of a name that says whom it is about, the first word; of a kind that only the file has, nothing."""
    if isinstance(given, ast.JoinedStr):
        return str(ast.literal_eval(given.values[0])).partition("_")[0]
    return str(ast.literal_eval(given)) if isinstance(given, ast.Constant) else ""


def test_every_file_that_is_handed_out_can_be_made():
    assert {file.name for file in handed_out()} == DESK_FILES.keys() | OF_ONE.keys()


def test_a_file_is_called_after_what_it_is_written_in():
    named = [file for file in handed_out() if file.name in DESK_FILES]
    assert all(DESK_FILES[file.name].file_name.endswith(f".{file.kind}") for file in named)
