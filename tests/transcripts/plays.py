"""The plays of the transcripts. Each is played once in a run, by the test that asks first."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from tests.transcripts.playing import Playing


@dataclass(frozen=True, slots=True)
class Played:
    """A transcript written anew, with the templates and labels that it used."""

    text: str
    templates: frozenset[str]
    labels: frozenset[str]


class Plays:
    """The plays of this run, in a folder that all its processes share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def of(self, file: Path) -> Played:
        """The play of this transcript."""
        kept = self._folder / f"{file.stem}.json"
        if not kept.exists():
            playing = Playing()
            text = playing.whole(file.read_text("utf-8"))
            told = {"text": text, "templates": [*playing.templates], "labels": [*playing.labels]}
            half = kept.with_suffix(f".{os.getpid()}")
            half.write_text(json.dumps(told), "utf-8")
            half.rename(kept)
        told = json.loads(kept.read_text("utf-8"))
        return Played(told["text"], frozenset(told["templates"]), frozenset(told["labels"]))
