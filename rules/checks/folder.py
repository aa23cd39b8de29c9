"""Checks of a rulebook's folder: its name is the id, and every form file is named after its form."""

from collections.abc import Iterator
from pathlib import PurePath

from rules.checks.sources import Sources
from rules.nouns.errors import Mistake
from rules.reading.folders import Folder
from rules.reading.strict_yaml import as_mapping


def folder_mistakes(of: Folder, sources: Sources) -> Iterator[Mistake]:
    """Ids that differ from the name of the folder or file, by which `extends` and `like` find rulebooks and forms."""
    name = of.place.name
    if as_mapping(sources.book.data).get("id") != name:
        yield sources.book.mistake(("id",), "folder_name", folder=name)
    for form in sources.forms:
        file = PurePath(form.file).stem
        if as_mapping(form.data).get("id") != file:
            yield form.mistake(("id",), "file_name", file=f"{file}.yaml")
