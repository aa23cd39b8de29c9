"""What only shows when rows are held side by side: names and keys that lead nowhere, two heads, dates the wrong way."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from bot.roster.columns import PEOPLE_SHEET, UNITS_SHEET
from bot.roster.values import RosterMistake
from bot.roster.worksheet import Worksheet, WorksheetRow
from rules.nouns.values import Subject
from rules.roster.people import OUTSIDE

#: Rows that are no human being: their head speaks for them, and their day in the party is that of their founding.
_BODIES = frozenset({Subject.COLLECTIVE, Subject.PARTY_CELL, Subject.PARTY_GROUP, Subject.ORGANISATION})


def misfits(units: Worksheet, people: Worksheet, posts: Worksheet) -> Iterator[RosterMistake]:
    """All of them; every row by itself is right already."""
    yield from _units(units)
    yield from _in_charge(units, people)
    yield from _people(units, people)
    yield from chain.from_iterable(_service(people, row) for row in people.rows)
    yield from _posts(units, people, posts)
    yield from _heads(people, posts)


def _units(units: Worksheet) -> Iterator[RosterMistake]:
    """One office, known parents, no name twice, no circle."""
    names = Counter(row.text("name") for row in units.rows)
    parents = {row.text("name"): row.text("parent") for row in units.rows}
    roots = [row for row in units.rows if not row.text("parent")]
    if len(roots) != 1:
        yield RosterMistake(
            f"trang “{UNITS_SHEET}”", "Thuộc đơn vị", f"cần đúng một dòng để trống (cơ quan); đang có {len(roots)}"
        )
    for row in units.rows:
        name, parent = row.text("name"), row.text("parent")
        if names[name] > 1:
            yield units.mistake(row, "name", f"“{name}” ghi hai lần")
        if parent and parent not in parents:
            yield units.mistake(row, "parent", _no_unit(parent))
        elif _in_a_circle(name, parents):
            yield units.mistake(row, "parent", f"“{name}” thuộc chính nó theo vòng tròn")


def _in_a_circle(name: str, parents: Mapping[str, str]) -> bool:
    seen = {name}
    while name := parents.get(name, ""):
        if name in seen:
            return True
        seen.add(name)
    return False


def is_outside(authority: str) -> bool:
    """Whether the clerk says that an authority outside the office decides."""
    return authority.casefold() == OUTSIDE


def _in_charge(units: Worksheet, people: Worksheet) -> Iterator[RosterMistake]:
    """Who is named beside a unit is on the roster; its own head is not the leader in charge of it from above."""
    known = {row.text("key"): row for row in people.rows}
    for row in units.rows:
        for key in ("in_charge", "authority"):
            named = row.text(key)
            if named and named not in known and not (key == "authority" and is_outside(named)):
                yield units.mistake(row, key, _no_person(named))
        leader = known.get(row.text("in_charge"))
        if leader and leader.values["role"] == "head" and leader.text("unit") == row.text("name"):
            yield units.mistake(
                row,
                "in_charge",
                f"“{leader.text('key')}” là người đứng đầu của chính đơn vị này; cần lãnh đạo cấp trên",
            )


def _people(units: Worksheet, people: Worksheet) -> Iterator[RosterMistake]:
    """Known units, no number twice, at least one person."""
    if not people.rows:
        yield RosterMistake(f"trang “{PEOPLE_SHEET}”", "", "chưa có người nào")
    known = {row.text("name") for row in units.rows}
    first: dict[str, int] = {}
    for row in people.rows:
        key, unit = row.text("key"), row.text("unit")
        if first.setdefault(key, row.number) != row.number:
            yield people.mistake(row, "key", f"“{key}” đã có ở dòng {first[key]}")
        if unit not in known:
            yield people.mistake(row, "unit", _no_unit(unit))


def _service(people: Worksheet, row: WorksheetRow) -> Iterator[RosterMistake]:
    """Days in their order, and days that need another."""
    known = row.values
    if known["joined"] and known["left"] and known["left"] < known["joined"]:
        yield people.mistake(row, "left", "trước “Ngày vào cơ quan”")
    if known["there_since"] and known["moved_on"] and known["moved_on"] <= known["there_since"]:
        yield people.mistake(row, "moved_on", "phải sau “Ở nơi cũ từ ngày”")
    for key in ("moved_from", "there_since"):
        if known[key] and not known["moved_on"]:
            yield people.mistake(row, key, "đã ghi nơi cũ thì cần ghi “Chuyển đến ngày”")
    if known["party_since"] and not (known["party_member"] or known["subject"] in _BODIES | {Subject.PARTY_MEMBER}):
        yield people.mistake(row, "party_since", "chỉ ghi khi cột “Đảng viên” là có")


def _posts(units: Worksheet, people: Worksheet, posts: Worksheet) -> Iterator[RosterMistake]:
    """Of people on the roster, in known units, in each unit once, and not in their own."""
    known = {row.text("name") for row in units.rows}
    own = {row.text("key"): row.text("unit") for row in people.rows}
    first: dict[tuple[str, str], int] = {}
    for row in posts.rows:
        key, unit = row.text("key"), row.text("unit")
        if key not in own:
            yield posts.mistake(row, "key", _no_person(key))
        if unit not in known:
            yield posts.mistake(row, "unit", _no_unit(unit))
        elif own.get(key) == unit:
            yield posts.mistake(row, "unit", f"“{unit}” đã là đơn vị của người này ở trang “{PEOPLE_SHEET}”")
        elif first.setdefault((key, unit), row.number) != row.number:
            yield posts.mistake(row, "unit", f"“{key}” ở “{unit}” đã có ở dòng {first[key, unit]}")


def _heads(people: Worksheet, posts: Worksheet) -> Iterator[RosterMistake]:
    """At most one head a unit, by first or second post."""
    first: dict[str, str] = {}
    for sheet in (people, posts):
        for row in sheet.rows:
            if row.values["role"] != "head":
                continue
            unit = row.text("unit")
            here = f"dòng {row.number}" + ("" if sheet is people else f" trang “{sheet.name}”")
            if first.setdefault(unit, here) != here:
                yield sheet.mistake(
                    row,
                    "role",
                    f"“{unit}” đã có người đứng đầu ở {first[unit]}; mỗi đơn vị chỉ một người đứng đầu",
                )


def _no_unit(name: str) -> str:
    return f"không có đơn vị “{name}” trong trang “{UNITS_SHEET}”"


def _no_person(key: str) -> str:
    return f"không có mã số “{key}” trong trang “{PEOPLE_SHEET}”"
