"""Creates an office's own rulebook: a folder with a valid, commented `book.yaml`."""

import re
from collections.abc import Callable
from pathlib import Path

from rules.book.rulebook import Rulebook
from rules.nouns.errors import NamedError
from templates.rulebook.skeleton import skeleton

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def start(folder: Path, extends: tuple[str, ...], year: int, load: Callable[[str], Rulebook]) -> None:
    """Create the folder and its files. Raises TusoiError when it exists, cannot be created, or nothing can be extended."""
    name = folder.absolute().name
    if not _ID.fullmatch(name):
        raise NamedError("book_folder_name", folder=folder)
    if folder.exists():
        raise NamedError("book_folder_there", folder=folder)
    parents = tuple(load(one) for one in extends)
    text = skeleton(name, parents, year)
    try:
        for part in ("forms", "scenarios", "scores"):
            (folder / part).mkdir(parents=True)
        (folder / "book.yaml").write_text(text, encoding="utf-8")
    except OSError as error:
        raise NamedError("book_folder_not_made", folder=folder, told=error.strerror) from error
