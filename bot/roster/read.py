"""From the file to the roster, or all that is wrong with it at once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.roster.columns import PEOPLE_SHEET, UNITS_SHEET
from bot.roster.sheet import Row, open_workbook, read_rows
from bot.roster.values import Roster, RosterErrors, RosterMistake, RosterPerson, RosterUnit
from rules.values import Subject


def read_roster(path: Path) -> Roster:
    """The roster of the file. Raises RosterErrors naming every mistake with its cell."""
    workbook = open_workbook(path)
    units, unit_mistakes = read_rows(workbook, UNITS_SHEET)
    people, people_mistakes = read_rows(workbook, PEOPLE_SHEET)
    mistakes = [*unit_mistakes, *people_mistakes]
    if not mistakes:
        mistakes = [*_units_that_do_not_fit(units), *_people_that_do_not_fit(units, people)]
    if mistakes:
        raise RosterErrors(tuple(mistakes))
    return Roster(tuple(map(_unit, units)), tuple(map(_person, people)))


def _unit(row: Row) -> RosterUnit:
    return RosterUnit(row.text("name"), row.text("parent"), row.text("above"), desk=bool(row.values["desk"]))


def _person(row: Row) -> RosterPerson:
    subject = row.values["subject"]
    assert isinstance(subject, Subject)
    return RosterPerson(
        key=row.text("key"),
        name=row.text("name"),
        position=row.text("position"),
        unit=row.text("unit"),
        subject=subject,
        leader=bool(row.values["leader"]) or bool(row.values["role"]),
        role=row.text("role"),
        party_member=bool(row.values["party_member"]),
        serves_public=bool(row.values["serves_public"]),
    )


def _units_that_do_not_fit(units: list[Row]) -> Iterator[RosterMistake]:
    """One office, known parents, no name twice, no circle."""
    names = Counter(row.text("name") for row in units)
    parents = {row.text("name"): row.text("parent") for row in units}
    roots = [row for row in units if not row.text("parent")]
    if len(roots) != 1:
        yield RosterMistake(
            f"trang “{UNITS_SHEET}”", "Thuộc đơn vị", f"cần đúng một dòng để trống (cơ quan); đang có {len(roots)}"
        )
    for row in units:
        name, parent = row.text("name"), row.text("parent")
        if names[name] > 1:
            yield RosterMistake(f"{UNITS_SHEET}!A{row.number}", "Tên đơn vị", f"“{name}” ghi hai lần")
        if parent and parent not in parents:
            yield RosterMistake(
                f"{UNITS_SHEET}!B{row.number}",
                "Thuộc đơn vị",
                f"không có đơn vị “{parent}” trong trang “{UNITS_SHEET}”",
            )
        elif _in_a_circle(name, parents):
            yield RosterMistake(
                f"{UNITS_SHEET}!B{row.number}", "Thuộc đơn vị", f"“{name}” thuộc chính nó theo vòng tròn"
            )


def _in_a_circle(name: str, parents: dict[str, str]) -> bool:
    seen = {name}
    while name := parents.get(name, ""):
        if name in seen:
            return True
        seen.add(name)
    return False


def _people_that_do_not_fit(units: list[Row], people: list[Row]) -> Iterator[RosterMistake]:
    """Known units, no number twice, at most one head a unit, at least one person."""
    if not people:
        yield RosterMistake(f"trang “{PEOPLE_SHEET}”", "", "chưa có người nào")
    known = {row.text("name") for row in units}
    first_with_key: dict[str, int] = {}
    first_head: dict[str, int] = {}
    for row in people:
        key, unit = row.text("key"), row.text("unit")
        if first_with_key.setdefault(key, row.number) != row.number:
            yield RosterMistake(f"{PEOPLE_SHEET}!A{row.number}", "Mã số", f"“{key}” đã có ở dòng {first_with_key[key]}")
        if unit not in known:
            yield RosterMistake(
                f"{PEOPLE_SHEET}!D{row.number}", "Đơn vị", f"không có đơn vị “{unit}” trong trang “{UNITS_SHEET}”"
            )
        if row.values["role"] == "head" and first_head.setdefault(unit, row.number) != row.number:
            yield RosterMistake(
                f"{PEOPLE_SHEET}!G{row.number}",
                "Vai trò trong đơn vị",
                f"“{unit}” đã có người đứng đầu ở dòng {first_head[unit]}; mỗi đơn vị chỉ một người đứng đầu",
            )
