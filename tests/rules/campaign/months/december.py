"""The roster of a fictional department at the end of 2026: 24 people, two of whom hold nothing else in common with a
third, their leadership, one of two party cells, the department itself, and a centre that is a public service unit.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from rules.campaign.opening.around import OfficeAround, around
from rules.campaign.opening.due_forms import asked_of
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.periods import Period, period
from rules.nouns.service import Leave, LeaveKind, Leaving, Service
from rules.nouns.values import Subject
from rules.reading.load import load
from rules.reading.selecting import scopes

DEPARTMENT = "Sở Nông nghiệp và Môi trường tỉnh Thạch Lâm"
UNITS = {
    1: DEPARTMENT,
    2: "Văn phòng Sở",
    3: "Phòng Kế hoạch - Tài chính",
    4: "Phòng Quản lý đất đai",
    5: "Phòng Quản lý môi trường",
    6: "Trung tâm Quan trắc",
}
_O, _E, _W = Subject.OFFICIAL, Subject.EMPLOYEE, Subject.WORKER
_OFFICE_CELL, _FIELD_CELL = "Chi bộ Văn phòng - Kế hoạch", "Chi bộ Chuyên môn"
_CELLS = {1: _OFFICE_CELL, 2: _OFFICE_CELL, 3: _OFFICE_CELL}

#: Number, position, unit, subject, role ("" none), party member, service.
_Row = tuple[int, str, int, Subject, str, bool, Service]
_ROWS: Sequence[_Row] = (
    (1, "Giám đốc Sở", 1, _O, "head", True, Service()),
    (2, "Phó Giám đốc Sở", 1, _O, "deputy", True, Service()),
    (3, "Phó Giám đốc Sở", 1, _O, "deputy", True, Service()),
    (4, "Chánh Văn phòng", 2, _O, "head", True, Service()),
    (5, "Phó Chánh Văn phòng", 2, _O, "deputy", True, Service()),
    (
        6,
        "Chuyên viên",
        2,
        _O,
        "",
        True,
        Service(dt.date(2026, 7, 1), moved_on=dt.date(2026, 7, 1), moved_from="UBND xã Bản Vàng"),
    ),
    (7, "Văn thư viên", 2, _O, "", False, Service()),
    (8, "Nhân viên lái xe", 2, _W, "", False, Service()),
    (9, "Nhân viên phục vụ", 2, _W, "", True, Service(party_since=dt.date(2020, 5, 19))),
    (10, "Trưởng phòng", 3, _O, "head", True, Service()),
    (11, "Phó Trưởng phòng", 3, _O, "deputy", True, Service()),
    (
        12,
        "Chuyên viên",
        3,
        _O,
        "",
        True,
        Service(leaves=(Leave(LeaveKind.MATERNITY, dt.date(2026, 8, 1), dt.date(2027, 1, 31)),)),
    ),
    (13, "Chuyên viên chính", 3, _O, "", True, Service(left=dt.date(2026, 12, 15), left_as=Leaving.RETIRED)),
    (14, "Trưởng phòng", 4, _O, "head", True, Service()),
    (15, "Phó Trưởng phòng", 4, _O, "deputy", True, Service()),
    (16, "Chuyên viên", 4, _O, "", True, Service()),
    (17, "Chuyên viên", 4, _O, "", True, Service(party_since=dt.date(2026, 3, 12))),
    (18, "Trưởng phòng", 5, _O, "head", True, Service()),
    (19, "Chuyên viên", 5, _O, "", False, Service()),
    (20, "Chuyên viên", 5, _O, "", False, Service(dt.date(2026, 8, 1))),
    (21, "Phó Giám đốc Trung tâm", 6, _E, "deputy", True, Service()),
    (22, "Quan trắc viên hạng III", 6, _E, "", True, Service()),
    (23, "Quan trắc viên hạng III", 6, _E, "", False, Service()),
    (24, "Nhân viên phòng thí nghiệm", 6, _W, "", False, Service()),
)
_CELL_BORN = Service(party_since=dt.date(2020, 7, 1))
BOOKS = ("decree-335-2025", "decree-233-2026", "decree-90-2020", "party-2025")


def people() -> list[Person]:
    """All people and bodies of the roster, at all their posts."""
    listed = [_person(row) for row in _ROWS]
    centre = replace(
        listed[2], position="Giám đốc Trung tâm", unit_id=6, unit=UNITS[6], head=True, deputy=False, post=1
    )
    return [
        *listed,
        centre,
        _body(31, "Tập thể lãnh đạo Sở", Subject.COLLECTIVE),
        replace(_body(32, _OFFICE_CELL, Subject.PARTY_CELL), service=_CELL_BORN),
        _body(33, "Sở Nông nghiệp và Môi trường", Subject.ORGANISATION),
    ]


def known(settings: OfficeSettings, books: Sequence[str] = BOOKS, name: str = "year") -> OfficeAround:
    """What a campaign with these rulebooks knows about the department."""
    day = period(2026, name).as_of
    shelf = [load(book, day) for book in books]
    return around(people(), settings, scopes(shelf, day, lambda book: load(book, day)), UNITS)


def asked(settings: OfficeSettings, name: str = "year", books: Sequence[str] = BOOKS) -> dict[str, list[str]]:
    """Number and post → the forms that are owed, each as `rulebook/form`."""
    span = period(2026, name)
    shelf = [load(book, span.as_of) for book in books]
    around_it = known(settings, books, name)
    return {_called(one): _forms(one, shelf, span, around_it) for one in people()}


def _forms(person: Person, shelf: Sequence, span: Period, around_it: OfficeAround) -> list[str]:  # type: ignore[type-arg]
    return [f"{due.rulebook}/{due.form}" for due in asked_of(shelf, person, span, around_it).forms]


def _called(person: Person) -> str:
    return f"{person.id}/{person.post}" if person.post else str(person.id)


def _person(row: _Row) -> Person:
    number, position, unit, subject, role, member, service = row
    since = service.party_since or (dt.date(2015, 5, 19) if member else None)
    return Person(
        number,
        f"TL-{number:03}",
        position,
        unit,
        UNITS[unit],
        DEPARTMENT,
        subject,
        leader=bool(role),
        head=role == "head",
        deputy=role == "deputy",
        party_member=member,
        service=replace(service, party_since=since, party_cell=_CELLS.get(unit, _FIELD_CELL) if member else ""),
    )


def _body(number: int, name: str, subject: Subject) -> Person:
    return Person(number, name, "", 1, DEPARTMENT, DEPARTMENT, subject)
