"""What a transaction has loaded and locked already, so that nothing is asked twice."""

from dataclasses import dataclass, field
from typing import Any

from rules.nouns.people import Person
from storage.values import Conversation


@dataclass(frozen=True, slots=True)
class Held:
    """Shared by the repositories of one unit; forgotten with it."""

    conversations: dict[int, Conversation] = field(default_factory=dict)  # locked, by person
    people: dict[int, Person] = field(default_factory=dict)
    snapshots: dict[int, dict[str, Any]] = field(default_factory=dict)  # raw answers of locked reviews
