"""A fictional office as data: units, people by a short name a play calls them by, and the clerk's file of it.

    hire = Hiring("Văn phòng UBND tỉnh Sông Trăng", above="UBND tỉnh Sông Trăng", seed=2020)
    hire.unit("Phòng Tổng hợp", in_charge="deputy2")
    hire.one("chief", "Chánh Văn phòng", role="head")                        # in the office itself
    hire.one("head:TH", "Trưởng phòng", "Phòng Tổng hợp", role="head")
    hire.staff("TH", 6, "Chuyên viên", "Phòng Tổng hợp", group="Chuyên viên tổng hợp", members=4)   # TH1 … TH6
    hire.one("newcomer", "Chuyên viên", "Phòng Tổng hợp", service=Service(joined=dt.date(2020, 9, 1)))
    hire.post("deputy2", "Trung tâm Tin học", "Giám đốc", role="head")
    cast = hire.done()

Everybody is an official and no party member unless something else is given. Names are made up, all different, and the
same for the same seed. `cast.key[...]` is the roster key of a short name, `cast.person(...)` the line of the roster.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.roster.template import write_roster
from rules.nouns.service import NO_SERVICE, Service
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterBody, RosterPerson, RosterPost, RosterUnit

_FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Vũ",
    "Võ",
    "Phan",
    "Trương",
    "Bùi",
    "Đặng",
    "Đỗ",
    "Ngô",
    "Hồ",
    "Dương",
    "Đinh",
    "Lương",
    "Tạ",
    "Mai",
]
_MIDDLE = [
    "Thị",
    "Văn",
    "Hữu",
    "Thanh",
    "Minh",
    "Ngọc",
    "Khánh",
    "Thùy",
    "Quốc",
    "Gia",
    "Hải",
    "Diệu",
    "Đức",
    "Hoài",
    "Bảo",
    "Kim",
    "Xuân",
    "Tuấn",
    "Phương",
    "Nhật",
]
_GIVEN = [
    "An",
    "Anh",
    "Bình",
    "Châu",
    "Chi",
    "Cường",
    "Dung",
    "Dũng",
    "Dương",
    "Đạt",
    "Giang",
    "Hà",
    "Hạnh",
    "Hiền",
    "Hiếu",
    "Hòa",
    "Hương",
    "Huy",
    "Khoa",
    "Lam",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Minh",
    "My",
    "Nam",
    "Nga",
    "Ngân",
    "Nghĩa",
    "Nhung",
    "Oanh",
    "Phong",
    "Phúc",
    "Quân",
    "Quyên",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thắng",
    "Thúy",
    "Trang",
    "Trí",
    "Trung",
    "Tú",
    "Uyên",
    "Vân",
    "Việt",
    "Vinh",
    "Yến",
]


@dataclass(frozen=True)
class Cast:
    """The people of an office. `key`: short name → key in the roster."""

    roster: Roster
    key: Mapping[str, str]

    @property
    def office(self) -> str:
        """The name of the office."""
        return self.roster.office.name

    def person(self, who: str) -> RosterPerson:
        """Their line of the roster."""
        return next(one for one in self.roster.people if one.key == self.key[who])

    def name(self, who: str) -> str:
        """The name that the chat uses."""
        return self.person(who).name

    def called(self, **traits: object) -> tuple[str, ...]:
        """The short names of all whose line of the roster has these values (`unit`, `subject`, `party_member`, …)."""
        people = {one.key: one for one in self.roster.people}
        return tuple(
            who
            for who, key in self.key.items()
            if all(getattr(people[key], name) == value for name, value in traits.items())
        )

    def changed(self, who: str, **values: object) -> "Cast":
        """The same office with one line of its roster changed, for a second import."""
        people = tuple(
            replace(one, **values) if one.key == self.key[who] else one
            for one in self.roster.people  # type: ignore[arg-type]
        )
        return replace(self, roster=replace(self.roster, people=people))

    def without(self, who: str) -> "Cast":
        """The same office without one person, for a second import."""
        people = tuple(one for one in self.roster.people if one.key != self.key[who])
        return replace(self, roster=replace(self.roster, people=people))

    def file(self, folder: Path) -> Path:
        """The clerk's file, in the format of our template."""
        path = folder / "danh-sach.xlsx"
        write_roster(path, self.roster)
        return path


@dataclass
class Hiring:
    """Builds an office, unit by unit and person by person."""

    office: str
    above: str = ""
    seed: int = 0
    prefix: str = "ST"
    desk: bool = False  # the office itself is the desk, so no unit is
    _units: list[RosterUnit] = field(default_factory=list)
    _people: list[RosterPerson] = field(default_factory=list)
    _posts: list[tuple[str, str, str, str]] = field(default_factory=list)
    _leaders: dict[str, tuple[str, str]] = field(default_factory=dict)
    _cells: dict[str, tuple[str, str, str, tuple[str, ...]]] = field(default_factory=dict)
    _key: dict[str, str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._units.append(RosterUnit(self.office, "", self.above, self.desk))

    def unit(self, name: str, *, parent: str = "", desk: bool = False, in_charge: str = "", authority: str = "") -> str:
        """Add a unit. `in_charge`, `authority`: short names, also of people who are added later."""
        self._units.append(RosterUnit(name, parent or self.office, desk=desk))
        self._leaders[name] = (in_charge, authority)
        return name

    def one(
        self,
        who: str,
        position: str,
        unit: str = "",
        *,
        role: str = "",
        subject: Subject = Subject.OFFICIAL,
        leader: bool = False,
        member: bool = False,
        group: str = "",
        name: str = "",
        desk: bool = False,
        serves_public: bool = False,
        service: Service = NO_SERVICE,
    ) -> str:
        """Add a person, or a body (by `subject` and `name`); without `unit`, to the office itself."""
        self._key[who] = f"{self.prefix}-{len(self._people) + 1:03}"
        self._people.append(
            RosterPerson(
                key=self._key[who],
                name=name or self._fresh_name(),
                position=position,
                unit=unit or self.office,
                subject=subject,
                leader=leader or bool(role),
                role=role,
                party_member=member,
                serves_public=serves_public,
                group=group,
                desk=desk,
                service=service,
            )
        )
        return who

    def staff(
        self,
        prefix: str,
        count: int,
        position: str,
        unit: str,
        *,
        members: int = 0,
        subject: Subject = Subject.OFFICIAL,
        group: str = "",
        serves_public: bool = False,
    ) -> tuple[str, ...]:
        """Add several similar people, `prefix`1 and so on; the first `members` of them are party members."""
        return tuple(
            self.one(
                f"{prefix}{number}",
                position,
                unit,
                subject=subject,
                member=number <= members,
                group=group,
                serves_public=serves_public,
            )
            for number in range(1, count + 1)
        )

    def post(self, who: str, unit: str, position: str, role: str = "") -> None:
        """Add a second post of somebody."""
        self._posts.append((who, unit, position, role))

    def cell(self, name: str, *units: str, secretary: str, deputy: str = "", authority: str = "") -> None:
        """Add a party cell (chi bộ) of the members in these units. `authority`: who acts for the committee that decides
        about them.
        """
        self._cells[name] = (secretary, deputy, authority, units)

    def done(self) -> Cast:
        """The finished office."""
        units = tuple(replace(unit, **self._led(unit.name)) for unit in self._units)
        people = tuple(self._in_cell(one) for one in self._people)
        bodies = tuple(
            RosterBody(name, "", *(self._key.get(who, "") for who in leaders))
            for name, (*leaders, _) in self._cells.items()
        )
        posts = tuple(
            RosterPost(self._key[who], unit, position, bool(role), role) for who, unit, position, role in self._posts
        )
        return Cast(Roster(units, people, posts, bodies or None), dict(self._key))

    def _in_cell(self, person: RosterPerson) -> RosterPerson:
        """A member with the cell of their unit, unless another was given."""
        of = (name for name, (*_, units) in self._cells.items() if person.unit in units)
        cell = person.service.party_cell or next(of, "")
        member = person.party_member or person.subject is Subject.PARTY_MEMBER
        return replace(person, service=replace(person.service, party_cell=cell)) if member and cell else person

    def _led(self, unit: str) -> dict[str, str]:
        in_charge, authority = self._leaders.get(unit, ("", ""))
        return {"in_charge": self._key.get(in_charge, ""), "authority": self._key.get(authority, "")}

    def _fresh_name(self) -> str:
        while True:
            name = " ".join(self._random.choice(words) for words in (_FAMILY, _MIDDLE, _GIVEN))
            if name not in self._names:
                self._names.add(name)
                return name
