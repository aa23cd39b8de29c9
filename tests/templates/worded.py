"""Checks for the messages of every room."""

from importlib.resources import files

from bot.door.words import word
from dialogs.core.turn import Reply


def check_worded(reply: Reply, language: str) -> None:
    """Checks that a reply can be worded, that every button has a label, and that nothing that people wrote (`<script`,
    `{{ 7 * 7 }}`) is interpreted.
    """
    worded = word(reply, language)
    assert worded.html
    assert "<script" not in worded.html
    assert "49" not in worded.html
    assert all(key.label for row in worded.keyboard for key in row)


def messages_in(folder: str) -> set[str]:
    """The messages in a folder, by the names that replies use; without labels and shared parts."""
    kept = {entry.name for entry in files("templates").joinpath("messages", folder).iterdir()}
    return {
        f"{folder}/{name[:-3]}"
        for name in kept
        if name.endswith(".j2") and not name.startswith("_") and name != "labels.j2"
    }
