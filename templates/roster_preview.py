"""What importing a roster would change, in words, for the command line and the chat."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from rules.nouns.values import Subject
from rules.roster.changes import Absent, HeadChange, Leaver, PersonChange, Reused, RosterChanges, Slip, UnitChange
from rules.roster.people import RosterPerson, RosterPost, RosterUnit
from templates.rulebook.words import SUBJECTS

#: So many of a kind are named; the rest are counted.
MOST_NAMED = 20
#: A roster that sends away more than this part of the people kept is rather an incomplete file.
_TOO_MANY_LEAVE = 1 / 3
_ROLES = {"head": "người đứng đầu", "deputy": "cấp phó"}

One = TypeVar("One")


def told(change: RosterChanges, office: str, people_kept: int, titles: Mapping[str, str]) -> str:
    """Counts, then who. `people_kept`: how many are here now (0: the office is new); `titles`: of the file's columns."""
    if change.nothing:
        return f"{office}: danh sách không có gì thay đổi.\n"
    kinds = list(sections(change, titles))
    first = f"{office}: {'cơ quan mới' if not people_kept else 'thay đổi so với danh sách đang lưu'}"
    counts = [f"  {title}: {len(lines)}" for title, lines in kinds]
    named = [line for title, lines in kinds for line in ("", f"{title} ({len(lines)})", *_first(lines))]
    return "\n".join([first, *counts, *warnings(change, people_kept), *named]) + "\n"


def mistakes_told(change: RosterChanges) -> list[str]:
    """Why the roster may not be imported, a line each; none when it may."""
    return [_mistake(one) for one in change.mistakes]


def sections(change: RosterChanges, titles: Mapping[str, str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Title and lines of every kind of change there is."""
    leaving = {leaver.id for leaver in change.left}
    others = [one for one in change.changed if _further(one) and one.id not in leaving]
    sections = (
        ("Đơn vị mới", _lines(change.units_new, _unit)),
        ("Đơn vị không còn", _lines(change.units_gone, _unit)),
        ("Đơn vị thay đổi", _lines(change.units_changed, lambda unit: _unit_change(unit, titles))),
        ("Người mới vào", _lines(change.joined, _who)),
        ("Người trở lại", _lines((one.new for one in change.returned), _who)),
        ("Người rời cơ quan", _lines(change.left, _leaver)),
        ("Chuyển đơn vị", _lines(change.moved, _move)),
        ("Đổi họ tên, mã số", _lines(change.renamed, _rename)),
        ("Đổi người đứng đầu", _lines(change.heads, _head)),
        ("Kiêm nhiệm mới", _lines(change.posts_new, _post)),
        ("Kiêm nhiệm thay đổi", _lines(change.posts_changed, _post)),
        ("Thôi kiêm nhiệm", _lines(change.posts_gone, _post)),
        ("Đổi thông tin khác", _lines(others, lambda one: _others(one, titles))),
    )
    return ((title, lines) for title, lines in sections if lines)


def _lines(found: Iterable[One], line: Callable[[One], str]) -> list[str]:
    return [line(one) for one in found]


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:MOST_NAMED])
    if len(lines) > MOST_NAMED:
        yield f"  … và {len(lines) - MOST_NAMED} mục nữa"


def warnings(change: RosterChanges, people_kept: int) -> Iterator[str]:
    """What to look at twice before agreeing."""
    if len(change.left) > people_kept * _TOO_MANY_LEAVE:
        yield (
            f"Lưu ý: {len(change.left)} trong số {people_kept} người đang lưu sẽ được coi là đã rời cơ quan. "
            "Hãy xem tệp đã đủ mọi đơn vị chưa."
        )
    undated = [one.new.key for one in change.moved if one.new.service.moved_on == one.old.service.moved_on]
    if undated:
        yield (
            f"Lưu ý: {_some(undated)} chuyển đơn vị nhưng tệp chưa ghi “Chuyển đến ngày”: "
            "khi đó không xác định được có cần hỏi ý kiến đơn vị cũ hay không."
        )
    doubtful = [one.new.key for one in change.renamed if {"name", "position", "unit"} <= set(one.fields)]
    if doubtful:
        yield (
            f"Lưu ý: mã số {_some(doubtful)} đổi cả họ tên, chức vụ và đơn vị. Nếu là người khác, hãy dùng mã số mới: "
            "phiếu và tài khoản đi theo mã số."
        )


def _some(names: Sequence[str]) -> str:
    further = f" và {len(names) - MOST_NAMED} người nữa" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + further


def _who(person: RosterPerson) -> str:
    return f"{person.key} {person.name}, {person.position}, {person.unit}"


def _unit(unit: RosterUnit) -> str:
    return f"{unit.name} (thuộc {unit.parent})" if unit.parent else unit.name


def _unit_change(change: UnitChange, titles: Mapping[str, str]) -> str:
    told = (
        _from_to(titles.get(f"unit.{name}", name), getattr(change.old, name), getattr(change.new, name))
        for name in change.fields
    )
    return f"{change.old.name}: " + "; ".join(told)


def _leaver(leaver: Leaver) -> str:
    why = "ngày làm việc cuối cùng" if leaver.listed else "không còn trong tệp; tính đến ngày"
    return f"{_who(leaver.person)} ({why} {leaver.on:%d/%m/%Y})"


def _move(change: PersonChange) -> str:
    return f"{change.new.key} {change.new.name}: {change.old.unit} → {change.new.unit}"


def _rename(change: PersonChange) -> str:
    old, new = change.old, change.new
    return f"{old.key} {old.name} → {new.key} {new.name} ({new.unit})"


def _head(change: HeadChange) -> str:
    old, new = (person.name if person else "chưa có" for person in (change.old, change.new))
    return f"{change.unit}: {old} → {new}"


def _post(post: RosterPost) -> str:
    return f"{post.key}: {post.position}, {post.unit}"


def _further(change: PersonChange) -> list[str]:
    return [name for name in change.fields if name not in {"unit", "name", "key"}]


def _others(change: PersonChange, titles: Mapping[str, str]) -> str:
    told = (
        _from_to(titles.get(name, name), _value(change.old, name), _value(change.new, name))
        for name in _further(change)
    )
    return f"{change.new.key} {change.new.name}: " + "; ".join(told)


def _value(person: RosterPerson, name: str) -> object:
    return getattr(person, name) if hasattr(person, name) else getattr(person.service, name)


def _from_to(title: str, old: object, new: object) -> str:
    before, after = _shown(old), _shown(new)
    return f"{title}: {before} → {after}" if before and after else f"{title}: thay đổi"


def _shown(value: object) -> str:
    """A value in a word or two; "" when it takes more."""
    match value:
        case bool():
            return "có" if value else "không"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case None | "":
            return "(trống)"
        case Subject():
            return SUBJECTS[value]
        case StrEnum() | tuple() | Mapping():
            return ""
        case str():
            return _ROLES.get(value, f"“{value}”")
    return str(value)


def _mistake(mistake: Slip) -> str:
    if isinstance(mistake, Absent):
        return f"Đơn vị “{mistake.unit}”: {_who(mistake.person)} đã nghỉ, chuyển đi; hãy ghi mã số của người khác"
    if isinstance(mistake, Reused):
        return f"Mã số “{mistake.new.key}” là của {mistake.old.name}, đã rời cơ quan; {mistake.new.name} cần một mã số khác"
    return (
        f"Đơn vị “{mistake.unit}” không còn trong tệp nhưng còn {len(mistake.people)} người không thấy chuyển đi đâu "
        f"({_some([person.name for person in mistake.people])}): ghi họ ở đơn vị khác, hoặc ghi ngày nghỉ, chuyển đi của họ"
    )
