"""A rulebook's own files. What it inherits is checked in its own file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rules.nouns.values import Subject
from rules.reading.strict_yaml import Path, YamlDocument, as_mapping


@dataclass(frozen=True, slots=True)
class Sources:
    """`book.yaml` and the form files."""

    book: YamlDocument
    forms: tuple[YamlDocument, ...]

    def entries(self, part: str) -> Iterator[tuple[Path, Any]]:
        """The entries of a list of `book.yaml`, with their places."""
        given = as_mapping(self.book.data).get(part, [])
        yield from (((part, number), entry) for number, entry in enumerate(given))

    def ratings_of(self, subject: Subject, *, leader: bool) -> Path | None:
        """The place of the ratings of a kind of subject; None if they are inherited."""
        wanted = {"subject": subject, "leader": leader}
        return next((path for path, entry in self.entries("ratings") if entry["for"] == wanted), None)

    def form(self, id_: str) -> YamlDocument | None:
        """The file of a form; None if it is inherited."""
        return next((form for form in self.forms if as_mapping(form.data).get("id") == id_), None)
