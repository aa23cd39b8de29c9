"""Reading the content of a happening (lists, numbers, words), and changing the one item that it concerns."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rules.meeting.happenings import Happening
from rules.meeting.nouns.items import Item, Words
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.reviews import Json

#: How one happening changes a meeting.
Change = Callable[[Meeting, Happening], Meeting]


def several(data: Mapping[str, Json], key: str) -> list[Any]:
    """A list in the happening; empty if there is none."""
    found = data.get(key)
    return found if isinstance(found, list) else []


def number(one: Happening) -> int:
    """The number of the words concerned; 0: none."""
    found = one.data.get("number")
    return found if isinstance(found, int) else 0


def said(meeting: Meeting, one: Happening) -> Words:
    """Words of a person and, if somebody else wrote them down, by whom."""
    person = one.person or one.by
    known = meeting.name(person) or str(one.data.get("name", ""))
    item = meeting.item(one.item) if one.item else None
    name = known or (item.name if item and item.person == person else one.by_name)
    taken = one.by_name if person != one.by else ""
    return Words(one.number, person, name, one.text, one.at, taken)


def of_item(meeting: Meeting, one: Happening, change: Callable[[Item], Item]) -> Meeting:
    """The meeting with one item changed."""
    return replace(meeting, items=tuple(change(item) if item.review == one.item else item for item in meeting.items))
