"""Searching, filtering and sorting a list of people. Conversion from and to the query of an address.

Parameters typed by hand that make no sense are ignored and reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from rules.nouns.values import Rating

#: How far a review can be, in order; `none`: the person has no form in this campaign.
STATES = ("not_begun", "drafting", "returned", "sent", "agreed", "decided", "acknowledged", "none")

#: The columns by which the list can be sorted.
ORDERS = ("unit", "name", "position", "form", "state", "own", "suggested", "ruled", "active")

#: The values of a filter for a rating: the four ratings, and none.
RATINGS = (*(one.value for one in Rating), "none")

#: Lines on a page, and the greatest page number.
ON_A_PAGE = 50
MOST_PAGES = 10_000
#: How many characters of a search are used.
MOST_SOUGHT = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to see of a list. Fields that are 0 or "" do not restrict anything."""

    #: The campaign; 0: the newest.
    dot: int = 0
    q: str = ""
    unit: int = 0
    group: str = ""
    form: str = ""
    state: str = ""
    late: bool = False
    own: str = ""
    suggested: str = ""
    proposed: str = ""
    ruled: str = ""
    #: Who has the review now.
    holder: int = 0
    #: The column to sort by; `down` reverses the order.
    by: str = "unit"
    down: bool = False
    page: int = 1

    @property
    def first(self) -> int:
        """How many lines come before this page."""
        return (self.page - 1) * ON_A_PAGE

    @property
    def narrowed(self) -> bool:
        """Whether the list is restricted in any way."""
        return replace(self, dot=0, by="unit", down=False, page=1) != Wanted()


@dataclass(frozen=True, slots=True)
class AskedList:
    """What an address asks for. `lost`: the names of parameters that made no sense."""

    wanted: Wanted
    lost: tuple[str, ...] = field(default=())


#: Field → its possible words. Other fields hold a number, yes or no, or any text.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "state": STATES,
    "own": RATINGS,
    "suggested": RATINGS,
    "proposed": RATINGS,
    "ruled": RATINGS,
    "by": ORDERS,
}
_NOTHING = Wanted()

#: Field → its name in addresses, if that differs.
_NAMES: Mapping[str, str] = {
    "unit": "donvi",
    "group": "nhom",
    "form": "mau",
    "state": "buoc",
    "late": "cham",
    "own": "tu",
    "suggested": "goiy",
    "proposed": "denghi",
    "ruled": "ketqua",
    "holder": "o",
    "by": "theo",
    "down": "nguoc",
    "page": "trang",
}
#: Field → its name in addresses.
NAMES: Mapping[str, str] = {one.name: _NAMES.get(one.name, one.name) for one in fields(Wanted)}


def asked(query: Mapping[str, str]) -> AskedList:
    """What the query of an address asks for."""
    values: dict[str, Any] = {}
    lost = []
    for one in fields(Wanted):
        text = query.get(NAMES[one.name], "").strip()
        if not text:
            continue
        value = _read(one.name, text)
        if value is None:
            lost.append(one.name)
        else:
            values[one.name] = value
    return AskedList(replace(_NOTHING, **values), tuple(lost))


def _read(name: str, text: str) -> object:
    usual = getattr(_NOTHING, name)
    if isinstance(usual, bool):
        return {"1": True, "0": False}.get(text)
    if isinstance(usual, int):
        number = number_of(text)
        return number if number >= usual and (name != "page" or number <= MOST_PAGES) else None
    if name in _WORDS:
        return text if text in _WORDS[name] else None
    return text[:MOST_SOUGHT] if "\0" not in text else None  # no database keeps it, so none can be asked for it


def number_of(text: str) -> int:
    """A number in an address; -1 if it is none or too long."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def query_of(wanted: Wanted, **changed: Any) -> dict[str, str]:
    """The query parameters of an address: everything that differs from the default. Any change except of the page
    returns to the first page.
    """
    changed.setdefault("page", 1)
    then = replace(wanted, **changed)
    found = {}
    for one in fields(Wanted):
        value = getattr(then, one.name)
        if value != getattr(_NOTHING, one.name):
            found[NAMES[one.name]] = str(int(value)) if isinstance(value, bool) else str(value)
    return found
